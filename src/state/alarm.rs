//! Decides whether a whole run is stopped, and says why.

use std::collections::BTreeSet;

use feedwright_base::permalink::slashed;
use feedwright_base::text::{first_of, plural};
use feedwright_feed::read::HeadField;
use feedwright_site::config::Guard;
use serde::Serialize;

use super::causes;
use super::findings::{ByKind, Findings};
use super::guard::Facts;
use super::held::Held;

/// How many examples a message names.
const EXAMPLES: usize = 3;

/// Why a run is stopped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alarm {
    /// What subscribers would see, and in which feeds, one sentence for each kind.
    pub findings: Vec<String>,
    /// What probably caused it.
    pub causes: Vec<String>,
    /// The published files whose ids `feedwright adopt` can keep.
    pub adoptable: Vec<String>,
}

impl Alarm {
    /// The alarm of a run in which so much is wrong that nothing may be written; `None` where entries
    /// can be judged one by one.
    pub(super) fn of(facts: &Facts<'_>, found: &ByKind<'_>) -> Option<Self> {
        let excess = Excess::of(facts, found);
        let mut findings = Vec::new();
        findings.extend(excess.resent());
        findings.extend(new_feed_id(facts));
        findings.extend(excess.resurfaced());
        findings.extend(excess.changed());
        if findings.is_empty() {
            return None;
        }
        let mut causes = causes::of_site(facts);
        causes.extend(causes::of_links(facts));
        // What a lost lock knew, published feeds tell.
        let changed = found.changed.values().filter(|_| excess.is_lost);
        let files = found.resent.values().chain(changed);
        let files: BTreeSet<&String> = files.flat_map(|found| &found.feeds).collect();
        Some(Alarm {
            findings,
            causes,
            adoptable: files.into_iter().cloned().collect(),
        })
    }

    /// Why nothing is written while something is held of a feed that another program wrote: once the
    /// feed is replaced, nobody knows any more what subscribers had.
    pub(super) fn of_foreign(held: &[Held]) -> Alarm {
        let are = match held {
            [_] => "1 entry is held".to_owned(),
            held => format!("{} entries are held", held.len()),
        };
        Alarm {
            findings: vec![format!(
                "{are}, as said below, and a feed that another program wrote is replaced only when \
                 that is settled"
            )],
            causes: Vec::new(),
            adoptable: Vec::new(),
        }
    }
}

/// Judges which of the findings are more than the configuration allows.
struct Excess<'a> {
    found: &'a ByKind<'a>,
    guard: Guard,
    /// The number of entries of the largest feed.
    known: usize,
    /// How many entries would have another address.
    moved: usize,
    /// Whether there is no lock, and subscribers would see it.
    is_lost: bool,
    /// Whether the base URL changed.
    is_moved: bool,
    /// Whether every post that was public before is known.
    remembers: bool,
}

impl<'a> Excess<'a> {
    fn of(facts: &Facts<'_>, found: &'a ByKind<'a>) -> Self {
        let guard = facts.config.guard;
        let known = facts.plan.iter().map(|feed| feed.difference.had).max();
        let is_any = found.resent.len() > guard.max_resent
            || found.resurfaced.len() > guard.max_resurfaced
            || found.changed.len() > guard.max_changed;
        Excess {
            found,
            guard,
            known: known.unwrap_or(0),
            moved: causes::moved(facts.plan).len(),
            is_lost: facts.state.is_missing() && is_any,
            is_moved: causes::base_before(facts).is_some(),
            remembers: facts.state.remembers(),
        }
    }

    /// Whether `count` is more than may change at once, and more than half of the largest feed.
    fn is_most(&self, count: usize) -> bool {
        count > self.guard.max_changed && count * 2 > self.known
    }

    fn resent(&self) -> Option<String> {
        let resent = &self.found.resent;
        let is_too_much = resent.len() > self.guard.max_resent
            && (self.is_lost || self.is_moved || self.is_most(resent.len()));
        is_too_much.then(|| sentence(resent, "would be sent again under another id"))
    }

    fn resurfaced(&self) -> Option<String> {
        let resurfaced = &self.found.resurfaced;
        let is_too_much = self.is_lost && resurfaced.len() > self.guard.max_resurfaced;
        is_too_much.then(|| sentence(resurfaced, "that nobody touched would come up as new"))
    }

    fn changed(&self) -> Option<String> {
        let changed = &self.found.changed;
        if (self.is_moved || self.is_lost) && changed.len() > self.guard.max_changed {
            Some(sentence(changed, "would change at once"))
        } else if self.is_most(self.moved)
            && !self.is_moved
            && self.remembers
            && !changed.is_empty()
        {
            Some(sentence(changed, "would have another address"))
        } else {
            None
        }
    }
}

/// Says that a feed would have another id, where no entry may be sent again: some readers take it for
/// another feed, with nothing but news.
fn new_feed_id(facts: &Facts<'_>) -> Option<String> {
    let mut known = facts.plan.iter().filter(|feed| !feed.difference.first);
    let changed = known.find_map(|feed| {
        let mut head = feed.difference.head.iter();
        let change = head.find(|change| change.what == HeadField::Id);
        Some((feed, change.filter(|change| !change.was.is_empty())?))
    });
    let (feed, id) = changed.filter(|_| facts.config.guard.max_resent == 0)?;
    Some(format!(
        "the id of {} would change from {} to {}, so that some readers take all of its \
         entries for new",
        slashed(feed.paths.first()?),
        id.was,
        id.is
    ))
}

/// `3 posts would … in 2 feeds (feeds/rss.xml, …): A, B, C`.
fn sentence(findings: &Findings<'_>, would: &str) -> String {
    let feeds: BTreeSet<&String> = findings.values().flat_map(|found| &found.feeds).collect();
    let titles = findings.values().map(|found| format!("“{}”", found.title));
    format!(
        "{} {would} in {} ({}): {}",
        plural(findings.len(), "post"),
        plural(feeds.len(), "feed"),
        first_of(feeds.into_iter().cloned(), EXAMPLES),
        first_of(titles, EXAMPLES)
    )
}
