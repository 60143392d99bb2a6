//! Reads sites of Pelican: `Key: value` metadata, and settings that are a Python file.
//!
//! The settings are read for their literals and never run. Markdown and HTML articles are
//! posts; reStructuredText is named and left out.

mod pattern;
mod site;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::date::{Timestamp, Zone};
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{self, encode, slashed};
use feedwright_base::slice::Slice;
use regex::Regex;
use url::Url;

use crate::front_matter::{Format, FrontMatter, Syntax, Value};
use crate::source::Kind;

use self::pattern::{Slugs, fill};
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options,
    Undated, is_other_markup, other_markup, stem,
};

pub(super) use self::pattern::formatted;
pub(super) use self::site::load;

/// The rules of one Pelican site.
struct Pelican {
    options: Options,
    /// `PATH`.
    content: PathBuf,
    /// `ARTICLE_PATHS`, within the content.
    articles: Vec<PathBuf>,
    /// `ARTICLE_EXCLUDES` and `PAGE_PATHS`.
    excluded: Vec<PathBuf>,
    /// `IGNORE_FILES`.
    ignored: globset::GlobSet,
    /// The endings that `READERS` gives nothing to read with.
    unread: Vec<String>,
    /// `FILENAME_METADATA` and `PATH_METADATA`.
    file_metadata: Option<Regex>,
    path_metadata: Option<Regex>,
    /// `EXTRA_PATH_METADATA`, by file or folder.
    extra_metadata: Vec<(String, Value)>,
    /// `DEFAULT_METADATA`.
    default_metadata: Value,
    /// `DEFAULT_DATE`, where it is a date.
    default_date: Option<String>,
    default_category: String,
    folder_is_category: bool,
    /// `DEFAULT_LANG`.
    language: String,
    slugs: Slugs,
    /// `SLUGIFY_SOURCE` is `basename`.
    slug_of_name: bool,
    /// The settings of addresses that only code gives.
    computed: Vec<&'static str>,
    article_url: String,
    /// The host that articles have of their own.
    article_base: Option<Url>,
    article_lang_url: String,
    draft_url: String,
    draft_lang_url: String,
    body: BodyStyle,
}

impl Pelican {
    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let mut folders = self.options.folders.iter();
        if let Some(inner) = folders.find_map(|folder| path.strip_prefix(folder).ok()) {
            return Some(inner);
        }
        path.strip_prefix(&self.content).ok()
    }

    /// Whether a path within the content is one of articles.
    fn is_article(&self, inner: &Path) -> bool {
        let listed = self.articles.is_empty()
            || self
                .articles
                .iter()
                .any(|folder| inner.starts_with(folder) || folder.starts_with(inner));
        listed && !self.excluded.iter().any(|folder| inner.starts_with(folder))
    }

    /// The metadata of a file with those that its place gives it.
    fn with_place(&self, path: &Path, mut all: FrontMatter) -> FrontMatter {
        // A key without a value is no key.
        all.fields
            .retain(|field| field.value.as_text().is_none_or(|text| !text.is_empty()));
        for (key, value) in self.of_place(self.inner(path).unwrap_or(path)) {
            all.add_missing(&key, value, (0, 0));
        }
        for field in &mut all.fields {
            let mut lists = ["tags", "authors"].iter();
            let is_list = lists.any(|key| field.key.eq_ignore_ascii_case(key));
            if let Some(text) = field.value.as_text().filter(|_| is_list) {
                field.value = Value::List(listed(&text));
            }
        }
        all
    }

    /// The keys that the place of a file gives it, the strongest first.
    fn of_place(&self, inner: &Path) -> Vec<(String, Value)> {
        let mut values: Vec<(String, Value)> = Vec::new();
        let mut add = |key: &str, value: Value| {
            let key = key.to_lowercase();
            if !values.iter().any(|(known, _)| *known == key) {
                values.push((key, value));
            }
        };
        let path = slashed(inner);
        for (pattern, text) in [
            (&self.file_metadata, stem(inner)),
            (&self.path_metadata, path.as_str()),
        ] {
            let Some((pattern, found)) = pattern
                .as_ref()
                .and_then(|pattern| Some((pattern, pattern.captures(text)?)))
            else {
                continue;
            };
            for key in pattern.capture_names().flatten() {
                if let Some(part) = found.name(key) {
                    add(key, Value::String(part.as_str().to_owned()));
                }
            }
        }
        let folder = inner.parent().and_then(|folder| folder.file_name());
        if let Some(folder) = folder.filter(|_| self.folder_is_category) {
            add(
                "category",
                Value::String(folder.to_string_lossy().into_owned()),
            );
        }
        // The file itself counts more than the folders it lies in.
        for above in inner.ancestors() {
            let name = slashed(above);
            for (key, value) in &self.extra_metadata {
                if *key == name {
                    value
                        .entries()
                        .iter()
                        .for_each(|(key, value)| add(key, value.clone()));
                }
            }
        }
        if let Some(date) = &self.default_date {
            add("date", Value::String(date.clone()));
        }
        for (key, value) in self.default_metadata.entries() {
            add(key, value.clone());
        }
        add("category", Value::String(self.default_category.clone()));
        values
    }
}

impl Dialect for Pelican {
    fn name(&self) -> &'static str {
        "pelican"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self.ignored.is_match(name.as_ref()) {
            return false;
        }
        match (self.inner(path), kind) {
            (Some(inner), Kind::Folder) => {
                inner.as_os_str().is_empty()
                    || (self.is_article(inner) && name != "node_modules" && !name.starts_with('.'))
            }
            (None, Kind::Folder) => {
                let mut folders = self.options.folders.iter().chain([&self.content]);
                folders.any(|folder| folder.starts_with(path))
            }
            (Some(inner), Kind::File) => {
                let extension = path.extension().unwrap_or_default().to_string_lossy();
                let is_text = matches!(
                    extension.as_ref(),
                    "md" | "markdown" | "mkd" | "mdown" | "html" | "htm"
                );
                let is_read = !self.unread.iter().any(|unread| **unread == *extension);
                is_read && (is_text || other_markup(path).is_some()) && self.is_article(inner)
            }
            (None, Kind::File) => false,
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        // A site whose articles lie in its own root has to hold its feeds there too.
        !self.content.as_os_str().is_empty() && self.inner(path).is_some()
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        !is_other_markup(path, &["reStructuredText"], diags)
    }

    fn names(&self) -> Names {
        Names {
            published_too: Vec::new(),
            updated: keys(&["modified"]),
            tags: keys(&["tags"]),
            categories: keys(&["category"]),
            summary: keys(&["summary"]),
            permalink: keys(&["url"]),
            language: keys(&["lang"]),
            ..Names::default()
        }
    }

    fn syntax(&self) -> Syntax {
        Syntax::Headers
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let mut own = front_matter.clone();
        own.any_case = true;
        let has_date = own.get("date").is_some();
        let has_slug = own.get("slug").is_some();
        let all = self.with_place(path, own);
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(&all, names, Separator::Whole, kind);
        for date in metadata.published.iter_mut().chain(&mut metadata.updated) {
            date.text.text = written_out(&date.text.text);
        }
        if !has_date && let Some(date) = metadata.published.first_mut() {
            // It comes from the file's name, or from the settings.
            let text = date.text.text.replace('_', " ");
            *date = DateText::of_name(&text, "the file name");
        }
        let title = metadata.title.as_ref().map(|title| title.text.as_str());
        if metadata.slug.is_empty() {
            let source = title.filter(|_| !self.slug_of_name);
            metadata.slug = self.slugs.slug(source.unwrap_or_else(|| stem(path)));
        } else if !has_slug {
            // One that a path gives is taken as it is.
            metadata.slug = metadata.slug.trim().to_owned();
        }
        let text = |key: &str| all.get(key)?.value.as_filled_text();
        metadata.unpublished = unpublished(text("status"), title.is_some());
        let language = metadata.language.as_ref();
        metadata.translation = language.is_some_and(|language| language.text != self.language);
        // Pelican finds translations by their slugs, whatever is said of their languages.
        metadata.translation_key = Some(metadata.slug.clone());
        let category = metadata.categories.first().cloned();
        metadata.collection = category.unwrap_or_else(|| self.default_category.clone());
        metadata.values = fields::scalars(&all);
        for (key, _) in &mut metadata.values {
            key.make_ascii_lowercase();
        }
        let zone = text("timezone").and_then(|name| name.parse().ok());
        metadata.zone = zone.map(Zone::Named);
        metadata.undated = Undated::LeftOut;
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
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        if let Some(own) = &metadata.permalink {
            return Ok(encode(&format!("/{}", own.text.trim_start_matches('/'))));
        }
        let (setting, pattern) = match (metadata.draft, metadata.translation) {
            (false, false) => ("ARTICLE_URL", &self.article_url),
            (false, true) => ("ARTICLE_LANG_URL", &self.article_lang_url),
            (true, false) => ("DRAFT_URL", &self.draft_url),
            (true, true) => ("DRAFT_LANG_URL", &self.draft_lang_url),
        };
        if self.computed.contains(&setting) {
            return Err(NoPermalink::Computed(format!(
                "`{setting}` in the settings"
            )));
        }
        let value = |key: &str| match key {
            "slug" => Some(metadata.slug.clone()),
            "lang" => Some(
                metadata
                    .language
                    .as_ref()
                    .map_or_else(|| self.language.clone(), |language| language.text.clone()),
            ),
            "category" => metadata
                .categories
                .first()
                .map(|name| self.slugs.slug(name)),
            "author" => metadata
                .authors
                .first()
                .map(|person| self.slugs.slug(&person.name)),
            "path" => Some(slashed(inner)),
            key => {
                let values = metadata.values.iter();
                let mut found = values.filter(|(known, _)| known == key);
                found.next().map(|(_, value)| value.clone())
            }
        };
        let path = fill(pattern, published, value).map_err(NoPermalink::Placeholder)?;
        Ok(encode(&format!("/{}", path.trim_start_matches('/'))))
    }

    fn base(&self, _: &Path) -> Option<&Url> {
        self.article_base.as_ref()
    }

    /// A `tag:` URI (RFC 4151) of the permalink's host, the post's day and the permalink's path.
    fn first_id(
        &self,
        url: &Url,
        _site: &Url,
        _metadata: &Metadata,
        published: Timestamp,
    ) -> Option<String> {
        let host = url.host_str()?;
        let day = published.day().format("%Y-%m-%d");
        let path = permalink::decode(url.path()).unwrap_or_else(|| url.path().to_owned());
        Some(format!("tag:{host},{day}:{path}"))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::Author
    }

    fn refuses_repeated_keys(&self, _format: Format) -> bool {
        false
    }
}

/// Why Pelican does not publish an article, by its status and whether it has a title.
fn unpublished(status: Option<String>, has_title: bool) -> Option<&'static str> {
    match status.map(|status| status.to_lowercase()).as_deref() {
        None | Some("published" | "hidden" | "draft" | "skip") => {
            (!has_title).then_some("it has no title")
        }
        Some(_) => Some("its status is none that Pelican knows"),
    }
}

/// A date with hyphens in place of full stops or of nothing: `2020.01.02`, `20200102`.
fn written_out(text: &str) -> String {
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let is_number = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let day = if is_number {
        format!("{}-{}-{}", day.slice(..4), day.slice(4..6), day.slice(6..))
    } else if day
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        // With the year last, the month comes first.
        let year_is_first = day.split('.').next().is_some_and(|part| part.len() == 4);
        day.replace('.', if year_is_first { "-" } else { "/" })
    } else {
        return text.to_owned();
    };
    format!("{day} {time}").trim_end().to_owned()
}

/// Splits names in one string, at semicolons where there are any, else at commas.
fn listed(text: &str) -> Vec<Value> {
    let sign = if text.contains(';') { ';' } else { ',' };
    text.split(sign)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Value::String(name.to_owned()))
        .collect()
}
