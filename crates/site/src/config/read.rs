//! Reads `feedwright.yaml` into settings, and explains what is wrong with its YAML or its keys.

use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;

use crate::folder::Folder;
use crate::front_matter::{
    is_too_large, nests_too_deeply, position, too_large, without_mark, yaml_mistake,
};
use crate::settings::Settings;
use crate::source;

use super::mistakes::{SCHEMA, explain};
use super::{FILE, Overrides, Written};

/// Reads the settings, and returns them as they are written and as they are read; `None` where they
/// are invalid.
pub(super) fn read(
    root: &Folder,
    overrides: &Overrides,
    diags: &mut Diagnostics,
) -> Result<Option<(Written, Settings)>, Error> {
    let shown = overrides
        .config
        .clone()
        .unwrap_or_else(|| PathBuf::from(FILE));
    let text = match (&overrides.settings, &overrides.config) {
        (Some(text), _) => text.clone(),
        (None, Some(path)) => {
            root.ask_all(std::path::absolute(path).iter().map(PathBuf::as_path));
            source::read_limited(path, &path.display().to_string())?
        }
        (None, None) => match source::read_setting(root, FILE)? {
            Some(text) => text,
            None => return Ok(Some(Default::default())),
        },
    };
    let refusal = if is_too_large(&text) {
        Some(format!("the configuration cannot be read: {}", too_large()))
    } else if nests_too_deeply(&text) {
        Some("the configuration nests too deeply to be read".to_owned())
    } else {
        None
    };
    if let Some(message) = refusal {
        diags.error("config-invalid", Location::file(&shown), message, SCHEMA);
        return Ok(None);
    }
    // A file of comments alone is an empty configuration.
    match serde_yaml::from_str::<Option<Settings>>(without_mark(&text)) {
        Ok(settings) => {
            let file = Some(shown);
            Ok(Some((Written { file, text }, settings.unwrap_or_default())))
        }
        Err(error) => {
            let at = yaml_mistake(&text, &error);
            let (line, column) = at.map_or((0, 0), |at| position(&text, at));
            let (message, help) = explain(&error.to_string(), &text, line);
            diags.error(
                "config-invalid",
                Location::at(&shown, line, column),
                message,
                help,
            );
            Ok(None)
        }
    }
}
