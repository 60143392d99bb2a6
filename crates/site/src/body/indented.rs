//! Takes indented code away from a text whose engine has none.

use std::borrow::Cow;
use std::ops::Range;

use feedwright_base::slice::Slice;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::markdown::options;

/// A text in which lines that CommonMark takes for code, since they are indented, are none. Those in
/// lists stay: there indentation says what belongs to an item.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains("    ") && !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in indented(text) {
        // The indentation of its first line stands before it.
        let start = text
            .slice(..range.start)
            .rfind('\n')
            .map_or(0, |end| end + 1);
        if start < done {
            continue;
        }
        out.push_str(text.slice(done..start));
        for line in text.slice(start..range.end).split_inclusive('\n') {
            out.push_str(match line.trim() {
                "" => line,
                _ => line.trim_start_matches([' ', '\t']),
            });
        }
        done = range.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The blocks of indented code outside of lists and quotes.
fn indented(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, options(false)).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                if depth == 0 {
                    found.push(range);
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_lines_are_paragraphs() {
        let check = |text: &str, expected: &str| assert_eq!(resolve(text), expected, "{text}");
        check("a\n\n    b *c*\n\n    d\n\ne", "a\n\nb *c*\n\nd\n\ne");
        check("    a", "a");
        check("* a\n\n      b\n", "* a\n\n      b\n");
        check("```\n    a\n```\n", "```\n    a\n```\n");
    }
}
