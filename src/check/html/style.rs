//! Styles: which declarations are known to be harmless in somebody else's page.

/// Properties of CSS that neither load anything nor take content out of its place.
const HARMLESS: &[&str] = &[
    "azimuth",
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "cursor",
    "direction",
    "display",
    "elevation",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "pause",
    "pause-after",
    "pause-before",
    "pitch",
    "pitch-range",
    "richness",
    "speak",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
    "speech-rate",
    "stress",
    "text-align",
    "text-decoration",
    "text-indent",
    "unicode-bidi",
    "vertical-align",
    "voice-family",
    "volume",
    "white-space",
    "width",
];

/// Words that stand in backgrounds, borders, margins and paddings.
const WORDS: &[&str] = &[
    "!important",
    "aqua",
    "auto",
    "black",
    "block",
    "blue",
    "bold",
    "both",
    "bottom",
    "brown",
    "center",
    "collapse",
    "currentcolor",
    "dashed",
    "dotted",
    "double",
    "fuchsia",
    "gray",
    "green",
    "grey",
    "groove",
    "hidden",
    "inherit",
    "initial",
    "inset",
    "italic",
    "left",
    "lime",
    "maroon",
    "medium",
    "navy",
    "none",
    "normal",
    "nowrap",
    "olive",
    "outset",
    "pointer",
    "purple",
    "red",
    "ridge",
    "right",
    "silver",
    "solid",
    "teal",
    "thick",
    "thin",
    "top",
    "transparent",
    "white",
    "yellow",
];

/// How much of one style is told.
const MOST: usize = 20;

/// What in a style is not known to be harmless: the properties or values, or all of it where it
/// is written in a way that could hide something.
pub(super) fn suspicious(style: &str) -> Vec<String> {
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
            for word in words(&value) {
                if !WORDS.contains(&word.as_str()) && !is_size(&word) && !is_color(&word) {
                    add(&word);
                }
            }
        }
    }
    found
}

/// Whether a style has no escapes, comments, addresses or functions but colors.
fn is_plain(style: &str) -> bool {
    let mut rest = style;
    while let Some(at) = rest.find(['(', '\'', '"']) {
        let (head, tail) = rest.split_at(at);
        if !head.chars().all(is_plain_char) {
            return false;
        }
        let (close, inner): (char, fn(char) -> bool) = match tail.as_bytes()[0] {
            b'(' => (')', |c| {
                c.is_ascii_digit() || c == ',' || c == '%' || c == '.' || c.is_whitespace()
            }),
            b'\'' => ('\'', |c| {
                c.is_alphanumeric() || c.is_whitespace() || c == '_' || c == '-'
            }),
            _ => ('"', |c| {
                c.is_alphanumeric() || c.is_whitespace() || c == '_' || c == '-'
            }),
        };
        let Some((quoted, after)) = tail[1..].split_once(close) else {
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

/// The words of a value; what stands in brackets is one with what stands before.
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
    let unit = &word[number.len()..];
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
        ] {
            assert!(suspicious(style).is_empty(), "{style}");
        }
        for (style, found) in [
            ("position: absolute; color: red", "position"),
            ("margin: 99999em", "99999em"),
            ("margin: -50px", "-50px"),
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
