//! Reads `hugo.toml`, its relatives and the folders of configurations into one map.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;

use crate::dialect::generator;
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source;

const CONFIGS: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];

/// The folders of configurations, from the weakest to the strongest.
const FOLDERS: [&str; 2] = ["config/_default", "config/production"];

/// How deep folders of configurations nest.
const DEEPEST: usize = 4;

/// Reads all configuration files and merges them. Keys are in lower case, as Hugo ignores case.
pub(super) fn read_config(
    root: &Folder,
    diags: &mut Diagnostics,
) -> Result<(&'static str, Value), Error> {
    let (mut file, mut config) = match generator::read(root, &CONFIGS, diags)? {
        Some((file, config)) => (file, config.with_lower_keys()),
        None => (CONFIGS[0], Value::Map(Vec::new())),
    };
    for folder in FOLDERS {
        let names = file_names(root, folder);
        if file == CONFIGS[0] && !root.has_file(file) && !names.is_empty() {
            file = FOLDERS[0];
        }
        for name in names {
            let path = format!("{folder}/{name}");
            let Some(text) = source::read_setting(root, &path)? else {
                continue;
            };
            let mut value = generator::parse(&path, &text, diags).with_lower_keys();
            // In whatever folder below it lies, the name of the file says what it is about.
            let name = name.rsplit('/').next().unwrap_or(&name);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if !matches!(stem, "hugo" | "config") {
                // `languages.en.toml` is the table `en` of the table `languages`.
                for key in stem.to_lowercase().split('.').rev() {
                    value = Value::Map(vec![(key.to_owned(), value)]);
                }
            }
            config.merge(value);
        }
    }
    Ok((file, config))
}

/// The files of a folder of configurations and of the folders below, from the weakest to the
/// strongest.
fn file_names(root: &Folder, folder: &str) -> Vec<String> {
    let mut names = Vec::new();
    add_names(root, folder, "", DEEPEST, &mut names);
    // The files of the root table first, so that those of single tables win over it.
    names.sort_by_key(|name| {
        let file = name.rsplit('/').next().unwrap_or(name);
        (
            !file.starts_with("config."),
            !file.starts_with("hugo."),
            name.clone(),
        )
    });
    names
}

/// Adds the names of the files of a folder `below` the one of configurations.
fn add_names(root: &Folder, folder: &str, below: &str, depth: usize, names: &mut Vec<String>) {
    let found = root.names(format!("{folder}/{below}")).into_iter();
    for name in found.filter_map(|name| name.into_os_string().into_string().ok()) {
        let inner = format!("{below}{name}");
        if depth > 0 && root.has_folder(format!("{folder}/{inner}")) {
            add_names(root, folder, &format!("{inner}/"), depth - 1, names);
        } else if ["toml", "json", "yaml", "yml"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            names.push(inner);
        }
    }
}
