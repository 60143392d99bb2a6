//! Links whose destinations hold blanks, as kramdown and Python's Markdown take them.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::code::Code;

/// The longest destination that is rewritten, in bytes.
const LONGEST: usize = 2_000;

/// The longest title behind one, in bytes.
const LONGEST_TITLE: usize = 300;

/// Puts destinations with blanks in angle brackets, so that CommonMark reads them. Code stays as it is.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    let mut links = Finder::new(text, "](");
    let mut known: Option<Code> = None;
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(open) = links.find(at) {
        at = open + 2;
        let Some(found) = destination(text.slice(at..)) else {
            continue;
        };
        let url = found.trim();
        let is_bare = !url.contains(char::is_whitespace) || url.contains(['<', '>']);
        if is_bare || known.get_or_insert_with(&code).contains(open) {
            continue;
        }
        out.push_str(text.slice(done..at));
        // Browsers leave the ends of lines out of addresses.
        out.push_str(&format!("<{}>", url.replace('\n', "")));
        done = at + found.len();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The destination that a text begins with, up to the parenthesis that closes it, or to its title.
fn destination(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().take(LONGEST) {
        let rest = bytes.slice(at + 1..);
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(text.slice(..at)),
            b')' => depth -= 1,
            b'\n' if rest.starts_with(b"\n") => return None,
            // Another link begins, and so this is none.
            b']' if rest.starts_with(b"(") => return None,
            b' ' | b'\n' if has_title(rest) => return Some(text.slice(..at)),
            _ => {}
        }
    }
    None
}

/// Whether a text begins with a title in quotes and the parenthesis that closes the link.
fn has_title(rest: &[u8]) -> bool {
    let (Some(quote @ (b'"' | b'\'')), Some(rest)) = (rest.first(), rest.get(1..)) else {
        return false;
    };
    let near = rest.get(..LONGEST_TITLE).unwrap_or(rest);
    let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut ends = line.iter().enumerate().filter(|(_, byte)| *byte == quote);
    ends.any(|(at, _)| {
        let behind = line.slice(at + 1..);
        behind.trim_ascii_start().starts_with(b")")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stay() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("[a](b c.md) [d](e)\n", "[a](<b c.md>) [d](e)\n");
        check("[a](b \"c\") [d]( e )", "[a](b \"c\") [d]( e )");
        check("[a](b c \"d\") [e]( f )", "[a](<b c> \"d\") [e]( f )");
        check("![a\nb](../x-\ny.jpg)", "![a\nb](<../x-y.jpg>)");
        check("[a](b (c) d) [e](<f g>)", "[a](<b (c) d>) [e](<f g>)");
        check("[a](b\n\nc) [d](e [f](g h)", "[a](b\n\nc) [d](e [f](<g h>)");
        check(
            "`[a](b c)`\n\n    [a](b c)\n",
            "`[a](b c)`\n\n    [a](b c)\n",
        );
    }
}
