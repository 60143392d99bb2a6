//! References apart from their texts, as Python's Markdown takes them: `[text] [name]`, in one line or
//! over its end.

use std::borrow::Cow;
use std::collections::BTreeSet;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::code::Code;
use super::html_elements::is_item;

/// Joins what stands apart where `name` is defined and `text` is not, which then is a reference by
/// itself. Code stays as it is.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text.contains("] [") && !text.contains("]\n[") {
        return Cow::Borrowed(text);
    }
    let known: BTreeSet<String> = text::lines(text).filter_map(defined).collect();
    if known.is_empty() {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(']') {
        let Some(behind) = text.slice(at + 1..).strip_prefix([' ', '\n']) else {
            continue;
        };
        let name = within(behind.strip_prefix('['));
        let label = text.slice(done..at).rsplit('[').next().unwrap_or_default();
        // `[b][]` is whole.
        let is_open = !label.is_empty() && !is_task(text.slice(..at));
        let is_text = is_open && !known.contains(&folded(label));
        if known.contains(&name) && is_text && !code.contains(at) {
            out.push_str(text.slice(done..=at));
            done = at + 2;
        }
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// Whether a text ends in the mark of a task, which begins an item of a list: `- [x`.
fn is_task(text: &str) -> bool {
    /// More blanks than stand before any item, so that long lines are not read again and again.
    const LONGEST: usize = 200;
    let near = text.slice(text.floor_char_boundary(text.len().saturating_sub(LONGEST))..);
    let line = near.rsplit('\n').next().unwrap_or_default();
    let mark = ["[x", "[X", "[ "];
    let item = mark.iter().find_map(|mark| line.strip_suffix(mark));
    let item = item.map(|item| item.trim_start_matches([' ', '>']));
    item.is_some_and(|item| is_item(item) && !item.trim_end().contains(' '))
}

/// Sets lines that define a name apart from the paragraph that they end, as Python's Markdown finds them
/// anywhere. Code stays as it is.
pub(super) fn set_apart(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    // Whether a line ends a paragraph that stands right before it.
    let ends = |before: &str, line: &str| {
        let is_text = !before.trim().is_empty() && defined(before).is_none();
        is_text && defined(line).is_some()
    };
    let lines = || text::lines(text).zip(text::lines(text).skip(1));
    if !text.contains("]:") || !lines().any(|(before, line)| ends(before, line)) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = "";
    let mut at = 0;
    for line in text::lines(text) {
        if ends(before, line) && !code.contains(at) {
            out.push('\n');
        }
        out.push_str(line);
        at += line.len();
        before = line;
    }
    Cow::Owned(out)
}

/// The name that a line defines, which an address follows.
fn defined(line: &str) -> Option<String> {
    let bare = line.trim_start_matches(' ');
    let inner = bare
        .strip_prefix('[')
        .filter(|_| line.len() - bare.len() < 4)?;
    let (name, target) = inner.split_once("]:")?;
    let is_note = name.starts_with('^');
    let has_target = !target.trim().is_empty() && !is_note;
    Some(folded(name)).filter(|name| !name.is_empty() && !name.contains('[') && has_target)
}

/// The name up to the bracket that closes it; nothing where none does.
fn within(inner: Option<&str>) -> String {
    let name = inner.and_then(|inner| inner.split_once(']'));
    folded(name.map_or("", |(name, _)| name))
}

/// A name as references compare it.
fn folded(name: &str) -> String {
    text::one_line(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_to_their_texts() {
        let check = |text: &str, expected: &str| {
            let defined = "\n\n[b]: /x\n[c d]: /y\n";
            let found = resolve(&format!("{text}{defined}"), || Code::of(text)).into_owned();
            assert_eq!(found, format!("{expected}{defined}"), "{text}");
        };
        check("[a] [b] and [`e`]\n[C D]", "[a][b] and [`e`][C D]");
        check(
            "[b] [c d], [a] [z], [a]  [b]",
            "[b] [c d], [a] [z], [a]  [b]",
        );
        check("`[a] [b]`", "`[a] [b]`");
        check("- [x] [b]\n- a [x] [b]", "- [x] [b]\n- a [x][b]");
        check("[b][] [c d]", "[b][] [c d]");
    }

    #[test]
    fn definitions_end_paragraphs() {
        let check = |text: &str, expected: &str| {
            assert_eq!(set_apart(text, || Code::of(text)), expected, "{text}");
        };
        check("a\n[b]: /x\n[c]: /y\n", "a\n\n[b]: /x\n[c]: /y\n");
        check("a\n\n[b]: /x\n", "a\n\n[b]: /x\n");
        check("```\na\n[b]: /x\n```\n", "```\na\n[b]: /x\n```\n");
        check("a\n[^1]: note\n[b]:\n", "a\n[^1]: note\n[b]:\n");
    }
}
