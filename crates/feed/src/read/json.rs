//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use crate::Format;

use super::{Head, Published, PublishedEntry, broken, time};

pub(super) fn parse(bytes: &[u8]) -> Result<Published, String> {
    let feed: Value = serde_json::from_slice(bytes).map_err(|error| broken("JSON", &error))?;
    let is_feed = field(&feed, "version")
        .as_str()
        .is_some_and(|version| version.contains("jsonfeed.org"));
    let Some(items) = field(&feed, "items").as_array().filter(|_| is_feed) else {
        return Err("it is JSON, but no JSON feed".to_owned());
    };
    let entries = items.iter().map(entry).collect();
    let own = |key: &str| field(&feed, key).as_str().map(str::to_owned);
    Ok(Published {
        format: Format::Json,
        head: Head {
            id: None,
            self_link: own("feed_url"),
            guid: None,
            language: own("language"),
            site: own("home_page_url"),
            next: own("next_url"),
            prev_archive: None,
        },
        entries,
        others: None,
    })
}

fn entry(item: &Value) -> PublishedEntry {
    let url = field(item, "url").as_str().unwrap_or_default();
    let id = match field(item, "id") {
        Value::String(id) => id.clone(),
        Value::Null => url.to_owned(),
        // Version 1.0 let readers coerce other kinds of ids to text.
        id => id.to_string(),
    };
    let strings = |values: &Value, key: &str| {
        let values = values.as_array().into_iter().flatten();
        values
            .filter_map(|value| match key {
                "" => value.as_str(),
                key => field(value, key).as_str(),
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let attachments = field(item, "attachments").as_array().into_iter().flatten();
    PublishedEntry {
        id,
        url: url.to_owned(),
        published: time(field(item, "date_published").as_str()),
        updated: time(field(item, "date_modified").as_str()),
        title: text(field(item, "title")),
        summary: text(field(item, "summary")),
        content: text(field(item, "content_html")) + &text(field(item, "content_text")),
        tags: strings(field(item, "tags"), ""),
        authors: strings(field(item, "authors"), "name")
            + &text(field(field(item, "author"), "name")),
        image: text(field(item, "image")),
        enclosure: attachments.map(enclosure).collect::<Vec<_>>().join(", "),
    }
}

fn enclosure(file: &Value) -> String {
    let size = field(file, "size_in_bytes").as_u64().unwrap_or(0);
    let (url, media_type) = (text(field(file, "url")), text(field(file, "mime_type")));
    format!("{url} ({media_type}, {size})")
}

/// The text that a value is; empty where it is none.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What an object has under a key. Null where it has nothing, or is no object.
fn field<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}
