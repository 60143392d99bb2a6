//! Where each top-level key of a front matter stands, and whether its value was quoted.
//!
//! `serde_yaml` gives values without quoting or lines. Jekyll's rule for dates needs the one,
//! every diagnostic the other. The index is only ever used beside the parsed values: a key that
//! it misses costs a precise line, never a value.

use feedwright_base::slice::Slice;

use crate::records;

/// Where a top-level key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub key: String,
    /// From 1, within the front matter's own text.
    pub line: usize,
    /// Column of the value, from 1; of the key when the value stands on a later line.
    pub column: usize,
    /// Whether the value is written in quotes.
    pub quoted: bool,
    /// The text of a plain one-line scalar as written: `1.10` stays `1.10`.
    pub plain: Option<String>,
}

/// The top-level keys of a YAML block mapping, in order.
pub fn yaml(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    // The quote that a value which spans lines has opened, and the flow brackets it is inside.
    let mut state = Open::default();
    for (number, line) in text.lines().enumerate() {
        if state.is_inside() {
            state.scan(line);
            continue;
        }
        if line.starts_with([' ', '\t', '#', '-', '%']) || line.trim().is_empty() {
            continue;
        }
        let Some((key, value_at)) = yaml_key(line) else {
            continue;
        };
        let value = line.slice(value_at..).trim_start();
        let column = if value.is_empty() {
            1
        } else {
            line.slice(..line.len() - value.len()).chars().count() + 1
        };
        state = Open::default();
        let quoted = value.starts_with(['"', '\'']);
        if quoted || value.starts_with(['[', '{']) {
            state.scan(value);
        }
        marks.push(Mark {
            key,
            line: number + 1,
            column,
            quoted,
            plain: plain_scalar(value),
        });
    }
    marks
}

/// A key at the start of a line and where its value begins.
fn yaml_key(line: &str) -> Option<(String, usize)> {
    let first = line.chars().next()?;
    if first == '"' || first == '\'' {
        let close = line.slice(1..).find(first)? + 1;
        let rest = line.slice(close + 1..).trim_start();
        let value_at = line.len() - rest.len() + 1;
        return rest
            .starts_with(':')
            .then(|| (line.slice(1..close).to_owned(), value_at));
    }
    let colon = line.match_indices(':').map(|(at, _)| at).find(|&at| {
        matches!(
            line.as_bytes().get(at + 1),
            None | Some(b' ' | b'\t' | b'\r')
        )
    })?;
    Some((line.slice(..colon).trim_end().to_owned(), colon + 1))
}

/// The text of a scalar that is plain and ends on its line.
fn plain_scalar(value: &str) -> Option<String> {
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']) {
        return None;
    }
    let end = value.find(" #").unwrap_or(value.len());
    let text = value.slice(..end).trim();
    (!text.is_empty() && !text.starts_with('#')).then(|| text.to_owned())
}

#[derive(Default)]
struct Open {
    quote: Option<char>,
    brackets: usize,
}

impl Open {
    fn is_inside(&self) -> bool {
        self.quote.is_some() || self.brackets > 0
    }

    fn scan(&mut self, text: &str) {
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match (self.quote, c) {
                (Some('"'), '\\') => {
                    chars.next();
                }
                (Some(quote), c) if c == quote => {
                    self.quote = None;
                    if self.brackets == 0 {
                        return;
                    }
                }
                (Some(_), _) => {}
                (None, '"' | '\'') => self.quote = Some(c),
                (None, '[' | '{') => self.brackets += 1,
                (None, ']' | '}') => self.brackets = self.brackets.saturating_sub(1),
                (None, '#') => return,
                (None, _) => {}
            }
        }
    }
}

/// The keys of a TOML document's root table, and its tables as keys.
pub fn toml(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut in_table = false;
    // The quotes that close the text of several lines that is open.
    let mut open: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        if let Some(quotes) = open {
            if line.contains(quotes) {
                open = None;
            }
            continue;
        }
        open = ["\"\"\"", "\'\'\'"]
            .into_iter()
            .find(|quotes| line.matches(quotes).count() % 2 == 1);
        let (key, column) = if let Some(table) = trimmed.strip_prefix('[') {
            in_table = true;
            let name = table.trim_start_matches('[');
            let end = name.find([']', '.']).unwrap_or(name.len());
            (name.slice(..end).trim().to_owned(), 1)
        } else if let Some((key, value)) = trimmed.split_once('=') {
            let value = value.trim_start();
            (
                key.trim().trim_matches(['"', '\'']).to_owned(),
                line.slice(..line.len() - value.len()).chars().count() + 1,
            )
        } else {
            continue;
        };
        let is_header = trimmed.starts_with('[');
        if (in_table && !is_header) || key.is_empty() || key.starts_with('#') {
            continue;
        }
        let value = trimmed.split_once('=').map_or("", |(_, v)| v.trim_start());
        marks.push(Mark {
            key,
            line: number + 1,
            column,
            quoted: value.starts_with(['"', '\'']),
            plain: None,
        });
    }
    marks
}

/// The keys of a JSON object's own level, in order.
pub fn json(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut line, mut depth) = (1, 0_usize);
    // The column of a place on the line: counted on from there, not from the line's beginning,
    // because an object may stand on one line.
    let (mut counted_to, mut column) = (0, 1);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => {
                line += 1;
                (counted_to, column) = (at + 1, 1);
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' => {
                column += text.slice(counted_to..at).chars().count();
                counted_to = at;
                let mut escaped = false;
                let end = chars.find(|(_, c)| {
                    let ends = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    ends
                });
                let Some((end, _)) = end else { break };
                let value = text.slice(end + 1..).trim_start().strip_prefix(':');
                if depth == 1
                    && let Some(value) = value
                    && let Ok(key) = serde_json::from_str(text.slice(at..=end))
                {
                    marks.push(Mark {
                        key,
                        line,
                        column,
                        quoted: true,
                        plain: records::number(value.trim_start()).map(str::to_owned),
                    });
                }
            }
            _ => {}
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, usize, usize, bool)]) {
        let found: Vec<_> = yaml(text)
            .into_iter()
            .map(|m| (m.key, m.line, m.column, m.quoted))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(key, line, column, quoted)| (key.to_owned(), line, column, quoted))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn yaml_keys() {
        check(
            "title: A\ndate: 2020-01-01",
            &[("title", 1, 8, false), ("date", 2, 7, false)],
        );
        check(
            "title: \"A\"\r\ntags:\r\n- b: c\r\nx: 1",
            &[
                ("title", 1, 8, true),
                ("tags", 2, 1, false),
                ("x", 4, 4, false),
            ],
        );
        check(
            "a: \"one\ntwo: three\"\nb: 2",
            &[("a", 1, 4, true), ("b", 3, 4, false)],
        );
        check(
            "a: [x,\ny: z]\nb: |\n  c: d\n'q r': 5",
            &[("a", 1, 4, false), ("b", 3, 4, false), ("q r", 5, 8, false)],
        );
        check(
            "url: http://a\nt: it's: \"x",
            &[("url", 1, 6, false), ("t", 2, 4, false)],
        );
        check(
            "a: \"x\\\"y\"\n# c: d\nb: ''",
            &[("a", 1, 4, true), ("b", 3, 4, true)],
        );
    }

    #[test]
    fn plain_text_is_kept_as_written() {
        assert_eq!(yaml("v: 1.10 # comment")[0].plain.as_deref(), Some("1.10"));
        assert_eq!(yaml("v: &a x")[0].plain, None);
        let plain = |text: &str| json(text).pop().and_then(|mark| mark.plain);
        for number in ["1.10", "99999999999999999999999", "-1e5"] {
            let text = format!("{{\"v\" : {number}}}");
            assert_eq!(plain(&text).as_deref(), Some(number));
        }
        assert_eq!(plain("{\"v\": \"1.10\"}"), None);
    }
}
