//! A life of a site: steps, builds, and what readers were told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Days, NaiveDateTime, TimeDelta};

use super::program::{Held, Output, Program, Said};
use super::readers::{Entry, Reader, Sender, Wrong, entries};
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
    /// What each entry of each feed showed last.
    shown: BTreeMap<(&'static str, String), (String, usize)>,
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
        let dialect = if seed / 2 % 2 == 0 {
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
            is_careful: seed % 2 == 0,
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
        if self.builds % AGAIN == 0 {
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

    /// Settles everything that is held.
    fn answer(&mut self, said: &Said) -> Result<(), String> {
        if said.is_alarm {
            self.run(&["--accept-resend"])?;
            return Ok(());
        }
        let numbers = self.world.numbers();
        let (mut accepted, mut has_guid) = (Vec::new(), false);
        for held in &said.held {
            let number = numbers.get(&held.path).copied();
            let number = number.ok_or_else(|| format!("there is no {}", held.path))?;
            match self.guid(number, held) {
                Some(guid) => {
                    has_guid = true;
                    if let Some(post) = self.world.posts.get_mut(&number) {
                        post.guid = Some(guid);
                    }
                }
                None => accepted.push(held.path.clone()),
            }
        }
        self.write()?;
        if self.world.is_forgetful {
            if !has_guid {
                self.run(&["--accept-resend"])?;
            }
        } else if !accepted.is_empty() {
            self.program.accept(self.world.now, &accepted)?;
            self.read(&[])?;
        }
        Ok(())
    }

    /// The id that a held post has in truth; none if it is a new one, or is to go out as it is.
    fn guid(&mut self, number: usize, held: &Held) -> Option<String> {
        let (id, path) = held.was.as_ref()?;
        let reader = self.by_id.get(SITE[0])?;
        let dialect = self.world.dialect;
        let is_it = reader.known(id) == Some(number)
            || (reader.known(id).is_none()
                && self.world.posts.get(&number).is_some_and(|post| {
                    let shown = post.shown.as_ref();
                    shown.is_some_and(|shown| shown.path(dialect) == *path)
                }));
        let known = reader.keys(number).last().cloned();
        let (guid, what) = match known {
            _ if is_it => (Some(id.clone()), "doubtful: the same"),
            // The program names another post than the one that it was.
            Some(known) => (Some(known), "doubtful: the same, but as another one"),
            None => (None, "doubtful: new"),
        };
        self.count(what, 1);
        guid
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
            self.read(&said.held)?;
        }
        Ok(said)
    }

    /// Reads what is published, as everybody does.
    fn read(&mut self, held: &[Held]) -> Result<(), String> {
        let before = std::mem::replace(&mut self.output, self.program.output());
        let mut addresses: Option<BTreeMap<String, usize>> = None;
        let numbers = self.world.numbers();
        let oldest = self.oldest(&before);
        for path in SITE.iter().chain([&TAG]) {
            let Some((bytes, _)) = self.output.get(*path) else {
                continue;
            };
            let mut all = entries(path, &String::from_utf8_lossy(bytes))?;
            for entry in &mut all {
                let key = (*path, entry.id.clone());
                if let Some((raw, number)) = self.shown.get(&key)
                    && *raw == entry.raw
                {
                    entry.number = *number;
                    continue;
                }
                let is_changed = |held: &&Held| held.kind == "changed" && held.id == entry.id;
                if self.shown.contains_key(&key) && held.iter().any(|held| is_changed(&held)) {
                    let text = format!("{path} shows {} otherwise, which is held", entry.id);
                    self.fault("not held", text, &[]);
                }
                let addresses = addresses.get_or_insert_with(|| {
                    let all = self.program.addresses(self.world.now).into_iter();
                    all.filter_map(|(url, path)| Some((url, *numbers.get(&path)?)))
                        .collect()
                });
                match addresses.get(&entry.link) {
                    Some(&number) => entry.number = number,
                    None => {
                        let text = format!("{path} shows what is nowhere: {}", entry.raw);
                        self.fault("nowhere", text, &[]);
                    }
                }
                self.shown.insert(key, (entry.raw.clone(), entry.number));
            }
            all.retain(|entry| entry.number > 0);
            self.tell(path, &all);
        }
        let names = held.iter().filter_map(|held| numbers.get(&held.path));
        let names: BTreeSet<usize> = names.copied().collect();
        self.miss(&names, oldest);
        self.world.shown(&names);
        Ok(())
    }

    /// When the oldest entry is from, where only the feeds tell what was before.
    fn oldest(&self, before: &Output) -> Option<NaiveDateTime> {
        let (bytes, _) = before.get(SITE[0])?;
        let all = entries(SITE[0], &String::from_utf8_lossy(bytes)).ok()?;
        let oldest = all.iter().map(|entry| entry.date).min();
        oldest.filter(|_| self.world.is_forgetful)
    }

    /// Shows a state of a feed to its readers.
    fn tell(&mut self, path: &'static str, all: &[Entry]) {
        let forgets = self.world.is_forgetful;
        let reader = self.by_id.entry(path).or_default();
        for wrong in reader.read(all.iter(), |entry| entry.id.clone(), forgets) {
            match wrong {
                Wrong::Double {
                    number,
                    before,
                    now,
                } => {
                    let text = format!("{path}: {number} was {before:?} and is {now:?}");
                    self.fault("double", text, &[number]);
                }
                Wrong::Swallowed { number, other, key } => {
                    let text = format!("{path}: {number} is shown as {key:?}, which is {other}");
                    self.fault("swallowed", text, &[number, other]);
                }
            }
        }
        if path == SITE[0] {
            let link = |entry: &Entry| entry.link.clone();
            let wrong = self.by_link.read(all.iter(), link, false).len();
            self.count("by link: doubles", wrong);
            let title = |entry: &Entry| format!("{} {}", entry.date, entry.title);
            let wrong = self.by_title.read(all.iter(), title, false).len();
            self.count("by title and date: doubles", wrong);
            self.by_date.read(all.iter(), self.world.now);
        }
    }

    /// Looks for posts that are public, and neither told nor held.
    fn miss(&mut self, held: &BTreeSet<usize>, oldest: Option<NaiveDateTime>) {
        let now = self.world.now;
        let is_new = |number: &usize| !self.excused.contains(number) && !held.contains(number);
        let public = self.world.posts.values();
        let public = public.filter(|post| {
            let is_too_old = oldest.is_some_and(|oldest| post.time() <= oldest);
            post.is_public(now) && is_new(&post.number) && !is_too_old
        });
        let public: Vec<(usize, String)> = public
            .map(|post| (post.number, post.path(self.world.dialect)))
            .collect();
        for (number, file) in public {
            let misses = |path: &&&str| {
                let reader = self.by_id.get(**path);
                reader.is_none_or(|reader| reader.keys(number).is_empty())
            };
            let missing: Vec<&&str> = SITE.iter().filter(misses).collect();
            if !missing.is_empty() {
                let text = format!("{number} ({file}) is in none of {missing:?}, and not held");
                self.fault("missed", text, &[number]);
                self.excused.insert(number);
            } else if !self.by_date.has(number) {
                self.count("by date: misses", 1);
                self.excused.insert(number);
            }
        }
    }
}
