//! The summary of a post that has none of its own: the beginning of its body.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Html;

use crate::dialect::{BodyStyle, SummaryRule};

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

/// The summary of a body, and whether there is a marker that ends it.
pub(super) fn summary(
    markdown: &str,
    html: &Html,
    style: &BodyStyle,
    code: impl Fn() -> Code,
    to_html: impl Fn(&str) -> Option<Html>,
) -> (Option<String>, bool) {
    let before = |at: usize, length: usize| {
        // The whole is rendered, so that links and footnotes defined further down are known.
        let (before, after) = (markdown.slice(..at), markdown.slice(at + length..));
        let html = to_html(&format!("{before}{CUT}{after}"))?;
        let text = plain(html.as_str().split(CUT).next()?);
        Some(text).filter(|text| !text.is_empty())
    };
    let whole = || Some(plain(html.as_str())).filter(|text| !text.is_empty());
    let marked = marker(markdown, style, code).and_then(|(at, length)| before(at, length));
    let is_marked = marked.is_some();
    let summary = match style.summary {
        SummaryRule::Paragraph => marked,
        SummaryRule::Paragraphs { words, by_sign } => {
            marked.or_else(|| paragraphs(html.as_str(), words, by_sign))
        }
        SummaryRule::Words(words, most) => {
            words_of(html.as_str(), words, most, style.summary_end.as_deref())
        }
        SummaryRule::Separated => {
            let separator = style.excerpt_separator.as_deref().unwrap_or("\n\n");
            let start = markdown.len() - markdown.trim_start().len();
            let end = markdown.slice(start..).find(separator);
            match end {
                _ if separator.is_empty() => None,
                Some(end) => before(start + end, 0),
                None => whole(),
            }
        }
    };
    let cut = |text: String| match style.summary {
        SummaryRule::Paragraph => text::cut(&text, SUMMARY_LENGTH),
        _ => text,
    };
    let summary = summary.or_else(|| beginning(html.as_str()));
    (summary.map(cut), is_marked)
}

/// Where the first marker that ends a summary stands outside of code, and how long it is.
fn marker(markdown: &str, style: &BodyStyle, code: impl Fn() -> Code) -> Option<(usize, usize)> {
    let own = style
        .excerpt_separator
        .as_deref()
        .filter(|marker| !marker.trim().is_empty());
    let may_be_marked = text::has(markdown, "<!--") || text::has(markdown, "{/*");
    // Hugo knows its divider by its letters.
    let is_hugo = matches!(style.summary, SummaryRule::Paragraphs { .. });
    let is_known = |marker: &&str| may_be_marked && (!is_hugo || *marker == "<!--more-->");
    let markers = MARKERS.into_iter().filter(is_known);
    let ranges = std::cell::OnceCell::new();
    markers
        .chain(own)
        .filter_map(|marker| {
            let at = markdown.find(marker)?;
            let in_code = ranges.get_or_init(&code).contains(at);
            (!in_code).then_some((at, marker.len()))
        })
        .min()
}

/// The first paragraph of a text, else all of it, else what its first picture shows.
fn beginning(html: &str) -> Option<String> {
    let text = first_paragraph(html).unwrap_or_else(|| plain(html));
    let text = if text.is_empty() {
        alternative_text(html)
    } else {
        text
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The paragraphs that it takes to reach a number of words, with what stands between them.
fn paragraphs(html: &str, words: usize, by_sign: bool) -> Option<String> {
    let by_sign = by_sign && html.contains(is_sign);
    let count = |text: &str| match by_sign {
        true => text.split_whitespace().map(signs).sum(),
        false => text.split_whitespace().count(),
    };
    let (mut end, mut found) = (0, 0);
    while found < words
        && let Some(close) = html.slice(end..).find("</p>")
    {
        found += count(&plain(html.slice(end..end + close)));
        end += close + "</p>".len();
    }
    let end = if found < words { html.len() } else { end };
    Some(plain(html.slice(..end))).filter(|text| !text.is_empty())
}

/// How many words a word counts as, of which each sign may be one.
fn signs(word: &str) -> usize {
    if word.is_ascii() {
        1
    } else {
        word.chars().count()
    }
}

/// A sign of Chinese, Japanese or Korean, each of which may be a word.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2f800}'..='\u{2fa1f}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{3130}'..='\u{318f}')
}

/// The first words of a text, of its first paragraphs alone where these are counted.
fn words_of(
    html: &str,
    words: Option<usize>,
    paragraphs: Option<usize>,
    end: Option<&str>,
) -> Option<String> {
    let html = match paragraphs {
        Some(most) => {
            let ends = html.match_indices("</p>").take(most);
            let starts = |end: usize| html.slice(..end).rfind("<p").unwrap_or(0);
            let parts = ends.map(|(end, _)| html.slice(starts(end)..end));
            Cow::Owned(parts.collect::<Vec<_>>().join(" "))
        }
        None => Cow::Borrowed(html),
    };
    let text = match words {
        Some(most) => first_words(&html, most, end.unwrap_or("…")),
        None => plain(&html),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A text up to the end of its last word that counts, and how it ends then. A tag ends a word.
fn first_words(html: &str, most: usize, end: &str) -> String {
    let mut left = most;
    let mut at = 0;
    for part in html.split_inclusive('<') {
        let start = at;
        at += part.len();
        let text = part.trim_end_matches('<');
        // What stands before the end of a tag is the tag.
        let text = match (start, text.find('>')) {
            (0, _) => text,
            (_, Some(tag)) => text.slice(tag + 1..),
            _ => continue,
        };
        let text = html_escape::decode_html_entities(text);
        if let Some(cut) = end_of_words(&text, &mut left) {
            let before = html.slice(..start.saturating_sub(1));
            let tag = html.slice(before.len()..at);
            let tag = tag.slice(..tag.find('>').map_or(0, |end| end + 1));
            return plain(&format!(
                "{before}{tag}{} {end}",
                html_escape::encode_text(text.slice(..cut))
            ));
        }
    }
    plain(html)
}

/// Where the last word ends of those that are left, if the text has as many.
fn end_of_words(text: &str, left: &mut usize) -> Option<usize> {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut is_open = false;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let goes_on = is_open && !is_sign(c) && (is_of_word(c) || matches!(c, '\'' | '-'));
        if !goes_on {
            if *left == 0 {
                return Some(last);
            }
            is_open = is_of_word(c) && !is_sign(c);
            if is_of_word(c) || is_sign(c) {
                *left -= 1;
            }
        }
        if goes_on || is_of_word(c) || is_sign(c) {
            last = at + c.len_utf8();
        }
    }
    (*left == 0).then_some(last)
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
