//! Random lives of a site, by somebody who knows the truth: whatever people do to posts, nobody who
//! knows entries by their ids is told of a post twice, or never.
//!
//! A life is 200 steps, all of them decided by its number, its seed: posts are written, corrected,
//! renamed, re-dated, hidden, deleted, restored, split, merged and replaced, one at a time, several
//! before a build, or many at once; see `steps`. Even seeds have a webmaster who answers everything
//! that the program asks at once, and by the truth; odd ones have cron, who never answers. Every
//! fifth seed from 4 on has `state: published`.
//!
//! `FEEDWRIGHT_LIVES=100 cargo test --release --test suite lives -- --nocapture` lives a hundred of
//! them, from the seed `FEEDWRIGHT_LIVES_FROM` on, and says how often readers of any kind were told
//! again: by id nobody may be, the others depend on what people change. `FEEDWRIGHT_LIVES_STEPS=57`
//! ends each life after so many steps, and `FEEDWRIGHT_LIVES_KEEP=1` leaves the folders of lives and
//! names them.

mod life;
mod program;
mod readers;
mod steps;
mod truth;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

use self::life::{Life, STEPS};

/// The lives of a usual run: cron, careful, and two without a lock, in one of which much is held for
/// long.
const SEEDS: &[u64] = &[1, 2, 4, 99];

/// How many lives that fail are shown whole.
const MOST: usize = 5;

/// What went wrong in a life, in a line.
fn summary(life: &Life) -> String {
    let mut kinds = BTreeMap::<&str, usize>::new();
    for fault in &life.faults {
        *kinds.entry(fault.kind).or_default() += 1;
    }
    format!("seed {} ({}): {kinds:?}", life.seed, life.name())
}

/// How it came to the first fault of each kind.
fn describe(life: &Life) -> String {
    let mut text = summary(life);
    let faults = life.faults.iter().enumerate();
    let firsts = faults.filter(|(at, fault)| {
        let mut before = life.faults[..*at].iter();
        before.all(|before| before.kind != fault.kind)
    });
    for (_, fault) in firsts {
        let _ = write!(
            text,
            "\n  {} after {} steps: {}",
            fault.kind, fault.step, fault.text
        );
        for number in &fault.posts {
            let post = life.world.posts.get(number);
            if let Some(post) = post.or_else(|| life.world.gone.get(number)) {
                let path = post.path(life.world.dialect);
                let _ = write!(text, "\n    {number} ends as {path}, {:?}", post.title);
            }
        }
        for (at, step) in life.steps[..fault.step].iter().enumerate() {
            let is_of_it = step.posts.iter().any(|post| fault.posts.contains(post));
            if is_of_it || at + 2 >= fault.step {
                let _ = write!(text, "\n    {}. {}", at + 1, step.text);
            }
        }
        let _ = write!(
            text,
            "\n    FEEDWRIGHT_LIVES=1 FEEDWRIGHT_LIVES_FROM={} FEEDWRIGHT_LIVES_STEPS={} \
             FEEDWRIGHT_LIVES_KEEP=1 cargo test --test suite lives",
            life.seed, fault.step
        );
    }
    text
}

#[test]
fn nobody_is_told_of_a_post_twice_in_any_life_of_a_site() {
    let variable = |name: &str| env::var(name).ok().map(|value| value.parse().expect(name));
    let seeds: Vec<u64> = match variable("FEEDWRIGHT_LIVES") {
        Some(count) => {
            let first = variable("FEEDWRIGHT_LIVES_FROM").unwrap_or(0);
            (first..first + count).collect()
        }
        None => SEEDS.to_vec(),
    };
    let steps = variable("FEEDWRIGHT_LIVES_STEPS").map_or(STEPS, |steps| steps as usize);
    let keeps = env::var_os("FEEDWRIGHT_LIVES_KEEP").is_some();
    let next = AtomicUsize::new(0);
    // What was counted in lives of each kind, and the lives that failed, by seed.
    let counts = Mutex::new(BTreeMap::<String, BTreeMap<String, usize>>::new());
    let failures = Mutex::new(BTreeMap::<u64, [String; 2]>::new());
    let work = || {
        while let Some(&seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut life = Life::new(seed);
            life.live(steps);
            {
                let mut counts = counts.lock().expect("the counts");
                let kind = counts.entry(life.name()).or_default();
                *kind.entry("lives".to_owned()).or_default() += 1;
                for (what, count) in &life.counts {
                    *kind.entry(what.clone()).or_default() += count;
                }
            }
            let text = [summary(&life), describe(&life)];
            if !life.faults.is_empty() {
                failures.lock().expect("the failures").insert(seed, text);
            }
            if keeps {
                println!("seed {seed} in {}", life.program.site.keep().display());
            }
        }
    };
    // Lives wait for the disk as much as for anything else.
    let count = thread::available_parallelism().map_or(2, |count| count.get() + 1);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().all(|worker| worker.join().is_ok());
        assert!(ended, "a worker failed");
    });
    for (kind, counts) in counts.into_inner().expect("the counts") {
        println!("{kind}: {counts:#?}");
    }
    let failures = failures.into_inner().expect("the failures");
    let shown = failures.values().enumerate();
    let shown = shown.map(|(at, [short, long])| if at < MOST { &**long } else { &**short });
    let text: Vec<&str> = shown.collect();
    assert!(
        failures.is_empty(),
        "{} of {} lives fail:\n{}",
        failures.len(),
        seeds.len(),
        text.join("\n")
    );
}
