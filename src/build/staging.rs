//! Feeds to staged files, and what their subscribers will see of it.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::{self, is_loopback};
use feedwright_check::{CheckOptions, check_feed};
use feedwright_feed::emit;
use feedwright_feed::invariants;
use feedwright_feed::read::{Published, PublishedEntry, read_bytes};
use feedwright_feed::{Aliases, Extent, Feed, Format, Place};
use feedwright_site::config::{Config, PODCASTS, Taxonomy};
use feedwright_site::post::History;
use rayon::prelude::*;
use url::Url;

use crate::publish::{Change, Stage};
use crate::report::FeedReport;
use crate::select::{self, EXTRA_FEEDS};
use crate::state::Record;
use crate::state::State;
use crate::state::arrivals::Memory;
use crate::state::compare::Difference;
use crate::state::plan::FeedPlan;

use super::serialize::{Kept, documents};
use crate::load::Loaded;
use crate::run::{BuildOptions, Progress};

/// The public posts, as readers of each format know them.
pub(crate) struct Known<'a> {
    posts: Vec<(&'a str, &'a Aliases, History)>,
    site: &'a Url,
    by_format: [OnceLock<HashMap<String, History>>; 3],
}

impl<'a> Known<'a> {
    pub(crate) fn new(
        loaded: &'a Loaded,
        before: &[&'a Record],
        remembers: bool,
        config: &'a Config,
    ) -> Self {
        let public = loaded.records.iter().zip(&loaded.histories);
        let public = public.map(|(record, history)| (&*record.id, &record.aliases, *history));
        // Which post is which is decided where the lock is read: what it knows is nobody else's.
        let gone = before.iter().filter(|record| record.gone || remembers);
        let gone = gone.map(|record| (&*record.id, &record.aliases, History::New));
        Known {
            // Of one id, the last counts.
            posts: gone.chain(public).collect(),
            site: &config.site.url,
            by_format: Default::default(),
        }
    }

    fn history(&self, format: Format, id: &str) -> Option<History> {
        let all = self.by_format[format as usize].get_or_init(|| {
            self.posts
                .iter()
                // An id that no format can have as it is has an alias there, whatever the URL.
                .map(|(id, aliases, history)| (emit::id(format, id, aliases, self.site), *history))
                .collect()
        });
        all.get(id).copied()
    }
}

/// What staging needs to know.
pub(crate) struct Staging<'a> {
    pub(crate) stage: &'a Stage,
    /// Where the feeds are that subscribers have.
    pub(crate) live: &'a Path,
    /// Whether these are other files than those that are written.
    pub(crate) elsewhere: bool,
    pub(crate) remembers: bool,
    pub(crate) config: &'a Config,
    /// The entries of published feeds, where those are all that tells.
    pub(crate) published: Vec<(Format, &'a PublishedEntry)>,
    /// The keys of the feeds that the lock knows, and whether each takes the place of one that was
    /// adopted.
    pub(crate) known_feeds: HashMap<&'a str, bool>,
    /// Those of them whose posts are gone; looked for when a feed changes.
    pub(crate) vanished: OnceLock<Vec<&'a PublishedEntry>>,
    /// Whether more is to be known of what is written: see [`Staged::written`].
    pub(crate) is_part: bool,
    /// Whether the addresses lead nowhere but to the author's own machine.
    pub(crate) is_preview: bool,
    pub(crate) known: &'a Known<'a>,
    /// How every feed is checked as a whole, where it is.
    pub(crate) verify: Option<&'a CheckOptions>,
}

/// What was staged, and what it means.
pub(crate) struct Staged {
    pub(crate) reports: Vec<FeedReport>,
    pub(crate) plan: Vec<FeedPlan>,
    /// What verifying found that is no mistake.
    pub(crate) diagnostics: Diagnostics,
    /// Hashes of what differs, where the run is of a part of the site.
    pub(crate) written: Vec<(PathBuf, blake3::Hash)>,
}

impl Staged {
    /// Forgets a feed that is staged anew, or not at all.
    pub(crate) fn forget(&mut self, feed: &Feed) {
        let is_of = |path: &PathBuf| feed.places.iter().any(|place| place.path == *path);
        self.reports.retain(|report| !is_of(&report.path));
        self.plan.retain(|plan| !plan.paths.iter().any(is_of));
        let targets = feed.places.iter().map(|place| &place.path);
        let targets: Vec<&PathBuf> = targets.collect();
        self.written
            .retain(|(file, _)| !targets.iter().any(|path| file.ends_with(path)));
    }

    /// Adds feeds that were staged anew.
    pub(crate) fn add(&mut self, other: Staged) {
        self.reports.extend(other.reports);
        self.plan.extend(other.plan);
        self.diagnostics.append(other.diagnostics);
        self.written.extend(other.written);
    }
}

impl<'a> Staging<'a> {
    /// What is needed to stage the feeds of a run.
    pub(crate) fn new(
        stage: &'a Stage,
        state: &'a State,
        known: &'a Known<'a>,
        verify: Option<&'a CheckOptions>,
        config: &'a Config,
        options: &BuildOptions,
    ) -> Self {
        Staging {
            stage,
            live: &state.live,
            elsewhere: options.published.is_some(),
            remembers: state.remembers(),
            config,
            published: state.published_entries(),
            known_feeds: state.known_feeds(),
            vanished: OnceLock::new(),
            is_part: state.is_part(),
            is_preview: is_loopback(&config.site.url),
            known,
            verify,
        }
    }

    /// Emits every feed in every format and stages it.
    pub(crate) fn all(
        &self,
        feeds: &[Feed],
        kept: &Kept,
        progress: Progress<'_>,
    ) -> Result<Staged, Error> {
        let total: usize = feeds.iter().map(|feed| feed.places.len()).sum();
        progress("writing", 0, total);
        let done = documents(feeds, kept, |feed, place, document| {
            let found = self.verified(feed, place, document)?;
            let (change, replaced) = self.stage.add(&place.path, document)?;
            progress("writing", 1, total);
            let difference = self.difference(feed, place, change, replaced, document)?;
            let is_told = self.is_part && change != Change::Unchanged;
            let hash = is_told.then(|| blake3::hash(document));
            let report = FeedReport::new(feed, place, change);
            Ok((report, difference, found, hash))
        })?;
        let mut staged = Staged {
            reports: Vec::with_capacity(total),
            plan: Vec::new(),
            diagnostics: Diagnostics::new(),
            written: Vec::new(),
        };
        for (at, (report, difference, found, hash)) in done {
            let file = || self.stage.target(&report.path);
            staged.written.extend(hash.map(|hash| (file(), hash)));
            staged.diagnostics.append(found);
            // Formats whose subscribers see the same are one line of the plan.
            let same = staged
                .plan
                .iter_mut()
                .rev()
                .take_while(|plan: &&mut FeedPlan| plan.key == feeds[at].key)
                .find(|plan| plan.difference.is_alike(&difference));
            match same {
                Some(plan) => plan.paths.push(report.path.clone()),
                None => staged.plan.push(FeedPlan {
                    title: report.title.clone(),
                    key: feeds[at].key.clone(),
                    paths: vec![report.path.clone()],
                    difference,
                }),
            }
            staged.reports.push(report);
        }
        Ok(staged)
    }

    /// Checks a feed as a whole, where that is wanted. An error is a mistake of ours.
    fn verified(&self, feed: &Feed, place: &Place, document: &[u8]) -> Result<Diagnostics, Error> {
        let mut found = Diagnostics::new();
        if let Some(options) = self.verify {
            let mut all = Diagnostics::new();
            check_feed(document, &place.path, options, &mut all)
                .map_err(|error| Error::io("read", &place.path, error))?;
            let feeds = &self.config.feeds;
            let others = all.iter().filter(|found| !feeds.is_of_own_namespace(found));
            others.cloned().for_each(|other| found.push(other));
        }
        let error = found.iter().find(|found| found.severity == Severity::Error);
        let Some(error) = error else {
            return Ok(found);
        };
        let place = error
            .location
            .as_ref()
            .map_or_else(String::new, |location| {
                let path = permalink::slashed(&location.path);
                format!(" ({path}:{}:{})", location.line, location.column)
            });
        Err(mistake(feed, &format!("{}{place}", error.message)))
    }

    /// Published entries whose posts are gone, where published feeds are all that tells.
    pub(crate) fn vanished(&self) -> &[&'a PublishedEntry] {
        self.vanished.get_or_init(|| {
            let all = self.published.iter().copied();
            all.filter(|(format, seen)| self.known.history(*format, &seen.id).is_none())
                .map(|(_, seen)| seen)
                .collect()
        })
    }

    /// What subscribers of a file will see of its new bytes.
    fn difference(
        &self,
        feed: &Feed,
        place: &Place,
        change: Change,
        replaced: Option<Vec<u8>>,
        document: &[u8],
    ) -> Result<Difference, Error> {
        let old = if self.elsewhere {
            read_bytes(&self.live.join(&place.path))?
        } else {
            replaced
        };
        let is_same = !self.elsewhere && change == Change::Unchanged;
        // Nobody subscribes to an archive: what comes there came to the feed before.
        if feed.extent == Extent::Archive || is_same || old.as_deref() == Some(document) {
            return Ok(Difference::none(feed.entries.len()));
        }
        let foreign = old.as_deref().is_some_and(|bytes| !emit::is_ours(bytes));
        // What is no feed, or only somebody's preview, has no subscribers.
        let old = old.and_then(|bytes| Published::parse(&bytes).ok());
        let old = old.filter(|old| !old.is_preview());
        let adopted = self.known_feeds.get(&*feed.key).copied();
        // Whoever names a folder to compare with has what subscribers have there.
        let by_lock = adopted.filter(|is_adopted| *is_adopted || !self.elsewhere);
        if old.is_none() && by_lock.is_none() {
            return Ok(Difference::first(feed, place.format));
        }
        if self.is_preview && old.is_some() {
            return Err(Error::new(format!(
                "{} is published, and a preview with addresses of this machine would replace it: \
                 write it elsewhere by `--output DIR`",
                self.live.join(&place.path).display()
            )));
        }
        let new = Published::parse(document).map_err(|what| mistake(feed, &what))?;
        let limit = self.config.limit(&feed.key);
        let is_by_number = self.config.feeds.max_bytes.is_none();
        let memory = Memory {
            history: &|id| self.known.history(place.format, id),
            remembers: self.remembers,
            most: is_by_number.then(|| limit.unwrap_or(usize::MAX)),
            vanished: self.vanished(),
        };
        let Some(old) = old else {
            let is_adopted = by_lock == Some(true);
            return Ok(Difference::by_lock(&new, is_adopted, &memory));
        };
        Ok(Difference {
            foreign,
            ..Difference::of(&old, &new, &memory)
        })
    }
}

/// Whether every feed is as it must be.
pub(crate) fn hold(feeds: &[Feed]) -> Result<(), Error> {
    let wrong = feeds
        .par_iter()
        .find_map_first(|feed| Some(mistake(feed, &invariants::feed(feed).err()?)));
    wrong.map_or(Ok(()), Err)
}

/// A feed that is not as it must be, whatever authors wrote.
pub(crate) fn mistake(feed: &Feed, what: &str) -> Error {
    let name = &feed.title;
    Error::new(format!(
        "the feed “{name}” is wrong, which is a mistake of feedwright: {what}; nothing was written"
    ))
}

/// Where feeds of this site may lie, with `*` for what differs between them: formats and
/// taxonomies that the configuration no longer names included.
pub(crate) fn feed_patterns(config: &Config) -> Vec<String> {
    let mut patterns = Vec::new();
    for paths in &config.feeds.known {
        let known = Taxonomy::ALL.each_ref().map(Taxonomy::as_str);
        let configured = config.feeds.taxonomies.iter().map(Taxonomy::as_str);
        let taxonomies: BTreeSet<&str> = known
            .into_iter()
            .chain(configured)
            .chain([EXTRA_FEEDS, PODCASTS])
            .collect();
        for taxonomy in taxonomies {
            let pattern = paths
                .taxonomy
                .replace(":taxonomy", &select::folder_of(taxonomy))
                .replace(":slug", "*");
            patterns.push(pattern);
            // Below a language are the feeds of its tags and the like.
            let languages = Taxonomy::Languages.as_str();
            if taxonomy != languages {
                let pattern = paths
                    .taxonomy
                    .replace(":taxonomy", languages)
                    .replace(":slug", &format!("*/{}/*", select::folder_of(taxonomy)));
                patterns.push(pattern);
            }
        }
        patterns.push(paths.site.clone());
    }
    patterns
        .iter()
        .filter_map(|pattern| permalink::decode(pattern))
        .map(|pattern| pattern.trim_start_matches('/').to_owned())
        .collect()
}
