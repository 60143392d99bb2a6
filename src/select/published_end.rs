//! Where a feed ended when it was last published.

use std::collections::{HashMap, HashSet};

use feedwright_base::date::Timestamp;
use feedwright_site::post::Post;

use crate::state::{FeedRecord, Position, State};

/// Where a feed ended when it was last published.
pub(super) struct Before<'a> {
    /// Its last entry, where older posts were cut off.
    pub(super) oldest: Option<&'a Position>,
    /// The entry that no new post is older than, where what is older may be known.
    pub(super) end: Option<&'a Position>,
    /// The ids of the entries beyond that.
    pub(super) beyond: HashSet<&'a str>,
    /// Whether every post is known that was public before.
    pub(super) remembers: bool,
    /// What is known of posts of one time, where published feeds are all that tells.
    ties: Option<Ties<'a>>,
}

/// Of posts of one time, published feeds only tell which stand there: ids of others may be forgotten.
struct Ties<'a> {
    /// The ids of the entries.
    ids: HashSet<&'a str>,
    /// Whether the feed has no room for others of that time.
    is_full: bool,
}

impl Ties<'_> {
    /// Whether a post comes after a place in the order. The others came after those that stand there,
    /// unless no feed knows them and there is room: those are new.
    fn is_after(&self, place: &Position, post: &Post) -> bool {
        if post.published == place.published && !self.ids.contains(&*post.id) {
            self.is_full || post.evidence.is_some()
        } else {
            place.precedes(post.published, &post.id)
        }
    }
}

impl<'a> Before<'a> {
    /// What is known of a feed that these posts could stand in, newest first, `most` of them at most.
    ///
    /// Published feeds do not say where they end. Entries that only stand there because their posts
    /// are held or broken say nothing of it; a feed that has all posts that are older than its end
    /// was not cut off.
    pub(super) fn of(
        feed: &'a FeedRecord,
        candidates: &[usize],
        posts: &[Post],
        most: usize,
        state: &'a State,
    ) -> Self {
        let Some(standing) = state.standing(feed) else {
            return Before {
                oldest: feed.oldest.as_ref(),
                end: None,
                beyond: feed.beyond.iter().map(String::as_str).collect(),
                remembers: state.remembers(),
                ties: None,
            };
        };
        let public: HashMap<&str, Timestamp> = candidates
            .iter()
            .map(|&at| (posts[at].id.as_str(), posts[at].published))
            .collect();
        let standing = standing
            .iter()
            .filter(|place| public.contains_key(&*place.id));
        let standing: Vec<&Position> = standing.collect();
        // What is dated back by now leaves its room to others.
        let stays = standing.iter().filter(|place| {
            public
                .get(&*place.id)
                .is_some_and(|now| *now >= place.published)
        });
        let is_full = stays.count() >= most;
        let ids: HashSet<&str> = standing.iter().map(|place| place.id.as_str()).collect();
        let entering = entering(candidates, posts, &ids);
        let ends = standing.iter().enumerate().position(|(at, place)| {
            let newer = entering.partition_point(|&published| published > place.published);
            at + newer >= most
        });
        let (regular, beyond) = standing.split_at(ends.unwrap_or(standing.len()));
        let oldest = regular.last().copied();
        let end = standing.iter().take(most).next_back().copied();
        let ties = Ties { ids, is_full };
        let mut older = candidates
            .iter()
            .map(|&at| &posts[at])
            .filter(|post| oldest.is_some_and(|oldest| ties.is_after(oldest, post)));
        let is_cut_off = older.any(|post| !ties.ids.contains(&*post.id));
        Before {
            oldest: oldest.filter(|_| is_cut_off),
            end: end.filter(|_| is_cut_off),
            beyond: beyond.iter().map(|place| place.id.as_str()).collect(),
            remembers: false,
            ties: Some(ties),
        }
    }

    /// Whether a post comes after a place in the order, as far as is known.
    pub(super) fn is_after(&self, place: &Position, post: &Post) -> bool {
        match &self.ties {
            Some(ties) => ties.is_after(place, post),
            None => place.precedes(post.published, &post.id),
        }
    }
}

/// The dates, newest first, of posts that other feeds have, and this one may have held back: they take
/// their places in it. `ids` are those of its own entries.
fn entering(candidates: &[usize], posts: &[Post], ids: &HashSet<&str>) -> Vec<Timestamp> {
    let is_entering = |at: &usize| {
        let post = &posts[*at];
        post.evidence.is_some() && !ids.contains(&*post.id)
    };
    let mut entering: Vec<Timestamp> = candidates
        .iter()
        .filter(|at| is_entering(at))
        .map(|&at| posts[at].published)
        .collect();
    entering.sort_unstable_by(|a, b| b.cmp(a));
    entering
}
