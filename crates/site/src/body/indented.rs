//! Takes indented code away from a text whose engine has none.

use std::borrow::Cow;
use std::ops::Range;

use feedwright_base::slice::Slice;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::markdown::options;

/// A text in which lines that CommonMark takes for code, since they are indented, are none. Those in
/// lists belong to their items, those in quotes stay.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains("    ") && !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, column) in indented(text) {
        // The indentation of its first line stands before it.
        let line = text
            .slice(..range.start)
            .rfind('\n')
            .map_or(0, |end| end + 1);
        if line < done {
            continue;
        }
        let before = text.slice(line..range.start).trim_end();
        let start = if before.is_empty() { line } else { range.start };
        out.push_str(text.slice(done..line));
        out.push_str(before);
        for (number, line) in text
            .slice(start..range.end)
            .split_inclusive('\n')
            .enumerate()
        {
            let is_behind_mark = number == 0 && !before.is_empty();
            let column = if is_behind_mark { 1 } else { column };
            if line.trim().is_empty() {
                out.push_str(line);
            } else {
                out.extend(std::iter::repeat_n(' ', column));
                write_text(line.trim_start_matches([' ', '\t']), &mut out);
            }
        }
        done = range.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// Writes a line of text whose first signs begin no block.
fn write_text(line: &str, out: &mut String) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.slice(digits..);
    let is_mark = match digits {
        0 => rest.starts_with(['#', '>', '-', '+', '*']),
        _ => rest.starts_with(['.', ')']),
    };
    let is_mark = is_mark && rest.slice(1..).starts_with([' ', '\n', '#', '-']);
    out.push_str(line.slice(..digits));
    out.push_str(if is_mark { "\\" } else { "" });
    out.push_str(rest);
}

/// The blocks of indented code outside of quotes, each with the column of the text around it.
fn indented(text: &str) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut quotes = 0_usize;
    let mut columns = Vec::new();
    for (event, range) in Parser::new_ext(text, options(false)).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if quotes == 0 => {
                found.push((range, columns.last().copied().unwrap_or_default()));
            }
            Event::Start(Tag::Item) => columns.push(column(text, range.start)),
            Event::End(TagEnd::Item) => drop(columns.pop()),
            Event::Start(
                Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition,
            ) => quotes += 1,
            Event::End(
                TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition,
            ) => {
                quotes = quotes.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}

/// The column of the text of the item whose mark stands here.
fn column(text: &str, mark: usize) -> usize {
    let line = text.slice(..mark).rfind('\n').map_or(0, |end| end + 1);
    let mark = mark
        + text
            .slice(mark..)
            .bytes()
            .take_while(|byte| *byte == b' ')
            .count();
    let rest = text.slice(mark..);
    let signs = rest.find([' ', '\t', '\n']).unwrap_or(rest.len());
    let behind = rest.slice(signs..);
    let blanks = behind.len() - behind.trim_start_matches(' ').len();
    let blanks = if (1..=4).contains(&blanks) { blanks } else { 1 };
    mark - line + signs + blanks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_lines_are_paragraphs() {
        let check = |text: &str, expected: &str| assert_eq!(resolve(text), expected, "{text}");
        check("a\n\n    b *c*\n\n    d\n\ne", "a\n\nb *c*\n\nd\n\ne");
        check("    a", "a");
        check("* a\n\n      b\n", "* a\n\n  b\n");
        check(
            "1. a\n   - b\n\n           # c\n",
            "1. a\n   - b\n\n     \\# c\n",
        );
        check("-     a\n", "- a\n");
        check("> * a\n>\n>       b\n", "> * a\n>\n>       b\n");
        check("```\n    a\n```\n", "```\n    a\n```\n");
    }
}
