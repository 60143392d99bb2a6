//! What developers of feedwright run, and nobody else: `cargo xtask --help` names all of it.
//!
//! A program of its own, which neither `cargo build` nor `cargo test` of the project makes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod bodies;
mod check_speed;
mod compare;
#[path = "../../benches/corpus.rs"]
mod corpus;
#[path = "../../benches/feeds.rs"]
mod feeds;
mod fidelity;
mod floor;
mod generate;
mod history;
mod leftovers;
#[path = "../../tests/tools/news.rs"]
mod news;
mod programs;
mod readers;
#[path = "../../tests/tools/simulation.rs"]
mod simulation;
mod w3c;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a command comes to: whether what it looked at is as it should be, or why nobody knows.
type Outcome = Result<bool, String>;

/// What developers of feedwright run.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Floor(floor::Arguments),
    Compare(compare::Arguments),
    CheckSpeed(check_speed::Arguments),
    Readers(readers::Arguments),
    History(history::Arguments),
    Fidelity(fidelity::Arguments),
    Bodies(bodies::Arguments),
    Leftovers(leftovers::Arguments),
    W3c(w3c::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(arguments),
        Command::Floor(arguments) => floor::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::CheckSpeed(arguments) => check_speed::run(&arguments),
        Command::Readers(arguments) => readers::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::Fidelity(arguments) => fidelity::run(arguments),
        Command::Bodies(arguments) => bodies::run(&arguments),
        Command::Leftovers(arguments) => leftovers::run(&arguments),
        Command::W3c(arguments) => w3c::run(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
