//! Entries and posts that found nothing, and what is said of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use feedwright_feed::is_id;
use feedwright_feed::read::link_key;
use feedwright_site::post::Post;

use crate::pipeline::old::OldFeed;
use crate::state::adopt::Told;
use crate::state::{Position, Record};

use super::{Adoption, LostId};

/// Notes entries that no post took and posts that no feed has. `posts` are those without an entry,
/// `floor` is where the site's own feed ended.
pub(super) fn note(
    told: &[Told],
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
    let owners = owners(told, records);
    let mut left: BTreeMap<NaiveDate, Vec<&Record>> = BTreeMap::new();
    for (at, told) in told.iter().enumerate() {
        let record = &told.record;
        let name = (record.id.clone(), record.title.clone());
        if owners.get(record.id.as_str()) != Some(&at) {
            adoption.duplicates.push(name);
        } else if !found.contains(record.id.as_str()) {
            adoption.unmatched.push(name);
            if told.dated {
                left.entry(record.published.day()).or_default().push(record);
            }
        }
    }
    let mut of_day: BTreeMap<NaiveDate, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        of_day.entry(post.published.day()).or_default().push(post);
    }
    for (day, posts) in of_day {
        if let ([post], Some([record])) = (&posts[..], left.get(&day).map(Vec::as_slice)) {
            let entry = (record.id.clone(), record.title.clone());
            adoption.perhaps.push((post.path.clone(), entry.0, entry.1));
        }
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

/// By id, the number of the entry that has it: of several, the one whose post got it.
fn owners<'a>(told: &'a [Told], records: &[Record]) -> HashMap<&'a str, usize> {
    let records = records.iter().filter(|record| !record.path.is_empty());
    let places = records.map(|record| (record.id.as_str(), link_key(&record.url)));
    let places: HashMap<&str, String> = places.collect();
    let mut owners = HashMap::new();
    for (at, told) in told.iter().enumerate() {
        let record = &told.record;
        let place = places.get(record.id.as_str());
        if place.is_some_and(|place| *place == link_key(&record.url)) {
            owners.insert(record.id.as_str(), at);
        } else {
            owners.entry(record.id.as_str()).or_insert(at);
        }
    }
    owners
}

/// The ids under which other feeds have entries.
pub(super) fn lost_ids(feeds: &[OldFeed], told: &[Told]) -> Vec<LostId> {
    let lost = told.iter().flat_map(|told| {
        told.others.iter().filter_map(|(number, id)| {
            Some(LostId {
                feed: feeds.get(*number)?.name.clone(),
                id: id.clone(),
                title: told.record.title.clone(),
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
        .map(|entry| (entry.id.clone(), entry.title().to_owned()))
        .collect()
}
