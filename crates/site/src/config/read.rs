//! Reads `feedwright.yaml` into settings, and explains what is wrong with its YAML or its keys.

use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::slice::Slice;
use feedwright_base::text::nearest;

use crate::folder::Folder;
use crate::front_matter::{
    is_too_large, nests_too_deeply, position, too_large, without_mark, yaml_mistake,
};
use crate::settings::Settings;
use crate::source;

use super::{FILE, Overrides};

/// Reads the settings, and returns them with the name of their file; `None` where they are invalid.
pub(super) fn read(
    root: &Folder,
    overrides: &Overrides,
    diags: &mut Diagnostics,
) -> Result<Option<(PathBuf, Settings)>, Error> {
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
            None => return Ok(Some((shown, Settings::default()))),
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
        diags.error(
            "config-invalid",
            Location::file(&shown),
            message,
            "`feedwright schema` prints what may stand where",
        );
        return Ok(None);
    }
    // A file of comments alone is an empty configuration.
    match serde_yaml::from_str::<Option<Settings>>(without_mark(&text)) {
        Ok(settings) => Ok(Some((shown, settings.unwrap_or_default()))),
        Err(error) => {
            let at = yaml_mistake(&text, &error);
            let (line, column) = at.map_or((0, 0), |at| position(&text, at));
            let (message, help) = explain(&error.to_string());
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

/// Turns an error of the parser into a message, and a help with the key that was probably meant.
fn explain(error: &str) -> (String, String) {
    let end = error.rfind(" at line ").unwrap_or(error.len());
    let message = error.slice(..end);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let default = "`feedwright schema` prints what may stand where".to_owned();
    let quoted = quoted.split_first().filter(|(_, known)| !known.is_empty());
    let Some((start, (&found, known))) = message.find("unknown ").zip(quoted) else {
        return (message.to_owned(), default);
    };
    let expected = message.find(", expected").unwrap_or(message.len());
    let most = found.len().div_ceil(2).min(4);
    let best = nearest(found, known.iter().copied(), |distance, _| distance <= most);
    let help = match best {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    let message = format!(
        "{}{}",
        message.slice(..start),
        message.slice(start..expected)
    )
    .replace("unknown field", "there is no key")
    .replace("unknown variant", "there is no value");
    (message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_get_a_suggestion() {
        let check = |text: &str, message: &str, help: &str| {
            let error = serde_yaml::from_str::<Settings>(text).expect_err("an error");
            assert_eq!(
                explain(&error.to_string()),
                (message.to_owned(), help.to_owned())
            );
        };
        check(
            "site:\n  titel: A\n",
            "site: there is no key `titel`",
            "did you mean `title`?",
        );
        check(
            "sites: 1\n",
            "there is no key `sites`",
            "did you mean `site`?",
        );
        check(
            "feeds: {formats: [rdf]}\n",
            "feeds.formats[0]: there is no value `rdf`",
            "did you mean `rss`?",
        );
        check(
            "guard: {nonsense: 1}\n",
            "guard: there is no key `nonsense`",
            "known here: max_resent, max_resurfaced, max_changed",
        );
    }
}
