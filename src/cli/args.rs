//! The commands and what all of them take; the arguments of each stand with the command.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::accept::AcceptArgs;
use super::adopt::AdoptArgs;
use super::build::BuildArgs;
use super::check::CheckArgs;
use super::detail::Loudness;
#[cfg(feature = "http")]
use super::enclosures::EnclosuresArgs;
use super::init::InitArgs;
use super::links::LinksArgs;
use super::list::ListArgs;
use super::migrate::MigrateArgs;
#[cfg(feature = "ping")]
use super::ping::PingArgs;
use super::plan::PlanArgs;

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
    #[command(flatten)]
    loudness: Loudness,
}

impl Arguments {
    /// The arguments of this run. Without a command, `feedwright` is `feedwright build`.
    pub(super) fn of_run() -> Self {
        let mut arguments = Arguments::parse();
        if arguments.command.is_none() {
            let mut words: Vec<OsString> = std::env::args_os().collect();
            words.insert(1.min(words.len()), "build".into());
            arguments = Arguments::parse_from(words);
        }
        // What stands before the command and what stands behind it is parsed apart.
        if let Some([one, other]) = arguments.loudness.conflict() {
            let message = format!("the argument '{one}' cannot be used with '{other}'\n");
            let mut command = Arguments::command();
            command.error(ErrorKind::ArgumentConflict, message).exit();
        }
        arguments
    }
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
    /// List the posts of the site, newest first.
    List(ListArgs),
    /// Tell the hubs of `feeds.hubs` which feeds changed since they were told last.
    #[cfg(feature = "ping")]
    Ping(PingArgs),
    /// Find out how large the files elsewhere are that posts name, which feeds have to say.
    #[cfg(feature = "http")]
    Enclosures(EnclosuresArgs),
    /// Print the links by which pages and servers name the feeds, also those that have moved.
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
