//! Selected posts to entries and feeds, with what is promised of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use feedwright_base::permalink::slashed;
use feedwright_feed::{Entry, Feed};
use feedwright_site::config::Config;
use feedwright_site::post::Post;

use crate::render;
use crate::select::Selection;
use crate::state::{FeedRecord, State};

/// The posts that any feed takes, or an archive of one, each once, in order.
pub(crate) fn wanted(selections: &[Selection]) -> Vec<usize> {
    let all: BTreeSet<usize> = selections
        .iter()
        .flat_map(|selection| selection.posts.iter().chain(&selection.candidates).copied())
        .collect();
    all.into_iter().collect()
}

/// The posts that feeds would take if they had no end, by the keys of the feeds.
pub(super) fn candidates(selections: &[Selection]) -> HashMap<String, Vec<usize>> {
    let all = selections.iter();
    all.map(|selection| (selection.key.clone(), selection.candidates.clone()))
        .collect()
}

/// Where published feeds are all that tells what was before, they tell when entries changed.
pub(super) fn settle(
    entries: &mut [Option<Arc<Entry>>],
    posts: &[Post],
    state: &State,
    config: &Config,
) {
    let now = config.present.now().with_zone(config.site.tz());
    // A second apart, as with a lock.
    let mut changed = 0;
    for (entry, post) in entries.iter_mut().zip(posts) {
        if let Some(entry) = entry {
            let now = now.earlier(changed);
            let is_changed = state.settle(Arc::make_mut(entry), post.given.updated, now);
            changed += usize::from(is_changed);
        }
    }
}

/// Selections to feeds, and what is promised of each.
pub(crate) fn feeds(
    selections: Vec<Selection>,
    entries: &[Option<Arc<Entry>>],
    state: &State,
    config: &Config,
) -> (Vec<Feed>, Vec<FeedRecord>) {
    selections
        .into_iter()
        .filter_map(|mut selection| {
            let paths: Vec<&Path> = selection
                .places
                .iter()
                .map(|place| place.path.as_path())
                .collect();
            let promised = state.feed(&selection.key, &paths).cloned();
            let mut promised = promised.unwrap_or_default();
            promised.guid = state
                .guid(&selection.key, &paths, config)
                .map(str::to_owned);
            let (key, oldest) = (selection.key.clone(), selection.oldest.take());
            let beyond = std::mem::take(&mut selection.beyond);
            let feed = render::feed(selection, entries, &promised, config)?;
            let record = FeedRecord {
                key,
                id: feed.id.clone(),
                files: feed
                    .places
                    .iter()
                    .map(|place| slashed(&place.path))
                    .collect(),
                adopted: BTreeMap::new(),
                guid: feed.show.as_ref().and_then(|show| show.guid.clone()),
                language: feed.language.clone(),
                limit: config.limit(&feed.key).unwrap_or(0),
                oldest,
                beyond,
            };
            Some((feed, record))
        })
        .unzip()
}
