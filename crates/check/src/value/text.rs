//! Checks plain texts for markup.

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;

use super::super::context::{Context, Vocabulary};
use super::super::rule::{Rule, rules};
use super::super::spot::Spot;

rules! {
    TEXT_HTML = Warning "text-html", "RSS Profile, section “Character Data”",
        "A text that readers take as plain has HTML in it. Some show the tags, some remove them.",
        "write plain text";
    TEXT_HTML_UNDECLARED = Warning "text-html-undeclared", "RFC 4287, section 3.1.1",
        "A text is declared as plain, and has HTML in it. Readers show the tags.",
        "say `type=\"html\"`, or write plain text";
    TEXT_CHARACTER_DATA = Warning "text-character-data", "RSS Profile, section “Character Data”",
        "`<` or `&` in plain text of RSS is not written so that all readers show it.",
        "write `&#x3C;` for `<` and `&#x26;` for `&`, hexadecimal";
}

/// Markup that shows that a text is HTML: the end tag of an element of HTML, or a reference.
enum Markup<'a> {
    Tag(&'a str),
    Reference(&'a str),
}

fn markup(text: &str) -> Option<Markup<'_>> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(after.len());
        let is_tag = elements::is(after.slice(..end), elements::HTML);
        if after.slice(end..).starts_with('>') && is_tag {
            return Some(Markup::Tag(after.slice(..end)));
        }
        rest = after;
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('&') {
        let end = after
            .char_indices()
            .find(|(at, c)| !(c.is_ascii_alphanumeric() || (*at == 0 && *c == '#')))
            .map_or(after.len(), |(at, _)| at);
        let name = after.slice(..end);
        let is_closed = after.slice(end..).starts_with(';');
        if is_reference(name, is_closed) {
            return Some(Markup::Reference(
                after.slice(..end + usize::from(is_closed)),
            ));
        }
        rest = after;
    }
    None
}

/// Whether browsers read `&name` as a character.
fn is_reference(name: &str, is_closed: bool) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if name.is_empty() {
        return false;
    }
    // Without a semicolon, browsers read only the names of HTML 2 and 3.2: `&copy`, but not `&and`.
    // The table also has the starts of longer names, without a character.
    let names = &html5ever::data::NAMED_ENTITIES;
    let meaning = if is_closed {
        names.get(format!("{name};").as_str())
    } else {
        names.get(name)
    };
    meaning.is_some_and(|(first, _)| *first != 0)
}

/// Whether a text looks like HTML.
pub(crate) fn has_markup(text: &str) -> bool {
    markup(text).is_some()
}

fn check(spot: &Spot<'_>, cx: &mut Context<'_>, rule: &'static Rule) {
    let has_hex = spot.attribute.is_none() && spot.element.texts().any(|text| text.has_hex);
    match markup(spot.text) {
        Some(Markup::Tag(tag)) => {
            spot.report(cx, rule, format!("{spot} has HTML in it: `</{tag}>`"));
        }
        // The profile of RSS recommends hexadecimal references.
        Some(Markup::Reference(name)) if !has_hex && !name.starts_with("#x") => {
            spot.report(cx, rule, format!("{spot} has HTML in it: `&{name}`"));
        }
        Some(Markup::Reference(_)) => {}
        None if has_hex || cx.vocabulary != Some(Vocabulary::Rss20) => {}
        None => {
            let bytes = spot.text.as_bytes();
            let looks = bytes
                .windows(2)
                .any(|pair| matches!(pair, [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z']))
                || spot.text.contains("&#");
            if looks {
                spot.report(
                    cx,
                    &TEXT_CHARACTER_DATA,
                    format!("{spot} has `<` or `&#` in it, which is not written in hexadecimal"),
                );
            }
        }
    }
}

/// Checks text that readers take as plain.
pub(crate) fn plain(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, &TEXT_HTML);
}

/// Checks text that is declared as plain.
pub(crate) fn declared_plain(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, &TEXT_HTML_UNDECLARED);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_those_that_browsers_read() {
        for text in [
            "&amp;",
            "&copy 2024",
            "a &lt b",
            "&and;",
            "&#8;",
            "&#xA0",
            "&Eacute",
        ] {
            assert!(has_markup(text), "{text}");
        }
        for text in [
            "&and more",
            "R&D",
            "AT&int",
            "&am",
            "&a;",
            "& amp;",
            "&#;",
            "&",
        ] {
            assert!(!has_markup(text), "{text}");
        }
    }
}
