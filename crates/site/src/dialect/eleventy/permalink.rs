//! Permalinks that are templates: variables and filters, in Liquid or Nunjucks.

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::str::Chars;

use chrono::NaiveDateTime;
use deunicode::deunicode;
use feedwright_base::permalink::bounded;
use feedwright_base::slice::Slice;
use unicode_normalization::UnicodeNormalization;

use super::super::pelican::formatted;

/// What a template may name.
pub(super) struct Context<'a> {
    /// In UTC.
    pub(super) published: NaiveDateTime,
    pub(super) file_slug: &'a str,
    pub(super) file_path_stem: &'a str,
    pub(super) input_path: &'a str,
    pub(super) values: &'a [(String, String)],
    /// Filters of the site that write a date, with the format.
    pub(super) filters: &'a HashMap<String, String>,
    /// All filters of the site's own, whatever they do.
    pub(super) own_filters: &'a HashSet<String>,
}

/// A value in a template.
enum Value {
    Text(String),
    Date(NaiveDateTime),
}

/// Fills in a template. `Err` says what cannot be known without running code.
pub(super) fn evaluate(template: &str, context: &Context<'_>) -> Result<String, String> {
    bounded(template).map_err(|_| "a template longer than any address".to_owned())?;
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find("{{") {
        out.push_str(rest.slice(..open));
        let Some((inner, after)) = rest.slice(open + 2..).split_once("}}") else {
            return Err("a template that never ends".to_owned());
        };
        out.push_str(&context.output(inner.trim_matches('-').trim())?);
        fits(out.len())?;
        rest = after;
    }
    out.push_str(rest);
    if out.contains("{%") || out.contains("<%") {
        return Err("the template code in `permalink`".to_owned());
    }
    Ok(out)
}

/// Whether a text of so many bytes may be a part of an address. Filters multiply what they are given,
/// and each is asked, before the next one does.
fn fits(bytes: usize) -> Result<(), String> {
    /// More than any address has, though a title may that becomes one.
    const MOST: usize = 16_000;
    if bytes > MOST {
        return Err("a text that is longer than any address".to_owned());
    }
    Ok(())
}

/// The address that a path written as `permalink` is published at.
pub(super) fn address(path: &str) -> String {
    let mut address = format!("/{}", path.trim());
    while address.contains("//") {
        address = address.replace("//", "/");
    }
    for file in ["index.html", "index"] {
        if address.ends_with(&format!("/{file}")) {
            address.truncate(address.len() - file.len());
        }
    }
    address
}

impl Context<'_> {
    fn output(&self, expression: &str) -> Result<String, String> {
        let mut parts = split(expression, '|').into_iter();
        let mut value = self.value(parts.next().unwrap_or_default().trim());
        for filter in parts {
            if let Value::Text(text) = &value {
                fits(text.len())?;
            }
            value = self.filtered(value, filter.trim())?;
        }
        Ok(match value {
            Value::Text(text) => text,
            Value::Date(date) => date.format("%Y-%m-%d").to_string(),
        })
    }

    /// A variable or a literal; what is not there is empty.
    fn value(&self, expression: &str) -> Value {
        for quote in ['"', '\''] {
            if let Some(text) = expression
                .strip_prefix(quote)
                .and_then(|text| text.strip_suffix(quote))
            {
                return Value::Text(text.to_owned());
            }
        }
        let name = expression.strip_prefix("data.").unwrap_or(expression);
        Value::Text(match name {
            "page.date" | "date" => return Value::Date(self.published),
            "page.fileSlug" => self.file_slug.to_owned(),
            "page.filePathStem" => self.file_path_stem.to_owned(),
            "page.inputPath" => self.input_path.to_owned(),
            name => {
                let mut values = self.values.iter();
                let found = values.find(|(key, _)| key == name);
                found.map_or_else(String::new, |(_, value)| value.clone())
            }
        })
    }

    fn filtered(&self, value: Value, filter: &str) -> Result<Value, String> {
        let end = filter
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(filter.len());
        let (name, arguments) = filter.split_at(end);
        let arguments = arguments.trim().trim_start_matches([':', '(']);
        let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
        let argument = |at: usize| {
            let all = split(arguments, ',');
            match all.get(at).map(|text| self.value(text.trim())) {
                Some(Value::Text(text)) => text,
                _ => String::new(),
            }
        };
        let unknown = || format!("the filter `{name}`");
        match (value, name) {
            (Value::Date(date), "date") => {
                let text = formatted(date, &argument(0)).ok_or_else(unknown)?;
                Ok(Value::Text(text))
            }
            (Value::Date(date), name) => {
                let format = self.filters.get(name).ok_or_else(unknown)?;
                Ok(Value::Text(formatted(date, format).ok_or_else(unknown)?))
            }
            (Value::Text(_), name) if self.own_filters.contains(name) => Err(unknown()),
            (Value::Text(text), name) => Ok(Value::Text(match name {
                "slugify" | "slugifyString" => slugify(&text),
                "slug" => slug(&text),
                "downcase" | "lower" => text.to_lowercase(),
                "upcase" | "upper" => text.to_uppercase(),
                "strip" | "trim" => text.trim().to_owned(),
                "append" => text + &argument(0),
                "prepend" => argument(0) + &text,
                "replace" => {
                    let (from, to) = (argument(0), argument(1));
                    fits(text.matches(&*from).count().saturating_mul(to.len()))?;
                    text.replace(&from, &to)
                }
                "remove" => text.replace(&argument(0), ""),
                "default" if text.is_empty() => argument(0),
                "default" | "url" | "safe" | "string" => text,
                _ => return Err(unknown()),
            })),
        }
    }
}

/// The parts of a text between signs that stand outside of quotes and brackets.
fn split(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, c) if c == sign && depth == 0 => {
                parts.push(text.slice(start..at));
                start = at + c.len_utf8();
            }
            (None, _) => {}
        }
    }
    parts.push(text.slice(start..));
    parts
}

/// The filter `slugify`: letters by their nearest in ASCII, words joined by hyphens.
fn slugify(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '&' => ascii.push_str(" and "),
            '♥' => ascii.push_str(" love "),
            'ä' | 'Ä' => ascii.push_str("ae"),
            'ö' | 'Ö' => ascii.push_str("oe"),
            'ü' | 'Ü' => ascii.push_str("ue"),
            'ß' => ascii.push_str("ss"),
            c if c.is_ascii() => ascii.push(c),
            // Scripts without letters, and pictures, leave nothing.
            c if !c.is_alphanumeric() || c > '\u{2e80}' => ascii.push(' '),
            c => ascii.push_str(&deunicode(&c.to_string())),
        }
    }
    let ascii = ascii.to_lowercase();
    let mut slug = String::with_capacity(ascii.len());
    let mut chars: Peekable<Chars<'_>> = ascii.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if c == '\'' && drops_apostrophe(&chars) && slug.ends_with(|c: char| c != '-') {
            // The apostrophe of `don't` and `best's` joins what it parts.
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Whether `t` or `s` and the end of a word follow.
fn drops_apostrophe(rest: &Peekable<Chars<'_>>) -> bool {
    let mut rest = rest.clone();
    matches!(rest.next(), Some('t' | 's')) && rest.next().is_none_or(char::is_whitespace)
}

/// The older filter `slug`: as that, but most signs of ASCII stay.
fn slug(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '&' => clean.push_str("and"),
            '%' => clean.push_str("percent"),
            '$' => clean.push_str("dollar"),
            '♥' => clean.push_str("love"),
            '<' => clean.push_str("less"),
            '>' => clean.push_str("greater"),
            '|' => clean.push_str("or"),
            c if c.is_ascii_alphanumeric() || c.is_whitespace() => clean.push(c),
            c if "_*+~.()'\"!-:@".contains(c) => clean.push(c),
            c if c.is_ascii() || !c.is_alphanumeric() || c > '\u{2e80}' => {}
            c => clean.push_str(&deunicode(&c.to_string())),
        }
    }
    clean
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let check = |text: &str, by_slugify: &str, by_slug: &str| {
            assert_eq!(slugify(text), by_slugify, "{text}");
            assert_eq!(slug(text), by_slug, "{text}");
        };
        check("I ♥ Dogs", "i-love-dogs", "i-love-dogs");
        check("Déjà Vu!", "deja-vu", "deja-vu!");
        check("foo_bar", "foo-bar", "foo_bar");
        check("C++ & C#", "c-and-c", "c++-and-c");
        check("Привет мир", "privet-mir", "privet-mir");
        check("你好", "", "");
        check("2020's best", "2020s-best", "2020's-best");
        check("don't", "dont", "don't");
        check("a.b.c", "a-b-c", "a.b.c");
        check("hello—world", "hello-world", "helloworld");
        check("emoji 😀 x", "emoji-x", "emoji-x");
    }

    #[test]
    fn templates() {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 3, 4).expect("a day");
        let filters = HashMap::from([("toDatePath".to_owned(), "%Y/%m/%d".to_owned())]);
        let values = [("title".to_owned(), "A Title".to_owned())];
        let context = Context {
            published: day.and_hms_opt(0, 0, 0).expect("a time"),
            file_slug: "slug",
            file_path_stem: "/blog/slug",
            input_path: "./blog/2020-03-04-slug.md",
            values: &values,
            filters: &filters,
            own_filters: &HashSet::new(),
        };
        let check = |template: &str, expected: &str| {
            let found = evaluate(template, &context).unwrap_or_else(|what| format!("no: {what}"));
            assert_eq!(found, expected, "{template}");
        };
        check("/blog/{{ page.fileSlug }}/", "/blog/slug/");
        check(
            "{{ page.date | date: '%Y/%m' }}/{{ title | slugify }}/",
            "2020/03/a-title/",
        );
        check("{{page.date | toDatePath}}/{{ missing }}x", "2020/03/04/x");
        check(
            "{{ title | replace(' ', '_') | lower }}.html",
            "a_title.html",
        );
        check("{{ page.date | nope }}", "no: the filter `nope`");
        check(
            "{% if x %}a{% endif %}",
            "no: the template code in `permalink`",
        );
        assert_eq!(address("blog/x/index.html"), "/blog/x/");
        assert_eq!(address("/a//b.html"), "/a/b.html");
    }
}
