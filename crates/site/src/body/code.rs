//! Finds the parts of a Markdown text that are code.

use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::template::Markup;

/// The byte ranges of a text that are code or HTML, in order.
#[derive(Debug, Default)]
pub(super) struct Code {
    blocks: Vec<Range<usize>>,
    spans: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    /// What HTML marks as code.
    elements: Vec<Range<usize>>,
}

impl Code {
    /// The code of a text, as the Markdown parser finds it.
    pub(super) fn of(markdown: &str) -> Self {
        Self::with(markdown, super::markdown::options(false))
    }

    /// The code of a text, without reading lines that begin with a colon as definitions, which
    /// would end the code around them.
    pub(super) fn without_definitions(markdown: &str) -> Self {
        let options = super::markdown::options(false).difference(Options::ENABLE_DEFINITION_LIST);
        Self::with(markdown, options)
    }

    fn with(markdown: &str, options: Options) -> Self {
        let mut code = Code::default();
        let parser = Parser::new_ext(markdown, options);
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Code(_) => code.spans.push(range),
                Event::Start(Tag::CodeBlock(_)) => code.blocks.push(range),
                Event::Start(Tag::HtmlBlock) => code.html.push(range),
                _ => {}
            }
        }
        code.elements = elements(markdown, &code);
        code
    }

    /// The code of a text that is entirely HTML, where indentation makes no code.
    pub(super) fn html(text: &str) -> Self {
        Code {
            elements: elements(text, &Code::default()),
            html: vec![Range {
                start: 0,
                end: usize::MAX,
            }],
            ..Code::default()
        }
    }

    /// Whether a place is in code of either kind.
    pub(super) fn contains(&self, at: usize) -> bool {
        self.is_block(at) || holds(&self.spans, at) || holds(&self.elements, at)
    }

    /// Whether a place is in an element of HTML that is code.
    pub(super) fn is_element(&self, at: usize) -> bool {
        holds(&self.elements, at)
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

/// What stands between `<code>` and `</code>`, `<pre>` and `</pre>`, outside of Markdown's own code.
fn elements(text: &str, code: &Code) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("</code>") && !text.contains("</pre>") {
        return found;
    }
    let mut ends = [Finder::new(text, "</pre>"), Finder::new(text, "</code>")];
    let mut at = 0;
    while let Some(open) = text.slice(at..).find('<').map(|open| at + open) {
        at = open + 1;
        let kind = ["pre", "code"].iter().zip(&mut ends).find(|(name, _)| {
            let rest = text.slice(at..).strip_prefix(**name);
            rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\n']))
        });
        let Some((_, ends)) = kind.filter(|_| !code.contains(open)) else {
            continue;
        };
        if let Some(end) = ends.find(at) {
            found.push(open..end);
            at = end;
        }
    }
    found
}

/// Ranges do not overlap, so that only the last one that begins before a place can hold it.
pub(super) fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    let last = ranges.slice(..after).last();
    last.is_some_and(|range| range.contains(&at))
}
