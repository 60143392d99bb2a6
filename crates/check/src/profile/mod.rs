//! Who will read a feed, where more is asked of it than the specifications ask. Each rule names
//! where the reader's own documentation says so; what is not documented is not asked.

mod google_news;
mod govdelivery;
mod mailchimp;
mod podcast;

use super::context::{Context, Position, Profile};
use super::names::Ns;
use super::rule::{Rule, rules};
use super::tree::Element;

rules! {
    FORMAT = Error "profile-format", "the documentation of the reader: it takes RSS and Atom",
        "The reader does not take JSON Feed.",
        "give it the RSS or the Atom feed";
}

/// What a reader asks of a feed: `channel` of RSS, `feed` of Atom.
pub(super) fn feed(feed: &Element, cx: &mut Context<'_>) {
    match cx.options.profile {
        Some(Profile::Podcast) => podcast::feed(feed, cx),
        Some(Profile::Govdelivery | Profile::Mailchimp | Profile::GoogleNews) | None => {}
    }
}

/// What a reader asks of an entry: `item` of RSS, `entry` of Atom.
pub(super) fn entry(entry: &Element, cx: &mut Context<'_>) {
    match cx.options.profile {
        Some(Profile::Govdelivery) => govdelivery::entry(entry, cx),
        Some(Profile::Mailchimp) => mailchimp::entry(entry, cx),
        Some(Profile::Podcast) => podcast::entry(entry, cx),
        Some(Profile::GoogleNews) => google_news::entry(entry, cx),
        None => {}
    }
}

/// What a reader asks of a feed as a whole.
pub(super) fn whole(at: Position, entries: usize, bytes: usize, cx: &mut Context<'_>) {
    if cx.options.profile == Some(Profile::GoogleNews) {
        google_news::whole(at, entries, bytes, cx);
    }
}

/// What a reader says to JSON Feed.
pub(super) fn json(cx: &mut Context<'_>) {
    if cx.options.profile.is_some() {
        cx.report(&FORMAT, Position::START, "the feed is in JSON Feed");
    }
}

/// The first of some elements, in RSS or in Atom, that is there and not empty.
fn first<'a>(entry: &'a Element, names: &[&str]) -> Option<&'a Element> {
    names.iter().find_map(|name| {
        let found = entry
            .child(Ns::None, name)
            .or_else(|| entry.child(Ns::Atom, name));
        found.filter(|found| !found.children.is_empty())
    })
}

/// All rules of profiles.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![
        RULES,
        google_news::RULES,
        govdelivery::RULES,
        mailchimp::RULES,
        podcast::RULES,
    ]
}
