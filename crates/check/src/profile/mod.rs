//! Requirements of single readers beyond the specifications. Each rule names the documentation of
//! the reader; nothing is required that is not documented.

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

/// Checks a feed: `channel` of RSS, `feed` of Atom.
pub(super) fn feed(feed: &Element, cx: &mut Context<'_>) {
    match cx.options.profile {
        Some(Profile::Podcast) => podcast::feed(feed, cx),
        Some(Profile::Govdelivery | Profile::Mailchimp | Profile::GoogleNews) | None => {}
    }
}

/// Checks an entry: `item` of RSS, `entry` of Atom.
pub(super) fn entry(entry: &Element, cx: &mut Context<'_>) {
    match cx.options.profile {
        Some(Profile::Govdelivery) => govdelivery::entry(entry, cx),
        Some(Profile::Mailchimp) => mailchimp::entry(entry, cx),
        Some(Profile::Podcast) => podcast::entry(entry, cx),
        Some(Profile::GoogleNews) => google_news::entry(entry, cx),
        None => {}
    }
}

/// Checks the size of a feed as a whole.
pub(super) fn whole(at: Position, entries: usize, bytes: usize, cx: &mut Context<'_>) {
    if cx.options.profile == Some(Profile::GoogleNews) {
        google_news::whole(at, entries, bytes, cx);
    }
}

/// Reports JSON Feed to readers that do not read it.
pub(super) fn json(cx: &mut Context<'_>) {
    match cx.options.profile {
        Some(Profile::Podcast) => podcast::json(cx),
        Some(_) => cx.report(&FORMAT, Position::START, "the feed is in JSON Feed"),
        None => {}
    }
}

/// The first element of some names, in RSS or in Atom, that is not empty.
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
