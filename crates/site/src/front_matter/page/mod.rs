//! Reads what a page of a rendered site says of itself, as if it were front matter.
//!
//! Each statement is a field under the name of the place where it stands: `json-ld datePublished`,
//! `meta article:published_time`, `h-entry dt-published`, `itemprop headline`, `link canonical`,
//! `time`. Which of them counts is said by the names of the dialect, or by `content.fields`.

mod dates;
mod json_ld;
mod links;
mod marks;
mod reader;
mod scan;
mod words;

use std::path::Path;

use feedwright_base::text::one_line;

pub use self::dates::published;
use self::dates::{DATES, Dates, is_date, is_published};
use self::json_ld::Found;
use self::scan::{Entry, Scan};

use super::{Field, Value};

/// The field that a page has which says that it is an article, or shows one.
pub const ARTICLE: &str = "article";

/// The field that a page has which shows its date to readers.
pub const SHOWN: &str = "shown date";

/// The field that a page has whose linked data say that it is an article, or cannot be read.
pub const TYPED: &str = "linked article";

/// The fields of a page that only leads to another one.
pub const REDIRECT: &str = "redirect";

/// The fields that list tags.
pub const TAGS: [&str; 7] = [
    "meta article:tag",
    "meta og:article:tag",
    "meta tags",
    "meta parsely-tags",
    "json-ld keywords",
    "itemprop keywords",
    "h-entry p-category",
];

/// What stands between a page's own title and the site's, in its title.
pub const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » "];

/// Whether a page says that it is one post and when it was published.
pub fn is_post(fields: &[Field]) -> bool {
    let is_date = |field: &Field| is_published(&field.key);
    fields.iter().any(is_date) && !fields.iter().any(|field| field.key == REDIRECT)
}

/// The fields of a page that lies in this file.
pub fn fields(html: &str, path: &Path) -> Vec<Field> {
    let scan = reader::scan(html, own_name(path));
    let mut fields = Fields {
        html,
        all: Vec::new(),
    };
    fields.of(&scan);
    fields.all
}

/// The last part of the address of a page in a file.
fn own_name(path: &Path) -> &str {
    let is_index = path.file_name().is_some_and(|name| name == "index.html");
    let path = if is_index {
        path.parent().unwrap_or(path)
    } else {
        path
    };
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

struct Fields<'h> {
    html: &'h str,
    all: Vec<Field>,
}

impl Fields<'_> {
    fn of(&mut self, scan: &Scan) {
        if scan.is_redirect {
            self.add(REDIRECT, Value::Bool(true));
        }
        let texts = [
            ("lang", &scan.language),
            ("link canonical", &scan.canonical),
            ("link author", &scan.author),
        ];
        for (key, text) in texts {
            self.add_text(key, text.as_deref());
        }
        for (name, says) in &scan.metas {
            let key = format!("meta {name}");
            let is_date = DATES.contains(&name.as_str());
            // A name that is repeated lists.
            let known = self.all.iter_mut().find(|field| field.key == key);
            match known {
                None if is_date => {}
                None => self.add_text(&key, Some(says)),
                Some(field) => add_item(&mut field.value, says),
            }
        }
        let found = json_ld::find(
            &scan.linked_data,
            scan.canonical.as_deref(),
            scan.title.as_deref(),
        );
        if let Found::Post(properties) = &found {
            for (name, value) in properties {
                if !is_date(name) {
                    self.add(&format!("json-ld {name}"), value.clone());
                }
            }
        }
        // A reply below is an entry of its own.
        let entry = scan.entries.first().filter(|entry| {
            let is_only = scan.entries.len() == 1;
            !scan.lists(entry) && (is_only || scan.first_heads())
        });
        if let Some(entry) = entry {
            for (name, says) in &entry.properties {
                if !is_date(name) {
                    self.add_text(&property(entry, name), Some(says));
                }
            }
        }
        self.titles(scan);
        self.tags(scan);
        let dates = Dates::of(scan, &found, entry);
        if dates.is_shown {
            self.add(SHOWN, Value::Bool(true));
        }
        for (key, text) in dates.stated {
            if !self.all.iter().any(|field| field.key == key) {
                self.add_text(&key, Some(&text));
            }
        }
        if matches!(found, Found::Post(_) | Found::Broken) {
            self.add(TYPED, Value::Bool(true));
        }
        if is_article(scan, &found) {
            self.add(ARTICLE, Value::Bool(true));
        }
    }

    /// Adds the titles, without that of the site.
    fn titles(&mut self, scan: &Scan) {
        let site = meta(scan, "og:site_name");
        let own = |title: &str| without_site(&one_line(title), site);
        let shown = meta(scan, "og:title");
        let titles = [shown, scan.title.as_deref(), self.text("json-ld headline")];
        let titles: Vec<String> = titles.into_iter().flatten().map(one_line).collect();
        let is_site = |heading: &str| site.is_some_and(|site| one_line(site) == heading);
        let is_title = |heading: &str| titles.iter().any(|title| title == heading);
        let begins_title = |heading: &str| titles.iter().any(|title| title.starts_with(heading));
        let in_title = |heading: &str| titles.iter().any(|title| title.contains(heading));
        let tests: [&dyn Fn(&str) -> bool; 3] = [&is_title, &begins_title, &in_title];
        let own_headings = || {
            scan.headings
                .iter()
                .filter(|heading| !is_site(&heading.text))
        };
        let heading = tests
            .iter()
            .find_map(|test| own_headings().find(|heading| test(&heading.text)));
        let heading = heading.or(match scan.headings.as_slice() {
            [only] if titles.is_empty() => Some(only),
            _ => None,
        });
        // What is read here is text, in which a character that begins a tag is none.
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        if let Some(heading) = heading {
            self.add_text("h1", Some(&escaped(&heading.text)));
        }
        for key in ["meta og:title", "meta twitter:title"] {
            if let Some(field) = self.all.iter_mut().find(|field| field.key == key)
                && let Some(title) = field.value.as_filled_text()
            {
                field.value = Value::String(escaped(&own(&title)));
            }
        }
        self.add_text(
            "title",
            scan.title
                .as_deref()
                .map(|title| escaped(&own(title)))
                .as_deref(),
        );
    }

    /// Adds the tags by the first place that has some.
    fn tags(&mut self, scan: &Scan) {
        let mut fields = self.all.iter();
        let has_own = fields.any(|field| TAGS.contains(&field.key.as_str()));
        if !has_own && !scan.tags.is_empty() {
            let tags = scan.tags.iter().cloned().map(Value::String).collect();
            self.add("link tag", Value::List(tags));
        }
    }

    /// The text of a field.
    fn text(&self, key: &str) -> Option<&str> {
        let field = self.all.iter().find(|field| field.key == key)?;
        match &field.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn add_text(&mut self, key: &str, text: Option<&str>) {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return;
        };
        // A property that is repeated lists.
        if let Some(field) = self.all.iter_mut().find(|field| field.key == key) {
            add_item(&mut field.value, text);
        } else {
            self.add(key, Value::String(text.to_owned()));
        }
    }

    fn add(&mut self, key: &str, value: Value) {
        let line = match &value {
            Value::String(text) => self.html.find(text.as_str()).map_or(1, |at| {
                let before = self.html.get(..at).unwrap_or_default();
                1 + before.matches('\n').count()
            }),
            _ => 1,
        };
        self.all.push(Field {
            key: key.to_owned(),
            value,
            line,
            column: 0,
            quoted: true,
        });
    }
}

/// Adds to a value that lists.
fn add_item(value: &mut Value, text: &str) {
    let item = Value::String(text.to_owned());
    match value {
        Value::List(items) => {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        first if *first == item => {}
        first => *first = Value::List(vec![std::mem::take(first), item]),
    }
}

fn meta<'s>(scan: &'s Scan, name: &str) -> Option<&'s str> {
    let found = scan.metas.iter().find(|(own, _)| own == name);
    found.map(|(_, says)| says.as_str())
}

/// The name of a field with a property of an entry.
fn property(entry: &Entry, name: &str) -> String {
    let kind = if entry.is_microdata {
        "itemprop"
    } else {
        "h-entry"
    };
    format!("{kind} {name}")
}

/// Whether a page says that it is an article, be it dated or not.
fn is_article(scan: &Scan, found: &Found) -> bool {
    let is_typed = meta(scan, "og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    matches!(found, Found::Post(_)) || is_typed || scan.entries.len() == 1
}

/// A title without that of the site, which stands before or behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site.map(one_line).filter(|site| !site.is_empty()) else {
        return title.to_owned();
    };
    for separator in SEPARATORS {
        let own = title
            .strip_suffix(&format!("{separator}{site}"))
            .or_else(|| title.strip_prefix(&format!("{site}{separator}")));
        if let Some(own) = own {
            return own.to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests;
