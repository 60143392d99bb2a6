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
            let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
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

/// The files of a folder of configurations, from the weakest to the strongest.
fn file_names(root: &Folder, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = root
        .names(folder)
        .into_iter()
        .filter_map(|name| name.into_os_string().into_string().ok())
        .filter(|name| {
            name.ends_with("toml")
                || name.ends_with("json")
                || name.ends_with("yaml")
                || name.ends_with("yml")
        })
        .collect();
    // The files of the root table first, so that those of single tables win over it.
    names.sort_by_key(|name| {
        (
            !name.starts_with("config."),
            !name.starts_with("hugo."),
            name.clone(),
        )
    });
    names
}
