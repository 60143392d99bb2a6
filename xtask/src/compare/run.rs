//! Runs of programs: how long they take, how much memory, and what many of them say together.

use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// GNU's, which tells the most memory that a program had.
const TIME: &str = "/usr/bin/time";

/// What pairs of runs say, one right after the other.
pub struct Pairs {
    /// Medians.
    pub own: Duration,
    pub other: Duration,
    /// The median of the ratios of the first to the second.
    pub ratio: f64,
    pub runs: usize,
}

/// The first pair warms up.
pub fn pairs(
    rounds: usize,
    own: &mut dyn FnMut() -> Duration,
    other: &mut dyn FnMut() -> Duration,
) -> Pairs {
    own();
    other();
    let pairs = (0..rounds).map(|_| (own(), other())).collect();
    Pairs::of(pairs)
}

/// As [`pairs`], with fewer runs where one takes long.
pub fn few_pairs(
    rounds: usize,
    own: &mut dyn FnMut() -> Duration,
    other: &mut dyn FnMut() -> Duration,
) -> Pairs {
    let first = (own(), other());
    let pairs = match few(rounds, first.0.max(first.1)) {
        0 => vec![first],
        rounds => (0..rounds).map(|_| (own(), other())).collect(),
    };
    Pairs::of(pairs)
}

/// The median time of a program, and of how many runs it is.
pub fn median_of_few(rounds: usize, run: &mut dyn FnMut() -> Duration) -> (Duration, usize) {
    let first = run();
    match few(rounds, first) {
        0 => (first, 1),
        rounds => (median((0..rounds).map(|_| run())), rounds),
    }
}

/// How many runs follow one that took so long. What takes long needs no warming up and varies
/// less, and where there are none the first one counts.
fn few(rounds: usize, first: Duration) -> usize {
    match first.as_secs() {
        0..10 => rounds,
        10..20 => rounds.min(3),
        _ => 0,
    }
}

impl Pairs {
    fn of(pairs: Vec<(Duration, Duration)>) -> Self {
        let ratio = |(own, other): &(Duration, Duration)| own.as_secs_f64() / other.as_secs_f64();
        Pairs {
            own: median(pairs.iter().map(|pair| pair.0)),
            other: median(pairs.iter().map(|pair| pair.1)),
            ratio: median(pairs.iter().map(ratio)),
            runs: pairs.len(),
        }
    }
}

pub fn time(command: &mut Command) -> Duration {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("a program");
    let took = start.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    took
}

/// The most memory that a program has in one more run, in kilobytes; `None` without GNU time.
pub fn peak(command: &Command) -> Option<u64> {
    static IS_THERE: OnceLock<bool> = OnceLock::new();
    let is_there = IS_THERE.get_or_init(|| {
        let run = Command::new(TIME).args(["-f", "%M", "true"]).output();
        run.is_ok_and(|run| run.status.success())
    });
    if !is_there {
        return None;
    }
    let mut watched = Command::new(TIME);
    watched.args(["-f", "%M"]).arg(command.get_program());
    let run = watched.args(command.get_args()).output().expect("a run");
    assert!(run.status.success(), "{command:?}: {}", run.status);
    let text = String::from_utf8_lossy(&run.stderr);
    text.lines().last()?.trim().parse().ok()
}

/// Kilobytes as tables have them.
pub fn megabytes(kilobytes: Option<u64>) -> String {
    kilobytes.map_or("?".to_owned(), |kilobytes| {
        format!("{} MB", kilobytes / 1024)
    })
}

/// A whole number with commas between thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn median<T: PartialOrd>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    values.swap_remove(values.len() / 2)
}
