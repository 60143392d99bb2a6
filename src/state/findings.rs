//! Gathers from all feeds, post by post, what subscribers would see that may be no intention.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use feedwright_base::permalink::slashed;
use feedwright_feed::Format;
use feedwright_feed::emit;
use feedwright_feed::read::Field;

use super::Record;
use super::arrivals::Arrival;
use super::compare::{EntryName, NewEntry};
use super::guard::Facts;
use super::held::{Held, HeldKind, KnownPost, OF_FORMAT};
use super::plan::FeedPlan;
use super::records::HeldRecord;

/// A post, with all feeds in which subscribers would see something of it.
pub(super) struct Finding<'a> {
    pub(super) title: &'a str,
    /// The other ids that it was published under.
    pub(super) was: BTreeSet<String>,
    /// The ids that it has in the formats.
    pub(super) ids: BTreeSet<&'a str>,
    pub(super) feeds: BTreeSet<String>,
    pub(super) fields: BTreeSet<Field>,
}

/// Findings by the id of the post.
pub(super) type Findings<'a> = BTreeMap<String, Finding<'a>>;

/// All findings, by kind.
#[derive(Default)]
pub(super) struct ByKind<'a> {
    pub(super) resent: Findings<'a>,
    pub(super) resurfaced: Findings<'a>,
    pub(super) changed: Findings<'a>,
}

/// The records of public posts, by every id that a format has for them.
pub(super) fn by_id<'a>(facts: &Facts<'a>) -> HashMap<String, &'a Record> {
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
    pub(super) fn of(
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
        let mut found = ByKind::default();
        for feed in facts.plan.iter().filter(|feed| !feed.difference.first) {
            for new in &feed.difference.new {
                let findings = match new.arrival {
                    Arrival::Resent { .. } => &mut found.resent,
                    Arrival::Resurfaced => &mut found.resurfaced,
                    // A feed that was not made for a while has what came meanwhile.
                    Arrival::Entered
                        if new.entry.published > feed.difference.newest && !waits(new) =>
                    {
                        continue;
                    }
                    Arrival::Entered => &mut found.changed,
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
                let finding = find(&mut found.changed, by_id, &changed.entry, feed);
                finding.fields.extend(&changed.fields);
            }
        }
        found
    }
}

/// The finding of an entry's post, new where there is none, with the entry and the feed added.
fn find<'a, 'f>(
    findings: &'f mut Findings<'a>,
    by_id: &HashMap<String, &Record>,
    entry: &'a EntryName,
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
pub(super) fn held_of(
    kind: HeldKind,
    id: &str,
    finding: &Finding<'_>,
    record: Option<&Record>,
) -> Held {
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

/// Whether the finding is about ids of single formats, rather than about the post's own id.
fn is_of_format(finding: &Finding<'_>, record: Option<&Record>) -> bool {
    record.is_some_and(|record| finding.ids.iter().all(|id| **id != record.id))
}

/// The names of fields, for people.
fn list(fields: &BTreeSet<Field>) -> String {
    fields
        .iter()
        .map(|field| field.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
