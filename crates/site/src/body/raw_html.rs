//! Takes HTML out of a text, or makes text of it, where the site's engine does so.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use feedwright_base::slice::Slice;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::dialect::RawHtml;

use super::markdown::options;

/// A text whose HTML is as the site's engine treats it. Comments stay: none is shown, and some end
/// summaries. `kept` are the ranges that the engine does not see.
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
    for range in ranges(&masked(text, kept())) {
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
fn masked(text: &str, mut ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    // Of two that overlap, the outer one begins first.
    ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        if range.start < done {
            continue;
        }
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
            // Of two signs is a quote made: `<<q>>`.
            Event::InlineHtml(_) if !in_block && !text.slice(..range.start).ends_with('<') => {
                found.push(range);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::template::shortcodes;
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
