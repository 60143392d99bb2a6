//! Hexo's slugs, and the names that its files and permalinks are made of.

use feedwright_base::slice::Slice;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `new_post_name` as an expression that takes a path apart.
pub(super) fn name_pattern(name: &str) -> Option<Regex> {
    let bare = name.rsplit_once('.').map_or(name, |(bare, _)| bare);
    let mut pattern = "^".to_owned();
    let mut rest = bare;
    while let Some(colon) = rest.find(':') {
        pattern.push_str(&regex::escape(rest.slice(..colon)));
        rest = rest.slice(colon + 1..);
        let key = placeholder(rest);
        rest = rest.slice(key.len()..);
        let form = match key {
            "year" => r"\d{4}",
            "month" | "day" => r"\d{2}",
            "i_month" | "i_day" => r"\d{1,2}",
            "hash" => "[0-9a-f]{12}",
            _ => ".+?",
        };
        pattern.push_str(&format!("(?P<{key}>{form})"));
    }
    pattern.push_str(&regex::escape(rest));
    pattern.push('$');
    Regex::new(&pattern).ok()
}

/// The placeholder that a text begins with, without its colon.
pub(super) fn placeholder(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    text.slice(..end).trim_end_matches('_')
}

/// Hexo's slug of a text: without accents, signs and blanks as hyphens.
pub(super) fn slugize(text: &str) -> String {
    const SIGNS: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/";
    let mut slug = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).nfc() {
        match c {
            'ß' => slug.push('s'),
            'æ' => slug.push_str("ae"),
            'Æ' => slug.push_str("AE"),
            'ø' => slug.push('o'),
            'Ø' => slug.push('O'),
            'ł' => slug.push('l'),
            c if c.is_whitespace() || SIGNS.contains(c) => {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            c if c.is_control() => {}
            c => slug.push(c),
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let check = |text: &str, expected: &str| assert_eq!(slugize(text), expected, "{text}");
        check("C++ & C#", "C-C");
        check("Foo_Bar.baz", "Foo-Bar-baz");
        check("你好 世界", "你好-世界");
        check("über Straße", "uber-Strase");
        check("it’s", "it’s");
        check("sub/2019-05-06-z", "sub-2019-05-06-z");
    }

    #[test]
    fn file_names_are_taken_apart() {
        let check = |pattern: &str, name: &str, expected: Option<&str>| {
            let pattern = name_pattern(pattern).expect("a pattern");
            let found = pattern.captures(name);
            let found = found.as_ref().and_then(|found| found.name("title"));
            assert_eq!(found.map(|m| m.as_str()), expected, "{name}");
        };
        check(":title.md", "Sub Dir/Foo Bar", Some("Sub Dir/Foo Bar"));
        check(":year-:month-:day-:title.md", "2019-05-06-foo", Some("foo"));
        check(":year-:month-:day-:title.md", "2019-5-6-q", None);
        check(":lang/:title.md", "zh/a/foo", Some("a/foo"));
    }
}
