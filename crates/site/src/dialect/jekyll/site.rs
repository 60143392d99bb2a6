//! `_config.yml`: what the site says of itself and of its posts.

use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::language::{is_variant, language_tag};
use feedwright_base::permalink::slashed;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::generator::{self, variables};
use crate::dialect::{
    BodyStyle, Detected, Engine, InnerMarkdown, Options, SummaryRule, Templates, fields,
};
use crate::folder::Folder;
use crate::front_matter::{Value, from_yaml};
use crate::settings::{ContentKind, SiteDefaults, Taxonomy};
use crate::source::{self, inner_path};

use crate::dialect::own_feeds;

use super::defaults::Defaults;
use super::polyglot::Polyglot;
use super::theme;
use super::{Collection, Jekyll};

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// What Jekyll leaves out whatever the configuration says.
const EXCLUDED: [&str; 7] = [
    "node_modules",
    "vendor/bundle",
    "vendor/cache",
    "vendor/gems",
    "vendor/ruby",
    "gemfiles",
    "_site",
];

/// Reads the site's configuration. Without one, Jekyll's own defaults apply.
pub fn load(root: &Folder, options: Options, diags: &mut Diagnostics) -> Result<Detected, Error> {
    let (file, config) =
        generator::read(root, &CONFIGS, diags)?.unwrap_or(("_config.yml", Value::Null));
    let summary = options.summary(SummaryRule::Separated);
    let style = options
        .permalink
        .or_else(|| config.text(&["collections", "posts", "permalink"]))
        .or_else(|| config.text(&["permalink"]))
        .unwrap_or_else(|| "date".to_owned());
    let engine = engine(&config);
    let source = source_folder(&config);
    let collections = collections(&config, &style);
    let gems = source::read_setting(root, "Gemfile")?.unwrap_or_default();
    let polyglot = Polyglot::read(&config, file, &gems, diags);
    let mut defaults = site_defaults(root, &config, file, &gems);
    theme::add(&config, &mut defaults);
    // Without `source`, that is the site's folder itself.
    defaults.copied.push(source.clone());
    if let Some(polyglot) = &polyglot {
        in_languages(polyglot, &mut defaults);
    }
    let finds_posts = options.folders.is_empty();

    let content = slashed(&source);

    let jekyll = Jekyll {
        folders: options.folders,
        permalink: expand_style(&style).to_owned(),
        page_end: page_end(&style),
        has_posts: collections.is_empty() || !finds_posts || has_posts(root, &source),
        collections,
        markups: markups(&config, &gems),
        collections_folder: config.text(&["collections_dir"]).unwrap_or_default().into(),
        defaults: Defaults::read(&config),
        exclude: exclude(&config, diags, file),
        polyglot,
        drafts: options.drafts || config.get("show_drafts").and_then(Value::as_bool) == Some(true),
        authors: author_data(root, &source)?,
        source,
        body: BodyStyle {
            engine,
            definitions: engine == Engine::Kramdown,
            inner_markdown: match config
                .at(&["kramdown", "parse_block_html"])
                .and_then(Value::as_bool)
            {
                Some(true) => InnerMarkdown::KramdownInAll,
                _ => InnerMarkdown::Kramdown,
            },
            // CommonMark leaves punctuation as it is.
            smart: options
                .smart_punctuation
                .unwrap_or(engine == Engine::Kramdown),
            excerpt_separator: config.text(&["excerpt_separator"]),
            summary,
            templates: Templates::Liquid,
            links_to_files: links_to_files(&config),
            content,
            variables: variables(&config),
            ..BodyStyle::default()
        },
    };
    Ok(Detected {
        dialect: Box::new(jekyll),
        defaults,
    })
}

/// The engine that the site names: kramdown, unless it is CommonMark, by GitHub's plugin or another.
fn engine(config: &Value) -> Engine {
    match config.text(&["markdown"]) {
        Some(name) if name.to_lowercase().contains("commonmark") => Engine::CommonMark,
        _ => Engine::Kramdown,
    }
}

/// Adds what is said of the site's languages.
fn in_languages(polyglot: &Polyglot, defaults: &mut SiteDefaults) {
    let own = polyglot.default();
    // `lang` may say more of it than `default_lang`.
    let says_more = |tag: &String| language_tag(tag).is_some_and(|tag| is_variant(&tag, own));
    defaults.language = defaults
        .language
        .take()
        .filter(says_more)
        .or_else(|| Some(own.to_owned()));
    defaults.languages = polyglot.others();
    defaults.taxonomies.push(Taxonomy::Languages);
}

/// The patterns that Jekyll's named permalink styles stand for.
fn expand_style(style: &str) -> &str {
    match style {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

/// The names of the collections that jekyll-feed makes feeds of: a list or a map.
fn feed_collections(config: &Value) -> Vec<String> {
    match config.at(&["feed", "collections"]) {
        Some(Value::Map(entries)) => entries.iter().map(|(name, _)| name.clone()).collect(),
        Some(list) => list
            .items()
            .iter()
            .filter_map(Value::as_filled_text)
            .collect(),
        None => Vec::new(),
    }
}

/// The collections beside the posts that are published.
fn collections(config: &Value, style: &str) -> Vec<Collection> {
    let own = config.get("collections").map_or(&[][..], Value::entries);
    let published = own
        .iter()
        .filter(|(_, collection)| collection.get("output").and_then(Value::as_bool) == Some(true))
        .map(|(name, _)| name.clone());
    let mut names = feed_collections(config);
    names.extend(published);
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| name != "posts")
        .map(|name| {
            let permalink = config
                .text(&["collections", &name, "permalink"])
                .unwrap_or_else(|| format!("/:collection/:path{}", page_end(style)));
            Collection {
                permalink: expand_style(&permalink).to_owned(),
                name,
            }
        })
        .collect()
}

/// What the addresses of pages end with that are no posts: of a style for posts Jekyll takes no more than
/// a slash or the placeholder.
fn page_end(style: &str) -> &'static str {
    match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        own if own.ends_with('/') => "/",
        own if own.ends_with(":output_ext") => ":output_ext",
        _ => "",
    }
}

/// Whether jekyll-relative-links makes links of posts to files lead to their pages.
fn links_to_files(config: &Value) -> bool {
    let is = |key: &str| config.at(&["relative_links", key]).and_then(Value::as_bool);
    is("collections") == Some(true) && is("enabled") != Some(false)
}

/// Whether the configuration names a plugin.
pub(super) fn has_plugin(config: &Value, plugin: &str) -> bool {
    ["plugins", "gems", "whitelist"].iter().any(|key| {
        let names = config.get(key).map_or(&[][..], Value::items);
        names
            .iter()
            .any(|name| name.as_filled_text().as_deref() == Some(plugin))
    })
}

/// Whether the site uses a plugin, by its configuration or its `Gemfile`.
pub(super) fn uses_plugin(config: &Value, gems: &str, plugin: &str) -> bool {
    let mut lines = gems.lines().map(str::trim_start);
    has_plugin(config, plugin) || lines.any(|line| line.starts_with("gem") && line.contains(plugin))
}

/// The markups beside Markdown and HTML that the site's plugins render.
fn markups(config: &Value, gems: &str) -> Vec<&'static str> {
    const PLUGINS: [(&str, &str); 4] = [
        ("jekyll-textile-converter", "Textile"),
        ("jekyll-asciidoc", "AsciiDoc"),
        ("jekyll-org", "Org"),
        ("jekyll-rst", "reStructuredText"),
    ];
    let used = PLUGINS
        .iter()
        .filter(|(plugin, _)| uses_plugin(config, gems, plugin));
    used.map(|(_, markup)| *markup).collect()
}

/// Whether jekyll-feed is on: Jekyll loads what the configuration names, and the group `jekyll_plugins` of
/// the `Gemfile`.
fn has_feed_plugin(config: &Value, gems: &str) -> bool {
    const NAME: &str = "jekyll-feed";
    let mut is_in_group = false;
    let mut lines = gems.lines().map(str::trim);
    has_plugin(config, NAME)
        || lines.any(|line| {
            match line.split_whitespace().next() {
                Some("group") => is_in_group = line.contains("jekyll_plugins"),
                Some("end") => is_in_group = false,
                _ => {}
            }
            let is_named = line.strip_prefix("gem").is_some_and(|gem| {
                gem.contains(&format!("\"{NAME}\"")) || gem.contains(&format!("'{NAME}'"))
            });
            is_named && (is_in_group || line.contains("jekyll_plugins"))
        })
}

fn site_defaults(root: &Folder, config: &Value, file: &'static str, gems: &str) -> SiteDefaults {
    let has_feed = has_feed_plugin(config, gems);
    // jekyll-feed shows ten posts: the first feed of ours brings back no older one.
    let limit = config
        .text(&["feed", "posts_limit"])
        .and_then(|text| text.parse().ok())
        .or(has_feed.then_some(10));
    let authors = config
        .get("author")
        .map(fields::people)
        .filter(|people| !people.is_empty())
        .unwrap_or_default();
    SiteDefaults {
        file: Some(file.into()),
        title: config.text(&["title"]).or_else(|| config.text(&["name"])),
        url: config.text(&["url"]),
        base_path: config.text(&["baseurl"]),
        description: config.text(&["description"]),
        language: config.text(&["lang"]).or_else(|| config.text(&["locale"])),
        timezone: config.text(&["timezone"]),
        authors: with_email(authors, config),
        email: config.text(&["email"]),
        icon: config
            .text(&["feed", "icon"])
            .or_else(|| config.text(&["icon"])),
        logo: config
            .text(&["feed", "logo"])
            .or_else(|| config.text(&["logo"])),
        limit,
        content: (config
            .at(&["feed", "excerpt_only"])
            .and_then(Value::as_bool)
            == Some(true))
        .then_some(ContentKind::Summary),
        future: config.get("future").and_then(Value::as_bool),
        include: only_tags(config),
        exclude: list(config, &["feed", "tags", "except"]),
        taxonomies: taxonomies(config),
        atom_path: feed_path(config),
        own_feeds: own_feeds::jekyll(root, has_feed, config, file),
        ..SiteDefaults::default()
    }
}

/// Tags always; categories and collections where jekyll-feed makes feeds of them.
fn taxonomies(config: &Value) -> Vec<Taxonomy> {
    let mut taxonomies = vec![Taxonomy::Tags];
    if config
        .at(&["feed", "categories"])
        .is_some_and(|value| !value.items().is_empty())
    {
        taxonomies.push(Taxonomy::Categories);
    }
    if feed_collections(config).iter().any(|name| name != "posts") {
        taxonomies.push(Taxonomy::Sections);
    }
    taxonomies
}

/// The texts of a list in the configuration.
pub(super) fn list(config: &Value, path: &[&str]) -> Vec<String> {
    config
        .at(path)
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
        .collect()
}

fn only_tags(config: &Value) -> Vec<String> {
    list(config, &["feed", "tags", "only"])
}

/// `email:` beside `author: Name`, or beside the site's title, belongs to the site's author.
fn with_email(
    mut authors: Vec<feedwright_feed::Person>,
    config: &Value,
) -> Vec<feedwright_feed::Person> {
    if let [author] = authors.as_mut_slice()
        && author.email.is_none()
    {
        author.email = config.text(&["email"]);
    }
    authors
}

/// `source`, as a path below the site's folder.
fn source_folder(config: &Value) -> PathBuf {
    let named = config.text(&["source"]).unwrap_or_default();
    inner_path(Path::new(&named))
}

/// The path of jekyll-feed's own feed, where the site chose one: its subscribers are there.
fn feed_path(config: &Value) -> Option<String> {
    let path = config.text(&["feed", "path"])?;
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    (!is_hidden).then(|| format!("/{}", path.trim_start_matches('/')))
}

/// Whether any folder of posts lies in the site.
fn has_posts(root: &Folder, source: &Path) -> bool {
    const DEEPEST: usize = 6;
    let start = root.path().join(source);
    if root.edge().inside(&start).is_none() {
        return false;
    }
    walkdir::WalkDir::new(start)
        .max_depth(DEEPEST)
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || EXCLUDED.contains(&name.as_ref()))
        })
        .flatten()
        .filter(|entry| entry.file_type().is_dir())
        .inspect(|entry| root.ask_all(entry.path().strip_prefix(root.path()).into_iter()))
        .any(|entry| entry.file_name() == "_posts")
}

/// Says that a setting has a pattern that cannot be read.
pub(super) fn unreadable(setting: (&str, &str), file: &str, diags: &mut Diagnostics) {
    let (key, pattern) = setting;
    diags.warning(
        "config-exclude",
        Location::file(file),
        format!("`{key}` has the pattern `{pattern}`, which cannot be read"),
        "check its brackets and braces",
    );
}

fn exclude(config: &Value, diags: &mut Diagnostics, file: &str) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let own = list(config, &["exclude"]);
    for pattern in EXCLUDED
        .iter()
        .copied()
        .chain(own.iter().map(String::as_str))
    {
        let pattern = pattern.trim_matches('/');
        if pattern.is_empty() {
            continue;
        }
        if source::add_pattern(&mut set, pattern).is_err() {
            unreadable(("exclude", pattern), file, diags);
        }
    }
    set.build().unwrap_or_default()
}

fn author_data(root: &Folder, folder: &Path) -> Result<Value, Error> {
    for name in ["_data/authors.yml", "_data/authors.yaml"] {
        let name = slashed(&folder.join(name));
        if let Some(text) = source::read_setting(root, &name)? {
            return Ok(from_yaml(&text).unwrap_or_default());
        }
    }
    Ok(Value::Null)
}
