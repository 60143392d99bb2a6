//! The arguments that several commands have in common: the site, and what overrides its settings.

use std::path::{Path, PathBuf};

use clap::Args;
use feedwright_base::error::Error;
use feedwright_site::config::Overrides;

use crate::run::BuildOptions;
use crate::state::lock;

use super::detail::{Detail, Loudness};
use super::moments::now;

/// The site, and what overrides its configuration.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct SiteArgs {
    /// The site's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
}

/// The same where other arguments stand without a name.
#[derive(Debug, Default, Args)]
pub(super) struct NamedSiteArgs {
    /// The site's folder.
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
}

/// What overrides a site's configuration, and how much is printed.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct OverArgs {
    /// The configuration, instead of DIR/feedwright.yaml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What readers were promised, instead of DIR/feedwright.lock.
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// Take the posts from FILE, or from standard input if it is `-`, in place of those in DIR: JSON
    /// lines, a JSON array, an export of WordPress, or a feed.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The folder that the site's generator wrote, whose pages have the posts' HTML, instead of
    /// `content.rendered`.
    #[arg(long, value_name = "DIR")]
    rendered: Option<PathBuf>,
    /// The address of the site, such as `https://www.example.gov`.
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// Time zone of dates without one, such as America/New_York.
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Use this as the current time, such as 2021-12-13T09:30:00Z (default: SOURCE_DATE_EPOCH, then the clock).
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
    #[command(flatten)]
    loudness: Loudness,
}

impl OverArgs {
    /// How much is told of what is wrong.
    pub(super) fn detail(&self) -> Detail {
        self.loudness.detail()
    }

    /// Whether nothing is told but what is wrong.
    pub(super) fn is_quiet(&self) -> bool {
        self.detail() <= Detail::Warnings
    }

    /// Whether everything is told.
    pub(super) fn is_verbose(&self) -> bool {
        self.detail() == Detail::All
    }
}

/// What a build and its plan have in common.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The folder that the web server publishes as the site's root.
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Whether the output folder only shows what would be.
    #[arg(skip)]
    pub(super) preview: bool,
    /// Publish the posts that can be read, however many others cannot.
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Publish nothing where a single post is wrong.
    #[arg(long, conflicts_with = "keep_going")]
    pub(super) strict: bool,
    /// Publish everything that the guard holds or stops for.
    #[arg(long)]
    pub(super) accept_resend: bool,
    /// Folder with the feeds that are published now.
    #[arg(long, value_name = "DIR")]
    pub(super) published: Option<PathBuf>,
}

impl RunArgs {
    /// Another command for the same site, to be pasted where this one was run. `rest` comes behind
    /// it as it is.
    pub(super) fn command(&self, name: &str, rest: &[&str]) -> String {
        let over = &self.site.over;
        let path = |path: &PathBuf| path.display().to_string();
        let dir = Some(&self.site.dir).filter(|dir| !matches!(dir.to_str(), Some("." | "")));
        let options = [
            ("-C", dir.map(path)),
            ("--config", over.config.as_ref().map(path)),
            ("--lock", over.lock.as_ref().map(path)),
            ("--from", over.from.as_ref().map(path)),
            ("--rendered", over.rendered.as_ref().map(path)),
            ("--site-url", over.site_url.clone()),
            ("--timezone", over.timezone.clone()),
            ("--output", self.output.as_ref().map(path)),
            ("--published", self.published.as_ref().map(path)),
        ];
        let mut words = vec!["feedwright".to_owned(), name.to_owned()];
        for (option, value) in options {
            let Some(value) = value else { continue };
            let is_positional = option == "-C" && matches!(name, "build" | "links" | "plan");
            let is_known = match name {
                "adopt" | "links" => !matches!(option, "--output" | "--published"),
                _ => true,
            };
            if is_known {
                words.extend((!is_positional).then(|| option.to_owned()));
                words.push(in_shell(&value));
            }
        }
        words.extend(rest.iter().map(|word| in_shell(word)));
        words.join(" ")
    }

    /// What the library needs of all this.
    pub(super) fn options(&self) -> BuildOptions {
        BuildOptions {
            keep_going: self.keep_going,
            strict: self.strict,
            accept_resend: self.accept_resend,
            published: self.published.clone(),
            ..BuildOptions::default()
        }
    }
}

impl SiteArgs {
    /// What the library needs of all this.
    pub(super) fn overrides(&self) -> Result<Overrides, Error> {
        self.over.overrides(&self.dir)
    }
}

impl NamedSiteArgs {
    /// What the library needs of all this.
    pub(super) fn overrides(&self) -> Result<Overrides, Error> {
        self.over.overrides(&self.dir)
    }
}

impl OverArgs {
    pub(super) fn overrides(&self, dir: &Path) -> Result<Overrides, Error> {
        let root = match dir.as_os_str().is_empty() {
            true => Path::new("."),
            false => dir,
        };
        let mut overrides = Overrides::new(root, now(self.now.as_deref())?);
        overrides.config.clone_from(&self.config);
        overrides.lock.clone_from(&self.lock);
        overrides.from.clone_from(&self.from);
        overrides.rendered.clone_from(&self.rendered);
        overrides.site_url.clone_from(&self.site_url);
        let lock = self.lock.clone();
        overrides.known_url = lock::base(&lock.unwrap_or_else(|| root.join(lock::FILE)));
        overrides.timezone.clone_from(&self.timezone);
        Ok(overrides)
    }
}

/// A word as a shell takes it for one.
fn in_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,@%+=~".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('~') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
