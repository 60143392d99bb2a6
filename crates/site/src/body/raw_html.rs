//! Takes HTML out of a text, or makes text of it, where the site's engine does so.

use std::borrow::Cow;
use std::ops::Range;

use feedwright_base::slice::Slice;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::dialect::RawHtml;

use super::markdown::options;

/// A text whose HTML is as the site's engine treats it. Comments stay: none is shown, and some end
/// summaries. `kept` are the ranges that the engine does not see, in order.
pub(super) fn resolve<'a>(
    text: &'a str,
    rule: RawHtml,
    kept: impl Fn() -> Vec<Range<usize>>,
) -> Cow<'a, str> {
    if rule == RawHtml::Shown || !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges(&masked(text, &kept())) {
        let html = text.slice(range.clone());
        if range.start < done || html.starts_with("<!--") {
            continue;
        }
        out.push_str(text.slice(done..range.start));
        if rule == RawHtml::Text {
            out.push_str(&html.replace('<', "&lt;"));
        } else if html.ends_with('\n') {
            out.push('\n');
        }
        done = range.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// A text of the same length with letters in place of some of its ranges.
fn masked<'a>(text: &'a str, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        out.push_str(text.slice(done..range.start));
        out.push_str(&"x".repeat(range.len()));
        done = range.end;
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The tags in lines and the blocks of a text, in order.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (event, range) in Parser::new_ext(text, options(false)).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                in_block = true;
                found.push(range);
            }
            Event::End(TagEnd::HtmlBlock) => in_block = false,
            Event::InlineHtml(_) if !in_block => found.push(range),
            _ => {}
        }
    }
    found
}

/// What Hugo's engine does not see of a text: shortcodes, and what stands between two that belong
/// together.
pub(super) fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text.slice(at..).find("{{").map(|start| at + start) {
        at = start + 2;
        let (inner, closing) = match text.as_bytes().get(at) {
            Some(b'<') => (at + 1, ">}}"),
            Some(b'%') => (at + 1, "%}}"),
            _ => continue,
        };
        let Some(end) = text.slice(inner..).find(closing).map(|end| inner + end) else {
            break;
        };
        at = end + closing.len();
        found.push(start..at);
        // What stands between two of the other kind is Markdown like all the rest.
        if closing == "%}}" {
            continue;
        }
        let words = text.slice(inner..end).trim();
        let name = |words: &'_ str| words.split_whitespace().next().unwrap_or_default().len();
        if let Some(ended) = words.strip_prefix('/').map(str::trim_start) {
            let ended = ended.slice(..name(ended));
            let place = open.iter().rposition(|(name, _)| *name == ended);
            let from = place.and_then(|place| open.drain(place..).next());
            if let Some((_, from)) = from {
                found.push(from..at);
            }
        } else {
            open.push((words.slice(..name(words)), start));
        }
    }
    merged(found)
}

/// Ranges in order, with none in another.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let is_apart = range.start >= end;
        end = end.max(range.end);
        is_apart
    });
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_goes_or_is_text() {
        let check = |text: &str, omitted: &str, as_text: &str| {
            let kept = || shortcodes(text);
            assert_eq!(resolve(text, RawHtml::Omitted, kept), omitted, "{text}");
            assert_eq!(resolve(text, RawHtml::Text, kept), as_text, "{text}");
            assert_eq!(resolve(text, RawHtml::Shown, kept), text);
        };
        check(
            "a <b>c</b> `<d>` 1 < 2",
            "a c `<d>` 1 < 2",
            "a &lt;b>c&lt;/b> `<d>` 1 < 2",
        );
        check(
            "a\n\n<div>\nb\n</div>\n\nc",
            "a\n\n\n\nc",
            "a\n\n&lt;div>\nb\n&lt;/div>\n\nc",
        );
        check("a <!--more--> b", "a <!--more--> b", "a <!--more--> b");
        check(
            "<https://a.gov> {{<x a=\"b\">}}",
            "<https://a.gov> {{<x a=\"b\">}}",
            "<https://a.gov> {{<x a=\"b\">}}",
        );
        let paired = "{{< raw >}}\n<div>a</div>\n{{< /raw >}} {{% x %}}<i>b</i>{{% /x %}}";
        check(
            paired,
            &paired.replace("<i>", "").replace("</i>", ""),
            &paired.replace("<i>", "&lt;i>").replace("</i>", "&lt;/i>"),
        );
    }
}
