//! Reads `mkdocs.yml` and `zensical.toml`, with the files that they build upon. What a tag of YAML
//! names, such as a function or a variable of the environment, is never looked up.

use std::borrow::Cow;
use std::path::{Component, Path};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;

use crate::dialect::generator;
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source;

/// The files that a site's settings may be in, Zensical's own first.
pub(super) const CONFIGS: [&str; 3] = ["zensical.toml", "mkdocs.yml", "mkdocs.yaml"];

/// The key under which the name stands that a tag has, where the value is a map.
pub(super) const TAG: &str = "!";

/// How many files may build upon one another.
const MOST_FILES: usize = 8;

/// The settings of a site, and the file that has them.
pub(super) fn read(
    root: &Folder,
    diags: &mut Diagnostics,
) -> Result<Option<(&'static str, Value)>, Error> {
    for file in CONFIGS {
        let Some(config) = one(root, file, diags)? else {
            continue;
        };
        return Ok(Some((file, inherited(root, file, config, diags)?)));
    }
    Ok(None)
}

/// The other files that settings of MkDocs may be in, as `mkdocs build -f mkdocs.blog.yml` takes them,
/// with what they say. What cannot be read is left out.
pub(super) fn others(root: &Folder) -> Vec<(String, Value)> {
    /// More than this no site has.
    const MOST: usize = 20;
    let mut names: Vec<String> = root
        .names("")
        .into_iter()
        .filter_map(|name| name.into_os_string().into_string().ok())
        .filter(|name| name.starts_with("mkdocs") && name.ends_with(".yml"))
        .filter(|name| !CONFIGS.contains(&name.as_str()) && root.has_file(name))
        .take(MOST)
        .collect();
    names.sort_unstable();
    let read = |name: String| {
        let mut diags = Diagnostics::new();
        let config = one(root, &name, &mut diags).ok()??;
        let config = inherited(root, &name, config, &mut diags).ok()?;
        (!diags.has_errors()).then_some((name, config))
    };
    names.into_iter().filter_map(read).collect()
}

/// One file; Zensical's settings stand in a table.
fn one(root: &Folder, file: &str, diags: &mut Diagnostics) -> Result<Option<Value>, Error> {
    let Some(text) = source::read_setting(root, file)? else {
        return Ok(None);
    };
    if file.ends_with(".toml") {
        let all = generator::parse(file, &text, diags);
        return Ok(Some(all.get("project").cloned().unwrap_or(all)));
    }
    Ok(Some(generator::parse(file, &with_names(&text), diags)))
}

/// Settings laid over those of the file that `INHERIT` names, and so on.
fn inherited(
    root: &Folder,
    file: &str,
    mut config: Value,
    diags: &mut Diagnostics,
) -> Result<Value, Error> {
    let mut file = file.to_owned();
    for _ in 0..MOST_FILES {
        let above = config.text(&["INHERIT"]);
        let Some(above) = above.and_then(|above| beside(&file, &above)) else {
            break;
        };
        let Some(mut all) = one(root, &above, diags)? else {
            break;
        };
        if let Value::Map(entries) = &mut config {
            entries.retain(|(key, _)| key != "INHERIT");
        }
        all.merge(config);
        config = all;
        file = above;
    }
    Ok(config)
}

/// The path of a file as another one names it; `None` where it lies out of the site's folder.
fn beside(file: &str, name: &str) -> Option<String> {
    let mut path = Path::new(file).parent()?.to_path_buf();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::ParentDir => path = path.parent()?.to_path_buf(),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(slashed(&path))
}

/// The text of a setting; what a tag gives is none.
pub(super) fn text(config: &Value, path: &[&str]) -> Option<String> {
    config.text(path).filter(|text| !text.starts_with('!'))
}

/// Whether a tag gives a setting.
pub(super) fn is_computed(config: &Value, path: &[&str]) -> bool {
    config.at(path).is_some_and(|value| {
        value.get(TAG).is_some() || value.as_text().is_some_and(|text| text.starts_with('!'))
    })
}

/// YAML in which every tag is a value: `key: !ENV NAME` becomes `key: "!ENV"`, and the name of a
/// function stands in the map of its arguments.
fn with_names(text: &str) -> Cow<'_, str> {
    if !text.contains(": !") && !text.contains("- !") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let from = rest;
        rest = rest.slice(line.len()..);
        let Some((before, name, behind)) = tagged(line) else {
            out.push_str(line);
            continue;
        };
        let next = rest.lines().next().unwrap_or_default();
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let from = from.slice(before.len() + name.len()..);
        out.push_str(before);
        let name = name.trim_start_matches('!');
        let function = name.rsplit_once(':').map(|(_, function)| function);
        match (function, behind.strip_prefix('{')) {
            (Some(function), Some(rest)) => {
                out.push_str(&format!("{{\"{TAG}\": \"{function}\", {rest}\n"));
            }
            (Some(function), None)
                if behind.is_empty()
                    && indent(next) > indent(line)
                    && next.trim_start().starts_with("kwds") =>
            {
                let blanks = " ".repeat(indent(next));
                out.push_str(&format!("\n{blanks}\"{TAG}\": \"{function}\"\n"));
            }
            (Some(function), None) => out.push_str(&format!("\"!{function}\"\n")),
            (None, _) => {
                out.push_str(&format!("\"!{name}\""));
                let value = from.slice(..variable_end(from, behind, indent(next) > indent(line)));
                rest = from.slice(value.len()..);
                // Lines keep their numbers, but a key stands in one.
                if !rest.starts_with(':') {
                    value.matches('\n').for_each(|line| out.push_str(line));
                }
            }
        }
    }
    Cow::Owned(out)
}

/// Where what a tag is of ends, in the text behind it, whose first line is given, too: a list may go
/// on for lines, begin in the next one if that is indented, and be a key.
fn variable_end(text: &str, line: &str, next_is_deeper: bool) -> usize {
    let value = text.trim_start();
    let blanks = text.len() - value.len();
    if (!line.is_empty() || next_is_deeper) && value.starts_with(['[', '{']) {
        return blanks + flow_end(value);
    }
    let end = text.find('\n').unwrap_or(text.len());
    let written = text.slice(..end).trim_end();
    written.len() - usize::from(line.ends_with(':'))
}

/// Where the list or map ends that a text begins with, whatever quotations and comments in it hold.
fn flow_end(text: &str) -> usize {
    let (mut open, mut within, mut before) = (0_usize, None, ' ');
    for (at, c) in text.char_indices() {
        let begins = before.is_whitespace() || "[{,:'".contains(before);
        match (within, c) {
            (Some('#'), '\n') | (Some('\''), '\'') => within = None,
            (Some('"'), '"') if before != '\\' => within = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if begins => within = Some(c),
            (None, '#') if before.is_whitespace() => within = Some(c),
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') if open > 1 => open -= 1,
            (None, ']' | '}') => return at + c.len_utf8(),
            (None, _) => {}
        }
        before = if (before, c) == ('\\', '\\') { ' ' } else { c };
    }
    text.len()
}

/// What stands before the tag of a line, the tag, and what it is of; `None` for lines without one.
fn tagged(line: &str) -> Option<(&str, &str, &str)> {
    let bare = line.trim_start().trim_start_matches("- ").trim_start();
    let value = if bare.starts_with('!') {
        bare
    } else {
        let (key, value) = bare.split_once(": ")?;
        let is_key = !key.contains(['"', '\'', '{', '[', '#']);
        Some(value.trim_start()).filter(|value| is_key && value.starts_with('!'))?
    };
    let before = line.slice(..line.len() - value.len());
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    let name = value.slice(..end);
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "!/:._-".contains(c));
    is_name.then(|| (before, name, value.slice(end..).trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_values() {
        let text = "site_url: !ENV [URL, 'https://a.example']\n\
                    plugins:\n  - blog:\n      post_slugify: !!python/object/apply:a.b\n        kwds:\n          case: lower\n      \
                    other: !!python/name:c.d {}\n      \
                    third: !!python/object/apply:e.f {kwds: {x: 1}}\n  - !ENV Y\n\
                    note: \"x: !y\"\n";
        let mut diags = Diagnostics::new();
        let config = generator::parse("mkdocs.yml", &with_names(text), &mut diags);
        assert_eq!(diags.iter().count(), 0);
        let blog = config.get("plugins").map(|all| all.items()[0].clone());
        let blog = blog
            .and_then(|blog| blog.get("blog").cloned())
            .expect("a blog");
        assert!(is_computed(&config, &["site_url"]));
        assert_eq!(blog.text(&["post_slugify", TAG]).as_deref(), Some("a.b"));
        assert_eq!(
            blog.text(&["post_slugify", "kwds", "case"]).as_deref(),
            Some("lower")
        );
        assert_eq!(blog.text(&["other", TAG]).as_deref(), Some("c.d"));
        assert_eq!(blog.text(&["third", "kwds", "x"]).as_deref(), Some("1"));
        assert_eq!(config.text(&["note"]).as_deref(), Some("x: !y"));
    }

    #[test]
    fn lists_of_variables_may_go_on() {
        let text = "site_url: https://a.example/\nsite_description: !ENV [\n    A,\n    \"b\"]\nother: 1\n";
        let value = crate::front_matter::from_yaml(&with_names(text)).expect("YAML");
        assert_eq!(value.text(&["other"]).as_deref(), Some("1"));
        assert!(is_computed(&value, &["site_description"]));
    }

    /// As PyYAML reads them.
    #[test]
    fn lists_of_variables_are_read_whole() {
        for list in [
            "!ENV [A, \"]\"]",
            "!ENV [\n A, # a [ note\n \"b\"]",
            "!ENV [\n A,\n \"b[\" ]",
            "!ENV [\n A,\n \"b\\\"[\" ] # x",
            "!ENV\n  [A,\n  \"b\"]",
            "!ENV [\n A,\n 'it''s [']",
            "!ENV [\n A,\n it's]",
            "\n  !ENV [\n  A,\n\"b\"\n]",
        ] {
            let text =
                format!("first: {list}\nnav:\n  - !ENV [A, \"b: [\"]:\n      - a.md\nlast: 1\n");
            let named = with_names(&text);
            let value = crate::front_matter::from_yaml(&named).expect(&named);
            assert!(is_computed(&value, &["first"]), "{named}");
            let nav = value.get("nav").expect("a list").items();
            let (_, pages) = nav
                .first()
                .and_then(|of| of.entries().first())
                .expect(&named);
            assert_eq!(pages.items().len(), 1, "{named}");
            assert_eq!(value.text(&["last"]).as_deref(), Some("1"), "{named}");
        }
        let quoted = "text: >\n  a: !b\n  [\nlast: 1\n";
        assert!(with_names(quoted).contains("[\nlast"));
        let text = "first: !ENV [\n  A,\n  b\n]\nlast: 1\n";
        assert_eq!(with_names(text).lines().count(), text.lines().count());
    }
}
