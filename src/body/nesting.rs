//! Bounding how deep HTML nests before a parser sees it.
//!
//! An HTML parser's cost grows with the square of the depth, and formatting elements that are
//! never closed come back in every paragraph. Both are followed here as far as needed to know
//! that a parser will not be kept busy: this is a guard, not a parser.

/// How many elements may be open at once. Real posts stay below 30.
const DEEPEST: usize = 400;

/// How many formatting elements a parser may have to open again, over the whole text.
const MOST_REOPENED: usize = 100_000;

/// Whether a text nests deeper, or repeats more, than any post does.
pub(super) fn is_excessive(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut formatting = 0_usize;
    let mut reopened = 0_usize;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            at = start + 1;
            continue;
        };
        at = start + tag.length;
        let foreign = open.iter().any(|name| is(name, &["svg", "math"]));
        if tag.closes {
            close(&mut open, tag.name, &mut formatting);
            continue;
        }
        if !foreign && is(tag.name, &RAW_TEXT) {
            // What stands inside is text up to the end tag.
            let end = find_end_tag(&html[at..], tag.name);
            at = end.map_or(html.len(), |end| at + end);
            continue;
        }
        if is(tag.name, &VOID) || (foreign && tag.self_closing) {
            continue;
        }
        if is(tag.name, &CLOSES_ITSELF) {
            // A new paragraph or item ends the one before it, if that is open here.
            if open
                .last()
                .is_some_and(|last| last.eq_ignore_ascii_case(tag.name))
            {
                open.pop();
            } else if let Some(above) = formatting_above(&open, tag.name) {
                open.remove(above);
            }
        }
        if is(tag.name, &FORMATTING) {
            formatting += 1;
        } else {
            reopened += formatting;
        }
        open.push(tag.name);
        if open.len() > DEEPEST || reopened > MOST_REOPENED {
            return true;
        }
    }
    false
}

/// Where an element of this name is open with nothing but formatting elements inside.
fn formatting_above(open: &[&str], name: &str) -> Option<usize> {
    let at = open.iter().rposition(|other| !is(other, &FORMATTING))?;
    open[at].eq_ignore_ascii_case(name).then_some(at)
}

/// Closes the nearest element of a name, unless an element is in between that end tags do not
/// reach beyond.
fn close(open: &mut Vec<&str>, name: &str, formatting: &mut usize) {
    for at in (0..open.len()).rev() {
        if open[at].eq_ignore_ascii_case(name) {
            if is(name, &FORMATTING) {
                *formatting = formatting.saturating_sub(1);
                open.remove(at);
            } else {
                // Formatting elements inside stay open beyond the end of their parent.
                let inside = open.split_off(at);
                open.extend(
                    inside
                        .into_iter()
                        .skip(1)
                        .filter(|name| is(name, &FORMATTING)),
                );
            }
            return;
        }
        if is(open[at], &BARRIERS) {
            return;
        }
    }
}

const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
];
const RAW_TEXT: [&str; 9] = [
    "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
];
const CLOSES_ITSELF: [&str; 8] = ["p", "li", "dt", "dd", "tr", "td", "th", "option"];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
const BARRIERS: [&str; 17] = [
    "applet",
    "caption",
    "table",
    "td",
    "th",
    "marquee",
    "object",
    "template",
    "button",
    "select",
    "foreignobject",
    "desc",
    "title",
    "mi",
    "mo",
    "mtext",
    "annotation-xml",
];

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|&at| {
        text.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    self_closing: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the start of a text; `None` when a parser would see text there.
    fn read(text: &'a str) -> Option<Self> {
        let closes = text.starts_with("</");
        let name_at = if closes { 2 } else { 1 };
        let rest = &text[name_at..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        let mut quote = None;
        let mut before = ' ';
        for (at, c) in text
            .char_indices()
            .skip_while(|(at, _)| *at < name_at + end)
        {
            match (quote, c) {
                (Some(q), c) if c == q => quote = None,
                (Some(_), _) => {}
                // A quote begins a value only behind its equals sign.
                (None, '"' | '\'') if before == '=' => quote = Some(c),
                (None, '>') => {
                    return Some(Tag {
                        name,
                        closes,
                        self_closing: before == '/',
                        length: at + 1,
                    });
                }
                (None, _) => {}
            }
            if !c.is_ascii_whitespace() {
                before = c;
            }
        }
        // A tag that never ends swallows the rest of the text.
        Some(Tag {
            name,
            closes,
            self_closing: false,
            length: text.len(),
        })
    }
}
