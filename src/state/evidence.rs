//! The evidence that a file holds a post that readers know, in one table.
//!
//! *Certain* evidence decides. *Doubtful* evidence, which is likeness, never does: the guard asks.
//! The first row that holds counts, so a post that keeps its file and its title is the same post,
//! whatever other posts look like.

use std::path::Path;

use chrono::NaiveDate;
use feedwright_base::permalink::{dated_name, slashed};
use feedwright_feed::read::{link_key, title_key};
use feedwright_site::post::{Fingerprint, Post};

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

/// How long a text is that is more than a template or a boilerplate, in bytes, without blanks around
/// its lines and without lines that are template tags.
const TELLING: usize = 200;

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

/// A post and a record that may be about it.
pub(super) struct Pair<'a> {
    pub(super) post: &'a Post,
    /// The post's URL from the site's base on.
    pub(super) url: &'a str,
    pub(super) record: &'a Record,
    /// Whether the records are those of feeds that are adopted.
    pub(super) is_adopting: bool,
    /// Whether several records have what the post and the record have in common.
    pub(super) is_usual: bool,
    /// Whether somebody has been asked what the post's file is, and has not said it.
    pub(super) was_asked: bool,
}

impl Pair<'_> {
    /// Whether the record's post was deleted in an earlier run, rather than hidden.
    fn is_deleted(&self) -> bool {
        self.record.gone && !self.record.hidden
    }

    /// Whether what they have in common means something: what several posts have that were deleted
    /// says nothing about one more, unless it is of the same day.
    fn is_particular(&self) -> bool {
        !self.is_deleted() || !self.is_usual || self.has_same_day()
    }

    /// Whether it means something that they have the same text: because it is long enough, or because
    /// title and day are the same, too.
    pub(super) fn is_telling(&self) -> bool {
        self.post.text >= TELLING || self.is_whole()
    }

    /// Whether they agree in text, title and day.
    pub(super) fn is_whole(&self) -> bool {
        self.has_same_text() && self.has_same_title() && self.has_same_day()
    }

    pub(super) fn has_same_title(&self) -> bool {
        has_same_title(self.post, self.record)
    }

    pub(super) fn has_same_text(&self) -> bool {
        has_same_text(self.post, self.record)
    }

    fn has_same_address(&self) -> bool {
        has_same_address(self.url, self.record)
    }

    /// Whether their addresses end alike, as when the permalink pattern changed. One may have the day
    /// before it: `/2024-03-06-notice/`, `/2024/03/06-notice.html`.
    fn has_same_slug(&self) -> bool {
        let ends_with = |one: &str, other: &str| {
            let before = one.strip_suffix(other);
            before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
        };
        let name = |url: &str| last_part(url).unwrap_or_default();
        let (is, was) = (name(self.url), name(&self.record.url));
        // A link to another site is no address here.
        self.record.url.contains("://") || ends_with(&is, &was) || ends_with(&was, &is)
    }

    fn has_same_day(&self) -> bool {
        has_same_day(self.post, self.record)
    }

    /// Whether most of their lines are the same, as far as they were looked at. A file that was only
    /// like the record's says nothing of itself.
    pub(super) fn has_like_lines(&self) -> bool {
        let own = slashed(&self.post.path);
        let others = self.record.like.iter().filter(|(path, _)| **path != own);
        let others = others.map(|(_, content)| content);
        let mut contents = contents(self.record).chain(others);
        contents.any(|content| content.common_lines(&self.post.fingerprint) >= 2)
    }

    /// Whether an adopted entry and the only post of that name are at most a day apart: programs
    /// have the same instant on the days of different zones.
    fn is_one_of_near_days(&self) -> bool {
        let days = self.post.published.day() - self.record.published.day();
        self.is_adopting && !self.is_usual && days.num_days().abs() <= 1
    }

    /// In how many of address, day, text and title they agree.
    pub(super) fn agreements(&self) -> usize {
        let agreements = [
            self.has_same_address(),
            self.has_same_day(),
            self.has_same_text(),
            self.has_same_title(),
        ];
        agreements.into_iter().filter(|agrees| *agrees).count()
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

/// The last part of an address, if it says anything.
pub(crate) fn last_part(url: &str) -> Option<String> {
    let key = link_key(url);
    let name = key.rsplit('/').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether they have the same text; two that have none have nothing in common.
pub(super) fn has_same_text(post: &Post, record: &Record) -> bool {
    post.text > 0 && contents(record).any(|content| content.same_body(&post.fingerprint))
}

/// What a record's post was like when it was public, and when it was last seen.
pub(super) fn contents(record: &Record) -> impl Iterator<Item = &Fingerprint> {
    record.content.iter().chain(&record.latest)
}

/// The same, and what files were like that are only like it.
fn seen(record: &Record) -> impl Iterator<Item = &Fingerprint> {
    contents(record).chain(record.like.values())
}

/// Whether a post is a file, or has the text of one, that was only like a record's post when it was
/// last seen.
pub(super) fn is_only_like(post: &Post, record: &Record) -> bool {
    if record.like.is_empty() {
        return false;
    }
    let path = slashed(&post.path);
    let same = |like: &Fingerprint| post.text >= TELLING && like.same_body(&post.fingerprint);
    // The post's own file may have been copied.
    let has_text = || path != record.path && record.like.values().any(same);
    record.like.contains_key(&path) || has_text()
}

/// Whether they have the same title, typography apart.
pub(super) fn has_same_title(post: &Post, record: &Record) -> bool {
    post.title == record.title || title_key(&post.title) == title_key(&record.title)
}

/// Where the record's post was. A link to another site is no address here.
fn addresses(record: &Record) -> impl Iterator<Item = &str> {
    let all = [&record.url].into_iter().chain(&record.elsewhere);
    all.map(String::as_str)
        .filter(|address| !address.contains("://"))
}

/// Whether a post is where the record's was, as servers understand addresses.
pub(super) fn has_same_address(url: &str, record: &Record) -> bool {
    url == record.url || addresses(record).any(|address| link_key(url) == link_key(address))
}

/// Whether they are of one day: by the date that readers know, the author's, or that of the file's
/// name. The same instant is on one day here and on another there.
fn has_same_day(post: &Post, record: &Record) -> bool {
    post.published == record.published || days(record).any(|day| day == post.published.day())
}

/// The days that a record may be of.
fn days(record: &Record) -> impl Iterator<Item = NaiveDate> {
    let name = Path::new(&record.path).file_stem();
    let named = name.and_then(|name| {
        let (day, _) = dated_name(name.to_str()?)?;
        day.parse::<NaiveDate>().ok()
    });
    let given = record.given.map(|given| given.day());
    let days = [Some(record.published.day()), given, named];
    days.into_iter().flatten()
}
