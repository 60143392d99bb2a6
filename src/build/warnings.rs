//! What in a build may be no intention of anybody: posts dated back, feeds, locks and clocks that
//! are not as they were.

use std::collections::{BTreeSet, HashMap};

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Severity};
use feedwright_base::permalink;
use feedwright_site::config::Config;
use feedwright_site::post::{History, Post};

use crate::load::Loaded;
use crate::publish::Change;
use crate::report::FeedReport;
use crate::state::arrivals::Arrival;
use crate::state::lock::FILE;
use crate::state::plan::FeedPlan;
use crate::state::{Record, State};

/// Says which new posts come after newer ones: whoever goes by dates misses them.
pub(crate) fn backdated(plan: &[FeedPlan], diags: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for new in plan.iter().flat_map(|feed| &feed.difference.new) {
        if new.arrival != Arrival::Backdated || !seen.insert(&new.entry.url) {
            continue;
        }
        let message = format!(
            "the new post “{}” is older than others that are published: readers and mailers that go \
             by dates miss it",
            new.entry.title
        );
        diags.push(Diagnostic::new(
            Severity::Note,
            "post-backdated",
            None,
            message,
        ));
    }
}

/// Says which feeds of tags and the like were to be fetched, as posts that readers know are in them,
/// and are not there: their subscribers get these posts as a new feed has them.
pub(crate) fn missing_feeds(plan: &[FeedPlan], loaded: &Loaded, diags: &mut Diagnostics) {
    let known: BTreeSet<&str> = loaded
        .records
        .iter()
        .zip(&loaded.histories)
        .filter(|(_, history)| matches!(history, History::Known { edited: false, .. }))
        .map(|(record, _)| record.id.as_str())
        .collect();
    for feed in plan.iter().filter(|feed| feed.difference.first) {
        let mut entries = feed.difference.new.iter();
        let (Some(path), true) = (
            feed.paths.first(),
            entries.any(|new| known.contains(new.entry.id.as_str())),
        ) else {
            continue;
        };
        let message = format!(
            "{} is not among the published feeds, although readers know posts that are in it",
            permalink::slashed(path)
        );
        diags.push(
            Diagnostic::new(Severity::Warning, "published-missing", None, message)
                .help("if it is published, fetch it with the others; a feed that is new is right"),
        );
    }
}

/// A lock that is not there, while feeds are, is one that was lost.
pub(crate) fn missing_lock(feeds: &[FeedReport], diags: &mut Diagnostics) {
    let Some(feed) = feeds.iter().find(|feed| feed.change != Change::Created) else {
        return;
    };
    let message = format!(
        "there is no {FILE}, although {} is published: a new one begins with the ids that posts \
         have now",
        permalink::slashed(&feed.path)
    );
    diags.push(
        Diagnostic::new(Severity::Warning, "lock-missing", None, message)
            .help("if it was lost, restore it from version control before anything is published"),
    );
}

/// Published posts that lie in the future, although their dates are those of before, show a clock
/// that was set back.
pub(crate) fn clock_set_back(
    posts: &[Post],
    state: &State,
    config: &Config,
    diags: &mut Diagnostics,
) {
    let future = posts.iter().filter(|post| post.future.is_some());
    let future: HashMap<&str, &Post> = future.map(|post| (post.id.as_str(), post)).collect();
    if future.is_empty() || config.content.future {
        return;
    }
    let records = state.records().into_iter();
    let public = records.filter(|record| !record.gone && !record.hidden);
    let is_future = |record: &&Record| {
        let post = future.get(record.id.as_str());
        post.is_some_and(|post| post.published == record.published)
    };
    let count = public.filter(is_future).count();
    if count == 0 {
        return;
    }
    let message = format!(
        "{} in the future now, so feeds do not show {}, although no date changed: the clock says {}",
        match count {
            1 => "1 published post lies".to_owned(),
            count => format!("{count} published posts lie"),
        },
        if count == 1 { "it" } else { "them" },
        config.present.now()
    );
    diags.push(
        Diagnostic::new(Severity::Warning, "clock-set-back", None, message).help(
            "set the clock right, or `--now` and SOURCE_DATE_EPOCH; the next run shows them again",
        ),
    );
}
