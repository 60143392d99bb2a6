//! Every stage in order, and nothing else.

pub(crate) mod archives;
mod companions;
#[cfg(test)]
mod faults;
mod hold;
mod incremental;
pub(crate) mod left;
pub(crate) mod no_posts;
mod previews;
mod release;
pub(crate) mod serialize;
mod size_limit;
pub(crate) mod staging;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::{Entry, Feed, order};
use feedwright_site::config::Config;
use feedwright_site::pages;
use feedwright_site::post::Post;

use crate::cache::{Cache, Standings};
use crate::load;
use crate::publish::{self, Files, Stage, Turn};
use crate::render;
use crate::report::Report;
use crate::run::{BuildOptions, Progress};
use crate::select::{self, Memory, Selection};
use crate::state::kept::{self, Lost};
use crate::state::{FeedRecord, Owned, Position, State};

use self::archives::Archives;
use self::release::Made;
use self::serialize::Kept;

/// Makes a site's feeds and publishes what differs from those published.
///
/// The report lists every feed with its change, and all diagnostics. Where these hold an error,
/// nothing was written, unless `keep_going` is set; nor where the guard raised an alarm, unless
/// `accept_resend` is. What the guard holds is listed, and everything else is published.
///
/// # Errors
///
/// A file or folder that cannot be read or written, a file in the way that is not ours, and
/// promises that are needed and cannot be read.
pub fn build(
    config: &Config,
    options: &BuildOptions,
    mut diags: Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Report, Error> {
    let _turn = if options.dry_run {
        None
    } else {
        Some(Turn::take(
            &[config.root.path(), &config.feeds.output],
            waiting,
        )?)
    };
    progress("reading the cache", 0, 0);
    let cache = Cache::of(config, options);
    let stored = cache.as_ref().and_then(Cache::read);
    let stored = cache.as_ref().zip(stored.as_ref());
    let memory = stored.and_then(|(cache, bytes)| cache.recall(bytes, config, &mut diags));
    if let Some(memory) = memory {
        if memory.is_unchanged() {
            return Ok(memory.report());
        }
        if let Some(edits) = memory.edits(config, options) {
            let released = incremental::build(&edits, config, options, progress)?;
            if let Some(released) = released {
                progress("writing the cache", 0, 0);
                return Ok(memory.after(released.report, &released.written, config));
            }
        }
    }
    let built = build_on(Files::default(), config, options, diags, progress)?;
    if let (Some(cache), Some(standings)) = (cache, built.standings) {
        progress("writing the cache", 0, 0);
        cache.remember(config, &built.report, &standings);
    }
    Ok(built.report)
}

/// What a build came to.
struct Built {
    report: Report,
    /// Where its posts stand, if it found everything as it should be, so that there was nothing to
    /// do.
    standings: Option<Standings>,
}

/// A build of the whole site.
fn build_on(
    files: Files,
    config: &Config,
    options: &BuildOptions,
    mut diags: Diagnostics,
    progress: Progress<'_>,
) -> Result<Built, Error> {
    progress("reading the lock", 0, 0);
    let patterns = staging::feed_patterns(config);
    let published = options.published.as_deref();
    let places = |folder: &Path| publish::files_at(folder, &patterns);
    let state = State::load(config, published, &places, options.accept_resend)?;
    let owned = match config.is_preview() {
        true => Owned::default(),
        false => state.owned(),
    };
    let output = &config.feeds.output;
    let stage = Stage::begin(config.root.path(), output, options.dry_run, files, owned)?;

    let read = load::read(config, &state, &mut diags, progress)?;
    if !options.dry_run {
        publish::remove_leftovers(&config.root.leftovers())?;
    }
    progress("identifying", 0, 0);
    let accepted = options.accepted(&state);
    let mut loaded = load::identify(read, &state.records(), &accepted, config, &mut diags);
    progress("selecting", 0, 0);
    let posts = &loaded.posts;
    let memory = Memory {
        state: &state,
        fill_up: options.accept_resend,
        is_whole: loaded.broken.is_empty(),
    };
    let mut found = Diagnostics::new();
    let (selections, links) = rayon::join(
        || select::select(posts, config, &memory, &mut found),
        || load::links(posts, config),
    );
    diags.append(config.lints.applied(found, true));
    no_posts::no_posts(posts, &selections, config, &mut diags);
    staging::clock_set_back(posts, &state, config, &mut diags);
    let wanted = wanted(&selections);
    let mut entries = load::entries(&wanted, posts, &links, config, &mut diags, progress)?;
    progress("making entries", 0, 0);
    settle(&mut entries, posts, &state, config);

    let candidates = candidates(&selections);
    let (mut feeds, mut records) = feeds(selections, &entries, &state, config);
    let mut kept = Kept::new();
    let lost = lost(&loaded, &entries, &wanted, &state, config);
    let mut pushed: HashMap<String, Vec<Arc<Entry>>> = HashMap::new();
    for (feed, record) in feeds.iter_mut().zip(&mut records) {
        let most = config.feeds.limit;
        let left = keep(feed, record, most, &lost, &state.live, config, &mut kept)?;
        pushed.insert(feed.key.clone(), left);
    }
    if let Some(most) = config.feeds.max_bytes {
        let has_archive = config.feeds.archive;
        size_limit::bound(
            &mut feeds,
            &mut records,
            &kept,
            most,
            has_archive,
            &mut diags,
        );
    } else {
        size_limit::weigh(&feeds, size_limit::HEAVY, &mut diags);
    }
    let mut archives = Archives::default();
    if config.feeds.archive {
        let site = archives::Site {
            posts,
            entries: &entries,
            lost: &lost,
            pushed: &pushed,
            state: &state,
            config,
        };
        archives = archives::archives(&mut feeds, &candidates, &site, &mut kept, &mut diags);
        for page in &mut archives.feeds {
            // What came to a page stays there, however many.
            let record = &mut FeedRecord::default();
            keep(page, record, None, &lost, &state.live, config, &mut kept)?;
        }
        feeds.append(&mut archives.feeds);
    }
    staging::hold(&feeds)?;
    pages::offer(config, &mut diags);
    let refused = diags.has_errors() && !options.keep_going;
    let mut report = Report::new(posts, config, options.dry_run);
    if refused || feeds.is_empty() {
        // Nobody has said yet whether the only post is new.
        let open = loaded.doubts.iter().filter(|doubt| !doubt.accepted);
        report.held = open.map(|doubt| doubt.held.clone()).collect();
        report.refused = refused || report.held.is_empty();
        diags.sort();
        report.diagnostics = diags;
        return Ok(Built {
            report,
            standings: None,
        });
    }
    // Where a lock is missing, this run is not the last one that has something to do.
    let is_remembered = options.cache.is_some() && !state.is_missing();
    let standings = is_remembered.then(|| Standings::of(posts, &wanted, &feeds));
    // From here on only entries are needed; nobody has to wait for the rest to go.
    let posts = std::mem::take(&mut loaded.posts);
    rayon::spawn(move || drop((posts, links)));
    let made = Made {
        state,
        loaded,
        feeds,
        entries,
        records,
        archives: archives.records,
        kept,
    };
    let released = made.release(&stage, config, options, report, diags, progress)?;
    Ok(Built {
        report: released.report,
        standings: standings.filter(|_| released.is_settled),
    })
}

/// The posts that any feed takes, or an archive of one, each once, in order.
pub(crate) fn wanted(selections: &[Selection]) -> Vec<usize> {
    let all: BTreeSet<usize> = selections
        .iter()
        .flat_map(|selection| selection.posts.iter().chain(&selection.candidates).copied())
        .collect();
    all.into_iter().collect()
}

/// The posts that feeds would take if they had no end, by the keys of the feeds.
fn candidates(selections: &[Selection]) -> HashMap<String, Vec<usize>> {
    let all = selections.iter();
    all.map(|selection| (selection.key.clone(), selection.candidates.clone()))
        .collect()
}

/// Where published feeds are all that tells what was before, they tell when entries changed.
fn settle(entries: &mut [Option<Arc<Entry>>], posts: &[Post], state: &State, config: &Config) {
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

/// The posts that were published and cannot be made now, or of which nobody has said yet whether a
/// new file is theirs.
fn lost(
    loaded: &load::Loaded,
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
            let promised = state
                .feed(&selection.key, &paths)
                .map(|record| record.id.clone());
            let (key, oldest) = (selection.key.clone(), selection.oldest.take());
            let beyond = std::mem::take(&mut selection.beyond);
            let feed = render::feed(selection, entries, promised.as_deref(), config)?;
            let record = FeedRecord {
                key,
                id: feed.id.clone(),
                files: feed
                    .places
                    .iter()
                    .map(|place| slashed(&place.path))
                    .collect(),
                adopted: BTreeMap::new(),
                language: feed.language.clone(),
                limit: config.feeds.limit.unwrap_or(0),
                oldest,
                beyond,
            };
            Some((feed, record))
        })
        .unzip()
}

/// Puts the published entries of lost posts back where they were, `most` of all at most, and their
/// bytes aside. Returns those of them that no room is left for.
fn keep(
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
        let is_of = |lost: &Lost, seen: &kept::PublishedEntry| {
            emit::id(place.format, &lost.id, &lost.aliases, &lost.url) == seen.id
        };
        let find =
            |seen: &kept::PublishedEntry| lost.iter().find(|lost| is_of(lost, seen)).cloned();
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
    pushed.retain(|entry| ids.contains(&entry.id));
    ended(feed, record, is_cut);
    Ok(pushed)
}

/// Says of a feed whose entries are others now how new it is, and where it ends, if some were cut
/// off.
fn ended(feed: &mut Feed, record: &mut FeedRecord, is_cut: bool) {
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
