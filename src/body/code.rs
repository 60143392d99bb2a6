//! Which parts of a Markdown text are code.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::template::Markup;

/// The byte ranges of a text that are code or HTML, in order.
#[derive(Debug, Default)]
pub(super) struct Code {
    blocks: Vec<Range<usize>>,
    spans: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
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
                Event::Start(Tag::HtmlBlock) => code.html.push(range),
                _ => {}
            }
        }
        code
    }

    /// A text that is HTML throughout, where what is indented is no code.
    pub(super) fn html() -> Self {
        Code {
            html: vec![Range {
                start: 0,
                end: usize::MAX,
            }],
            ..Code::default()
        }
    }

    /// Whether a place is in code of either kind.
    pub(super) fn contains(&self, at: usize) -> bool {
        self.is_block(at) || holds(&self.spans, at)
    }

    /// Whether a place is in a code block.
    pub(super) fn is_block(&self, at: usize) -> bool {
        holds(&self.blocks, at)
    }

    /// What the text around a place is written in.
    pub(super) fn markup(&self, at: usize) -> Markup {
        if holds(&self.html, at) {
            Markup::Html
        } else {
            Markup::Markdown
        }
    }
}

/// Ranges do not overlap, so that only the last one that begins before a place can hold it.
pub(super) fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
}
