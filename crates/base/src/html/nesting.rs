//! Bounding how deep HTML nests, how many attributes tags have and how much is moved out of
//! tables, before a parser sees it.
//!
//! An HTML parser's cost grows with the square of both, and formatting elements that are
//! never closed come back in every paragraph. This is a guard, not a parser: wherever it cannot
//! know what a parser would do it assumes the worse, so that what it lets pass is never deeper
//! than it thinks. Comments, quotes and scripts therefore count like everything else, and an
//! end tag closes only what is certain to be open.

use super::{elements, foster};
use crate::slice::Slice;

/// How many elements may be open at once. Real posts stay below 30.
const DEEPEST: usize = 400;

/// How many formatting elements a parser may have to open again, over the whole text.
const MOST_REOPENED: usize = 100_000;

/// How many attributes a tag may have. Real ones stay below 30.
const MOST_ATTRIBUTES: usize = 200;

/// Whether a text may nest deeper, or repeat more, than any post does.
pub fn is_excessive(html: &str) -> bool {
    let mut guard = Guard::default();
    html.match_indices('<').any(|(at, _)| {
        guard.tag(html.slice(at + 1..));
        guard.is_wide || guard.open.len() > DEEPEST || guard.reopened > MOST_REOPENED
    }) || foster::is_excessive(html)
}

/// Whether writing a text would cost too much. The writer looks from each character that it may have
/// to escape to the next `<` or `>`, so that a text without these costs the square of its length.
pub fn escapes_too_much(html: &str) -> bool {
    /// How many bytes it may look at, over the whole text. No real post that was looked at needs a
    /// thousandth of it.
    const MOST: usize = 1 << 33;
    let mut looked = 0_usize;
    html.split(['<', '>']).any(|text| {
        // Of U+00A0 only the first byte is looked for, which others have too.
        let escaped = text
            .bytes()
            .filter(|byte| matches!(byte, b'&' | b'"' | 0xc2));
        looked = looked.saturating_add(escaped.count().saturating_mul(text.len()));
        looked > MOST
    })
}

/// Whether a tag has more attributes than any post's. Each place where a tag may begin is asked,
/// and these are the rules of the parser, so that quotes hide nothing.
fn is_wide(attributes: &str) -> bool {
    let is_blank = |c: char| c.is_ascii_whitespace();
    let mut rest = attributes;
    for _ in 0..=MOST_ATTRIBUTES {
        rest = rest.trim_start_matches(|c| is_blank(c) || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return false;
        }
        // A name may begin with `=`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest
            .slice(first..)
            .find(|c| is_blank(c) || matches!(c, '/' | '>' | '='));
        rest = rest.slice(end.map_or(rest.len(), |end| first + end)..);
        let Some(value) = rest.trim_start_matches(is_blank).strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start_matches(is_blank);
        rest = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => match value.slice(1..).split_once(quote) {
                Some((_, after)) => after,
                None => return false,
            },
            _ => value.trim_start_matches(|c| !is_blank(c) && c != '>'),
        };
    }
    true
}

#[derive(Default)]
struct Guard<'a> {
    open: Vec<&'a str>,
    formatting: usize,
    reopened: usize,
    /// Whether a tag had too many attributes.
    is_wide: bool,
    /// Whether a parser is certain to be inside of SVG or MathML, where `/>` ends an element.
    foreign: bool,
}

impl<'a> Guard<'a> {
    /// Follows the tag that a text behind `<` begins, if it begins one.
    fn tag(&mut self, text: &'a str) {
        let (closes, rest) = text
            .strip_prefix('/')
            .map_or((false, text), |rest| (true, rest));
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(rest.len());
        let (name, attributes) = rest.split_at(end);
        self.is_wide |= is_wide(attributes);
        if closes {
            self.close(name);
        } else {
            self.start(name, attributes);
        }
    }

    fn start(&mut self, name: &'a str, attributes: &str) {
        let was_foreign = self.foreign;
        self.foreign = is(name, &["svg", "math"])
            || (self.foreign && !elements::is(name, elements::LEAVES_FOREIGN));
        if self.foreign && was_foreign {
            if !is_self_closing(attributes) {
                self.open.push(name);
            }
            return;
        }
        if elements::is(name, elements::VOID) {
            return;
        }
        let in_table = self.open.iter().any(|open| is(open, &["table"]));
        if elements::is(name, elements::TABLE_PART) {
            // Outside of a table a parser drops these; inside, a new one ends the one before.
            if !in_table {
                return;
            }
            self.end_table_part(name);
        } else if is(name, &["p"]) {
            self.end_before(&["p"], &[]);
        } else if is(name, &["li"]) {
            self.end_before(&["li"], &["p"]);
        } else if is(name, &["dt", "dd"]) {
            self.end_before(&["dt", "dd"], &["p"]);
        } else if is(name, &["option"]) {
            self.end_before(&["option"], &[]);
        } else if is(name, &["a"])
            && let Some(at) = self.open.iter().rposition(|open| is(open, &["a"]))
        {
            self.open.remove(at);
            self.formatting = self.formatting.saturating_sub(1);
        }
        if elements::is(name, elements::FORMATTING) {
            self.formatting += 1;
        } else {
            self.reopened += self.formatting;
        }
        self.open.push(name);
    }

    /// Ends the nearest of some elements, if nothing but formatting elements and `between` is
    /// open inside of it.
    fn end_before(&mut self, names: &[&str], between: &[&str]) {
        let above = self.open.iter().rposition(|open| {
            !elements::is(open, elements::FORMATTING) && (!is(open, between) || is(open, names))
        });
        if let Some(at) = above.filter(|&at| self.open.get(at).is_some_and(|open| is(open, names)))
        {
            self.truncate(at);
        }
    }

    /// A cell ends the cell before it, a row the row before it, with all that is inside.
    fn end_table_part(&mut self, name: &str) {
        let ended: &[&str] = match () {
            () if is(name, &["td", "th"]) => &["td", "th"],
            () if is(name, &["tr"]) => &["tr", "td", "th"],
            () => &["tbody", "thead", "tfoot", "tr", "td", "th"],
        };
        let table = self
            .open
            .iter()
            .rposition(|open| is(open, &["table"]))
            .unwrap_or(0);
        let first = self
            .open
            .slice(table..)
            .iter()
            .position(|open| is(open, ended));
        if let Some(first) = first {
            self.truncate(table + first);
        }
    }

    fn close(&mut self, name: &str) {
        if is(name, &["svg", "math", "p", "br"]) {
            self.foreign = false;
        }
        if elements::is(name, elements::FORMATTING) {
            if let Some(at) = self
                .open
                .iter()
                .rposition(|open| open.eq_ignore_ascii_case(name))
            {
                self.open.remove(at);
                self.formatting = self.formatting.saturating_sub(1);
            }
            return;
        }
        // Only block elements end what is implied to end inside of them.
        let special = elements::is(name, elements::SPECIAL);
        let top = self
            .open
            .iter()
            .rposition(|open| {
                open.eq_ignore_ascii_case(name)
                    || !(elements::is(open, elements::FORMATTING)
                        || (special && elements::is(open, elements::IMPLIED)))
            })
            .filter(|&at| {
                let open = self.open.get(at);
                open.is_some_and(|open| open.eq_ignore_ascii_case(name))
            });
        if let Some(at) = top {
            self.truncate(at);
        }
    }

    /// Closes an element and all inside. Formatting elements stay, because a parser opens them
    /// again behind it.
    fn truncate(&mut self, at: usize) {
        let inside = self.open.split_off(at);
        self.open.extend(
            inside
                .into_iter()
                .skip(1)
                .filter(|name| elements::is(name, elements::FORMATTING)),
        );
    }
}

/// Whether a tag ends in `/>` beyond doubt: its attributes are of the plainest form.
fn is_self_closing(attributes: &str) -> bool {
    let Some(inner) = attributes
        .split('>')
        .next()
        .and_then(|inner| inner.strip_suffix('/'))
    else {
        return false;
    };
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || ":_.-".contains(c)))
            .unwrap_or(rest.len());
        if end == 0 {
            return false;
        }
        rest = rest.slice(end..);
        if let Some(value) = rest.strip_prefix('=') {
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                return false;
            };
            let Some(length) = value.slice(1..).find(quote) else {
                return false;
            };
            rest = value.slice(length + 2..);
        }
        let trimmed = rest.trim_start();
        if trimmed.len() == rest.len() && !rest.is_empty() {
            return false;
        }
        rest = trimmed;
    }
    true
}

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_real_posts_hold_passes() {
        for html in [
            "<p>a".repeat(1_000),
            "<p>One <b>bold</b>\n".repeat(1_000),
            "<ul>".to_owned() + &"<li><p>a <a href=/x>b</a>".repeat(1_000) + "</ul>",
            "<table>".to_owned() + &"<tr><td>a<td>b".repeat(1_000),
            "<table>".to_owned() + &"<tr><td><p>a</td><td><b>b</b></td></tr>".repeat(1_000),
            "<dl>".to_owned() + &"<dt>a<dd>b".repeat(1_000),
            "<a name=x>z".repeat(1_000),
            "<!-- <div></div> -->".repeat(1_000),
            "<svg>".to_owned() + &"<path d=\"M0 0\"/>\n<g id='x' />".repeat(1_000) + "</svg>",
            "<div><ul><li>a</div>".repeat(100),
            "a < b and c > d ".repeat(1_000),
            "<span><em>a</em></span><x-y>b</x-y>".repeat(1_000),
            "<br a=b c='d' e=\"f\" g>h i = j ".repeat(1_000),
        ] {
            assert!(!is_excessive(&html), "{}…", &html[..30]);
        }
    }

    #[test]
    fn disguised_depth_is_seen() {
        let deep = "<div>".repeat(2_000);
        for html in [
            deep.clone(),
            format!("<div =\">{deep}"),
            format!("<div a==\">{deep}"),
            format!("<div a=b=\">{deep}"),
            format!("<!-- a --!>{deep}"),
            "<div></x>".repeat(2_000),
            "<rt>".repeat(2_000),
            "<span><div></span>".repeat(2_000),
            "<x-a><div></x-a>".repeat(2_000),
            "<li><ul></li>".repeat(2_000),
            "<ruby>".to_owned() + &"<rt><div></rt>".repeat(2_000),
            "<svg><p>".to_owned() + &"<div/>".repeat(2_000),
            "<svg></br>".to_owned() + &"<div/>".repeat(2_000),
            "<svg><foreignObject>".to_owned() + &"<x-a/>".repeat(2_000),
            "<svg>".to_owned() + &"<g a=b/>".repeat(2_000),
            "<svg>".to_owned() + &"<g a==\"\"/>".repeat(2_000),
            "<svg>".to_owned() + &"<g a=\"'\" b='/>'>".repeat(2_000),
            "<x-a/>".repeat(2_000),
            "<table><td><svg>".to_owned() + &"<td>".repeat(2_000),
            "<td><div>".repeat(2_000),
            "<div><object></div>".repeat(2_000),
            format!("<p>{}{}", "<b id=a>".repeat(300), "<p>x".repeat(50_000)),
            format!("<br {}>", "a ".repeat(2_000)),
            format!("</b {}>", "a/".repeat(2_000)),
            format!("<br {}>", "a=\">\"".repeat(2_000)),
            format!("<!-- <br a=\" --><br {}>", "a = '\"'".repeat(2_000)),
        ] {
            assert!(is_excessive(&html), "{}…", &html[..30.min(html.len())]);
        }
    }
}
