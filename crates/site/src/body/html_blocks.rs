//! Finds the blocks of HTML that kramdown and Python's Markdown see: an element with all that stands
//! in it, whatever blank lines and indentation there are. For CommonMark a blank line ends one.

use std::borrow::Cow;

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::html::LOST;

use crate::dialect::InnerMarkdown;

use super::html_elements::{block, is_item, tag, tag_name, unindented, write_html};
use super::inner_markdown::{BARE, Inner, inner};

/// How deep elements nest that hold Markdown.
const DEEPEST: usize = 20;

/// How many of them are looked for in one block.
const MOST: usize = 500;

/// Rewrites a text so that CommonMark sees the same blocks: in them no line is blank or indented, and
/// behind them one is blank. What is Markdown in them stands apart. A line with a single tag that makes
/// no block is a paragraph.
pub(super) fn resolve(text: &str, rule: InnerMarkdown) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    write(text, rule, 0, &mut out);
    if out == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out)
}

/// Writes Markdown that stands in so many elements.
fn write(text: &str, rule: InnerMarkdown, depth: usize, out: &mut String) {
    let lines: Vec<&str> = text::lines(text).collect();
    let mut fence: Option<&str> = None;
    let mut is_list = false;
    let mut at = 0;
    let mut start = 0;
    while let Some(line) = lines.get(at).copied() {
        at += 1;
        let from = start;
        start += line.len();
        let bare = line.trim_start();
        let is_indented = line.len() - bare.len() > 3 || line.starts_with('\t');
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        if fence.is_some() || mark.is_some() {
            fence = match fence {
                None => mark,
                Some(_) if fence == mark && is_fence_end(bare) => None,
                same => same,
            };
            out.push_str(line);
            continue;
        }
        is_list = match bare.trim().is_empty() || bare.len() < line.len() {
            true => is_list || is_item(bare),
            false => is_item(bare),
        };
        let Some(name) = tag_name(bare) else {
            let following = lines.get(at).copied().unwrap_or_default();
            if rule != InnerMarkdown::Python && is_comment_in_line(line, following, out) {
                out.push(LOST);
            }
            out.push_str(line);
            continue;
        };
        let holds = inner(tag(bare), name, rule);
        if is_indented {
            out.push_str(line);
            // Where it ends in a list, nobody looks: a blank line ends the HTML.
            if holds.is_some() && bare.trim_end().ends_with('>') {
                out.push('\n');
            }
        } else if is_block(name) || holds.is_some() {
            let place = Place {
                rule,
                depth,
                is_list,
            };
            let rest = lines.slice(at - 1..);
            let count = write_block(text.slice(from..), rest, holds.is_some(), place, out);
            at += count - 1;
            start = from
                + rest
                    .iter()
                    .take(count)
                    .map(|line| line.len())
                    .sum::<usize>();
        } else if is_in_line(name) && is_lone_tag(bare) && is_after_blank(out) {
            // No sign, and so no HTML either, begins the line.
            out.push(LOST);
            out.push_str(bare);
        } else {
            out.push_str(line);
        }
    }
}

/// Where a block of HTML stands.
#[derive(Clone, Copy)]
struct Place {
    rule: InnerMarkdown,
    /// In how many elements that hold Markdown.
    depth: usize,
    /// Whether it may be in an item of a list.
    is_list: bool,
}

/// Writes the block of HTML that begins a text, whose lines these are. Returns how many it has.
fn write_block(text: &str, lines: &[&str], holds: bool, place: Place, out: &mut String) -> usize {
    let Place {
        rule,
        depth,
        is_list,
    } = place;
    let line = lines.first().copied().unwrap_or_default();
    let bare = line.trim_start();
    let name = tag_name(bare).unwrap_or_default();
    let Some((count, end)) = block(lines, name) else {
        out.push_str(line);
        if holds {
            out.push('\n');
        }
        return 1;
    };
    let block = lines.slice(..count);
    let last = block.last().map_or(0, |line| line.len());
    let length: usize = block.iter().map(|line| line.len()).sum();
    let end = length - last + end.min(last);
    let indent = line.len() - bare.len();
    if is_list && indent > 0 && rule != InnerMarkdown::Python {
        element_of_item(text.slice(..end), indent, rule, depth, out);
        if !text.slice(end..length).trim().is_empty() {
            out.push_str(&" ".repeat(indent));
        }
    } else {
        begin(out);
        element(text.slice(..end).trim_start(), rule, depth, out);
    }
    out.push_str(text.slice(end..length).trim_start());
    count
}

/// Writes an element that is a block, with a blank line behind it.
fn element(block: &str, rule: InnerMarkdown, depth: usize, out: &mut String) {
    let open = tag(block);
    let name = tag_name(block).unwrap_or_default();
    match inner(open, name, rule).filter(|_| depth < DEEPEST) {
        Some(inner) => markdown(block, inner, rule, depth, out),
        None => {
            let (mut rest, mut first) = (block, open.len());
            for _ in 0..MOST {
                let Some((from, to)) = marked(rest, first, rule).filter(|_| depth < DEEPEST) else {
                    break;
                };
                write_html(rest.slice(..from), out);
                out.push('\n');
                element(&unindented(rest.slice(from..to)), rule, depth + 1, out);
                (rest, first) = (rest.slice(to..), 0);
            }
            write_html(rest, out);
            begin(out);
        }
    }
}

/// Writes an element within an item of a list, whose lines are indented as far as its first one.
fn element_of_item(
    block: &str,
    indent: usize,
    rule: InnerMarkdown,
    depth: usize,
    out: &mut String,
) {
    let mut inner = String::new();
    let lines = text::lines(block).map(|line| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        line.slice(blanks.min(indent)..)
    });
    element(&lines.collect::<String>(), rule, depth, &mut inner);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    for line in inner.trim_end().lines() {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
    out.push('\n');
}

/// Where in HTML, from a place on, an element stands that is marked as Markdown: kramdown finds it.
fn marked(html: &str, first: usize, rule: InnerMarkdown) -> Option<(usize, usize)> {
    if !matches!(rule, InnerMarkdown::Kramdown | InnerMarkdown::KramdownInAll) {
        return None;
    }
    let mut from = first;
    loop {
        let at = from + html.slice(from..).find(" markdown=")?;
        let open = html.slice(from..at).rfind('<').map(|open| from + open);
        from = at + 1;
        let Some(open) = open else {
            continue;
        };
        let rest = html.slice(open..);
        let Some(name) = tag_name(rest).filter(|name| inner(tag(rest), name, rule).is_some())
        else {
            continue;
        };
        let lines: Vec<&str> = text::lines(rest).collect();
        let (count, end) = block(&lines, name)?;
        let before: usize = lines.slice(..count - 1).iter().map(|line| line.len()).sum();
        return Some((open, open + before + end));
    }
}

/// Writes an element that holds Markdown: for CommonMark its tags are blocks of their own.
fn markdown(block: &str, holds: Inner, rule: InnerMarkdown, depth: usize, out: &mut String) {
    let open = tag(block);
    let rest = block.slice(open.len()..);
    let (text, close) = rest.split_at(rest.rfind("</").unwrap_or(rest.len()));
    write_html(open, out);
    begin(out);
    let text = text.trim_end();
    match holds {
        Inner::Line => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let line = lines.collect::<Vec<_>>().join(" ");
            if !line.is_empty() {
                out.push_str(BARE);
                out.push_str(&line);
            }
        }
        Inner::Blocks => {
            let (first, following) = text.split_once('\n').unwrap_or((text, ""));
            if first.trim().is_empty() {
                write(following, rule, depth + 1, out);
            } else {
                write(text.trim_start(), rule, depth + 1, out);
            }
        }
    }
    begin(out);
    write_html(close, out);
    begin(out);
}

/// Ends what was written with a blank line.
fn begin(out: &mut String) {
    while !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn is_fence_end(bare: &str) -> bool {
    bare.trim_end().trim_matches(['`', '~']).is_empty()
}

/// Whether a line is a comment within a paragraph, which does not end it in kramdown.
fn is_comment_in_line(line: &str, following: &str, before: &str) -> bool {
    let is_text = |line: &str| {
        let first = line.trim_start().chars().next();
        first.is_some_and(char::is_alphanumeric) && !line.contains('|')
    };
    line.starts_with("<!--")
        && line.trim_end().ends_with("-->")
        && is_text(following)
        && before.lines().next_back().is_some_and(is_text)
}

fn is_after_blank(out: &str) -> bool {
    out.trim_end_matches(' ').ends_with("\n\n") || out.trim().is_empty()
}

/// Whether a line is one tag and nothing else.
fn is_lone_tag(bare: &str) -> bool {
    let bare = bare.trim_end();
    bare.ends_with('>') && bare.matches('>').count() == 1
}

/// Whether tags of this name begin a block.
pub(super) fn is_block(name: &str) -> bool {
    const OTHERS: [&str; 13] = [
        "dd",
        "dt",
        "fieldset",
        "figcaption",
        "hr",
        "legend",
        "li",
        "summary",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
    ];
    elements::is(name, elements::BLOCK) || OTHERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn is_in_line(name: &str) -> bool {
    const OTHERS: [&str; 3] = ["br", "img", "input"];
    elements::is(name, elements::INLINE) || OTHERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(resolve(text, InnerMarkdown::Kramdown), expected, "{text}");
    }

    /// As kramdown 2.4 and Python-Markdown 3 have them.
    #[test]
    fn blocks_go_on_to_their_end() {
        check(
            "<div>\n    <div>\n        \n        <ul><li>a</li></ul>\n    </div>\n</div>\n\n## Head\n",
            "<div>\n<div>\n<ul><li>a</li></ul>\n</div>\n</div>\n\n\n## Head\n",
        );
        check("a\n<p>b</p>\nc\n", "a\n\n<p>b</p>\n\nc\n");
        check("<p>b</p> c *d*\n", "<p>b</p>\n\nc *d*\n");
        check("<hr>\na", "<hr>\n\na");
        check(
            "<pre>\n\n  a\n\nb</pre>\n",
            "<pre>&#10;&#10;  a&#10;&#10;b</pre>\n\n",
        );
        // Nothing is known of what does not end.
        check("<div>\n\n    a\n", "<div>\n\n    a\n");
        check(
            "```\n<div>\n\n  </div>\n```\n",
            "```\n<div>\n\n  </div>\n```\n",
        );
        check("    <div>\n\n    </div>\n", "    <div>\n\n    </div>\n");
        check(
            "<div markdown=\"1\">\n*a*\n</div>",
            "<div markdown=\"1\">\n\n*a*\n\n</div>\n\n",
        );
    }

    #[test]
    fn a_tag_in_a_line_of_its_own_is_text() {
        check("a\n\n<img src=x>\n", &format!("a\n\n{LOST}<img src=x>\n"));
        check("\n<img src=x>\n", &format!("\n{LOST}<img src=x>\n"));
        check("a\n<a href=x>\nb</a>\n", "a\n<a href=x>\nb</a>\n");
        check("<b>a</b>\n", "<b>a</b>\n");
    }
}
