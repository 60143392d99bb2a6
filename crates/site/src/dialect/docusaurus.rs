//! Docusaurus: the blog plugin's folder of dated Markdown and MDX files.
//!
//! A post's permalink is its `slug`, else the date and name of its file or folder, below the
//! blog's own path. Dates without a zone are in UTC, as the plugin reads them.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::folder::Folder;
use crate::front_matter::{FrontMatter, Value};
use crate::settings::SiteDefaults;
use crate::source::{self, Kind};

use super::fields::{self, Separator};
use super::generator::{self, variables};
use super::names::keys;
use super::{
    BodyStyle, DateOrigin, DateText, Detected, Dialect, Metadata, Names, NoPermalink, Options,
    Templates, Undated, literals,
};

const CONFIGS: [&str; 6] = [
    "docusaurus.config.ts",
    "docusaurus.config.js",
    "docusaurus.config.mts",
    "docusaurus.config.mjs",
    "docusaurus.config.cts",
    "docusaurus.config.cjs",
];

struct Docusaurus {
    options: Options,
    blogs: Vec<Blog>,
    /// Whether permalinks end in a slash; `None` leaves them as they are written.
    trailing_slash: Option<bool>,
    body: BodyStyle,
}

/// A folder of posts; the first is the site's main blog.
struct Blog {
    folder: PathBuf,
    /// The path of the blog on the site, without slashes at its ends.
    route: String,
    /// `authors.yml`: what a key in `authors` stands for.
    authors: Value,
    /// `tags.yml`: what a key in `tags` stands for.
    tags: Value,
}

pub(super) fn recognizes(root: &Folder) -> bool {
    CONFIGS.iter().any(|name| root.has_file(name))
}

pub(super) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) = literals::first_javascript(
        root,
        &CONFIGS,
        &["title", "url", "baseUrl", "tagline", "presets"],
    )?
    .unwrap_or((CONFIGS[0], Value::Null));
    let mut blogs: Vec<Blog> = Vec::new();
    for (folder, route) in folders(root, &config, &options) {
        let data = |name: &str, diags: &mut Diagnostics| -> Result<Value, Error> {
            for extension in ["yml", "yaml", "json"] {
                let name = slashed(&folder.join(format!("{name}.{extension}")));
                if let Some(text) = source::read_setting(root, &name)? {
                    return Ok(generator::parse(&name, &text, diags));
                }
            }
            Ok(Value::Null)
        };
        blogs.push(Blog {
            authors: data("authors", diags)?,
            tags: data("tags", diags)?,
            folder,
            route,
        });
    }
    if blogs.is_empty() {
        diags.warning(
            "config-blog",
            Location::file(file),
            "the site has no folder `blog`, and feedwright does not run the configuration to \
             find another",
            "name the posts' folders in `content.folders` of feedwright.yaml",
        );
    }
    let defaults = SiteDefaults {
        file: Some(file),
        title: config.text(&["title"]),
        url: config.text(&["url"]),
        base_path: config.text(&["baseUrl"]),
        description: config.text(&["tagline"]),
        language: config.text(&["i18n", "defaultLocale"]),
        timezone: Some("UTC".to_owned()),
        icon: config.text(&["favicon"]),
        limit: Some(20),
        output: Some("static".into()),
        ..SiteDefaults::default()
    };
    Ok(Detected {
        dialect: Box::new(Docusaurus {
            blogs,
            trailing_slash: config.get("trailingSlash").and_then(Value::as_bool),
            body: BodyStyle {
                smart: options.smart_punctuation.unwrap_or(false),
                templates: Templates::Jsx,
                admonitions: true,
                emoji: true,
                heading_is_title: true,
                variables: variables(&config),
                ..BodyStyle::default()
            },
            options,
        }),
        defaults,
    })
}

/// The folders of posts and their paths on the site: those of the configuration of feedwright,
/// else of the blog plugins whose options are literals, else `blog`.
fn folders(root: &Folder, config: &Value, options: &Options) -> Vec<(PathBuf, String)> {
    if !options.folders.is_empty() {
        return options
            .folders
            .iter()
            .map(|folder| {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                (folder.clone(), name.into_owned())
            })
            .collect();
    }
    let entries = |key: &str| config.get(key).map_or(&[][..], Value::items);
    let mut blogs: Vec<&Value> = Vec::new();
    for preset in entries("presets") {
        match preset
            .items()
            .get(1)
            .and_then(|options| options.get("blog"))
        {
            // `blog: false` means that there is none.
            Some(Value::Bool(false)) => {}
            blog => blogs.push(blog.unwrap_or(&Value::Null)),
        }
    }
    for plugin in entries("plugins") {
        let is_blog = plugin
            .items()
            .first()
            .and_then(Value::as_text)
            .is_some_and(|name| name.ends_with("content-blog"));
        if is_blog {
            blogs.push(plugin.items().get(1).unwrap_or(&Value::Null));
        }
    }
    if blogs.is_empty() {
        blogs.push(&Value::Null);
    }
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    for blog in blogs {
        let text = |key: &str| blog.text(&[key]).unwrap_or_else(|| "blog".to_owned());
        let folder = PathBuf::from(text("path").trim_start_matches("./"));
        let route = text("routeBasePath").trim_matches('/').to_owned();
        if root.has_folder(&folder) && !found.iter().any(|(known, _)| *known == folder) {
            found.push((folder, route));
        }
    }
    found
}

impl Docusaurus {
    /// The blog that a file belongs to, and its path within the blog's folder.
    fn place<'a>(&self, path: &'a Path) -> Option<(&Blog, &'a Path)> {
        self.blogs
            .iter()
            .find_map(|blog| Some((blog, path.strip_prefix(&blog.folder).ok()?)))
    }
}

/// The date that a file or its folders begin with, as written, and the slug of the post: folders
/// around the date, then what follows it.
fn dated(inner: &str) -> (Option<(String, String)>, String) {
    let bare = inner
        .rsplit_once('.')
        .map_or(inner, |(bare, _extension)| bare);
    // The last date counts, as the plugin's pattern is greedy.
    let found = (0..bare.len())
        .rev()
        .filter(|&at| bare.is_char_boundary(at))
        .find_map(|at| Some((at, day(&bare[at..])?)));
    match found {
        Some((at, (year, month, date, length))) => {
            let text = &bare[at + length..];
            let text = text.strip_prefix(['-', '/']).unwrap_or(text);
            let text = text.strip_suffix("/index").unwrap_or(text);
            let separated = format!("{year}/{month}/{date}");
            let slug = format!("{separated}/{}{text}", &bare[..at]);
            (
                Some((format!("{year}-{month}-{date}"), slug)),
                text.to_owned(),
            )
        }
        None => {
            let text = bare.strip_suffix("/index").unwrap_or(bare);
            (None, text.to_owned())
        }
    }
}

/// Year, month and day at the start of a text, and how long they are.
fn day(text: &str) -> Option<(&str, &str, &str, usize)> {
    let number = |at: usize, most: usize| {
        let digits = text[at..].bytes().take(most).take_while(u8::is_ascii_digit);
        digits.count()
    };
    let separated = |at: usize| matches!(text.as_bytes().get(at), Some(b'-' | b'/'));
    if number(0, 4) != 4 || !separated(4) {
        return None;
    }
    let month = number(5, 2);
    let day_at = 5 + month + 1;
    if month == 0 || !separated(day_at - 1) {
        return None;
    }
    let day = number(day_at, 2);
    (day > 0).then(|| {
        (
            &text[..4],
            &text[5..5 + month],
            &text[day_at..day_at + day],
            day_at + day,
        )
    })
}

impl Dialect for Docusaurus {
    fn name(&self) -> &'static str {
        "docusaurus"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match kind {
            Kind::Folder => {
                let above = self.blogs.iter().any(|blog| blog.folder.starts_with(path));
                let within = self.place(path).is_some();
                above || (within && !name.starts_with(['_', '.']) && name != "__tests__")
            }
            Kind::File => {
                let is_post = name.ends_with(".md") || name.ends_with(".mdx");
                let is_test = name.ends_with(".test.md") || name.ends_with(".test.mdx");
                is_post && !is_test && self.place(path).is_some()
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn is_post(&self, path: &Path, _diags: &mut Diagnostics) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with(['_', '.'])
    }

    fn names(&self) -> Names {
        Names {
            summary: keys(&["description"]),
            // Facebook's older generator had `author`, with `authorURL` beside it.
            permalink: Vec::new(),
            updated: keys(&["last_update"]),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut front_matter = front_matter.clone();
        let place = self.place(path);
        for field in &mut front_matter.fields {
            if let Some((blog, _)) = place {
                if names.authors.contains(&field.key) {
                    field.value = fields::looked_up(&blog.authors, &field.value);
                } else if names.tags.contains(&field.key) {
                    field.value = labels(&blog.tags, &field.value);
                }
            }
            // `last_update: {date: …, author: …}`.
            if let Some(date) = field
                .value
                .get("date")
                .filter(|_| field.key == "last_update")
            {
                field.value = date.clone();
            }
        }
        let mut metadata = fields::read(&front_matter, names, Separator::Comma, kind);
        let inner = place.map_or_else(String::new, |(_, inner)| slashed(inner));
        let (date, text) = dated(&inner);
        if let Some((day, _)) = &date {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        }
        metadata
            .published
            .extend(fields::further_dates(&front_matter, names, kind));
        if metadata.slug.is_empty() {
            metadata.slug = text;
        } else {
            // A post's own slug is a path below the blog, whatever its file is called.
            let slug = metadata.slug.trim_start_matches('/').to_owned();
            metadata.permalink = Some(super::Text {
                text: slug,
                ..super::Text::default()
            });
        }
        metadata.collection =
            place.map_or_else(|| "blog".to_owned(), |(blog, _)| slashed(&blog.folder));
        metadata.undated = Undated::LeftOut;
        metadata.main = place.is_some_and(|(blog, _)| {
            self.blogs
                .first()
                .is_some_and(|first| first.folder == blog.folder)
        });
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let (route, inner) = self
            .place(path)
            .map_or(("", String::new()), |(blog, inner)| {
                (blog.route.as_str(), slashed(inner))
            });
        let bare = slashed(&Path::new(&inner).with_extension(""));
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        let slug = match (&metadata.permalink, dated(&inner)) {
            (Some(own), _) => own.text.clone(),
            (None, (Some((_, slug)), _)) => slug,
            (None, (None, text)) => text,
        };
        let mut path = format!("/{route}/{slug}").replace("//", "/");
        match self.trailing_slash {
            Some(true) if !path.ends_with('/') => path.push('/'),
            Some(false) => path.truncate(path.trim_end_matches('/').len()),
            _ => {}
        }
        Ok(path)
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

/// Tags as `tags.yml` calls them.
fn labels(tags: &Value, value: &Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| labels(tags, item)).collect()),
        Value::Map(_) => value.get("label").cloned().unwrap_or_else(|| value.clone()),
        Value::String(key) => tags
            .text(&[key, "label"])
            .map_or_else(|| value.clone(), Value::String),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dated_files_and_folders() {
        let check = |inner: &str, date: Option<&str>, slug: &str| {
            let (found, text) = dated(inner);
            let (day, found_slug) = found.map_or((None, text), |(day, slug)| (Some(day), slug));
            assert_eq!(
                (day.as_deref(), found_slug.as_str()),
                (date, slug),
                "{inner}"
            );
        };
        check("2019-08-28-name.md", Some("2019-08-28"), "2019/08/28/name");
        check(
            "2019-08-28-name/index.mdx",
            Some("2019-08-28"),
            "2019/08/28/name",
        );
        check("2019/08/28/name.md", Some("2019-08-28"), "2019/08/28/name");
        check("2019/08-28-name.md", Some("2019-08-28"), "2019/08/28/name");
        check(
            "notes/2019-8-2-name.md",
            Some("2019-8-2"),
            "2019/8/2/notes/name",
        );
        check("welcome.md", None, "welcome");
        check("welcome/index.md", None, "welcome");
    }
}
