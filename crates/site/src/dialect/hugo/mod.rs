//! Reads sites of Hugo: content folders, bundles, languages, cascades and permalink patterns.
//!
//! The rules are those of Hugo, except that the times when a file was changed or committed
//! (`:fileModTime`, `:git`) are not used as dates, because they are not stable.

mod config;
mod hooks;
mod languages;
mod path;
mod place;
mod site;
mod tree;

use std::path::Path;

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{encode, slashed};
use regex::RegexSet;

use url::Url;

use crate::folder::Folder;
use crate::front_matter::{Format, FrontMatter, Syntax, Value};
use crate::source::Kind;

use self::hooks::Hooks;
use self::path::{PathStyle, Tokens, dated};
use self::place::{Base, Language, Pattern, Place, Root};
use self::tree::{Cascade, Tree};
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Dialect, Linked, Metadata, Names, NoPermalink,
    Options, Text, Undated, extension, is_hidden, other_format,
};

pub(super) use self::site::load;

/// A text in an address, as Hugo's `urlize` has it.
pub(crate) fn urlized(text: &str) -> String {
    PathStyle::default().text(text)
}

/// The rules of one Hugo site.
struct Hugo {
    options: Options,
    /// The file that configures the site.
    file: &'static str,
    style: PathStyle,
    /// By weight; empty for a site that names none.
    languages: Vec<Language>,
    /// The code of the language at the site's root.
    default: String,
    /// `defaultContentLanguageInSubdir`.
    in_subfolder: bool,
    /// Whether languages have hosts of their own, so that no path names one.
    multihost: bool,
    /// Content folders; the deepest first.
    roots: Vec<Root>,
    /// Sections whose pages are files and not folders; `*` for all.
    ugly: Vec<String>,
    permalinks: Vec<Pattern>,
    main_sections: Vec<String>,
    /// Taxonomies beside tags and categories.
    taxonomies: Vec<String>,
    date_keys: Vec<String>,
    updated_keys: Vec<String>,
    available_keys: Vec<String>,
    expires_keys: Vec<String>,
    cascade: Cascade,
    ignored: RegexSet,
    tree: Tree,
    hooks: Hooks,
    body: BodyStyle,
}

impl Hugo {
    fn is_multilingual(&self) -> bool {
        self.languages.iter().filter(|l| !l.disabled).count() > 1
    }

    fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }

    /// Whether a folder is entered and a file considered.
    fn may_hold_pages(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            return false;
        }
        match kind {
            Kind::Folder => {
                name != "node_modules"
                    && self
                        .roots
                        .iter()
                        .any(|root| path.starts_with(&root.folder) || root.folder.starts_with(path))
            }
            Kind::File => {
                let is_content = matches!(
                    extension(path).as_str(),
                    "md" | "markdown"
                        | "mdown"
                        | "html"
                        | "htm"
                        | "org"
                        | "adoc"
                        | "asciidoc"
                        | "ad"
                        | "rst"
                        | "pandoc"
                        | "pdc"
                );
                is_content
                    && !name.starts_with('#')
                    && !name.ends_with('~')
                    && !self.ignored.is_match(&format!("/site/{}", slashed(path)))
                    && self.root(path).is_some()
            }
        }
    }

    /// The front matter with what sections and site give it, by keys in lower case.
    fn with_cascade(&self, place: &Place, path: &Path, front_matter: &FrontMatter) -> FrontMatter {
        let mut all = front_matter.clone();
        all.any_case = true;
        // `params:` holds keys like those beside it.
        if let Some(params) = all.get("params").cloned() {
            for (key, value) in params.value.entries() {
                all.add_missing(key, value.clone(), (params.line, params.column));
            }
        }
        let logical = self.logical(place.folders.iter().chain([&place.name]));
        let folder = Self::section_folder(place, path);
        let cascaded = self.tree.cascaded(
            &folder,
            &place.language,
            &format!("/{logical}"),
            &self.cascade,
        );
        for (key, value) in cascaded {
            all.add_missing(&key, value, (0, 0));
        }
        all
    }

    /// The path that Hugo knows folders and pages by, in small letters.
    fn logical<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> String {
        let names = names.into_iter();
        let names = names.map(|name| self.style.name(name).to_lowercase());
        names.collect::<Vec<_>>().join("/")
    }

    /// The path that a language's pages lie below.
    fn language_prefix(&self, language: &str) -> String {
        if let Some(Base::Path(path)) = self.language(language).and_then(|own| own.base.as_ref()) {
            return path.clone();
        }
        let is_root = language == self.default && !self.in_subfolder;
        if is_root || self.multihost || (self.languages.is_empty() && !self.in_subfolder) {
            String::new()
        } else {
            format!("/{language}")
        }
    }

    /// The path of a page that no pattern is for.
    fn default_path(&self, place: &Place, path: &Path, slug: &str) -> String {
        let folders = self.folders(place, path).into_iter();
        let mut parts: Vec<String> = folders
            .map(
                |(name, section)| match section.and_then(|section| section.slug.as_ref()) {
                    Some(slug) => self.style.text(slug),
                    None => self.style.name(name),
                },
            )
            .collect();
        parts.push(if slug.is_empty() {
            self.style.name(&place.name)
        } else {
            self.style.text(slug)
        });
        parts.retain(|part| !part.is_empty());
        format!("/{}/", parts.join("/").trim_matches('/'))
    }

    fn is_ugly(&self, place: &Place) -> bool {
        let section = place.folders.first().map(|name| self.style.name(name));
        self.ugly
            .iter()
            .any(|name| name == "*" || Some(name) == section.as_ref())
    }
}

impl Dialect for Hugo {
    fn name(&self) -> &'static str {
        "hugo"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        self.may_hold_pages(path, kind)
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(&root.folder))
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let Some(place) = self.place(path) else {
            return false;
        };
        if place.is_section || is_hidden(path) || self.tree.is_resource(path, place.is_leaf) {
            return false;
        }
        // The home page is no post.
        if place.is_leaf && place.name.is_empty() {
            return false;
        }
        let extension = extension(path);
        if !matches!(
            extension.as_str(),
            "md" | "markdown" | "mdown" | "html" | "htm" | "adoc" | "asciidoc" | "org" | "rst"
        ) {
            other_format(path, "is not Markdown or HTML", diags);
            return false;
        }
        true
    }

    fn names(&self) -> Names {
        Names {
            published: self.date_keys.clone(),
            published_too: Vec::new(),
            updated: self.updated_keys.clone(),
            tags: keys(&["tags"]),
            categories: keys(&["categories"]),
            summary: keys(&["summary", "description", "excerpt"]),
            permalink: keys(&["url"]),
            language: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let Some(place) = self.place(path) else {
            return Metadata::default();
        };
        let front_matter = self.with_cascade(&place, path, front_matter);
        let mut metadata = fields::read(&front_matter, names, Separator::Whole, kind);
        metadata.terms = fields::terms(&front_matter, &self.taxonomies);
        let of_name = dated(&place.name);
        let day = of_name.as_ref().map(|(day, _)| &**day);
        metadata.published = published(&front_matter, &names.published, day);
        metadata.available = first_date(&front_matter, &self.available_keys);
        metadata.expires = first_date(&front_matter, &self.expires_keys);
        metadata.slug = metadata.slug.trim_matches('-').to_owned();
        let mut dates = metadata.published.iter();
        let date_is_named = dates
            .next()
            .is_some_and(|date| date.kind == DateOrigin::Name);
        if let Some((_, rest)) = of_name.filter(|_| date_is_named && metadata.slug.is_empty()) {
            rest.clone_into(&mut metadata.slug);
        }
        metadata.draft |= is_unlisted(&front_matter);
        let section = place.folders.first().map(|name| self.style.name(name));
        metadata.main = match &section {
            Some(section) => self.main_sections.contains(&section.to_lowercase()),
            None => self.main_sections.is_empty(),
        };
        metadata.collection = section.unwrap_or_else(|| "pages".to_owned());
        metadata.undated = Undated::Page;
        metadata.translation = place.language != self.default;
        metadata.translation_key = self.translation_key(&place, &front_matter);
        let language = self.language(&place.language);
        metadata.zone = language.and_then(|language| language.zone);
        if self.is_multilingual() {
            let name = language.map_or(&place.language, |language| &language.name);
            metadata.language = Some(Text {
                text: name.to_owned(),
                ..Text::default()
            });
        }
        metadata
    }

    fn base(&self, path: &Path) -> Option<&Url> {
        // The language of the site's own address is that of `site.url`.
        let place = self.place(path).filter(|_| self.multihost)?;
        let language = self.language(&place.language)?;
        match &language.base {
            Some(Base::Host(url)) if language.code != self.default => Some(url),
            _ => None,
        }
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let Some(place) = self.place(path) else {
            return Err(NoPermalink::Computed(slashed(path)));
        };
        let inner = place.folders.iter().chain([&place.name]).cloned();
        let inner = inner.collect::<Vec<_>>().join("/");
        if let Some(path) = self.options.configured(path, &inner, metadata, published) {
            return path;
        }
        let sections = self.sections(&place, path);
        let tokens = Tokens {
            style: self.style,
            published,
            title: metadata.title.as_ref().map_or("", |title| &title.text),
            slug: &metadata.slug,
            name: &place.name,
            sections: &sections,
        };
        let prefix = self.language_prefix(&place.language);
        if let Some(own) = &metadata.permalink {
            let filled = tokens.fill(&own.text).unwrap_or_else(|_| own.text.clone());
            let path = own_path(&filled);
            return Ok(if own.text.starts_with('/') {
                path
            } else {
                format!("{prefix}{path}")
            });
        }
        let own_patterns = self
            .language(&place.language)
            .and_then(|language| language.permalinks.as_ref());
        let section = self.logical(&place.folders);
        let pattern = own_patterns
            .unwrap_or(&self.permalinks)
            .iter()
            .find(|pattern| pattern.is_for(&section));
        let path = match pattern {
            Some(pattern) => tokens
                .permalink(&pattern.pattern)
                .map_err(NoPermalink::Placeholder)?,
            None => self.default_path(&place, path, &metadata.slug),
        };
        let path = encode(&path);
        Ok(if self.is_ugly(&place) {
            format!("{prefix}{}.html", path.trim_end_matches('/'))
        } else {
            format!("{prefix}{path}")
        })
    }

    fn knows_addresses(&self) -> bool {
        self.hooks.any()
    }

    fn page(&self, path: &Path, metadata: &Metadata) -> Option<String> {
        self.page_path(path, metadata)
    }

    fn linked(&self, link: &str, is_picture: bool, from: &Path, root: &Folder) -> Option<Linked> {
        self.hooked(link, is_picture, from, root)
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::Author
    }

    fn syntax(&self) -> Syntax {
        Syntax::LongFence
    }

    /// Versions up to 0.151 take the last of two keys in YAML.
    fn refuses_repeated_keys(&self, format: Format) -> bool {
        format == Format::Toml
    }
}

/// The dates of a page in the order of its keys, of which `:filename` stands for the day that its
/// name begins with.
fn published(front_matter: &FrontMatter, keys: &[String], day: Option<&str>) -> Vec<DateText> {
    let date = |key: &String| match key.as_str() {
        ":filename" => day.map(|day| DateText::of_name(day, "the file name")),
        key => fields::date_of(front_matter, key),
    };
    keys.iter().filter_map(date).collect()
}

/// The date of the first of several keys that has one.
fn first_date(front_matter: &FrontMatter, keys: &[String]) -> Option<DateText> {
    let mut keys = keys.iter();
    keys.find_map(|key| fields::date_of(front_matter, key))
}

/// Whether a page is headless, or its build options exclude it from lists or from rendering.
fn is_unlisted(front_matter: &FrontMatter) -> bool {
    let value = |key: &str| front_matter.get(key).map(|field| &field.value);
    let hides = |build: &Value| {
        let is_one_of = |key: &str, values: &[&str]| {
            let text = build.text(&[key]);
            text.is_some_and(|text| values.contains(&text.as_str()))
        };
        is_one_of("list", &["never", "local", "false"])
            || is_one_of("render", &["never", "link", "false"])
    };
    value("headless").and_then(Value::as_bool) == Some(true)
        || ["build", "_build"]
            .iter()
            .any(|key| value(key).is_some_and(hides))
}

/// The path that `url:` names: as it is written, with a slash at its end unless it is a file.
fn own_path(url: &str) -> String {
    let path = url
        .strip_suffix("index.html")
        .filter(|path| path.ends_with('/'))
        .unwrap_or(url);
    let path = path.trim_matches('/');
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    if path.is_empty() {
        "/".to_owned()
    } else if is_file && !url.ends_with('/') {
        format!("/{path}")
    } else {
        format!("/{path}/")
    }
}
