//! What a post and a record have in common: text, title, address, day and lines.

use std::path::Path;

use chrono::NaiveDate;
use feedwright_base::permalink::{dated_name, slashed};
use feedwright_feed::read::{link_key, title_key};
use feedwright_site::post::{Fingerprint, Post};

use super::records::Record;

/// How long a text is that is more than a template or a boilerplate, in bytes, without blanks around
/// its lines and without lines that are template tags.
const TELLING: usize = 200;

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
    pub(super) fn is_deleted(&self) -> bool {
        self.record.gone && !self.record.hidden
    }

    /// Whether what they have in common means something: what several posts have that were deleted
    /// says nothing about one more, unless it is of the same day.
    pub(super) fn is_particular(&self) -> bool {
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

    pub(super) fn has_same_address(&self) -> bool {
        has_same_address(self.url, self.record)
    }

    /// Whether their addresses end alike, as when the permalink pattern changed. One may have the day
    /// before it: `/2024-03-06-notice/`, `/2024/03/06-notice.html`.
    pub(super) fn has_same_slug(&self) -> bool {
        let ends_with = |one: &str, other: &str| {
            let before = one.strip_suffix(other);
            before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
        };
        let name = |url: &str| last_part(url).unwrap_or_default();
        let (is, was) = (name(self.url), name(&self.record.url));
        // A link to another site is no address here.
        self.record.url.contains("://") || ends_with(&is, &was) || ends_with(&was, &is)
    }

    pub(super) fn has_same_day(&self) -> bool {
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
    pub(super) fn is_one_of_near_days(&self) -> bool {
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
pub(super) fn seen(record: &Record) -> impl Iterator<Item = &Fingerprint> {
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
pub(super) fn addresses(record: &Record) -> impl Iterator<Item = &str> {
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
pub(super) fn days(record: &Record) -> impl Iterator<Item = NaiveDate> {
    let name = Path::new(&record.path).file_stem();
    let named = name.and_then(|name| {
        let (day, _) = dated_name(name.to_str()?)?;
        day.parse::<NaiveDate>().ok()
    });
    let given = record.given.map(|given| given.day());
    let days = [Some(record.published.day()), given, named];
    days.into_iter().flatten()
}
