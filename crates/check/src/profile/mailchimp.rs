//! Requirements of Mailchimp's RSS-to-email, which finds new entries by their dates.

use super::super::context::Context;
use super::super::html;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::tree::Element;
use super::first;

rules! {
    NO_DATE = Error "mailchimp-no-date", "Mailchimp, “Troubleshooting RSS in Campaigns”",
        "An entry has no date. Mailchimp sends what is dated after its last campaign, and never \
         sends this.",
        "add `pubDate` in RSS, `published` in Atom";
    RELATIVE = Warning "mailchimp-relative", "Mailchimp, “Troubleshooting RSS in Campaigns”",
        "`xml:base` says what addresses are relative to, and Mailchimp does not look at it.",
        "write whole addresses";
}

/// Checks an entry.
pub(super) fn entry(entry: &Element, cx: &mut Context<'_>) {
    let has_date = first(
        entry,
        &[
            "pubDate",
            "pubdate",
            "published",
            "created",
            "updated",
            "date",
        ],
    )
    .is_some()
        || entry.child(Ns::Dc, "date").is_some();
    if !has_date {
        cx.report(&NO_DATE, entry.at, "the entry has no date");
    }
    let bodies = ["content", "summary"];
    for body in bodies.iter().filter_map(|name| entry.child(Ns::Atom, name)) {
        if body.base.is_some() && html::has_relative(&body.text()) {
            let message = format!("`{}` has relative addresses", body.qname);
            cx.report(&RELATIVE, body.at, message);
        }
    }
}
