//! Checks the countries or addresses where a media object may be shown.

use super::super::super::context::Context;
use super::super::super::schema::Spot;
use super::super::super::value::{country, one_of, uri};
use super::RESTRICTION;

pub(super) fn kind(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["country", "uri", "sharing"]);
}

/// Checks a restriction: all, none, or a list of countries or addresses with blanks between them.
pub(super) fn restriction(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if matches!(spot.text, "all" | "none" | "") {
        return;
    }
    let value = match spot.element.attribute("type").map(str::trim) {
        Some("country") => country::country,
        Some("uri") => uri::absolute,
        Some(_) => return,
        None => {
            spot.report(
                cx,
                &RESTRICTION,
                format!("{spot} is “{}”, and names no type", spot.shown()),
            );
            return;
        }
    };
    for part in spot.text.split_whitespace() {
        value(
            &Spot {
                text: part,
                ..*spot
            },
            cx,
        );
    }
}
