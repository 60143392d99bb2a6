//! Builds a site at every commit of its history and says how often a reader who knows entries by
//! id would have been told of each post:
//!
//! `cargo run --release --example history -- REPOSITORY COMMITS LIMIT [ARGUMENT…]`
//!
//! `REPOSITORY` is a clone that may be changed, `COMMITS` a file with a commit at the beginning of
//! each line, oldest first, `LIMIT` how many entries the feed has (0 means all); more arguments go
//! to every run of feedwright, which is taken from the folder above this program's. Nobody answers
//! what is held, unless `FEEDWRIGHT_ANSWERS` is set: then Git's renames do.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use simulation::{Count, Simulation};

mod simulation;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [repository, commits, limit, more @ ..] = arguments.as_slice() else {
        eprintln!("usage: history REPOSITORY COMMITS LIMIT [ARGUMENT…]");
        return ExitCode::from(2);
    };
    match run(repository, commits, limit, more) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(repository: &str, commits: &str, limit: &str, more: &[String]) -> Result<(), String> {
    let text = fs::read_to_string(commits).map_err(|error| format!("{commits}: {error}"))?;
    let commits: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = program.parent().and_then(Path::parent);
    let feedwright = folder.unwrap_or(Path::new(".")).join("feedwright");
    let simulation = Simulation {
        feedwright: &feedwright,
        repository: Path::new(repository),
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
    Ok(())
}
