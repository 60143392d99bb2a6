//! Where front matter ends and the body begins.

use feedwright_base::diagnostic::{Diagnostics, Location};

use crate::source::Source;

use super::{Format, Syntax, count_lines, json_error, json_mistake};

/// The front matter's text between its fences.
pub(super) struct Split<'a> {
    pub(super) format: Format,
    pub(super) text: &'a str,
    /// The byte at which it begins.
    pub(super) start: usize,
    /// The line of `text`'s first line in the file, from 1.
    pub(super) first_line: usize,
    pub(super) body_start: usize,
}

/// Finds the front matter and where the body begins; `None` when it never ends.
pub(super) fn split<'a>(
    source: &'a Source,
    syntax: Syntax,
    diags: &mut Diagnostics,
) -> Option<Split<'a>> {
    let text = source.text.as_str();
    let unfenced = match syntax {
        Syntax::Fenced => None,
        Syntax::OpenTop => open_top(text),
        Syntax::Headers => headers(text),
    };
    if unfenced.is_some() {
        return unfenced;
    }
    // A byte-order mark and blank lines before the first fence are an editor's traces.
    let start = text.len()
        - text
            .trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t'])
            .len();
    let rest = &text[start..];
    if rest.starts_with('{') && looks_like_json(rest) {
        return split_json(source, start, diags);
    }
    let first_line_end = rest.find('\n').unwrap_or(rest.len());
    let (fence, format) = match rest[..first_line_end].trim_end() {
        "---" | "---yaml" | "---yml" => ("---", Format::Yaml),
        "+++" | "---toml" => (&rest[..3], Format::Toml),
        "---json" => ("---", Format::Json),
        ";;;" if syntax == Syntax::OpenTop => (";;;", Format::Json),
        // Hexo's fences have any length, the same at both ends.
        longer if syntax == Syntax::OpenTop && is_fence(longer) => (longer, Format::Yaml),
        _ => return Some(without(text)),
    };
    let content_start = start + (first_line_end + 1).min(rest.len());
    let first_line = 1 + count_lines(&text[..content_start]);
    let mut at = content_start;
    for line in text[content_start..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (format == Format::Yaml && bare == "...") {
            return Some(Split {
                format,
                text: &text[content_start..at],
                start: content_start,
                first_line,
                body_start: at + line.len(),
            });
        }
        at += line.len();
    }
    // Some authors draw the closing fence longer, and some generators read it all the same.
    if let Some(split) = long_fence(text, content_start, first_line, format, fence) {
        diags.warning(
            "front-matter-fence",
            Location::at(&source.path, split.first_line + count_lines(split.text), 1),
            format!("the line that ends the front matter is not `{fence}` alone"),
            format!("make it `{fence}`, which every generator reads"),
        );
        return Some(split);
    }
    // A line of hyphens at the top of a text is a rule, unless keys follow it.
    let next = text[content_start..]
        .lines()
        .find(|line| !line.trim().is_empty());
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

/// Front matter that ends in a line of more hyphens than it should.
fn long_fence<'a>(
    text: &'a str,
    start: usize,
    first_line: usize,
    format: Format,
    fence: &str,
) -> Option<Split<'a>> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        let is_fence = bare.starts_with(fence)
            && bare
                .bytes()
                .all(|byte| Some(&byte) == fence.as_bytes().first());
        if is_fence && text[start..at].lines().next().is_some_and(is_key) {
            return Some(Split {
                format,
                text: &text[start..at],
                start,
                first_line,
                body_start: at + line.len(),
            });
        }
        at += line.len();
    }
    None
}

/// Hexo's front matter without an opening fence: `key: value` lines up to a line of hyphens.
fn open_top(text: &str) -> Option<Split<'_>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let mut at = start;
    let mut has_keys = false;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        if is_fence(bare) || bare == ";;;" {
            return has_keys.then(|| Split {
                format: if bare == ";;;" {
                    Format::Json
                } else {
                    Format::Yaml
                },
                text: &text[start..at],
                start,
                first_line: 1 + count_lines(&text[..start]),
                body_start: at + line.len(),
            });
        }
        // Anything but keys, their lists and blank lines is a text, and the hyphens are a rule.
        let is_key = is_key(bare) && !line.starts_with([' ', '\t']);
        if !is_key && !bare.is_empty() && !line.starts_with([' ', '\t', '-', '#', ']']) {
            return None;
        }
        has_keys |= is_key;
        at += line.len();
    }
    None
}

/// Pelican's front matter: `Key: value` lines up to the first line that is none.
fn headers(text: &str) -> Option<Split<'_>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        let continues = at > start && line.starts_with("    ") && !bare.is_empty();
        if !continues && header(bare).is_none() {
            break;
        }
        at += line.len();
    }
    (at > start).then(|| Split {
        format: Format::Headers,
        text: &text[start..at],
        start,
        first_line: 1 + count_lines(&text[..start]),
        body_start: at,
    })
}

/// A `Key: value` line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) key: &'a str,
    /// Without the blanks around it.
    pub(super) value: &'a str,
    /// What precedes the value in its line.
    pub(super) before: &'a str,
}

/// The key and value of a `Key: value` line.
pub(super) fn header(line: &str) -> Option<Header<'_>> {
    let unindented = line.trim_start_matches(' ');
    let indent = line.len() - unindented.len();
    let (key, value) = unindented.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // An address at the top of a text is no key.
    if indent >= 4 || !is_key || value.starts_with("//") {
        return None;
    }
    // Only what is taken off the beginning moves the value: blanks at its end come after it.
    let value = value.trim_start();
    let before = line.strip_suffix(value)?;
    Some(Header {
        key,
        value: value.trim_end(),
        before,
    })
}

fn is_fence(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

fn is_key(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && !key.contains(char::is_whitespace)
    })
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
        start: body_start,
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
                start,
                first_line: 1 + count_lines(&text[..start]),
                body_start,
            })
        }
        Some(Err(error)) => {
            let at = start + json_mistake(&text[start..], &error);
            json_error(source, at, &error, diags);
            None
        }
        None => Some(without(text)),
    }
}
