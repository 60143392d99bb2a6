//! Reads the folders of a Hugo site: bundles, sections and the cascades of front matter.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use globset::{GlobBuilder, GlobMatcher};

use crate::folder::Folder;
use crate::front_matter::{self, Syntax, Value};
use crate::source::{self, Walk};

use super::Hugo;
use super::place::Place;

/// The folders of a site, by their paths.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Folders with an `index` file: what else lies in them belongs to that page.
    leaves: HashSet<PathBuf>,
    /// Folders with an `_index` file, by path and language.
    sections: HashMap<(PathBuf, String), Section>,
    /// The pages of each top folder.
    pages: BTreeMap<String, Vec<PathBuf>>,
    /// The files of pages and sections by language and by the path that Hugo knows them by, where
    /// links name them.
    named: HashMap<(String, String), PathBuf>,
    /// The languages of the pages of each top folder, likewise.
    tops: HashSet<(String, String)>,
}

/// What an `_index` file says.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: Option<String>,
    pub(super) slug: Option<String>,
    pub(super) cascade: Cascade,
}

/// Front matter that pages further down inherit.
#[derive(Debug, Default)]
pub(super) struct Cascade(Vec<Target>);

#[derive(Debug)]
struct Target {
    path: Option<GlobMatcher>,
    kind: Option<String>,
    language: Option<String>,
    values: Vec<(String, Value)>,
}

impl Cascade {
    pub(super) fn of_site(cascade: Option<&Value>) -> Self {
        let targets = cascade.map_or(&[][..], Value::items).iter().map(|entry| {
            let target = entry.get("target").or_else(|| entry.get("_target"));
            let text = |key: &str| target.and_then(|target| target.text(&[key]));
            let path = text("path").and_then(|path| {
                let glob = GlobBuilder::new(&path.to_lowercase())
                    .literal_separator(true)
                    .build();
                Some(glob.ok()?.compile_matcher())
            });
            let mut values: Vec<(String, Value)> = Vec::new();
            for (key, value) in entry.entries() {
                match key.as_str() {
                    "target" | "_target" => {}
                    "params" => values.extend(value.entries().iter().cloned()),
                    _ => values.push((key.clone(), value.clone())),
                }
            }
            Target {
                path,
                kind: text("kind"),
                language: text("lang"),
                values,
            }
        });
        Cascade(targets.collect())
    }

    /// The value of each key for a page: the first target that names it counts.
    fn values<'c>(
        &'c self,
        path: &str,
        language: &str,
    ) -> impl Iterator<Item = &'c (String, Value)> {
        self.0
            .iter()
            .filter(move |target| {
                target.path.as_ref().is_none_or(|glob| glob.is_match(path))
                    && target
                        .kind
                        .as_ref()
                        .is_none_or(|kind| kind.contains("page"))
                    && target.language.as_ref().is_none_or(|own| own == language)
            })
            .flat_map(|target| &target.values)
    }
}

impl Tree {
    /// Whether a page is the resource of a bundle further up.
    pub(super) fn is_resource(&self, path: &Path, is_index: bool) -> bool {
        let above = path.parent().unwrap_or(Path::new(""));
        let above = if is_index {
            above.parent().unwrap_or(Path::new(""))
        } else {
            above
        };
        above
            .ancestors()
            .filter(|folder| !folder.as_os_str().is_empty())
            .any(|folder| self.leaves.contains(folder))
    }

    /// The file of a page or section of a language, by the path that Hugo knows it by.
    pub(super) fn named(&self, logical: &str, language: &str) -> Option<&PathBuf> {
        self.named.get(&(language.to_owned(), logical.to_owned()))
    }

    /// Whether a top folder has pages of a language.
    pub(super) fn has_section(&self, logical: &str, language: &str) -> bool {
        self.tops
            .contains(&(language.to_owned(), logical.to_owned()))
    }

    /// Notes by what links name a page or section.
    fn name(&mut self, path: &Path, place: &Place, hugo: &Hugo) {
        if self.is_resource(path, place.is_leaf) {
            return;
        }
        let name = Some(&place.name).filter(|_| !place.is_section);
        let logical = hugo.logical(place.folders.iter().chain(name));
        let language = &place.language;
        if let Some((top, _)) = logical.split_once('/') {
            self.tops.insert((language.clone(), top.to_owned()));
        }
        self.named
            .entry((language.clone(), logical))
            .or_insert_with(|| path.to_path_buf());
    }

    pub(super) fn section(&self, folder: &Path, language: &str) -> Option<&Section> {
        self.sections
            .get(&(folder.to_path_buf(), language.to_owned()))
    }

    /// What the sections above a page, the nearest first, and the site give it.
    pub(super) fn cascaded(
        &self,
        folder: &Path,
        language: &str,
        logical: &str,
        site: &Cascade,
    ) -> Vec<(String, Value)> {
        let mut values: Vec<(String, Value)> = Vec::new();
        let sections = folder
            .ancestors()
            .filter_map(|folder| Some(&self.section(folder, language)?.cascade));
        for cascade in sections.chain([site]) {
            for (key, value) in cascade.values(logical, language) {
                if !values.iter().any(|(known, _)| known == key) {
                    values.push((key.clone(), value.clone()));
                }
            }
        }
        values
    }

    /// Counts a page of the site's own language for the top folder that it lies in.
    fn count(&mut self, path: &Path, place: &Place, hugo: &Hugo) {
        let is_page = !self.is_resource(path, place.is_leaf);
        if let Some(top) = place.folders.first()
            && is_page
            && place.language == hugo.default
        {
            let section = hugo.style.name(top).to_lowercase();
            self.pages.entry(section).or_default().push(path.to_owned());
        }
    }

    /// The top folder with the most pages, which is the site's main section: where one has dated
    /// pages, the largest that does.
    pub(super) fn largest_section(&self, root: &Folder) -> Vec<String> {
        // Of several, the first by name: Hugo leaves it to chance.
        let mut sections: Vec<(&String, &Vec<PathBuf>)> = self.pages.iter().collect();
        sections.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        let is_alone = sections.len() < 2;
        let mut dated = sections.iter().filter(|_| !is_alone);
        let largest = dated
            .find(|(_, pages)| {
                pages
                    .iter()
                    .take(MOST_READ)
                    .any(|page| is_dated(root, page))
            })
            .or(sections.first());
        let names = largest.map(|(name, _)| (*name).clone());
        names.into_iter().collect()
    }
}

/// How many pages of a section are read to find out whether it has dates.
const MOST_READ: usize = 200;

/// Whether the front matter of a page names a date.
fn is_dated(root: &Folder, page: &Path) -> bool {
    const KEYS: [&str; 2] = ["date", "publishdate"];
    let text = source::read_setting(root, &slashed(page)).ok().flatten();
    let text = text.unwrap_or_default();
    // No front matter with a date is longer.
    let lines = text.lines().take(100);
    lines
        .skip(1)
        .take_while(|line| !matches!(line.trim_end(), "---" | "+++"))
        .any(|line| {
            let line = line.trim_start_matches([' ', '"']).to_ascii_lowercase();
            let key = line.split([':', '=', '"']).next().unwrap_or_default();
            KEYS.contains(&key.trim_end())
        })
}

/// Reads the `_index` files of all content folders, and counts the pages of each section.
pub(super) fn read(root: &Folder, hugo: &Hugo, diags: &mut Diagnostics) -> Result<Tree, Error> {
    let mut tree = Tree::default();
    let paths = paths(root, hugo)?;
    let places = || {
        let paths = paths.iter();
        paths.filter_map(|path| Some((path, hugo.place(path)?)))
    };
    // Whether a file is a resource depends on all leaf bundles.
    for (path, _) in places().filter(|(_, place)| place.is_leaf) {
        tree.leaves.extend(path.parent().map(Path::to_path_buf));
    }
    for (path, place) in places() {
        if hugo.hooks.any() {
            for place in hugo.places(path) {
                tree.name(path, &place, hugo);
            }
        }
        if !place.is_section {
            tree.count(path, &place, hugo);
        } else if !tree.is_resource(path, false)
            && let Some(section) = section(root, path, diags)?
        {
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            tree.sections.insert((folder, place.language), section);
        }
    }
    Ok(tree)
}

/// The files of pages and sections in all content folders.
fn paths(root: &Folder, hugo: &Hugo) -> Result<Vec<PathBuf>, Error> {
    let folders = hugo.roots.iter().map(|root| root.folder.clone());
    let folders: Vec<PathBuf> = folders.filter(|folder| root.has_folder(folder)).collect();
    if folders.is_empty() {
        return Ok(Vec::new());
    }
    let walk = Walk {
        root,
        folders: &folders,
        takes: &|path, kind| hugo.may_hold_pages(path, kind),
    };
    // Whatever is odd about these files is reported when posts are looked for.
    source::discover(&walk, &mut Diagnostics::new())
}

/// What an `_index` file says. A section that cannot be read is reported as such; its pages have no
/// cascade.
fn section(root: &Folder, path: &Path, diags: &mut Diagnostics) -> Result<Option<Section>, Error> {
    let Some(source) = source::read(root, path, diags)? else {
        return Ok(None);
    };
    let Some(front_matter) = front_matter::decode(&source, Syntax::Fenced, diags) else {
        return Ok(None);
    };
    let fields = front_matter.fields.into_iter();
    let map = Value::Map(fields.map(|field| (field.key, field.value)).collect());
    let map = map.with_lower_keys();
    Ok(Some(Section {
        title: map.text(&["title"]),
        slug: map.text(&["slug"]),
        cascade: Cascade::of_site(map.get("cascade")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cascades_choose_their_targets() {
        let value: Value = serde_yaml::from_str(
            "- {target: {path: '/p/*', kind: page}, draft: true}\n\
             - {target: {path: '/q/**'}, params: {tags: [a]}}\n- {draft: false, x: 1}\n",
        )
        .expect("YAML");
        let cascade = Cascade::of_site(Some(&value));
        let keys = |path: &str| {
            let found: Vec<String> = cascade
                .values(path, "en")
                .map(|(key, value)| format!("{key}={}", value.as_text().unwrap_or_default()))
                .collect();
            found.join(" ")
        };
        assert_eq!(keys("/p/a"), "draft=true draft=false x=1");
        assert_eq!(keys("/p/a/b"), "draft=false x=1");
        assert_eq!(keys("/q/a/b"), "tags= draft=false x=1");
    }
}
