//! Resolves the shortcodes of Zola.

use std::collections::HashSet;

use feedwright_base::slice::Slice;

use super::super::code::Code;
use super::arguments::{Arguments, Separator};
use super::embed;
use super::markup::Markup;
use super::math::Math;
use super::output::{Output, short};
use super::tags::{Kind, Tag, tags};

/// Resolves all shortcodes. Of those with a body, the body stays.
pub(super) fn resolve(text: &str, code: Code) -> Output {
    let tags = tags(text);
    let math = Math::of(text, |at| code.contains(at));
    let mut open = 0_usize;
    let mut out = Output::default();
    let mut at = 0;
    let bodies = with_body(&tags, &code);
    for (index, tag) in tags.iter().enumerate() {
        out.push(text.slice(at..tag.start));
        at = tag.end;
        let whole = text.slice(tag.start..tag.end);
        let markup = code.markup(tag.start);
        if let Some(shown) = escaped(tag) {
            let shown = if code.contains(tag.start) {
                shown
            } else {
                markup.verbatim(&shown)
            };
            out.push(&shown);
            continue;
        }
        if code.contains(tag.start) {
            out.push(whole);
            continue;
        }
        let call = call(tag.inner);
        match (tag.kind, call) {
            (Kind::Block, Some((name, arguments))) if bodies.contains(&index) => {
                open += 1;
                let arguments = Arguments::parse(arguments, Separator::Comma);
                if let Some(url) = embed::address(name, &arguments) {
                    out.push(&markup.link(&url, &url));
                }
            }
            (Kind::Block, None) if tag.inner == "end" && open > 0 => open -= 1,
            (Kind::Output, Some((name, arguments))) => output(name, arguments, markup, &mut out),
            (Kind::Output, None) if is_formula(tag, whole, &math) => out.push(whole),
            (Kind::Unclosed, _) if whole.starts_with("{{") && math.contains(tag.start) => {
                out.push(whole);
            }
            (Kind::Unclosed, _) => out.leave_out(whole.slice(..2).to_owned()),
            (kind, _) => {
                let name = short(super::word(tag.inner).0);
                out.leave_out(match kind {
                    Kind::Block => format!("{{% {name} %}}"),
                    _ => format!("{{{{ {name} }}}}"),
                });
            }
        }
    }
    out.push(text.slice(at..));
    out
}

/// Resolves a shortcode without a body: to a link or an image where its arguments name one.
fn output(name: &str, arguments: &str, markup: Markup, out: &mut Output) {
    let arguments = Arguments::parse(arguments, Separator::Comma);
    if let Some(url) = embed::address(name, &arguments) {
        out.push(&markup.link(&url, &url));
    } else if let Some((source, alt)) = arguments.image() {
        // Pictures are named from the content folder or from the site's root.
        let source = source.trim_start_matches("@/");
        out.push(&markup.image(source, alt, ""));
    } else {
        out.leave_out(format!("{{{{ {}() }}}}", short(name)));
    }
}

/// Whether what looks like a tag is TeX.
fn is_formula(tag: &Tag<'_>, whole: &str, math: &Math) -> bool {
    math.contains(tag.start) && !whole.slice(2..).starts_with(' ')
}

/// The places of the tags whose body an `{% end %}` closes.
fn with_body(tags: &[Tag<'_>], code: &Code) -> HashSet<usize> {
    let mut open = Vec::new();
    let mut closed = HashSet::new();
    for (index, tag) in tags.iter().enumerate() {
        if tag.kind != Kind::Block || code.contains(tag.start) {
            continue;
        }
        if tag.inner == "end" {
            closed.extend(open.pop());
        } else if call(tag.inner).is_some() {
            open.push(index);
        }
    }
    closed
}

/// The name and the arguments of `name(arguments)`.
fn call(inner: &str) -> Option<(&str, &str)> {
    let (name, arguments) = inner.split_once('(')?;
    let name = name.trim_end();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
    let arguments = arguments.trim_end().strip_suffix(')')?;
    is_name.then_some((name, arguments))
}

/// What `{{/* … */}}` and `{%/* … */%}` show.
fn escaped(tag: &Tag<'_>) -> Option<String> {
    let inner = tag.inner.strip_prefix("/*")?.strip_suffix("*/")?;
    match tag.kind {
        Kind::Output => Some(format!("{{{{{inner}}}}}")),
        Kind::Block => Some(format!("{{%{inner}%}}")),
        Kind::Unclosed => None,
    }
}
