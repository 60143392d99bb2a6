//! Where files of a Hugo site stand: languages, content folders, bundles and sections.

use std::path::{Path, PathBuf};

use feedwright_base::date::Zone;
use globset::{GlobBuilder, GlobMatcher};

use crate::front_matter::FrontMatter;

use url::Url;

use super::Hugo;
use super::tree::Section;

pub(super) struct Language {
    pub(super) code: String,
    /// The tag of the language, where it is not the code.
    pub(super) name: String,
    pub(super) folder: Option<PathBuf>,
    pub(super) weight: i64,
    pub(super) disabled: bool,
    /// Its own `baseURL`.
    pub(super) base: Option<Base>,
    pub(super) zone: Option<Zone>,
    /// Instead of the site's.
    pub(super) permalinks: Option<Vec<Pattern>>,
}

impl Language {
    pub(super) fn has_host(&self) -> bool {
        matches!(self.base, Some(Base::Host(_)))
    }
}

/// What the `baseURL` of a language says.
pub(super) enum Base {
    /// Its own address of the site, with a slash at the end.
    Host(Url),
    /// A path on the site's host, without a slash at its end.
    Path(String),
    /// No address of a site.
    Wrong(String),
}

impl Base {
    pub(super) fn of(text: &str) -> Self {
        let bare = text.trim().trim_end_matches('/');
        if bare.is_empty() || (bare.starts_with('/') && !bare.starts_with("//")) {
            return Base::Path(bare.to_owned());
        }
        let url = Url::parse(&format!("{bare}/")).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        url.map_or_else(|| Base::Wrong(text.to_owned()), Base::Host)
    }
}

/// A folder of content.
pub(super) struct Root {
    pub(super) folder: PathBuf,
    /// What its pages lie below on the site.
    pub(super) below: String,
    pub(super) language: Option<String>,
}

/// A pattern of `[permalinks]`, and the sections it is for.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) key: String,
    pub(super) glob: Option<GlobMatcher>,
    pub(super) pattern: String,
}

impl Pattern {
    pub(super) fn new(key: &str, pattern: String) -> Self {
        // `/post/**` also means the pages of the section itself.
        let key = key.trim_matches('/').to_lowercase();
        let key = key.strip_suffix("/**").unwrap_or(&key).to_owned();
        let glob = GlobBuilder::new(&key).literal_separator(true).build().ok();
        Pattern {
            glob: glob.map(|glob| glob.compile_matcher()),
            key,
            pattern,
        }
    }

    /// Whether it is for pages of a section, given as a path.
    pub(super) fn is_for(&self, section: &str) -> bool {
        if section.is_empty() {
            return matches!(self.key.as_str(), "" | "root" | "**");
        }
        let mut above = Path::new(section).ancestors();
        above.any(|path| {
            !path.as_os_str().is_empty()
                && self.glob.as_ref().is_some_and(|glob| glob.is_match(path))
        })
    }
}

/// Where a file stands.
pub(super) struct Place {
    pub(super) language: String,
    /// The folders that its page lies in, below the content folder; those of a bundle's own
    /// folder not among them.
    pub(super) folders: Vec<String>,
    /// The name of the page: of its file, or of its folder.
    pub(super) name: String,
    pub(super) is_leaf: bool,
    pub(super) is_section: bool,
}

impl Hugo {
    pub(super) fn root(&self, path: &Path) -> Option<(&Root, PathBuf)> {
        self.roots_of(path).next()
    }

    /// The content folders that a file lies in, each with its path below the content.
    fn roots_of(&self, path: &Path) -> impl Iterator<Item = (&Root, PathBuf)> {
        self.roots.iter().filter_map(move |root| {
            let inner = path.strip_prefix(&root.folder).ok()?;
            Some((root, Path::new(&root.below).join(inner)))
        })
    }

    /// Where a file stands; `None` for one outside of the content and of a language that is
    /// switched off.
    pub(super) fn place(&self, path: &Path) -> Option<Place> {
        let (root, inner) = self.root(path)?;
        self.place_in(root, &inner)
    }

    /// Where a file stands in all languages that it is mounted for.
    pub(super) fn places(&self, path: &Path) -> Vec<Place> {
        let roots = self.roots_of(path);
        roots
            .filter_map(|(root, inner)| self.place_in(root, &inner))
            .collect()
    }

    fn place_in(&self, root: &Root, inner: &Path) -> Option<Place> {
        let mut folders: Vec<String> = inner
            .parent()?
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let stem = inner.file_stem()?.to_string_lossy().into_owned();
        let mut language = root
            .language
            .clone()
            .unwrap_or_else(|| self.default.clone());
        let mut name = stem.clone();
        if let Some((bare, code)) = stem.rsplit_once('.') {
            let code = code.to_lowercase();
            if self.language(&code).is_some() || (self.languages.is_empty() && code == self.default)
            {
                name = bare.to_owned();
                language = code;
            }
        }
        if self
            .language(&language)
            .is_some_and(|language| language.disabled)
        {
            return None;
        }
        let is_leaf = name.eq_ignore_ascii_case("index");
        let is_section = name.eq_ignore_ascii_case("_index");
        if is_leaf {
            name = folders.pop().unwrap_or_default();
        }
        Some(Place {
            language,
            folders,
            name,
            is_leaf,
            is_section,
        })
    }

    /// What a page has in common with its translations: its `translationKey`, or its path.
    pub(super) fn translation_key(
        &self,
        place: &Place,
        front_matter: &FrontMatter,
    ) -> Option<String> {
        let own = || {
            let field = front_matter.get("translationkey")?;
            let key = field.value.as_filled_text()?;
            // No path has a blank before it.
            Some(format!(" {key}"))
        };
        let path = || self.logical(place.folders.iter().chain([&place.name]));
        self.is_multilingual().then(|| own().unwrap_or_else(path))
    }

    /// The folder of a file's section on disk.
    pub(super) fn section_folder(place: &Place, path: &Path) -> PathBuf {
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = if place.is_leaf {
            folder.parent().unwrap_or(Path::new(""))
        } else {
            folder
        };
        folder.to_path_buf()
    }

    /// The folders of a page from the outermost on, each with what its `_index` file says.
    pub(super) fn folders<'a>(
        &'a self,
        place: &'a Place,
        path: &Path,
    ) -> Vec<(&'a String, Option<&'a Section>)> {
        let folder = Self::section_folder(place, path);
        let depth = place.folders.len();
        let folders = place.folders.iter().enumerate().map(|(at, name)| {
            let above = folder
                .ancestors()
                .nth(depth - at - 1)
                .unwrap_or(Path::new(""));
            (name, self.tree.section(above, &place.language))
        });
        folders.collect()
    }

    /// The folders of a page that are sections, with their slugs: the first, and every one that
    /// has an `_index` file.
    pub(super) fn sections(&self, place: &Place, path: &Path) -> Vec<(String, String)> {
        let mut sections = Vec::new();
        for (at, (name, section)) in self.folders(place, path).into_iter().enumerate() {
            if at > 0 && section.is_none() {
                continue;
            }
            let slug = section
                .and_then(|section| section.slug.clone().or_else(|| section.title.clone()))
                .unwrap_or_else(|| name.clone());
            sections.push((self.style.text(name), self.style.text(&slug)));
        }
        sections
    }
}
