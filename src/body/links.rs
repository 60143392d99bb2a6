//! Making every URL in a body absolute.

use std::borrow::Cow;
use std::sync::Arc;

use feedwright_base::permalink;
use url::Url;

use super::posts::{PostLinks, joined};

/// The schemes that a link in a feed may have. Everything else, `javascript:` and `data:` among
/// it, is no link for a reader.
pub(super) const SCHEMES: [&str; 14] = [
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "news", "irc", "ircs", "sip", "sips",
    "xmpp", "webcal",
];

/// Stands in a link for template code that could not be resolved: the rest of it leads nowhere. A
/// character of private use, which no text has by accident.
pub(super) const LOST: char = '\u{f8c8}';

/// Where an entry's links count from.
pub(super) struct Base<'a> {
    /// The post's permalink.
    pub(super) url: &'a Url,
    /// What the ids of this entry begin with, so that those of two entries on one page differ.
    pub(super) prefix: &'a str,
    /// What links to files of the source stand for.
    pub(super) sources: Option<Arc<Sources>>,
}

/// The files that links of a source may name instead of addresses.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) posts: Arc<PostLinks>,
    /// The post's own file.
    pub(super) path: String,
    /// The folder that links from the root of the content count from.
    pub(super) content: String,
    pub(super) site: Url,
}

impl Sources {
    /// The address of a file that a link names; `None` for every other link.
    fn resolve(&self, link: &str) -> Option<String> {
        let (link, fragment) = match link.split_once('#') {
            Some((link, fragment)) => (link, Some(fragment)),
            None => (link, None),
        };
        let mut url = if let Some(path) = link.strip_prefix("@/") {
            self.of_content(path)?
        } else if let Some((kind, path)) = pelican(link) {
            self.of_pelican(kind, path)?
        } else {
            let path = link.split('?').next().unwrap_or_default();
            let is_source = [".md", ".mdx", ".markdown"]
                .iter()
                .any(|extension| path.ends_with(extension));
            if !is_source || path.contains("://") || path.starts_with("//") {
                return None;
            }
            self.post(path)?
        };
        url.set_fragment(fragment.filter(|text| !text.is_empty()));
        permalink::strict(&url).map(String::from)
    }

    /// A post by its file, from the post's own folder or from the content's.
    fn post(&self, path: &str) -> Option<Url> {
        let path = permalink::decode(path).unwrap_or_else(|| path.to_owned());
        let target = self.posts.by_reference(&path, &self.path)?;
        Url::parse(target.url).ok()
    }

    /// Zola's links from the root of the content: a page, or a section by its `_index.md`.
    fn of_content(&self, path: &str) -> Option<Url> {
        if let Some(url) = self.post(&format!("/{}/{path}", self.content)) {
            return Some(url);
        }
        let bare = path.strip_suffix(".md").unwrap_or(path);
        let folder = bare.strip_suffix("_index").unwrap_or(bare);
        permalink::on_site(&self.site, &format!("/{}/", folder.trim_matches('/'))).ok()
    }

    /// Pelican's links: to an article by its file, or to a file that is copied.
    fn of_pelican(&self, kind: &str, path: &str) -> Option<Url> {
        let inner = self.path.strip_prefix(&self.content).unwrap_or(&self.path);
        let folder = match path.strip_prefix('/') {
            Some(_) => "",
            None => inner.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let path = joined(folder, path)?;
        match kind {
            "filename" => self
                .post(&format!("/{}/{path}", self.content))
                .or_else(|| permalink::on_site(&self.site, &path).ok()),
            "static" | "attach" => permalink::on_site(&self.site, &path).ok(),
            "index" => Some(self.site.clone()),
            _ => None,
        }
    }
}

/// The kind and path of `{filename}path` and `|filename|path`.
fn pelican(link: &str) -> Option<(&str, &str)> {
    let (kind, path) = match link.strip_prefix('{') {
        Some(rest) => rest.split_once('}')?,
        None => link.strip_prefix('|')?.split_once('|')?,
    };
    matches!(
        kind,
        "filename" | "static" | "attach" | "index" | "tag" | "category" | "author"
    )
    .then_some((kind, path))
}

impl Base<'_> {
    /// The absolute URL of a link as written; `None` when a reader must not or cannot follow it.
    pub(super) fn resolve(&self, link: &str) -> Option<String> {
        let is_unseen = |c: char| matches!(c, '\t' | '\n' | '\r');
        let link = link.trim();
        let link = if link.contains(is_unseen) {
            Cow::Owned(link.replace(is_unseen, ""))
        } else {
            Cow::Borrowed(link)
        };
        if link.is_empty() || link.contains(LOST) {
            return None;
        }
        if let Some(sources) = &self.sources
            && let Some(url) = sources.resolve(&decoded_braces(&link))
        {
            return Some(url);
        }
        if let Some(fragment) = link.strip_prefix('#') {
            let mut url = self.url.clone();
            url.set_fragment((!fragment.is_empty()).then(|| self.id(fragment)).as_deref());
            return permalink::strict(&url).map(String::from);
        }
        let url = self.url.join(&link).ok()?;
        if !SCHEMES.contains(&url.scheme()) {
            return None;
        }
        permalink::strict(&url).map(String::from)
    }

    /// The id of an element, unique among all entries.
    pub(super) fn id(&self, id: &str) -> String {
        let known = id
            .strip_prefix(self.prefix)
            .is_some_and(|rest| rest.starts_with('-'));
        if known {
            id.to_owned()
        } else {
            format!("{}-{id}", self.prefix)
        }
    }

    /// A `srcset` with absolute URLs; `None` when none of its images remains.
    pub(super) fn srcset(&self, value: &str) -> Option<String> {
        let mut candidates = Vec::new();
        let mut rest = value.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        while !rest.is_empty() {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (mut link, mut after) = rest.split_at(end);
            let mut descriptor = "";
            if link.ends_with(',') {
                link = link.trim_end_matches(',');
            } else {
                let end = after.find(',').unwrap_or(after.len());
                descriptor = after[..end].trim();
                after = &after[end..];
            }
            if let Some(url) = self.resolve(link) {
                candidates.push(format!("{url} {descriptor}").trim_end().to_owned());
            }
            rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        }
        (!candidates.is_empty()).then(|| candidates.join(", "))
    }
}

/// Markdown encodes the braces of `{filename}` in destinations.
fn decoded_braces(link: &str) -> Cow<'_, str> {
    if !link.contains("%7") {
        return Cow::Borrowed(link);
    }
    let link = link.replace("%7B", "{").replace("%7D", "}");
    Cow::Owned(link.replace("%7C", "|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_of_the_source() {
        let url = Url::parse("https://example.gov/blog/post/").expect("a URL");
        let mut posts = PostLinks::default();
        posts.add(
            "content/blog/other.md".into(),
            "https://example.gov/o/",
            "O",
        );
        posts.add(
            "content/a b/index.md".into(),
            "https://example.gov/ab/",
            "A",
        );
        let base = Base {
            url: &url,
            prefix: "p1",
            sources: Some(Arc::new(Sources {
                posts: Arc::new(posts),
                path: "content/blog/post.md".into(),
                content: "content".into(),
                site: Url::parse("https://example.gov/").expect("a URL"),
            })),
        };
        let check = |link: &str, expected: &str| {
            assert_eq!(base.resolve(link).as_deref(), Some(expected), "{link}");
        };
        check("other.md#x", "https://example.gov/o/#x");
        check("./other.md", "https://example.gov/o/");
        check("../a%20b/index.md", "https://example.gov/ab/");
        check("/blog/other.md", "https://example.gov/o/");
        check("@/blog/other.md", "https://example.gov/o/");
        check("@/docs/_index.md#y", "https://example.gov/docs/#y");
        check("{filename}other.md", "https://example.gov/o/");
        check("%7Bfilename%7D/blog/other.md", "https://example.gov/o/");
        check("|static|/images/x.png", "https://example.gov/images/x.png");
        check("{static}x.png", "https://example.gov/blog/x.png");
        check("nowhere.md", "https://example.gov/blog/post/nowhere.md");
        check("https://other.example/a.md", "https://other.example/a.md");
    }

    fn check(link: &str, expected: Option<&str>) {
        let url = Url::parse("https://example.gov/blog/post/").expect("a URL");
        let base = Base {
            url: &url,
            prefix: "p1",
            sources: None,
        };
        assert_eq!(base.resolve(link).as_deref(), expected, "{link}");
    }

    #[test]
    fn links() {
        check("/a b", Some("https://example.gov/a%20b"));
        check("img.png", Some("https://example.gov/blog/post/img.png"));
        check("../x?y=[1]", Some("https://example.gov/blog/x?y=%5B1%5D"));
        check("//cdn.example/x", Some("https://cdn.example/x"));
        check("#fn1", Some("https://example.gov/blog/post/#p1-fn1"));
        check("#p1-fn1", Some("https://example.gov/blog/post/#p1-fn1"));
        check("#", Some("https://example.gov/blog/post/"));
        check("mailto:a@example.gov", Some("mailto:a@example.gov"));
        check("HTTP://EXAMPLE.com", Some("http://example.com/"));
        check(
            "https://münchen.example/ü",
            Some("https://xn--mnchen-3ya.example/%C3%BC"),
        );
        check("", None);
        check("javascript:alert(1)", None);
        check(" java\nscript:alert(1)", None);
        check("\u{1}javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("vbscript:x", None);
        check("http://[", None);
    }

    #[test]
    fn srcsets() {
        let url = Url::parse("https://example.gov/").expect("a URL");
        let base = Base {
            url: &url,
            prefix: "p1",
            sources: None,
        };
        assert_eq!(
            base.srcset("a.png 1x, /b.png 2x,c.png, javascript:x 3x")
                .as_deref(),
            Some(
                "https://example.gov/a.png 1x, https://example.gov/b.png 2x, https://example.gov/c.png"
            )
        );
        assert_eq!(base.srcset(" , "), None);
    }
}
