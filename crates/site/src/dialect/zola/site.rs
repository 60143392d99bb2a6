//! Reads `config.toml` and the `_index.md` of the sections of a Zola site.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_feed::Person;
use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::dialect::generator::{self, variables};
use crate::dialect::{BodyStyle, Detected, Options, Templates, stem};
use crate::folder::Folder;
use crate::front_matter::{self, Syntax, Value};
use crate::settings::{LanguageDefaults, SiteDefaults, Taxonomy};
use crate::source::{self, Kind, Walk};

use crate::dialect::own_feeds;

use super::file_name::Slugs;
use super::{CONTENT, ROOT, Section, Zola};

const CONFIGS: [&str; 2] = ["zola.toml", "config.toml"];

/// Reads the configuration and the sections of a Zola site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) =
        generator::read(root, &CONFIGS, diags)?.unwrap_or((CONFIGS[0], Value::Null));
    let default_language = config
        .text(&["default_language"])
        .unwrap_or_else(|| "en".to_owned());
    let languages = languages(&config, &default_language);
    let sections = sections(root, &languages, diags)?;
    let flag = |path: &[&str]| config.at(path).and_then(Value::as_bool) == Some(true);
    let zola = Zola {
        slugs: match config.text(&["slugify", "paths"]).as_deref() {
            Some("safe") => Slugs::Safe,
            Some("off") => Slugs::Off,
            _ => Slugs::On,
        },
        taxonomies: own_taxonomies(&config).map(|(name, _)| name).collect(),
        keep_dates: flag(&["slugify", "paths_keep_dates"]),
        feeds: flag(&["generate_feeds"]) || flag(&["generate_feed"]) || flag(&["generate_rss"]),
        sections,
        languages,
        ignored: ignored(&config, file, diags),
        body: BodyStyle {
            smart: options
                .smart_punctuation
                .unwrap_or_else(|| flag(&["markdown", "smart_punctuation"])),
            definitions: flag(&["markdown", "definition_list"]),
            templates: Templates::Zola,
            emoji: flag(&["markdown", "render_emoji"]),
            content: CONTENT.to_owned(),
            shortcodes: shortcodes(&config),
            variables: variables(&config),
            ..BodyStyle::default()
        },
        options,
    };
    Ok(Detected {
        defaults: SiteDefaults {
            file: Some(file.into()),
            language: Some(default_language),
            ..defaults(&config, &zola, file)
        },
        dialect: Box::new(zola),
    })
}

/// The folders that templates of shortcodes are in: the site's own, then that of its theme.
fn shortcodes(config: &Value) -> Vec<String> {
    let theme = config
        .text(&["theme"])
        .map(|name| format!("themes/{name}/"));
    let folders = [Some(String::new()), theme].into_iter().flatten();
    folders
        .map(|folder| format!("{folder}templates/shortcodes"))
        .collect()
}

/// The defaults of the site, from its configuration.
fn defaults(config: &Value, zola: &Zola, file: &str) -> SiteDefaults {
    let home = zola.sections.get(Path::new(CONTENT));
    SiteDefaults {
        title: config
            .text(&["title"])
            .or_else(|| home.and_then(|section| section.title.clone())),
        url: config.text(&["base_url"]),
        description: config
            .text(&["description"])
            .or_else(|| home.and_then(|section| section.description.clone())),
        // Zola takes a date without a zone as UTC.
        timezone: Some("UTC".to_owned()),
        authors: author(config),
        limit: config
            .text(&["feed_limit"])
            .and_then(|text| text.parse().ok()),
        output: Some("static".into()),
        copied: vec!["static".into(), "content".into()],
        own_feeds: own_feeds::zola(config, zola.has_section_feeds(), file),
        // The pages of the root are those of the main feed.
        exclude: vec![ROOT.to_owned()],
        own_taxonomies: zola.taxonomies.clone(),
        languages: zola
            .languages
            .iter()
            .map(|code| LanguageDefaults {
                tag: code.clone(),
                title: config.text(&["languages", code, "title"]),
                description: config.text(&["languages", code, "description"]),
                home: Some(format!("/{code}/")),
            })
            .collect(),
        taxonomies: taxonomies_with_feeds(config, zola),
        ..SiteDefaults::default()
    }
}

/// The taxonomies whose members have feeds by default.
fn taxonomies_with_feeds(config: &Value, zola: &Zola) -> Vec<Taxonomy> {
    let mut taxonomies = vec![Taxonomy::Tags];
    if zola.has_section_feeds() {
        taxonomies.push(Taxonomy::Sections);
    }
    if !zola.languages.is_empty() {
        taxonomies.push(Taxonomy::Languages);
    }
    let own = own_taxonomies(config).filter(|(_, has_feed)| *has_feed);
    taxonomies.extend(own.map(|(name, _)| Taxonomy::Own(name)));
    taxonomies
}

/// Taxonomies beside tags and categories, and whether each has feeds.
fn own_taxonomies(config: &Value) -> impl Iterator<Item = (String, bool)> {
    let taxonomies = config.get("taxonomies").map_or(&[][..], Value::items);
    taxonomies.iter().filter_map(|taxonomy| {
        let name = taxonomy
            .text(&["name"])
            .filter(|name| name != "tags" && name != "categories")?;
        let has_feed = taxonomy.get("feed").and_then(Value::as_bool) == Some(true);
        Some((name, has_feed))
    })
}

/// The languages beside the site's own: tables, or in older versions a list.
fn languages(config: &Value, own: &str) -> Vec<String> {
    let codes: Vec<String> = match config.get("languages") {
        Some(Value::Map(entries)) => entries.iter().map(|(code, _)| code.clone()).collect(),
        Some(list) => list
            .items()
            .iter()
            .filter_map(|language| language.text(&["code"]))
            .collect(),
        None => Vec::new(),
    };
    codes.into_iter().filter(|code| code != own).collect()
}

/// `author`, written as a name, or as an address with the name in brackets.
fn author(config: &Value) -> Vec<Person> {
    let Some(text) = config.text(&["author"]) else {
        return Vec::new();
    };
    let (email, name) = match text.split_once(" (") {
        Some((email, name)) if email.contains('@') => (
            Some(email.to_owned()),
            name.trim_end_matches(')').to_owned(),
        ),
        _ if text.contains('@') && !text.contains(' ') => (Some(text.clone()), text),
        _ => (None, text),
    };
    vec![Person {
        email,
        ..Person::named(name)
    }]
}

fn ignored(config: &Value, file: &'static str, diags: &mut Diagnostics) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in config
        .get("ignored_content")
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
    {
        match Glob::new(&pattern) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => diags.warning(
                "config-exclude",
                Location::file(file),
                format!("`ignored_content` has a pattern that cannot be read: {error}"),
                "name the files in `content.ignore` of feedwright.yaml",
            ),
        }
    }
    set.build().unwrap_or_default()
}

/// Whether a name is that of the file that makes its folder a section, in any language.
fn is_section(stem: &str, languages: &[String]) -> bool {
    stem.strip_prefix("_index")
        .is_some_and(|rest| match rest.strip_prefix('.') {
            Some(code) => languages.iter().any(|known| known == code),
            None => rest.is_empty(),
        })
}

/// The folders that are sections, with what their `_index.md` says.
fn sections(
    root: &Folder,
    languages: &[String],
    diags: &mut Diagnostics,
) -> Result<HashMap<PathBuf, Section>, Error> {
    let mut sections: HashMap<PathBuf, Section> = HashMap::new();
    if !root.has_folder(CONTENT) {
        return Ok(sections);
    }
    let walk = Walk {
        root,
        folders: &[PathBuf::from(CONTENT)],
        takes: &|path, kind| kind == Kind::Folder || is_section(stem(path), languages),
    };
    for path in source::discover(&walk, &mut Diagnostics::new())? {
        let Some(source) = source::read(root, &path, diags)? else {
            continue;
        };
        let Some(front_matter) = front_matter::decode(&source, Syntax::Fenced, diags) else {
            continue;
        };
        let value = |key: &str| front_matter.get(key).map(|field| &field.value);
        let text = |key: &str| value(key).and_then(Value::as_filled_text);
        let flag = |key: &str| value(key).and_then(Value::as_bool) == Some(true);
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        // A draft in one language takes the pages of all along.
        let is_draft = flag("draft") || sections.get(&folder).is_some_and(|known| known.draft);
        if stem(&path) != "_index" {
            if is_draft {
                sections.entry(folder).or_default().draft = true;
            }
            continue;
        }
        let section = Section {
            title: text("title"),
            description: text("description"),
            draft: is_draft,
            feeds: flag("generate_feeds") || flag("generate_feed"),
            transparent: flag("transparent"),
        };
        sections.insert(folder, section);
    }
    Ok(sections)
}
