//! Which parts of a Markdown text are code.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

/// The byte ranges of a text that are code, in order.
#[derive(Debug, Default)]
pub(super) struct Code {
    blocks: Vec<Range<usize>>,
    spans: Vec<Range<usize>>,
}

impl Code {
    /// Finds them as the Markdown parser does.
    pub(super) fn of(markdown: &str) -> Self {
        let mut code = Code::default();
        let parser = Parser::new_ext(markdown, super::options(false));
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Code(_) => code.spans.push(range),
                Event::Start(Tag::CodeBlock(_)) => code.blocks.push(range),
                _ => {}
            }
        }
        code
    }

    /// Whether a place is in code of either kind.
    pub(super) fn contains(&self, at: usize) -> bool {
        self.is_block(at) || holds(&self.spans, at)
    }

    /// Whether a place is in a code block.
    pub(super) fn is_block(&self, at: usize) -> bool {
        holds(&self.blocks, at)
    }
}

/// Ranges do not overlap, so that only the last one that begins before a place can hold it.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
}
