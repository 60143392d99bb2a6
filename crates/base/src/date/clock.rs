//! The grammar of times of day and zones.

use chrono::{FixedOffset, NaiveTime};
use chrono_tz::Tz;

use super::reader::Reader;
use super::{NO_PLACE, Refusal, Zone, is_of_a_place};
use crate::slice::Slice;

/// A time of day as written.
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) seconds: bool,
    pub(super) zone: Option<Zone>,
}

impl Reader<'_> {
    pub(super) fn clock_after_day(&mut self, year: i32) -> Result<Option<Clock>, Refusal> {
        let before = self.rest;
        if self.rest.starts_with(['T', 't'])
            && self
                .rest
                .slice(1..)
                .starts_with(|c: char| c.is_ascii_digit())
        {
            self.rest = self.rest.slice(1..);
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
        let mut clock = self.clock()?;
        if let Some(clock) = clock.as_mut().filter(|clock| clock.zone.is_none()) {
            self.repeated_year(year, clock)?;
        }
        if clock.is_none() {
            self.rest = before;
        }
        Ok(clock)
    }

    /// The year once more between time and zone: `2023-01-29 18:30:22 2023 -0800`.
    fn repeated_year(&mut self, year: i32, clock: &mut Clock) -> Result<(), Refusal> {
        let before = self.rest;
        self.spaces();
        if self.digits() == year.to_string() {
            self.note = Some("the year was repeated and read once");
            clock.zone = self.zone()?;
        } else {
            self.rest = before;
        }
        Ok(())
    }

    /// A time of day with its zone; `None` when no time begins here.
    pub(super) fn clock(&mut self) -> Result<Option<Clock>, Refusal> {
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
            None if !before
                .slice(..before.len() - before_half.len())
                .contains(':') =>
            {
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
                && !self
                    .rest
                    .slice(text.len()..)
                    .starts_with(|c: char| c.is_alphanumeric())
            {
                self.rest = self.rest.slice(text.len()..);
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
        let name = self.rest.slice(..end);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.rest = before;
            return Ok(None);
        }
        self.rest = self.rest.slice(end..);
        if matches!(
            name.to_ascii_uppercase().as_str(),
            "WET" | "WEST" | "CET" | "CEST" | "EET" | "EEST"
        ) {
            self.note = Some("some programs do not know this zone and read the time as UTC");
        }
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
        if !is_of_a_place(if west { -seconds } else { seconds }) && seconds < 24 * 3600 {
            self.note = Some(NO_PLACE);
        }
        if seconds >= 24 * 3600 || minutes > 59 {
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
            self.rest = self.rest.slice(end + 1..);
        } else {
            self.rest = before;
        }
        FixedOffset::east_opt(if west { -seconds } else { seconds })
            .map(Zone::Fixed)
            .ok_or_else(|| self.unreadable())
    }

    fn bad_time(&self) -> Refusal {
        Refusal::new(
            "date-impossible",
            format!("`{}` has no valid time of day", self.whole),
            "times run from 00:00 to 23:59:59, or from 12:00 am to 11:59 pm",
        )
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
