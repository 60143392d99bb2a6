//! Taking over the ids and dates of feeds that any program made.

mod feeds;
mod left;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::{is_loopback, slashed};
use feedwright_feed::read::Published;
use feedwright_site::config::{Config, StateKind};
use feedwright_site::post::{History, Post};
use url::Url;

use crate::publish::{Files, Stage, Turn};
use crate::state::adopt::OldEntry;
use crate::state::{Accepted, Lock, Owned, Record, State};

use self::feeds::take_feeds;
use super::old_feeds::OldFeed;
use crate::load::{self, Loaded, Read};
use crate::run::Progress;

/// What was taken over from feeds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adoption {
    /// How many posts have ids and dates from the feeds.
    pub adopted: usize,
    /// Of these, the ones whose id is another than before, with both: path, before, now.
    pub changed: Vec<(PathBuf, String, String)>,
    /// Posts whose dates differ from those that subscribers saw: path, own date, date kept.
    pub dates: Vec<(PathBuf, Timestamp, Timestamp)>,
    /// Posts that entries lead to whose ids belong to posts that are still there: path, path of
    /// that one, id.
    pub taken: Vec<(PathBuf, PathBuf, String)>,
    /// Entries that no post was found for: id and title.
    pub unmatched: Vec<(String, String)>,
    /// Posts of entries that the feed in the place of theirs does not take: path, title and section.
    pub apart: Vec<(PathBuf, String, String)>,
    /// Entries that have the id of another one: id and title. Their posts get ids of their own.
    pub duplicates: Vec<(String, String)>,
    /// Ids of entries in feeds that call them otherwise than newer ones do.
    pub lost: Vec<LostId>,
    /// Entries whose ids no feed can have: id and title. Their posts get ids of their own.
    pub refused: Vec<(String, String)>,
    /// Posts that no feed has, although they are of its time: path and title.
    pub absent: Vec<(PathBuf, String)>,
    /// Posts and entries that found nothing, and are the only such ones of their title or day: path of
    /// the post, id and title of the entry.
    pub perhaps: Vec<(PathBuf, String, String)>,
    /// Feeds whose own id is kept: file and id.
    pub feeds: Vec<(String, String)>,
    /// Files of the output folder that are such a feed, and that the next build may replace.
    pub replaceable: Vec<PathBuf>,
}

/// An id that readers of one feed know an entry by, and that another feed has another one for.
#[derive(Debug, Clone, PartialEq)]
pub struct LostId {
    /// The feed.
    pub feed: String,
    /// The id.
    pub id: String,
    /// The title of the entry.
    pub title: String,
}

/// What feeds come to in a site, before anything is written.
pub(super) struct Taken {
    pub(super) adoption: Adoption,
    /// What feeds tell of each entry.
    pub(super) old_entries: Vec<OldEntry>,
    /// The posts as their files have them.
    pub(super) read: Read,
    before: State,
    lock: Lock,
}

/// Takes the ids and dates of these feeds into the lock of a site. Nothing else changes.
///
/// # Errors
///
/// A site that keeps no lock, files that cannot be read, and a lock that cannot be written.
pub fn adopt(
    config: &Config,
    feeds: &[OldFeed],
    dry_run: bool,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Adoption, Error> {
    let _turn = Turn::take(&[config.root.path()], waiting)?;
    let taken = take(config, feeds, &HashSet::new(), diags, progress)?;
    if !dry_run {
        taken.write(config)?;
    }
    Ok(taken.adoption)
}

/// Finds out what a site's lock would be with the ids and dates of these feeds. `main` are the
/// numbers of those that are surely the site's own, wherever they are.
pub(super) fn take(
    config: &Config,
    feeds: &[OldFeed],
    main: &HashSet<usize>,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Taken, Error> {
    let state = lock_of(config)?;
    name_local_feeds(feeds, config, diags);
    let read = load::read(config, &state, diags, progress)?;
    // Once as the lock has them, to know which lines are replaced; once as the feeds have them.
    let (nothing, mut passed_over) = (Accepted::default(), Diagnostics::new());
    let records = state.records();
    let before = load::identify(read.clone(), &records, &nothing, config, &mut passed_over);
    let all: Vec<&Published> = feeds.iter().map(|old| &old.feed).collect();
    let old_entries = crate::state::adopt::old_entries(&all, &config.site.url);
    let records: Vec<&Record> = old_entries
        .iter()
        .map(|old_entry| &old_entry.record)
        .collect();
    let after = load::adopted(read.clone(), &records, config, &mut passed_over);
    let newest = all.iter().filter_map(|feed| feed.newest()).max();
    let public = after.posts.iter().filter(|post| post.is_public(config));
    let is_of_their_time = |post: &&Post| Some(post.published) <= newest;
    let sides = Sides {
        old_entries: &old_entries,
        own: by_file(&read.posts),
        earlier: by_file(&before.posts),
        records: after
            .records
            .iter()
            .map(|record| (&*record.path, record))
            .collect(),
        without: public
            .filter(|post| post.history == History::New)
            .filter(is_of_their_time)
            .collect(),
        state: &state,
    };
    let (lock, adoption) = sides.adopt(&after, feeds, main, config)?;
    Ok(Taken {
        adoption,
        old_entries,
        read,
        before: state,
        lock,
    })
}

/// Warns of feeds that were made where the site's address was not known, such as on somebody's own
/// machine: their ids are not those that subscribers know.
fn name_local_feeds(feeds: &[OldFeed], config: &Config, diags: &mut Diagnostics) {
    if is_loopback(&config.site.url) {
        return;
    }
    for old in feeds {
        let links = old.feed.entries.iter().map(|entry| entry.url.as_str());
        let mut links = links.filter(|link| !link.is_empty());
        let is_local = |link: &str| match Url::parse(link) {
            Ok(url) => is_loopback(&url),
            Err(_) => true,
        };
        let Some(link) = links.find(|link| is_local(link)) else {
            continue;
        };
        let address = old.address.as_deref().unwrap_or("/feed.xml");
        let address = config.site.url.join(address);
        let address = address.as_ref().map_or("", |address| address.as_str());
        diags.warning(
            "feed-local",
            Location::file(&old.name),
            format!(
                "the feed was made without the site's address: it has the link `{link}`, and its ids may be \
                 others than those that subscribers know"
            ),
            format!(
                "adopt the feed that is published, as `curl -fsS -o published.xml {address}` fetches it"
            ),
        );
    }
}

/// Posts by their files.
fn by_file(posts: &[Post]) -> HashMap<&PathBuf, &Post> {
    posts.iter().map(|post| (&post.path, post)).collect()
}

/// What the lock of a site promises.
///
/// # Errors
///
/// A site that keeps no lock, and one that cannot be read.
fn lock_of(config: &Config) -> Result<State, Error> {
    if config.state != StateKind::Lock {
        return Err(Error::new(format!(
            "only `state: lock` can keep what feeds tell: set it in {}",
            feedwright_site::config::FILE
        )));
    }
    State::of_lock(config)
}

/// The site and the old feeds, held against each other.
struct Sides<'a> {
    /// What feeds tell of each entry.
    old_entries: &'a [OldEntry],
    /// The posts as their files have them, by file.
    own: HashMap<&'a PathBuf, &'a Post>,
    /// The posts as the lock has them, by file.
    earlier: HashMap<&'a PathBuf, &'a Post>,
    /// The records of posts with what the feeds tell, by file.
    records: BTreeMap<&'a str, &'a Record>,
    /// The public posts of the feeds' time that found no entry.
    without: Vec<&'a Post>,
    state: &'a State,
}

impl Sides<'_> {
    /// The lock with what the feeds tell, and what was taken over. `after` are the posts as the feeds
    /// have them.
    fn adopt(
        &self,
        after: &Loaded,
        feeds: &[OldFeed],
        main: &HashSet<usize>,
        config: &Config,
    ) -> Result<(Lock, Adoption), Error> {
        let posts = &after.posts;
        let mut lock = self.state.lock_to_change(config);
        let mut adoption = Adoption::default();
        self.take_posts(posts, &mut lock, &mut adoption);
        take_feeds(posts, feeds, main, self, &mut lock, &mut adoption, config)?;
        let floor = lock.feeds.get("site").and_then(|feed| feed.oldest.as_ref());
        let (old, records) = (self.old_entries, &after.records);
        left::note(old, records, &self.without, floor, &mut adoption);
        adoption.refused = left::refused(feeds);
        adoption.lost = left::lost_ids(feeds, old);
        self.keep_posts(&mut lock, &adoption);
        self.keep_entries(&mut lock, &adoption);
        Ok((lock, adoption))
    }

    /// Takes the id and the date of every entry that found a post.
    fn take_posts(&self, posts: &[Post], lock: &mut Lock, adoption: &mut Adoption) {
        let mut taken: HashSet<String> = HashSet::new();
        let is_adopted = |post: &&Post| post.history != History::New;
        for post in posts.iter().filter(is_adopted) {
            let Some(record) = self.taken(post, adoption) else {
                continue;
            };
            if let Some(earlier) = self.earlier.get(&post.path) {
                if earlier.id != record.id && earlier.history != History::New {
                    let ids = (post.path.clone(), earlier.id.clone(), record.id.clone());
                    adoption.changed.push(ids);
                }
                lock.posts.remove(&earlier.id);
            }
            taken.insert(record.id.clone());
            lock.posts.insert(record.id.clone(), record);
            adoption.adopted += 1;
        }
        // A post that had an id of its own has none but the adopted one now.
        lock.posts.retain(|id, known| {
            let adopted = self.records.get(known.path.as_str());
            let adopted = adopted.map(|record| &record.id);
            known.gone || adopted.is_none_or(|adopted| adopted == id || !taken.contains(adopted))
        });
    }

    /// The record of a post with what its entry tells; `None` where that cannot be taken.
    fn taken(&self, post: &Post, adoption: &mut Adoption) -> Option<Record> {
        let record = self.records.get(slashed(&post.path).as_str())?;
        let same = self
            .old_entries
            .iter()
            .filter(|old_entry| old_entry.record.id == record.id);
        let old_entry = left::entry_of(record, same.map(|old_entry| (old_entry, old_entry)))?;
        let own = self.own.get(&post.path);
        let given = own.map_or(post.published, |own| own.published);
        // The id of a post whose file is still there is not another one's.
        let is_there = |known: &&Record| self.own.contains_key(&PathBuf::from(&known.path));
        let owner = self.state.record(&record.id).filter(is_there);
        if let Some(owner) = owner.filter(|owner| owner.path != record.path) {
            let owner = (PathBuf::from(&owner.path), record.id.clone());
            adoption.taken.push((post.path.clone(), owner.0, owner.1));
            return None;
        }
        let published = if old_entry.dated {
            old_entry.record.published
        } else {
            given
        };
        let differs = given != published;
        if differs {
            let dates = (post.path.clone(), given, published);
            adoption.dates.push(dates);
        }
        let updated = old_entry.record.updated.or(record.updated);
        Some(Record {
            published,
            given: differs.then_some(given),
            updated: updated.filter(|updated| *updated > published),
            pending: false,
            ..(*record).clone()
        })
    }

    /// Keeps the posts that no feed has: what is older than the newest entry was public with it, so it
    /// is known, and no news.
    fn keep_posts(&self, lock: &mut Lock, adoption: &Adoption) {
        let perhaps = adoption.perhaps.iter().map(|(path, ..)| path);
        let perhaps: HashSet<&PathBuf> = perhaps.collect();
        let posts = self.without.iter();
        for post in posts.filter(|post| !perhaps.contains(&post.path)) {
            let earlier = self.earlier.get(&post.path);
            let is_known = earlier.is_some_and(|earlier| earlier.history != History::New);
            let record = self.records.get(slashed(&post.path).as_str());
            if let Some(record) = record.filter(|_| !is_known) {
                let known = lock.posts.entry(record.id.clone());
                known.or_insert_with(|| Record {
                    pending: false,
                    ..(*record).clone()
                });
            }
        }
    }

    /// Keeps the entries that have no post, as those of posts that were deleted.
    fn keep_entries(&self, lock: &mut Lock, adoption: &Adoption) {
        let unmatched = adoption.unmatched.iter().map(|(id, _)| &**id);
        let unmatched: HashSet<&str> = unmatched.collect();
        let old_entries = self.old_entries.iter();
        for old_entry in old_entries.filter(|old_entry| unmatched.contains(&*old_entry.record.id)) {
            let perhaps = adoption.perhaps.iter();
            let perhaps = perhaps.filter(|(_, id, _)| *id == old_entry.record.id);
            let like = perhaps.filter_map(|(path, ..)| {
                let post = self.own.get(path)?;
                Some((slashed(path), post.fingerprint))
            });
            let known = lock.posts.entry(old_entry.record.id.clone());
            known.or_insert_with(|| Record {
                gone: true,
                like: like.collect(),
                elsewhere: Vec::new(),
                ..old_entry.record.clone()
            });
        }
    }
}

impl Taken {
    /// What is promised when the lock is written.
    pub(super) fn state(&self, config: &Config) -> State {
        State::with_lock(config, self.lock.clone())
    }

    /// Writes the lock, unless it is as it was.
    ///
    /// # Errors
    ///
    /// A lock that cannot be written, or could not be read back.
    pub(super) fn write(&self, config: &Config) -> Result<(), Error> {
        if !self.before.is_other(&self.lock) {
            return Ok(());
        }
        let text = self.lock.to_text();
        if Lock::parse(&text.to_string()).as_ref() != Ok(&self.lock) {
            return Err(Error::new(
                "what the feeds say could not be read back from feedwright.lock, which is a \
                 mistake of feedwright: nothing was written",
            ));
        }
        let root = config.root.path();
        let stage = Stage::begin(root, root, false, Files::default(), Owned::default())?;
        stage.write_now(&config.lock(), &text.pieces())
    }
}
