//! Reads the configuration of a VitePress site, as far as it is literals.

use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::generator::variables;
use crate::dialect::{BareLinks, BodyStyle, Detected, Engine, Options, Pages, Templates, literals};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;
use crate::source::{self, inner_path};

use super::VitePress;
use super::rewrites::Rewrites;

/// The names that a configuration may have, in each of these folders.
macro_rules! configs {
    ($($folder:literal),*) => {
        &[$(
            concat!($folder, ".vitepress/config.ts"),
            concat!($folder, ".vitepress/config.mts"),
            concat!($folder, ".vitepress/config.js"),
            concat!($folder, ".vitepress/config.mjs"),
            concat!($folder, ".vitepress/config.cjs"),
            concat!($folder, ".vitepress/config/index.ts"),
            concat!($folder, ".vitepress/config/index.mts"),
            concat!($folder, ".vitepress/config/index.js"),
            concat!($folder, ".vitepress/config/index.mjs"),
        )*]
    };
}

/// The files that a configuration may be in.
pub(in crate::dialect) const CONFIGS: &[&str] = configs!(
    "", "docs/", "src/", "site/", "website/", "blog/", "content/"
);

/// The keys by which the object of the configuration is known.
const KEYS: [&str; 12] = [
    "title",
    "description",
    "base",
    "cleanUrls",
    "srcDir",
    "srcExclude",
    "rewrites",
    "sitemap",
    "lang",
    "locales",
    "themeConfig",
    "head",
];

/// Reads the configuration of a VitePress site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    _: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, code) = code(root)?;
    let config = literals::javascript(&code, &KEYS);
    let text = |key: &str| config.text(&[key]);
    let project = file
        .split_once(".vitepress")
        .map_or("", |(folder, _)| folder);
    let source = inner_path(&Path::new(project).join(text("srcDir").unwrap_or_default()));
    let locales = locales(&config);
    let root_locale = config.at(&["locales", "root"]);
    let of_root = |key: &str| root_locale.and_then(|locale| locale.text(&[key]));
    let defaults = SiteDefaults {
        file: Some(file.into()),
        title: text("title").or_else(|| of_root("title")),
        url: config.text(&["sitemap", "hostname"]),
        base_path: text("base"),
        computed_path: literals::computed(&config, "base"),
        description: text("description").or_else(|| of_root("description")),
        language: text("lang").or_else(|| of_root("lang")),
        timezone: Some("UTC".to_owned()),
        output: Some(source.join("public")),
        copied: vec![source.join("public")],
        ..SiteDefaults::default()
    };
    Ok(Detected {
        dialect: Box::new(VitePress {
            excluded: excluded(&config, &source),
            clean: is_clean(&config),
            rewrites: Rewrites::new(config.get("rewrites")),
            computed: computed(&config, &code),
            body: body(&config, &options, &source),
            locales,
            source,
            options,
        }),
        defaults,
    })
}

/// The configuration as it is written, and its file; where there is none, the folder of the theme says
/// where the site is.
fn code(root: &Folder) -> Result<(&'static str, String), Error> {
    for file in CONFIGS {
        if let Some(text) = source::read_setting(root, file)? {
            return Ok((file, text));
        }
    }
    let mut files = CONFIGS.iter();
    let file = files.find(|file| {
        let folder = file.split_once("/config").map_or("", |(folder, _)| folder);
        root.has_folder(folder)
    });
    Ok((
        file.or(CONFIGS.first()).copied().unwrap_or_default(),
        String::new(),
    ))
}

/// Whether addresses have no `.html`.
fn is_clean(config: &Value) -> bool {
    config.get("cleanUrls").and_then(Value::as_bool) == Some(true)
}

/// A setting of addresses that only code gives.
fn computed(config: &Value, code: &str) -> Option<&'static str> {
    const SETTINGS: [&str; 4] = ["rewrites", "cleanUrls", "srcDir", "srcExclude"];
    let mut settings = SETTINGS.into_iter();
    let found = settings.find(|key| literals::computed(config, key).is_some());
    // A method is none of the values that are read.
    let is_method = code
        .match_indices("rewrites")
        .any(|(at, word)| code.slice(at + word.len()..).trim_start().starts_with('('));
    found
        .or_else(|| is_method.then_some("rewrites"))
        .or_else(|| {
            let is_known = Rewrites::new(config.get("rewrites")).is_known();
            (!is_known).then_some("rewrites")
        })
}

/// How bodies are treated.
fn body(config: &Value, options: &Options, source: &Path) -> BodyStyle {
    let typographer = config
        .at(&["markdown", "typographer"])
        .and_then(Value::as_bool);
    BodyStyle {
        engine: Engine::MarkdownIt,
        smart: options
            .smart_punctuation
            .unwrap_or(typographer == Some(true)),
        bare_links: BareLinks::LinkifyIt,
        hard_breaks: config.at(&["markdown", "breaks"]).and_then(Value::as_bool) == Some(true),
        templates: Templates::Vue,
        admonitions: true,
        attributes: true,
        attributes_at_ends: true,
        emoji: true,
        heading_is_title: true,
        content: slashed(source),
        files: vec![(slashed(source), String::new())],
        pages: if is_clean(config) {
            Pages::Clean
        } else {
            Pages::Files
        },
        rooted: true,
        variables: variables(config),
        ..BodyStyle::default()
    }
}

/// The folders of languages beside the site's own, with their tags.
fn locales(config: &Value) -> Vec<(String, Option<String>)> {
    let all = config.get("locales").map_or(&[][..], Value::entries).iter();
    let others = all.filter(|(folder, _)| folder != "root");
    let others = others.map(|(folder, locale)| {
        let tag = locale.text(&["lang"]).unwrap_or_else(|| folder.clone());
        (folder.trim_matches('/').to_owned(), Some(tag))
    });
    others.collect()
}

/// `srcExclude`; a pattern that is none leaves out nothing.
fn excluded(config: &Value, folder: &Path) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let patterns = config.get("srcExclude").map_or(&[][..], Value::items);
    for pattern in patterns.iter().filter_map(Value::as_filled_text) {
        let pattern = format!("{}/{}", slashed(folder), pattern.trim_start_matches("./"));
        let _ = source::add_pattern(&mut set, pattern.trim_start_matches('/'));
    }
    set.build().unwrap_or_default()
}
