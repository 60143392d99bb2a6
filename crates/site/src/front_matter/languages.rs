//! Front matter in its languages: YAML, TOML, JSON and headers.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::source::Source;

use super::bounds;
use super::places::{json_mistake, position, yaml_mistake};
use super::split::{Header, Split, header};
use super::value::{Value, from_yaml};
use super::{Field, index, plain};

/// `Key: value` lines; what is indented by four blanks continues the value above it. Of a
/// repeated key the first counts, as in Pelican.
pub(super) fn headers(split: &Split<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut is_first = true;
    for (number, line) in split.text.lines().enumerate() {
        if let Some(Header { key, value, before }) = header(line) {
            is_first = known.insert(key.to_ascii_lowercase());
            if is_first {
                fields.push(Field {
                    key: key.to_owned(),
                    value: Value::String(value.to_owned()),
                    line: split.first_line + number,
                    column: before.chars().count() + 1,
                    quoted: false,
                });
            }
        } else if let Some(Field {
            value: Value::String(text),
            ..
        }) = fields.last_mut().filter(|_| is_first)
        {
            text.push('\n');
            text.push_str(line.trim());
        }
    }
    fields
}

pub(super) fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

pub(super) fn yaml(
    source: &Source,
    split: &Split<'_>,
    diags: &mut Diagnostics,
) -> Option<Vec<Field>> {
    let plain = plain::fields(split.text, split.first_line);
    if plain.is_some() {
        return plain;
    }
    let text = without_controls(source, split, diags);
    if let Some(line) = bounds::deep_line(&text) {
        diags.error(
            "front-matter-nested",
            Location::at(&source.path, split.first_line + line - 1, 1),
            "the front matter nests too deeply to be read",
            "remove the brackets, hyphens, question marks or indentation that open level after level",
        );
        return None;
    }
    let value = match from_yaml(&text) {
        Ok(value) => value,
        Err(error) => {
            let at = yaml_mistake(&text, &error).unwrap_or(0);
            let (line, column) = position(&text, at);
            diags.error(
                "front-matter-yaml",
                Location::at(&source.path, split.first_line + line - 1, column),
                format!(
                    "the YAML front matter cannot be read: {}",
                    without_position(&error)
                ),
                yaml_remedy(&text, line),
            );
            return None;
        }
    };
    match value {
        Value::Null => Some(Vec::new()),
        Value::Map(entries) => Some(place(entries, index::yaml(&text), split.first_line)),
        _ => {
            diags.error(
                "front-matter-yaml",
                Location::at(&source.path, split.first_line, 1),
                "the front matter is not a list of `key: value` lines",
                "write one `key: value` on each line, with a space after the colon",
            );
            None
        }
    }
}

/// The text with blanks for control characters, which YAML forbids and nobody means to write.
fn without_controls<'a>(
    source: &Source,
    split: &Split<'a>,
    diags: &mut Diagnostics,
) -> Cow<'a, str> {
    let unwanted = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let Some(at) = split.text.find(unwanted) else {
        return Cow::Borrowed(split.text);
    };
    let (line, column) = position(split.text, at);
    diags.warning(
        "front-matter-control",
        Location::at(&source.path, split.first_line + line - 1, column),
        "the front matter contains a control character, which is read as a blank",
        "delete it; most editors can show such characters",
    );
    Cow::Owned(split.text.replace(unwanted, " "))
}

/// The parser's sentence without its own line and column, which count from the fence.
fn without_position(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    text.slice(..end).to_owned()
}

/// What to do about a mistake in YAML that the parser noticed on a line.
pub(crate) fn yaml_remedy(text: &str, line: usize) -> String {
    // The parser notices a mistake where it can no longer go on, often a line late.
    let lines: Vec<&str> = text.lines().collect();
    let suspects = [line, line.saturating_sub(1)];
    for suspect in suspects {
        let Some(text) = suspect.checked_sub(1).and_then(|at| lines.get(at)) else {
            continue;
        };
        if text.starts_with('\t') {
            return "indent with spaces: YAML does not allow tabs there".to_owned();
        }
        if let Some((key, value)) = text.split_once(": ")
            && value.contains(": ")
            && !value.trim_start().starts_with(['"', '\''])
        {
            return format!(
                "put the value of `{}` in quotes, because it contains a colon and a space",
                key.trim()
            );
        }
    }
    "put values that contain `: `, `#`, quotes or brackets in quotes".to_owned()
}

pub(super) fn toml(
    source: &Source,
    split: &Split<'_>,
    diags: &mut Diagnostics,
) -> Option<Vec<Field>> {
    match toml::from_str::<toml::Table>(split.text) {
        Ok(table) => {
            let Value::Map(entries) = Value::from(toml::Value::Table(table)) else {
                return Some(Vec::new());
            };
            Some(place(entries, index::toml(split.text), split.first_line))
        }
        Err(error) => {
            let at = split.start
                + error
                    .span()
                    .map_or(0, |span| span.start.min(split.text.len()));
            let (line, column) = position(&source.text, at);
            diags.error(
                "front-matter-toml",
                Location::at(&source.path, line, column),
                format!(
                    "the TOML front matter cannot be read: {}",
                    error.message().lines().next().unwrap_or_default()
                ),
                "write `key = value`, with text in quotes",
            );
            None
        }
    }
}

pub(super) fn json(
    source: &Source,
    split: &Split<'_>,
    diags: &mut Diagnostics,
) -> Option<Vec<Field>> {
    // Between fences the object's own braces may be missing.
    let text = split.text.trim_start();
    let (text, added) = if text.starts_with('{') {
        (Cow::Borrowed(split.text), 0)
    } else {
        (Cow::Owned(format!("{{{}}}", split.text)), 1)
    };
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Map(entries)) => {
            let marks = index::json(&text);
            Some(place(entries, marks, split.first_line))
        }
        Ok(_) => Some(Vec::new()),
        Err(error) => {
            let at = json_mistake(&text, &error).saturating_sub(added);
            let at = split.start + at.min(split.text.len());
            json_error(source, at, &error, diags);
            None
        }
    }
}

/// Tells of a mistake in JSON at a byte of the file.
pub(super) fn json_error(
    source: &Source,
    at: usize,
    error: &serde_json::Error,
    diags: &mut Diagnostics,
) {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    let (line, column) = position(&source.text, at);
    diags.error(
        "front-matter-json",
        Location::at(&source.path, line, column),
        format!(
            "the JSON front matter cannot be read: {}",
            text.slice(..end)
        ),
        "check the commas, quotes and braces near this place",
    );
}

/// Joins parsed entries with their marks. Repeated keys take their marks in order.
pub(super) fn place(
    entries: Vec<(String, Value)>,
    marks: Vec<index::Mark>,
    first_line: usize,
) -> Vec<Field> {
    // Marks mostly come in the order of the entries; the others wait until they are asked for.
    let mut marks = marks.into_iter();
    let mut waiting: HashMap<String, VecDeque<index::Mark>> = HashMap::new();
    entries
        .into_iter()
        .map(|(key, value)| {
            let mut mark = waiting.get_mut(&key).and_then(VecDeque::pop_front);
            while mark.is_none()
                && let Some(next) = marks.next()
            {
                if next.key == key {
                    mark = Some(next);
                } else {
                    waiting.entry(next.key.clone()).or_default().push_back(next);
                }
            }
            let Some(mark) = mark else {
                return Field {
                    key,
                    value,
                    line: first_line,
                    column: 1,
                    quoted: false,
                };
            };
            let value = match (value, mark.plain) {
                // A number keeps its digits: version 1.10 is not 1.1.
                (Value::Number(_), Some(plain)) => Value::Number(plain),
                (value, _) => value,
            };
            Field {
                key,
                value,
                line: first_line + mark.line - 1,
                column: mark.column,
                quoted: mark.quoted,
            }
        })
        .collect()
}
