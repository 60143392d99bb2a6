//! How many instructions feedwright takes: unlike times, these hardly differ from run to run.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::own::Own;
use super::run::grouped;
use crate::corpus::Corpus;

/// Prints a line for a first build and one for a build that finds nothing new, where valgrind is.
pub fn table(folder: &Path) {
    let corpus = Corpus {
        posts: 1_000,
        tags: 100,
        short: false,
    };
    let own = Own::new(folder, &corpus);
    let Some(cold) = count(&own) else {
        println!("valgrind is not there: no instructions are counted.");
        return;
    };
    own.settle();
    let unchanged = count(&own).expect("valgrind");
    println!("| posts | tags | case | instructions |");
    println!("| ---: | ---: | :--- | ---: |");
    for (case, instructions) in [("cold", cold), ("nothing changed", unchanged)] {
        println!(
            "| {} | {} | {case} | {} million |",
            grouped(corpus.posts),
            grouped(corpus.tags),
            grouped(instructions / 1_000_000)
        );
    }
}

/// The instructions of one build; `None` without valgrind.
fn count(own: &Own) -> Option<usize> {
    let build = own.build();
    let counts = own.site.with_file_name("callgrind.out");
    let mut out = OsString::from("--callgrind-out-file=");
    out.push(&counts);
    let mut valgrind = Command::new("valgrind");
    valgrind
        .arg("--tool=callgrind")
        .arg(out)
        .arg(build.get_program())
        .args(build.get_args())
        // Threads that look for work would count too.
        .env("RAYON_NUM_THREADS", "1");
    let run = valgrind.output().ok()?;
    assert!(run.status.success(), "{valgrind:?}: {}", run.status);
    let _ = fs::remove_file(&counts);
    let text = String::from_utf8_lossy(&run.stderr);
    let (_, total) = text.split_once("Collected :").expect("a total");
    total.split_whitespace().next()?.parse().ok()
}
