//! Checks dates of RFC 3339, of RFC 822 and of the W3C.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Weekday};
use feedwright_base::slice::Slice;

use super::super::context::Context;
use super::super::rule::{Rule, rules};
use super::super::spot::Spot;

rules! {
    DATE_RFC3339 = Error "date-rfc3339", "RFC 4287, section 3.3; RFC 3339, section 5.6",
        "A date is not as RFC 3339 has it: with seconds, `T` and `Z` or an offset.",
        "write it as `2021-12-13T09:30:00Z` or `2021-12-13T09:30:00-05:00`";
    DATE_W3C = Error "date-w3c", "W3C Note “Date and Time Formats”",
        "A date is not as the W3C's profile of ISO 8601 has it.",
        "write it as `2021-12-13` or `2021-12-13T09:30:00Z`";
    DATE_RFC822 = Error "date-rfc822", "RSS 2.0, sections “pubDate” and “lastBuildDate”; RFC 5322, section 3.3",
        "A date is not as RFC 822 has it, with a year of four digits and a zone.",
        "write it as `Mon, 13 Dec 2021 09:30:00 +0000`";
    DATE_WEEKDAY = Error "date-weekday", "RFC 5322, section 3.3",
        "The day of the week is not that of the date. Readers differ in which they believe.",
        "correct the one that is wrong, or leave the day of the week out";
    DATE_OBSOLETE = Warning "date-obsolete", "RSS Profile, section “pubDate”; RFC 5322, section 4.3",
        "A date is written in a form of RFC 822 that not all readers understand.",
        "write it as `Mon, 13 Dec 2021 09:30:00 +0000`";
    DATE_IMPLAUSIBLE = Warning "date-implausible", "",
        "A date lies in the future, or before there were feeds. Readers order by it.",
        "correct the date";
}

type Instant = DateTime<FixedOffset>;

/// The first year in which a page could be published that a feed names.
const FIRST_YEAR: i32 = 1990;

/// Reads a number of `count` digits at the start of a text. Returns it and the rest.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let head = text.get(..count)?;
    if !head.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((head.parse().ok()?, text.slice(count..)))
}

fn instant(date: NaiveDate, time: NaiveTime, offset: i32) -> Option<Instant> {
    FixedOffset::east_opt(offset)?
        .from_local_datetime(&date.and_time(time))
        .single()
}

/// Reads `hh:mm[:ss[.fff]]`, with a leap second as the second before it. Returns it and the rest.
fn time(text: &str, seconds: bool) -> Option<(NaiveTime, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (mut second, mut rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2)?,
        None if seconds => return None,
        None => (0, rest),
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(fraction.len());
        if end == 0 {
            return None;
        }
        rest = fraction.slice(end..);
    }
    if second == 60 {
        second = 59;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, rest))
}

/// Reads `Z` or `+hh:mm`, in seconds.
fn offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(text.slice(1..), 2)?;
    let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
    (rest.is_empty() && hours < 24 && minutes < 60)
        .then(|| sign * i32::try_from(hours * 3600 + minutes * 60).unwrap_or(0))
}

/// Reads a date of Atom.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Instant> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let (time, rest) = time(rest.strip_prefix('T')?, true)?;
    instant(date, time, offset(rest)?)
}

/// Reads a date of Dublin Core: a year, a month, a day, or a time of a day with its zone.
fn parse_w3c(text: &str) -> Option<Instant> {
    let (year, rest) = digits(text, 4)?;
    let year = i32::try_from(year).ok()?;
    let day_of = |month, day| {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        instant(date, NaiveTime::MIN, 0)
    };
    if rest.is_empty() {
        return day_of(1, 1);
    }
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    if rest.is_empty() {
        return day_of(month, 1);
    }
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    if rest.is_empty() {
        return day_of(month, day);
    }
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    let (time, rest) = time(rest.strip_prefix('T')?, false)?;
    instant(date, time, offset(rest)?)
}

/// A date of RSS, and how well it is written.
enum Rfc822 {
    /// A date as RSS and RFC 5322 want it.
    Right(Instant),
    /// A date that RFC 822 allows and few readers understand, with the reason.
    Obsolete(&'static str),
    /// A date whose day of the week is wrong, with the right one.
    Weekday(&'static str),
    Invalid,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The zones of RFC 822 that have names, in hours.
const ZONES: [(&str, i32); 11] = [
    ("UT", 0),
    ("GMT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("Z", 0),
];

/// Reads a date of RSS.
fn parse_rfc822(text: &str) -> Rfc822 {
    let plain = uncommented(text);
    let mut fields: Vec<&str> = plain.split_whitespace().collect();
    let mut odd = None;
    if plain != text {
        odd = Some("a comment");
    } else if text.contains("  ") || text.contains(['\n', '\t']) {
        odd = Some("more than one blank in a row");
    }
    let mut weekday = None;
    if let Some((name, rest)) = plain.split_once(',') {
        let name = name.trim();
        let mut days = DAYS.iter().enumerate();
        let Some((known, day)) = days.find(|(_, day)| day.eq_ignore_ascii_case(name)) else {
            return Rfc822::Invalid;
        };
        if *day != name || !rest.starts_with(' ') {
            odd = odd.or(Some("another form of the day of the week"));
        }
        weekday = Some(known);
        fields = rest.split_whitespace().collect();
    }
    let [day, month, year, time_text, zone] = fields.as_slice() else {
        return Rfc822::Invalid;
    };
    let Some(date) = date_822(day, month, year, &mut odd) else {
        return Rfc822::Invalid;
    };
    // RFC 822 has no fractions of seconds.
    let Some((time, "")) = time(time_text, false).filter(|_| !time_text.contains('.')) else {
        return Rfc822::Invalid;
    };
    let Some(seconds) = zone_822(zone, &mut odd) else {
        return Rfc822::Invalid;
    };
    if let Some(given) = weekday {
        let is = date.weekday().num_days_from_monday() as usize;
        if given != is {
            return Rfc822::Weekday(name_of(date.weekday()));
        }
    }
    match (instant(date, time, seconds), odd) {
        (Some(instant), None) => Rfc822::Right(instant),
        (Some(_), Some(odd)) => Rfc822::Obsolete(odd),
        (None, _) => Rfc822::Invalid,
    }
}

/// Reads the day, the month and the year of a date of RSS. Notes what is odd about them.
fn date_822(
    day: &str,
    month: &str,
    year: &str,
    odd: &mut Option<&'static str>,
) -> Option<NaiveDate> {
    let (at, name) = MONTHS
        .iter()
        .enumerate()
        .find(|(_, name)| name.eq_ignore_ascii_case(month))?;
    if *name != month {
        *odd = odd.or(Some("another form of the month"));
    }
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&day.len()) || !all_digits(day) || !all_digits(year) {
        return None;
    }
    let (day, mut full) = (day.parse::<u32>().ok()?, year.parse::<i32>().ok()?);
    match year.len() {
        4 => {}
        2 => {
            // RFC 5322, section 4.3.
            full += if full < 50 { 2000 } else { 1900 };
            *odd = odd.or(Some("a year of two digits"));
        }
        _ => return None,
    }
    let month = u32::try_from(at + 1).unwrap_or(1);
    NaiveDate::from_ymd_opt(full, month, day)
}

fn name_of(day: Weekday) -> &'static str {
    let name = DAYS.get(day.num_days_from_monday() as usize);
    name.copied().unwrap_or_default()
}

/// Reads a zone as an offset in seconds. Notes what is odd about it.
fn zone_822(zone: &str, odd: &mut Option<&'static str>) -> Option<i32> {
    if let Some((name, hours)) = ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(zone))
    {
        if *name != zone {
            *odd = odd.or(Some("another form of the zone"));
        }
        return Some(hours * 3600);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        // The military zones, whose signs are wrong in RFC 822.
        c if zone.len() == 1 && c.is_ascii_alphabetic() && !c.eq_ignore_ascii_case(&'j') => {
            *odd = odd.or(Some("a zone of one letter"));
            return Some(0);
        }
        _ => return None,
    };
    let (hours, rest) = digits(zone.slice(1..), 2)?;
    let (minutes, rest) = digits(rest, 2)?;
    if !rest.is_empty() || minutes >= 60 {
        return None;
    }
    // RFC 5322 allows any number, but no such zone exists.
    if hours > 14 || minutes % 15 != 0 {
        *odd = odd.or(Some("a zone that no place has"));
        return Some(0);
    }
    Some(sign * i32::try_from(hours * 3600 + minutes * 60).unwrap_or(0))
}

/// A text without comments in brackets.
fn uncommented(text: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                if let Some(quoted) = chars.next().filter(|_| depth == 0) {
                    plain.push(quoted);
                }
            }
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                plain.push(' ');
            }
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

/// Reports a date in the future, or one before there were feeds.
fn plausible(spot: &Spot<'_>, cx: &mut Context<'_>, instant: Instant) {
    // A day is allowed for wrong clocks and unknown zones.
    let latest = Instant::from(cx.options.now)
        .timestamp()
        .saturating_add(24 * 3600);
    if instant.timestamp() > latest || instant.year() < FIRST_YEAR {
        let when = if instant.year() < FIRST_YEAR {
            "before 1990"
        } else {
            "in the future"
        };
        spot.report(
            cx,
            &DATE_IMPLAUSIBLE,
            format!("{spot} is “{}”, {when}", spot.shown()),
        );
    }
}

fn check(
    spot: &Spot<'_>,
    cx: &mut Context<'_>,
    rule: &'static Rule,
    instant: Option<Instant>,
    form: &str,
) {
    match instant {
        Some(instant) => plausible(spot, cx, instant),
        None => spot.report(
            cx,
            rule,
            format!("{spot} is “{}”, which is no date {form}", spot.shown()),
        ),
    }
}

/// Checks a date of Atom.
pub(crate) fn rfc3339(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(
        spot,
        cx,
        &DATE_RFC3339,
        parse_rfc3339(spot.text),
        "of RFC 3339",
    );
}

/// Checks a date of JSON Feed, where `t` and `z` may be small letters (RFC 3339, section 5.6).
pub(crate) fn rfc3339_any_case(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let instant = parse_rfc3339(&spot.text.to_ascii_uppercase());
    check(spot, cx, &DATE_RFC3339, instant, "of RFC 3339");
}

/// Checks a date of Dublin Core, which may be earlier than there were feeds.
pub(crate) fn w3c(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let instant = parse_w3c(spot.text);
    let is_old = instant.is_some_and(|instant| instant.year() < FIRST_YEAR);
    if !is_old {
        check(spot, cx, &DATE_W3C, instant, "of the W3C's form");
    }
}

/// Checks a date of Dublin Core, at any time.
pub(crate) fn w3c_any(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if parse_w3c(spot.text).is_none() {
        check(spot, cx, &DATE_W3C, None, "of the W3C's form");
    }
}

/// Checks a date of RSS.
pub(crate) fn rfc822(spot: &Spot<'_>, cx: &mut Context<'_>) {
    match parse_rfc822(spot.text) {
        Rfc822::Right(instant) => plausible(spot, cx, instant),
        Rfc822::Obsolete(odd) => spot.report(
            cx,
            &DATE_OBSOLETE,
            format!("{spot} is “{}”, with {odd}", spot.shown()),
        ),
        Rfc822::Weekday(right) => spot.report(
            cx,
            &DATE_WEEKDAY,
            format!("{spot} is “{}”, and that day is a {right}", spot.shown()),
        ),
        Rfc822::Invalid => check(spot, cx, &DATE_RFC822, None, "of RFC 822"),
    }
}
