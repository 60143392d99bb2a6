//! Reads how long something plays, as people write it.

use feedwright_base::slice::Slice;

/// Nothing plays longer: a number with more digits is another one.
const MOST: f64 = 1e8;

/// Words for hours, minutes and seconds, as far as they begin.
const UNITS: [(f64, &[&str]); 3] = [
    (3600.0, &["h", "hr", "hrs", "hour", "hours"]),
    (60.0, &["m", "min", "mins", "minute", "minutes", "′", "'"]),
    (
        1.0,
        &["s", "sec", "secs", "second", "seconds", "″", "\"", "''"],
    ),
];

/// A duration in whole seconds: `3723`, `3723.4`, `1:02:03`, `62:03`, `1h 2m 3s`, `62 min`, `PT1H2M3S`.
/// `None` where it is none of these.
pub(crate) fn seconds(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let seconds = if let Some(rest) = text.strip_prefix('p') {
        iso(rest)
    } else if text.contains(':') {
        clock(&text)
    } else {
        number(&text).or_else(|| units(&text))
    }?;
    // It is not negative, so that nothing of it is lost but what is behind the point.
    (seconds < MOST).then_some(seconds.round() as u64)
}

/// A number of digits, with a point or comma or without.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if !is_number {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

/// `H:MM:SS` or `MM:SS`, where only the last part has a fraction.
fn clock(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    let last = parts.len() - 1;
    parts.iter().enumerate().try_fold(0.0, |total, (at, part)| {
        let part = number(part).filter(|part| at == last || part.fract() == 0.0)?;
        Some(total * 60.0 + part)
    })
}

/// Numbers with words or letters behind them, the greatest unit first.
fn units(text: &str) -> Option<f64> {
    let (mut rest, mut total, mut last) = (text, 0.0, f64::INFINITY);
    loop {
        rest = rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '+'))
            .trim_start();
        if let Some(more) = rest.strip_prefix("and ") {
            rest = more.trim_start();
        }
        if rest.is_empty() {
            return last.is_finite().then_some(total);
        }
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
        let count = number(rest.slice(..end.unwrap_or(rest.len())));
        let word = rest.slice(end.unwrap_or(rest.len())..).trim_start();
        let end = word.find(|c: char| {
            c.is_whitespace() || c.is_ascii_digit() || matches!(c, '.' | ',' | '&' | '+')
        });
        let (name, after) = word.split_at(end.unwrap_or(word.len()));
        let unit = UNITS.iter().find(|(_, names)| names.contains(&name));
        let unit = match unit {
            Some((unit, _)) => *unit,
            // `1h30` leaves the smaller one out.
            None if word.is_empty() && last == 3600.0 => 60.0,
            None => return None,
        };
        if unit >= last {
            return None;
        }
        total += count? * unit;
        last = unit;
        rest = after.strip_prefix('.').unwrap_or(after);
    }
}

/// What stands behind the `P` of ISO 8601. Months and years have no length.
fn iso(text: &str) -> Option<f64> {
    let (days, clock) = text.split_once('t').unwrap_or((text, ""));
    let (mut total, mut is_any) = (0.0, false);
    for (part, units) in [
        (days, &[('w', 604_800.0), ('d', 86_400.0)][..]),
        (clock, &[('h', 3600.0), ('m', 60.0), ('s', 1.0)]),
    ] {
        let mut rest = part;
        for (letter, unit) in units {
            if let Some((count, after)) = rest.split_once(*letter) {
                total += number(count)? * unit;
                (rest, is_any) = (after, true);
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    is_any.then_some(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_spellings_of_one_duration() {
        for text in [
            "3723",
            "3723.4",
            "3722,6",
            "1:02:03",
            " 01:02:03 ",
            "62:03",
            "1:02:03.4",
            "1 : 2 : 3",
            "1h 2m 3s",
            "1h2m3s",
            "1H 2M 3S",
            "1 hr 2 min 3 sec",
            "1 hour, 2 minutes and 3 seconds",
            "1 hr. 2 min. 3 sec.",
            "62 min 3 s",
            "62m3s",
            "62'3\"",
            "3723s",
            "3723 seconds",
            "PT1H2M3S",
            "pt62m3s",
            "PT3723S",
            "P0DT1H2M3.4S",
        ] {
            assert_eq!(seconds(text), Some(3723), "{text}");
        }
    }

    #[test]
    fn others() {
        for (text, expected) in [
            ("0", 0),
            ("45m", 2700),
            (" 00:45:00 ", 2700),
            ("62 min", 3720),
            ("62 minutes", 3720),
            ("1 hr 2 min", 3720),
            ("1h2m", 3720),
            ("1h30", 5400),
            ("1.5 hours", 5400),
            ("1 hour", 3600),
            ("90 sec", 90),
            ("P1D", 86_400),
            ("59.5", 60),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_none() {
        for text in [
            "",
            "about an hour",
            "-5",
            "1:2:3:4",
            "1:",
            ":1",
            "1.5:00",
            "h",
            "1x",
            "2m 1h",
            "1h 1h",
            "1 2",
            "PT",
            "P1Y",
            "P1M",
            "PT1S2M",
            "p",
            "1e3",
            "1.2.3",
            "999999999",
            "½ h",
            "٣",
            "1h30 5",
            "TBD",
            "n/a",
            "one hour",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_borne(text in "\\PC{0,30}") {
            seconds(&text);
        }

        #[test]
        fn what_is_written_is_read(h in 0_u64..200, m in 0_u64..60, s in 0_u64..60) {
            let wanted = Some(h * 3600 + m * 60 + s);
            for text in [
                format!("{h}:{m:02}:{s:02}"),
                format!("{h}h {m}m {s}s"),
                format!("{h}h{m}m{s}s"),
                format!("PT{h}H{m}M{s}S"),
                format!("{h} hours {m} minutes {s} seconds"),
                format!("{}:{s}", h * 60 + m),
                format!("{}", h * 3600 + m * 60 + s),
            ] {
                prop_assert_eq!(seconds(&text), wanted, "{}", text);
            }
        }
    }
}
