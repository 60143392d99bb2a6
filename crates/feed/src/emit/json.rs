//! JSON Feed 1.1.

use std::collections::BTreeMap;

use feedwright_base::text::Escapes;
use serde::Serialize;

use crate::extras::Relation;
use crate::{Entry, Feed, Format, Person, Place};

use super::{html, with_html};

/// How a feed says who made it: JSON Feed has no generator, but lets publishers add objects
/// whose names begin with an underscore.
pub(super) const MARK: &str = "\"_feedwright\":";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    _feedwright: Mark,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<&'a str>,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    /// Stays empty: the items are put in as the bytes that they already are.
    items: [(); 0],
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

/// By which a file is known as ours.
#[derive(Serialize)]
pub(super) struct Mark {
    pub(super) about: &'static str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    banner_image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(flatten)]
    own: BTreeMap<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "is_zero")]
    size_in_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(size: &u64) -> bool {
    *size == 0
}

fn authors(people: &[Person]) -> Vec<Author<'_>> {
    people
        .iter()
        .map(|person| Author {
            name: &person.name,
            url: person.url.as_deref(),
            avatar: person.avatar.as_deref(),
        })
        .collect()
}

pub(super) fn item(entry: &Entry) -> String {
    let html = html(entry);
    // An item has to have content: without HTML its summary is that, or at least its title.
    let text = html
        .is_none()
        .then(|| entry.summary.as_deref().unwrap_or(&entry.title));
    let extras = entry.extras.as_deref();
    let mut links = extras.iter().flat_map(|extras| &extras.links);
    let related = links.find(|link| link.relation == Relation::Related);
    let item = Item {
        id: super::id(Format::Json, &entry.id, &entry.aliases, &entry.url),
        url: entry.url.as_str(),
        external_url: related.map(|link| link.url.as_str()),
        title: &entry.title,
        content_html: html.map(|_| ""),
        content_text: text,
        summary: entry.summary.as_deref(),
        image: entry.image.as_ref().map(|image| image.url.as_str()),
        banner_image: entry
            .image
            .as_ref()
            .and_then(|image| image.banner.as_ref())
            .map(url::Url::as_str),
        date_published: entry.published.to_rfc3339(),
        date_modified: entry.updated.to_rfc3339(),
        authors: authors(&entry.authors),
        tags: &entry.tags,
        language: entry.language.as_deref(),
        attachments: entry
            .attachments
            .iter()
            .map(|attachment| Attachment {
                url: attachment.url.as_str(),
                mime_type: &attachment.media_type,
                size_in_bytes: attachment.length,
                duration_in_seconds: attachment.duration,
            })
            .collect(),
        own: extras.map(super::extras::objects).unwrap_or_default(),
    };
    let item = serde_json::to_string(&item).unwrap_or_default();
    match html {
        Some(html) => with_html(&item, ("\"content_html\":\"", "\""), &escaped(html)),
        None => item,
    }
}

/// HTML as it stands between quotes. It has no control characters but these.
static HTML: Escapes<4> = Escapes::new([
    (b'"', "\\\""),
    (b'\\', "\\\\"),
    (b'\n', "\\n"),
    (b'\t', "\\t"),
]);

fn escaped(html: &str) -> String {
    let mut escaped = String::with_capacity(html.len() + html.len() / 8);
    HTML.write(&mut escaped, html);
    escaped
}

pub(super) fn document(feed: &Feed, place: &Place, items: &[&str]) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        _feedwright: Mark {
            about: "This feed was made by feedwright.",
        },
        title: &feed.title,
        home_page_url: feed.url.as_str(),
        feed_url: place.url.as_str(),
        description: &feed.description,
        next_url: place.neighbours.previous.as_ref().map(url::Url::as_str),
        icon: feed.logo.as_ref().map(url::Url::as_str),
        favicon: feed.icon.as_ref().map(url::Url::as_str),
        authors: authors(&feed.authors),
        language: feed.language.as_deref(),
        hubs: feed
            .hubs
            .iter()
            .map(|hub| Hub {
                kind: "WebSub",
                url: hub.as_str(),
            })
            .collect(),
        items: [],
    };
    // Writing to memory does not fail, and all keys are text.
    let empty = serde_json::to_string_pretty(&document).unwrap_or_default();
    let head = empty.strip_suffix("[]\n}").unwrap_or(&empty);
    let size = empty.len() + items.iter().map(|item| item.len() + 8).sum::<usize>();
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(head.as_bytes());
    bytes.push(b'[');
    for (at, item) in items.iter().enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n    " } else { b",\n    " });
        bytes.extend_from_slice(item.as_bytes());
    }
    bytes.extend_from_slice(b"\n  ]\n}\n");
    bytes
}

/// The items of a document of ours, each of which stands on its line.
pub(super) fn items(document: &str) -> Vec<&str> {
    document
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .map(|line| line.strip_suffix(',').unwrap_or(line))
        .filter(|line| line.starts_with("{\"id\":"))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn html_is_escaped_as_the_library_does(html in "([<>&\"'\n\t\\\\\u{7f}]|[ -~]{0,20}|ü)*") {
            let expected = serde_json::to_string(&html).expect("text");
            prop_assert_eq!(format!("\"{}\"", escaped(&html)), expected);
        }
    }
}
