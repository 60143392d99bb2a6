//! Which post is which: one id for each, the one that readers know, and one post for each
//! permalink.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::slashed;
use feedwright_feed::{self as feed, Format, emit};
use feedwright_site::post::{History, Post};
use feedwright_site::source::by_parts;
use rayon::prelude::*;
use url::Url;

use super::evidence::Evidence;
use super::held::{Accepted, Held, HeldKind, KnownPost};
use super::ids::Ids;
use super::matching::{Match, find_again};
use super::next_records;
use super::records::Record;
use super::shadowed::one_per_permalink;

/// What identification needs to know beside the posts.
pub(crate) struct Site<'a> {
    pub(crate) base: &'a Url,
    pub(crate) now: Timestamp,
    pub(crate) is_public: &'a (dyn Fn(&Post) -> bool + Sync),
    /// Whether a post is to be public once its date comes, and the lock says so.
    pub(crate) is_scheduled: &'a (dyn Fn(&Post) -> bool + Sync),
    /// Whether the generator is known that makes pages of the posts.
    pub(crate) knows_pages: bool,
    /// The files that could not be understood: what was promised of them stays.
    pub(crate) broken: &'a HashSet<PathBuf>,
    /// The files that are there and are no posts now.
    pub(crate) hidden: &'a HashSet<PathBuf>,
    /// Whether the records are those of feeds, which are matched by link, title and day alone.
    pub(crate) adopting: bool,
    /// Whether new posts that were updated at one moment are set a second apart: only where that is
    /// remembered.
    pub(crate) spaces_updated: bool,
    /// What somebody has said is new.
    pub(crate) accepted: &'a Accepted,
}

/// A new post that may be one that readers know.
#[derive(Debug, Clone)]
pub(crate) struct Doubt {
    pub(crate) held: Held,
    /// Whether somebody has said that it is new.
    pub(crate) accepted: bool,
}

/// Posts with the ids that readers know, and all that is promised from now on.
pub(crate) struct Identified {
    pub(crate) posts: Vec<Post>,
    /// Those of posts come first.
    pub(crate) records: Vec<Record>,
    /// What readers know of these posts from before this run.
    pub(crate) histories: Vec<History>,
    /// The files of posts that could not be understood, or can have no id or permalink.
    pub(crate) broken: HashSet<PathBuf>,
    /// The posts about which somebody has to say whether they are new.
    pub(crate) doubts: Vec<Doubt>,
}

/// Gives every public post its id, its dates and its history.
///
/// Where two posts of a site have one id, as jekyll-feed gives them, the first in path order
/// keeps it and the other gets its permalink. Of two posts with one permalink the site itself can
/// show only one: the newer, or the later by path, which generators write last. Where nobody knows
/// what makes the pages, that is an error.
pub(crate) fn identify(
    mut posts: Vec<Post>,
    known: &[&Record],
    site: &Site<'_>,
    diags: &mut Diagnostics,
) -> Identified {
    posts.sort_by(|a, b| by_parts(&a.path, &b.path));
    let mut broken = site.broken.clone();
    let (mut posts, shadowed) = one_per_permalink(posts, site, diags);
    if !site.knows_pages {
        broken.extend(shadowed.iter().cloned());
    }
    let there = broken.iter().chain(&shadowed).chain(site.hidden);
    let there: HashSet<PathBuf> = there.cloned().collect();
    let found = find_again(&posts, known, site, &there);
    let doubts = doubts(&mut posts, known, &found, site);
    let records: Vec<Option<&Record>> = found
        .iter()
        .map(|found| found.record().map(|record| known[record]))
        .collect();
    let Named {
        public: named,
        scheduled,
        refused,
    } = name(&mut posts, known, &found, site, diags);
    broken.extend(refused.iter().map(|&at| posts[at].path.clone()));
    let record_of = |&at: &usize| next_records::of(&posts[at], records[at], site.base);
    let mut next: Vec<Record> = named.par_iter().map(record_of).collect();
    let scheduled = scheduled.iter().map(|at| Record {
        scheduled: posts[*at].future,
        pending: false,
        ..record_of(at)
    });
    let scheduled: Vec<Record> = scheduled.collect();
    for (post, found) in posts.iter_mut().zip(&found) {
        post.evidence = evidence(post, found).map(|evidence| evidence.words());
    }
    let histories = named.iter().map(|&at| posts[at].history).collect();
    let left = next_records::Left {
        posts: &posts,
        found: &found,
        known,
        next: &next,
        broken: &broken,
        shadowed: &shadowed,
        // What may be a post's own stays, as it was, until that is said.
        asked: doubts
            .iter()
            .filter(|doubt| !doubt.accepted)
            .filter_map(|doubt| Some(doubt.held.was.as_ref()?.id.as_str()))
            .collect(),
        site,
    };
    let left = left.records();
    next.extend(left);
    next.extend(scheduled);
    if !refused.is_empty() {
        let mut numbers = 0..;
        posts.retain(|_| numbers.next().is_none_or(|at| !refused.contains(&at)));
    }
    Identified {
        posts,
        records: next,
        histories,
        broken,
        doubts,
    }
}

/// The posts that have an id, by index.
#[derive(Default)]
struct Named {
    /// Those that were found again come first.
    public: Vec<usize>,
    scheduled: Vec<usize>,
    /// Those that can have none.
    refused: HashSet<usize>,
}

/// Gives public posts their ids and what was promised of them, and scheduled ones what will be.
fn name(
    posts: &mut [Post],
    known: &[&Record],
    found: &[Match],
    site: &Site<'_>,
    diags: &mut Diagnostics,
) -> Named {
    let mut ids = Ids::new(known, found);
    let mut named = Named::default();
    let mut changed: Vec<usize> = Vec::new();
    // What readers know comes first: a new post takes no id that is another one's.
    let is_open = |at: &usize| (site.is_public)(&posts[*at]);
    let (again, new): (Vec<usize>, Vec<usize>) = (0..posts.len())
        .filter(is_open)
        .partition(|&at| found[at].record().is_some());
    for at in again.into_iter().chain(new) {
        let record = found[at].record().map(|record| known[record]);
        if !ids.assign(posts, at, record, diags) {
            named.refused.insert(at);
            continue;
        }
        if let Some(record) = record {
            // What published feeds say is forgotten when the entry leaves them: a date of theirs that
            // is not the post's own would bring it back then.
            let has_date = site.adopting || !record.path.is_empty();
            if keep_promises(&mut posts[at], record, has_date, site.now) {
                changed.push(at);
            }
        }
        named.public.push(at);
    }
    apart(posts, changed, site.now);
    // The id of a scheduled post that was public before is remembered as it is.
    let is_scheduled =
        |at: &usize| matches!(found[*at], Match::New) && (site.is_scheduled)(&posts[*at]);
    let scheduled: Vec<usize> = (0..posts.len()).filter(is_scheduled).collect();
    for at in scheduled {
        match ids.assign(posts, at, None, diags) {
            true => named.scheduled.push(at),
            false => drop(named.refused.insert(at)),
        }
    }
    if site.spaces_updated {
        let all: Vec<usize> = [&*named.public, &named.scheduled].concat();
        space_updated(posts, &all, found, site.now);
    }
    for &at in &named.scheduled {
        pin_atom_id(&mut posts[at]);
    }
    let public = posts.par_iter_mut().filter(|post| (site.is_public)(post));
    public.for_each(pin_atom_id);
    named
}

/// Why a post is the one that readers know, or is held because it may be.
fn evidence(post: &Post, found: &Match) -> Option<Evidence> {
    match *found {
        Match::Known(_, evidence) => Some(evidence),
        Match::Doubtful(_, evidence) if post.held => Some(evidence),
        Match::Doubtful(..) | Match::New => None,
    }
}

/// Takes posts that may be known ones out of what is public, unless somebody has said that they are
/// new.
fn doubts(posts: &mut [Post], known: &[&Record], found: &[Match], site: &Site<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let public = posts.iter_mut().zip(found);
    for (post, found) in public.filter(|(post, _)| (site.is_public)(post)) {
        let (record, evidence, is_said) = match *found {
            Match::Doubtful(record, evidence) => (record, evidence, false),
            Match::Known(record, evidence @ Evidence::Accepted) => (record, evidence, true),
            Match::Known(..) | Match::New => continue,
        };
        let held = held_of(post, known[record], evidence);
        let accepted = is_said || site.accepted.takes(&held);
        post.held = !accepted;
        doubts.push(Doubt { held, accepted });
    }
    doubts
}

/// A post that may be a record's, as one that is held.
pub(super) fn held_of(post: &Post, record: &Record, evidence: Evidence) -> Held {
    Held {
        kind: match evidence {
            Evidence::OtherGuid => HeldKind::Resent,
            _ => HeldKind::Doubtful,
        },
        path: slashed(&post.path),
        title: post.title.clone(),
        id: post.id.clone(),
        was: Some(KnownPost {
            path: record.path.clone(),
            title: record.title.clone(),
            id: record.id.clone(),
        }),
        because: evidence.words().to_owned(),
    }
}

/// What Atom makes of an id that is no URI depends on where the site is now.
fn pin_atom_id(post: &mut Post) {
    if post.aliases.atom.is_none() {
        let of_atom = emit::id(Format::Atom, &post.id, &post.aliases, &post.url);
        post.aliases.atom = Some(of_atom).filter(|of_atom| *of_atom != post.id);
    }
}

/// What was promised of a post counts where its author says nothing else: of its date, if that is
/// remembered at all. Says whether the post is updated by this run.
fn keep_promises(post: &mut Post, record: &Record, has_date: bool, now: Timestamp) -> bool {
    let own = post.published;
    if has_date && (!post.given.published || record.given == Some(post.published)) {
        post.published = record.published;
    }
    let is_changed = record
        .content
        .as_ref()
        .is_some_and(|content| content.differs(&post.fingerprint));
    if !post.given.updated {
        let updated = if is_changed {
            Some(now)
        } else {
            record.updated
        };
        post.updated = updated.unwrap_or(post.published);
    }
    post.updated = post.updated.max(post.published);
    let is_dated_anew = own != record.given.unwrap_or(record.published);
    // Under another id, its author made it another post; and what a stopped run promised may
    // never have been seen.
    if post.id == record.id && !record.pending {
        post.history = History::Known {
            edited: is_changed || (is_dated_anew && post.given.published),
            returned: record.gone,
        };
    }
    is_changed && !post.given.updated
}

/// Sets new posts that are as old as others a second apart, as the feed lists them: posts of one day
/// have mostly one time, and the order of their entries has to show in `updated`. What is known keeps
/// its own.
fn space_updated(posts: &mut [Post], named: &[usize], found: &[Match], now: Timestamp) {
    let is_new = |at: &&usize| found[**at].record().is_none() && !posts[**at].given.updated;
    let (new, known): (Vec<&usize>, Vec<&usize>) = named.iter().partition(is_new);
    let mut taken: HashSet<i64> = known.iter().map(|&&at| posts[at].updated.epoch()).collect();
    let mut new: Vec<usize> = new.into_iter().copied().collect();
    new.sort_by_cached_key(|&at| Reverse(feed::order(posts[at].published, &posts[at].id)));
    // The next free second behind an instant: so many posts of one day are looked at once each.
    let mut next: HashMap<i64, usize> = HashMap::new();
    for at in new {
        let own = posts[at].updated;
        let seconds = next.entry(own.epoch()).or_default();
        while !taken.insert(own.later(*seconds).epoch()) {
            *seconds += 1;
        }
        let spaced = own.later(*seconds);
        // Nothing was updated in the future, but what lies there.
        posts[at].updated = if own <= now { spaced.min(now) } else { spaced };
    }
}

/// Sets posts that this run found changed a second apart, the newest last: readers that order
/// entries by `updated` would do so at random, and validators warn of it.
fn apart(posts: &mut [Post], mut changed: Vec<usize>, now: Timestamp) {
    changed.sort_by_key(|&at| (Reverse(posts[at].published), posts[at].path.clone()));
    for (seconds, at) in changed.into_iter().enumerate() {
        let post = &mut posts[at];
        post.updated = now.earlier(seconds).max(post.published);
    }
}
