//! Astro: content collections, and Markdown pages.
//!
//! An entry of a collection is published by a page with a parameter in its name, such as
//! `src/pages/blog/[...slug].astro`. The page is code and is not run; which collection it asks
//! for, by which simple conditions it filters them and that the parameter is the entry's id are read from
//! its text. Where that is not so, it is not known whether a post is shown, or where.

mod code;
mod collections;
mod condition;
mod flow;
mod folders;
mod operand;
mod place;
mod predicate;
mod routes;
mod schema;
mod tokens;

use std::path::Path;

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slug;
use url::Url;

use crate::folder::Folder;
use crate::front_matter::{FrontMatter, Value};
use crate::settings::SiteDefaults;
use crate::source::{self, Kind};

use self::collections::Collection;
use self::folders::Folders;
use self::routes::Routes;
use super::fields::{self, Separator};
use super::generator::variables;
use super::languages::Languages;
use super::names::keys;
use super::own_feeds;
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

/// Keys of the date that a post is published at.
const PUBLISHED: [&str; 11] = [
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
];

/// Collections of these names are a site's posts, where it has several.
const POSTS: [&str; 8] = [
    "blog", "posts", "post", "articles", "news", "writing", "notes", "journal",
];

struct Astro {
    options: Options,
    folders: Folders,
    collections: Vec<Collection>,
    /// The pages that show each collection, by its name.
    routes: Routes,
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
        "srcDir",
        "publicDir",
        "site",
        "base",
        "integrations",
        "output",
        "trailingSlash",
        "build",
    ];
    let (file, config) =
        literals::first_javascript(root, &CONFIGS, &keys)?.unwrap_or((CONFIGS[0], Value::Null));
    let text = source::read_setting(root, file)?.unwrap_or_default();
    let folders = Folders::read(root, &config, &text)?;
    let routes = routes::routes(root, &folders, diags)?;
    let collections = collections::collections(root, &folders, diags)?;
    if options.permalink.is_some() {
        routes::warn_of_filters(&routes, diags);
    }
    let has_posts = collections
        .iter()
        .any(|collection| POSTS.contains(&collection.name.as_str()));
    let slash = match config.text(&["trailingSlash"]).as_deref() {
        Some("never") => false,
        Some("always") => true,
        _ => config.text(&["build", "format"]).as_deref() != Some("file"),
    };
    let languages = Languages::of_i18n(&config);
    let feed = feed_page(root, &folders.pages)?;
    let mut defaults = SiteDefaults {
        file: Some(file.into()),
        title: feed.text(&["title"]),
        description: feed.text(&["description"]),
        url: config.text(&["site"]).map(|site| without_path(&site)),
        base_path: config.text(&["base"]),
        computed_path: literals::computed(&config, "base"),
        language: config.text(&["i18n", "defaultLocale"]),
        timezone: Some("UTC".to_owned()),
        output: Some(folders.public.clone()),
        copied: vec![folders.public.clone()],
        own_feeds: own_feeds::astro(root, &slashed(&folders.pages)),
        ..SiteDefaults::default()
    };
    languages.describe(if slash { "/" } else { "" }, &mut defaults);
    Ok(Detected {
        dialect: Box::new(Astro {
            folders,
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

/// What a page gives to `rss()` of Astro's package for feeds.
fn feed_page(root: &Folder, pages: &Path) -> Result<Value, Error> {
    for name in ["rss.xml.js", "rss.xml.ts", "feed.xml.js", "feed.xml.ts"] {
        if let Some(text) = source::read_setting(root, &slashed(&pages.join(name)))? {
            return Ok(literals::argument(&text, "rss("));
        }
    }
    Ok(Value::default())
}

/// The address of the site without a path: Astro takes the path from `base` alone.
fn without_path(site: &str) -> String {
    match Url::parse(site) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => site.to_owned(),
    }
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

impl Dialect for Astro {
    fn name(&self) -> &'static str {
        "astro"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name == "node_modules" {
            return false;
        }
        let is_private = name.starts_with('_');
        let is_page = path.starts_with(&self.folders.pages);
        match kind {
            Kind::Folder => {
                let is_near = |folder: &Path| folder.starts_with(path) || path.starts_with(folder);
                !(is_page && is_private) && self.all_folders().any(is_near)
            }
            Kind::File => {
                let extension = path.extension().unwrap_or_default();
                let is_text = ["md", "mdx", "markdown", "mdoc"]
                    .iter()
                    .any(|e| extension == *e);
                let is_taken = if is_page {
                    !is_private
                } else if self.collections.iter().any(|c| path.starts_with(&c.base)) {
                    self.entry(path).is_some()
                } else {
                    // Posts are said to be here, and no collection says otherwise.
                    !is_private
                };
                is_text && is_taken && self.all_folders().any(|folder| path.starts_with(folder))
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        // A pattern may take files of the whole site, whose folder holds more.
        let mut folders = self.all_folders().filter(|folder| *folder != Path::new(""));
        folders.any(|folder| path.starts_with(folder)) || self.entry(path).is_some()
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let is_page = self.folders.has_mdx || path.extension().is_none_or(|e| e != "mdx");
        if !is_page {
            diags.warning(
                "post-hidden",
                Location::file(path),
                "the file is MDX, of which Astro makes no page without `@astrojs/mdx`, which neither its \
                 configuration nor `package.json` names, so no feed has it",
                "run `npx astro add mdx`, or rename the file to `.md`",
            );
        }
        is_page
    }

    fn names(&self) -> Names {
        Names {
            published: keys(&PUBLISHED),
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
        if let Some(name) = &collection {
            match self.route(name, front_matter, &metadata.slug) {
                Ok(route) => metadata.route = route,
                Err(Some(choice)) => metadata.computed_choice = Some(choice),
                // What no page shows is public to nobody.
                Err(None) => metadata.draft = true,
            }
        }
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
        if let Some(choice) = &metadata.computed_choice {
            return Err(NoPermalink::Chosen(choice.clone()));
        }
        let path = match collection {
            None => bare.strip_suffix("index").unwrap_or(&bare).to_owned(),
            Some(name) => self.address(&name, metadata)?,
        };
        let path = path.trim_matches('/');
        Ok(if self.slash && !path.is_empty() {
            format!("/{path}/")
        } else {
            format!("/{path}")
        })
    }

    fn moves_images(&self) -> Option<&'static str> {
        Some("public")
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
