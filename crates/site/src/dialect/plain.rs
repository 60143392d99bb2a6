//! Any folder of Markdown files, whatever makes pages of them.
//!
//! Every Markdown file is a post unless its name begins with a full stop or an underscore, or it
//! is a `README`, `LICENSE`, `CHANGELOG` or `CONTRIBUTING`. Its date is in front matter, else in
//! its name (`2021-12-13-title.md`), else in its folders (`2021/12/13/title.md`). Its permalink
//! is its path without extension, unless `content.permalink` says otherwise.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::{self, Parts, noted_name, slashed};

use crate::folder::Folder;
use crate::front_matter::FrontMatter;
use crate::settings::SiteDefaults;
use crate::source::Kind;

use super::fields::{self, Separator};
use super::{
    BodyStyle, DateOrigin, DateText, Detected, Dialect, Metadata, Names, NoPermalink, Options,
    Undated, is_hidden, is_markdown, is_other_markup, other_markup, stem, without_languages,
};

/// Reads any folder.
pub(super) fn load(_: &Folder, options: Options, _: &mut Diagnostics) -> Result<Detected, Error> {
    Ok(Detected {
        dialect: Box::new(Plain::new(options)),
        defaults: SiteDefaults::default(),
    })
}

pub struct Plain {
    folders: Vec<PathBuf>,
    permalink: String,
    body: BodyStyle,
}

impl Plain {
    pub fn new(options: Options) -> Self {
        Plain {
            folders: options.folders,
            permalink: options.permalink.unwrap_or_else(|| "/:path/".to_owned()),
            body: BodyStyle {
                definitions: true,
                wikilinks: true,
                smart: options.smart_punctuation.unwrap_or(false),
                ..BodyStyle::default()
            },
        }
    }

    /// The path within the content folder, without extension; an `index` file stands for its
    /// folder.
    fn inner<'a>(&self, path: &'a Path) -> &'a Path {
        let inner = self
            .folders
            .iter()
            .filter_map(|folder| path.strip_prefix(folder).ok())
            .min_by_key(|inner| inner.as_os_str().len())
            .unwrap_or(path);
        match inner.parent() {
            Some(folder) if stem(inner) == "index" && !folder.as_os_str().is_empty() => folder,
            _ => inner,
        }
    }
}

impl Dialect for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(['.', '_']) {
            return false;
        }
        match kind {
            Kind::Folder => name != "node_modules",
            Kind::File => {
                let name = name.to_ascii_lowercase();
                let is_page = ["readme.", "license.", "changelog.", "contributing."]
                    .iter()
                    .any(|page| name.starts_with(page));
                let is_html = name.ends_with(".html") || name.ends_with(".htm");
                // Whoever names the folders of posts has no manuals there.
                let is_named = !self.folders.is_empty() && other_markup(path).is_some();
                ((is_markdown(path) && !is_html) || is_named) && !is_page
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        // A site whose posts lie in its own root has to hold its feeds there too.
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        !is_hidden(path)
            && !is_other_markup(
                path,
                &["AsciiDoc", "Org", "reStructuredText", "Textile"],
                diags,
            )
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(front_matter, names, Separator::Comma, kind);
        let inner = self.inner(path).with_extension("");
        let name = inner
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let dated = noted_name(&name);
        metadata
            .published
            .extend(fields::further_dates(front_matter, names, kind));
        if let Some((day, _)) = &dated {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        } else if let Some(day) = super::dated_folders(&inner) {
            metadata
                .published
                .push(DateText::of_name(&day, "the folder"));
        }
        if metadata.slug.is_empty() {
            metadata.slug = match dated {
                Some((_, slug)) if !slug.is_empty() => slug.to_owned(),
                _ => name.clone(),
            };
        }
        if metadata.translation_key.is_none() {
            metadata.translation_key = Some(without_languages(path));
        }
        // In a folder of notes some are posts; where folders of posts are named, all are.
        if self.folders.is_empty() {
            metadata.undated = match metadata.title {
                Some(_) => Undated::LeftOut,
                None => Undated::Page,
            };
        }
        metadata.collection = inner
            .parent()
            .and_then(|folder| folder.components().next())
            .map_or_else(
                || "posts".to_owned(),
                |folder| folder.as_os_str().to_string_lossy().into_owned(),
            );
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let inner = || slashed(&self.inner(path).with_extension(""));
        let parts = Parts {
            published,
            slug: &metadata.slug,
            name: stem(path),
            path: &inner,
            collection: &metadata.collection,
            categories: &metadata.categories,
        };
        match &metadata.permalink {
            Some(permalink) => Ok(permalink::expand(&permalink.text, &parts)
                .unwrap_or_else(|_| permalink.text.clone())),
            None => permalink::expand(&self.permalink, &parts).map_err(NoPermalink::Placeholder),
        }
    }

    fn judges_by_language(&self) -> bool {
        true
    }

    fn knows_pages(&self) -> bool {
        false
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}
