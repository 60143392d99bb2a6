//! Eleventy: folder data files, permalinks that are templates, and tags that mark collections.
//!
//! Configuration and data in JavaScript are read for their literals and never run. A permalink
//! that takes more than that is not known.

mod filters;
mod permalink;
mod site;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{encode, iso_day, slashed};
use globset::GlobSet;

use crate::front_matter::{Field, FrontMatter, Value};
use crate::source::Kind;

use self::permalink::Context;
use super::fields::{self, Separator};
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options,
    Text, Undated, other_format, stem,
};

pub(super) use self::site::{load, recognizes};

/// Folders and tags of these names are a site's posts.
const POSTS: [&str; 12] = [
    "post",
    "posts",
    "blog",
    "blogposts",
    "blog-post",
    "article",
    "articles",
    "news",
    "writing",
    "notes",
    "journal",
    "entries",
];

/// Tags that only put a page into a collection.
const MARKERS: [&str; 6] = ["all", "nav", "post", "posts", "tagList", "blog-post"];

/// The rules of one Eleventy site.
struct Eleventy {
    options: Options,
    /// `dir.input`.
    input: PathBuf,
    /// Folders within it that hold templates and data, and the output.
    reserved: Vec<PathBuf>,
    ignored: GlobSet,
    data: Data,
    /// Filters of the site's own that write a date, with the format.
    filters: HashMap<String, String>,
    /// Whether any folder or tag says which pages are posts.
    has_posts: bool,
    body: BodyStyle,
}

/// What data files give to the pages of a folder, or to one page.
#[derive(Debug, Default)]
struct Data {
    folders: HashMap<PathBuf, Layer>,
    /// By path without extension.
    files: HashMap<PathBuf, Layer>,
}

#[derive(Debug, Default, Clone)]
struct Layer {
    values: Vec<(String, Value)>,
    /// The file whose code computes the permalink.
    computed: Option<String>,
}

/// The values of a page, from all data files and its front matter.
struct Cascade {
    front_matter: FrontMatter,
    /// The tags that data files give.
    inherited: Vec<String>,
    computed: Option<String>,
}

impl Eleventy {
    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.input).ok()
    }

    /// The layers of a page, from the weakest to the strongest.
    fn layers(&self, path: &Path) -> Vec<&Layer> {
        let mut folders: Vec<&Path> = path.ancestors().skip(1).collect();
        folders.reverse();
        let above = folders
            .into_iter()
            .filter_map(|folder| self.data.folders.get(folder));
        above
            .chain(self.data.files.get(&path.with_extension("")))
            .collect()
    }

    fn cascade(&self, path: &Path, front_matter: &FrontMatter) -> Cascade {
        let mut all = front_matter.clone();
        let mut inherited: Vec<Value> = Vec::new();
        let mut computed = None;
        let overridden = |key: &str| front_matter.get(&format!("override:{key}")).is_some();
        for field in &mut all.fields {
            if let Some(key) = field.key.strip_prefix("override:") {
                field.key = key.to_owned();
            }
        }
        let own = |key: &str| front_matter.fields.iter().any(|field| field.key == key);
        let layers = self.layers(path);
        for layer in &layers {
            if layer.computed.is_some() || layer.values.iter().any(|(key, _)| key == "permalink") {
                computed.clone_from(&layer.computed);
            }
        }
        if own("permalink") {
            computed = None;
        }
        for layer in layers.into_iter().rev() {
            for (key, value) in &layer.values {
                if key == "tags" {
                    if !overridden("tags") {
                        inherited.splice(0..0, value.items().iter().cloned());
                    }
                } else {
                    all.add_missing(key, value.clone(), (0, 0));
                }
            }
        }
        if !inherited.is_empty() {
            let tags = Value::List(inherited.clone());
            match all.fields.iter_mut().find(|field| field.key == "tags") {
                Some(field) => {
                    let own = split(&field.value);
                    field.value = Value::List(inherited.iter().cloned().chain(own).collect());
                }
                None => all.fields.push(Field {
                    key: "tags".to_owned(),
                    value: tags,
                    line: 0,
                    column: 0,
                    quoted: false,
                }),
            }
        }
        Cascade {
            front_matter: all,
            inherited: inherited.iter().filter_map(Value::as_filled_text).collect(),
            computed,
        }
    }

    /// The address of a page that names none: its path, an `index` for its folder.
    fn default_path(inner: &Path) -> String {
        let folder = inner.parent().map(slashed).unwrap_or_default();
        let name = stem(inner);
        let last = folder.rsplit('/').next().unwrap_or_default();
        let path = if name == "index" || name == last {
            folder
        } else {
            format!("{folder}/{name}")
        };
        match path.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }
}

/// Tags of one page: a string is taken apart at commas.
fn split(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => text
            .split(',')
            .map(|name| Value::String(name.trim().to_owned()))
            .collect(),
        other => other.items().to_vec(),
    }
}

/// The first day that a path names, folders before the file.
fn day_of(path: &str) -> Option<&str> {
    (0..path.len()).find_map(|at| iso_day(path.get(at..)?))
}

/// A name without the date in front of it, wherever in the name that stands.
fn without_day(name: &str) -> &str {
    let Some(day) = day_of(name) else {
        return name;
    };
    let rest = name.split_once(day).map_or("", |(_, rest)| rest);
    rest.strip_prefix('-').unwrap_or(name)
}

impl Dialect for Eleventy {
    fn name(&self) -> &'static str {
        "eleventy"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self.ignored.is_match(path) || name == "node_modules" {
            return false;
        }
        match kind {
            Kind::Folder => {
                let is_reserved = self.reserved.iter().any(|folder| folder == path);
                let is_inside = self.inner(path).is_some() || self.input.starts_with(path);
                is_inside && !is_reserved && !name.starts_with('.')
            }
            Kind::File => {
                let is_text = [".md", ".html", ".njk", ".liquid"]
                    .iter()
                    .any(|extension| name.ends_with(extension));
                is_text && self.inner(path).is_some()
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        // A site whose pages lie in its own root has to hold its feeds there too.
        !self.input.as_os_str().is_empty() && self.inner(path).is_some()
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".md") {
            return true;
        }
        // Pages of the theme are templates too; only one with a date in its name is a post.
        let is_dated = day_of(&name).is_some();
        if is_dated && !name.ends_with(".html") {
            let what = "is a template, which feedwright does not run";
            other_format(path, what, diags);
            return false;
        }
        is_dated
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let cascade = self.cascade(path, front_matter);
        let mut all = cascade.front_matter;
        let says_when = |field: &Field| {
            let words = [
                "created",
                "last modified",
                "git created",
                "git last modified",
            ];
            let text = field.value.as_text().unwrap_or_default().to_lowercase();
            names.published.contains(&field.key) && words.contains(&text.as_str())
        };
        // The times of the file and of its commits say nothing that lasts.
        let is_worded = all.fields.iter().any(says_when);
        all.fields.retain(|field| !says_when(field));
        let mut metadata = fields::read(&all, names, Separator::Comma, kind);
        let inner = self.inner(path).unwrap_or(path);
        if let Some(day) = day_of(&slashed(path)).filter(|_| !is_worded) {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        }
        metadata
            .published
            .extend(fields::further_dates(&all, names, kind));
        let slug = match stem(inner) {
            "index" => inner.parent().map_or("", stem_of_folder),
            name => name,
        };
        if metadata.slug.is_empty() {
            metadata.slug = without_day(slug).to_owned();
        }
        let own_permalink = all.fields.iter().find(|field| field.key == "permalink");
        metadata.permalink = own_permalink.and_then(|field| {
            let text = field
                .value
                .text(&["build"])
                .or_else(|| field.value.as_filled_text())?;
            Some(Text {
                text,
                line: field.line,
                column: field.column,
            })
        });
        if own_permalink.is_some_and(|field| field.value == Value::Bool(false)) {
            metadata.draft = true;
            metadata.permalink = None;
        }
        metadata.computed_permalink = cascade.computed;
        let flag = |key: &str| all.get(key).and_then(|field| field.value.as_bool());
        let is_excluded = flag("eleventyExcludeFromCollections") == Some(true);
        let folders: Vec<String> = inner
            .parent()
            .map(slashed)
            .unwrap_or_default()
            .split('/')
            .map(|name| name.trim_start_matches('_').to_lowercase())
            .collect();
        let is_marked = metadata
            .tags
            .iter()
            .chain(&folders)
            .any(|name| POSTS.contains(&name.to_lowercase().as_str()));
        metadata.main = !is_excluded && (is_marked || !self.has_posts);
        metadata.markers = metadata
            .tags
            .iter()
            .filter(|tag| cascade.inherited.contains(tag) || MARKERS.contains(&tag.as_str()))
            .cloned()
            .collect();
        metadata.collection = folders
            .iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_else(|| "pages".to_owned());
        metadata.values = fields::scalars(&all);
        metadata.undated = if is_worded {
            Undated::LeftOut
        } else {
            Undated::Page
        };
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let inner = self.inner(path).unwrap_or(path);
        let bare = slashed(&inner.with_extension(""));
        // The pattern of feedwright's own configuration goes before what data files compute.
        let is_own = metadata.permalink.as_ref().is_some_and(|own| own.line > 0);
        let own = Metadata {
            permalink: metadata.permalink.clone().filter(|_| is_own),
            ..metadata.clone()
        };
        if let Some(path) = self.options.configured(path, &bare, &own, published) {
            return path;
        }
        if let Some(file) = &metadata.computed_permalink {
            return Err(NoPermalink::Computed(file.clone()));
        }
        let Some(template) = &metadata.permalink else {
            return Ok(encode(&Self::default_path(inner)));
        };
        let folder = inner.parent().map(slashed).unwrap_or_default();
        let name = without_day(stem(inner));
        let context = Context {
            published,
            file_slug: match stem(inner) {
                "index" => without_day(inner.parent().map_or("", stem_of_folder)),
                name => without_day(name),
            },
            file_path_stem: &format!("/{folder}/{name}").replace("//", "/"),
            input_path: &format!("./{}", slashed(path)),
            values: &metadata.values,
            filters: &self.filters,
        };
        let url = permalink::evaluate(&template.text, &context).map_err(NoPermalink::Computed)?;
        Ok(encode(&permalink::address(&url)))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::Utc
    }
}

fn stem_of_folder(folder: &Path) -> &str {
    folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let check = |path: &str, expected: &str| {
            assert_eq!(Eleventy::default_path(Path::new(path)), expected, "{path}");
        };
        check("d/2020-01-02-dated.md", "/d/2020-01-02-dated/");
        check("about/about.md", "/about/");
        check("index.md", "/");
        check("d/index.html", "/d/");
        assert_eq!(
            day_of("2021-03-04-dir/2022-05-06-post.md"),
            Some("2021-03-04")
        );
        assert_eq!(without_day("x-2020-01-02-mid"), "mid");
        assert_eq!(without_day("2020-01-02"), "2020-01-02");
        assert_eq!(without_day("plain"), "plain");
    }
}
