//! Finds where front matter ends and the body begins.

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::source::Source;

use super::docinfo::Docinfo;
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
        Syntax::Fenced | Syntax::AtTop | Syntax::LongFence | Syntax::Page => None,
        Syntax::OpenTop => open_top(text),
        // The title of a text in reStructuredText may look like one.
        Syntax::Headers if Docinfo::of(&source.path).is_some() => None,
        Syntax::Headers => headers(text),
        Syntax::Record => Some(record(text)),
    };
    if unfenced.is_some() {
        return unfenced;
    }
    // A byte-order mark and blank lines before the first fence are an editor's traces.
    let traces = ['\u{feff}', '\n', '\r', ' ', '\t'];
    let rest = text.trim_start_matches(traces);
    let start = text.len() - rest.len();
    if rest.starts_with('{') && looks_like_json(rest) {
        return split_json(source, start, diags);
    }
    let first_line_end = rest.find('\n').unwrap_or(rest.len());
    let first_line = rest.slice(..first_line_end);
    let Some((fence, format)) = opening_fence(first_line, syntax) else {
        let line = 1 + count_lines(text.slice(..start));
        report_foreign(first_line, Location::at(&source.path, line, 1), diags);
        return Some(without(text));
    };
    let before = text.slice(..start);
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    if syntax == Syntax::AtTop && !before.is_empty() {
        diags.warning(
            "front-matter-late",
            Location::at(&source.path, 1, 1),
            "something stands before the first `---`, so the site's generator takes the whole file for text, and \
             none of its front matter counts",
            "remove the lines or blanks before it",
        );
        return Some(without(text));
    }
    let content_start = start + (first_line_end + 1).min(rest.len());
    let fenced = Fenced {
        text,
        start: content_start,
        first_line: 1 + count_lines(text.slice(..content_start)),
        format,
        fence,
    };
    fenced.split(source, diags)
}

/// Reports front matter in a language that is not read.
fn report_foreign(fence: &str, place: Location, diags: &mut Diagnostics) {
    if let Some(language) = foreign_language(fence) {
        diags.warning(
            "post-format",
            place,
            format!(
                "the front matter is in {language}, which feedwright does not read, so no feed has the \
                 post"
            ),
            "write it in YAML, TOML or JSON",
        );
    }
}

/// Reports front matter that begins with a fence and never ends.
fn report_unclosed(place: Location, fence: &str, diags: &mut Diagnostics) {
    diags.error(
        "front-matter-unclosed",
        place,
        format!("the front matter that begins here is never closed by a line `{fence}`"),
        format!("put a line with nothing but `{fence}` between the front matter and the text"),
    );
}

/// The fence in a line that opens front matter, and the language that it announces.
fn opening_fence(line: &str, syntax: Syntax) -> Option<(&str, Format)> {
    match line.trim_end() {
        // Python-Markdown reads lines of keys and values between them, and no YAML.
        "---" if syntax == Syntax::Headers => Some(("---", Format::Headers)),
        "---" | "---yaml" | "---yml" => Some(("---", Format::Yaml)),
        "+++" | "---toml" => Some((line.slice(..3), Format::Toml)),
        "---json" => Some(("---", Format::Json)),
        "------" if syntax == Syntax::LongFence => Some(("---", Format::Yaml)),
        ";;;" if syntax == Syntax::OpenTop => Some((";;;", Format::Json)),
        // Hexo's fences have any length, the same at both ends.
        longer if syntax == Syntax::OpenTop && is_fence(longer) => Some((longer, Format::Yaml)),
        _ => None,
    }
}

/// The language that a fence announces and that is none of front matter here, such as `js`.
fn foreign_language(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_prefix("---")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then_some(name)
}

/// A text that begins with a fence.
struct Fenced<'a> {
    text: &'a str,
    /// The byte after the line of the fence.
    start: usize,
    /// The line that begins there.
    first_line: usize,
    format: Format,
    fence: &'a str,
}

impl<'a> Fenced<'a> {
    /// The front matter and where the body begins; `None` when it never ends.
    fn split(&self, source: &Source, diags: &mut Diagnostics) -> Option<Split<'a>> {
        if let Some(split) = self.up_to_fence() {
            return Some(split);
        }
        let fence = self.fence;
        // Some authors draw the closing fence longer, and some generators read it all the same.
        if let Some(split) = self.up_to_long_fence() {
            diags.warning(
                "front-matter-fence",
                Location::at(&source.path, split.first_line + count_lines(split.text), 1),
                format!("the line that ends the front matter is not `{fence}` alone"),
                format!("make it `{fence}`, which every generator reads"),
            );
            return Some(split);
        }
        // A line of hyphens at the top of a text is a rule, unless keys follow it.
        let mut lines = self.text.slice(self.start..).lines();
        if !lines
            .find(|line| !line.trim().is_empty())
            .is_some_and(is_key)
        {
            return Some(without(self.text));
        }
        let line = self.first_line.saturating_sub(1).max(1);
        report_unclosed(Location::at(&source.path, line, 1), fence, diags);
        None
    }

    /// Front matter up to the first line that `ends` it.
    fn up_to(&self, ends: impl Fn(&str, usize) -> bool) -> Option<Split<'a>> {
        let mut at = self.start;
        for line in self.text.slice(self.start..).split_inclusive('\n') {
            if ends(line.trim_end(), at) {
                return Some(Split {
                    format: self.format,
                    text: self.text.slice(self.start..at),
                    start: self.start,
                    first_line: self.first_line,
                    body_start: at + line.len(),
                });
            }
            at += line.len();
        }
        None
    }

    /// Front matter that ends as it should.
    fn up_to_fence(&self) -> Option<Split<'a>> {
        let is_yaml = self.format == Format::Yaml;
        self.up_to(|line, _| line == self.fence || (is_yaml && line == "..."))
    }

    /// Front matter that ends in a line of more hyphens than it should.
    fn up_to_long_fence(&self) -> Option<Split<'a>> {
        let sign = self.fence.as_bytes().first();
        let has_keys = |at: usize| {
            self.text
                .slice(self.start..at)
                .lines()
                .next()
                .is_some_and(is_key)
        };
        self.up_to(|line, at| {
            let is_fence =
                line.starts_with(self.fence) && line.bytes().all(|byte| Some(&byte) == sign);
            is_fence && has_keys(at)
        })
    }
}

/// Hexo's front matter without an opening fence: `key: value` lines up to a line of hyphens.
fn open_top(text: &str) -> Option<Split<'_>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let mut at = start;
    let mut has_keys = false;
    for line in text.slice(start..).split_inclusive('\n') {
        let bare = line.trim_end();
        if is_fence(bare) || bare == ";;;" {
            return has_keys.then(|| Split {
                format: if bare == ";;;" {
                    Format::Json
                } else {
                    Format::Yaml
                },
                text: text.slice(start..at),
                start,
                first_line: 1 + count_lines(text.slice(..start)),
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

/// Pelican's front matter: `Key: value` lines up to the first line that is none, which is no part of the
/// text if it is a fence.
fn headers(text: &str) -> Option<Split<'_>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let mut at = start;
    for line in text.slice(start..).split_inclusive('\n') {
        let bare = line.trim_end();
        let continues = at > start && line.starts_with("    ") && !bare.is_empty();
        if !continues && header(bare).is_none() {
            break;
        }
        at += line.len();
    }
    let fence = text.slice(at..).split_inclusive('\n').next();
    let fence = fence.filter(|line| {
        let rest = line.strip_prefix("---").or(line.strip_prefix("..."));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    });
    (at > start).then(|| Split {
        format: Format::Headers,
        text: text.slice(start..at),
        start,
        first_line: 1 + count_lines(text.slice(..start)),
        body_start: at + fence.map_or(0, str::len),
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

/// A record: the first line, and all below it.
fn record(text: &str) -> Split<'_> {
    let line = text.split('\n').next().unwrap_or_default();
    Split {
        format: Format::Json,
        text: line,
        start: 0,
        first_line: 1,
        body_start: (line.len() + 1).min(text.len()),
    }
}

/// Whether a line is three hyphens or more.
fn is_fence(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// Whether a line begins with a key and the sign that separates it from its value.
fn is_key(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && !key.contains(char::is_whitespace)
    })
}

/// A text without front matter.
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
    let inner = rest.slice(1..).trim_start();
    let Some(key) = inner.strip_prefix('"') else {
        return inner.starts_with('}');
    };
    key.split_once('"')
        .is_some_and(|(_, after)| after.trim_start().starts_with(':'))
}

/// JSON front matter, which ends where its object does.
fn split_json<'a>(source: &'a Source, start: usize, diags: &mut Diagnostics) -> Option<Split<'a>> {
    let text = source.text.as_str();
    let mut stream = serde_json::Deserializer::from_str(text.slice(start..))
        .into_iter::<serde::de::IgnoredAny>();
    match stream.next() {
        Some(Ok(_)) => {
            let end = start + stream.byte_offset();
            let rest = text.slice(end..);
            let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
            let body_start = if rest.slice(..line_end).trim().is_empty() {
                end + line_end
            } else {
                end
            };
            Some(Split {
                format: Format::Json,
                text: text.slice(start..end),
                start,
                first_line: 1 + count_lines(text.slice(..start)),
                body_start,
            })
        }
        Some(Err(error)) => {
            let at = start + json_mistake(text.slice(start..), &error);
            json_error(source, at, &error, diags);
            None
        }
        None => Some(without(text)),
    }
}
