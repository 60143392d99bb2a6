//! What a feed says of itself.

use std::fmt;

use serde::{Serialize, Serializer};

/// What can change about a feed itself, and where more of its entries are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    pub id: Option<String>,
    /// The address that the feed gives as its own.
    pub self_link: Option<String>,
    /// The UUID by which directories know the podcast that it is.
    pub guid: Option<String>,
    pub language: Option<String>,
    /// The address of the page that the feed is of.
    pub site: Option<String>,
    /// The page with the entries that follow.
    pub next: Option<String>,
    /// The archive with the entries before these, RFC 5005 section 4.
    pub prev_archive: Option<String>,
}

/// A part of a feed's head that subscribers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadField {
    Id,
    SelfLink,
    Language,
    Site,
}

impl HeadField {
    /// All of them.
    pub const ALL: [HeadField; 4] = [
        HeadField::Id,
        HeadField::SelfLink,
        HeadField::Language,
        HeadField::Site,
    ];

    /// The field as reports call it.
    pub fn as_str(self) -> &'static str {
        match self {
            HeadField::Id => "id",
            HeadField::SelfLink => "self link",
            HeadField::Language => "language",
            HeadField::Site => "site",
        }
    }
}

impl fmt::Display for HeadField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for HeadField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Head {
    /// What a feed says in a field.
    pub fn get(&self, field: HeadField) -> Option<&str> {
        match field {
            HeadField::Id => self.id.as_deref(),
            HeadField::SelfLink => self.self_link.as_deref(),
            HeadField::Language => self.language.as_deref(),
            HeadField::Site => self.site.as_deref(),
        }
    }

    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let Head {
            id,
            self_link,
            guid,
            language,
            site,
            next,
            prev_archive,
        } = self;
        let all = [id, self_link, guid, language, site, next, prev_archive];
        all.into_iter().flatten()
    }
}
