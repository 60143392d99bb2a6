//! Finds the blocks of HTML that kramdown and Python's Markdown see: an element with all that stands
//! in it, whatever blank lines and indentation there are. For CommonMark a blank line ends one.

use std::borrow::Cow;

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::html::LOST;

use crate::dialect::InnerMarkdown;

use super::inner_markdown::{BARE, Inner, inner};

/// How many lines a block may have: its end is looked for line by line.
const LONGEST: usize = 5_000;

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
        let Some(name) = tag_name(bare) else {
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
            let rest = lines.slice(at - 1..);
            match block(rest, name) {
                Some((count, end)) => {
                    at += count - 1;
                    let last = rest.get(count - 1).map_or(0, |line| line.len());
                    start = from
                        + rest
                            .slice(..count)
                            .iter()
                            .map(|line| line.len())
                            .sum::<usize>();
                    let end = start - last + end.min(last);
                    begin(out);
                    element(text.slice(from..end).trim_start(), rule, depth, out);
                    out.push_str(text.slice(end..start).trim_start());
                }
                None => {
                    out.push_str(line);
                    if holds.is_some() {
                        out.push('\n');
                    }
                }
            }
        } else if is_in_line(name) && is_lone_tag(bare) && is_after_blank(out) {
            // No sign, and so no HTML either, begins the line.
            out.push(LOST);
            out.push_str(bare);
        } else {
            out.push_str(line);
        }
    }
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

/// A block whose lines are not further indented than what it holds begins.
fn unindented(block: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = block.split_inclusive('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    let filled = lines.clone().find(|line| !line.trim().is_empty());
    let most = filled.map_or(0, indent);
    for line in lines {
        out.push_str(line.slice(indent(line).min(most)..));
    }
    out
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

fn is_after_blank(out: &str) -> bool {
    out.is_empty() || out.ends_with("\n\n") || out.trim_end_matches(' ').ends_with("\n\n")
}

/// The name of the tag that a line begins with; `None` for closing ones.
fn tag_name(bare: &str) -> Option<&str> {
    let rest = bare.strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = rest.slice(..end);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(name)
}

/// Whether a line is one tag and nothing else.
fn is_lone_tag(bare: &str) -> bool {
    let bare = bare.trim_end();
    bare.ends_with('>') && bare.matches('>').count() == 1
}

fn is_block(name: &str) -> bool {
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
    elements::is(name, elements::INLINE) || name.eq_ignore_ascii_case("img")
}

/// The tag that a text begins with.
fn tag(text: &str) -> &str {
    text.slice(..text.find('>').map_or(text.len(), |end| end + 1))
}

/// How many lines a block has, and where in the last one it ends; `None` where it never does.
fn block(lines: &[&str], name: &str) -> Option<(usize, usize)> {
    if elements::is(name, elements::VOID) {
        let first = lines.first()?;
        return Some((1, first.find('>')? + 1));
    }
    let mut depth = 0_usize;
    for (number, line) in lines.iter().take(LONGEST).enumerate() {
        for (at, _) in line.match_indices('<') {
            let rest = line.slice(at + 1..);
            let (closes, rest) = match rest.strip_prefix('/') {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            let behind = behind_name(rest, name);
            let is_same = behind.is_some_and(|rest| {
                !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
            });
            if !is_same {
                continue;
            }
            let tag = rest.split_once('>').map_or(rest, |(tag, _)| tag);
            match closes {
                false if !tag.ends_with('/') => depth += 1,
                false => {}
                true => depth = depth.saturating_sub(1),
            }
            if depth == 0 {
                let end = line
                    .slice(at..)
                    .find('>')
                    .map_or(line.len(), |end| at + end + 1);
                return Some((number + 1, end));
            }
        }
    }
    None
}

/// What stands behind the name of an element that a text begins with, in any case.
fn behind_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let own = text.get(..name.len())?;
    own.eq_ignore_ascii_case(name)
        .then(|| text.slice(name.len()..))
}

/// Writes HTML without blank lines and indentation, but for where white space counts.
fn write_html(html: &str, out: &mut String) {
    let mut raw: Option<&'static str> = None;
    for line in text::lines(html) {
        match raw {
            // A blank line would end the block; this means the same.
            Some(_) if line.trim().is_empty() => {
                while out.ends_with('\n') {
                    out.pop();
                    out.push_str("&#10;");
                }
                out.push_str("&#10;");
            }
            Some(_) => out.push_str(line),
            None if line.trim().is_empty() => {}
            None => out.push_str(line.trim_start()),
        }
        raw = raw_after(line, raw);
    }
}

/// The element whose white space counts that is open after a line.
fn raw_after(line: &str, mut raw: Option<&'static str>) -> Option<&'static str> {
    const RAW: [&str; 2] = ["pre", "textarea"];
    for (at, _) in line.match_indices('<') {
        let rest = line.slice(at + 1..);
        let begins = |rest: &str, name: &str| {
            behind_name(rest, name).is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\t']))
        };
        match raw {
            None => raw = RAW.into_iter().find(|name| begins(rest, name)),
            Some(name) => {
                if rest
                    .strip_prefix('/')
                    .is_some_and(|rest| begins(rest, name))
                {
                    raw = None;
                }
            }
        }
    }
    raw
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
        check("a\n<a href=x>\nb</a>\n", "a\n<a href=x>\nb</a>\n");
        check("<b>a</b>\n", "<b>a</b>\n");
    }
}
