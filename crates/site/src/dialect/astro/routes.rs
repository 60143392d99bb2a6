//! What the pages of an Astro site say of the collections that they show.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::folder::Folder;
use crate::source::{self, Kind, Walk};

use super::code::{self, is_word, without_comments};
use super::condition::Condition;
use super::flow::{self, Filter, Functions};
use super::folders::Folders;
use super::{POSTS, stem};

/// A page that shows entries of a collection.
#[derive(Debug, PartialEq)]
pub(super) struct Route {
    /// Its file.
    pub page: String,
    pub address: Address,
    pub filter: Filter,
}

/// Where the entries of a collection are published.
#[derive(Debug, PartialEq)]
pub(super) enum Address {
    /// Below this path, without slashes at its ends, by their ids.
    Below(String),
    /// Below this path, by a key of their front matter.
    ByKey(String, String),
    /// Wherever the code of the page puts them.
    Computed,
}

/// The pages that show each collection, the one that counts most first.
pub(super) type Routes = HashMap<String, Vec<Route>>;

/// What the pages with parameters say of the collections that they show.
pub(super) fn routes(
    root: &Folder,
    folders: &Folders,
    diags: &mut Diagnostics,
) -> Result<Routes, Error> {
    let mut routes = Routes::new();
    if !root.has_folder(&folders.pages) {
        return Ok(routes);
    }
    let functions = functions(root, folders, diags)?;
    let walk = Walk {
        root,
        folders: std::slice::from_ref(&folders.pages),
        takes: &|path, kind| {
            kind == Kind::Folder
                || (with_parameter(path).is_some()
                    && path.extension().is_some_and(|e| e == "astro"))
        },
    };
    for path in source::discover(&walk, diags)? {
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        let text = without_comments(code::of_page(&text));
        for (collection, filter) in shown(&text, &functions) {
            let route = Route {
                page: slashed(&path),
                address: address(&path, &text, folders),
                filter,
            };
            routes.entry(collection).or_default().push(route);
        }
    }
    for (collection, routes) in &mut routes {
        routes.sort_by_key(|route| rank(collection, route));
        note_several(collection, routes, diags);
    }
    Ok(routes)
}

/// The functions of a site, by name: those of files that ask for collections, and all others.
#[derive(Default)]
struct Known {
    asking: HashMap<String, String>,
    others: HashMap<String, String>,
}

/// The collections that the code of a page takes entries of.
fn shown(text: &str, known: &Known) -> BTreeMap<String, Filter> {
    let mut own = HashMap::new();
    code::declared(text, &mut own);
    let paths = own.remove("getStaticPaths");
    own.remove("");
    let functions = Functions {
        own: &own,
        asking: &known.asking,
        others: &known.others,
    };
    flow::taken(paths.as_deref().unwrap_or(text), &functions)
}

/// What counts more stands first: what is understood, what shows the most, and what is called like
/// the collection or like posts.
fn rank(collection: &str, route: &Route) -> (bool, bool, bool, bool, bool) {
    let folder = match &route.address {
        Address::Below(below) | Address::ByKey(below, _) => below.as_str(),
        Address::Computed => "",
    };
    let last = folder.rsplit('/').next().unwrap_or_default();
    (
        route.address == Address::Computed,
        route.filter.code.is_some(),
        route.filter.condition != Condition::Always,
        last != collection,
        !POSTS.contains(&last),
    )
}

/// Notes where two pages show the same entries.
fn note_several(collection: &str, routes: &[Route], diags: &mut Diagnostics) {
    let [first, second, ..] = routes else {
        return;
    };
    let is_same = second.address != Address::Computed
        && first.filter == second.filter
        && first.address != second.address;
    if is_same {
        diags.note(
            "permalink-several",
            Location::file(&second.page),
            format!(
                "the page shows the collection `{collection}`, as {} does, whose addresses its posts \
                 have in feeds; `content.permalink` says otherwise",
                first.page
            ),
        );
    }
}

/// Warns of filters that are not run, where the configuration says the addresses of posts itself.
pub(super) fn warn_of_filters(routes: &Routes, diags: &mut Diagnostics) {
    let mut routes: Vec<(&String, &Vec<Route>)> = routes.iter().collect();
    routes.sort_by_key(|(collection, _)| *collection);
    for (collection, routes) in routes {
        let Some((route, code)) = routes
            .first()
            .and_then(|route| Some((route, route.filter.code.as_ref()?)))
        else {
            continue;
        };
        diags.warning(
            "post-chosen",
            Location::file(&route.page),
            format!(
                "the page chooses entries of the collection `{collection}` by `{code}`, which feedwright \
                 does not run, and `content.permalink` gives all of them an address"
            ),
            "name those that it does not show in `content.ignore`",
        );
    }
}

/// The parameter that the address of a page ends with, and the folder that it stands in:
/// `[...slug].astro`, or `[...slug]/index.astro`.
fn with_parameter(path: &Path) -> Option<(&Path, &str)> {
    let folder = path.parent()?;
    let (folder, name) = match stem(path) {
        "index" => (folder.parent()?, folder.file_name()?.to_str()?),
        name => (folder, name),
    };
    let name = name.strip_prefix('[')?.strip_suffix(']')?;
    Some((folder, name.trim_start_matches("...")))
}

/// Where a page puts its entries.
fn address(path: &Path, text: &str, folders: &Folders) -> Address {
    let Some((folder, parameter)) = with_parameter(path) else {
        return Address::Computed;
    };
    let below = slashed(folder.strip_prefix(&folders.pages).unwrap_or(folder));
    if below.contains('[') {
        return Address::Computed;
    }
    match value_of(text, parameter).as_deref() {
        Some("id" | "slug") => Address::Below(below),
        Some(value) => match value.strip_prefix("data.") {
            Some(key) => Address::ByKey(below, key.to_owned()),
            None => Address::Computed,
        },
        None => Address::Computed,
    }
}

/// The functions of the site's own code.
fn functions(root: &Folder, folders: &Folders, diags: &mut Diagnostics) -> Result<Known, Error> {
    let walk = Walk {
        root,
        folders: &[PathBuf::from(&folders.source)],
        takes: &|path, kind| match kind {
            Kind::Folder => {
                !path.starts_with(&folders.content)
                    && !path.starts_with(&folders.pages)
                    && !path.ends_with("node_modules")
            }
            Kind::File => path
                .extension()
                .is_some_and(|e| ["ts", "js", "mjs"].iter().any(|known| e == *known)),
        },
    };
    let mut functions = Known::default();
    for path in source::discover(&walk, diags)? {
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        if text.len() > code::LONGEST {
            continue;
        }
        let text = without_comments(&text);
        let asks = text.contains("getCollection");
        let found = if asks {
            &mut functions.asking
        } else {
            &mut functions.others
        };
        code::declared(&text, found);
    }
    functions.asking.remove("");
    functions.others.remove("");
    Ok(functions)
}

/// What a page gives its parameter, of an entry: `id`, `slug`, `data.key`.
fn value_of(text: &str, parameter: &str) -> Option<String> {
    text.split("params").skip(1).find_map(|rest| {
        let inner = rest
            .trim_start_matches([':', ' '])
            .strip_prefix('{')?
            .split('}')
            .next()?;
        let value = inner
            .split(',')
            .find_map(|part| {
                part.trim()
                    .strip_prefix(parameter)?
                    .trim()
                    .strip_prefix(':')
            })?
            .trim();
        let is_plain = value.chars().all(|c| is_word(c) || c == '.');
        let (_entry, field) = value.split_once('.').filter(|_| is_plain)?;
        Some(field.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_tell_their_addresses() {
        let check = |text: &str, parameter: &str, expected: Option<&str>| {
            assert_eq!(value_of(text, parameter).as_deref(), expected, "{text}");
        };
        let page = "const posts = await getCollection('blog', ({data}) => !data.draft);\n\
                    return posts.map((post) => ({ params: { slug: post.id }, props: post }));";
        check(page, "slug", Some("id"));
        check("params: { slug: make(post.id) }", "slug", None);
        check(
            "params: { slug: post.data.path }",
            "slug",
            Some("data.path"),
        );
        check("params: {", "slug", None);
    }
}
