//! `_config.yml`: what the site says of itself and of its posts.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;

use crate::dialect::generator::{self, variables};
use crate::dialect::{BodyStyle, Detected, Options, Templates, fields};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;

use super::Hexo;
use super::pattern::name_pattern;

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

/// Whether a folder is a Hexo site: it has its configuration, and posts where Hexo looks.
pub(in crate::dialect) fn recognizes(root: &Folder) -> bool {
    CONFIGS.iter().any(|name| root.has_file(name))
        && (root.has_folder("source/_posts")
            || (root.has_folder("source") && root.has_folder("scaffolds")))
}

pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) =
        generator::read(root, &CONFIGS, diags)?.unwrap_or((CONFIGS[0], Value::Null));
    let text = |key: &str| config.text(&[key]);
    let flag = |path: &[&str]| config.at(path).and_then(Value::as_bool);
    let pairs = |key: &str| {
        let entries = config.get(key).map_or(&[][..], Value::entries).iter();
        entries
            .filter_map(|(key, value)| Some((key.clone(), value.as_text()?)))
            .collect::<Vec<_>>()
    };
    let new_post_name = text("new_post_name").unwrap_or_else(|| ":title.md".to_owned());
    let mut skip = globset::GlobSetBuilder::new();
    for pattern in config
        .get("skip_render")
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
    {
        if let Ok(glob) = globset::GlobBuilder::new(&pattern)
            .literal_separator(true)
            .build()
        {
            skip.add(glob);
        }
    }
    let defaults = SiteDefaults {
        file: Some(file),
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
        ..SiteDefaults::default()
    };
    Ok(Detected {
        dialect: Box::new(Hexo {
            source: text("source_dir")
                .unwrap_or_else(|| "source".to_owned())
                .into(),
            drafts: options.drafts || flag(&["render_drafts"]) == Some(true),
            pattern: text("permalink").unwrap_or_else(|| ":year/:month/:day/:title/".to_owned()),
            defaults: pairs("permalink_defaults"),
            names: name_pattern(&new_post_name),
            default_category: text("default_category")
                .unwrap_or_else(|| "uncategorized".to_owned()),
            category_slugs: pairs("category_map"),
            slug_case: text("filename_case"),
            asset_folders: flag(&["post_asset_folder"]) == Some(true),
            hide_index: flag(&["pretty_urls", "trailing_index"]) == Some(false),
            hide_html: flag(&["pretty_urls", "trailing_html"]) == Some(false),
            skipped: skip.build().unwrap_or_default(),
            body: BodyStyle {
                smart: options
                    .smart_punctuation
                    .unwrap_or_else(|| flag(&["marked", "smartypants"]).unwrap_or(true)),
                templates: Templates::Hexo,
                admonitions: true,
                variables: variables(&config),
                ..BodyStyle::default()
            },
            options,
        }),
        defaults,
    })
}
