//! The summary of a post that has none of its own: the beginning of its body.

use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Html;

use crate::dialect::BodyStyle;

use super::code::Code;

/// The longest summary that is taken from a body, in characters.
pub(super) const SUMMARY_LENGTH: usize = 400;

/// Stands for a marker while its post is rendered: a character of private use, which no text has
/// by accident.
pub(super) const CUT: char = '\u{f8c7}';

/// The texts that authors put where the summary ends.
const MARKERS: [&str; 6] = [
    "<!--more-->",
    "<!-- more -->",
    "<!--truncate-->",
    "<!-- truncate -->",
    "<!--break-->",
    "{/* truncate */}",
];

/// Whether the author of a body marked where its summary ends.
pub fn marks_summary(body: &str, style: &BodyStyle) -> bool {
    let own = style.excerpt_separator.as_deref();
    let own = own.filter(|marker| !marker.trim().is_empty());
    MARKERS
        .into_iter()
        .chain(own)
        .any(|marker| body.contains(marker))
}

/// The summary of a body: what stands before its marker, else its first paragraph; and whether
/// there is a marker.
pub(super) fn summary(
    markdown: &str,
    html: &Html,
    style: &BodyStyle,
    code: impl Fn() -> Code,
    to_html: impl Fn(&str) -> Option<Html>,
) -> (Option<String>, bool) {
    let own = style
        .excerpt_separator
        .as_deref()
        .filter(|marker| !marker.trim().is_empty());
    let may_be_marked = text::has(markdown, "<!--") || text::has(markdown, "{/*");
    let markers = MARKERS.into_iter().filter(|_| may_be_marked);
    let ranges = std::cell::OnceCell::new();
    let marked = markers
        .chain(own.filter(|marker| *marker != "\n\n"))
        .filter_map(|marker| {
            let at = markdown.find(marker)?;
            let in_code = ranges.get_or_init(&code).contains(at);
            (!in_code).then_some((at, marker))
        })
        .min();
    let head = marked.and_then(|(at, marker)| {
        // The whole is rendered, so that links and footnotes defined further down are known.
        let (before, after) = (markdown.slice(..at), markdown.slice(at + marker.len()..));
        let html = to_html(&format!("{before}{CUT}{after}"))?;
        let text = plain(html.as_str().split(CUT).next()?);
        (!text.is_empty()).then_some(text)
    });
    let is_marked = head.is_some();
    let text = head
        .or_else(|| first_paragraph(html.as_str()))
        .unwrap_or_else(|| plain(html.as_str()));
    // A post that is a picture says what its picture shows.
    let text = if text.is_empty() {
        alternative_text(html.as_str())
    } else {
        text
    };
    let summary = (!text.is_empty()).then(|| text::cut(&text, SUMMARY_LENGTH));
    (summary, is_marked)
}

fn alternative_text(html: &str) -> String {
    let alt = html
        .split(" alt=\"")
        .skip(1)
        .find_map(|part| part.split('"').next().filter(|alt| !alt.trim().is_empty()));
    alt.map_or_else(String::new, text::plain)
}

pub(super) fn first_paragraph(html: &str) -> Option<String> {
    let mut at = 0;
    loop {
        let open = at + html.slice(at..).find("<p")?;
        at = open + 2;
        if !matches!(html.as_bytes().get(at), Some(b'>' | b' ')) {
            continue;
        }
        let start = at + html.slice(at..).find('>')? + 1;
        let end = start + html.slice(start..).find("</p>")?;
        let text = plain(html.slice(start..end));
        // Signs alone, such as a rule that an author drew, sum up nothing.
        if text.chars().any(char::is_alphanumeric) {
            return Some(text);
        }
        at = end;
    }
}

/// The text of safe HTML, without the marks of footnotes.
pub(super) fn plain(html: &str) -> String {
    let mut without_marks = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<sup id=\"") {
        let end = rest
            .slice(at..)
            .find("</sup>")
            .map_or(rest.len(), |end| at + end + 6);
        let is_mark = rest
            .slice(at..end)
            .split('"')
            .nth(1)
            .is_some_and(|id| id.contains("-fnref"));
        without_marks.push_str(rest.slice(..if is_mark { at } else { end }));
        rest = rest.slice(end..);
    }
    without_marks.push_str(rest);
    text::plain(&without_marks)
}
