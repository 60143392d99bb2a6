//! Making every URL in HTML absolute.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use url::Url;

/// The schemes that a link in a feed may have. Everything else, `javascript:` and `data:` among
/// it, is no link for a reader.
pub const SCHEMES: [&str; 14] = [
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "news", "irc", "ircs", "sip", "sips",
    "xmpp", "webcal",
];

/// Stands in a link for template code that could not be resolved: the rest of it leads nowhere. A
/// character of private use, which no text has by accident.
pub const LOST: char = '\u{f8c8}';

/// What links to files stand for.
pub trait Files: Debug + Send + Sync {
    /// The address of a file that a link names; `None` for every other link.
    fn resolve(&self, link: &str) -> Option<String>;
}

/// What the ids in the HTML of the entry with an id begin with.
pub fn prefix(id: &str) -> String {
    format!("p{}", blake3::hash(id.as_bytes()).to_hex().slice(..8))
}

/// Where an entry's links count from.
#[derive(Debug, Clone)]
pub struct Base<'a> {
    /// The post's permalink.
    pub url: &'a Url,
    /// What the ids of this entry begin with, so that those of two entries on one page differ.
    pub prefix: &'a str,
    /// What links to files stand for.
    pub files: Option<Arc<dyn Files>>,
}

impl Base<'_> {
    /// The absolute URL of a link as written; `None` when a reader must not or cannot follow it.
    pub fn resolve(&self, link: &str) -> Option<String> {
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
        if let Some(files) = &self.files
            && let Some(url) = files.resolve(&link)
        {
            return Some(url);
        }
        // What a link within the post leads to stands on its page, under the id that it has there.
        if let Some(fragment) = link.strip_prefix('#') {
            return self.at(fragment);
        }
        let url = self.url.join(&link).ok()?;
        if !SCHEMES.contains(&url.scheme()) {
            return None;
        }
        permalink::strict(&url).map(String::from)
    }

    /// The address of a note of this entry, by its id before [`Base::id`]: only the entry has it.
    pub(super) fn note(&self, id: &str) -> Option<String> {
        self.at(&self.id(id))
    }

    /// The address of the post with a fragment, which may be empty.
    fn at(&self, fragment: &str) -> Option<String> {
        let mut url = self.url.clone();
        url.set_fragment((!fragment.is_empty()).then_some(fragment));
        permalink::strict(&url).map(String::from)
    }

    /// The id of an element, unique among all entries.
    pub fn id(&self, id: &str) -> String {
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
    pub fn srcset(&self, value: &str) -> Option<String> {
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
                descriptor = after.slice(..end).trim();
                after = after.slice(end..);
            }
            if let Some(url) = self.resolve(link) {
                candidates.push(format!("{url} {descriptor}").trim_end().to_owned());
            }
            rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        }
        (!candidates.is_empty()).then(|| candidates.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: Option<&str>) {
        let url = Url::parse("https://example.gov/blog/post/").expect("a URL");
        let base = Base {
            url: &url,
            prefix: "p1",
            files: None,
        };
        assert_eq!(base.resolve(link).as_deref(), expected, "{link}");
    }

    #[test]
    fn links() {
        check("/a b", Some("https://example.gov/a%20b"));
        check("img.png", Some("https://example.gov/blog/post/img.png"));
        check("../x?y=[1]", Some("https://example.gov/blog/x?y=%5B1%5D"));
        check("//cdn.example/x", Some("https://cdn.example/x"));
        check("#fn1", Some("https://example.gov/blog/post/#fn1"));
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
            files: None,
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
