//! Where front matter ends and the body begins.

use crate::diagnostic::{Diagnostics, Location};
use crate::source::Source;

use super::{Format, count_lines, json_error};

/// The front matter's text between its fences.
pub(super) struct Split<'a> {
    pub(super) format: Format,
    pub(super) text: &'a str,
    /// The line of `text`'s first line in the file, from 1.
    pub(super) first_line: usize,
    pub(super) body_start: usize,
}

/// Finds the front matter and where the body begins; `None` when it never ends.
pub(super) fn split<'a>(source: &'a Source, diags: &mut Diagnostics) -> Option<Split<'a>> {
    let text = source.text.as_str();
    // A byte-order mark and blank lines before the first fence are an editor's traces.
    let start = text.len()
        - text
            .trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t'])
            .len();
    let rest = &text[start..];
    let (fence, format) = match rest.as_bytes() {
        [b'-', b'-', b'-', ..] => ("---", Format::Yaml),
        [b'+', b'+', b'+', ..] => ("+++", Format::Toml),
        [b'{', ..] if looks_like_json(rest) => return split_json(source, start, diags),
        _ => return Some(without(text)),
    };
    let first_line_end = rest.find('\n').unwrap_or(rest.len());
    if rest[..first_line_end].trim_end() != fence {
        return Some(without(text));
    }
    let content_start = start + (first_line_end + 1).min(rest.len());
    let first_line = 1 + count_lines(&text[..content_start]);
    let mut at = content_start;
    for line in text[content_start..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (format == Format::Yaml && bare == "...") {
            return Some(Split {
                format,
                text: &text[content_start..at],
                first_line,
                body_start: at + line.len(),
            });
        }
        at += line.len();
    }
    // A line of hyphens at the top of a text is a rule, unless keys follow it.
    let next = text[content_start..]
        .lines()
        .find(|line| !line.trim().is_empty());
    let is_key = |line: &str| {
        line.split_once([':', '=']).is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && !key.contains(char::is_whitespace)
        })
    };
    if !next.is_some_and(is_key) {
        return Some(without(text));
    }
    diags.error(
        "front-matter-unclosed",
        Location::at(&source.path, first_line.saturating_sub(1).max(1), 1),
        format!("the front matter that begins here is never closed by a line `{fence}`"),
        format!("put a line with nothing but `{fence}` between the front matter and the text"),
    );
    None
}

fn without(text: &str) -> Split<'_> {
    let body_start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    Split {
        format: Format::None,
        text: "",
        first_line: 1,
        body_start,
    }
}

/// A file that begins with `{` has JSON front matter when an object with a quoted key begins
/// there; `{% … %}` and `{{ … }}` begin a body.
fn looks_like_json(rest: &str) -> bool {
    let inner = rest[1..].trim_start();
    let Some(key) = inner.strip_prefix('"') else {
        return inner.starts_with('}');
    };
    key.split_once('"')
        .is_some_and(|(_, after)| after.trim_start().starts_with(':'))
}

fn split_json<'a>(source: &'a Source, start: usize, diags: &mut Diagnostics) -> Option<Split<'a>> {
    let text = source.text.as_str();
    let mut stream =
        serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde::de::IgnoredAny>();
    let first_line = 1 + count_lines(&text[..start]);
    match stream.next() {
        Some(Ok(_)) => {
            let end = start + stream.byte_offset();
            let rest = &text[end..];
            let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            let body_start = if rest[..line_end].trim().is_empty() {
                end + line_end
            } else {
                end
            };
            Some(Split {
                format: Format::Json,
                text: &text[start..end],
                first_line,
                body_start,
            })
        }
        Some(Err(error)) => {
            json_error(source, first_line, &error, diags);
            None
        }
        None => Some(without(text)),
    }
}
