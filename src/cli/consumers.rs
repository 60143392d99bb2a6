//! What a plan means for who reads the feeds. Each rule is documented by the one it is about; see
//! `docs/subscribers.md`.

use chrono::{Duration, NaiveTime};
use feedwright_base::date::{self, Timestamp, Written, Zone};
use feedwright_base::error::Error;
use feedwright_base::text::first_of;
use serde::Serialize;

use crate::state::arrivals::Arrival;
use crate::state::compare::{ChangedEntry, NewEntry};
use crate::state::plan::FeedPlan;

use super::plan::Consumer;
use super::plan::{NAMED, paths};
use super::render::plural;

/// What an entry comes to at one consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A bulletin, a mail, an episode.
    Sent,
    /// Sent once more, or listed twice.
    Again,
    /// Somebody has to look at it: a draft, or a file that changed.
    Draft,
    /// Sent, unless a mail went out that day before the entry was published.
    PerhapsSent,
    /// Sent once more, unless a mail went out that day before.
    PerhapsAgain,
    /// Never sent, although it is new.
    Missed,
    /// An episode that goes away.
    Gone,
    /// Known, and back.
    Back,
    /// Not sent yet, and sent as it is now.
    Waiting,
    /// Nothing happens.
    Nothing,
}

/// When Mailchimp last sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LastSend {
    At(Timestamp),
    /// At some time from the first instant on, and before the second.
    Within(Timestamp, Timestamp),
    /// Within a day after it could first see the newest published entry.
    Unknown,
}

impl LastSend {
    /// Reads the value of `--last-send`, a moment or a day, in the site's zone where it names none.
    pub(super) fn resolve(written: &Written, zone: Zone) -> Result<Self, Error> {
        let instant = |written: &Written| {
            let resolved = written.resolve(zone);
            resolved.map_err(|refusal| refused(&refusal))
        };
        let first = instant(written)?;
        let next = written.day.succ_opt().filter(|_| written.time.is_none());
        Ok(match next {
            Some(day) => LastSend::Within(
                first,
                instant(&Written {
                    day,
                    ..written.clone()
                })?,
            ),
            None => LastSend::At(first),
        })
    }

    /// The bounds of the last send, as far as one feed's entries tell: not before the first
    /// instant, nor after the second.
    fn bounds(&self, feed: &FeedPlan) -> Option<(Timestamp, Timestamp)> {
        let later = |time: Timestamp, by: Duration| {
            let seconds = time.epoch().saturating_add(by.num_seconds());
            Timestamp::from_epoch(seconds).unwrap_or(time)
        };
        match *self {
            LastSend::At(time) => Some((time, time)),
            LastSend::Within(first, next) => Some((first, later(next, Duration::seconds(-1)))),
            LastSend::Unknown => {
                let newest = feed.difference.newest?;
                // An entry that gives only a day was published at any time of that day.
                let days = if has_only_a_day(newest) { 2 } else { 1 };
                let last = Duration::days(days) - Duration::seconds(1);
                Some((newest, later(newest, last)))
            }
        }
    }

    /// Whether Mailchimp sends an entry with this date, which it does if that is after the last
    /// send; `None` where nobody can say.
    fn sends(&self, published: Option<Timestamp>, feed: &FeedPlan) -> Option<bool> {
        let Some(published) = published else {
            return Some(false);
        };
        let Some((first, last)) = self.bounds(feed) else {
            return Some(true);
        };
        let day = |time: Timestamp| time.day();
        if published > last {
            return Some(true);
        }
        let is_guess = *self == LastSend::Unknown;
        // Whoever gives a time publishes at that time, after whatever was sent before.
        if is_guess && published > first && !has_only_a_day(published) {
            return Some(true);
        }
        // The newest entry itself may still wait for the day's mail.
        if published > first || (is_guess && day(published) == day(first)) {
            return None;
        }
        Some(false)
    }
}

/// Reads the value of `--last-send` as far as that goes without a site.
pub(super) fn last_send(text: &str) -> Result<Written, Error> {
    date::parse(text, None).map_err(|refusal| refused(&refusal))
}

fn refused(refusal: &date::Refusal) -> Error {
    Error::new(format!(
        "--last-send: {}; {}",
        refusal.message, refusal.help
    ))
}

/// Returns whether a date is what becomes of a day without a time.
fn has_only_a_day(time: Timestamp) -> bool {
    time.local().time() == NaiveTime::MIN
}

/// What a new entry comes to.
pub(super) fn of_new(
    consumer: Consumer,
    new: &NewEntry,
    feed: &FeedPlan,
    last_send: &LastSend,
) -> Outcome {
    let is_resent = matches!(new.arrival, Arrival::Resent { .. });
    let is_back = new.arrival == Arrival::Returned;
    match consumer {
        Consumer::Govdelivery if is_back => Outcome::Back,
        Consumer::Govdelivery => Outcome::Sent,
        Consumer::Mailchimp => {
            // Those that subscribers have had already, or will get by the next mail, are not missed.
            let is_news = matches!(
                new.arrival,
                Arrival::New | Arrival::Backdated | Arrival::Entered
            );
            match last_send.sends(new.entry.published, feed) {
                Some(true) => Outcome::Sent,
                _ if !is_news => Outcome::Nothing,
                None => Outcome::PerhapsSent,
                Some(false) => Outcome::Missed,
            }
        }
        Consumer::Podcast if new.entry.enclosure.is_empty() => Outcome::Missed,
        Consumer::Podcast if is_resent => Outcome::Again,
        Consumer::Podcast if is_back => Outcome::Back,
        Consumer::Podcast => Outcome::Sent,
    }
}

/// What a changed entry comes to.
pub(super) fn of_changed(
    consumer: Consumer,
    changed: &ChangedEntry,
    feed: &FeedPlan,
    last_send: &LastSend,
) -> Outcome {
    match consumer {
        Consumer::Govdelivery => Outcome::Draft,
        Consumer::Mailchimp => {
            let is = changed.entry.published;
            let was = changed.published_was.or(is);
            match last_send.sends(is, feed) {
                // One that waits for the next mail goes out once, whatever its date becomes.
                Some(true) if last_send.sends(was, feed) == Some(true) => Outcome::Waiting,
                Some(true) if is > was => Outcome::Again,
                None if is > was => Outcome::PerhapsAgain,
                _ => Outcome::Nothing,
            }
        }
        Consumer::Podcast => {
            let is = !changed.entry.enclosure.is_empty();
            match changed.enclosure_was.as_deref() {
                None => Outcome::Nothing,
                Some("") => Outcome::Sent,
                Some(_) if is => Outcome::Draft,
                Some(_) => Outcome::Gone,
            }
        }
    }
}

/// What a plan means for one who reads a feed.
#[derive(Serialize)]
pub(super) struct Meaning {
    feed: String,
    /// How many things happen by themselves: bulletins, mails, episodes.
    sent: usize,
    /// How many things somebody has to look at.
    drafts: usize,
    /// The entries that are missed: their titles.
    missed: Vec<String>,
    /// The entries of which nobody can say whether they are sent: their titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uncertain: Vec<String>,
    /// The episodes that go away: their titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gone: Vec<String>,
    pub(super) sentence: String,
}

/// What a feed's plan means for one kind of reader; `None` where they see nothing.
pub(super) fn meaning(
    consumer: Consumer,
    feed: &FeedPlan,
    last_send: &LastSend,
) -> Option<Meaning> {
    let difference = &feed.difference;
    if difference.first || difference.is_nothing() {
        return None;
    }
    let new = difference.new.iter();
    let new = new.map(|new| (of_new(consumer, new, feed, last_send), &new.entry));
    let changed = difference.changed.iter();
    let changed = changed.map(|entry| (of_changed(consumer, entry, feed, last_send), &entry.entry));
    let mut all: Vec<_> = new.chain(changed).collect();
    if consumer == Consumer::Podcast {
        let dropped = difference.dropped.iter();
        let episodes = dropped.filter(|entry| !entry.enclosure.is_empty());
        all.extend(episodes.map(|entry| (Outcome::Gone, entry)));
    }
    let found = Found { all };
    let sentence = match consumer {
        Consumer::Govdelivery => govdelivery(&found),
        Consumer::Mailchimp => mailchimp(&found, feed, last_send),
        Consumer::Podcast => podcast(&found),
    };
    let uncertain = [Outcome::PerhapsSent, Outcome::PerhapsAgain];
    let sent = found.count(Outcome::Sent) + found.count(Outcome::Again);
    Some(Meaning {
        feed: paths(feed),
        sent,
        drafts: found.count(Outcome::Draft),
        missed: found.titles(&[Outcome::Missed]),
        uncertain: found.titles(&uncertain),
        gone: found.titles(&[Outcome::Gone]),
        sentence: format!("{}, {}: {sentence}", consumer.name(), paths(feed)),
    })
}

/// What entries come to.
struct Found<'a> {
    all: Vec<(Outcome, &'a crate::EntryName)>,
}

impl Found<'_> {
    fn count(&self, outcome: Outcome) -> usize {
        self.all.iter().filter(|(is, _)| *is == outcome).count()
    }

    fn titles(&self, outcomes: &[Outcome]) -> Vec<String> {
        let of = self.all.iter().filter(|(is, _)| outcomes.contains(is));
        of.map(|(_, entry)| entry.title.clone()).collect()
    }

    /// How many have an outcome, what that is, and which they are; nothing where there is none.
    fn part(&self, outcome: Outcome, what: &str) -> Option<String> {
        let titles = self.titles(&[outcome]);
        let (count, named) = (titles.len(), named(&titles));
        (count > 0).then(|| format!("{count} {what}{named}"))
    }
}

/// The parts of a sentence, without those that say nothing.
fn joined(first: String, parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts = parts.into_iter().flatten();
    let all: Vec<String> = [first].into_iter().chain(parts).collect();
    all.join(", ")
}

fn govdelivery(found: &Found<'_>) -> String {
    let first = format!(
        "{} (new entries), {} for an administrator (entries changed under a known id)",
        plural(found.count(Outcome::Sent), "bulletin"),
        plural(found.count(Outcome::Draft), "draft")
    );
    let back = "back under a known id, so no bulletin";
    joined(first, [found.part(Outcome::Back, back)])
}

fn mailchimp(found: &Found<'_>, feed: &FeedPlan, last_send: &LastSend) -> String {
    let sent = match found.count(Outcome::Sent) {
        0 => "no new entry goes out".to_owned(),
        1 => "1 new entry goes out (dated after the last send)".to_owned(),
        count => format!("{count} new entries go out (dated after the last send)"),
    };
    let parts = [
        found.part(Outcome::Waiting, "of the next mail changed"),
        found.part(Outcome::Again, "sent again (moved to a later date)"),
        found.part(
            Outcome::PerhapsSent,
            "may be missed (a mail may have gone out after that date already)",
        ),
        found.part(
            Outcome::PerhapsAgain,
            "may be sent again (moved to a later date)",
        ),
        found.part(Outcome::Missed, "missed (dated before the last send)"),
    ];
    let remedy = match last_send {
        LastSend::At(time) => missed_that_day(found, *time),
        _ => String::new(),
    };
    format!(
        "{}; {}{remedy}",
        joined(sent, parts),
        assumption(last_send, feed.difference.newest)
    )
}

/// What is known of the last send, or assumed.
pub(super) fn assumption(last_send: &LastSend, newest: Option<Timestamp>) -> String {
    match last_send {
        LastSend::At(time) => format!("the last send was {time}"),
        LastSend::Within(first, _) => format!(
            "the last send was at some time of {}: give `--last-send` the time, too",
            first.day()
        ),
        LastSend::Unknown => {
            let newest = newest.map_or_else(String::new, |newest| format!(" ({newest})"));
            format!(
                "this assumes that Mailchimp sends daily and has sent the newest published \
                 entry{newest}: `--last-send` makes it certain"
            )
        }
    }
}

/// What to do for entries that are missed because they give only the day of the last send.
fn missed_that_day(found: &Found<'_>, sent: Timestamp) -> String {
    let is_of_that_day = |published: Timestamp| {
        let next = published.epoch().saturating_add(24 * 60 * 60);
        has_only_a_day(published) && published <= sent && sent.epoch() < next
    };
    let missed = found.all.iter().filter(|(is, _)| *is == Outcome::Missed);
    let count = missed
        .filter(|(_, entry)| entry.published.is_some_and(is_of_that_day))
        .count();
    let (who, them) = match count {
        0 => return String::new(),
        1 => ("1 missed entry gives".to_owned(), "it"),
        count => (format!("{count} missed entries give"), "them"),
    };
    format!("; {who} only the day of that send, which counts from 00:00: give {them} a later time")
}

fn podcast(found: &Found<'_>) -> String {
    let again = found.count(Outcome::Again);
    let first = plural(found.count(Outcome::Sent) + again, "new episode");
    let first = if again > 0 {
        format!("{first} ({again} of them under another guid, so listed twice)")
    } else {
        first
    };
    joined(
        first,
        [
            found.part(Outcome::Back, "back under a known guid"),
            found.part(Outcome::Draft, "whose file changed"),
            found.part(
                Outcome::Gone,
                "whose file or entry went away, which directories drop",
            ),
            found.part(
                Outcome::Missed,
                "without a file, which directories do not show",
            ),
        ],
    )
}

fn named(titles: &[String]) -> String {
    if titles.is_empty() {
        return String::new();
    }
    let titles = titles.iter().map(|title| format!("“{title}”"));
    format!(": {}", first_of(titles, NAMED))
}
