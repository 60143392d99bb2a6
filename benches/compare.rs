//! feedwright beside the least that is needed, in turns: `compare FOLDER [ROUNDS]`.
//!
//! It makes its sites below FOLDER, which should lie on a file system in memory, and runs the
//! programs that were built beside it. Each figure is a median; each ratio is that of a pair of
//! runs, one right after the other, and the median of these.

mod corpus;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use self::corpus::Corpus;

/// Posts and tags.
const SITES: [(usize, usize); 4] = [
    (1_000, 100),
    (10_000, 100),
    (10_000, 1_000),
    (100_000, 1_000),
];

struct Bench {
    site: PathBuf,
    output: PathBuf,
    cache: PathBuf,
    feedwright: PathBuf,
    floor: PathBuf,
    rounds: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, rounds) = match &arguments[..] {
        [folder] => (folder, 11),
        [folder, rounds] => (folder, rounds.parse().expect("a number of rounds")),
        _ => panic!("usage: compare FOLDER [ROUNDS]"),
    };
    let folder = Path::new(folder);
    let own = std::env::current_exe().expect("this program");
    let examples = own.parent().expect("its folder");
    println!("| posts | tags | case | feedwright | least | ratio | peak |");
    println!("| ---: | ---: | :--- | ---: | ---: | ---: | ---: |");
    for (posts, tags) in SITES {
        let bench = Bench {
            site: folder.join(format!("site-{posts}-{tags}")),
            output: folder.join("floor"),
            cache: folder.join("cache"),
            feedwright: examples.join("../feedwright"),
            floor: examples.join("floor"),
            rounds,
        };
        if !bench.site.exists() {
            let corpus = Corpus {
                posts,
                tags,
                short: false,
            };
            corpus.write(&bench.site).expect("a site");
            rest(&bench.site);
        }
        let line = |case: &str, (own, least, ratio): (Duration, Duration, f64), peak: String| {
            println!(
                "| {posts} | {tags} | {case} | {:.3} s | {:.3} s | {ratio:.2} | {peak} |",
                own.as_secs_f64(),
                least.as_secs_f64()
            );
        };
        line("cold", bench.cold(), bench.peak());
        bench.settle();
        line("nothing changed", bench.unchanged(), bench.peak());
    }
}

impl Bench {
    /// The first build of all, and the floor: the same feeds without any care.
    fn cold(&self) -> (Duration, Duration, f64) {
        self.pairs(
            &mut || {
                self.forget();
                time(&mut self.build())
            },
            &mut || {
                let _ = fs::remove_dir_all(&self.output);
                let mut floor = Command::new(&self.floor);
                time(floor.arg(&self.site).arg(&self.output))
            },
        )
    }

    /// A build that finds nothing new, and asking for the times of all files.
    fn unchanged(&self) -> (Duration, Duration, f64) {
        self.pairs(&mut || time(&mut self.build()), &mut || {
            time(Command::new(&self.floor).arg(&self.site))
        })
    }

    fn pairs(
        &self,
        own: &mut dyn FnMut() -> Duration,
        least: &mut dyn FnMut() -> Duration,
    ) -> (Duration, Duration, f64) {
        // The first pair warms up.
        let pairs = (0..=self.rounds).map(|_| (own(), least()));
        let pairs: Vec<(Duration, Duration)> = pairs.skip(1).collect();
        let ratio = |(own, least): &(Duration, Duration)| own.as_secs_f64() / least.as_secs_f64();
        (
            median(pairs.iter().map(|pair| pair.0)),
            median(pairs.iter().map(|pair| pair.1)),
            median(pairs.iter().map(ratio)),
        )
    }

    fn build(&self) -> Command {
        let mut command = Command::new(&self.feedwright);
        command.arg("build").arg(&self.site).arg("--quiet");
        command.arg("--cache-dir").arg(&self.cache);
        command
    }

    /// Takes away all that earlier builds left.
    fn forget(&self) {
        let _ = fs::remove_dir_all(self.site.join("feeds"));
        let _ = fs::remove_dir_all(&self.cache);
        let _ = fs::remove_file(self.site.join("feedwright.lock"));
    }

    /// Builds until the next run has nothing to read.
    fn settle(&self) {
        rest(&self.site);
        time(&mut self.build());
        assert!(self.cache.is_dir(), "the run is not remembered");
    }

    /// The most memory that one more run of the case at hand takes, by GNU time where it is.
    fn peak(&self) -> String {
        let is_cold = !self.cache.exists();
        if is_cold {
            self.forget();
        }
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%M"]).arg(&self.feedwright);
        command.arg("build").arg(&self.site).arg("--quiet");
        let run = command.arg("--cache-dir").arg(&self.cache).output();
        let Ok(run) = run else {
            return "?".to_owned();
        };
        let text = String::from_utf8_lossy(&run.stderr);
        let last = text
            .lines()
            .last()
            .and_then(|line| line.trim().parse().ok());
        last.map_or("?".to_owned(), |kilobytes: u64| {
            format!("{} MB", kilobytes / 1024)
        })
    }
}

/// Sets every file's time to an hour ago: what was written a moment ago is not remembered.
fn rest(folder: &Path) {
    let before = SystemTime::now() - Duration::from_secs(3600);
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rest(&path);
        } else {
            let file = File::options().write(true).open(&path).expect("a file");
            file.set_modified(before).expect("its time");
        }
    }
    let file = File::open(folder).expect("a folder");
    file.set_modified(before).expect("its time");
}

fn time(command: &mut Command) -> Duration {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("a program");
    let took = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    took
}

fn median<T: PartialOrd>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    values.swap_remove(values.len() / 2)
}
