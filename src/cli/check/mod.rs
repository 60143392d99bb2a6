//! `feedwright check`.

#[cfg(feature = "http")]
mod delivery;
mod feeds;
mod fix;
mod site;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_check::{CheckOptions, Profile};

use super::explain;
use super::moments::now;
use super::output::print;
use super::render::{Renderer, plural};
use super::site_args::NamedSiteArgs;
use super::{DONE, REFUSED, USAGE};

/// What was looked at, and what is wrong with it.
struct Verdict {
    /// How many of what.
    what: String,
    diagnostics: Diagnostics,
    /// Whether something that was named could not be looked at.
    is_incomplete: bool,
}

/// Who reads feeds and asks more of them than the specifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// `GovDelivery` Page Watch.
    Govdelivery,
    /// Mailchimp's RSS-to-email.
    Mailchimp,
    /// Podcast directories and apps: Apple's rules and those of Podcasting 2.0.
    Podcast,
    /// Google News, as far as it documents them.
    GoogleNews,
}

impl Reader {
    /// That a feed is not checked because it is not for this reader, and one beside it is.
    fn passes_over(self, path: &Path, is_json: bool) -> Diagnostic {
        let takes = match self {
            Reader::Govdelivery => "GovDelivery takes",
            Reader::Mailchimp => "Mailchimp takes",
            Reader::Podcast => "Directories of podcasts take",
            Reader::GoogleNews => "Google News takes",
        };
        let what = if is_json { "JSON Feed" } else { "Atom" };
        Diagnostic::new(
            Severity::Note,
            "feed-passed-over",
            Some(Location::file(path)),
            format!("{takes} no {what}: the file was passed over, as another one is for that"),
        )
    }
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
pub(in crate::cli) struct CheckArgs {
    /// RSS, Atom or JSON feeds, folders that hold some, or `-` for standard input; addresses with
    /// `--http` or `--har`.
    #[arg(value_name = "FILE", conflicts_with_all = ["fix", "dir", "config", "rendered", "site_url"])]
    files: Vec<PathBuf>,
    #[command(flatten)]
    site: NamedSiteArgs,
    /// Fetch feeds as readers do, and judge what the server answers, too.
    #[cfg(feature = "http")]
    #[arg(long, requires = "files")]
    http: bool,
    /// Judge answers that a HAR file recorded, offline: for the addresses named, or all feeds in it.
    #[cfg(feature = "http")]
    #[arg(long, value_name = "HAR", conflicts_with_all = ["http", "fix", "dir", "config", "site_url"])]
    har: Option<PathBuf>,
    /// Fetch from private networks, too.
    #[cfg(feature = "http")]
    #[arg(long, requires = "http")]
    allow_private: bool,
    /// Also check what somebody who will read the feeds asks for.
    #[arg(long = "for", value_name = "READER")]
    reader: Option<Reader>,
    /// Leave out the HTML inside entries.
    #[arg(long)]
    no_html: bool,
    /// Pass over files that are no feeds, for tools that name every file.
    #[arg(long, requires = "files")]
    skip_others: bool,
    /// Say what a code means; without CODE, what all of them mean, as Markdown.
    #[arg(long, value_name = "CODE", exclusive = true)]
    explain: Option<Option<String>>,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
    /// Show what can be mended in front matters, ask, and mend it.
    #[arg(long)]
    fix: bool,
    /// Mend it without asking.
    #[arg(short, long, requires = "fix")]
    yes: bool,
}

pub(super) fn run(args: &CheckArgs, renderer: &Renderer) -> Result<u8, Error> {
    if let Some(code) = &args.explain {
        return print(&explained(code.as_deref())?);
    }
    let mut options = CheckOptions::new(now(args.site.over.now.as_deref())?);
    options.html = !args.no_html;
    options.profile = args.reader.map(Into::into);
    let verdict = match look(args, &options, renderer)? {
        Ok(verdict) => verdict,
        Err(code) => return Ok(code),
    };
    let over = &args.site.over;
    renderer.results(&verdict.diagnostics, over.detail())?;
    if !over.is_quiet() && renderer.is_human() {
        print(&verdict.summary())?;
    }
    Ok(verdict.code(args.strict))
}

/// Looks at what is meant; `Err` is the exit code after the problems were shown.
fn look(
    args: &CheckArgs,
    options: &CheckOptions,
    renderer: &Renderer,
) -> Result<Result<Verdict, u8>, Error> {
    #[cfg(feature = "http")]
    if args.http || args.har.is_some() {
        return delivery::run(args, options).map(Ok);
    }
    if args.files.is_empty() {
        return site::run(args, options, renderer);
    }
    Ok(Ok(feeds::run(args, options)))
}

impl Verdict {
    fn summary(&self) -> String {
        let count = |severity| self.diagnostics.count(severity);
        format!(
            "Checked {}: {}, {}.\n",
            self.what,
            plural(count(Severity::Error), "error"),
            plural(count(Severity::Warning), "warning"),
        )
    }

    /// How it ended, for scripts.
    fn code(&self, strict: bool) -> u8 {
        let diags = &self.diagnostics;
        if self.is_incomplete {
            return USAGE;
        }
        let is_refused = diags.has_errors() || (strict && diags.count(Severity::Warning) > 0);
        if is_refused { REFUSED } else { DONE }
    }
}

/// What one code means, or all checks.
fn explained(code: Option<&str>) -> Result<String, Error> {
    match code {
        Some(code) => explain::of_code(code),
        None => Ok(feedwright_check::markdown()),
    }
}
