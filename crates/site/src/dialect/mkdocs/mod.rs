//! Reads the blogs of MkDocs with the theme Material, and of Zensical.
//!
//! The plugin `blog` takes the Markdown files of its folder for posts. A post's permalink is made of
//! its date and of its slug or title, by the plugin's pattern, below the blog's own path. Dates without
//! a zone are in UTC, as the plugin reads them. Pages outside of blogs are no posts.

mod pattern;
mod settings;
mod site;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{encode, slashed};
use globset::GlobSet;

use crate::front_matter::{FrontMatter, Value};
use crate::source::Kind;

use self::pattern::{Place, Slugs, dated, normalized};
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, Calendar, DateOrigin, Dialect, Metadata, Names, NoPermalink, Options, Text, stem,
};

pub(super) use self::site::{has_blog, load, says_why, settings_elsewhere};

/// The rules of one site.
struct MkDocs {
    options: Options,
    blogs: Vec<Blog>,
    /// `exclude_docs`.
    excluded: GlobSet,
    /// `use_directory_urls`: whether pages are folders.
    folders: bool,
    /// Whether names of months are those of English.
    english: bool,
    body: BodyStyle,
}

/// One blog of a site; the first is the main one.
struct Blog {
    /// The folder of posts.
    folder: PathBuf,
    /// The path of the blog below the site, without slashes at its ends.
    route: String,
    /// `post_url_format` and `post_url_date_format`.
    pattern: String,
    date_pattern: String,
    most_categories: usize,
    slugs: Slugs,
    category_slugs: Slugs,
    /// The content of the file of authors, which the keys in `authors` refer to.
    authors: Value,
    /// Whether drafts are published.
    drafts: bool,
    /// A setting of addresses or folders that is computed.
    computed: Option<&'static str>,
}

impl MkDocs {
    /// The blog that a file belongs to, and its path within the folder of posts.
    fn place<'a>(&self, path: &'a Path) -> Option<(&Blog, &'a Path)> {
        let blogs = self.blogs.iter();
        let mut found =
            blogs.filter_map(|blog| Some((blog, path.strip_prefix(&blog.folder).ok()?)));
        found.next()
    }
}

impl Dialect for MkDocs {
    fn name(&self) -> &'static str {
        "mkdocs"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_left_out = name.starts_with('.') || self.excluded.is_match(path);
        match kind {
            Kind::Folder => {
                let mut blogs = self.blogs.iter();
                blogs.any(|blog| blog.folder.starts_with(path))
                    || (self.place(path).is_some() && !is_left_out)
            }
            Kind::File => {
                let extension = path.extension().unwrap_or_default();
                let mut all = ["md", "markdown", "mdown", "mkdn", "mkd"].iter();
                all.any(|known| extension == *known) && self.place(path).is_some() && !is_left_out
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn is_post(&self, _: &Path, _: &mut Diagnostics) -> bool {
        true
    }

    fn names(&self) -> Names {
        Names {
            published: keys(&["date"]),
            published_too: Vec::new(),
            updated: keys(&["updated"]),
            tags: keys(&["tags"]),
            categories: keys(&["categories"]),
            authors: keys(&["authors"]),
            summary: keys(&["description"]),
            permalink: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let mut front_matter = front_matter.clone();
        let place = self.place(path);
        let blog = place.map(|(blog, _)| blog);
        if blog.is_some_and(|blog| blog.drafts) {
            front_matter
                .fields
                .retain(|field| !names.draft.contains(&field.key));
        }
        let mut updated = None;
        for field in &mut front_matter.fields {
            if let Some(blog) = blog.filter(|_| names.authors.contains(&field.key)) {
                field.value = fields::looked_up(&blog.authors, &field.value);
            }
            // `date: {created: …, updated: …}`.
            if field.key == "date" && matches!(field.value, Value::Map(_)) {
                let place = (field.line, field.column);
                updated = field.value.get("updated").map(|date| (date.clone(), place));
                field.value = field.value.get("created").cloned().unwrap_or_default();
            }
        }
        if let Some((date, place)) = updated {
            front_matter.add_missing("updated", date, place);
        }
        let mut metadata = fields::read(&front_matter, names, Separator::Whole, |_| {
            DateOrigin::FrontMatter
        });
        metadata.collection = blog.map_or_else(|| "blog".to_owned(), Blog::name);
        metadata.main = blog.is_some_and(|blog| {
            let first = self.blogs.first();
            first.is_some_and(|first| first.folder == blog.folder)
        });
        metadata
    }

    /// The title is the heading that opens the text, else the file's name. The slug is made of what
    /// is written there, Markdown and all.
    fn complete(
        &self,
        path: &Path,
        body: &str,
        heading: &dyn Fn() -> Option<String>,
        metadata: &mut Metadata,
    ) {
        let named = metadata.title.as_ref().map(|title| title.text.clone());
        let name = name(path);
        let written = named
            .or_else(|| opening(body))
            .unwrap_or_else(|| from_name(name));
        if metadata.slug.is_empty()
            && let Some((blog, _)) = self.place(path)
        {
            metadata.slug = blog.slugs.slug(&written);
        }
        if metadata.title.is_none() {
            let heading = opening(body).and_then(|_| heading());
            let text = heading.unwrap_or_else(|| from_name(name));
            metadata.title = Some(Text {
                text: html_escape::encode_text(&text).into_owned(),
                ..Text::default()
            });
        }
    }

    /// The zone that the post's own date names.
    fn calendar(&self) -> Calendar {
        Calendar::Author
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let place = self.place(path);
        let inner = place.map_or(path, |(_, inner)| inner);
        let bare = slashed(&inner.with_extension(""));
        if let Some(path) = self.options.configured(path, &bare, metadata, published) {
            return path;
        }
        let Some((blog, _)) = place else {
            return Err(NoPermalink::Computed("the folders of blogs".to_owned()));
        };
        let path = blog.path(path, metadata, published, self.english)?;
        let path = match (blog.route.is_empty(), path.is_empty()) {
            (true, _) => path,
            (false, true) => blog.route.clone(),
            (false, false) => format!("{}/{path}", blog.route),
        };
        Ok(quoted(&format!("/{}", address(&path, self.folders))))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

impl Blog {
    /// Its name, which is that of its collection.
    fn name(&self) -> String {
        if self.route.is_empty() {
            "blog".to_owned()
        } else {
            self.route.clone()
        }
    }

    /// The path of a post below the blog, by the pattern.
    fn path(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
        english: bool,
    ) -> Result<String, NoPermalink> {
        let computed = |setting: &str| {
            NoPermalink::Computed(format!("`{setting}` in the settings of the plugin `blog`"))
        };
        if let Some(setting) = self.computed {
            return Err(computed(setting));
        }
        let parts = Place {
            date: &|| {
                dated(&self.date_pattern, published, english)
                    .ok_or_else(|| computed("post_url_date_format"))
            },
            slug: &|| {
                // One that is written needs no code.
                if metadata.slug.is_empty() {
                    return Err(computed("post_slugify"));
                }
                Ok(metadata.slug.clone())
            },
            categories: &|| {
                let names = metadata.categories.iter().take(self.most_categories);
                let slugs: Vec<String> = names.map(|name| self.category_slugs.slug(name)).collect();
                if slugs.iter().any(String::is_empty) {
                    return Err(computed("categories_slugify"));
                }
                Ok(slugs.join("/"))
            },
            file: name(path),
        };
        Ok(normalized(&parts.fill(&self.pattern)?))
    }
}

/// A path as Python quotes it, which leaves fewer signs than others do.
fn quoted(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for sign in encode(path).chars() {
        match sign {
            '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | ':' | '@' => {
                out.push_str(&format!("%{:02X}", u32::from(sign)));
            }
            sign => out.push(sign),
        }
    }
    out
}

/// The address of a page by its path without extension.
fn address(path: &str, folders: bool) -> String {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let is_index = matches!(name, "index" | "README");
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    match (folders, is_index) {
        (true, true) => folder,
        (true, false) => format!("{path}/"),
        (false, true) => format!("{folder}index.html"),
        (false, false) => format!("{path}.html"),
    }
}

/// The name of a file; a `README` stands for its folder.
fn name(path: &Path) -> &str {
    match stem(path) {
        "README" => "index",
        name => name,
    }
}

/// The first line of a text as it is written, where it is a heading of the first level.
fn opening(body: &str) -> Option<String> {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
    let title = line.strip_prefix("# ")?.trim_start_matches(['#', ' ']);
    (!title.is_empty()).then(|| title.to_owned())
}

/// The title that a page without one has: the file's name, with a capital unless it has some.
fn from_name(name: &str) -> String {
    let title = name.replace(['-', '_'], " ");
    if title.to_lowercase() != title {
        return title;
    }
    let mut chars = title.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
