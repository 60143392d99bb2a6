//! Builds a site at every commit of its history and says how often a reader who knows entries by
//! id would have been told of each post.

use std::fs;
use std::path::PathBuf;

use crate::simulation::{Count, Simulation};
use crate::{Outcome, programs};

/// Builds a site at every commit of its history and says how often a reader who knows entries by id
/// would have been told of each post.
///
/// Runs feedwright as it was built beside this program. Nobody answers what is held, unless
/// `FEEDWRIGHT_ANSWERS` is set: then Git's renames do.
#[derive(clap::Args)]
pub struct Arguments {
    /// A clone that may be changed.
    repository: PathBuf,
    /// A file with a commit at the beginning of each line, oldest first.
    commits: PathBuf,
    /// How many entries the feed has; 0 means all.
    limit: usize,
    /// More arguments of every run of feedwright.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    more: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let Arguments {
        repository,
        commits,
        limit,
        more,
    } = arguments;
    let text =
        fs::read_to_string(commits).map_err(|error| format!("{}: {error}", commits.display()))?;
    let commits: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let feedwright = programs::feedwright()?;
    let simulation = Simulation {
        feedwright: &feedwright,
        repository,
        commits: &commits,
        work: work.path(),
        config: &format!(
            "feeds: {{limit: {limit}, taxonomies: [], content: summary, output: 'OUTPUT', \
             paths: {{atom: /feeds/atom.xml}}}}"
        ),
        arguments: more,
        answers: std::env::var_os("FEEDWRIGHT_ANSWERS").is_some(),
    };
    let outcome = simulation.run(&|at| {
        if at % 50 == 0 {
            eprintln!("{at} of {}", commits.len());
        }
    })?;
    println!(
        "{} commits built, {} without feeds; the guard stopped {} times and held {} entries",
        outcome.builds,
        outcome.refused,
        outcome.alarms.len(),
        outcome.held.len()
    );
    for alarm in &outcome.alarms {
        println!("  stopped: {alarm}");
    }
    for [kind, path, was, because] in &outcome.held {
        println!("  held: {kind} {path} (was {was}; {because})");
    }
    let line = |name: &str, count: &Count| {
        println!(
            "{name:10} {} posts, told again {} times, hidden {}",
            count.posts(),
            count.again(),
            count.hidden.len()
        );
    };
    line("lock", &outcome.by_lock);
    for ids in outcome.by_lock.ids_of_these() {
        println!("  again: {}", ids.join(", "));
    }
    for id in &outcome.by_lock.hidden {
        println!("  hidden: {id}");
    }
    line("permalink", &outcome.by_permalink);
    Ok(true)
}
