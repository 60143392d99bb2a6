//! The arguments of tags and shortcodes.

use feedwright_base::slice::Slice;

/// What a value may look like between its name and the next argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// Hugo, Hexo and Jekyll's includes: `a "b c" key="value"`.
    Blank,
    /// Zola: `key="value", other=1`.
    Comma,
}

/// One argument as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Argument {
    pub(super) name: Option<String>,
    pub(super) value: String,
    /// Whether the value is a literal in quotes.
    pub(super) quoted: bool,
}

/// All arguments of a tag, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Arguments(pub(super) Vec<Argument>);

impl Arguments {
    pub(super) fn parse(text: &str, separator: Separator) -> Self {
        let mut arguments = Vec::new();
        let mut rest = skip(text, separator);
        while !rest.is_empty() {
            let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            let after = rest.slice(end..).trim_start();
            let name = match after.strip_prefix('=').filter(|_| end > 0) {
                Some(value) => {
                    let name = rest.slice(..end).to_owned();
                    rest = value.trim_start();
                    Some(name)
                }
                None => None,
            };
            let (value, quoted, after) = value(rest, separator);
            rest = skip(after, separator);
            arguments.push(Argument {
                name,
                value,
                quoted,
            });
        }
        Arguments(arguments)
    }

    /// The value of a named argument that is not empty.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|argument| argument.name.as_deref() == Some(name));
        found
            .map(|argument| argument.value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The value of the argument without a name at a place, counted from 0.
    pub(super) fn at(&self, index: usize) -> Option<&str> {
        let mut unnamed = self.0.iter().filter(|argument| argument.name.is_none());
        unnamed.nth(index).map(|argument| argument.value.as_str())
    }

    /// The value of a named argument, else the first without a name.
    pub(super) fn named_or_first(&self, name: &str) -> Option<&str> {
        self.named(name).or_else(|| self.at(0))
    }

    /// The picture that the arguments of an unknown tag name beyond doubt, and its description.
    pub(super) fn image(&self) -> Option<(&str, &str)> {
        const NAMES: [&str; 8] = [
            "src", "path", "url", "image", "img", "file", "filename", "link",
        ];
        let source = NAMES
            .iter()
            .filter_map(|name| self.named(name))
            .chain(self.at(0))
            .find(|value| is_image(value))?;
        let alt = ["alt", "caption", "title"]
            .iter()
            .find_map(|name| self.named(name));
        Some((source, alt.unwrap_or_default()))
    }
}

/// The names of arguments that are words.
const WORDS: [&str; 12] = [
    "alt",
    "attribution",
    "author",
    "caption",
    "cite",
    "credit",
    "credits",
    "description",
    "label",
    "summary",
    "text",
    "title",
];

impl Arguments {
    /// The words of a tag that only the site's generator can run: captions, authors, and what reads
    /// like a sentence. `alt` says whether the description of a picture is one of them.
    pub(super) fn words(&self, alt: bool) -> Vec<&str> {
        let words = self.0.iter().filter(|argument| {
            let name = argument.name.as_deref().unwrap_or_default();
            let is_wanted = alt || name != "alt";
            is_wanted && (WORDS.contains(&name) || argument.is_sentence())
        });
        let words = words.map(|argument| argument.value.trim());
        words.filter(|word| !word.is_empty()).collect()
    }
}

impl Argument {
    /// Whether the value reads like a sentence: at least four words of letters, of nothing but the text.
    fn is_sentence(&self) -> bool {
        let name = self.name.as_deref().unwrap_or_default();
        if !self.quoted || ["class", "classes", "style"].contains(&name) {
            return false;
        }
        let is_word =
            |word: &&str| word.starts_with(|c: char| c.is_alphabetic() || "'\"(“".contains(c));
        let words = self.value.split_whitespace();
        words.clone().count() >= 4
            && words.filter(is_word).count() >= 4
            && !self.value.contains('<')
    }
}

/// Whether a path or URL is that of a picture.
pub(super) fn is_image(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

fn skip(text: &str, separator: Separator) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || (separator == Separator::Comma && c == ',')
    })
}

/// The value at the start of a text, whether it stood in quotes, and what follows it.
fn value(text: &str, separator: Separator) -> (String, bool, &str) {
    let quote = text.chars().next().filter(|c| "\"'`“”".contains(*c));
    let Some(quote) = quote else {
        let end = text
            .find(|c: char| c.is_whitespace() || (separator == Separator::Comma && c == ','))
            .unwrap_or(text.len());
        return (text.slice(..end).to_owned(), false, text.slice(end..));
    };
    let close = if quote == '“' { '”' } else { quote };
    let mut value = String::new();
    let mut chars = text.slice(quote.len_utf8()..).char_indices();
    let body = text.slice(quote.len_utf8()..);
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == close => return (value, true, body.slice(at + c.len_utf8()..)),
            // A raw string has no escapes; elsewhere only quotes need one.
            '\\' if quote != '`' => match chars.next() {
                Some((_, escaped @ ('"' | '\'' | '\\'))) => value.push(escaped),
                Some((_, other)) => {
                    value.push('\\');
                    value.push(other);
                }
                None => value.push('\\'),
            },
            c => value.push(c),
        }
    }
    // A quote that is never closed reaches to the end.
    (value, true, "")
}

/// The parts of a text at a sign that stands in no quotes.
pub(super) fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c == separator => {
                parts.push(text.slice(start..at));
                start = at + c.len_utf8();
            }
            (None, _) => {}
        }
    }
    parts.push(text.slice(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, separator: Separator, expected: &[(&str, &str)]) {
        let arguments = Arguments::parse(text, separator);
        let found: Vec<(&str, &str)> = arguments
            .0
            .iter()
            .map(|a| (a.name.as_deref().unwrap_or(""), a.value.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn arguments() {
        check(
            "a \"b c\" k=\"v \\\"w\\\"\" l = m n=`a \"b\"`",
            Separator::Blank,
            &[
                ("", "a"),
                ("", "b c"),
                ("k", "v \"w\""),
                ("l", "m"),
                ("n", "a \"b\""),
            ],
        );
        check(
            "id=\"x\", w=100,t=true",
            Separator::Comma,
            &[("id", "x"), ("w", "100"), ("t", "true")],
        );
        check(
            "http://x/?a=b \"open",
            Separator::Blank,
            &[("", "http://x/?a=b"), ("", "open")],
        );
        check("= ==", Separator::Blank, &[("", "="), ("", "==")]);
    }
}
