//! Reads dates as authors write them: in numbers or in English words, with or without a time.

use chrono::{Datelike, NaiveDate};

use super::clock::Clock;
use super::names::full_weekday;
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

    /// The day of the calendar; refused when the calendar has no such day.
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

    /// A year of four digits, after an optional separator.
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

    fn no_day(&self) -> Refusal {
        Refusal::new(
            "date-incomplete",
            format!("`{}` names no day", self.whole),
            "add the day of the month: no date is ever invented",
        )
    }
}

#[cfg(test)]
mod tests;
