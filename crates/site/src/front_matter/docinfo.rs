//! Reads what texts in reStructuredText, AsciiDoc and Org say of themselves at their top.
//!
//! The texts themselves are not rendered here: entries have them from the rendered site.

use std::path::Path;

use feedwright_base::slice::Slice;

use super::{Field, Value, from_yaml};

/// A markup with metadata of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Docinfo {
    /// A title with a line under it, and a list of fields: Pelican.
    ReStructuredText,
    /// `= Title`, and attributes as `:name: value`.
    AsciiDoc,
    /// `#+NAME: value`.
    Org,
}

/// Signs that a line under a title in reStructuredText may be made of.
const ADORNMENTS: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

impl Docinfo {
    /// The markup of a file, by its name.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "rst" => Docinfo::ReStructuredText,
            "adoc" | "asciidoc" | "asc" => Docinfo::AsciiDoc,
            "org" => Docinfo::Org,
            _ => return None,
        })
    }

    /// The fields at the top of a text, and where the rest begins.
    pub(super) fn fields(self, text: &str) -> (Vec<Field>, usize) {
        let mut reader = Reader {
            lines: Lines::new(text),
            fields: Vec::new(),
        };
        match self {
            Docinfo::ReStructuredText => reader.restructured_text(),
            Docinfo::AsciiDoc => reader.asciidoc(),
            Docinfo::Org => reader.org(),
        }
        (reader.fields, reader.lines.at)
    }
}

/// The lines of a text that are not read yet.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    /// The number of the next line, from 1.
    number: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        Lines {
            text,
            at: mark,
            number: 1,
        }
    }

    /// The line that is so many lines further on.
    fn peek(&self, further: usize) -> Option<&'t str> {
        self.text.slice(self.at..).lines().nth(further)
    }

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.text.slice(self.at..);
        if rest.is_empty() {
            return None;
        }
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.at += end;
        self.number += 1;
        Some(rest.slice(..end).trim_end())
    }
}

struct Reader<'t> {
    lines: Lines<'t>,
    fields: Vec<Field>,
}

impl Reader<'_> {
    /// Adds a field of the line that was just read.
    fn add(&mut self, key: &str, value: Value) {
        self.fields.push(Field {
            key: key.trim().to_ascii_lowercase(),
            value,
            line: self.lines.number.saturating_sub(1).max(1),
            column: 1,
            quoted: false,
        });
    }

    fn add_text(&mut self, key: &str, text: &str) {
        self.add(key, Value::String(text.trim().to_owned()));
    }

    fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }

    fn restructured_text(&mut self) {
        while let Some(line) = self.lines.peek(0) {
            let line = line.trim_end();
            let next = self.lines.peek(1).unwrap_or_default().trim_end();
            if line.is_empty() {
                self.lines.next();
            } else if line == ".." || line.starts_with(".. ") {
                // A comment or directive goes on as far as it is indented.
                self.lines.next();
                while self
                    .lines
                    .peek(0)
                    .is_some_and(|line| line.starts_with([' ', '\t']))
                {
                    self.lines.next();
                }
            } else if let Some((key, value)) = field(line) {
                self.lines.next();
                let mut value = value.to_owned();
                while let Some(more) = self
                    .lines
                    .peek(0)
                    .filter(|more| more.starts_with([' ', '\t']))
                {
                    self.lines.next();
                    value = format!("{value} {}", more.trim());
                }
                self.add_text(key, value.trim());
            } else if !self.has("title") && is_adornment(line) && !next.is_empty() {
                self.lines.next();
                self.title();
            } else if !self.has("title") && is_adornment(next) {
                self.title();
            } else {
                break;
            }
        }
    }

    /// Reads a title and the line under it.
    fn title(&mut self) {
        if let Some(title) = self.lines.next() {
            self.add_text("title", &without_roles(title));
            if self.lines.peek(0).is_some_and(is_adornment) {
                self.lines.next();
            }
        }
    }

    fn asciidoc(&mut self) {
        while let Some(line) = self.lines.peek(0).map(str::trim_end) {
            let title = line.strip_prefix("= ").or_else(|| line.strip_prefix("# "));
            let is_below_title = self.has("title");
            if line.starts_with("//") || (line.is_empty() && self.fields.is_empty()) {
                self.lines.next();
            } else if let Some(title) = title.filter(|_| !is_below_title) {
                self.lines.next();
                self.add_text("title", title);
            } else if let Some((key, value)) = field(line) {
                self.lines.next();
                let key = key.strip_prefix("page-").unwrap_or(key);
                self.add(key, listed(value));
            } else if is_below_title && !line.is_empty() && !self.has("author") {
                self.lines.next();
                let name = line.split(['<', ';']).next().unwrap_or_default();
                self.add_text("author", name);
            } else if is_below_title && !line.is_empty() && !self.has("revdate") {
                self.lines.next();
                let date = line.split(',').next_back().unwrap_or_default();
                self.add_text("revdate", date.split(':').next().unwrap_or_default());
            } else {
                break;
            }
        }
        self.rename("revdate", "date");
        self.rename("keywords", "tags");
    }

    /// Gives a field its usual name, unless that is taken.
    fn rename(&mut self, from: &str, to: &str) {
        if !self.has(to)
            && let Some(field) = self.fields.iter_mut().find(|field| field.key == from)
        {
            field.key = to.to_owned();
        }
    }

    fn org(&mut self) {
        while let Some(line) = self.lines.peek(0).map(str::trim) {
            if let Some((key, value)) = line
                .strip_prefix("#+")
                .and_then(|rest| rest.split_once(':'))
            {
                self.lines.next();
                let key = key.to_ascii_lowercase();
                let value = value.trim();
                let words = |sign: &[char]| {
                    let words = value.split(sign).filter(|word| !word.trim().is_empty());
                    Value::List(
                        words
                            .map(|word| Value::String(word.trim().to_owned()))
                            .collect(),
                    )
                };
                match key.as_str() {
                    "filetags" => self.add("tags", words(&[':'])),
                    "date" | "lastmod" | "updated" => self.add_text(&key, &timestamp(value)),
                    key => match key.strip_suffix("[]") {
                        Some(key) => self.add(key, words(&[' '])),
                        None => self.add_text(key, value),
                    },
                }
            } else if line.is_empty() || line.starts_with("# ") || line == "#" {
                self.lines.next();
            } else {
                break;
            }
        }
    }
}

/// A field as `:name: value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !key.is_empty() && !key.starts_with(' ') && !key.contains('`');
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

/// Whether a line is drawn of one sign.
fn is_adornment(line: &str) -> bool {
    let line = line.trim_end();
    let mut signs = line.chars();
    let Some(first) = signs.next() else {
        return false;
    };
    line.len() > 1 && ADORNMENTS.contains(first) && signs.all(|sign| sign == first)
}

/// A value that lists as YAML does, as `[a, b]`.
fn listed(value: &str) -> Value {
    if value.starts_with('[')
        && let Ok(list) = from_yaml(value)
    {
        return list;
    }
    Value::String(value.to_owned())
}

/// A time of Org without its brackets and the name of the day.
fn timestamp(value: &str) -> String {
    let inner = value.trim_matches(['<', '>', '[', ']']);
    if inner == value {
        return value.to_owned();
    }
    let parts = inner.split_whitespace();
    let parts = parts.filter(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    parts.collect::<Vec<_>>().join(" ")
}

/// A title in reStructuredText without its marks: ``` ``code`` ```, `*word*`, ``:role:`word` `` and
/// ``` `word <address>`_ ```.
fn without_roles(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for (at, part) in title.replace("``", "`").split('`').enumerate() {
        if at % 2 == 0 {
            let part = part
                .strip_prefix("__")
                .or_else(|| part.strip_prefix('_'))
                .filter(|_| at > 0)
                .unwrap_or(part);
            // What stands before the words may be the name of a role.
            let role = part
                .rfind(" :")
                .map(|at| at + 1)
                .or(part.starts_with(':').then_some(0));
            let is_role = part.ends_with(':') && part.len() > 2;
            out.push_str(role.filter(|_| is_role).map_or(part, |at| part.slice(..at)));
        } else {
            out.push_str(part.split(" <").next().unwrap_or(part));
        }
    }
    out.replace("**", "").replace('*', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &str, rest: &str) {
        let docinfo = Docinfo::of(Path::new(name)).expect("a markup");
        let (fields, end) = docinfo.fields(text);
        let shown = |value: &Value| match value {
            Value::List(items) => items
                .iter()
                .filter_map(Value::as_text)
                .collect::<Vec<_>>()
                .join("|"),
            value => value.as_text().unwrap_or_default(),
        };
        let fields = fields
            .iter()
            .map(|field| format!("{}@{}={}", field.key, field.line, shown(&field.value)));
        assert_eq!(fields.collect::<Vec<_>>().join("; "), expected, "{text}");
        assert_eq!(&text[end..], rest, "{text}");
    }

    #[test]
    fn restructured_text() {
        check(
            "a.rst",
            "My ``code`` *title*\n###################\n\n:date: 2010-10-03 10:20\n:Tags: a, b\n:summary: One\n    line: two\n\nText\n====\n",
            "title@1=My code title; date@4=2010-10-03 10:20; tags@5=a, b; summary@7=One line: two",
            "Text\n====\n",
        );
        check(
            "a.rst",
            ".. comment\n   more\n\n=====\nTitle\n=====\n:date: 2024-01-02\n\nA text.\n",
            "title@5=Title; date@7=2024-01-02",
            "A text.\n",
        );
        check(
            "a.rst",
            ":date: 2024-01-02\n\nTitle\n-----\nText.",
            "date@1=2024-01-02; title@3=Title",
            "Text.",
        );
        check(
            "a.rst",
            "Only text.\n\n:not: a field\n",
            "",
            "Only text.\n\n:not: a field\n",
        );
        check("a.rst", "", "", "");
        check("a.rst", "T\n=\nx", "", "T\n=\nx");
        check(
            "a.rst",
            "See :ref:`this <x>`\n===================\n",
            "title@1=See this",
            "",
        );
    }

    #[test]
    fn asciidoc() {
        check(
            "a.adoc",
            "= Title\nJane Roe <jane@example.gov>\nv1.0, 2024-01-02\n:page-tags: [a, b]\n:description: D\n\nText.\n",
            "title@1=Title; author@2=Jane Roe; date@3=2024-01-02; tags@4=a|b; description@5=D",
            "\nText.\n",
        );
        check(
            "a.asc",
            ":revdate: 2024-01-02\n= Title\n:keywords: a, b\n\nText",
            "date@1=2024-01-02; title@2=Title; tags@3=a, b",
            "\nText",
        );
    }

    #[test]
    fn org() {
        check(
            "a.org",
            "#+TITLE: My title\n#+DATE: <2024-01-02 Tue>\n#+filetags: :a:b c:\n#+categories[]: x y\n# note\n#+DRAFT: true\n\n* Head\n",
            "title@1=My title; date@2=2024-01-02; tags@3=a|b c; categories@4=x|y; draft@6=true",
            "* Head\n",
        );
        check(
            "a.org",
            "#+date: 2024-01-02T10:00:00Z\n",
            "date@1=2024-01-02T10:00:00Z",
            "",
        );
        check(
            "a.org",
            "#+date: [2024-01-02 Tue 10:20]\n",
            "date@1=2024-01-02 10:20",
            "",
        );
    }
}
