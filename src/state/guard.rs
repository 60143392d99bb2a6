//! Judges what subscribers would see: what is published, what is held entry by entry, and what stops
//! a whole run, so that they are not sent what they have.

use std::collections::{BTreeSet, HashMap};

use feedwright_site::config::{Config, Guard};

use super::alarm::Alarm;
use super::causes;
use super::findings::{ByKind, Findings, by_id, held_of};
use super::held::{Accepted, Held, HeldKind};
use super::identify::Doubt;
use super::plan::FeedPlan;
use super::records::HeldRecord;
use super::{Record, State};

/// The guard's decision about a run.
#[derive(Default)]
pub(crate) struct Verdict {
    /// Why nothing may be written.
    pub(crate) alarm: Option<Alarm>,
    /// What is held, as people are told.
    pub(crate) held: Vec<Held>,
    /// What the held changes have in common, and what probably caused them.
    pub(crate) because: Vec<String>,
    /// What is held, as feeds are made.
    pub(crate) holds: Vec<Hold>,
    /// What the user accepted although it is not held.
    pub(crate) unknown: Vec<String>,
}

/// An entry that is held: feeds show it as it was published.
pub(crate) struct Hold {
    pub(crate) kind: HeldKind,
    /// The id of the entry as it would be.
    pub(crate) id: String,
    /// The ids under which it was published, whose entries stay.
    pub(crate) published: BTreeSet<String>,
}

/// What the guard judges by.
pub(crate) struct Facts<'a> {
    pub(crate) plan: &'a [FeedPlan],
    pub(crate) state: &'a State,
    /// The records of public posts.
    pub(crate) public: &'a [Record],
    pub(crate) doubts: &'a [Doubt],
    pub(crate) accepted: &'a Accepted,
    /// Whether the lock must not change: then only those changes are held that it lists as held.
    pub(crate) locked: bool,
    pub(crate) config: &'a Config,
}

/// Judges what subscribers would see.
pub(crate) fn judge(facts: &Facts<'_>) -> Verdict {
    let by_id = by_id(facts);
    let no_record = BTreeSet::new();
    let before = facts.state.held().unwrap_or(&no_record);
    let found = ByKind::of(facts, &by_id, before);
    if !facts.accepted.all
        && let Some(alarm) = Alarm::of(facts, &found)
    {
        return Verdict {
            alarm: Some(alarm),
            ..Verdict::default()
        };
    }
    let mut judging = Judging {
        facts,
        by_id: &by_id,
        before,
        verdict: Verdict::default(),
        all: Vec::new(),
    };
    judging.hold_doubts();
    let Guard {
        max_resent,
        max_resurfaced,
        max_changed,
    } = facts.config.guard;
    judging.hold(HeldKind::Resent, &found.resent, max_resent);
    judging.hold(HeldKind::Changed, &found.changed, max_changed);
    judging.hold(HeldKind::Resurfaced, &found.resurfaced, max_resurfaced);
    judging.verdict()
}

/// A verdict in the making.
struct Judging<'a> {
    facts: &'a Facts<'a>,
    /// The records of public posts, by every id of theirs.
    by_id: &'a HashMap<String, &'a Record>,
    /// What was held when the last run ended.
    before: &'a BTreeSet<HeldRecord>,
    verdict: Verdict,
    /// All that is held or would be, had nobody accepted it.
    all: Vec<Held>,
}

impl Judging<'_> {
    /// Holds the doubtful posts: nobody has said yet whether they are new.
    fn hold_doubts(&mut self) {
        for doubt in self.facts.doubts {
            self.all.push(doubt.held.clone());
            if !doubt.accepted {
                self.verdict.held.push(doubt.held.clone());
            }
        }
    }

    /// Holds the findings of a kind, where they are more than `most` or waited before, and nobody
    /// has accepted them.
    fn hold(&mut self, kind: HeldKind, findings: &Findings<'_>, most: usize) {
        let mut held = Vec::new();
        for (id, finding) in findings {
            let record = self.by_id.get(id.as_str());
            let of_it = held_of(kind, id, finding, record.copied());
            // What waited once waits on, although it may be alone by now.
            let waits = self.before.contains(&HeldRecord {
                entry: of_it.entry().to_owned(),
                kind,
            });
            let is_decided = self.facts.locked && kind == HeldKind::Changed;
            if (findings.len() <= most || is_decided) && !waits {
                continue;
            }
            self.all.push(of_it.clone());
            if !self.facts.accepted.takes(&of_it) {
                held.push((of_it, id, finding));
            }
        }
        if kind == HeldKind::Changed && !held.is_empty() {
            let fields = held.iter().map(|(_, _, finding)| &finding.fields);
            let mut records = held.iter().map(|(_, id, _)| self.by_id.get(id.as_str()));
            let is_untouched = |record: Option<&&Record>| {
                record.is_some_and(|record| causes::is_untouched(self.facts, record))
            };
            let untouched = records.all(is_untouched);
            self.verdict.because = causes::of_changes(self.facts, fields, untouched);
        }
        for (held, id, finding) in held {
            self.verdict.holds.push(Hold {
                kind,
                id: id.clone(),
                published: if kind == HeldKind::Resent {
                    finding.was.clone()
                } else {
                    finding.ids.iter().map(|id| (*id).to_owned()).collect()
                },
            });
            self.verdict.held.push(held);
        }
    }

    fn verdict(self) -> Verdict {
        let mut verdict = self.verdict;
        verdict.unknown = self.facts.accepted.unknown(&self.all);
        let mut plan = self.facts.plan.iter();
        if !verdict.held.is_empty() && plan.any(|feed| feed.difference.foreign) {
            verdict.alarm = Some(Alarm::of_foreign(&verdict.held));
        }
        verdict
            .held
            .sort_by(|a, b| (a.kind, a.entry()).cmp(&(b.kind, b.entry())));
        verdict
    }
}
