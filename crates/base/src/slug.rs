//! Slugs: the part of a path that stands for a tag, a title or a file name.

use unicode_normalization::UnicodeNormalization;

/// The slug of a tag's feed: letters and digits of every script, lower case, joined by hyphens.
///
/// Names that differ only in signs keep apart: `C++` is `c-plus-plus`, `C#` is `c-sharp` and
/// `.NET` is `dot-net`. Empty when a name has neither letters nor such signs; no slug contains
/// a dot or a slash, so none can name a path elsewhere.
pub fn tag(name: &str) -> String {
    let name: String = name.trim().nfkc().collect::<String>().to_lowercase();
    let chars: Vec<char> = name.nfc().collect();
    let mut words = Words::default();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at + 1).copied();
        let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '+');
        match c {
            c if is_part(c) => words.push(c),
            '+' if touches(before) && !after.is_some_and(char::is_alphanumeric) => {
                words.word("plus");
            }
            '#' if touches(before) && !after.is_some_and(char::is_alphanumeric) => {
                words.word("sharp");
            }
            '.' if !touches(before) && after.is_some_and(char::is_alphanumeric) => {
                words.word("dot");
            }
            '\'' | '’' | '\u{200c}' | '\u{200d}' => {}
            _ => words.end(),
        }
    }
    words.text
}

/// Letters, digits and the marks that combine with them.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[derive(Default)]
struct Words {
    text: String,
    ended: bool,
}

impl Words {
    fn push(&mut self, c: char) {
        if self.ended && !self.text.is_empty() {
            self.text.push('-');
        }
        self.ended = false;
        self.text.push(c);
    }

    fn word(&mut self, word: &str) {
        self.end();
        for c in word.chars() {
            self.push(c);
        }
        self.end();
    }

    fn end(&mut self) {
        self.ended = true;
    }
}

/// What Jekyll's `slugify` leaves of a text: in the default mode letters, marks and digits, in
/// the pretty mode also `._~!$&'()+,;=@`; everything else becomes one hyphen.
pub fn jekyll(text: &str, pretty: bool, keep_case: bool) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut hyphen = false;
    for c in text.chars() {
        if is_part(c) || (pretty && "._~!$&'()+,;=@".contains(c)) {
            if hyphen {
                slug.push('-');
                hyphen = false;
            }
            slug.push(c);
        } else {
            hyphen = true;
        }
    }
    // One hyphen at either end goes; `hyphen` still set means that it stood at the end.
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    if keep_case {
        slug.to_owned()
    } else {
        slug.to_lowercase()
    }
}

/// What GitHub makes of a heading for its anchor: lower case, without signs, blanks hyphens.
pub fn github(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if is_part(c) => Some(c),
            _ => None,
        })
        .collect()
}

/// The title that Jekyll makes of a slug: words capitalized, hyphens blanks.
pub fn titleize(slug: &str) -> String {
    let mut title = String::with_capacity(slug.len());
    for word in slug.split('-').filter(|word| !word.is_empty()) {
        if !title.is_empty() {
            title.push(' ');
        }
        let mut chars = word.chars();
        title.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        title.push_str(&chars.as_str().to_lowercase());
    }
    title
}

/// What tags that differ only in case or separators have in common.
pub fn fold(name: &str) -> String {
    let name: String = name.nfkc().collect::<String>().to_lowercase();
    name.split(|c: char| c.is_whitespace() || c == '-' || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for (name, expected) in [
            ("it-modernization", "it-modernization"),
            ("Web Dev", "web-dev"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("c", "c"),
            (".NET", "dot-net"),
            ("Node.js", "node-js"),
            ("ASP.NET", "asp-net"),
            ("#Becybersmart", "becybersmart"),
            ("a/b", "a-b"),
            ("../../etc", "etc"),
            ("..", ""),
            ("日本語", "日本語"),
            ("Größe", "größe"),
            ("ÉCOLE", "école"),
            ("e\u{301}cole", "école"),
            ("ﬁne", "fine"),
            ("R&D", "r-d"),
            ("it's", "its"),
            ("🦀", ""),
            ("हिन्दी", "हिन्दी"),
            ("  a   b  ", "a-b"),
            ("a+b", "a-b"),
        ] {
            assert_eq!(tag(name), expected, "{name}");
        }
    }

    #[test]
    fn jekyll_slugs() {
        assert_eq!(
            jekyll("for-their public-service", true, true),
            "for-their-public-service"
        );
        assert_eq!(jekyll("Hello, World!", false, false), "hello-world");
        assert_eq!(jekyll("v1.2_x", true, true), "v1.2_x");
        assert_eq!(titleize("customer-Experience-EO"), "Customer Experience Eo");
    }

    #[test]
    fn folding() {
        assert_eq!(fold("Web Dev"), fold("web-dev"));
        assert_eq!(fold("web_dev"), fold("WEB  DEV"));
        assert_ne!(fold("C"), fold("C++"));
        assert_ne!(fold("webdev"), fold("web dev"));
    }
}
