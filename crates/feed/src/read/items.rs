//! Reading a feed to take its items over: with all that stands in them, by the names of JSON Feed.

use atom_syndication::{Entry as AtomEntry, Feed as AtomFeed, Person, TextType};
use feedwright_base::date::Timestamp;
use rss::extension::ExtensionMap;
use rss::{Channel, Item as RssItem};
use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;

use crate::Format;

use super::{broken, episode, format_of, nests_too_deeply};

/// A feed whose items are to be taken over.
#[derive(Debug, Default)]
pub struct Taken {
    pub title: Option<String>,
    pub description: Option<String>,
    pub language: Option<String>,
    /// The page that the feed is of.
    pub site: Option<String>,
    pub items: Vec<Item>,
}

/// A post by the names of JSON Feed; it is written as a record.
#[derive(Debug, Default, Serialize)]
pub struct Item {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
    /// The page where people talk about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments_url: Option<String>,
    /// What Apple's elements say of the episode that it is, by their names.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub itunes: Map<String, Value>,
    /// The same of those of the Podcasting 2.0 namespace.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub podcast: Map<String, Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_text: Option<String>,
}

/// Who wrote a post.
#[derive(Debug, Default, Serialize)]
pub struct Author {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A file that belongs to a post.
#[derive(Debug, Default, Serialize)]
pub struct File {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_in_bytes: Option<String>,
    /// In seconds, or as clocks show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_in_seconds: Option<String>,
}

impl Taken {
    /// Reads RSS, RDF or Atom; `Err` says what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if nests_too_deeply(bytes) {
            return Err("its elements nest too deeply".to_owned());
        }
        match format_of(bytes) {
            Some(Format::Atom) => {
                let feed = AtomFeed::read_from(bytes).map_err(|error| broken("Atom", &error))?;
                Ok(atom(feed))
            }
            Some(Format::Rss) => {
                let channel = Channel::read_from(bytes).map_err(|error| broken("RSS", &error))?;
                Ok(rss(channel))
            }
            Some(Format::Json) | None => Err("it is neither RSS, RDF nor Atom".to_owned()),
        }
    }
}

/// A text that says something.
fn said(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.trim().is_empty())
}

fn rss(channel: Channel) -> Taken {
    Taken {
        title: said(channel.title),
        description: said(channel.description),
        language: channel.language,
        site: said(channel.link),
        items: channel.items.into_iter().map(rss_item).collect(),
    }
}

fn rss_item(item: RssItem) -> Item {
    let dublin = item.dublin_core_ext.unwrap_or_default();
    let permalink = item.guid.as_ref().filter(|guid| guid.permalink);
    let url = item.link.or(permalink.map(|guid| guid.value.clone()));
    let url = url.map(|url| url.trim().to_owned());
    let guid = item.guid.map(|guid| guid.value.trim().to_owned());
    let authors: Vec<String> = match dublin.creators.is_empty() {
        true => item.author.as_deref().map(name).into_iter().collect(),
        false => dublin.creators,
    };
    // Without a text of its own, what describes the post is all that readers have of it.
    let (content, summary) = match item.content.and_then(said) {
        Some(content) => (Some(content), item.description.and_then(said)),
        None => (item.description.and_then(said), None),
    };
    let mut itunes = item.itunes_ext.unwrap_or_default();
    let duration = itunes.duration.take();
    let attachments = item.enclosure.map(|file| File {
        url: file.url,
        mime_type: said(file.mime_type),
        size_in_bytes: said(file.length),
        duration_in_seconds: duration,
    });
    Item {
        id: guid.and_then(said).or(url.clone()),
        url,
        title: item.title,
        date_published: item.pub_date.or(dublin.dates.into_iter().next()),
        date_modified: extension(&item.extensions, "atom", "updated", ""),
        authors: authors.into_iter().map(author).collect(),
        tags: item.categories.into_iter().map(|tag| tag.name).collect(),
        image: picture(&item.extensions).or(itunes.image.clone()),
        comments_url: item.comments.and_then(said),
        podcast: episode::podcast(&item.extensions),
        itunes: episode::itunes(itunes),
        attachments: attachments.into_iter().collect(),
        summary,
        content_html: content,
        ..Item::default()
    }
}

/// An author of RSS: an address, and perhaps a name in brackets.
fn name(written: &str) -> String {
    let inner = written.split_once('(').map(|(_, name)| name);
    let inner = inner.and_then(|name| name.rsplit_once(')'));
    inner.map_or(written, |(name, _)| name).trim().to_owned()
}

fn author(name: String) -> Author {
    Author { name, url: None }
}

/// What an extension says, in an attribute or as its text.
fn extension(map: &ExtensionMap, prefix: &str, name: &str, key: &str) -> Option<String> {
    let all = map.get(prefix)?.get(name)?;
    all.iter().find_map(|extension| match key {
        "" => extension.value.clone(),
        key => extension.attrs.get(key).cloned(),
    })
}

/// The picture that is named beside the text.
fn picture(map: &ExtensionMap) -> Option<String> {
    let of = |name: &str| extension(map, "media", name, "url");
    of("content").or_else(|| of("thumbnail"))
}

fn atom(feed: AtomFeed) -> Taken {
    let mut links = feed.links.iter();
    let site = links.find(|link| link.rel == "alternate");
    let base = feed.base.as_deref();
    Taken {
        title: said(feed.title.value),
        description: feed.subtitle.and_then(|text| said(text.value)),
        language: feed.lang,
        site: site.map(|link| absolute(base, &link.href)),
        items: (feed.entries.into_iter())
            .map(|entry| atom_item(entry, base))
            .collect(),
    }
}

/// An address as `xml:base` completes it.
fn absolute(base: Option<&str>, href: &str) -> String {
    let href = href.trim();
    let base = base.and_then(|base| Url::parse(base.trim()).ok());
    let joined = base.and_then(|base| base.join(href).ok());
    joined.map_or_else(|| href.to_owned(), String::from)
}

fn atom_item(entry: AtomEntry, base: Option<&str>) -> Item {
    let link = |rel: &str| entry.links.iter().find(|link| link.rel == rel);
    let url = link("alternate").or(entry.links.first());
    let files = entry.links.iter().filter(|link| link.rel == "enclosure");
    let attachments = files.map(|link| File {
        url: absolute(base, &link.href),
        mime_type: link.mime_type.clone(),
        size_in_bytes: link.length.clone(),
        duration_in_seconds: None,
    });
    // The library's own value for a date that is not there.
    let updated = Some(Timestamp::new(entry.updated)).filter(|time| time.year() > 1970);
    let published = entry.published.map(Timestamp::new).or(updated);
    let pictures = entry.extensions.get("media").and_then(|media| {
        let mut all = media.get("content")?.iter();
        all.find_map(|picture| picture.attrs.get("url").cloned())
    });
    let content = entry.content.unwrap_or_default();
    let is_text = matches!(
        content.content_type.as_deref(),
        None | Some("text" | "text/plain")
    );
    let text = content.value.and_then(said);
    let (content_html, content_text) = match is_text {
        true => (None, text),
        false => (text, None),
    };
    // Titles and summaries in plain text may have brackets that mean nothing.
    let plain = |text: atom_syndication::Text| match text.r#type {
        TextType::Text => html_escape::encode_text(&text.value).into_owned(),
        TextType::Html | TextType::Xhtml => text.value,
    };
    let people = entry.authors.into_iter();
    Item {
        id: said(entry.id.trim()),
        url: url.map(|link| absolute(base, &link.href)),
        title: said(plain(entry.title)),
        date_published: published.map(Timestamp::to_rfc3339),
        date_modified: updated.map(Timestamp::to_rfc3339),
        authors: people
            .map(|Person { name, uri, .. }| Author { name, url: uri })
            .collect(),
        tags: entry.categories.into_iter().map(|tag| tag.term).collect(),
        image: pictures,
        attachments: attachments.collect(),
        summary: entry.summary.map(plain).and_then(said),
        content_html,
        content_text,
        ..Item::default()
    }
}
