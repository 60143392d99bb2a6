//! Marks that turn the direction of text: a text of its own leaves none open.

use std::borrow::Cow;

/// Deeper than this the Unicode Bidirectional Algorithm (UAX #9, `max_depth`) follows no marks.
const DEPTH: usize = 125;

/// Closes what a text leaves open of embeddings, overrides and isolates (UAX #9 section 2), so that
/// it does not turn around what a reader shows behind it. Ends of nothing are removed.
pub fn closed(text: &str) -> Cow<'_, str> {
    // All of them begin with this byte, and most texts have none.
    if !text.as_bytes().contains(&0xe2) || !text.chars().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        let keeps = match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => {
                let fits = open.len() < DEPTH;
                if fits {
                    open.push(end_of(c));
                }
                fits
            }
            '\u{202c}' => {
                let is_end = open.last() == Some(&c);
                if is_end {
                    open.pop();
                }
                is_end
            }
            // The end of an isolate ends the embeddings in it as well.
            '\u{2069}' => match open.iter().rposition(|end| *end == c) {
                Some(at) => {
                    open.truncate(at);
                    true
                }
                None => false,
            },
            _ => true,
        };
        if keeps {
            out.push(c);
        }
    }
    out.extend(open.iter().rev());
    Cow::Owned(out)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What ends an embedding, an override or an isolate.
fn end_of(mark: char) -> char {
    match mark {
        '\u{2066}'..='\u{2068}' => '\u{2069}',
        _ => '\u{202c}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_open() {
        for (text, expected) in [
            ("plain — text", "plain — text"),
            ("a\u{202e}b", "a\u{202e}b\u{202c}"),
            ("a\u{2067}b\u{2069}c", "a\u{2067}b\u{2069}c"),
            ("\u{2066}\u{202a}a", "\u{2066}\u{202a}a\u{202c}\u{2069}"),
            ("\u{2066}\u{202a}a\u{2069}b", "\u{2066}\u{202a}a\u{2069}b"),
            (
                "\u{202a}\u{2066}a\u{202c}b",
                "\u{202a}\u{2066}ab\u{2069}\u{202c}",
            ),
            ("a\u{202c}b\u{2069}", "ab"),
        ] {
            assert_eq!(closed(text), expected, "{text:?}");
            assert_eq!(closed(expected), expected, "{text:?}");
        }
        let deep = "\u{202e}".repeat(100_000);
        assert_eq!(closed(&deep).chars().count(), 2 * DEPTH);
    }
}
