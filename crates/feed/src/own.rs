//! Feeds of anybody's own data: made with what is known, and written as bytes.

use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::date::Timestamp;
use feedwright_base::error::Error;
use feedwright_base::text;
use url::Url;

use crate::html::{Base, Html, prefix};
use crate::model::{Aliases, Entry, Extent, Feed, Format, Neighbours, Place, order};
use crate::person::Person;
use crate::{emit, invariants};

/// How many characters of a content stand for a summary.
const SUMMARY: usize = 300;

impl Feed {
    /// A feed of the page at an address, with no entries yet. It belongs to that page for ever: its id
    /// is made of the address. `description` says in a sentence what the feed is about. Entries say
    /// when it was updated; where it may stay without any, set [`Feed::updated`].
    pub fn new(url: Url, title: impl Into<String>, description: impl Into<String>) -> Self {
        let title = title.into();
        Feed {
            key: String::new(),
            name: None,
            id: url.to_string(),
            authors: vec![Person::named(title.clone())],
            title,
            description: description.into(),
            url,
            language: None,
            translations: Vec::new(),
            updated: Timestamp::default(),
            icon: None,
            logo: None,
            rights: None,
            show: None,
            namespaces: Vec::new(),
            entries: Vec::new(),
            older: 0,
            places: Vec::new(),
            style: None,
            hubs: Vec::new(),
            extent: Extent::Newest,
        }
    }

    /// Adds an entry in its place, newest first. Where it names no authors, the feed's are its own, and
    /// where it has no summary, the beginning of its content is, or its title.
    pub fn push(&mut self, mut entry: Entry) {
        if entry.authors.is_empty() {
            entry.authors.clone_from(&self.authors);
        }
        if entry.summary.is_none() {
            let text = entry.content.as_ref();
            let text = text.map(|content| text::cut(&text::plain(content.as_str()), SUMMARY));
            let text = text.filter(|text| !text.is_empty());
            entry.summary = Some(text.unwrap_or_else(|| entry.title.clone()));
        }
        self.updated = self.updated.max(entry.updated);
        let is_before = |other: &Arc<Entry>| {
            order(other.published, &other.id) <= order(entry.published, &entry.id)
        };
        let at = self.entries.partition_point(is_before);
        self.entries.insert(at, Arc::new(entry));
    }

    /// Writes the feed in a format, as it is found at an address. The same feed gives the same bytes.
    ///
    /// # Errors
    ///
    /// A feed or an entry that no reader could take: without a title, with an id that another entry
    /// has, with characters that XML does not allow. The message says which.
    pub fn write(&self, format: Format, at: &Url) -> Result<Vec<u8>, Error> {
        let fail = |what: String| Error::new(format!("the feed “{}” is wrong: {what}", self.title));
        for entry in &self.entries {
            let named = |what| format!("{what} ({})", entry.url);
            invariants::entry(entry).map_err(named).map_err(fail)?;
        }
        invariants::feed(self).map_err(fail)?;
        let place = Place {
            format,
            path: PathBuf::new(),
            url: at.clone(),
            neighbours: Neighbours::default(),
        };
        let entries: Vec<Box<str>> = self
            .entries
            .iter()
            .map(|entry| emit::entry(format, entry))
            .collect();
        let entries: Vec<&str> = entries.iter().map(|entry| &**entry).collect();
        Ok(emit::document(format, self, &place, &entries))
    }
}

impl Entry {
    /// An entry at an address, which is its id as well. An id never changes: where the address may, set
    /// [`Entry::id`] to something that does not, such as a `tag:` URI.
    pub fn new(url: Url, title: impl Into<String>, published: Timestamp) -> Self {
        Entry {
            id: url.to_string(),
            aliases: Aliases::default(),
            url,
            title: title.into(),
            published,
            updated: published,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            summary: None,
            content: None,
            image: None,
            attachments: Vec::new(),
            episode: None,
            extras: None,
            translations: Vec::new(),
        }
    }
}

impl Html {
    /// Makes HTML of any source safe to show in the entry at an address, from which its links count.
    /// `None` where it nests too deeply, or is too much in another way.
    pub fn clean(html: &str, url: &Url) -> Option<Html> {
        let base = Base {
            url,
            prefix: &prefix(url.as_str()),
            files: None,
        };
        Html::sanitize(html, &base)
    }
}
