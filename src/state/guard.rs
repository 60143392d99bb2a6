//! What is published, what is held entry by entry, and what stops a whole run, so that subscribers
//! are not sent what they have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use feedwright_base::permalink::slashed;
use feedwright_base::text::{first_of, plural};
use feedwright_feed::Format;
use feedwright_feed::emit;
use feedwright_feed::read::{Field, HeadField};
use feedwright_site::config::{Config, Guard};
use serde::Serialize;

use crate::state::plan::FeedPlan;

use super::arrivals::Arrival;
use super::causes;
use super::compare::NewEntry;
use super::held::{Accepted, Held, HeldKind, KnownPost, OF_FORMAT};
use super::identify::Doubt;
use super::records::HeldRecord;
use super::{Record, State};

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

/// What the guard says of a run.
#[derive(Default)]
pub(crate) struct Verdict {
    /// Why nothing may be written.
    pub(crate) alarm: Option<Alarm>,
    /// What is held, for people.
    pub(crate) held: Vec<Held>,
    /// What the held changes have in common, and what probably caused them.
    pub(crate) because: Vec<String>,
    /// What is held, for feeds.
    pub(crate) holds: Vec<Hold>,
    /// What was to be accepted, and is not held.
    pub(crate) unknown: Vec<String>,
}

/// An entry that feeds do not show as it is now.
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
    /// Whether the lock may not change: then what it says is held, and no other change.
    pub(crate) locked: bool,
    pub(crate) config: &'a Config,
}

/// One post in all feeds that would show something of it.
struct Finding<'a> {
    title: &'a str,
    /// The ids that it was published under, where that was another one.
    was: BTreeSet<String>,
    /// The ids that formats know it by.
    ids: BTreeSet<&'a str>,
    feeds: BTreeSet<String>,
    fields: BTreeSet<Field>,
}

/// Posts of which something would be seen, by the id of the post.
type Findings<'a> = BTreeMap<String, Finding<'a>>;

/// What would be seen, by kind.
#[derive(Default)]
struct ByKind<'a> {
    resent: Findings<'a>,
    resurfaced: Findings<'a>,
    changed: Findings<'a>,
}

/// Judges what subscribers would see.
pub(crate) fn judge(facts: &Facts<'_>) -> Verdict {
    let Facts { plan, config, .. } = facts;
    let by_id = by_id(facts);
    let no_record = BTreeSet::new();
    let before = facts.state.held().unwrap_or(&no_record);
    let seen = ByKind::of(facts, &by_id, before);
    let Guard {
        max_resent,
        max_resurfaced,
        max_changed,
    } = config.guard;
    if !facts.accepted.all {
        let alarm = alarm(facts, &seen);
        if alarm.is_some() {
            return Verdict {
                alarm,
                ..Verdict::default()
            };
        }
    }
    let mut verdict = Verdict::default();
    let mut all: Vec<Held> = Vec::new();
    for doubt in facts.doubts {
        all.push(doubt.held.clone());
        if !doubt.accepted {
            verdict.held.push(doubt.held.clone());
        }
    }
    let kinds = [
        (HeldKind::Resent, &seen.resent, max_resent),
        (HeldKind::Changed, &seen.changed, max_changed),
        (HeldKind::Resurfaced, &seen.resurfaced, max_resurfaced),
    ];
    for (kind, findings, most) in kinds {
        let mut held = Vec::new();
        for (id, finding) in findings {
            let record = by_id.get(id.as_str());
            let of_it = held_of(kind, id, finding, record.copied());
            // What waited once waits on, although it may be alone by now.
            let waits = before.contains(&HeldRecord {
                entry: of_it.entry().to_owned(),
                kind,
            });
            let is_decided = facts.locked && kind == HeldKind::Changed;
            if (findings.len() <= most || is_decided) && !waits {
                continue;
            }
            all.push(of_it.clone());
            if !facts.accepted.takes(&of_it) {
                held.push((of_it, id, finding));
            }
        }
        if kind == HeldKind::Changed && !held.is_empty() {
            let fields = held.iter().map(|(_, _, finding)| &finding.fields);
            let records = held.iter().map(|(_, id, _)| by_id.get(id.as_str()));
            let untouched = records
                .into_iter()
                .all(|record| record.is_some_and(|record| causes::is_untouched(facts, record)));
            verdict.because = causes::of_changes(facts, fields, untouched);
        }
        for (held, id, finding) in held {
            verdict.holds.push(Hold {
                kind,
                id: id.clone(),
                published: if kind == HeldKind::Resent {
                    finding.was.clone()
                } else {
                    finding.ids.iter().map(|id| (*id).to_owned()).collect()
                },
            });
            verdict.held.push(held);
        }
    }
    verdict.unknown = facts.accepted.unknown(&all);
    if !verdict.held.is_empty() && plan.iter().any(|feed| feed.difference.foreign) {
        verdict.alarm = Some(foreign(&verdict.held));
    }
    verdict
        .held
        .sort_by(|a, b| (a.kind, a.entry()).cmp(&(b.kind, b.entry())));
    verdict
}

/// Why nothing is written while something is held of a feed that another program wrote: once the
/// feed is replaced, nobody knows any more what subscribers had.
fn foreign(held: &[Held]) -> Alarm {
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

/// The records of public posts, by every id that a format has for them.
fn by_id<'a>(facts: &Facts<'a>) -> HashMap<String, &'a Record> {
    let is_needed = facts.plan.iter().any(|feed| {
        let difference = &feed.difference;
        let has_news = !difference.new.is_empty() || !difference.changed.is_empty();
        has_news && !difference.first
    });
    if !is_needed {
        return HashMap::new();
    }
    let base = &facts.config.site.url;
    let ids = facts.public.iter().flat_map(|record| {
        let id = move |format| emit::id(format, &record.id, &record.aliases, base);
        Format::ALL.map(id).map(|id| (id, record))
    });
    ids.collect()
}

impl<'a> ByKind<'a> {
    fn of(
        facts: &Facts<'a>,
        by_id: &HashMap<String, &Record>,
        before: &BTreeSet<HeldRecord>,
    ) -> Self {
        let waits = |new: &NewEntry| {
            let record = by_id.get(&new.entry.id);
            record.is_some_and(|record| {
                before.contains(&HeldRecord {
                    entry: record.path.clone(),
                    kind: HeldKind::Changed,
                })
            })
        };
        let is_missing = facts.state.is_missing();
        let mut seen = ByKind::default();
        for feed in facts.plan.iter().filter(|feed| !feed.difference.first) {
            for new in &feed.difference.new {
                let findings = match new.arrival {
                    Arrival::Resent { .. } => &mut seen.resent,
                    Arrival::Resurfaced => &mut seen.resurfaced,
                    // A feed that was not made for a while has what came meanwhile.
                    Arrival::Entered
                        if new.entry.published > feed.difference.newest && !waits(new) =>
                    {
                        continue;
                    }
                    Arrival::Entered => &mut seen.changed,
                    Arrival::New | Arrival::Backdated | Arrival::Returned => continue,
                };
                let finding = find(findings, by_id, &new.entry, feed);
                if let Arrival::Resent { was } = &new.arrival {
                    finding.was.insert(was.clone());
                }
            }
            // Whoever takes over the feed of another program has new words for every entry.
            let changed = feed.difference.changed.iter();
            for changed in changed.filter(|_| !feed.difference.foreign) {
                // When posts were updated is forgotten with a lock, but that sends nobody anything.
                if is_missing && changed.fields == [Field::Updated] {
                    continue;
                }
                let finding = find(&mut seen.changed, by_id, &changed.entry, feed);
                finding.fields.extend(&changed.fields);
            }
        }
        seen
    }
}

fn find<'a, 'f>(
    findings: &'f mut Findings<'a>,
    by_id: &HashMap<String, &Record>,
    entry: &'a super::compare::EntryName,
    feed: &FeedPlan,
) -> &'f mut Finding<'a> {
    let record = by_id.get(entry.id.as_str());
    let id = record.map_or(&entry.id, |record| &record.id).clone();
    let finding = findings.entry(id).or_insert_with(|| Finding {
        title: &entry.title,
        was: BTreeSet::new(),
        ids: BTreeSet::new(),
        feeds: BTreeSet::new(),
        fields: BTreeSet::new(),
    });
    finding.ids.insert(&entry.id);
    finding
        .feeds
        .extend(feed.paths.iter().map(|path| slashed(path)));
    finding
}

/// A finding as an entry that is held.
fn held_of(kind: HeldKind, id: &str, finding: &Finding<'_>, record: Option<&Record>) -> Held {
    let because = match kind {
        HeldKind::Changed if finding.fields.is_empty() => "it enters a feed".to_owned(),
        HeldKind::Changed => list(&finding.fields),
        // Its own id stays, so that none in its front matter helps.
        HeldKind::Resent if finding.was.contains(id) || is_of_format(finding, record) => {
            OF_FORMAT.to_owned()
        }
        _ => String::new(),
    };
    let of_format = finding.ids.iter().find(|of_format| **of_format != id);
    let of_format = of_format.filter(|_| because == OF_FORMAT);
    Held {
        kind,
        path: record.map_or_else(String::new, |record| record.path.clone()),
        title: finding.title.to_owned(),
        id: of_format.map_or(id, |of_format| of_format).to_owned(),
        was: finding.was.first().map(|was| KnownPost {
            path: String::new(),
            title: finding.title.to_owned(),
            id: was.clone(),
        }),
        because,
    }
}

/// Whether what would be sent again has the id of one format, rather than the post's.
fn is_of_format(finding: &Finding<'_>, record: Option<&Record>) -> bool {
    record.is_some_and(|record| finding.ids.iter().all(|id| **id != record.id))
}

fn list(fields: &BTreeSet<Field>) -> String {
    fields
        .iter()
        .map(|field| field.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What makes every answer wrong, so that nothing may be written.
fn alarm(facts: &Facts<'_>, seen: &ByKind<'_>) -> Option<Alarm> {
    let Facts {
        plan,
        state,
        config,
        ..
    } = facts;
    let Guard {
        max_resent,
        max_resurfaced,
        max_changed,
    } = config.guard;
    let known = plan.iter().map(|feed| feed.difference.had).max();
    let known = known.unwrap_or(0);
    // Some readers take a feed with another id for another feed, with nothing but news.
    let feed_id = plan
        .iter()
        .filter(|feed| !feed.difference.first)
        .find_map(|feed| {
            let change = feed
                .difference
                .head
                .iter()
                .find(|change| change.what == HeadField::Id);
            Some((feed, change.filter(|change| !change.was.is_empty())?))
        });
    let is_resent = seen.resent.len() > max_resent;
    let moved = causes::moved(plan);
    let is_lost = state.is_missing()
        && (is_resent
            || seen.resurfaced.len() > max_resurfaced
            || seen.changed.len() > max_changed);
    let is_moved = causes::base_before(facts).is_some();
    let is_elsewhere = is_moved && seen.changed.len() > max_changed;
    let is_most = |count: usize| count > max_changed && count * 2 > known;
    let mut findings = Vec::new();
    if is_resent && (is_lost || is_moved || is_most(seen.resent.len())) {
        findings.push(sentence(
            &seen.resent,
            "would be sent again under another id",
        ));
    }
    if let Some((feed, id)) = feed_id.filter(|_| max_resent == 0) {
        findings.push(format!(
            "the id of {} would change from {} to {}, so that some readers take all of its \
             entries for new",
            slashed(feed.paths.first()?),
            id.was,
            id.is
        ));
    }
    if is_lost && seen.resurfaced.len() > max_resurfaced {
        let would = "that nobody touched would come up as new";
        findings.push(sentence(&seen.resurfaced, would));
    }
    if is_elsewhere || is_lost && seen.changed.len() > max_changed {
        findings.push(sentence(&seen.changed, "would change at once"));
    } else if is_most(moved.len()) && !is_moved && state.remembers() {
        findings.push(sentence(&seen.changed, "would have another address"));
    }
    if findings.is_empty() {
        return None;
    }
    let mut causes = causes::of_site(facts);
    causes.extend(causes::of_links(facts));
    // What a lost lock knew, published feeds tell.
    let changed = seen.changed.values().filter(|_| is_lost);
    let files = seen.resent.values().chain(changed);
    let files: BTreeSet<&String> = files.flat_map(|found| &found.feeds).collect();
    Some(Alarm {
        findings,
        causes,
        adoptable: files.into_iter().cloned().collect(),
    })
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
