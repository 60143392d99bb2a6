//! Finding posts again: which record of an earlier run is about which post.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::permalink::slashed;
use feedwright_site::post::Post;

use super::evidence::{CERTAIN, DOUBTFUL, Evidence, Key, Row, TextIs};
use super::held::Accepted;
use super::identify::{Site, held_of};
use super::likeness::{
    Pair, contents, has_same_address, has_same_text, has_same_title, is_only_like,
};
use super::next_records::relative;
use super::records::Record;
use super::surroundings::{Left, Surroundings};

/// The record that a post was matched with, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// The post is surely the record's.
    Known(usize, Evidence),
    /// The post may be the record's: somebody has to say.
    Doubtful(usize, Evidence),
    /// The post is new, or not public.
    New,
}

impl Match {
    /// The record that the post surely is of.
    pub(super) fn record(self) -> Option<usize> {
        match self {
            Match::Known(record, _) => Some(record),
            Match::Doubtful(..) | Match::New => None,
        }
    }
}

/// Finds the record of each post, one to one, by the rows of the [table](super::evidence).
///
/// `there` are files of which no post is shown: what was promised of them has moved nowhere.
pub(super) fn find_again(
    posts: &[Post],
    known: &[&Record],
    site: &Site<'_>,
    there: &HashSet<PathBuf>,
) -> Vec<Match> {
    let mut finding = Finding {
        posts,
        known,
        urls: posts
            .iter()
            .map(|post| relative(&post.url, site.base))
            .collect(),
        found: vec![Match::New; posts.len()],
        taken: vec![false; known.len()],
        loose: vec![false; known.len()],
        is_hidden: posts.iter().map(|post| !(site.is_public)(post)).collect(),
        open: Vec::new(),
        is_adopting: site.adopting,
        only_like: known.iter().flat_map(|record| record.like.keys()).collect(),
        surroundings: OnceCell::new(),
    };
    if known.is_empty() {
        return finding.found;
    }
    // What everybody sees comes first.
    let (public, hidden): (Vec<usize>, Vec<usize>) =
        (0..posts.len()).partition(|&at| !finding.is_hidden[at]);
    finding.open = public;
    if !site.adopting {
        finding.open.extend(hidden);
    }
    finding.hold(there);
    for row in &CERTAIN {
        // A post that has moved makes room for the next one.
        while finding.decide(row) && row.text == TextIs::Moved {}
    }
    if !site.adopting {
        finding.doubt_all();
        if finding.settle(site.accepted) {
            finding.doubt_all();
        }
    }
    finding.found
}

/// A matching in progress.
struct Finding<'a> {
    posts: &'a [Post],
    known: &'a [&'a Record],
    /// The URLs of the posts, relative to the base.
    urls: Vec<String>,
    found: Vec<Match>,
    /// Whether a record has its post, or waits for one that is hidden.
    taken: Vec<bool>,
    /// Whether a record only waits because something hidden has its file and address: another post
    /// may still be like it.
    loose: Vec<bool>,
    /// Whether a post is a draft or the like: its record waits for it, wherever it goes.
    is_hidden: Vec<bool>,
    /// The posts that are not found yet, those that are public first, in path order.
    open: Vec<usize>,
    is_adopting: bool,
    /// The files that were only like some post when they were last seen.
    only_like: HashSet<&'a String>,
    /// Built for the first row that needs more than one post and its file.
    surroundings: OnceCell<Surroundings>,
}

impl Finding<'_> {
    /// Keeps records for files that are there and cannot be read as posts, and notes those that
    /// something hidden stands in the place of.
    fn hold(&mut self, there: &HashSet<PathBuf>) {
        let hidden: HashMap<String, usize> = (0..self.posts.len())
            .filter(|&at| self.is_hidden[at])
            .map(|at| (slashed(&self.posts[at].path), at))
            .collect();
        if hidden.is_empty() && there.is_empty() {
            return;
        }
        let left = self.left();
        for (number, record) in self.known.iter().enumerate() {
            if record.gone && !record.hidden {
                continue;
            }
            let in_place = hidden.get(&record.path);
            self.loose[number] = in_place.is_some_and(|&at| {
                let post = &self.posts[at];
                let is_same = has_same_text(post, record) || has_same_title(post, record);
                let is_here = has_same_address(&self.urls[at], record);
                is_here && !is_same && !self.is_elsewhere(at, number, &left)
            });
            self.taken[number] = self.loose[number] || there.contains(Path::new(&record.path));
        }
    }

    /// Gives the open posts the free records that a row is sure of. Of several records, the one
    /// that agrees in most counts. Returns whether it has given any.
    fn decide(&mut self, row: &Row) -> bool {
        let (candidates, left) = self.candidates(row, &|record| !self.taken[record]);
        for (at, records) in candidates {
            let is_weak = matches!(
                row.evidence,
                Evidence::FileAndAddress | Evidence::AddressAndDay
            );
            if self.is_hidden[at] && is_weak {
                continue;
            }
            let free = records.into_iter().filter(|&record| !self.taken[record]);
            let free: Vec<usize> = free.collect();
            let Some(record) = self.best(row, at, &free, &left) else {
                continue;
            };
            let is_other = self.posts[at].given.id && self.posts[at].id != self.known[record].id;
            if is_other && self.is_hidden[at] {
                continue;
            }
            self.taken[record] = true;
            self.loose[record] = false;
            self.found[at] = if is_other {
                Match::Doubtful(record, Evidence::OtherGuid)
            } else if is_only_like(&self.posts[at], self.known[record])
                && row.evidence != Evidence::Guid
            {
                Match::Doubtful(record, Evidence::Followed)
            } else {
                Match::Known(record, row.evidence)
            };
        }
        let (found, before) = (&self.found, self.open.len());
        self.open.retain(|&at| found[at] == Match::New);
        self.open.len() < before
    }

    fn doubt_all(&mut self) {
        for row in &DOUBTFUL {
            self.doubt(row);
        }
    }

    /// Gives doubtful posts the records that somebody has said are theirs, and takes back all other
    /// doubts, which may be about other records now. Returns whether it has given any.
    fn settle(&mut self, accepted: &Accepted) -> bool {
        let mut is_settled = false;
        for at in 0..self.found.len() {
            let Match::Doubtful(record, evidence) = self.found[at] else {
                continue;
            };
            let held = held_of(&self.posts[at], self.known[record], evidence);
            let is_free =
                evidence == Evidence::Followed || !self.taken[record] || self.loose[record];
            if is_free && accepted.is_same(&held) {
                self.found[at] = Match::Known(record, Evidence::Accepted);
                self.taken[record] = true;
                self.loose[record] = false;
                is_settled = true;
            }
        }
        if !is_settled {
            return false;
        }
        for (at, found) in self.found.iter_mut().enumerate() {
            let is_open = match found {
                Match::Doubtful(_, evidence) => {
                    !matches!(evidence, Evidence::OtherGuid | Evidence::Followed)
                }
                Match::Known(..) | Match::New => false,
            };
            if is_open {
                *found = Match::New;
                self.open.push(at);
            }
        }
        self.open.sort_unstable();
        true
    }

    /// Notes which open posts may be those of free records by a row. Several posts may be like one
    /// record.
    fn doubt(&mut self, row: &Row) {
        let is_open = |record: usize| !self.taken[record] || self.loose[record];
        let (candidates, left) = self.candidates(row, &is_open);
        for (at, records) in candidates {
            // An id of its own says that a post is no other.
            if self.posts[at].given.id || (self.is_hidden[at] && row.key == Key::Day) {
                continue;
            }
            let records: Vec<usize> = if self.is_hidden[at] {
                let is_waiting = |record: &Record| !record.gone || record.hidden;
                let records = records.into_iter();
                let waiting = records.filter(|&record| is_waiting(self.known[record]));
                waiting.filter(|&record| !self.loose[record]).collect()
            } else {
                records
            };
            if let Some(record) = self.best(row, at, &records, &left) {
                self.found[at] = Match::Doubtful(record, row.evidence);
            }
        }
        let found = &self.found;
        self.open.retain(|&at| found[at] == Match::New);
    }

    /// The open records that share a row's key with an open post, for all that have some, and what
    /// else is left.
    fn candidates(
        &self,
        row: &Row,
        is_open: &dyn Fn(usize) -> bool,
    ) -> (Vec<(usize, Vec<usize>)>, Left) {
        let key = row.key;
        let keys = self.open.iter().filter_map(|&at| {
            let keys = key.of_post(&self.posts[at], &self.urls[at]);
            (!keys.is_empty()).then_some((at, keys))
        });
        let keys: Vec<(usize, Vec<String>)> = keys.collect();
        if keys.is_empty() {
            return (Vec::new(), Left::default());
        }
        let mut records: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, record) in self.known.iter().enumerate() {
            if is_open(at) {
                for key in key.of_record(record) {
                    records.entry(key).or_default().push(at);
                }
            }
        }
        let with_records = keys.into_iter().filter_map(|(at, keys)| {
            let mut found: Vec<usize> = keys
                .iter()
                .filter_map(|key| records.get(key))
                .flatten()
                .copied()
                .collect();
            found.sort_unstable();
            found.dedup();
            (!found.is_empty()).then_some((at, found))
        });
        (with_records.collect(), self.left())
    }

    /// The posts and records that have not found each other yet.
    fn left(&self) -> Left {
        let records = self.known.iter().enumerate();
        let open = self.open.iter().map(|&at| (at, &self.posts[at]));
        Left::of(open, records.filter(|(at, _)| !self.taken[*at]))
    }

    /// The record among these for which a row holds, and which agrees with the post in most.
    fn best(&self, row: &Row, at: usize, records: &[usize], left: &Left) -> Option<usize> {
        let is_usual = match row.evidence {
            Evidence::LikeText => {
                let around = self.surroundings.get_or_init(|| self.look_around());
                let text = self.posts[at].fingerprint.body();
                around.texts.get(&text) != Some(&(1, 1))
            }
            // Those that have found each other tell of names that come again, too.
            Evidence::TitleAndDay | Evidence::NameAndDay if self.is_adopting => {
                let around = self.surroundings.get_or_init(|| self.look_around());
                let keys = row.key.of_post(&self.posts[at], &self.urls[at]);
                let count = |key| around.names.get(&(row.key, key)).copied();
                keys.into_iter().any(|key| count(key) != Some((1, 1)))
            }
            Evidence::Lines => {
                let pairs = records.iter().map(|&record| self.pair(at, record, false));
                pairs.filter(|pair| pair.has_like_lines()).count() > 1
            }
            _ => records.len() > 1,
        };
        let holding = records.iter().copied().filter_map(|record| {
            let pair = self.pair(at, record, is_usual);
            let is_held = (row.holds)(&pair)
                && match row.text {
                    TextIs::Anywhere => true,
                    TextIs::NowhereElse => !self.is_elsewhere(at, record, left),
                    TextIs::Moved => self.has_moved(at, record, left),
                };
            is_held.then_some((record, pair.agreements()))
        });
        // The last one counts.
        let best = holding.max_by_key(|&(record, agreements)| {
            (agreements, !self.known[record].gone, Reverse(record))
        });
        best.map(|(record, _)| record)
    }

    fn pair(&self, at: usize, record: usize, is_usual: bool) -> Pair<'_> {
        Pair {
            post: &self.posts[at],
            url: &self.urls[at],
            record: self.known[record],
            is_adopting: self.is_adopting,
            is_usual,
            was_asked: self.only_like.contains(&slashed(&self.posts[at].path)),
        }
    }

    /// Whether a text that a post and a record share has surely moved from the record's file to the
    /// post's: nothing else has it, its old file is gone or has another title and text by now,
    /// and the post has not come in the place of one whose own text went nowhere.
    fn has_moved(&self, at: usize, record: usize, left: &Left) -> bool {
        let (post, known) = (&self.posts[at], self.known[record]);
        let around = self.surroundings.get_or_init(|| self.look_around());
        let is_vacated = around.posts.get(&known.path).is_none_or(|&in_place| {
            let other = &self.posts[in_place];
            let is_anothers = self.found[in_place].record().is_some();
            is_anothers || (!has_same_text(other, known) && !has_same_title(other, known))
        });
        let is_only_one = around.texts.get(&post.fingerprint.body()) == Some(&(1, 1))
            || self.is_only_whole_one(at, record, left);
        // With its title it came itself, whatever was there before.
        let own = left.files.get(&slashed(&post.path));
        let is_replaced = !has_same_title(post, known)
            && own.is_some_and(|&own| own != record && !self.is_elsewhere(at, own, left));
        is_vacated && is_only_one && !is_replaced
    }

    /// Whether no other post without a record agrees with this record in text, title and day, nor
    /// another record with this post.
    fn is_only_whole_one(&self, at: usize, record: usize, left: &Left) -> bool {
        let text = self.posts[at].fingerprint.body();
        let is_whole = |at: usize, record: usize| self.pair(at, record, false).is_whole();
        let posts = left.texts.get(&text).into_iter().flatten();
        let records = left.records.get(&text).into_iter().flatten();
        is_whole(at, record)
            && posts.filter(|&&other| is_whole(other, record)).count() == 1
            && records.filter(|&&other| is_whole(at, other)).count() == 1
    }

    /// Whether a record's text stands, beyond chance, in another post that has no record yet.
    fn is_elsewhere(&self, at: usize, record: usize, left: &Left) -> bool {
        let known = self.known[record];
        let posts = contents(known).filter_map(|content| left.texts.get(&content.body()));
        let others = posts.flatten();
        let mut others = others.filter(|&&other| other != at && !self.is_hidden[other]);
        others.any(|&other| {
            let pair = self.pair(other, record, false);
            pair.has_same_text() && (pair.is_telling() || pair.has_same_title())
        })
    }

    fn look_around(&self) -> Surroundings {
        Surroundings::of(self.posts, &self.urls, self.known, self.is_adopting)
    }
}
