//! JavaScript in MDX: where an expression or a statement ends, and the text that it is.

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

/// How far an end is looked for, in bytes.
const LONGEST: usize = 64 << 10;

/// How many bytes may be read in vain, over the whole text: what is never closed would be read
/// again and again.
const MOST_IN_VAIN: usize = 1 << 20;

/// Finds the ends of brackets.
pub(super) struct Brackets<'a> {
    text: &'a str,
    in_vain: usize,
    comment_ends: Finder<'a>,
}

impl<'a> Brackets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Brackets {
            text,
            in_vain: 0,
            comment_ends: Finder::new(text, "*/"),
        }
    }

    /// Where the comment ends that begins before a place.
    pub(super) fn comment_end(&mut self, from: usize) -> Option<usize> {
        self.comment_ends.find(from).map(|at| at + 2)
    }

    /// The place behind the bracket that closes the one at `open`.
    pub(super) fn close(&mut self, open: usize) -> Option<usize> {
        self.scan(open, |_, depth| depth == 0)
    }

    /// The end of the statement that begins at a place: that of a line at which no bracket is
    /// open, and which `is_last` says is the last one.
    pub(super) fn statement(
        &mut self,
        start: usize,
        is_last: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let text = self.text;
        let at_end = |at: usize, depth: usize| {
            let ends = at == text.len() || text.as_bytes().slice(..at).ends_with(b"\n");
            depth == 0 && ends && is_last(at)
        };
        self.scan(start, at_end)
    }

    /// Reads on from a place until `is_end` says so, given the place behind what was read and
    /// how many brackets are open there.
    fn scan(&mut self, start: usize, is_end: impl Fn(usize, usize) -> bool) -> Option<usize> {
        if self.in_vain > MOST_IN_VAIN {
            return None;
        }
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(start + LONGEST);
        let mut depth = 0_usize;
        let mut quote = None;
        let mut at = start;
        while let Some(&byte) = bytes.slice(..limit).get(at) {
            match (quote, byte) {
                (Some(_), b'\\') => at += 1,
                (Some(open), byte) if byte == open => quote = None,
                // An apostrophe in a text between tags; only templates go over lines.
                (Some(b'"' | b'\''), b'\n') => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'' | b'`') => quote = Some(byte),
                (None, b'{' | b'(' | b'[') => depth += 1,
                (None, b'}' | b')' | b']') => depth = depth.saturating_sub(1),
                (None, _) => {}
            }
            at += 1;
            if quote.is_none() && at <= bytes.len() && is_end(at, depth) {
                return Some(at);
            }
        }
        if at >= bytes.len() && quote.is_none() && is_end(bytes.len(), depth) {
            return Some(bytes.len());
        }
        self.in_vain += limit.saturating_sub(start);
        None
    }
}

/// The text of an expression that is a literal and nothing else.
pub(super) fn literal(expression: &str) -> Option<&str> {
    let expression = expression.trim();
    let quote = expression.chars().next().filter(|c| "\"'`".contains(*c))?;
    let inner = expression
        .strip_prefix(quote)?
        .strip_suffix(quote)
        .filter(|inner| !inner.contains(quote) && !inner.contains("${"))?;
    Some(inner)
}
