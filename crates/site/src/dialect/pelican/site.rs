//! Reads `pelicanconf.py` and `publishconf.py`, as far as they are literals.

use std::path::PathBuf;

use feedwright_base::date::Order;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::Person;
use globset::GlobSetBuilder;
use regex::Regex;
use url::Url;

use crate::dialect::{
    BodyStyle, Detected, Engine, InnerMarkdown, Options, PythonLists, SummaryRule, literals,
};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::{SiteDefaults, Taxonomy};
use crate::source;

use crate::dialect::own_feeds;

use super::Pelican;
use super::pattern::{Slugs, python_regex, python_replacement};

const CONFIGS: [&str; 3] = [
    "pelicanconf.py",
    "pelican.conf.py",
    "settings/pelicanconf.py",
];

/// The files of settings for publishing, which take precedence over the others.
const PUBLISHING: [&str; 2] = ["publishconf.py", "settings/publishconf.py"];

/// `SLUG_REGEX_SUBSTITUTIONS` of a site that sets none.
pub(super) const DEFAULT_SUBSTITUTIONS: [(&str, &str); 4] = [
    (r"[^\w\s-]", ""),
    (r"\A\s*", ""),
    (r"\s*\Z", ""),
    (r"[-\s]+", "-"),
];

/// Reads the settings of a Pelican site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let config = read_settings(root, diags)?;
    let pelican = pelican(root, &config, options, diags);
    let mut defaults = defaults(&config, &pelican.language);
    defaults.copied.push(content(root, &config.config));
    Ok(Detected {
        defaults,
        dialect: Box::new(pelican),
    })
}

/// Reads the settings of the site, merged with those for publishing.
fn read_settings(root: &Folder, diags: &mut Diagnostics) -> Result<Settings, Error> {
    let mut settings = Settings {
        files: Vec::new(),
        config: Value::Map(Vec::new()),
        computed: Vec::new(),
    };
    for name in CONFIGS {
        if let Some(text) = source::read_setting(root, name)? {
            settings.add(root, name, &text, diags)?;
            break;
        }
    }
    for name in PUBLISHING {
        if let Some(text) = source::read_setting(root, name)? {
            settings.add(root, name, &text, diags)?;
        }
    }
    Ok(settings)
}

/// The settings that give addresses.
const URLS: [&str; 4] = [
    "ARTICLE_URL",
    "ARTICLE_LANG_URL",
    "DRAFT_URL",
    "DRAFT_LANG_URL",
];

/// The modules that a file of settings takes all names of.
fn imported(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let rest = line.trim_end().strip_prefix("from ")?;
        let (module, names) = rest.split_once(" import ")?;
        (names.trim() == "*").then_some(module.trim())
    })
}

/// The settings, and the files that say them.
struct Settings {
    /// Those that are there, with the keys of each, in the order in which they count: the last one
    /// most.
    files: Vec<(String, Vec<String>)>,
    config: Value,
    /// The settings of addresses that only code gives.
    computed: Vec<&'static str>,
}

impl Settings {
    /// Lays the settings of a file over the others, those of the files that it imports first.
    fn add(
        &mut self,
        root: &Folder,
        name: &str,
        text: &str,
        diags: &mut Diagnostics,
    ) -> Result<(), Error> {
        for module in imported(text) {
            let is_own = CONFIGS
                .iter()
                .any(|own| own.strip_suffix(".py") == Some(module));
            let file = format!("{}.py", module.trim_start_matches('.').replace('.', "/"));
            match source::read_setting(root, &file)? {
                // What publishes lays its settings over the others anyway.
                Some(_) if is_own => {}
                Some(text) => self.lay(&file, &text),
                None => diags.warning(
                    "setting-computed",
                    Location::file(name),
                    format!("settings are taken from `{module}`, which is not in the site"),
                    "set what it says of addresses, titles and the time zone in feedwright.yaml",
                ),
            }
        }
        self.lay(name, text);
        Ok(())
    }

    fn lay(&mut self, file: &str, text: &str) {
        let over = literals::python(text);
        let keys = over.entries().iter().map(|(key, _)| key.clone());
        self.files.push((file.to_owned(), keys.collect()));
        self.computed.retain(|key| over.get(key).is_none());
        self.computed
            .extend(literals::python_computed(text, &over, &URLS));
        self.config.merge(over);
    }

    /// The file that messages name: the one of the whole site.
    fn file(&self) -> &str {
        let mut own = self.files.iter().map(|(file, _)| file.as_str());
        let last = self.files.last().map(|(file, _)| file.as_str());
        let main = own.find(|file| CONFIGS.contains(file));
        main.or(last).unwrap_or(CONFIGS[0])
    }

    /// The file that says a setting.
    fn file_of(&self, key: &str) -> &str {
        let has_key = |(_, keys): &&(String, Vec<String>)| keys.iter().any(|known| known == key);
        let said = self.files.iter().rev().find(has_key);
        said.map_or_else(|| self.file(), |(file, _)| file)
    }

    fn text(&self, key: &str, default: &str) -> String {
        let text = self.config.text(&[key]);
        text.unwrap_or_else(|| default.to_owned())
    }

    fn flag(&self, key: &str, default: bool) -> bool {
        let flag = self.config.get(key).and_then(Value::as_bool);
        flag.unwrap_or(default)
    }

    fn paths(&self, key: &str) -> impl Iterator<Item = PathBuf> {
        let items = self.config.get(key).map_or(&[][..], Value::items).iter();
        let paths = items.filter_map(Value::as_filled_text).map(PathBuf::from);
        paths.filter(|path| !path.as_os_str().is_empty())
    }
}

/// The defaults of the site, from its settings.
fn defaults(settings: &Settings, language: &str) -> SiteDefaults {
    let config = &settings.config;
    let author = config.text(&["AUTHOR"]).map(Person::named);
    SiteDefaults {
        file: Some(settings.file().to_owned().into()),
        files: settings
            .files
            .iter()
            .rev()
            .map(|(file, _)| file.clone())
            .collect(),
        title: config.text(&["SITENAME"]),
        url: config.text(&["SITEURL"]).filter(|url| url.contains("://")),
        description: config
            .text(&["SITEDESCRIPTION"])
            .or_else(|| config.text(&["SITESUBTITLE"])),
        language: Some(language.to_owned()),
        timezone: Some(settings.text("TIMEZONE", "UTC")),
        authors: author.into_iter().collect(),
        limit: config
            .text(&["FEED_MAX_ITEMS"])
            .and_then(|limit| limit.parse().ok()),
        order: Some(Order::Mdy),
        output: Some(
            settings
                .text("OUTPUT_PATH", "output")
                .trim_end_matches('/')
                .into(),
        ),
        taxonomies: vec![Taxonomy::Tags, Taxonomy::Categories, Taxonomy::Languages],
        own_feeds: own_feeds::pelican(config, settings.file_of("FEED_ALL_ATOM")),
        ..SiteDefaults::default()
    }
}

/// The rules by which the site's articles are read.
fn pelican(
    root: &Folder,
    settings: &Settings,
    options: Options,
    diags: &mut Diagnostics,
) -> Pelican {
    let config = &settings.config;
    let content = content(root, config);
    let mut regex = |key: &str, default: &str| expression(settings, key, default, diags);
    let file_metadata = regex("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*");
    let path_metadata = regex("PATH_METADATA", "");
    let (article_base, article_url) = host_of(&settings.text("ARTICLE_URL", "{slug}.html"));
    Pelican {
        articles: settings.paths("ARTICLE_PATHS").collect(),
        excluded: excluded(settings),
        ignored: ignored(config),
        unread: unread(config),
        file_metadata,
        path_metadata,
        extra_metadata: config
            .get("EXTRA_PATH_METADATA")
            .map_or_else(Vec::new, |value| value.entries().to_vec()),
        default_metadata: config.get("DEFAULT_METADATA").cloned().unwrap_or_default(),
        default_date: default_date(config),
        default_category: settings.text("DEFAULT_CATEGORY", "misc"),
        folder_is_category: settings.flag("USE_FOLDER_AS_CATEGORY", true),
        language: settings.text("DEFAULT_LANG", "en").to_lowercase(),
        slugs: Slugs {
            unicode: settings.flag("SLUGIFY_USE_UNICODE", false),
            keep_case: settings.flag("SLUGIFY_PRESERVE_CASE", false),
            substitutions: substitutions(settings, diags),
        },
        slug_of_name: settings.text("SLUGIFY_SOURCE", "title") == "basename",
        computed: settings.computed.clone(),
        article_url,
        article_base,
        article_lang_url: host_of(&settings.text("ARTICLE_LANG_URL", "{slug}-{lang}.html")).1,
        draft_url: settings.text("DRAFT_URL", "drafts/{slug}.html"),
        draft_lang_url: settings.text("DRAFT_LANG_URL", "drafts/{slug}-{lang}.html"),
        body: BodyStyle {
            smart: options
                .smart_punctuation
                .unwrap_or_else(|| settings.flag("TYPOGRIFY", false)),
            engine: Engine::Python,
            definitions: true,
            inner_markdown: InnerMarkdown::Python,
            python_lists: match has_extension(config, "sane_lists") {
                true => PythonLists::Sane,
                false => PythonLists::Lazy,
            },
            indented_blocks: has_extension(config, "admonition"),
            hard_breaks: has_extension(config, "nl2br"),
            attributes: true,
            attributes_at_ends: true,
            content: slashed(&content),
            summary: options.summary(SummaryRule::Words(
                number(config, "SUMMARY_MAX_LENGTH", Some(50)),
                number(config, "SUMMARY_MAX_PARAGRAPHS", None),
            )),
            summary_end: config.text(&["SUMMARY_END_SUFFIX"]),
            ..BodyStyle::default()
        },
        content,
        options,
    }
}

/// The host that a pattern of addresses begins with, if it has one, and the rest of it.
fn host_of(pattern: &str) -> (Option<Url>, String) {
    let (scheme, rest) = match pattern.split_once("//") {
        Some((scheme @ ("" | "http:" | "https:"), rest)) => (scheme, rest),
        _ => return (None, pattern.to_owned()),
    };
    let scheme = if scheme.is_empty() { "https:" } else { scheme };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    match Url::parse(&format!("{scheme}//{host}/")) {
        Ok(url) => (Some(url), path.to_owned()),
        Err(_) => (None, pattern.to_owned()),
    }
}

/// A setting that is a number, or `None` for no bound.
fn number(config: &Value, key: &str, default: Option<usize>) -> Option<usize> {
    match config.get(key) {
        Some(value) => value.as_text().and_then(|text| text.parse().ok()),
        None => default,
    }
}

/// Whether `MARKDOWN` names an extension of Python's Markdown.
fn has_extension(config: &Value, name: &str) -> bool {
    let names = |key: &str| {
        let value = config.at(&["MARKDOWN", key]);
        let entries = value.map_or(&[][..], Value::entries).iter();
        let items = value.map_or(&[][..], Value::items).iter();
        let keys = entries.map(|(key, _)| key.clone());
        keys.chain(items.filter_map(Value::as_text))
            .collect::<Vec<_>>()
    };
    let all = [names("extension_configs"), names("extensions")].concat();
    all.iter().any(|own| own.rsplit('.').next() == Some(name))
}

/// The folders within the content that hold no articles, such as those of pages.
fn excluded(settings: &Settings) -> Vec<PathBuf> {
    let mut excluded: Vec<PathBuf> = settings.paths("ARTICLE_EXCLUDES").collect();
    match settings.config.get("PAGE_PATHS") {
        Some(_) => excluded.extend(settings.paths("PAGE_PATHS")),
        None => excluded.push("pages".into()),
    }
    excluded
}

/// The folder of the content: `PATH`, which many sites give on the command line instead.
fn content(root: &Folder, config: &Value) -> PathBuf {
    let named = config.text(&["PATH"]).map(|path| {
        let path = path
            .trim_start_matches("./")
            .trim_end_matches('/')
            .to_owned();
        PathBuf::from(if path == "." { String::new() } else { path })
    });
    match named {
        Some(path) if path.is_relative() && root.has_folder(&path) => path,
        _ if root.has_folder("content") => "content".into(),
        _ => PathBuf::new(),
    }
}

fn default_date(config: &Value) -> Option<String> {
    match config.get("DEFAULT_DATE")? {
        Value::List(items) => {
            let numbers: Vec<u32> = items
                .iter()
                .filter_map(|item| item.as_text()?.parse().ok())
                .collect();
            let [year, month, day, time @ ..] = numbers.as_slice() else {
                return None;
            };
            let at = |index: usize| time.get(index).copied().unwrap_or(0);
            Some(format!(
                "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}",
                at(0),
                at(1),
                at(2)
            ))
        }
        // The time of the file says nothing that lasts.
        value => value.as_filled_text().filter(|text| text != "fs"),
    }
}

/// The endings of files that no reader is for.
fn unread(config: &Value) -> Vec<String> {
    let readers = config.get("READERS").map_or(&[][..], Value::entries);
    let unread = readers.iter().filter(|(_, reader)| *reader == Value::Null);
    unread.map(|(ending, _)| ending.clone()).collect()
}

fn ignored(config: &Value) -> globset::GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in config
        .get("IGNORE_FILES")
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
    {
        if let Ok(glob) = globset::Glob::new(&pattern) {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// A setting that is a regular expression; one that is invalid gets a warning.
fn expression(
    settings: &Settings,
    key: &str,
    default: &str,
    diags: &mut Diagnostics,
) -> Option<Regex> {
    let pattern = settings
        .config
        .text(&[key])
        .unwrap_or_else(|| default.to_owned());
    if pattern.is_empty() {
        return None;
    }
    let found = python_regex(&pattern, false, true);
    if found.is_none() {
        unreadable(key, settings, diags);
    }
    found
}

fn substitutions(settings: &Settings, diags: &mut Diagnostics) -> Vec<(Regex, String)> {
    const KEY: &str = "SLUG_REGEX_SUBSTITUTIONS";
    let default = DEFAULT_SUBSTITUTIONS
        .iter()
        .filter_map(|(pattern, with)| {
            Some((python_regex(pattern, true, false)?, (*with).to_owned()))
        })
        .collect();
    let Some(own) = settings.config.get(KEY) else {
        return default;
    };
    const MOST: usize = 100;
    let mut found = Vec::new();
    for pair in own.items().iter().take(MOST) {
        let texts: Vec<String> = pair.items().iter().filter_map(Value::as_text).collect();
        let [pattern, with] = texts.as_slice() else {
            unreadable(KEY, settings, diags);
            continue;
        };
        match python_regex(pattern, true, false) {
            Some(regex) => found.push((regex, python_replacement(with))),
            None => unreadable(KEY, settings, diags),
        }
    }
    found
}

fn unreadable(key: &str, settings: &Settings, diags: &mut Diagnostics) {
    diags.warning(
        "config-generator",
        Location::file(settings.file_of(key)),
        format!("`{key}` has an expression that only Python reads"),
        "check the permalinks, and set `content.permalink` in feedwright.yaml if they differ",
    );
}
