//! Feeds to the public: staged, judged, promised and published.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::is_loopback;
use feedwright_base::permalink::slashed;
use feedwright_base::temporary;
use feedwright_check::CheckOptions;
use feedwright_feed::{Entry, Feed};
use feedwright_site::config::{Config, StateKind};
use rayon::prelude::*;

use crate::publish::Stage;
use crate::report::Report;
use crate::state::guard::{self, Hold, Verdict};
use crate::state::held::Held;
use crate::state::{
    ArchiveRecord, FeedRecord, HeldKind, HeldRecord, LockText, Record, State, lock,
};

use super::companions;
use super::hold::hold;
use super::left;
use super::previews;
use super::serialize::Kept;
use super::staging::{self, Staging};
use crate::load::Loaded;
use crate::run::{BuildOptions, Progress};

/// Feeds that were made, and what is known of them.
pub(crate) struct Made {
    pub(crate) state: State,
    /// The posts themselves are not needed any more.
    pub(crate) loaded: Loaded,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) entries: Vec<Option<Arc<Entry>>>,
    /// What is promised of the feeds.
    pub(crate) records: Vec<FeedRecord>,
    /// What is promised of their archives.
    pub(crate) archives: Vec<ArchiveRecord>,
    pub(crate) kept: Kept,
}

/// What publishing came to.
pub(crate) struct Released {
    pub(crate) report: Report,
    /// Whether everything was as it should be, so that nothing was written.
    pub(crate) is_settled: bool,
    /// Hashes of what was written in a run of a part of the site.
    pub(crate) written: Vec<(PathBuf, blake3::Hash)>,
}

impl Made {
    /// Publishes what differs from what is published.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written, one in the way that is not ours, and a lock that
    /// would change and must not.
    pub(crate) fn release(
        self,
        stage: &Stage,
        config: &Config,
        options: &BuildOptions,
        mut report: Report,
        mut diags: Diagnostics,
        progress: Progress<'_>,
    ) -> Result<Released, Error> {
        let Made {
            state,
            loaded,
            mut feeds,
            entries,
            mut records,
            archives,
            mut kept,
        } = self;
        let records_before = state.records();
        let known = staging::Known::new(&loaded, &records_before, state.remembers(), config);
        let verify = options.verify.then_some(CheckOptions {
            now: config.present.now(),
            html: true,
            profile: None,
        });
        let staging = Staging {
            stage,
            live: &state.live,
            elsewhere: options.published.is_some(),
            remembers: state.remembers(),
            most: match config.feeds.max_bytes {
                Some(_) => None,
                None => Some(config.feeds.limit.unwrap_or(usize::MAX)),
            },
            published: state.published_entries(),
            vanished: OnceLock::new(),
            is_part: state.is_part(),
            is_preview: is_loopback(&config.site.url),
            known: &known,
            verify: verify.as_ref(),
        };
        let mut staged = staging.all(&feeds, &kept, progress)?;
        progress("guarding", 0, 0);
        let accepted = options.accepted(&state);
        let verdict = guard::judge(&guard::Facts {
            plan: &staged.plan,
            state: &state,
            public: &loaded.records[..loaded.histories.len()],
            doubts: &loaded.doubts,
            accepted: &accepted,
            locked: options.locked,
            config,
        });
        nothing_to_accept(&verdict, &loaded.records, &mut diags)?;
        if !verdict.holds.is_empty() && !state.is_part() {
            let live = &state.live;
            let holds = &verdict.holds;
            let vanished = staging.vanished();
            let changed = hold(
                &mut feeds,
                &mut records,
                holds,
                vanished,
                live,
                config,
                &mut kept,
            )?;
            for feed in changed.feeds.iter().chain(&changed.dropped) {
                for place in &feed.places {
                    stage.take_back(&place.path)?;
                }
                staged.forget(feed);
            }
            staged.add(staging.all(&changed.feeds, &kept, &|_, _, _| {})?);
        }
        // Those of a part say nothing of the others.
        if !state.is_part() {
            report.beside = companions::stage(stage, &feeds, config)?;
        }
        report.feeds = staged.reports;
        report.plan = staged.plan;
        diags.append(staged.diagnostics);
        if options.previews > 0 {
            let most = options.previews;
            report.previews = previews::previews(&feeds, &report.plan, &state.live, most)?;
        }
        staging::backdated(&report.plan, &mut diags);
        if options.published.is_some() {
            staging::missing_feeds(&report.plan, &loaded, &mut diags);
        }
        if state.is_missing() && !config.is_preview() {
            staging::missing_lock(&report.feeds, &mut diags);
        }
        let is_stopped = verdict.alarm.is_some();
        let mut waits = verdict.held.iter().map(HeldRecord::of).collect();
        report.alarm = verdict.alarm;
        report.held = verdict.held;
        report.held_because = verdict.because;
        report.held_as_before = state.held() == Some(&waits);
        if let Some(before) = state.held().filter(|_| options.locked) {
            waits.clone_from(before);
        }
        if is_stopped || (state.is_part() && !report.held.is_empty()) {
            diags.sort();
            report.diagnostics = diags;
            return Ok(Released {
                report,
                is_settled: false,
                written: Vec::new(),
            });
        }

        let mut current: HashSet<PathBuf> = feeds
            .iter()
            .flat_map(|feed| &feed.places)
            .map(|place| place.path.clone())
            .chain(report.beside.iter().map(|file| file.path.clone()))
            .collect();
        // A post that is refused or held today may be the one that a feed belongs to.
        let is_whole = !diags.has_errors() && report.held.is_empty();
        let prune = options.prune && is_whole;
        let mut written_beside = companions::record(&report.beside);
        let mut left = state.left().cloned().unwrap_or_default();
        // What lies about is a question of the whole site.
        if !state.is_part() {
            let mut patterns = staging::feed_patterns(config);
            patterns.extend(companions::places().map(|path| slashed(&path)));
            report.stale = stage.sweep(&patterns, &current)?;
        }
        if !state.is_part() && !config.is_preview() {
            let found = left::stage(
                &left::Facts {
                    state: &state,
                    config,
                    feeds: &feeds,
                    current: &current,
                    stale: &report.stale,
                    is_whole,
                    is_pruned: prune,
                },
                stage,
            )?;
            // Where nothing is promised, nobody knows what was said before.
            report.left_as_before =
                state.left() == Some(&found.records) || config.state == StateKind::None;
            report.left = found.behind;
            report.beside.extend(found.redirects);
            written_beside = companions::record(&report.beside);
            report.beside.extend(found.successors);
            current.extend(report.beside.iter().map(|file| file.path.clone()));
            report.stale.retain(|path| !current.contains(path));
            if !options.locked {
                left = found.records;
            }
        }
        records.extend(written_beside);
        // The lock of a large site needs the room.
        drop(feeds);
        entries.into_par_iter().for_each(drop);
        let promise = |posts: Vec<Record>, pruned: &HashSet<PathBuf>| {
            let next = state.successor(posts, &records, &archives, (&waits, &left), pruned, config);
            next.filter(|_| !options.dry_run && !config.is_preview())
        };
        let posts = as_published(loaded.records, &verdict.holds, &state);
        let once_more = prune.then(|| posts.clone());
        let next = promise(posts, &HashSet::new());
        if let Some(next) = next.as_ref().filter(|_| options.locked) {
            return Err(locked(&state.news(next)));
        }
        // No id is seen before it is promised. What is promised is then published as fast as files
        // are renamed, which is better than stopping midway: feeds agree with one another and with
        // the lock, and no later run has to wonder. A second signal stops all the same.
        let _delay = temporary::delay_signal();
        progress("writing the lock", 0, 0);
        let lock = config.lock();
        let before = next.map(|next| state.text_of(&next));
        if let Some(text) = &before {
            stage.write_now(&lock, &text.pieces())?;
        }
        progress("publishing", 0, 0);
        stage.commit()?;
        let mut after = None;
        if let Some(posts) = once_more.filter(|_| !state.is_part()) {
            report.removed = std::mem::take(&mut report.stale);
            for path in &report.removed {
                stage.remove(path)?;
            }
            // Now, or in a run that was stopped after that.
            let owned = state.owned().written.unwrap_or_default();
            let pruned = owned.difference(&current).cloned().collect();
            after = promise(posts, &pruned).map(|next| state.text_of(&next));
        }
        // What was pending while feeds came out is done.
        let mut written = staged.written;
        let promised = after.as_ref().or(before.as_ref());
        let confirmed = promised.and_then(LockText::confirmed);
        if let Some(text) = confirmed.as_ref().or(after.as_ref()) {
            stage.write_now(&lock, &text.pieces())?;
        }
        if let Some(text) = confirmed.as_ref().or(promised).filter(|_| state.is_part()) {
            written.push((lock, text.hash()));
        }
        let is_settled = !diags.has_errors()
            && report.held.is_empty()
            && before.is_none()
            && report.removed.is_empty()
            && report.is_unchanged();
        diags.sort();
        report.diagnostics = diags;
        Ok(Released {
            report,
            is_settled,
            written,
        })
    }
}

/// The records of posts, those of held changes as they were: what readers have not seen has not
/// happened. Where their files are is no such change.
fn as_published(records: Vec<Record>, holds: &[Hold], state: &State) -> Vec<Record> {
    let changed = holds.iter().filter(|hold| hold.kind == HeldKind::Changed);
    let changed: HashSet<&str> = changed.map(|hold| hold.id.as_str()).collect();
    let as_published = |record: Record| match state.record(&record.id) {
        Some(before) if changed.contains(record.id.as_str()) => Record {
            path: record.path,
            latest: record.content,
            ..before.clone()
        },
        _ => record,
    };
    records.into_iter().map(as_published).collect()
}

/// Says which entries were to be accepted and are not held.
///
/// # Errors
///
/// One that is not even a post.
fn nothing_to_accept(
    verdict: &Verdict,
    records: &[Record],
    diags: &mut Diagnostics,
) -> Result<(), Error> {
    let mut unknown = Vec::new();
    for entry in &verdict.unknown {
        // Answers to other questions may have settled it.
        let is_post = |record: &Record| record.path == *entry || record.id == *entry;
        if records.iter().any(is_post) {
            let message = format!("`{entry}` is not held, so there is nothing to accept");
            diags.warning(
                "not-held",
                Location::file(Path::new(entry)),
                message,
                "nothing has to be done",
            );
        } else {
            unknown.push(entry.as_str());
        }
    }
    match unknown.as_slice() {
        [] => Ok(()),
        unknown => Err(not_held(unknown, verdict)),
    }
}

fn not_held(unknown: &[&str], verdict: &Verdict) -> Error {
    let held: Vec<&str> = verdict.held.iter().map(Held::entry).collect();
    let held = match held.as_slice() {
        [] => "nothing else is held either".to_owned(),
        held => format!("held are: {}", held.join(", ")),
    };
    Error::new(format!(
        "nothing that is held is called `{}`; {held}",
        unknown.join("`, `")
    ))
}

fn locked(news: &[String]) -> Error {
    let more = match news.len() {
        0..=3 => String::new(),
        count => format!(" and {} more", count - 3),
    };
    Error::new(format!(
        "{} would change, which `--locked` forbids ({}{more}): run `feedwright build` where posts \
         are written, and commit it with them",
        lock::FILE,
        news.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
    ))
}
