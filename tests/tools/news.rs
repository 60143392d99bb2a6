//! What readers of a feed take for new after it changed, by the three ways in which they know
//! entries: by id, by link, and by title and date. Shared by the tests and `cargo xtask readers`.

use std::collections::HashSet;

use feed_rs::model::{Entry, Feed};

/// Entries that one kind of reader would show as new, by title.
pub struct News {
    pub by_id: Vec<String>,
    pub by_link: Vec<String>,
    pub by_title_and_date: Vec<String>,
}

/// Reads both feeds with a library that is not ours.
pub fn news(old: &[u8], new: &[u8]) -> Result<News, String> {
    let parse = |bytes: &[u8]| {
        let parser = feed_rs::parser::Builder::new()
            .base_uri(None::<&str>)
            .build();
        parser.parse(bytes).map_err(|error| error.to_string())
    };
    let (old, new) = (parse(old)?, parse(new)?);
    Ok(News {
        by_id: unseen(&old, &new, |entry| entry.id.clone()),
        by_link: unseen(&old, &new, link),
        by_title_and_date: unseen(&old, &new, |entry| {
            let date = entry.published.or(entry.updated);
            let date = date.map(|date| date.timestamp()).unwrap_or_default();
            format!("{date} {}", title(entry))
        }),
    })
}

fn unseen(old: &Feed, new: &Feed, key: impl Fn(&Entry) -> String) -> Vec<String> {
    let seen: HashSet<String> = old.entries.iter().map(&key).collect();
    let news = new
        .entries
        .iter()
        .filter(|entry| !seen.contains(&key(entry)));
    news.map(title).collect()
}

/// The address as software that opens it sees it: encoded once.
fn link(entry: &Entry) -> String {
    let link = entry.links.iter().find(|link| {
        let rel = link.rel.as_deref();
        rel.is_none() || rel == Some("alternate")
    });
    let href = link.map(|link| link.href.clone()).unwrap_or_default();
    url::Url::parse(&href).map_or(href, String::from)
}

/// The title as people see it: without the markup that some programs write into it.
fn title(entry: &Entry) -> String {
    let raw = entry
        .title
        .as_ref()
        .map_or("", |title| title.content.as_str());
    let raw = raw
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let mut text = String::new();
    let mut inside = false;
    for c in raw.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            '’' | '‘' => text.push('\''),
            '“' | '”' => text.push('"'),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
