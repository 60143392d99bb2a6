//! The pattern of addresses that the plugin `blog` has, its dates and its slugs.

use chrono::{Datelike, NaiveDateTime, Timelike};
use feedwright_base::permalink::bounded;
use feedwright_base::slice::Slice;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::dialect::NoPermalink;
use crate::front_matter::Value;

use super::settings;

/// The names of months in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a pattern may name of a post.
pub(super) struct Place<'a> {
    pub(super) date: &'a dyn Fn() -> Result<String, NoPermalink>,
    pub(super) slug: &'a dyn Fn() -> Result<String, NoPermalink>,
    pub(super) categories: &'a dyn Fn() -> Result<String, NoPermalink>,
    pub(super) file: &'a str,
}

impl Place<'_> {
    /// Fills in `{date}`, `{slug}`, `{categories}` and `{file}`.
    pub(super) fn fill(&self, pattern: &str) -> Result<String, NoPermalink> {
        bounded(pattern).map_err(NoPermalink::Placeholder)?;
        let mut out = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                return Err(NoPermalink::Placeholder(format!("{{{after}")));
            };
            rest = behind;
            match name {
                "date" => out.push_str(&(self.date)()?),
                "slug" => out.push_str(&(self.slug)()?),
                "categories" => out.push_str(&(self.categories)()?),
                "file" => out.push_str(self.file),
                _ => return Err(NoPermalink::Placeholder(name.to_owned())),
            }
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// A path without empty parts and dots.
pub(super) fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A date by a pattern such as `yyyy/MM/dd`, which Unicode defines; `None` where it names what only
/// a library knows, such as the weekdays of a language.
pub(super) fn dated(pattern: &str, date: NaiveDateTime, english: bool) -> Option<String> {
    if matches!(pattern, "full" | "long" | "medium" | "short") {
        return None;
    }
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(sign) = rest.chars().next() {
        if sign == '\'' {
            let inner = rest.slice(1..);
            let (text, behind) = inner.split_once('\'').unwrap_or((inner, ""));
            // Two quotes are one.
            out.push_str(if text.is_empty() { "'" } else { text });
            rest = behind;
            continue;
        }
        let length = rest
            .bytes()
            .take_while(|&byte| char::from(byte) == sign)
            .count()
            .max(1);
        let end = if sign.is_ascii() {
            length
        } else {
            sign.len_utf8()
        };
        let run = rest.slice(..end);
        rest = rest.slice(end..);
        if sign.is_ascii_alphabetic() {
            out.push_str(&part(sign, length, date, english)?);
        } else {
            out.push_str(run);
        }
    }
    Some(out)
}

/// One part of a date: a sign that is written so many times.
fn part(sign: char, length: usize, date: NaiveDateTime, english: bool) -> Option<String> {
    /// Nobody pads a number further.
    const LONGEST: usize = 10;
    let number = |number: u32| (length <= LONGEST).then(|| format!("{number:0length$}"));
    let year = u32::try_from(date.year()).ok()?;
    match (sign, length) {
        ('y', 2) => Some(format!("{:02}", year % 100)),
        ('y', _) => number(year),
        ('M' | 'L', 1 | 2) => number(date.month()),
        ('M' | 'L', 3 | 4) if english => {
            let name = MONTHS.get(usize::try_from(date.month0()).ok()?)?;
            Some(if length == 3 { name.slice(..3) } else { name }.to_owned())
        }
        ('d', 1 | 2) => number(date.day()),
        ('D', 1..=3) => number(date.ordinal()),
        ('H', 1 | 2) => number(date.hour()),
        ('m', 1 | 2) => number(date.minute()),
        ('s', 1 | 2) => number(date.second()),
        _ => None,
    }
}

/// How a text becomes a part of an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slugs {
    pub(super) case: Case,
    pub(super) separator: String,
}

/// What becomes of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    LowerAscii,
    Fold,
    Keep,
    /// It is code of the site that makes slugs.
    Unknown,
}

impl Slugs {
    /// By a setting that names `pymdownx.slugs.slugify`, which the plugin has itself.
    pub(super) fn of(setting: Option<&Value>, separator: String) -> Self {
        let case = match setting {
            None => Case::Lower,
            Some(setting) => case_of(setting).unwrap_or(Case::Unknown),
        };
        Slugs { case, separator }
    }

    /// The slug of a text, as the function makes it; nothing where that is not known.
    pub(super) fn slug(&self, text: &str) -> String {
        let text: String = without_tags(text).nfc().collect();
        let text = text.trim();
        let text = match self.case {
            Case::Lower => text.to_lowercase(),
            Case::LowerAscii => text.to_ascii_lowercase(),
            Case::Fold => text.to_lowercase().replace('ß', "ss"),
            Case::Keep => text.to_owned(),
            Case::Unknown => return String::new(),
        };
        let is_word = |c: char| (c.is_alphanumeric() && !is_combining_mark(c)) || c == '_';
        let kept = text
            .chars()
            .filter(|&c| is_word(c) || matches!(c, '-' | ' '));
        kept.collect::<String>().replace(' ', &self.separator)
    }
}

/// What a setting says of capitals; `None` where it names another function, or asks for more.
fn case_of(setting: &Value) -> Option<Case> {
    let name = setting
        .text(&[settings::TAG])
        .or_else(|| setting.text(&["object"]))?;
    if name != "pymdownx.slugs.slugify" {
        return None;
    }
    let mut case = Case::Keep;
    for (key, value) in setting.get("kwds").map_or(&[][..], Value::entries) {
        match (key.as_str(), value.as_text()?.as_str()) {
            ("case", "lower") => case = Case::Lower,
            ("case", "lower-ascii") => case = Case::LowerAscii,
            ("case", "fold") => case = Case::Fold,
            ("case", "none") | ("normalize", "NFC") | ("percent_encode", "false") => {}
            _ => return None,
        }
    }
    Some(case)
}

/// A text without its tags.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((_, behind)) => rest = behind,
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_slugs() {
        let slugs = Slugs::of(None, "-".to_owned());
        let check =
            |title: &str, expected: &str| assert_eq!(slugs.slug(title), expected, "{title}");
        check("Hello, World!", "hello-world");
        check("C++ & `code` [x](y)", "c--code-xy");
        check("Übung — Ärger_1", "übung--ärger_1");
        check("<b>Bold</b> 1 < 2", "bold-1--2");
        check("  a  b ", "a--b");
    }

    #[test]
    fn dates_by_patterns() {
        let date = chrono::NaiveDate::from_ymd_opt(2024, 3, 7)
            .and_then(|day| day.and_hms_opt(9, 5, 0))
            .expect("a date");
        let check = |pattern: &str, expected: Option<&str>| {
            assert_eq!(dated(pattern, date, true).as_deref(), expected, "{pattern}");
        };
        check("yyyy/MM/dd", Some("2024/03/07"));
        check("y-M-d", Some("2024-3-7"));
        check("yy.DDD HH:mm", Some("24.067 09:05"));
        check("MMMM/MMM", Some("March/Mar"));
        check("'day' d ''", Some("day 7 '"));
        check("EEEE", None);
        check("long", None);
        check("é yyyy", Some("é 2024"));
        assert_eq!(dated("MMM", date, false), None);
    }

    #[test]
    fn paths_are_plain() {
        assert_eq!(normalized("/2024//a/../b/./c"), "2024/b/c");
        assert_eq!(normalized("../../x"), "x");
    }
}
