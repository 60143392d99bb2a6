//! What a reader sees of an entry, and how it tells one from another.

use std::fmt;

use feedwright_base::date::Timestamp;
use serde::{Serialize, Serializer};

/// One entry of a published feed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishedEntry {
    /// Byte for byte, but for white space around it. Where it has none, readers take its link.
    pub id: String,
    pub url: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub title: String,
    pub summary: String,
    pub content: String,
    /// The names of all tags, in one text.
    pub tags: String,
    /// The names of all authors, in one text.
    pub authors: String,
    /// The address of the first picture that is named beside the text.
    pub image: String,
    /// The addresses, types and lengths of files, such as recordings, in one text.
    pub enclosure: String,
}

/// A part of an entry that readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Authors,
    /// Tags that differ in nothing but capitals.
    TagCase,
    Content,
    Published,
    Updated,
    Enclosure,
    Image,
    Link,
    Summary,
    Tags,
    Title,
}

impl Field {
    /// The field as reports call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Authors => "authors",
            Field::TagCase => "capitals of tags",
            Field::Content => "content",
            Field::Published => "date published",
            Field::Updated => "date updated",
            Field::Enclosure => "enclosure",
            Field::Image => "image",
            Field::Link => "link",
            Field::Summary => "summary",
            Field::Tags => "tags",
            Field::Title => "title",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PublishedEntry {
    /// The fields that differ from those of another, in the order in which readers show them.
    pub fn differences(&self, other: &PublishedEntry) -> Vec<Field> {
        let tags = if self.tags.to_lowercase() == other.tags.to_lowercase() {
            Field::TagCase
        } else {
            Field::Tags
        };
        let is_same = [
            (Field::Title, self.title == other.title),
            (Field::Link, self.url == other.url),
            (
                Field::Published,
                is_same_instant(self.published, other.published),
            ),
            (
                Field::Updated,
                is_same_instant(self.last_changed(), other.last_changed()),
            ),
            (Field::Summary, self.summary == other.summary),
            (Field::Content, self.content == other.content),
            (tags, self.tags == other.tags),
            (Field::Authors, self.authors == other.authors),
            (Field::Image, self.image == other.image),
            (Field::Enclosure, self.enclosure == other.enclosure),
        ];
        let different = is_same.into_iter().filter(|(_, is_same)| !is_same);
        different.map(|(field, _)| field).collect()
    }

    /// When readers take it to have changed last.
    fn last_changed(&self) -> Option<Timestamp> {
        self.updated.or(self.published)
    }
}

/// Whether two dates are the same, however they are written.
fn is_same_instant(one: Option<Timestamp>, other: Option<Timestamp>) -> bool {
    let utc = |time: Timestamp| time.with_zone(chrono_tz::UTC);
    one.map(utc) == other.map(utc)
}
