//! Feeds for any folder of posts: RSS 2.0, Atom 1.0 and JSON Feed 1.1, for the site and for
//! every tag.
//!
//! A program that has its settings itself builds feeds without any file of them:
//!
//! ```
//! use feedwright::{BuildOptions, Config, Diagnostics, Overrides, Timestamp};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let site = folder.path();
//! std::fs::write(site.join("a.md"), "---\ntitle: A\ndate: 2024-03-01\n---\nText.\n")?;
//!
//! let now = Timestamp::from_rfc3339("2024-06-01T00:00:00Z").ok_or("a date")?;
//! let mut overrides = Overrides::new(site, now);
//! overrides.settings = Some(
//!     "site: {url: 'https://www.example.gov/', title: News, timezone: America/New_York}".into(),
//! );
//! let mut problems = Diagnostics::new();
//! let config = Config::load(&overrides, &mut problems)?.ok_or("wrong settings")?;
//! let report = feedwright::build(
//!     &config,
//!     &BuildOptions::default(),
//!     problems,
//!     &|_stage, _done, _total| {},
//!     &|| {},
//! )?;
//! assert!(!report.diagnostics.has_errors());
//! assert!(site.join("feeds/atom.xml").is_file());
//! # Ok(())
//! # }
//! ```
//!
//! `docs/architecture.md` has the words that the code uses, and the way of one post through it.
//!
//! # The map
//!
//! The compiler keeps the direction: each crate sees only those above it.
//!
//! ```text
//! crates/base    what all share: problems, timestamps, languages, addresses, plain text, slugs
//! crates/feed    a feed: the model, safe HTML, writing and reading the three formats
//! crates/check   is this feed right?
//! crates/site    a site: a folder comes in, posts go out
//! src            promises, selection, the build, publishing, commands
//! ```
//!
//! Data go one way, and each stage has one type:
//!
//! ```text
//! source ──► front_matter ──► dialect ──► post ──► state ──► select ──► render ──► emit ──► publish
//! Source     FrontMatter      Metadata    Post     Post +    Selection  Entry     bytes    files
//!                                                  unique id            in Feed
//! ```
//!
//! In `crates/site`:
//!
//! - [`Config`] is what a run knows before it reads a post: the command line over
//!   `feedwright.yaml` over the site generator's own configuration.
//! - `source` finds and reads files: posts, settings, includes; `folder` knows where the site ends,
//!   whatever links in it say, and writes down what was looked at; `git` tells when files changed.
//!   Nothing but `git` starts a program, and it starts Git alone.
//! - `records` knows where posts stand that are lines of a file, and `import` makes such lines of exports
//!   and feeds that `--from` names.
//! - `front_matter` splits and decodes; values stay as written, with their lines.
//! - `dialect` knows the generators: one sibling each for its files, names, permalinks and ids.
//!   Configurations that are programs are read for their literals and never run.
//! - `post` checks, with the tools of `crates/base`.
//! - `body` renders: template code, Markdown, absolute URLs, summary; or takes the article from a page
//!   of the rendered site, which `pages` reads where `content.rendered` names it.
//! - `named_files` finds files by their names alone, as programs for notes do; `media` tells by their first
//!   bytes how long sounds play and how large pictures are.
//! - `theme` is what all pages of a rendered site have in common, by which their articles are found.
//! - `lint` says what deserves a look in posts; only `check` asks it.
//!
//! In `crates/feed`, [`feed`]: the neutral model, with `podcast` and `extras` for what few entries say;
//! `html` makes what is safe to show, `emit` writes each format, `read` reads any feed back,
//! `invariants` are what must hold.
//!
//! Here:
//!
//! - `state` is what was promised before: the lock, or the feeds now published. It gives ids and
//!   dates, tells what subscribers would see, and guards them.
//! - `select` says which posts each feed takes.
//! - `render` joins a post and its body to an entry, and entries to a feed.
//! - `publish` puts files where they belong, and `redirects` writes where old feeds lead; `run` says how
//!   far a run goes, and `report` what it did.
//! - `cache` remembers, outside of the site, what a run that changed nothing looked at, so that
//!   the next one need not read it, or only the posts that were edited. No stage knows of it.
//! - `fix` mends front matters for `check --fix`.
//! - `ping` tells hubs which feeds changed, and `http` asks a server for a feed as readers do and judges
//!   its answers, or those that a HAR file recorded. Each is behind the feature of its name, and so are the
//!   questions of `commands::enclosures`, behind `http`; nothing else talks to anybody. `network` has what
//!   all need: who is not to be talked to.
//! - `fuzzing` has the doors for the fuzz targets, and no build has it but theirs and the tests'.
//! - `load` reads posts and finds out which is which; `build` sees all stages and reads as the table of
//!   contents; `commands` has what the other commands do; `cli` talks to people.
//!
//! Between `source`, `folder`, `pages`, `cache` and `publish`, which do the I/O, everything is pure, but
//! for looking whether something exists: what a dialect asks of the site's folder once, when it is
//! loaded, and the images and enclosures that posts name.
//!
//! # What holds
//!
//! - An entry's URL is a [`url::Url`], so it is absolute. A [`Timestamp`] has an offset. [`Html`]
//!   is only made by the sanitizer.
//! - Problems of content are [`Diagnostic`]s and do not stop a run from finding the next one;
//!   failures of the environment are an [`Error`].
//! - No id is published that is not in the lock, and none that is there changes.
//! - The present enters once, as `Overrides::now`. The same files and the same `now` give the
//!   same bytes on any machine.
//!
//! # What is not here
//!
//! No template engine, no network but for `ping` and `http`, no clock in the core, no `unsafe`, and nothing
//! that knows a particular site.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::string_slice))]
#![warn(missing_docs, unreachable_pub)]

mod build;
mod cache;
pub mod cli;
mod commands;
mod fix;
#[cfg(any(fuzzing, test))]
#[doc(hidden)]
#[allow(clippy::expect_used, clippy::panic)] // What fails here fails a fuzz target or a test.
pub mod fuzzing;
#[cfg(feature = "http")]
mod http;
mod load;
#[cfg(any(feature = "http", feature = "ping"))]
mod network;
#[cfg(feature = "ping")]
mod ping;
mod publish;
mod redirects;
mod render;
mod report;
mod run;
mod select;
mod state;

pub use crate::build::build;
pub use crate::commands::{
    Adoption, Fate, FeedChecker, FeedLink, FeedMove, Fixed, Knows, LostId, Migration, NewPaths,
    OldFeed, OldFeeds, OldSite, Reader, Readers, Row, SiteCheck, adopt, check_site, fix, links,
    list, migrate, write_fixes,
};
#[cfg(feature = "http")]
pub use crate::commands::{Asked, FetchOptions, fetch_enclosures};
#[cfg(feature = "ping")]
pub use crate::ping::{Ping, PingOptions, ping};
pub use crate::publish::Change;
pub use crate::report::{
    FeedReport, FileReport, LeftBecause, LeftBehind, PostCounts, Report, ScheduledPost,
};
pub use crate::run::{BuildOptions, Progress};
pub use crate::state::alarm::Alarm;
pub use crate::state::arrivals::Arrival;
pub use crate::state::compare::{ChangedEntry, Difference, EntryName, HeadChange, NewEntry};
pub use crate::state::held::{Held, HeldKind, KnownPost};
pub use crate::state::plan::FeedPlan;
pub use feedwright_base::date::{Order, Timestamp};
pub use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
pub use feedwright_base::error::Error;
pub use feedwright_check::{CheckOptions, Profile, Vocabulary, check_feed};
pub use feedwright_feed as feed;
pub use feedwright_feed::Html;
pub use feedwright_site::config::{Config, Overrides};
pub use feedwright_site::post::Post;
