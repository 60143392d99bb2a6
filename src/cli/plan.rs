//! `feedwright plan`: what subscribers would see.

use serde::Serialize;

use crate::date::Timestamp;
use crate::error::Error;
use crate::permalink::slashed;
use crate::pipeline::BuildOptions;
use crate::report::{FeedPlan, Report};
use crate::state::compare::{Arrival, ChangedEntry, NewEntry, or_none};

use super::args::{Consumer, PlanArgs, moment};
use super::build;
use super::output::{in_line, print, print_json};
use super::render::{Renderer, entries, plural};
use super::timings::Timings;

/// How many entries of a kind are named when not all are asked for.
const NAMED: usize = 5;

pub(super) fn run(args: &PlanArgs, renderer: &Renderer) -> Result<u8, Error> {
    let last_send = args
        .last_send
        .as_deref()
        .map(|text| moment("--last-send", text))
        .transpose()?;
    let options = BuildOptions {
        dry_run: true,
        ..args.run.options()
    };
    let (report, _) = match build::make(&args.run, &options, renderer, &Timings::new(None, ""))? {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    let meaning: Vec<Meaning> = match args.consumer {
        Some(consumer) => report
            .plan
            .iter()
            .filter_map(|feed| meaning(consumer, feed, last_send))
            .collect(),
        None => Vec::new(),
    };
    if args.json {
        let plan = Plan {
            refused: report.refused,
            feeds: &report.plan,
            alarm: report.alarm.as_ref(),
            consumer: meaning,
        };
        print_json(&plan)?;
    } else if report.refused {
        print("Nothing would be written because of errors. `--keep-going` plans the rest.\n")?;
    } else {
        print(&text(&report, args.run.site.over.verbose))?;
        for meaning in &meaning {
            print(&format!("{}\n", in_line(&meaning.sentence)))?;
        }
        if args.consumer.is_some() && meaning.is_empty() {
            print("No one of them sees anything.\n")?;
        }
    }
    Ok(build::code(&report))
}

/// `plan --json`.
#[derive(Serialize)]
struct Plan<'a> {
    refused: bool,
    feeds: &'a [FeedPlan],
    #[serde(skip_serializing_if = "Option::is_none")]
    alarm: Option<&'a crate::Alarm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    consumer: Vec<Meaning>,
}

/// What a plan means for one who reads a feed.
#[derive(Serialize)]
struct Meaning {
    feed: String,
    /// How many things happen by themselves: bulletins, mails, episodes.
    sent: usize,
    /// How many things somebody has to look at.
    drafts: usize,
    /// The entries that are missed: their titles.
    missed: Vec<String>,
    sentence: String,
}

/// What subscribers would see, feed by feed.
pub(super) fn text(report: &Report, verbose: bool) -> String {
    let mut text = String::new();
    let mut quiet = 0;
    for feed in &report.plan {
        let difference = &feed.difference;
        if difference.is_nothing() && !verbose {
            quiet += 1;
            continue;
        }
        text.push_str(&format!(
            "{} ({})\n",
            in_line(&paths(feed)),
            in_line(&feed.title)
        ));
        if difference.first {
            text.push_str(&format!(
                "  a new feed with {}\n",
                entries(difference.new.len())
            ));
            if !verbose {
                continue;
            }
        }
        let mut lines: Vec<String> = difference.new.iter().map(new).collect();
        lines.extend(difference.changed.iter().map(changed));
        lines.extend(
            difference
                .dropped
                .iter()
                .map(|entry| format!("dropped     “{}”", in_line(&entry.title))),
        );
        lines.extend(difference.head.iter().map(|change| {
            format!(
                "the feed    {}: {} becomes {}",
                change.what,
                in_line(or_none(&change.was)),
                in_line(or_none(&change.is))
            )
        }));
        let most = if verbose { usize::MAX } else { NAMED * 4 };
        for line in lines.iter().take(most) {
            text.push_str(&format!("  {line}\n"));
        }
        if lines.len() > most {
            text.push_str(&format!("  … {} more (-v shows all)\n", lines.len() - most));
        }
        if difference.unchanged > 0 {
            let unchanged = entries(difference.unchanged);
            text.push_str(&format!("  unchanged   {unchanged}\n"));
        }
    }
    if quiet == report.plan.len() {
        return "Subscribers would see nothing new.\n".to_owned();
    }
    if quiet > 0 {
        text.push_str(&format!(
            "{} would stay as {}.\n",
            plural(quiet, "feed"),
            if quiet == 1 { "it is" } else { "they are" }
        ));
    }
    text
}

fn paths(feed: &FeedPlan) -> String {
    let paths: Vec<String> = feed.paths.iter().map(|path| slashed(path)).collect();
    paths.join(", ")
}

fn new(new: &NewEntry) -> String {
    let title = in_line(&new.entry.title);
    match &new.arrival {
        Arrival::New => format!("new         “{title}”"),
        Arrival::Backdated => {
            format!("new         “{title}”, older than others: who goes by dates misses it")
        }
        Arrival::Returned => format!("back        “{title}”, which was gone"),
        Arrival::Entered => format!("enters      “{title}”, which was public before"),
        Arrival::Resurfaced => format!("RESURFACES  “{title}”, which nobody touched"),
        Arrival::Resent { was } => format!(
            "RE-SENT     “{title}”, known as {}, would be {}",
            in_line(was),
            in_line(&new.entry.id)
        ),
    }
}

fn changed(entry: &ChangedEntry) -> String {
    format!(
        "changed     “{}”: {}",
        in_line(&entry.entry.title),
        entry.fields.join(", ")
    )
}

/// What a feed's plan means for one kind of reader; `None` where they see nothing. Each rule is
/// documented by the one it is about; see `docs/subscribers.md`.
fn meaning(consumer: Consumer, feed: &FeedPlan, last_send: Option<Timestamp>) -> Option<Meaning> {
    let difference = &feed.difference;
    if difference.first || difference.is_nothing() {
        return None;
    }
    let name = paths(feed);
    match consumer {
        Consumer::Govdelivery => {
            let (sent, drafts) = (difference.new.len(), difference.changed.len());
            Some(Meaning {
                sentence: format!(
                    "GovDelivery, {name}: {} (new entries), {} for an administrator (entries \
                     changed under a known id)",
                    plural(sent, "bulletin"),
                    plural(drafts, "draft")
                ),
                feed: name,
                sent,
                drafts,
                missed: Vec::new(),
            })
        }
        Consumer::Mailchimp => {
            let last = last_send.or(difference.newest);
            let is_after = |published: Option<Timestamp>| published > last;
            let sent: Vec<&NewEntry> = difference
                .new
                .iter()
                .filter(|new| is_after(new.entry.published))
                .collect();
            let again = difference.changed.iter().filter(|changed| {
                changed.fields.contains(&"date published") && is_after(changed.entry.published)
            });
            let missed: Vec<String> = difference
                .new
                .iter()
                .filter(|new| !is_after(new.entry.published))
                .map(|new| new.entry.title.clone())
                .collect();
            let again = again.count();
            let since = last.map_or("the beginning".to_owned(), |last| last.to_rfc3339());
            Some(Meaning {
                sentence: format!(
                    "Mailchimp, {name}: {} sent (dated after {since}), {again} sent again (a later \
                     date), {} missed (dated before){}",
                    entries(sent.len()),
                    missed.len(),
                    titles(&missed)
                ),
                feed: name,
                sent: sent.len() + again,
                drafts: 0,
                missed,
            })
        }
        Consumer::Podcast => {
            let has_file = |new: &&NewEntry| !new.entry.enclosure.is_empty();
            let episodes = difference.new.iter().filter(has_file).count();
            let again = difference
                .new
                .iter()
                .filter(has_file)
                .filter(|new| matches!(new.arrival, Arrival::Resent { .. }))
                .count();
            let files = difference
                .changed
                .iter()
                .filter(|changed| changed.enclosure_was.is_some())
                .count();
            let missed: Vec<String> = difference
                .new
                .iter()
                .filter(|new| new.entry.enclosure.is_empty())
                .map(|new| new.entry.title.clone())
                .collect();
            Some(Meaning {
                sentence: format!(
                    "Podcast apps, {name}: {} ({again} of them under another guid, so listed \
                     twice), {} whose file changed, {} without a file, which directories do not \
                     show{}",
                    plural(episodes, "new episode"),
                    plural(files, "known one"),
                    missed.len(),
                    titles(&missed)
                ),
                feed: name,
                sent: episodes,
                drafts: files,
                missed,
            })
        }
    }
}

fn titles(titles: &[String]) -> String {
    if titles.is_empty() {
        return String::new();
    }
    let first: Vec<String> = titles
        .iter()
        .take(NAMED)
        .map(|title| format!("“{title}”"))
        .collect();
    let more = if titles.len() > NAMED { ", …" } else { "" };
    format!(": {}{more}", first.join(", "))
}
