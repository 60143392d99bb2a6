//! Links of a body to files of the source.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use feedwright_base::permalink::{self, joined};
use feedwright_base::slice::Slice;
use feedwright_feed::html::Files;
use pulldown_cmark::{Event, Tag};
use url::Url;

use crate::dialect::Pages;

use super::posts::PostLinks;

/// The address of what a link, or the source of a picture, names, if the generator looks for that.
pub(super) type Linked<'l> = dyn Fn(&str, bool) -> Option<Url> + 'l;

/// Lets links and pictures of Markdown lead to what they name.
pub(super) fn with_addresses<'a>(
    events: impl Iterator<Item = Event<'a>>,
    linked: &Linked<'_>,
) -> impl Iterator<Item = Event<'a>> {
    events.map(move |mut event| {
        let (dest_url, is_picture) = match &mut event {
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            _ => return event,
        };
        if let Some(url) = linked(dest_url, is_picture) {
            *dest_url = String::from(url).into();
        }
        event
    })
}

/// The files that links of a source may name instead of addresses.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) posts: Arc<PostLinks>,
    /// The addresses of pages that are no posts, by the paths of their files in the content or from the
    /// root of the site.
    pub(super) others: HashMap<String, Url>,
    /// The paths of pictures that are named alone, from the root of the site.
    pub(super) pictures: HashMap<String, String>,
    /// The post's own file.
    pub(super) path: String,
    /// The folder that links from the root of the content count from.
    pub(super) content: String,
    /// Where folders of the source lie on the site, where links count from files.
    pub(super) folders: Vec<(String, String)>,
    pub(super) pages: Pages,
    /// Whether links that begin with a slash count from the base of the site.
    pub(super) rooted: bool,
    pub(super) site: Url,
}

impl Files for Sources {
    fn resolve(&self, link: &str) -> Option<String> {
        let link = &*decoded_braces(link);
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
            let is_relative = !path.is_empty() && !path.starts_with('/') && !path.contains(':');
            if self.rooted && !is_source && path.starts_with('/') && !path.starts_with("//") {
                self.of_base(path)?
            } else if !is_source || path.contains("://") || path.starts_with("//") {
                self.published(Some(path).filter(|_| is_relative)?)?
            } else {
                let page = || {
                    self.others
                        .get(&file(path, &self.path, &self.content)?)
                        .cloned()
                };
                let post = self.post(path).or_else(page);
                post.or_else(|| self.published(Some(path).filter(|_| is_relative)?))?
            }
        };
        url.set_fragment(fragment.filter(|text| !text.is_empty()));
        permalink::strict(&url).map(String::from)
    }
}

impl Sources {
    /// A post by its file, from the post's own folder or from the content's.
    fn post(&self, path: &str) -> Option<Url> {
        let path = permalink::decode(path).unwrap_or_else(|| path.to_owned());
        let target = self.posts.by_reference(&path, &self.path)?;
        Url::parse(target.url).ok()
    }

    /// A file of the source where the site has it, by a path from the post's own folder.
    fn published(&self, path: &str) -> Option<Url> {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = joined(folder, &permalink::decode(path)?)?;
        let (inner, route) = self.folders.iter().find_map(|(folder, route)| {
            let inner = file.strip_prefix(folder.as_str())?;
            let is_below = folder.is_empty() || inner.starts_with('/');
            is_below.then_some((inner.trim_start_matches('/'), route))
        })?;
        let inner = match inner.strip_suffix(".md") {
            Some(page) => self.page(page),
            None => inner.to_owned(),
        };
        let inner = permalink::encode(&format!("/{route}/{inner}").replace("//", "/"));
        permalink::on_site(&self.site, &inner).ok()
    }

    /// The address of a page by its path without extension.
    fn page(&self, page: &str) -> String {
        let folder = page.strip_suffix("index").unwrap_or(page);
        let is_index = folder.len() < page.len() && (folder.is_empty() || folder.ends_with('/'));
        match self.pages {
            _ if is_index => folder.to_owned(),
            Pages::Folders => format!("{page}/"),
            Pages::Files => format!("{page}.html"),
            Pages::Clean => page.to_owned(),
        }
    }

    /// A page or file by a path from the base of the site, which may lack the ending of the page.
    fn of_base(&self, path: &str) -> Option<Url> {
        let bare = path.strip_suffix(".html").unwrap_or(path);
        let name = bare.rsplit('/').next().unwrap_or_default();
        let path = match name.contains('.') || name.is_empty() {
            true => path.to_owned(),
            false => self.page(bare),
        };
        permalink::on_site(&self.site, &path).ok()
    }

    /// Zola's links from the root of the content: a page, or a section by its `_index.md`.
    fn of_content(&self, path: &str) -> Option<Url> {
        if let Some(url) = self.post(&format!("/{}/{path}", self.content)) {
            return Some(url);
        }
        if let Some(url) = self.others.get(path) {
            return Some(url.clone());
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
        let name = path;
        let path = joined(folder, path)?;
        match kind {
            "filename" => self
                .post(&format!("/{}/{path}", self.content))
                .or_else(|| permalink::on_site(&self.site, &path).ok()),
            "static" if self.pictures.contains_key(name) => {
                let path = self.pictures.get(name)?;
                permalink::on_site(&self.site, &permalink::encode(path)).ok()
            }
            "static" | "attach" => permalink::on_site(&self.site, &path).ok(),
            "index" => Some(self.site.clone()),
            _ => None,
        }
    }
}

/// The addresses of the pages that a text names by their files in the content, as `@/about.md`.
pub(super) fn others(text: &str, page: impl Fn(&str) -> Option<Url>) -> HashMap<String, Url> {
    /// Nobody links to more pages from one post.
    const MOST: usize = 1_000;
    let links = text.split("@/").skip(1).take(MOST);
    let paths = links.map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || ")\"'>#?".contains(c));
        rest.slice(..end.unwrap_or(rest.len()))
    });
    let named = paths.filter(|path| path.ends_with(".md"));
    let found = named.filter_map(|path| Some((path.to_owned(), page(path)?)));
    found.collect()
}

/// The addresses of the pages that a text names by their files, as `../about.md`, by the paths of these
/// from the root of the site.
pub(super) fn beside(
    text: &str,
    from: &str,
    content: &str,
    page: impl Fn(&str) -> Option<Url>,
) -> HashMap<String, Url> {
    /// Nobody links to more pages from one post.
    const MOST: usize = 1_000;
    /// No path is longer.
    const LONGEST: usize = 500;
    let ends = text.match_indices(".md").take(MOST);
    let paths = ends.filter_map(|(at, extension)| {
        let near = text.floor_char_boundary(at.saturating_sub(LONGEST));
        let before = text.slice(near..at);
        let start = before.rfind(|c: char| c.is_whitespace() || "()\"'<>=".contains(c));
        let path = text.slice(near + start.map_or(0, |at| at + 1)..at + extension.len());
        (!path.contains("://")).then(|| file(path, from, content))?
    });
    let found = paths.filter_map(|path| page(&path).map(|url| (path, url)));
    found.collect()
}

/// The file that a link of another one names, by its path from the root of the site.
fn file(link: &str, from: &str, content: &str) -> Option<String> {
    let folder = match link.strip_prefix('/') {
        Some(_) => content,
        None => from.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    joined(folder, &permalink::decode(link)?)
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
    use feedwright_feed::html::Base;

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
            files: Some(Arc::new(Sources {
                posts: Arc::new(posts),
                pictures: HashMap::new(),
                others: others("[a](@/about.md#us) [b]: @/no.md", |path| {
                    let url = (path == "about.md").then_some("https://example.gov/us/")?;
                    Url::parse(url).ok()
                }),
                path: "content/blog/post.md".into(),
                content: "content".into(),
                folders: Vec::new(),
                pages: Pages::Files,
                rooted: false,
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
        check("@/about.md", "https://example.gov/us/");
        check("@/docs/_index.md#y", "https://example.gov/docs/#y");
        check("{filename}other.md", "https://example.gov/o/");
        check("%7Bfilename%7D/blog/other.md", "https://example.gov/o/");
        check("|static|/images/x.png", "https://example.gov/images/x.png");
        check("{static}x.png", "https://example.gov/blog/x.png");
        check("nowhere.md", "https://example.gov/blog/post/nowhere.md");
        check("https://other.example/a.md", "https://other.example/a.md");
    }
}
