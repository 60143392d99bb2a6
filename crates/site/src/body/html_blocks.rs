//! Finds the blocks of HTML that kramdown and Python's Markdown see: an element with all that stands
//! in it, whatever blank lines and indentation there are. For CommonMark a blank line ends one.

use std::borrow::Cow;

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::html::LOST;

/// How many lines a block may have: its end is looked for line by line.
const LONGEST: usize = 5_000;

/// Rewrites a text so that CommonMark sees the same blocks: in them no line is blank or indented, and
/// behind them one is blank. A line with a single tag that makes no block is a paragraph.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text::lines(text).collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut fence: Option<&str> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        at += 1;
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
        let name = tag_name(bare).filter(|_| !is_indented);
        match name {
            Some(name) if is_block(name) && !is_markdown(bare) => {
                let rest = lines.slice(at - 1..);
                match block(rest, name) {
                    Some((count, end)) => {
                        at += count - 1;
                        write_block(rest.slice(..count), end, &mut out);
                    }
                    None => out.push_str(line),
                }
            }
            Some(name) if is_in_line(name) && is_lone_tag(bare) && is_after_blank(&out) => {
                // No sign, and so no HTML either, begins the line.
                out.push(LOST);
                out.push_str(bare);
            }
            _ => out.push_str(line),
        }
    }
    if out == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out)
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
    elements::is(name, elements::BLOCK) || name.eq_ignore_ascii_case("hr")
}

fn is_in_line(name: &str) -> bool {
    elements::is(name, elements::INLINE) || name.eq_ignore_ascii_case("img")
}

/// Whether what stands in the element is Markdown.
fn is_markdown(bare: &str) -> bool {
    let tag = bare.slice(..bare.find('>').unwrap_or(bare.len()));
    tag.contains(" markdown")
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

/// Writes a block, which ends at a place of its last line, and what follows it there.
fn write_block(lines: &[&str], end: usize, out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    let mut raw: Option<&'static str> = None;
    for (number, line) in lines.iter().enumerate() {
        let is_last = number + 1 == lines.len();
        let (line, rest) = match is_last {
            true => line.split_at(end.min(line.len())),
            false => (*line, ""),
        };
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
        if is_last {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out.push('\n');
            out.push_str(rest.trim_start());
        }
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
        assert_eq!(resolve(text), expected, "{text}");
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
            "<div markdown=\"1\">\n\n*a*\n</div>",
            "<div markdown=\"1\">\n\n*a*\n</div>",
        );
    }

    #[test]
    fn a_tag_in_a_line_of_its_own_is_text() {
        check("a\n\n<img src=x>\n", &format!("a\n\n{LOST}<img src=x>\n"));
        check("a\n<a href=x>\nb</a>\n", "a\n<a href=x>\nb</a>\n");
        check("<b>a</b>\n", "<b>a</b>\n");
    }
}
