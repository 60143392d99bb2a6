//! Splits a post into front matter and body, and decodes the front matter.
//!
//! Values stay as their author wrote them; what they mean is the business of the dialect.

mod bounds;
mod docinfo;
mod index;
mod languages;
pub mod page;
mod places;
mod plain;
mod split;
mod value;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::source::Source;

pub use self::bounds::{is_too_large, nests_too_deeply, too_large};
use self::docinfo::Docinfo;
pub(crate) use self::languages::yaml_remedy;
use self::languages::{count_lines, headers, json, json_error, toml, yaml};
pub use self::places::{json_mistake, position, without_mark, yaml_mistake};
use self::split::split;
pub use self::value::{Value, bare, from_yaml};
pub use self::words::Word;

/// How a generator sets front matter apart from the body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Syntax {
    /// Between two fences, or a JSON object at the top.
    #[default]
    Fenced,
    /// As that, but what has anything before the first fence has no front matter: Jekyll.
    AtTop,
    /// As that, but the first fence may be six hyphens: Hugo.
    LongFence,
    /// As that, but the first fence may be missing: Hexo.
    OpenTop,
    /// `Key: value` lines up to the first blank one, or between two fences: Pelican.
    Headers,
    /// None: a page of a rendered site, which says of itself what front matter would.
    Page,
    /// A JSON object in the first line, which may be as long as a post.
    Record,
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

    /// Adds a default for a key that is missing, with the place that it comes from.
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

    /// The keys that occur more than once, each by its last occurrence.
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

/// Whether a value holds nothing: keys with such a value count as absent.
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
    if syntax == Syntax::Page {
        return Format::None;
    }
    split(source, syntax, &mut Diagnostics::new()).map_or(Format::None, |split| split.format)
}

/// Splits and decodes a post's front matter.
///
/// A file without front matter gives an empty one and no diagnostic. `None` means that it
/// cannot be read; the diagnostics say why.
pub fn decode(source: &Source, syntax: Syntax, diags: &mut Diagnostics) -> Option<FrontMatter> {
    if syntax == Syntax::Page {
        return Some(FrontMatter {
            format: Format::None,
            fields: page::fields(&source.text, &source.path),
            inner: 0..0,
            body_start: 0,
            body_line: 1,
            any_case: false,
        });
    }
    let split = split(source, syntax, diags)?;
    let docinfo = Docinfo::of(&source.path).filter(|_| split.format == Format::None);
    if let Some(docinfo) = docinfo {
        let (fields, body_start) = docinfo.fields(&source.text);
        return Some(FrontMatter {
            format: Format::Headers,
            fields,
            inner: 0..body_start,
            body_start,
            body_line: 1 + count_lines(source.text.slice(..body_start)),
            any_case: true,
        });
    }
    if syntax != Syntax::Record && is_too_large(split.text) {
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
    let body_line = 1 + count_lines(source.text.slice(..split.body_start));
    Some(FrontMatter {
        format: split.format,
        fields,
        inner: split.start..split.start + split.text.len(),
        body_start: split.body_start,
        body_line,
        any_case: false,
    })
}

#[cfg(test)]
mod tests;
