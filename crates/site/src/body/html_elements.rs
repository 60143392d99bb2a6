//! Looks at the tags, elements and lines of HTML within Markdown.

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_base::text;

/// How many lines a block may have: its end is looked for line by line.
const LONGEST: usize = 5_000;

/// The name of the tag that a line begins with; `None` for closing ones.
pub(super) fn tag_name(bare: &str) -> Option<&str> {
    let rest = bare.strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = rest.slice(..end);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(name)
}

/// The tag that a text begins with.
pub(super) fn tag(text: &str) -> &str {
    text.slice(..text.find('>').map_or(text.len(), |end| end + 1))
}

/// How many lines a block has, and where in the last one it ends; `None` where it never does.
pub(super) fn block(lines: &[&str], name: &str) -> Option<(usize, usize)> {
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
pub(super) fn write_html(html: &str, out: &mut String) {
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

/// A block whose lines are not further indented than what it holds begins.
pub(super) fn unindented(block: &str) -> String {
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

/// Whether a line begins an item of a list.
pub(super) fn is_item(bare: &str) -> bool {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match digits {
        0 => bare.strip_prefix(['-', '*', '+']),
        _ => bare.slice(digits..).strip_prefix('.'),
    };
    mark.is_some_and(|rest| rest.starts_with([' ', '\t']))
}
