//! Turns dates as authors write them into instants with an offset.
//!
//! [`parse()`] reads a text strictly and says what it found; [`Written::resolve`] places it in the
//! site's zone. Nothing is guessed: what two people could read differently is refused with the
//! reason and a remedy, and nothing ever moves to another day.

mod clock;
mod names;
mod parse;
mod present;
mod reader;

use std::fmt;

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime,
    Offset, SecondsFormat, TimeZone,
};
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use self::parse::parse;
pub use self::present::Present;

/// An instant with the offset that its author meant.
///
/// Resolution is one second: RSS knows no finer one, and the formats have to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(DateTime<FixedOffset>);

/// The beginning of the epoch, 1970-01-01T00:00:00Z.
impl Default for Timestamp {
    fn default() -> Self {
        Timestamp(DateTime::UNIX_EPOCH.fixed_offset())
    }
}

/// The note on a date with an offset that no place has.
pub const NO_PLACE: &str =
    "no place has this offset; generators count with it, and readers get the date in UTC";

/// Whether the clocks of some place are that many seconds ahead of UTC, in quarters of an hour from
/// `-12:00` to `+14:00`.
fn is_of_a_place(seconds: i32) -> bool {
    (-12 * 3600..=14 * 3600).contains(&seconds) && seconds % 900 == 0
}

impl Timestamp {
    /// An instant, cut to whole seconds. An offset that no place has becomes UTC: readers of feeds
    /// doubt it.
    pub fn new(mut instant: DateTime<FixedOffset>) -> Self {
        if !is_of_a_place(instant.offset().local_minus_utc()) {
            instant = instant.to_utc().fixed_offset();
        }
        let nanos = i64::from(instant.timestamp_subsec_nanos());
        Timestamp(instant - Duration::nanoseconds(nanos))
    }

    /// The instant of a `SOURCE_DATE_EPOCH`: seconds since 1970-01-01T00:00:00Z. `None` when it
    /// is out of range.
    pub fn from_epoch(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(|utc| Timestamp(utc.fixed_offset()))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn epoch(self) -> i64 {
        self.0.timestamp()
    }

    /// RFC 3339 section 5.6, with seconds and a numeric offset: `2021-12-13T00:00:00-05:00`.
    pub fn to_rfc3339(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// RFC 5322 section 3.3 with a two-digit day: `Mon, 13 Dec 2021 00:00:00 -0500`.
    pub fn to_rfc2822(self) -> String {
        self.0.format("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    /// The instant of a text as [`Timestamp::to_rfc3339`] writes it.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(Timestamp::new)
    }

    /// Whether [`Timestamp::to_rfc3339`] gives a text that can be read back; with a year of five
    /// digits it cannot.
    pub fn is_lasting(self) -> bool {
        Timestamp::from_rfc3339(&self.to_rfc3339()) == Some(self)
    }

    /// The same instant by the clocks of a zone.
    pub fn with_zone(self, zone: Tz) -> Self {
        Timestamp(self.0.with_timezone(&zone).fixed_offset())
    }

    /// The instant a number of seconds earlier, with the same offset.
    pub fn earlier(self, seconds: usize) -> Self {
        let seconds = i64::try_from(seconds).ok().and_then(Duration::try_seconds);
        let earlier = seconds.and_then(|seconds| self.0.checked_sub_signed(seconds));
        earlier.map_or(self, Timestamp)
    }

    /// The instant a number of seconds later, with the same offset.
    pub fn later(self, seconds: usize) -> Self {
        let seconds = i64::try_from(seconds).ok().and_then(Duration::try_seconds);
        let later = seconds.and_then(|seconds| self.0.checked_add_signed(seconds));
        later.map_or(self, Timestamp)
    }

    /// The day on the author's own calendar.
    pub fn day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The day and time on the author's own calendar and clock.
    pub fn local(self) -> NaiveDateTime {
        self.0.naive_local()
    }

    /// The same instant on a zone's calendar and clock.
    pub fn in_zone(self, zone: Tz) -> NaiveDateTime {
        self.0.with_timezone(&zone).naive_local()
    }

    /// The year, for plausibility checks.
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl From<Timestamp> for DateTime<FixedOffset> {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::from_rfc3339(&text)
            .ok_or_else(|| de::Error::custom(format!("`{text}` is not a date of RFC 3339")))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

/// How a date of three numbers with the year last is to be read, when it could be either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Day, month, year: `03/04/2021` is 3 April.
    Dmy,
    /// Month, day, year: `03/04/2021` is March 4.
    Mdy,
}

/// The text of a date whose day does not exist, with the overflowing days counted into the next
/// month, as generators in JavaScript do: `2017-02-29` becomes the first of March. `None` for any
/// other text.
pub fn counted_on(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, time) = rest.split_at(digits);
    let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let counted = first.checked_add_signed(Duration::days(day - 1))?;
    Some(format!("{counted}{time}"))
}

/// A zone that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    Fixed(FixedOffset),
    Named(Tz),
}

/// A date with the parts that the author wrote and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub day: NaiveDate,
    pub time: Option<NaiveTime>,
    /// Whether the time has seconds; Jekyll reads a date differently when it has.
    pub seconds: bool,
    pub zone: Option<Zone>,
    /// A note on a mistake in the date that was ignored to read it.
    pub note: Option<&'static str>,
}

/// Why a date is not accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// A stable diagnostic code.
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

impl Refusal {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal {
            code,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl Written {
    /// The instant, where a date without a zone is in `zone`.
    ///
    /// A date without a time is that day at 00:00 there, or at the first moment of that day in
    /// a zone whose clocks jump over midnight. A time that happened twice, when clocks went
    /// back, is the first of the two. A time that never was is refused.
    pub fn resolve(&self, zone: Zone) -> Result<Timestamp, Refusal> {
        let local = self.day.and_time(self.time.unwrap_or(NaiveTime::MIN));
        match self.zone.unwrap_or(zone) {
            Zone::Fixed(offset) => match offset.from_local_datetime(&local) {
                LocalResult::Single(instant) => Ok(Timestamp::new(instant)),
                _ => Err(self.unrepresentable()),
            },
            Zone::Named(tz) => match tz.from_local_datetime(&local) {
                LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => {
                    Ok(Timestamp::new(instant.fixed_offset()))
                }
                LocalResult::None if self.time.is_none() => {
                    first_moment(self.day, tz).ok_or_else(|| self.unrepresentable())
                }
                LocalResult::None => Err(Refusal::new(
                    "date-gap",
                    format!("{local} never was in {tz}: the clocks were set forward over it"),
                    "write a time before or after the jump, or add the offset, as in \
                     `2021-03-14T02:30:00-05:00`",
                )),
            },
        }
    }

    fn unrepresentable(&self) -> Refusal {
        Refusal::new(
            "date-impossible",
            format!("{} cannot be represented", self.day),
            "write the date as `2021-12-13`",
        )
    }
}

/// The first moment of a day whose midnight a zone's clocks jumped over.
fn first_moment(day: NaiveDate, tz: Tz) -> Option<Timestamp> {
    (1..=24 * 4)
        .filter_map(|quarter| {
            let local = day.and_time(NaiveTime::MIN) + Duration::minutes(15 * quarter);
            tz.from_local_datetime(&local).earliest()
        })
        .find(|instant| instant.date_naive() == day)
        .map(|instant| Timestamp::new(instant.with_timezone(&instant.offset().fix())))
}

/// The note for a local time that happened twice.
pub fn is_repeated(written: &Written, zone: Zone) -> bool {
    let (Zone::Named(tz), Some(time)) = (written.zone.unwrap_or(zone), written.time) else {
        return false;
    };
    matches!(
        tz.from_local_datetime(&written.day.and_time(time)),
        LocalResult::Ambiguous(..)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, zone: &str, expected: &str) {
        let written = parse(text, None).unwrap_or_else(|r| panic!("{text}: {}", r.message));
        let zone: Tz = zone.parse().expect("a zone");
        let found = match written.resolve(Zone::Named(zone)) {
            Ok(timestamp) => timestamp.to_rfc3339(),
            Err(refusal) => refusal.code.to_owned(),
        };
        assert_eq!(found, expected, "{text} in {zone}");
    }

    #[test]
    fn dates_without_zone_are_in_the_sites_zone() {
        check(
            "13 Dec 2021",
            "America/New_York",
            "2021-12-13T00:00:00-05:00",
        );
        check("13 Dec 2021", "Europe/Berlin", "2021-12-13T00:00:00+01:00");
        check(
            "2021-07-01 10:30",
            "America/New_York",
            "2021-07-01T10:30:00-04:00",
        );
        check(
            "2021-07-01T10:30:00Z",
            "America/New_York",
            "2021-07-01T10:30:00+00:00",
        );
        check(
            "2021-07-01 10:30 Asia/Tokyo",
            "UTC",
            "2021-07-01T10:30:00+09:00",
        );
    }

    #[test]
    fn daylight_saving() {
        check("2021-03-14 02:30", "America/New_York", "date-gap");
        check(
            "2021-11-07 01:30",
            "America/New_York",
            "2021-11-07T01:30:00-04:00",
        );
        // Midnight did not happen in São Paulo on this day; the day stays the same.
        check(
            "2017-10-15",
            "America/Sao_Paulo",
            "2017-10-15T01:00:00-02:00",
        );
        check("2017-10-15 00:30", "America/Sao_Paulo", "date-gap");
    }

    #[test]
    fn formats() {
        let written = parse("2021-03-05 09:05:07.999 -0500", None).expect("a date");
        let timestamp = written.resolve(Zone::Named(Tz::UTC)).expect("an instant");
        assert_eq!(timestamp.to_rfc3339(), "2021-03-05T09:05:07-05:00");
        assert_eq!(timestamp.to_rfc2822(), "Fri, 05 Mar 2021 09:05:07 -0500");
    }
}
