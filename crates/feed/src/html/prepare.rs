//! Changes of HTML that its parser would not understand as authors mean it.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

/// A line end behind `<pre>`, which parsers drop, is written once more, so that it stays.
pub(super) fn with_first_lines(html: &str) -> Cow<'_, str> {
    if !html.contains("<pre") {
        return Cow::Borrowed(html);
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices("<pre") {
        let end = html
            .slice(at..)
            .find('>')
            .map_or(html.len(), |end| at + end + 1);
        if html.slice(end..).starts_with('\n') {
            out.push_str(html.slice(done..end));
            out.push('\n');
            done = end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.slice(done..));
    Cow::Owned(out)
}

/// `<name@example.gov>` is text that looks like an element.
pub(super) fn with_addresses(html: &str) -> Cow<'_, str> {
    if !html.contains('@') {
        return Cow::Borrowed(html);
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices('<') {
        let rest = html.slice(at + 1..);
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "@._%+-".contains(c)))
            .unwrap_or(rest.len());
        if rest.slice(end..).starts_with('>') && rest.slice(..end).contains('@') {
            out.push_str(html.slice(done..at));
            out.push_str(&format!("&lt;{}&gt;", rest.slice(..end)));
            done = at + end + 2;
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.slice(done..));
    Cow::Owned(out)
}

/// HTML without the tags of `noscript`: no reader of feeds runs scripts, so that what stands in it is
/// what they show. Parsers that do run scripts take it for one text.
pub(super) fn without_noscript(html: &str) -> Cow<'_, str> {
    const NAME: &str = "noscript";
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices('<') {
        let rest = html.slice(at + 1..);
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let is_named = name
            .get(..NAME.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(NAME));
        let ends = name
            .get(NAME.len()..)
            .is_some_and(|rest| rest.starts_with(['>', '/', ' ', '\t', '\r', '\n']));
        if at < done || !is_named || !ends {
            continue;
        }
        // Nothing that comes later ends either.
        let Some(end) = rest.find('>') else { break };
        out.push_str(html.slice(done..at));
        done = at + 1 + end + 1;
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.slice(done..));
    Cow::Owned(out)
}
