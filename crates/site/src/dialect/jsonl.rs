//! Records: one JSON object a post, a line each, with the item names of JSON Feed 1.1.
//!
//! What databases, headless systems and exports give. A record is like a post with front matter in
//! JSON; its text stands under `content_html`, `content_markdown` or `content_text`. Its `id` is what
//! readers know it by, as it is, and its `url` the permalink.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::{self, Parts};
use feedwright_base::slug;

use crate::folder::Folder;
use crate::front_matter::{FrontMatter, Syntax, Value};
use crate::records::BODIES;
use crate::settings::SiteDefaults;
use crate::source::Kind;

use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, DateOrigin, Detected, Dialect, Markup, Metadata, Names, NoPermalink, Options, Text,
    extension, is_hidden,
};

/// Reads records of any program.
pub(super) fn load(_: &Folder, options: Options, _: &mut Diagnostics) -> Result<Detected, Error> {
    Ok(Detected {
        dialect: Box::new(Jsonl {
            folders: options.folders,
            permalink: options.permalink,
            body: BodyStyle {
                definitions: true,
                smart: options.smart_punctuation.unwrap_or(false),
                ..BodyStyle::default()
            },
        }),
        defaults: SiteDefaults::default(),
    })
}

/// Whether a file is one whose lines are records, by its name.
fn has_lines(path: &Path) -> bool {
    matches!(extension(path).as_str(), "jsonl" | "ndjson")
}

/// A file of records that lies in a site's folder or in one just below, if there is one.
pub(super) fn lying_in(root: &Folder) -> Option<PathBuf> {
    let below = root.names("").into_iter();
    let folders = below.filter(|name| root.has_folder(name));
    let mut folders: Vec<PathBuf> = folders.filter(|name| !is_hidden(name)).collect();
    folders.sort_unstable();
    folders.insert(0, PathBuf::new());
    folders.iter().find_map(|folder| {
        let files = root
            .names(folder)
            .into_iter()
            .filter(|name| has_lines(name));
        Some(folder.join(files.min()?))
    })
}

struct Jsonl {
    folders: Vec<PathBuf>,
    permalink: Option<String>,
    body: BodyStyle,
}

impl Dialect for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(['.', '_']) {
            return false;
        }
        match kind {
            Kind::Folder => name != "node_modules",
            Kind::File => has_lines(path),
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    fn is_post(&self, path: &Path, _: &mut Diagnostics) -> bool {
        !is_hidden(path)
    }

    fn has_records(&self) -> bool {
        true
    }

    fn metadata(&self, _: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(front_matter, names, Separator::Comma, kind);
        // Whatever it is: other programs have promised it.
        metadata.id = names.id.iter().find_map(|key| {
            let field = front_matter.get(key)?;
            Some(Text {
                text: field.value.as_filled_text()?,
                line: field.line,
                column: field.column,
            })
        });
        if metadata.slug.is_empty() {
            metadata.slug = slug_of(&metadata);
        }
        "posts".clone_into(&mut metadata.collection);
        metadata.markup = Some(markup(front_matter));
        metadata
    }

    fn permalink(
        &self,
        _: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        if let Some(url) = &metadata.permalink {
            return Ok(url.text.clone());
        }
        let Some(pattern) = &self.permalink else {
            return Err(NoPermalink::Missing);
        };
        let slug = &metadata.slug;
        let parts = Parts {
            published,
            slug,
            name: slug,
            path: &|| slug.clone(),
            collection: &metadata.collection,
            categories: &metadata.categories,
        };
        permalink::expand(pattern, &parts).map_err(NoPermalink::Placeholder)
    }

    fn names(&self) -> Names {
        Names {
            title: keys(&["title"]),
            published: keys(&["date_published"]),
            published_too: Vec::new(),
            updated: keys(&["date_modified"]),
            tags: keys(&["tags"]),
            categories: keys(&["categories"]),
            authors: keys(&["authors", "author"]),
            summary: keys(&["summary"]),
            image: keys(&["image", "banner_image"]),
            enclosure: keys(&["attachments"]),
            language: keys(&["language"]),
            slug: keys(&["slug"]),
            permalink: keys(&["url"]),
            id: keys(&["id"]),
            draft: keys(&["draft"]),
        }
    }

    fn syntax(&self) -> Syntax {
        Syntax::Record
    }

    fn knows_pages(&self) -> bool {
        false
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

/// What the text of a record is written in: that of the first key that has one.
fn markup(front_matter: &FrontMatter) -> Markup {
    let has_text = |key: &&&str| {
        let field = front_matter.get(key);
        field.is_some_and(|field| matches!(field.value, Value::String(_)))
    };
    match BODIES.iter().find(has_text).copied() {
        Some("content_markdown") => Markup::Markdown,
        Some("content_text") => Markup::Text,
        _ => Markup::Html,
    }
}

/// The last part of a permalink for a record that names none: by its title, else by the end of its
/// address or id.
fn slug_of(metadata: &Metadata) -> String {
    let title = metadata.title.as_ref();
    let texts = [&metadata.permalink, &metadata.id].into_iter().flatten();
    let ends = texts.map(|text| {
        let path = text.text.split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default()
    });
    let all = title
        .map(|title| title.text.as_str())
        .into_iter()
        .chain(ends);
    let mut slugs = all.map(slug::tag);
    slugs.find(|slug| !slug.is_empty()).unwrap_or_default()
}
