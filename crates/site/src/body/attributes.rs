//! Marks that some Markdown engines read and CommonMark shows: attributes of blocks, and the
//! place of a table of contents.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::code::Code;

/// Takes out lines such as `{.note #id}`, lists of attributes at the ends of lines where `at_ends`
/// says so, and lines such as `[[toc]]`. Code stays as it is.
pub(super) fn resolve(
    text: &str,
    lists: bool,
    at_ends: bool,
    code: impl Fn() -> Code,
) -> Cow<'_, str> {
    let may_hold = |line: &str| {
        let bare = line.trim();
        is_toc(bare) || (lists && bare.ends_with('}') && bare.contains('{'))
    };
    if !text.lines().any(may_hold) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let first = start + (line.len() - line.trim_start().len());
        if !may_hold(line) || code.contains(first) {
            out.push_str(line);
            continue;
        }
        if is_toc(bare) || is_list(bare) {
            out.push('\n');
            continue;
        }
        let open = line.rfind('{').unwrap_or(0);
        let tail = line.slice(open..).trim_end();
        // A heading keeps its own: the parser reads it.
        let is_own = bare.starts_with('#') || code.contains(start + open);
        if at_ends && !is_own && is_list(tail) {
            out.push_str(line.slice(..open).trim_end());
            out.push('\n');
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

fn is_toc(line: &str) -> bool {
    ["[[toc]]", "[toc]", "[[_toc_]]", "${toc}"]
        .iter()
        .any(|mark| line.eq_ignore_ascii_case(mark))
}

/// `{.class #id key="value"}`.
pub(super) fn is_list(text: &str) -> bool {
    let Some(inner) = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
    else {
        return false;
    };
    // Python's Markdown has a colon before them.
    let inner = inner.strip_prefix(':').unwrap_or(inner);
    let mut rest = inner.trim();
    let mut any = false;
    while !rest.is_empty() {
        let name = rest.trim_start_matches(['.', '#']);
        let end = name
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':')))
            .unwrap_or(name.len());
        let is_named = name.len() < rest.len() && end > 0;
        rest = name.slice(end..);
        if let Some(value) = rest.strip_prefix('=').filter(|_| end > 0 && !is_named) {
            let length = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => match value.slice(1..).find(quote) {
                    Some(close) => close + 2,
                    None => return false,
                },
                _ => value.find(char::is_whitespace).unwrap_or(value.len()),
            };
            rest = value.slice(length..);
        } else if !is_named {
            return false;
        }
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return false;
        }
        rest = rest.trim_start();
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                resolve(text, true, true, || Code::of(text)),
                expected,
                "{text}"
            );
        };
        check("a\n{.warning}\n\nb", "a\n\n\nb");
        check(
            "| a |\n|---|\n{.table .x style=\"a b\"}\n",
            "| a |\n|---|\n\n",
        );
        check("text {.small}\nmore", "text\nmore");
        check("text.\n{: .lead}\n", "text.\n\n");
        check("# Head {#own}\n", "# Head {#own}\n");
        check("[[toc]]\n\ntext", "\n\ntext");
        check("a {b}\n{x}\n{}\n", "a {b}\n{x}\n{}\n");
        check("```\n{.x}\n[toc]\n```\n", "```\n{.x}\n[toc]\n```\n");
        check("set {.x, .y}", "set {.x, .y}");
    }
}
