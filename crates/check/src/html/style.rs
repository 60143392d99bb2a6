//! Styles: which declarations are known to be harmless in somebody else's page.

use std::borrow::Cow;

/// Properties of CSS that neither load anything nor take content out of its place.
const HARMLESS: &[&str] = &[
    "accent-color",
    "align-items",
    "align-self",
    "aspect-ratio",
    "azimuth",
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "box-shadow",
    "box-sizing",
    "caption-side",
    "caret-color",
    "clear",
    "color",
    "column-gap",
    "cursor",
    "direction",
    "display",
    "elevation",
    "empty-cells",
    "fill",
    "fill-opacity",
    "fill-rule",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "gap",
    "height",
    "hyphens",
    "justify-content",
    "letter-spacing",
    "line-break",
    "line-height",
    "list-style",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "object-fit",
    "opacity",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "overflow-y",
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
    "quotes",
    "richness",
    "row-gap",
    "speak",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
    "speech-rate",
    "stop-color",
    "stop-opacity",
    "stress",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "tab-size",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "text-decoration-thickness",
    "text-indent",
    "text-overflow",
    "text-transform",
    "text-underline-offset",
    "unicode-bidi",
    "vertical-align",
    "visibility",
    "voice-family",
    "volume",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
    "writing-mode",
];

/// Words that stand in backgrounds, borders, margins and paddings.
const WORDS: &[&str] = &[
    "aliceblue",
    "antiquewhite",
    "aqua",
    "aquamarine",
    "auto",
    "azure",
    "beige",
    "bisque",
    "black",
    "blanchedalmond",
    "block",
    "blue",
    "blueviolet",
    "bold",
    "both",
    "bottom",
    "brown",
    "burlywood",
    "cadetblue",
    "center",
    "chartreuse",
    "chocolate",
    "collapse",
    "coral",
    "cornflowerblue",
    "cornsilk",
    "crimson",
    "currentcolor",
    "cyan",
    "darkblue",
    "darkcyan",
    "darkgoldenrod",
    "darkgray",
    "darkgreen",
    "darkgrey",
    "darkkhaki",
    "darkmagenta",
    "darkolivegreen",
    "darkorange",
    "darkorchid",
    "darkred",
    "darksalmon",
    "darkseagreen",
    "darkslateblue",
    "darkslategray",
    "darkslategrey",
    "darkturquoise",
    "darkviolet",
    "dashed",
    "deeppink",
    "deepskyblue",
    "dimgray",
    "dimgrey",
    "dodgerblue",
    "dotted",
    "double",
    "firebrick",
    "floralwhite",
    "forestgreen",
    "fuchsia",
    "gainsboro",
    "ghostwhite",
    "gold",
    "goldenrod",
    "gray",
    "green",
    "greenyellow",
    "grey",
    "groove",
    "hidden",
    "honeydew",
    "hotpink",
    "indianred",
    "indigo",
    "inherit",
    "initial",
    "inset",
    "italic",
    "ivory",
    "khaki",
    "lavender",
    "lavenderblush",
    "lawngreen",
    "left",
    "lemonchiffon",
    "lightblue",
    "lightcoral",
    "lightcyan",
    "lightgoldenrodyellow",
    "lightgray",
    "lightgreen",
    "lightgrey",
    "lightpink",
    "lightsalmon",
    "lightseagreen",
    "lightskyblue",
    "lightslategray",
    "lightslategrey",
    "lightsteelblue",
    "lightyellow",
    "lime",
    "limegreen",
    "linen",
    "magenta",
    "maroon",
    "medium",
    "mediumaquamarine",
    "mediumblue",
    "mediumorchid",
    "mediumpurple",
    "mediumseagreen",
    "mediumslateblue",
    "mediumspringgreen",
    "mediumturquoise",
    "mediumvioletred",
    "midnightblue",
    "mintcream",
    "mistyrose",
    "moccasin",
    "navajowhite",
    "navy",
    "none",
    "normal",
    "nowrap",
    "oldlace",
    "olive",
    "olivedrab",
    "orange",
    "orangered",
    "orchid",
    "outset",
    "palegoldenrod",
    "palegreen",
    "paleturquoise",
    "palevioletred",
    "papayawhip",
    "peachpuff",
    "peru",
    "pink",
    "plum",
    "pointer",
    "powderblue",
    "purple",
    "rebeccapurple",
    "red",
    "ridge",
    "right",
    "rosybrown",
    "royalblue",
    "saddlebrown",
    "salmon",
    "sandybrown",
    "seagreen",
    "seashell",
    "sienna",
    "silver",
    "skyblue",
    "slateblue",
    "slategray",
    "slategrey",
    "snow",
    "solid",
    "springgreen",
    "steelblue",
    "tan",
    "teal",
    "thick",
    "thin",
    "thistle",
    "tomato",
    "top",
    "transparent",
    "turquoise",
    "violet",
    "wheat",
    "white",
    "whitesmoke",
    "yellow",
    "yellowgreen",
];

/// How much of one style is told.
const MOST: usize = 20;

/// What in a style is not known to be harmless: the properties or values, or all of it where it
/// is written in a way that could hide something.
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

/// A style with blanks for its comments. One that is not closed stays.
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
                c.is_ascii_digit()
                    || c == ','
                    || c == '%'
                    || c == '/'
                    || c == '.'
                    || c.is_whitespace()
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
