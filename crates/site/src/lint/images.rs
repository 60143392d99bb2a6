//! Finds images without a text for people who cannot see them.

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::body;
use crate::config::Config;
use crate::post::Post;

use super::destinations::destinations;
use super::{MOST, Subject};

/// A longer tag in characters is none, or has its picture in it.
const LONGEST: usize = 4_000;

/// An image in HTML without an `alt`, which an empty one is not: that says that the image only
/// decorates. Images in Markdown always have one.
pub(super) fn lint(subject: &Subject<'_>, html: &str, diags: &mut Diagnostics) {
    let body = subject.body();
    let mut images = images(body).peekable();
    // Nobody sees an image that the entry does not have.
    if images.peek().is_none() || !html.contains(" alt=\"\"") {
        return;
    }
    let is_code = body::is_code(body);
    let silent = images.filter(|(at, tag)| attribute(tag, "alt").is_none() && !is_code(*at));
    for (at, tag) in silent.take(MOST) {
        let source = attribute(tag, "src").unwrap_or_default();
        let name = source.rsplit('/').next().unwrap_or_default();
        if source.is_empty() || !html.contains(name.trim()) {
            continue;
        }
        diags.warning(
            "image-alt",
            subject.in_body(at),
            format!("the image `{source}` has no alternative text"),
            "say in `alt` what it shows, or write `alt=\"\"` where it only decorates",
        );
    }
}

/// Warns where a body names images by paths from its own file, and the generator publishes them under
/// names that only it knows.
pub fn moved(body: &str, post: &Post, config: &Config, diags: &mut Diagnostics) {
    let Some(folder) = config.content.dialect.moves_images() else {
        return;
    };
    if !body.contains("![") {
        return;
    }
    let is_code = body::is_code(body);
    let is_image = |at: usize| {
        let before = body.slice(..at).trim_end_matches(['(', '<']);
        let alt = before.rfind("![").map(|start| before.slice(start + 2..));
        alt.is_some_and(is_alt)
    };
    let mut moved = destinations(body).into_iter().take(MOST).filter(|range| {
        is_relative(body.slice(range.clone())) && is_image(range.start) && !is_code(range.start)
    });
    let Some(first) = moved.next() else {
        return;
    };
    let others = match moved.count() {
        0 => String::new(),
        others => format!(" (and {others} more)"),
    };
    let before = body.slice(..first.start);
    let line = post.body.1 + before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.slice(start..).chars().count() + 1;
    diags.warning(
        "image-missing",
        Location::at(&post.path, line, column),
        format!(
            "the image `{}`{others} is published by {} under a name that only its build knows, so that \
             feeds lead to no file",
            body.slice(first),
            config.content.dialect.title()
        ),
        format!(
            "put it into `{folder}`, which is copied as it is, and write its path from the site's root; or \
             name the built site in `content.rendered`, from which texts are taken"
        ),
    );
}

/// Whether a text is what stands in the brackets of an image, up to the one that ends them: an image in
/// a link ends before the link does, and what stands behind an image is none.
fn is_alt(text: &str) -> bool {
    let mut open = 1_usize;
    let mut brackets = text.char_indices().filter(|(_, c)| matches!(c, '[' | ']'));
    let end = brackets.find(|(_, c)| {
        open = if *c == '[' { open + 1 } else { open - 1 };
        open == 0
    });
    end.is_some_and(|(at, _)| at + 1 == text.len())
}

/// Whether a destination is a path from the file that names it.
fn is_relative(destination: &str) -> bool {
    let is_url = destination
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|first| first.contains(':'));
    !destination.is_empty() && !destination.starts_with(['/', '#', '{']) && !is_url
}

/// The tags of images, each with its place.
fn images(body: &str) -> impl Iterator<Item = (usize, &str)> {
    body.match_indices("<img").filter_map(|(at, _)| {
        let rest = body.slice(at..);
        let after = rest.slice("<img".len()..).chars().next()?;
        let end = end(rest)?;
        after.is_whitespace().then_some((at, rest.slice(..end)))
    })
}

/// Where a tag ends; quotes and braces hide a `>`.
fn end(tag: &str) -> Option<usize> {
    let (mut quote, mut braces) = (None, 0_usize);
    for (at, c) in tag.char_indices().take(LONGEST) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => braces += 1,
            (None, '}') => braces = braces.saturating_sub(1),
            (None, '>') if braces == 0 => return Some(at),
            (None, _) => {}
        }
    }
    None
}

/// The value of an attribute, empty where it has none; `None` where the tag has no such attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag.trim_start_matches("<img");
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let found = rest.slice(..end).eq_ignore_ascii_case(name);
        let after = rest.slice(end..).trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if found {
                return Some("");
            }
            rest = if end == 0 {
                rest.slice(1..)
            } else {
                rest.slice(end..)
            };
            continue;
        };
        let (value, left) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = value.slice(1..);
                let end = inner.find(quote).unwrap_or(inner.len());
                (inner.slice(..end), inner.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                value.split_at(end)
            }
        };
        if found {
            return Some(value);
        }
        rest = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes() {
        let check = |tag: &str, expected: Option<&str>| {
            let (_, tag) = images(tag).next().expect("an image");
            assert_eq!(attribute(tag, "alt"), expected, "{tag}");
        };
        check("<img src=\"a\" alt=\"b c\">", Some("b c"));
        check("<img src=a alt>", Some(""));
        check("<img alt='' src=\"x>y\"/>", Some(""));
        check("<img ALT={text} src={a > b}>", Some("{text}"));
        check("<img src=\"alt=x\" title='alt=\"\"'>", None);
        check("<img data-alt=\"x\" src=y />", None);
        assert_eq!(images("<imgx> <img").count(), 0);
    }
}
