//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use crate::Format;

use super::{Head, Published, PublishedEntry, broken, time};

pub(super) fn parse(bytes: &[u8]) -> Result<Published, String> {
    let feed: Value = serde_json::from_slice(bytes).map_err(|error| broken("JSON", &error))?;
    let is_feed = feed["version"]
        .as_str()
        .is_some_and(|version| version.contains("jsonfeed.org"));
    let Some(items) = feed["items"].as_array().filter(|_| is_feed) else {
        return Err("it is JSON, but no JSON feed".to_owned());
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = items
        .iter()
        .map(|item| {
            let url = item["url"].as_str().unwrap_or_default();
            let id = match &item["id"] {
                Value::String(id) => id.clone(),
                Value::Null => url.to_owned(),
                // Version 1.0 let readers coerce other kinds of ids to text.
                id => id.to_string(),
            };
            let published = time(item["date_published"].as_str());
            let updated = time(item["date_modified"].as_str());
            let strings = |values: &Value, key: &str| {
                let values = values.as_array().into_iter().flatten();
                values
                    .filter_map(|value| match key {
                        "" => value.as_str(),
                        key => value[key].as_str(),
                    })
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let attachments = item["attachments"].as_array().into_iter().flatten();
            PublishedEntry {
                id,
                url: url.to_owned(),
                published,
                updated,
                title: text(&item["title"]),
                summary: text(&item["summary"]),
                content: text(&item["content_html"]) + &text(&item["content_text"]),
                tags: strings(&item["tags"], ""),
                authors: strings(&item["authors"], "name") + &text(&item["author"]["name"]),
                image: text(&item["image"]),
                enclosure: attachments
                    .map(|file| {
                        format!(
                            "{} ({}, {})",
                            text(&file["url"]),
                            text(&file["mime_type"]),
                            file["size_in_bytes"].as_u64().unwrap_or(0)
                        )
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
            }
        })
        .collect();
    let own = |key: &str| feed[key].as_str().map(str::to_owned);
    Ok(Published {
        format: Format::Json,
        head: Head {
            id: None,
            self_link: own("feed_url"),
            language: own("language"),
            site: own("home_page_url"),
            next: own("next_url"),
            prev_archive: None,
        },
        entries,
        others: None,
    })
}
