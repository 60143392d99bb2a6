//! Reads the configuration and the global data of an Eleventy site, as far as they are literals.

use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::generator::{self, variables_of};
use crate::dialect::languages::Languages;
use crate::dialect::{BodyStyle, Detected, Engine, Options, Templates, fields, is_code, literals};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;
use crate::source;

use crate::dialect::own_feeds;

use super::cascade::Data;
use super::data::data;
use super::filters::filters;
use super::folders::{Command, Folders, argument};
use super::layouts::{global, layouts};
use super::markdown_it::MarkdownIt;
use super::{Eleventy, POSTS, template_language};

/// What is read of the object that the configuration returns.
const KEYS: [&str; 4] = [
    "dir",
    "markdownTemplateEngine",
    "pathPrefix",
    "templateFormats",
];

/// Usual names of global data files that hold the name and address of the site.
const SITE_DATA: [&str; 4] = ["site", "metadata", "meta", "config"];

/// Reads the configuration and the data of an Eleventy site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let command = Command::read(root)?;
    let (file, text) = command.config(root)?;
    let config = literals::javascript(&text, &KEYS);
    let engine = config.get("markdownTemplateEngine");
    let folders = Folders::of(&config, &text, &command, &file, diags);
    let ignored = ignored(root, &folders.input)?;
    let (mut data, has_folder) = data(root, &folders.input, &folders.reserved, diags)?;
    data.layouts = layouts(root, &folders.layouts, &text)?;
    data.global = global(root, &folders.data, &text)?;
    let filters = filters(root, &text)?;
    let (site_name, site) = site_data(root, &folders.data)?;
    let languages = languages(root, &folders, &text);
    let markdown = MarkdownIt::read(root, &text)?;
    let mut defaults = SiteDefaults {
        own_feeds: own_feeds::eleventy(&text, &file),
        file: Some(file),
        base_path: command.path_prefix.or_else(|| config.text(&["pathPrefix"])),
        computed_path: literals::computed(&config, "pathPrefix"),
        // What is copied is said by code, which for most sites names one of these.
        copied: vec![folders.input.clone(), "public".into(), "static".into()],
        output: Some(folders.output),
        ..defaults(&site, &literals::argument(&text, "addPlugin(feedPlugin"))
    };
    in_languages(&languages, &site, &mut defaults);
    Ok(Detected {
        defaults,
        dialect: Box::new(Eleventy {
            ignored,
            formats: formats(&config, &text),
            has_posts: has_folder || has_tag_of_posts(&data),
            data,
            languages,
            filters: filters.of_dates,
            own_filters: filters.own,
            changes_urls: text.contains("addUrlTransform("),
            body: BodyStyle {
                engine: Engine::MarkdownIt,
                definitions: markdown.definitions,
                smart: options.smart_punctuation.unwrap_or(markdown.typographer),
                bare_links: markdown.bare_links,
                hard_breaks: markdown.hard_breaks,
                raw_html: markdown.raw_html,
                no_indented_code: markdown.no_indented_code,
                templates: engine.map_or(Templates::Eleventy, template_language),
                admonitions: true,
                attributes: true,
                attributes_at_ends: true,
                variables: variables_of(site_name, &site),
                ..BodyStyle::default()
            },
            input: folders.input,
            reserved: folders.reserved,
            options,
        }),
    })
}

/// The endings of templates: those that the configuration names, or all that have front matter or
/// are code.
fn formats(config: &Value, code: &str) -> Vec<String> {
    let listed = config.at(&["templateFormats"]);
    let mut formats: Vec<String> = match argument(code, "setTemplateFormats") {
        Some(text) => text.split(',').map(|name| name.trim().to_owned()).collect(),
        None => listed
            .map(|value| value.items().iter().filter_map(Value::as_filled_text))
            .into_iter()
            .flatten()
            .collect(),
    };
    if formats.is_empty() {
        formats = ["md", "html", "njk", "liquid", "11ty.js"]
            .map(str::to_owned)
            .into();
    }
    if formats.iter().any(|name| name == "11ty.js") {
        formats.extend(["11ty.cjs", "11ty.mjs"].map(str::to_owned));
    }
    formats
}

/// Whether data files give a tag of posts to the pages of a folder.
fn has_tag_of_posts(data: &Data) -> bool {
    let layers = data.folders.values().chain(data.layouts.values());
    let mut values = layers.flat_map(|layer| &layer.values);
    values.any(|(key, value)| {
        let mut tags = value.items().iter().filter_map(Value::as_filled_text);
        key == "tags" && tags.any(|tag| POSTS.contains(&tag.as_str()))
    })
}

/// The defaults of the site, from its global data, and what these do not say from the options of the
/// plugin for feeds.
fn defaults(site: &Value, plugin: &Value) -> SiteDefaults {
    let feed = |key: &str| plugin.text(&["metadata", key]);
    let people = |value: Option<&Value>| value.map(fields::people).unwrap_or_default();
    let mut authors = people(site.get("author"));
    if authors.is_empty() {
        authors = people(plugin.at(&["metadata", "author"]));
    }
    SiteDefaults {
        title: site
            .text(&["title"])
            .or_else(|| site.text(&["name"]))
            .or_else(|| feed("title")),
        url: site
            .text(&["url"])
            .or_else(|| site.text(&["baseUrl"]))
            .or_else(|| feed("base"))
            .filter(|url| url.contains("://")),
        description: site.text(&["description"]).or_else(|| feed("subtitle")),
        language: site
            .text(&["language"])
            .or_else(|| site.text(&["lang"]))
            .or_else(|| feed("language")),
        timezone: Some("UTC".to_owned()),
        authors,
        ..SiteDefaults::default()
    }
}

/// The languages of a site with Eleventy's i18n plugin: the default one is an argument of it, and
/// each has a folder that is called like it.
fn languages(root: &Folder, folders: &Folders, code: &str) -> Languages {
    let is_used = code.contains("I18nPlugin");
    let default = default_language(code).filter(|_| is_used);
    let names = root.names(slashed(&folders.input)).into_iter();
    let names = names.filter_map(|name| name.into_os_string().into_string().ok());
    let names = names.filter(|name| {
        let is_folder = || root.has_folder(folders.input.join(name));
        is_code(name) && is_folder()
    });
    Languages::of(default, names)
}

/// The text that code gives to `defaultLanguage`.
fn default_language(code: &str) -> Option<String> {
    let rest = code.split("defaultLanguage").nth(1)?;
    let rest = rest.trim_start_matches(['"', '\'']).trim_start();
    let value = rest.strip_prefix(':')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`'))?;
    Some(value.slice(1..).split(quote).next()?.to_owned())
}

/// Adds the languages to what is said of the site, with the titles that its data may give each.
fn in_languages(languages: &Languages, site: &Value, defaults: &mut SiteDefaults) {
    languages.describe("/", defaults);
    for language in &mut defaults.languages {
        language.title = site.text(&[&language.tag, "title"]);
        language.description = site.text(&[&language.tag, "description"]);
    }
    if let Some(default) = languages.default() {
        let own = |key: &str| site.text(&[default, key]);
        defaults.title = defaults.title.take().or_else(|| own("title"));
        defaults.description = defaults.description.take().or_else(|| own("description"));
        let language = defaults.language.take();
        defaults.language = language.or_else(|| Some(default.to_owned()));
    }
}

/// `.eleventyignore` and `.gitignore`: lines are globs from where the file lies.
fn ignored(root: &Folder, input: &Path) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    let in_input = slashed(&input.join(".eleventyignore"));
    for (name, folder) in [
        (".gitignore", ""),
        (".eleventyignore", ""),
        (in_input.as_str(), &*slashed(input)),
    ] {
        let Some(text) = source::read_setting(root, name)? else {
            continue;
        };
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with(['#', '!']) {
                continue;
            }
            let line = line.trim_start_matches("./").trim_matches('/');
            let pattern = format!("{folder}/{line}");
            // A line that is no glob ignores nothing.
            let _ = source::add_pattern(&mut set, pattern.trim_start_matches('/'));
        }
    }
    Ok(set.build().unwrap_or_default())
}

/// The global data that describe the site, and the name that templates know them by.
fn site_data(root: &Folder, folder: &Path) -> Result<(&'static str, Value), Error> {
    const KEYS: [&str; 4] = ["title", "url", "description", "name"];
    for name in SITE_DATA {
        for extension in ["json", "yaml", "yml", "js", "mjs", "cjs"] {
            let path = slashed(&folder.join(format!("{name}.{extension}")));
            let Some(text) = source::read_setting(root, &path)? else {
                continue;
            };
            let value = match extension {
                "js" | "mjs" | "cjs" => literals::javascript(&text, &KEYS),
                // What a plugin would read otherwise is not worth a message.
                _ => generator::parse(&path, &text, &mut Diagnostics::new()),
            };
            return Ok((name, value));
        }
    }
    Ok((SITE_DATA[0], Value::Null))
}
