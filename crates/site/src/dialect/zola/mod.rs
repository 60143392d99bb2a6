//! Reads sites of Zola: sections and pages, dated file names, and slugs.

mod file_name;
mod site;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{self, encode, slashed};
use globset::GlobSet;
use url::Url;

use crate::front_matter::FrontMatter;
use crate::source::Kind;

use self::file_name::{Slugs, dated};
use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options, Text, Undated,
    dated_folders, stem,
};

pub(super) use self::site::load;

/// The rules of one Zola site.
struct Zola {
    options: Options,
    /// Taxonomies beside tags and categories.
    taxonomies: Vec<String>,
    /// Languages other than the site's own.
    languages: Vec<String>,
    slugs: Slugs,
    /// `paths_keep_dates`.
    keep_dates: bool,
    ignored: GlobSet,
    /// Folders with an `_index.md`, in the site's own language.
    sections: HashMap<PathBuf, Section>,
    /// `generate_feeds`.
    feeds: bool,
    body: BodyStyle,
}

/// The metadata of an `_index.md`.
#[derive(Debug, Default)]
struct Section {
    title: Option<String>,
    description: Option<String>,
    draft: bool,
    /// `generate_feeds`.
    feeds: bool,
    /// Whether its pages belong to the section above.
    transparent: bool,
}

const CONTENT: &str = "content";

/// The section of pages that lie in no folder.
const ROOT: &str = "pages";

/// The place of a page in the content.
struct Place {
    folders: Vec<String>,
    /// The name that slug and date come from.
    name: String,
    /// `None` for the site's own language.
    language: Option<String>,
}

impl Zola {
    /// Whether a section beside the root has a feed of its own.
    fn has_section_feeds(&self) -> bool {
        let mut sections = self.sections.iter();
        sections.any(|(folder, section)| section.feeds && folder != Path::new(CONTENT))
    }

    /// Whether the pages of a folder belong to the site's main feed. Where the site has one, all; where
    /// the root has one, its own; else those of sections with feeds.
    fn is_main(&self, folder: &Path) -> bool {
        let home = Path::new(CONTENT);
        // A transparent section gives its pages to that above it, too.
        let mut has_feed = false;
        let mut is_home = false;
        for folder in folder.ancestors() {
            is_home = folder == home;
            // Pages of a folder that is no section belong to none.
            let Some(section) = self.sections.get(folder) else {
                break;
            };
            has_feed |= section.feeds;
            if !section.transparent {
                break;
            }
        }
        if self.feeds {
            return true;
        }
        if self.sections.get(home).is_some_and(|root| root.feeds) {
            return is_home;
        }
        has_feed || !self.sections.values().any(|section| section.feeds)
    }

    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(CONTENT).ok().or_else(|| {
            let mut folders = self.options.folders.iter();
            folders.find_map(|folder| path.strip_prefix(folder).ok())
        })
    }

    fn place(&self, path: &Path) -> Option<Place> {
        let inner = self.inner(path)?;
        let mut folders: Vec<String> = inner
            .parent()?
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let mut name = stem(inner).to_owned();
        let mut language = None;
        if let Some((bare, code)) = name.split_once('.')
            && self.languages.iter().any(|known| known == code)
        {
            language = Some(code.to_owned());
            name = bare.to_owned();
        }
        if name == "index" {
            name = folders.pop()?;
        }
        Some(Place {
            folders,
            name,
            language,
        })
    }
}

impl Dialect for Zola {
    fn name(&self) -> &'static str {
        "zola"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        match kind {
            Kind::Folder => Path::new(CONTENT).starts_with(path) || self.inner(path).is_some(),
            Kind::File => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.ends_with(".md")
                    && !name.starts_with('.')
                    && !self.ignored.is_match(Path::new("/site").join(path))
                    && self.inner(path).is_some()
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.inner(path).is_some()
    }

    fn is_post(&self, path: &Path, _diags: &mut Diagnostics) -> bool {
        !stem(path).starts_with("_index") && self.place(path).is_some()
    }

    fn names(&self) -> Names {
        Names {
            published_too: Vec::new(),
            updated: keys(&["updated"]),
            tags: keys(&["tags"]),
            categories: keys(&["categories"]),
            summary: keys(&["description", "summary"]),
            permalink: keys(&["path"]),
            language: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let front_matter = with_tables(front_matter, names);
        let mut metadata = fields::read(&front_matter, names, Separator::Whole, kind);
        metadata.terms = fields::terms(&front_matter, &self.taxonomies);
        let Some(place) = self.place(path) else {
            return metadata;
        };
        let of_name = dated(&place.name);
        let day = of_name.map(|(day, _)| DateText::of_name(day, "the file name"));
        metadata.published.extend(day);
        let day = day_of_path(metadata.permalink.as_ref(), &place);
        metadata.published.extend(day);
        if metadata.slug.is_empty() {
            metadata.slug = match of_name {
                Some((_, slug)) if !self.keep_dates => slug.to_owned(),
                _ => place.name.clone(),
            };
        }
        // A section that is a draft takes its pages with it.
        let folder = path.parent().unwrap_or(Path::new(""));
        let sections = folder.ancestors().map(|folder| self.sections.get(folder));
        metadata.draft |= sections.flatten().any(|section| section.draft);
        metadata.translation = place.language.is_some();
        if !self.languages.is_empty() {
            let parts = place.folders.iter().chain([&place.name]);
            let parts: Vec<&str> = parts.map(String::as_str).collect();
            metadata.translation_key = Some(parts.join("/"));
        }
        // The folder of a page with files beside it is no section.
        let is_index = matches!(stem(path).split('.').next(), Some("index"));
        let section = folder.parent().filter(|_| is_index).unwrap_or(folder);
        metadata.main = self.is_main(section);
        let section = place.folders.first().cloned();
        metadata.collection = section.unwrap_or_else(|| ROOT.to_owned());
        metadata.language = place.language.map(|code| Text {
            text: code,
            ..Text::default()
        });
        metadata.undated = Undated::Page;
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let Some(place) = self.place(path) else {
            return Err(NoPermalink::Computed(slashed(path)));
        };
        let folders = place.folders.join("/");
        let inner = format!("{folders}/{}", place.name);
        let inner = inner.trim_start_matches('/');
        if let Some(path) = self.options.configured(path, inner, metadata, published) {
            return path;
        }
        let path = match &metadata.permalink {
            // A page's own path has no language in front.
            Some(own) => own.text.trim_matches('/').to_owned(),
            None => {
                let language = place.language.unwrap_or_default();
                let slug = self.slugs.slug(&metadata.slug);
                [language, folders, slug]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("/")
            }
        };
        Ok(encode(&format!("/{path}/")))
    }

    fn knows_addresses(&self) -> bool {
        true
    }

    fn page(&self, path: &Path, metadata: &Metadata) -> Option<String> {
        let place = self.place(path)?;
        if place.name != "_index" {
            return self
                .permalink(path, metadata, NaiveDateTime::default())
                .ok();
        }
        let parts = place.language.into_iter().chain(place.folders);
        let parts: Vec<String> = parts.collect();
        Some(match parts.join("/") {
            home if home.is_empty() => "/".to_owned(),
            section => encode(&format!("/{section}/")),
        })
    }

    /// Zola's own feeds have permalinks as they are written, not encoded.
    fn first_id(
        &self,
        url: &Url,
        _site: &Url,
        _metadata: &Metadata,
        _published: Timestamp,
    ) -> Option<String> {
        permalink::iri(url.as_str())
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

/// Front matter with the entries of its tables `taxonomies` and `extra` moved to the top. Tags at the
/// top are removed, as Zola ignores them there.
fn with_tables(front_matter: &FrontMatter, names: &Names) -> FrontMatter {
    let mut all = front_matter.clone();
    let is_term = |key: &String| names.tags.contains(key) || names.categories.contains(key);
    all.fields.retain(|field| !is_term(&field.key));
    for table in ["taxonomies", "extra"] {
        let Some(field) = all.get(table).cloned() else {
            continue;
        };
        for (key, value) in field.value.entries() {
            let is_date = names.published.contains(key) || names.updated.contains(key);
            if !(table == "extra" && (is_date || is_term(key))) {
                all.add_missing(key, value.clone(), (field.line, field.column));
            }
        }
    }
    all
}

/// The day that a page's own path names, or else its folders.
fn day_of_path(path: Option<&Text>, place: &Place) -> Option<DateText> {
    if let Some(day) = path.and_then(|path| dated_folders(Path::new(&path.text))) {
        return Some(DateText::of_name(&day, "the path"));
    }
    let path = Path::new(&place.folders.join("/")).join(&place.name);
    dated_folders(&path).map(|day| DateText::of_name(&day, "the folder"))
}
