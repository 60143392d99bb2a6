//! Resolves WordPress's shortcodes, as in `[caption]`, as far as that can be without WordPress.
//!
//! Brackets are also used in texts. What is known as a shortcode, has attributes or is closed again
//! is one; anything else stays as it is.

use std::collections::{BTreeSet, HashMap};

use feedwright_base::slice::Slice;
use memchr::memmem;

/// The shortcodes that WordPress has itself, and common ones that may stand without attributes.
const KNOWN: [&str; 12] = [
    "audio",
    "caption",
    "contact-form",
    "contact-form-7",
    "embed",
    "gallery",
    "playlist",
    "slideshow",
    "toc",
    "video",
    "wp_caption",
    "youtube",
];

/// A text without shortcodes, and the names of those that are lost.
pub(super) fn resolve(text: &str) -> (String, BTreeSet<String>) {
    let mut resolved = Resolved {
        text,
        closers: closers(text),
        out: String::with_capacity(text.len()),
        dropped: BTreeSet::new(),
    };
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'[', b'<', text.slice(at..).as_bytes()) {
        resolved.out.push_str(text.slice(at..at + next));
        at = resolved.step(at + next);
    }
    resolved.out.push_str(text.slice(at..));
    (resolved.out, resolved.dropped)
}

/// Where each shortcode is closed, by its name.
fn closers(text: &str) -> HashMap<&str, Vec<usize>> {
    let mut closers: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in memmem::find_iter(text.as_bytes(), "[/") {
        let name = name(text.slice(at + 2..));
        if !name.is_empty() && text.slice(at + 2 + name.len()..).starts_with(']') {
            closers.entry(name).or_default().push(at);
        }
    }
    closers
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let name = text.slice(..end);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        ""
    }
}

struct Resolved<'a> {
    text: &'a str,
    closers: HashMap<&'a str, Vec<usize>>,
    out: String,
    dropped: BTreeSet<String>,
}

impl<'a> Resolved<'a> {
    /// Goes on from a bracket; returns where.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.text.slice(at..);
        if rest.starts_with('<') {
            // Examples stay as they are.
            for (open, close) in [("<pre", "</pre>"), ("<code", "</code>")] {
                if rest.starts_with(open)
                    && let Some(end) = memmem::find(rest.as_bytes(), close.as_bytes())
                {
                    return self.keep(at, at + end + close.len());
                }
            }
            return self.keep(at, at + 1);
        }
        if rest.starts_with("[[")
            && let Some(end) = rest.find("]]")
            && !name(rest.slice(2..)).is_empty()
        {
            self.keep(at + 1, at + end + 1);
            return at + end + 2;
        }
        if let Some(inner) = rest.strip_prefix("[/") {
            let name = name(inner);
            let end = at + 2 + name.len() + 1;
            // Only what was opened is closed.
            if self.dropped.contains(name) && self.closers.contains_key(name) {
                return end;
            }
            return self.keep(at, at + 2);
        }
        let name = name(rest.slice(1..));
        match end_of_tag(rest.slice(1 + name.len()..)) {
            Some(length) if !name.is_empty() => {
                let end = at + 1 + name.len() + length;
                let attributes = self.text.slice(at + 1 + name.len()..end - 1);
                self.tag(at, end, name, attributes)
            }
            _ => self.keep(at, at + 1),
        }
    }

    /// Resolves a tag that stands at `at` and ends at `end`; returns where to go on.
    fn tag(&mut self, at: usize, end: usize, name: &'a str, attributes: &str) -> usize {
        let closer = self.closers.get(name);
        let closer = closer.and_then(|all| all.iter().copied().find(|close| *close >= end));
        let is_tag = KNOWN.contains(&name)
            || closer.is_some()
            || attributes.contains("=\"")
            || attributes.contains("='");
        if !is_tag {
            return self.keep(at, at + 1);
        }
        let after = |close: usize| close + name.len() + 3;
        match (name, closer) {
            ("caption" | "wp_caption", Some(close)) => {
                let figure = figure(self.text.slice(end..close), attributes);
                self.out.push_str(&figure);
                after(close)
            }
            ("embed", Some(close)) => {
                let link =
                    html_escape::encode_double_quoted_attribute(self.text.slice(end..close).trim());
                self.out
                    .push_str(&format!("<p><a href=\"{link}\">{link}</a></p>"));
                after(close)
            }
            _ => {
                self.dropped.insert(name.to_owned());
                end
            }
        }
    }

    fn keep(&mut self, at: usize, end: usize) -> usize {
        self.out.push_str(self.text.slice(at..end));
        end
    }
}

/// How many bytes a tag has behind its name, with the bracket that ends it.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b']') => return Some(at + 1),
            (None, b'[' | b'\n') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// A picture with its caption, which stands behind it or in an attribute.
fn figure(inner: &str, attributes: &str) -> String {
    let picture = inner.find("<img").and_then(|at| {
        let end = at + inner.slice(at..).find('>')? + 1;
        let link = inner.slice(end..).trim_start().strip_prefix("</a>");
        Some(link.map_or(end, |rest| inner.len() - rest.len()))
    });
    let (picture, caption) = inner.split_at(picture.unwrap_or(inner.len()));
    let attribute = || {
        let (_, rest) = attributes.split_once("caption=\"")?;
        Some(rest.split_once('"')?.0)
    };
    let caption = match caption.trim() {
        "" => attribute().unwrap_or_default(),
        caption => caption,
    };
    let picture = picture.trim();
    if caption.is_empty() {
        format!("<figure>{picture}</figure>")
    } else {
        format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_go_and_brackets_stay() {
        for (text, expected, dropped) in [
            ("a [1] [sic] b", "a [1] [sic] b", ""),
            ("a [gallery ids=\"1,2\"] b", "a  b", "gallery"),
            ("a [gallery] b", "a  b", "gallery"),
            ("[note kind='x']b[/note]c", "bc", "note"),
            ("[note]b[/note] [/other]", "b [/other]", "note"),
            ("[[gallery]] [ ] [é]", "[gallery] [ ] [é]", ""),
            ("<pre>[gallery]</pre>[x", "<pre>[gallery]</pre>[x", ""),
            (
                "[caption id=\"a\" width=\"3\"]<a href=\"/b\"><img src=\"/c.png\" /></a> D <i>e</i>[/caption]f",
                "<figure><a href=\"/b\"><img src=\"/c.png\" /></a><figcaption>D <i>e</i></figcaption></figure>f",
                "",
            ),
            (
                "[wp_caption caption=\"D\"]<img src=\"c\">[/wp_caption]",
                "<figure><img src=\"c\"><figcaption>D</figcaption></figure>",
                "",
            ),
            (
                "[embed width=\"1\"] https://example.gov/?a&b [/embed]",
                "<p><a href=\"https://example.gov/?a&amp;b\">https://example.gov/?a&amp;b</a></p>",
                "",
            ),
        ] {
            let (out, names) = resolve(text);
            assert_eq!(out, expected, "{text}");
            assert_eq!(names.into_iter().collect::<String>(), dropped, "{text}");
        }
    }
}
