//! Resolves kramdown's extensions: what `{::comment}` encloses is not shown, and what `{::nomarkdown}`
//! does is HTML.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text::has;
use feedwright_feed::html::LOST;

use super::code::Code;
use super::events::is_block_tag;
use super::inner_markdown::BARE;

/// Takes out comments, and writes what is no Markdown so that CommonMark reads none in it. `code` gives
/// the ranges of the text that stay as they are.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !has(text, "{::comment") && !has(text, "{::nomarkdown") {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (open, _) in text.match_indices("{::") {
        if open < done || code.contains(open) {
            continue;
        }
        let Some(name) = name(text.slice(open..)) else {
            continue;
        };
        let Some(extension) = Extension::at(text, open, name) else {
            // Nothing further on ends either.
            break;
        };
        out.push_str(text.slice(done..open));
        done = extension.end;
        extension.write(&mut out);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The name of the extension that a text begins with, if it encloses something.
fn name(text: &str) -> Option<&'static str> {
    let inner = text.strip_prefix("{::")?;
    let name = ["comment", "nomarkdown"]
        .into_iter()
        .find(|name| inner.starts_with(name))?;
    let rest = inner.slice(name.len()..);
    let tag = rest.slice(..rest.find(['}', '\n'])?);
    (!tag.ends_with('/') && rest.starts_with(['}', ' '])).then_some(name)
}

/// An extension and what it encloses.
struct Extension<'a> {
    is_shown: bool,
    /// Whether its tags stand in lines of their own.
    is_block: bool,
    inner: &'a str,
    end: usize,
}

impl<'a> Extension<'a> {
    /// The extension of this name that begins here; `None` where nothing ends it.
    fn at(text: &'a str, open: usize, name: &str) -> Option<Self> {
        let (_, behind) = text.slice(open..).split_once('}')?;
        let named = format!("{{:/{name}}}");
        let ends = [named.as_str(), "{:/}"];
        let ends = ends.map(|end| behind.find(end).map(|at| (at, end.len())));
        let (length, end) = ends.into_iter().flatten().min()?;
        let line = text.slice(..open).rsplit('\n').next().unwrap_or_default();
        let first = behind.split('\n').next().unwrap_or_default();
        let is_block = line.trim().is_empty() && first.trim().is_empty();
        let mut end = text.len() - behind.len() + length + end;
        if is_block {
            let after = text.slice(end..);
            let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
            end += blank;
            end += usize::from(after.slice(blank..).starts_with('\n'));
        }
        Some(Extension {
            is_shown: name == "nomarkdown",
            is_block,
            inner: behind.slice(..length),
            end,
        })
    }

    fn write(&self, out: &mut String) {
        if self.is_shown && self.is_block {
            out.push_str(BARE);
            html(self.inner.trim(), out);
            out.push_str("\n\n");
        } else if self.is_shown {
            html(self.inner, out);
        }
    }
}

/// Writes HTML in one line, with the signs in its text as what they stand for in HTML.
fn html(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_tag = c == '<'
            && rest
                .slice(1..)
                .starts_with(|c: char| c.is_alphabetic() || "/!".contains(c));
        if let Some(end) = rest.find('>').filter(|_| is_tag) {
            let tag = rest.slice(..end + 1);
            // What is marked stays a tag, even where that of a block would be text.
            if is_block_tag(tag) {
                out.push(LOST);
            }
            out.push_str(&tag.replace('\n', " "));
            rest = rest.slice(end + 1..);
            continue;
        }
        match c {
            // They are parts of entities.
            '&' | '#' | ';' => out.push(c),
            c if c == '\n' || c.is_ascii_punctuation() => {
                out.push_str(&format!("&#{};", u32::from(c)))
            }
            c => out.push(c),
        }
        rest = rest.slice(c.len_utf8()..);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As kramdown 2.4 has them.
    #[test]
    fn comments_go_and_html_stays() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("a\n{::comment}\nb\n{:/comment}\nc", "a\nc");
        check("a {::comment}b{:/} c {::comment}d{:/comment}e", "a  c e");
        check("a\n{::comment}\nb", "a\n{::comment}\nb");
        check(
            "a {::nomarkdown}<b>*x*</b>&amp;{:/nomarkdown} b",
            "a <b>&#42;x&#42;</b>&amp; b",
        );
        check(
            "{::nomarkdown}\n<div\nid=\"a\">\n\n*a* < b</div>\n{:/}\n\n*c*",
            &format!(
                "{BARE}{LOST}<div id=\"a\">&#10;&#10;&#42;a&#42; &#60; b{LOST}</div>\n\n\n*c*"
            ),
        );
        check("`{::comment}a{:/}`", "`{::comment}a{:/}`");
    }
}
