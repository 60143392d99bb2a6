//! Astro: content collections, and Markdown pages.
//!
//! An entry of a collection is published by a page with a parameter in its name, such as
//! `src/pages/blog/[...slug].astro`. The page is code and is not run; which collection it asks
//! for and that the parameter is the entry's id are read from its text. Where that is not so, the
//! permalink is not known.

mod site;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slug;

use crate::folder::Folder;
use crate::front_matter::{FrontMatter, Value};
use crate::settings::SiteDefaults;
use crate::source::Kind;

use self::site::Route;
use super::fields::{self, Separator};
use super::generator::variables;
use super::languages::Languages;
use super::names::keys;
use super::{
    BareLinks, BodyStyle, DateOrigin, DateText, Detected, Dialect, Engine, Metadata, Names,
    NoPermalink, Options, Templates, Undated, literals, stem,
};

const CONFIGS: [&str; 5] = [
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "astro.config.mts",
    "astro.config.cjs",
];

const CONTENT: &str = "src/content";
const PAGES: &str = "src/pages";

/// Collections of these names are a site's posts, where it has several.
const POSTS: [&str; 8] = [
    "blog", "posts", "post", "articles", "news", "writing", "notes", "journal",
];

struct Astro {
    options: Options,
    /// The folders of collections, by name.
    collections: Vec<(String, PathBuf)>,
    /// Where a collection's entries are published, by its name.
    routes: HashMap<String, Route>,
    /// Whether a page's address ends in a slash.
    slash: bool,
    /// Whether the site has a collection whose name says that it holds the posts.
    has_posts: bool,
    languages: Languages,
    body: BodyStyle,
}

pub(super) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let keys = [
        "site",
        "base",
        "integrations",
        "output",
        "trailingSlash",
        "build",
    ];
    let (file, config) =
        literals::first_javascript(root, &CONFIGS, &keys)?.unwrap_or((CONFIGS[0], Value::Null));
    let routes = site::routes(root, diags)?;
    let collections = site::collections(root)?;
    let has_posts = collections
        .iter()
        .any(|(name, _)| POSTS.contains(&name.as_str()));
    let slash = match config.text(&["trailingSlash"]).as_deref() {
        Some("never") => false,
        Some("always") => true,
        _ => config.text(&["build", "format"]).as_deref() != Some("file"),
    };
    let languages = Languages::of_i18n(&config);
    let mut defaults = SiteDefaults {
        file: Some(file.into()),
        url: config.text(&["site"]),
        base_path: config.text(&["base"]),
        computed_path: literals::computed(&config, "base"),
        language: config.text(&["i18n", "defaultLocale"]),
        timezone: Some("UTC".to_owned()),
        output: Some("public".into()),
        ..SiteDefaults::default()
    };
    languages.describe(if slash { "/" } else { "" }, &mut defaults);
    Ok(Detected {
        dialect: Box::new(Astro {
            collections,
            routes,
            slash,
            has_posts,
            languages,
            body: BodyStyle {
                engine: Engine::Remark,
                templates: Templates::Off,
                // Astro's Markdown makes punctuation typographic unless it is told not to.
                smart: options.smart_punctuation.unwrap_or_else(|| {
                    config.text(&["markdown", "smartypants"]).as_deref() != Some("false")
                }),
                bare_links: BareLinks::Gfm,
                admonitions: true,
                variables: variables(&config),
                ..BodyStyle::default()
            },
            options,
        }),
        defaults,
    })
}

/// The id of an entry: its path without extension, each part as GitHub makes anchors of headings.
fn id(inner: &Path) -> String {
    let bare = slashed(&inner.with_extension(""));
    let bare = bare.strip_suffix("/index").unwrap_or(&bare);
    bare.split('/')
        .map(slug::github)
        .collect::<Vec<_>>()
        .join("/")
}

impl Astro {
    /// The collection of a file and its path there; a page has no collection.
    fn place<'a>(&self, path: &'a Path) -> (Option<String>, &'a Path) {
        if let Ok(inner) = path.strip_prefix(PAGES) {
            return (None, inner);
        }
        for folder in &self.options.folders {
            if let Ok(inner) = path.strip_prefix(folder) {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                return (Some(name.into_owned()), inner);
            }
        }
        let mut collections = self.collections.iter();
        let found = collections
            .find_map(|(name, folder)| Some((name.clone(), path.strip_prefix(folder).ok()?)));
        found.map_or((None, path), |(name, inner)| (Some(name), inner))
    }
}

impl Dialect for Astro {
    fn name(&self) -> &'static str {
        "astro"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(['_', '.']) || name == "node_modules" {
            return false;
        }
        let mut folders = self
            .collections
            .iter()
            .map(|(_, folder)| folder.as_path())
            .chain([Path::new(PAGES)])
            .chain(self.options.folders.iter().map(PathBuf::as_path));
        match kind {
            Kind::Folder => {
                folders.any(|folder| folder.starts_with(path) || path.starts_with(folder))
            }
            Kind::File => {
                let extension = path.extension().unwrap_or_default();
                let is_text = ["md", "mdx", "markdown", "mdoc"]
                    .iter()
                    .any(|e| extension == *e);
                is_text && folders.any(|folder| path.starts_with(folder))
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        path.starts_with(PAGES) || self.place(path).0.is_some()
    }

    fn is_post(&self, _path: &Path, _diags: &mut Diagnostics) -> bool {
        true
    }

    fn names(&self) -> Names {
        Names {
            published: keys(&[
                "pubDate",
                "pubDatetime",
                "publishDate",
                "publishedDate",
                "publishedAt",
                "published",
                "datePublished",
                "date",
                "postedAt",
                "added",
                "datetime",
            ]),
            updated: keys(&[
                "updatedDate",
                "modDatetime",
                "updated",
                "updatedAt",
                "lastUpdated",
                "lastModified",
                "dateModified",
            ]),
            permalink: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(front_matter, names, Separator::Comma, kind);
        metadata
            .published
            .extend(fields::further_dates(front_matter, names, kind));
        let (collection, inner) = self.place(path);
        let name = stem(path);
        if let Some((day, _)) = feedwright_base::permalink::dated_name(name) {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        }
        if metadata.slug.is_empty() {
            metadata.slug = id(inner);
        }
        metadata.main = match &collection {
            Some(name) => !self.has_posts || POSTS.contains(&name.as_str()),
            None => !self.has_posts,
        };
        self.languages.place(inner, &mut metadata);
        if metadata.translation_key.is_none() {
            metadata.translation_key = Some(self.languages.key(path));
        }
        metadata.values = fields::scalars(front_matter);
        metadata.collection = collection.unwrap_or_else(|| "pages".to_owned());
        metadata.undated = Undated::Page;
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let (collection, inner) = self.place(path);
        let bare = slashed(&inner.with_extension(""));
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        let path = match collection {
            None => bare.strip_suffix("index").unwrap_or(&bare).to_owned(),
            Some(name) => match self.routes.get(&name) {
                Some(Route::Below(below)) => format!("{below}/{}", metadata.slug),
                Some(Route::ByKey(below, key)) => {
                    let mut values = metadata.values.iter();
                    let value = values.find(|(known, _)| known == key);
                    let (_, value) = value.ok_or_else(|| {
                        NoPermalink::Computed(format!("the key `{key}`, which the post lacks"))
                    })?;
                    format!("{below}/{value}")
                }
                Some(Route::Computed(page)) => return Err(NoPermalink::Computed(page.clone())),
                None => {
                    let what = format!("a page of `{PAGES}` that shows the collection `{name}`");
                    return Err(NoPermalink::Computed(what));
                }
            },
        };
        let path = path.trim_matches('/');
        Ok(if self.slash && !path.is_empty() {
            format!("/{path}/")
        } else {
            format!("/{path}")
        })
    }

    fn judges_by_language(&self) -> bool {
        self.languages.is_one()
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let check = |path: &str, expected: &str| assert_eq!(id(Path::new(path)), expected);
        check("First Post.md", "first-post");
        check("a/B c/index.mdx", "a/b-c");
        check("Hello, World!.md", "hello-world");
    }
}
