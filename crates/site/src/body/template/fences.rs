//! Code in MDX, which knows fences and code spans but neither indented code nor blocks of HTML.

use std::collections::HashMap;
use std::ops::Range;

use feedwright_base::slice::Slice;

use super::super::code::holds;

/// The byte ranges of a text that are code, in order.
#[derive(Default)]
pub(super) struct Fences {
    blocks: Vec<Range<usize>>,
    spans: Vec<Range<usize>>,
}

impl Fences {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Fences::default();
        let mut open: Option<(usize, u8, usize)> = None;
        let mut paragraph = 0;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
            let first = bare.bytes().next().unwrap_or(b' ');
            let length = bare.bytes().take_while(|&byte| byte == first).count();
            let is_fence = matches!(first, b'`' | b'~') && length >= 3;
            match open {
                Some((from, mark, count))
                    if is_fence && first == mark && length >= count && length == bare.len() =>
                {
                    found.blocks.push(from..at);
                    open = None;
                    paragraph = at;
                }
                Some(_) => {}
                None if is_fence && !(first == b'`' && bare.slice(length..).contains('`')) => {
                    found.spans_of(text, paragraph..start);
                    open = Some((start, first, length));
                }
                None if bare.is_empty() => {
                    found.spans_of(text, paragraph..start);
                    paragraph = at;
                }
                None => {}
            }
        }
        match open {
            Some((from, _, _)) => found.blocks.push(from..text.len()),
            None => found.spans_of(text, paragraph..text.len()),
        }
        found
    }

    /// Pairs the runs of backticks in a paragraph with the next ones that are as long.
    fn spans_of(&mut self, text: &str, range: Range<usize>) {
        let bytes = text.as_bytes().slice(..range.end);
        let mut runs = Vec::new();
        let mut at = range.start;
        while let Some(&byte) = bytes.get(at) {
            if byte != b'`' {
                at += 1;
                continue;
            }
            let start = at;
            while bytes.get(at) == Some(&b'`') {
                at += 1;
            }
            let escaped = bytes.slice(range.start..start).ends_with(b"\\");
            runs.push((start, at, escaped));
        }
        // Of each run, the next one that is as long, and where that ends.
        let mut next: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut pairs = Vec::with_capacity(runs.len());
        for (index, &(start, end, escaped)) in runs.iter().enumerate().rev() {
            let close = next.insert(end - start, (index, end));
            pairs.push((index, start, close.filter(|_| !escaped)));
        }
        let mut from = 0;
        for (index, start, close) in pairs.into_iter().rev() {
            if let Some((close, end)) = close
                && index >= from
            {
                self.spans.push(start..end);
                from = close + 1;
            }
        }
    }

    /// Whether a place is in code of either kind.
    pub(super) fn contains(&self, at: usize) -> bool {
        self.is_block(at) || holds(&self.spans, at)
    }

    /// Whether a place is in a fenced block.
    pub(super) fn is_block(&self, at: usize) -> bool {
        holds(&self.blocks, at)
    }
}
