//! feedwright beside the least that is needed, in turns: `compare FOLDER [ROUNDS]`.
//!
//! It makes its sites below FOLDER, which should lie on a file system in memory, and runs the
//! programs that were built beside it. Each figure is a median; each ratio is that of a pair of
//! runs, one right after the other, and the median of these.

#[path = "../corpus.rs"]
mod corpus;
mod own;
mod run;

use std::fs;
use std::path::{Path, absolute};

use self::corpus::Corpus;
use self::own::Own;
use self::run::{Pairs, grouped, megabytes};

/// Posts and tags.
const SITES: [(usize, usize); 4] = [
    (1_000, 100),
    (10_000, 100),
    (10_000, 1_000),
    (100_000, 1_000),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, rounds) = match &arguments[..] {
        [folder] => (folder, 11),
        [folder, rounds] => (folder, rounds.parse().expect("a number of rounds")),
        _ => panic!("usage: compare FOLDER [ROUNDS]"),
    };
    let folder = absolute(folder).expect("a folder");
    fs::create_dir_all(&folder).expect("a folder");
    against_the_least(&folder, rounds);
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
