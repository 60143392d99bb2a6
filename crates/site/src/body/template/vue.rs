//! Vue in Markdown, as VitePress has it: components, interpolation, and blocks of code of the page.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::braces::literal;
use super::fences::Fences;
use super::jsx;
use super::markup::Markup;
use super::output::{Output, short};
use super::{Context, Resolved};

/// How far the end of an interpolation is looked for, in bytes.
const LONGEST: usize = 4_000;

/// Resolves a whole text.
pub(super) fn resolve<'a>(text: &'a str, context: &Context<'_>) -> Resolved<'a> {
    if !text.contains(['<', '{']) && !text.contains("[!code") {
        return Resolved::unchanged(text);
    }
    let mut out = Output::default();
    without_blocks(text, &mut out);
    let bare = std::mem::take(&mut out.text);
    let variables = |name: &str| {
        let (_, name) = name.split_once('.')?;
        (context.page)(name.strip_prefix("frontmatter.").unwrap_or(name))
    };
    let resolved = jsx::resolve_as(&bare, Some(&variables));
    Resolved {
        dropped: &out.dropped | &resolved.dropped,
        text: Cow::Owned(resolved.text.into_owned()),
        fills: resolved.fills,
    }
}

/// A text without the scripts and styles of its page, and without marks for lines of code. Lines that
/// take in files are named.
fn without_blocks(text: &str, out: &mut Output) {
    let fences = Fences::of(text);
    let mut at = 0;
    let mut closing: Option<&str> = None;
    // Whether texts of code stand in one place, each under its label.
    let mut is_group = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(end) = closing {
            closing = Some(end).filter(|end| !line.contains(*end));
            continue;
        }
        let is_code = fences.is_block(start);
        if is_code {
            if is_group {
                out.push(&label(line));
            }
            out.push(&without_mark(line));
            continue;
        }
        let bare = line.trim();
        if bare.starts_with(":::") {
            is_group = bare
                .trim_start_matches(':')
                .trim_start()
                .starts_with("code-group");
        }
        let block = [("<script", "</script>"), ("<style", "</style>")]
            .into_iter()
            .find(|(open, _)| {
                let behind = line.strip_prefix(open);
                behind.is_some_and(|behind| behind.starts_with(['>', ' ', '\n', '\t']))
            });
        if let Some((_, end)) = block {
            closing = Some(end).filter(|end| !line.contains(*end));
        } else if line.starts_with("<<<") || line.starts_with("<!--@include:") {
            out.leave_out(short(line.trim()));
        } else {
            out.push(line);
        }
    }
}

/// The title of a text of code in a group: `[npm]` in its first line.
fn label(line: &str) -> String {
    let blanks = line.len() - line.trim_start().len();
    if !line.trim_start().starts_with("```") {
        return String::new();
    }
    let label = line
        .split_once('[')
        .and_then(|(_, label)| label.split_once(']'));
    label.map_or_else(String::new, |(label, _)| {
        let title = Markup::Markdown.verbatim(label);
        format!("\n{}**{title}**\n\n", line.slice(..blanks))
    })
}

/// A line of code without the comment that marks it: `// [!code focus]`.
fn without_mark(line: &str) -> Cow<'_, str> {
    let Some(at) = line.find("[!code") else {
        return Cow::Borrowed(line);
    };
    let before = line.slice(..at).trim_end();
    let Some((_, behind)) = line.slice(at..).split_once(']') else {
        return Cow::Borrowed(line);
    };
    let comments = [
        ("<!--", "-->"),
        ("/*", "*/"),
        ("//", ""),
        ("#", ""),
        ("--", ""),
        (";", ""),
    ];
    let found = comments.into_iter().find_map(|(open, close)| {
        Some((
            before.strip_suffix(open)?,
            behind.trim_start().strip_prefix(close)?,
        ))
    });
    match found {
        Some((before, behind)) if behind.trim().is_empty() => {
            Cow::Owned(format!("{}\n", before.trim_end()))
        }
        Some((before, behind)) => Cow::Owned(format!("{before}{behind}")),
        None => Cow::Borrowed(line),
    }
}

/// `{{ … }}`: its text if it is one or a variable of the page; `None` where none begins.
pub(super) fn interpolation(
    text: &str,
    start: usize,
    variables: &jsx::Variables<'_>,
    out: &mut Output,
) -> Option<usize> {
    let rest = text.slice(start..).strip_prefix("{{")?;
    let length = rest.slice(..rest.floor_char_boundary(LONGEST)).find("}}")?;
    let inner = rest.slice(..length).trim();
    let shown = match literal(inner) {
        Some(text) => Some(text.to_owned()),
        None => inner.strip_prefix('$').and_then(variables),
    };
    match shown {
        Some(shown) => out.push(&Markup::Markdown.verbatim(&shown)),
        None => out.leave_out(format!("{{{{ {} }}}}", short(inner))),
    }
    Some(start + 2 + length + 2)
}

/// Whether an attribute holds code: `:src`, `@click`, `v-if`, `#slot`.
pub(super) fn is_directive(name: &str) -> bool {
    name.starts_with([':', '@', '#']) || name.starts_with("v-")
}

/// Whether what looks like a tag is an address: `<name@example.org>`.
pub(super) fn is_address(text: &str) -> bool {
    let name = text.trim_start_matches('<');
    let end = name.find(|c: char| !(c.is_alphanumeric() || ".-_+".contains(c)));
    name.slice(end.unwrap_or(name.len())..).starts_with('@')
}
