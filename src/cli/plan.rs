//! `feedwright plan`: what subscribers would see.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use feedwright_base::date::Written;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use serde::Serialize;

use crate::Config;
use crate::report::Report;
use crate::run::BuildOptions;
use crate::state::arrivals::Arrival;
use crate::state::compare::{ChangedEntry, Difference, NewEntry, or_none};
use crate::state::plan::FeedPlan;
use feedwright_feed::read::Field;

use super::build;
use super::consumers::{self, LastSend, Meaning, meaning};
use super::left;
use super::output::{in_line, print, print_json, tell};
use super::preview::{self, Preview};
use super::render::{Renderer, entries, plural};
use super::scheduled;
use super::site_args::RunArgs;
use super::timings::Timings;

/// How many entries of a kind are named when not all are asked for.
pub(super) const NAMED: usize = 5;

const NOTHING_NEW: &str = "Subscribers would see nothing new.\n";
#[derive(Debug, Default, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Say what it means for who reads the feeds.
    #[arg(long = "for", value_name = "CONSUMER")]
    pub(super) consumer: Option<Consumer>,
    /// When Mailchimp last sent, as 2021-12-13T09:30:00Z; without it, the plan assumes that it
    /// sends daily and has sent the newest published entry.
    #[arg(long, value_name = "DATE")]
    pub(super) last_send: Option<String>,
    /// Show every new and changed entry as people would get it, as a page in this file; `-` is
    /// standard output.
    #[arg(long, value_name = "FILE")]
    pub(super) preview: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

/// Who reads feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Consumer {
    /// `GovDelivery` Page Watch: an id is a bulletin, a change under it a draft.
    Govdelivery,
    /// Mailchimp's RSS-to-email: goes by dates.
    Mailchimp,
    /// Podcast directories and apps: an id is an episode.
    Podcast,
}

impl Consumer {
    pub(super) fn name(self) -> &'static str {
        match self {
            Consumer::Govdelivery => "GovDelivery",
            Consumer::Mailchimp => "Mailchimp",
            Consumer::Podcast => "Podcast apps",
        }
    }
}

pub(super) fn run(args: &PlanArgs, renderer: &Renderer) -> Result<u8, Error> {
    let last_send = args.last_send.as_deref();
    let last_send = last_send.map(consumers::last_send).transpose()?;
    if let Some(path) = &args.preview {
        if preview::is_output(path) && args.json {
            let message = "`--preview -` and `--json` both write to standard output: give \
                           `--preview` a file";
            return Err(Error::new(message));
        }
        preview::may_write(path)?;
    }
    let options = BuildOptions {
        dry_run: true,
        previews: args.preview.as_ref().map_or(0, |_| preview::MOST),
        ..args.run.options()
    };
    let made = build::make(&args.run, &options, renderer, &Timings::new(None, ""))?;
    let (report, config) = match made {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    let last_send = last_send_of(last_send.as_ref(), &config)?;
    if report.refused && args.preview.as_deref().is_some_and(preview::is_output) {
        tell(REFUSED);
        return Ok(build::code(&report));
    }
    if let Some(path) = args.preview.as_deref().filter(|_| !report.refused) {
        let page = preview::page(&Preview {
            report: &report,
            site: &config.site.title,
            language: config.language(),
            consumer: args.consumer,
            last_send: &last_send,
        });
        preview::write(path, &page)?;
        if preview::is_output(path) {
            return Ok(build::code(&report));
        }
    }
    said(args, &report, &last_send)?;
    Ok(build::code(&report))
}

const REFUSED: &str =
    "Nothing would be written because of errors. `--keep-going` plans the rest.\n";

/// When the mailer last sent, as far as people said it.
fn last_send_of(written: Option<&Written>, config: &Config) -> Result<LastSend, Error> {
    match written {
        Some(written) => LastSend::resolve(written, config.site.zone),
        None => Ok(LastSend::Unknown),
    }
}

/// Prints the plan.
fn said(args: &PlanArgs, report: &Report, last_send: &LastSend) -> Result<(), Error> {
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
            held: &report.held,
            left: &report.left,
            scheduled: &report.scheduled,
            consumer: meaning,
        };
        print_json(&plan)?;
        return Ok(());
    }
    if report.refused {
        print(REFUSED)?;
        return Ok(());
    }
    let mut text = text(report, args.run.site.over.is_verbose());
    let is_nothing = text.starts_with(NOTHING_NEW);
    for meaning in &meaning {
        text.push_str(&format!("{}\n", in_line(&meaning.sentence)));
    }
    if let Some(consumer) = args.consumer.filter(|_| meaning.is_empty() && !is_nothing) {
        let name = consumer.name();
        text.push_str(&format!("{name}: nothing, as no published feed changes\n"));
    }
    if let Some(path) = &args.preview {
        text.push_str(&format!("The preview is in {}.\n", shown(path)));
    }
    print(&text)?;
    Ok(())
}

fn shown(path: &Path) -> String {
    in_line(&path.display().to_string()).into_owned()
}

/// `plan --json`.
#[derive(Serialize)]
struct Plan<'a> {
    refused: bool,
    feeds: &'a [FeedPlan],
    #[serde(skip_serializing_if = "Option::is_none")]
    alarm: Option<&'a crate::Alarm>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    held: &'a [crate::Held],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left: &'a [crate::LeftBehind],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scheduled: &'a [crate::ScheduledPost],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    consumer: Vec<Meaning>,
}

/// What subscribers would see, feed by feed.
pub(super) fn text(report: &Report, verbose: bool) -> String {
    let mut text = String::new();
    let mut quiet = 0;
    for feed in &report.plan {
        let difference = &feed.difference;
        if difference.is_nothing() && !difference.adopted && !verbose {
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
        if difference.adopted {
            let nothing = match difference.new.is_empty() {
                true => ": its subscribers see nothing new",
                false => "",
            };
            text.push_str(&format!(
                "  takes the place of the feed whose ids you adopted{nothing}\n"
            ));
        }
        if difference.by_lock && !difference.adopted {
            text.push_str("  by feedwright.lock, as no file is here to compare with\n");
        }
        let lines = lines(difference);
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
    text.push_str(&held(report));
    text.push_str(&left::lines(report, verbose));
    if quiet == report.plan.len() {
        text.push_str(NOTHING_NEW);
    } else if quiet > 0 {
        text.push_str(&format!(
            "{} would stay as {}.\n",
            plural(quiet, "feed"),
            if quiet == 1 { "it is" } else { "they are" }
        ));
    }
    text.push_str(&scheduled::text(&report.scheduled, verbose));
    text
}

/// A line for all that is different.
fn lines(difference: &Difference) -> Vec<String> {
    let mut lines: Vec<String> = difference.new.iter().map(new).collect();
    lines.extend(difference.changed.iter().map(changed));
    let dropped = difference.dropped.iter();
    lines.extend(dropped.map(|entry| format!("dropped     “{}”", in_line(&entry.title))));
    lines.extend(difference.head.iter().map(|change| {
        format!(
            "the feed    {}: {} becomes {}",
            change.what,
            in_line(or_none(&change.was)),
            in_line(or_none(&change.is))
        )
    }));
    lines
}

/// The files of a feed.
pub(super) fn paths(feed: &FeedPlan) -> String {
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
        fields(&entry.fields)
    )
}

/// The fields that changed, in words.
pub(super) fn fields(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
    names.join(", ")
}

/// What is held, a line each.
fn held(report: &Report) -> String {
    let lines = report.held.iter().map(|held| {
        let because = match (&held.was, held.because.as_str()) {
            (Some(was), "") => format!("known as {}", was.id),
            (Some(was), because) => format!("perhaps {}, by {because}", was.id),
            (None, because) => because.to_owned(),
        };
        format!(
            "held        “{}” ({}): {}{}\n",
            in_line(&held.title),
            in_line(held.entry()),
            held.kind.as_str(),
            if because.is_empty() {
                String::new()
            } else {
                format!("; {}", in_line(&because))
            }
        )
    });
    lines.collect()
}
