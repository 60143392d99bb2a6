//! Reads metadata from front matter by the names of its keys.

mod duration;
mod files;
mod people;
mod picture;

use std::collections::HashSet;

use feedwright_base::text::plain;

use crate::front_matter::{Field, FrontMatter, Value};

use self::files::{enclosures, image};
use self::picture::picture;
use super::names::Names;
use super::{DateOrigin, DateText, Metadata, Text};

pub(crate) use self::duration::seconds;
pub use self::files::{duration, is_media};
pub(super) use self::people::looked_up;
pub use self::people::{people, person};

/// How a string that should be a list is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// At white space, or at commas where there are any.
    Space,
    /// At commas.
    Comma,
    /// Not at all.
    Whole,
}

/// The metadata that front matter states under the given names; dates of file names, slugs and
/// collections are the dialect's to add.
pub fn read(
    front_matter: &FrontMatter,
    names: &Names,
    separator: Separator,
    date_kind: impl Fn(&Field) -> DateOrigin,
) -> Metadata {
    let first = |keys: &[String]| keys.iter().find_map(|key| front_matter.get(key));
    let dates = |keys: &[String]| -> Vec<DateText> {
        keys.iter()
            .filter_map(|key| front_matter.get(key))
            .filter_map(|field| date(field, date_kind(field)))
            .collect()
    };
    let (tags, categories) = (
        list(front_matter, &names.tags, separator),
        list(front_matter, &names.categories, separator),
    );
    Metadata {
        title: first(&names.title).and_then(text),
        published: dates(&names.published),
        updated: dates(&names.updated).into_iter().next(),
        tags: tags.names,
        categories: categories.names,
        nameless: [tags.nameless, categories.nameless].concat(),
        authors: first(&names.authors).map_or_else(Vec::new, |field| people(&field.value)),
        summary: first(&names.summary)
            .and_then(|field| field.value.as_filled_text())
            .map(|text| plain(&text))
            .filter(|text| !text.is_empty()),
        image: first(&names.image).and_then(image),
        picture: first(&names.image)
            .map(|field| picture(field, front_matter))
            .unwrap_or_default(),
        enclosures: names
            .enclosure
            .iter()
            .filter_map(|key| front_matter.get(key))
            .find(|field| field.key != "file" || is_media(&field.value))
            .map_or_else(Vec::new, |field| enclosures(field, front_matter)),
        language: first(&names.language).and_then(text),
        slug: first(&names.slug)
            .and_then(|field| field.value.as_filled_text())
            .unwrap_or_default(),
        permalink: first(&names.permalink).and_then(text),
        id: id(front_matter, names),
        translation_key: translation_key(front_matter),
        draft: is_draft(front_matter, names),
        main: true,
        ..Metadata::default()
    }
}

/// What front matter says that a post has in common with its translations.
fn translation_key(front_matter: &FrontMatter) -> Option<String> {
    const KEYS: [&str; 5] = [
        "translationKey",
        "translation_key",
        "translation_id",
        "page_id",
        "ref",
    ];
    let mut keys = KEYS.iter();
    let key = keys.find_map(|key| front_matter.get(key)?.value.as_filled_text())?;
    // No path has a blank before it.
    Some(format!(" {key}"))
}

/// The dates under names that rank behind the file name.
pub fn further_dates(
    front_matter: &FrontMatter,
    names: &Names,
    date_kind: impl Fn(&Field) -> DateOrigin,
) -> Vec<DateText> {
    names
        .published_too
        .iter()
        .filter(|key| !names.published.contains(key))
        .filter_map(|key| front_matter.get(key))
        .filter_map(|field| date(field, date_kind(field)))
        .collect()
}

/// The terms of taxonomies that the site has beside tags and categories.
pub(super) fn terms(
    front_matter: &FrontMatter,
    taxonomies: &[String],
) -> Vec<(String, Vec<String>)> {
    taxonomies
        .iter()
        .map(|name| {
            let keys = std::slice::from_ref(name);
            (
                name.clone(),
                list(front_matter, keys, Separator::Whole).names,
            )
        })
        .filter(|(_, terms)| !terms.is_empty())
        .collect()
}

/// The keys and values of a front matter that are strings, numbers and booleans.
pub(super) fn scalars(front_matter: &FrontMatter) -> Vec<(String, String)> {
    front_matter
        .fields
        .iter()
        .filter_map(|field| Some((field.key.clone(), field.value.as_filled_text()?)))
        .collect()
}

/// The date under one key, in the site's zone when it names none.
pub(super) fn date_of(front_matter: &FrontMatter, key: &str) -> Option<DateText> {
    date(front_matter.get(key)?, DateOrigin::FrontMatter)
}

fn text(field: &Field) -> Option<Text> {
    Some(Text {
        text: field.value.as_filled_text()?,
        line: field.line,
        column: field.column,
    })
}

/// The date of a field; `None` for a boolean: `published: false` is no date.
fn date(field: &Field, kind: DateOrigin) -> Option<DateText> {
    let is_state = matches!(field.value, Value::Bool(_))
        || matches!(&field.value, Value::String(_) if field.value.as_bool().is_some());
    if is_state {
        return None;
    }
    let text = text(field).unwrap_or_else(|| Text {
        text: "a list or map".to_owned(),
        line: field.line,
        column: field.column,
    });
    Some(DateText {
        text,
        origin: field.key.clone(),
        kind,
    })
}

/// The number of names up to which a linear search is faster than a hash.
const FEW: usize = 16;

/// Names of tags or categories, each once.
#[derive(Default)]
struct List {
    names: Vec<String>,
    /// All of them, where they are many.
    seen: HashSet<String>,
    /// What is there and is no name, such as `<b>`.
    nameless: Vec<String>,
}

fn list(front_matter: &FrontMatter, keys: &[String], separator: Separator) -> List {
    let mut list = List::default();
    for field in keys.iter().filter_map(|key| front_matter.get(key)) {
        // Jekyll takes a singular key as one name, blanks and all.
        let separator = match field.key.as_str() {
            "tag" | "category" if separator == Separator::Space => Separator::Comma,
            _ => separator,
        };
        list.collect(&field.value, Some(separator));
    }
    list
}

impl List {
    /// Adds the names in a value. Only a string that stands alone is split; one in a list is a
    /// name with its blanks and commas.
    fn collect(&mut self, value: &Value, separator: Option<Separator>) {
        match value {
            Value::List(items) => items.iter().for_each(|item| self.collect(item, None)),
            Value::Map(entries) => {
                if let Some(name) = value.text(&["name"]).or_else(|| value.text(&["title"])) {
                    self.add(&name);
                } else if let Some((key, _)) = entries.first() {
                    self.nameless.push(format!("{key}: …"));
                }
            }
            Value::Null => {}
            scalar => {
                let text = scalar.as_text().unwrap_or_default();
                match separator {
                    Some(Separator::Space | Separator::Comma) if text.contains(',') => {
                        text.split(',').for_each(|n| self.add(n))
                    }
                    Some(Separator::Space) => text.split_whitespace().for_each(|n| self.add(n)),
                    Some(Separator::Comma | Separator::Whole) | None => self.add(&text),
                }
            }
        }
    }

    fn is_new(&mut self, name: &str) -> bool {
        if self.names.len() < FEW {
            return !self.names.iter().any(|known| known == name);
        }
        if self.seen.is_empty() {
            self.seen.extend(self.names.iter().cloned());
        }
        self.seen.insert(name.to_owned())
    }

    fn add(&mut self, written: &str) {
        let name = plain(written);
        if name.is_empty() {
            if !written.trim().is_empty() {
                self.nameless.push(written.trim().to_owned());
            }
        } else if self.is_new(&name) {
            self.names.push(name);
        }
    }
}

/// An explicit id. `guid` is always one; `id` only when it is a URI, because many sites use the
/// name for numbers of their own.
fn id(front_matter: &FrontMatter, names: &Names) -> Option<Text> {
    names.id.iter().find_map(|key| {
        let text = front_matter.get(key).and_then(text)?;
        (key != "id" || is_uri(&text.text)).then_some(text)
    })
}

fn is_uri(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    scheme.len() < text.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !text.contains(char::is_whitespace)
}

/// Whether the post is marked as a draft in any way. A value that cannot be read as a boolean counts
/// as true: a post that appears too late can be corrected, but one that was sent cannot be recalled.
fn is_draft(front_matter: &FrontMatter, names: &Names) -> bool {
    let values = |key: &str| {
        front_matter
            .get(key)
            .map_or(&[][..], |field| field.value.items())
    };
    let says_yes = |key: &str| {
        values(key)
            .iter()
            .any(|value| value.as_bool().unwrap_or(true))
    };
    let hides = |value: &Value| {
        value.as_filled_text().is_some_and(|status| {
            matches!(
                status.to_ascii_lowercase().as_str(),
                "draft" | "hidden" | "private" | "skip" | "unpublished" | "pending"
            )
        })
    };
    names.draft.iter().any(|key| says_yes(key))
        || ["unlisted", "hidden", "private"].into_iter().any(|key| {
            values(key)
                .iter()
                .any(|value| value.as_bool() == Some(true))
        })
        || values("published")
            .iter()
            .any(|value| value.as_bool() == Some(false))
        || values("status").iter().any(hides)
}
