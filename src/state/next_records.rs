//! What is promised from now on: of each post, and of what has no post any more.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::permalink::slashed;
use feedwright_site::post::{Fingerprint, History, Post};
use url::Url;

use super::identify::Site;
use super::matching::Match;
use super::records::Record;

/// A URL from the site's base on: it stays the same when the site moves.
pub(crate) fn relative(url: &Url, base: &Url) -> String {
    match url.as_str().strip_prefix(base.as_str()) {
        Some(path) => format!("/{path}"),
        None => url.to_string(),
    }
}

/// What is promised of a post from now on.
pub(super) fn of(post: &Post, before: Option<&Record>, base: &Url) -> Record {
    Record {
        id: post.id.clone(),
        aliases: post.aliases.clone(),
        path: slashed(&post.path),
        url: relative(&post.url, base),
        title: post.title.clone(),
        published: post.published,
        given: before
            .filter(|record| record.published == post.published)
            .and_then(|record| record.given),
        updated: (post.updated > post.published).then_some(post.updated),
        content: Some(post.fingerprint),
        gone: false,
        hidden: false,
        scheduled: None,
        latest: None,
        like: BTreeMap::new(),
        elsewhere: Vec::new(),
        pending: match post.history {
            History::New => true,
            History::Known { edited, returned } => edited || returned,
        },
    }
}

/// What the records go by that no post continues.
pub(super) struct Left<'a> {
    pub(super) posts: &'a [Post],
    /// Which record each post is, or may be.
    pub(super) found: &'a [Match],
    pub(super) known: &'a [&'a Record],
    /// The records of posts.
    pub(super) next: &'a [Record],
    /// Files that could not be understood.
    pub(super) broken: &'a HashSet<PathBuf>,
    /// Files at whose permalink the site shows another post.
    pub(super) shadowed: &'a HashSet<PathBuf>,
    /// The ids about which somebody has to say whether a new post is theirs.
    pub(super) asked: HashSet<&'a str>,
    pub(super) site: &'a Site<'a>,
}

impl Left<'_> {
    /// The records that no post continues, as they are from now on: gone, hidden, or as before
    /// where their posts cannot be understood or are asked about.
    pub(super) fn records(&self) -> Vec<Record> {
        let with_posts: HashSet<usize> = self
            .found
            .iter()
            .filter_map(|found| found.record())
            .collect();
        let files: HashSet<String> = self.posts.iter().map(|post| slashed(&post.path)).collect();
        let hidden = self.hidden();
        let Hidden { followed, mut like } = self.hidden_posts();
        let taken: HashSet<&str> = self.next.iter().map(|record| &*record.id).collect();
        let left = self.known.iter().enumerate();
        left.filter(|(_, record)| !taken.contains(&*record.id))
            .map(|(at, record)| {
                let is_broken =
                    self.broken.contains(Path::new(&record.path)) && !with_posts.contains(&at);
                let stays = is_broken || self.asked.contains(record.id.as_str());
                let gone = record.gone || !stays;
                let was_there = !record.gone || record.hidden;
                let mut record = Record {
                    gone,
                    hidden: gone && was_there && (stays || hidden.contains(&record.path)),
                    pending: false,
                    ..Record::clone(record)
                };
                let like = like.remove(&at).unwrap_or_default();
                record.hidden |= record.gone && like.keys().any(|file| hidden.contains(file));
                record.like.retain(|file, _| !files.contains(file));
                record.like.extend(like);
                if let Some(post) = followed.get(&at) {
                    record.gone = true;
                    record.hidden = true;
                    record.path = slashed(&post.path);
                    record.url = relative(&post.url, self.site.base);
                    record.title.clone_from(&post.title);
                    record.latest = Some(post.fingerprint);
                }
                record
            })
            .collect()
    }

    /// The files of posts that nobody sees now.
    fn hidden(&self) -> HashSet<String> {
        let posts = self.posts.iter();
        let posts = posts.filter(|post| !post.held && !(self.site.is_public)(post));
        let others = self.shadowed.iter().chain(self.site.hidden);
        posts
            .map(|post| slashed(&post.path))
            .chain(others.map(|path| slashed(path)))
            .collect()
    }

    /// The posts that nobody sees now, by record: a record follows its file while that is hidden,
    /// and remembers those that are like it until somebody says what they are.
    fn hidden_posts(&self) -> Hidden<'_> {
        let mut hidden = Hidden::default();
        let posts = self.posts.iter().zip(self.found);
        for (post, found) in posts.filter(|(post, _)| !(self.site.is_public)(post)) {
            match *found {
                Match::Known(record, _) => {
                    hidden.followed.insert(record, post);
                }
                Match::Doubtful(record, _) => {
                    let like = hidden.like.entry(record).or_default();
                    like.insert(slashed(&post.path), post.fingerprint);
                }
                Match::New => {}
            }
        }
        hidden
    }
}

/// Posts that nobody sees now, by record.
#[derive(Default)]
struct Hidden<'a> {
    /// Those that surely are the record's.
    followed: HashMap<usize, &'a Post>,
    /// The texts, by file, of those that may be.
    like: HashMap<usize, BTreeMap<String, Fingerprint>>,
}
