//! What readers are told, and what they are not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::{Life, SITE, TAG};
use crate::lives::program::{Held, Output};
use crate::lives::readers::{Entry, Wrong, entries};

impl Life {
    /// Reads what is published, as everybody does. What is held is known after builds.
    pub(super) fn read(&mut self, said: Option<&[Held]>) -> Result<(), String> {
        let held = said.unwrap_or_default();
        let before = std::mem::replace(&mut self.output, self.program.output());
        let addresses = self.world.addresses();
        let mut listed: Option<BTreeMap<String, String>> = None;
        let numbers = self.world.numbers();
        let oldest = self.oldest(&before, held);
        for path in SITE.iter().chain([&TAG]) {
            let Some((bytes, _)) = self.output.get(*path) else {
                continue;
            };
            let mut all = entries(path, &String::from_utf8_lossy(bytes))?;
            let old = self.shown.remove(*path).unwrap_or_default();
            for entry in &mut all {
                if let Some((raw, number)) = old.get(&entry.id)
                    && *raw == entry.raw
                {
                    entry.number = *number;
                    continue;
                }
                let number = addresses.get(&entry.link).or_else(|| {
                    let listed =
                        listed.get_or_insert_with(|| self.program.addresses(self.world.now));
                    listed.get(&entry.link).and_then(|path| numbers.get(path))
                });
                let Some(&number) = number else {
                    let text = format!("{path} shows what is nowhere: {}", entry.raw);
                    self.fault("nowhere", text, &[]);
                    continue;
                };
                entry.number = number;
                let is_there = old.contains_key(&entry.id);
                let is_held = held.iter().any(|held| {
                    let is_it = numbers.get(&held.path) == Some(&number);
                    is_it && (held.kind != "changed" || is_there)
                });
                if is_held && *path != TAG {
                    let text = format!("{path} shows {number} anew as {}, held", entry.id);
                    self.fault("not held", text, &[number]);
                }
            }
            all.retain(|entry| entry.number > 0);
            self.tell(path, &all);
            let shown = all.into_iter();
            let shown = shown.map(|entry| (entry.id, (entry.raw, entry.number)));
            self.shown.insert(path, shown.collect());
        }
        let names = held.iter().filter_map(|held| numbers.get(&held.path));
        let names: BTreeSet<usize> = names.copied().collect();
        if said.is_some() {
            self.miss(&names, oldest);
            self.world.shown(&names);
        }
        Ok(())
    }

    /// When the oldest entry within the limit is from, where only the feeds tell what was before: what
    /// is older may have been public then. Entries whose posts are held or not public do not count.
    fn oldest(&self, before: &Output, held: &[Held]) -> Option<NaiveDateTime> {
        let (bytes, _) = before.get(SITE[0])?;
        let all = entries(SITE[0], &String::from_utf8_lossy(bytes)).ok()?;
        let shown = self.shown.get(SITE[0])?;
        let is_public = |entry: &&Entry| {
            let post = shown
                .get(&entry.id)
                .and_then(|(_, number)| self.world.posts.get(number));
            post.is_some_and(|post| {
                let path = post.path(self.world.dialect);
                let is_held = held
                    .iter()
                    .any(|held| held.kind != "changed" && held.path == path);
                post.is_public(self.world.now) && !is_held
            })
        };
        let all = all.iter().filter(is_public);
        let mut dates: Vec<NaiveDateTime> = all.map(|entry| entry.date).collect();
        dates.sort_unstable_by(|a, b| b.cmp(a));
        dates.truncate(self.world.limit);
        dates.pop().filter(|_| self.world.is_forgetful)
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
        let public = public.filter(|post| post.is_public(now) && is_new(&post.number));
        let public: Vec<(usize, String, bool)> = public
            .map(|post| {
                let is_too_old = oldest.is_some_and(|oldest| post.time() <= oldest);
                (post.number, post.path(self.world.dialect), is_too_old)
            })
            .collect();
        for (number, file, is_too_old) in public {
            if is_too_old {
                // From now on nobody can tell that it is new.
                self.excused.insert(number);
                continue;
            }
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
