//! Finding posts again: which record of an earlier run is about which post.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::permalink::slashed;
use crate::post::{Fingerprint, Post};

use super::identify::{Site, relative};
use super::lock::Record;
use super::published::{link_key, title_key};

/// The record of each post, one to one: by its own id, else by its path where it is still about
/// the same thing, else by its URL, else by its unchanged content. A post that is there no more is
/// also found again by its title within a week, and by most of its lines on its day.
pub(super) fn find_again(
    posts: &[Post],
    known: &[Record],
    site: &Site<'_>,
    there: &HashSet<PathBuf>,
) -> Vec<Option<usize>> {
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
    if known.is_empty() {
        return finding.found;
    }
    finding.pass(
        |record| Some(record.id.clone()),
        |post, _| post.given.id.then(|| post.id.clone()),
        |_, _, _| true,
    );
    finding.pass(
        |record| Some(record.path.clone()).filter(|path| !path.is_empty()),
        |post, _| Some(slashed(&post.path)),
        |post, url, record| agreements(post, url, record) > 0,
    );
    // A file that is there, and cannot be understood or is not shown, has moved nowhere.
    for (at, record) in known.iter().enumerate() {
        if there.contains(Path::new(&record.path)) {
            finding.taken[at] = true;
        }
    }
    finding.pass(
        |record| Some(link_key(&record.url)),
        |_, url| Some(link_key(url)),
        |_, _, _| true,
    );
    finding.pass(
        |record| Some(record.content.as_ref()?.to_string()),
        |post, _| Some(post.fingerprint.to_string()),
        |_, _, _| true,
    );
    finding.pass(
        |record| Some(record.content.as_ref()?.body().to_owned()),
        |post, _| Some(post.fingerprint.body().to_owned()),
        |post, _, record| {
            let same_body = record.content.as_ref();
            same_body.is_some_and(|content| content.same_body(&post.fingerprint))
                && (is_same_day(post, record) || title_key(&post.title) == title_key(&record.title))
        },
    );
    // What is gone since the last run, and came back in another file.
    finding.pass(
        |record| (!record.gone).then(|| title_key(&record.title)),
        |post, _| Some(title_key(&post.title)),
        |post, _, record| {
            let days = post.published.day() - record.published.day();
            days.num_days().abs() < A_WEEK
        },
    );
    finding.pass(
        |record| (!record.gone).then(|| record.published.day().to_string()),
        |post, _| Some(post.published.day().to_string()),
        |post, _, record| {
            let content = record.content.as_ref();
            content.is_some_and(|content| content.is_similar(&post.fingerprint))
        },
    );
    finding.found
}

/// Days after which a regular post may have the title of the one before.
const A_WEEK: i64 = 7;

/// A matching on its way.
struct Finding<'a> {
    posts: &'a [Post],
    known: &'a [Record],
    /// The posts' URLs from the base on.
    urls: Vec<String>,
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
    /// The posts that are not found yet, in path order.
    open: Vec<usize>,
}

impl Finding<'_> {
    /// Matches the open posts with the free records that have the same key. Of several records,
    /// the one that agrees in most counts.
    fn pass(
        &mut self,
        key_of_record: impl Fn(&Record) -> Option<String>,
        key_of_post: impl Fn(&Post, &str) -> Option<String>,
        fits: impl Fn(&Post, &str, &Record) -> bool,
    ) {
        let mut records: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, record) in self.known.iter().enumerate() {
            if !self.taken[at]
                && let Some(key) = key_of_record(record)
            {
                records.entry(key).or_default().push(at);
            }
        }
        if records.is_empty() {
            return;
        }
        let open = std::mem::take(&mut self.open);
        for at in open {
            let (post, url) = (&self.posts[at], self.urls[at].as_str());
            let best = key_of_post(post, url)
                .and_then(|key| records.get(&key))
                .into_iter()
                .flatten()
                .copied()
                .filter(|&record| !self.taken[record] && fits(post, url, &self.known[record]))
                .max_by_key(|&record| {
                    let rank = agreements(post, url, &self.known[record]);
                    (rank, !self.known[record].gone, std::cmp::Reverse(record))
                });
            match best {
                Some(record) => {
                    self.taken[record] = true;
                    self.found[at] = Some(record);
                }
                None => self.open.push(at),
            }
        }
    }
}

/// In how many of URL, title, day and body a post agrees with a record.
fn agreements(post: &Post, url: &str, record: &Record) -> usize {
    let same_body = |content: &Fingerprint| content.same_body(&post.fingerprint);
    [
        url == record.url,
        title_key(&post.title) == title_key(&record.title),
        is_same_day(post, record),
        record.content.as_ref().is_some_and(same_body),
    ]
    .into_iter()
    .filter(|agrees| *agrees)
    .count()
}

fn is_same_day(post: &Post, record: &Record) -> bool {
    let day = post.published.day();
    // The same instant is on one day here and on another there.
    day == record.published.day()
        || post.published == record.published
        || record.given.is_some_and(|given| given.day() == day)
}
