//! Characters: which ones XML allows where, and which ones tell of a broken encoding.

use crate::slice::Slice;

/// How many bytes are looked at together, which processors do about as fast as one.
const TOGETHER: usize = 32;

/// The characters that are suspect by their first byte and the byte behind it, with where they stand. Few
/// are.
fn suspects(
    text: &str,
    is_suspect: impl Fn(u8, u8) -> bool,
) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(first) = bytes.get(from..from + TOGETHER)
            && let Some(next) = bytes.get(from + 1..from + 1 + TOGETHER)
            && !first
                .iter()
                .zip(next)
                .fold(false, |any, (first, next)| any | is_suspect(*first, *next))
        {
            from += TOGETHER;
        }
        let rest = bytes.get(from..)?;
        let next = rest.iter().skip(1).chain(&[0]);
        let offset = rest
            .iter()
            .zip(next)
            .position(|(first, next)| is_suspect(*first, *next))?
            + from;
        let char = text.get(offset..)?.chars().next()?;
        from = offset + char.len_utf8();
        Some((offset, char))
    })
}

/// Whether two bytes may begin a character that XML does not allow.
fn may_be_illegal(first: u8, next: u8) -> bool {
    let is_control = (first < b' ') & (first != b'\t') & (first != b'\n') & (first != b'\r');
    is_control | ((first == 0xef) & (next == 0xbf))
}

/// Whether two bytes may begin a character that a wrong encoding leaves.
fn may_be_broken(first: u8, next: u8) -> bool {
    ((first == 0xc2) & (next < 0xa0))
        | ((first == 0xc3) & (next < 0x84))
        | ((first == 0xef) & (next == 0xbf))
}

/// The first character that XML 1.0 does not allow, and where it stands.
pub fn illegal(text: &str) -> Option<(usize, char)> {
    suspects(text, may_be_illegal).find(|(_, c)| !is_legal(*c))
}

/// Whether XML 1.0 allows a character (section 2.2).
pub fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The first character that tells of a wrong encoding somewhere on the way: a control character
/// of ISO 8859-1 that was a letter in Windows-1252, a replacement character, or UTF-8 that was
/// read as ISO 8859-1 and written as UTF-8 again.
pub fn broken(text: &str) -> Option<(usize, char)> {
    let mut twice = None;
    for (offset, c) in suspects(text, may_be_broken) {
        match c {
            '\u{80}'..='\u{9f}' | '\u{fffd}' => return Some((offset, c)),
            '\u{c2}' | '\u{c3}' if twice.is_none() => {
                let next = text.slice(offset + c.len_utf8()..).chars().next();
                if next.is_some_and(|next| matches!(next, '\u{80}'..='\u{bf}')) {
                    twice = Some((offset, c));
                }
            }
            _ => {}
        }
    }
    twice.filter(|_| {
        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
        bytes.is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok())
    })
}

/// Adds text with the ends of its lines made `\n`, as XML reads them (section 2.11).
pub fn push_lines(to: &mut String, text: &str) {
    let mut rest = text;
    while let Some(offset) = memchr::memchr(b'\r', rest.as_bytes()) {
        to.push_str(rest.slice(..offset));
        to.push('\n');
        rest = rest
            .slice(offset + 1..)
            .strip_prefix('\n')
            .unwrap_or(rest.slice(offset + 1..));
    }
    to.push_str(rest);
}

fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

pub fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}'
            | '\u{203f}'..='\u{2040}')
}

/// Whether a text is a name without a colon (Namespaces in XML 1.0, section 3).
pub fn is_ncname(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// Whether a text is a name, or a prefix, a colon and a name.
pub fn is_qname(text: &str) -> bool {
    match text.split_once(':') {
        None => is_ncname(text),
        Some((prefix, name)) => is_ncname(prefix) && is_ncname(name),
    }
}

/// White space of XML.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// White space in the value of an attribute.
pub fn blank(c: char) -> char {
    if is_space(c) { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_xml() {
        assert_eq!(illegal("plain\ttext\r\n, é, €, 😀"), None);
        assert_eq!(illegal("a\u{1}b"), Some((1, '\u{1}')));
        assert_eq!(illegal("aé\u{fffe}"), Some((3, '\u{fffe}')));
        assert_eq!(illegal("\u{ffff}"), Some((0, '\u{ffff}')));
        assert_eq!(illegal("\u{85}\u{fffd}\u{ef00}"), None);
    }

    #[test]
    fn broken_encodings() {
        assert_eq!(broken("naïve Ärger, Ã alone"), None);
        assert_eq!(broken("it\u{92}s"), Some((2, '\u{92}')));
        assert_eq!(broken("caf\u{fffd}"), Some((3, '\u{fffd}')));
        assert_eq!(broken("cafÃ©"), Some((3, 'Ã')));
        // Not all of it can be bytes.
        assert_eq!(broken("Ã© €"), None);
    }

    #[test]
    fn line_ends() {
        let mut text = String::new();
        push_lines(&mut text, "a\r\nb\rc\n\r");
        assert_eq!(text, "a\nb\nc\n\n");
    }

    #[test]
    fn names() {
        for name in ["a", "_b", "atom:link", "é", "x-1.2"] {
            assert!(is_qname(name), "{name}");
        }
        for name in ["", "1a", "-a", ":a", "a:", "a:b:c", "a b", "a:1"] {
            assert!(!is_qname(name), "{name}");
        }
    }
}
