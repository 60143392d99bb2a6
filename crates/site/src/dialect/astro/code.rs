//! The shape of code that is never run: its strings, brackets, commas and statements.

use std::collections::HashMap;

use feedwright_base::slice::Slice;

/// A longer file of code is not looked at.
pub(super) const LONGEST: usize = 1 << 20;

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The code of an Astro page, which stands between its fences; of any other file, all of it.
pub(super) fn of_page(text: &str) -> &str {
    let Some(rest) = text.trim_start().strip_prefix("---") else {
        return text;
    };
    rest.split("\n---").next().unwrap_or(rest)
}

/// The characters of a code that are in no string, each with its place and how many brackets are open
/// before it.
pub(super) fn places(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let (mut quote, mut is_escaped, mut depth) = (None, false, 0_usize);
    text.char_indices().filter_map(move |(at, c)| {
        if let Some(open) = quote {
            // A quote that ends on no line of its own is none, such as one in a pattern.
            let ends = !is_escaped && (c == open || (c == '\n' && open != '`'));
            is_escaped = c == '\\' && !is_escaped;
            if ends {
                quote = None;
            }
            return None;
        }
        match c {
            '\'' | '"' | '`' => {
                quote = Some(c);
                is_escaped = false;
                None
            }
            '(' | '[' | '{' => {
                depth += 1;
                Some((at, c, depth - 1))
            }
            ')' | ']' | '}' => {
                let found = (at, c, depth);
                depth = depth.saturating_sub(1);
                Some(found)
            }
            _ => Some((at, c, depth)),
        }
    })
}

/// What stands between the bracket that a text begins with and the one that closes it.
pub(super) fn enclosed(text: &str) -> Option<&str> {
    let open = text.chars().next().filter(|c| "([{".contains(*c))?;
    let closing = |(_, c, depth): &(usize, char, usize)| *depth == 1 && ")]}".contains(*c);
    let (end, _, _) = places(text).find(closing)?;
    Some(text.slice(open.len_utf8()..end))
}

/// The parts of a text between the commas that stand in no brackets.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _, _) in places(text).filter(|(_, c, depth)| *c == ',' && *depth == 0) {
        parts.push(text.slice(start..at).trim());
        start = at + 1;
    }
    parts.push(text.slice(start..).trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The value of a key of an object, whose inside the text is.
pub(super) fn member<'a>(inside: &'a str, key: &str) -> Option<&'a str> {
    parts(inside).into_iter().find_map(|part| {
        let rest = part.trim_start_matches(['\'', '"']).strip_prefix(key)?;
        let rest = rest.trim_start_matches(['\'', '"']).trim_start();
        rest.strip_prefix(':').map(str::trim)
    })
}

/// A string without code in it that is all of the text.
pub(super) fn literal(text: &str) -> Option<&str> {
    let text = text.trim();
    let quote = text.chars().next().filter(|c| "'\"`".contains(*c))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\']) && !inner.contains("${")).then_some(inner)
}

/// The text of a string, in which constants of `all` may stand: `./${FOLDER}`.
pub(super) fn string(text: &str, all: &str) -> Option<String> {
    if let Some(text) = literal(text) {
        return Some(text.to_owned());
    }
    let mut rest = text.trim().strip_prefix('`')?.strip_suffix('`')?;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(literal(constant(name.trim(), all))?);
        rest = behind;
    }
    (!rest.contains(['`', '\\'])).then(|| out + rest)
}

/// What a constant of the text is given; the text itself where it is no name.
pub(super) fn constant<'a>(text: &'a str, all: &'a str) -> &'a str {
    let is_name = !text.is_empty() && text.chars().all(is_word);
    let given = all
        .match_indices(text)
        .filter(|_| is_name)
        .find_map(|(at, _)| {
            let before = all.slice(..at);
            let after = all.slice(at + text.len()..).trim_start();
            let is_own = before.ends_with("const ") || before.ends_with("let ");
            let value = after.strip_prefix('=').filter(|_| is_own)?.trim_start();
            Some(value.slice(..extent(value)))
        });
    given.unwrap_or(text)
}

/// How far an expression goes that a text begins with.
pub(super) fn extent(text: &str) -> usize {
    let ends = |at: usize| {
        let (before, after) = text.split_at(at);
        let goes_on = before
            .trim_end()
            .ends_with(['=', '>', '&', '|', '?', ':', '+'])
            || after
                .trim_start()
                .starts_with(['.', '?', ':', '&', '|', '+']);
        !before.trim().is_empty() && !goes_on
    };
    let end = places(text).find(|(at, c, depth)| match (*c, *depth) {
        (';', 0) => true,
        // What closes here was opened before the expression.
        (')' | ']' | '}', 0) => true,
        ('\n', 0) => ends(*at),
        _ => false,
    });
    end.map_or(text.len(), |(at, _, _)| at)
}

/// A code without its comments.
pub(super) fn without_comments(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut quote = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match quote {
            None if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            None if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped > 0 {
            rest = rest.slice(skipped..);
            continue;
        }
        match quote {
            Some(_) if c == '\\' => {
                let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
                let end = c.len_utf8() + escaped;
                bare.push_str(rest.slice(..end));
                rest = rest.slice(end..);
                continue;
            }
            Some(open) if c == open || (c == '\n' && open != '`') => quote = None,
            None if "'\"`".contains(c) => quote = Some(c),
            _ => {}
        }
        bare.push(c);
        rest = rest.slice(c.len_utf8()..);
    }
    bare
}

/// What a file of code declares at its left edge, by name, with all that stands in it.
pub(super) fn declared(text: &str, found: &mut HashMap<String, String>) {
    let mut name = String::new();
    for line in text.split_inclusive('\n') {
        let bare = ["export ", "default ", "async ", "function ", "const "]
            .iter()
            .fold(line, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        // A line at the left edge that begins otherwise belongs to what stands above.
        if bare.len() < line.len() {
            name = bare.chars().take_while(|c| is_word(*c)).collect();
        }
        found.entry(name.clone()).or_default().push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_strings() {
        assert_eq!(enclosed("(a, ')', [b]) c"), Some("a, ')', [b]"));
        assert_eq!(enclosed("(a"), None);
        assert_eq!(parts("a, f(b, c), 'd, e',"), ["a", "f(b, c)", "'d, e'"]);
        assert_eq!(member("a: 1, base: './x'", "base"), Some("'./x'"));
        assert_eq!(literal(" './x' "), Some("./x"));
        assert_eq!(literal("'a' + 'b'"), None);
        assert_eq!(literal("`a${b}`"), None);
    }

    #[test]
    fn statements_end() {
        let check = |text: &str, expected: &str| assert_eq!(text.slice(..extent(text)), expected);
        check("a;b", "a");
        check(
            "a\n  .filter(b)\n  .map(c)\nlet d",
            "a\n  .filter(b)\n  .map(c)",
        );
        check("(\n  a\n)\nb", "(\n  a\n)");
        let text = "const DIR = './x';\nconst b = DIR;";
        assert_eq!(constant("DIR", text), "'./x'");
        assert_eq!(constant("f(x)", text), "f(x)");
        assert_eq!(string("`a/${DIR}/b`", text).as_deref(), Some("a/./x/b"));
        assert_eq!(string("`a/${f(x)}`", text), None);
    }

    #[test]
    fn comments_go() {
        assert_eq!(without_comments("a // b\n'//c' /* d */ e"), "a \n'//c'  e");
        assert_eq!(without_comments("/a'/ // b\nc // d"), "/a'/ // b\nc ");
    }
}
