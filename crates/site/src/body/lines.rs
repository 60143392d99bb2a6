//! Lines that CommonMark's parser reads as marks and the site's own engine does not, or the other
//! way round.

use std::borrow::Cow;

use feedwright_base::html::elements;
use feedwright_base::slice::Slice;
use feedwright_base::text;

use crate::dialect::{BodyStyle, Engine};

use super::attributes::is_list;
use super::code::Code;

/// Keeps what looks like a mark and is text:
///
/// - A colon right before a word begins no definition, nor does any where the engine has none.
/// - For Python's Markdown, `##Head` is a heading.
/// - `{x}` at the end of a heading is text where the engine has no list of attributes there.
/// - For kramdown, `1)` begins no list, `####` alone no heading, `^` alone ends a block, `\__x__`
///   is a name, a comment ends where it ends, not with its line, `<name:space>` is an element, and
///   what stands in one that HTML does not have is no Markdown.
///
/// Signs become entities, which mean the same inside of HTML. Code stays as it is.
pub(super) fn resolve<'a>(
    text: &'a str,
    style: &BodyStyle,
    code: impl Fn() -> Code,
) -> Cow<'a, str> {
    let is_colon = |bare: &str| is_text_colon(bare, style.definitions);
    if !text::lines(text).any(|line| is_odd(line, style)) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let first = start + (line.len() - line.trim_start().len());
        let bare = line.trim_start();
        if !is_odd(line, style) || code.contains(first) {
            // In code that goes on from the line above, a blank means the same as its end.
            let goes_on = is_colon(bare) && code.contains(first) && !code.is_block(first);
            if goes_on && out.ends_with('\n') {
                out.pop();
                out.push(' ');
                out.push_str(bare);
            } else {
                out.push_str(line);
            }
            continue;
        }
        rewrite(line, start, style, &code, &mut out);
    }
    Cow::Owned(out)
}

/// Writes a line that is odd so that its signs are what the engine has them for.
fn rewrite(line: &str, start: usize, style: &BodyStyle, code: &Code, out: &mut String) {
    let (indent, bare) = line.split_at(line.len() - line.trim_start().len());
    if is_text_colon(bare, style.definitions) {
        out.push_str(indent);
        out.push_str("&#58;");
        out.push_str(bare.slice(1..));
    } else if let Some(brace) =
        text_in_braces(line, style.engine).filter(|at| !code.contains(start + at))
    {
        out.push_str(line.slice(..brace));
        out.push_str("&#123;");
        out.push_str(line.slice(brace + 1..));
    } else if let Some(signs) = joined_heading(line, style.engine) {
        out.push_str(line.slice(..signs));
        out.push(' ');
        out.push_str(line.slice(signs..));
    } else if style.engine != Engine::Kramdown {
        out.push_str(line);
    } else if is_bare_heading(bare) {
        out.push_str(indent);
        out.push_str("&#35;");
        out.push_str(bare.slice(1..));
    } else if bare.trim_end() == "^" {
        out.push('\n');
    } else if let Some(bracket) = numbered(bare) {
        out.push_str(indent);
        out.push_str(bare.slice(..bracket));
        out.push_str("&#41;");
        out.push_str(bare.slice(bracket + 1..));
    } else if let Some(end) = comment_end(bare) {
        out.push_str(indent);
        out.push_str(bare.slice(..end));
        out.push_str("\n\n");
        out.push_str(bare.slice(end..).trim_start());
    } else {
        let line = without_spaced(line, |at| code.contains(start + at));
        out.push_str(&names(&raw_elements(&line)));
    }
}

fn is_odd(line: &str, style: &BodyStyle) -> bool {
    let bare = line.trim_start();
    is_text_colon(bare, style.definitions)
        || joined_heading(line, style.engine).is_some()
        || text_in_braces(line, style.engine).is_some()
        || (style.engine == Engine::Kramdown
            && (bare.trim_end() == "^"
                || numbered(bare).is_some()
                || comment_end(bare).is_some()
                || is_bare_heading(bare)
                || (memchr::memchr2(b'<', b'\\', bare.as_bytes()).is_some()
                    && (bare.contains("\\__")
                        || matches!(raw_elements(bare), Cow::Owned(_))
                        || matches!(without_spaced(bare, |_| false), Cow::Owned(_))))))
}

/// Signs of a heading without one.
fn is_bare_heading(bare: &str) -> bool {
    let bare = bare.trim_end();
    (1..=6).contains(&bare.len()) && bare.bytes().all(|byte| byte == b'#')
}

/// A line without the tags of elements in namespaces, which no browser shows.
fn without_spaced(line: &str, is_code: impl Fn(usize) -> bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in line.match_indices('<') {
        let rest = line.slice(at + 1..).trim_start_matches('/');
        let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_spaced = name > 0
            && rest.slice(name..).starts_with(':')
            && rest
                .slice(name + 1..)
                .starts_with(|c: char| c.is_ascii_alphabetic());
        // An address in brackets is none.
        let is_address = line.slice(..at).ends_with("](");
        if at < done || !is_spaced || is_address || is_code(at) {
            continue;
        }
        let Some(end) = line.slice(at..).find('>') else {
            // Nothing further on ends either.
            break;
        };
        out.push_str(line.slice(done..at));
        done = at + end + 1;
        // Code stays code, and so keeps its lines and signs.
        if rest.slice(name + 1..).starts_with("code") {
            let closes = line.slice(at..).starts_with("</");
            out.push_str(if closes { "</pre>" } else { "<pre>" });
        }
    }
    if done == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.slice(done..));
    Cow::Owned(out)
}

/// A colon that begins no definition: those have a blank behind it. What begins with `:-` is a line of a
/// table.
fn is_text_colon(bare: &str, definitions: bool) -> bool {
    let Some(next) = bare.strip_prefix(':').and_then(|rest| rest.chars().next()) else {
        return false;
    };
    if next.is_whitespace() {
        !definitions
    } else {
        next != '-'
    }
}

/// Where the brace stands that begins the end of a line such as `## GET /users/{id}`, if what it encloses
/// is text to the engine, and attributes to CommonMark's parser.
fn text_in_braces(line: &str, engine: Engine) -> Option<usize> {
    let bare = line.trim_end();
    let open = bare.strip_suffix('}')?.rfind('{')?;
    let list = bare.slice(open..);
    let id = list
        .strip_prefix("{#")
        .and_then(|rest| rest.strip_suffix('}'));
    let is_list = match engine {
        Engine::CommonMark => true,
        Engine::Kramdown => id.is_some_and(|id| {
            let is_part = |c: char| c.is_alphanumeric() || "-_:.".contains(c);
            !id.is_empty() && id.chars().all(is_part)
        }),
        _ => is_list(list),
    };
    (!is_list).then_some(open)
}

/// The signs of a heading that no blank follows, which Python's Markdown asks for none.
fn joined_heading(line: &str, engine: Engine) -> Option<usize> {
    let signs = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_joined = line
        .slice(signs..)
        .starts_with(|c: char| !c.is_whitespace());
    (engine == Engine::Python && (1..=6).contains(&signs) && is_joined).then_some(signs)
}

/// Where the bracket of `1)` stands.
fn numbered(bare: &str) -> Option<usize> {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < 10 && bare.slice(digits..).starts_with(") ")).then_some(digits)
}

/// Where a comment ends that a line begins with, when text follows it.
fn comment_end(bare: &str) -> Option<usize> {
    let end = bare.starts_with("<!--").then(|| bare.find("-->"))?? + 3;
    let rest = bare.slice(end..).trim();
    (!rest.is_empty() && !rest.starts_with('<')).then_some(end)
}

/// A line in which elements that HTML does not have keep the signs in them: for kramdown they are
/// not Markdown.
fn raw_elements(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in line.match_indices('<') {
        let rest = line.slice(at + 1..);
        let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let name = rest.slice(..length);
        if at < done
            || length < 3
            || !rest.slice(length..).starts_with('>')
            || elements::is(name, elements::HTML | elements::DROPPED)
        {
            continue;
        }
        let inner = at + 1 + length + 1;
        let Some(end) = line.slice(inner..).find(&format!("</{name}>")) else {
            // Nothing further on ends either, or the line is odd beyond help.
            break;
        };
        out.push_str(line.slice(done..inner));
        let mut in_tag = false;
        for c in line.slice(inner..inner + end).chars() {
            in_tag = (in_tag || c == '<') && c != '>';
            match c {
                '`' | '*' | '_' | '[' => out.push_str(&format!("&#{};", u32::from(c))),
                // They are not made typographic.
                '\'' | '"' | '-' | '.' if !in_tag => {
                    out.push_str(&format!("&#{};", u32::from(c)));
                }
                c => out.push(c),
            }
        }
        done = inner + end;
    }
    if done == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.slice(done..));
    Cow::Owned(out)
}

/// `\__FILE__` with all its underscores as text.
fn names(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(at) = rest.find("\\__") {
        out.push_str(rest.slice(..at));
        out.push_str("&#95;&#95;");
        rest = rest.slice(at + 3..);
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        out.push_str(rest.slice(..end));
        rest = rest.slice(end..);
        if let Some(after) = rest.strip_prefix("__") {
            out.push_str("&#95;&#95;");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_are_none() {
        let style = |engine, definitions| BodyStyle {
            engine,
            definitions,
            ..BodyStyle::default()
        };
        let kramdown = style(Engine::Kramdown, true);
        let check = |text: &str, expected: &str| {
            assert_eq!(
                resolve(text, &kramdown, || Code::without_definitions(text)),
                expected,
                "{text}"
            );
        };
        check("a,\n:b => c\n", "a,\n&#58;b => c\n");
        check("####\nHello\n# A\n", "&#35;###\nHello\n# A\n");
        check("<typo:code lang=\"x\">a</typo:code> b", "<pre>a</pre> b");
        check("<typo:x>a</typo:x> b", "a b");
        check(
            "| <notextile>a `b` *c*</notextile> | `d` |",
            "| <notextile>a &#96;b&#96; &#42;c&#42;</notextile> | `d` |",
        );
        check("<strong>a `b`</strong>", "<strong>a `b`</strong>");
        check("`x,\n:y`\n", "`x, :y`\n");
        check("<http://a.gov> `<a:b>`", "<http://a.gov> `<a:b>`");
        check("term\n: what it is\n", "term\n: what it is\n");
        check("a | b\n:---|:---:\n1 | 2\n", "a | b\n:---|:---:\n1 | 2\n");
        check("* a\n^\nb", "* a\n\nb");
        check("1) one\n", "1&#41; one\n");
        check("<!-- more -->See [x](y)", "<!-- more -->\n\nSee [x](y)");
        check("<!-- more -->\ntext", "<!-- more -->\ntext");
        check(
            "use \\__FILE__ and \\__dir",
            "use &#95;&#95;FILE&#95;&#95; and &#95;&#95;dir",
        );
        check("```\n:b\n^\n```\n", "```\n:b\n^\n```\n");
        check("thanks\n\n:)\n", "thanks\n\n&#58;)\n");
        let check = |style: &BodyStyle, text: &str, expected: &str| {
            assert_eq!(resolve(text, style, || Code::of(text)), expected, "{text}");
        };
        let (python, marked) = (style(Engine::Python, true), style(Engine::Marked, false));
        check(&marked, "1) a", "1) a");
        check(&marked, "a\n: b\n", "a\n&#58; b\n");
        check(&python, "## a/{id}\n", "## a/&#123;id}\n");
        check(&marked, "{draft}\n---\n", "&#123;draft}\n---\n");
        check(
            &marked,
            "## a {#b .c}\n`x {y}`\n",
            "## a {#b .c}\n`x {y}`\n",
        );
        check(&python, "a\n##Head\n", "a\n## Head\n");
        check(&python, "    ##x\n\n# y\n", "    ##x\n\n# y\n");
    }
}
