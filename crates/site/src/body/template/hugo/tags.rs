//! Where the shortcodes of Hugo stand in a text.

use std::collections::HashMap;
use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::super::word;

/// The longest shortcode that is looked for, in bytes.
const LONGEST: usize = 8 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{{< … >}}` and `{{% … %}}`.
    Shortcode,
    /// `{{</* … */>}}`, which stands for a shortcode as text.
    Escaped,
    /// `{{ … }}`, which Hugo itself leaves in content.
    Braces,
    /// A shortcode that is never closed; it reaches to the end of its line.
    Unclosed,
}

pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// `<` or `%`.
    pub(super) delimiter: &'a str,
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
    pub(super) closes: bool,
    pub(super) closes_itself: bool,
}

/// What Hugo's engine of Markdown does not see of a text: shortcodes, and what stands between two in
/// angle brackets that belong together.
pub(in crate::body) fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for tag in scan(text) {
        if !matches!(tag.kind, Kind::Shortcode | Kind::Escaped) {
            continue;
        }
        found.push(tag.start..tag.end);
        // What stands between two of the other kind is Markdown like all the rest.
        if tag.delimiter == "%" || tag.kind == Kind::Escaped {
            continue;
        }
        if !tag.closes {
            open.entry(tag.name).or_default().push(tag.start);
        } else if let Some(start) = open.get_mut(tag.name).and_then(Vec::pop) {
            found.push(start..tag.end);
        }
    }
    found
}

/// All tags of a text, in order, in one pass.
pub(super) fn scan(text: &str) -> Vec<Tag<'_>> {
    let mut opens = Finder::new(text, "{{");
    let mut angles = Finder::new(text, ">}}");
    let mut percents = Finder::new(text, "%}}");
    let mut braces = Finder::new(text, "}}");
    let mut lines = Finder::new(text, "\n");
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = opens.find(at) {
        let body = start + 2;
        let delimiter = match text.as_bytes().get(body) {
            Some(b'<') => "<",
            Some(b'%') => "%",
            _ => "",
        };
        let inner = body + delimiter.len();
        let close = match delimiter {
            "<" => angles.find(inner),
            "%" => percents.find(inner),
            _ => braces.find(inner),
        };
        let close = close.filter(|close| {
            close - inner <= LONGEST
                && (delimiter.is_empty() || !has_opening(text.slice(inner..*close), delimiter))
        });
        // What stands in quotes is text, and may look like another shortcode.
        let line = |lines: &mut Finder<'_>| lines.find(inner).unwrap_or(text.len());
        let close = match close {
            None if !delimiter.is_empty() => {
                let line = text.slice(inner..line(&mut lines));
                outside_quotes(line, delimiter).map(|at| inner + at)
            }
            close => close,
        };
        let Some(close) = close else {
            at = if delimiter.is_empty() {
                body
            } else {
                line(&mut lines)
            };
            if !delimiter.is_empty() {
                tags.push(tag(
                    Kind::Unclosed,
                    start,
                    at,
                    delimiter,
                    text.slice(inner..at),
                ));
            }
            continue;
        };
        at = close + delimiter.len() + 2;
        let inner = text.slice(inner..close).trim();
        let kind = if delimiter.is_empty() {
            Kind::Braces
        } else if inner.starts_with("/*") && inner.ends_with("*/") && inner.len() >= 4 {
            Kind::Escaped
        } else {
            Kind::Shortcode
        };
        tags.push(tag(kind, start, at, delimiter, inner));
    }
    tags
}

/// Whether another shortcode begins inside of one, which was therefore never closed.
fn has_opening(inner: &str, delimiter: &str) -> bool {
    inner
        .match_indices("{{")
        .any(|(at, _)| inner.slice(at + 2..).starts_with(delimiter))
}

/// Where a line closes a shortcode, if none begins before, outside of quotes.
fn outside_quotes(line: &str, delimiter: &str) -> Option<usize> {
    let close = if delimiter == "<" { ">}}" } else { "%}}" };
    let mut quote = None;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        let rest = line.slice(at..);
        match quote {
            None if matches!(c, '"' | '`') => quote = Some(c),
            Some('"') if c == '\\' => {
                chars.next();
            }
            Some(open) if c == open => quote = None,
            None if rest.starts_with(close) => {
                return (at <= LONGEST).then_some(at);
            }
            None if rest
                .strip_prefix("{{")
                .is_some_and(|rest| rest.starts_with(delimiter)) =>
            {
                return None;
            }
            _ => {}
        }
    }
    None
}

fn tag<'a>(kind: Kind, start: usize, end: usize, delimiter: &'a str, inner: &'a str) -> Tag<'a> {
    let (closes, rest) = match inner.strip_prefix('/') {
        Some(rest) if kind == Kind::Shortcode => (true, rest.trim_start()),
        _ => (false, inner),
    };
    let (closes_itself, rest) = match rest.strip_suffix('/') {
        // A path that ends in a slash is an argument.
        Some(rest) if kind == Kind::Shortcode && rest.ends_with([' ', '"', '`', '\'']) => {
            (true, rest)
        }
        Some(rest) if kind == Kind::Shortcode && !rest.contains(char::is_whitespace) => {
            (true, rest)
        }
        _ => (false, rest),
    };
    let (name, arguments) = word(rest);
    Tag {
        kind,
        start,
        end,
        delimiter,
        name,
        arguments,
        closes,
        closes_itself,
    }
}

/// The tags that belong to a pair, by their place in the list, each with the place of the other.
pub(super) fn paired(tags: &[Tag<'_>]) -> HashMap<usize, usize> {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut paired = HashMap::new();
    for (index, tag) in tags.iter().enumerate() {
        if tag.kind != Kind::Shortcode || tag.closes_itself {
            continue;
        }
        if !tag.closes {
            open.entry(tag.name).or_default().push(index);
        } else if let Some(opening) = open.get_mut(tag.name).and_then(Vec::pop) {
            paired.extend([(opening, index), (index, opening)]);
        }
    }
    paired
}
