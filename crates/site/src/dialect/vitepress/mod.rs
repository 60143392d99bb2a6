//! Reads sites of VitePress: Markdown pages, of which those with a date are posts.
//!
//! A page's permalink is the path of its file, or what a rewrite makes of that, below the site's base.
//! Dates without a zone are in UTC. The configuration is code and is never run; what stands in it in
//! plain words is read.

mod rewrites;
mod site;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{dated_name, encode, slashed};
use globset::GlobSet;

use crate::front_matter::FrontMatter;
use crate::source::Kind;

use self::rewrites::Rewrites;
use super::fields::{self, Separator};
use super::{BodyStyle, DateOrigin, Dialect, Metadata, Names, NoPermalink, Options, Text, Undated};

pub(super) use self::site::{CONFIGS, load};

/// The rules of one site.
struct VitePress {
    options: Options,
    /// `srcDir`, where pages lie.
    source: PathBuf,
    /// `srcExclude`.
    excluded: GlobSet,
    /// Whether addresses have no `.html`.
    clean: bool,
    rewrites: Rewrites,
    /// The folders of other languages than the site's own, with their tags.
    locales: Vec<(String, Option<String>)>,
    /// A setting of addresses that code computes.
    computed: Option<&'static str>,
    body: BodyStyle,
}

impl VitePress {
    /// The path of a page within the source.
    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.source).ok()
    }

    /// Whether a path is within the folders that the settings name.
    fn is_named(&self, path: &Path) -> bool {
        let folders = &self.options.folders;
        folders.is_empty() || folders.iter().any(|folder| path.starts_with(folder))
    }

    /// The path of a page on the site, with its extension.
    fn rewritten(&self, path: &Path) -> String {
        let inner = slashed(self.inner(path).unwrap_or(path));
        self.rewrites.of(&inner).unwrap_or(inner)
    }

    /// The folder of another language that a page lies in.
    fn locale(&self, page: &str) -> Option<&(String, Option<String>)> {
        let (first, _) = page.split_once('/')?;
        self.locales.iter().find(|(folder, _)| folder == first)
    }
}

impl Dialect for VitePress {
    fn moves_images(&self) -> Option<&'static str> {
        Some("public")
    }

    fn name(&self) -> &'static str {
        "vitepress"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_left_out = name.starts_with('.')
            || matches!(&*name, "node_modules" | "dist")
            || self.excluded.is_match(path);
        match kind {
            Kind::Folder => {
                self.source.starts_with(path) || (self.inner(path).is_some() && !is_left_out)
            }
            Kind::File => {
                // A page with a parameter stands for others.
                let is_page = name.ends_with(".md") && !slashed(path).contains('[');
                is_page && !is_left_out && self.inner(path).is_some() && self.is_named(path)
            }
        }
    }

    fn holds_posts(&self, _: &Path) -> bool {
        // What lies in `public` of the source is copied.
        false
    }

    fn is_post(&self, _: &Path, _: &mut Diagnostics) -> bool {
        true
    }

    fn names(&self) -> Names {
        Names {
            slug: Vec::new(),
            permalink: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(front_matter, names, Separator::Comma, kind);
        let further = fields::further_dates(front_matter, names, kind);
        metadata.published.extend(further);
        let page = self.rewritten(path);
        let bare = page.strip_suffix(".md").unwrap_or(&page);
        let bare = bare.strip_suffix("/index").unwrap_or(bare);
        let name = bare.rsplit('/').next().unwrap_or(bare);
        metadata.slug = dated_name(name).map_or(name, |(_, slug)| slug).to_owned();
        let locale = self.locale(&page);
        metadata.translation = locale.is_some();
        if let (None, Some((_, Some(tag)))) = (&metadata.language, locale) {
            metadata.language = Some(Text {
                text: tag.clone(),
                ..Text::default()
            });
        }
        let (folder, _) = page.rsplit_once('/').unwrap_or(("posts", ""));
        metadata.collection = folder.to_owned();
        metadata.undated = Undated::Page;
        metadata
    }

    /// A page without a title has its first heading for one.
    fn complete(
        &self,
        _: &Path,
        _: &str,
        heading: &dyn Fn() -> Option<String>,
        metadata: &mut Metadata,
    ) {
        // Most pages are none of posts, and not read.
        if metadata.title.is_some() || metadata.published.is_empty() {
            return;
        }
        metadata.title = heading().map(|text| Text {
            text: html_escape::encode_text(&text).into_owned(),
            ..Text::default()
        });
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let page = self.rewritten(path);
        let bare = page.strip_suffix(".md").unwrap_or(&page);
        if let Some(path) = self.options.configured(path, bare, metadata, published) {
            return path;
        }
        if let Some(setting) = self.computed {
            let what = format!("`{setting}` in the configuration");
            return Err(NoPermalink::Computed(what));
        }
        let ending = if self.clean { "" } else { ".html" };
        let path = match bare.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ => format!("{bare}{ending}"),
        };
        Ok(encode(&format!("/{path}")))
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}
