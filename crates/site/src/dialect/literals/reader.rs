//! Reads a literal of Python or JavaScript: a string, number, boolean, list or map.

use feedwright_base::slice::Slice;

use crate::front_matter::Value;

/// The language of a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Python,
    JavaScript,
}

/// How deeply lists and maps may nest.
const DEEPEST: usize = 32;

/// The number of bytes of values that are read at most, in addition to a multiple of the length of
/// the file.
pub(super) const MOST_READ: usize = 1 << 20;

/// A reader at a place in a program.
pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) at: usize,
    language: Language,
    /// The number of bytes of code that may still be skipped.
    pub(super) left: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, language: Language) -> Self {
        Reader {
            text,
            at: 0,
            language,
            left: MOST_READ + 32 * text.len(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.slice(self.at..)
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips a character if it comes next.
    fn eat(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    /// Skips whitespace and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            let comment = match self.language {
                Language::Python => rest.starts_with('#'),
                Language::JavaScript => rest.starts_with("//"),
            };
            if comment {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if self.language == Language::JavaScript && rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    /// Whether nothing but a comment or a further line follows.
    pub(super) fn ends_line(&self) -> bool {
        let line = self.rest().lines().next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with('#') || line.starts_with(';')
    }

    /// A literal; `None` when something else stands here.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        if self.language == Language::Python && depth == 0 {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        } else {
            self.space();
        }
        match self.peek()? {
            '\'' | '"' | '`' => self.texts(),
            '[' => self.list(']', depth),
            '(' if self.language == Language::Python => self.list(')', depth),
            '(' => {
                self.at += 1;
                let value = self.value(depth + 1);
                // What follows, such as the type that TypeScript checks, says nothing new.
                self.skip();
                if !self.eat(')') {
                    return None;
                }
                value
            }
            '{' => self.map(depth),
            c if c.is_ascii_digit() || c == '-' => self.number(),
            c if c.is_alphabetic() || c == '_' => self.word(),
            _ => None,
        }
    }

    /// Strings; Python joins those that follow each other.
    fn texts(&mut self) -> Option<Value> {
        let mut text = self.text()?;
        while self.language == Language::Python {
            let before = self.at;
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if !self.rest().starts_with(['\'', '"']) {
                self.at = before;
                break;
            }
            text.push_str(&self.text()?);
        }
        Some(Value::String(text))
    }

    /// A string in its quotes.
    fn text(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let is_triple = self.language == Language::Python && self.rest().starts_with(&triple);
        let end = if is_triple { triple } else { quote.to_string() };
        self.at += end.len();
        let mut text = String::new();
        loop {
            if self.rest().starts_with(&end) {
                self.at += end.len();
                return Some(text);
            }
            let c = self.peek()?;
            self.at += c.len_utf8();
            match c {
                '\\' => {
                    let escaped = self.peek()?;
                    self.at += escaped.len_utf8();
                    match escaped {
                        'n' => text.push('\n'),
                        't' => text.push('\t'),
                        '\n' => {}
                        '\'' | '"' | '\\' | '`' | '/' => text.push(escaped),
                        // Patterns are written with escapes that stand for themselves.
                        other => text.extend(['\\', other]),
                    }
                }
                '\n' if !is_triple && quote != '`' => return None,
                // A template string with code in it is no literal.
                '$' if quote == '`' && self.rest().starts_with('{') => return None,
                c => text.push(c),
            }
        }
    }

    /// A number, as it is written.
    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-+._".contains(c)))
            .unwrap_or(rest.len());
        let text = rest.slice(..end).replace('_', "");
        self.at += end;
        text.parse::<f64>().ok()?;
        Some(Value::Number(text))
    }

    /// A boolean, a null, or a string with a prefix.
    fn word(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let word = rest.slice(..end);
        // Python's strings may have a prefix; one with code in it is no literal.
        let is_text =
            rest.slice(end..).starts_with(['\'', '"']) && self.language == Language::Python;
        if is_text && matches!(word.to_ascii_lowercase().as_str(), "u" | "b" | "r" | "ur") {
            self.at += end;
            return self.texts();
        }
        let value = match word {
            "true" | "True" => Value::Bool(true),
            "false" | "False" => Value::Bool(false),
            "null" | "None" | "undefined" => Value::Null,
            _ => return None,
        };
        self.at += end;
        Some(value)
    }

    /// The values between two brackets.
    fn list(&mut self, close: char, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        let mut has_comma = false;
        loop {
            self.space();
            if self.eat(close) {
                break;
            }
            items.push(self.element(depth)?);
            self.space();
            if self.eat(',') {
                has_comma = true;
            } else if !self.rest().starts_with(close) {
                return None;
            }
        }
        // In Python a value in brackets is that value.
        if close == ')' && !has_comma && items.len() == 1 {
            return items.pop();
        }
        Some(Value::List(items))
    }

    /// The keys and values between two braces.
    fn map(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.eat('}') {
                return Some(Value::Map(entries));
            }
            match self.key() {
                Some(key) => {
                    let value = self.element(depth)?;
                    entries.push((key, value));
                }
                // A name that stands for itself is a key whose value is no literal.
                None => match self.shorthand() {
                    Some(name) => entries.push((name, Value::Null)),
                    // A spread or a method.
                    None => self.skip(),
                },
            }
            self.space();
            if !self.eat(',') && !self.rest().starts_with('}') {
                return None;
            }
        }
    }

    /// A key and its colon; `None`, with nothing passed over, when there is none.
    fn key(&mut self) -> Option<String> {
        let before = self.at;
        let key = match self.peek()? {
            '\'' | '"' => self.text(),
            _ => {
                let rest = self.rest();
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                    .unwrap_or(rest.len());
                self.at += end;
                (end > 0).then(|| rest.slice(..end).to_owned())
            }
        };
        self.space();
        if key.is_some() && self.eat(':') {
            return key;
        }
        self.at = before;
        None
    }

    /// A name alone between commas or braces, as in `{ baseUrl }`; `None`, with nothing passed over,
    /// when something else stands there.
    fn shorthand(&mut self) -> Option<String> {
        let before = self.at;
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(rest.len());
        let name = rest.slice(..end);
        self.at += end;
        self.space();
        if end > 0 && self.rest().starts_with([',', '}']) {
            return Some(name.to_owned());
        }
        self.at = before;
        None
    }

    /// A literal in a list or map; anything else up to the next comma is null.
    fn element(&mut self, depth: usize) -> Option<Value> {
        self.space();
        let before = self.at;
        if let Some(value) = self.value(depth + 1) {
            self.space();
            let checked = ["as ", "satisfies "]
                .iter()
                .any(|word| self.rest().starts_with(word));
            if checked && self.language == Language::JavaScript {
                self.skip();
            }
            if self.rest().starts_with([',', ']', '}', ')']) {
                return Some(value);
            }
        }
        self.at = before;
        self.skip();
        Some(Value::Null)
    }

    /// Skips code up to the comma or bracket that ends it.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        let start = self.at;
        while let Some(c) = self.peek() {
            if self.at - start > self.left {
                self.at = self.text.len();
                break;
            }
            match c {
                // Code in a template string is passed over with it.
                '`' => {
                    let rest = self.rest().slice(1..);
                    self.at += 1 + rest.find('`').map_or(rest.len(), |end| end + 1);
                    continue;
                }
                '\'' | '"' => {
                    let before = self.at;
                    if self.text().is_none() {
                        self.at = before + 1;
                    }
                    continue;
                }
                '/' | '#' => {
                    let before = self.at;
                    self.space();
                    if self.at > before {
                        continue;
                    }
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => break,
                ')' | ']' | '}' => depth -= 1,
                ',' if depth == 0 => break,
                _ => {}
            }
            self.at += c.len_utf8();
        }
        self.left = self.left.saturating_sub(self.at - start);
    }
}
