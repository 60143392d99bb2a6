//! Splits the name of a page into its date and its slug, and makes slugs as Zola does.

use std::ops::Range;

use deunicode::deunicode;
use feedwright_base::permalink::iso_day;
use feedwright_base::slice::Slice;

/// `slugify.paths`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Slugs {
    /// ASCII letters and digits, joined by hyphens.
    #[default]
    On,
    /// All characters except those that file systems refuse.
    Safe,
    /// As written.
    Off,
}

impl Slugs {
    /// The part of an address that is made of a text.
    pub(super) fn slug(self, text: &str) -> String {
        match self {
            Slugs::On => ascii(text),
            Slugs::Safe => text
                .trim_end_matches([' ', '.'])
                .chars()
                .filter(|c| !r#"<>:"/\|?*"#.contains(*c) && !c.is_control())
                .collect(),
            Slugs::Off => text.to_owned(),
        }
    }
}

/// Transliterates letters of every script to ASCII; everything between them becomes one hyphen.
fn ascii(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The date that a name begins with, and the slug that follows it.
pub(super) fn dated(name: &str) -> Option<(&str, &str)> {
    // Zola takes no other days for dates, those that no month has among them.
    let day = iso_day(name)?;
    let part = |range: Range<usize>| day.get(range)?.parse::<u8>().ok();
    if !matches!(part(5..7)?, 1..=12) || !matches!(part(8..10)?, 1..=31) {
        return None;
    }
    let time = time_length(name.slice(10..));
    let (date, rest) = name.split_at(10 + time);
    let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    // Without a separator the whole name is the slug.
    let slug = rest
        .strip_prefix(['_', '-'])
        .filter(|slug| !slug.is_empty());
    Some((date, slug.unwrap_or(name)))
}

/// The length of the time with a zone that a text begins with: `T10:11:12Z`, `T10:11:12.5+02:00`.
fn time_length(text: &str) -> usize {
    let shape = |text: &str, shape: &str| {
        text.len() >= shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(byte, sign)| match sign {
                    b'0' => byte.is_ascii_digit(),
                    sign => byte == sign,
                })
    };
    let is_below = |range: Range<usize>, end| {
        let part = text.get(range).and_then(|part| part.parse::<u8>().ok());
        part.is_some_and(|number| number < end)
    };
    let is_time = is_below(1..3, 24) && is_below(4..6, 60) && is_below(7..9, 61);
    if !shape(text, "T00:00:00") || !is_time {
        return 0;
    }
    let mut at = 9;
    if text.slice(at..).starts_with('.') {
        at += 1 + text
            .slice(at + 1..)
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
    }
    let zone = text.slice(at..);
    if zone.starts_with('Z') {
        at + 1
    } else if shape(zone, "+00:00") || shape(zone, "-00:00") {
        at + 6
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dated_names() {
        let check = |name: &str, expected: Option<(&str, &str)>| {
            assert_eq!(dated(name), expected, "{name}");
        };
        check(
            "2018-10-10-dashed-title",
            Some(("2018-10-10", "dashed-title")),
        );
        check(
            "2018-10-11_under_score",
            Some(("2018-10-11", "under_score")),
        );
        check("2018-10-12 - spaced", Some(("2018-10-12", " spaced")));
        check("2018-10-13 nosep", Some(("2018-10-13", "2018-10-13 nosep")));
        check("2018-10-14", Some(("2018-10-14", "2018-10-14")));
        check(
            "2018-10-15T10:11:12Z-rfc",
            Some(("2018-10-15T10:11:12Z", "rfc")),
        );
        check(
            "2018-10-17T10:11:12-noz",
            Some(("2018-10-17", "2018-10-17T10:11:12-noz")),
        );
        check("2018-1-2-short", None);
        check("2024-13-45-bad", None);
        check(
            "2024-01-01T99:00:00Z-t",
            Some(("2024-01-01", "2024-01-01T99:00:00Z-t")),
        );
    }

    #[test]
    fn slugs() {
        let check = |slugs: Slugs, text: &str, expected: &str| {
            assert_eq!(slugs.slug(text), expected, "{text}");
        };
        check(Slugs::On, "Hello Wörld/x", "hello-world-x");
        check(Slugs::On, "Ünï “q” C++ & co", "uni-q-c-co");
        check(Slugs::On, "日本語", "ri-ben-yu");
        check(Slugs::Safe, "Given Slug/é?", "Given Slugé");
        check(Slugs::Safe, "Hé llo. C++:X ", "Hé llo. C++X");
        check(Slugs::Off, "a/b? ", "a/b? ");
    }
}
