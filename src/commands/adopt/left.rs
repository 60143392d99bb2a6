//! Entries and posts that found nothing, and what is said of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use feedwright_feed::is_id;
use feedwright_feed::read::{link_key, title_key};
use feedwright_site::post::{History, Post};

use crate::commands::old_feeds::OldFeed;
use crate::select::Selection;
use crate::state::adopt::OldEntry;
use crate::state::{Position, Record};

use super::{Adoption, LostId};

/// Notes entries that no post took and posts that no feed has. `posts` are those without an entry,
/// `floor` is where the site's own feed ended.
pub(super) fn note(
    old_entries: &[OldEntry],
    records: &[Record],
    posts: &[&Post],
    floor: Option<&Position>,
    adoption: &mut Adoption,
) {
    let found: HashSet<&str> = records
        .iter()
        .filter(|record| !record.path.is_empty())
        .map(|record| record.id.as_str())
        .collect();
    let owners = owners(old_entries, records);
    let mut open: Vec<&Record> = Vec::new();
    for (at, old_entry) in old_entries.iter().enumerate() {
        let record = &old_entry.record;
        let name = (record.id.clone(), record.title.clone());
        if owners.get(record.id.as_str()) != Some(&at) {
            adoption.duplicates.push(name);
        } else if !found.contains(record.id.as_str()) {
            adoption.unmatched.push(name);
            if old_entry.dated {
                open.push(record);
            }
        }
    }
    for (post, record) in pairs(posts, &open) {
        let entry = (record.id.clone(), record.title.clone());
        adoption.perhaps.push((post.path.clone(), entry.0, entry.1));
    }
    if let Some(floor) = floor {
        let shown = posts
            .iter()
            .filter(|post| post.main && !post.translation)
            .filter(|post| !floor.precedes(post.published, &post.id));
        let shown = shown.map(|post| (post.path.clone(), post.title.clone()));
        adoption.absent = shown.collect();
    }
}

/// Posts and entries that are alone with a title, or else with a day, which a neighbour may have.
fn pairs<'a>(posts: &[&'a Post], records: &[&'a Record]) -> Vec<(&'a Post, &'a Record)> {
    type Sides<'a> = (Vec<&'a Post>, Vec<&'a Record>);
    let mut titles: BTreeMap<String, Sides<'a>> = BTreeMap::new();
    for post in posts {
        titles
            .entry(title_key(&post.title))
            .or_default()
            .0
            .push(post);
    }
    for record in records {
        titles
            .entry(title_key(&record.title))
            .or_default()
            .1
            .push(record);
    }
    let mut pairs = Vec::new();
    let mut days: BTreeMap<NaiveDate, Sides<'a>> = BTreeMap::new();
    for (posts, records) in titles.into_values() {
        match (&posts[..], &records[..]) {
            ([post], [record]) => pairs.push((*post, *record)),
            (_, []) | ([], _) => {
                for post in posts {
                    days.entry(post.published.day()).or_default().0.push(post);
                }
                for record in records {
                    days.entry(record.published.day())
                        .or_default()
                        .1
                        .push(record);
                }
            }
            _ => {}
        }
    }
    for (posts, records) in days.into_values() {
        if let ([post], [record]) = (&posts[..], &records[..]) {
            pairs.push((*post, *record));
        }
    }
    pairs
}

/// By id, the number of the entry that has it: of several, the one whose post got it.
fn owners<'a>(old_entries: &'a [OldEntry], records: &[Record]) -> HashMap<&'a str, usize> {
    let records = records.iter().filter(|record| !record.path.is_empty());
    let posts: HashMap<&str, &Record> = records.map(|record| (&*record.id, record)).collect();
    let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, old_entry) in old_entries.iter().enumerate() {
        all.entry(old_entry.record.id.as_str())
            .or_default()
            .push(at);
    }
    let owner = |(id, numbers): (&'a str, Vec<usize>)| {
        let entries = numbers
            .iter()
            .filter_map(|&at| Some((at, old_entries.get(at)?)));
        let owner = match posts.get(id) {
            Some(post) => entry_of(post, entries),
            None => numbers.first().copied(),
        };
        Some((id, owner?))
    };
    all.into_iter().filter_map(owner).collect()
}

/// Which of the entries that share an id is that of a post: by its address, else by its title.
pub(super) fn entry_of<'a, T: Copy>(
    post: &Record,
    entries: impl Iterator<Item = (T, &'a OldEntry)>,
) -> Option<T> {
    let rank = |old_entry: &OldEntry| {
        let is_here = link_key(&old_entry.record.url) == link_key(&post.url);
        (
            is_here,
            title_key(&old_entry.record.title) == title_key(&post.title),
        )
    };
    let mut best: Option<((bool, bool), T)> = None;
    for (entry, old_entry) in entries {
        let rank = rank(old_entry);
        // The first of those that are alike.
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, entry));
        }
    }
    best.map(|(_, entry)| entry)
}

/// The posts of entries that the feed in the place of theirs does not take. `own` are the numbers of
/// the feeds that the site's own takes the place of; what is in none of these is named if no feed at
/// all takes it.
pub(super) fn apart(
    posts: &[Post],
    old_entries: &[OldEntry],
    own: &HashSet<usize>,
    selections: &[Selection],
) -> Vec<(PathBuf, String, String)> {
    let taken: HashSet<usize> = selections
        .iter()
        .flat_map(|selection| selection.posts.iter().copied())
        .collect();
    let of_own = |old: &&OldEntry| old.feeds.iter().any(|feed| own.contains(feed));
    let of_own = old_entries.iter().filter(of_own);
    let of_own: HashSet<&str> = of_own.map(|old| old.record.id.as_str()).collect();
    let posts = posts.iter().enumerate();
    let apart = posts.filter(|(at, post)| {
        let is_adopted = post.history != History::New;
        let is_missed = of_own.contains(post.id.as_str()) || !taken.contains(at);
        is_adopted && !post.main && !post.translation && is_missed
    });
    apart
        .map(|(_, post)| {
            let section = post.collection.clone();
            (post.path.clone(), post.title.clone(), section)
        })
        .collect()
}

/// The ids under which other feeds have entries.
pub(super) fn lost_ids(feeds: &[OldFeed], old_entries: &[OldEntry]) -> Vec<LostId> {
    let lost = old_entries.iter().flat_map(|old_entry| {
        old_entry.others.iter().filter_map(|(number, id)| {
            Some(LostId {
                feed: feeds.get(*number)?.name.clone(),
                id: id.clone(),
                title: old_entry.record.title.clone(),
            })
        })
    });
    lost.collect()
}

/// Entries whose ids no feed can have.
pub(super) fn refused(feeds: &[OldFeed]) -> Vec<(String, String)> {
    let entries = feeds.iter().flat_map(|old| &old.feed.entries);
    let refused = entries.filter(|entry| !is_id(&entry.id));
    refused
        .map(|entry| (entry.id.clone(), entry.title.as_str().to_owned()))
        .collect()
}
