//! Hugo's own render hooks, by which links of Markdown name pages, and pictures name files of bundles.

use std::path::Path;

use chrono::NaiveDateTime;
use feedwright_base::permalink::{encode, joined};

use crate::dialect::{Dialect, Linked, Metadata};
use crate::folder::Folder;
use crate::front_matter::Value;

use super::Hugo;
use super::place::{Language, Place, Root};

/// Which of Hugo's own render hooks are on.
#[derive(Debug, Clone, Default)]
pub(super) struct Hooks {
    links: bool,
    pictures: bool,
    /// The folder of files for pages of all kinds.
    assets: String,
}

impl Hooks {
    /// Unless the site says otherwise, they are on where several languages share the files of bundles.
    pub(super) fn of(config: &Value, languages: &[Language], is_multihost: bool) -> Self {
        let duplicates = config.at(&["markup", "goldmark", "duplicateresourcefiles"]);
        let shares = languages.len() > 1
            && !is_multihost
            && duplicates.and_then(Value::as_bool) != Some(true);
        let is_on = |kind: &str| {
            let of = |key: &str| config.at(&["markup", "goldmark", "renderhooks", kind, key]);
            let used = of("useembedded").and_then(Value::as_filled_text);
            match used.as_deref().map(str::to_lowercase).as_deref() {
                Some("never") => false,
                Some("always" | "fallback") => true,
                _ => of("enabledefault")
                    .and_then(Value::as_bool)
                    .unwrap_or(shares),
            }
        };
        Hooks {
            links: is_on("link"),
            pictures: is_on("image"),
            assets: config
                .text(&["assetdir"])
                .unwrap_or_else(|| "assets".to_owned()),
        }
    }

    pub(super) fn any(&self) -> bool {
        self.links || self.pictures
    }
}

impl Hugo {
    /// What a link or the source of a picture in the page `from` names.
    pub(super) fn hooked(
        &self,
        link: &str,
        is_picture: bool,
        from: &Path,
        root: &Folder,
    ) -> Option<Linked> {
        let is_on = match is_picture {
            true => self.hooks.pictures,
            false => self.hooks.links,
        };
        let place = self.place(from).filter(|_| is_on)?;
        let link = link.strip_prefix("./").unwrap_or(link);
        let page = || self.hooked_page(link, &place);
        (!is_picture)
            .then(page)
            .flatten()
            .or_else(|| self.of_bundle(link, &place, from, root))
            .or_else(|| {
                let asset = joined("", link).filter(|asset| !asset.is_empty())?;
                let is_there = root.has_file(Path::new(&self.hooks.assets).join(&asset));
                is_there.then(|| Linked::At(encode(&format!("/{asset}"))))
            })
    }

    /// The page that a link names by its path in the content, with or without extension, in the
    /// language of the page that links.
    fn hooked_page(&self, link: &str, from: &Place) -> Option<Linked> {
        let path = link.trim_end_matches('/');
        let find = |folders: &[&String]| {
            let folders: Vec<&str> = folders.iter().map(|name| name.as_str()).collect();
            self.named(&joined(&folders.join("/"), path)?, &from.language)
        };
        if !link.starts_with('/') {
            let mut folders: Vec<&String> = from.folders.iter().collect();
            // With its extension a file is one beside the file of the page.
            if from.is_leaf && path.starts_with("../") && has_extension(path) {
                folders.push(&from.name);
            }
            if let Some(page) = find(&folders) {
                return Some(page);
            }
        }
        (!link.is_empty() && !link.starts_with('.')).then(|| find(&[]))?
    }

    /// The page of a language at a path in the content.
    fn named(&self, path: &str, language: &str) -> Option<Linked> {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let name = match has_extension(name) {
            true => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
            false => name,
        };
        let coded = name.rsplit_once('.');
        let name = coded
            .filter(|(_, code)| self.language(code).is_some())
            .map_or(name, |(stem, _)| stem);
        let folders = folders.split('/').filter(|folder| !folder.is_empty());
        let name = Some(name).filter(|name| !matches!(*name, "" | "index" | "_index"));
        let names: Vec<String> = folders.chain(name).map(str::to_owned).collect();
        let logical = self.logical(&names);
        let page = self.tree.named(&logical, language);
        if let Some(page) = page.filter(|page| self.is_in(page, language)) {
            return Some(Linked::Page(page.clone()));
        }
        // Those of other languages that are mounted lie at their paths. The home page and the top
        // folders are pages without a file, too.
        let is_list =
            page.is_some() || names.is_empty() || self.tree.has_section(&logical, language);
        let prefix = self.language_prefix(language);
        is_list.then(|| {
            let path = encode(&format!("{prefix}/{logical}/"));
            Linked::At(path.replace("//", "/"))
        })
    }

    /// Whether a file is a page of a language, and not only mounted for it as well.
    fn is_in(&self, page: &Path, language: &str) -> bool {
        let place = self.place(page);
        place.is_some_and(|place| place.language == language)
    }

    /// The path of a page or section that is no post.
    pub(super) fn page_path(&self, path: &Path, metadata: &Metadata) -> Option<String> {
        let place = self.place(path)?;
        if metadata.draft || self.tree.is_resource(path, place.is_leaf) {
            return None;
        }
        if !place.is_section || metadata.permalink.is_some() {
            return self
                .permalink(path, metadata, NaiveDateTime::default())
                .ok();
        }
        let section = Place {
            name: String::new(),
            ..place
        };
        let prefix = self.language_prefix(&section.language);
        let inner = self.default_path(&section, path, "");
        Some(format!("{prefix}{}", encode(&inner.replace("//", "/"))))
    }

    /// A file of a bundle: that of the page's own language, or else of the first that has it, which
    /// is published with the page of that language alone.
    fn of_bundle(&self, name: &str, place: &Place, from: &Path, root: &Folder) -> Option<Linked> {
        if !place.is_leaf || name.is_empty() || name.starts_with(['/', '.']) {
            return None;
        }
        let (_, inner) = self.root(from)?;
        let folder = inner.parent()?;
        let logical = self.logical(place.folders.iter().chain([&place.name]));
        let own = std::iter::once(&place.language);
        let others = self.languages.iter().filter(|language| !language.disabled);
        let others = others.map(|language| &language.code);
        own.chain(others.filter(|code| **code != place.language))
            .find_map(|code| {
                let page = self.tree.named(&logical, code);
                let page = page.filter(|page| self.is_in(page, code))?;
                let mut files = self.roots.iter().flat_map(|root| {
                    let names = self.names_of(name, code, root).into_iter();
                    let folder = folder.strip_prefix(&root.below).ok();
                    names
                        .filter_map(move |name| Some((root.folder.join(folder?).join(&name), name)))
                });
                let (_, name) = files.find(|(path, _)| root.has_file(path))?;
                Some(Linked::Beside(page.clone(), encode(&name)))
            })
    }

    /// What a file of a language is called in a content folder: with its code, and in the folder of
    /// that language without.
    fn names_of(&self, name: &str, code: &str, root: &Root) -> Vec<String> {
        let coded = name
            .rsplit_once('.')
            .map(|(stem, end)| format!("{stem}.{code}.{end}"));
        let is_own = root.language.as_ref().unwrap_or(&self.default) == code;
        let bare = is_own.then(|| name.to_owned());
        coded.into_iter().chain(bare).collect()
    }
}

/// Whether a name ends as those of pages do.
fn has_extension(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    matches!(
        end.as_deref(),
        Some("md" | "markdown" | "mdown" | "html" | "htm" | "adoc" | "org" | "rst")
    )
}
