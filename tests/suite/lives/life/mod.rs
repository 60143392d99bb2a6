//! A life of a site: steps, builds, and what readers were told.

mod answers;
mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Days, TimeDelta};

use super::program::{Output, Program, Said};
use super::readers::{Reader, Sender};
use super::steps::{self, Step};
use super::truth::{Dialect, World};
use crate::mutations::edits::Dice;
use crate::site::Site;

/// The feeds that somebody reads. Those of the site are to show every post.
const SITE: &[&str] = &["feeds/feed.json", "feeds/rss.xml", "feeds/atom.xml"];
const TAG: &str = "feeds/tags/news/feed.json";

/// How many steps a life has.
pub const STEPS: usize = 200;

/// How often somebody looks whether another build changes anything, in builds.
const AGAIN: usize = 5;

/// How often a webmaster answers what is held after one step before he gives up.
const ROUNDS: usize = 5;

/// What went wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// After how many steps.
    pub step: usize,
    /// In one word.
    pub kind: &'static str,
    pub text: String,
    /// Which posts have to do with it.
    pub posts: Vec<usize>,
}

/// One life.
pub struct Life {
    pub seed: u64,
    /// Whether the webmaster answers everything at once, by the truth; else nothing, ever.
    pub is_careful: bool,
    pub world: World,
    pub program: Program,
    pub steps: Vec<Step>,
    pub faults: Vec<Fault>,
    pub counts: BTreeMap<String, usize>,
    dice: Dice,
    /// The site's files as they are on the disk.
    files: BTreeMap<String, String>,
    output: Output,
    /// The bytes and the post of each entry of each feed, by id, as they were published last.
    shown: BTreeMap<&'static str, BTreeMap<String, (String, usize)>>,
    by_id: BTreeMap<&'static str, Reader>,
    by_link: Reader,
    by_title: Reader,
    by_date: Sender,
    /// The posts that need not come: there before the first build, or missed already.
    excused: BTreeSet<usize>,
    builds: usize,
}

impl Life {
    /// A site with some posts, of which nothing is published.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let is_forgetful = seed % 5 == 4;
        let dialect = if (seed / 2).is_multiple_of(2) {
            Dialect::Plain
        } else {
            Dialect::Jekyll
        };
        let limit = *dice.one_of(&[5, 8, 12, 20]);
        let mut world = World::new(dialect, is_forgetful, limit);
        for _ in 0..8 + dice.below(15) {
            let days = Days::new(dice.below(300) as u64);
            let day = world.now.date().checked_sub_days(days);
            let post = steps::fresh(&mut world, &mut dice, day.unwrap_or_default());
            world.put(post);
        }
        Life {
            seed,
            is_careful: seed.is_multiple_of(2),
            world,
            program: Program {
                site: Site::empty(),
                is_forgetful,
            },
            steps: Vec::new(),
            faults: Vec::new(),
            counts: BTreeMap::new(),
            dice,
            files: BTreeMap::new(),
            output: Output::new(),
            shown: BTreeMap::new(),
            by_id: BTreeMap::new(),
            by_link: Reader::default(),
            by_title: Reader::default(),
            by_date: Sender::default(),
            excused: BTreeSet::new(),
            builds: 0,
        }
    }

    /// What kind of life it is.
    pub fn name(&self) -> String {
        let webmaster = if self.is_careful { "careful" } else { "cron" };
        let state = if self.world.is_forgetful {
            "published"
        } else {
            "lock"
        };
        format!("{webmaster}, {:?}, {state}", self.world.dialect)
    }

    /// Lives it, up to so many steps. It ends early where the program fails as a whole.
    pub fn live(&mut self, steps: usize) {
        let now = self.world.now;
        let public = self.world.posts.values().filter(|post| post.is_public(now));
        self.excused = public.map(|post| post.number).collect();
        let first: &[&str] = if self.world.is_forgetful {
            &["--accept-resend"]
        } else {
            &[]
        };
        let mut ended = self.build(first);
        let mut is_whole = true;
        while ended.is_ok() && self.steps.len() < steps {
            self.world.now += match self.dice.below(6) {
                0..3 => TimeDelta::hours(1 + self.dice.below(20) as i64),
                3..5 => TimeDelta::days(1 + self.dice.below(4) as i64),
                _ => TimeDelta::days(5 + self.dice.below(20) as i64),
            };
            let step = steps::draw(&mut self.world, &mut self.dice, is_whole, self.is_careful);
            is_whole = step.is_alone || !self.dice.once_in(6);
            self.steps.push(step);
            if is_whole {
                ended = self.build(&[]);
            }
        }
        if let Err(text) = ended {
            self.fault("failed", text, &[]);
        }
        self.count("builds", self.builds);
        self.count("by date: doubles", self.by_date.doubles);
    }

    fn fault(&mut self, kind: &'static str, text: String, posts: &[usize]) {
        // What all formats show is one fault.
        let step = self.steps.len();
        let is_known =
            |fault: &Fault| (fault.step, fault.kind, &*fault.posts) == (step, kind, posts);
        if !posts.is_empty() && self.faults.iter().any(is_known) {
            return;
        }
        self.count(kind, 1);
        self.faults.push(Fault {
            step: self.steps.len(),
            kind,
            text,
            posts: posts.to_vec(),
        });
    }

    fn count(&mut self, what: &str, count: usize) {
        *self.counts.entry(what.to_owned()).or_default() += count;
    }

    /// Builds, answers what is asked, and looks now and then whether all stays as it is.
    fn build(&mut self, more: &[&str]) -> Result<(), String> {
        self.builds += 1;
        let mut said = self.run(more)?;
        let mut rounds = 0;
        while self.is_careful && (said.is_alarm || !said.held.is_empty()) {
            rounds += 1;
            if rounds > ROUNDS {
                let text = format!("still held after {ROUNDS} answers: {said:?}");
                self.fault("unsettled", text, &[]);
                break;
            }
            self.answer(&said)?;
            said = self.run(&[])?;
        }
        if self.builds.is_multiple_of(AGAIN) {
            let caches: &[&str] = if self.dice.once_in(2) {
                &["--no-cache"]
            } else {
                &[]
            };
            let again = self.program.build(self.world.now, caches)?;
            let output = self.program.output();
            if output != self.output || again.code != said.code {
                let of = |(path, written): (&String, &(Vec<u8>, _))| {
                    (self.output.get(path) != Some(written)).then(|| path.clone())
                };
                let changed: Vec<String> = output.iter().filter_map(of).collect();
                let codes = (said.code, again.code);
                let text = format!("another build wrote {changed:?}; it ended with {codes:?}");
                self.fault("restless", text, &[]);
                self.output = output;
            }
        }
        Ok(())
    }

    /// Brings the disk up to date.
    fn write(&mut self) -> Result<(), String> {
        let files = self.world.files();
        for path in self.files.keys().filter(|path| !files.contains_key(*path)) {
            fs::remove_file(self.program.site.path(path)).map_err(|error| error.to_string())?;
        }
        for (path, text) in &files {
            if self.files.get(path) != Some(text) {
                let path = self.program.site.path(path);
                let folder = path.parent().ok_or("no folder")?;
                fs::create_dir_all(folder).map_err(|error| error.to_string())?;
                fs::write(&path, text).map_err(|error| error.to_string())?;
            }
        }
        self.files = files;
        Ok(())
    }

    /// One run, with all that must hold of any.
    fn run(&mut self, more: &[&str]) -> Result<Said, String> {
        self.write()?;
        let said = self.program.build(self.world.now, more)?;
        let is_broken = self.world.posts.values().any(|post| post.broken);
        let code = match is_broken {
            _ if said.is_alarm || !said.held.is_empty() => 3,
            true => 4,
            false => 0,
        };
        if said.code != code {
            let text = format!("a run ended with {} instead of {code}: {said:?}", said.code);
            self.fault("code", text, &[]);
        }
        for held in &said.held {
            self.count(&format!("held: {}", held.kind), 1);
        }
        if said.is_alarm {
            self.count("alarms", 1);
            if self.program.output() != self.output {
                self.fault("written", "a run that was stopped wrote".to_owned(), &[]);
            }
        } else {
            self.read(Some(&said.held))?;
        }
        Ok(said)
    }
}
