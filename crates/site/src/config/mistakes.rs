//! What is wrong in `feedwright.yaml`, in words that need no knowledge of types.

use feedwright_base::slice::Slice;
use feedwright_base::text::nearest;

use crate::front_matter::yaml_remedy;

/// What to do where nothing better is known.
pub(super) const SCHEMA: &str = "`feedwright schema` prints what may stand where";

/// Turns an error of the parser on a line of a text into a message and what to do about it.
pub(super) fn explain(error: &str, text: &str, line: usize) -> (String, String) {
    let end = error.rfind(" at line ").unwrap_or(error.len());
    let error = error.slice(..end);
    unknown(error)
        .or_else(|| unfitting(error))
        .or_else(|| neither(error))
        .or_else(|| repeated(error))
        .unwrap_or_else(|| (syntax(error, text, line), yaml_remedy(text, line)))
}

/// A key or value that there is not, with the one that was probably meant.
fn unknown(error: &str) -> Option<(String, String)> {
    let start = error.find("unknown ")?;
    let mut quoted = error.split('`').skip(1).step_by(2);
    let (found, known) = (quoted.next()?, quoted.collect::<Vec<_>>());
    if known.is_empty() {
        return None;
    }
    let most = found.len().div_ceil(2).min(4);
    let best = nearest(found, known.iter().copied(), |distance, _| distance <= most);
    let help = match best {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    let expected = error.find(", expected").unwrap_or(error.len());
    let message = error
        .slice(..expected)
        .replace("unknown field", "there is no key")
        .replace("unknown variant", "there is no value");
    (start < expected).then_some((message, help))
}

/// A value of another kind than the key takes.
fn unfitting(error: &str) -> Option<(String, String)> {
    let (path, rest) = error
        .split_once("invalid type: ")
        .or_else(|| error.split_once("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    let (wanted, example) = wanted(expected);
    let path = path.trim_end_matches(": ");
    let (message, key) = if path.is_empty() {
        (format!("{} stands here, not {wanted}", given(found)), "key")
    } else {
        (
            format!("`{path}` has to be {wanted}, and is {}", given(found)),
            path.rsplit('.').next().unwrap_or(path),
        )
    };
    let key = key.split('[').next().unwrap_or(key);
    let help = match example {
        "" => SCHEMA.to_owned(),
        example => format!("write it as `{}`", example.replace("KEY", key)),
    };
    Some((message, help))
}

/// A value that is none of several kinds.
fn neither(error: &str) -> Option<(String, String)> {
    /// What the parser says of values of no kind that it tries, and of tags such as `!x`.
    const OTHER_KINDS: [&str; 2] = ["data did not match any", "untagged and internally tagged"];
    if let Some(at) = OTHER_KINDS.iter().find_map(|said| error.find(said)) {
        let path = error.slice(..at).trim_end_matches(": ");
        let message = format!("in `{path}`, a value is of a kind that does not belong there");
        return Some((message, SCHEMA.to_owned()));
    }
    let (path, what) = error.split_once(": ")?;
    let message = format!("in `{path}`, {what}");
    what.contains(" has to be ")
        .then(|| (message, SCHEMA.to_owned()))
}

/// The kind of a value that is there.
fn given(found: &str) -> String {
    let kind = found.split([' ', '"']).next().unwrap_or(found);
    let value = found.slice(kind.len()..).trim();
    match kind {
        "string" => format!("the text {value}"),
        "integer" => format!("the number {}", value.split(" as ").next().unwrap_or(value)),
        "floating" => format!("the number {}", value.trim_start_matches("point ")),
        "boolean" => value.to_owned(),
        "map" => "a group of keys".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit" | "null" => "empty".to_owned(),
        _ => found.to_owned(),
    }
}

/// The kind of a value that a key takes, and how that is written.
fn wanted(expected: &str) -> (&str, &'static str) {
    match expected {
        "usize" | "u128" | "u64" | "u32" | "u16" | "u8" => {
            ("a whole number that is not below zero", "KEY: 20")
        }
        "i128" | "i64" | "i32" | "i16" | "i8" => ("a whole number", "KEY: 20"),
        "f64" | "f32" => ("a number", "KEY: 0.5"),
        "a boolean" => ("`true` or `false`", "KEY: true"),
        "a string" => ("a text", "KEY: \"text\""),
        "path string" => ("a path", "KEY: folder"),
        expected if expected.contains("YAML tag") || expected.contains("enum") => {
            ("one of its own values", "")
        }
        "a sequence" => ("a list", "KEY: [one, two]"),
        "a map" => ("a group of keys", ""),
        expected if expected.starts_with("struct ") => ("a group of keys", ""),
        expected => (expected, ""),
    }
}

/// A key that stands twice.
fn repeated(error: &str) -> Option<(String, String)> {
    let (path, rest) = error.split_once("duplicate ")?;
    let key = rest.split(['`', '"']).nth(1)?;
    Some((
        format!("{path}the key `{key}` stands twice"),
        "keep one of them".to_owned(),
    ))
}

/// What is no YAML.
fn syntax(error: &str, text: &str, line: usize) -> String {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    if line.trim_start_matches(' ').starts_with('\t') {
        return "the line is indented with a tab, which YAML does not allow".to_owned();
    }
    format!("the file is no valid YAML: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[track_caller]
    fn check(text: &str, message: &str, help: &str) {
        let error = serde_yaml::from_str::<Option<Settings>>(text).expect_err("an error");
        let line = error.location().map_or(1, |at| at.line());
        let found = explain(&error.to_string(), text, line);
        assert_eq!(found, (message.to_owned(), help.to_owned()), "{text}");
    }

    #[test]
    fn unknown_keys_get_a_suggestion() {
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

    #[test]
    fn kinds_of_values() {
        check(
            "feeds: {limit: many}\n",
            "`feeds.limit` has to be a whole number that is not below zero, and is the text \"many\"",
            "write it as `limit: 20`",
        );
        check(
            "feeds: {limit: -1}\n",
            "`feeds.limit` has to be a whole number that is not below zero, and is the number `-1`",
            "write it as `limit: 20`",
        );
        check(
            "content: {folders: posts}\n",
            "`content.folders` has to be a list, and is the text \"posts\"",
            "write it as `folders: [one, two]`",
        );
        check(
            "content: {future: 2.5}\n",
            "`content.future` has to be `true` or `false`, and is the number `2.5`",
            "write it as `future: true`",
        );
        check(
            "site: [a]\n",
            "`site` has to be a group of keys, and is a list",
            SCHEMA,
        );
        check(
            "only text\n",
            "the text \"only text\" stands here, not a group of keys",
            SCHEMA,
        );
        check(
            "site: {title: [a]}\n",
            "`site.title` has to be a text, and is a list",
            "write it as `title: \"text\"`",
        );
    }

    #[test]
    fn values_of_a_list_of_their_own() {
        check(
            "content: {dialect: {a: 1}}\n",
            "`content.dialect` has to be one of its own values, and is a group of keys",
            SCHEMA,
        );
        check(
            "feeds: {taxonomies: [tags, {categories: yes}]}\n",
            "in `feeds.taxonomies`, a value is of a kind that does not belong there",
            SCHEMA,
        );
    }

    #[test]
    fn one_of_several_kinds() {
        check(
            "feeds: {page: 7}\n",
            "in `feeds`, `page` has to be `true`, `false`, or keys with their values",
            SCHEMA,
        );
        check(
            "feeds: {redirects: {a: 1}}\n",
            "in `feeds`, `redirects` has to be `true`, `false`, `netlify`, `nginx`, `apache` or `feeds`",
            SCHEMA,
        );
        check(
            "site: {authors: [5]}\n",
            "in `site.authors`, an author has to be a name, or `name`, `url`, `email` and `avatar`",
            SCHEMA,
        );
    }

    #[test]
    fn what_is_no_yaml() {
        check(
            "site:\n\turl: x\n",
            "the line is indented with a tab, which YAML does not allow",
            "indent with spaces: YAML does not allow tabs there",
        );
        check(
            "site: {}\nsite: {}\n",
            "the key `site` stands twice",
            "keep one of them",
        );
        check(
            "site:\n  title: News: today\n",
            "the file is no valid YAML: mapping values are not allowed in this context",
            "put the value of `title` in quotes, because it contains a colon and a space",
        );
    }
}
