//! Which post is which: one id for each, the one that readers know, and one post for each
//! permalink.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::{Aliases, Format};
use feedwright_site::post::{Fingerprint, History, Post};
use feedwright_site::source::by_parts;
use rayon::prelude::*;
use url::Url;

use super::evidence::Evidence;
use super::held::{Accepted, Held, HeldKind, KnownPost};
use super::matching::{Match, find_again};
use super::records::Record;

/// What identification needs to know beside the posts.
pub(crate) struct Site<'a> {
    pub(crate) base: &'a Url,
    pub(crate) now: Timestamp,
    pub(crate) is_public: &'a (dyn Fn(&Post) -> bool + Sync),
    /// Whether the generator is known that makes pages of the posts.
    pub(crate) knows_pages: bool,
    /// The files that could not be understood: what was promised of them stays.
    pub(crate) broken: &'a HashSet<PathBuf>,
    /// The files that are there and are no posts now.
    pub(crate) hidden: &'a HashSet<PathBuf>,
    /// Whether the records are those of feeds, which are matched by link, title and day alone.
    pub(crate) adopting: bool,
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
    let there: HashSet<PathBuf> = broken
        .iter()
        .chain(&shadowed)
        .chain(site.hidden)
        .cloned()
        .collect();
    let found = find_again(&posts, known, site, &there);
    let doubts = doubts(&mut posts, known, &found, site);
    // What may be a post's own stays, as it was, until that is said.
    let asked: HashSet<&str> = doubts
        .iter()
        .filter(|doubt| !doubt.accepted)
        .filter_map(|doubt| Some(doubt.held.was.as_ref()?.id.as_str()))
        .collect();
    let matches: Vec<Option<usize>> = found.iter().map(|found| found.record()).collect();
    let mut ids = Ids::new(known, &matches);
    let mut named: Vec<usize> = Vec::with_capacity(posts.len());
    let mut refused: HashSet<usize> = HashSet::new();
    let mut changed: Vec<usize> = Vec::new();
    // What readers know comes first: a new post takes no id that is another one's.
    let is_open = |at: &usize| (site.is_public)(&posts[*at]);
    let (again, new): (Vec<usize>, Vec<usize>) = (0..posts.len())
        .filter(is_open)
        .partition(|&at| matches[at].is_some());
    for at in again.into_iter().chain(new) {
        let record = matches[at].map(|record| known[record]);
        if !ids.assign(&mut posts, at, record, diags) {
            refused.insert(at);
            broken.insert(posts[at].path.clone());
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
        named.push(at);
    }
    apart(&mut posts, changed, site.now);
    let public = posts.par_iter_mut().filter(|post| (site.is_public)(post));
    public.for_each(pin_atom_id);
    let mut records: Vec<Record> = named
        .par_iter()
        .map(|&at| {
            record_of(
                &posts[at],
                matches[at].map(|record| known[record]),
                site.base,
            )
        })
        .collect();
    for (post, found) in posts.iter_mut().zip(&found) {
        let evidence = match found {
            Match::Known(_, evidence) => Some(evidence),
            Match::Doubtful(_, evidence) if post.held => Some(evidence),
            Match::Doubtful(..) | Match::New => None,
        };
        post.evidence = evidence.map(|evidence| evidence.words());
    }
    let histories = named.iter().map(|&at| posts[at].history).collect();
    let with_posts: HashSet<usize> = matches.iter().flatten().copied().collect();
    // A record follows its file while that is hidden, and remembers those that are like it until
    // somebody says what they are.
    let files: HashSet<String> = posts.iter().map(|post| slashed(&post.path)).collect();
    let mut followed: HashMap<usize, usize> = HashMap::new();
    let mut like: HashMap<usize, BTreeMap<String, Fingerprint>> = HashMap::new();
    for (at, post) in posts.iter().enumerate() {
        let is_public = (site.is_public)(post);
        match found[at] {
            Match::Known(record, _) if !is_public => {
                followed.insert(record, at);
            }
            Match::Doubtful(record, _) if !is_public => {
                let like = like.entry(record).or_default();
                like.insert(slashed(&post.path), post.fingerprint);
            }
            Match::Known(..) | Match::Doubtful(..) | Match::New => {}
        }
    }
    let hidden: HashSet<String> = posts
        .iter()
        .filter(|post| !post.held && !(site.is_public)(post))
        .map(|post| slashed(&post.path))
        .chain(shadowed.iter().chain(site.hidden).map(|path| slashed(path)))
        .collect();
    // A record that was found stands already, unless its post has another id now.
    let is_known = |_: &&Record| !known.is_empty();
    let taken = records.iter().filter(is_known);
    let taken: HashSet<&str> = taken.map(|record| &*record.id).collect();
    let left: Vec<Record> = known
        .iter()
        .enumerate()
        .filter(|(_, record)| !taken.contains(&*record.id))
        .map(|(at, record)| {
            let is_broken = broken.contains(Path::new(&record.path)) && !with_posts.contains(&at);
            let stays = is_broken || asked.contains(record.id.as_str());
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
            if let Some(&post) = followed.get(&at) {
                let post = &posts[post];
                record.gone = true;
                record.hidden = true;
                record.path = slashed(&post.path);
                record.url = relative(&post.url, site.base);
                record.title.clone_from(&post.title);
                record.latest = Some(post.fingerprint);
            }
            record
        })
        .collect();
    records.extend(left);
    if !refused.is_empty() {
        let mut numbers = 0..;
        posts.retain(|_| numbers.next().is_none_or(|at| !refused.contains(&at)));
    }
    Identified {
        posts,
        records,
        histories,
        broken,
        doubts,
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

/// Leaves out posts at whose permalink the site shows another one; their files are the second part.
fn one_per_permalink(
    posts: Vec<Post>,
    site: &Site<'_>,
    diags: &mut Diagnostics,
) -> (Vec<Post>, HashSet<PathBuf>) {
    let hidden = hidden_by_others(&posts, site.is_public);
    if hidden.is_empty() {
        return (posts, HashSet::new());
    }
    let mut left: Vec<Post> = Vec::with_capacity(posts.len());
    let mut shadowed = HashSet::new();
    for (at, post) in posts.into_iter().enumerate() {
        let Some(other) = hidden.get(&at) else {
            left.push(post);
            continue;
        };
        let place = Location::file(&post.path);
        let message = format!(
            "the permalink {} is also that of {}",
            post.url,
            other.display()
        );
        let help = "give one of the two another permalink, or remove it";
        if site.knows_pages {
            let message = format!("{message}, which is shown there, so no feed has this post");
            diags.warning("permalink-duplicate", place, message, help);
        } else {
            diags.error("permalink-duplicate", place, message, help);
        }
        shadowed.insert(post.path);
    }
    (left, shadowed)
}

/// The posts, by index, at whose permalink the site shows another one, with the path of that. What
/// nobody sees is in nobody's way.
fn hidden_by_others(posts: &[Post], is_public: &dyn Fn(&Post) -> bool) -> HashMap<usize, PathBuf> {
    let mut shown: HashMap<&str, usize> = HashMap::with_capacity(posts.len());
    let mut hidden: Vec<usize> = Vec::new();
    let public = posts.iter().enumerate().filter(|(_, post)| is_public(post));
    for (at, post) in public {
        let rank = |at: usize| (posts[at].published, &posts[at].path);
        let other = shown.entry(post.url.as_str()).or_insert(at);
        if *other == at {
            continue;
        }
        if rank(*other) > rank(at) {
            hidden.push(at);
        } else {
            hidden.push(std::mem::replace(other, at));
        }
    }
    let shown_at = |at: usize| shown.get(posts[at].url.as_str()).copied();
    hidden
        .into_iter()
        .filter_map(|at| Some((at, posts[shown_at(at)?].path.clone())))
        .collect()
}

/// A URL from the site's base on: it stays the same when the site moves.
pub(crate) fn relative(url: &Url, base: &Url) -> String {
    match url.as_str().strip_prefix(base.as_str()) {
        Some(path) => format!("/{path}"),
        None => url.to_string(),
    }
}

/// The ids that are in use.
struct Ids {
    /// By id: the index of the post that has it; `None` where a post that is gone was known by it.
    taken: HashMap<String, Option<usize>>,
}

impl Ids {
    fn new(known: &[&Record], matches: &[Option<usize>]) -> Self {
        let found: HashSet<usize> = matches.iter().flatten().copied().collect();
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
    fn assign(
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
                post.id = format!("{}#{}", post.url, &hash[..8]);
            }
        }
        self.taken.insert(post.id.clone(), Some(at));
        true
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

/// Sets posts that this run found changed a second apart, the newest last: readers that order
/// entries by `updated` would do so at random, and validators warn of it.
fn apart(posts: &mut [Post], mut changed: Vec<usize>, now: Timestamp) {
    changed.sort_by_key(|&at| (Reverse(posts[at].published), posts[at].path.clone()));
    for (seconds, at) in changed.into_iter().enumerate() {
        let post = &mut posts[at];
        post.updated = now.earlier(seconds).max(post.published);
    }
}

/// What is promised of a post from now on.
fn record_of(post: &Post, before: Option<&Record>, base: &Url) -> Record {
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
        latest: None,
        like: BTreeMap::new(),
        elsewhere: Vec::new(),
        pending: match post.history {
            History::New => true,
            History::Known { edited, returned } => edited || returned,
        },
    }
}
