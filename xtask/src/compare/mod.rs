//! feedwright beside the least that is needed, beside others and at several sizes, in turns.
//!
//! Runs feedwright as it was built beside this program, and peers and tools where they are. Each
//! figure is a median; each ratio is that of a pair of runs, one right after the other, and the
//! median of these.

mod feeds;
mod hugo;
mod instructions;
mod own;
mod peers;
mod run;
mod sizes;
mod zola;

use std::fs;
use std::path::{Path, PathBuf, absolute};

use self::own::Own;
use self::run::{Pairs, grouped, megabytes};
use crate::corpus::Corpus;
use crate::{Outcome, programs};

/// Posts and tags.
const SITES: [(usize, usize); 4] = [
    (1_000, 100),
    (10_000, 100),
    (10_000, 1_000),
    (100_000, 1_000),
];

/// What is measured with peers, which take hundreds of MB for it.
const PEERS: [(usize, usize); 2] = [(10_000, 100), (10_000, 1_000)];

/// What one peer takes 8 GB for.
const LARGE_PEERS: [(usize, usize); 1] = [(100_000, 1_000)];

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Whose files alone take 5 GB.
const LARGE_SIZES: [usize; 1] = [1_000_000];

/// The memory that has to be free for large cases, in kilobytes.
const WANTED: u64 = 12 << 20;

/// Prints the tables of docs/performance.md: feedwright beside the least that is needed, beside other
/// generators, and at several sizes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where sites are made. It should lie on a file system in memory.
    folder: PathBuf,
    /// How often each case is run, where it does not take long.
    #[arg(default_value_t = 11)]
    rounds: usize,
    /// Leaves out what takes gigabytes.
    #[arg(long)]
    small: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let Arguments {
        folder,
        rounds,
        small,
    } = arguments;
    let (rounds, is_large) = (*rounds, !small);
    // Before sites are made, which takes a while.
    programs::feedwright()?;
    let folder = absolute(folder).expect("a folder");
    fs::create_dir_all(&folder).expect("a folder");
    against_the_least(&folder, rounds);
    println!();
    let large: &[_] = if is_large && has_memory("peers' sites") {
        &LARGE_PEERS
    } else {
        &[]
    };
    peers::table(&folder, &PEERS, large, rounds);
    println!();
    let mut sizes = SIZES.to_vec();
    if is_large && has_memory("sizes") {
        sizes.extend(LARGE_SIZES);
    }
    sizes::table(&folder, &sizes, rounds);
    println!();
    instructions::table(&folder);
    Ok(true)
}

fn against_the_least(folder: &Path, rounds: usize) {
    println!("| posts | tags | case | feedwright | least | ratio | peak |");
    println!("| ---: | ---: | :--- | ---: | ---: | ---: | ---: |");
    for (posts, tags) in SITES {
        let corpus = Corpus {
            posts,
            tags,
            short: false,
        };
        let own = Own::new(folder, &corpus);
        let line = |case: &str, pairs: Pairs, peak: Option<u64>| {
            println!(
                "| {} | {} | {case} | {:.3} s | {:.3} s | {:.2} | {} |",
                grouped(posts),
                grouped(tags),
                pairs.own.as_secs_f64(),
                pairs.other.as_secs_f64(),
                pairs.ratio,
                megabytes(peak)
            );
        };
        line("cold", own.cold(rounds), own.first_peak());
        line("nothing changed", own.unchanged(rounds), own.next_peak());
        let (pairs, peak) = own.one_changed(rounds);
        line("one post changed", pairs, peak);
    }
}

/// Whether there is memory for large cases, where that can be known. Says so where there is not.
fn has_memory(what: &str) -> bool {
    let Ok(text) = fs::read_to_string("/proc/meminfo") else {
        return true;
    };
    let available = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    let is_enough = available.is_none_or(|available: u64| available >= WANTED);
    if !is_enough {
        println!("The largest of the {what} is left out: it wants 12 GB of free memory.");
    }
    is_enough
}
