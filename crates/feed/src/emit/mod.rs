//! Feeds to bytes: one function for each format's entries and one for its documents.
//!
//! An entry's bytes are the same in every feed that holds it, so they are made once; a document
//! is its head, the entries' bytes and its tail.

mod atom;
mod chapters;
mod extras;
mod json;
mod namespaces;
mod opml;
mod page;
mod podcast;
mod rss;
mod style;
mod successor;

use std::collections::BTreeMap;

use feedwright_base::slice::Slice;
use url::Url;

use crate::{Aliases, Entry, Extent, Feed, Format, Image, Neighbours, Place, Translation};

pub use self::chapters::chapters;
pub use self::namespaces::is_taken;
pub use self::opml::opml;
pub use self::page::{Looks, page};
pub use self::style::style;
pub use self::successor::with_successor;

/// What every feed names as its generator. Without a version: a new one changes no bytes.
pub const GENERATOR: &str = "feedwright";

/// The bytes of one entry in one format.
pub fn entry(format: Format, entry: &Entry) -> Box<str> {
    let text = match format {
        Format::Rss => rss::item(entry),
        Format::Atom => atom::entry(entry),
        Format::Json => json::item(entry),
    };
    // Entries are held until the feeds of their format are written: no byte more than they need.
    text.into_boxed_str()
}

/// What an entry is called in one format: its own id, unless a feed of that format was adopted in
/// which it had another.
pub fn id(format: Format, id: &str, aliases: &Aliases, url: &Url) -> String {
    match (aliases.get(format), format) {
        (Some(own), _) => own.to_owned(),
        (None, Format::Atom) => atom::id(id, url),
        (None, Format::Rss | Format::Json) => id.to_owned(),
    }
}

/// The bytes of a feed in one format, given those of its entries.
pub fn document(format: Format, feed: &Feed, place: &Place, entries: &[&str]) -> Vec<u8> {
    match format {
        Format::Rss => rss::document(feed, place, entries),
        Format::Atom => atom::document(feed, place, entries),
        Format::Json => json::document(feed, place, entries),
    }
}

/// By what our files are known, in each format.
const MARKS: [&str; 4] = [
    "<generator>feedwright</generator>",
    json::MARK,
    // OPML, style sheets and redirects.
    " generator: feedwright",
    "<meta name=\"generator\" content=\"feedwright\">",
];

/// Whether a file was written by us, by its own word.
pub fn is_ours(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // The mark stands before the first entry, whose content is not ours.
    let head = ["<item>", "<entry", "\"items\""]
        .iter()
        .filter_map(|start| text.find(start))
        .min()
        .map_or(&*text, |end| text.slice(..end));
    MARKS.iter().any(|mark| head.contains(mark))
}

/// The bytes of the entries of a document of ours: what [`document()`] was given.
pub fn entries(format: Format, document: &str) -> Vec<&str> {
    let (open, close) = match format {
        Format::Rss => ("<item>", "</item>"),
        Format::Atom => ("<entry>", "</entry>"),
        Format::Json => return json::items(document),
    };
    let mut entries = Vec::new();
    let mut rest = document;
    // No entry holds either tag: texts are escaped, and sanitized HTML knows no such elements.
    while let Some(start) = rest.find(open) {
        let line = rest.slice(..start).rfind('\n').map_or(start, |at| at + 1);
        let Some(length) = rest.slice(start..).find(close) else {
            break;
        };
        let end = start + length + close.len();
        entries.push(rest.slice(line..end));
        rest = rest.slice(end..);
    }
    entries
}

/// The bytes of a document whose head and tail are those of one without entries.
fn assemble(empty: &str, tail: &str, entries: &[&str]) -> Vec<u8> {
    let at = empty.rfind(tail).unwrap_or(empty.len());
    let head = empty.slice(..at).trim_end();
    let size = empty.len() + entries.iter().map(|entry| entry.len() + 8).sum::<usize>();
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(head.as_bytes());
    for entry in entries {
        bytes.push(b'\n');
        bytes.extend_from_slice(entry.as_bytes());
    }
    bytes.push(b'\n');
    // The tail is indented as the library indents it.
    let line = empty.slice(..at).rfind('\n').map_or(at, |line| line + 1);
    let indent = empty.slice(line..at);
    bytes.extend_from_slice(indent.as_bytes());
    bytes.extend_from_slice(empty.slice(at..).trim_end().as_bytes());
    bytes.push(b'\n');
    bytes
}

/// The element of a document's only entry, with the indentation before it.
fn fragment(document: &str, name: &str, entry: &Entry) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let start = document.find(&open).unwrap_or(0);
    let line = document
        .slice(..start)
        .rfind('\n')
        .map_or(start, |at| at + 1);
    let end = document
        .rfind(&close)
        .map_or(document.len(), |at| at + close.len());
    let element = document.slice(line..end);
    // Only pictures are extension elements without content.
    match &entry.image {
        Some(image) if image.thumbnail => {
            close_empty(&close_empty(element, MEDIA_CONTENT), MEDIA_THUMBNAIL)
        }
        Some(_) => close_empty(element, MEDIA_CONTENT),
        None => element.to_owned(),
    }
}

/// The translations of the page at an address, without itself.
fn other_languages<'a>(
    url: &Url,
    translations: &'a [Translation],
) -> impl Iterator<Item = &'a Translation> {
    translations.iter().filter(move |other| other.url != *url)
}

/// Where the rest of a feed is: RFC 5005 section 4.
fn neighbours(place: &Place) -> impl Iterator<Item = (&'static str, &Url)> {
    let Neighbours {
        previous,
        next,
        current,
    } = &place.neighbours;
    let links = [
        ("prev-archive", previous),
        ("next-archive", next),
        ("current", current),
    ];
    links
        .into_iter()
        .filter_map(|(rel, url)| Some((rel, url.as_ref()?)))
}

/// The element that says how much a document holds: RFC 5005.
fn extent(extent: Extent) -> Option<&'static str> {
    match extent {
        Extent::Newest => None,
        Extent::Complete => Some("fh:complete"),
        Extent::Archive => Some("fh:archive"),
    }
}

/// The namespace of that element, where there is one.
fn history_namespace(extent: Extent) -> Option<(&'static str, &'static str)> {
    let is_said = extent != Extent::Newest;
    is_said.then_some(("fh", "http://purl.org/syndication/history/1.0"))
}

/// Writes that element without an end tag.
fn close_extent(document: String, kind: Extent) -> String {
    match extent(kind) {
        None => document,
        Some(name) => close_empty(&document, name),
    }
}

/// The HTML of an entry that has any.
fn html(entry: &Entry) -> Option<&str> {
    let html = entry.content.as_ref()?.as_str();
    (!html.is_empty()).then_some(html)
}

/// The bytes of an entry with its HTML put in, as the format has it, between two texts that stand
/// side by side there once: in other texts their signs are escaped. The libraries would copy it
/// time and again, though nothing in an entry is longer.
fn with_html(entry: &str, (before, after): (&str, &str), html: &str) -> String {
    let place = entry.find(&[before, after].concat());
    let (start, end) = entry.split_at(place.map_or(entry.len(), |at| at + before.len()));
    [start, html, end].concat()
}

/// The elements of a picture, Media RSS 1.5.1.
const MEDIA_CONTENT: &str = "media:content";
const MEDIA_THUMBNAIL: &str = "media:thumbnail";

/// An element of another namespace, free of libraries.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    fn new(name: &str, text: Option<&str>) -> Self {
        Element {
            name: name.to_owned(),
            attributes: BTreeMap::new(),
            text: text.map(str::to_owned),
            children: Vec::new(),
        }
    }

    fn with(mut self, name: &str, value: Option<impl ToString>) -> Self {
        let value = value.map(|value| value.to_string());
        self.attributes
            .extend(value.map(|value| (name.to_owned(), value)));
        self
    }

    fn size(self, image: &Image) -> Self {
        self.with("width", image.width).with("height", image.height)
    }

    /// The prefix of its namespace, and the name within that.
    fn parts(&self) -> (&str, &str) {
        self.name.split_once(':').unwrap_or(("", &self.name))
    }
}

/// The elements of an entry's picture: sections “<media:content>”, “<media:description>”,
/// “<media:credit>” and “<media:thumbnail>”.
fn media(image: &Image) -> Vec<Element> {
    let mut content = Element::new(MEDIA_CONTENT, None)
        .with("medium", Some("image"))
        .with("url", Some(&image.url))
        .with("type", image.media_type.as_ref())
        .size(image);
    let credit = image.credit.as_deref();
    let credit = credit.map(|name| Element::new("media:credit", Some(name)));
    let shown = image.alt.as_deref();
    let shown =
        shown.map(|text| Element::new("media:description", Some(text)).with("type", Some("plain")));
    content.children = [credit, shown].into_iter().flatten().collect();
    let small = Element::new(MEDIA_THUMBNAIL, None).with("url", Some(&image.url));
    let small = image.thumbnail.then(|| small.size(image));
    [content].into_iter().chain(small).collect()
}

/// Writes `<name …/>` where the libraries put only white space into an extension element.
fn close_empty(xml: &str, name: &str) -> String {
    let close = format!("</{name}>");
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    // No content holds this end tag: sanitized HTML knows no prefixes, and text is escaped.
    while let Some(at) = rest.find(&close) {
        let before = rest.slice(..at).trim_end();
        // Where other elements stand in it, theirs is the last tag.
        let last = before.rfind('<').map(|start| before.slice(start + 1..));
        let is_own = last.and_then(|tag| tag.strip_prefix(name));
        let is_empty = is_own.is_some_and(|rest| rest.starts_with([' ', '>']));
        match before.strip_suffix('>').filter(|_| is_empty) {
            Some(start) => {
                out.push_str(start);
                out.push_str("/>");
            }
            _ => out.push_str(rest.slice(..at + close.len())),
        }
        rest = rest.slice(at + close.len()..);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_by_the_mark_in_the_head_alone() {
        assert!(is_ours(
            b"<rss><channel><generator>feedwright</generator><item>"
        ));
        assert!(!is_ours(
            b"<rss><channel><item><generator>feedwright</generator>"
        ));
        assert!(!is_ours(b"<feed><generator>Jekyll</generator><entry>"));
        assert!(!is_ours(b""));
    }
}
