//! Where template tags stand in a text.

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::word;

/// The longest tag that is looked for, in bytes. Longer ones are braces that belong to no tag.
const LONGEST: usize = 8 << 10;

/// What a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{{ … }}`, shortcodes among it.
    Output,
    /// `{% … %}`.
    Block,
    /// Braces that are never closed; they reach to the end of their line.
    Unclosed,
}

/// A tag in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands between the braces, without the hyphens that trim white space.
    pub(super) inner: &'a str,
}

/// All tags of a text, in order, in one pass. What `{% raw %}` encloses is text.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut scan = Scan {
        text,
        outputs: Finder::new(text, "{{"),
        blocks: Finder::new(text, "{%"),
        output_ends: Finder::new(text, "}}"),
        block_ends: Finder::new(text, "%}"),
        lines: Finder::new(text, "\n"),
    };
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(tag) = scan.next(at) {
        at = tag.end;
        let word = tag.inner.split_whitespace().next();
        if raw {
            if tag.kind != Kind::Block || word != Some("endraw") {
                // Only the tag that ends it counts, wherever it begins.
                at = tag.start + 1;
                continue;
            }
            raw = false;
        } else if tag.kind == Kind::Block && word == Some("raw") {
            raw = true;
        }
        tags.push(tag);
    }
    tags
}

/// Where a tag ends whose inside begins at `body` and may end at `first`: behind the string that is open
/// there, if that is closed in the same line and before another tag.
fn behind_strings(text: &str, body: usize, first: usize) -> usize {
    /// More such ends no tag has.
    const MOST: usize = 8;
    let mark = text.slice(first..first + 2);
    let reach = text.floor_char_boundary((body + LONGEST).min(text.len()));
    let line = text.slice(body..reach.max(first)).split('\n').next();
    let line = line.unwrap_or_default();
    let ends = line.match_indices(mark).map(|(at, _)| at);
    let mut inner = ends.take(MOST).map(|end| (end, line.slice(..end)));
    let is_apart = |inner: &str| inner.contains("{{") || inner.contains("{%");
    let found = inner.find(|(_, inner)| is_apart(inner) || !is_in_string(inner));
    match found {
        Some((end, inner)) if !is_apart(inner) => body + end,
        _ => first,
    }
}

/// Whether a string is open where a text ends.
fn is_in_string(text: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            // An apostrophe opens none.
            None if c == '"' || (c == '\'' && !before.is_alphanumeric()) => quote = Some(c),
            _ => {}
        }
        before = c;
    }
    quote.is_some()
}

struct Scan<'a> {
    text: &'a str,
    outputs: Finder<'a>,
    blocks: Finder<'a>,
    output_ends: Finder<'a>,
    block_ends: Finder<'a>,
    lines: Finder<'a>,
}

impl<'a> Scan<'a> {
    fn next(&mut self, from: usize) -> Option<Tag<'a>> {
        let (output, block) = (self.outputs.find(from), self.blocks.find(from));
        let start = [output, block].into_iter().flatten().min()?;
        let body = start + 2;
        let is_output = output == Some(start);
        let close = if is_output {
            self.output_ends.find(body)
        } else {
            self.block_ends.find(body)
        };
        // What closes within a string closes nothing: `{{ tex(t="e^{x_{1}}") }}`.
        let close = close.map(|close| behind_strings(self.text, body, close));
        match close.filter(|close| close - body <= LONGEST) {
            Some(close) => Some(Tag {
                kind: if is_output { Kind::Output } else { Kind::Block },
                start,
                end: close + 2,
                inner: self.text.slice(body..close).trim_matches('-').trim(),
            }),
            None => {
                let end = self.lines.find(body).unwrap_or(self.text.len());
                Some(Tag {
                    kind: Kind::Unclosed,
                    start,
                    end,
                    inner: self.text.slice(body..end).trim(),
                })
            }
        }
    }
}

/// Code without the tags that protect its braces from Liquid.
pub(super) fn without_raw(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    for tag in tags(code) {
        let (name, _) = word(tag.inner);
        if tag.kind == Kind::Block && matches!(name, "raw" | "endraw") {
            out.push_str(code.slice(at..tag.start));
            at = tag.end;
        }
    }
    out.push_str(code.slice(at..));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_strings_end_nothing() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = tags(text).iter().map(|tag| tag.inner).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("{{ x(t=\"e^{x_{1}}\") }} t", &["x(t=\"e^{x_{1}}\")"]);
        check("{{ \"}}\" }} {% y '%}' %}", &["\"}}\"", "y '%}'"]);
        check("{{ don't }} and {{ can't }}", &["don't", "can't"]);
        check("{{ it's }} so\n'{{ x }}", &["it's", "x"]);
        check("{{ it's }} so '}}", &["it's"]);
    }
}
