//! Pelican's slugs, and its patterns in Python's format language.

use chrono::NaiveDateTime;
use deunicode::deunicode;
use feedwright_base::permalink::bounded;
use feedwright_base::slice::Slice;
use feedwright_base::text::plain;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// How titles become slugs: `SLUGIFY_USE_UNICODE`, `SLUGIFY_PRESERVE_CASE` and
/// `SLUG_REGEX_SUBSTITUTIONS`.
pub(super) struct Slugs {
    pub(super) unicode: bool,
    pub(super) keep_case: bool,
    pub(super) substitutions: Vec<(Regex, String)>,
}

impl Slugs {
    pub(super) fn slug(&self, text: &str) -> String {
        // Expressions can make a text longer without end.
        const LONGEST: usize = 10_000;
        let text = text.slice(..text.floor_char_boundary(LONGEST));
        let mut slug: String = plain(text).nfkc().collect();
        if !self.unicode {
            slug = deunicode(&slug);
        }
        for (pattern, with) in &self.substitutions {
            slug = pattern.replace_all(&slug, with.as_str()).into_owned();
            if slug.len() > LONGEST {
                break;
            }
        }
        if !self.keep_case {
            slug = slug.to_lowercase();
        }
        slug.trim().to_owned()
    }
}

/// A regular expression of Python's, as far as this language's are the same.
pub(super) fn python_regex(pattern: &str, ignore_case: bool, at_start: bool) -> Option<Regex> {
    let pattern = pattern.replace("\\Z", "\\z");
    let pattern = if at_start {
        format!("^(?:{pattern})")
    } else {
        pattern
    };
    regex::RegexBuilder::new(&pattern)
        .case_insensitive(ignore_case)
        .size_limit(1 << 20)
        .build()
        .ok()
}

/// A replacement of Python's: `\1` is `$1` here.
pub(super) fn python_replacement(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text
        .replace('$', "$$")
        .chars()
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek().copied()) {
            ('\\', Some(digit)) if digit.is_ascii_digit() => {
                out.push_str(&format!("${{{digit}}}"));
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Fills in `{slug}` and `{date:%Y}`. `Err` names a key that has no value.
pub(super) fn fill(
    pattern: &str,
    published: NaiveDateTime,
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    bounded(pattern)?;
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(rest.slice(..open));
        let Some((inner, after)) = rest.slice(open + 1..).split_once('}') else {
            return Err(rest.slice(open..).to_owned());
        };
        rest = after;
        let (key, format) = inner.split_once(':').unwrap_or((inner, ""));
        if key == "date" {
            let format = if format.is_empty() {
                "%Y-%m-%d %H:%M:%S"
            } else {
                format
            };
            out.push_str(&formatted(published, format).ok_or_else(|| inner.to_owned())?);
        } else {
            out.push_str(&value(key).ok_or_else(|| key.to_owned())?);
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// A date by a format that somebody wrote; `None` when the format has an unknown sign in it.
pub(in crate::dialect) fn formatted(date: NaiveDateTime, format: &str) -> Option<String> {
    use std::fmt::Write;
    let mut out = String::new();
    write!(out, "{}", date.format(format)).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slugs() -> Slugs {
        let substitutions = super::super::site::DEFAULT_SUBSTITUTIONS
            .iter()
            .filter_map(|(pattern, with)| {
                Some((python_regex(pattern, true, false)?, (*with).to_owned()))
            })
            .collect();
        Slugs {
            unicode: false,
            keep_case: false,
            substitutions,
        }
    }

    #[test]
    fn titles_become_slugs() {
        let check =
            |title: &str, expected: &str| assert_eq!(slugs().slug(title), expected, "{title}");
        check("C++ & C#", "c-c");
        check("L'été — à Noël", "lete-a-noel");
        check("x.y.z", "xyz");
        check("a/b\\c", "abc");
        check("foo_bar", "foo_bar");
        check("don't", "dont");
        check("a--b - c", "a-b-c");
        check("<i>It</i> &amp; c", "it-c");
    }

    #[test]
    fn patterns() {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 3, 4).expect("a day");
        let day = day.and_hms_opt(5, 6, 7).expect("a time");
        let check = |pattern: &str, expected: &str| {
            let found = fill(pattern, day, |key| (key == "slug").then(|| "s".to_owned()));
            assert_eq!(found.unwrap_or_else(|key| format!("no {key}")), expected);
        };
        check(
            "blog/{date:%Y}/{date:%m}/{slug}.html",
            "blog/2020/03/s.html",
        );
        check("{date:%-d}/{date:%b}", "4/Mar");
        check("{name}", "no name");
        check("{date:%Q}", "no date:%Q");
        check("{slug", "no {slug");
        assert_eq!(python_replacement("a\\1$"), "a${1}$$");
    }
}
