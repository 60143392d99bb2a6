//! Feeds to the public: staged, judged, promised and published.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::temporary;
use feedwright_check::CheckOptions;
use feedwright_feed::{Entry, Feed};
use feedwright_site::config::{Config, StateKind};
use rayon::prelude::*;

use crate::publish::Stage;
use crate::report::Report;
use crate::state::guard::{self, Hold, Verdict};
use crate::state::{
    ArchiveRecord, FeedRecord, HeldKind, HeldRecord, LeftRecords, Lock, LockText, Record, State,
};

use super::companions;
use super::hold::hold;
use super::left;
use super::previews;
use super::refusals::{locked, nothing_to_accept};
use super::serialize::Kept;
use super::staging::{self, Staged, Staging};
use super::warnings;
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
        report: Report,
        diags: Diagnostics,
        progress: Progress<'_>,
    ) -> Result<Released, Error> {
        let mut release = Release {
            made: self,
            stage,
            config,
            options,
            report,
            diags,
            progress,
        };
        let (staged, verdict) = release.judge()?;
        let written = release.stage_companions(staged)?;
        release.name_what_is_odd();
        let (holds, waits) = release.name_what_is_held(verdict);
        if release.is_stopped() {
            return Ok(release.ended(false, Vec::new()));
        }
        let left = release.lead_on()?;
        release.publish(&holds, &waits, &left, written)
    }
}

/// Feeds on their way to the public.
struct Release<'r> {
    made: Made,
    stage: &'r Stage,
    config: &'r Config,
    options: &'r BuildOptions,
    report: Report,
    diags: Diagnostics,
    progress: Progress<'r>,
}

/// What becomes of files that feeds had.
struct Left {
    records: LeftRecords,
    /// All files that this run writes.
    current: HashSet<PathBuf>,
    /// Whether those that nothing takes the place of are removed.
    is_pruned: bool,
}

impl Release<'_> {
    /// Stages every feed and lets the guard judge it. What it holds is staged as it was.
    fn judge(&mut self) -> Result<(Staged, Verdict), Error> {
        let (config, options) = (self.config, self.options);
        let Made {
            state,
            loaded,
            feeds,
            records,
            kept,
            ..
        } = &mut self.made;
        let records_before = state.records();
        let known = staging::Known::new(loaded, &records_before, state.remembers(), config);
        let verify = options
            .verify
            .then(|| CheckOptions::new(config.present.now()));
        let staging = Staging::new(self.stage, state, &known, verify.as_ref(), config, options);
        let mut staged = staging.all(feeds, kept, self.progress)?;
        (self.progress)("guarding", 0, 0);
        let verdict = guard::judge(&guard::Facts {
            plan: &staged.plan,
            state,
            public: &loaded.records[..loaded.histories.len()],
            doubts: &loaded.doubts,
            accepted: &options.accepted(state),
            locked: options.locked,
            config,
        });
        nothing_to_accept(&verdict, &loaded.records, &mut self.diags)?;
        if !verdict.holds.is_empty() && !state.is_part() {
            let (holds, vanished) = (&verdict.holds, staging.vanished());
            let changed = hold(feeds, records, holds, vanished, &state.live, config, kept)?;
            for feed in changed.feeds.iter().chain(&changed.dropped) {
                for place in &feed.places {
                    self.stage.take_back(&place.path)?;
                }
                staged.forget(feed);
            }
            staged.add(staging.all(&changed.feeds, kept, &|_, _, _| {})?);
        }
        Ok((staged, verdict))
    }

    /// Stages what stands beside the feeds, and reports all that is staged. Returns the hashes of
    /// what differs.
    fn stage_companions(&mut self, staged: Staged) -> Result<Vec<(PathBuf, blake3::Hash)>, Error> {
        let Made { state, feeds, .. } = &self.made;
        // Those of a part say nothing of the others.
        if !state.is_part() {
            self.report.beside = companions::stage(self.stage, feeds, self.config)?;
        }
        self.report.feeds = staged.reports;
        self.report.plan = staged.plan;
        self.diags.append(staged.diagnostics);
        let most = self.options.previews;
        if most > 0 {
            let plan = &self.report.plan;
            self.report.previews = previews::previews(feeds, plan, &state.live, most)?;
        }
        Ok(staged.written)
    }

    /// Says what in all that is staged may be no intention.
    fn name_what_is_odd(&mut self) {
        let Made { state, loaded, .. } = &self.made;
        warnings::backdated(&self.report.plan, &mut self.diags);
        if self.options.published.is_some() {
            warnings::missing_feeds(&self.report.plan, loaded, &mut self.diags);
        }
        if state.is_missing() && !self.config.is_preview() {
            warnings::missing_lock(&self.report.feeds, &mut self.diags);
        }
    }

    /// Reports what the guard said. Returns what is held, for feeds and for the lock.
    fn name_what_is_held(&mut self, verdict: Verdict) -> (Vec<Hold>, BTreeSet<HeldRecord>) {
        let before = self.made.state.held();
        let mut waits = verdict.held.iter().map(HeldRecord::of).collect();
        let report = &mut self.report;
        report.alarm = verdict.alarm;
        report.held = verdict.held;
        report.held_because = verdict.because;
        report.held_as_before = before == Some(&waits);
        if let Some(before) = before.filter(|_| self.options.locked) {
            waits.clone_from(before);
        }
        (verdict.holds, waits)
    }

    /// Whether nothing may be written: the guard says so, or the whole site has to be looked at.
    fn is_stopped(&self) -> bool {
        let is_part = self.made.state.is_part();
        self.report.alarm.is_some() || (is_part && !self.report.held.is_empty())
    }

    /// Stages what leads the subscribers of files on that feeds do not have any more.
    fn lead_on(&mut self) -> Result<Left, Error> {
        let (config, stage) = (self.config, self.stage);
        let Made { state, feeds, .. } = &self.made;
        let report = &mut self.report;
        let places = feeds.iter().flat_map(|feed| &feed.places);
        let beside = report.beside.iter().map(|file| file.path.clone());
        let mut current: HashSet<PathBuf> = places
            .map(|place| place.path.clone())
            .chain(beside)
            .collect();
        // A post that is refused or held today may be the one that a feed belongs to.
        let is_whole = !self.diags.has_errors() && report.held.is_empty();
        let is_pruned = self.options.prune && is_whole;
        let mut companions = companions::record(&report.beside);
        let mut records = state.left().cloned().unwrap_or_default();
        // What lies about is a question of the whole site.
        if !state.is_part() {
            let mut patterns = staging::feed_patterns(config);
            patterns.extend(companions::places().map(|path| slashed(&path)));
            report.stale = stage.sweep(&patterns, &current)?;
        }
        if !state.is_part() && !config.is_preview() {
            let facts = left::Facts {
                state,
                config,
                feeds,
                current: &current,
                stale: &report.stale,
                is_whole,
                is_pruned,
            };
            let found = left::stage(&facts, stage)?;
            // Where nothing is promised, nobody knows what was said before.
            report.left_as_before =
                state.left() == Some(&found.records) || config.state == StateKind::None;
            report.left = found.behind;
            report.beside.extend(found.redirects);
            companions = companions::record(&report.beside);
            report.beside.extend(found.successors);
            current.extend(report.beside.iter().map(|file| file.path.clone()));
            report.stale.retain(|path| !current.contains(path));
            if !self.options.locked {
                records = found.records;
            }
        }
        self.made.records.extend(companions);
        Ok(Left {
            records,
            current,
            is_pruned,
        })
    }

    /// Writes the lock, then the feeds, then the lock as it is once all of them are out.
    fn publish(
        mut self,
        holds: &[Hold],
        waits: &BTreeSet<HeldRecord>,
        left: &Left,
        mut written: Vec<(PathBuf, blake3::Hash)>,
    ) -> Result<Released, Error> {
        let with_due = self.made.state.feeds_with_due(&self.made.feeds);
        // The lock of a large site needs the room.
        self.made.feeds = Vec::new();
        let entries = std::mem::take(&mut self.made.entries);
        entries.into_par_iter().for_each(drop);
        let records = std::mem::take(&mut self.made.loaded.records);
        let posts = as_published(records, holds, &self.made.state);
        let once_more = left.is_pruned.then(|| posts.clone());
        let state = &self.made.state;
        let mut next = self.promise(posts, waits, left, &HashSet::new());
        if let Some(next) = next.take_if(|_| self.options.locked) {
            let news = state.news(&next, &with_due);
            if !news.is_empty() {
                return Err(locked(&news));
            }
        }
        let next = next.filter(|_| !self.options.dry_run);
        // No id is seen before it is promised. What is promised is then published as fast as files
        // are renamed, which is better than stopping midway: feeds agree with one another and with
        // the lock, and no later run has to wonder. A second signal stops all the same.
        let _delay = temporary::delay_signal();
        (self.progress)("writing the lock", 0, 0);
        let lock = self.config.lock();
        let before = next.map(|next| state.text_of(&next));
        if let Some(text) = &before {
            self.stage.write_now(&lock, &text.pieces())?;
        }
        (self.progress)("publishing", 0, 0);
        self.stage.commit()?;
        let mut after = None;
        if let Some(posts) = once_more.filter(|_| !state.is_part()) {
            self.report.removed = std::mem::take(&mut self.report.stale);
            for path in &self.report.removed {
                self.stage.remove(path)?;
            }
            // Now, or in a run that was stopped after that.
            let owned = state.owned().written.unwrap_or_default();
            let pruned = owned.difference(&left.current).cloned().collect();
            let next = self.promise(posts, waits, left, &pruned);
            let next = next.filter(|_| !self.options.dry_run);
            after = next.map(|next| state.text_of(&next));
        }
        // What was pending while feeds came out is done.
        let promised = after.as_ref().or(before.as_ref());
        let confirmed = promised.and_then(LockText::confirmed);
        if let Some(text) = confirmed.as_ref().or(after.as_ref()) {
            self.stage.write_now(&lock, &text.pieces())?;
        }
        if let Some(text) = confirmed.as_ref().or(promised).filter(|_| state.is_part()) {
            written.push((lock, text.hash()));
        }
        let is_settled = !self.diags.has_errors()
            && self.report.held.is_empty()
            && before.is_none()
            && self.report.removed.is_empty()
            && self.report.is_unchanged();
        Ok(self.ended(is_settled, written))
    }

    /// The lock that follows, if it differs, and if runs like this one promise anything.
    fn promise(
        &self,
        posts: Vec<Record>,
        waits: &BTreeSet<HeldRecord>,
        left: &Left,
        pruned: &HashSet<PathBuf>,
    ) -> Option<Lock> {
        let made = &self.made;
        let kept = (waits, &left.records);
        let (feeds, archives) = (&made.records, &made.archives);
        let next = (made.state).successor(posts, feeds, archives, kept, pruned, self.config);
        next.filter(|_| !self.config.is_preview())
    }

    fn ended(mut self, is_settled: bool, written: Vec<(PathBuf, blake3::Hash)>) -> Released {
        self.config.root.records().place(&mut self.diags);
        self.diags.sort();
        self.report.diagnostics = self.diags;
        Released {
            report: self.report,
            is_settled,
            written,
        }
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
