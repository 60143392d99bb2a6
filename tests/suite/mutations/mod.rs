//! Files that something went wrong with: whatever stands in them, a run neither panics nor hangs,
//! and it makes whole feeds, or none and says where the error is.
//!
//! Sites are changed as careless editors, converters and strangers change them: see `edits`. Every
//! case is decided by its number. A case that fails shows what was changed, and
//! `FEEDWRIGHT_MUTATIONS=NUMBER cargo test mutations` repeats it alone.
//! `FEEDWRIGHT_MUTATIONS_TIMES=50` runs fifty times as many. A case that does not end is named on
//! the terminal, and one that ends the process in `target/tmp/mutations-*`.

pub mod edits;
mod trees;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;
use std::{env, fs, io, thread};

use feedwright::{
    BuildOptions, CheckOptions, Config, Diagnostic, Diagnostics, Overrides, Severity, Timestamp,
    build, check_feed, check_site, fix,
};

use self::edits::{Dice, Edit};
use self::trees::{Kind, Tree};
use crate::site::{NOW, Site};

/// How many cases a run has; each changes several files.
const CASES: usize = 500;

/// How many failures are enough to know.
const MOST: usize = 5;

/// What our own check warns of in feeds that say what their authors said: two posts of one instant,
/// and `&amp;` that a title is about.
const OF_AUTHORS: &[&str] = &[
    "atom-updated-duplicate",
    "text-html",
    "text-html-undeclared",
];

/// When a case is named that has not ended. It goes on.
const LONG: Duration = Duration::from_secs(60);

/// One site, changed in some places.
#[derive(Clone)]
struct Case<'a> {
    number: usize,
    tree: &'a Tree,
    /// Whether its feeds were published before.
    is_published: bool,
    keep_going: bool,
    /// What is done, to which of the tree's files.
    edits: Vec<(usize, Edit)>,
}

impl<'a> Case<'a> {
    /// The case of a number.
    fn draw(number: usize, trees: &'a [Tree]) -> Self {
        let mut dice = Dice::new(number as u64);
        // The forms of front matter come as often as half of the golden trees.
        let (golden, forms) = trees.split_at(trees.len() - trees::FORMS);
        let group = if dice.once_in(3) { forms } else { golden };
        let tree = dice.one_of(group);
        let all = |kind| {
            let files = tree.files.iter().enumerate();
            let files = files.filter(move |(_, (path, _))| Kind::of(path) == kind);
            files.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let promises = all(Kind::Promise);
        let is_published = !promises.is_empty() && dice.once_in(2);
        let keep_going = !dice.once_in(3);
        let mut chosen: Vec<usize> = Vec::new();
        match dice.below(10) {
            0 if is_published => chosen.push(*dice.one_of(&promises)),
            1 | 2 => chosen.push(*dice.one_of(&all(Kind::Setting))),
            _ if keep_going => {
                chosen = all(Kind::Post);
                chosen.retain(|_| !dice.once_in(3));
            }
            _ => {}
        }
        if chosen.is_empty() {
            chosen.push(*dice.one_of(&all(Kind::Post)));
        }
        let mut edits = Vec::new();
        for file in chosen {
            let mut bytes = tree.files[file].1.clone();
            for _ in 0..1 + dice.below(3) {
                for edit in Edit::draw(&mut dice, &bytes) {
                    edit.apply(&mut bytes);
                    edits.push((file, edit));
                }
            }
        }
        Case {
            number,
            tree,
            is_published,
            keep_going,
            edits,
        }
    }

    /// The files that are changed, as they are then.
    fn changed(&self) -> BTreeMap<usize, Vec<u8>> {
        let mut changed: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for (file, edit) in &self.edits {
            let whole = || self.tree.files[*file].1.clone();
            edit.apply(changed.entry(*file).or_insert_with(whole));
        }
        changed
    }

    /// Whether only posts are changed, so that nothing of the site's surroundings can be wrong.
    fn is_of_posts(&self) -> bool {
        let mut files = self.edits.iter().map(|(file, _)| &self.tree.files[*file].0);
        files.all(|path| Kind::of(path) == Kind::Post)
    }

    /// Its number and what is done, for people.
    fn describe(&self) -> String {
        let mut text = format!("{} ({}", self.number, self.tree.name);
        for (is_so, what) in [
            (self.is_published, ", published"),
            (self.keep_going, ", keeping going"),
        ] {
            text.push_str(if is_so { what } else { "" });
        }
        text.push(')');
        for (file, edit) in &self.edits {
            let _ = write!(text, "\n  {}: {edit}", self.tree.files[*file].0);
        }
        text
    }
}

/// The folders of a worker: every tree once as it is, and once without what was published.
#[derive(Default)]
struct Sites {
    by_tree: HashMap<(String, bool), Site>,
}

impl Sites {
    /// Runs a case in its folder, which is as before afterwards. `Err` says what does not hold.
    fn run(&mut self, case: &Case<'_>) -> Result<(), String> {
        let key = (case.tree.name.clone(), case.is_published);
        let site = self.by_tree.entry(key).or_insert_with(|| {
            let site = case.tree.site();
            for (path, _) in &case.tree.files {
                if !case.is_published && Kind::of(path) == Kind::Promise {
                    site.remove(path);
                }
            }
            site
        });
        let path = |file: usize| site.path(&case.tree.files[file].0);
        let changed = case.changed();
        for (file, bytes) in &changed {
            fs::write(path(*file), bytes).expect("a file");
        }
        let ended = catch_unwind(AssertUnwindSafe(|| holds(site, case, &changed)));
        for file in changed.keys() {
            fs::write(path(*file), &case.tree.files[*file].1).expect("a file");
        }
        ended.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
            Err(format!("it panics: {}", text.unwrap_or_default()))
        })
    }

    /// The same case with nothing that it fails without.
    fn least<'a>(&mut self, mut case: Case<'a>, mut what: String) -> (Case<'a>, String) {
        let mut at = 0;
        while at < case.edits.len() {
            let mut less = case.clone();
            less.edits.remove(at);
            match self.run(&less) {
                Ok(()) => at += 1,
                Err(new) => (case, what) = (less, new),
            }
        }
        (case, what)
    }
}

/// Everything that must hold of a site, whatever stands in its files.
fn holds(site: &Site, case: &Case<'_>, changed: &BTreeMap<usize, Vec<u8>>) -> Result<(), String> {
    let now = chrono::DateTime::parse_from_rfc3339(NOW).expect("a date");
    let mut overrides = Overrides::new(site.root(), Timestamp::new(now));
    overrides.output = Some(site.root().to_path_buf());
    let mut said = Diagnostics::new();
    // Settings and promises may name what is not there. Posts may not.
    let failed = |error: feedwright::Error| {
        let error = error.to_string();
        let is_ours = case.is_of_posts() || error.contains("mistake of feedwright");
        if is_ours { Err(error) } else { Ok(()) }
    };
    let config = match Config::load(&overrides, &mut said) {
        Ok(Some(config)) => config,
        Ok(None) if !said.has_errors() => return Err("no configuration, and no error".to_owned()),
        Ok(None) => return places(&said, case, changed),
        Err(error) => return failed(error),
    };
    let options = BuildOptions {
        keep_going: case.keep_going,
        strict: !case.keep_going,
        dry_run: true,
        verify: true,
        ..BuildOptions::default()
    };
    let report = match build(&config, &options, said.clone(), &|_, _, _| {}, &|| {}) {
        Ok(report) => report,
        Err(error) => return failed(error),
    };
    let has_errors = report.diagnostics.has_errors();
    if report.refused && (!has_errors || !report.feeds.is_empty()) {
        return Err("it was refused without an error, or in part".to_owned());
    }
    if !report.refused && (report.feeds.is_empty() || (has_errors && !case.keep_going)) {
        return Err("it was not refused, although something is wrong".to_owned());
    }
    places(&report.diagnostics, case, changed)?;
    // Every feed as it would be, with what is in it.
    let check = CheckOptions::new(overrides.now);
    let faults = Mutex::new(Vec::new());
    let looked = check_site(
        &config,
        said,
        &|path, _, bytes, _| {
            let mut found = Diagnostics::new();
            let read = check_feed(bytes, path, &check, &mut found);
            let worst = found.iter().filter(|found| {
                found.severity > Severity::Note && !OF_AUTHORS.contains(&found.code)
            });
            let mut faults = faults.lock().expect("the faults");
            faults.extend(worst.map(|found| format!("{found:?}")));
            faults.extend(read.err().map(|error| error.to_string()));
        },
        &|_, _, _| {},
    );
    match looked {
        Ok(looked) => places(&looked.diagnostics, case, changed)?,
        Err(error) => return failed(error),
    }
    if let Some(fault) = faults.into_inner().expect("the faults").first() {
        return Err(format!("a feed is wrong: {fault}"));
    }
    let mut said = Diagnostics::new();
    match fix(&config, &mut said, &|_, _, _| {}) {
        Ok(_) => places(&said, case, changed),
        Err(error) => failed(error),
    }
}

/// Whether everything that is said of a file lies within it.
fn places(
    said: &Diagnostics,
    case: &Case<'_>,
    changed: &BTreeMap<usize, Vec<u8>>,
) -> Result<(), String> {
    said.iter().try_for_each(|said| {
        let Some(place) = &said.location else {
            return Ok(());
        };
        let files = &case.tree.files;
        let Some(file) = files.iter().position(|(path, _)| *place.path == **path) else {
            return Ok(());
        };
        // What is said of a feed is said of the one that would be.
        if files[file].0.starts_with("feeds/") {
            return Ok(());
        }
        let bytes = changed.get(&file).unwrap_or(&files[file].1);
        let is_right = match (place.line, place.column) {
            // The file as a whole; what its author wrote wrong is somewhere in it.
            (0, column) => column == 0 && !is_of_a_place(said),
            (line, column) => {
                // Lines may end as on old Macs.
                let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
                let found = bytes.split(|&byte| byte == end).nth(line - 1);
                found
                    .is_some_and(|line| column <= String::from_utf8_lossy(line).chars().count() + 1)
            }
        };
        if is_right {
            return Ok(());
        }
        Err(format!("it is said of a place that is none: {said:?}"))
    })
}

/// Whether an error is of something written, which has a place.
fn is_of_a_place(said: &Diagnostic) -> bool {
    said.severity == Severity::Error && said.code.starts_with("front-matter")
}

/// The cases that workers run now, and a bell for the end.
#[derive(Default)]
struct Running {
    cases: Mutex<HashMap<usize, String>>,
    over: Mutex<bool>,
    bell: Condvar,
}

impl Running {
    /// Names the cases that have not ended after long. Past what tests capture: nobody would see
    /// it otherwise, for it is the end of a test that shows what it said.
    fn watch(&self) {
        let mut before: HashMap<usize, String> = HashMap::new();
        let mut over = self.over.lock().expect("whether it is over");
        while !*over {
            over = self.bell.wait_timeout(over, LONG).expect("the bell").0;
            let now = self.cases.lock().expect("the cases").clone();
            for (worker, case) in &now {
                if !*over && before.get(worker) == Some(case) {
                    let _ = writeln!(io::stderr(), "mutations: still running: {case}");
                }
            }
            before = now;
        }
    }

    fn end(&self) {
        *self.over.lock().expect("whether it is over") = true;
        self.bell.notify_all();
    }
}

#[test]
fn mutations_of_any_site_are_whole_feeds_or_errors() {
    let trees = trees::all();
    let variable = |name: &str| env::var(name).ok().map(|value| value.parse().expect(name));
    let (first, end) = match variable("FEEDWRIGHT_MUTATIONS") {
        Some(number) => (number, number + 1),
        None => (
            0,
            CASES * variable("FEEDWRIGHT_MUTATIONS_TIMES").unwrap_or(1),
        ),
    };
    let (next, files) = (AtomicUsize::new(first), AtomicUsize::new(0));
    let failures = Mutex::new(Vec::new());
    let running = Running::default();
    let work = |worker: usize| {
        let mut sites = Sites::default();
        let trace = format!("{}/mutations-{worker}", env!("CARGO_TARGET_TMPDIR"));
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let count = failures.lock().expect("the failures").len();
            if number >= end || count >= MOST {
                break;
            }
            let case = Case::draw(number, &trees);
            files.fetch_add(case.changed().len(), Ordering::Relaxed);
            let named = case.describe();
            let _ = fs::write(&trace, &named);
            running
                .cases
                .lock()
                .expect("the cases")
                .insert(worker, named);
            if let Err(what) = sites.run(&case) {
                let (least, what) = sites.least(case, what);
                let failure = format!("{}\n  {what}\n", least.describe());
                // PublishedEntry at once with `--nocapture`, which long runs are.
                println!("{failure}");
                failures.lock().expect("the failures").push(failure);
            }
        }
        running.cases.lock().expect("the cases").remove(&worker);
        let _ = fs::remove_file(&trace);
    };
    thread::scope(|scope| {
        let watch = scope.spawn(|| running.watch());
        let workers = [0, 1].map(|worker| {
            let work = &work;
            scope.spawn(move || work(worker))
        });
        // A worker that fails by itself is to end the watch too.
        let ended = workers.map(|worker| worker.join().is_ok());
        running.end();
        watch.join().expect("the watch");
        assert_eq!(ended, [true, true], "a worker failed");
    });
    let files = files.load(Ordering::Relaxed);
    println!("{} cases, {files} changed files", end - first);
    let failures = failures.into_inner().expect("the failures");
    assert!(
        failures.is_empty(),
        "cases that fail:\n{}",
        failures.join("\n")
    );
}
