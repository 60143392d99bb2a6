//! Reads blogs of Docusaurus: folders of dated Markdown and MDX files.
//!
//! A post's permalink is its `slug`, else the date and name of its file or folder, below the
//! blog's own path. Dates without a zone are in UTC, as the plugin reads them.

mod file_name;
mod locales;
mod site;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::slashed;

use crate::front_matter::{FrontMatter, Value};
use crate::source::Kind;

use self::file_name::dated;
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options, Text, Undated,
};

pub(super) use self::site::load;

/// The rules of one Docusaurus site.
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
    /// The path of the blog on the site, without slashes at its ends; `None` where code computes it.
    route: Option<String>,
    /// The language of a translated blog; `None` for the site's own.
    language: Option<String>,
    /// The folder of the blog that it is a translation of, or its own.
    original: PathBuf,
    /// The content of `authors.yml`, which the keys in `authors` refer to.
    authors: Value,
    /// The content of `tags.yml`, which the keys in `tags` refer to.
    tags: Value,
}

impl Blog {
    /// Says of which language a post is: that depends on where it lies alone.
    fn name_language(&self, inner: &Path, metadata: &mut Metadata) {
        metadata.translation = self.language.is_some();
        metadata.language = self.language.clone().map(|tag| Text {
            text: tag,
            ..Text::default()
        });
        // A translation has the path of its original.
        metadata.translation_key = Some(slashed(&self.original.join(inner)));
    }
}

impl Docusaurus {
    fn has_languages(&self) -> bool {
        self.blogs.iter().any(|blog| blog.language.is_some())
    }

    /// The blog that a file belongs to, and its path within the blog's folder.
    fn place<'a>(&self, path: &'a Path) -> Option<(&Blog, &'a Path)> {
        self.blogs
            .iter()
            .find_map(|blog| Some((blog, path.strip_prefix(&blog.folder).ok()?)))
    }
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
            metadata.permalink = Some(Text {
                text: slug,
                ..Text::default()
            });
        }
        metadata.collection =
            place.map_or_else(|| "blog".to_owned(), |(blog, _)| slashed(&blog.original));
        metadata.undated = Undated::LeftOut;
        metadata.main = place.is_some_and(|(blog, _)| {
            self.blogs
                .first()
                .is_some_and(|first| first.folder == blog.original)
        });
        if let Some((blog, inner)) = place.filter(|_| self.has_languages()) {
            blog.name_language(inner, &mut metadata);
        }
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
            .map_or((Some(""), String::new()), |(blog, inner)| {
                (blog.route.as_deref(), slashed(inner))
            });
        let bare = slashed(&Path::new(&inner).with_extension(""));
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        let Some(route) = route else {
            let setting = "`routeBasePath` in the configuration";
            return Err(NoPermalink::Computed(setting.to_owned()));
        };
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

    fn moves_images(&self) -> Option<&'static str> {
        Some("static")
    }

    fn judges_by_language(&self) -> bool {
        !self.has_languages()
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

/// Tags by their labels in `tags.yml`.
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
