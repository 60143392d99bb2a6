//! Checks numbers.

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;

rules! {
    NUMBER = Error "number-invalid", "",
        "A value has to be a number, and is none, or not one that is possible there.",
        "write digits alone";
    LATITUDE = Error "latitude-invalid", "",
        "A latitude is not a number from -90 to 90.",
        "write degrees as a decimal number; north is positive";
    LONGITUDE = Error "longitude-invalid", "",
        "A longitude is not a number from -180 to 180.",
        "write degrees as a decimal number; east is positive";
}

/// Reads digits, with an optional sign.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    }))
}

fn check(spot: &Spot<'_>, cx: &mut Context<'_>, what: &str, fits: fn(i64) -> bool) {
    if !parse(spot.text).is_some_and(fits) {
        spot.report(
            cx,
            &NUMBER,
            format!("{spot} is “{}”, and not {what}", spot.shown()),
        );
    }
}

/// Checks a whole number.
pub(crate) fn integer(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, "a whole number", |_| true);
}

/// Checks a whole number from 0.
pub(crate) fn non_negative(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, "a whole number from 0", |n| n >= 0);
}

/// Checks a whole number from 1.
pub(crate) fn positive(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, "a whole number from 1", |n| n > 0);
}

/// Checks a number from 0, with an optional fraction.
pub(crate) fn decimal(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !float(spot.text).is_some_and(|n| n >= 0.0) {
        spot.report(
            cx,
            &NUMBER,
            format!("{spot} is “{}”, and not a decimal number", spot.shown()),
        );
    }
}

/// Reads a decimal number without an exponent.
pub(crate) fn float(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    if plain { text.parse().ok() } else { None }
}

/// Checks degrees north or south.
pub(crate) fn latitude(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !float(spot.text).is_some_and(|n| n.abs() <= 90.0) {
        spot.report(cx, &LATITUDE, format!("{spot} is “{}”", spot.shown()));
    }
}

/// Checks degrees east or west.
pub(crate) fn longitude(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !float(spot.text).is_some_and(|n| n.abs() <= 180.0) {
        spot.report(cx, &LONGITUDE, format!("{spot} is “{}”", spot.shown()));
    }
}
