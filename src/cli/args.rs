//! Arguments as people give them.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use etcetera::BaseStrategy;
use feedwright_base::date::{self, Timestamp, Zone};
use feedwright_base::error::Error;
use feedwright_check::Profile;
use feedwright_site::config::Host;
use feedwright_site::config::Overrides;

use crate::run::BuildOptions;

/// Turns the posts of any static site into RSS, Atom and JSON feeds.
#[derive(Debug, Parser)]
#[command(
    name = "feedwright",
    version,
    about,
    after_help = "Without a command, `feedwright` is `feedwright build`.\n\n\
                  Exit codes: 0 done; 1 content was refused, nothing written; 2 usage, \
                  configuration or environment; 3 entries are held, or nothing was written, \
                  because subscribers might get old posts again; 4 done, but for posts that are wrong. Of `feedwright \
                  check`: 1 there are errors, or warnings under --strict."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// How problems are reported on standard error.
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// For people, in color on a terminal.
    Human,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// One SARIF 2.1.0 document; of `feedwright check` alone.
    Sarif,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the feeds and publish those that changed.
    Build(BuildArgs),
    /// Show what subscribers would see of a build, and write nothing.
    Plan(PlanArgs),
    /// Publish entries that the guard holds.
    Accept(AcceptArgs),
    /// Check feeds of any program; without FILE, a site: its configuration, every post, and the
    /// feeds as they would be.
    Check(CheckArgs),
    /// Take the ids and dates of feeds that are in use into feedwright.lock.
    Adopt(AdoptArgs),
    /// Move from another generator or host: take its ids, dates and feed addresses, and say what
    /// readers would be sent.
    Migrate(MigrateArgs),
    /// Show the posts that are understood, newest first.
    List(ListArgs),
    /// Tell the hubs of `feeds.hubs` which feeds changed since they were told last.
    #[cfg(feature = "ping")]
    Ping(PingArgs),
    /// Print what pages and servers say so that readers find the feeds, also those that have moved.
    Links(LinksArgs),
    /// Look at a site and write a commented feedwright.yaml.
    Init(InitArgs),
    /// Say what a code means that any command prints; without CODE, all that are neither checks of
    /// feeds nor lints.
    Explain {
        /// The code, such as `date-gap`.
        code: Option<String>,
    },
    /// Print the JSON Schema of feedwright.yaml.
    Schema,
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    Man,
}

impl Command {
    pub(super) fn default_build() -> Self {
        Command::Build(BuildArgs::default())
    }
}

/// Which site, and what is said over its configuration.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct SiteArgs {
    /// The site's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
}

/// The same where other arguments stand without a name.
#[derive(Debug, Default, Args)]
pub(super) struct NamedSiteArgs {
    /// The site's folder.
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
}

/// What is said over a site's configuration, and how much is told.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct OverArgs {
    /// The configuration, instead of DIR/feedwright.yaml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What readers were promised, instead of DIR/feedwright.lock.
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// The address of the site, such as `https://www.example.gov`.
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// The zone of dates that name none, such as America/New_York.
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The present, as 2021-12-13T09:30:00Z; by default SOURCE_DATE_EPOCH, else the clock.
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
    /// Say nothing but warnings and errors.
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Show notes, and every one of similar warnings.
    #[arg(short, long)]
    pub(super) verbose: bool,
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
    /// Publish what is right, however many posts are wrong.
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Publish nothing where a single post is wrong.
    #[arg(long, conflicts_with = "keep_going")]
    pub(super) strict: bool,
    /// Publish everything that the guard holds or stops for.
    #[arg(long)]
    pub(super) accept_resend: bool,
    /// The feeds that subscribers have now, at the same paths below this folder.
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

#[derive(Debug, Default, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Say what subscribers would see, and write nothing: the same as `feedwright plan`.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Only write what would be published to the folder of `--output`, and promise nothing.
    #[arg(long)]
    pub(super) preview: bool,
    /// Refuse to change feedwright.lock, as a job does that cannot commit it.
    #[arg(long, conflicts_with = "prune")]
    pub(super) locked: bool,
    /// Check every feed as a whole, as `feedwright check` does, before it is published.
    #[arg(long)]
    pub(super) verify: bool,
    /// Remove feeds that no post belongs to any more.
    #[arg(long)]
    pub(super) prune: bool,
    /// Where runs are remembered, so that those that find nothing new are quick; by default
    /// `feedwright` in the user's folder of caches.
    #[arg(long, value_name = "DIR", env = "FEEDWRIGHT_CACHE_DIR")]
    pub(super) cache_dir: Option<PathBuf>,
    /// Read everything, whatever earlier runs found, and remember nothing.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Say on standard error how long each stage took.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human"
    )]
    pub(super) timings: Option<TimingsFormat>,
    /// Report on standard output what happened to every feed.
    #[arg(long, value_name = "FORMAT")]
    pub(super) report: Option<ReportFormat>,
}

impl BuildArgs {
    /// The folder where runs are remembered; `None` where nobody wants that, or there is no place.
    pub(super) fn cache(&self) -> Option<PathBuf> {
        if self.no_cache {
            return None;
        }
        // An empty variable is none, as shells have it.
        let named = self.cache_dir.as_ref();
        let named = named.filter(|folder| !folder.as_os_str().is_empty());
        named.cloned().or_else(|| {
            let places = etcetera::choose_base_strategy().ok()?;
            Some(places.cache_dir().join("feedwright"))
        })
    }
}

#[derive(Debug, Default, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Say what it means for who reads the feeds.
    #[arg(long = "for", value_name = "CONSUMER")]
    pub(super) consumer: Option<Consumer>,
    /// When Mailchimp last sent, as 2021-12-13T09:30:00Z; without it, the plan assumes that it
    /// sends daily and has sent the newest published entry.
    #[arg(long, value_name = "DATE")]
    pub(super) last_send: Option<String>,
    /// Show every new and changed entry as people would get it, as a page in this file; `-` is
    /// standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) preview: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

/// Who reads feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Consumer {
    /// `GovDelivery` Page Watch: an id is a bulletin, a change under it a draft.
    Govdelivery,
    /// Mailchimp's RSS-to-email: goes by dates.
    Mailchimp,
    /// Podcast directories and apps: an id is an episode.
    Podcast,
}

impl Consumer {
    pub(super) fn name(self) -> &'static str {
        match self {
            Consumer::Govdelivery => "GovDelivery",
            Consumer::Mailchimp => "Mailchimp",
            Consumer::Podcast => "Podcast apps",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct AcceptArgs {
    /// The files or ids of entries that are held; `doubtful`, `resent`, `changed` or `resurfaced`
    /// means all of that kind.
    #[arg(value_name = "ENTRY", required = true)]
    pub(super) entries: Vec<String>,
    /// The doubtful ones are the posts that they may be, and keep their ids; without this, they
    /// are new posts.
    #[arg(long)]
    pub(super) same: bool,
    /// Publish what is right, however many posts are wrong.
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    site: NamedSiteArgs,
    /// The folder that the web server publishes as the site's root.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The feeds that subscribers have now, at the same paths below this folder.
    #[arg(long, value_name = "DIR")]
    published: Option<PathBuf>,
}

impl AcceptArgs {
    /// The run that publishes what is accepted.
    pub(super) fn run(self) -> (RunArgs, BuildOptions) {
        let run = RunArgs {
            site: SiteArgs {
                dir: self.site.dir,
                over: self.site.over,
            },
            output: self.output,
            preview: false,
            keep_going: self.keep_going,
            strict: false,
            accept_resend: false,
            published: self.published,
        };
        let options = BuildOptions {
            accept: self.entries,
            accept_same: self.same,
            ..run.options()
        };
        (run, options)
    }
}

#[derive(Debug, Args)]
pub(super) struct AdoptArgs {
    /// RSS, Atom or JSON feeds of any program; `-` is standard input.
    #[arg(value_name = "FEED", required = true)]
    pub(super) feeds: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) site: NamedSiteArgs,
    /// Say what would be taken over, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct MigrateArgs {
    /// What there was: a feed, an export of WordPress, or the folder that the old generator wrote
    /// the site to.
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The site's folder now.
    #[arg(value_name = "NEW", default_value = ".")]
    pub(super) new: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
    /// Say what would be, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Also print redirects from old addresses to new ones, for this server.
    #[arg(long, value_name = "SERVER")]
    pub(super) redirects: Option<Server>,
    /// Write the redirects to this new file instead.
    #[arg(long, value_name = "FILE", requires = "redirects")]
    pub(super) redirects_file: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

impl MigrateArgs {
    /// What the library needs of all this.
    pub(super) fn overrides(&self) -> Result<Overrides, Error> {
        self.over.overrides(&self.new)
    }

    /// The run that comes after it.
    pub(super) fn next_run(&self) -> RunArgs {
        RunArgs {
            site: SiteArgs {
                dir: self.new.clone(),
                over: self.over.clone(),
            },
            ..RunArgs::default()
        }
    }
}

/// What redirects are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Server {
    /// The file `_redirects` of Netlify, Cloudflare Pages and GitLab Pages.
    Netlify,
    /// A map for nginx.
    Nginx,
    /// Directives for Apache.
    Apache,
}

impl From<Server> for Host {
    fn from(server: Server) -> Self {
        match server {
            Server::Netlify => Host::Netlify,
            Server::Nginx => Host::Nginx,
            Server::Apache => Host::Apache,
        }
    }
}

/// Who reads feeds and asks more of them than the specifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Reader {
    /// `GovDelivery` Page Watch.
    Govdelivery,
    /// Mailchimp's RSS-to-email.
    Mailchimp,
    /// Podcast directories and apps: Apple's rules and those of Podcasting 2.0.
    Podcast,
    /// Google News, as far as it documents them.
    GoogleNews,
}

impl From<Reader> for Profile {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Govdelivery => Profile::Govdelivery,
            Reader::Mailchimp => Profile::Mailchimp,
            Reader::Podcast => Profile::Podcast,
            Reader::GoogleNews => Profile::GoogleNews,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// RSS, Atom or JSON feeds, folders that hold some, or `-` for standard input.
    #[arg(value_name = "FILE", conflicts_with_all = ["fix", "dir", "config", "site_url"])]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) site: NamedSiteArgs,
    /// Also check what somebody who will read the feeds asks for.
    #[arg(long = "for", value_name = "READER")]
    pub(super) reader: Option<Reader>,
    /// Leave out the HTML inside entries.
    #[arg(long)]
    pub(super) no_html: bool,
    /// Say what a code means; without CODE, what all of them mean, as Markdown.
    #[arg(long, value_name = "CODE", exclusive = true)]
    pub(super) explain: Option<Option<String>>,
    /// Take warnings for errors.
    #[arg(long)]
    pub(super) strict: bool,
    /// Show what can be mended in front matters, ask, and mend it.
    #[arg(long)]
    pub(super) fix: bool,
    /// Mend it without asking.
    #[arg(short, long, requires = "fix")]
    pub(super) yes: bool,
}

/// How the time that stages took is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimingsFormat {
    /// A line a stage.
    Human,
    /// One JSON object on a line.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// One JSON object.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
    /// Say by what evidence each post keeps the id that readers know.
    #[arg(long)]
    pub(super) why: bool,
}

#[cfg(feature = "ping")]
#[derive(Debug, Args)]
pub(super) struct PingArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Say what would be told, and tell nobody.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Tell hubs within private networks, too.
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Tell of every feed, whatever was told before.
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct LinksArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Also the feed of this tag, category, author or the like, by its name or slug; may stand
    /// several times.
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// For whom.
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    pub(super) format: LinkFormat,
}

/// For whom links to feeds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LinkFormat {
    /// Elements for the head of a page.
    Html,
    /// Headers of HTTP.
    Headers,
    /// One JSON array.
    Json,
    /// Redirects from old addresses of feeds for Netlify, Cloudflare Pages and GitLab Pages.
    Netlify,
    /// The same for nginx.
    Nginx,
    /// The same for Apache.
    Apache,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The site's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// The address of the site.
    #[arg(long, value_name = "URL")]
    pub(super) site_url: Option<String>,
    /// Print the configuration instead of writing it.
    #[arg(long)]
    pub(super) stdout: bool,
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
    fn overrides(&self, dir: &Path) -> Result<Overrides, Error> {
        let root = match dir.as_os_str().is_empty() {
            true => Path::new("."),
            false => dir,
        };
        let mut overrides = Overrides::new(root, now(self.now.as_deref())?);
        overrides.config.clone_from(&self.config);
        overrides.lock.clone_from(&self.lock);
        overrides.site_url.clone_from(&self.site_url);
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

/// A date of the command line, in UTC where it names no zone.
pub(super) fn moment(option: &str, text: &str) -> Result<Timestamp, Error> {
    date::parse(text, None)
        .and_then(|written| written.resolve(Zone::Named(chrono_tz::UTC)))
        .map_err(|refusal| Error::new(format!("{option}: {}; {}", refusal.message, refusal.help)))
}

/// The present: given, else of `SOURCE_DATE_EPOCH`, else of the clock.
pub(super) fn now(given: Option<&str>) -> Result<Timestamp, Error> {
    if let Some(text) = given {
        return moment("--now", text);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse()
            .ok()
            .and_then(Timestamp::from_epoch)
            .ok_or_else(|| {
                Error::new(format!(
                    "SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"
                ))
            }),
        Err(_) => Ok(Timestamp::new(chrono::Utc::now().fixed_offset())),
    }
}
