//! Formulas, whose braces are TeX's.

use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::super::code::holds;

/// The byte ranges of a text that are formulas: `$$…$$`, and `$…$` on one line.
#[derive(Default)]
pub(super) struct Math(Vec<Range<usize>>);

impl Math {
    pub(super) fn of(text: &str, is_code: impl Fn(usize) -> bool) -> Self {
        let mut ranges = Vec::new();
        let mut singles = Finder::new(text, "$");
        let mut doubles = Finder::new(text, "$$");
        let mut lines = Finder::new(text, "\n");
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(open) = singles.find(at) {
            at = open + 1;
            if is_code(open) || bytes.slice(..open).ends_with(b"\\") {
                continue;
            }
            if bytes.get(at) == Some(&b'$') {
                at += 1;
                if let Some(close) = doubles.find(at).filter(|&close| !is_code(close)) {
                    ranges.push(open..close + 2);
                    at = close + 2;
                }
                continue;
            }
            // A price is no formula: those begin and end without a blank inside, and no digit
            // follows them.
            let is_open = bytes
                .get(at)
                .is_some_and(|byte| !byte.is_ascii_whitespace());
            let line_end = lines.find(at).unwrap_or(text.len());
            let close = singles.find(at).filter(|&close| {
                is_open
                    && close < line_end
                    && !bytes
                        .slice(..close)
                        .last()
                        .is_some_and(u8::is_ascii_whitespace)
                    && !bytes.get(close + 1).is_some_and(u8::is_ascii_digit)
            });
            if let Some(close) = close {
                ranges.push(open..close + 1);
                at = close + 1;
            }
        }
        Math(ranges)
    }

    pub(super) fn contains(&self, at: usize) -> bool {
        holds(&self.0, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let math = Math::of(text, |_| false);
        let found: Vec<&str> = math.0.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn formulas() {
        check(
            "a $x^{2}$ b $$\\frac{{a}}{b}$$",
            &["$x^{2}$", "$$\\frac{{a}}{b}$$"],
        );
        check("it costs $5 or $6", &[]);
        check("$HOME and $PATH", &[]);
        check("$a\nb$", &[]);
        check("\\$a$", &[]);
        check("$$ never", &[]);
    }
}
