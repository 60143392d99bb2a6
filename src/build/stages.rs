//! The stages of a build, each of which takes what those before it made.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_feed::{Entry, Feed};
use feedwright_site::body::PostLinks;
use feedwright_site::config::Config;
use feedwright_site::pages;

use crate::cache::Standings;
use crate::load::{self, Loaded};
use crate::publish::{self, Files, Stage};
use crate::report::Report;
use crate::run::{BuildOptions, Progress};
use crate::select::{self, Memory, Selection};
use crate::state::kept::Lost;
use crate::state::{ArchiveRecord, FeedRecord, Owned, State};

use super::Built;
use super::archives;
use super::assemble;
use super::lost;
use super::no_posts;
use super::release::{Made, Released};
use super::serialize::Kept;
use super::size_limit;
use super::staging;
use super::warnings;

/// A build that goes on: what it is asked, what was promised, and what it has found so far.
pub(super) struct Run<'r> {
    config: &'r Config,
    options: &'r BuildOptions,
    progress: Progress<'r>,
    state: State,
    stage: Stage,
    pub(super) diags: Diagnostics,
}

/// Which posts are in which feeds.
pub(super) struct Selected {
    selections: Vec<Selection>,
    /// Where links between posts lead.
    links: Arc<PostLinks>,
    /// All posts that any feed or archive takes.
    wanted: Vec<usize>,
}

/// Feeds that nobody has judged yet.
pub(super) struct Draft {
    pub(super) feeds: Vec<Feed>,
    /// What is promised of them.
    records: Vec<FeedRecord>,
    archives: Vec<ArchiveRecord>,
    entries: Vec<Option<Arc<Entry>>>,
    /// The bytes of published entries that stay as they are.
    kept: Kept,
    lost: Vec<Lost>,
    /// Published entries of lost posts that feeds, by key, have no room for any more.
    pushed: HashMap<String, Vec<Arc<Entry>>>,
    /// The posts that feeds, by key, would take if they had no end.
    candidates: HashMap<String, Vec<usize>>,
    wanted: Vec<usize>,
    links: Arc<PostLinks>,
}

impl<'r> Run<'r> {
    /// Reads what was promised, and begins to stage files.
    pub(super) fn begin(
        files: Files,
        config: &'r Config,
        options: &'r BuildOptions,
        diags: Diagnostics,
        progress: Progress<'r>,
    ) -> Result<Self, Error> {
        progress("reading the lock", 0, 0);
        let patterns = staging::feed_patterns(config);
        let published = options.published.as_deref();
        let places = |folder: &Path| publish::files_at(folder, &patterns);
        let state = State::load(config, published, &places, options.accept_resend)?;
        Run::under(state, files, config, options, diags, progress)
    }

    /// Begins a build for which that was promised.
    pub(super) fn under(
        state: State,
        files: Files,
        config: &'r Config,
        options: &'r BuildOptions,
        diags: Diagnostics,
        progress: Progress<'r>,
    ) -> Result<Self, Error> {
        let owned = match config.is_preview() {
            true => Owned::default(),
            false => state.owned(),
        };
        let (root, output) = (config.root.path(), &config.feeds.output);
        let stage = Stage::begin(root, output, options.dry_run, files, owned)?;
        Ok(Run {
            config,
            options,
            progress,
            state,
            stage,
            diags,
        })
    }

    /// Reads all posts, and finds out which of them were promised.
    pub(super) fn identify_posts(&mut self) -> Result<Loaded, Error> {
        let config = self.config;
        let read = load::read(config, &self.state, &mut self.diags, self.progress)?;
        if !self.options.dry_run {
            publish::remove_leftovers(&config.root.leftovers())?;
        }
        (self.progress)("identifying", 0, 0);
        let accepted = self.options.accepted(&self.state);
        let records = self.state.records();
        Ok(load::identify(
            read,
            &records,
            &accepted,
            config,
            &mut self.diags,
        ))
    }

    /// Finds out which posts each feed takes, and where links between posts lead.
    pub(super) fn select_posts(&mut self, loaded: &Loaded) -> Selected {
        (self.progress)("selecting", 0, 0);
        let (config, posts) = (self.config, &loaded.posts);
        let memory = Memory {
            state: &self.state,
            fill_up: self.options.accept_resend,
            is_whole: loaded.broken.is_empty(),
        };
        let mut found = Diagnostics::new();
        let (selections, links) = rayon::join(
            || select::select(posts, config, &memory, &mut found),
            || load::links(posts, config),
        );
        self.diags.append(config.lints.applied(found, true));
        no_posts::no_posts(posts, &selections, config, &mut self.diags);
        warnings::clock_set_back(posts, &self.state, config, &mut self.diags);
        let wanted = assemble::wanted(&selections);
        Selected {
            selections,
            links,
            wanted,
        }
    }

    /// Renders the posts that any feed takes. Those that cannot be rendered have no entry.
    pub(super) fn make_entries(
        &mut self,
        loaded: &Loaded,
        selected: &Selected,
    ) -> Result<Vec<Option<Arc<Entry>>>, Error> {
        let (wanted, links) = (&selected.wanted, &selected.links);
        let (config, diags) = (self.config, &mut self.diags);
        let mut entries =
            load::entries(wanted, &loaded.posts, links, config, diags, self.progress)?;
        // A post with an error in it stays as it was published, whatever could be made of it.
        let wrong: HashSet<&Path> = error_places(&self.diags).flatten().collect();
        for (entry, post) in entries.iter_mut().zip(&loaded.posts) {
            if wrong.contains(post.path.as_path()) {
                *entry = None;
            }
        }
        (self.progress)("making entries", 0, 0);
        assemble::settle(&mut entries, &loaded.posts, &self.state, config);
        Ok(entries)
    }

    /// Makes the feeds, in which what cannot be made now stays as it was published.
    pub(super) fn make_feeds(
        &mut self,
        loaded: &Loaded,
        selected: Selected,
        entries: Vec<Option<Arc<Entry>>>,
    ) -> Result<Draft, Error> {
        let (config, state) = (self.config, &self.state);
        let Selected {
            selections,
            links,
            wanted,
        } = selected;
        let candidates = assemble::candidates(&selections);
        let (mut feeds, mut records) = assemble::feeds(selections, &entries, state, config);
        let mut kept = Kept::new();
        let lost = lost::lost(loaded, &entries, &wanted, state, config);
        let mut pushed = HashMap::new();
        for (feed, record) in feeds.iter_mut().zip(&mut records) {
            let most = config.limit(&feed.key);
            let left = lost::keep(feed, record, most, &lost, &state.live, config, &mut kept)?;
            pushed.insert(feed.key.clone(), left);
        }
        Ok(Draft {
            feeds,
            records,
            archives: Vec::new(),
            entries,
            kept,
            lost,
            pushed,
            candidates,
            wanted,
            links,
        })
    }

    /// Says where pages could be read that nobody has named.
    pub(super) fn offer_pages(&mut self) {
        pages::offer(self.config, &mut self.diags);
    }

    /// Cuts feeds that would be larger than is allowed, or names those that are large.
    pub(super) fn bound_sizes(&mut self, draft: &mut Draft) {
        let diags = &mut self.diags;
        let written = &self.config.written;
        let Some(most) = self.config.feeds.max_bytes else {
            size_limit::weigh(&draft.feeds, size_limit::HEAVY, written, diags);
            return;
        };
        let has_archive = self.config.feeds.archive;
        let (feeds, records) = (&mut draft.feeds, &mut draft.records);
        size_limit::bound(
            feeds,
            records,
            &draft.kept,
            most,
            has_archive,
            written,
            diags,
        );
    }

    /// Puts what feeds have no room for on archive pages, where they are wanted.
    pub(super) fn add_archives(&mut self, loaded: &Loaded, draft: &mut Draft) -> Result<(), Error> {
        let (config, state) = (self.config, &self.state);
        if !config.feeds.archive {
            return Ok(());
        }
        let site = archives::Site {
            posts: &loaded.posts,
            entries: &draft.entries,
            lost: &draft.lost,
            pushed: &draft.pushed,
            state,
            config,
        };
        let (feeds, candidates) = (&mut draft.feeds, &draft.candidates);
        let kept = &mut draft.kept;
        let mut made = archives::archives(feeds, candidates, &site, kept, &mut self.diags);
        for page in &mut made.feeds {
            // What came to a page stays there, however many.
            let record = &mut FeedRecord::default();
            lost::keep(page, record, None, &draft.lost, &state.live, config, kept)?;
        }
        feeds.append(&mut made.feeds);
        draft.archives = made.records;
        Ok(())
    }

    /// Whether nothing is published, because something is wrong that is not a post, or so many
    /// posts are that it must be the settings. A few posts that cannot be understood stay as they
    /// were published, and the others come out.
    pub(super) fn is_refused(&self, loaded: &Loaded) -> bool {
        /// How many posts may be refused, however small the site is.
        const FEW: usize = 5;
        /// Of how many posts one may be.
        const SHARE: usize = 10;
        if self.options.keep_going || !self.diags.has_errors() {
            return false;
        }
        let posts = loaded.posts.iter().map(|post| post.path.as_path());
        let posts: HashSet<&Path> = posts
            .chain(loaded.broken.iter().map(PathBuf::as_path))
            .collect();
        let places: Option<HashSet<&Path>> = error_places(&self.diags)
            .map(|place| place.filter(|path| posts.contains(path)))
            .collect();
        let is_too_much =
            |refused: HashSet<&Path>| refused.len() > FEW && refused.len() * SHARE > posts.len();
        self.options.strict || places.is_none_or(is_too_much)
    }

    /// What a build comes to that publishes nothing.
    pub(super) fn refused(mut self, loaded: &Loaded) -> Built {
        let is_refused = self.is_refused(loaded);
        let mut report = self.report(loaded);
        // Nobody has said yet whether the only post is new.
        let open = loaded.doubts.iter().filter(|doubt| !doubt.accepted);
        report.held = open.map(|doubt| doubt.held.clone()).collect();
        report.refused = is_refused || report.held.is_empty();
        self.config.root.records().place(&mut self.diags);
        self.diags.sort();
        report.diagnostics = self.diags;
        Built {
            report,
            standings: None,
        }
    }

    fn report(&self, loaded: &Loaded) -> Report {
        Report::new(&loaded.posts, self.config, self.options.dry_run)
    }

    /// What the next run may go by, where runs are remembered.
    pub(super) fn standings(&self, loaded: &Loaded, draft: &Draft) -> Option<Standings> {
        // Where a lock is missing, this run is not the last one that has something to do.
        let is_remembered = self.options.cache.is_some() && !self.state.is_missing();
        let records = self.config.root.records();
        is_remembered.then(|| Standings::of(&loaded.posts, &draft.wanted, &draft.feeds, &records))
    }

    /// Publishes what the guard lets pass.
    pub(super) fn release(self, mut loaded: Loaded, draft: Draft) -> Result<Released, Error> {
        let report = self.report(&loaded);
        // From here on only entries are needed; nobody has to wait for the rest to go.
        let posts = std::mem::take(&mut loaded.posts);
        let links = draft.links;
        rayon::spawn(move || drop((posts, links)));
        let made = Made {
            state: self.state,
            loaded,
            feeds: draft.feeds,
            entries: draft.entries,
            records: draft.records,
            archives: draft.archives,
            kept: draft.kept,
        };
        made.release(
            &self.stage,
            self.config,
            self.options,
            report,
            self.diags,
            self.progress,
        )
    }
}

/// The files that errors are in; `None` for an error that is in none.
fn error_places(diags: &Diagnostics) -> impl Iterator<Item = Option<&Path>> {
    let errors = diags.iter();
    let errors = errors.filter(|found| found.severity == Severity::Error);
    errors.map(|error| Some(error.location.as_ref()?.path.as_path()))
}
