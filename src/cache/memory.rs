//! A run that is remembered, beside what is there now.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf, absolute};

use feedwright_feed::{Neighbours, Place, Translation};
use feedwright_site::config::Config;
use rayon::prelude::*;
use url::Url;

use crate::report::Report;
use crate::run::BuildOptions;
use crate::state::lock;

use super::run::{Feed, Run, WatchedPath};
use super::stamp::{Now, Places, Was, content};
use super::standings::{Edits, Holder};
use super::unwritable;

/// How many posts a run of edits alone may have. More are taken for a bigger change.
const MOST: usize = 64;

/// A run that is still up to date, but for some edited posts.
pub(crate) struct Memory<'a> {
    file: &'a Path,
    run: Run<'a>,
    /// The posts whose files changed, by index of the watched path, as they are now.
    edited: Vec<(usize, Was)>,
    /// Why it could not be written anew.
    unwritten: Option<io::Error>,
}

impl<'a> Memory<'a> {
    /// Compares a run with what is there now; `None` where more changed than posts that are still there.
    pub(super) fn of(mut run: Run<'a>, file: &'a Path, config: &Config) -> Option<Self> {
        let start = config.root.opened();
        let paths = run.watched.iter().map(|watched| Path::new(&*watched.path));
        let places = Places::of(config.root.path(), paths);
        let watched = run.watched.par_iter().enumerate().with_min_len(256);
        let news: Vec<(usize, Now)> = watched
            .map(|(at, watched)| {
                (
                    at,
                    watched.was.now((*watched.path).as_ref(), &places, start),
                )
            })
            .filter(|(_, now)| *now != Now::Same)
            .collect();
        let (mut edited, mut is_touched) = (Vec::new(), false);
        for (at, now) in news {
            let watched = &mut run.watched[at];
            match now {
                Now::Touched(was) => {
                    watched.was = was;
                    is_touched = true;
                }
                Now::Other(Some(stamp))
                    if watched.standing.is_some()
                        && watched.was.is_where(stamp)
                        && edited.len() < MOST =>
                {
                    // Before it is read: what comes later is another edit.
                    let content = content(&places.path(&*watched.path), stamp).ok()?;
                    edited.push((at, Was::known(stamp, content, start)));
                }
                Now::Same | Now::Other(_) => return None,
            }
        }
        // The next run need not look so closely.
        let is_written = edited.is_empty() && is_touched;
        let unwritten = is_written.then(|| run.write(file).err()).flatten();
        Some(Memory {
            file,
            run,
            edited,
            unwritten,
        })
    }

    /// Whether nothing changed at all.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.edited.is_empty()
    }

    /// The report of the run.
    pub(crate) fn report(&self) -> Report {
        let mut report = self.run.report();
        if let Some(error) = &self.unwritten {
            report.diagnostics.push(unwritable(self.file, error));
        }
        report
    }

    /// The edited posts, for a run of these alone; `None` where it cannot be of them alone.
    pub(crate) fn edits(&self, config: &Config, options: &BuildOptions) -> Option<Edits> {
        let watched = |at: usize| &self.run.watched[at];
        // What was said of a post has to be said anew; and its page is another matter.
        let is_said = |(at, _): &(usize, Was)| {
            let mut stored = self.run.diagnostics.iter();
            stored.any(|stored| stored.is_of(&watched(*at).path))
        };
        // What stands in a feed may depend on how long others are, and old posts on archives.
        let is_apart = config.feeds.max_bytes.is_none() && !config.feeds.archive;
        let is_apart = is_apart && config.content.rendered.is_none();
        if options.locked || !is_apart || self.edited.iter().any(is_said) {
            return None;
        }
        let posts = self.edited.iter().map(|(at, _)| {
            let WatchedPath { path, standing, .. } = watched(*at);
            Some((PathBuf::from(&**path), (*standing)?))
        });
        let number = |watched: &usize| self.edited.iter().position(|(at, _)| at == watched);
        let holder = |feed: &Feed<'_>| {
            let members = feed.members.iter().enumerate();
            let edited: Vec<(usize, usize)> = members
                .filter_map(|(position, watched)| Some((position, number(watched)?)))
                .collect();
            (!edited.is_empty()).then(|| holder(feed, edited))
        };
        Some(Edits {
            posts: posts.collect::<Option<_>>()?,
            feeds: self
                .run
                .feeds
                .iter()
                .filter_map(holder)
                .collect::<Option<_>>()?,
        })
    }

    /// The paths that edits name and nobody looked at before; `None` where one of them cannot be
    /// remembered.
    fn asked_anew(&self, config: &Config) -> Option<Vec<WatchedPath<'a>>> {
        let asked = config.root.all_asked().into_iter();
        let asked = asked.map(|path| path.into_os_string().into_string().ok());
        let mut asked: BTreeSet<String> = asked.collect::<Option<_>>()?;
        let watched = self.run.watched.par_iter();
        let known = watched.filter_map(|watched| asked.get(&*watched.path).cloned());
        for path in known.collect::<Vec<String>>() {
            asked.remove(&path);
        }
        let start = config.root.opened();
        let places = Places::of(config.root.path(), asked.iter().map(Path::new));
        let new = asked.into_iter().map(|path| {
            Some(WatchedPath {
                was: Was::of(path.as_ref(), &places, start)?,
                path: path.into(),
                standing: None,
            })
        });
        new.collect()
    }

    /// The report of the whole site after edits were published. The cache is updated.
    pub(crate) fn after(
        mut self,
        made: Report,
        written: &[(PathBuf, blake3::Hash)],
        config: &Config,
    ) -> Report {
        let written = written
            .iter()
            .map(|(path, hash)| (name(path, config), *hash.as_bytes()));
        let written: HashMap<String, _> = written.collect();
        let places = Places::of(config.root.path(), written.keys().map(Path::new));
        self.run.watched.par_iter_mut().for_each(|watched| {
            if let Some(content) = written.get(&*watched.path) {
                watched.was = Was::Fresh(*content, places.real((*watched.path).as_ref()));
            }
        });
        self.run.from = config.present.now().epoch();
        self.run.until = self.run.until.min(config.present.next());
        for (at, was) in self.edited.drain(..) {
            self.run.watched[at].was = was;
        }
        if let Some(more) = self.asked_anew(config) {
            self.run.watched.extend(more);
            self.unwritten = self.run.write(self.file).err();
        }
        let mut report = self.report();
        for made in made.feeds {
            if let Some(feed) = report.feeds.iter_mut().find(|feed| feed.path == made.path) {
                *feed = made;
            }
        }
        let mut plan = made.plan;
        report.plan = std::mem::take(&mut report.plan)
            .into_iter()
            .flat_map(|line| {
                let (own, others) = std::mem::take(&mut plan)
                    .into_iter()
                    .partition(|made| made.key == line.key);
                plan = others;
                let own: Vec<_> = own;
                if own.is_empty() { vec![line] } else { own }
            })
            .collect();
        report
    }
}

/// The watched path of a file that was written.
fn name(path: &Path, config: &Config) -> String {
    let lock = config.root.path().join(lock::FILE);
    let path = if path == lock {
        PathBuf::from(lock::FILE)
    } else {
        absolute(path).unwrap_or_else(|_| path.to_path_buf())
    };
    path.to_string_lossy().into_owned()
}

/// A feed as it was made; `None` where that cannot be read.
fn holder(feed: &Feed<'_>, edited: Vec<(usize, usize)>) -> Option<Holder> {
    let places = feed.files.iter().map(|(format, path, url, _)| {
        Some(Place {
            format: *format,
            path: PathBuf::from(&**path),
            url: Url::parse(url).ok()?,
            neighbours: Neighbours::default(),
        })
    });
    let translations = feed.translations.iter().map(|(language, url)| {
        Some(Translation {
            language: language.to_string(),
            url: Url::parse(url).ok()?,
        })
    });
    Some(Holder {
        key: feed.key.to_string(),
        title: feed.title.to_string(),
        description: feed.description.to_string(),
        language: feed.language.as_deref().map(str::to_owned),
        url: Url::parse(&feed.url).ok()?,
        translations: translations.collect::<Option<_>>()?,
        places: places.collect::<Option<_>>()?,
        entries: feed.members.len(),
        edited,
    })
}
