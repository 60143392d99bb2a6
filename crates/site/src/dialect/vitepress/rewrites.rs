//! Rewrites: which page is published at the address of another path.
//!
//! Their patterns are those of the library path-to-regexp: `packages/:name/docs/:rest*`.

use std::collections::HashMap;

use feedwright_base::slice::Slice;
use regex::Regex;

use crate::front_matter::Value;

/// How many rewrites are read.
const MOST: usize = 1_000;

/// The rewrites of a site, the first of which that fits counts.
#[derive(Default)]
pub(super) struct Rewrites {
    rules: Vec<(Regex, Vec<Part>)>,
    /// Whether one could not be read.
    has_unknown: bool,
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Parameter {
        /// What stands before it only if it is there: a slash or a full stop.
        before: String,
        name: String,
        /// What it may be, where it is not one part of a path.
        like: Option<String>,
        /// `?`, `*`, `+` or nothing.
        modifier: Option<char>,
    },
}

impl Rewrites {
    /// By the setting, whose values are texts.
    pub(super) fn new(setting: Option<&Value>) -> Self {
        let mut rewrites = Rewrites::default();
        for (from, to) in setting.map_or(&[][..], Value::entries).iter().take(MOST) {
            let rule = to.as_text().and_then(|to| {
                // What begins so is an expression of JavaScript.
                let from = Some(from).filter(|from| !from.starts_with('^'))?;
                Some((expression(&parts(from)?)?, parts(&format!("/{to}"))?))
            });
            rewrites.has_unknown |= rule.is_none();
            rewrites.rules.extend(rule);
        }
        rewrites
    }

    pub(super) fn is_known(&self) -> bool {
        !self.has_unknown
    }

    /// What a path becomes.
    pub(super) fn of(&self, path: &str) -> Option<String> {
        let (found, to) = self
            .rules
            .iter()
            .find_map(|(from, to)| Some((from.captures(path)?, to)))?;
        let mut values: HashMap<&str, String> = HashMap::new();
        let names = to.iter().filter_map(|part| match part {
            Part::Parameter { name, .. } => Some(name),
            Part::Text(_) => None,
        });
        for name in names {
            let value = found
                .name(&group(name))
                .map(|value| value.as_str().to_owned());
            values.insert(name, value.unwrap_or_default());
        }
        let mut out = String::new();
        for part in to {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Parameter { before, name, .. } => {
                    let value = values.get(name.as_str()).filter(|value| !value.is_empty());
                    if let Some(value) = value {
                        out.push_str(before);
                        out.push_str(value);
                    }
                }
            }
        }
        Some(out.trim_start_matches('/').to_owned())
    }
}

/// The name of a group of an expression: names of JavaScript may have signs that it has not.
fn group(name: &str) -> String {
    format!("p_{name}")
}

/// The parts of a pattern; `None` for one with braces, or with parameters without names.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(sign) = rest.chars().next() {
        let behind = rest.slice(sign.len_utf8()..);
        match sign {
            '\\' => {
                let escaped = behind.chars().next()?;
                text.push(escaped);
                rest = behind.slice(escaped.len_utf8()..);
            }
            ':' => {
                let (parameter, behind) = parameter(behind, &mut text)?;
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(parameter);
                rest = behind;
            }
            '{' | '}' | '(' | ')' | '*' | '+' | '?' => return None,
            sign => {
                text.push(sign);
                rest = behind;
            }
        }
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Some(parts)
}

/// A parameter behind its colon, and what follows it. The slash before it is its own.
fn parameter<'a>(rest: &'a str, text: &mut String) -> Option<(Part, &'a str)> {
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(rest.len());
    let (name, mut rest) = (rest.slice(..end), rest.slice(end..));
    if name.is_empty() {
        return None;
    }
    let mut like = None;
    if let Some(inner) = rest.strip_prefix('(') {
        let (expression, behind) = inner.split_once(')')?;
        // Groups in groups are not followed.
        if expression.contains(['(', '?']) {
            return None;
        }
        (like, rest) = (Some(expression.to_owned()), behind);
    }
    let modifier = rest.chars().next().filter(|c| matches!(c, '?' | '*' | '+'));
    rest = rest.slice(modifier.map_or(0, char::len_utf8)..);
    let before = if text.ends_with(['/', '.']) {
        text.pop().map(String::from).unwrap_or_default()
    } else {
        String::new()
    };
    let part = Part::Parameter {
        before,
        name: name.to_owned(),
        like,
        modifier,
    };
    Some((part, rest))
}

/// The expression that a path fits which a pattern describes.
fn expression(parts: &[Part]) -> Option<Regex> {
    let mut out = String::from("(?i)^");
    let mut text = "";
    for part in parts {
        let (before, name, like, modifier) = match part {
            Part::Text(part) => {
                text = part;
                out.push_str(&regex::escape(part));
                continue;
            }
            Part::Parameter {
                before,
                name,
                like,
                modifier,
            } => (before, group(name), like, modifier),
        };
        let separator = if before.is_empty() { text } else { before };
        text = "";
        let like = match like {
            Some(like) => like.clone(),
            None => usual(separator)?,
        };
        let before = regex::escape(before);
        match modifier {
            None => out.push_str(&format!("{before}(?P<{name}>{like})")),
            Some('?') => out.push_str(&format!("(?:{before}(?P<{name}>{like}))?")),
            Some(modifier) => {
                let optional = if *modifier == '*' { "?" } else { "" };
                out.push_str(&format!(
                    "(?:{before}(?P<{name}>(?:{like})(?:{before}(?:{like}))*)){optional}"
                ));
            }
        }
    }
    out.push_str("[/#?]?$");
    regex::RegexBuilder::new(&out)
        .size_limit(1 << 20)
        .build()
        .ok()
}

/// What a parameter is that does not say it: a part of a path, in which what stands before it does not
/// come again, unless that is a slash. `None` where an expression of this language cannot say so.
fn usual(separator: &str) -> Option<String> {
    if separator.is_empty() || separator.contains(['/', '#', '?']) {
        return Some("[^/#?]+?".to_owned());
    }
    let mut signs = separator.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    Some(format!("[^/#?{}]+?", regex::escape(&sign.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_rewritten() {
        let check = |from: &str, to: &str, path: &str, expected: Option<&str>| {
            let setting = Value::Map(vec![(from.to_owned(), Value::String(to.to_owned()))]);
            let rewrites = Rewrites::new(Some(&setting));
            assert_eq!(rewrites.of(path).as_deref(), expected, "{from} {path}");
        };
        check("a/b.md", "c/d.md", "a/b.md", Some("c/d.md"));
        check("a/b.md", "c/d.md", "a/b2.md", None);
        check("en/:rest*", ":rest*", "en/a/b.md", Some("a/b.md"));
        check(
            "packages/:pkg/src/:slug*",
            ":pkg/:slug*",
            "packages/x/src/a/b.md",
            Some("x/a/b.md"),
        );
        check(
            ":year-:name.md",
            "posts/:name.md",
            "2024-x.md",
            Some("posts/x.md"),
        );
        check(
            "posts/:page(\\d+-.*)",
            "p/:page",
            "posts/1-x.md",
            Some("p/1-x.md"),
        );
        check("posts/:page(\\d+-.*)", "p/:page", "posts/x.md", None);
        check("a/:b?/c.md", "z/:b?/c.md", "a/c.md", Some("z/c.md"));
        check(
            ":year(\\d+)-:name.md",
            "posts/:name.md",
            "2024-x-y.md",
            None,
        );
        let unknown = Value::Map(vec![("^x(.*)".to_owned(), Value::String("y".to_owned()))]);
        assert!(!Rewrites::new(Some(&unknown)).is_known());
    }
}
