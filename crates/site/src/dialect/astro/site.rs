//! What the code of an Astro site says in plain words: its collections and its routes.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;

use crate::folder::Folder;
use crate::source::{self, Kind, Walk};

use super::{CONTENT, PAGES, stem};

/// How many functions are followed from one to the next.
const MOST_STEPS: usize = 64;

/// Where the entries of a collection are published.
#[derive(Debug, PartialEq)]
pub(super) enum Route {
    /// Below this path, without slashes at its ends, by their ids.
    Below(String),
    /// Below this path, by a key of their front matter.
    ByKey(String, String),
    /// Wherever the code of this page puts them.
    Computed(String),
}

/// The folders of collections, by name.
pub(super) fn collections(root: &Folder) -> Result<Vec<(String, PathBuf)>, Error> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for name in [
        "src/content.config.ts",
        "src/content.config.js",
        "src/content.config.mjs",
        "src/content/config.ts",
        "src/content/config.js",
        "src/content/config.mjs",
    ] {
        if let Some(text) = source::read_setting(root, name)? {
            found = bases(&text);
            break;
        }
    }
    let content = Path::new(CONTENT);
    let names = root.names(content);
    for name in names
        .iter()
        .filter(|name| root.has_folder(content.join(name)))
    {
        let (name, folder) = (name.to_string_lossy().into_owned(), content.join(name));
        let is_known = |(known, base): &(String, PathBuf)| *known == name || *base == folder;
        if !found.iter().any(is_known) && !name.starts_with(['_', '.']) {
            found.push((name, folder));
        }
    }
    found.sort();
    Ok(found)
}

/// The collections that a configuration defines with a folder of their own.
fn bases(text: &str) -> Vec<(String, PathBuf)> {
    let mut by_constant: HashMap<&str, PathBuf> = HashMap::new();
    let parts: Vec<&str> = text.split("defineCollection(").collect();
    for (before, after) in parts.iter().zip(parts.iter().skip(1)) {
        let name = before.trim_end().trim_end_matches(['=', ':']).trim_end();
        let name = name.rsplit(|c| !is_word(c)).next().unwrap_or(name);
        if let Some(base) = literal_of(after, "base:") {
            let base = PathBuf::from(base.trim_start_matches("./").trim_end_matches('/'));
            by_constant.insert(name, base);
        }
    }
    // `collections = { post, notes: note }` gives the constants their names.
    let exported = text.split("collections").skip(1).find_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        rest.strip_prefix('{')?.split('}').next()
    });
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for entry in exported.unwrap_or_default().split(',') {
        let (name, constant) = entry.split_once(':').unwrap_or((entry, entry));
        if let Some(base) = by_constant.get(constant.trim()) {
            let name = name.trim().trim_matches(['\'', '"']);
            found.push((name.to_owned(), base.clone()));
        }
    }
    found
}

/// The string that follows a key.
fn literal_of(text: &str, key: &str) -> Option<String> {
    let rest = text.slice(text.find(key)? + key.len()..).trim_start();
    let quote = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`'))?;
    Some(rest.slice(1..).split(quote).next()?.to_owned())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// What the pages with parameters say of the collections that they show.
pub(super) fn routes(
    root: &Folder,
    diags: &mut Diagnostics,
) -> Result<HashMap<String, Route>, Error> {
    let mut routes: HashMap<String, Route> = HashMap::new();
    if !root.has_folder(PAGES) {
        return Ok(routes);
    }
    let functions = functions(root, diags)?;
    let walk = Walk {
        root,
        folders: &[PathBuf::from(PAGES)],
        takes: &|path, kind| {
            kind == Kind::Folder
                || (stem(path).ends_with(']') && path.extension().is_some_and(|e| e == "astro"))
        },
    };
    for path in source::discover(&walk, diags)? {
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let below = slashed(folder.strip_prefix(PAGES).unwrap_or(folder));
        let parameter = stem(&path)
            .trim_matches(['[', ']'])
            .trim_start_matches("...");
        let route = |below: String| match value_of(&text, parameter).as_deref() {
            _ if below.contains('[') => Route::Computed(slashed(&path)),
            Some("id" | "slug") => Route::Below(below),
            Some(value) => match value.strip_prefix("data.") {
                Some(key) => Route::ByKey(below, key.to_owned()),
                None => Route::Computed(slashed(&path)),
            },
            None => Route::Computed(slashed(&path)),
        };
        for collection in shown(&text, &functions) {
            let found = route(below.clone());
            // A page that is understood counts more than one that is not, such as that of a tag.
            let is_better = match routes.get(&collection) {
                None => true,
                Some(Route::Computed(_)) => !matches!(found, Route::Computed(_)),
                Some(_) => false,
            };
            if is_better {
                routes.insert(collection, found);
            }
        }
    }
    Ok(routes)
}

/// The functions of the site's own code, by name, with what stands in them.
fn functions(root: &Folder, diags: &mut Diagnostics) -> Result<HashMap<String, String>, Error> {
    let walk = Walk {
        root,
        folders: &[PathBuf::from("src")],
        takes: &|path, kind| match kind {
            Kind::Folder => !path.starts_with(CONTENT) && !path.starts_with(PAGES),
            Kind::File => path
                .extension()
                .is_some_and(|e| ["ts", "js", "mjs"].iter().any(|known| e == *known)),
        },
    };
    let mut functions = HashMap::new();
    for path in source::discover(&walk, diags)? {
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        if !text.contains("getCollection") {
            continue;
        }
        let mut name = String::new();
        for line in text.split_inclusive('\n') {
            let bare = ["export ", "default ", "async ", "function ", "const "]
                .iter()
                .fold(line, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
            // A line at the left edge that begins otherwise belongs to the function above.
            if bare.len() < line.len() {
                name = bare.chars().take_while(|c| is_word(*c)).collect();
            }
            functions
                .entry(name.clone())
                .or_insert_with(String::new)
                .push_str(line);
        }
    }
    Ok(functions)
}

/// The collections that a page asks for, itself or through functions.
fn shown(page: &str, functions: &HashMap<String, String>) -> BTreeSet<String> {
    let mut collections = BTreeSet::new();
    let mut texts = vec![page];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(text) = texts.pop() {
        collections.extend(asked(text));
        for (name, body) in functions {
            let is_new = seen.len() < MOST_STEPS && !seen.contains(name.as_str());
            if is_new && !name.is_empty() && text.contains(&format!("{name}(")) {
                seen.insert(name);
                texts.push(body);
            }
        }
    }
    collections
}

/// The collections that `getCollection("…")` names.
fn asked(text: &str) -> Vec<String> {
    text.split("getCollection")
        .skip(1)
        .filter_map(|rest| literal_of(rest, "("))
        .collect()
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
    fn pages_tell_their_routes() {
        let page = "const posts = await getCollection('blog', ({data}) => !data.draft);\n\
                    return posts.map((post) => ({ params: { slug: post.id }, props: post }));";
        assert_eq!(asked(page), ["blog"]);
        assert_eq!(value_of(page, "slug").as_deref(), Some("id"));
        let check = |text: &str, parameter: &str, expected: Option<&str>| {
            assert_eq!(value_of(text, parameter).as_deref(), expected, "{text}");
        };
        check("params: { slug: make(post.id) }", "slug", None);
        check(
            "params: { slug: post.data.path }",
            "slug",
            Some("data.path"),
        );
        check("params: {", "slug", None);
    }

    #[test]
    fn functions_are_followed() {
        let functions = HashMap::from([
            ("all".to_owned(), "return raw()".to_owned()),
            (
                "raw".to_owned(),
                "getCollection(\"posts\"); all()".to_owned(),
            ),
        ]);
        let found: Vec<String> = shown("const x = await all();", &functions)
            .into_iter()
            .collect();
        assert_eq!(found, ["posts"]);
    }

    #[test]
    fn configurations_name_folders() {
        let text = "const post = defineCollection({ loader: glob({ base: './content/posts' }) });\n\
                    const tag = defineCollection({ schema: z });\n\
                    export const collections = { blog: post, tag };";
        assert_eq!(
            bases(text),
            [("blog".to_owned(), PathBuf::from("content/posts"))]
        );
    }
}
