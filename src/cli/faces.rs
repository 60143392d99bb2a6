//! One entry as mails and readers show it, for `feedwright plan --preview`.

use feedwright_base::date::Timestamp;
use feedwright_base::text;
use feedwright_feed::Format;
use feedwright_feed::html::still;
use maud::{Markup, html};

use crate::report::{EntryPreview, Face};

use super::consumers::Outcome;
use super::plan::Consumer;

/// How many characters of a text are shown.
const LONGEST: usize = 32_768;

/// How many bytes of HTML need more room than usual.
const TALL: usize = 600;

/// The style of the frames, in which texts stand alone.
const FRAME: &str = include_str!("frame.css");

/// Who shows an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum View {
    Of(Consumer),
    /// Any feed reader.
    Reader,
}

/// Where a face is shown.
pub(super) struct Part<'a> {
    /// `Before` or `After`, where both are shown.
    pub(super) side: Option<&'a str>,
    pub(super) lang: &'a str,
}

impl View {
    /// Those of an entry: the one that is asked for, or all, that of a podcast only where there is
    /// a file.
    pub(super) fn of(consumer: Option<Consumer>, entry: &EntryPreview) -> Vec<View> {
        if let Some(consumer) = consumer {
            return vec![View::Of(consumer)];
        }
        let has_file = |face: &Face| !face.entry.enclosure.is_empty();
        let is_episode = has_file(&entry.after) || entry.before.as_ref().is_some_and(has_file);
        let podcast = is_episode.then_some(View::Of(Consumer::Podcast));
        let mailers = [Consumer::Govdelivery, Consumer::Mailchimp].map(View::Of);
        mailers
            .into_iter()
            .chain([View::Reader])
            .chain(podcast)
            .collect()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            View::Of(consumer) => consumer.name(),
            View::Reader => "Feed reader",
        }
    }

    pub(super) fn id(self) -> &'static str {
        match self {
            View::Of(Consumer::Govdelivery) => "govdelivery",
            View::Of(Consumer::Mailchimp) => "mailchimp",
            View::Of(Consumer::Podcast) => "podcast",
            View::Reader => "reader",
        }
    }

    /// Whether there is anything to see of an entry that comes to this.
    pub(super) fn shows(self, outcome: Outcome) -> bool {
        match self {
            View::Of(Consumer::Mailchimp) => {
                !matches!(outcome, Outcome::Missed | Outcome::Nothing | Outcome::Back)
            }
            _ => outcome != Outcome::Back,
        }
    }

    /// What happens to an entry, in a sentence.
    pub(super) fn outcome(self, outcome: Outcome, is_changed: bool) -> &'static str {
        match (self, outcome) {
            (View::Reader, Outcome::Sent) => "A new entry.",
            (View::Reader, _) => "The entry changes where the reader shows changes.",
            (View::Of(Consumer::Govdelivery), Outcome::Draft) => {
                "A draft, and a message to the administrators; nothing is sent by itself."
            }
            (View::Of(Consumer::Govdelivery), Outcome::Back) => {
                "No bulletin: it is back under the id that it had."
            }
            (View::Of(Consumer::Govdelivery), _) => "A bulletin.",
            (View::Of(Consumer::Mailchimp), outcome) => match outcome {
                Outcome::Again => "Sent again: it has a later date.",
                Outcome::PerhapsSent => {
                    "In the next mail, unless one has gone out after its date already."
                }
                Outcome::PerhapsAgain => {
                    "Sent again, unless a mail has gone out after its new date already."
                }
                Outcome::Waiting => "In the next mail, which it waits for, as it is now.",
                Outcome::Missed => "Never sent: it is dated before the last mail.",
                Outcome::Nothing if is_changed => {
                    "Nothing is sent: only a date after the last mail sends an entry again."
                }
                Outcome::Nothing => "Nothing is sent: it is dated before the last mail.",
                _ => "In the next mail.",
            },
            (View::Of(Consumer::Podcast), outcome) => match outcome {
                Outcome::Again => "A second episode: its guid is another one.",
                Outcome::Draft => "The file of a known episode changes.",
                Outcome::Gone => "The episode goes away: its file is gone.",
                Outcome::Missed => "No episode: it has no file.",
                Outcome::Back => "The episode is back under the guid that it had.",
                Outcome::Nothing => "The episode stays, with other words.",
                _ => "A new episode.",
            },
        }
    }
}

/// A title, or what stands for it.
pub(super) fn title(face: &Face) -> String {
    match face.entry.title.as_str() {
        "" => "(no title)".to_owned(),
        title => visible(title),
    }
}

/// A text of anybody's, without characters that no page may have.
pub(super) fn visible(text: &str) -> String {
    let is_shown = |c: char| match c {
        '\n' | '\t' => true,
        '\u{fdd0}'..='\u{fdef}' => false,
        c => !c.is_control() && u32::from(c) & 0xfffe != 0xfffe,
    };
    let shown = |c: char| if is_shown(c) { c } else { '\u{fffd}' };
    text.chars().map(shown).collect()
}

/// An entry as somebody shows it.
pub(super) fn face(view: View, face: &Face, part: &Part<'_>) -> Markup {
    match view {
        View::Of(Consumer::Govdelivery) => govdelivery(face, part),
        View::Of(Consumer::Mailchimp) => mailchimp(face, part),
        View::Of(Consumer::Podcast) => podcast(face, part),
        View::Reader => reader(face, part),
    }
}

fn govdelivery(face: &Face, part: &Part<'_>) -> Markup {
    html! {
        dl.fields.short {
            (row(&html! { "Subject" }, &words(&title(face), part)))
            (row(&html! { "Title" }, &words(&title(face), part)))
            (row(&html! { "Link" }, &address(&face.entry.url)))
            (row(&html! { "Description" }, &summary(face, part)))
        }
    }
}

/// What each merge field of the usual template becomes.
fn mailchimp(face: &Face, part: &Part<'_>) -> Markup {
    let entry = &face.entry;
    let tag = |name: &str| html! { code { "*|RSSITEM:" (name) "|*" } };
    let date = entry.published.map(Timestamp::to_rfc2822);
    let full = text_of(entry.content.as_str(), face, "Full content", part);
    html! {
        dl.fields {
            (row(&html! { "Subject" br; (tag("TITLE")) }, &words(&title(face), part)))
            (row(&tag("TITLE"), &words(&title(face), part)))
            (row(&tag("URL"), &address(&entry.url)))
            (row(&tag("DATE"), &words(date.as_deref().unwrap_or_default(), part)))
            (row(&tag("AUTHOR"), &words(entry.authors.as_str(), part)))
            (row(&tag("CATEGORIES"), &words(entry.tags.as_str(), part)))
            (row(&tag("IMAGE"), &address(entry.image.as_str())))
            (row(&tag("CONTENT"), &summary(face, part)))
            (row(&tag("CONTENT_FULL"), &full))
        }
    }
}

fn podcast(face: &Face, part: &Part<'_>) -> Markup {
    html! {
        dl.fields.short {
            (row(&html! { "Episode" }, &words(&title(face), part)))
            (row(&html! { "File" }, &address(face.entry.enclosure.as_str())))
            (row(&html! { "Notes" }, &summary(face, part)))
        }
    }
}

fn reader(face: &Face, part: &Part<'_>) -> Markup {
    let entry = &face.entry;
    let content = if entry.content.is_empty() {
        summary(face, part)
    } else {
        text_of(entry.content.as_str(), face, "Content", part)
    };
    html! {
        div.card {
            p.title lang=(part.lang) dir="auto" { (title(face)) }
            p.by {
                @if let Some(time) = entry.published { (date(time)) }
                @if !entry.authors.is_empty() {
                    @if entry.published.is_some() { " · " }
                    bdi lang=(part.lang) { (visible(entry.authors.as_str())) }
                }
            }
            @if !entry.image.is_empty() { p.image { "Image" br; (address(entry.image.as_str())) } }
            (content)
        }
    }
}

fn date(time: Timestamp) -> Markup {
    html! {
        time datetime=(time.to_rfc3339()) { (time.local().format("%-d %B %Y, %H:%M")) }
    }
}

fn row(name: &Markup, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn words(text: &str, part: &Part<'_>) -> Markup {
    html! {
        @if text.is_empty() { span.none { "none" } }
        @else { span lang=(part.lang) dir="auto" { (visible(text)) } }
    }
}

fn address(address: &str) -> Markup {
    html! {
        @if address.is_empty() { span.none { "none" } }
        @else { bdi.address { (visible(address)) } }
    }
}

/// The summary, which is HTML in RSS and plain text elsewhere.
fn summary(face: &Face, part: &Part<'_>) -> Markup {
    let summary = face.entry.summary.as_str();
    if face.format == Format::Rss {
        text_of(summary, face, "Description", part)
    } else {
        words(&text::cut(summary, LONGEST), part)
    }
}

/// A text of HTML, in a frame of its own if it has any markup.
fn text_of(html: &str, face: &Face, what: &str, part: &Part<'_>) -> Markup {
    if !html.contains(['<', '&']) {
        return words(&text::cut(html, LONGEST), part);
    }
    let is_cut = html.chars().nth(LONGEST).is_some();
    let start: String = html.chars().take(LONGEST).collect();
    let Some(safe) = still(&start, &face.entry.url) else {
        return html! { span.none { "cannot be shown: its elements nest too deeply" } };
    };
    // A frame cannot grow with its text where nothing runs.
    let is_tall = start.len() > TALL;
    let side = part
        .side
        .map_or_else(String::new, |side| format!(", {}", side.to_lowercase()));
    let name = format!("{what} of “{}”{side}", title(face));
    let document = html! {
        (maud::DOCTYPE)
        html lang=(part.lang) {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content="light dark";
                title { (name) }
                style { (maud::PreEscaped(FRAME)) }
            }
            body dir="auto" { (maud::PreEscaped(visible(&safe))) }
        }
    };
    html! {
        iframe.tall[is_tall] sandbox="" loading="lazy" title=(name) srcdoc=(document.into_string()) {}
        @if is_cut { p.none { "Only the first " (LONGEST) " characters are shown." } }
    }
}
