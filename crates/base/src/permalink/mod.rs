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

/// A path below a folder; `None` where it climbs out of the site.
pub fn joined(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

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

/// The day and the rest of a file name as people name notes: `2021-12-13 Title`, `2021.12.13`,
/// `20211213-title`, and what [`dated_name`] takes. The day has the form `2021-12-13`.
pub fn noted_name(stem: &str) -> Option<(String, &str)> {
    if let Some((day, rest)) = dated_name(stem) {
        return Some((day.to_owned(), rest));
    }
    let is_sign = |c: char| c.is_whitespace() || "-_.".contains(c);
    let length = stem.bytes().take_while(u8::is_ascii_digit).count();
    let sign = stem.get(length..)?.chars().next().filter(|c| is_sign(*c));
    let (year, rest) = (stem.get(..4)?, stem.get(4..)?);
    let (month, day, rest) = match (length, sign) {
        (8, _) => (rest.get(..2)?, rest.get(2..4)?, rest.get(4..)?),
        (4, Some(sign)) => {
            let mut parts = rest.get(sign.len_utf8()..)?.splitn(2, sign);
            let (month, rest) = (parts.next()?, parts.next()?);
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            (month, rest.get(..length)?, rest.get(length..)?)
        }
        _ => return None,
    };
    let is_two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_within = |text: &str, most: u8| text.parse().is_ok_and(|n: u8| (1..=most).contains(&n));
    let ends = rest.is_empty() || rest.starts_with(is_sign);
    let fits = is_two(month) && is_two(day) && is_within(month, 12) && is_within(day, 31) && ends;
    let is_year = ("1900".."2100").contains(&year);
    (fits && is_year).then(|| {
        (
            format!("{year}-{month}-{day}"),
            rest.trim_start_matches(is_sign),
        )
    })
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
    fn noted_names() {
        for (name, day, rest) in [
            ("2021-06-07", "2021-06-07", ""),
            ("2021-06-06 Title", "2021-06-06", "Title"),
            ("20210608 Title of it", "2021-06-08", "Title of it"),
            ("20210608", "2021-06-08", ""),
            ("2021_06_09-x", "2021-06-09", "x"),
            ("2021.06.10 x", "2021-06-10", "x"),
            ("2022-6-16-tmf", "2022-6-16", "tmf"),
        ] {
            assert_eq!(noted_name(name), Some((day.to_owned(), rest)), "{name}");
        }
        for name in [
            "2021-06",
            "20211308 x",
            "20210632",
            "202106081530",
            "2021-06-7x",
            "30210608",
            "é",
        ] {
            assert_eq!(noted_name(name), None, "{name}");
        }
    }

    #[test]
    fn dated_names() {
        assert_eq!(dated_name("2022-6-16-tmf"), Some(("2022-6-16", "tmf")));
        assert_eq!(dated_name("2022-06-16-"), Some(("2022-06-16", "")));
        assert_eq!(dated_name("2022-06-16"), None);
        assert_eq!(dated_name("20220-06-16-x"), None);
        assert_eq!(dated_name("about"), None);
    }
}
