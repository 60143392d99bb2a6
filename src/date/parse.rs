//! The grammar of dates: text to [`Written`].

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

use super::{Order, Refusal, Written, Zone};

const EXAMPLE: &str = "write it as `2021-12-13`, `2021-12-13T09:30:00-05:00` or `13 Dec 2021`";

/// Reads a date.
///
/// Accepted are RFC 3339 and ISO 8601 calendar dates with or without time, seconds and zone
/// (also with slashes, year first), RFC 2822 dates, and dates in English words, each with a 12-
/// or 24-hour time and a numeric or named zone. `order` decides dates such as `03/04/2021`.
pub(crate) fn parse(text: &str, order: Option<Order>) -> Result<Written, Refusal> {
    let mut reader = Reader {
        whole: text.trim(),
        rest: text.trim(),
        note: None,
    };
    if reader.rest.is_empty() {
        return Err(Refusal::new(
            "date-unreadable",
            "the date is empty",
            EXAMPLE,
        ));
    }
    let written = reader.date(order)?;
    reader.spaces();
    if reader.rest.is_empty() {
        Ok(written)
    } else {
        Err(reader.unreadable())
    }
}

struct Reader<'a> {
    whole: &'a str,
    rest: &'a str,
    note: Option<&'static str>,
}

/// A day and, in the format of Unix `date`, the time that stands before the year.
struct Day {
    day: NaiveDate,
    time: Option<Clock>,
}

struct Clock {
    time: NaiveTime,
    seconds: bool,
    zone: Option<Zone>,
}

impl<'a> Reader<'a> {
    fn date(&mut self, order: Option<Order>) -> Result<Written, Refusal> {
        let weekday = self.weekday();
        let found = if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            self.day_from_number(order)?
        } else {
            self.day_from_month()?
        };
        let clock = match found.time {
            Some(clock) => Some(clock),
            None => self.clock_after_day()?,
        };
        if let Some(weekday) = weekday
            && weekday != found.day.weekday()
        {
            return Err(Refusal::new(
                "date-weekday",
                format!(
                    "`{}` names the wrong weekday: {} was a {}",
                    self.whole,
                    found.day,
                    full_weekday(found.day.weekday())
                ),
                "correct the day or the weekday, or leave the weekday out",
            ));
        }
        if found.day.year() < 1900 {
            return Err(Refusal::new(
                "date-impossible",
                format!("`{}` lies before 1900, which no post does", self.whole),
                EXAMPLE,
            ));
        }
        Ok(Written {
            day: found.day,
            time: clock.as_ref().map(|clock| clock.time),
            seconds: clock.as_ref().is_some_and(|clock| clock.seconds),
            zone: clock.and_then(|clock| clock.zone),
            note: self.note,
        })
    }

    /// A day that begins with a number: year first, day first with a month name, or three
    /// numbers with the year last.
    fn day_from_number(&mut self, order: Option<Order>) -> Result<Day, Refusal> {
        let first = self.digits();
        if first.len() == 4 {
            let separator = self.one_of(&['-', '/']).ok_or_else(|| self.unreadable())?;
            let month = self.number_of(2)?;
            if !self.eat(separator) {
                return Err(self.no_day());
            }
            let day = self.number_of(2)?;
            return self.day(self.number(first)?, month, day);
        }
        if first.len() > 2 {
            return Err(self.unreadable());
        }
        self.ordinal();
        let separator = self.one_of(&['-', '/', '.']);
        if let Some(separator) = separator
            && self.rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return self.year_last(first, separator, order);
        }
        self.spaces();
        if self.word_is("of") {
            self.spaces();
        }
        let month = self.month().ok_or_else(|| self.unreadable())?;
        self.after_month();
        self.one_of(&['-', '/']);
        let year = self.year()?;
        self.day(year, month, self.number(first)?)
    }

    /// `13/04/2021`, which only one reading explains, or `03/04/2021`, which needs `dates.order`.
    fn year_last(
        &mut self,
        first: &str,
        separator: char,
        order: Option<Order>,
    ) -> Result<Day, Refusal> {
        let first = self.number(first)?;
        let second = self.number_of(2)?;
        if !self.eat(separator) {
            return Err(self.unreadable());
        }
        let year = self.year()?;
        let (day, month) = match order {
            Some(Order::Dmy) => (first, second),
            Some(Order::Mdy) => (second, first),
            None if first > 12 && second <= 12 => {
                self.note = Some("only the order day, month, year makes sense of it");
                (first, second)
            }
            None if second > 12 && first <= 12 => {
                self.note = Some("only the order month, day, year makes sense of it");
                (second, first)
            }
            // Equal numbers read the same either way; two above 12 are no date in any order.
            None if first == second || first > 12 => (first, second),
            None => {
                let other = |day: u32, month: u32| {
                    NaiveDate::from_ymd_opt(year, month, day)
                        .map_or_else(String::new, |day| day.format("%-d %B %Y").to_string())
                };
                return Err(Refusal::new(
                    "date-ambiguous",
                    format!(
                        "`{}` could be {} or {}",
                        self.whole,
                        other(first, second),
                        other(second, first)
                    ),
                    "write the year first, or set `dates.order: dmy` or `dates.order: mdy` in \
                     feedwright.yaml",
                ));
            }
        };
        self.day(year, month, day)
    }

    /// `December 13, 2021`, or Unix `date`'s `Dec 13 09:30:00 EST 2021`.
    fn day_from_month(&mut self) -> Result<Day, Refusal> {
        let month = self.month().ok_or_else(|| self.unreadable())?;
        self.after_month();
        let day = self.digits();
        if day.len() == 4 {
            return Err(self.no_day());
        }
        if day.is_empty() || day.len() > 2 {
            return Err(self.unreadable());
        }
        self.ordinal();
        let before = self.rest;
        self.spaces();
        if let Some(clock) = self.clock()? {
            self.spaces();
            let year = self.year()?;
            let day = self.day(year, month, self.number(day)?)?.day;
            return Ok(Day {
                day,
                time: Some(clock),
            });
        }
        self.rest = before;
        self.comma();
        let year = self.year()?;
        self.day(year, month, self.number(day)?)
    }

    fn day(&self, year: i32, month: u32, day: u32) -> Result<Day, Refusal> {
        let found = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
            Refusal::new(
                "date-impossible",
                format!("`{}` is not a day of the calendar", self.whole),
                "correct the day or the month",
            )
        })?;
        Ok(Day {
            day: found,
            time: None,
        })
    }

    /// A full stop, comma or blank between a month and what follows it.
    fn after_month(&mut self) {
        if self.eat('.') {
            self.note = Some("the full stop after the month was overlooked");
        }
        if self.eat(',') {
            self.note = Some("the comma after the month was overlooked");
        }
        self.spaces();
    }

    /// The comma and blanks between a day and its year.
    fn comma(&mut self) {
        if self.eat(',') && !self.rest.starts_with(' ') {
            self.note = Some("the blank missing after the comma was supplied");
        }
        self.spaces();
        self.one_of(&['-', '/']);
    }

    fn year(&mut self) -> Result<i32, Refusal> {
        self.comma();
        let digits = self.digits();
        match digits.len() {
            4 => self.number(digits),
            2 => Err(Refusal::new(
                "date-two-digit-year",
                format!("`{}` has a year of two digits", self.whole),
                "write all four digits of the year",
            )),
            _ => Err(self.unreadable()),
        }
    }

    fn clock_after_day(&mut self) -> Result<Option<Clock>, Refusal> {
        let before = self.rest;
        if self.rest.starts_with(['T', 't'])
            && self.rest[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            self.rest = &self.rest[1..];
        } else {
            self.eat(',');
            self.spaces();
            if self.word_is("at") || self.eat('@') {
                self.spaces();
            }
        }
        if self.rest == before {
            return Ok(None);
        }
        let clock = self.clock()?;
        if clock.is_none() {
            self.rest = before;
        }
        Ok(clock)
    }

    /// A time of day with its zone; `None` when no time begins here.
    fn clock(&mut self) -> Result<Option<Clock>, Refusal> {
        let before = self.rest;
        let hour = self.digits();
        if hour.is_empty() || hour.len() > 2 {
            self.rest = before;
            return Ok(None);
        }
        let mut minute = "0";
        let mut second = "0";
        let mut has_seconds = false;
        if self.eat(':') {
            minute = self.digits();
            if minute.len() != 2 {
                return Err(self.bad_time());
            }
            if self.eat(':') {
                if self.eat(':') {
                    self.note = Some("the doubled colon in the time was overlooked");
                }
                second = self.digits();
                if second.is_empty() || second.len() > 2 {
                    return Err(self.bad_time());
                }
                has_seconds = true;
                if self.one_of(&['.', ',']).is_some() && self.digits().is_empty() {
                    return Err(self.bad_time());
                }
            }
        }
        let mut hour: u32 = self.number(hour)?;
        let before_half = self.rest;
        self.spaces();
        match self.half_of_day() {
            Some(afternoon) => {
                if hour == 0 || hour > 12 {
                    return Err(self.bad_time());
                }
                hour = hour % 12 + if afternoon { 12 } else { 0 };
            }
            None if !before[..before.len() - before_half.len()].contains(':') => {
                // A lone number is no time.
                self.rest = before;
                return Ok(None);
            }
            None => self.rest = before_half,
        }
        let mut second: u32 = self.number(second)?;
        if second == 60 {
            second = 59;
            self.note = Some("the leap second was taken as the second before it");
        }
        let time = NaiveTime::from_hms_opt(hour, self.number(minute)?, second)
            .ok_or_else(|| self.bad_time())?;
        let zone = self.zone()?;
        Ok(Some(Clock {
            time,
            seconds: has_seconds,
            zone,
        }))
    }

    fn half_of_day(&mut self) -> Option<bool> {
        for (text, afternoon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
            if let Some(head) = self.rest.get(..text.len())
                && head.eq_ignore_ascii_case(text)
                && !self.rest[text.len()..].starts_with(|c: char| c.is_alphanumeric())
            {
                self.rest = &self.rest[text.len()..];
                return Some(afternoon);
            }
        }
        None
    }

    fn zone(&mut self) -> Result<Option<Zone>, Refusal> {
        let before = self.rest;
        self.spaces();
        if let Some(sign) = self.one_of(&['+', '-', '\u{2212}']) {
            return self.numeric_zone(sign != '+').map(Some);
        }
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+')))
            .unwrap_or(self.rest.len());
        let name = &self.rest[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.rest = before;
            return Ok(None);
        }
        self.rest = &self.rest[end..];
        let zone = named_zone(name).ok_or_else(|| {
            Refusal::new(
                "date-zone",
                format!(
                    "`{}` names a time zone `{name}` that is not known or not unique",
                    self.whole
                ),
                "write the offset as a number, as in `-05:00`",
            )
        })?;
        Ok(Some(zone))
    }

    fn numeric_zone(&mut self, west: bool) -> Result<Zone, Refusal> {
        let digits = self.digits();
        let (hours, minutes) = match digits.len() {
            1 | 2 => {
                let minutes = if self.eat(':') { self.digits() } else { "00" };
                (digits, minutes)
            }
            4 => digits.split_at(2),
            _ => return Err(self.unreadable()),
        };
        let (hours, minutes): (i32, i32) = (self.number(hours)?, self.number(minutes)?);
        let seconds = hours * 3600 + minutes * 60;
        // No place on earth was ever further from Greenwich than 14 hours east, 12 west.
        let limit = if west { 12 * 3600 } else { 14 * 3600 };
        if seconds > limit || minutes > 59 {
            return Err(Refusal::new(
                "date-zone",
                format!("`{}` has an offset that no time zone has", self.whole),
                "offsets run from `-12:00` to `+14:00`",
            ));
        }
        // A comment such as `(EST)` repeats what the number says.
        let before = self.rest;
        self.spaces();
        if self.eat('(') {
            let end = self.rest.find(')').ok_or_else(|| self.unreadable())?;
            self.rest = &self.rest[end + 1..];
        } else {
            self.rest = before;
        }
        FixedOffset::east_opt(if west { -seconds } else { seconds })
            .map(Zone::Fixed)
            .ok_or_else(|| self.unreadable())
    }

    fn weekday(&mut self) -> Option<Weekday> {
        let end = self.word_end();
        let weekday = match self.rest[..end].to_ascii_lowercase().as_str() {
            "mon" | "monday" => Weekday::Mon,
            "tue" | "tues" | "tuesday" => Weekday::Tue,
            "wed" | "weds" | "wednesday" => Weekday::Wed,
            "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
            "fri" | "friday" => Weekday::Fri,
            "sat" | "saturday" => Weekday::Sat,
            "sun" | "sunday" => Weekday::Sun,
            _ => return None,
        };
        self.rest = &self.rest[end..];
        self.eat('.');
        self.eat(',');
        self.spaces();
        Some(weekday)
    }

    fn month(&mut self) -> Option<u32> {
        let end = self.word_end();
        let month = match self.rest[..end].to_ascii_lowercase().as_str() {
            "jan" | "january" => 1,
            "feb" | "february" => 2,
            "mar" | "march" => 3,
            "apr" | "april" => 4,
            "may" => 5,
            "jun" | "june" => 6,
            "jul" | "july" => 7,
            "aug" | "august" => 8,
            "sep" | "sept" | "september" => 9,
            "oct" | "october" => 10,
            "nov" | "november" => 11,
            "dec" | "december" => 12,
            _ => return None,
        };
        self.rest = &self.rest[end..];
        Some(month)
    }

    /// `st`, `nd`, `rd` or `th` behind a day.
    fn ordinal(&mut self) {
        let end = self.word_end();
        if matches!(
            self.rest[..end].to_ascii_lowercase().as_str(),
            "st" | "nd" | "rd" | "th"
        ) {
            self.rest = &self.rest[end..];
        }
    }

    fn word_is(&mut self, word: &str) -> bool {
        let end = self.word_end();
        let found = self.rest[..end].eq_ignore_ascii_case(word);
        if found {
            self.rest = &self.rest[end..];
        }
        found
    }

    fn word_end(&self) -> usize {
        self.rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(self.rest.len())
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn digits(&mut self) -> &'a str {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits
    }

    /// One to `most` digits.
    fn number_of(&mut self, most: usize) -> Result<u32, Refusal> {
        let digits = self.digits();
        if digits.is_empty() || digits.len() > most {
            return Err(self.unreadable());
        }
        self.number(digits)
    }

    fn number<T: std::str::FromStr>(&self, digits: &str) -> Result<T, Refusal> {
        digits.parse().map_err(|_| self.unreadable())
    }

    fn unreadable(&self) -> Refusal {
        Refusal::new(
            "date-unreadable",
            format!("`{}` is not a date that can be read", self.whole),
            EXAMPLE,
        )
    }

    fn no_day(&self) -> Refusal {
        Refusal::new(
            "date-incomplete",
            format!("`{}` names no day", self.whole),
            "add the day of the month: no date is ever invented",
        )
    }

    fn bad_time(&self) -> Refusal {
        Refusal::new(
            "date-impossible",
            format!("`{}` has no valid time of day", self.whole),
            "times run from 00:00 to 23:59:59, or from 12:00 am to 11:59 pm",
        )
    }
}

fn full_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// Zones by name: RFC 5322's, those of the European and the two outer US zones, and the IANA
/// database. Names that mean several zones, such as `IST` or `BST`, are not known.
fn named_zone(name: &str) -> Option<Zone> {
    let hours = match name.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "UT" | "WET" => 0,
        "EST" => -5,
        "EDT" => -4,
        "CST" => -6,
        "CDT" => -5,
        "MST" => -7,
        "MDT" => -6,
        "PST" => -8,
        "PDT" => -7,
        "AKST" => -9,
        "AKDT" => -8,
        "HST" => -10,
        "CET" | "WEST" => 1,
        "CEST" | "EET" => 2,
        "EEST" => 3,
        _ if name.contains('/') => return name.parse::<Tz>().ok().map(Zone::Named),
        _ => return None,
    };
    FixedOffset::east_opt(hours * 3600).map(Zone::Fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, order: Option<Order>) -> String {
        match parse(text, order) {
            Ok(written) => {
                let mut shown = written.day.to_string();
                if let Some(time) = written.time {
                    shown += &format!(" {time}");
                }
                match written.zone {
                    Some(Zone::Fixed(offset)) => shown += &format!(" {offset}"),
                    Some(Zone::Named(tz)) => shown += &format!(" {tz}"),
                    None => {}
                }
                if written.note.is_some() {
                    shown += " (note)";
                }
                shown
            }
            Err(refusal) => refusal.code.to_owned(),
        }
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(show(text, None), *expected, "{text}");
        }
    }

    #[test]
    fn iso() {
        check(&[
            ("2021-12-13", "2021-12-13"),
            ("2021/12/13", "2021-12-13"),
            ("2021-1-3", "2021-01-03"),
            ("2021-12-13 10:30", "2021-12-13 10:30:00"),
            ("2021-12-13T10:30:15", "2021-12-13 10:30:15"),
            ("2021-12-13t10:30:15z", "2021-12-13 10:30:15 +00:00"),
            ("2021-12-13T10:30Z", "2021-12-13 10:30:00 +00:00"),
            (
                "2021-12-13T10:30:15.123456789+05:30",
                "2021-12-13 10:30:15 +05:30",
            ),
            ("2021-12-13 10:30:15 -0500", "2021-12-13 10:30:15 -05:00"),
            ("2021-12-13 9:00:00 -4", "2021-12-13 09:00:00 -04:00"),
            ("2021-12-13 9:00 pm EST", "2021-12-13 21:00:00 -05:00"),
            ("2021-12-13 12:00am", "2021-12-13 00:00:00"),
            ("2021-12-13 12 p.m.", "2021-12-13 12:00:00"),
            (
                "2021-12-13 10:30 America/New_York",
                "2021-12-13 10:30:00 America/New_York",
            ),
            (
                "2017-02-10 00:10::00 -03:00",
                "2017-02-10 00:10:00 -03:00 (note)",
            ),
            ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59 +00:00 (note)"),
        ]);
    }

    #[test]
    fn words() {
        check(&[
            ("13 Dec 2021", "2021-12-13"),
            ("13 December 2021", "2021-12-13"),
            ("December 13, 2021", "2021-12-13"),
            ("December 13 2021", "2021-12-13"),
            ("Dec 13th 2021", "2021-12-13"),
            ("Dec 13th, 2021", "2021-12-13"),
            ("13th of December 2021", "2021-12-13"),
            ("29 Sept 2021", "2021-09-29"),
            ("Sept 30, 2021", "2021-09-30"),
            ("13-Dec-2021", "2021-12-13"),
            ("Monday, December 13, 2021", "2021-12-13"),
            (
                "Mon, 13 Dec 2021 09:30:00 -0500",
                "2021-12-13 09:30:00 -05:00",
            ),
            ("13 Dec 2021 09:30 EST", "2021-12-13 09:30:00 -05:00"),
            (
                "Mon, 13 Dec 2021 09:30:00 +0000 (UTC)",
                "2021-12-13 09:30:00 +00:00",
            ),
            ("December 13, 2021 at 9:30 PM", "2021-12-13 21:30:00"),
            ("Fri Sep 3 11:21:31 CEST 2021", "2021-09-03 11:21:31 +02:00"),
            ("Fri Sep  3 11:21:31 2021", "2021-09-03 11:21:31"),
            ("Sept. 27, 2019", "2019-09-27 (note)"),
            ("Oct. 31 2019", "2019-10-31 (note)"),
            ("July 1,2020", "2020-07-01 (note)"),
            ("April, 12, 2018", "2018-04-12 (note)"),
        ]);
    }

    #[test]
    fn refused() {
        check(&[
            ("", "date-unreadable"),
            ("tomorrow", "date-unreadable"),
            ("2017-02-29", "date-impossible"),
            ("31 June 2021", "date-impossible"),
            ("2021-13-01", "date-impossible"),
            ("13 Dec 21", "date-two-digit-year"),
            ("1/2/21", "date-two-digit-year"),
            ("03/04/2021", "date-ambiguous"),
            ("03.04.2021", "date-ambiguous"),
            ("11-9-2017", "date-ambiguous"),
            ("13/14/2021", "date-impossible"),
            ("Tue, 13 Dec 2021", "date-weekday"),
            ("Tuesday, December 13, 2021", "date-weekday"),
            ("June 2019", "date-incomplete"),
            ("2019-06", "date-incomplete"),
            ("2021-12-13 24:00", "date-impossible"),
            ("2021-12-13 10:60", "date-impossible"),
            ("2021-12-13 13:00 pm", "date-impossible"),
            ("2021-12-13 10:30 +19:00", "date-zone"),
            ("2021-12-13 10:30 IST", "date-zone"),
            ("8 June 6 2017", "date-unreadable"),
            ("2021-12-13 nonsense", "date-unreadable"),
            ("2021-12-13T", "date-unreadable"),
            ("20211213", "date-unreadable"),
            ("0001-01-01T00:00:00Z", "date-impossible"),
            ("1639353600", "date-unreadable"),
            ("１３ Dec 2021", "date-unreadable"),
        ]);
    }

    #[test]
    fn order_decides() {
        assert_eq!(show("03/04/2021", Some(Order::Dmy)), "2021-04-03");
        assert_eq!(show("03/04/2021", Some(Order::Mdy)), "2021-03-04");
        assert_eq!(show("13/04/2021", Some(Order::Mdy)), "date-impossible");
        assert_eq!(show("13/04/2021", None), "2021-04-13 (note)");
        assert_eq!(show("04/13/2021", None), "2021-04-13 (note)");
        assert_eq!(show("4/4/2021", None), "2021-04-04");
    }
}
