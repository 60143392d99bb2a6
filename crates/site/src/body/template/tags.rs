//! Where template tags stand in a text.

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

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
