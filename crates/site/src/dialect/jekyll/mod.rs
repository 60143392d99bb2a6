//! Jekyll: posts in `_posts` folders, `_config.yml`, and the ids of jekyll-feed.

mod defaults;
mod polyglot;
mod site;
mod theme;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::permalink::{self, Parts, dated_name, slashed};
use feedwright_base::slice::Slice;
use globset::GlobSet;
use url::Url;

use crate::front_matter::{Field, Format, FrontMatter, Syntax, Value};
use crate::source::Kind;

use self::defaults::Defaults;
use self::polyglot::Polyglot;
use super::fields::{self, Separator};
use super::{
    BodyStyle, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Templates, Undated,
    is_markdown, other_format, other_markup, stem, without_languages,
};

pub(super) use self::site::load;

/// The rules of one Jekyll site.
struct Jekyll {
    /// The folders that `content.folders` names; each counts as a `_posts` folder. When there
    /// are none, every folder called `_posts` is one.
    folders: Vec<PathBuf>,
    /// The pattern of posts' permalinks.
    permalink: String,
    /// What the addresses of pages end with.
    page_end: &'static str,
    /// `source`: what all other paths count from.
    source: PathBuf,
    /// Collections beside the posts that are published, or that jekyll-feed makes feeds of.
    collections: Vec<Collection>,
    /// Whether the site has posts at all; where it has none, its collections are its posts.
    has_posts: bool,
    /// `collections_dir`: it stands for no category.
    collections_folder: PathBuf,
    defaults: Defaults,
    exclude: GlobSet,
    polyglot: Option<Polyglot>,
    drafts: bool,
    /// What posts may be written in beside Markdown and HTML.
    markups: Vec<&'static str>,
    /// `_data/authors.yml`: what a key in `author` stands for.
    authors: Value,
    body: BodyStyle,
}

/// A collection other than the posts.
struct Collection {
    name: String,
    permalink: String,
}

impl Jekyll {
    /// A path as it counts from the source; `None` where it does not lie there.
    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        if self.source.as_os_str().is_empty() {
            return Some(path);
        }
        path.strip_prefix(&self.source).ok()
    }

    /// The collection that a file belongs to, and its path within the collection's folder.
    fn place<'a>(&self, path: &'a Path) -> Option<(&str, &'a Path)> {
        let named = self
            .folders
            .iter()
            .find_map(|folder| Some((folder, path.strip_prefix(folder).ok()?)));
        if let Some((folder, inner)) = named {
            // The folder of a collection keeps the rules of the collection.
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let collection = self
                .collections
                .iter()
                .find(|c| name.strip_prefix('_') == Some(c.name.as_str()));
            return Some((collection.map_or("posts", |c| &c.name), inner));
        }
        let mut inner = self.inner(path)?.components();
        while let Some(part) = inner.next() {
            let name = part.as_os_str();
            if name == "_posts" || (self.drafts && name == "_drafts") {
                return Some(("posts", inner.as_path()));
            }
            let collection = self
                .collections
                .iter()
                .find(|c| name.to_string_lossy().strip_prefix('_') == Some(c.name.as_str()));
            if let Some(collection) = collection {
                return Some((&collection.name, inner.as_path()));
            }
        }
        None
    }

    /// Whether a file belongs to a collection other than the posts.
    fn is_in_collection(&self, path: &Path) -> bool {
        let place = self.place(path);
        place.is_some_and(|(collection, _)| collection != "posts")
    }

    /// The categories that the folders above `_posts` stand for.
    fn folder_categories(&self, path: &Path) -> Vec<String> {
        // A document of a collection has those that it names alone.
        let is_post = self
            .place(path)
            .is_none_or(|(collection, _)| collection == "posts");
        if !(self.folders.is_empty() && is_post) {
            return Vec::new();
        }
        let mut path = self.inner(path).unwrap_or(path);
        if !self.collections_folder.as_os_str().is_empty() {
            path = path.strip_prefix(&self.collections_folder).unwrap_or(path);
        }
        path.components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .take_while(|name| name != "_posts" && name != "_drafts")
            .filter(|name| !name.starts_with('_'))
            .collect()
    }

    fn in_drafts(path: &Path) -> bool {
        path.components().any(|part| part.as_os_str() == "_drafts")
    }

    /// The front matter with the site's defaults for keys that it lacks.
    fn with_defaults<'f>(
        &self,
        path: &Path,
        front_matter: &'f FrontMatter,
    ) -> Cow<'f, FrontMatter> {
        if self.defaults.is_empty() {
            return Cow::Borrowed(front_matter);
        }
        let collection = self
            .place(path)
            .map_or("posts", |(collection, _)| collection);
        let kind = if Self::in_drafts(path) {
            "drafts"
        } else {
            collection
        };
        let mut all = front_matter.clone();
        let inner = self.inner(path).unwrap_or(path);
        for (key, value) in self.defaults.of(&slashed(inner), kind) {
            // A key with nothing behind it overrides a default, as in Jekyll.
            all.add_missing(&key, value, (0, 0));
        }
        Cow::Owned(all)
    }
}

/// Jekyll takes a string of categories apart at blanks alone and leaves commas in the path. They
/// are part of the permalink, though not of the name.
fn path_categories(front_matter: &FrontMatter, names: &Names) -> Option<Vec<String>> {
    let written = names
        .categories
        .iter()
        .filter(|key| *key != "category")
        .find_map(|key| front_matter.get(key))?;
    match &written.value {
        Value::String(text) if text.contains(',') => {
            Some(text.split_whitespace().map(str::to_owned).collect())
        }
        _ => None,
    }
}

/// YAML's own timestamps, unquoted and with seconds, are in UTC when they name no zone; Jekyll
/// reads everything else in the site's zone.
fn date_kind(format: Format) -> impl Fn(&Field) -> DateOrigin {
    move |field| {
        let text = field.value.as_text().unwrap_or_default();
        let is_iso = text.len() > 10 && text.as_bytes().get(4) == Some(&b'-');
        if format == Format::Yaml && !field.quoted && is_iso {
            DateOrigin::YamlTimestamp
        } else {
            DateOrigin::FrontMatter
        }
    }
}

impl Dialect for Jekyll {
    fn name(&self) -> &'static str {
        "jekyll"
    }

    fn copies(&self, path: &Path) -> bool {
        let inner = self.inner(path);
        inner.is_some_and(|inner| !self.exclude.is_match(inner))
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let Some(inner) = self.inner(path) else {
            // The folders that lead to the site's source are entered.
            return kind == Kind::Folder && self.source.starts_with(path);
        };
        if self.exclude.is_match(inner) {
            return false;
        }
        if kind == Kind::File {
            return self.place(path).is_some() && is_text(path);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match name.strip_prefix('_') {
            _ if name.starts_with('.') || name.ends_with('~') => false,
            Some("posts") => true,
            Some("drafts") => self.drafts,
            Some(other) => {
                self.collections_folder.starts_with(inner)
                    || self.folders.iter().any(|folder| folder.starts_with(path))
                    || self.place(path).is_some()
                    || self.collections.iter().any(|c| c.name == other)
            }
            None => true,
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn syntax(&self) -> Syntax {
        Syntax::AtTop
    }

    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool {
        let Some((collection, _)) = self.place(path) else {
            return false;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(['.', '_', '#']) || name.ends_with('~') {
            if is_markdown(path) || name == ".md" || name == ".markdown" {
                diags.warning(
                    "post-hidden",
                    Location::file(path),
                    format!("Jekyll does not publish a file named `{name}`, so no feed has it"),
                    "rename it to `YEAR-MONTH-DAY-title.md`, or remove it",
                );
            }
            return false;
        }
        let is_rendered = |markup| self.markups.contains(&markup);
        if !is_markdown(path) && !other_markup(path).is_some_and(is_rendered) {
            other_format(path, "is not Markdown or HTML", diags);
            return false;
        }
        if collection == "posts" && dated_name(stem(path)).is_none() && !Self::in_drafts(path) {
            diags.warning(
                "post-undated-name",
                Location::file(path),
                "the file name has no date, so Jekyll does not publish it and no feed has it",
                "rename it to `YEAR-MONTH-DAY-title.md`",
            );
            return false;
        }
        true
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let mut front_matter = self.with_defaults(path, front_matter);
        if !self.authors.entries().is_empty() {
            for field in &mut front_matter.to_mut().fields {
                if names.authors.contains(&field.key) {
                    // Jekyll looks an author up in `_data/authors.yml`.
                    field.value = fields::looked_up(&self.authors, &field.value);
                }
            }
        }
        let kind = date_kind(front_matter.format);
        let mut metadata = fields::read(&front_matter, names, Separator::Space, &kind);
        let stem = stem(path);
        let dated = dated_name(stem);
        if let Some((day, _)) = dated {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        }
        metadata
            .published
            .extend(fields::further_dates(&front_matter, names, &kind));
        if metadata.slug.is_empty() {
            let slug = dated.map_or(stem, |(_, slug)| slug);
            metadata.slug = slug.trim_end_matches('.').to_owned();
        }
        metadata.path_categories =
            path_categories(&front_matter, names).unwrap_or_else(|| metadata.categories.clone());
        for category in self.folder_categories(path).into_iter().rev() {
            for list in [&mut metadata.categories, &mut metadata.path_categories] {
                if !list.contains(&category) {
                    list.insert(0, category.clone());
                }
            }
        }
        metadata.draft |= Self::in_drafts(path);
        let liquid = front_matter.get("render_with_liquid");
        if liquid.is_some_and(|field| field.value == Value::Bool(false)) {
            metadata.templates = Some(Templates::Off);
        }
        metadata.collection = self
            .place(path)
            .map_or("posts", |(collection, _)| collection)
            .to_owned();
        let is_post = metadata.collection == "posts";
        // Folders that the configuration names hold what it means by posts.
        metadata.main = is_post || !self.has_posts || !self.folders.is_empty();
        // The tags of a Jekyll site are those of its posts.
        metadata.apart = !metadata.main;
        if !is_post {
            metadata.undated = Undated::Page;
        }
        if let Some(polyglot) = &self.polyglot {
            let inner = self.inner(path).unwrap_or(path);
            polyglot.place(inner, &front_matter, &mut metadata);
        } else if metadata.translation_key.is_none() {
            metadata.translation_key = Some(without_languages(path));
        }
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let inner = || {
            self.place(path)
                .map_or_else(String::new, |(_, inner)| slashed(&inner.with_extension("")))
        };
        let parts = Parts {
            published,
            slug: &metadata.slug,
            name: stem(path),
            path: &inner,
            collection: &metadata.collection,
            categories: &metadata.path_categories,
        };
        let pattern = self
            .collections
            .iter()
            .find(|collection| collection.name == metadata.collection)
            .map_or(&self.permalink, |collection| &collection.permalink);
        let own = metadata.permalink.as_ref();
        let path_on_site = match own {
            // A post's own permalink may use placeholders; a colon that begins none is itself.
            Some(own) => permalink::expand(&own.text, &parts).unwrap_or_else(|_| own.text.clone()),
            None => permalink::expand(pattern, &parts).map_err(NoPermalink::Placeholder)?,
        };
        let polyglot = self.polyglot.as_ref();
        let prefix = polyglot.map(|polyglot| {
            let inner = self.inner(path).unwrap_or(path);
            polyglot.prefix(inner, metadata)
        });
        Ok(match prefix.filter(|prefix| !prefix.is_empty()) {
            Some(prefix) => format!("{prefix}/{}", path_on_site.trim_start_matches('/')),
            None => path_on_site,
        })
    }

    fn knows_addresses(&self) -> bool {
        self.body.links_to_files
    }

    fn page(&self, path: &Path, metadata: &Metadata) -> Option<String> {
        if self.is_in_collection(path) {
            // What counts from a date is a post, whose address is known otherwise.
            return self
                .permalink(path, metadata, NaiveDateTime::default())
                .ok();
        }
        if let Some(own) = &metadata.permalink {
            return (!own.text.contains(':')).then(|| own.text.clone());
        }
        let inner = slashed(&self.inner(path)?.with_extension(""));
        let folder = inner.strip_suffix("index").unwrap_or(&inner);
        let is_index = folder.is_empty() || folder.ends_with('/');
        let end = match self.page_end {
            _ if is_index && folder.len() < inner.len() => "",
            ":output_ext" => ".html",
            end => end,
        };
        let page = if end.is_empty() && is_index {
            folder
        } else {
            &inner
        };
        Some(permalink::encode(&format!("/{page}{end}")))
    }

    fn translation_key(&self, address: &str, metadata: &Metadata) -> Option<String> {
        let polyglot = self.polyglot.as_ref()?;
        Some(polyglot.neutral(address, metadata))
    }

    fn judges_by_language(&self) -> bool {
        self.polyglot.is_none()
    }

    /// jekyll-feed's ids: the folder of the URL and the post's slug.
    fn first_id(
        &self,
        url: &Url,
        site: &Url,
        metadata: &Metadata,
        _published: Timestamp,
    ) -> Option<String> {
        let bare = url.as_str().trim_end_matches('/');
        let folder = bare.slice(..bare.rfind('/')?);
        // A permalink that is the site's own address has no folder above it.
        let folder = folder.strip_prefix(site.as_str().trim_end_matches('/'))?;
        let path = format!("{folder}/{}", permalink::encode(&metadata.slug));
        permalink::on_site(site, &path).ok().map(String::from)
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn makes_up_titles(&self) -> bool {
        true
    }
}

/// Files that could be posts by their extension; images and scripts beside them could not.
fn is_text(path: &Path) -> bool {
    is_markdown(path)
        || matches!(
            path.extension().and_then(|extension| extension.to_str()),
            Some("textile" | "rst" | "adoc" | "asciidoc" | "org" | "txt")
        )
        || matches!(
            path.file_name().and_then(|name| name.to_str()),
            Some(".md" | ".markdown")
        )
}
