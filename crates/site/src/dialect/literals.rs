//! What configurations that are programs say in plain words.
//!
//! Pelican's settings are Python, those of Eleventy, Docusaurus and Astro JavaScript. They are
//! never run: only literals are read, and everything else counts as not said.

use std::collections::HashSet;

use feedwright_base::error::Error;

use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source;

/// The language of a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    JavaScript,
}

/// How deeply lists and maps may nest.
const DEEPEST: usize = 32;

/// How many bytes of values are read, beyond some times the length of the file.
const MOST_READ: usize = 1 << 20;

/// The settings of a Python file: names in capitals that a line at its left edge gives a literal.
/// Of a name that is given one more than once, the last counts.
pub(super) fn python(text: &str) -> Value {
    let mut settings: Vec<(String, Value)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut line_start = 0;
    // Values that never end are read to the end of the file, but not for every line of it.
    let mut budget = MOST_READ + 8 * text.len();
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let name = name.split(':').next().unwrap_or_default().trim_end();
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !is_name || value.starts_with('=') {
            continue;
        }
        let at = start + line.len() - value.len();
        let mut reader = Reader::new(&text[at..], Language::Python);
        let value = reader.value(0);
        let ends = reader.ends_line();
        match budget.checked_sub(reader.at) {
            Some(left) => budget = left,
            None => break,
        }
        // The last of several counts, as in every map here; one that is code counts as not said.
        let value = value.filter(|_| ends);
        if value.is_some() || known.contains(name) {
            known.insert(name.to_owned());
            settings.push((name.to_owned(), value.unwrap_or_default()));
        }
    }
    Value::Map(settings)
}

/// The settings of a JavaScript file: the object that holds the most of the keys asked for.
/// Values that are not literals are null.
pub(super) fn javascript(text: &str, keys: &[&str]) -> Value {
    const MOST_OBJECTS: usize = 200;
    let mut best = (0, Value::Null);
    // Objects within objects are read again with each, but not without end.
    let mut budget = MOST_READ + 32 * text.len();
    let starts = text.match_indices('{').filter(|(at, _)| {
        // An object that is a value: given to a name, a function or as a result.
        let before = text[..*at].trim_end();
        before.ends_with(['=', '(', ':'])
            || before.ends_with("return")
            || before.ends_with("default")
    });
    for (at, _) in starts.take(MOST_OBJECTS) {
        let mut reader = Reader::new(&text[at..], Language::JavaScript);
        reader.left = budget;
        let object = reader.value(0);
        budget = reader.left.saturating_sub(reader.at);
        if budget == 0 {
            break;
        }
        if let Some(object) = object {
            let found = keys
                .iter()
                .filter(|key| object.get(key).is_some_and(|value| *value != Value::Null))
                .count();
            if found > best.0 {
                best = (found, object);
            }
        }
    }
    best.1
}

/// The first of several JavaScript files that a site has, and the settings that it gives.
pub(super) fn first_javascript(
    root: &Folder,
    names: &[&'static str],
    keys: &[&str],
) -> Result<Option<(&'static str, Value)>, Error> {
    for name in names {
        if let Some(text) = source::read_setting(root, name)? {
            return Ok(Some((name, javascript(&text, keys))));
        }
    }
    Ok(None)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    language: Language,
    /// How many more bytes of code may be passed over.
    left: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, language: Language) -> Self {
        Reader {
            text,
            at: 0,
            language,
            left: MOST_READ + 32 * text.len(),
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over a sign if it comes next.
    fn eat(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    /// Passes over blanks, line ends and comments.
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
    fn ends_line(&self) -> bool {
        let line = self.rest().lines().next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with('#') || line.starts_with(';')
    }

    /// A literal; `None` when something else stands here.
    fn value(&mut self, depth: usize) -> Option<Value> {
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

    fn number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-+._".contains(c)))
            .unwrap_or(rest.len());
        let text = rest[..end].replace('_', "");
        self.at += end;
        text.parse::<f64>().ok()?;
        Some(Value::Number(text))
    }

    fn word(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        // Python's strings may have a prefix; one with code in it is no literal.
        let is_text = rest[end..].starts_with(['\'', '"']) && self.language == Language::Python;
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
                // A spread, a method or a name that stands for itself.
                None => self.skip(),
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
                (end > 0).then(|| rest[..end].to_owned())
            }
        };
        self.space();
        if key.is_some() && self.eat(':') {
            return key;
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

    /// Passes over code up to the comma or bracket that ends it.
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
                    let rest = &self.rest()[1..];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_settings() {
        let settings = python(
            "import os\nSITENAME = u\"A's\" ' log' # c\nTIMEZONE='Europe/Paris'\n\
             DEFAULT_DATE = (2012, 3, 2)\nA = os.environ['x']\nB = f'{x}'\n\
             FEED: str = None\nSUBS = [\n  (r'[^\\w]', ''),  # x\n  ('b', \"c\"),\n]\n\
             D = {'a': 1, 'b': [True], **c}\nURL = 'a' if x else 'b'\n  INDENTED = 1\n\
             ONE = ('x')\nA == 3\nTIMEZONE = 'UTC'\n",
        );
        let check = |path: &[&str], expected: Option<&str>| {
            assert_eq!(settings.text(path).as_deref(), expected, "{path:?}");
        };
        check(&["SITENAME"], Some("A's log"));
        check(&["TIMEZONE"], Some("UTC"));
        check(&["A"], None);
        check(&["B"], None);
        check(&["D", "a"], Some("1"));
        check(&["URL"], None);
        check(&["INDENTED"], None);
        check(&["ONE"], Some("x"));
        assert_eq!(settings.get("FEED"), Some(&Value::Null));
        let items = |key: &str| settings.get(key).map_or(0, |value| value.items().len());
        assert_eq!(items("DEFAULT_DATE"), 3);
        assert_eq!(items("SUBS"), 2);
        assert_eq!(
            settings
                .get("SUBS")
                .map(|v| v.items()[0].items()[0].clone()),
            Some(Value::String("[^\\w]".into()))
        );
    }

    #[test]
    fn javascript_settings() {
        let settings = javascript(
            "import x from 'y';\nconst lang = {a: 1};\n/** @type {import('z').Config} */\n\
             const config = {\n  title: 'A', // c\n  url: \"https://e.example\",\n  baseUrl: `/b/`,\n\
             trailingSlash: false,\n  plugins: [require('x'), ['y', {id: 'z'}]],\n  ...more,\n\
             presets: [['classic', /** x */ ({ blog: { routeBasePath: 'news', f() { return {}; } } })]],\n\
             onBroken: process.env.X ? 'a' : 'b',\n  i18n: { defaultLocale: 'en' },\n};\nexport default config;\n",
            &["url", "baseUrl", "title"],
        );
        assert_eq!(settings.text(&["title"]).as_deref(), Some("A"));
        assert_eq!(settings.text(&["baseUrl"]).as_deref(), Some("/b/"));
        assert_eq!(settings.text(&["trailingSlash"]).as_deref(), Some("false"));
        assert_eq!(settings.get("onBroken"), Some(&Value::Null));
        assert_eq!(
            settings.text(&["i18n", "defaultLocale"]).as_deref(),
            Some("en")
        );
    }

    #[test]
    fn hostile_settings_end() {
        python(&format!("A = {}", "[".repeat(100_000)));
        javascript(&"={".repeat(20_000), &["url"]);
        javascript(&format!("x = {{a: {}", "(".repeat(100_000)), &["a"]);
    }
}
