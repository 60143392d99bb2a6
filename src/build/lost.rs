//! Posts that were published and cannot be made now: which ones, and what feeds keep of them.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use feedwright_base::error::Error;
use feedwright_feed::emit;
use feedwright_feed::{Entry, Feed, order};
use feedwright_site::config::Config;

use crate::load::Loaded;
use crate::state::kept::{self, Lost};
use crate::state::{FeedRecord, Position, State};

use super::serialize::Kept;

/// The posts that were published and cannot be made now, or of which nobody has said yet whether a
/// new file is theirs.
pub(super) fn lost(
    loaded: &Loaded,
    entries: &[Option<Arc<Entry>>],
    wanted: &[usize],
    state: &State,
    config: &Config,
) -> Vec<Lost> {
    let base = &config.site.url;
    let public = loaded.posts.iter().filter(|post| post.is_public(config));
    let found: HashSet<&str> = public.map(|post| post.id.as_str()).collect();
    let asked: HashSet<&str> = loaded.asked().collect();
    let files = state
        .records()
        .into_iter()
        .filter(|record| !record.gone && !found.contains(record.id.as_str()))
        .filter(|record| {
            // Where published feeds are all that is known, nobody can say which file was whose.
            let is_anyones = record.path.is_empty() && !loaded.broken.is_empty();
            is_anyones
                || loaded.broken.contains(Path::new(&record.path))
                || asked.contains(record.id.as_str())
        })
        .map(|record| Lost {
            id: record.id.clone(),
            aliases: record.aliases.clone(),
            url: base
                .join(record.url.trim_start_matches('/'))
                .unwrap_or_else(|_| base.clone()),
            stays: !state.remembers(),
        });
    let bodies = wanted
        .iter()
        .filter(|&&at| entries[at].is_none())
        .map(|&at| &loaded.posts[at])
        .map(|post| Lost {
            id: post.id.clone(),
            aliases: post.aliases.clone(),
            url: post.url.clone(),
            stays: false,
        });
    files.chain(bodies).collect()
}

/// Puts the published entries of lost posts back where they were, `most` of all at most, and their
/// bytes aside. Returns those of them that no room is left for.
pub(super) fn keep(
    feed: &mut Feed,
    record: &mut FeedRecord,
    most: Option<usize>,
    lost: &[Lost],
    live: &Path,
    config: &Config,
    all: &mut Kept,
) -> Result<Vec<Arc<Entry>>, Error> {
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let there: HashSet<String> = feed.entries.iter().map(|entry| entry.id.clone()).collect();
    let mut ids: HashSet<String> = HashSet::new();
    for place in &feed.places {
        let path = live.join(&place.path);
        let is_of = |lost: &Lost, published: &kept::PublishedEntry| {
            emit::id(place.format, &lost.id, &lost.aliases, &lost.url) == published.id
        };
        let find = |published: &kept::PublishedEntry| {
            lost.iter().find(|lost| is_of(lost, published)).cloned()
        };
        for kept in kept::find(&path, place.format, &find, &config.site.authors)? {
            let files = all.entry(kept.entry.id.clone()).or_default();
            files.insert(place.path.clone(), kept.bytes);
            if !there.contains(&kept.entry.id) && ids.insert(kept.entry.id.clone()) {
                feed.entries.push(Arc::new(kept.entry));
            }
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    feed.entries
        .sort_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)));
    let staying = lost.iter().filter(|lost| lost.stays);
    let staying: HashSet<&str> = staying.map(|lost| lost.id.as_str()).collect();
    // What is beyond the limit because it is new stays there.
    let mut room = most.unwrap_or(usize::MAX);
    let (stays, mut pushed): (Vec<_>, Vec<_>) = std::mem::take(&mut feed.entries)
        .into_iter()
        .partition(|entry| {
            let is_beyond = record.beyond.contains(&entry.id) || staying.contains(&*entry.id);
            let has_room = room > 0;
            room -= usize::from(has_room && !is_beyond);
            is_beyond || has_room
        });
    feed.entries = stays;
    let is_cut = !pushed.is_empty();
    feed.older += pushed.len();
    pushed.retain(|entry| ids.contains(&entry.id));
    ended(feed, record, is_cut);
    Ok(pushed)
}

/// Says of a feed whose entries are others now how new it is, and where it ends, if some were cut
/// off.
pub(super) fn ended(feed: &mut Feed, record: &mut FeedRecord, is_cut: bool) {
    let mut regular = feed.entries.iter().rev();
    let last = regular.find(|entry| !record.beyond.contains(&entry.id));
    if let Some(last) = last.filter(|_| is_cut) {
        record.oldest = Some(Position {
            published: last.published,
            id: last.id.clone(),
        });
    }
    let updated = feed.entries.iter().map(|entry| entry.updated).max();
    feed.updated = updated.unwrap_or(feed.updated);
}
