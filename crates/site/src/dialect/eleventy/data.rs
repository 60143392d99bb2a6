//! Reads the data files of pages and folders, as far as they are literals.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;

use crate::dialect::{generator, literals, stem};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source::{self, Kind, Walk};

use super::POSTS;
use super::cascade::{Data, Layer};
use super::layouts::passes_on;

/// The endings of data files; of two for one page or folder, the later is the stronger.
const SUFFIXES: [&str; 5] = [
    ".json",
    ".11tydata.json",
    ".11tydata.js",
    ".11tydata.mjs",
    ".11tydata.cjs",
];

/// Reads the data files beside pages and folders, and finds out whether a folder is named like
/// one of posts.
pub(super) fn data(
    root: &Folder,
    input: &Path,
    reserved: &[PathBuf],
    diags: &mut Diagnostics,
) -> Result<(Data, bool), Error> {
    let mut data = Data::default();
    let mut has_folder = false;
    for path in paths(root, input, reserved)? {
        let folder = path.parent().unwrap_or(Path::new(""));
        if name_of(&path).ends_with(".md") {
            let name = name_of(folder).trim_start_matches('_').to_lowercase();
            has_folder |= POSTS.contains(&name.as_str());
            continue;
        }
        let Some(owner) = owner(root, input, &path) else {
            continue;
        };
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        let layer = layer(&slashed(&path), &text, diags);
        let entry = match owner {
            Owner::Folder => data.folders.entry(folder.to_path_buf()),
            Owner::Page(page) => data.files.entry(page),
        };
        entry.or_default().lay(layer);
    }
    Ok((data, has_folder))
}

/// The pages and data files below the input folder.
fn paths(root: &Folder, input: &Path, reserved: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    if !root.has_folder(input) {
        return Ok(Vec::new());
    }
    let folders = [input.to_path_buf()];
    let walk = Walk {
        root,
        folders: if input.as_os_str().is_empty() {
            &[]
        } else {
            &folders
        },
        takes: &|path, kind| {
            let name = name_of(path);
            match kind {
                Kind::Folder => {
                    name != "node_modules"
                        && !name.starts_with('.')
                        && !reserved.iter().any(|folder| folder == path)
                }
                Kind::File => {
                    name.ends_with(".md") || SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
                }
            }
        },
    };
    source::discover(&walk, &mut Diagnostics::new())
}

/// The pages that a data file is for.
enum Owner {
    /// All pages in its folder and below.
    Folder,
    /// One page, by its path without extension.
    Page(PathBuf),
}

/// The pages that a data file is for, by its name; `None` for other files with such an ending.
fn owner(root: &Folder, input: &Path, path: &Path) -> Option<Owner> {
    let name = name_of(path);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut suffixes = SUFFIXES.iter().rev();
    let bare = suffixes.find_map(|suffix| name.strip_suffix(suffix))?;
    let of_root = folder == input && bare == stem_or(input, "");
    let has_page = ["md", "html", "njk", "liquid"]
        .iter()
        .any(|extension| root.has_file(folder.join(format!("{bare}.{extension}"))));
    if bare == name_of(folder) || of_root {
        Some(Owner::Folder)
    } else {
        has_page.then(|| Owner::Page(folder.join(bare)))
    }
}

fn name_of(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

fn stem_or<'a>(path: &'a Path, default: &'a str) -> &'a str {
    if path.as_os_str().is_empty() {
        default
    } else {
        stem(path)
    }
}

/// The data of a file: all of JSON, the literals of JavaScript.
pub(super) fn layer(name: &str, text: &str, diags: &mut Diagnostics) -> Layer {
    if name.ends_with(".json") {
        let value = generator::parse(name, text, diags);
        return Layer {
            values: flattened(&value),
            computed: None,
        };
    }
    let keys = [
        "permalink",
        "tags",
        "layout",
        "date",
        "title",
        "eleventyComputed",
        "lang",
    ];
    let value = literals::javascript(text, &keys);
    let mut values = flattened(&value);
    values.retain(|(_, value)| *value != Value::Null);
    let is_known = values.iter().any(|(key, _)| key == "permalink");
    let mut computed = None;
    if !is_known && text.contains("permalink") {
        match template_of_function(text) {
            Some(template) => values.push(("permalink".to_owned(), Value::String(template))),
            None if passes_on(text) => {}
            None => computed = Some(name.to_owned()),
        }
    }
    Layer { values, computed }
}

/// The entries of data, with the permalink of `eleventyComputed`.
pub(super) fn flattened(value: &Value) -> Vec<(String, Value)> {
    let mut values = value.entries().to_vec();
    if let Some(permalink) = value.at(&["eleventyComputed", "permalink"])
        && value.get("permalink").is_none()
        && *permalink != Value::Null
    {
        values.push(("permalink".to_owned(), permalink.clone()));
    }
    values
}

/// The template that a function returns, where it only inserts variables into a text.
fn template_of_function(text: &str) -> Option<String> {
    let rest = text.slice(text.find("permalink")?..);
    let open = rest.find('`')?;
    let before = rest.slice(..open);
    let is_plain = before.trim_end().ends_with("return") || before.trim_end().ends_with("=>");
    let body = rest.slice(open + 1..).split('`').next()?;
    let has_one_result = before.matches("return").count() <= 1 && !before.contains("if");
    let mut template = String::new();
    let mut tail = body;
    while let Some(at) = tail.find("${") {
        template.push_str(tail.slice(..at));
        let (name, after) = tail.slice(at + 2..).split_once('}')?;
        let name = name.trim();
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
        {
            return None;
        }
        template.push_str(&format!("{{{{ {name} }}}}"));
        tail = after;
    }
    template.push_str(tail);
    (is_plain && has_one_result).then_some(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_only_fill_in() {
        let check = |code: &str, expected: Option<&str>| {
            assert_eq!(template_of_function(code).as_deref(), expected, "{code}");
        };
        check(
            "permalink: function({page}) {\n return `/web/${ page.fileSlug }/`\n}",
            Some("/web/{{ page.fileSlug }}/"),
        );
        check(
            "permalink: (data) => `/x/${data.slug}/`",
            Some("/x/{{ data.slug }}/"),
        );
        check(
            "permalink: (d) => { if (d.draft) return false; return `/x/` }",
            None,
        );
        check("permalink: (d) => `/x/${make(d)}/`", None);
    }
}
