//! What stops a run before subscribers are sent what they have.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::{Config, Guard};
use crate::report::FeedPlan;
use crate::text::plural;

use super::compare::{Arrival, Difference, or_none};
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
    /// What to do.
    pub remedies: Vec<String>,
}

/// Counts entries of one kind by their address, so that a post in five feeds counts once.
#[derive(Default)]
struct Tally<'a> {
    posts: BTreeMap<&'a str, (&'a str, &'a str)>,
    feeds: BTreeSet<String>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, url: &'a str, id: &'a str, title: &'a str, feed: &FeedPlan) {
        self.posts.insert(url, (id, title));
        let paths = feed.paths.iter();
        self.feeds
            .extend(paths.map(|path| crate::permalink::slashed(path)));
    }

    /// `3 posts would … in 2 feeds (feeds/rss.xml, …): A, B, C`.
    fn sentence(&self, would: &str) -> String {
        let names = |values: Vec<&str>| {
            let more = if values.len() > EXAMPLES { ", …" } else { "" };
            let first: Vec<&str> = values.into_iter().take(EXAMPLES).collect();
            format!("{}{more}", first.join(", "))
        };
        let titles: Vec<String> = self
            .posts
            .values()
            .map(|(_, title)| format!("“{title}”"))
            .collect();
        format!(
            "{} {would} in {} ({}): {}",
            plural(self.posts.len(), "post"),
            plural(self.feeds.len(), "feed"),
            names(self.feeds.iter().map(String::as_str).collect()),
            names(titles.iter().map(String::as_str).collect())
        )
    }
}

/// Judges what subscribers would see; `None` where nothing stands against it.
pub(crate) fn judge(
    plan: &[FeedPlan],
    state: &State,
    records: &[Record],
    config: &Config,
) -> Option<Alarm> {
    let Guard {
        max_resent,
        max_resurfaced,
        max_changed,
    } = config.guard;
    let (mut resent, mut resurfaced, mut changed) =
        (Tally::default(), Tally::default(), Tally::default());
    let mut feed_ids = Vec::new();
    for feed in plan {
        for new in &feed.difference.new {
            let entry = &new.entry;
            match new.arrival {
                Arrival::Resent { .. } => resent.add(&entry.url, &entry.id, &entry.title, feed),
                Arrival::Resurfaced => resurfaced.add(&entry.url, &entry.id, &entry.title, feed),
                Arrival::Entered => changed.add(&entry.url, &entry.id, &entry.title, feed),
                Arrival::New | Arrival::Backdated | Arrival::Returned => {}
            }
        }
        for entry in &feed.difference.changed {
            changed.add(&entry.entry.url, &entry.entry.id, &entry.entry.title, feed);
        }
        // Some readers take a feed with another id for another feed, with nothing but news.
        let id = feed
            .difference
            .head
            .iter()
            .find(|change| change.what == "id");
        if let Some(id) = id.filter(|id| !id.was.is_empty() && !feed.difference.first) {
            feed_ids.push((feed, id));
        }
    }
    let mut findings = Vec::new();
    if resent.posts.len() > max_resent {
        findings.push(resent.sentence("would be sent again under another id"));
    }
    if let Some((feed, id)) = feed_ids.first().filter(|_| max_resent == 0) {
        findings.push(format!(
            "the id of {} would change from {} to {}, so that some readers take all of its \
             entries for new",
            crate::permalink::slashed(feed.paths.first()?),
            id.was,
            id.is
        ));
    }
    if resurfaced.posts.len() > max_resurfaced {
        findings.push(resurfaced.sentence("that nobody touched would come up as new"));
    }
    if changed.posts.len() > max_changed {
        findings.push(changed.sentence("would change at once"));
    }
    if findings.is_empty() {
        return None;
    }
    let is_resent = resent.posts.len() > max_resent;
    let mut remedies = Vec::new();
    if is_resent {
        let files: Vec<String> = resent
            .feeds
            .iter()
            .take(EXAMPLES)
            .map(|file| crate::permalink::slashed(&state.live.join(file)))
            .map(|file| file.trim_start_matches("./").to_owned())
            .collect();
        let more = if resent.feeds.len() > EXAMPLES {
            " …"
        } else {
            ""
        };
        remedies.push(format!(
            "`feedwright adopt {}{more}` keeps the ids that subscribers know",
            files.join(" ")
        ));
    }
    remedies.push("`feedwright plan` shows everything".to_owned());
    remedies.push("`feedwright build --accept-resend` publishes it as it is".to_owned());
    Some(Alarm {
        findings,
        causes: causes(plan, state, records, config),
        remedies,
    })
}

/// What probably made it so, as far as it can be told.
fn causes(plan: &[FeedPlan], state: &State, records: &[Record], config: &Config) -> Vec<String> {
    let mut causes = Vec::new();
    if state.is_missing() {
        causes.push(format!(
            "{} is missing, although feeds are published",
            super::lock::FILE
        ));
    }
    let differences = || plan.iter().map(|feed| &feed.difference);
    let base = config.site.url.as_str();
    let base_before = state
        .site_before()
        .map(|(base, _)| base.to_owned())
        .or_else(|| head(differences(), "site").map(|(was, _)| was.to_owned()))
        .filter(|before| before.trim_end_matches('/') != base.trim_end_matches('/'));
    if let Some(before) = &base_before {
        causes.push(format!("the base URL changed from {before} to {base}"));
    }
    if let Some((_, before)) = state.site_before() {
        let zone = config.site.zone_name();
        if before != zone {
            causes.push(format!("the time zone changed from {before} to {zone}"));
        }
    }
    // Addresses that changed although the site is where it was.
    let moved: Vec<(String, &str)> = differences()
        .flat_map(|difference| &difference.changed)
        .filter_map(|changed| Some((changed.was_at.clone()?, changed.entry.url.as_str())))
        .chain(differences().flat_map(|difference| {
            difference.new.iter().filter_map(|new| match &new.arrival {
                Arrival::Resent { was } if was.starts_with("http") => {
                    Some((was.clone(), new.entry.url.as_str()))
                }
                _ => None,
            })
        }))
        .filter(|(was, is)| super::published::link_key(was) != super::published::link_key(is))
        .collect();
    let renamed = renamed(state, records);
    if let Some((was, is)) = moved
        .first()
        .filter(|_| renamed.is_empty() && base_before.is_none())
    {
        causes.push(format!(
            "the permalink pattern changed: what was at {was} is at {is}"
        ));
    }
    if let Some((was, is)) = renamed.first() {
        let more = match renamed.len() {
            1 => String::new(),
            more => format!(", and {} more", more - 1),
        };
        causes.push(format!(
            "files were renamed and edited at once: {was}, now perhaps {is}{more}"
        ));
    }
    causes.extend(limit_raised(plan, state, config));
    for what in ["language", "id", "self link"] {
        if let Some((was, is)) = head(differences(), what) {
            let (was, is) = (or_none(was), or_none(is));
            causes.push(format!("the {what} of a feed changed from {was} to {is}"));
        }
    }
    causes
}

fn head<'a>(
    mut differences: impl Iterator<Item = &'a Difference>,
    what: &str,
) -> Option<(&'a str, &'a str)> {
    differences.find_map(|difference| {
        let change = difference.head.iter().find(|change| change.what == what)?;
        Some((change.was.as_str(), change.is.as_str()))
    })
}

fn limit_raised(plan: &[FeedPlan], state: &State, config: &Config) -> Option<String> {
    let shown = |limit: usize| match limit {
        0 => "all".to_owned(),
        limit => limit.to_string(),
    };
    let now = config.feeds.limit.unwrap_or(0);
    let is_more = |before: usize| before != 0 && (now == 0 || now > before);
    let before = plan.iter().find_map(|feed| {
        let files: Vec<&std::path::Path> = feed.paths.iter().map(|path| path.as_path()).collect();
        let known = state.feed(&feed.key, &files).filter(|_| state.remembers());
        let has_old = feed
            .difference
            .new
            .iter()
            .any(|new| new.arrival == Arrival::Resurfaced);
        let before = known.map_or(feed.difference.had, |known| known.limit);
        (has_old && is_more(before)).then_some(before)
    })?;
    Some(format!(
        "the limit of entries was raised from {} to {}",
        shown(before),
        shown(now)
    ))
}

/// Posts that are gone in this run, and new ones that could be theirs: of the same day, or of the
/// same title.
fn renamed(state: &State, records: &[Record]) -> Vec<(String, String)> {
    if !state.remembers() {
        return Vec::new();
    }
    let before: BTreeMap<&str, &Record> = state
        .records()
        .into_iter()
        .map(|record| (record.id.as_str(), record))
        .collect();
    let is_new = |record: &&Record| !before.contains_key(record.id.as_str());
    let new: Vec<&Record> = records.iter().filter(is_new).collect();
    let gone = records.iter().filter(|record| {
        let known = before.get(record.id.as_str());
        record.gone && known.is_some_and(|known| !known.gone)
    });
    gone.filter_map(|gone| {
        let same = new.iter().find(|record| {
            record.published.day() == gone.published.day()
                || super::published::title_key(&record.title)
                    == super::published::title_key(&gone.title)
                || record
                    .content
                    .as_ref()
                    .zip(gone.content.as_ref())
                    .is_some_and(|(one, other)| one.same_body(other))
        })?;
        Some((gone.path.clone(), same.path.clone()))
    })
    .collect()
}
