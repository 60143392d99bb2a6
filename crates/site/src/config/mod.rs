//! Loads and checks the configuration. The command line takes precedence over `feedwright.yaml`, and
//! that over the configuration of the site's generator.

mod beside;
mod check;
mod content;
mod enclosures;
pub mod expression;
mod feed_paths;
mod feeds;
mod languages;
mod load;
mod mistakes;
mod own_feeds;
mod places;
pub mod podcast;
mod read;
mod rendered;
mod site;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use feedwright_base::date::{Order, Present, Timestamp, Zone};
use feedwright_base::diagnostic::Diagnostic;
use feedwright_base::permalink;
use feedwright_feed::{Format, Person};
use globset::GlobSet;
use url::Url;

use crate::dialect::recognition::Candidate;
use crate::dialect::{Dialect, Names};
use crate::folder::Folder;
use crate::import::Imported;
use crate::settings::OwnFeed;
use crate::settings::lints::Levels;

pub use self::beside::{Beside, Companion, Host, PATHS as BESIDE, Page, Redirects};
pub use self::enclosures::{Facts, KnownFiles};
pub use self::languages::LanguageSite;
pub use self::places::Written;
pub use self::podcast::{CHAPTERS, Episodes, PODCASTS, Podcast};
pub use self::rendered::{RenderedSite, TitledPage};
pub use crate::settings::{
    ContentKind, DialectName, ExtraFeed, FieldSettings, ImageSource, Keys, SiteDefaults, StateKind,
    Taxonomy, TermPage, UpdatedFrom, schema,
};

/// Settings from the command line, or from a program that uses the library, which take precedence
/// over all others.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Overrides {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration file, if not `feedwright.yaml` in the site's folder.
    pub config: Option<PathBuf>,
    /// The configuration itself, as the text of a `feedwright.yaml`, in place of any file. JSON is
    /// such a text, too.
    pub settings: Option<String>,
    /// The folder that is published as the site's root.
    pub output: Option<PathBuf>,
    /// Whether that folder is only a preview: the run then promises nothing.
    pub preview: bool,
    /// The lock, if not `feedwright.lock` in the site's folder.
    pub lock: Option<PathBuf>,
    /// The folder that the site's generator wrote, in place of `content.rendered`.
    pub rendered: Option<PathBuf>,
    /// The address of the site.
    pub site_url: Option<String>,
    /// The address that the run before had, for a site of which nothing else says one.
    pub known_url: Option<String>,
    /// The zone of dates that name none.
    pub timezone: Option<String>,
    /// The file whose posts are taken in place of those of the site's folder; `-` is standard input.
    pub from: Option<PathBuf>,
    /// The present time: posts with a later date are not published yet.
    pub now: Timestamp,
}

impl Overrides {
    /// The overrides for a site's folder and a present time, which override nothing else.
    pub fn new(root: impl Into<PathBuf>, now: Timestamp) -> Self {
        Overrides {
            root: root.into(),
            config: None,
            settings: None,
            output: None,
            preview: false,
            lock: None,
            rendered: None,
            site_url: None,
            known_url: None,
            timezone: None,
            from: None,
            now,
        }
    }
}

/// The checked configuration of a run.
pub struct Config {
    /// The site's folder.
    pub root: Folder,
    pub site: Site,
    pub content: Content,
    pub feeds: Feeds,
    pub podcasts: Vec<Podcast>,
    /// What is written beside the feeds.
    pub beside: Beside,
    pub guard: Guard,
    /// The settings as they are written.
    pub written: Written,
    pub state: StateKind,
    /// The lock, where the command line names one.
    pub lock: Option<PathBuf>,
    /// The levels of lints.
    pub lints: Levels,
    /// The file that the site's generator is configured by.
    pub generator: Option<Cow<'static, str>>,
    /// The generators that may make the site, the likeliest first, where the configuration does not
    /// name one.
    pub candidates: Vec<Candidate>,
    pub present: Present,
    /// Whether the settings came from a program and not from a file.
    pub of_program: bool,
    /// What the posts are taken from in place of the site's folder.
    pub from: Option<Imported>,
    /// What is known of enclosures that lie elsewhere.
    pub enclosures: KnownFiles,
}

/// The number of changed posts of each kind that a run may have without being stopped.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    pub max_resent: usize,
    pub max_resurfaced: usize,
    pub max_changed: usize,
}

/// The site.
pub struct Site {
    pub title: String,
    /// Ends with a slash.
    pub url: Url,
    pub description: String,
    pub language: Option<String>,
    pub zone: Zone,
    /// Never empty: a site without authors counts as its own author.
    pub authors: Vec<Person>,
    pub icon: Option<Url>,
    pub logo: Option<Url>,
    pub rights: Option<String>,
}

impl Site {
    /// The zone as a named one; UTC where it is only an offset.
    pub fn tz(&self) -> Tz {
        match self.zone {
            Zone::Named(tz) => tz,
            Zone::Fixed(_) => Tz::UTC,
        }
    }

    /// The name of the zone, or its offset.
    pub fn zone_name(&self) -> String {
        match self.zone {
            Zone::Named(tz) => tz.name().to_owned(),
            Zone::Fixed(offset) => offset.to_string(),
        }
    }
}

/// Where the posts are and how they are read.
pub struct Content {
    pub folders: Vec<PathBuf>,
    pub ignore: GlobSet,
    /// Which posts the site's main feed takes; `None` leaves that to the dialect.
    pub include: Option<GlobSet>,
    pub dialect: Box<dyn Dialect>,
    pub names: Names,
    pub drafts: bool,
    pub future: bool,
    pub order: Option<Order>,
    /// Whether that is only what the generator tries first.
    pub order_is_usual: bool,
    pub updated: UpdatedFrom,
    pub rendered: Option<RenderedSite>,
    /// Where the picture of a post is taken from.
    pub image: ImageSource,
    /// The folders whose files are published from the site's root on, by their paths in there.
    pub copied: Vec<PathBuf>,
}

impl Content {
    /// Whether a path lies in the rendered site, where no sources are.
    pub fn is_rendered(&self, path: &Path) -> bool {
        self.rendered.as_ref().is_some_and(|site| {
            !self.dialect.reads_pages()
                && !site.folder.as_os_str().is_empty()
                && path.starts_with(&site.folder)
        })
    }
}

/// Which feeds are written.
pub struct Feeds {
    /// Absolute, or relative to the working folder.
    pub output: PathBuf,
    /// Whether the output folder is only a preview, which nobody subscribes to.
    pub preview: bool,
    /// At least one; each with the path patterns of the site's feed and of all others.
    pub formats: Vec<FormatPaths>,
    /// The path patterns of all formats, whether they are written or not.
    pub known: Vec<FormatPaths>,
    /// The feeds that the generator makes by itself.
    pub own: Vec<OwnFeed>,
    /// `None` means all.
    pub limit: Option<usize>,
    pub content: ContentKind,
    pub taxonomies: Vec<Taxonomy>,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    /// How many posts a member of a taxonomy needs.
    pub min_posts: usize,
    /// How many members of taxonomies may have feeds; `None` means the default, with a warning when
    /// they are many.
    pub max_feeds: Option<usize>,
    pub extra: Vec<ExtraFeed>,
    /// Where the site has pages of tags and the like.
    pub term_pages: Vec<TermPage>,
    /// What the site's generator says of its languages.
    pub languages: Vec<LanguageSite>,
    /// Whether older posts stand in archive pages.
    pub archive: bool,
    pub hubs: Vec<Url>,
    /// The namespaces of the site's own elements: prefix and URI.
    pub namespaces: Vec<(String, String)>,
    /// Whether pictures of entries are named as small ones, too.
    pub thumbnails: bool,
    /// `None` means no limit.
    pub max_bytes: Option<usize>,
}

impl Feeds {
    /// Whether a finding of a check is that nobody knows a namespace of the site's own: the site does.
    pub fn is_of_own_namespace(&self, found: &Diagnostic) -> bool {
        let mut own = self.namespaces.iter();
        found.code == "namespace-unknown"
            && own.any(|(_, uri)| found.message.contains(&format!("`{uri}`")))
    }
}

/// The path patterns of a format.
#[derive(Debug, Clone)]
pub struct FormatPaths {
    pub format: Format,
    pub site: String,
    pub taxonomy: String,
}

impl FormatPaths {
    /// The file of the site's own feed, relative to the output folder.
    pub fn site_file(&self) -> PathBuf {
        let path = permalink::decode(&self.site).unwrap_or_else(|| self.site.clone());
        path.trim_start_matches('/').split('/').collect()
    }
}

/// The name of the configuration file in a site's folder.
pub const FILE: &str = "feedwright.yaml";

/// The name of the file that says what is known of enclosures elsewhere.
pub const ENCLOSURES: &str = "feedwright.enclosures.yaml";

/// The name of the lock, which no feed may have.
pub const LOCK: &str = "feedwright.lock";

impl Config {
    /// The language of posts that name none.
    pub fn language(&self) -> Option<&str> {
        self.site.language.as_deref()
    }

    /// Whether the run is a preview, by its settings or because the site's address is on the local
    /// machine. It then promises nothing.
    pub fn is_preview(&self) -> bool {
        self.feeds.preview || permalink::is_loopback(&self.site.url)
    }

    /// The podcast that a feed is.
    pub fn podcast(&self, key: &str) -> Option<&Podcast> {
        self.podcasts.iter().find(|podcast| podcast.key == key)
    }

    /// How many entries a feed takes; `None` means all.
    pub fn limit(&self, key: &str) -> Option<usize> {
        match self.podcast(key) {
            Some(podcast) => podcast.limit,
            None => self.feeds.limit,
        }
    }

    /// Where the lock is.
    pub fn lock(&self) -> PathBuf {
        match &self.lock {
            Some(lock) => std::path::absolute(lock).unwrap_or_else(|_| lock.clone()),
            None => self.root.path().join(LOCK),
        }
    }

    /// How many hubs the site has.
    pub fn hubs(&self) -> usize {
        self.feeds.hubs.len()
    }

    /// The folder that is published as the site's root.
    pub fn output(&self) -> &Path {
        &self.feeds.output
    }
}
