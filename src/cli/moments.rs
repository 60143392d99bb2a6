//! Reads the dates of the command line, and the present.

use feedwright_base::date::{self, Timestamp, Zone};
use feedwright_base::error::Error;

/// A date of the command line, in UTC where it names no zone.
pub(super) fn moment(option: &str, text: &str) -> Result<Timestamp, Error> {
    date::parse(text, None)
        .and_then(|written| written.resolve(Zone::Named(chrono_tz::UTC)))
        .map_err(|refusal| Error::new(format!("{option}: {}; {}", refusal.message, refusal.help)))
}

/// The present: given, else of `SOURCE_DATE_EPOCH`, else of the clock.
pub(super) fn now(given: Option<&str>) -> Result<Timestamp, Error> {
    if let Some(text) = given {
        return moment("--now", text);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse()
            .ok()
            .and_then(Timestamp::from_epoch)
            .ok_or_else(|| {
                Error::new(format!(
                    "SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"
                ))
            }),
        Err(_) => Ok(Timestamp::new(chrono::Utc::now().fixed_offset())),
    }
}
