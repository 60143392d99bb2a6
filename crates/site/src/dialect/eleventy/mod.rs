//! Reads sites of Eleventy: folder data files, permalinks that are templates, and tags that mark
//! collections.
//!
//! Configuration and data in JavaScript are read for their literals and never run. A permalink
//! that takes more than that is not known.

mod cascade;
mod data;
mod filters;
mod folders;
mod layouts;
mod markdown_it;
mod permalink;
mod site;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{encode, iso_day, slashed};
use globset::GlobSet;

use crate::front_matter::{Field, FrontMatter, Value};
use crate::source::Kind;

use self::cascade::Data;
use self::permalink::Context;
use super::fields::{self, Separator};
use super::languages::Languages;
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options,
    Templates, Text, Undated, other_format, stem,
};

pub(super) use self::site::load;

/// The names of folders and tags that mark pages as posts.
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

/// The endings of templates with front matter. Those of the theme are among them, too: what has no
/// date is none of a post.
const TEMPLATES: [&str; 4] = [".md", ".html", ".njk", ".liquid"];

/// What files of code are called that list other pages.
const LISTS: [&str; 4] = ["index", "feed", "rss", "atom"];

/// The rules of one Eleventy site.
struct Eleventy {
    options: Options,
    /// `dir.input`.
    input: PathBuf,
    /// Folders within it that hold templates and data, and the output.
    reserved: Vec<PathBuf>,
    ignored: GlobSet,
    /// The endings of templates, without the first full stop: `templateFormats`.
    formats: Vec<String>,
    data: Data,
    /// Filters of the site's own that write a date, with the format.
    filters: HashMap<String, String>,
    /// All filters of the site's own.
    own_filters: HashSet<String>,
    /// Whether code changes the addresses of all pages.
    changes_urls: bool,
    /// Those that the i18n plugin has.
    languages: Languages,
    /// Whether any folder or tag says which pages are posts.
    has_posts: bool,
    body: BodyStyle,
}

impl Eleventy {
    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.input).ok()
    }

    /// The path on the site of a page without a permalink: that of its file, or of the folder for an
    /// `index`.
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
                let is_template = self.formats.iter().any(|format| {
                    let bare = name.strip_suffix(format.as_str());
                    bare.is_some_and(|bare| bare.ends_with('.'))
                });
                is_template && self.inner(path).is_some()
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        // A site whose pages lie in its own root has to hold its feeds there too.
        !self.input.as_os_str().is_empty() && self.inner(path).is_some()
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if TEMPLATES.iter().any(|ending| name.ends_with(ending)) {
            return true;
        }
        // Code has its date where only running it tells.
        let folders = folder_names(self.inner(path).unwrap_or(path));
        let is_among_posts = folders.iter().any(|name| POSTS.contains(&name.as_str()));
        if day_of(&name).is_some() || is_among_posts && !LISTS.contains(&stem_of_code(&name)) {
            let what = "is code, which feedwright does not run";
            other_format(path, what, diags);
        }
        false
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let cascade = self.data.cascade(path, front_matter);
        let mut all = cascade.front_matter;
        // The times of the file and of its commits say nothing that lasts.
        let is_of_file = |field: &Field| is_time_of_file(field, names);
        let takes_time_of_file = all.fields.iter().any(is_of_file);
        all.fields.retain(|field| !is_of_file(field));
        let mut metadata = fields::read(&all, names, Separator::Comma, kind);
        let inner = self.inner(path).unwrap_or(path);
        if let Some(day) = day_of(&slashed(path)).filter(|_| !takes_time_of_file) {
            let date = DateText::of_name(day, "the file name");
            metadata.published.push(date);
        }
        let further = fields::further_dates(&all, names, kind);
        metadata.published.extend(further);
        let engine = all.get("templateEngineOverride");
        metadata.templates = engine.map(|field| template_language(&field.value));
        if metadata.slug.is_empty() {
            metadata.slug = file_slug(inner).to_owned();
        }
        let permalink = all.fields.iter().find(|field| field.key == "permalink");
        metadata.permalink = permalink.and_then(permalink_text);
        if permalink.is_some_and(|field| field.value == Value::Bool(false)) {
            metadata.draft = true;
            metadata.permalink = None;
        }
        metadata.computed_permalink = cascade.computed;
        let flag = |key: &str| all.get(key).and_then(|field| field.value.as_bool());
        let is_excluded = flag("eleventyExcludeFromCollections") == Some(true);
        let folders = folder_names(inner);
        let mut names = metadata.tags.iter().chain(&folders);
        let is_marked = names.any(|name| POSTS.contains(&name.to_lowercase().as_str()));
        metadata.main = !is_excluded && (is_marked || !self.has_posts);
        let is_marker =
            |tag: &&String| cascade.inherited.contains(tag) || MARKERS.contains(&tag.as_str());
        metadata.markers = metadata.tags.iter().filter(is_marker).cloned().collect();
        self.languages.place(inner, &mut metadata);
        if metadata.translation_key.is_none() {
            metadata.translation_key = Some(self.languages.key(path));
        }
        let mut folders = folders.into_iter().filter(|name| !name.is_empty());
        metadata.collection = folders.next().unwrap_or_else(|| "pages".to_owned());
        metadata.values = fields::scalars(&all);
        let is_of_theme = !slashed(path).ends_with(".md");
        if is_of_theme && all.get("pagination").is_some() {
            // A list of other pages.
            metadata.published.clear();
        }
        metadata.undated = match takes_time_of_file {
            _ if is_of_theme => Undated::NoPost,
            true => Undated::LeftOut,
            false => Undated::Page,
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
        if self.changes_urls {
            let code = "`addUrlTransform` in the configuration";
            return Err(NoPermalink::Computed(code.to_owned()));
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
            file_slug: file_slug(inner),
            file_path_stem: &format!("/{folder}/{name}").replace("//", "/"),
            input_path: &format!("./{}", slashed(path)),
            values: &metadata.values,
            filters: &self.filters,
            own_filters: &self.own_filters,
        };
        let url = permalink::evaluate(&template.text, &context).map_err(NoPermalink::Computed)?;
        Ok(encode(&permalink::address(&url)))
    }

    fn judges_by_language(&self) -> bool {
        self.languages.is_one()
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::Utc
    }
}

/// The template language that a setting of Eleventy names for Markdown.
fn template_language(engine: &Value) -> Templates {
    let text = engine.as_text().unwrap_or_default();
    match text.split(',').map(str::trim).find(|name| *name != "md") {
        Some("njk") => Templates::Nunjucks,
        Some("" | "false" | "html") | None => Templates::Off,
        Some(_) => Templates::Eleventy,
    }
}

/// Whether a field takes the time of the file or of its commits as a date of the page.
fn is_time_of_file(field: &Field, names: &Names) -> bool {
    const WORDS: [&str; 4] = [
        "created",
        "last modified",
        "git created",
        "git last modified",
    ];
    let text = field.value.as_text().unwrap_or_default().to_lowercase();
    names.published.contains(&field.key) && WORDS.contains(&text.as_str())
}

/// The permalink of a page alone: a text, or the text of `build`.
fn permalink_text(field: &Field) -> Option<Text> {
    let build = field.value.text(&["build"]);
    Some(Text {
        text: build.or_else(|| field.value.as_filled_text())?,
        line: field.line,
        column: field.column,
    })
}

/// The names of the folders that a page lies in, without the underscores that they begin with.
fn folder_names(inner: &Path) -> Vec<String> {
    let folder = inner.parent().map(slashed).unwrap_or_default();
    let names = folder.split('/');
    names
        .map(|name| name.trim_start_matches('_').to_lowercase())
        .collect()
}

/// What Eleventy calls `fileSlug`: the name of a page without its date, or of the folder of an
/// `index`.
fn file_slug(inner: &Path) -> &str {
    let folder = || {
        inner
            .parent()
            .and_then(|folder| folder.file_name()?.to_str())
    };
    without_day(match stem(inner) {
        "index" => folder().unwrap_or_default(),
        name => name,
    })
}

/// The name of a file of code without its endings.
fn stem_of_code(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

/// The first day that a path names, folders before the file.
fn day_of(path: &str) -> Option<&str> {
    (0..path.len()).find_map(|at| iso_day(path.get(at..)?))
}

/// A name without its date and all that precedes it.
fn without_day(name: &str) -> &str {
    let Some(day) = day_of(name) else {
        return name;
    };
    let rest = name.split_once(day).map_or("", |(_, rest)| rest);
    rest.strip_prefix('-').unwrap_or(name)
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
