//! Signs that are typographic for Goldmark and kramdown, and HTML for CommonMark's parser: `<<` and
//! `>>` are quotes.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::code::Code;
use super::template::Markup;

/// Makes `<<` and `>>` the quotes that they stand for. Code and HTML stay as they are.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text.contains("<<") && !text.contains(">>") {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text::lines(text) {
        // Signs at the start of a line are those of quoted paragraphs.
        let first = line.len() - line.trim_start_matches(['>', ' ']).len();
        out.push_str(line.slice(..first));
        let mut done = first;
        for (found, sign) in line.match_indices(['<', '>']) {
            let place = at + found;
            let is_double = line.slice(found + 1..).starts_with(sign);
            if found < done
                || !is_double
                || code.contains(place)
                || code.markup(place) == Markup::Html
            {
                continue;
            }
            out.push_str(line.slice(done..found));
            out.push_str(if sign == "<" { "«" } else { "»" });
            done = found + 2;
        }
        out.push_str(line.slice(done..));
        at += line.len();
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_quotes() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("a <<b c>> d >>\n", "a «b c» d »\n");
        check(">> quoted <<x>>\n", ">> quoted «x»\n");
        check(
            "`a << b`\n\n    c << d\n\n<p>e << f</p>\n",
            "`a << b`\n\n    c << d\n\n<p>e << f</p>\n",
        );
    }
}
