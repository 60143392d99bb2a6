//! Why published entries would change: what they have in common, and what changed of the whole site.

use std::collections::{BTreeMap, BTreeSet};

use feedwright_feed::read::{Field, HeadField};

use crate::state::plan::FeedPlan;

use super::Record;
use super::arrivals::Arrival;
use super::compare::{Difference, or_none};
use super::guard::Facts;

/// What shows which setting changes a field of every entry, where no post did.
const SETTINGS: [(Field, &str); 4] = [
    (Field::Content, "`feeds.content`"),
    (Field::Summary, "`feeds.content`"),
    (Field::Authors, "`site.authors`"),
    (Field::Link, "`content.permalink`"),
];

/// What changed entries have in common, said once, and what probably caused it. `fields` are those
/// that differ, entry by entry; `untouched` says that no post itself changed.
pub(super) fn of_changes<'a>(
    facts: &Facts<'_>,
    mut fields: impl Iterator<Item = &'a BTreeSet<Field>>,
    untouched: bool,
) -> Vec<String> {
    let first = fields.next().cloned().unwrap_or_default();
    let common = fields.fold(first, |common, fields| &common & fields);
    let mut causes = of_site(facts);
    if common.is_empty() {
        return causes;
    }
    let names: Vec<&str> = common.iter().map(|field| field.as_str()).collect();
    let is_explained = !causes.is_empty();
    causes.insert(0, format!("all of them changed in: {}", names.join(", ")));
    if common.contains(&Field::Link) {
        causes.extend(of_links(facts));
    } else if untouched && !is_explained {
        let settings = SETTINGS.iter().filter(|(field, _)| common.contains(field));
        let settings: BTreeSet<&str> = settings.map(|(_, setting)| *setting).collect();
        let such = match settings.first() {
            Some(setting) => format!(" such as {setting}"),
            None => String::new(),
        };
        causes.push(format!(
            "no post itself changed, but a setting{such} did, or something that posts include"
        ));
    }
    causes
}

/// Whether posts are as they were when they were published, as far as the lock knows.
pub(super) fn is_untouched(facts: &Facts<'_>, record: &Record) -> bool {
    let before = facts.state.record(&record.id);
    let before = before.and_then(|before| before.content);
    let both = record.content.zip(before);
    both.is_some_and(|(now, before)| now.is_comparable(&before) && now == before)
}

/// What happened to most addresses, if that is not the base URL.
pub(super) fn of_links(facts: &Facts<'_>) -> Option<String> {
    let moved = moved(facts.plan);
    let known = facts.plan.iter().map(|feed| feed.difference.had).max();
    let (was, is) = moved
        .iter()
        .next()
        .filter(|_| moved.len() * 2 > known.unwrap_or(0))?;
    base_before(facts)
        .is_none()
        .then(|| format!("the permalink pattern changed: what was at {was} is at {is}"))
}

/// What changed of the site as a whole.
pub(super) fn of_site(facts: &Facts<'_>) -> Vec<String> {
    let Facts {
        plan,
        state,
        config,
        ..
    } = facts;
    let mut causes = Vec::new();
    if state.is_missing() {
        causes.push(format!(
            "{} is missing, although feeds are published",
            super::lock::FILE
        ));
    }
    let base = base_before(facts);
    if let Some(before) = &base {
        causes.push(format!(
            "the base URL changed from {before} to {}",
            config.site.url
        ));
    }
    if let Some((_, before)) = state.site_before() {
        let zone = config.site.zone_name();
        if before != zone {
            causes.push(format!("the time zone changed from {before} to {zone}"));
        }
    }
    let differences = || plan.iter().map(|feed| &feed.difference);
    // These follow the base URL.
    let follows = |what: &HeadField| matches!(what, HeadField::Id | HeadField::SelfLink);
    let fields = [HeadField::Language, HeadField::Id, HeadField::SelfLink].into_iter();
    for what in fields.filter(|what| base.is_none() || !follows(what)) {
        if let Some((was, is)) = head(differences(), what) {
            let (was, is) = (or_none(was), or_none(is));
            causes.push(format!("the {what} of a feed changed from {was} to {is}"));
        }
    }
    causes
}

/// The base URL of the run before, where it was another one.
pub(super) fn base_before(facts: &Facts<'_>) -> Option<String> {
    let base = facts.config.site.url.as_str();
    let recorded = facts.state.site_before().map(|(base, _)| base.to_owned());
    let in_feeds = || {
        let differences = facts.plan.iter().map(|feed| &feed.difference);
        head(differences, HeadField::Site).map(|(was, _)| was.to_owned())
    };
    let before = recorded
        .or_else(in_feeds)
        .filter(|before| !before.is_empty())?;
    (before.trim_end_matches('/') != base.trim_end_matches('/')).then_some(before)
}

/// Addresses of entries that changed, before and after, each once.
pub(super) fn moved(plan: &[FeedPlan]) -> BTreeMap<String, String> {
    let differences = plan.iter().map(|feed| &feed.difference);
    let differences = || differences.clone().filter(|difference| !difference.foreign);
    let changed = differences()
        .flat_map(|difference| &difference.changed)
        .filter_map(|changed| Some((changed.was_at.clone()?, changed.entry.url.clone())));
    let resent = differences()
        .flat_map(|difference| &difference.new)
        .filter_map(|new| match &new.arrival {
            Arrival::Resent { was } if was.starts_with("http") => {
                Some((was.clone(), new.entry.url.clone()))
            }
            _ => None,
        });
    changed
        .chain(resent)
        .filter(|(was, is)| was != is)
        .collect()
}

fn head<'a>(
    mut differences: impl Iterator<Item = &'a Difference>,
    what: HeadField,
) -> Option<(&'a str, &'a str)> {
    differences.find_map(|difference| {
        let change = difference.head.iter().find(|change| change.what == what)?;
        Some((change.was.as_str(), change.is.as_str()))
    })
}
