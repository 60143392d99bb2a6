//! How time and memory grow with the number of posts.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::feeds::Feeds;
use super::own::Own;
use super::run::{grouped, median_of_few, megabytes};
use crate::corpus::Corpus;

const TAGS: usize = 1_000;

/// Prints a line for each number of posts.
pub fn table(folder: &Path, sizes: &[usize], rounds: usize) {
    println!("| posts | runs | cold | a post | peak | feeds | lock | nothing changed | peak |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for &posts in sizes {
        let corpus = Corpus {
            posts,
            tags: TAGS,
            short: true,
        };
        let own = Own::new(folder, &corpus);
        let (cold, runs) = median_of_few(rounds, &mut || own.first());
        let cold_peak = own.first_peak();
        let feeds = Feeds::of(&own.feeds());
        let lock = fs::metadata(own.lock()).expect("a lock").len();
        own.settle();
        let (unchanged, _) = median_of_few(rounds, &mut || own.next());
        let unchanged_peak = own.next_peak();
        println!(
            "| {} | {runs} | {:.3} s | {:.1} µs | {} | {} MB | {:.1} MB | {:.3} s | {} |",
            grouped(posts),
            cold.as_secs_f64(),
            per(cold, posts),
            megabytes(cold_peak),
            feeds.bytes / 1_000_000,
            lock as f64 / 1e6,
            unchanged.as_secs_f64(),
            megabytes(unchanged_peak)
        );
        // A million files take much room, in memory mostly.
        fs::remove_dir_all(&own.site).expect("no site");
    }
}

fn per(time: Duration, posts: usize) -> f64 {
    time.as_secs_f64() * 1e6 / posts as f64
}
