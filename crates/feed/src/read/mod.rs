//! Reading feeds that are published now: ours, or any program's.

mod atom;
mod entry;
mod episode;
mod head;
pub mod items;
mod json;
mod rss;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use feedwright_base::date::{self, Timestamp, Zone};
use feedwright_base::error::Error;
use feedwright_base::permalink;
use feedwright_base::permalink::is_loopback;
use feedwright_base::reading;
use feedwright_base::slice::Slice;

use crate::emit;
use crate::{Entry, Format};

pub use self::entry::{Field, PublishedEntry};
pub use self::head::{Head, HeadField};

/// One feed, as far as its subscribers can tell it from another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    pub format: Format,
    pub head: Head,
    pub entries: Vec<PublishedEntry>,
    /// Of an export of WordPress, how many of its items are no published posts, but pages, files,
    /// drafts; these are no entries.
    pub others: Option<usize>,
}

impl Published {
    /// Reads a feed of any program; `Err` says what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if nests_too_deeply(bytes) {
            return Err("its elements nest too deeply".to_owned());
        }
        let mut feed = match format_of(bytes) {
            Some(Format::Json) => json::parse(bytes),
            Some(Format::Atom) => atom::parse(bytes),
            Some(Format::Rss) => rss::parse(bytes),
            None => Err("it is no RSS, Atom or JSON feed".to_owned()),
        }?;
        feed.trim();
        Ok(feed)
    }

    /// Takes away the white space around what readers know feeds and entries by: they do so, too.
    fn trim(&mut self) {
        let trim = |text: &mut String| {
            let trimmed = text.trim();
            if trimmed.len() < text.len() {
                *text = trimmed.to_owned();
            }
        };
        self.head.texts_mut().for_each(trim);
        for entry in &mut self.entries {
            for text in [&mut entry.id, &mut entry.url, &mut entry.title] {
                trim(text);
            }
        }
    }

    /// The format of a feed, by how it begins.
    pub fn format_of(bytes: &[u8]) -> Option<Format> {
        format_of(bytes)
    }

    /// The date of the newest entry.
    pub fn newest(&self) -> Option<Timestamp> {
        let dates = self.entries.iter().map(|entry| entry.published);
        dates.max().flatten()
    }

    /// What readers of a format see of one entry.
    pub fn of_entry(format: Format, entry: &Entry) -> Option<PublishedEntry> {
        let bytes = emit::entry(format, entry);
        let document = match format {
            Format::Rss => format!(
                "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
                 xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                 xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>{bytes}</channel></rss>"
            ),
            Format::Atom => format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
                 xmlns:media=\"http://search.yahoo.com/mrss/\">{bytes}</feed>"
            ),
            Format::Json => {
                format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{bytes}]}}")
            }
        };
        Published::parse(document.as_bytes()).ok()?.entries.pop()
    }

    /// Reads a file; `None` where there is none, or none that is a feed.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        Ok(read_bytes(path)?.and_then(|bytes| Published::parse(&bytes).ok()))
    }

    /// Whether it was made to be looked at on the author's own machine.
    pub fn is_preview(&self) -> bool {
        let own = self.head.self_link.as_deref();
        own.and_then(|link| url::Url::parse(link).ok())
            .is_some_and(|url| is_loopback(&url))
    }
}

/// Whether bytes are meant to be a feed, however broken.
pub fn is_meant_as_feed(bytes: &[u8]) -> bool {
    match format_of(bytes) {
        Some(Format::Json) => memchr::memmem::find(bytes, b"jsonfeed.org").is_some(),
        Some(Format::Rss | Format::Atom) => true,
        None => false,
    }
}

/// The bytes of a file; `None` where there is none.
pub fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    reading::bytes(path, reading::LARGEST)
        .map(Some)
        .map_err(|error| Error::io("read", path, error))
}

/// All feeds below a folder at the places that path patterns name.
///
/// # Errors
///
/// A file there that is no feed: one that is cut off, an error page of a server, or anything else.
pub fn feeds_below(
    folder: &Path,
    paths: &[PathBuf],
) -> Result<BTreeMap<PathBuf, Published>, Error> {
    let mut feeds = BTreeMap::new();
    for path in paths {
        let file = folder.join(path);
        let Some(bytes) = read_bytes(&file)? else {
            continue;
        };
        let feed = Published::parse(&bytes).map_err(|what| {
            let head = String::from_utf8_lossy(bytes.slice(..bytes.len().min(64))).to_lowercase();
            let head = head.trim_start();
            let is_page = head.starts_with("<!doctype html") || head.starts_with("<html");
            let what = if is_page {
                "it is an HTML page".to_owned()
            } else {
                what
            };
            Error::new(format!(
                "{} is not what is published: {what}; fetch it again, and let the fetch fail where \
                 the server does (`curl -f`)",
                file.display()
            ))
        })?;
        feeds.insert(path.clone(), feed);
    }
    Ok(feeds)
}

/// How deeply elements may nest before a parser sees them: libraries follow them by recursion.
const DEEPEST: usize = 256;

/// Whether the elements of XML nest more deeply than that. What is no XML has none.
fn nests_too_deeply(bytes: &[u8]) -> bool {
    let mut depth: usize = 0;
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = rest.slice(start..);
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', b'[', ..] => b"]]>",
            [b'<', b'?', ..] => b"?>",
            _ => b">",
        };
        let Some(length) = rest.windows(end.len()).position(|window| window == end) else {
            return false;
        };
        match rest {
            [_, b'/', ..] => depth = depth.saturating_sub(1),
            [_, b'!' | b'?', ..] => {}
            _ if rest.slice(..length).ends_with(b"/") => {}
            _ => depth += 1,
        }
        if depth > DEEPEST {
            return true;
        }
        rest = rest.slice(length + end.len()..);
    }
    false
}

/// The format, by the first thing that stands in the file.
fn format_of(bytes: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(bytes);
    let mut text = text.trim_start();
    if text.starts_with('{') {
        return Some(Format::Json);
    }
    // What may stand before the root: the declaration, comments, a document type.
    loop {
        let end = if text.starts_with("<?") {
            "?>"
        } else if text.starts_with("<!--") {
            "-->"
        } else if text.starts_with("<!") {
            // A document type may declare entities of its own in brackets.
            let bracket = text
                .find('[')
                .filter(|bracket| text.find('>') > Some(*bracket));
            if bracket.is_some() { "]" } else { ">" }
        } else if text.starts_with('>') {
            ">"
        } else {
            break;
        };
        text = text.slice(text.find(end)? + end.len()..).trim_start();
    }
    let name = text.strip_prefix('<')?;
    let name = name.slice(..name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?);
    match name.rsplit(':').next() {
        Some("feed") => Some(Format::Atom),
        Some("rss" | "RDF") => Some(Format::Rss),
        _ => None,
    }
}

/// A date as feeds have it; one that cannot be read is none.
fn time(text: Option<&str>) -> Option<Timestamp> {
    let written = date::parse(text?.trim(), None).ok()?;
    written.resolve(Zone::Named(chrono_tz::UTC)).ok()
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

/// What the crates call their errors says little to people; where the file breaks says more.
fn broken(what: &str, error: &dyn std::fmt::Display) -> String {
    format!("its {what} cannot be read: {error}")
}

/// What two addresses of one page have in common, whatever the site is called today: the path,
/// decoded, without what servers add or leave out at its end.
pub fn link_key(url: &str) -> String {
    let path = match url::Url::parse(url) {
        Ok(url) => match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
        Err(_) => url.to_owned(),
    };
    let path = permalink::decode(&path).unwrap_or(path);
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.trim_matches('/').to_lowercase()
}

/// A title to compare: entities, markup and white space are written differently by programs.
pub fn title_key(title: &str) -> String {
    let once = html_escape::decode_html_entities(title);
    let twice = feedwright_base::text::plain(&once);
    let written = twice.chars().filter_map(|c| match c {
        '‘' | '’' => Some('\''),
        '“' | '”' => Some('"'),
        '–' | '—' => Some('-'),
        c if c.is_whitespace() => None,
        c => Some(c),
    });
    let mut key = String::with_capacity(twice.len());
    for c in written {
        // However many hyphens stand for a dash.
        if c != '-' || !key.ends_with('-') {
            key.push(c);
        }
    }
    key.to_lowercase().replace("...", "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_typography_alone_are_the_same() {
        for (one, other) in [
            ("It's here -- at last", "It’s here – at last"),
            ("A --- B", "A — B"),
            ("\"Quoted\" ...", "“Quoted” …"),
            ("Q &amp; A", "Q & A"),
            ("  Two\n words ", "Two words"),
        ] {
            assert_eq!(title_key(one), title_key(other), "{one}");
        }
        assert_ne!(title_key("Part 1"), title_key("Part 2"));
    }
}
