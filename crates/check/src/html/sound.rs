//! Reads HTML that is nested as plainly as it can be, without a parser: its elements close in the order
//! in which they open, tags are all written out, and references end in `;`. Most entries are so, and the
//! parser takes ten times as long for them.
//!
//! This is sure of what it reads, or leaves the whole text to the parser: that a text has no syntax errors
//! is found here, and which ones it has is found there. A test compares both.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::sink::Sink;

/// How many elements may be open at once, how many attributes a tag may have, and how often a parser may
/// have to look for formatting elements. All are far below what [`feedwright_base::html::nesting`] allows.
const DEEPEST: usize = 100;
const MOST_ATTRIBUTES: usize = 40;
const MOST_FORMATTED: usize = 50_000;

/// What a parser does with an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It has no content.
    Void,
    /// It has no content, and ends a paragraph.
    Rule,
    /// It stands in a line.
    Phrase,
    /// It stands in a line, and would be opened again where it is not closed.
    Formatting,
    /// The formatting element that does not stand in another one of its kind.
    Link,
    /// It ends a paragraph.
    Block,
    Paragraph,
    Heading,
    List,
    Item,
    Terms,
    Term,
    Table,
    Rows,
    Row,
    Cell,
}

impl Role {
    /// The role of an element. Those that have none here have rules of their own.
    fn of(name: &str) -> Option<Role> {
        Some(match name.as_bytes() {
            b"p" => Role::Paragraph,
            b"a" => Role::Link,
            b"br" | b"img" | b"source" | b"track" | b"wbr" => Role::Void,
            b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"s" | b"small" | b"strike"
            | b"strong" | b"tt" | b"u" => Role::Formatting,
            b"li" => Role::Item,
            b"ol" | b"ul" => Role::List,
            b"td" | b"th" => Role::Cell,
            b"tr" => Role::Row,
            b"span" | b"abbr" | b"acronym" | b"audio" | b"bdi" | b"bdo" | b"cite" | b"del"
            | b"dfn" | b"ins" | b"kbd" | b"mark" | b"picture" | b"q" | b"samp" | b"sub"
            | b"sup" | b"time" | b"var" | b"video" => Role::Phrase,
            b"div" | b"address" | b"article" | b"aside" | b"blockquote" | b"center"
            | b"details" | b"figcaption" | b"figure" | b"footer" | b"header" | b"main" | b"nav"
            | b"pre" | b"section" | b"summary" => Role::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Role::Heading,
            b"hr" => Role::Rule,
            b"dl" => Role::Terms,
            b"dd" | b"dt" => Role::Term,
            b"table" => Role::Table,
            b"tbody" | b"tfoot" | b"thead" => Role::Rows,
            _ => return None,
        })
    }

    fn is_void(self) -> bool {
        matches!(self, Role::Void | Role::Rule)
    }

    /// Whether text that stands directly in it is moved out of it.
    fn takes_no_text(self) -> bool {
        matches!(self, Role::Table | Role::Rows | Role::Row)
    }

    fn is_formatting(self) -> bool {
        matches!(self, Role::Formatting | Role::Link)
    }
}

struct Sound<'a> {
    rest: &'a str,
    open: Vec<(&'a str, Role)>,
    /// How many of the open elements are formatting elements.
    formatting: usize,
    /// How many formatting elements were open at all start tags together.
    formatted: usize,
    attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// The rest where lines were counted last.
    uncounted: &'a str,
    sink: &'a Sink,
}

/// Reports the problems of the elements of a text to `sink`. Returns nothing where the text may have
/// errors of syntax, and then what was reported does not count.
pub(super) fn read(text: &str, sink: &Sink) -> Option<()> {
    // A parser reads these as other characters.
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_some() {
        return None;
    }
    let mut sound = Sound {
        rest: text,
        open: Vec::new(),
        formatting: 0,
        formatted: 0,
        attributes: Vec::new(),
        uncounted: text,
        sink,
    };
    while !sound.rest.is_empty() {
        sound.step()?;
    }
    sound.open.is_empty().then_some(())
}

impl<'a> Sound<'a> {
    /// Reads a text and what stands behind it: a tag, a comment or a reference.
    fn step(&mut self) -> Option<()> {
        let end = memchr::memchr2(b'<', b'&', self.rest.as_bytes());
        let (text, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        let takes_no_text = self.parent().is_some_and(Role::takes_no_text);
        if takes_no_text && !text.bytes().all(is_blank) {
            return None;
        }
        self.rest = rest;
        match rest.as_bytes() {
            [] => Some(()),
            [b'<', b'/', ..] => self.close(rest.slice(2..)),
            [b'<', b'!', b'-', b'-', ..] => self.comment(rest.slice(4..)),
            [b'<', ..] => self.start(rest.slice(1..)),
            _ if takes_no_text => None,
            _ => {
                (_, self.rest) = reference(rest)?;
                Some(())
            }
        }
    }

    /// Tells the line on which it stands.
    fn place(&mut self) {
        let passed = self.uncounted.len() - self.rest.len();
        let passed = self.uncounted.as_bytes().slice(..passed);
        let lines = memchr::memchr_iter(b'\n', passed).count() as u64;
        self.sink.line.set(self.sink.line.get() + lines);
        self.uncounted = self.rest;
    }

    fn parent(&self) -> Option<Role> {
        self.open.last().map(|(_, role)| *role)
    }

    fn start(&mut self, tag: &'a str) -> Option<()> {
        let (name, rest) = word(tag, |b| b.is_ascii_alphanumeric())?;
        let role = Role::of(name)?;
        if !self.fits(role) {
            return None;
        }
        let rest = self.attributes(rest)?;
        let rest = match rest.strip_prefix("/>") {
            Some(rest) if role.is_void() => rest,
            _ => rest.strip_prefix('>')?,
        };
        self.rest = rest;
        if !self.attributes.is_empty() {
            self.place();
            let attributes = self.attributes.iter();
            self.sink
                .attributes(name, attributes.map(|(key, value)| (*key, &**value)));
        }
        self.formatted += self.formatting;
        if !role.is_void() {
            self.formatting += usize::from(role.is_formatting());
            self.open.push((name, role));
        }
        (self.open.len() <= DEEPEST && self.formatted <= MOST_FORMATTED).then_some(())
    }

    /// Whether an element may stand here, so that a parser neither ends nor adds another one.
    fn fits(&self, role: Role) -> bool {
        let parent = self.parent();
        let in_text = !parent.is_some_and(Role::takes_no_text);
        let is_open = |role| self.open.iter().any(|(_, open)| *open == role);
        match role {
            Role::Void | Role::Phrase | Role::Formatting => in_text,
            Role::Link => in_text && !is_open(role),
            Role::Cell => parent == Some(Role::Row),
            Role::Row => matches!(parent, Some(Role::Rows | Role::Table)),
            Role::Rows => parent == Some(Role::Table),
            Role::Heading if parent == Some(role) => false,
            Role::Item if parent != Some(Role::List) => false,
            Role::Term if parent != Some(Role::Terms) => false,
            _ => in_text && !is_open(Role::Paragraph),
        }
    }

    /// Reads the attributes of a tag. Returns the rest from the end of the tag on.
    fn attributes(&mut self, tag: &'a str) -> Option<&'a str> {
        self.attributes.clear();
        let mut rest = tag;
        loop {
            let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
            if trimmed.starts_with(['>', '/']) {
                return Some(trimmed);
            }
            if trimmed.len() == rest.len() || self.attributes.len() == MOST_ATTRIBUTES {
                return None;
            }
            let is_key =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_:".contains(&b);
            let (key, after) = word(trimmed, is_key)?;
            let (raw, after) = match after.strip_prefix('=') {
                Some(value) => {
                    let quote = value.bytes().next();
                    let quote = quote.filter(|quote| matches!(quote, b'"' | b'\''))?;
                    let value = value.slice(1..);
                    let end = memchr::memchr(quote, value.as_bytes())?;
                    (value.slice(..end), value.slice(end + 1..))
                }
                None => ("", after),
            };
            if self.attributes.iter().any(|(other, _)| *other == key) {
                return None;
            }
            self.attributes.push((key, value(raw)?));
            rest = after;
        }
    }

    fn close(&mut self, tag: &'a str) -> Option<()> {
        let (name, rest) = word(tag, |b| b.is_ascii_alphanumeric())?;
        let (open, role) = self.open.pop()?;
        self.formatting -= usize::from(role.is_formatting());
        self.rest = rest.strip_prefix('>')?;
        (open == name).then_some(())
    }

    fn comment(&mut self, comment: &'a str) -> Option<()> {
        let (text, rest) = comment.split_once("--")?;
        if text.contains(['<', '>']) || text.starts_with('-') || text.ends_with('-') {
            return None;
        }
        self.rest = rest.strip_prefix('>')?;
        self.place();
        self.sink.comment(text);
        Some(())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

/// The word of such bytes, of which the first is a small letter, at the start of a text, and the rest.
fn word(text: &str, is_part: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| !is_part(b))?;
    text.starts_with(|c: char| c.is_ascii_lowercase())
        .then(|| text.split_at_checked(end))?
}

/// The value of an attribute, with references resolved.
fn value(raw: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr2(b'&', b'<', raw.as_bytes()).is_none() {
        return Some(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(end) = memchr::memchr2(b'&', b'<', rest.as_bytes()) {
        value.push_str(rest.slice(..end));
        let (text, after) = reference(rest.slice(end..))?;
        value.push_str(&text);
        rest = after;
    }
    value.push_str(rest);
    Some(Cow::Owned(value))
}

/// What the reference at the start of a text stands for, and the rest. A `&` that begins none stands for
/// itself.
fn reference(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let after = text.strip_prefix('&')?;
    let first = after.bytes().next()?;
    if !first.is_ascii_alphanumeric() && first != b'#' {
        return Some((Cow::Borrowed("&"), after));
    }
    let length = after
        .bytes()
        .skip(1)
        .position(|b| !b.is_ascii_alphanumeric())?;
    let (whole, rest) = text.split_at_checked(length + 3)?;
    let meant = html_escape::decode_html_entities(whole);
    // A parser takes numbers of other characters for errors.
    let is_plain =
        |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}');
    let is_sound =
        whole.ends_with(';') && meant != whole && (first != b'#' || meant.chars().all(is_plain));
    is_sound.then_some((meant, rest))
}

#[cfg(test)]
mod tests {
    use super::super::HTML_RELATIVE;
    use super::super::sink::parse;
    use super::*;

    /// Parts of HTML, each right by itself or wrong in one way.
    const PARTS: &[&str] = &[
        "<p>",
        "</p>",
        "<p class=x>",
        "<b>",
        "</b>",
        "<a href=\"/x?a&amp;b\">",
        "</a>",
        "<i a b='c'>",
        "</i>",
        "<div style=\"position: fixed\">",
        "</div>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li >",
        "<ol>",
        "</ol>",
        "<h1>",
        "</h1>",
        "<h2 a='1' a='2'>",
        "</h2>",
        "<br>",
        "<br/>",
        "<br / >",
        "<hr>",
        "<img src='a b' onload=\"x\"/>",
        "<img srcset=\"a 1x, b 2x\">",
        "<table>",
        "</table>",
        "<tbody>",
        "</tbody>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "</th>",
        "<dl>",
        "</dl>",
        "<dt>",
        "</dt>",
        "<dd>",
        "</dd>",
        "<span\n title='a\n&lt;b'\n>",
        "</span>",
        "<span/>",
        "<pre>\n",
        "</pre>",
        "<iframe src='x'>",
        "</iframe>",
        "<svg>",
        "</svg>",
        "<form>",
        "</form>",
        "<x-y>",
        "</x-y>",
        "<script>",
        "</script>",
        "<P>",
        "</P>",
        "<!-- a -->",
        "<!-- a -- b -->",
        "<!---->",
        "<!-->",
        "<!--?import-->",
        "<!-- <b> -->",
        "<![CDATA[x]]>",
        "<!doctype html>",
        "<?php ?>",
        "text ",
        " ",
        "\n",
        "&amp;",
        "&nbsp",
        "&nbsp;",
        "&x;",
        "& ",
        "&",
        "&#38;",
        "&#x26;",
        "&#128;",
        "&#0;",
        "a<b",
        "a>b\"'",
        "\r\n",
        "\0",
        "é “x” 😀",
        "<",
        "</",
        "<a ='b'>",
        "<em a=\"<p>\">",
        "</em>",
        "<strong a=b>",
        "</strong\t>",
        "<blockquote cite='/a'>",
        "</blockquote>",
        "</br>",
        "</>",
        "<small a=\"1\"b=\"2\">",
        "</small>",
        "<video src='//x/y'>",
        "<source src=x>",
        "</video>",
        "<image>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<center>",
        "</center>",
    ];

    /// The problems that the parser finds, where this is sure to know them, and both are the same.
    fn is_sound(html: &str) -> bool {
        let found = |sink: Sink| {
            let problems = sink.problems.into_inner();
            let problems = problems
                .iter()
                .map(|p| format!("{} {} {}", p.rule.code, p.line, p.what));
            let problems: Vec<String> = problems.collect();
            (
                problems,
                sink.count.get(),
                sink.broken.get(),
                sink.is_relative.get(),
            )
        };
        let sink = Sink::new(Some(&HTML_RELATIVE));
        let is_sound = read(html, &sink).is_some();
        if is_sound {
            assert_eq!(
                found(sink),
                found(parse(html, Sink::new(Some(&HTML_RELATIVE)))),
                "{html:?}"
            );
            assert!(
                !feedwright_base::html::nesting::is_excessive(html),
                "{html:?}"
            );
        }
        is_sound
    }

    #[test]
    fn what_is_sound_is_so_for_the_parser() {
        // Each pair stands in many elements, and then come random texts, most of them almost well nested.
        let around = [
            ("", ""),
            ("<p>", "</p>"),
            ("<ul><li>", "</li></ul>"),
            ("<b><div>", "</div></b>"),
            ("<table><tr><td>", "</td></tr></table>"),
            ("<table><tbody><tr>", "</tr></tbody></table>"),
            ("<table>", "</table>"),
            ("<h1>", "</h1>"),
            ("<a>", "</a>"),
            ("<ul>", "</ul>"),
        ];
        let mut sound = 0;
        for one in PARTS {
            for other in PARTS {
                for (before, behind) in around {
                    sound += usize::from(is_sound(&format!("{before}{one}{other}{behind}")));
                }
            }
        }
        assert!(sound > 1_000, "{sound}");
    }

    #[test]
    fn nested_parts_at_random() {
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let mut sound = 0;
        for _ in 0..20_000 {
            let mut html = String::new();
            let mut open: Vec<&str> = Vec::new();
            for _ in 0..random(30) {
                match random(8) {
                    0..4 => html.push_str("x y\n"),
                    4 | 5 if !open.is_empty() => html += &format!("</{}>", open.pop().unwrap()),
                    6 if random(6) == 0 => html.push_str(PARTS[random(PARTS.len())]),
                    _ => {
                        let names: Vec<&str> = feedwright_base::html::elements::all(
                            feedwright_base::html::elements::SHOWN,
                        )
                        .collect();
                        let name = match open.last() {
                            Some(&"table") => ["tr", "tbody", "td"][random(3)],
                            Some(&"tr") => "td",
                            Some(&"tbody") => "tr",
                            Some(&"ul") => "li",
                            Some(&"dl") => ["dt", "dd"][random(2)],
                            _ => names[random(names.len())],
                        };
                        html += &format!("<{name}>");
                        if Role::of(name).is_none_or(|role| !role.is_void()) {
                            open.push(name);
                        }
                    }
                }
            }
            while let Some(name) = open.pop() {
                html += &format!("</{name}>");
            }
            sound += usize::from(is_sound(&html));
        }
        assert!(sound > 1_000, "{sound}");
    }

    #[test]
    fn references_are_those_of_the_parser() {
        for (name, _) in html_escape::NAMED_ENTITIES {
            let name = String::from_utf8_lossy(name);
            assert!(
                is_sound(&format!("&{name}; <img alt='&{name};'>")),
                "{name}"
            );
        }
        for number in [
            0, 9, 13, 31, 32, 126, 127, 128, 159, 160, 0xd800, 0xfdd0, 0xffff, 0x110000,
        ] {
            is_sound(&format!("&#{number}; <img src=\"&#x{number:x};\">"));
        }
    }

    #[test]
    fn limits_are_those_of_nesting() {
        for html in [
            format!("{}{}", "<b>".repeat(90), "</b>".repeat(90)),
            format!("{}{}", "<b><p>".repeat(40), "</p></b>".repeat(40)),
            format!("<b>{}</b>", "<br>".repeat(60_000)),
            format!("<i><b>{}</b></i>", "<span></span>".repeat(60_000)),
        ] {
            is_sound(&html);
        }
        assert!(!is_sound(&format!(
            "{}{}",
            "<b>".repeat(900),
            "</b>".repeat(900)
        )));
    }
}
