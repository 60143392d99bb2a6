//! Reads files to posts with ids, and renders posts to entries.

mod records;
mod rendering;
mod translations;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::{Config, StateKind, UpdatedFrom};
use feedwright_site::folder::Found;
use feedwright_site::git;
use feedwright_site::load::load as load_post;
use feedwright_site::post::{History, Post};
use feedwright_site::source::{self, Walk};
use rayon::prelude::*;

use crate::state::{self, Accepted, Doubt, Record, State};

use crate::run::Progress;

pub(crate) use self::rendering::{entries, links, rendered, summaries};

/// All posts of a site, and what is promised of them from now on.
pub(super) struct Loaded {
    pub(super) posts: Vec<Post>,
    pub(super) records: Vec<Record>,
    /// What readers know, from before this run, of the posts that the first records are of.
    pub(super) histories: Vec<History>,
    /// The files that could not be understood.
    pub(super) broken: HashSet<PathBuf>,
    /// The files that are there and are no posts now, such as hidden ones.
    pub(super) hidden: HashSet<PathBuf>,
    /// The posts about which somebody has to say whether they are new.
    pub(super) doubts: Vec<Doubt>,
}

impl Loaded {
    /// The ids of posts of which nobody has said yet whether a new file is theirs.
    pub(super) fn asked(&self) -> impl Iterator<Item = &str> {
        let open = self.doubts.iter().filter(|doubt| !doubt.accepted);
        open.filter_map(|doubt| Some(doubt.held.was.as_ref()?.id.as_str()))
    }
}

/// All posts under the ids that the site's lock promises, for what publishes nothing.
pub(super) fn under_lock(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<(State, Loaded), Error> {
    let state = State::of_lock(config)?;
    let read = read(config, &state, diags, progress)?;
    let loaded = identify(read, &state.records(), &Accepted::default(), config, diags);
    Ok((state, loaded))
}

/// How many files are read before their posts are put to the others: as many as keep all cores busy,
/// and few beside a large site.
const AT_ONCE: usize = 8192;

/// What a site's files are.
#[derive(Clone, Default)]
pub(super) struct Read {
    /// Posts as their files have them.
    pub(super) posts: Vec<Post>,
    /// The files that could not be understood.
    pub(super) broken: HashSet<PathBuf>,
    /// The files that are there and are no posts now, such as hidden ones.
    pub(super) hidden: HashSet<PathBuf>,
}

/// Reads all posts of a site.
pub(super) fn read(
    config: &Config,
    state: &State,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Read, Error> {
    progress("finding", 0, 0);
    let mut paths = match &config.from {
        Some(_) => Vec::new(),
        None => find(config, diags)?,
    };
    let mut broken = HashSet::new();
    if config.content.dialect.has_records() {
        (paths, broken) = records::find(paths, config, state, diags)?;
    }
    progress("reading", 0, paths.len());
    let load = |path: &PathBuf| {
        let mut diags = Diagnostics::new();
        let post = one(path, config, state, &mut diags)?;
        progress("reading", 1, paths.len());
        Ok((post, diags))
    };
    let mut read = Read {
        posts: Vec::with_capacity(paths.len()),
        broken,
        ..Read::default()
    };
    let mut before: (&[PathBuf], Vec<_>) = (&[], Vec::new());
    for part in paths.chunks(AT_ONCE) {
        // While some are read, those before are put to the others.
        let (loaded, taken) = rayon::join(
            || part.par_iter().map(load).collect(),
            || read.take(before.0, before.1, config, diags),
        );
        taken?;
        before = (part, loaded);
    }
    read.take(before.0, before.1, config, diags)?;
    if config.content.updated == UpdatedFrom::Git {
        read.date_by_commits(config)?;
    }
    Ok(read)
}

/// Refuses folders of posts that are not there.
fn look_for_folders(config: &Config) -> Result<(), Error> {
    for (at, folder) in config.content.folders.iter().enumerate() {
        let shown = folder.display();
        let (message, help) = match config.root.find(folder) {
            Ok(Found::Inside(real)) if real.is_dir() => continue,
            Ok(Found::Inside(_)) => (
                format!("the content folder {shown} is a file and no folder"),
                "name the folder that the posts are in",
            ),
            Ok(Found::Outside) => (
                format!("the content folder {shown} leads out of the site"),
                "name a folder inside it",
            ),
            Ok(Found::Absent) | Err(_) => (
                format!("there is no content folder {shown}"),
                "correct the name, or make the folder",
            ),
        };
        let place = config.written.place_of_item("content.folders", at);
        return Err(Error::of("config-folders", place, message).help(help));
    }
    Ok(())
}

/// The files that are posts.
fn find(config: &Config, diags: &mut Diagnostics) -> Result<Vec<PathBuf>, Error> {
    look_for_folders(config)?;
    let dialect = config.content.dialect.as_ref();
    let walk = Walk {
        root: &config.root,
        folders: &config.content.folders,
        takes: &|path, kind| {
            !config.content.ignore.is_match(path)
                && !config.content.is_rendered(path)
                && dialect.takes(path, kind)
        },
    };
    let mut paths = source::discover(&walk, diags)?;
    let judged: Vec<(bool, Diagnostics)> = paths
        .par_iter()
        .map(|path| {
            let mut found = Diagnostics::new();
            (dialect.is_post(path, &mut found), found)
        })
        .collect();
    let mut judged = judged.into_iter();
    paths.retain(|_| {
        let (is_post, found) = judged.next().unwrap_or_default();
        diags.append(found);
        is_post
    });
    Ok(paths)
}

/// What reading a file came to.
type OneRead = Result<(Option<Post>, Diagnostics), Error>;

impl Read {
    /// Gives posts that do not say when they were updated the date of their last commit.
    fn date_by_commits(&mut self, config: &Config) -> Result<(), Error> {
        let commits = git::last_commits(config.root.path())?;
        let posts = self.posts.iter_mut();
        for post in posts.filter(|post| !post.given.updated) {
            if let Some(commit) = commits.get(&post.path) {
                post.updated = post.published.max(*commit);
                post.given.updated = true;
            }
        }
        Ok(())
    }

    /// Adds what some files came to.
    fn take(
        &mut self,
        paths: &[PathBuf],
        loaded: Vec<OneRead>,
        config: &Config,
        diags: &mut Diagnostics,
    ) -> Result<(), Error> {
        for (path, loaded) in paths.iter().zip(loaded) {
            let (post, found) = loaded?;
            if post.is_none() {
                if found.has_errors() {
                    self.broken.insert(path.clone());
                } else {
                    self.hidden.insert(path.clone());
                }
            }
            diags.append(config.lints.applied(found, post.is_some()));
            self.posts.extend(post);
        }
        Ok(())
    }
}

/// Reads one file; `None` where it is no post, and the diagnostics may say why.
pub(super) fn one(
    path: &Path,
    config: &Config,
    state: &State,
    diags: &mut Diagnostics,
) -> Result<Option<Post>, Error> {
    let source = source::read(&config.root, path, diags)?;
    let date = |path: &_| state.promised(path);
    Ok(source.and_then(|source| load_post(&source, config, &date, diags)))
}

/// Posts under the ids that records promise.
pub(super) fn identify(
    read: Read,
    records: &[&Record],
    accepted: &Accepted,
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    identified(read, records, accepted, false, config, diags)
}

/// Posts under the ids that feeds have which are adopted.
pub(super) fn adopted(
    read: Read,
    records: &[&Record],
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    identified(read, records, &Accepted::default(), true, config, diags)
}

/// Whether what this run decides is known to the next one, and nothing else was published before.
fn is_remembered(config: &Config, records: &[&Record]) -> bool {
    let own = &config.feeds.formats;
    let output = &config.feeds.output;
    let is_published = || {
        own.iter()
            .any(|format| output.join(format.site_file()).exists())
    };
    config.state == StateKind::Lock && (!records.is_empty() || !is_published())
}

fn identified(
    read: Read,
    records: &[&Record],
    accepted: &Accepted,
    adopting: bool,
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    let keeps_lock = config.state == StateKind::Lock && !adopting;
    let site = state::Site {
        base: &config.site.url,
        now: config.present.now().with_zone(config.site.tz()),
        is_public: &|post: &Post| post.is_public(config),
        is_scheduled: &|post: &Post| keeps_lock && post.is_scheduled(config),
        knows_pages: config.content.dialect.knows_pages(),
        broken: &read.broken,
        hidden: &read.hidden,
        adopting,
        spaces_updated: !adopting && is_remembered(config, records),
        accepted,
    };
    let mut identified = state::identify(read.posts, records, &site, diags);
    translations::connect(&mut identified.posts, config);
    Loaded {
        posts: identified.posts,
        records: identified.records,
        histories: identified.histories,
        broken: identified.broken,
        hidden: read.hidden,
        doubts: identified.doubts,
    }
}
