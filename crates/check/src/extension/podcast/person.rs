//! Checks the persons of a podcast, their roles and groups.

use feedwright_base::podcast::{GROUPS, ROLES};

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::TAXONOMY;
use super::page;
use super::text::{at_most_128, https, present};

pub(super) static PERSON: Kind = Kind::text(page!("Person"), &[present, at_most_128]).with(&[
    Attr::optional("role", &[role]),
    Attr::optional("group", &[group]),
    Attr::optional("img", &[https]),
    Attr::optional("href", &[https]),
]);

fn known(spot: &Spot<'_>, cx: &mut Context<'_>, list: &[&str]) {
    if !list
        .iter()
        .any(|known| known.eq_ignore_ascii_case(spot.text))
    {
        spot.report(
            cx,
            &TAXONOMY,
            format!(
                "{spot} is “{}”, which the taxonomy does not have",
                spot.shown()
            ),
        );
    }
}

fn role(spot: &Spot<'_>, cx: &mut Context<'_>) {
    known(spot, cx, ROLES);
}

fn group(spot: &Spot<'_>, cx: &mut Context<'_>) {
    known(spot, cx, GROUPS);
}
