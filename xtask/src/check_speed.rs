//! How fast feeds are checked, beside other programs on the same files in one run.
//!
//! Each feed is checked in this process, without its HTML, with it on one thread, and with it on all
//! cores. `xmllint --noout`
//! and, where a checkout of <https://github.com/w3c/feedvalidator> is named, the W3C's validator
//! read the same files in turn. Their start is measured with them; it is some milliseconds for the
//! first and half a second for the second, which is why large feeds say more. The validator refuses
//! feeds of more than 5 MB by itself, and is given them as text here.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use feedwright::{CheckOptions, Diagnostics, Timestamp, check_feed};
use rayon::ThreadPoolBuilder;

use crate::Outcome;
use crate::feeds::Kind;

/// The bytes of a feed that is made.
const SIZE: usize = 30_000_000;

/// How often each is measured; the median counts.
const ROUNDS: usize = 5;

/// Gives the validator a file, whatever its size.
const W3C: &str = "import sys; sys.path.insert(0, sys.argv[1] + '/src'); import feedvalidator; \
    feedvalidator.validateString(open(sys.argv[2], 'rb').read(), fallback='utf-8', base='')";

/// Measures how fast feeds are checked, beside other programs on the same files.
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(required_unless_present = "make")]
    feeds: Vec<PathBuf>,
    /// A folder to make feeds of 30 MB in, with HTML of each kind, which are then measured, too.
    #[arg(long, value_name = "FOLDER")]
    make: Option<PathBuf>,
    /// A checkout of <https://github.com/w3c/feedvalidator>.
    #[arg(long, value_name = "CHECKOUT")]
    w3c: Option<PathBuf>,
    /// The Python that has what the validator needs.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let Arguments {
        feeds,
        make,
        w3c,
        python,
    } = arguments;
    let mut feeds = feeds.clone();
    for kind in make.iter().flat_map(|_| Kind::all()) {
        let folder = make.as_deref().unwrap_or(Path::new("."));
        let path = folder.join(kind.name()).with_extension("xml");
        std::fs::write(&path, kind.feed(SIZE)).expect("the feed can be written");
        feeds.push(path);
    }
    let one = ThreadPoolBuilder::new().num_threads(1).build();
    let one = one.expect("a thread");
    println!(
        "{:<28} {:>9} {:>22} {:>10} {:>10}",
        "feed", "MB", "with", "s", "MB/s"
    );
    for feed in &feeds {
        let size = std::fs::metadata(feed).expect("the feed is there").len() as f64 / 1e6;
        let mut times: Vec<(&str, Vec<f64>)> = vec![
            ("XML rules", Vec::new()),
            ("and HTML, one thread", Vec::new()),
            ("and HTML, all cores", Vec::new()),
            ("xmllint --noout", Vec::new()),
            ("W3C's validator", Vec::new()),
        ];
        // In turn, so that what else the machine does falls on all of them.
        for _ in 0..ROUNDS {
            times[0].1.push(time(|| check(feed, false)));
            times[1].1.push(time(|| one.install(|| check(feed, true))));
            times[2].1.push(time(|| check(feed, true)));
            let mut xmllint = Command::new("xmllint");
            xmllint.arg("--noout").arg(feed);
            times[3].1.extend(time_of(&mut xmllint));
            if let Some(checkout) = w3c {
                let mut w3c = Command::new(python);
                w3c.args(["-c", W3C]).arg(checkout).arg(feed);
                times[4].1.extend(time_of(&mut w3c));
            }
        }
        let name = feed.file_name().unwrap_or_default().to_string_lossy();
        for (with, mut times) in times {
            if times.is_empty() {
                println!("{name:<28} {size:>9.1} {with:>22} {:>10}", "not there");
                continue;
            }
            times.sort_by(f64::total_cmp);
            let median = times[times.len() / 2];
            println!(
                "{name:<28} {size:>9.1} {with:>22} {median:>10.3} {:>10.1}",
                size / median
            );
        }
    }
    Ok(true)
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn check(feed: &Path, html: bool) {
    let mut options = CheckOptions::new(Timestamp::from_epoch(1_893_456_000).expect("a time"));
    options.html = html;
    let file = File::open(feed).expect("the feed can be read");
    let mut diags = Diagnostics::new();
    check_feed(file, feed, &options, &mut diags).expect("the feed can be read");
}

/// How long a program takes; `None` where it is not there.
fn time_of(command: &mut Command) -> Option<f64> {
    let start = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    // Both end with a failure of their own where a feed is wrong.
    status.code().map(|_| start.elapsed().as_secs_f64())
}
