//! Admonitions of Docusaurus and VitePress: `:::note Title`, a text, `:::`.

use feedwright_base::slice::Slice;

use super::super::code::Code;
use super::output::Output;

/// How deep admonitions nest in a post that anyone reads.
const DEEPEST: usize = 50;

/// The kinds of admonitions that show their names where they have no title.
const TITLED: [&str; 10] = [
    "caution",
    "danger",
    "details",
    "important",
    "info",
    "note",
    "secondary",
    "success",
    "tip",
    "warning",
];

/// Turns admonitions into quotes that begin with their title in bold.
pub(super) fn resolve(text: &str, code: &Code) -> String {
    let mut out = Output::default();
    // How many colons each open admonition has, and whether it is a quote.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let marks = bare.trim_start_matches([' ', '\t', '>']);
        let mark_at = start + line.find(':').unwrap_or(0);
        let colons = marks.bytes().take_while(|&byte| byte == b':').count();
        if colons < 3 || code.contains(mark_at) {
            out.push(line);
            continue;
        }
        let rest = marks.slice(colons..).trim();
        let prefix = line.slice(..line.len() - line.trim_start_matches([' ', '\t', '>']).len());
        if rest.is_empty() {
            // One that is longer than all that are open closes nothing.
            match open.iter().rposition(|(known, _)| *known <= colons) {
                Some(position) => {
                    let closed = open.iter().skip(position);
                    for _ in closed.filter(|(_, is_quote)| *is_quote) {
                        out.push(prefix);
                        out.block("\n</blockquote>");
                    }
                    out.push("\n");
                    open.truncate(position);
                }
                None => out.push("\n"),
            }
            continue;
        }
        match title(rest) {
            // What only sets its text apart from others has no title.
            Some(title) if title.is_empty() && open.len() < DEEPEST => {
                open.push((colons, false));
                out.push("\n");
            }
            Some(title) if open.len() < DEEPEST => {
                open.push((colons, true));
                out.push(prefix);
                out.block(&format!("\n<blockquote>\n\n**{title}**"));
                out.push("\n");
            }
            Some(_) => out.push("\n"),
            None => out.push(line),
        }
    }
    for _ in open.iter().filter(|(_, is_quote)| *is_quote) {
        out.push("\n\n</blockquote>\n");
    }
    out.text
}

/// The title of `note`, `note Title`, `note[Title]` and `note{.class} Title`; `None` for what is
/// no admonition.
fn title(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(text.len());
    let (kind, rest) = text.split_at(end);
    let first = kind.chars().next().filter(|c| c.is_alphabetic())?;
    let mut rest = rest.trim();
    let mut title = "";
    if let Some(label) = rest.strip_prefix('[') {
        let close = label.rfind(']')?;
        title = label.slice(..close).trim();
        rest = label.slice(close + 1..).trim();
    }
    if rest.starts_with('{') {
        rest = rest.find('}').map_or("", |at| rest.slice(at + 1..).trim());
    }
    let title = if title.is_empty() { rest } else { title };
    let is_known = TITLED.contains(&kind.to_ascii_lowercase().as_str());
    if matches!(kind, "code-group" | "raw" | "v-pre") || (title.is_empty() && !is_known) {
        // It only sets its text apart.
        return Some(String::new());
    }
    if title.is_empty() {
        let tail = kind.slice(first.len_utf8()..);
        return Some(first.to_uppercase().collect::<String>() + tail);
    }
    // Two stars would end the bold.
    Some(title.replace("**", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = resolve(text, &Code::of(text));
        let lines: Vec<&str> = found
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        assert_eq!(lines.join("\n"), expected, "{text}");
    }

    #[test]
    fn admonitions() {
        check(
            ":::note\n\ntext\n\n:::\n\nafter",
            "<blockquote>\n**Note**\ntext\n</blockquote>\nafter",
        );
        check(
            ":::tip[My *tip*]\ntext\n:::\n",
            "<blockquote>\n**My *tip***\ntext\n</blockquote>",
        );
        check(
            ":::own Title here\ntext\n:::\n",
            "<blockquote>\n**Title here**\ntext\n</blockquote>",
        );
        check(
            "::::info\n:::danger\nx\n:::\ny\n::::\nz",
            "<blockquote>\n**Info**\n<blockquote>\n**Danger**\nx\n</blockquote>\ny\n</blockquote>\nz",
        );
        check(
            "- item\n\n  :::note\n\n  text\n\n  :::\n",
            "- item\n  <blockquote>\n  **Note**\n  text\n  </blockquote>",
        );
        check("set\n:::-x { a }", "set\n:::-x { a }");
        check("```\n:::note\n```\n", "```\n:::note\n```");
        check(
            ":::note\nnever closed",
            "<blockquote>\n**Note**\nnever closed\n</blockquote>",
        );
    }
}
