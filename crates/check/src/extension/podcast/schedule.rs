//! Checks times, and how often episodes are published.

use std::borrow::Cow;

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::super::super::tree::Element;
use super::super::super::value::date;
use super::text::{at_most_128, boolean};
use super::{DTSTART, RRULE, advise, page};

pub(super) static UPDATE_FREQUENCY: Kind = Kind::text(page!("Update Frequency"), &[at_most_128])
    .with(&[
        Attr::optional("complete", &[boolean]),
        Attr::optional("dtstart", &[time]),
        Attr::optional("rrule", &[rrule]),
    ])
    .ruled(&[update_frequency]);

/// Checks a time of ISO 8601, which may lie in the future. Offsets may lack their colon, as in the
/// namespace's own examples.
pub(super) fn time(spot: &Spot<'_>, cx: &mut Context<'_>) {
    date::w3c_any(
        &Spot {
            text: &usual(spot.text),
            ..*spot
        },
        cx,
    );
}

/// A time in the W3C's form: with an offset, and a colon in it.
fn usual(text: &str) -> Cow<'_, str> {
    let Some((_, clock)) = text.split_once('T') else {
        return Cow::Borrowed(text);
    };
    match clock.find(['+', '-']) {
        Some(at) if clock.len() == at + 5 && clock.is_ascii() => {
            let (whole, minutes) = text.split_at(text.len() - 2);
            Cow::Owned(format!("{whole}:{minutes}"))
        }
        Some(_) => Cow::Borrowed(text),
        None if clock.ends_with('Z') => Cow::Borrowed(text),
        None => Cow::Owned(format!("{text}Z")),
    }
}

/// The parts of a recurrence, with their values.
fn parts(rule: &str) -> impl Iterator<Item = (&str, &str)> {
    rule.split(';')
        .map(|part| part.split_once('=').unwrap_or((part, "")))
}

/// Whether a text is a recurrence. `UNTIL` and the `BY…` parts may have any value: the namespace's
/// own examples write them more freely than iCalendar.
fn is_rrule(text: &str) -> bool {
    let count = |wanted: &str| parts(text).filter(|(name, _)| *name == wanted).count();
    let is_positive =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && text.bytes().any(|b| b != b'0');
    let is_part = |(name, value): (&str, &str)| match name {
        "FREQ" => matches!(
            value,
            "SECONDLY" | "MINUTELY" | "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY"
        ),
        "COUNT" | "INTERVAL" => is_positive(value),
        "UNTIL" | "BYSECOND" | "BYMINUTE" | "BYHOUR" | "BYDAY" | "BYMONTHDAY" | "BYYEARDAY"
        | "BYWEEKNO" | "BYMONTH" | "BYSETPOS" | "WKST" => !value.is_empty(),
        _ => false,
    };
    count("FREQ") == 1 && count("UNTIL") + count("COUNT") <= 1 && parts(text).all(is_part)
}

fn rrule(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_rrule(spot.text) {
        spot.report(
            cx,
            &RRULE,
            format!("{spot} is “{}”, which is no recurrence", spot.shown()),
        );
    }
}

fn update_frequency(element: &Element, cx: &mut Context<'_>) {
    let rule = element.attribute("rrule").unwrap_or_default();
    if parts(rule).any(|(name, _)| name == "COUNT") && element.attribute("dtstart").is_none() {
        let message = format!("`{}` counts episodes, and has no `dtstart`", element.qname);
        cx.report(&DTSTART, element.at, message);
    }
    // A podcast that is complete needs no recurrence.
    if element.attribute("complete").map(str::trim) != Some("true") {
        advise(element, UPDATE_FREQUENCY.section, &["rrule"], cx);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::itunes::tests::in_channel;
    use super::*;

    #[test]
    fn recurrences() {
        for text in [
            "FREQ=DAILY",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10",
            "FREQ=YEARLY;BYDAY=+4TH;BYMONTH=11",
            "FREQ=WEEKLY;UNTIL=2023-12-31T00:00:00.000Z;BYDAY=MO",
        ] {
            assert!(is_rrule(text), "{text}");
        }
        for text in [
            "",
            "weekly",
            "INTERVAL=2",
            "FREQ=DAYLY",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=DAILY;",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=",
            "FREQ=DAILY;COUNT=1;UNTIL=2023",
            "FREQ=DAILY;X=1",
        ] {
            assert!(!is_rrule(text), "{text}");
        }
    }

    #[test]
    fn times() {
        for (text, form) in [
            (
                "2021-09-26T07:30:00.000-0600",
                "2021-09-26T07:30:00.000-06:00",
            ),
            ("2021-09-26T07:30:00-06:00", "2021-09-26T07:30:00-06:00"),
            ("2021-09-26T07:30:00Z", "2021-09-26T07:30:00Z"),
            ("2021-09-26T07:30", "2021-09-26T07:30Z"),
            ("2021-09-26", "2021-09-26"),
            ("Té-é", "Té-é"),
        ] {
            assert_eq!(usual(text), form);
        }
    }

    #[test]
    fn schedules() {
        in_channel(&[
            (
                "<podcast:updateFrequency rrule=\"FREQ=DAILY\">Daily</podcast:updateFrequency>",
                &[],
            ),
            (
                "<podcast:updateFrequency complete=\"true\">Done</podcast:updateFrequency>",
                &[],
            ),
            (
                "<podcast:updateFrequency>Daily</podcast:updateFrequency>",
                &["podcast-attribute-recommended"],
            ),
            (
                "<podcast:updateFrequency rrule=\"daily\" dtstart=\"soon\"/>",
                &["podcast-rrule", "date-w3c"],
            ),
            (
                "<podcast:updateFrequency rrule=\"FREQ=DAILY;COUNT=3\"/>",
                &["podcast-dtstart-missing"],
            ),
            (
                "<podcast:updateFrequency rrule=\"FREQ=DAILY;COUNT=3\" dtstart=\"2099-08-28T00:00:00.000Z\"/>",
                &[],
            ),
        ]);
    }
}
