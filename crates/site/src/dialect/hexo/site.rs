//! Reads `_config.yml`, the configuration of a Hexo site.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::dialect::generator::{self, variables};
use crate::dialect::{BareLinks, BodyStyle, Detected, Engine, Options, RawHtml, Templates, fields};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;
use crate::source;

use crate::dialect::own_feeds;

use super::Hexo;
use super::pattern::name_pattern;

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

/// Reads the configuration of a Hexo site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) =
        generator::read(root, &CONFIGS, diags)?.unwrap_or((CONFIGS[0], Value::Null));
    let package = source::read_setting(root, "package.json")?;
    let uses = |name: &str| {
        let package = package.as_ref();
        package.map(|package| package.contains(&format!("\"{name}\"")))
    };
    let has_feed = uses("hexo-generator-feed") == Some(true);
    let has_marked = uses("hexo-renderer-marked") != Some(false);
    Ok(Detected {
        defaults: defaults(&config, has_feed, file),
        dialect: Box::new(hexo(&config, has_marked, options)),
    })
}

/// The defaults of the site, from its configuration.
fn defaults(config: &Value, has_feed: bool, file: &'static str) -> SiteDefaults {
    let text = |key: &str| config.text(&[key]);
    SiteDefaults {
        file: Some(file.into()),
        title: text("title"),
        url: text("url"),
        base_path: text("root"),
        description: text("description").or_else(|| text("subtitle")),
        language: config
            .get("language")
            .and_then(|value| value.items().first()?.as_filled_text()),
        timezone: text("timezone"),
        authors: config.get("author").map(fields::people).unwrap_or_default(),
        email: text("email"),
        icon: config.text(&["feed", "icon"]),
        limit: config
            .text(&["feed", "limit"])
            .and_then(|limit| limit.parse().ok()),
        output: Some(
            text("public_dir")
                .unwrap_or_else(|| "public".to_owned())
                .into(),
        ),
        copied: vec![
            text("source_dir")
                .unwrap_or_else(|| "source".to_owned())
                .into(),
        ],
        own_feeds: own_feeds::hexo(has_feed, config),
        ..SiteDefaults::default()
    }
}

/// The rules by which the site's posts are read.
fn hexo(config: &Value, has_marked: bool, options: Options) -> Hexo {
    let text = |key: &str, default: &str| config.text(&[key]).unwrap_or_else(|| default.to_owned());
    let flag = |path: &[&str]| config.at(path).and_then(Value::as_bool);
    // The settings of hexo-renderer-marked, or those of hexo-renderer-markdown-it.
    let renders = |marked: &str, other: &str| {
        let set = flag(&["marked", marked]).or_else(|| flag(&["markdown", "render", other]));
        set.unwrap_or(true)
    };
    let engine = match config.get("markdown") {
        Some(_) => Engine::MarkdownIt,
        None => Engine::Marked,
    };
    Hexo {
        source: text("source_dir", "source").into(),
        drafts: options.drafts || flag(&["render_drafts"]) == Some(true),
        pattern: text("permalink", ":year/:month/:day/:title/"),
        defaults: pairs(config, "permalink_defaults"),
        names: name_pattern(&text("new_post_name", ":title.md")),
        default_category: text("default_category", "uncategorized"),
        category_slugs: pairs(config, "category_map"),
        slug_case: config.text(&["filename_case"]),
        asset_folders: flag(&["post_asset_folder"]) == Some(true),
        hide_index: flag(&["pretty_urls", "trailing_index"]) == Some(false),
        hide_html: flag(&["pretty_urls", "trailing_html"]) == Some(false),
        skipped: skipped(config),
        rooted_pictures: has_marked
            && engine == Engine::Marked
            && flag(&["marked", "prependRoot"]) != Some(false)
            && flag(&["relative_link"]) != Some(true),
        body: BodyStyle {
            smart: options
                .smart_punctuation
                .unwrap_or_else(|| renders("smartypants", "typographer")),
            engine,
            bare_links: match engine {
                Engine::MarkdownIt => BareLinks::LinkifyIt,
                _ => BareLinks::Gfm,
            }
            .when(renders("autolink", "linkify")),
            hard_breaks: renders("breaks", "breaks"),
            raw_html: if flag(&["markdown", "render", "html"]) == Some(false) {
                RawHtml::Text
            } else {
                RawHtml::Shown
            },
            templates: Templates::Hexo,
            admonitions: true,
            variables: variables(config),
            ..BodyStyle::default()
        },
        options,
    }
}

/// The entries of a setting that is a map of texts.
fn pairs(config: &Value, key: &str) -> Vec<(String, String)> {
    let entries = config.get(key).map_or(&[][..], Value::entries).iter();
    entries
        .filter_map(|(key, value)| Some((key.clone(), value.as_text()?)))
        .collect()
}

/// `skip_render`; a pattern that cannot be read skips nothing.
fn skipped(config: &Value) -> GlobSet {
    let mut skipped = GlobSetBuilder::new();
    let patterns = config.get("skip_render").map_or(&[][..], Value::items);
    for pattern in patterns.iter().filter_map(Value::as_filled_text) {
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
        if let Ok(glob) = glob {
            skipped.add(glob);
        }
    }
    skipped.build().unwrap_or_default()
}
