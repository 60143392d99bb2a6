//! Taking over the ids and dates of feeds that any program made.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use crate::config::{Config, StateKind};
use crate::date::Timestamp;
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::permalink::slashed;
use crate::post::{History, Post};
use crate::publish::{Files, Stage, Turn};
use crate::select::{self, Memory};
use crate::state::adopt::Told;
use crate::state::published::{Published, link_key};
use crate::state::{Accepted, FeedRecord, Record, State};

use super::{Progress, load};

/// What was taken over from feeds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adoption {
    /// How many posts have ids and dates from the feeds.
    pub adopted: usize,
    /// Of these, the ones whose id is another than before, with both: path, before, now.
    pub changed: Vec<(PathBuf, String, String)>,
    /// Posts whose dates differ from those that subscribers saw: path, own date, date kept.
    pub dates: Vec<(PathBuf, Timestamp, Timestamp)>,
    /// Posts that entries lead to whose ids belong to posts that are still there: path, path of
    /// that one, id.
    pub taken: Vec<(PathBuf, PathBuf, String)>,
    /// Entries that no post was found for: id and title.
    pub unmatched: Vec<(String, String)>,
    /// Entries that have the id of another one: id and title. Their posts get ids of their own.
    pub duplicates: Vec<(String, String)>,
    /// Feeds whose own id is kept: file and id.
    pub feeds: Vec<(String, String)>,
}

/// Takes the ids and dates of these feeds into the lock of a site. Nothing else changes.
///
/// # Errors
///
/// A site that keeps no lock, files that cannot be read, and a lock that cannot be written.
pub fn adopt(
    config: &Config,
    feeds: &[(String, Vec<u8>)],
    dry_run: bool,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Adoption, Error> {
    if config.state != StateKind::Lock {
        return Err(Error::new(format!(
            "only `state: lock` can keep what feeds tell: set it in {}",
            crate::config::FILE
        )));
    }
    let _turn = Turn::take(&[config.root.path()], waiting)?;
    let parsed: Vec<Published> = feeds
        .iter()
        .map(|(name, bytes)| {
            Published::parse(bytes).map_err(|what| Error::new(format!("{name}: {what}")))
        })
        .collect::<Result<_, Error>>()?;
    let state = State::of_lock(config)?;
    let read = load::read(config, &state, diags, progress)?;
    // Once as the lock has them, to know which lines are replaced; once as the feeds have them.
    let before = load::identify(
        read.clone(),
        &state.records(),
        &Accepted::default(),
        config,
        &mut Diagnostics::new(),
    );
    let all: Vec<&Published> = parsed.iter().collect();
    let told = crate::state::adopt::told(&all, &config.site.url);
    let records: Vec<&Record> = told.iter().map(|told| &told.record).collect();
    let posts = read.posts.clone();
    let after = load::adopted(read, &records, config, &mut Diagnostics::new());
    let own: HashMap<&PathBuf, &Post> = posts.iter().map(|post| (&post.path, post)).collect();

    let mut lock = state.lock_to_change(config);
    let mut adoption = Adoption::default();
    let earlier: HashMap<&PathBuf, &Post> =
        before.posts.iter().map(|post| (&post.path, post)).collect();
    let by_path: BTreeMap<&str, &Record> = after
        .records
        .iter()
        .map(|record| (record.path.as_str(), record))
        .collect();
    let is_adopted = |post: &&Post| post.history != History::New;
    for post in after.posts.iter().filter(is_adopted) {
        let Some(record) = by_path.get(slashed(&post.path).as_str()) else {
            continue;
        };
        // Entries that share an id are told apart by their addresses.
        let is_here = |told: &&Told| link_key(&told.record.url) == link_key(&record.url);
        let mut same = told.iter().filter(|told| told.record.id == record.id);
        let Some(told) = same.clone().find(is_here).or_else(|| same.next()) else {
            continue;
        };
        let given = own
            .get(&post.path)
            .map_or(post.published, |own| own.published);
        // The id of a post whose file is still there is not another one's.
        let is_there = |known: &&Record| own.contains_key(&PathBuf::from(&known.path));
        let owner = state.record(&record.id).filter(is_there);
        if let Some(owner) = owner.filter(|owner| owner.path != record.path) {
            let owner = (PathBuf::from(&owner.path), record.id.clone());
            adoption.taken.push((post.path.clone(), owner.0, owner.1));
            continue;
        }
        let published = if told.dated {
            told.record.published
        } else {
            given
        };
        let differs = given != published;
        if differs {
            let dates = (post.path.clone(), given, published);
            adoption.dates.push(dates);
        }
        if let Some(earlier) = earlier.get(&post.path) {
            if earlier.id != record.id {
                let ids = (post.path.clone(), earlier.id.clone(), record.id.clone());
                adoption.changed.push(ids);
            }
            lock.posts.remove(&earlier.id);
        }
        let updated = told.record.updated.or(record.updated);
        let record = Record {
            published,
            given: differs.then_some(given),
            updated: updated.filter(|updated| *updated > published),
            pending: false,
            ..(*record).clone()
        };
        lock.posts.insert(record.id.clone(), record);
        adoption.adopted += 1;
    }
    unmatched(&records, &after.records, &mut adoption);
    let memory = Memory {
        state: &state,
        fill_up: false,
        is_whole: true,
    };
    let selections = select::select(&after.posts, config, &memory, &mut Diagnostics::new());
    for ((name, _), feed) in feeds.iter().zip(&parsed) {
        let (Some(id), Some(link)) = (feed.head.get("id"), feed.head.get("self link")) else {
            continue;
        };
        let same = selections.iter().find(|selection| {
            selection
                .places
                .iter()
                .any(|place| place.url.as_str() == link)
        });
        if let Some(selection) = same {
            let known = lock.feeds.get(&selection.key).cloned();
            let record = known.unwrap_or_else(|| FeedRecord {
                key: selection.key.clone(),
                limit: config.feeds.limit.unwrap_or(0),
                ..FeedRecord::default()
            });
            adoption.feeds.push((name.clone(), id.clone()));
            lock.feeds.insert(
                record.key.clone(),
                FeedRecord {
                    id: id.clone(),
                    ..record
                },
            );
        }
    }
    if !dry_run && state.is_other(&lock) {
        let stage = Stage::begin(
            config.root.path(),
            config.root.path(),
            false,
            Files::default(),
            None,
        )?;
        stage.write_now(&config.lock(), &lock.to_text().pieces())?;
    }
    Ok(adoption)
}

/// Entries that no post took: those of posts that are there no more, and those that share an id.
fn unmatched(told: &[&Record], records: &[Record], adoption: &mut Adoption) {
    let found: HashSet<&str> = records
        .iter()
        .filter(|record| !record.path.is_empty())
        .map(|record| record.id.as_str())
        .collect();
    let mut seen = HashSet::new();
    for record in told {
        let name = (record.id.clone(), record.title.clone());
        if !seen.insert(&record.id) {
            adoption.duplicates.push(name);
        } else if !found.contains(record.id.as_str()) {
            adoption.unmatched.push(name);
        }
    }
}
