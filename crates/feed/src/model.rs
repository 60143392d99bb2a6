//! The neutral model of feeds, in Atom's words.
//!
//! Every emitter reads these types and nothing else, so that the three formats cannot drift
//! apart. Texts are clean when they arrive here: no character that XML forbids, no markup in
//! plain text, no relative URL.

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::date::Timestamp;
use feedwright_base::text::clean;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::extras::Extras;
use crate::html::Html;
use crate::person::Person;
use crate::podcast::{Episode, Show};

/// Whether a text can be an id in every format: it says something, on one line, and XML allows its
/// characters. Ids of other programs may have blanks in them.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && id.trim() == id && !id.contains(char::is_control) && clean(id) == id
}

/// The order of entries as a key to sort by: newest first, then by id. It is total, so that the same
/// posts make the same feed.
pub fn order(published: Timestamp, id: &str) -> (Reverse<Timestamp>, &str) {
    (Reverse(published), id)
}

/// The formats of feeds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0, RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Rss, Format::Atom, Format::Json];

    /// Its name in the configuration and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Rss => "rss",
            Format::Atom => "atom",
            Format::Json => "json",
        }
    }

    /// Its name as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Rss => "RSS",
            Format::Atom => "Atom",
            Format::Json => "JSON Feed",
        }
    }

    /// The media type to serve it with.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }
}

/// An attached file.
///
/// - Atom: `link rel="enclosure"`. RSS: `enclosure`, the first one only.
/// - JSON Feed: `attachments`.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Where it is.
    pub url: Url,
    /// Its media type, such as `audio/mpeg`.
    pub media_type: String,
    /// Its size in bytes; 0 where nobody said.
    pub length: u64,
    /// How long it plays, in seconds.
    pub duration: Option<u64>,
}

/// The picture of an entry.
///
/// - RSS and Atom: `media:content`. JSON Feed: `image`.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Where it is.
    pub url: Url,
    /// Its media type, where its extension or its file tells.
    pub media_type: Option<String>,
    /// In pixels. RSS and Atom: attributes. JSON Feed has no such thing, nor for what follows.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// What it shows, in plain text. RSS and Atom: `media:description`.
    pub alt: Option<String>,
    /// Who made it, in plain text. RSS and Atom: `media:credit`.
    pub credit: Option<String>,
    /// Whether it is named as the small one, too. RSS and Atom: `media:thumbnail`.
    pub thumbnail: bool,
    /// Another picture, which is wide. JSON Feed: `banner_image`.
    pub banner: Option<Url>,
}

impl Image {
    /// A picture of which no more is known.
    pub fn new(url: Url) -> Self {
        Image {
            url,
            media_type: None,
            width: None,
            height: None,
            alt: None,
            credit: None,
            thumbnail: false,
            banner: None,
        }
    }
}

/// A text or page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// A BCP 47 tag.
    pub language: String,
    /// Where it is.
    pub url: Url,
}

/// Ids of an entry by format, each over the one that it has everywhere else. They are written as
/// they are, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aliases {
    /// The `guid` in RSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rss: Option<String>,
    /// The `id` in Atom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub atom: Option<String>,
    /// The `id` in JSON Feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
}

impl Aliases {
    /// The id of one format, where it has its own.
    pub fn get(&self, format: Format) -> Option<&str> {
        match format {
            Format::Rss => self.rss.as_deref(),
            Format::Atom => self.atom.as_deref(),
            Format::Json => self.json.as_deref(),
        }
    }

    /// Sets or clears the id of one format.
    pub fn set(&mut self, format: Format, id: Option<String>) {
        match format {
            Format::Rss => self.rss = id,
            Format::Atom => self.atom = id,
            Format::Json => self.json = id,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Aliases::default()
    }
}

/// What a reader gets of one post. It is made once and shared by every feed that holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Atom: `id`. RSS: `guid`. JSON Feed: `id`. Never changes.
    pub id: String,
    /// What single formats call the entry instead, where feeds were adopted whose ids differ.
    pub aliases: Aliases,
    /// The permalink. Atom: `link rel="alternate"`. RSS: `link`. JSON Feed: `url`.
    pub url: Url,
    /// Plain text. Atom: `title type="text"`. RSS and JSON Feed: `title`.
    pub title: String,
    /// Atom: `published`. RSS: `pubDate`. JSON Feed: `date_published`.
    pub published: Timestamp,
    /// Atom: `updated`. RSS: `atom:updated`. JSON Feed: `date_modified`.
    pub updated: Timestamp,
    /// At least one: the post's, else the site's. Atom: `author`. RSS: `dc:creator`. JSON Feed:
    /// `authors`.
    pub authors: Vec<Person>,
    /// Atom and RSS: `category`. JSON Feed: `tags`. Tags first, then categories.
    pub tags: Vec<String>,
    /// A BCP 47 tag, where it is not the feed's. Atom: `xml:lang`. RSS: `dc:language`. JSON
    /// Feed: `language`.
    pub language: Option<String>,
    /// Plain text on one line. Atom: `summary type="text"`. RSS: `description`, escaped. JSON
    /// Feed: `summary`.
    pub summary: Option<String>,
    /// The whole post. Atom: `content type="html"`. RSS: `content:encoded`. JSON Feed:
    /// `content_html`.
    pub content: Option<Html>,
    /// See [`Image`].
    pub image: Option<Image>,
    /// See [`Attachment`].
    pub attachments: Vec<Attachment>,
    /// What it says of the episode of a podcast that it is. RSS alone has elements for it.
    pub episode: Option<Box<Episode>>,
    /// What few entries say.
    pub extras: Option<Box<Extras>>,
    /// The post in each of its languages, its own among them; empty where it has one alone. Atom:
    /// `link rel="alternate" hreflang`. RSS: `atom:link` with the same. JSON Feed has no such thing.
    pub translations: Vec<Translation>,
}

/// Where one format of a feed is written and found.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The format.
    pub format: Format,
    /// The file, relative to the output folder.
    pub path: PathBuf,
    /// Its own address. Atom and RSS: `atom:link rel="self"`. JSON Feed: `feed_url`.
    pub url: Url,
    /// Where the posts are that it does not hold.
    pub neighbours: Neighbours,
}

/// The documents in which the rest of a feed is: RFC 5005 section 4. Atom and RSS: `atom:link`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Neighbours {
    /// The archive page with the posts before. `rel="prev-archive"`. JSON Feed: `next_url`, as it
    /// counts from the newest post on.
    pub previous: Option<Url>,
    /// Of an archive page, the one with the posts after. `rel="next-archive"`.
    pub next: Option<Url>,
    /// Of an archive page, the feed that people subscribe to. `rel="current"`.
    pub current: Option<Url>,
}

/// How much of what was published a document holds: RFC 5005.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// The newest posts.
    #[default]
    Newest,
    /// All of them, and that is said: section 2, `fh:complete`.
    Complete,
    /// Some that are older: section 4, `fh:archive`.
    Archive,
}

/// One feed in all its formats.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// What it is of, whatever it is called: `site`, `tags/SLUG`.
    pub key: String,
    /// What sets it apart from the site's feed; `None` for the site's own.
    pub name: Option<String>,
    /// Atom: `id`. It does not change when formats are added or removed.
    pub id: String,
    /// Plain text. Atom, RSS, JSON Feed: `title`.
    pub title: String,
    /// Plain text, never empty. Atom: `subtitle`. RSS and JSON Feed: `description`.
    pub description: String,
    /// The page that the feed belongs to. Atom: `link rel="alternate"`. RSS: `link`. JSON Feed:
    /// `home_page_url`.
    pub url: Url,
    /// A BCP 47 tag. Atom: `xml:lang`. RSS and JSON Feed: `language`.
    pub language: Option<String>,
    /// The pages of the feeds of other languages, and its own; see [`Entry::translations`].
    pub translations: Vec<Translation>,
    /// The newest `updated` among the entries. Atom: `updated`. RSS: `lastBuildDate`. JSON Feed
    /// has no such field.
    pub updated: Timestamp,
    /// Atom: `author`. JSON Feed: `authors`. RSS repeats them per item only.
    pub authors: Vec<Person>,
    /// Atom: `icon`. JSON Feed: `favicon`.
    pub icon: Option<Url>,
    /// Atom: `logo`. JSON Feed: `icon`. RSS: `image`.
    pub logo: Option<Url>,
    /// Atom: `rights`. RSS: `copyright`.
    pub rights: Option<String>,
    /// What it says of the podcast that it is. RSS alone has elements for it.
    pub show: Option<Arc<Show>>,
    /// The namespaces of the site's own elements: prefix and URI. Those that no entry uses are not
    /// written.
    pub namespaces: Vec<(String, String)>,
    /// Newest first.
    pub entries: Vec<Arc<Entry>>,
    /// How many more posts there are of what the feed is of, which it has no room for. No format says
    /// it; the page for people does.
    pub older: usize,
    /// The formats that are written.
    pub places: Vec<Place>,
    /// The style sheet by which browsers show it: “Associating Style Sheets with XML documents
    /// 1.0”. Atom, RSS: `xml-stylesheet`. JSON Feed has no such thing.
    pub style: Option<Url>,
    /// Who tells subscribers of changes: WebSub section 4. Atom and RSS: `atom:link rel="hub"`.
    /// JSON Feed: `hubs`.
    pub hubs: Vec<Url>,
    /// See [`Extent`].
    pub extent: Extent,
}
