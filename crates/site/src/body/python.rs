//! Blocks that Python's Markdown has by its extensions: `!!! note "Title"`, `??? note` and
//! `=== "Tab"`, with lines that are indented, icons such as `:material-star:`, and attributes such as
//! `{ .button }`.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::attributes::is_list;
use super::code::Code;
use super::html_elements::is_item;

/// How deep blocks nest in a post that anyone reads.
const DEEPEST: usize = 50;

/// How much further than its own line the lines of a block are indented.
const INDENT: usize = 4;

/// Nobody writes a longer line with marks in it, which are looked for again and again.
const LONGEST: usize = 4_000;

/// A block that is open.
struct Block {
    /// The indentation of its first line, as it is written here.
    indent: usize,
    is_quote: bool,
}

/// Expands tabs, and empties lines of blanks, before anything else is read.
pub(super) fn with_plain_blanks(text: &str) -> Cow<'_, str> {
    let is_odd = |line: &str| {
        line.contains('\t')
            || (line.starts_with(' ') && line.trim_end_matches('\n').trim().is_empty())
    };
    if !text::lines(text).any(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text::lines(text) {
        if line.trim().is_empty() {
            out.push_str(line.trim_start_matches([' ', '\t']));
            continue;
        }
        let mut column = 0;
        for c in line.chars() {
            if c == '\t' {
                let width = INDENT - column % INDENT;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            } else {
                out.push(c);
                column += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// Takes out the lists of attributes right behind what they are of, outside of code in blocks.
pub(super) fn without_attributes(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    let may_differ =
        |line: &str| line.len() <= LONGEST && matches!(without_lists(line), Cow::Owned(_));
    if !text.contains('{') || !text::lines(text).any(may_differ) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text::lines(text) {
        let first = at + (line.len() - line.trim_start().len());
        if line.len() > LONGEST || code.is_block(first) {
            out.push_str(line);
        } else {
            out.push_str(&without_lists(line));
        }
        at += line.len();
    }
    Cow::Owned(out)
}

/// Turns admonitions into quotes that begin with their title in bold, and tabs into their texts under
/// their titles. Icons go.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    let may_differ =
        |line: &str| begins(line.trim_start()).is_some() || has_icon(line) || line.contains('{');
    if !text.lines().any(may_differ) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut open: Vec<Block> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut is_list = false;
    for written in text.split_inclusive('\n') {
        let is_blank = written.trim().is_empty();
        let indent = written.len() - written.trim_start_matches(' ').len();
        while !is_blank
            && open.last().is_some_and(|block| {
                let within = block.indent + INDENT * open.len();
                fence.is_none() && indent < within
            })
        {
            close(&mut open, &mut out);
        }
        // Each block that is open indents its lines once more.
        let shift = (INDENT * open.len()).min(indent);
        let line = written.slice(shift..);
        let bare = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(known), Some(mark))
                if known == mark && bare.trim_end().trim_start_matches(['`', '~']).is_empty() =>
            {
                fence = None;
            }
            _ => {}
        }
        let depth = line.len() - bare.len();
        if !is_blank && depth < INDENT {
            // Notes and definitions hold indented lines as well.
            is_list = is_item(bare) || bare.starts_with("[^") || bare.starts_with(": ");
        }
        let is_indented = depth >= if is_list { 4 * INDENT } else { INDENT };
        let is_code = fence.is_some() || mark.is_some() || line.len() > LONGEST || is_indented;
        match begins(bare).filter(|_| !is_code && open.len() < DEEPEST) {
            Some(block) => begin(&block, depth, &mut open, &mut out),
            None if is_code => out.push_str(line),
            None => out.push_str(&without_lists(&without_icons(line))),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    Cow::Owned(out)
}

/// The first line of a block: whether it is a quote, and its title.
struct First {
    is_quote: bool,
    title: String,
}

/// Writes what a block begins with.
fn begin(first: &First, indent: usize, open: &mut Vec<Block>, out: &mut String) {
    let blanks = " ".repeat(indent);
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    if first.is_quote {
        out.push_str(&format!("{blanks}<blockquote>\n\n"));
    }
    if !first.title.is_empty() {
        // Two stars would end the bold.
        let title = without_icons(&first.title).replace("**", "");
        out.push_str(&format!("{blanks}**{}**\n\n", title.trim()));
    }
    open.push(Block {
        indent,
        is_quote: first.is_quote,
    });
}

/// Writes what the last block ends with.
fn close(open: &mut Vec<Block>, out: &mut String) {
    let Some(block) = open.pop() else {
        return;
    };
    let blanks = " ".repeat(block.indent);
    if block.is_quote {
        out.push_str(&format!("\n{blanks}</blockquote>\n\n"));
    } else {
        out.push('\n');
    }
}

/// Whether a line begins a block, and which.
fn begins(bare: &str) -> Option<First> {
    let line = bare.trim_end();
    if let Some(rest) = line
        .strip_prefix("=== ")
        .or_else(|| line.strip_prefix("===! "))
    {
        let title = quoted(rest.trim_start_matches(['!', '+', ' ']))?;
        return Some(First {
            is_quote: false,
            title,
        });
    }
    let rest = line
        .strip_prefix("!!!")
        .or_else(|| line.strip_prefix("???"))?;
    let rest = rest.strip_prefix('+').unwrap_or(rest).trim();
    let (kinds, title) = match rest.find('"') {
        Some(at) => (rest.slice(..at).trim(), Some(quoted(rest.slice(at..))?)),
        None => (rest, None),
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if !kinds.chars().all(is_name) || (kinds.is_empty() && title.is_none()) {
        return None;
    }
    let kind = kinds.split(' ').next().unwrap_or_default();
    let mut chars = kind.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    let title = title.unwrap_or_else(|| first.unwrap_or_default() + &chars.as_str().to_lowercase());
    Some(First {
        is_quote: true,
        title,
    })
}

/// The text between two quotes, which nothing follows.
fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.trim().to_owned())
}

/// A line without lists of attributes right behind what they are of: `[link](x){ .button }`. Those at its
/// end go later.
fn without_lists(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in line.match_indices('{') {
        let before = line.slice(..at);
        let is_code = before.matches('`').count() % 2 == 1;
        let is_behind = before.ends_with([')', ']', '_', '*', '`', '>']);
        let Some((inner, _)) = line.slice(at + 1..).split_once('}') else {
            break;
        };
        let list = inner.trim().strip_prefix(':').unwrap_or(inner);
        if at < done || is_code || !is_behind || !is_list(&format!("{{{list}}}")) {
            continue;
        }
        out.push_str(line.slice(done..at));
        done = at + 1 + inner.len() + 1;
    }
    if done == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.slice(done..));
    Cow::Owned(out)
}

/// What the names of icons begin with, by the sets that the theme has.
const ICONS: [&str; 5] = [
    ":material-",
    ":fontawesome-",
    ":octicons-",
    ":simple-",
    ":lucide-",
];

fn has_icon(line: &str) -> bool {
    ICONS.iter().any(|set| line.contains(set))
}

/// A line without icons, and without the attributes that follow them.
fn without_icons(line: &str) -> Cow<'_, str> {
    if !has_icon(line) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = ICONS.iter().filter_map(|set| rest.find(set)).min() {
        let name = rest.slice(at + 1..);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let behind = name.slice(end.unwrap_or(name.len())..);
        // What stands in code is a name.
        let is_code = rest.slice(..at).matches('`').count() % 2 == 1;
        let Some(behind) = behind.strip_prefix(':').filter(|_| !is_code) else {
            out.push_str(rest.slice(..at + 1));
            rest = name;
            continue;
        };
        out.push_str(rest.slice(..at));
        let list = behind
            .strip_prefix('{')
            .and_then(|list| list.split_once('}'));
        rest = list.map_or(behind, |(_, behind)| behind);
        if out.is_empty() || out.ends_with([' ', '_', '*', '(', '[']) {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_go() {
        let text = "[l](/u){: .btn} and ![i](/i.png){: .c width=\"10\"}\n\n    a){: .x}\n";
        let found = without_attributes(text, || Code::of(text));
        assert_eq!(found, "[l](/u) and ![i](/i.png)\n\n    a){: .x}\n");
    }

    #[test]
    fn blocks() {
        let check = |text: &str, expected: &str| {
            let found = resolve(text);
            let lines: Vec<&str> = found
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect();
            assert_eq!(lines.join("\n"), expected, "{text}");
        };
        check(
            "Write:\n\n    !!! danger\n\n        This\n",
            "Write:\n    !!! danger\n        This",
        );
        check(
            "- a\n\n    !!! danger\n\n        This\n",
            "- a\n    <blockquote>\n    **Danger**\n    This\n    </blockquote>",
        );
        check(
            "!!! note\n\n    a\n\n    b\nc\n",
            "<blockquote>\n**Note**\na\nb\n</blockquote>\nc",
        );
        check(
            "??? tip inline end \"My *tip*\"\n    a\n",
            "<blockquote>\n**My *tip***\na\n</blockquote>",
        );
        check("!!!tip\n    a\n", "<blockquote>\n**Tip**\na\n</blockquote>");
        check("!!! info \"\"\n    a\n", "<blockquote>\na\n</blockquote>");
        check(
            "!!! a\n    x\n    !!! b\n        y\n\n            z\n    w\nv\n",
            "<blockquote>\n**A**\nx\n<blockquote>\n**B**\ny\n    z\n</blockquote>\nw\n</blockquote>\nv",
        );
        check(
            "=== \"One\"\n\n    ``` py\n    !!! x\n    ```\n\n=== \"Two\"\n\n    b\n",
            "**One**\n``` py\n!!! x\n```\n**Two**\nb",
        );
        check(
            "- item\n\n    !!! note\n        x\n\n    y\n",
            "- item\n    <blockquote>\n    **Note**\n    x\n    </blockquote>\n    y",
        );
        check(
            "a :material-star:{ .x } b `:material-x:`\n",
            "a b `:material-x:`",
        );
        check(
            "__a__{ title=\"x\" }: [b](c){ .d }, `e`{:.f} `g{.h}`\n",
            "__a__: [b](c), `e` `g{.h}`",
        );
        check("__:material-x: b__\n", "__b__");
        check("=== \":material-x: `a`\"\n    b\n", "**`a`**\nb");
        check("!!!\n!!! <b>\n=== x\n", "!!!\n!!! <b>\n=== x");
    }
}
