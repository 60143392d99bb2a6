//! What Hugo makes of names: path elements, and permalink patterns.

use chrono::{Datelike, NaiveDateTime};
use feedwright_base::permalink::{bounded, decode, iso_day};
use feedwright_base::slice::Slice;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a site wants its paths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PathStyle {
    /// `disablePathToLower`.
    pub(super) keep_case: bool,
    /// `removePathAccents`.
    pub(super) plain_letters: bool,
}

impl PathStyle {
    /// A name of a file or folder as an element of a path: every blank is a hyphen.
    pub(super) fn name(self, name: &str) -> String {
        if self.keep_case {
            return self.text(name);
        }
        let name: String = name
            .chars()
            .map(|c| if c.is_whitespace() { '-' } else { c })
            .collect();
        self.text(&name)
    }

    /// A title or slug in a path: blanks next to each other are one hyphen, those at the ends
    /// none, and signs that do not belong into a path are dropped.
    pub(super) fn text(self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut blank = false;
        let mut hyphen = false;
        for (at, c) in text.char_indices() {
            if is_kept(text, at, c) {
                hyphen = c == '-';
                if blank && !hyphen {
                    clean.push('-');
                }
                blank = false;
                clean.push(c);
            } else if c.is_whitespace() && !clean.is_empty() && !hyphen {
                blank = true;
            }
        }
        if self.plain_letters {
            clean = clean
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .nfc()
                .collect();
        }
        if self.keep_case {
            clean
        } else {
            // Rune by rune, so that no letter becomes two.
            clean
                .chars()
                .map(|c| c.to_lowercase().next().unwrap_or(c))
                .collect()
        }
    }
}

fn is_kept(text: &str, at: usize, c: char) -> bool {
    if c == '%' {
        let digits = text.as_bytes().get(at + 1..at + 3);
        return digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    }
    c.is_alphabetic()
        || c.is_numeric() && !is_fraction(c)
        || "./\\_#+~-@".contains(c)
        || is_combining_mark(c)
}

/// Numerals that are no decimal digits, such as `½` and `²`.
fn is_fraction(c: char) -> bool {
    !c.is_ascii() && c.nfkc().next() != Some(c) && !('\u{660}'..='\u{6f9}').contains(&c)
}

/// What the tokens of a pattern stand for.
pub(super) struct Tokens<'a> {
    pub(super) style: PathStyle,
    /// On the post's own calendar.
    pub(super) published: NaiveDateTime,
    pub(super) title: &'a str,
    /// From front matter, or from a dated name; empty where there is none.
    pub(super) slug: &'a str,
    /// The name of the file, or of the folder of a bundle.
    pub(super) name: &'a str,
    /// The folders that are sections, and the slugs that they have.
    pub(super) sections: &'a [(String, String)],
}

impl Tokens<'_> {
    /// Fills in a pattern of `[permalinks]`. `Err` names an unknown token.
    pub(super) fn permalink(&self, pattern: &str) -> Result<String, String> {
        let filled = self.fill(pattern)?;
        // The path is decoded like a query and cleaned once more.
        let decoded = decode(&filled.replace('+', " ")).unwrap_or(filled);
        let path: Vec<String> = decoded
            .split('/')
            .map(|part| self.style.text(part).trim_end_matches('#').to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        Ok(if path.is_empty() {
            "/".to_owned()
        } else {
            format!("/{}/", path.join("/"))
        })
    }

    /// Fills in the tokens of a text and leaves the rest as it is.
    pub(super) fn fill(&self, pattern: &str) -> Result<String, String> {
        bounded(pattern)?;
        let mut out = String::with_capacity(pattern.len() + self.title.len());
        let mut rest = pattern;
        while let Some(colon) = rest.find(':') {
            if rest.slice(..colon).ends_with('\\') {
                out.push_str(rest.slice(..colon - 1));
                out.push(':');
                rest = rest.slice(colon + 1..);
                continue;
            }
            out.push_str(rest.slice(..colon));
            rest = rest.slice(colon + 1..);
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let range = after
                .strip_prefix('[')
                .and_then(|inner| inner.split_once(']'));
            let value = match range {
                Some((range, after)) if matches!(name, "sections" | "sectionslugs") => {
                    rest = after;
                    self.section_range(name == "sectionslugs", range)
                }
                _ => {
                    rest = after;
                    self.token(name).ok_or_else(|| name.to_owned())?
                }
            };
            out.push_str(&value);
        }
        out.push_str(rest);
        Ok(out)
    }

    fn token(&self, name: &str) -> Option<String> {
        let date = self.published;
        let style = self.style;
        let or = |first: &str, second: String| {
            if first.is_empty() {
                second
            } else {
                style.text(first)
            }
        };
        let title = || style.text(&self.title.replace('/', "-"));
        Some(match name {
            "year" => date.year().to_string(),
            "month" => date.format("%m").to_string(),
            "monthname" => date.format("%B").to_string(),
            "day" => date.format("%d").to_string(),
            "weekday" => date.weekday().num_days_from_sunday().to_string(),
            "weekdayname" => date.format("%A").to_string(),
            "yearday" => date.ordinal().to_string(),
            "section" => self.section_range(false, "0"),
            "sections" => self.section_range(false, "0:"),
            "sectionslug" => self.section_range(true, "last"),
            "sectionslugs" => self.section_range(true, "0:"),
            "title" => title(),
            "slug" => or(self.slug, title()),
            "slugorfilename" | "slugorcontentbasename" => or(self.slug, style.text(self.name)),
            "filename" | "contentbasename" => style.text(self.name),
            layout => date.format(go_layout(layout)?).to_string(),
        })
    }

    /// The sections that `[0]`, `[last]` or `[1:]` choose.
    fn section_range(&self, slugs: bool, range: &str) -> String {
        let all = self.sections.len();
        let index = |text: &str| match text {
            "last" => all.checked_sub(1),
            number => number.parse().ok(),
        };
        let range = match range.split_once(':') {
            Some((from, to)) => {
                let from = if from.is_empty() {
                    Some(0)
                } else {
                    index(from)
                };
                let to = if to.is_empty() { Some(all) } else { index(to) };
                from.zip(to)
            }
            None => index(range).map(|at| (at, at + 1)),
        };
        let chosen = range.and_then(|(from, to)| self.sections.get(from..to.min(all)));
        chosen
            .unwrap_or_default()
            .iter()
            .map(|(name, slug)| if slugs { slug } else { name }.as_str())
            .collect::<Vec<_>>()
            .join("/")
    }
}

/// Go's reference time in the layouts that one token can hold.
fn go_layout(layout: &str) -> Option<&'static str> {
    Some(match layout {
        "2006" => "%Y",
        "06" => "%y",
        "01" => "%m",
        "1" => "%-m",
        "Jan" => "%b",
        "January" => "%B",
        "02" => "%d",
        "2" => "%-d",
        "002" => "%j",
        "Mon" => "%a",
        "Monday" => "%A",
        "15" => "%H",
        "03" => "%I",
        "3" => "%-I",
        "04" => "%M",
        "4" => "%-M",
        "05" => "%S",
        "5" => "%-S",
        "PM" => "%p",
        "pm" => "%P",
        _ => return None,
    })
}

/// The day, and time, that a name begins with, and what follows: Hugo's `:filename`.
pub(super) fn dated(name: &str) -> Option<(String, &str)> {
    let day = iso_day(name)?;
    let rest = name.slice(10..);
    let time = rest.get(..9).filter(|time| {
        time.bytes().enumerate().all(|(at, byte)| match at {
            0 => matches!(byte, b'-' | b'_' | b'T' | b't'),
            3 | 6 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    });
    let (date, rest) = match time {
        Some(time) => (
            format!("{day}T{}", time.slice(1..).replace('-', ":")),
            rest.slice(9..),
        ),
        None => (day.to_owned(), rest),
    };
    Some((date, rest.trim_start_matches(['-', '_', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts() {
        let style = PathStyle::default();
        let name = |text: &str, expected: &str| assert_eq!(style.name(text), expected, "{text}");
        name("Hello World", "hello-world");
        name("sp  ace", "sp--ace");
        name("a - b", "a---b");
        name("q?mark", "qmark");
        name("100%", "100");
        name("C++", "c++");
        name("x_y.z", "x_y.z");
        let text = |text: &str, expected: &str| assert_eq!(style.text(text), expected, "{text}");
        text("a - b", "a-b");
        text("  a   b ", "a-b");
        text("What's New? It's \"quoted\"", "whats-new-its-quoted");
        text("½ cup", "cup");
        text("日本 語", "日本-語");
        let plain = PathStyle {
            plain_letters: true,
            ..style
        };
        assert_eq!(plain.text("éàü Ñ"), "eau-n");
    }

    #[test]
    fn patterns() {
        let sections = [
            ("post".to_owned(), "post".to_owned()),
            ("sub".to_owned(), "s".to_owned()),
        ];
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 7).expect("a day");
        let check = |pattern: &str, title: &str, expected: &str| {
            let tokens = Tokens {
                style: PathStyle::default(),
                published: day.and_hms_opt(0, 0, 0).expect("a time"),
                title,
                slug: "",
                name: "File Name",
                sections: &sections,
            };
            let found = tokens
                .permalink(pattern)
                .unwrap_or_else(|name| format!("no :{name}"));
            assert_eq!(found, expected, "{pattern} {title}");
        };
        check("/:year/:month/:day/:title/", "A T", "/2020/02/07/a-t/");
        check("x/:title.html", "A T", "/x/a-t.html/");
        check("/:title", "C++ & C#", "/c-c/");
        check("/:title", "a/b/c", "/a-b-c/");
        check("/:title", "#hash", "/#hash/");
        check("/:title/", "", "/");
        check("/:sections/:filename", "", "/post/sub/file-name/");
        check(
            "/:sections[1:]/:sections[last]/:sections[7]",
            "",
            "/sub/sub/",
        );
        check(
            "/:sectionslugs/:weekdayname/:yearday",
            "",
            "/post/s/friday/38/",
        );
        check("/:2006/:Jan/:02", "", "/2020/feb/07/");
        check("/:nope/", "", "no :nope");
    }

    #[test]
    fn dated_names() {
        let check = |name: &str, expected: Option<(&str, &str)>| {
            let found = dated(name);
            let found = found.as_ref().map(|(date, slug)| (date.as_str(), *slug));
            assert_eq!(found, expected, "{name}");
        };
        check("2017-02-20-title", Some(("2017-02-20", "title")));
        check(
            "2017-02-20_Under Title",
            Some(("2017-02-20", "Under Title")),
        );
        check(
            "2017-02-20-10-11-12-tt",
            Some(("2017-02-20T10:11:12", "tt")),
        );
        check("2017-02-20", Some(("2017-02-20", "")));
        check("2017-2-3-y", None);
    }
}
