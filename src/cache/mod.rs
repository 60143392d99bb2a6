//! What a run that changed nothing looked at and came to, kept outside of the site, so that the
//! next one need not read what has not changed.
//!
//! It is an edge that the core knows nothing about, and is never trusted: it counts for the same
//! program, folder, configuration and options alone, as long as every path that was looked at has
//! the size, the times and the place on disk that it had, every output included. Without it, a
//! run takes longer and comes to the same.

mod stamp;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf, absolute};
use std::sync::Mutex;
use std::{fs, io};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{Config, StateKind, UpdatedFrom};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::feed::Format;
use crate::pipeline::BuildOptions;
use crate::publish::Change;
use crate::report::{FeedPlan, FeedReport, PostCounts, Report};
use crate::state::compare::Difference;

use self::stamp::Stamp;

/// The version of the format. What stands in another one is of no use.
const FORMAT: u32 = 1;

/// The code of what is said of a file that is no cache.
const UNUSABLE: &str = "cache-unusable";

/// How many bytes of a hash stand in front of what they are of.
const HASH: usize = blake3::OUT_LEN;

/// Where a run is remembered, and what it must have in common with the next one.
pub(crate) struct Cache {
    file: PathBuf,
    key: [u8; HASH],
}

/// A run that changed nothing.
#[derive(Serialize, Deserialize)]
struct Run<'a> {
    key: [u8; HASH],
    /// From when until before when it comes to the same, in seconds of the epoch.
    from: i64,
    until: i64,
    /// Every path that was looked at; those that were not there have no stamp.
    #[serde(borrow)]
    seen: Vec<(Cow<'a, str>, Option<Stamp>)>,
    posts: PostCounts,
    #[serde(borrow)]
    feeds: Vec<Feed<'a>>,
    #[serde(borrow)]
    stale: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    said: Vec<Said<'a>>,
}

/// What was reported of the files of a feed.
#[derive(Serialize, Deserialize)]
struct Feed<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    /// Format, path, URL and number of entries.
    #[serde(borrow)]
    files: Vec<(Format, Cow<'a, str>, Cow<'a, str>, usize)>,
}

/// A diagnostic.
#[derive(Serialize, Deserialize)]
struct Said<'a> {
    severity: Severity,
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    place: Option<(Cow<'a, str>, usize, usize)>,
    #[serde(borrow)]
    message: Cow<'a, str>,
    #[serde(borrow)]
    section: Option<Cow<'a, str>>,
    #[serde(borrow)]
    help: Option<Cow<'a, str>>,
}

impl Cache {
    /// The cache of a run in a folder; `None` where a run leans on more than files: on Git, or on
    /// feeds that were fetched, or is asked to do without.
    pub(crate) fn of(config: &Config, options: &BuildOptions) -> Option<Cache> {
        let folder = options.cache.as_ref()?;
        let is_of_files = config.state != StateKind::Published
            && options.published.is_none()
            && config.content.updated != UpdatedFrom::Git;
        let looks_anew = options.verify || options.dry_run || options.accept_resend;
        if !is_of_files || looks_anew {
            return None;
        }
        let root = absolute(config.root.path()).ok()?;
        let output = absolute(&config.feeds.output).ok()?;
        let place = blake3::hash(format!("{root:?} {output:?}").as_bytes());
        // What the configuration was read from, one that the command line names included.
        let asked = blake3::hash(format!("{:?}", config.root.all_asked()).as_bytes());
        let key = blake3::hash(
            format!(
                "{FORMAT} {} {place} {asked} {:?} {:?} {} {} {}",
                env!("CARGO_PKG_VERSION"),
                config.site.url.as_str(),
                config.site.zone_name(),
                options.keep_going,
                options.prune,
                options.locked,
            )
            .as_bytes(),
        );
        Some(Cache {
            file: folder.join(format!("{}.run", &place.to_hex()[..32])),
            key: *key.as_bytes(),
        })
    }

    /// What the run before came to, if this one comes to the same.
    pub(crate) fn recall(&self, config: &Config, diags: &mut Diagnostics) -> Option<Report> {
        let bytes = fs::read(&self.file).ok()?;
        let Some(run) = Run::parse(&bytes) else {
            let message = format!(
                "{} is no cache of this version and is thrown away",
                self.file.display()
            );
            diags.push(Diagnostic::new(Severity::Note, UNUSABLE, None, message));
            return None;
        };
        let now = config.present.now().epoch();
        let is_same = run.key == self.key
            && (run.from..run.until).contains(&now)
            && run
                .seen
                .par_iter()
                .with_min_len(256)
                .all(|(path, stamp)| Stamp::of(&config.root.path().join(&**path)) == *stamp);
        is_same.then(|| run.report())
    }

    /// Remembers a run that changed nothing, if what it looked at has been quiet for a while.
    pub(crate) fn remember(&self, config: &Config, report: &Report) {
        // Who cannot write the cache has none.
        let Some(run) = Run::of(self, config, report) else {
            return;
        };
        let _ = run.write(&self.file);
    }
}

impl<'a> Run<'a> {
    /// `None` where it cannot be known whether all was read as it is now.
    fn of(cache: &Cache, config: &'a Config, report: &'a Report) -> Option<Run<'a>> {
        let root = config.root.path();
        let mut paths: BTreeSet<PathBuf> = config.root.all_asked().into_iter().collect();
        for feed in &report.feeds {
            let file = absolute(config.feeds.output.join(&feed.path)).ok()?;
            // What else lies beside feeds is told too.
            let depth = feed.path.components().count();
            paths.extend(file.ancestors().skip(1).take(depth).map(Path::to_path_buf));
            paths.insert(file);
        }
        let paths: Vec<PathBuf> = paths.into_iter().collect();
        let seen = paths.into_par_iter().with_min_len(256).map(|path| {
            let stamp = Stamp::of(&root.join(&path));
            if stamp.is_some_and(|stamp| stamp.is_fresh(config.root.opened())) {
                return None;
            }
            Some((path.into_os_string().into_string().ok()?.into(), stamp))
        });
        let mut by_key: BTreeMap<usize, Feed<'a>> = BTreeMap::new();
        let mut at: BTreeMap<&Path, usize> = BTreeMap::new();
        for (number, plan) in report.plan.iter().enumerate() {
            at.extend(plan.paths.iter().map(|path| (path.as_path(), number)));
        }
        for feed in &report.feeds {
            let number = *at.get(feed.path.as_path())?;
            let plan = report.plan.get(number)?;
            let files = &mut by_key
                .entry(number)
                .or_insert_with(|| Feed {
                    key: plan.key.as_str().into(),
                    title: plan.title.as_str().into(),
                    files: Vec::new(),
                })
                .files;
            files.push((
                feed.format,
                feed.path.to_str()?.into(),
                feed.url.as_str().into(),
                feed.entries,
            ));
        }
        Some(Run {
            key: cache.key,
            from: config.present.now().epoch(),
            until: config.present.next(),
            seen: seen.collect::<Option<_>>()?,
            posts: report.posts,
            feeds: by_key.into_values().collect(),
            stale: report
                .stale
                .iter()
                .map(|path| Some(path.to_str()?.into()))
                .collect::<Option<_>>()?,
            said: report
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.code != UNUSABLE)
                .map(Said::of)
                .collect::<Option<_>>()?,
        })
    }

    /// Reads what [`Run::write`] wrote.
    fn parse(bytes: &'a [u8]) -> Option<Run<'a>> {
        let (hash, bytes) = bytes.split_at_checked(HASH)?;
        if blake3::hash(bytes).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes(bytes).ok()
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let bytes = postcard::to_stdvec(self).map_err(io::Error::other)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(blake3::hash(&bytes).as_bytes())?;
        file.write_all(&bytes)?;
        file.persist(path)?;
        Ok(())
    }

    fn report(&self) -> Report {
        let mut report = Report {
            refused: false,
            dry_run: false,
            posts: self.posts,
            feeds: Vec::new(),
            plan: Vec::with_capacity(self.feeds.len()),
            alarm: None,
            stale: self
                .stale
                .iter()
                .map(|path| PathBuf::from(&**path))
                .collect(),
            removed: Vec::new(),
            diagnostics: Diagnostics::new(),
        };
        for feed in &self.feeds {
            let files = feed.files.iter();
            report
                .feeds
                .extend(files.map(|(format, path, url, entries)| FeedReport {
                    title: feed.title.to_string(),
                    format: *format,
                    path: PathBuf::from(&**path),
                    url: url.to_string(),
                    entries: *entries,
                    change: Change::Unchanged,
                }));
            let entries = feed.files.first().map_or(0, |file| file.3);
            report.plan.push(FeedPlan {
                title: feed.title.to_string(),
                key: feed.key.to_string(),
                paths: feed
                    .files
                    .iter()
                    .map(|file| PathBuf::from(&*file.1))
                    .collect(),
                difference: Difference::none(entries),
            });
        }
        for said in &self.said {
            report.diagnostics.push(said.diagnostic());
        }
        report
    }
}

impl<'a> Said<'a> {
    /// `None` where its path is no text.
    fn of(diagnostic: &'a Diagnostic) -> Option<Said<'a>> {
        let place = match &diagnostic.location {
            None => None,
            Some(Location { path, line, column }) => Some((path.to_str()?.into(), *line, *column)),
        };
        Some(Said {
            severity: diagnostic.severity,
            code: diagnostic.code.into(),
            place,
            message: diagnostic.message.as_str().into(),
            section: diagnostic.section.map(Cow::Borrowed),
            help: diagnostic.help.as_deref().map(Cow::Borrowed),
        })
    }

    fn diagnostic(&self) -> Diagnostic {
        let place = self.place.as_ref();
        Diagnostic {
            severity: self.severity,
            code: interned(&self.code),
            location: place.map(|(path, line, column)| Location::at(&**path, *line, *column)),
            message: self.message.to_string(),
            section: self.section.as_deref().map(interned),
            help: self.help.as_deref().map(str::to_owned),
        }
    }
}

/// One of the few names that the program itself has written down, each kept once.
fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut names = NAMES
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.into());
    names.insert(kept);
    kept
}
