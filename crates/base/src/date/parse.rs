//! The grammar of dates: text to [`Written`].

use chrono::{Datelike, NaiveDate, Weekday};

use super::clock::Clock;
use super::reader::Reader;
use super::{Order, Refusal, Written};

pub(super) const EXAMPLE: &str =
    "write it as `2021-12-13`, `2021-12-13T09:30:00-05:00` or `13 Dec 2021`";

/// Reads a date.
///
/// Accepted are RFC 3339 and ISO 8601 calendar dates with or without time, seconds and zone
/// (also with slashes, year first), RFC 2822 dates, and dates in English words, each with a 12-
/// or 24-hour time and a numeric or named zone. `order` decides dates such as `03/04/2021`.
pub fn parse(text: &str, order: Option<Order>) -> Result<Written, Refusal> {
    let mut reader = Reader::new(text.trim());
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

/// A day and, in the format of Unix `date`, the time that stands before the year.
struct Day {
    day: NaiveDate,
    time: Option<Clock>,
}

impl Reader<'_> {
    fn date(&mut self, order: Option<Order>) -> Result<Written, Refusal> {
        let weekday = self.weekday();
        let found = if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            self.day_from_number(order)?
        } else {
            self.day_from_month()?
        };
        let clock = match found.time {
            Some(clock) => Some(clock),
            None => self.clock_after_day(found.day.year())?,
        };
        if let Some(weekday) = weekday
            && weekday != found.day.weekday()
        {
            return Err(Refusal::new(
                "date-wrong-weekday",
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

    fn no_day(&self) -> Refusal {
        Refusal::new(
            "date-incomplete",
            format!("`{}` names no day", self.whole),
            "add the day of the month: no date is ever invented",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Zone;

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
            (
                "Fri Sep 3 11:21:31 CEST 2021",
                "2021-09-03 11:21:31 +02:00 (note)",
            ),
            ("Fri Sep  3 11:21:31 2021", "2021-09-03 11:21:31"),
            (
                "2023-01-29 18:30:22 2023 -0800",
                "2023-01-29 18:30:22 -08:00 (note)",
            ),
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
            ("Tue, 13 Dec 2021", "date-wrong-weekday"),
            ("Tuesday, December 13, 2021", "date-wrong-weekday"),
            ("June 2019", "date-incomplete"),
            ("2019-06", "date-incomplete"),
            ("2021-12-13 24:00", "date-impossible"),
            ("2021-12-13 10:60", "date-impossible"),
            ("2021-12-13 13:00 pm", "date-impossible"),
            ("2021-12-13 10:30 +25:00", "date-zone"),
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
