//! Checks Normal Play Time (RFC 2326, section 3.6).

use super::super::super::context::Context;
use super::super::super::schema::Spot;
use super::TIME;

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is `now`, seconds, or hours, minutes and seconds. Seconds may have a fraction.
pub(super) fn is_time(text: &str) -> bool {
    if text == "now" {
        return true;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    // The digits after the point may be missing.
    if !fraction.is_empty() && !is_digits(fraction) {
        return false;
    }
    let parts: Vec<&str> = whole.splitn(4, ':').collect();
    let is_sixtieth =
        |part: &str| part.len() <= 2 && is_digits(part) && (part.len() < 2 || part < "60");
    match parts.as_slice() {
        [seconds] => is_digits(seconds),
        [hours, minutes, seconds] => {
            is_digits(hours) && is_sixtieth(minutes) && is_sixtieth(seconds)
        }
        _ => false,
    }
}

pub(super) fn time(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_time(spot.text) {
        spot.report(
            cx,
            &TIME,
            format!("{spot} is “{}”, which is no Normal Play Time", spot.shown()),
        );
    }
}
