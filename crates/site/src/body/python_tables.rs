//! Tables of Python's Markdown, in whose cells code may hold `|`.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::code::Code;
use super::tables::{blocks, is_escaped, spans};

/// Escapes the signs in code that is part of a cell, as CommonMark's parser asks for it.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text.contains('|') || !text.contains('`') {
        return Cow::Borrowed(text);
    }
    let mut signs: Vec<usize> = Vec::new();
    for block in blocks(text) {
        let mut lines = text::lines(text.slice(block.clone()));
        let head = lines.next().unwrap_or_default();
        let Some(below) = lines.next().filter(|line| is_below_head(line)) else {
            continue;
        };
        let mut start = block.start + head.len() + below.len();
        for line in lines {
            let within = spans(line).into_iter().flatten();
            let own = within.filter(|at| line.as_bytes().get(*at) == Some(&b'|'));
            signs.extend(own.map(|at| start + at).filter(|at| !is_escaped(text, *at)));
            start += line.len();
        }
    }
    if signs.is_empty() {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len() + signs.len());
    let mut done = 0;
    for at in signs.into_iter().filter(|at| !code.is_block(*at)) {
        out.push_str(text.slice(done..at));
        out.push('\\');
        done = at;
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// Whether a line is the one below the head of a table.
fn is_below_head(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_code_are_escaped() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check(
            "| a | b |\n|---|---|\n| 1 | `p|q` |\n| `c | d |\n",
            "| a | b |\n|---|---|\n| 1 | `p\\|q` |\n| `c | d |\n",
        );
        check("a | b\n--|--\n`c\\|d` | e\n", "a | b\n--|--\n`c\\|d` | e\n");
        check("`a|b`\n\n| c |\n", "`a|b`\n\n| c |\n");
        let fenced = "```\n| a | b |\n|---|---|\n| 1 | `p|q` |\n```\n";
        check(fenced, fenced);
    }
}
