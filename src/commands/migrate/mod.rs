//! Moving from another generator or host: what becomes of every address, and what each kind of
//! reader would be sent, before anything is published.

mod feeds;
mod pages;
mod proof;
mod settings;
mod site;
mod table;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::reading;
use feedwright_feed::Format;
use feedwright_feed::read::Published;
use feedwright_site::config::{Config, Overrides};
use feedwright_site::post::Post;
use serde::Serialize;

use crate::build;
use crate::publish::{Files, Stage, Turn};
use crate::redirects::Redirect;
use crate::report::Report;
use crate::select::{self, Memory};
use crate::state::{Accepted, Owned};

use super::adopt::{Adoption, take};
use super::old_feeds::OldFeed;
use crate::load;
use crate::run::Progress;

pub use self::feeds::FeedMove;
pub use self::proof::{Knows, Reader};
pub use self::site::OldSite;
pub use self::table::{Fate, Row};

/// What readers of an old feed would be sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Readers {
    /// The old feed.
    pub of: String,
    /// Its format.
    pub format: Format,
    /// How many entries the old feeds of that format have, further pages included.
    pub known: usize,
    /// By the ways in which they know entries.
    pub readers: Vec<Reader>,
}

/// The lines of the configuration that let new feeds stand where old ones did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewPaths {
    /// The file.
    pub file: String,
    /// The lines; empty where none are needed.
    pub lines: String,
    /// Whether they are in the file now, or would be, where nothing is written.
    pub written: bool,
    /// Why a feed cannot stand where the old one did.
    pub refused: Vec<String>,
}

/// What a move comes to.
#[derive(Debug, Serialize)]
pub struct Migration {
    /// What was taken into the lock.
    #[serde(skip)]
    pub adoption: Adoption,
    /// How many posts have ids and dates from the old feeds.
    pub adopted: usize,
    /// The old feeds.
    pub feeds: Vec<FeedMove>,
    /// Every post before and after.
    pub posts: Vec<Row>,
    /// The addresses of pages that no post was at, as far as is known.
    pub other_pages: Vec<String>,
    /// Files that are meant as feeds and cannot be read, with what is wrong.
    pub unread: Vec<(String, String)>,
    /// How many items of an export are no published posts.
    pub no_posts: usize,
    /// What readers of the site's own feeds would be sent.
    pub readers: Vec<Readers>,
    /// Where the new feeds stand.
    pub paths: NewPaths,
    /// Old addresses and the new ones that take their places, as rules of a server.
    #[serde(skip)]
    pub(crate) redirects: Vec<Redirect>,
    /// What the next build would come to, where all this is only tried.
    #[serde(skip)]
    pub(crate) next: Option<Report>,
}

impl Migration {
    /// Whether nothing is left to be written to the configuration by hand.
    pub fn is_complete(&self) -> bool {
        self.paths.is_complete()
    }

    /// How many posts that were public before would be sent again to readers that know ids.
    pub fn sent_again(&self) -> usize {
        let readers = self.readers.iter().flat_map(|readers| &readers.readers);
        let by_id = readers.filter(|reader| reader.by == Knows::Id);
        by_id.map(|reader| reader.again.len()).max().unwrap_or(0)
    }
}

/// Finds out what a move comes to, and, unless it is only tried, writes the lock and the paths of
/// the feeds.
///
/// `overrides` are those that `config` was loaded with.
///
/// # Errors
///
/// Those of [`adopt`](super::adopt()), and a configuration that cannot be written.
pub fn migrate(
    old: &OldSite,
    config: &Config,
    overrides: &Overrides,
    dry_run: bool,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Migration, Error> {
    let _turn = Turn::take(&[config.root.path()], waiting)?;
    let feeds = &old.feeds.feeds;
    let mains = feeds::mains(feeds);
    let (moved, mut paths) = with_paths(
        feeds::paths(feeds, &mains, &config.site.url),
        config,
        overrides,
    )?;
    let config = moved.as_ref().unwrap_or(config);
    let own: HashSet<usize> = mains.values().copied().collect();
    let taken = take(config, feeds, &own, diags, progress)?;
    let state = taken.state(config);
    let loaded = load::identify(
        taken.read.clone(),
        &state.records(),
        &Accepted::default(),
        config,
        &mut Diagnostics::new(),
    );
    let memory = Memory {
        state: &state,
        fill_up: false,
        is_whole: loaded.broken.is_empty(),
    };
    let selections = select::select(&loaded.posts, config, &memory, &mut Diagnostics::new());
    let posts = &loaded.posts;
    let public: Vec<&Post> = posts.iter().filter(|post| post.is_public(config)).collect();
    let table = table::table(&taken.old_entries, &old.pages, &public);
    let newest = feeds.iter().filter_map(|old| old.feed.newest()).max();
    let before = Before::new(&table.rows, newest);
    let shown = selections.first().map_or(&[][..], |own| &own.posts);
    let readers = readers(feeds, &mains, shown, posts, &before, config, progress)?;
    let moves = feeds::moves(feeds, &mains, &taken.old_entries, &selections, posts);
    let redirects = redirects(&table.rows, &moves, config);
    if !dry_run {
        taken.write(config)?;
    }
    paths.write(dry_run, config, overrides)?;
    let next = match dry_run && paths.is_complete() {
        true => Some(build::trial(taken.state(config), config)?),
        false => None,
    };
    Ok(Migration {
        next,
        adopted: taken.adoption.adopted,
        adoption: taken.adoption,
        feeds: moves,
        posts: table.rows,
        other_pages: table.other_pages,
        unread: old.unread.clone(),
        no_posts: feeds.iter().filter_map(|old| old.feed.others).sum(),
        readers,
        paths,
        redirects,
    })
}

/// What readers of the site's own old feeds would be sent of these posts, which its feed shows now.
fn readers(
    feeds: &[OldFeed],
    mains: &BTreeMap<Format, usize>,
    shown: &[usize],
    posts: &[Post],
    before: &Before,
    config: &Config,
    progress: Progress<'_>,
) -> Result<Vec<Readers>, Error> {
    let links = load::links(posts, config);
    let mut diags = Diagnostics::new();
    let entries = load::entries(shown, posts, &links, config, &mut diags, progress)?;
    let readers = mains.iter().filter_map(|(format, main)| {
        let new = shown.iter().filter_map(|&at| {
            let (post, entry) = (posts.get(at)?, entries.get(at)?.as_ref()?);
            Some(proof::Entry {
                published: Published::of_entry(*format, entry)?,
                is_old: before.has(post),
            })
        });
        let new: Vec<proof::Entry> = new.collect();
        let same = feeds.iter().map(|old| &old.feed);
        let same: Vec<&Published> = same.filter(|feed| feed.format == *format).collect();
        let known = same.iter().flat_map(|feed| &feed.entries);
        let known: BTreeSet<&str> = known.map(|entry| entry.id.as_str()).collect();
        Some(Readers {
            of: feeds.get(*main)?.name.clone(),
            format: *format,
            known: known.len(),
            readers: proof::readers(&same, &new),
        })
    });
    Ok(readers.collect())
}

/// What was public before the move.
struct Before {
    files: HashSet<String>,
    newest: Option<crate::Timestamp>,
}

impl Before {
    fn new(rows: &[Row], newest: Option<crate::Timestamp>) -> Self {
        let known = rows.iter().filter(|row| row.fate != Fate::New);
        Before {
            files: known.filter_map(|row| row.path.clone()).collect(),
            newest,
        }
    }

    /// Whether a post was at an old address, or is of the time of the old feeds.
    fn has(&self, post: &Post) -> bool {
        self.files.contains(&slashed(&post.path)) || Some(post.published) <= self.newest
    }
}

/// The configuration with feeds at these paths, where it has them elsewhere, and what is to be
/// written for that.
fn with_paths(
    wanted: BTreeMap<Format, String>,
    config: &Config,
    overrides: &Overrides,
) -> Result<(Option<Config>, NewPaths), Error> {
    let file = overrides.config.clone();
    let file = file.unwrap_or_else(|| config.root.path().join(feedwright_site::config::FILE));
    let mut paths = NewPaths {
        file: file.display().to_string(),
        ..NewPaths::default()
    };
    let is_there = |format: &Format, path: &String| {
        let formats = config.feeds.formats.iter();
        let mut same = formats.filter(|known| known.format == *format);
        same.any(|known| known.site == *path)
    };
    let other: BTreeMap<Format, String> = wanted
        .into_iter()
        .filter(|(format, path)| !is_there(format, path))
        .collect();
    if other.is_empty() {
        return Ok((None, paths));
    }
    let mut diags = Diagnostics::new();
    let moved = Config::load_with(overrides, &other, &mut diags)?;
    if moved.is_some() {
        paths.lines = settings::lines(&other);
    } else {
        let messages = diags.iter().map(|found| found.message.clone());
        paths.refused = messages.collect();
    }
    Ok((moved, paths))
}

impl NewPaths {
    fn is_complete(&self) -> bool {
        self.lines.is_empty() || self.written
    }

    /// Writes the lines behind the configuration, where that says what they mean.
    fn write(
        &mut self,
        dry_run: bool,
        config: &Config,
        overrides: &Overrides,
    ) -> Result<(), Error> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let file = PathBuf::from(&self.file);
        // A link is somebody's arrangement.
        if overrides.config.is_some() || file.is_symlink() {
            return Ok(());
        }
        let text = match reading::text(&file, reading::LARGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::io("read", &file, error)),
        };
        let Some(text) = settings::appended(&text, &self.lines) else {
            return Ok(());
        };
        self.written = true;
        if dry_run {
            return Ok(());
        }
        let root = config.root.path();
        let stage = Stage::begin(root, root, false, Files::default(), Owned::default())?;
        stage.write_now(&file, &[text.as_bytes()])
    }
}

/// The redirects from old addresses to new ones. An address with a query is no path that a rule can
/// be about, and one at which another post is by now leads to that.
fn redirects(rows: &[Row], feeds: &[FeedMove], config: &Config) -> Vec<Redirect> {
    let posts = rows.iter().filter(|row| row.fate == Fate::Moved);
    let posts = posts.filter_map(|row| Some((row.old.clone()?, row.new.clone()?)));
    let feeds = feeds.iter().filter(|feed| !feed.is_same);
    let feeds = feeds.filter_map(|feed| Some((feed.old.clone()?, feed.new.clone()?)));
    let all: BTreeMap<String, String> = posts.chain(feeds).collect();
    let home = config.site.url.join("/").ok();
    let path = |to: &str| {
        let host = home.as_ref()?.as_str();
        Some(format!("/{}", to.strip_prefix(host)?))
    };
    let there: HashSet<&str> = rows
        .iter()
        .filter_map(|row| row.new.as_deref()?.strip_prefix(home.as_ref()?.as_str()))
        .collect();
    let is_free = |from: &str| {
        from.strip_prefix('/')
            .is_some_and(|from| !there.contains(from))
    };
    let rules = all.into_iter();
    rules
        .filter(|(from, _)| is_free(from) && !from.contains('?'))
        .map(|(from, to)| Redirect {
            from,
            to: Some(path(&to).unwrap_or(to)),
        })
        .collect()
}
