//! Reads the English names of months and weekdays, and the endings of ordinal numbers.

use chrono::Weekday;

use super::reader::Reader;
use crate::slice::Slice;

impl Reader<'_> {
    /// The name of a weekday, with what follows it.
    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        let end = self.word_end();
        let weekday = match self.rest.slice(..end).to_ascii_lowercase().as_str() {
            "mon" | "monday" => Weekday::Mon,
            "tue" | "tues" | "tuesday" => Weekday::Tue,
            "wed" | "weds" | "wednesday" => Weekday::Wed,
            "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
            "fri" | "friday" => Weekday::Fri,
            "sat" | "saturday" => Weekday::Sat,
            "sun" | "sunday" => Weekday::Sun,
            _ => return None,
        };
        self.rest = self.rest.slice(end..);
        self.eat('.');
        self.eat(',');
        self.spaces();
        Some(weekday)
    }

    /// The name of a month.
    pub(super) fn month(&mut self) -> Option<u32> {
        let end = self.word_end();
        let month = match self.rest.slice(..end).to_ascii_lowercase().as_str() {
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
        self.rest = self.rest.slice(end..);
        Some(month)
    }

    /// `st`, `nd`, `rd` or `th` behind a day.
    pub(super) fn ordinal(&mut self) {
        let end = self.word_end();
        if matches!(
            self.rest.slice(..end).to_ascii_lowercase().as_str(),
            "st" | "nd" | "rd" | "th"
        ) {
            self.rest = self.rest.slice(end..);
        }
    }
}

/// The whole name of a weekday.
pub(super) fn full_weekday(weekday: Weekday) -> &'static str {
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
