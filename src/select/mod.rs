//! Which posts each feed takes.

mod groups;
mod max_feeds;
mod mixed;
mod places;
mod podcasts;
mod published_end;
mod taxonomies;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::slug::fold;
use feedwright_base::text::{plain, plural};
use feedwright_feed::{self as feed, Place, Translation};
use feedwright_site::config::expression::Expression;
use feedwright_site::config::{Config, ExtraFeed, Site, Taxonomy};
use feedwright_site::post::{History, Post};
use rayon::prelude::*;
use url::Url;

use crate::state::{FeedRecord, Position, State};

pub(crate) use self::groups::folder_of;
pub(crate) use self::places::all_places;
use self::places::{places, unique_places};
use self::published_end::Before;

/// A feed to be made: what it is called and which posts it takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Selection {
    /// The key of the feed, whatever its paths and titles are: `site`, `tags/SLUG`.
    pub(crate) key: String,
    /// What sets it apart from the site's feed; `None` for the site's own.
    pub(crate) name: Option<String>,
    /// Its own title and description, where the configuration gives them.
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// The language of its posts, where that is not the site's.
    pub(crate) language: Option<String>,
    /// The title of the feed of its language that it takes a part of, where that is not the site's.
    pub(crate) within: Option<String>,
    /// The page that it belongs to, where that is not the site's own.
    pub(crate) home: Option<Url>,
    /// The pages of the feeds of all languages, its own among them.
    pub(crate) translations: Vec<Translation>,
    pub(crate) places: Vec<Place>,
    /// Indices of posts, newest first, no more than the limit.
    pub(crate) posts: Vec<usize>,
    /// How many more posts it would take without a limit.
    pub(crate) older: usize,
    /// All posts that it would take without a limit, where archives are wanted.
    pub(crate) candidates: Vec<usize>,
    /// The position of the last post, where older ones were cut off. New ones beyond it do not count.
    pub(crate) oldest: Option<Position>,
    /// The ids of posts that it takes beyond its limit or below its last entry, because they are new.
    pub(crate) beyond: BTreeSet<String>,
}

/// What earlier runs left behind for selections.
pub(crate) struct Memory<'a> {
    pub(crate) state: &'a State,
    /// Whether old posts may fill up what deleted ones leave.
    pub(crate) fill_up: bool,
    /// Whether every post could be understood.
    pub(crate) is_whole: bool,
}

impl Memory<'_> {
    /// The record of a feed.
    fn feed(&self, key: &str, places: &[Place]) -> Option<&FeedRecord> {
        let files: Vec<&Path> = places.iter().map(|place| place.path.as_path()).collect();
        self.state.feed(key, &files)
    }
}

/// The name in place of a taxonomy in the paths of feeds that the configuration adds.
pub(crate) const EXTRA_FEEDS: &str = "feeds";

/// The site's own feed, with no posts yet.
pub(crate) fn own(config: &Config) -> Selection {
    Selection {
        key: "site".to_owned(),
        places: places(config, None),
        ..Selection::default()
    }
}

/// All feeds of a site, its own first, then the others by path.
///
/// `posts` are all that could be read; those that are not public are passed over.
pub(crate) fn select(
    posts: &[Post],
    config: &Config,
    memory: &Memory<'_>,
    diags: &mut Diagnostics,
) -> Vec<Selection> {
    let mut order: Vec<usize> = (0..posts.len())
        .filter(|&at| posts[at].is_public(config))
        .collect();
    let key = |at: usize| feed::order(posts[at].published, &posts[at].id);
    order.par_sort_by(|&a, &b| key(a).cmp(&key(b)));
    let main = order
        .iter()
        .copied()
        .filter(|&at| posts[at].main && !posts[at].translation);
    let mut selections = vec![own(config).take(main, posts, config, memory)];
    if selections[0].posts.is_empty() && !order.is_empty() {
        diags.warning(
            "feed-empty",
            config.written.place("feeds.taxonomies"),
            "none of the posts belongs to the site's own feed, so it is not written",
            "posts of collections have feeds of their own, by `feeds.taxonomies: [sections]`",
        );
    }
    mixed::name_translations(&selections[0], posts, config, diags);
    let site = taxonomies::Site {
        posts,
        order: &order,
        config,
        memory,
    };
    let members = site.members(diags);
    selections.extend(max_feeds::bound(members, config, diags));
    taxonomies::name_languages(&mut selections, config);
    selections.extend(podcasts::select(posts, &order, config, memory, diags));
    for extra in &config.feeds.extra {
        selections.extend(of_expression(extra, posts, &order, config, memory, diags));
    }
    nowhere(posts, &order, &selections, config, diags);
    unique_places(selections, config, diags)
}

/// A feed that the configuration adds, of the posts whose tags match its expression; `None` where
/// none do.
fn of_expression(
    extra: &ExtraFeed,
    posts: &[Post],
    order: &[usize],
    config: &Config,
    memory: &Memory<'_>,
    diags: &mut Diagnostics,
) -> Option<Selection> {
    // The configuration was checked: the expression can be read.
    let expression = Expression::parse(&extra.tags).ok()?;
    let matching = order.iter().copied().filter(|&at| {
        if posts[at].apart || posts[at].translation {
            return false;
        }
        let tags: BTreeSet<String> = posts[at]
            .tags
            .iter()
            .chain(&posts[at].categories)
            .map(|tag| fold(tag))
            .collect();
        expression.matches(&|tag| tags.contains(&fold(tag)))
    });
    let selection = Selection {
        key: format!("{EXTRA_FEEDS}/{}", extra.slug),
        name: Some(extra.tags.clone()),
        title: text_of(extra.title.as_ref()),
        description: text_of(extra.description.as_ref()),
        places: places(config, Some((EXTRA_FEEDS, &extra.slug))),
        ..Selection::default()
    }
    .take(matching, posts, config, memory);
    if selection.posts.is_empty() {
        let mut all = config.feeds.extra.iter();
        let at = all.position(|one| one.slug == extra.slug);
        diags.warning(
            "feed-empty",
            config.written.place_of_item("feeds.extra", at.unwrap_or(0)),
            format!(
                "no post matches `{}`, so the feed `{}` is not written",
                extra.tags, extra.slug
            ),
            "check the names of the tags",
        );
        return None;
    }
    Some(selection)
}

/// Says which posts no feed takes at all, whatever the limit of entries.
fn nowhere(
    posts: &[Post],
    order: &[usize],
    selections: &[Selection],
    config: &Config,
    diags: &mut Diagnostics,
) {
    // Without any selection but the site's, which is empty, another message says more.
    if selections
        .iter()
        .all(|selection| selection.posts.is_empty())
    {
        return;
    }
    let of_tags = config.feeds.taxonomies.contains(&Taxonomy::Tags);
    let of_sections = config.feeds.taxonomies.contains(&Taxonomy::Sections);
    let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in order {
        let post = &posts[at];
        let has_term = !post.apart && !post.terms.is_empty();
        let has_tag = has_term || (of_tags && !post.apart && post.tags.len() > post.markers.len());
        if !(post.main || post.translation || of_sections || has_tag) {
            *sections.entry(&post.collection).or_default() += 1;
        }
    }
    for (section, count) in sections {
        let posts = plural(count, "post");
        diags.note(
            "posts-apart",
            config.written.place("feeds.taxonomies"),
            format!(
                "no feed has {posts} of the section `{section}`: the site's own does not take it \
                 (`content.include` and `feeds.taxonomies: [sections]` change that)"
            ),
        );
    }
}

/// A text of the configuration as plain text; a blank one counts as absent.
fn text_of(text: Option<&String>) -> Option<String> {
    text.map(|text| plain(text)).filter(|text| !text.is_empty())
}

impl Selection {
    /// What its feed is called.
    pub(crate) fn title(&self, site: &Site) -> String {
        let own = self.title.clone();
        own.unwrap_or_else(|| {
            let whole = self.within.as_ref().unwrap_or(&site.title);
            match &self.name {
                Some(name) => format!("{whole}: {name}"),
                None => whole.clone(),
            }
        })
    }

    /// Whether it takes the posts of one of the site's further languages, all of them.
    pub(crate) fn is_of_language(&self) -> bool {
        self.language.is_some() && self.within.is_none()
    }

    /// The selection with as many of these posts, newest first, as its feed takes.
    ///
    /// What is older than the last entry of the feed and was public when it was last published does
    /// not come up again: not when newer posts go away, and not when the limit is raised. A post
    /// that is new is in the feed once, however many or old the new ones are: the feed grows until
    /// the next ones come.
    fn take(
        mut self,
        candidates: impl Iterator<Item = usize>,
        posts: &[Post],
        config: &Config,
        memory: &Memory<'_>,
    ) -> Self {
        let candidates: Vec<usize> = candidates.collect();
        let most = config.limit(&self.key).unwrap_or(usize::MAX);
        let before = memory.feed(&self.key, &self.places);
        let before = before.map(|feed| Before::of(feed, &candidates, posts, most, memory.state));
        let floor = before.as_ref().and_then(|before| before.oldest);
        let floor = floor.filter(|_| !memory.fill_up);
        let is_old = |at: usize| {
            let pair = before.as_ref().zip(floor);
            pair.is_some_and(|(before, floor)| before.is_after(floor, &posts[at]))
        };
        let window = |is_out: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let candidates = candidates.iter().copied();
            candidates.filter(|&at| !is_out(at)).take(most).collect()
        };
        self.posts = window(&is_old);
        if self.posts.is_empty() && memory.is_whole {
            // Nothing is left that was in the feed: the guard judges what comes in its place.
            self.posts = window(&|_| false);
        }
        let is_cut = candidates.len() > self.posts.len();
        // The window only moves to newer posts: who went below it does not come up again.
        let last = self.posts.last().map(|&at| &posts[at]);
        let last = last
            .filter(|_| is_cut || floor.is_some())
            .map(|post| Position {
                published: post.published,
                id: post.id.clone(),
            });
        self.oldest = match (floor, last) {
            (Some(floor), Some(last)) if self.posts.len() < most => {
                let is_below = floor.precedes(last.published, &last.id);
                Some(if is_below { last } else { floor.clone() })
            }
            (Some(floor), None) => Some(floor.clone()),
            (_, last) => last,
        };
        if let Some(before) = before.filter(|_| memory.state.has_published()) {
            self.grow(&candidates, posts, &before, most);
        }
        self.older = candidates.len() - self.posts.len();
        if config.feeds.archive {
            self.candidates = candidates;
        }
        self
    }

    /// Adds the new posts that found no room within the limit. While there are no new ones, those of
    /// earlier runs stay.
    fn grow(&mut self, candidates: &[usize], posts: &[Post], before: &Before<'_>, most: usize) {
        let was_beyond = |at: usize| before.beyond.contains(&*posts[at].id);
        // Where published feeds are all that is known, what is older than they are may be known.
        let is_above = |at: usize| {
            let end = before.end;
            end.is_none_or(|end| !before.is_after(end, &posts[at]))
        };
        let is_known = |at: usize| posts[at].evidence.is_some();
        let is_new = |at: usize| !is_known(at) && is_above(at);
        // The run that was to show it may have been stopped.
        let is_pending =
            |at: usize| is_known(at) && posts[at].history == History::New && was_beyond(at);
        let shown: HashSet<usize> = self.posts.iter().copied().collect();
        let others = || candidates.iter().copied().filter(|at| !shown.contains(at));
        let beyond: Vec<usize> = if candidates.iter().any(|&at| is_new(at)) {
            others()
                .filter(|&at| is_new(at) || is_pending(at))
                .collect()
        } else if before.remembers || self.posts.len() >= most {
            others().filter(|&at| was_beyond(at)).collect()
        } else {
            // The next run would take them for the end of the feed.
            Vec::new()
        };
        if beyond.is_empty() {
            return;
        }
        self.beyond = beyond.iter().map(|&at| posts[at].id.clone()).collect();
        let taken: HashSet<usize> = shown.into_iter().chain(beyond).collect();
        self.posts = candidates
            .iter()
            .copied()
            .filter(|at| taken.contains(at))
            .collect();
    }
}
