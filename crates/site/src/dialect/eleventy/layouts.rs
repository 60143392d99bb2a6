//! Reads the front matter of layouts, which pages inherit, and what code says of all pages.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;

use crate::folder::Folder;
use crate::front_matter::{self, Syntax, Value};
use crate::source::{self, Kind, Source, Walk};

use super::cascade::Layer;
use super::data::{flattened, layer};

/// The largest number of layouts that are read.
const MOST: usize = 1000;

/// The endings of layouts.
const ENDINGS: [&str; 8] = ["njk", "liquid", "html", "md", "hbs", "ejs", "webc", "vto"];

/// The data of layouts, by the names that pages call them.
pub(super) fn layouts(
    root: &Folder,
    folders: &[PathBuf],
    code: &str,
) -> Result<HashMap<String, Layer>, Error> {
    let mut layouts: HashMap<String, Layer> = HashMap::new();
    for folder in folders.iter().filter(|folder| root.has_folder(folder)) {
        for path in paths(root, folder)?.into_iter().take(MOST) {
            let Some(text) = source::read_setting(root, &slashed(&path))? else {
                continue;
            };
            let inner = path.strip_prefix(folder).unwrap_or(&path).to_owned();
            let layer = layer_of(Source { path, text });
            layouts
                .entry(slashed(&inner.with_extension("")))
                .or_insert_with(|| layer.clone());
            layouts.entry(slashed(&inner)).or_insert(layer);
        }
    }
    for (alias, name) in aliases(code) {
        if let Some(layer) = layouts.get(name).cloned() {
            layouts.insert(alias.to_owned(), layer);
        }
    }
    Ok(layouts)
}

/// The data that code and global data files give to all pages.
pub(super) fn global(root: &Folder, data: &Path, code: &str) -> Result<Layer, Error> {
    let mut global = Layer::default();
    for extension in ["json", "js", "mjs", "cjs"] {
        let name = slashed(&data.join(format!("eleventyComputed.{extension}")));
        if let Some(text) = source::read_setting(root, &name)? {
            global.lay(layer(&name, &text, &mut Diagnostics::new()));
        }
    }
    for key in ["permalink", "eleventyComputed.permalink", "layout"] {
        let Some(value) =
            calls(code, "addGlobalData").find_map(|(name, rest)| (name == key).then_some(rest))
        else {
            continue;
        };
        let key = key.rsplit('.').next().unwrap_or(key);
        match quoted(value.trim_start().trim_start_matches(',').trim_start()) {
            Some((text, _)) => {
                let value = Value::String(text.to_owned());
                global.values.push((key.to_owned(), value));
            }
            None if key == "permalink" && !passes_on(value) => {
                global.computed = Some("`addGlobalData` in the configuration".to_owned());
            }
            None => {}
        }
    }
    Ok(global)
}

/// Whether code that makes a permalink returns the one that the page has, as what holds drafts back
/// does.
pub(super) fn passes_on(code: &str) -> bool {
    let code = code.slice(..code.floor_char_boundary(600));
    code.contains("data.permalink") && !code.contains('`')
}

/// The names that code gives to layouts.
fn aliases(code: &str) -> impl Iterator<Item = (&str, &str)> {
    calls(code, "addLayoutAlias").filter_map(|(alias, rest)| {
        let rest = rest.trim_start().strip_prefix(',')?.trim_start();
        Some((alias, quoted(rest)?.0))
    })
}

/// The calls of a function whose first argument is a text, with that and what follows it.
fn calls<'c>(code: &'c str, function: &str) -> impl Iterator<Item = (&'c str, &'c str)> {
    let calls = code.match_indices(function);
    let calls = calls.map(|(at, found)| code.slice(at + found.len()..));
    calls.filter_map(|call| quoted(call.strip_prefix('(')?.trim_start()))
}

/// The text in quotes that begins here, and what follows it.
fn quoted(code: &str) -> Option<(&str, &str)> {
    let quote = code.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    code.slice(1..).split_once(quote)
}

/// The layouts in a folder and below.
fn paths(root: &Folder, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let walk = Walk {
        root,
        folders: &[folder.to_owned()],
        takes: &|path, kind| match kind {
            Kind::Folder => path.file_name().is_none_or(|name| name != "node_modules"),
            Kind::File => path
                .extension()
                .is_some_and(|e| ENDINGS.iter().any(|known| e == *known)),
        },
    };
    source::discover(&walk, &mut Diagnostics::new())
}

/// The data in the front matter of a layout. What cannot be read, Eleventy cannot read either.
fn layer_of(source: Source) -> Layer {
    let decoded = front_matter::decode(&source, Syntax::Fenced, &mut Diagnostics::new());
    let fields = decoded.map(|found| found.fields).unwrap_or_default();
    let fields = fields.into_iter().map(|field| (field.key, field.value));
    Layer {
        values: flattened(&Value::Map(fields.collect())),
        computed: None,
    }
}
