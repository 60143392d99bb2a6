//! Finding posts again: which record of an earlier run is about which post.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::permalink::{dated_name, slashed};
use crate::post::{Fingerprint, Post};

use super::identify::{Site, relative};
use super::lock::Record;
use super::published::{link_key, title_key};

/// The record of each post, one to one: by its own id; by its path, where it has the title or the
/// body that it had; by its unchanged content, wherever that went. What is left may have been
/// renamed and edited at once: title or lines tell. Then its old place is its own: path with URL
/// or day, or the URL alone.
///
/// `there` are files of which no post is shown: what was promised of them has moved nowhere.
pub(super) fn find_again(
    posts: &[Post],
    known: &[&Record],
    site: &Site<'_>,
    there: &HashSet<PathBuf>,
) -> Vec<Option<usize>> {
    if known.is_empty() {
        return vec![None; posts.len()];
    }
    let mut finding = Finding {
        posts,
        known,
        urls: posts
            .iter()
            .map(|post| relative(&post.url, site.base))
            .collect(),
        found: vec![None; posts.len()],
        taken: vec![false; known.len()],
        open: (0..posts.len())
            .filter(|&at| (site.is_public)(&posts[at]))
            .collect(),
    };
    let path_of = |record: &Record| Some(record.path.clone()).filter(|path| !path.is_empty());
    let path = |post: &Post, _: &str| Some(slashed(&post.path));
    // A link to another site is no address here.
    let link_of = |record: &Record| {
        let is_here = !record.url.contains("://");
        is_here.then(|| link_key(&record.url))
    };
    finding.pass(
        |record| Some(record.id.clone()),
        |post, _| post.given.id.then(|| post.id.clone()),
        |_, _, _| true,
    );
    finding.pass(path_of, path, |post, _, record| is_same_body(post, record));
    // A file that cannot be understood has moved nowhere.
    finding.hold(|record| site.broken.contains(Path::new(&record.path)));
    finding.pass(
        |record| Some(record.content.as_ref()?.to_string()),
        |post, _| Some(post.fingerprint.to_string()),
        |post, _, record| is_back(post, record),
    );
    finding.pass(
        |record| Some(record.content.as_ref()?.body().to_string()),
        |post, _| Some(post.fingerprint.body().to_string()),
        |post, _, record| {
            let is_same = is_same_day(post, record) || is_same_title(post, record);
            is_same && is_same_body(post, record) && is_back(post, record)
        },
    );
    finding.pass(path_of, path, |post, _, record| is_same_title(post, record));
    finding.hold(|record| there.contains(Path::new(&record.path)));
    finding.hold_for_hidden_posts(site);
    if site.adopting {
        finding.pass(link_of, |_, url| Some(link_key(url)), |_, _, _| true);
        finding.pass(
            |record| Some(title_key(&record.title)),
            |post, _| Some(title_key(&post.title)),
            |post, _, record| is_same_day(post, record),
        );
        return finding.found;
    }
    finding.pass(
        |record| Some(title_key(&record.title)),
        |post, _| Some(title_key(&post.title)),
        |post, _, record| days_between(post, record) < A_WEEK,
    );
    finding.pass(
        |record| {
            let content = record.content.as_ref();
            content.map_or(Vec::new(), |content| content.lines().collect())
        },
        |post, _| post.fingerprint.lines().collect::<Vec<_>>(),
        |post, _, record| {
            let content = record.content.as_ref();
            let common = content.map_or(0, |content| content.common_lines(&post.fingerprint));
            let days = days_between(post, record);
            (common >= 2 && days < A_WEEK) || (common >= 3 && days < A_MONTH && !record.gone)
        },
    );
    finding.pass(path_of, path, |post, url, record| {
        (url == record.url || is_same_day(post, record)) && is_back(post, record)
    });
    finding.pass(
        link_of,
        |_, url| Some(link_key(url)),
        |post, _, record| is_back(post, record),
    );
    finding.found
}

/// Whether a post can be the one of a record that was gone: a new one may well stand in its place,
/// or say the same another year.
fn is_back(post: &Post, record: &Record) -> bool {
    let lines = |content: &Fingerprint| content.common_lines(&post.fingerprint) >= 2;
    let is_alike = || {
        is_same_title(post, record)
            || is_same_body(post, record)
            || record.content.as_ref().is_some_and(lines)
    };
    !record.gone || (days_between(post, record) < A_WEEK && is_alike())
}

/// How far apart their days are: by the dates that readers know, by the author's, and by the name
/// that the file had.
fn days_between(post: &Post, record: &Record) -> i64 {
    let name = Path::new(&record.path).file_stem();
    let named = name.and_then(|name| {
        let (day, _) = dated_name(name.to_str()?)?;
        day.parse::<NaiveDate>().ok()
    });
    let given = record.given.map(|given| given.day());
    let days = [Some(record.published.day()), given, named];
    let distances = days
        .into_iter()
        .flatten()
        .map(|day| (post.published.day() - day).num_days().abs());
    distances.min().unwrap_or(i64::MAX)
}

fn is_same_body(post: &Post, record: &Record) -> bool {
    let content = record.content.as_ref();
    content.is_some_and(|content| content.same_body(&post.fingerprint))
}

/// Days after which a post that comes once a month may have the lines of the one before.
const A_MONTH: i64 = 28;

/// Days after which a regular post may have the title of the one before.
const A_WEEK: i64 = 7;

/// A matching on its way.
struct Finding<'a> {
    posts: &'a [Post],
    known: &'a [&'a Record],
    /// The posts' URLs from the base on.
    urls: Vec<String>,
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
    /// The posts that are not found yet, in path order.
    open: Vec<usize>,
}

impl Finding<'_> {
    /// Keeps what was promised of posts that are not gone, where their files are still there.
    fn hold(&mut self, is_there: impl Fn(&Record) -> bool) {
        for (at, record) in self.known.iter().enumerate() {
            if !record.gone && is_there(record) {
                self.taken[at] = true;
            }
        }
    }

    /// The same for drafts and the like, as far as they are what was promised.
    fn hold_for_hidden_posts(&mut self, site: &Site<'_>) {
        let hidden: HashMap<String, &Post> = self
            .posts
            .iter()
            .filter(|post| !(site.is_public)(post))
            .map(|post| (slashed(&post.path), post))
            .collect();
        self.hold(|record| {
            let post = hidden.get(&record.path);
            post.is_some_and(|post| is_same_body(post, record) || is_same_title(post, record))
        });
    }

    /// Matches the open posts with the free records that share a key. Of several records, the one
    /// that agrees in most counts.
    fn pass<R: IntoIterator<Item = String>, P: IntoIterator<Item = String>>(
        &mut self,
        keys_of_record: impl Fn(&Record) -> R,
        keys_of_post: impl Fn(&Post, &str) -> P,
        fits: impl Fn(&Post, &str, &Record) -> bool,
    ) {
        let keys = self.open.iter().map(|&at| {
            let keys = keys_of_post(&self.posts[at], &self.urls[at]);
            keys.into_iter().collect::<Vec<String>>()
        });
        let keys: Vec<Vec<String>> = keys.collect();
        // Most passes have nothing to look for.
        if keys.iter().all(Vec::is_empty) {
            return;
        }
        let mut records: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, record) in self.known.iter().enumerate() {
            if !self.taken[at] {
                for key in keys_of_record(record) {
                    records.entry(key).or_default().push(at);
                }
            }
        }
        let open = std::mem::take(&mut self.open);
        for (at, keys) in open.into_iter().zip(keys) {
            let (post, url) = (&self.posts[at], self.urls[at].as_str());
            let mut candidates: Vec<usize> = keys
                .iter()
                .filter_map(|key| records.get(key))
                .flatten()
                .copied()
                .filter(|&record| !self.taken[record] && fits(post, url, self.known[record]))
                .collect();
            if candidates.len() > 1 {
                // The last one counts.
                candidates.sort_by_key(|&record| {
                    let rank = agreements(post, url, self.known[record]);
                    (rank, !self.known[record].gone, Reverse(record))
                });
            }
            match candidates.last() {
                Some(&record) => {
                    self.taken[record] = true;
                    self.found[at] = Some(record);
                }
                None => self.open.push(at),
            }
        }
    }
}

/// In what a post may agree with a record: URL, day, body and title, cheapest first.
const TESTS: [fn(&Post, &str, &Record) -> bool; 4] = [
    |_, url, record| url == record.url,
    |post, _, record| is_same_day(post, record),
    |post, _, record| is_same_body(post, record),
    |post, _, record| is_same_title(post, record),
];

/// In how many of them it does.
fn agreements(post: &Post, url: &str, record: &Record) -> usize {
    TESTS.iter().filter(|test| test(post, url, record)).count()
}

fn is_same_title(post: &Post, record: &Record) -> bool {
    post.title == record.title || title_key(&post.title) == title_key(&record.title)
}

fn is_same_day(post: &Post, record: &Record) -> bool {
    // The same instant is on one day here and on another there.
    days_between(post, record) == 0 || post.published == record.published
}
