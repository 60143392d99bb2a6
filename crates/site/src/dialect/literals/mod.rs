//! Reads the literals of configurations that are programs.
//!
//! Pelican's settings are Python, those of Eleventy, Docusaurus, Astro and VitePress JavaScript. They
//! are never run: only literals are read, and everything else is ignored.

mod reader;

use std::collections::HashSet;

use feedwright_base::error::Error;
use feedwright_base::slice::Slice;

use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source;

use self::reader::{Language, MOST_READ, Reader};

/// The settings of a Python file: names in capitals that are assigned a literal in an unindented
/// line. Of several assignments to a name, the last counts.
pub(super) fn python(text: &str) -> Value {
    let mut settings: Vec<(String, Value)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut line_start = 0;
    // Values that never end are read to the end of the file, but not for every line of it.
    let mut budget = MOST_READ + 8 * text.len();
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let name = name.split(':').next().unwrap_or_default().trim_end();
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !is_name || value.starts_with('=') {
            continue;
        }
        let at = start + line.len() - value.len();
        let mut reader = Reader::new(text.slice(at..), Language::Python);
        let value = reader.value(0);
        let ends = reader.ends_line();
        match budget.checked_sub(reader.at) {
            Some(left) => budget = left,
            None => break,
        }
        // The last of several counts, as in every map here; one that is code counts as not said.
        let value = value.filter(|_| ends);
        if value.is_some() || known.contains(name) {
            known.insert(name.to_owned());
            settings.push((name.to_owned(), value.unwrap_or_default()));
        }
    }
    Value::Map(settings)
}

/// Those of these names that a Python file assigns by code, given the settings that are literals.
pub(super) fn python_computed<'k>(text: &str, literal: &Value, names: &[&'k str]) -> Vec<&'k str> {
    let is_assigned = |name: &str| {
        text.lines().any(|line| {
            let rest = line.strip_prefix(name).unwrap_or_default().trim_start();
            rest.starts_with('=') && !rest.starts_with("==")
        })
    };
    let names = names.iter().copied();
    names
        .filter(|name| literal.get(name).is_none_or(|value| *value == Value::Null))
        .filter(|name| is_assigned(name))
        .collect()
}

/// The settings of a JavaScript file: the object that holds the most of the keys asked for.
/// Values that are not literals are null.
pub(super) fn javascript(text: &str, keys: &[&str]) -> Value {
    const MOST_OBJECTS: usize = 200;
    let mut best = (0, Value::Null);
    // Objects within objects are read again with each, but not without end.
    let mut budget = MOST_READ + 32 * text.len();
    let starts = text.match_indices('{').filter(|(at, _)| {
        // An object that is a value: given to a name, a function or as a result.
        let before = text.slice(..*at).trim_end();
        before.ends_with(['=', '(', ':'])
            || before.ends_with("return")
            || before.ends_with("default")
    });
    for (at, _) in starts.take(MOST_OBJECTS) {
        let mut reader = Reader::new(text.slice(at..), Language::JavaScript);
        reader.left = budget;
        let object = reader.value(0);
        budget = reader.left.saturating_sub(reader.at);
        if budget == 0 {
            break;
        }
        if let Some(object) = object {
            let found = keys
                .iter()
                .filter(|key| object.get(key).is_some_and(|value| *value != Value::Null))
                .count();
            if found > best.0 {
                best = (found, object);
            }
        }
    }
    best.1
}

/// The first object that code gives to a function, whose name stands with what comes before the object,
/// as in `addPlugin(feedPlugin`. Values that are not literals are null.
pub(super) fn argument(code: &str, call: &str) -> Value {
    let (_, rest) = code.split_once(call).unwrap_or_default();
    // What comes before it is a comma at most.
    let object = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
    let mut reader = Reader::new(object, Language::JavaScript);
    let value = object.starts_with('{').then(|| reader.value(0)).flatten();
    value.unwrap_or_default()
}

/// The name of a setting that is there and no literal.
pub(super) fn computed(settings: &Value, key: &'static str) -> Option<&'static str> {
    (settings.get(key) == Some(&Value::Null)).then_some(key)
}

/// The first of several JavaScript files that a site has, and the settings that it gives.
pub(super) fn first_javascript(
    root: &Folder,
    names: &[&'static str],
    keys: &[&str],
) -> Result<Option<(&'static str, Value)>, Error> {
    for name in names {
        if let Some(text) = source::read_setting(root, name)? {
            return Ok(Some((name, javascript(&text, keys))));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_settings() {
        let settings = python(
            "import os\nSITENAME = u\"A's\" ' log' # c\nTIMEZONE='Europe/Paris'\n\
             DEFAULT_DATE = (2012, 3, 2)\nA = os.environ['x']\nB = f'{x}'\n\
             FEED: str = None\nSUBS = [\n  (r'[^\\w]', ''),  # x\n  ('b', \"c\"),\n]\n\
             D = {'a': 1, 'b': [True], **c}\nURL = 'a' if x else 'b'\n  INDENTED = 1\n\
             ONE = ('x')\nA == 3\nTIMEZONE = 'UTC'\n",
        );
        let check = |path: &[&str], expected: Option<&str>| {
            assert_eq!(settings.text(path).as_deref(), expected, "{path:?}");
        };
        check(&["SITENAME"], Some("A's log"));
        check(&["TIMEZONE"], Some("UTC"));
        check(&["A"], None);
        check(&["B"], None);
        check(&["D", "a"], Some("1"));
        check(&["URL"], None);
        check(&["INDENTED"], None);
        check(&["ONE"], Some("x"));
        assert_eq!(settings.get("FEED"), Some(&Value::Null));
        let items = |key: &str| settings.get(key).map_or(0, |value| value.items().len());
        assert_eq!(items("DEFAULT_DATE"), 3);
        assert_eq!(items("SUBS"), 2);
        assert_eq!(
            settings
                .get("SUBS")
                .map(|v| v.items()[0].items()[0].clone()),
            Some(Value::String("[^\\w]".into()))
        );
    }

    #[test]
    fn javascript_settings() {
        let settings = javascript(
            "import x from 'y';\nconst lang = {a: 1};\n/** @type {import('z').Config} */\n\
             const config = {\n  title: 'A', // c\n  url: \"https://e.example\",\n  baseUrl: `/b/`,\n\
             trailingSlash: false,\n  plugins: [require('x'), ['y', {id: 'z'}]],\n  ...more,\n\
             presets: [['classic', /** x */ ({ blog: { routeBasePath: 'news', f() { return {}; } } })]],\n\
             onBroken: process.env.X ? 'a' : 'b',\n  i18n: { defaultLocale: 'en' },\n};\nexport default config;\n",
            &["url", "baseUrl", "title"],
        );
        assert_eq!(settings.text(&["title"]).as_deref(), Some("A"));
        assert_eq!(settings.text(&["baseUrl"]).as_deref(), Some("/b/"));
        assert_eq!(settings.text(&["trailingSlash"]).as_deref(), Some("false"));
        assert_eq!(settings.get("onBroken"), Some(&Value::Null));
        assert_eq!(
            settings.text(&["i18n", "defaultLocale"]).as_deref(),
            Some("en")
        );
    }

    #[test]
    fn hostile_settings_end() {
        python(&format!("A = {}", "[".repeat(100_000)));
        javascript(&"={".repeat(20_000), &["url"]);
        javascript(&format!("x = {{a: {}", "(".repeat(100_000)), &["a"]);
    }
}
