//! Older posts, in pages that feeds link to: RFC 5005 section 4.
//!
//! A post comes to the newest page when no room is left for it in the feed, and stays there: its
//! page is written down in the lock, so that no other post ever moves it to another one. A page
//! that is full never changes but with its own posts. That is why an empty one always follows the
//! newest, whose address that can name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;
use feedwright_feed::{Entry, Extent, Feed, Neighbours, Place, order};
use feedwright_site::config::{Config, Written};
use feedwright_site::post::Post;

use crate::state::kept::Lost;
use crate::state::{ArchiveRecord, State};

use super::serialize::Kept;

/// How many posts a page has where feeds have no limit.
const USUAL: usize = 20;

/// How many pages in a row may be missing from a lock.
const MOST_MISSING: usize = 16;

/// How many digits of a hash stand for the id of a post.
const DIGITS: usize = 16;

/// The pages of all feeds, and what is promised of them.
#[derive(Default)]
pub(crate) struct Archives {
    pub(crate) feeds: Vec<Feed>,
    pub(crate) records: Vec<ArchiveRecord>,
}

/// Posts that a feed has no room for, by page.
struct Pages {
    /// What the lock says of each page: hashes of the ids of its posts.
    posts: Vec<Vec<String>>,
    /// The entries of each page that are still there, newest first.
    entries: Vec<Vec<Arc<Entry>>>,
}

/// The site that archives are made of.
pub(crate) struct Site<'a> {
    pub(crate) posts: &'a [Post],
    pub(crate) entries: &'a [Option<Arc<Entry>>],
    /// Posts that cannot be made now, and stay where they were published.
    pub(crate) lost: &'a [Lost],
    /// The published entries of such posts that feeds, by key, have no room for any more.
    pub(crate) pushed: &'a HashMap<String, Vec<Arc<Entry>>>,
    pub(crate) state: &'a State,
    pub(crate) config: &'a Config,
}

/// Makes the archive pages of feeds, and links the feeds to them. `candidates` are the posts that a
/// feed would take if it had no end, by its key, newest first.
pub(crate) fn archives(
    feeds: &mut [Feed],
    candidates: &HashMap<String, Vec<usize>>,
    site: &Site<'_>,
    kept: &mut Kept,
    diags: &mut Diagnostics,
) -> Archives {
    let size = site.config.feeds.limit.unwrap_or(USUAL);
    let lost: HashSet<String> = site.lost.iter().map(|lost| hash(&lost.id)).collect();
    let mut taken: HashSet<PathBuf> = feeds
        .iter()
        .flat_map(|feed| feed.places.iter().map(|place| place.path.clone()))
        .collect();
    let mut all = Archives::default();
    for feed in feeds {
        let pushed = site.pushed.get(&feed.key).map_or(&[][..], Vec::as_slice);
        let older = older(feed, candidates, pushed, site);
        let pages = Pages::of(&older, &site.state.archive(&feed.key), size);
        if pages.posts.is_empty() {
            feed.extent = Extent::Complete;
            continue;
        }
        let made = pages.feeds(feed, &lost);
        keep_bytes(&made, feed, pushed, kept);
        refuse_taken(&made, &mut taken, &site.config.written, diags);
        all.records.extend(pages.records(feed));
        all.feeds.extend(made);
    }
    all
}

/// The entries that a feed has no room for, newest first.
fn older<'a>(
    feed: &Feed,
    candidates: &HashMap<String, Vec<usize>>,
    pushed: &'a [Arc<Entry>],
    site: &Site<'a>,
) -> Vec<&'a Arc<Entry>> {
    let shown: HashSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    let older = candidates.get(&feed.key).into_iter().flatten();
    let mut older: Vec<&Arc<Entry>> = older
        .filter(|&&at| !shown.contains(site.posts[at].id.as_str()))
        .filter_map(|&at| site.entries[at].as_ref())
        .collect();
    older.extend(pushed);
    older.sort_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)));
    older
}

/// Gives entries that moved from a feed to its pages the bytes there that they had in the feed.
fn keep_bytes(pages: &[Feed], feed: &Feed, pushed: &[Arc<Entry>], kept: &mut Kept) {
    for page in pages {
        for entry in page.entries.iter().filter(|entry| pushed.contains(entry)) {
            let Some(files) = kept.get_mut(&entry.id) else {
                continue;
            };
            for (place, of_page) in feed.places.iter().zip(&page.places) {
                if let Some(bytes) = files.get(&place.path).cloned() {
                    files.insert(of_page.path.clone(), bytes);
                }
            }
        }
    }
}

/// Refuses pages at the paths of feeds or of other pages.
fn refuse_taken(
    pages: &[Feed],
    taken: &mut HashSet<PathBuf>,
    written: &Written,
    diags: &mut Diagnostics,
) {
    for place in pages.iter().flat_map(|page| &page.places) {
        if !taken.insert(place.path.clone()) {
            diags.error(
                "feed-path-duplicate",
                written.place("feeds.taxonomy_paths"),
                format!(
                    "an archive page and a feed would both be {}",
                    slashed(&place.path)
                ),
                "give feeds other paths by `feeds.taxonomy_paths`",
            );
        }
    }
}

impl Pages {
    /// Puts posts, newest first, on the pages that they have been on, and the others, the oldest
    /// first, on the newest page and those after it.
    fn of(older: &[&Arc<Entry>], known: &[&ArchiveRecord], size: usize) -> Self {
        let mut left: BTreeMap<String, &Arc<Entry>> = older
            .iter()
            .map(|entry| (hash(&entry.id), *entry))
            .collect();
        let mut pages = Pages {
            posts: Vec::new(),
            entries: Vec::new(),
        };
        for record in known {
            // Every page is written down; where many are missing, the lock is no word of ours.
            if record.page > pages.posts.len() + MOST_MISSING {
                break;
            }
            while pages.posts.len() < record.page {
                pages.add();
            }
            let at = record.page - 1;
            pages.entries[at] = record
                .posts
                .iter()
                .filter_map(|post| left.remove(post).map(Arc::clone))
                .collect();
            pages.posts[at].clone_from(&record.posts);
        }
        for entry in older.iter().rev() {
            let hash = hash(&entry.id);
            if left.remove(&hash).is_none() {
                continue;
            }
            let last = pages.posts.iter().rposition(|posts| !posts.is_empty());
            let at = match last {
                Some(last) if pages.posts[last].len() < size => last,
                Some(last) => last + 1,
                None => 0,
            };
            while pages.posts.len() <= at {
                pages.add();
            }
            pages.posts[at].push(hash);
            pages.entries[at].push(Arc::clone(entry));
        }
        if pages.posts.last().is_some_and(|last| !last.is_empty()) {
            pages.add();
        }
        for entries in &mut pages.entries {
            entries.sort_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)));
        }
        pages
    }

    /// What is promised of the pages of a feed.
    fn records(&self, feed: &Feed) -> Vec<ArchiveRecord> {
        let record = |(at, posts): (usize, &Vec<String>)| {
            let places = feed.places.iter();
            let files = places.map(|place| slashed(&numbered(&place.path, at + 1)));
            ArchiveRecord {
                key: feed.key.clone(),
                page: at + 1,
                files: files.collect(),
                posts: posts.clone(),
            }
        };
        self.posts.iter().enumerate().map(record).collect()
    }

    fn add(&mut self) {
        self.posts.push(Vec::new());
        self.entries.push(Vec::new());
    }

    /// The pages as feeds, with the links between them and from the feed that they belong to. A
    /// page all of whose posts are gone is passed over, unless it is the newest.
    fn feeds(&self, feed: &mut Feed, lost: &HashSet<String>) -> Vec<Feed> {
        let newest = self.entries.len();
        let has_some = |page: usize| {
            let is_lost = |post| lost.contains(post);
            !self.entries[page - 1].is_empty() || self.posts[page - 1].iter().any(is_lost)
        };
        let shown: Vec<usize> = (1..=newest)
            .filter(|&page| page == newest || has_some(page))
            .collect();
        let mut updated = feed.updated;
        let mut made: Vec<Feed> = Vec::with_capacity(shown.len());
        for (at, &page) in shown.iter().enumerate() {
            let entries = self.entries[page - 1].clone();
            let own = entries.iter().map(|entry| entry.updated).max();
            // An empty page is as old as the one before.
            updated = own.unwrap_or(updated);
            let (before, after) = (at.checked_sub(1).map(|at| shown[at]), shown.get(at + 1));
            let places = feed.places.iter().map(|place| Place {
                path: numbered(&place.path, page),
                url: numbered_url(&place.url, page),
                format: place.format,
                neighbours: Neighbours {
                    previous: before.map(|page| numbered_url(&place.url, page)),
                    next: after.map(|page| numbered_url(&place.url, *page)),
                    current: Some(place.url.clone()),
                },
            });
            made.push(Feed {
                key: format!("{}/archive/{page}", feed.key),
                places: places.collect(),
                hubs: Vec::new(),
                extent: Extent::Archive,
                entries,
                updated,
                ..feed.clone()
            });
        }
        // The empty page at the end has nothing for a reader.
        let first = shown.iter().rev().find(|page| has_some(**page));
        for place in &mut feed.places {
            place.neighbours.previous = first.map(|page| numbered_url(&place.url, *page));
        }
        made
    }
}

/// The hash that stands for the id of a post in the lock.
fn hash(id: &str) -> String {
    blake3::hash(id.as_bytes())
        .to_hex()
        .slice(..DIGITS)
        .to_owned()
}

/// The file of a page beside that of its feed: `rss-archive-3.xml`.
fn numbered(path: &Path, page: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(with_number(&name, page))
}

pub(crate) fn numbered_url(url: &url::Url, page: usize) -> url::Url {
    let mut numbered = url.clone();
    let (folder, name) = url.path().rsplit_once('/').unwrap_or(("", url.path()));
    numbered.set_path(&format!("{folder}/{}", with_number(name, page)));
    numbered
}

fn with_number(name: &str, page: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-archive-{page}.{extension}"),
        None => format!("{name}-archive-{page}"),
    }
}
