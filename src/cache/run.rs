//! A run as the cache has it.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf, absolute};
use std::{fs, io};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::temporary;
use feedwright_feed::Format;
use feedwright_site::config::Config;
use feedwright_site::post::Standing;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::publish::Change;
use crate::report::{FeedReport, FileReport, LeftBehind, PostCounts, Previews, Report};
use crate::state::compare::Difference;
use crate::state::plan::FeedPlan;

use super::diagnostics::StoredDiagnostic;
use super::stamp::{Places, Was};
use super::standings::{Members, Standings};
use super::{HASH, UNUSABLE};

/// A run that changed nothing.
#[derive(Serialize, Deserialize)]
pub(super) struct Run<'a> {
    pub(super) key: [u8; HASH],
    /// The time from which on, and before which, a run has the same result, in seconds of the epoch.
    pub(super) from: i64,
    pub(super) until: i64,
    /// Every path that was looked at.
    #[serde(borrow)]
    pub(super) watched: Vec<WatchedPath<'a>>,
    pub(super) posts: PostCounts,
    #[serde(borrow)]
    pub(super) feeds: Vec<Feed<'a>>,
    /// The files beside the feeds: path and URL.
    #[serde(borrow)]
    pub(super) beside: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    #[serde(borrow)]
    pub(super) stale: Vec<Cow<'a, str>>,
    pub(super) left: Vec<LeftBehind>,
    #[serde(borrow)]
    pub(super) diagnostics: Vec<StoredDiagnostic<'a>>,
}

/// A path that was looked at.
#[derive(Serialize, Deserialize)]
pub(super) struct WatchedPath<'a> {
    #[serde(borrow)]
    pub(super) path: Cow<'a, str>,
    pub(super) was: Was,
    /// The standing of a post, where its file was read for no other reason.
    pub(super) standing: Option<Standing>,
}

/// What was reported of the files of a feed, and what it is made of.
#[derive(Serialize, Deserialize)]
pub(super) struct Feed<'a> {
    #[serde(borrow)]
    pub(super) key: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) title: Cow<'a, str>,
    /// Format, path, URL and number of entries.
    #[serde(borrow)]
    pub(super) files: Vec<(Format, Cow<'a, str>, Cow<'a, str>, usize)>,
    #[serde(borrow)]
    pub(super) description: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) language: Option<Cow<'a, str>>,
    /// The page that it belongs to.
    #[serde(borrow)]
    pub(super) url: Cow<'a, str>,
    /// That page in all languages: tag and URL.
    #[serde(borrow)]
    pub(super) translations: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The posts of its entries, by index of the paths that were looked at.
    pub(super) members: Vec<usize>,
}

impl<'a> Feed<'a> {
    fn new(plan: &'a FeedPlan, feed: &'a Members, members: Vec<usize>) -> Self {
        Feed {
            key: plan.key.as_str().into(),
            title: plan.title.as_str().into(),
            files: Vec::new(),
            description: feed.description.as_str().into(),
            language: feed.language.as_deref().map(Cow::Borrowed),
            url: feed.url.as_str().into(),
            translations: feed
                .translations
                .iter()
                .map(|page| (page.language.as_str().into(), page.url.as_str().into()))
                .collect(),
            members,
        }
    }

    /// What is reported of the feed's files when nothing changed.
    fn reports(&self) -> impl Iterator<Item = FeedReport> + '_ {
        let report =
            |(format, path, url, entries): &(Format, Cow<'_, str>, Cow<'_, str>, usize)| {
                FeedReport {
                    title: self.title.to_string(),
                    format: *format,
                    path: PathBuf::from(&**path),
                    url: url.to_string(),
                    entries: *entries,
                    change: Change::Unchanged,
                }
            };
        self.files.iter().map(report)
    }

    /// What subscribers see of the feed when nothing changed.
    fn plan(&self) -> FeedPlan {
        let entries = self.files.first().map_or(0, |file| file.3);
        FeedPlan {
            title: self.title.to_string(),
            key: self.key.to_string(),
            paths: self
                .files
                .iter()
                .map(|file| PathBuf::from(&*file.1))
                .collect(),
            difference: Difference::none(entries),
        }
    }
}

impl<'a> Run<'a> {
    /// The run as the cache has it; `None` where it is not certain that all was read as it is now.
    pub(super) fn of(
        key: [u8; HASH],
        config: &Config,
        report: &'a Report,
        standings: &'a Standings,
    ) -> Option<Run<'a>> {
        let asked = config.root.all_asked();
        let paths = watched_paths(&asked, config, report)?;
        Some(Run {
            key,
            from: config.present.now().epoch(),
            until: config.present.next(),
            watched: watched(&paths, &asked, config, standings)?,
            posts: report.posts,
            feeds: feeds(&paths, report, standings)?,
            beside: report
                .beside
                .iter()
                .map(|file| Some((file.path.to_str()?.into(), file.url.as_str().into())))
                .collect::<Option<_>>()?,
            stale: report
                .stale
                .iter()
                .map(|path| Some(path.to_str()?.into()))
                .collect::<Option<_>>()?,
            left: report.left.clone(),
            diagnostics: report
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.code != UNUSABLE)
                .map(StoredDiagnostic::of)
                .collect::<Option<_>>()?,
        })
    }

    /// Reads what [`Run::write`] wrote.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Run<'a>> {
        let (hash, bytes) = bytes.split_at_checked(HASH)?;
        if blake3::hash(bytes).as_bytes() != hash {
            return None;
        }
        postcard::from_bytes(bytes).ok()
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let bytes = postcard::to_stdvec(self).map_err(io::Error::other)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        temporary::remove_abandoned(folder);
        temporary::replace(path, |file| {
            file.write_all(blake3::hash(&bytes).as_bytes())?;
            file.write_all(&bytes)
        })
    }

    pub(super) fn report(&self) -> Report {
        let mut diagnostics = Diagnostics::new();
        for stored in &self.diagnostics {
            diagnostics.push(stored.diagnostic());
        }
        Report {
            refused: false,
            dry_run: false,
            posts: self.posts,
            scheduled: Vec::new(),
            feeds: self.feeds.iter().flat_map(Feed::reports).collect(),
            beside: self
                .beside
                .iter()
                .map(|(path, url)| FileReport {
                    path: PathBuf::from(&**path),
                    url: url.to_string(),
                    change: Change::Unchanged,
                })
                .collect(),
            plan: self.feeds.iter().map(Feed::plan).collect(),
            previews: Previews::default(),
            alarm: None,
            held: Vec::new(),
            held_because: Vec::new(),
            held_as_before: false,
            left: self.left.clone(),
            // Such a run changed nothing.
            left_as_before: true,
            stale: self
                .stale
                .iter()
                .map(|path| PathBuf::from(&**path))
                .collect(),
            removed: Vec::new(),
            diagnostics,
        }
    }
}

/// All paths that a run looked at, sorted: `asked` are those of which it asked what they are.
fn watched_paths(
    asked: &BTreeSet<PathBuf>,
    config: &Config,
    report: &Report,
) -> Option<Vec<PathBuf>> {
    let mut paths = asked.clone();
    paths.extend(config.root.all_found());
    let feeds = report.feeds.iter().map(|feed| &feed.path);
    let beside = report.beside.iter().map(|file| &file.path);
    for path in feeds.chain(beside).chain(&report.stale) {
        let file = absolute(config.feeds.output.join(path)).ok()?;
        // What else lies beside feeds is told too.
        let depth = path.components().count();
        paths.extend(file.ancestors().skip(1).take(depth).map(Path::to_path_buf));
        paths.insert(file);
    }
    Some(paths.into_iter().collect())
}

/// What the paths are like now; `None` where that may not be what the run saw.
fn watched<'a>(
    paths: &[PathBuf],
    asked: &BTreeSet<PathBuf>,
    config: &Config,
    standings: &Standings,
) -> Option<Vec<WatchedPath<'a>>> {
    let posts = &standings.posts;
    let standing = |path: &PathBuf| {
        let at = posts.binary_search_by(|(post, _)| post.cmp(path)).ok()?;
        // What others read of it may be anything.
        Some(posts[at].1).filter(|_| !asked.contains(path))
    };
    let start = config.root.opened();
    let places = Places::of(config.root.path(), paths.iter().map(PathBuf::as_path));
    let watched = paths.par_iter().with_min_len(256).map(|path| {
        Some(WatchedPath {
            path: path.to_str()?.to_owned().into(),
            was: Was::of(path, &places, start)?,
            standing: standing(path),
        })
    });
    watched.collect()
}

/// The feeds that were reported, with their posts by index of these paths.
fn feeds<'a>(
    paths: &[PathBuf],
    report: &'a Report,
    standings: &'a Standings,
) -> Option<Vec<Feed<'a>>> {
    let index = |post: &usize| paths.binary_search(&standings.posts[*post].0).ok();
    let mut by_number: BTreeMap<usize, Feed<'a>> = BTreeMap::new();
    let mut numbers: BTreeMap<&Path, usize> = BTreeMap::new();
    if report.plan.len() != standings.feeds.len() {
        return None;
    }
    for (number, plan) in report.plan.iter().enumerate() {
        numbers.extend(plan.paths.iter().map(|path| (path.as_path(), number)));
    }
    for feed in &report.feeds {
        let number = *numbers.get(feed.path.as_path())?;
        let (plan, members) = (report.plan.get(number)?, &standings.feeds[number]);
        let made = match by_number.entry(number) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(free) => {
                let posts: Option<_> = members.posts.iter().map(index).collect();
                free.insert(Feed::new(plan, members, posts?))
            }
        };
        made.files.push((
            feed.format,
            feed.path.to_str()?.into(),
            feed.url.as_str().into(),
            feed.entries,
        ));
    }
    Some(by_number.into_values().collect())
}
