//! Computes the address of a post: fills in patterns, encodes paths and turns them into URLs.

mod address;
mod encoding;
mod pattern;

use std::borrow::Cow;
use std::path::{Component, Path};

use crate::slice::Slice;

pub use self::address::{Outside, absolute, is_loopback, on_site};
pub use self::encoding::{decode, encode, encode_id, iri, strict};
pub use self::pattern::{Parts, bounded, expand};

/// The slug and date of a file name such as `2021-12-13-title.md`: year, month and day as
/// written, and what follows them. Jekyll's rule, which other generators share.
pub fn dated_name(stem: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits(stem);
    let rest = stem.get(year..)?.strip_prefix('-')?;
    let month = digits(rest);
    let rest = rest.get(month..)?.strip_prefix('-')?;
    let day = digits(rest);
    let slug = rest.get(day..)?.strip_prefix('-')?;
    let fits = (2..=4).contains(&year) && (1..=2).contains(&month) && (1..=2).contains(&day);
    fits.then(|| (stem.slice(..stem.len() - slug.len() - 1), slug))
}

/// The day that a text begins with, in the form `2021-12-13`. It may not exist in the calendar.
pub fn iso_day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(day)
}

/// A path with `/` between its parts on every system. An address that stands for one stays as it is.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if text.starts_with("https://") || text.starts_with("http://") {
        return text.into_owned();
    }
    let parts = path.components().map(|part| match part {
        // What joins the parts stands before the first one too.
        Component::RootDir => Cow::Borrowed(""),
        part => part.as_os_str().to_string_lossy(),
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dated_names() {
        assert_eq!(dated_name("2022-6-16-tmf"), Some(("2022-6-16", "tmf")));
        assert_eq!(dated_name("2022-06-16-"), Some(("2022-06-16", "")));
        assert_eq!(dated_name("2022-06-16"), None);
        assert_eq!(dated_name("20220-06-16-x"), None);
        assert_eq!(dated_name("about"), None);
    }
}
