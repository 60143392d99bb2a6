//! Requirements of GovDelivery's Page Watch, which mails new entries of a feed.

use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::tree::Element;
use super::first;

rules! {
    NO_ID = Error "govdelivery-no-id", "Granicus Support, “Page Watch”",
        "An entry has no id. Page Watch tells by it what is new and what was changed.",
        "add `guid` in RSS, `id` in Atom, that never changes";
    NO_TITLE = Error "govdelivery-no-title", "Granicus Support, “Page Watch”",
        "An entry has no title. It becomes the subject of the bulletin.",
        "add a title";
    NO_LINK = Error "govdelivery-no-link", "Granicus Support, “Page Watch”",
        "An entry has no link. All elements that the format requires have to be there.",
        "add `link`";
}

/// Checks an entry.
pub(super) fn entry(entry: &Element, cx: &mut Context<'_>) {
    if first(entry, &["guid", "id"]).is_none() {
        cx.report(&NO_ID, entry.at, "the entry has no id");
    }
    if first(entry, &["title"]).is_none() {
        cx.report(&NO_TITLE, entry.at, "the entry has no title");
    }
    let has_link = first(entry, &["link"]).is_some()
        || entry
            .all(Ns::Atom, "link")
            .any(|link| link.attribute("href").is_some());
    if !has_link {
        cx.report(&NO_LINK, entry.at, "the entry has no link");
    }
}
