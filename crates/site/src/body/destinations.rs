//! Links whose destinations hold blanks, as kramdown and Python's Markdown take them.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text::{self, Finder};

use super::code::Code;

/// The longest destination that is rewritten, in bytes.
const LONGEST: usize = 2_000;

/// Puts destinations with blanks in angle brackets, so that CommonMark reads them. Code stays as it is.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text::lines(text).any(has_blank_destination) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for line in text::lines(text) {
        if has_blank_destination(line) {
            bracket(line, at, &code, &mut out);
        } else {
            out.push_str(line);
        }
        at += line.len();
    }
    Cow::Owned(out)
}

/// Whether any link of a line may have a destination with blanks, or with a title. Most have
/// neither, and then the line need not be looked at closely.
fn has_blank_destination(line: &str) -> bool {
    let mut links = Finder::new(line, "](");
    let mut ends = Finder::new(line, ")");
    let mut at = 0;
    while let Some(open) = links.find(at) {
        at = open + 2;
        // Longer destinations than that are not rewritten anyway.
        let reach = (at + LONGEST).min(line.len());
        if ends
            .find(at)
            .is_some_and(|end| line.as_bytes().slice(at..end.min(reach)).contains(&b' '))
        {
            return true;
        }
    }
    false
}

/// Writes a line, which begins at `start`, with brackets around its destinations that hold blanks.
fn bracket(line: &str, start: usize, code: &Code, out: &mut String) {
    let mut links = Finder::new(line, "](");
    let mut ends = Finder::new(line, ")");
    let mut done = 0;
    while let Some(open) = links.find(done) {
        let body = open + 2;
        out.push_str(line.slice(done..body));
        done = body;
        let Some(close) = ends.find(body).filter(|_| !code.contains(start + open)) else {
            continue;
        };
        let inner = line.slice(body..close);
        if inner.len() < LONGEST
            && inner.trim().contains(' ')
            && !inner.contains(['"', '\'', '<', '('])
        {
            out.push_str(&format!("<{}>", inner.trim()));
            done = close;
        }
    }
    out.push_str(line.slice(done..));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stay() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("[a](b c.md) [d](e)\n", "[a](<b c.md>) [d](e)\n");
        check("[a](b \"c\") [d]( e )", "[a](b \"c\") [d]( e )");
        check(
            "`[a](b c)`\n\n    [a](b c)\n",
            "`[a](b c)`\n\n    [a](b c)\n",
        );
    }
}
