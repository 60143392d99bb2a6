//! Reads the tags of elements and components in MDX.

use feedwright_base::slice::Slice;

use super::braces::Brackets;

/// The longest attribute, in bytes.
const LONGEST_VALUE: usize = 8 << 10;

/// An attribute as written: a text, an expression, or nothing.
pub(super) enum Value<'a> {
    Text(&'a str),
    Expression(&'a str),
    None,
}

/// A tag of an element or component.
pub(super) struct Element<'a> {
    /// Empty for a fragment.
    pub(super) name: &'a str,
    pub(super) closes: bool,
    pub(super) closes_itself: bool,
    pub(super) attributes: Vec<(&'a str, Value<'a>)>,
    /// The end of the tag.
    pub(super) end: usize,
}

impl<'a> Element<'a> {
    /// Reads the tag that begins at `<`, if there is one.
    pub(super) fn read(text: &'a str, start: usize, brackets: &mut Brackets<'_>) -> Option<Self> {
        let (closes, mut at) = match text.slice(start + 1..).strip_prefix('/') {
            Some(_) => (true, start + 2),
            None => (false, start + 1),
        };
        let name_end = end_of(text, at, |c| {
            c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
        });
        let name = text.slice(at..name_end);
        if !name.is_empty() && !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        at = name_end;
        let mut element = Element {
            name,
            closes,
            closes_itself: false,
            attributes: Vec::new(),
            end: at,
        };
        loop {
            at = end_of(text, at, char::is_whitespace);
            match text.as_bytes().get(at)? {
                b'>' => {
                    element.end = at + 1;
                    return Some(element);
                }
                b'/' if text.slice(at + 1..).starts_with('>') => {
                    element.closes_itself = true;
                    element.end = at + 2;
                    return Some(element);
                }
                // A fragment `<>` has no attributes.
                _ if name.is_empty() => return None,
                b'{' => at = brackets.close(at)?,
                _ => {
                    let (attribute, end) = attribute(text, at, brackets)?;
                    element.attributes.push(attribute);
                    at = end;
                }
            }
        }
    }
}

/// The end of a run of characters of one kind.
fn end_of(text: &str, from: usize, is_part: fn(char) -> bool) -> usize {
    let found = text.slice(from..).find(|c: char| !is_part(c));
    found.map_or(text.len(), |at| from + at)
}

/// Reads an attribute with its value, and returns it with its end.
fn attribute<'a>(
    text: &'a str,
    at: usize,
    brackets: &mut Brackets<'_>,
) -> Option<((&'a str, Value<'a>), usize)> {
    let end = end_of(text, at, |c| {
        c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '@' | '$' | '#')
    });
    if end == at {
        return None;
    }
    let name = text.slice(at..end);
    let at = end_of(text, end, char::is_whitespace);
    if !text.slice(at..).starts_with('=') {
        return Some(((name, Value::None), at));
    }
    let from = end_of(text, at + 1, char::is_whitespace);
    let (value, end) = value(text, from, brackets)?;
    Some(((name, value), end))
}

/// Reads the value of an attribute, and returns it with its end.
fn value<'a>(
    text: &'a str,
    from: usize,
    brackets: &mut Brackets<'_>,
) -> Option<(Value<'a>, usize)> {
    match *text.as_bytes().get(from)? {
        quote @ (b'"' | b'\'') => {
            let limit = text.floor_char_boundary((from + 1 + LONGEST_VALUE).min(text.len()));
            let length = text.slice(from + 1..limit).find(char::from(quote))?;
            let end = from + 1 + length;
            Some((Value::Text(text.slice(from + 1..end)), end + 1))
        }
        b'{' => {
            let end = brackets.close(from)?;
            Some((Value::Expression(text.slice(from + 1..end - 1)), end))
        }
        _ => {
            let length = text
                .slice(from..)
                .find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | '{' | '"'))?;
            (length > 0).then(|| (Value::Text(text.slice(from..from + length)), from + length))
        }
    }
}

/// Whether an element of HTML has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
