//! Checks the format and the size of a channel's image.

use super::super::context::Context;
use super::super::rule::Rule;
use super::super::schema::Spot;
use super::super::value::number;
use super::{IMAGE_FORMAT, IMAGE_HEIGHT, IMAGE_WIDTH};

/// Reports a number that is not from 1 to a limit.
fn size(spot: &Spot<'_>, cx: &mut Context<'_>, rule: &'static Rule, most: i64) {
    if !number::parse(spot.text).is_some_and(|n| (1..=most).contains(&n)) {
        spot.report(cx, rule, format!("{spot} is “{}”", spot.shown()));
    }
}

pub(super) fn width(spot: &Spot<'_>, cx: &mut Context<'_>) {
    size(spot, cx, &IMAGE_WIDTH, 144);
}

pub(super) fn height(spot: &Spot<'_>, cx: &mut Context<'_>) {
    size(spot, cx, &IMAGE_HEIGHT, 400);
}

pub(super) fn image_format(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let ending = spot.text.rsplit('.').next().unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    let is_ending = !ending.is_empty() && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_ending && !matches!(ending.as_str(), "jpg" | "jpeg" | "gif" | "png") {
        spot.report(cx, &IMAGE_FORMAT, format!("{spot} ends in `.{ending}`"));
    }
}
