//! Hexo: posts in `source/_posts`, `_config.yml`, and permalink patterns with any key in them.
//!
//! Hexo takes the day in a permalink from the clock of the machine that builds the site. It is
//! taken from UTC here, which the machines of build services show.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDateTime};
use globset::GlobSet;
use regex::Regex;
use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::config::SiteDefaults;
use crate::diagnostic::{Diagnostics, Location};
use crate::error::Error;
use crate::front_matter::{Format, FrontMatter, Syntax, Value};
use crate::permalink::{bounded, encode, slashed};
use crate::source::Kind;

use super::fields::{self, Separator};
use super::generator::{self, variables};
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Detected, Dialect, Metadata, Names, NoPermalink,
    Options, Templates, Undated, is_markdown,
};

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

struct Hexo {
    options: Options,
    /// `source_dir`.
    source: PathBuf,
    drafts: bool,
    pattern: String,
    /// `permalink_defaults`.
    defaults: Vec<(String, String)>,
    /// `new_post_name`: what the name of a file says. `None` where it says nothing but the slug.
    names: Option<Regex>,
    default_category: String,
    /// `category_map`: the slugs of categories.
    category_slugs: Vec<(String, String)>,
    /// `filename_case`: 1 is lower, 2 is upper.
    slug_case: Option<String>,
    /// `post_asset_folder`, with which a post's own permalink is a folder.
    asset_folders: bool,
    /// `pretty_urls`.
    hide_index: bool,
    hide_html: bool,
    skipped: GlobSet,
    body: BodyStyle,
}

/// Whether a folder is a Hexo site: it has its configuration, and posts where Hexo looks.
pub(super) fn recognizes(root: &Path) -> bool {
    CONFIGS.iter().any(|name| root.join(name).is_file())
        && (root.join("source/_posts").is_dir()
            || (root.join("source").is_dir() && root.join("scaffolds").is_dir()))
}

pub(super) fn load(
    root: &Path,
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

/// `new_post_name` as an expression that takes a path apart.
fn name_pattern(name: &str) -> Option<Regex> {
    let bare = name.rsplit_once('.').map_or(name, |(bare, _)| bare);
    let mut pattern = "^".to_owned();
    let mut rest = bare;
    while let Some(colon) = rest.find(':') {
        pattern.push_str(&regex::escape(&rest[..colon]));
        rest = &rest[colon + 1..];
        let key = placeholder(rest);
        rest = &rest[key.len()..];
        let form = match key {
            "year" => r"\d{4}",
            "month" | "day" => r"\d{2}",
            "i_month" | "i_day" => r"\d{1,2}",
            "hash" => "[0-9a-f]{12}",
            _ => ".+?",
        };
        pattern.push_str(&format!("(?P<{key}>{form})"));
    }
    pattern.push_str(&regex::escape(rest));
    pattern.push('$');
    Regex::new(&pattern).ok()
}

/// The placeholder that a text begins with, without its colon.
fn placeholder(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    text[..end].trim_end_matches('_')
}

/// Hexo's slug of a text: without accents, signs and blanks as hyphens.
fn slugize(text: &str) -> String {
    const SIGNS: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/";
    let mut slug = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).nfc() {
        match c {
            'ß' => slug.push('s'),
            'æ' => slug.push_str("ae"),
            'Æ' => slug.push_str("AE"),
            'ø' => slug.push('o'),
            'Ø' => slug.push('O'),
            'ł' => slug.push('l'),
            c if c.is_whitespace() || SIGNS.contains(c) => {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            c if c.is_control() => {}
            c => slug.push(c),
        }
    }
    slug.trim_matches('-').to_owned()
}

impl Hexo {
    /// The path of a post within the folder of posts, and whether it is a draft.
    fn place<'a>(&self, path: &'a Path) -> Option<(&'a Path, bool)> {
        let mut folders = self.options.folders.iter();
        if let Some(inner) = folders.find_map(|folder| path.strip_prefix(folder).ok()) {
            return Some((inner, false));
        }
        let inner = path.strip_prefix(&self.source).ok()?;
        if let Ok(inner) = inner.strip_prefix("_posts") {
            return Some((inner, false));
        }
        let inner = inner.strip_prefix("_drafts").ok()?;
        self.drafts.then_some((inner, true))
    }

    /// What the name of a file says: the slug, and every other part by its key.
    fn named(&self, inner: &Path) -> (String, Vec<(String, String)>) {
        let bare = slashed(&inner.with_extension(""));
        let Some((pattern, found)) = self
            .names
            .as_ref()
            .and_then(|pattern| Some((pattern, pattern.captures(&bare)?)))
        else {
            return (slugize(&bare), Vec::new());
        };
        let mut parts: Vec<(String, String)> = pattern
            .capture_names()
            .flatten()
            .filter_map(|key| Some((key.to_owned(), found.name(key)?.as_str().to_owned())))
            .collect();
        let title = parts.iter().position(|(key, _)| key == "title");
        let slug = title.map_or_else(|| slugize(&bare), |at| parts.remove(at).1);
        (slug, parts)
    }

    fn category_slug(&self, name: &str) -> String {
        let mapped = self.category_slugs.iter().find(|(known, _)| known == name);
        let slug = slugize(mapped.map_or(name, |(_, slug)| slug));
        match self.slug_case.as_deref() {
            Some("1") => slug.to_lowercase(),
            Some("2") => slug.to_uppercase(),
            _ => slug,
        }
    }

    /// The slugs of the last category with those above it: a list of names is one hierarchy, a
    /// list that holds lists has one in each.
    fn category_path(&self, value: &Value) -> String {
        let names = |items: &[Value]| {
            let slugs = items.iter().filter_map(Value::as_filled_text);
            slugs
                .map(|name| self.category_slug(&name))
                .collect::<Vec<_>>()
                .join("/")
        };
        let items = value.items();
        let is_nested = items.iter().any(|item| matches!(item, Value::List(_)));
        match items.last() {
            Some(last) if is_nested => names(last.items()),
            _ => names(items),
        }
    }

    /// Fills in a pattern; `Err` names what no key of the post stands for.
    fn expand(&self, metadata: &Metadata, published: NaiveDateTime) -> Result<String, String> {
        bounded(&self.pattern)?;
        let mut path = String::new();
        let mut rest = self.pattern.as_str();
        while let Some(colon) = rest.find(':') {
            path.push_str(&rest[..colon]);
            rest = &rest[colon + 1..];
            let key = placeholder(rest);
            rest = &rest[key.len()..];
            if key.is_empty() {
                path.push(':');
                continue;
            }
            let value = self
                .value(key, metadata, published)
                .ok_or_else(|| key.to_owned())?;
            path.push_str(&value);
        }
        path.push_str(rest);
        Ok(path)
    }

    fn value(&self, key: &str, metadata: &Metadata, published: NaiveDateTime) -> Option<String> {
        let format = match key {
            "year" => "%Y",
            "month" => "%m",
            "day" => "%d",
            "hour" => "%H",
            "minute" => "%M",
            "second" => "%S",
            "i_month" => return Some(published.month().to_string()),
            "i_day" => return Some(published.day().to_string()),
            "timestamp" => return Some(published.and_utc().timestamp().to_string()),
            "title" => return Some(metadata.slug.clone()),
            "name" => return metadata.slug.rsplit('/').next().map(str::to_owned),
            "post_title" => {
                let title = metadata.title.as_ref().map_or("", |title| &title.text);
                return Some(slugize(title).to_lowercase());
            }
            "hash" => {
                let seconds = published.and_utc().timestamp();
                let hash = Sha1::digest(format!("{}{seconds}", metadata.slug));
                return Some(
                    hash.iter()
                        .take(6)
                        .map(|byte| format!("{byte:02x}"))
                        .collect(),
                );
            }
            "category" => {
                let own = metadata.path_categories.first().cloned();
                return Some(own.unwrap_or_else(|| self.default_category.clone()));
            }
            key => {
                let find = |values: &[(String, String)]| {
                    let value = values.iter().find(|(known, _)| known == key);
                    value.map(|(_, value)| value.clone())
                };
                return find(&metadata.values).or_else(|| find(&self.defaults));
            }
        };
        Some(published.format(format).to_string())
    }
}

impl Dialect for Hexo {
    fn name(&self) -> &'static str {
        "hexo"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match (self.place(path), kind) {
            (Some((inner, _)), Kind::Folder) => {
                inner.as_os_str().is_empty() || !name.starts_with(['_', '.'])
            }
            (None, Kind::Folder) => {
                let mut folders = self.options.folders.iter();
                self.source.starts_with(path)
                    || path == self.source
                    || folders.any(|folder| folder.starts_with(path))
            }
            (Some(_), Kind::File) => !name.starts_with(['_', '.']) && !name.ends_with(['~', '%']),
            (None, Kind::File) => false,
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let inner = path.strip_prefix(&self.source).unwrap_or(path);
        if self.skipped.is_match(inner) {
            return false;
        }
        let is_template = path.extension().is_some_and(|e| {
            ["ejs", "njk", "pug", "swig"]
                .iter()
                .any(|known| e == *known)
        });
        if is_template {
            diags.warning(
                "post-format",
                Location::file(path),
                "the file is not Markdown or HTML, so no feed has it",
                "convert it to Markdown, or name it in `content.ignore` of feedwright.yaml",
            );
        }
        is_markdown(path)
    }

    fn names(&self) -> Names {
        let all = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect();
        Names {
            published_too: Vec::new(),
            updated: all(&["updated"]),
            tags: all(&["tags", "tag"]),
            summary: all(&["excerpt", "description", "summary"]),
            // A post's own slug means nothing to Hexo.
            slug: Vec::new(),
            ..Names::default()
        }
    }

    fn syntax(&self) -> Syntax {
        Syntax::OpenTop
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(front_matter, names, Separator::Whole, kind);
        let Some((inner, is_draft)) = self.place(path) else {
            return metadata;
        };
        let (slug, parts) = self.named(inner);
        metadata.slug = slug;
        let part = |key: &str| {
            let found = parts.iter().find(|(known, _)| known == key);
            found.map(|(_, value)| value.as_str())
        };
        let day = part("year")
            .zip(part("month").or(part("i_month")))
            .zip(part("day").or(part("i_day")));
        if let Some(((year, month), day)) = day {
            let day = format!("{year}-{month}-{day}");
            metadata
                .published
                .push(DateText::of_name(&day, "the file name"));
        }
        let mut categories = names.categories.iter();
        let written = categories.find_map(|key| front_matter.get(key));
        metadata.path_categories = written
            .map(|field| self.category_path(&field.value))
            .filter(|path| !path.is_empty())
            .into_iter()
            .collect();
        metadata.values = parts;
        metadata.values.extend(fields::scalars(front_matter));
        metadata.draft |= is_draft;
        metadata.collection = "posts".to_owned();
        metadata.undated = Undated::LeftOut;
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let inner = self.place(path).map_or(path, |(inner, _)| inner);
        let bare = slashed(&inner.with_extension(""));
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        let mut path = match &metadata.permalink {
            // A post's own permalink is no pattern.
            Some(own) => own.text.clone(),
            None => self.expand(metadata, published).map_err(|key| {
                NoPermalink::Computed(format!("whatever gives `:{key}` its value"))
            })?,
        };
        if self.asset_folders && !path.ends_with('/') && !path.ends_with(".html") {
            path.push('/');
        }
        if self.hide_index && path.ends_with("/index.html") {
            path.truncate(path.len() - "index.html".len());
        } else if self.hide_html && path.ends_with(".html") && !path.ends_with("/index.html") {
            path.truncate(path.len() - ".html".len());
        }
        Ok(encode(&format!("/{}", path.trim_start_matches('/'))))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::Utc
    }

    fn refuses_repeated_keys(&self, _format: Format) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let check = |text: &str, expected: &str| assert_eq!(slugize(text), expected, "{text}");
        check("C++ & C#", "C-C");
        check("Foo_Bar.baz", "Foo-Bar-baz");
        check("你好 世界", "你好-世界");
        check("über Straße", "uber-Strase");
        check("it’s", "it’s");
        check("sub/2019-05-06-z", "sub-2019-05-06-z");
    }

    #[test]
    fn file_names_are_taken_apart() {
        let check = |pattern: &str, name: &str, expected: Option<&str>| {
            let pattern = name_pattern(pattern).expect("a pattern");
            let found = pattern.captures(name);
            let found = found.as_ref().and_then(|found| found.name("title"));
            assert_eq!(found.map(|m| m.as_str()), expected, "{name}");
        };
        check(":title.md", "Sub Dir/Foo Bar", Some("Sub Dir/Foo Bar"));
        check(":year-:month-:day-:title.md", "2019-05-06-foo", Some("foo"));
        check(":year-:month-:day-:title.md", "2019-5-6-q", None);
        check(":lang/:title.md", "zh/a/foo", Some("a/foo"));
    }
}
