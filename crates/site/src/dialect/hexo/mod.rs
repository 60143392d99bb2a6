//! Hexo: posts in `source/_posts`, `_config.yml`, and permalink patterns with any key in them.
//!
//! Hexo takes the day in a permalink from the clock of the machine that builds the site. It is
//! taken from UTC here, which the machines of build services show.

mod pattern;
mod site;

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDateTime};
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{bounded, encode, joined, slashed};
use feedwright_base::slice::Slice;
use globset::GlobSet;
use regex::Regex;
use sha1::{Digest, Sha1};

use crate::folder::Folder;
use crate::front_matter::{Format, FrontMatter, Syntax, Value};
use crate::source::Kind;

use self::pattern::{placeholder, slugize};
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, Calendar, DateOrigin, DateText, Dialect, Linked, Metadata, Names, NoPermalink,
    Options, Undated, is_markdown, is_other_markup, other_format,
};

pub(super) use self::site::load;

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
    /// Whether pictures count from the root of the site, unless they lie in a post's own folder.
    rooted_pictures: bool,
    body: BodyStyle,
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
            path.push_str(rest.slice(..colon));
            rest = rest.slice(colon + 1..);
            let key = placeholder(rest);
            rest = rest.slice(key.len()..);
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
            other_format(path, "is not Markdown or HTML", diags);
        }
        !is_other_markup(path, &[], diags) && is_markdown(path)
    }

    fn names(&self) -> Names {
        Names {
            published_too: Vec::new(),
            updated: keys(&["updated"]),
            tags: keys(&["tags", "tag"]),
            summary: keys(&["excerpt", "description", "summary"]),
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

    fn linked(&self, link: &str, is_picture: bool, from: &Path, root: &Folder) -> Option<Linked> {
        if !is_picture || !self.rooted_pictures {
            return None;
        }
        let is_own = self.asset_folders && root.has_file(from.with_extension("").join(link));
        if is_own && !link.starts_with('/') {
            return Some(Linked::Beside(from.to_path_buf(), encode(link)));
        }
        let inner = link.trim_start_matches("../");
        let inner = joined("", inner).unwrap_or_else(|| inner.to_owned());
        Some(Linked::At(encode(&format!("/{inner}"))))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn calendar(&self) -> Calendar {
        Calendar::UtcOfClock
    }

    fn refuses_repeated_keys(&self, _format: Format) -> bool {
        true
    }
}
