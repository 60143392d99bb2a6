//! Checks the hours and days in which a channel asks not to be fetched.

use super::super::context::Context;
use super::super::names::Ns;
use super::super::schema::shown;
use super::super::tree::Element;
use super::super::value::number;
use super::{DAY, HOUR, HOUR_24, SKIP_DUPLICATE, TOO_MANY};

pub(super) fn hours(element: &Element, cx: &mut Context<'_>) {
    let mut seen: Vec<i64> = Vec::new();
    let mut count = 0;
    for hour in element.all(Ns::None, "hour") {
        count += 1;
        let text = hour.text();
        let text = text.trim();
        let number = number::parse(text);
        match number {
            Some(number) if seen.contains(&(number % 24)) => {
                cx.report(
                    &SKIP_DUPLICATE,
                    hour.at,
                    format!("the hour {number} stands twice"),
                );
            }
            Some(24) => cx.report(&HOUR_24, hour.at, "midnight is written as 24"),
            Some(0..=23) => {}
            _ => cx.report(&HOUR, hour.at, format!("`hour` is “{}”", shown(text))),
        }
        seen.extend(number.map(|number| number % 24));
    }
    if count > 24 {
        cx.report(
            &TOO_MANY,
            element.at,
            format!("{count} hours are to be skipped"),
        );
    }
}

pub(super) fn days(element: &Element, cx: &mut Context<'_>) {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let mut seen: Vec<String> = Vec::new();
    let mut count = 0;
    for day in element.all(Ns::None, "day") {
        count += 1;
        let text = day.text();
        let text = text.trim();
        if !NAMES.contains(&text) {
            cx.report(&DAY, day.at, format!("`day` is “{}”", shown(text)));
        } else if seen.iter().any(|known| known == text) {
            cx.report(&SKIP_DUPLICATE, day.at, format!("{text} stands twice"));
        } else {
            seen.push(text.to_owned());
        }
    }
    if count > 7 {
        cx.report(
            &TOO_MANY,
            element.at,
            format!("{count} days are to be skipped"),
        );
    }
}
