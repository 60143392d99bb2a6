//! Reads `i18n` of a Docusaurus site: its locales, and the blogs that are translated to them.

use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::dialect::generator;
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::{LanguageDefaults, SiteDefaults, Taxonomy};
use crate::source;

use super::Blog;
use super::site::{blogs, data};

/// A locale beside the default one.
pub(super) struct Locale {
    /// `htmlLang`, or its name.
    tag: String,
    /// The folder of its translations.
    folder: PathBuf,
    /// What its pages lie below, without slashes at its ends.
    path: String,
}

/// The locales beside the default one.
pub(super) fn locales(config: &Value) -> Vec<Locale> {
    let default = config.text(&["i18n", "defaultLocale"]);
    let text = |keys: &[&str]| config.text(&[&["i18n"], keys].concat());
    let all = config.at(&["i18n", "locales"]);
    let names = all.map_or(&[][..], Value::items).iter();
    names
        .filter_map(Value::as_filled_text)
        .filter(|name| default.is_some() && Some(name) != default.as_ref())
        .map(|name| {
            let own = |key: &str| text(&["localeConfigs", &name, key]);
            let folder = PathBuf::from(text(&["path"]).unwrap_or_else(|| "i18n".to_owned()));
            // A locale's own address counts from the root of the host.
            let below = own("baseUrl").map(|path| {
                let site = config.text(&["baseUrl"]).unwrap_or_default();
                path.strip_prefix(&site).unwrap_or(&path).to_owned()
            });
            let path = below.unwrap_or_else(|| name.clone());
            Locale {
                tag: own("htmlLang").unwrap_or_else(|| name.clone()),
                folder: folder.join(own("path").unwrap_or_else(|| name.clone())),
                path: path.trim_matches('/').to_owned(),
            }
        })
        .collect()
}

/// The folder of a blog's translations within that of a locale: the plugin's name, and its id where
/// that is not the default one.
fn plugin_folder(blog: &Blog, config: &Value) -> String {
    let path = |options: &Value| options.text(&["path"]).unwrap_or_else(|| "blog".to_owned());
    let mut plugins = blogs(config).into_iter();
    let options =
        plugins.find(|options| path(options).trim_start_matches("./") == slashed(&blog.folder));
    let id = options.and_then(|options| options.text(&["id"]));
    match id.filter(|id| id != "default") {
        Some(id) => format!("docusaurus-plugin-content-blog-{id}"),
        None => "docusaurus-plugin-content-blog".to_owned(),
    }
}

/// The translated blogs. Posts that a locale lacks are shown in the default one, which makes no other
/// posts of them.
pub(super) fn translations(
    root: &Folder,
    locales: &[Locale],
    originals: &[Blog],
    config: &Value,
    diags: &mut Diagnostics,
) -> Result<Vec<Blog>, Error> {
    let mut translated = Vec::new();
    for locale in locales {
        for blog in originals {
            let folder = locale.folder.join(plugin_folder(blog, config));
            if !root.has_folder(&folder) {
                continue;
            }
            let or = |own: Value, other: &Value| match own {
                Value::Null => other.clone(),
                own => own,
            };
            let route = blog.route.as_ref();
            translated.push(Blog {
                authors: or(data(root, &folder, "authors", diags)?, &blog.authors),
                tags: or(data(root, &folder, "tags", diags)?, &blog.tags),
                language: Some(locale.tag.clone()),
                original: blog.folder.clone(),
                route: route.map(|route| format!("{}/{route}", locale.path)),
                folder,
            });
        }
    }
    Ok(translated)
}

/// Adds the locales to what is said of the site, with the titles of their navigation bars.
pub(super) fn in_languages(
    root: &Folder,
    locales: &[Locale],
    mut defaults: SiteDefaults,
    diags: &mut Diagnostics,
) -> Result<SiteDefaults, Error> {
    for locale in locales {
        let file = locale.folder.join("docusaurus-theme-classic/navbar.json");
        let file = slashed(&file);
        let text = source::read_setting(root, &file)?;
        let bar = text.map(|text| generator::parse(&file, &text, diags));
        defaults.languages.push(LanguageDefaults {
            tag: locale.tag.clone(),
            title: bar.and_then(|bar| bar.text(&["title", "message"])),
            home: Some(format!("/{}/", locale.path)),
            ..LanguageDefaults::default()
        });
    }
    if !locales.is_empty() {
        defaults.taxonomies = vec![Taxonomy::Tags, Taxonomy::Languages];
    }
    Ok(defaults)
}
