//! One id for each post: its own, the one that readers know, or its permalink.

use std::collections::{HashMap, HashSet};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;
use feedwright_feed::Aliases;
use feedwright_site::post::Post;

use super::matching::Match;
use super::records::Record;

/// The ids that are in use.
pub(super) struct Ids {
    /// By id: the index of the post that has it; `None` where a post that is gone was known by it.
    taken: HashMap<String, Option<usize>>,
}

impl Ids {
    pub(super) fn new(known: &[&Record], matches: &[Match]) -> Self {
        let found = matches.iter().filter_map(|found| found.record());
        let found: HashSet<usize> = found.collect();
        let mut taken = HashMap::with_capacity(known.len().max(matches.len()));
        // Ids of posts that are gone stay theirs.
        let gone = known
            .iter()
            .enumerate()
            .filter(|(at, _)| !found.contains(at));
        taken.extend(gone.map(|(_, record)| (record.id.clone(), None)));
        Ids { taken }
    }

    /// Whose an id is, in words.
    fn owner(&self, id: &str, posts: &[Post]) -> Option<String> {
        Some(match self.taken.get(id)? {
            Some(other) => posts[*other].path.display().to_string(),
            None => "a post that is gone".to_owned(),
        })
    }

    /// Gives the post at an index its id; `false` where an author gave it one that another post has.
    pub(super) fn assign(
        &mut self,
        posts: &mut [Post],
        at: usize,
        record: Option<&Record>,
        diags: &mut Diagnostics,
    ) -> bool {
        let place = |post: &Post| Location::file(&post.path);
        let post = &posts[at];
        if post.given.id && record.is_none_or(|record| record.id != post.id) {
            if let Some(owner) = self.owner(&post.id, posts) {
                let message = format!("the id {} is already that of {owner}", post.id);
                let help = "correct the `guid` of one of the two";
                diags.error("id-duplicate", place(post), message, help);
                return false;
            }
        } else if let Some(record) = record {
            posts[at].id.clone_from(&record.id);
            posts[at].aliases = record.aliases.clone();
        }
        let owner = self.owner(&posts[at].id, posts);
        let post = &mut posts[at];
        if let Some(owner) = owner {
            let message = format!(
                "the id {} is already that of {owner}; this post gets its permalink as id",
                post.id
            );
            diags.note("id-duplicate", place(post), message);
            post.id = post.url.to_string();
            post.aliases = Aliases::default();
            if self.taken.contains_key(&post.id) {
                // Another post was at this permalink once, or has it as its `guid`.
                let seed = format!("{} {}", post.published, post.title);
                let hash = blake3::hash(seed.as_bytes()).to_hex();
                post.id = format!("{}#{}", post.url, hash.slice(..8));
            }
        }
        self.taken.insert(post.id.clone(), Some(at));
        true
    }
}
