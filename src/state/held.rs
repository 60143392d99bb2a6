//! Entries that wait until somebody says what they are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::records::HeldRecord;

/// Why an entry is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeldKind {
    /// A new file that may be a post which readers know.
    Doubtful,
    /// A post that readers know, under another id.
    Resent,
    /// One of more changes than `guard.max_changed` at once.
    Changed,
    /// An old post that nobody touched and that would come up as new.
    Resurfaced,
}

impl HeldKind {
    /// All of them, in the order in which they are reported.
    pub const ALL: [HeldKind; 4] = [
        HeldKind::Doubtful,
        HeldKind::Resent,
        HeldKind::Changed,
        HeldKind::Resurfaced,
    ];

    /// The word for it, in reports and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            HeldKind::Doubtful => "doubtful",
            HeldKind::Resent => "resent",
            HeldKind::Changed => "changed",
            HeldKind::Resurfaced => "resurfaced",
        }
    }
}

/// Why a post would be sent again that keeps its own id.
pub(crate) const OF_FORMAT: &str =
    "one format has another id for it, as a feed that was adopted said";

/// A post as readers know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownPost {
    /// Its file, relative to the site's folder; empty where only feeds tell of it.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The id that readers know it by.
    pub id: String,
}

/// An entry that is held: feeds keep what was published of it, or do not show it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Why.
    pub kind: HeldKind,
    /// The post's file, relative to the site's folder; empty where it is not known.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The id that it would have, or has.
    pub id: String,
    /// The post that readers know, which it may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<KnownPost>,
    /// What is like that post, or what changed.
    pub because: String,
}

impl Held {
    /// What stands for it in the lock and on the command line: its file, else its id.
    pub(crate) fn entry(&self) -> &str {
        if self.path.is_empty() {
            &self.id
        } else {
            &self.path
        }
    }
}

/// What somebody has said may be published.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accepted {
    /// Everything that has been asked.
    pub(crate) all: bool,
    /// What was held when the last run ended, where that is known: nobody has been asked about other
    /// doubtful posts yet.
    pub(crate) asked: Option<BTreeSet<HeldRecord>>,
    /// Files, ids, and words for whole kinds.
    pub(crate) entries: Vec<String>,
    /// Whether doubtful ones among them are the posts that they may be, rather than new ones.
    pub(crate) same: bool,
}

impl Accepted {
    /// Whether this entry is accepted.
    pub(crate) fn takes(&self, held: &Held) -> bool {
        let is_asked = |asked: &BTreeSet<HeldRecord>| asked.contains(&HeldRecord::of(held));
        let is_all = self.all
            && (held.kind != HeldKind::Doubtful || self.asked.as_ref().is_none_or(is_asked));
        is_all || (self.names(held) && !self.is_same(held))
    }

    /// Whether somebody has said that a doubtful post is the one that it may be.
    pub(crate) fn is_same(&self, held: &Held) -> bool {
        self.same && held.kind == HeldKind::Doubtful && self.names(held)
    }

    fn names(&self, held: &Held) -> bool {
        self.entries.iter().any(|entry| names(entry, held))
    }

    /// The entries that are none of those held.
    pub(crate) fn unknown(&self, held: &[Held]) -> Vec<String> {
        let is_kind = |entry: &str| HeldKind::ALL.iter().any(|kind| kind.as_str() == entry);
        let is_unknown =
            |entry: &&String| !is_kind(entry) && !held.iter().any(|held| names(entry, held));
        self.entries.iter().filter(is_unknown).cloned().collect()
    }
}

/// Whether a word of the command line means an entry.
fn names(entry: &str, held: &Held) -> bool {
    let entry = entry.strip_prefix("./").unwrap_or(entry);
    entry == held.path || entry == held.id || entry == held.kind.as_str()
}
