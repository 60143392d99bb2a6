//! Writes a value where it stands in HTML, as Go's templates do.

use feedwright_base::slice::Slice;
use feedwright_base::text::strip_tags;

use super::value::Value;

/// How far back the tag is looked for that a value may stand in, in bytes.
const REACH: usize = 4 << 10;

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    /// In an attribute in quotes.
    Quoted,
    /// Elsewhere in a tag.
    Tag,
    /// In the query of an address.
    Query,
}

/// Adds a value to HTML.
pub(super) fn write(out: &mut String, value: &Value) {
    let place = place(out);
    let escaped = match (place, value) {
        (Place::Text, Value::Html(html)) => html.clone(),
        (Place::Quoted, Value::Html(html)) => quoted(&strip_tags(html)),
        (Place::Tag, Value::Html(html)) => html.clone(),
        (Place::Query, value) => in_query(value.text()),
        (Place::Tag, value) => unquoted(value.text()),
        (_, value) => quoted(value.text()),
    };
    out.push_str(&escaped);
}

/// Text that ends neither an element nor an attribute.
pub(super) fn quoted(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).into_owned()
}

/// Text that does not end an attribute without quotes.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in quoted(text).chars() {
        if c.is_whitespace() || matches!(c, '=' | '`') {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

fn in_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02x}"));
        }
    }
    out
}

/// Whether what stands here is seen by no reader of a feed: it is a name for scripts and styles.
pub(super) fn is_unseen(out: &str) -> bool {
    let Some((name, _)) = attribute(out) else {
        return false;
    };
    let unseen = [
        "class", "id", "for", "height", "loading", "name", "role", "style", "width",
    ];
    unseen.contains(&name) || name.starts_with("aria-") || name.starts_with("data-")
}

fn place(out: &str) -> Place {
    if open_tag(out).is_none() {
        return Place::Text;
    }
    let Some((name, value)) = attribute(out) else {
        return Place::Tag;
    };
    let is_address = ["href", "src", "action", "cite", "poster"].contains(&name);
    if is_address && value.contains('?') {
        Place::Query
    } else {
        Place::Quoted
    }
}

/// The tag that a text ends in, as far as it goes.
fn open_tag(out: &str) -> Option<&str> {
    let from = out.ceil_char_boundary(out.len().saturating_sub(REACH));
    let near = out.slice(from..);
    let tag = near.slice(near.rfind('<')?..);
    let is_tag = tag
        .slice(1..)
        .starts_with(|c: char| c.is_ascii_alphabetic());
    (is_tag && !tag.contains('>')).then_some(tag)
}

/// The name and the beginning of the value of an attribute in quotes that a text ends in.
fn attribute(out: &str) -> Option<(&str, &str)> {
    let tag = open_tag(out)?;
    let mut open = None;
    for (at, c) in tag.char_indices() {
        match open {
            None if matches!(c, '"' | '\'') => open = Some((c, at)),
            Some((quote, _)) if c == quote => open = None,
            _ => {}
        }
    }
    let (_, at) = open?;
    let before = tag.slice(..at).trim_end_matches([' ', '=']);
    let name = before.rsplit(char::is_whitespace).next()?;
    Some((name, tag.slice(at + 1..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_their_places() {
        // As html/template of Go writes them.
        for (before, value, expected) in [
            ("<i>", "<a \"b\">", "&lt;a &quot;b&quot;&gt;"),
            ("<i title=\"", "a \"b\"", "a &quot;b&quot;"),
            ("<img alt=", "al t \"q\"", "al&#32;t&#32;&quot;q&quot;"),
            ("<a href=\"https://x.y/?q=", "a b&c", "a%20b%26c"),
            ("1 < 2 ", "a b", "a b"),
        ] {
            let mut out = before.to_owned();
            write(&mut out, &Value::Text(value.to_owned()));
            assert_eq!(out, format!("{before}{expected}"));
        }
        let mut out = "<i title=\"".to_owned();
        write(&mut out, &Value::Html("<b>\"x\"</b>".to_owned()));
        assert_eq!(out, "<i title=\"&quot;x&quot;");
    }
}
