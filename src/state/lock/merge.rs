//! Puts the lines of a lock together, also where Git merged the lines of several branches.

use std::collections::{HashMap, HashSet};

use super::Lock;
use super::lines::{Header, Line, line_of_json};
use crate::state::left::LeftRecord;
use crate::state::records::{ArchiveRecord, FeedRecord, PingRecord, Record};

impl Lock {
    /// What these lines say together, in whatever order they stand.
    pub(super) fn of_lines(header: Header, lines: Vec<Line>) -> Lock {
        let mut lock = Lock {
            base: header.base,
            zone: header.zone,
            ..Lock::default()
        };
        // All records of the posts that more than one line is about, by id.
        let mut repeated: HashMap<String, Vec<Record>> = HashMap::new();
        for line in lines {
            match line {
                Line::Post(record) => match lock.posts.get(&record.id) {
                    None => drop(lock.posts.insert(record.id.clone(), *record)),
                    Some(first) => {
                        let all = repeated.entry(record.id.clone());
                        all.or_insert_with(|| vec![first.clone()]).push(*record);
                    }
                },
                Line::Feed(record) => lock.add_feed(record),
                Line::Archive(record) => lock.add_archive(record),
                Line::Ping(record) => lock.add_ping(record),
                Line::Held(record) => drop(lock.held.insert(record)),
                Line::Left(record) => lock.add_left(record),
            }
        }
        lock.posts.extend(repeated.into_iter().filter_map(joined));
        let scheduled = lock
            .posts
            .extract_if(.., |_, record| record.scheduled.is_some());
        lock.scheduled = scheduled.collect();
        for page in lock.archives.values_mut() {
            let mut seen = HashSet::new();
            page.posts.retain(|post| seen.insert(post.clone()));
        }
        lock
    }

    /// Adds a feed. Of two windows the later one counts: what either branch had cut off is
    /// old.
    fn add_feed(&mut self, record: FeedRecord) {
        let Some(known) = self.feeds.get_mut(&record.key) else {
            self.feeds.insert(record.key.clone(), record);
            return;
        };
        let is_later = match (&known.oldest, &record.oldest) {
            (Some(one), Some(other)) if one == other => is_larger(&record, known),
            (Some(one), Some(other)) => other.precedes(one.published, &one.id),
            (None, Some(_)) => true,
            (None, None) => is_larger(&record, known),
            (Some(_), None) => false,
        };
        known.files.extend(record.files);
        known.adopted.extend(record.adopted);
        known.beyond.extend(record.beyond);
        if record.id < known.id {
            known.id = record.id;
        }
        if is_later {
            known.oldest = record.oldest;
            known.limit = record.limit;
            known.language = record.language;
        }
    }

    /// Adds an archive page. Two branches may each have added posts to it.
    fn add_archive(&mut self, record: ArchiveRecord) {
        let place = (record.key.clone(), record.page);
        let Some(known) = self.archives.get_mut(&place) else {
            self.archives.insert(place, record);
            return;
        };
        known.files.extend(record.files);
        // Those that stand on both sides are sorted out when all are read.
        known.posts.extend(record.posts);
    }

    /// Adds what a hub was told of. Of two states nobody knows which one came last, so that the hub is
    /// told again.
    fn add_ping(&mut self, record: PingRecord) {
        let place = (record.hub.clone(), record.file.clone());
        match self.pings.get_mut(&place) {
            Some(known) if known.hash != record.hash => known.hash.clear(),
            Some(_) => {}
            None => {
                self.pings.insert(place, record);
            }
        }
    }

    /// Adds a file that is left. Branches may have named different successors: any of them will do,
    /// but the same one whatever the order of the lines, and rather one than none.
    fn add_left(&mut self, record: LeftRecord) {
        let known = self.left.entry(record.file.clone());
        let known = known.or_insert_with(|| record.clone());
        if (&record.to, record.gone) > (&known.to, known.gone) {
            *known = record;
        }
    }
}

/// The record of a post that several lines are about, whatever their order. Branches may each have
/// recorded a change of it: the latest change counts, and the earliest publication.
fn joined((id, all): (String, Vec<Record>)) -> Option<(String, Record)> {
    // One moment may be written in several zones.
    let dates = all.iter().map(|record| record.published);
    let published = dates.min_by_key(|date| (*date, date.to_rfc3339()))?;
    let gone = all.iter().all(|record| record.gone);
    let hidden = gone && all.iter().any(|record| record.hidden);
    // Where one branch has seen its date come, it has.
    let scheduled = all.iter().map(|record| record.scheduled).min().flatten();
    let pending = all.iter().any(|record| record.pending);
    let latest = all.into_iter().max_by_key(|record| {
        let changed = record.updated.unwrap_or(record.published);
        (changed, line_of_json(record))
    })?;
    let record = Record {
        published,
        gone,
        hidden,
        scheduled,
        pending,
        ..latest
    };
    Some((id, record))
}

/// Whether the first of two feeds counts whose windows end at the same place: any will do, but the
/// same one whatever their order.
fn is_larger(one: &FeedRecord, other: &FeedRecord) -> bool {
    (one.limit, &one.language) > (other.limit, &other.language)
}
