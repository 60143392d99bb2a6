//! The command line: arguments to the library's calls, and their results to people.

mod accept;
mod adopt;
mod args;
mod build;
mod check;
mod consumers;
mod detail;
#[cfg(feature = "http")]
mod enclosures;
mod explain;
mod faces;
mod held;
mod init;
mod left;
mod links;
mod list;
mod migrate;
mod moments;
mod output;
#[cfg(feature = "ping")]
mod ping;
mod plan;
mod preview;
mod progress;
mod render;
mod sarif;
mod scheduled;
mod signals;
mod site_args;
mod timings;

use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::schema;

use crate::state::lock;
use crate::{Config, Overrides};

use self::args::{Arguments, Command, MessageFormat};
use self::output::{in_line, print_as_it_is, tell};
use self::render::Renderer;
use self::site_args::OverArgs;

/// Done.
const DONE: u8 = 0;
/// Content was refused; nothing was written.
const REFUSED: u8 = 1;
/// Usage, configuration or environment.
const USAGE: u8 = 2;
/// Entries are held, or nothing was written, because subscribers might get old posts again.
const GUARDED: u8 = 3;
/// Done under `--keep-going`, with refusals.
const DONE_PARTLY: u8 = 4;

/// Runs the program and says how it ended.
pub fn run() -> ExitCode {
    let arguments = Arguments::of_run();
    let renderer = Renderer::new(arguments.message_format);
    let is_check = matches!(arguments.command, Some(Command::Check(_)));
    if arguments.message_format == MessageFormat::Sarif && !is_check {
        let message = "--message-format sarif is for `feedwright check`";
        Renderer::new(MessageFormat::Human).error(&Error::new(message));
        return ExitCode::from(USAGE);
    }
    signals::watch();
    let result = match arguments.command.unwrap_or_else(Command::default_build) {
        Command::Build(args) => build::run(&args, &renderer),
        Command::Plan(args) => plan::run(&args, &renderer),
        Command::Check(args) => check::run(&args, &renderer),
        Command::Accept(args) => accept::run(args, &renderer),
        Command::Adopt(args) => adopt::run(&args, &renderer),
        Command::Migrate(args) => migrate::run(&args, &renderer),
        Command::List(args) => list::run(&args, &renderer),
        #[cfg(feature = "ping")]
        Command::Ping(args) => ping::run(&args, &renderer),
        #[cfg(feature = "http")]
        Command::Enclosures(args) => enclosures::run(&args, &renderer),
        Command::Links(args) => links::run(&args, &renderer),
        Command::Init(args) => init::run(&args, &renderer),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Schema => print_as_it_is(&format!("{}\n", schema())),
        Command::Completions { shell } => {
            let mut bytes = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "feedwright", &mut bytes);
            print_as_it_is(&String::from_utf8_lossy(&bytes))
        }
        Command::Man => man(),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            renderer.error(&error);
            ExitCode::from(USAGE)
        }
    }
}

/// Says why nothing happens for a while.
fn waiting() {
    tell("another run is changing the same site; waiting for it to end\n");
}

fn man() -> Result<u8, Error> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Arguments::command())
        .render(&mut bytes)
        .map_err(|error| Error::new(format!("cannot make the man page: {error}")))?;
    print_as_it_is(&String::from_utf8_lossy(&bytes))
}

/// By what a site is known to be its generator's, a line for each that it may be.
fn known_by(config: &Config) -> Vec<String> {
    let lines = config.candidates.iter().enumerate();
    let known = lines.map(|(at, candidate)| match at {
        0 => format!("the site is made by {}", candidate.described()),
        _ => format!("less speaks for {}", candidate.described()),
    });
    known.chain(own_feeds(config)).collect()
}

/// The feeds of the generator that people may be subscribed to, and that ours do not stand for.
fn own_feeds(config: &Config) -> impl Iterator<Item = String> {
    let places: Vec<&str> = config
        .feeds
        .formats
        .iter()
        .map(|format| format.site.as_str())
        .collect();
    let others = config
        .feeds
        .own
        .iter()
        .filter(move |own| !places.contains(&own.path.as_str()));
    others.map(|own| {
        format!(
            "{} makes a feed at {}; if people are subscribed to it, `feedwright init --takeover` lets \
             ours stand there",
            own.maker, own.path
        )
    })
}

/// The checked configuration; `Err` is the exit code after the problems were shown.
fn configure(
    overrides: &Overrides,
    over: &OverArgs,
    renderer: &Renderer,
    diags: &mut Diagnostics,
) -> Result<Result<Config, u8>, Error> {
    match Config::load(overrides, diags)? {
        Some(config) => {
            if over.is_verbose() && renderer.is_human() {
                for line in known_by(&config) {
                    tell(&format!("{}\n", in_line(&line)));
                }
            }
            Ok(Ok(config))
        }
        None => {
            // Where the address was in a lock that is damaged, that is what has to be mended.
            if overrides.known_url.is_none() && diags.iter().any(|found| found.code == "config-url")
            {
                let shown = overrides.lock.as_deref().unwrap_or(Path::new(lock::FILE));
                let path = match &overrides.lock {
                    Some(path) => path.clone(),
                    None => overrides.root.join(lock::FILE),
                };
                lock::examine(&path, shown)?;
            }
            renderer.diagnostics(diags, over.detail());
            Ok(Err(USAGE))
        }
    }
}
