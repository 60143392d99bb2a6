//! `feedwright plan --preview`: a page of what people would get.
//!
//! The feeds that are published may be any program's, and their texts anybody's. All HTML of entries
//! is sanitized, loads nothing, and stands in frames where nothing runs; the page itself has no
//! script, and its policy lets it load nothing.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use feedwright_base::error::Error;
use feedwright_base::temporary;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::report::{EntryPreview, Report};
use crate::state::arrivals::Arrival;
use crate::state::plan::FeedPlan;

use super::consumers::{LastSend, Outcome, assumption, of_changed, of_new};
use super::faces::{self, Part, View, visible};
use super::output::{in_html, print_as_it_is};
use super::plan::Consumer;
use super::plan::paths;
use super::render::{entries, plural};
use super::scheduled;

/// How many entries are shown.
pub(super) const MOST: usize = 200;

/// How many feeds are named beside an entry before the list is folded.
const FEEDS: usize = 4;

/// By what a file is known to be such a page.
const MARK: &str = "<meta name=\"generator\" content=\"feedwright plan\">";

/// Within how many bytes of a file the mark stands.
const HEAD: u64 = 4096;

/// Nothing runs and nothing is loaded, in the page and in its frames.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'";

/// What the page is of.
pub(super) struct Preview<'a> {
    pub(super) report: &'a Report,
    pub(super) site: &'a str,
    /// A BCP 47 tag: the language of the site's texts, which need not be that of the page.
    pub(super) language: Option<&'a str>,
    /// Whose mails are shown; `None` shows all.
    pub(super) consumer: Option<Consumer>,
    pub(super) last_send: &'a LastSend,
}

/// Refuses to write a preview over anything but a preview.
///
/// # Errors
///
/// A folder, a link or another file at the path, or one that cannot be read.
pub(super) fn may_write(path: &Path) -> Result<(), Error> {
    if is_output(path) {
        return Ok(());
    }
    let failed = |error| Error::io("read", path, error);
    let meta = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        meta => meta.map_err(failed)?,
    };
    let shown = path.display();
    if !meta.is_file() {
        return Err(Error::new(format!(
            "{shown} is not an ordinary file: give `--preview` the name of a new one"
        )));
    }
    let mut head = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(HEAD).read_to_end(&mut head).map_err(failed)?;
    if String::from_utf8_lossy(&head).contains(MARK) {
        return Ok(());
    }
    Err(Error::new(format!(
        "{shown} is there and is not a preview of feedwright: give `--preview` another name, or \
         remove the file"
    )))
}

/// Whether the page goes to standard output.
pub(super) fn is_output(path: &Path) -> bool {
    path == Path::new("-")
}

/// Writes the page, in one step.
///
/// # Errors
///
/// The same as [`may_write()`], and a file that cannot be written.
pub(super) fn write(path: &Path, page: &str) -> Result<(), Error> {
    if is_output(path) {
        return print_as_it_is(page).map(|_| ());
    }
    may_write(path)?;
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let failed = |error| Error::io("write", path, error);
    let folder = folder.unwrap_or(Path::new("."));
    let (mut file, made) = temporary::create(folder, true).map_err(failed)?;
    let written = file
        .write_all(page.as_bytes())
        .and_then(|()| temporary::rename(&made, path));
    written.map_err(|error| {
        let _ = temporary::remove(&made);
        failed(error)
    })
}

/// The page.
pub(super) fn page(preview: &Preview<'_>) -> String {
    let shown = &preview.report.previews;
    let total = shown.entries.len() + shown.more;
    let lang = preview.language.unwrap_or("");
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                (PreEscaped(MARK))
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { "What subscribers would get: " (visible(preview.site)) }
                style { (PreEscaped(include_str!("preview.css"))) }
            }
            body {
                header {
                    h1 { "What subscribers would get" }
                    p.site lang=(lang) dir="auto" { (visible(preview.site)) }
                    p { (summary(preview, total)) }
                    @if total > 0 && preview.consumer.is_none_or(|is| is == Consumer::Mailchimp) {
                        p { "Mailchimp: " (assumption(preview.last_send, None).replace('`', "")) "." }
                    }
                    @for line in scheduled::text(&preview.report.scheduled, false).lines() {
                        p { (visible(line.trim_start())) }
                    }
                    @if let Some(alarm) = &preview.report.alarm {
                        p.alarm {
                            strong { "The guard stops this run, and nothing would be published: " }
                            (visible(&alarm.findings.join("; "))) "."
                        }
                    }
                    @if shown.entries.len() > 1 { (contents(preview, lang)) }
                }
                main {
                    @for (number, entry) in shown.entries.iter().enumerate() {
                        (one(preview, number, entry, lang))
                    }
                    @if shown.more > 0 {
                        p.more { (entries(shown.more)) " more: " code { "feedwright plan -v" } " names all." }
                    }
                }
                footer {
                    p {
                        "Made by feedwright from the feeds as they are and as they would be. Nothing "
                        "was published. Images are not loaded, and links lead nowhere here; mailers "
                        "put their own template around what is shown."
                    }
                }
            }
        }
    };
    in_html(&(page.into_string() + "\n")).into_owned()
}

fn summary(preview: &Preview<'_>, total: usize) -> String {
    let plan = &preview.report.plan;
    let first = plan.iter().filter(|feed| feed.difference.first).count();
    let new = match first {
        0 => String::new(),
        _ => format!(" {} new: nobody reads them yet.", {
            let verb = if first == 1 { "is" } else { "are" };
            format!("{} {verb}", plural(first, "feed"))
        }),
    };
    let what = match total {
        0 => "Subscribers would get nothing new.".to_owned(),
        1 => "1 entry is new or changed.".to_owned(),
        total => format!("{total} entries are new or changed."),
    };
    what + &new
}

/// Links to the entries.
fn contents(preview: &Preview<'_>, lang: &str) -> Markup {
    html! {
        nav aria-label="Entries" {
            ol {
                @for (number, entry) in preview.report.previews.entries.iter().enumerate() {
                    li {
                        a href={ "#entry-" (number + 1) } lang=(lang) dir="auto" {
                            (faces::title(&entry.after))
                        }
                    }
                }
            }
        }
    }
}

/// One entry, as each consumer shows it.
fn one(preview: &Preview<'_>, number: usize, entry: &EntryPreview, lang: &str) -> Markup {
    let id = format!("entry-{}", number + 1);
    let plan = &preview.report.plan;
    let feeds: Vec<usize> = entry.places.iter().map(|(feed, _)| *feed).collect();
    html! {
        article.entry aria-labelledby=(id) {
            p.kind { (kind(preview, entry)) }
            h2 id=(id) lang=(lang) dir="auto" { (faces::title(&entry.after)) }
            (in_feeds(plan, &feeds))
            @for view in View::of(preview.consumer, entry) {
                @let name = format!("{id}-{}", view.id());
                div.view {
                    h3 id=(name) { (view.name()) }
                    (shown(preview, entry, view, lang))
                }
            }
        }
    }
}

/// Why it is shown.
fn kind(preview: &Preview<'_>, entry: &EntryPreview) -> String {
    let Some((feed, place)) = entry.places.first() else {
        return String::new();
    };
    let difference = &preview.report.plan[*feed].difference;
    if let Some(changed) = difference.changed.get(*place).filter(|_| !entry.is_new) {
        return format!("Changed: {}", super::plan::fields(&changed.fields));
    }
    let Some(new) = difference.new.get(*place) else {
        return "Changed".to_owned();
    };
    match &new.arrival {
        Arrival::New => "New".to_owned(),
        Arrival::Backdated => "New, and older than others".to_owned(),
        Arrival::Returned => "Back: it was gone".to_owned(),
        Arrival::Entered => "Enters the feed: it was public before".to_owned(),
        Arrival::Resurfaced => "Comes up again: nobody touched it".to_owned(),
        Arrival::Resent { was } => format!(
            "Sent again: readers know it as {}, and it would be {}",
            visible(was),
            visible(&new.entry.id)
        ),
    }
}

/// The feeds that have an entry.
fn in_feeds(plan: &[FeedPlan], feeds: &[usize]) -> Markup {
    let list = html! {
        ul.feeds {
            @for feed in feeds {
                li { span dir="auto" { (visible(&plan[*feed].title)) } " " code { (visible(&paths(&plan[*feed]))) } }
            }
        }
    };
    html! {
        @if feeds.len() > FEEDS {
            details { summary { "In " (feeds.len()) " feeds" } (list) }
        } @else { (list) }
    }
}

/// What happens, and what it looks like.
fn shown(preview: &Preview<'_>, entry: &EntryPreview, view: View, lang: &str) -> Markup {
    let outcomes = outcomes(preview, entry, view);
    let is_sent = outcomes.iter().any(|(outcome, _)| view.shows(*outcome));
    let sides = [
        entry.before.as_ref().map(|face| ("Before", face)),
        Some(("After", &entry.after)),
    ];
    let sides: Vec<_> = sides.into_iter().flatten().collect();
    html! {
        @for (outcome, feeds) in &outcomes {
            p.outcome {
                (view.outcome(*outcome, !entry.is_new))
                @if outcomes.len() > 1 { " " (among(&preview.report.plan, feeds)) }
            }
        }
        @if is_sent {
            div.sides {
                @for (side, face) in &sides {
                    div.side {
                        @if sides.len() > 1 { h4 { (side) } }
                        (faces::face(view, face, &Part { side: (sides.len() > 1).then_some(*side), lang }))
                    }
                }
            }
        }
    }
}

/// What an entry comes to, and in which feeds.
fn outcomes(preview: &Preview<'_>, entry: &EntryPreview, view: View) -> Vec<(Outcome, Vec<usize>)> {
    let mut all: Vec<(Outcome, Vec<usize>)> = Vec::new();
    for (at, place) in &entry.places {
        let feed = &preview.report.plan[*at];
        let (new, changed) = (&feed.difference.new, &feed.difference.changed);
        let is_new = entry.is_new;
        let outcome = match view {
            View::Reader if is_new => Some(Outcome::Sent),
            View::Reader => Some(Outcome::Nothing),
            View::Of(consumer) if is_new => new
                .get(*place)
                .map(|new| of_new(consumer, new, feed, preview.last_send)),
            View::Of(consumer) => changed
                .get(*place)
                .map(|changed| of_changed(consumer, changed, feed, preview.last_send)),
        };
        let Some(outcome) = outcome else { continue };
        match all.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, feeds)) => feeds.push(*at),
            None => all.push((outcome, vec![*at])),
        }
    }
    all
}

/// The first of some feeds by their names.
fn among(plan: &[FeedPlan], feeds: &[usize]) -> Markup {
    let more = feeds.len().saturating_sub(FEEDS);
    html! {
        "In "
        @for (number, feed) in feeds.iter().take(FEEDS).enumerate() {
            @if number > 0 { ", " }
            bdi { (visible(&plan[*feed].title)) }
        }
        @if more > 0 { " and " (more) " more" }
        "."
    }
}
