//! The lines of `feedwright.yaml` that let the new feeds stand where the old ones did.

use std::collections::BTreeMap;

use feedwright_feed::Format;
use feedwright_site::front_matter::without_mark;
use serde_yaml::Value;

/// The lines to write.
pub(super) fn lines(paths: &BTreeMap<Format, String>) -> String {
    let lines = paths.iter().map(|(format, path)| {
        // JSON's strings are YAML's.
        let path = serde_json::to_string(path).unwrap_or_default();
        format!("    {}: {path}\n", key(*format))
    });
    format!("feeds:\n  paths:\n{}", lines.collect::<String>())
}

fn key(format: Format) -> &'static str {
    match format {
        Format::Rss => "rss",
        Format::Atom => "atom",
        Format::Json => "json",
    }
}

/// The configuration with these lines behind it; `None` where they would not say what they mean, as
/// in one that says something of feeds already.
pub(super) fn appended(before: &str, lines: &str) -> Option<String> {
    let gap = match before {
        "" => "",
        before if before.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let text = format!("{before}{gap}{lines}");
    let read = |text: &str| serde_yaml::from_str::<Value>(without_mark(text)).ok();
    let is_empty = read(before)? == Value::Null;
    let feeds = read(lines)?.get("feeds")?.clone();
    let Value::Mapping(mut after) = read(&text)? else {
        return None;
    };
    let is_right = after.remove("feeds") == Some(feeds);
    let others = if is_empty && after.is_empty() {
        Value::Null
    } else {
        Value::Mapping(after)
    };
    (is_right && read(before)? == others).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_settings_are_rewritten() {
        let lines = lines(&BTreeMap::from([
            (Format::Rss, "/feed: \"x\".xml".to_owned()),
            (Format::Atom, "/atom.xml".to_owned()),
        ]));
        let check = |before: &str, is_added: bool| {
            let text = appended(before, &lines);
            assert_eq!(text.is_some(), is_added, "{before}");
            if let Some(text) = text {
                assert!(text.starts_with(before) && text.ends_with(&lines), "{text}");
            }
        };
        check("", true);
        check("# a comment\n", true);
        check("site: {url: x}", true);
        check("site:\n  url: x\n", true);
        check("\u{feff}site:\n  url: x\n", true);
        check("feeds:\n  limit: 3\n", false);
        check("{site: {url: x}}\n", false);
        check("  site:\n    url: x\n", false);
        check("site: |\n", true);
        check("site:\n", true);
        check("- a\n", false);
        check("a: 1\n...\n", false);
        check("a: [\n", false);
    }
}
