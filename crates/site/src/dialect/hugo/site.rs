//! Reads the settings of a Hugo site from its configuration.

use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use regex::RegexSet;

use crate::dialect::generator::variables;
use crate::dialect::{
    BareLinks, BodyStyle, Detected, Engine, Options, RawHtml, SummaryRule, Templates, fields,
};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::{SiteDefaults, Taxonomy};
use crate::source::inner_path;

use crate::dialect::own_feeds;

use super::Hugo;
use super::config::read_config;
use super::hooks::Hooks;
use super::languages::{check_bases, default_language, in_language, languages, of_matrix};
use super::path::PathStyle;
use super::place::{Language, Pattern, Root};
use super::tree::{self, Cascade};

/// The keys of front matter that each of Hugo's dates comes from by default, in order.
const DATE: [&str; 6] = [
    "date",
    "publishdate",
    "pubdate",
    "published",
    "lastmod",
    "modified",
];
const LASTMOD: [&str; 2] = ["lastmod", "modified"];
const PUBLISH_DATE: [&str; 3] = ["publishdate", "pubdate", "published"];
const EXPIRY_DATE: [&str; 2] = ["expirydate", "unpublishdate"];

/// Reads the configuration and the sections of a Hugo site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) = read_config(root, diags)?;
    let mut hugo = hugo(file, &config, options, diags);
    hugo.tree = tree::read(root, &hugo, diags)?;
    if hugo.main_sections.is_empty() {
        hugo.main_sections = hugo.tree.largest_section(root);
    }
    let defaults = site_defaults(&config, &hugo);
    Ok(Detected {
        dialect: Box::new(hugo),
        defaults,
    })
}

/// The rules by which the site's pages are read, before its content files are.
fn hugo(file: &'static str, config: &Value, options: Options, diags: &mut Diagnostics) -> Hugo {
    let flag = |key: &str| config.get(key).and_then(Value::as_bool) == Some(true);
    let languages = languages(config);
    let default = default_language(config, &languages);
    check_bases(&languages, &default, file, diags);
    let keys = |name: &str, default: &[&str]| date_keys(config, name, default);
    Hugo {
        file,
        style: PathStyle {
            keep_case: flag("disablepathtolower"),
            plain_letters: flag("removepathaccents"),
        },
        in_subfolder: flag("defaultcontentlanguageinsubdir"),
        multihost: languages.iter().any(Language::has_host),
        ugly: ugly(config),
        permalinks: patterns(config.get("permalinks")),
        main_sections: main_sections(config),
        taxonomies: taxonomies(config),
        date_keys: keys("date", &DATE),
        updated_keys: keys("lastmod", &LASTMOD),
        available_keys: keys("publishdate", &PUBLISH_DATE),
        expires_keys: keys("expirydate", &EXPIRY_DATE),
        cascade: Cascade::of_site(config.get("cascade")),
        ignored: ignored(config, file, diags),
        tree: tree::Tree::default(),
        hooks: Hooks::of(config, &languages, languages.iter().any(Language::has_host)),
        body: BodyStyle {
            engine: Engine::Goldmark,
            definitions: is_on(config, &["extensions", "definitionlist"], true),
            smart: options
                .smart_punctuation
                .unwrap_or_else(|| is_typographic(config)),
            bare_links: BareLinks::Goldmark.when(is_on(config, &["extensions", "linkify"], true)),
            hard_breaks: is_on(config, &["renderer", "hardwraps"], false),
            bare_pictures: !is_on(
                config,
                &["parser", "wrapstandaloneimagewithinparagraph"],
                true,
            ),
            raw_html: if is_on(config, &["renderer", "unsafe"], false) {
                RawHtml::Shown
            } else {
                RawHtml::Omitted
            },
            templates: Templates::Hugo,
            summary: options.summary(SummaryRule::Paragraphs {
                words: summary_length(config),
                by_sign: config.get("hascjklanguage").and_then(Value::as_bool) == Some(true),
            }),
            attributes: true,
            emoji: flag("enableemoji"),
            shortcodes: shortcodes(config),
            variables: variables(config),
            ..BodyStyle::default()
        },
        roots: roots(config, &languages, &default, &options),
        default,
        languages,
        options,
    }
}

/// How many words a summary has at least.
fn summary_length(config: &Value) -> usize {
    let set = config.text(&["summarylength"]);
    set.and_then(|words| words.parse().ok()).unwrap_or(70)
}

/// The folders that templates of shortcodes are in: the site's own, then those of its themes.
fn shortcodes(config: &Value) -> Vec<String> {
    let text = |key: &str, usual: &str| {
        let text = config.text(&[key]).unwrap_or_else(|| usual.to_owned());
        let text = text.strip_prefix("./").unwrap_or(&text);
        text.trim_end_matches('/').to_owned()
    };
    let (layouts, themes) = (text("layoutdir", "layouts"), text("themesdir", "themes"));
    let theme = config.get("theme").map_or(&[][..], Value::items).iter();
    let theme = theme.filter_map(Value::as_filled_text);
    let imports = config.at(&["module", "imports"]);
    let imports = imports.map_or(&[][..], Value::items).iter();
    let imports = imports.filter_map(|import| import.text(&["path"]));
    let themes = theme.chain(imports).flat_map(|name| {
        [
            format!("{themes}/{name}/layouts"),
            format!("_vendor/{name}/layouts"),
        ]
    });
    let layouts = std::iter::once(layouts).chain(themes);
    let folders = layouts.flat_map(|layouts| {
        // The name since version 0.146 comes first.
        ["_shortcodes", "shortcodes"].map(|name| format!("{layouts}/{name}"))
    });
    folders.collect()
}

/// A setting of Goldmark that is on or off.
fn is_on(config: &Value, path: &[&str], default: bool) -> bool {
    let path = [&["markup", "goldmark"], path].concat();
    let set = config.at(&path).and_then(Value::as_bool);
    set.unwrap_or(default)
}

/// Whether Goldmark makes punctuation typographic, as it does unless it is told not to.
fn is_typographic(config: &Value) -> bool {
    let path = ["markup", "goldmark", "extensions", "typographer"];
    let set = config.at(&path).and_then(|set| {
        let is_disabled = || set.get("disable")?.as_bool();
        set.as_bool().or_else(|| is_disabled().map(|off| !off))
    });
    set.unwrap_or(true)
}

/// Taxonomies beside tags and categories, by their plurals.
fn taxonomies(config: &Value) -> Vec<String> {
    let entries = config.get("taxonomies").map_or(&[][..], Value::entries);
    entries
        .iter()
        .filter_map(|(_, plural)| plural.as_filled_text())
        .filter(|plural| !matches!(plural.as_str(), "tags" | "categories"))
        .collect()
}

/// The folders that pages lie in: mounts, the languages' own, and `content`.
fn roots(config: &Value, languages: &[Language], default: &str, options: &Options) -> Vec<Root> {
    let root = |folder: PathBuf, below: &str, language: Option<&str>| Root {
        folder: inner_path(&folder),
        below: below.trim_matches('/').to_owned(),
        language: language.map(str::to_owned),
    };
    let mounts = config
        .at(&["module", "mounts"])
        .map_or(&[][..], Value::items);
    let mut roots: Vec<Root> = mounts
        .iter()
        .filter_map(|mount| {
            let target = mount.text(&["target"])?;
            let below = target.strip_prefix("content")?;
            let folder = PathBuf::from(mount.text(&["source"])?);
            let language = match mount.at(&["sites", "matrix", "languages"]) {
                Some(wanted) => Some(of_matrix(wanted, languages, default)?),
                None => mount.text(&["lang"]).map(|code| code.to_lowercase()),
            };
            (below.is_empty() || below.starts_with('/'))
                .then(|| root(folder, below, language.as_deref()))
        })
        .collect();
    if roots.is_empty() {
        let content = config
            .text(&["contentdir"])
            .unwrap_or_else(|| "content".to_owned());
        for language in languages {
            if let Some(folder) = &language.folder {
                roots.push(root(folder.clone(), "", Some(&language.code)));
            }
        }
        if languages.is_empty() || languages.iter().any(|l| l.folder.is_none()) {
            roots.push(root(PathBuf::from(content), "", None));
        }
    }
    // Folders of the configuration lie inside these, or count as content folders themselves.
    for folder in &options.folders {
        if !roots.iter().any(|root| folder.starts_with(&root.folder)) {
            roots.push(root(folder.clone(), "", None));
        }
    }
    // The folder that lies deepest is asked first.
    roots.sort_by_key(|root| std::cmp::Reverse(root.folder.components().count()));
    roots
}

fn ignored(config: &Value, file: &'static str, diags: &mut Diagnostics) -> RegexSet {
    let patterns: Vec<String> = config
        .get("ignorefiles")
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
        .collect();
    RegexSet::new(&patterns).unwrap_or_else(|error| {
        let error = error.to_string();
        let reason = error.lines().last().unwrap_or_default();
        diags.warning(
            "config-exclude",
            Location::file(file),
            format!("`ignoreFiles` has a pattern that cannot be read: {reason}"),
            "name the files in `content.ignore` of feedwright.yaml",
        );
        RegexSet::empty()
    })
}

/// `uglyURLs`: for all sections, or for some.
fn ugly(config: &Value) -> Vec<String> {
    match config.get("uglyurls") {
        Some(Value::Map(entries)) => entries
            .iter()
            .filter(|(_, value)| value.as_bool() == Some(true))
            .map(|(section, _)| section.to_lowercase())
            .collect(),
        Some(value) if value.as_bool() == Some(true) => vec!["*".to_owned()],
        _ => Vec::new(),
    }
}

/// `[permalinks]` in its three forms: by section, by kind and section, and as a list.
pub(super) fn patterns(permalinks: Option<&Value>) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut add = |key: &str, pattern: Option<String>| {
        if let Some(pattern) = pattern {
            patterns.push(Pattern::new(key, pattern));
        }
    };
    match permalinks {
        Some(Value::Map(entries)) => {
            for (key, value) in entries {
                match value {
                    Value::Map(inner) if key == "page" => {
                        for (key, value) in inner {
                            add(key, value.as_filled_text());
                        }
                    }
                    Value::Map(_) => {}
                    value => add(key, value.as_filled_text()),
                }
            }
        }
        Some(list) => {
            for entry in list.items() {
                let kind = entry.text(&["target", "kind"]);
                if kind.is_none_or(|kind| kind.contains("page")) {
                    let path = entry.text(&["target", "path"]);
                    add(
                        &path.unwrap_or_else(|| "**".to_owned()),
                        entry.text(&["pattern"]),
                    );
                }
            }
        }
        None => {}
    }
    // Where several match, Hugo leaves the choice to chance; the longest key says most.
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.key.len()));
    patterns
}

fn main_sections(config: &Value) -> Vec<String> {
    config
        .at(&["params", "mainsections"])
        .or_else(|| config.get("mainsections"))
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
        .map(|name| name.to_lowercase())
        .collect()
}

/// The keys of front matter that a date comes from, in order; `:filename` among them.
fn date_keys(config: &Value, name: &str, default: &[&str]) -> Vec<String> {
    let own = config
        .at(&["frontmatter", name])
        .map_or(&[][..], Value::items);
    let mut keys: Vec<String> = Vec::new();
    let mut add = |key: &str| {
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    };
    if own.is_empty() {
        default.iter().for_each(|key| add(key));
    }
    for key in own.iter().filter_map(Value::as_filled_text) {
        match key.to_lowercase().as_str() {
            ":default" => default.iter().for_each(|key| add(key)),
            // When a file was changed, or committed, says nothing that lasts.
            ":filemodtime" | ":git" => {}
            "lastmod" => LASTMOD.into_iter().for_each(&mut add),
            "publishdate" => PUBLISH_DATE.into_iter().for_each(&mut add),
            "expirydate" => EXPIRY_DATE.into_iter().for_each(&mut add),
            key => add(key),
        }
    }
    keys
}

fn site_defaults(config: &Value, hugo: &Hugo) -> SiteDefaults {
    let own = |key: &str| {
        config
            .text(&["languages", &hugo.default, key])
            .or_else(|| config.text(&[key]))
    };
    let limit = config
        .text(&["services", "rss", "limit"])
        .or_else(|| config.text(&["rsslimit"]))
        .and_then(|text| text.parse().ok())
        .filter(|limit| *limit > 0);
    let authors = config
        .at(&["params", "author"])
        .or_else(|| config.get("author"))
        .map(fields::people)
        .unwrap_or_default();
    let mut taxonomies = vec![Taxonomy::Tags];
    if hugo.is_multilingual() {
        taxonomies.push(Taxonomy::Languages);
    }
    taxonomies.extend(hugo.taxonomies.iter().cloned().map(Taxonomy::Own));
    SiteDefaults {
        file: Some(hugo.file.into()),
        title: own("title"),
        url: own("baseurl"),
        description: config
            .text(&["params", "description"])
            .or_else(|| config.text(&["description"])),
        language: own("locale")
            .or_else(|| own("languagecode"))
            .or_else(|| Some(hugo.default.clone())),
        // A date without a zone is in UTC unless the site says otherwise.
        timezone: own("timezone").or_else(|| Some("UTC".to_owned())),
        authors,
        rights: config.text(&["copyright"]),
        limit,
        future: config.get("buildfuture").and_then(Value::as_bool),
        output: Some("static".into()),
        copied: copied(config),
        own_feeds: own_feeds::hugo(
            config,
            hugo.is_multilingual().then_some(hugo.default.as_str()),
            hugo.file,
        ),
        own_taxonomies: hugo.taxonomies.clone(),
        languages: hugo
            .languages
            .iter()
            .map(|language| in_language(language, config, hugo))
            .collect(),
        taxonomies,
        ..SiteDefaults::default()
    }
}

/// The folders whose files are published as they are: of the content, those that are no pages.
fn copied(config: &Value) -> Vec<PathBuf> {
    let own = config.get("staticdir").map_or(&[][..], Value::items);
    let mut folders: Vec<PathBuf> = own
        .iter()
        .filter_map(Value::as_filled_text)
        .map(PathBuf::from)
        .collect();
    if folders.is_empty() {
        folders.push("static".into());
    }
    let content = config.text(&["contentdir"]);
    folders.push(content.unwrap_or_else(|| "content".to_owned()).into());
    folders
}
