//! The evidence that a file holds a post that readers know, in one table.
//!
//! *Certain* evidence decides. *Doubtful* evidence, which is likeness, never does: the guard asks.
//! The first row that holds counts, so a post that keeps its file and its title is the same post,
//! whatever other posts look like.

use feedwright_base::permalink::slashed;
use feedwright_feed::read::{link_key, title_key};
use feedwright_site::post::{Fingerprint, Post};

use super::likeness::{Pair, addresses, contents, days, is_only_like, last_part, seen};
use super::records::Record;

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The front matter has the id that readers know.
    Guid,
    /// The same file with the same text.
    FileAndText,
    /// The same file with the same title.
    FileAndTitle,
    /// The same address with the same title.
    AddressAndTitle,
    /// The same address with the same text.
    AddressAndText,
    /// The same text, word for word, in another file.
    Text,
    /// The same title on the same day with the same last part of the address, of an entry whose file
    /// is not known.
    TitleAndDay,
    /// The same last part of the address on the same day, of an entry that is adopted.
    NameAndDay,
    /// The same file with the same address.
    FileAndAddress,
    /// The same address on the same day.
    AddressAndDay,
    /// The same address, of an entry that is adopted.
    AdoptedAddress,
    /// Somebody said so.
    Accepted,
    /// The file, or its text, is one that was like the post when it was last seen.
    Followed,
    /// The front matter has another id than readers know the post by.
    OtherGuid,
    /// The same file, and nothing else.
    File,
    /// The same address, and nothing else.
    Address,
    /// The same title and text, of which too little is there to be sure.
    TitleAndText,
    /// The same text, which may be that of several posts.
    LikeText,
    /// The same title in another file.
    Title,
    /// The same last part of the address, of an entry whose file is not known.
    Name,
    /// Most of the lines that were looked at.
    Lines,
    /// The day of a post that is gone since the last run.
    Day,
}

/// By what the records are looked up that a row could be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id,
    File,
    Address,
    Text,
    Title,
    /// The last part of the address.
    Name,
    Lines,
    Day,
    /// A file that was like the post when it was last seen, or its text.
    Like,
}

/// Where else the text of a record may be for a row to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextIs {
    /// It does not matter.
    Anywhere,
    /// In no other post without a record: that one could be the record's as well.
    NowhereElse,
    /// Surely moved to the post: its old file is gone, or has another title and text by now.
    Moved,
}

/// A row of the table.
pub(super) struct Row {
    pub(super) evidence: Evidence,
    pub(super) key: Key,
    pub(super) text: TextIs,
    /// Whether it holds, of a post and a record that have the key in common.
    pub(super) holds: fn(&Pair<'_>) -> bool,
}

/// The evidence that decides, in the order in which it counts.
pub(super) const CERTAIN: [Row; 11] = [
    Row {
        evidence: Evidence::Guid,
        key: Key::Id,
        text: TextIs::Anywhere,
        holds: |_| true,
    },
    Row {
        evidence: Evidence::FileAndText,
        key: Key::File,
        text: TextIs::Anywhere,
        holds: |pair| pair.has_same_text(),
    },
    Row {
        evidence: Evidence::FileAndTitle,
        key: Key::File,
        text: TextIs::NowhereElse,
        holds: |pair| pair.has_same_title(),
    },
    Row {
        evidence: Evidence::AddressAndTitle,
        key: Key::Address,
        text: TextIs::NowhereElse,
        holds: |pair| pair.has_same_title(),
    },
    Row {
        evidence: Evidence::AddressAndText,
        key: Key::Address,
        text: TextIs::Anywhere,
        holds: |pair| pair.has_same_text(),
    },
    Row {
        evidence: Evidence::Text,
        key: Key::Text,
        text: TextIs::Moved,
        holds: |pair| pair.has_same_text() && pair.is_telling(),
    },
    Row {
        evidence: Evidence::AdoptedAddress,
        key: Key::Address,
        text: TextIs::Anywhere,
        holds: |pair| pair.is_adopting,
    },
    Row {
        evidence: Evidence::TitleAndDay,
        key: Key::Title,
        text: TextIs::Anywhere,
        holds: |pair| {
            let is_all = pair.is_adopting || pair.has_same_slug();
            let is_near = pair.has_same_day() || pair.is_one_of_near_days();
            pair.record.path.is_empty() && is_near && is_all
        },
    },
    // Moving to another generator changes titles, and the addresses of all posts.
    Row {
        evidence: Evidence::NameAndDay,
        key: Key::Name,
        text: TextIs::Anywhere,
        holds: |pair| pair.is_adopting && (pair.has_same_day() || pair.is_one_of_near_days()),
    },
    // A post that was deleted is another one than whatever is written in its place later.
    Row {
        evidence: Evidence::FileAndAddress,
        key: Key::File,
        text: TextIs::NowhereElse,
        holds: |pair| pair.has_same_address() && !pair.is_deleted(),
    },
    Row {
        evidence: Evidence::AddressAndDay,
        key: Key::Address,
        text: TextIs::NowhereElse,
        holds: |pair| pair.has_same_day() && !pair.is_deleted(),
    },
];

/// The likenesses that are asked about.
pub(super) const DOUBTFUL: [Row; 9] = [
    // Says more than the file, where two short texts have changed places.
    Row {
        evidence: Evidence::TitleAndText,
        key: Key::Text,
        text: TextIs::Anywhere,
        holds: |pair| pair.has_same_text() && pair.has_same_title() && pair.is_particular(),
    },
    Row {
        evidence: Evidence::File,
        key: Key::File,
        text: TextIs::Anywhere,
        holds: |pair| !pair.is_deleted() || pair.has_same_address() && pair.has_same_day(),
    },
    Row {
        evidence: Evidence::Address,
        key: Key::Address,
        text: TextIs::Anywhere,
        holds: |pair| !pair.is_deleted() || pair.has_same_day(),
    },
    Row {
        evidence: Evidence::LikeText,
        key: Key::Text,
        text: TextIs::Anywhere,
        holds: |pair| {
            let is_like = !pair.is_usual || pair.has_same_title() || pair.has_same_day();
            pair.has_same_text() && is_like && pair.is_particular()
        },
    },
    // What several posts have in common that are gone for long says nothing about one more.
    Row {
        evidence: Evidence::Title,
        key: Key::Title,
        text: TextIs::Anywhere,
        holds: |pair| pair.is_particular(),
    },
    Row {
        evidence: Evidence::Name,
        key: Key::Name,
        text: TextIs::Anywhere,
        holds: |pair| {
            let is_open = !pair.is_adopting && pair.record.path.is_empty();
            is_open && !pair.is_usual && pair.is_particular()
        },
    },
    Row {
        evidence: Evidence::Lines,
        key: Key::Lines,
        text: TextIs::Anywhere,
        holds: |pair| pair.has_like_lines() && pair.is_particular(),
    },
    Row {
        evidence: Evidence::Day,
        key: Key::Day,
        text: TextIs::Anywhere,
        holds: |pair| !pair.is_deleted() || pair.was_asked,
    },
    // Last, so that what was asked about once is asked about for the same reason again.
    Row {
        evidence: Evidence::Followed,
        key: Key::Like,
        text: TextIs::Anywhere,
        holds: |pair| is_only_like(pair.post, pair.record),
    },
];

impl Evidence {
    /// What it is, to follow “the same post by” or “it may be the same post by”.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Evidence::Guid => "the id in its front matter",
            Evidence::FileAndText => "the same file and text",
            Evidence::FileAndTitle => "the same file and title",
            Evidence::AddressAndTitle => "the same address and title",
            Evidence::AddressAndText => "the same address and text",
            Evidence::Text => "the same text, word for word, in another file",
            Evidence::TitleAndDay => "the same title, day and end of the address",
            Evidence::NameAndDay => "the last part of the address, and the day",
            Evidence::FileAndAddress => "the same file and address",
            Evidence::AddressAndDay => "the same address and day",
            Evidence::AdoptedAddress => "the same address",
            Evidence::Accepted => "what `feedwright accept --same` was told",
            Evidence::Followed => "a file that was like it",
            Evidence::OtherGuid => "everything but the id in its front matter",
            Evidence::File => "the same file",
            Evidence::Address => "the same address",
            Evidence::TitleAndText => "the same title and text",
            Evidence::LikeText => "the same text",
            Evidence::Title => "the same title",
            Evidence::Name => "the same last part of the address",
            Evidence::Lines => "most of its lines",
            Evidence::Day => "the same day",
        }
    }
}

impl Key {
    /// The keys of a record.
    pub(super) fn of_record(self, record: &Record) -> Vec<String> {
        match self {
            Key::Id => vec![record.id.clone()],
            Key::File if record.path.is_empty() => Vec::new(),
            Key::File => vec![record.path.clone()],
            Key::Address => addresses(record).map(link_key).collect(),
            Key::Text => contents(record).map(|one| one.body().to_string()).collect(),
            Key::Title => vec![title_key(&record.title)],
            Key::Name => last_part(&record.url).into_iter().collect(),
            Key::Lines => seen(record).flat_map(Fingerprint::lines).collect(),
            Key::Like => {
                let texts = record.like.values().map(|one| one.body().to_string());
                record.like.keys().cloned().chain(texts).collect()
            }
            Key::Day => days(record).map(|day| day.to_string()).collect(),
        }
    }

    /// The keys of a post, whose URL from the base on is known.
    pub(super) fn of_post(self, post: &Post, url: &str) -> Vec<String> {
        match self {
            Key::Id if post.given.id => vec![post.id.clone()],
            Key::Id => Vec::new(),
            Key::File => vec![slashed(&post.path)],
            Key::Address => vec![link_key(url)],
            Key::Text if post.text == 0 => Vec::new(),
            Key::Text => vec![post.fingerprint.body().to_string()],
            Key::Like => vec![slashed(&post.path), post.fingerprint.body().to_string()],
            Key::Title => vec![title_key(&post.title)],
            Key::Name => last_part(url).into_iter().collect(),
            Key::Lines => post.fingerprint.lines().collect(),
            Key::Day => vec![post.published.day().to_string()],
        }
    }
}
