//! The last published entries of posts that cannot be made any more.

use std::path::Path;

use feedwright_base::error::Error;
use feedwright_feed::emit;
use feedwright_feed::read::{Published, read_bytes};
use feedwright_feed::{Aliases, Entry, Format, Person};
use url::Url;

pub(crate) use feedwright_feed::read::PublishedEntry;

/// A post that was published and is broken now, or is not looked at.
#[derive(Clone)]
pub(crate) struct Lost {
    pub(crate) id: String,
    pub(crate) aliases: Aliases,
    pub(crate) url: Url,
    /// Whether its entries stay where they are, whatever the limit of a feed: they are all that
    /// tells of it.
    pub(crate) stays: bool,
}

/// Its entry in one file, with the bytes that stand there.
pub(crate) struct Kept {
    pub(crate) entry: Entry,
    pub(crate) bytes: Box<str>,
}

/// The entries that one of our files has of lost posts; `lost` tells which these are.
pub(crate) fn find(
    path: &Path,
    format: Format,
    lost: &dyn Fn(&PublishedEntry) -> Option<Lost>,
    authors: &[Person],
) -> Result<Vec<Kept>, Error> {
    let Some(bytes) = read_bytes(path)?.filter(|bytes| emit::is_ours(bytes)) else {
        return Ok(Vec::new());
    };
    let (Ok(text), Ok(feed)) = (std::str::from_utf8(&bytes), Published::parse(&bytes)) else {
        return Ok(Vec::new());
    };
    let parts = emit::entries(format, text);
    if parts.len() != feed.entries.len() || feed.is_preview() {
        return Ok(Vec::new());
    }
    Ok(parts
        .iter()
        .zip(&feed.entries)
        .filter_map(|(bytes, seen)| {
            Some(Kept {
                entry: entry(lost(seen)?, seen, authors)?,
                bytes: (*bytes).into(),
            })
        })
        .collect())
}

/// As much of the entry as its feed needs to place it.
fn entry(lost: Lost, seen: &PublishedEntry, authors: &[Person]) -> Option<Entry> {
    let published = seen.published?;
    Some(Entry {
        id: lost.id,
        aliases: lost.aliases,
        url: Url::parse(&seen.url).unwrap_or(lost.url),
        title: seen.title.as_str().to_owned(),
        published,
        updated: seen.updated.unwrap_or(published).max(published),
        authors: authors.to_vec(),
        tags: Vec::new(),
        language: None,
        summary: None,
        content: None,
        image: None,
        attachments: Vec::new(),
        episode: None,
        extras: None,
        translations: Vec::new(),
    })
}
