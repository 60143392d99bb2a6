//! The posts and records beside a pair in question, by what they could have in common with it.

use std::collections::{BTreeSet, HashMap};

use feedwright_base::permalink::slashed;
use feedwright_site::post::{Fingerprint, Post};

use super::evidence::Key;
use super::likeness::contents;
use super::records::Record;

/// All posts and records, beside the pair in question.
pub(super) struct Surroundings {
    /// Posts by file, those that are hidden included.
    pub(super) posts: HashMap<String, usize>,
    /// How many posts have a text, hidden ones included, and how many records.
    pub(super) texts: HashMap<u64, (usize, usize)>,
    /// How many posts and records have a title or a last part of an address, where feeds are adopted.
    pub(super) names: HashMap<(Key, String), (usize, usize)>,
}

/// The posts and records that have not found each other when a row begins.
#[derive(Default)]
pub(super) struct Left {
    /// Posts by text.
    pub(super) texts: HashMap<u64, Vec<usize>>,
    /// Records by file.
    pub(super) files: HashMap<String, usize>,
    /// Records by text.
    pub(super) records: HashMap<u64, Vec<usize>>,
}

impl Left {
    pub(super) fn of<'a>(
        posts: impl Iterator<Item = (usize, &'a Post)>,
        known: impl Iterator<Item = (usize, &'a &'a Record)>,
    ) -> Self {
        let mut left = Left::default();
        for (at, post) in posts {
            let text = post.fingerprint.body();
            left.texts.entry(text).or_default().push(at);
        }
        for (at, record) in known {
            for content in contents(record) {
                let records = left.records.entry(content.body()).or_default();
                if records.last() != Some(&at) {
                    records.push(at);
                }
            }
            if !record.path.is_empty() {
                left.files.insert(record.path.clone(), at);
            }
        }
        left
    }
}

impl Surroundings {
    pub(super) fn of(
        posts: &[Post],
        urls: &[String],
        known: &[&Record],
        is_adopting: bool,
    ) -> Self {
        let mut texts: HashMap<u64, (usize, usize)> = HashMap::new();
        for post in posts {
            texts.entry(post.fingerprint.body()).or_default().0 += 1;
        }
        for record in known {
            let bodies: BTreeSet<u64> = contents(record).map(Fingerprint::body).collect();
            for body in bodies {
                texts.entry(body).or_default().1 += 1;
            }
        }
        let mut names: HashMap<(Key, String), (usize, usize)> = HashMap::new();
        for key in [Key::Title, Key::Name].into_iter().filter(|_| is_adopting) {
            let with_urls = posts.iter().zip(urls);
            for name in with_urls.flat_map(|(post, url)| key.of_post(post, url)) {
                names.entry((key, name)).or_default().0 += 1;
            }
            for name in known.iter().flat_map(|record| key.of_record(record)) {
                names.entry((key, name)).or_default().1 += 1;
            }
        }
        let posts = posts.iter().enumerate();
        Surroundings {
            posts: posts.map(|(at, post)| (slashed(&post.path), at)).collect(),
            texts,
            names,
        }
    }
}
