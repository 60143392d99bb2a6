//! feedwright on one site: builds from nothing, after an edit, and of nothing new.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::run::{Pairs, pairs, peak, time};
use crate::corpus::Corpus;
use crate::programs;

/// How many of the newest posts are edited in turn. All of them stand in the site's own feed.
const EDITED: usize = 10;

/// How often a build is tried until one finds nothing to read.
const TRIES: usize = 4;

pub struct Own {
    pub site: PathBuf,
    cache: PathBuf,
    feedwright: PathBuf,
    /// This program, which is the floor too.
    this: PathBuf,
}

/// The newest posts, one of which changes in each round, and what they said before.
struct Edits<'a> {
    own: &'a Own,
    before: Vec<(PathBuf, String)>,
    round: usize,
}

impl Own {
    /// The site of a corpus below a folder, where it is written if it is not there yet, and the
    /// programs that run on it.
    pub fn new(folder: &Path, corpus: &Corpus) -> Self {
        let kind = if corpus.short { "short" } else { "site" };
        let own = Own {
            site: folder.join(format!("{kind}-{}-{}", corpus.posts, corpus.tags)),
            cache: folder.join("cache"),
            feedwright: programs::feedwright().expect("feedwright"),
            this: programs::own().expect("this program"),
        };
        if !own.site.exists() {
            corpus.write(&own.site).expect("a site");
        }
        own.forget();
        own
    }

    /// The first build of all, and the floor: the same feeds without any care.
    pub fn cold(&self, rounds: usize) -> Pairs {
        let output = self.site.with_file_name("floor");
        pairs(rounds, &mut || self.first(), &mut || {
            let _ = fs::remove_dir_all(&output);
            time(self.floor().arg(&output))
        })
    }

    /// A build that finds nothing new, and asking for the times of all files.
    pub fn unchanged(&self, rounds: usize) -> Pairs {
        self.settle();
        pairs(rounds, &mut || self.next(), &mut || time(&mut self.floor()))
    }

    /// A build that finds one post changed, and one that finds nothing new; and what the first
    /// takes of memory.
    pub fn one_changed(&self, rounds: usize) -> (Pairs, Option<u64>) {
        self.settle();
        let mut edits = Edits::new(self);
        let pairs = pairs(rounds, &mut || edits.build(|own| own.next()), &mut || {
            self.settle();
            self.next()
        });
        let peak = edits.build(Own::next_peak);
        (pairs, peak)
    }

    /// The time of a build with nothing there.
    pub fn first(&self) -> Duration {
        self.forget();
        self.next()
    }

    /// The memory of a build with nothing there.
    pub fn first_peak(&self) -> Option<u64> {
        self.forget();
        self.next_peak()
    }

    /// The time of a build with what is there.
    pub fn next(&self) -> Duration {
        time(&mut self.build())
    }

    /// The memory of a build with what is there.
    pub fn next_peak(&self) -> Option<u64> {
        peak(&self.build())
    }

    pub fn build(&self) -> Command {
        let mut command = Command::new(&self.feedwright);
        command.arg("build").arg(&self.site).arg("--quiet");
        command.arg("--cache-dir").arg(&self.cache);
        command
    }

    /// The least, which makes feeds where it is told to where.
    fn floor(&self) -> Command {
        let mut command = Command::new(&self.this);
        command.arg("floor").arg(&self.site);
        command
    }

    pub fn feeds(&self) -> PathBuf {
        self.site.join("feeds")
    }

    pub fn lock(&self) -> PathBuf {
        self.site.join("feedwright.lock")
    }

    /// Takes away all that earlier builds left.
    pub fn forget(&self) {
        let _ = fs::remove_dir_all(self.feeds());
        let _ = fs::remove_dir_all(&self.cache);
        let _ = fs::remove_file(self.lock());
    }

    /// Builds until a run has nothing to read.
    pub fn settle(&self) {
        let is_settled = (0..TRIES).any(|_| {
            rest(&self.site);
            let run = self.build().arg("--timings=json").output();
            let run = run.expect("a program");
            assert!(run.status.success(), "{:?}", self.build());
            !String::from_utf8_lossy(&run.stderr).contains("\"reading\"")
        });
        assert!(is_settled, "no run is remembered");
    }
}

impl<'a> Edits<'a> {
    fn new(own: &'a Own) -> Self {
        let posts = fs::read_dir(own.site.join("_posts")).expect("posts");
        let mut paths: Vec<PathBuf> = posts.map(|post| post.expect("a post").path()).collect();
        // Their names begin with their days.
        paths.sort_unstable_by(|a, b| b.cmp(a));
        paths.truncate(EDITED);
        let before = paths.into_iter().map(|path| {
            let text = fs::read_to_string(&path).expect("a post");
            (path, text)
        });
        Edits {
            own,
            before: before.collect(),
            round: 0,
        }
    }

    /// Runs a build that finds one more sentence in one post, and sees that it told subscribers.
    fn build<T>(&mut self, run: impl FnOnce(&Own) -> T) -> T {
        self.round += 1;
        let (path, _) = &self.before[self.round % self.before.len()];
        let mut text = fs::read_to_string(path).expect("a post");
        text += &format!("\nThis is edit {} of them all.\n", self.round);
        fs::write(path, text).expect("a post");
        // Somebody saved it before cron came.
        set_time(path, SystemTime::now() - Duration::from_secs(60));
        let feed = self.own.feeds().join("rss.xml");
        let before = fs::read(&feed).expect("a feed");
        let result = run(self.own);
        let after = fs::read(&feed).expect("a feed");
        assert!(
            before != after,
            "the edit of {} is not seen",
            path.display()
        );
        result
    }
}

impl Drop for Edits<'_> {
    /// The next use of the site finds the corpus again.
    fn drop(&mut self) {
        for (path, text) in &self.before {
            fs::write(path, text).expect("a post");
        }
    }
}

/// Sets the time of what was written in the last half minute to an hour ago: what was written a
/// moment ago is not remembered.
fn rest(path: &Path) {
    let now = SystemTime::now();
    let meta = fs::metadata(path).expect("a file");
    if meta.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            rest(&entry.expect("an entry").path());
        }
    }
    let modified = meta.modified().expect("a time");
    if modified + Duration::from_secs(30) > now {
        set_time(path, now - Duration::from_secs(3600));
    }
}

fn set_time(path: &Path, time: SystemTime) {
    // A folder can only be read.
    let is_folder = path.is_dir();
    let file = File::options().read(true).write(!is_folder).open(path);
    file.and_then(|file| file.set_modified(time))
        .expect("a time");
}
