//! Splitting a post into front matter and body, and decoding the front matter.
//!
//! Values stay as their author wrote them; what they mean is the business of the dialect.

mod bounds;
mod index;
mod places;
mod plain;
mod split;
mod value;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::ops::Range;

use feedwright_base::diagnostic::{Diagnostics, Location};

use crate::source::Source;

pub use self::bounds::{is_too_large, nests_too_deeply, too_large};
pub use self::places::{json_mistake, position, without_mark, yaml_mistake};
use self::split::{Header, Split, header, split};
pub use self::value::{Value, from_yaml};
pub use self::words::Word;

/// How a generator sets front matter apart from the body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Syntax {
    /// Between two fences, or a JSON object at the top.
    #[default]
    Fenced,
    /// As that, but the first fence may be missing: Hexo.
    OpenTop,
    /// `Key: value` lines up to the first blank one: Pelican. Fences are read as well.
    Headers,
}

/// The languages of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between lines of three hyphens.
    Yaml,
    /// Between lines of three plus signs.
    Toml,
    /// A JSON object at the start of the file.
    Json,
    /// Lines of `Key: value`, as Pelican has them.
    Headers,
    /// There is none.
    None,
}

impl Format {
    /// The line that gives a key a text as its value.
    pub fn line(self, key: &str, value: &str) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Format::Toml => format!("{key} = {}", quoted(value)),
            Format::Json => format!("{}: {},", quoted(key), quoted(value)),
            Format::Headers => format!("{key}: {value}"),
            Format::Yaml | Format::None => {
                let line = format!("{key}: {value}");
                let read = serde_yaml::from_str::<BTreeMap<String, serde_yaml::Value>>(&line);
                let is_read = read.is_ok_and(|read| {
                    let read = read.get(key).and_then(serde_yaml::Value::as_str);
                    read == Some(value)
                });
                if is_read {
                    line
                } else {
                    format!("{key}: {}", quoted(value))
                }
            }
        }
    }
}

/// One key of a front matter with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: String,
    pub value: Value,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column of the value, from 1.
    pub column: usize,
    /// Whether the value was written in quotes.
    pub quoted: bool,
}

/// The keys and values of a post's front matter, in order, and where its body begins.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    pub format: Format,
    pub fields: Vec<Field>,
    /// The bytes of the file that are decoded, without fences.
    pub inner: Range<usize>,
    /// Byte offset of the body in the file's text.
    pub body_start: usize,
    /// Line of the body's first line, from 1.
    pub body_line: usize,
    /// Whether `Title` and `title` are one key.
    pub any_case: bool,
}

impl FrontMatter {
    /// The field of a key; the last one where it is repeated, as YAML readers other than
    /// serde's have it. Blank values count as absent.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields
            .iter()
            .rev()
            .find(|field| {
                field.key == key || (self.any_case && field.key.eq_ignore_ascii_case(key))
            })
            .filter(|field| !is_blank(&field.value))
    }

    /// Adds a key that is not written here: a default, at the place it comes from.
    pub fn add_missing(&mut self, key: &str, value: Value, (line, column): (usize, usize)) {
        let is_written = self.fields.iter().any(|field| {
            field.key == key || (self.any_case && field.key.eq_ignore_ascii_case(key))
        });
        if !is_written {
            self.fields.push(Field {
                key: key.to_owned(),
                value,
                line,
                column,
                quoted: false,
            });
        }
    }

    /// The keys that stand more than once, each with the line of its last occurrence.
    pub fn duplicates(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().collect();
        // The sort is stable: fields of one key keep their order.
        fields.sort_by(|a, b| a.key.cmp(&b.key));
        let mut repeated: Vec<&Field> = fields
            .chunk_by(|a, b| a.key == b.key)
            .filter(|same| same.len() > 1)
            .filter_map(|same| same.last().copied())
            .collect();
        repeated.sort_by_key(|field| (field.line, field.column));
        repeated
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(is_blank),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The language of a post's front matter.
pub fn format_of(source: &Source, syntax: Syntax) -> Format {
    split(source, syntax, &mut Diagnostics::new()).map_or(Format::None, |split| split.format)
}

/// Splits and decodes a post's front matter.
///
/// A file without front matter gives an empty one and no diagnostic. `None` means that it
/// cannot be read; the diagnostics say why.
pub fn decode(source: &Source, syntax: Syntax, diags: &mut Diagnostics) -> Option<FrontMatter> {
    let split = split(source, syntax, diags)?;
    if is_too_large(split.text) {
        diags.error(
            "front-matter-large",
            Location::at(&source.path, split.first_line, 1),
            format!(
                "the front matter cannot be read: {}, which none is",
                too_large()
            ),
            "move what is no metadata into the text, or name the file in `content.ignore`",
        );
        return None;
    }
    let fields = match split.format {
        Format::Yaml => yaml(source, &split, diags)?,
        Format::Toml => toml(source, &split, diags)?,
        Format::Json => json(source, &split, diags)?,
        Format::Headers => headers(&split),
        Format::None => Vec::new(),
    };
    let body_line = 1 + count_lines(&source.text[..split.body_start]);
    Some(FrontMatter {
        format: split.format,
        fields,
        inner: split.start..split.start + split.text.len(),
        body_start: split.body_start,
        body_line,
        any_case: false,
    })
}

/// `Key: value` lines; what is indented by four blanks continues the value above it. Of a
/// repeated key the first counts, as in Pelican.
fn headers(split: &Split<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut is_first = true;
    for (number, line) in split.text.lines().enumerate() {
        if let Some(Header { key, value, before }) = header(line) {
            is_first = known.insert(key.to_ascii_lowercase());
            if is_first {
                fields.push(Field {
                    key: key.to_owned(),
                    value: Value::String(value.to_owned()),
                    line: split.first_line + number,
                    column: before.chars().count() + 1,
                    quoted: false,
                });
            }
        } else if let Some(Field {
            value: Value::String(text),
            ..
        }) = fields.last_mut().filter(|_| is_first)
        {
            text.push('\n');
            text.push_str(line.trim());
        }
    }
    fields
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

fn yaml(source: &Source, split: &Split<'_>, diags: &mut Diagnostics) -> Option<Vec<Field>> {
    let plain = plain::fields(split.text, split.first_line);
    if plain.is_some() {
        return plain;
    }
    let text = without_controls(source, split, diags);
    if let Some(line) = bounds::deep_line(&text) {
        diags.error(
            "front-matter-nested",
            Location::at(&source.path, split.first_line + line - 1, 1),
            "the front matter nests too deeply to be read",
            "remove the brackets, hyphens, question marks or indentation that open level after level",
        );
        return None;
    }
    let value = match from_yaml(&text) {
        Ok(value) => value,
        Err(error) => {
            let at = yaml_mistake(&text, &error).unwrap_or(0);
            let (line, column) = position(&text, at);
            diags.error(
                "front-matter-yaml",
                Location::at(&source.path, split.first_line + line - 1, column),
                format!(
                    "the YAML front matter cannot be read: {}",
                    without_position(&error)
                ),
                yaml_remedy(&text, line),
            );
            return None;
        }
    };
    match value {
        Value::Null => Some(Vec::new()),
        Value::Map(entries) => Some(place(entries, index::yaml(&text), split.first_line)),
        _ => {
            diags.error(
                "front-matter-yaml",
                Location::at(&source.path, split.first_line, 1),
                "the front matter is not a list of `key: value` lines",
                "write one `key: value` on each line, with a space after the colon",
            );
            None
        }
    }
}

/// The text with blanks for control characters, which YAML forbids and nobody means to write.
fn without_controls<'a>(
    source: &Source,
    split: &Split<'a>,
    diags: &mut Diagnostics,
) -> Cow<'a, str> {
    let unwanted = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let Some(at) = split.text.find(unwanted) else {
        return Cow::Borrowed(split.text);
    };
    let (line, column) = position(split.text, at);
    diags.warning(
        "front-matter-control",
        Location::at(&source.path, split.first_line + line - 1, column),
        "the front matter contains a control character, which is read as a blank",
        "delete it; most editors can show such characters",
    );
    Cow::Owned(split.text.replace(unwanted, " "))
}

/// The parser's sentence without its own line and column, which count from the fence.
fn without_position(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    text[..end].to_owned()
}

fn yaml_remedy(text: &str, line: usize) -> String {
    // The parser notices a mistake where it can no longer go on, often a line late.
    let lines: Vec<&str> = text.lines().collect();
    let suspects = [line, line.saturating_sub(1)];
    for suspect in suspects {
        let Some(text) = suspect.checked_sub(1).and_then(|at| lines.get(at)) else {
            continue;
        };
        if text.starts_with('\t') {
            return "indent with spaces: YAML does not allow tabs there".to_owned();
        }
        if let Some((key, value)) = text.split_once(": ")
            && value.contains(": ")
            && !value.trim_start().starts_with(['"', '\''])
        {
            return format!(
                "put the value of `{}` in quotes, because it contains a colon and a space",
                key.trim()
            );
        }
    }
    "put values that contain `: `, `#`, quotes or brackets in quotes".to_owned()
}

fn toml(source: &Source, split: &Split<'_>, diags: &mut Diagnostics) -> Option<Vec<Field>> {
    match toml::from_str::<toml::Table>(split.text) {
        Ok(table) => {
            let Value::Map(entries) = Value::from(toml::Value::Table(table)) else {
                return Some(Vec::new());
            };
            Some(place(entries, index::toml(split.text), split.first_line))
        }
        Err(error) => {
            let at = split.start
                + error
                    .span()
                    .map_or(0, |span| span.start.min(split.text.len()));
            let (line, column) = position(&source.text, at);
            diags.error(
                "front-matter-toml",
                Location::at(&source.path, line, column),
                format!(
                    "the TOML front matter cannot be read: {}",
                    error.message().lines().next().unwrap_or_default()
                ),
                "write `key = value`, with text in quotes",
            );
            None
        }
    }
}

fn json(source: &Source, split: &Split<'_>, diags: &mut Diagnostics) -> Option<Vec<Field>> {
    // Between fences the object's own braces may be missing.
    let text = split.text.trim_start();
    let (text, added) = if text.starts_with('{') {
        (Cow::Borrowed(split.text), 0)
    } else {
        (Cow::Owned(format!("{{{}}}", split.text)), 1)
    };
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Map(entries)) => {
            let marks = index::json(&text);
            Some(place(entries, marks, split.first_line))
        }
        Ok(_) => Some(Vec::new()),
        Err(error) => {
            let at = json_mistake(&text, &error).saturating_sub(added);
            let at = split.start + at.min(split.text.len());
            json_error(source, at, &error, diags);
            None
        }
    }
}

/// Tells of a mistake in JSON at a byte of the file.
fn json_error(source: &Source, at: usize, error: &serde_json::Error, diags: &mut Diagnostics) {
    let text = error.to_string();
    let end = text.find(" at line ").unwrap_or(text.len());
    let (line, column) = position(&source.text, at);
    diags.error(
        "front-matter-json",
        Location::at(&source.path, line, column),
        format!("the JSON front matter cannot be read: {}", &text[..end]),
        "check the commas, quotes and braces near this place",
    );
}

/// Joins parsed entries with their marks. Repeated keys take their marks in order.
fn place(entries: Vec<(String, Value)>, marks: Vec<index::Mark>, first_line: usize) -> Vec<Field> {
    // Marks mostly come in the order of the entries; the others wait until they are asked for.
    let mut marks = marks.into_iter();
    let mut waiting: HashMap<String, VecDeque<index::Mark>> = HashMap::new();
    entries
        .into_iter()
        .map(|(key, value)| {
            let mut mark = waiting.get_mut(&key).and_then(VecDeque::pop_front);
            while mark.is_none()
                && let Some(next) = marks.next()
            {
                if next.key == key {
                    mark = Some(next);
                } else {
                    waiting.entry(next.key.clone()).or_default().push_back(next);
                }
            }
            let Some(mark) = mark else {
                return Field {
                    key,
                    value,
                    line: first_line,
                    column: 1,
                    quoted: false,
                };
            };
            let value = match (value, mark.plain) {
                // A number keeps its digits: version 1.10 is not 1.1.
                (Value::Number(_), Some(plain)) => Value::Number(plain),
                (value, _) => value,
            };
            Field {
                key,
                value,
                line: first_line + mark.line - 1,
                column: mark.column,
                quoted: mark.quoted,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_text(text: &str) -> (Option<FrontMatter>, Vec<String>) {
        let source = Source {
            path: "a.md".into(),
            text: text.to_owned(),
        };
        let mut diags = Diagnostics::new();
        let front_matter = decode(&source, Syntax::Fenced, &mut diags);
        let messages = diags
            .iter()
            .map(|d| {
                let at = d.location.as_ref().expect("a place");
                format!("{}:{} {}", at.line, at.column, d.message)
            })
            .collect();
        (front_matter, messages)
    }

    fn check(text: &str, format: Format, expected: &[(&str, &str, usize)], body: &str) {
        let (front_matter, messages) = decode_text(text);
        assert_eq!(messages, Vec::<String>::new(), "{text:?}");
        let front_matter = front_matter.expect("front matter");
        assert_eq!(front_matter.format, format);
        let found: Vec<_> = front_matter
            .fields
            .iter()
            .map(|f| {
                (
                    f.key.as_str(),
                    f.value.as_text().unwrap_or_default(),
                    f.line,
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(k, v, l)| (k, v.to_owned(), l))
            .collect();
        assert_eq!(found, expected, "{text:?}");
        assert_eq!(&text[front_matter.body_start..], body);
    }

    #[test]
    fn the_three_languages() {
        check(
            "---\ntitle: A\n---\nbody",
            Format::Yaml,
            &[("title", "A", 2)],
            "body",
        );
        check(
            "+++\ntitle = \"A\"\n+++\nbody",
            Format::Toml,
            &[("title", "A", 2)],
            "body",
        );
        check(
            "{\n\"title\": \"A\"\n}\nbody",
            Format::Json,
            &[("title", "A", 2)],
            "body",
        );
        check("body\n---\n", Format::None, &[], "body\n---\n");
        check("{% include x %}", Format::None, &[], "{% include x %}");
    }

    #[test]
    fn traces_of_editors() {
        check(
            "\u{feff}---\r\ntitle: A  \r\n---  \r\nbody",
            Format::Yaml,
            &[("title", "A", 2)],
            "body",
        );
        check(
            "\n\n---\ntitle: A\n...\nbody",
            Format::Yaml,
            &[("title", "A", 4)],
            "body",
        );
        check("---\n---\nbody", Format::Yaml, &[], "body");
        check("---\ntitle: A\n---", Format::Yaml, &[("title", "A", 2)], "");
        check("\u{feff}body", Format::None, &[], "body");
    }

    #[test]
    fn the_columns_of_headers() {
        for (line, value, column) in [
            ("Title: A", "A", 8),
            ("Title: A  ", "A", 8),
            ("Title: A \t ", "A", 8),
            ("Title:A", "A", 7),
            ("Title: \t A", "A", 10),
            ("  Title: A ", "A", 10),
            ("Title: é ", "é", 8),
            ("Title:é\t\t", "é", 7),
            ("Title: 日本 語  ", "日本 語", 8),
            ("Title: 🎉 \t", "🎉", 8),
            ("Title: e\u{301} ", "e\u{301}", 8),
            ("Title: \u{a0}é\u{a0} ", "é", 9),
            ("Title:\u{3000}語\u{2028}", "語", 8),
            ("Title: \u{feff} ", "\u{feff}", 8),
            ("Title:", "", 7),
            ("Title:  ", "", 9),
        ] {
            let source = Source {
                path: "a.md".into(),
                text: format!("Date: 2024-01-02\n{line}\n\nText.\n"),
            };
            let mut diags = Diagnostics::new();
            let found = decode(&source, Syntax::Headers, &mut diags).expect("front matter");
            let field = found.fields.last().expect("a field");
            assert_eq!(field.value, Value::String(value.to_owned()), "{line:?}");
            assert_eq!((field.line, field.column), (2, column), "{line:?}");
        }
    }

    #[test]
    fn mistakes_stand_where_editors_show_them() {
        for (text, place) in [
            ("---\na: é\rb\u{2028}c: [\u{85}}\n---\n", "2:8"),
            ("---\na: \u{85}é: ]\n---\n", "2:6"),
            ("+++\na = \"é\" ?\n+++\n", "2:9"),
            ("{\"é\": \"日本\" ?}", "1:12"),
            (" \n  {\"é\": \"日本\" ?}", "2:14"),
            ("---json\n\"é\": ?\n---\n", "2:6"),
            ("---json\n{\n\"é\": ?}\n---\n", "3:6"),
        ] {
            let (front_matter, messages) = decode_text(text);
            assert_eq!(front_matter, None, "{text:?}");
            let last = messages.last().expect("an error");
            assert!(last.starts_with(&format!("{place} ")), "{text:?}: {last}");
        }
    }

    #[test]
    fn duplicate_keys_are_kept_and_the_last_wins() {
        let (front_matter, _) = decode_text("---\na: 1\nb: 2\na: 3\n---\n");
        let front_matter = front_matter.expect("front matter");
        assert_eq!(
            front_matter.get("a").map(|f| f.value.clone()),
            Some(Value::Number("3".into()))
        );
        let lines: Vec<_> = front_matter
            .duplicates()
            .into_iter()
            .map(|f| (f.key.as_str(), f.line))
            .collect();
        assert_eq!(lines, [("a", 4)]);
    }

    #[test]
    fn numbers_keep_their_digits_and_blank_values_are_absent() {
        let (front_matter, _) = decode_text("---\nversion: 1.10\npermalink:  \ntags: []\n---\n");
        let front_matter = front_matter.expect("front matter");
        assert_eq!(
            front_matter
                .get("version")
                .and_then(|f| f.value.as_text())
                .as_deref(),
            Some("1.10")
        );
        assert_eq!(front_matter.get("permalink"), None);
        assert_eq!(front_matter.get("tags"), None);
    }

    #[test]
    fn mistakes_have_their_line() {
        let check = |text: &str, expected: &str| {
            let (front_matter, messages) = decode_text(text);
            assert_eq!(front_matter, None, "{text:?}");
            assert_eq!(messages, [expected], "{text:?}");
        };
        check(
            "---\ntitle: A\nx: y: z\n---\n",
            "3:5 the YAML front matter cannot be read: mapping values are not allowed in this context",
        );
        check(
            "---\ntitle: A\nbody",
            "1:1 the front matter that begins here is never closed by a line `---`",
        );
        check(
            "+++\ntitle = A\n+++\n",
            "2:9 the TOML front matter cannot be read: string values must be quoted, expected literal string",
        );
        check(
            "{\n\"title\": A}\n",
            "2:10 the JSON front matter cannot be read: expected value",
        );
        check(
            "---\njust text\n---\n",
            "2:1 the front matter is not a list of `key: value` lines",
        );
    }

    #[test]
    fn merge_keys_apply() {
        let (front_matter, _) = decode_text("---\nbase: &b {x: 1}\nmap: {<<: *b, y: 2}\n---\n");
        let front_matter = front_matter.expect("front matter");
        let map = &front_matter.get("map").expect("map").value;
        assert_eq!(map.text(&["x"]).as_deref(), Some("1"));
    }
}
