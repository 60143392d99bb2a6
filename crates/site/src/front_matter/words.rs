//! Where values stand, to the byte: for messages and edits that have to be exact.
//!
//! Like the index, this is only used beside parsed values: whoever edits what it finds decodes the
//! result and compares.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use feedwright_base::slice::Slice;

use super::{Field, Format, FrontMatter, Value};

/// The tables that hold keys like those beside them.
const TABLES: [&str; 3] = ["taxonomies", "params", "extra"];

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its place in the file, without quotes.
    pub range: Range<usize>,
    pub quote: Option<char>,
    /// What it says.
    pub text: String,
}

impl FrontMatter {
    /// The scalars under some keys, in order. What stands in a string is there as a whole, and
    /// by its parts between commas or blanks.
    pub fn words(&self, text: &str, keys: &[String]) -> Vec<Word> {
        // To Hugo and Pelican, `Tags` is `tags`.
        let is_named = |key: &str| keys.iter().any(|own| own.eq_ignore_ascii_case(key));
        let mut words = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        // Of a repeated key, the last counts.
        for field in self.fields.iter().rev() {
            let is_table = TABLES.contains(&field.key.as_str());
            if !(is_table || is_named(&field.key)) || !seen.insert(&field.key) {
                continue;
            }
            let Some(region) = self.region(text, field) else {
                continue;
            };
            if !is_table {
                let is_string = matches!(field.value, Value::String(_));
                for word in scan(text, region, self.format) {
                    let parts = if is_string { parts(&word) } else { Vec::new() };
                    words.push(word);
                    words.extend(parts);
                }
            } else if let Some((key, _)) =
                field.value.entries().iter().find(|(key, _)| is_named(key))
                && let Some(region) = inner_region(text, region, key)
            {
                words.extend(scan(text, region, self.format));
            }
        }
        words.sort_by_key(|word| (word.range.start, Reverse(word.range.end)));
        words
    }

    /// The only scalar that a key has on its line; `None` where it has something else.
    pub fn scalar(&self, text: &str, field: &Field) -> Option<Word> {
        let region = self.region(text, field)?;
        let mut words = scan(text, region, self.format).into_iter();
        let word = words.next().filter(|_| words.next().is_none())?;
        let is_block = word.quote.is_none() && word.text.starts_with(['|', '>', '&', '*', '!']);
        (!is_block && !word.text.contains('\n')).then_some(word)
    }

    /// From where the value of a key begins to where the next key does.
    fn region(&self, text: &str, field: &Field) -> Option<Range<usize>> {
        let start = self.offset(text, field.line, field.column)?;
        let start = if self.format == Format::Json {
            let key = scan(text, start..self.inner.end, Format::Json);
            let after = key.first()?.range.end + 1;
            after + text.get(after..)?.find(':')? + 1
        } else if self.format == Format::Yaml && field.column == 1 {
            // The value stands on the lines behind its key.
            start + text.get(start..)?.find(':')? + 1
        } else {
            start
        };
        let behind = self.fields.iter();
        let next = behind
            .map(|other| (other.line, other.column))
            .filter(|other| *other > (field.line, field.column))
            .min();
        let next = next.and_then(|(line, column)| match self.format {
            Format::Json => self.offset(text, line, column),
            _ => self.offset(text, line, 1),
        });
        let end = next.filter(|end| *end > start).unwrap_or(self.inner.end);
        (start <= end && end <= self.inner.end).then_some(start..end)
    }

    /// The byte at a line and column of the front matter.
    fn offset(&self, text: &str, line: usize, column: usize) -> Option<usize> {
        let before = text.get(..self.inner.start)?;
        let skipped = line.checked_sub(before.matches('\n').count() + 1)?;
        let inner = text.get(self.inner.clone())?;
        let mut lines = inner.split_inclusive('\n');
        let above: usize = lines.by_ref().take(skipped).map(str::len).sum();
        let (line, start) = (lines.next()?, self.inner.start + above);
        let (at, _) = line.char_indices().nth(column.checked_sub(1)?)?;
        Some(start + at)
    }
}

/// The value of a key inside of a table.
fn inner_region(text: &str, table: Range<usize>, key: &str) -> Option<Range<usize>> {
    let mut at = table.start;
    let mut found: Option<(usize, usize)> = None;
    let mut open = 0_usize;
    for line in text.get(table.clone())?.split_inclusive('\n') {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let mut value = "";
        if let Some((start, outer)) = found {
            let is_next = !bare.is_empty() && indent <= outer && !bare.starts_with(['-', ']']);
            if is_next && open == 0 {
                return Some(start..at);
            }
            value = line;
        } else if let Some(rest) = bare.trim_start_matches(['"', '\'']).strip_prefix(key) {
            let rest = rest.trim_start_matches(['"', '\'', ' ', '\t']);
            if rest.starts_with(['=', ':']) {
                found = Some((at + line.len() - rest.len() + 1, indent));
                value = rest;
            }
        }
        open = (open + value.matches('[').count()).saturating_sub(value.matches(']').count());
        at += line.len();
    }
    found.map(|(start, _)| start..table.end)
}

/// The scalars in a part of a text.
fn scan(text: &str, region: Range<usize>, format: Format) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = region.start;
    let mut depth = 0_usize;
    while let Some(c) = text.slice(at..region.end).chars().next() {
        let rest = text.slice(at..region.end);
        let next = rest.slice(c.len_utf8()..).chars().next();
        match c {
            '[' | '{' if format != Format::Headers => depth += 1,
            ']' | '}' if depth > 0 => depth -= 1,
            ',' if depth > 0 || format == Format::Json => {}
            '#' if format != Format::Json && format != Format::Headers => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '-' if depth == 0 && format == Format::Yaml && next.is_none_or(char::is_whitespace) => {
            }
            '"' | '\'' if format != Format::Headers => {
                let length = quoted(rest.slice(1..), c, format);
                let inner = rest.slice(1..1 + length);
                words.push(Word {
                    range: at + 1..at + 1 + length,
                    quote: Some(c),
                    text: unquoted(inner, c, format),
                });
                at += (length + 2).min(rest.len());
                continue;
            }
            c if c.is_whitespace() => {}
            _ => {
                let end = plain(rest, depth, format);
                let bare = rest.slice(..end).trim_end();
                words.push(Word {
                    range: at..at + bare.len(),
                    quote: None,
                    text: bare.to_owned(),
                });
                at += end.max(c.len_utf8());
                continue;
            }
        }
        at += c.len_utf8();
    }
    words
}

/// How long a plain scalar is.
fn plain(rest: &str, depth: usize, format: Format) -> usize {
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        let ends = match c {
            '\n' => true,
            ',' | ']' | '}' => depth > 0,
            '#' => format != Format::Headers && before.is_whitespace(),
            _ => false,
        };
        if ends {
            return at;
        }
        before = c;
    }
    rest.len()
}

/// How long a text is up to the quote that closes it.
fn quoted(rest: &str, quote: char, format: Format) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let is_doubled = format == Format::Yaml
                && quote == '\''
                && chars.peek().is_some_and(|(_, next)| *next == quote);
            if !is_doubled {
                return at;
            }
            chars.next();
        }
    }
    rest.len()
}

fn unquoted(inner: &str, quote: char, format: Format) -> String {
    if quote == '"' {
        return serde_json::from_str(&format!("\"{inner}\"")).unwrap_or_else(|_| inner.to_owned());
    }
    if format == Format::Yaml {
        return inner.replace("''", "'");
    }
    inner.to_owned()
}

/// The parts of a string that is a list for its generator.
fn parts(word: &Word) -> Vec<Word> {
    let sign = [';', ',']
        .into_iter()
        .find(|sign| word.text.contains(*sign));
    // What is escaped has other places than its text.
    if word.text.len() != word.range.len() {
        return Vec::new();
    }
    let pieces: Vec<&str> = match sign {
        Some(sign) => word.text.split(sign).collect(),
        None => word.text.split_whitespace().collect(),
    };
    let pieces = pieces.into_iter().map(str::trim);
    let mut done = 0;
    pieces
        .filter(|piece| !piece.is_empty())
        .filter_map(|piece| {
            // Pieces stand in order, each behind the one before it.
            let start = done + word.text.slice(done..).find(piece)?;
            done = start + piece.len();
            Some(Word {
                range: word.range.start + start..word.range.start + done,
                quote: word.quote,
                text: piece.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, decode};
    use crate::source::Source;
    use feedwright_base::diagnostic::Diagnostics;

    fn check(text: &str, expected: &[&str]) {
        let source = Source {
            path: "a.md".into(),
            text: text.to_owned(),
        };
        let syntax = if text.starts_with(['-', '+', '{', '\u{feff}']) {
            Syntax::Fenced
        } else {
            Syntax::Headers
        };
        let front_matter = decode(&source, syntax, &mut Diagnostics::new()).expect("front matter");
        let keys = ["tags".to_owned(), "Tags".to_owned()];
        let words = front_matter.words(text, &keys);
        let found: Vec<&str> = words.iter().map(|word| &text[word.range.clone()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_of_lists() {
        check(
            "---\ntags: [a, \"b c\", 'd']  # e\nx: f\n---\n",
            &["a", "b c", "d"],
        );
        check(
            "---\r\ntags:\r\n- a b\r\n  # c\r\n- \"d\"\r\n---\r\n",
            &["a b", "d"],
        );
        check(
            "---\ntags:\n  - a, b\n  - c # d\nx: y\n---\n",
            &["a, b", "c"],
        );
        check("---\ntags: a b\n---\n", &["a b", "a", "b"]);
        check("---\ntags: \"a, b c\"\n---\n", &["a, b c", "a", "b c"]);
        check("---\ntags: [\n  a, # b\n  c\n]\nx: d\n---\n", &["a", "c"]);
        check("+++\ntags = [\"a\", 'b']\nx = \"c\"\n+++\n", &["a", "b"]);
        check(
            "+++\n[taxonomies]\ntags = [\n  \"a\",\n]\ncategories = [\"a\"]\n[extra]\nx = \"a\"\n+++\n",
            &["a"],
        );
        check("{\"tags\": [\"a\", \"b\"], \"x\": \"c\"}\n", &["a", "b"]);
        check(
            "Title: x\nTags: a, b c\nDate: y\n\nText",
            &["a, b c", "a", "b c"],
        );
        check("\u{feff}---\ntags: [ü, 'it''s']\n---\n", &["ü", "it''s"]);
    }
}
