//! What is promised of posts, feeds, archive pages and hubs: the lines of the lock.

use std::collections::{BTreeMap, BTreeSet};

use feedwright_base::date::Timestamp;
use feedwright_feed::{Aliases, order};
use feedwright_site::post::Fingerprint;
use serde::{Deserialize, Serialize};

use super::held::{Held, HeldKind};

/// What was promised of one post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The id that readers know it by.
    #[serde(rename = "post")]
    pub(crate) id: String,
    /// What single formats call it instead.
    #[serde(default, skip_serializing_if = "Aliases::is_empty")]
    pub(crate) aliases: Aliases,
    /// Its file, relative to the site, with `/` between the parts.
    pub(crate) path: String,
    /// Its permalink, from the site's base URL on.
    pub(crate) url: String,
    /// Where else feeds have it, while feeds are all that tells: one may be older than another.
    #[serde(skip)]
    pub(crate) elsewhere: Vec<String>,
    pub(crate) title: String,
    /// When it was published, as the feeds have it.
    pub(crate) published: Timestamp,
    /// What the author says of that, where an adopted feed said otherwise: until the author says
    /// something else again, the feed's date stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) given: Option<Timestamp>,
    /// When it last changed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<Timestamp>,
    /// What it was like then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Fingerprint>,
    /// Whether it was public once and is no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) gone: bool,
    /// Whether its file is still there, as a draft or with a date that has not come: the record waits
    /// for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) hidden: bool,
    /// What the file was like when it was last seen, hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) latest: Option<Fingerprint>,
    /// Files that are only like the post, with what they were like when they were last seen: before
    /// one of them is shown, somebody has to say what it is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) like: BTreeMap<String, Fingerprint>,
    /// When it will be public, where that has not come yet: all this is promised then. A post that was
    /// public before is not scheduled but hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scheduled: Option<Timestamp>,
    /// Whether it is new or changed, and feeds that show it may not have come out: so is a post whose
    /// date has come since the last run, and otherwise only a run that was stopped between its lock
    /// and its feeds leaves this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) pending: bool,
}

/// What was promised of one feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedRecord {
    /// What it is of: `site`, `tags/SLUG`.
    #[serde(rename = "feed")]
    pub(crate) key: String,
    pub(crate) id: String,
    /// Its files, relative to the output folder, with `/` between the parts.
    pub(crate) files: BTreeSet<String>,
    /// Files that another program wrote and whose ids were adopted, with hashes of their bytes: the
    /// feed may replace these very bytes, once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) adopted: BTreeMap<String, String>,
    /// The UUID by which directories know the podcast that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) guid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    /// How many entries it may have; 0 means all.
    pub(crate) limit: usize,
    /// Its last entry, where older posts were cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) oldest: Option<Position>,
    /// The ids of entries that it has beyond its limit or below its last entry: posts that were new,
    /// and too many or too old to find room. They stay until the next new ones come.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) beyond: BTreeSet<String>,
}

/// One archive page of a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArchiveRecord {
    /// What the feed is of.
    #[serde(rename = "archive")]
    pub(crate) key: String,
    /// Counted from the oldest, from 1.
    pub(crate) page: usize,
    /// Its files, relative to the output folder, with `/` between the parts.
    pub(crate) files: BTreeSet<String>,
    /// Hashes of the ids of its posts, those that are gone included, in the order in which they
    /// came to it.
    pub(crate) posts: Vec<String>,
}

/// What a hub was told of last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PingRecord {
    /// The file, relative to the output folder, with `/` between the parts.
    #[serde(rename = "told")]
    pub(crate) file: String,
    pub(crate) hub: String,
    /// Of the bytes that the file had.
    pub(crate) hash: String,
}

/// What the guard holds until somebody says what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldRecord {
    /// The id of the entry, or the file of a post that has none yet.
    #[serde(rename = "held")]
    pub(crate) entry: String,
    pub(crate) kind: HeldKind,
}

impl HeldRecord {
    pub(crate) fn of(held: &Held) -> Self {
        HeldRecord {
            entry: held.entry().to_owned(),
            kind: held.kind,
        }
    }
}

/// A place in the order of entries: newest first, then by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Position {
    pub(crate) published: Timestamp,
    pub(crate) id: String,
}

impl Position {
    /// Whether a post with this date and id comes later in the order.
    pub(crate) fn precedes(&self, published: Timestamp, id: &str) -> bool {
        order(self.published, &self.id) < order(published, id)
    }
}
