//! Reads the configuration of a Docusaurus site, as far as it is literals.

use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::dialect::generator::{self, variables};
use crate::dialect::{BareLinks, BodyStyle, Detected, Engine, Options, Templates, literals};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::{OwnFeed, SiteDefaults};
use crate::source;

use crate::dialect::own_feeds;

use super::locales::{in_languages, locales, translations};
use super::{Blog, Docusaurus};

const CONFIGS: [&str; 6] = [
    "docusaurus.config.ts",
    "docusaurus.config.js",
    "docusaurus.config.mts",
    "docusaurus.config.mjs",
    "docusaurus.config.cts",
    "docusaurus.config.cjs",
];

/// Reads the configuration and the blogs of a Docusaurus site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) = literals::first_javascript(
        root,
        &CONFIGS,
        &["title", "url", "baseUrl", "tagline", "presets"],
    )?
    .unwrap_or((CONFIGS[0], Value::Null));
    let mut blogs: Vec<Blog> = Vec::new();
    let folders = folders(root, &config, &options);
    for (folder, route) in folders {
        blogs.push(Blog {
            authors: data(root, &folder, "authors", diags)?,
            tags: data(root, &folder, "tags", diags)?,
            language: None,
            original: folder.clone(),
            folder,
            route,
        });
    }
    let locales = locales(&config);
    let translated = translations(root, &locales, &blogs, &config, diags)?;
    blogs.extend(translated);
    if blogs.is_empty() {
        diags.warning(
            "config-blog",
            Location::file(file),
            "the site has no folder `blog`, and feedwright does not run the configuration to \
             find another",
            "name the posts' folders in `content.folders` of feedwright.yaml",
        );
    }
    Ok(Detected {
        dialect: Box::new(Docusaurus {
            blogs,
            trailing_slash: config.get("trailingSlash").and_then(Value::as_bool),
            body: BodyStyle {
                engine: Engine::Remark,
                smart: options.smart_punctuation.unwrap_or(false),
                bare_links: BareLinks::Gfm,
                templates: Templates::Jsx,
                admonitions: true,
                code_titles: true,
                emoji: true,
                heading_is_title: true,
                variables: variables(&config),
                ..BodyStyle::default()
            },
            options,
        }),
        defaults: in_languages(root, &locales, defaults(&config, file), diags)?,
    })
}

/// The defaults of the site, from its configuration.
fn defaults(config: &Value, file: &'static str) -> SiteDefaults {
    SiteDefaults {
        file: Some(file.into()),
        title: config.text(&["title"]),
        url: config.text(&["url"]),
        base_path: config.text(&["baseUrl"]),
        computed_path: literals::computed(config, "baseUrl"),
        description: config.text(&["tagline"]),
        language: config.text(&["i18n", "defaultLocale"]),
        timezone: Some("UTC".to_owned()),
        icon: config.text(&["favicon"]),
        limit: Some(20),
        output: Some("static".into()),
        copied: vec!["static".into()],
        own_feeds: own_feeds(config, file),
        ..SiteDefaults::default()
    }
}

/// The feeds that the first blog has.
fn own_feeds(config: &Value, file: &str) -> Vec<OwnFeed> {
    let blog = blogs(config).first().copied().unwrap_or(&Value::Null);
    let base = blog.text(&["routeBasePath"]);
    let types = blog.at(&["feedOptions", "type"]);
    own_feeds::docusaurus(base.as_deref().unwrap_or("blog"), types, file)
}

/// The content of a data file in the folder of a blog.
pub(super) fn data(
    root: &Folder,
    folder: &Path,
    name: &str,
    diags: &mut Diagnostics,
) -> Result<Value, Error> {
    for extension in ["yml", "yaml", "json"] {
        let name = slashed(&folder.join(format!("{name}.{extension}")));
        if let Some(text) = source::read_setting(root, &name)? {
            return Ok(generator::parse(&name, &text, diags));
        }
    }
    Ok(Value::Null)
}

/// The folders of posts and their paths on the site: those of the configuration of feedwright,
/// else of the blog plugins whose options are literals, else `blog`.
fn folders(root: &Folder, config: &Value, options: &Options) -> Vec<(PathBuf, Option<String>)> {
    if !options.folders.is_empty() {
        return options
            .folders
            .iter()
            .map(|folder| {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                (folder.clone(), Some(name.into_owned()))
            })
            .collect();
    }
    let mut found: Vec<(PathBuf, Option<String>)> = Vec::new();
    for blog in blogs(config) {
        let text = |key: &str| blog.text(&[key]).unwrap_or_else(|| "blog".to_owned());
        let folder = PathBuf::from(text("path").trim_start_matches("./"));
        let is_computed = literals::computed(blog, "routeBasePath").is_some();
        let route = text("routeBasePath").trim_matches('/').to_owned();
        let route = Some(route).filter(|_| !is_computed);
        if root.has_folder(&folder) && !found.iter().any(|(known, _)| *known == folder) {
            found.push((folder, route));
        }
    }
    found
}

/// The options of the blog plugins that the configuration has; null where they are not known.
pub(super) fn blogs(config: &Value) -> Vec<&Value> {
    let entries = |key: &str| config.get(key).map_or(&[][..], Value::items);
    let mut blogs: Vec<&Value> = Vec::new();
    let mut has_none = false;
    for preset in entries("presets") {
        match preset
            .items()
            .get(1)
            .and_then(|options| options.get("blog"))
        {
            // `blog: false` means that there is none.
            Some(Value::Bool(false)) => has_none = true,
            blog => blogs.push(blog.unwrap_or(&Value::Null)),
        }
    }
    for plugin in entries("plugins") {
        let is_blog = plugin
            .items()
            .first()
            .and_then(Value::as_text)
            .is_some_and(|name| name.ends_with("content-blog"));
        if is_blog {
            blogs.push(plugin.items().get(1).unwrap_or(&Value::Null));
        }
    }
    if blogs.is_empty() && !has_none {
        blogs.push(&Value::Null);
    }
    blogs
}
