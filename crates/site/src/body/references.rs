//! References apart from their texts, as Python's Markdown takes them: `[text] [name]`, in one line or
//! over its end.

use std::borrow::Cow;
use std::collections::BTreeSet;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::code::Code;

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
        if known.contains(&name) && !known.contains(&folded(label)) && !code.contains(at) {
            out.push_str(text.slice(done..=at));
            done = at + 2;
        }
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The name that a line defines.
fn defined(line: &str) -> Option<String> {
    let inner = line.trim_start().strip_prefix('[')?;
    let (name, _) = inner.split_once("]:")?;
    Some(folded(name)).filter(|name| !name.is_empty())
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
    }
}
