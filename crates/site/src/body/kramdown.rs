//! Rewrites what kramdown reads otherwise than CommonMark does.

use std::borrow::Cow;
use std::cell::OnceCell;

use feedwright_base::slice::Slice;
use feedwright_base::text::{self, Finder, has};

use super::code::Code;

/// Rewrites a text so that CommonMark reads it as kramdown would.
///
/// - Attribute lists `{: .class #id}` are resolved: an id goes to the heading it follows; a
///   table of contents and other attributes, which mean nothing in a feed, go.
///
/// `code` gives the ranges of the text that are code and stay as they are.
pub(super) fn resolve<'a>(text: &'a str, code: impl Fn() -> Code) -> Cow<'a, str> {
    if !has(text, "{:") {
        return Cow::Borrowed(text);
    }
    let cell = OnceCell::new();
    let code = || -> &Code { cell.get_or_init(&code) };
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    let mut lists = Finder::new(text, "{:");
    for line in text::lines(text) {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let text_at = start + (line.len() - line.trim_start().len());
        let is_spanned = lists.find(start).is_some_and(|found| found < at);
        if !is_spanned || code().is_block(text_at) {
            out.push_str(line);
            continue;
        }
        if let Some(list) = attribute_list(bare) {
            block_list(list, &mut out);
            continue;
        }
        span(line, start, code(), &mut out);
    }
    Cow::Owned(out)
}

/// Joins attribute lists that continue on the next line into one line.
pub(super) fn joined_lists(text: &str) -> Cow<'_, str> {
    let is_open = |line: &str| {
        line.rfind("{:").is_some_and(|at| {
            !line.slice(at..).contains('}') && line.slice(..at).ends_with([')', ']', '*', '_', '`'])
        })
    };
    if !has(text, "{:") || !text.lines().any(is_open) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    let mut joined = false;
    while let Some(line) = lines.next() {
        let closes = lines.peek().is_some_and(|next| {
            let end = next.find('}');
            end.is_some_and(|end| !next.slice(..end).contains('{'))
        });
        if is_open(line) && closes {
            out.push_str(line.trim_end());
            out.push(' ');
            joined = true;
        } else {
            out.push_str(line);
        }
    }
    if joined {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// The content of the attribute list that makes up a whole line.
fn attribute_list(line: &str) -> Option<&str> {
    let list = line.strip_prefix("{:")?.strip_suffix('}')?;
    (!list.contains(['{', '}'])).then(|| list.trim())
}

fn block_list(list: &str, out: &mut String) {
    let mut words = list.split_whitespace();
    let is_toc = words.clone().any(|word| word == "toc");
    let id = words.find_map(|word| word.strip_prefix('#'));
    if let Some((start, end)) = last_line(out) {
        // Indented further, it is code.
        let line = out.slice(start..end).trim_start_matches(' ');
        let line = if end - start - line.len() < 4 {
            line
        } else {
            ""
        };
        let is_item =
            line.starts_with(|c: char| matches!(c, '*' | '-' | '+') || c.is_ascii_digit());
        if is_toc && is_item {
            // The list before it only marks the place of a table of contents.
            out.truncate(start);
        } else if let Some(id) = id.filter(|_| line.starts_with('#') && !line.ends_with('}')) {
            out.insert_str(end, &format!(" {{#{id}}}"));
        }
    }
    // The line stays as a blank one unless it would split a list or table in two.
    if !out.ends_with('\n') && !out.is_empty() {
        out.push('\n');
    }
}

/// Where the last line that is not blank begins and ends. One that is longer than any heading is
/// not looked for.
fn last_line(out: &str) -> Option<(usize, usize)> {
    const REACH: usize = 2_000;
    let from = out.floor_char_boundary(out.len().saturating_sub(REACH));
    let end = from + out.slice(from..).trim_end().len();
    let start = match out.slice(from..end).rfind('\n') {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return None,
    };
    (start < end).then_some((start, end))
}

/// Removes attribute lists behind a link, an image, emphasis or code.
fn span(line: &str, start: usize, code: &Code, out: &mut String) {
    let mut lists = Finder::new(line, "{:");
    let mut ends = Finder::new(line, "}");
    let mut done = 0;
    while let Some(open) = lists.find(done) {
        let is_behind = line
            .slice(..open)
            .ends_with([')', ']', '*', '_', '`', '>', '}']);
        let close = ends.find(open + 2);
        match close.filter(|_| is_behind && !code.contains(start + open)) {
            Some(close) => {
                out.push_str(line.slice(done..open));
                done = close + 1;
            }
            None => {
                out.push_str(line.slice(done..open + 2));
                done = open + 2;
            }
        }
    }
    out.push_str(line.slice(done..));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
    }

    #[test]
    fn attribute_lists_go() {
        check("[a](b){:target=\"_blank\"} c", "[a](b) c");
        check("text\n{: .note}\n\nmore", "text\n\nmore");
        check("# Head\n{: #own}\ntext", "# Head {#own}\ntext");
        check("    # code\n{: #own}\ntext", "    # code\ntext");
        check("* TOC\n{:toc}\n\ntext", "\ntext");
        check("`{: .x}` stays", "`{: .x}` stays");
        check("```\n{: .x}\n```\n", "```\n{: .x}\n```\n");
        check("a {:b} c", "a {:b} c");
    }
}
