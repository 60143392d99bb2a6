//! Where a file of an Astro site stands: in which collection, and on which page.

use std::path::{Path, PathBuf};

use feedwright_base::permalink::slashed;

use super::collections::Collection;
use super::condition::Subject;
use super::routes::Address;
use super::{Astro, Metadata, NoPermalink, POSTS};
use crate::front_matter::FrontMatter;

impl Astro {
    /// The collection of a file and its path there; a page has no collection.
    pub(super) fn place<'a>(&self, path: &'a Path) -> (Option<String>, &'a Path) {
        if let Ok(inner) = path.strip_prefix(&self.folders.pages) {
            return (None, inner);
        }
        for folder in &self.options.folders {
            if let Ok(inner) = path.strip_prefix(folder) {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                return (Some(name.into_owned()), inner);
            }
        }
        let found = self.entry(path);
        found.map_or((None, path), |(collection, inner)| {
            (Some(collection.name.clone()), inner)
        })
    }

    /// The path of an entry of a collection.
    pub(super) fn address(
        &self,
        collection: &str,
        metadata: &Metadata,
    ) -> Result<String, NoPermalink> {
        let computed = |what: String| Err(NoPermalink::Computed(what));
        let routes = self.routes.get(collection);
        let Some(route) = routes.and_then(|routes| routes.get(metadata.route)) else {
            let pages = slashed(&self.folders.pages);
            return computed(format!(
                "a page of `{pages}` that shows the collection `{collection}`"
            ));
        };
        let own = self.collections.iter().find(|own| own.name == collection);
        match (
            &route.address,
            own.and_then(|own| own.computes_ids.as_ref()),
        ) {
            (Address::Below(_), Some(code)) => computed(code.clone()),
            (Address::Below(below), None) => Ok(format!("{below}/{}", metadata.slug)),
            (Address::ByKey(below, key), _) => {
                let mut values = metadata.values.iter();
                match values.find(|(known, _)| known == key) {
                    Some((_, value)) => Ok(format!("{below}/{value}")),
                    None => computed(format!("the key `{key}`, which the post lacks")),
                }
            }
            (Address::Computed, _) => computed(route.page.clone()),
        }
    }

    /// The folders in which posts are looked for.
    pub(super) fn all_folders(&self) -> impl Iterator<Item = &Path> {
        let bases = self.collections.iter().map(|c| c.base.as_path());
        bases
            .chain([self.folders.pages.as_path()])
            .chain(self.options.folders.iter().map(PathBuf::as_path))
    }

    /// The collection that a file is an entry of, and its path there. Of several it is one that a page
    /// shows, and one that is called like posts.
    pub(super) fn entry<'a>(&self, path: &'a Path) -> Option<(&Collection, &'a Path)> {
        let collections = self.collections.iter();
        let found =
            collections.filter_map(|collection| Some((collection, collection.inner(path)?)));
        found.min_by_key(|(collection, _)| {
            let name = collection.name.as_str();
            (!self.routes.contains_key(name), !POSTS.contains(&name))
        })
    }

    /// The page that shows a post, as its place among those of its collection. An error says what else
    /// decides about it: `None` that no page shows it.
    pub(super) fn route(
        &self,
        collection: &str,
        front_matter: &FrontMatter,
        id: &str,
    ) -> Result<usize, Option<String>> {
        let known = self.collections.iter().find(|c| c.name == collection);
        let subject = Subject {
            front_matter,
            id,
            schema: known.map(|collection| &collection.schema),
        };
        let routes = self.routes.get(collection).map_or(&[][..], Vec::as_slice);
        for (at, route) in routes.iter().enumerate() {
            let chosen = |code: &str| {
                Err(Some(format!(
                    "{} chooses its posts by `{code}`",
                    route.page
                )))
            };
            match (subject.fulfils(&route.filter.condition), &route.filter.code) {
                (Ok(false), _) => {}
                (Ok(true), None) => return Ok(at),
                (Ok(true), Some(code)) => return chosen(code),
                (Err(key), _) => return chosen(&key),
            }
        }
        if routes.is_empty() { Ok(0) } else { Err(None) }
    }
}
