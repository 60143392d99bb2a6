//! Finds declarations in a style that are not known to be harmless in the page of a reader.

mod known;

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use self::known::{HARMLESS, WORDS};

/// How many problems of one style are reported.
const MOST: usize = 20;

/// The properties and values in a style that are not known to be harmless, or the whole style where
/// its syntax could hide something.
pub(super) fn suspicious(style: &str) -> Vec<String> {
    let style = &*uncommented(style);
    if !is_plain(style) {
        return vec![style.to_owned()];
    }
    let mut found: Vec<String> = Vec::new();
    let mut add = |text: &str| {
        if found.len() < MOST && !found.iter().any(|known| known == text) {
            found.push(text.to_owned());
        }
    };
    for declaration in style.split(';') {
        if declaration.trim().is_empty() {
            continue;
        }
        let Some((property, value)) = declaration.split_once(':') else {
            return vec![style.to_owned()];
        };
        let property = property.trim().to_ascii_lowercase();
        let value = value.to_ascii_lowercase();
        let is_name = property
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_name || property.is_empty() || value.contains(':') {
            return vec![style.to_owned()];
        }
        if !HARMLESS.contains(&property.as_str()) {
            add(&property);
            continue;
        }
        let family = property.split('-').next().unwrap_or_default();
        if matches!(family, "background" | "border" | "margin" | "padding") {
            let value = value.replace("!important", " ");
            for word in words(&value) {
                if !WORDS.contains(&word.as_str()) && !is_size(&word) && !is_color(&word) {
                    add(&format!("{property}: {word}"));
                }
            }
        }
    }
    found
}

/// A style with its comments replaced by blanks. A comment that is not closed stays.
fn uncommented(style: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed("");
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*")
        && let Some((_, after)) = after.split_once("*/")
    {
        plain += before;
        plain += " ";
        rest = after;
    }
    plain += rest;
    plain
}

/// Whether a style has no escapes, no comments, no addresses, and no functions except colors.
fn is_plain(style: &str) -> bool {
    let mut rest = style;
    while let Some(at) = rest.find(['(', '\'', '"']) {
        let (head, tail) = rest.split_at(at);
        if !head.chars().all(is_plain_char) {
            return false;
        }
        let (close, inner): (char, fn(char) -> bool) = match tail.as_bytes().first() {
            Some(b'(') => (')', |c| {
                c.is_ascii_digit()
                    || c == ','
                    || c == '%'
                    || c == '/'
                    || c == '.'
                    || c.is_whitespace()
            }),
            Some(b'\'') => ('\'', |c| {
                c.is_alphanumeric() || c.is_whitespace() || c == '_' || c == '-'
            }),
            _ => ('"', |c| {
                c.is_alphanumeric() || c.is_whitespace() || c == '_' || c == '-'
            }),
        };
        let Some((quoted, after)) = tail.slice(1..).split_once(close) else {
            return false;
        };
        let is_color = close != ')'
            || head.to_ascii_lowercase().ends_with("rgb")
            || head.to_ascii_lowercase().ends_with("rgba");
        if !is_color || !quoted.chars().all(inner) {
            return false;
        }
        rest = after;
    }
    rest.chars().all(is_plain_char)
}

fn is_plain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_whitespace() || ":,;#%.!-_".contains(c)
}

/// The words of a value. Brackets belong to the word before them.
fn words(value: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_open = false;
    for c in value.chars() {
        match c {
            '(' => is_open = true,
            ')' => is_open = false,
            _ => {}
        }
        if c.is_whitespace() && !is_open {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a word is a length or percentage that stays near its place.
fn is_size(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = word.slice(number.len()..);
    let known = [
        "", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "rem", "%",
    ];
    known.contains(&unit)
        && number
            .parse::<f64>()
            .is_ok_and(|n| (0.0..1000.0).contains(&n))
}

fn is_color(word: &str) -> bool {
    let hex = word.strip_prefix('#');
    hex.is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()))
        || ((word.starts_with("rgb(") || word.starts_with("rgba(")) && word.ends_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for style in [
            "",
            "color: #008;",
            "border: 1px solid rgb(0, 0, 0);",
            "font-family: 'Lucida Console', serif",
            "margin: 0 auto !important",
            "TEXT-INDENT: 0.5in;",
            "width: 33.3%",
            "/* a */ max-width: 100%; background: lightgray!important",
        ] {
            assert!(suspicious(style).is_empty(), "{style}");
        }
        for (style, found) in [
            ("position: absolute; color: red", "position"),
            ("margin: 99999em", "margin: 99999em"),
            ("margin: -50px", "margin: -50px"),
            ("background: url(x)", "background: url(x)"),
            ("color: \\72 ed", "color: \\72 ed"),
            ("width: expression(1)", "width: expression(1)"),
            ("color", "color"),
            ("mso-list: l0", "mso-list"),
        ] {
            assert_eq!(suspicious(style), [found], "{style}");
        }
    }
}
