//! A site's history, built commit by commit: how often would a reader who knows entries by id have
//! been told of each post? Shared by the tests and `cargo xtask history`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What to run.
pub struct Simulation<'a> {
    /// The program.
    pub feedwright: &'a Path,
    /// A repository that may be checked out and written to.
    pub repository: &'a Path,
    /// The commits to build, oldest first.
    pub commits: &'a [String],
    /// Where feeds and settings go.
    pub work: &'a Path,
    /// What stands in feedwright.yaml, but for the output folder.
    pub config: &'a str,
    /// More arguments of every run.
    pub arguments: &'a [String],
    /// Whether somebody answers what is held, as Git's renames have it; otherwise it stays held.
    pub answers: bool,
}

/// How often readers were told, by one way to make ids.
#[derive(Debug, Default, PartialEq)]
pub struct Count {
    seen: HashMap<String, usize>,
    /// The ids under which they were told of each post.
    told: BTreeMap<usize, Vec<String>>,
    /// Ids under which readers got another post than the one that they knew.
    pub hidden: Vec<String>,
}

impl Count {
    /// A post stands in the feed under this id.
    fn show(&mut self, post: usize, id: &str) {
        match self.seen.get(id) {
            None => {
                self.seen.insert(id.to_owned(), post);
                self.told.entry(post).or_default().push(id.to_owned());
            }
            Some(known) if *known != post && !self.told.contains_key(&post) => {
                self.told.insert(post, Vec::new());
                self.hidden.push(id.to_owned());
            }
            Some(_) => {}
        }
    }

    /// The posts that readers were told of at all.
    pub fn posts(&self) -> usize {
        self.told.len()
    }

    /// How often readers were told more than once.
    pub fn again(&self) -> usize {
        self.told
            .values()
            .map(|ids| ids.len().saturating_sub(1))
            .sum()
    }

    /// The ids of posts that readers were told of more than once.
    pub fn ids_of_these(&self) -> impl Iterator<Item = &Vec<String>> {
        self.told.values().filter(|ids| ids.len() > 1)
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    pub builds: usize,
    /// Commits at which nothing could be built, such as one without any post.
    pub refused: usize,
    /// Why the guard stopped whole runs, each time.
    pub alarms: Vec<String>,
    /// What was held, each once: kind, file, what it may be, and how that was told.
    pub held: BTreeSet<[String; 4]>,
    pub by_lock: Count,
    pub by_permalink: Count,
}

impl Simulation<'_> {
    /// Builds every commit in order.
    ///
    /// Where the guard stops a whole run, what it stops for is accepted, once what is held is
    /// answered.
    pub fn run(&self, progress: &dyn Fn(usize)) -> Result<Outcome, String> {
        let mut outcome = Outcome::default();
        let mut files = Files::default();
        let config = self.work.join("feedwright.yaml");
        let output = self.work.join("out");
        fs::create_dir_all(&output).map_err(|error| error.to_string())?;
        let settings = format!("{}\n", self.config).replace("OUTPUT", &output.to_string_lossy());
        fs::write(&config, settings).map_err(|error| error.to_string())?;
        let mut before: Option<&str> = None;
        for (at, commit) in self.commits.iter().enumerate() {
            progress(at);
            self.git(&["checkout", "-q", "--force", "--detach", commit])?;
            files.follow(&self.changes(before, commit)?);
            before = Some(commit);
            let date = self.git(&["log", "-1", "--format=%cI", commit])?;
            let place = Place {
                date: date.trim(),
                config: &config,
            };
            let Some(held) = self.build(&place, &files, &mut outcome)? else {
                outcome.refused += 1;
                continue;
            };
            outcome.builds += 1;
            self.read(&output, &held, &mut files, &mut outcome)?;
        }
        Ok(outcome)
    }

    /// What is held when the feeds have come out; `None` where none have.
    fn build(
        &self,
        place: &Place<'_>,
        files: &Files,
        outcome: &mut Outcome,
    ) -> Result<Option<Vec<Value>>, String> {
        let build = |more: &[&str]| {
            let fixed = ["--keep-going", "--report", "json"];
            let mut command = self.command("build", place, &[&fixed[..], more].concat());
            command.arg(self.repository);
            output_of(command)
        };
        let mut made = build(&[])?;
        loop {
            match made.status.code() {
                Some(0 | 3 | 4) => {}
                Some(1 | 2) => return Ok(None),
                _ => return Err(String::from_utf8_lossy(&made.stderr).into_owned()),
            }
            let report: Value =
                serde_json::from_slice(&made.stdout).map_err(|error| error.to_string())?;
            let held = report["held"].as_array().cloned().unwrap_or_default();
            let is_stopped = report["alarm"].is_object();
            outcome.note(&report);
            let doubtful: Vec<&Value> = held.iter().filter(|held| is_asked(held)).collect();
            if (self.answers || is_stopped) && !doubtful.is_empty() {
                for held in doubtful {
                    self.answer(held, place, files)?;
                }
                made = build(&[])?;
            } else if is_stopped || (self.answers && !held.is_empty()) {
                made = build(&["--accept-resend"])?;
            } else {
                return Ok(Some(held));
            }
        }
    }

    /// Says whether a new file is the post that it may be.
    fn answer(&self, held: &Value, place: &Place<'_>, files: &Files) -> Result<(), String> {
        let path = held["path"].as_str().unwrap_or_default();
        let same = if files.posts.contains_key(path) {
            &["--same"][..]
        } else {
            &[]
        };
        let mut command = self.command("accept", place, same);
        command.arg("-C").arg(self.repository).arg(path);
        let made = output_of(command)?;
        match made.status.code() {
            Some(0 | 3 | 4) => Ok(()),
            _ => Err(String::from_utf8_lossy(&made.stderr).into_owned()),
        }
    }

    fn command(&self, name: &str, place: &Place<'_>, more: &[&str]) -> Command {
        let mut command = Command::new(self.feedwright);
        command
            .args([name, "--now", place.date, "--config"])
            .arg(place.config)
            .args(self.arguments)
            .args(more);
        command
    }

    /// What a reader finds in the site's feed.
    fn read(
        &self,
        output: &Path,
        held: &[Value],
        files: &mut Files,
        outcome: &mut Outcome,
    ) -> Result<(), String> {
        let read = |path: PathBuf| {
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let feed: Value = serde_json::from_str(&read(output.join("feeds/feed.json"))?)
            .map_err(|error| error.to_string())?;
        // Entries by address: the lock tells which file is which.
        let lock = read(self.repository.join("feedwright.lock"))?;
        let paths: HashMap<String, String> = lock
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|line| line["gone"] != true)
            .filter_map(|line| {
                let text = |key: &str| line[key].as_str().map(str::to_owned);
                Some((text("post")?, text("path")?))
            })
            .collect();
        for item in feed["items"].as_array().into_iter().flatten() {
            let (Some(id), Some(url)) = (item["id"].as_str(), item["url"].as_str()) else {
                return Err("an item without id or url".to_owned());
            };
            // What was published of it stands there, whatever file it may be now.
            if held.iter().any(|held| held["was"]["id"] == id) {
                continue;
            }
            let path = paths
                .get(id)
                .ok_or_else(|| format!("{id} is not in the lock"))?;
            let post = files.post(path, &|path| self.repository.join(path).exists());
            outcome.by_lock.show(post, id);
            outcome.by_permalink.show(post, url);
        }
        Ok(())
    }

    /// Renames, as Git finds them between two commits: old path and new one.
    fn changes(&self, before: Option<&str>, commit: &str) -> Result<Vec<(String, String)>, String> {
        let Some(before) = before else {
            return Ok(Vec::new());
        };
        let text = self.git(&[
            "-c",
            "diff.renameLimit=20000",
            "diff",
            "-z",
            "--name-status",
            "--find-renames=40%",
            "--diff-filter=R",
            before,
            commit,
            "--",
            "*.md",
            "*.markdown",
            "*.html",
        ])?;
        let parts: Vec<&str> = text.split('\0').collect();
        Ok(parts
            .chunks_exact(3)
            .map(|part| (part[1].to_owned(), part[2].to_owned()))
            .collect())
    }

    fn git(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.repository).args(arguments);
        let made = output_of(command)?;
        if !made.status.success() {
            return Err(format!(
                "git {}: {}",
                arguments.join(" "),
                String::from_utf8_lossy(&made.stderr)
            ));
        }
        Ok(String::from_utf8_lossy(&made.stdout).into_owned())
    }
}

/// Whether somebody has to say which post an entry is.
fn is_asked(held: &Value) -> bool {
    held["kind"] == "doubtful"
}

/// When and where a site is built.
struct Place<'a> {
    date: &'a str,
    config: &'a Path,
}

impl Outcome {
    /// Notes what the guard says.
    fn note(&mut self, report: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(findings) = report["alarm"]["findings"].as_array() {
            self.alarms.extend(findings.iter().map(text));
        }
        for held in report["held"].as_array().into_iter().flatten() {
            let keys = [
                &held["kind"],
                &held["path"],
                &held["was"]["path"],
                &held["because"],
            ];
            self.held.insert(keys.map(text));
        }
    }
}

fn output_of(mut command: Command) -> Result<Output, String> {
    command
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))
}

/// Which file is which post, through renames.
#[derive(Default)]
struct Files {
    posts: HashMap<String, usize>,
    count: usize,
}

impl Files {
    fn follow(&mut self, renames: &[(String, String)]) {
        let moved: Vec<(String, usize)> = renames
            .iter()
            .filter_map(|(old, new)| Some((new.clone(), self.posts.remove(old)?)))
            .collect();
        let taken: HashSet<&String> = moved.iter().map(|(new, _)| new).collect();
        debug_assert_eq!(taken.len(), moved.len());
        self.posts.extend(moved);
    }

    /// The post of a file. A file that was written anew under another extension is the same post.
    fn post(&mut self, path: &str, is_there: &dyn Fn(&str) -> bool) -> usize {
        if let Some(post) = self.posts.get(path) {
            return *post;
        }
        let stem = |path: &str| Path::new(path).file_stem().map(ToOwned::to_owned);
        let mut before: Vec<(&String, &usize)> = self
            .posts
            .iter()
            .filter(|(known, _)| stem(known) == stem(path) && !is_there(known))
            .collect();
        before.sort();
        let post = before.first().map_or(self.count, |(_, post)| **post);
        self.posts.insert(path.to_owned(), post);
        self.count = self.count.max(post + 1);
        post
    }
}
