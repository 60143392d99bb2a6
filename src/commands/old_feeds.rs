//! Feeds of other programs as people hand them over, with the pages that continue them.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::path::{Component, Path, PathBuf};

use feedwright_base::error::Error;
use feedwright_base::permalink;
use feedwright_base::reading;
use feedwright_feed::read::Published;
use url::Url;
use walkdir::WalkDir;

use crate::state::adopt::host;

/// A feed of any program, or one page of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OldFeed {
    /// What it is called in messages.
    pub name: String,
    /// Where it is found: a path from the root of its host, where that is known.
    pub(crate) address: Option<String>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) feed: Published,
}

impl OldFeed {
    /// Reads a feed.
    ///
    /// # Errors
    ///
    /// Bytes that are no RSS, Atom or JSON feed, or one that is broken.
    pub fn new(name: String, bytes: Vec<u8>) -> Result<Self, Error> {
        let feed = Published::parse(&bytes);
        let feed = feed.map_err(|what| Error::new(format!("{name}: {what}")))?;
        let address = address(&feed);
        Ok(OldFeed {
            name,
            address,
            bytes,
            feed,
        })
    }

    /// Where more of its entries are, by its own word: its next page, and the archive before it.
    pub(super) fn continuations(&self) -> impl Iterator<Item = &str> {
        let head = &self.feed.head;
        let links = [&head.next, &head.prev_archive];
        links.into_iter().flatten().map(String::as_str)
    }
}

/// The path of the address that a feed says it has, or that WordPress gives the feed of a site. What
/// another host serves, as services for feeds do, has no address on the site.
fn address(feed: &Published) -> Option<String> {
    let url = |link: &Option<String>| Url::parse(link.as_deref()?).ok();
    let (own, site) = (url(&feed.head.self_link), url(&feed.head.site));
    let is_elsewhere = own
        .as_ref()
        .zip(site.as_ref())
        .is_some_and(|(own, site)| host(own) != host(site));
    let of_export = || {
        let home = feed.head.site.as_ref().filter(|_| feed.others.is_some())?;
        let home = Url::parse(&format!("{}/", home.trim_end_matches('/'))).ok()?;
        home.join("feed/").ok()
    };
    let own = own.filter(|_| !is_elsewhere);
    Some(own.or_else(of_export)?.path().to_owned())
}

/// Feeds of other programs, and what was found beside their files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OldFeeds {
    /// The feeds and their pages.
    pub feeds: Vec<OldFeed>,
    /// The files that nobody named, and that continue a feed.
    pub beside: Vec<String>,
    /// The pages that continue a feed and are not there: the feed's name and the page's address.
    pub missing: Vec<(String, String)>,
}

/// How many files may continue one feed.
const MOST: usize = 10_000;

impl OldFeeds {
    /// Reads feeds and the pages that lie beside them; `-` is standard input, and a folder means all
    /// feeds in it.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or is no feed, and a folder without any.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut named = Vec::new();
        for path in paths {
            match path.is_dir() {
                true => named.extend(feeds_below(path)?),
                false => named.push(path.clone()),
            }
        }
        let paths = named;
        let mut old = OldFeeds::default();
        let mut ahead: VecDeque<(PathBuf, bool)> = VecDeque::new();
        ahead.extend(paths.iter().map(|path| (path.clone(), true)));
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut links = Vec::new();
        while let Some((path, is_named)) = ahead.pop_front() {
            if !seen.insert(path.clone()) || seen.len() > paths.len() + MOST {
                continue;
            }
            let name = path.display().to_string();
            let feed = OldFeed::new(name.clone(), bytes(&path)?)?;
            for link in feed.continuations() {
                match beside(&path, link) {
                    Some(file) => ahead.push_back((file, false)),
                    None => links.push((name.clone(), link.to_owned())),
                }
            }
            ahead.extend(numbered(&path).into_iter().map(|file| (file, false)));
            if !is_named {
                old.beside.push(name);
            }
            old.feeds.push(feed);
        }
        // A page that lies under another name says its address itself.
        let here = old
            .feeds
            .iter()
            .filter_map(|old| old.feed.head.self_link.as_ref());
        let here: HashSet<String> = here.cloned().collect();
        links.retain(|(_, link)| !here.contains(link));
        old.missing = links;
        Ok(old)
    }
}

/// The feeds in a folder and those below it.
fn feeds_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    /// How files of feeds end.
    const ENDINGS: [&str; 4] = ["atom", "json", "rss", "xml"];
    let mut feeds = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry =
            entry.map_err(|error| Error::new(format!("cannot read the folder: {error}")))?;
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let may_be = entry.file_type().is_file() && ending.is_some_and(|it| ENDINGS.contains(&it));
        if may_be && Published::parse(&bytes(path)?).is_ok() {
            feeds.push(path.to_path_buf());
        }
    }
    if feeds.is_empty() {
        let folder = folder.display();
        return Err(Error::new(format!("there is no feed in {folder}")));
    }
    Ok(feeds)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = if path == Path::new("-") {
        reading::drain(std::io::stdin().lock(), reading::LARGEST)
    } else {
        reading::open_named(path).and_then(|file| reading::drain(file, reading::LARGEST))
    };
    bytes.map_err(|error| {
        let name = if path == Path::new("-") {
            Path::new("standard input")
        } else {
            path
        };
        Error::io("read", name, error)
    })
}

/// The file beside a feed that has the last part of an address as its name, as programs save it:
/// with the query or without.
fn beside(feed: &Path, link: &str) -> Option<PathBuf> {
    let (link, _) = link.split_once('#').unwrap_or((link, ""));
    let (path, query) = match link.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (link, None),
    };
    let name = permalink::decode(path.rsplit('/').next()?)?;
    let with_query = query.map(|query| format!("{name}?{query}"));
    let mut files = with_query
        .into_iter()
        .chain([name])
        .filter_map(|name| sibling(feed, &name));
    files.find(|file| file != feed && file.is_file())
}

/// A file of this name in the folder of another one; `None` where it is no name.
fn sibling(file: &Path, name: &str) -> Option<PathBuf> {
    let mut parts = Path::new(name).components();
    let is_name = matches!(parts.next(), Some(Component::Normal(part)) if part == name);
    (is_name && parts.next().is_none()).then(|| file.with_file_name(name))
}

/// The further pages of a feed of WordPress that lie beside the first, as in `feed?paged=2`.
fn numbered(feed: &Path) -> Vec<PathBuf> {
    let Some(name) = feed.file_name().and_then(|name| name.to_str()) else {
        return Vec::new();
    };
    let is_page = |other: &str| {
        let number = other
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix("?paged="));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let folder = feed
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    let entries = entries.into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let pages: BTreeSet<String> = names.filter(|name| is_page(name)).collect();
    pages.iter().map(|page| feed.with_file_name(page)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_a_feed_is_found_by_its_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        for name in [
            "feed",
            "feed?paged=2",
            "feed?paged=x",
            "2023.xml",
            "a b.xml",
        ] {
            std::fs::write(file(name), "").expect("a file");
        }
        let check = |link: &str, expected: Option<&str>| {
            assert_eq!(beside(&file("feed"), link), expected.map(file), "{link}");
        };
        check("https://example.gov/feed?paged=2", Some("feed?paged=2"));
        check("https://example.gov/archive/2023.xml#x", Some("2023.xml"));
        check("a%20b.xml", Some("a b.xml"));
        check("2023.xml?x=1", Some("2023.xml"));
        check("https://example.gov/feed", None);
        check("https://example.gov/none.xml", None);
        check("https://example.gov/..", None);
        check("https://example.gov/..%2f2023.xml", None);
        check("", None);
        assert_eq!(numbered(&file("feed")), [file("feed?paged=2")]);
    }
}
