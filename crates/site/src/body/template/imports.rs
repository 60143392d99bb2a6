//! Recognizes the `import` and `export` statements of MDX.

use super::arguments::is_image;
use super::braces::literal;

/// Whether a line begins an `import` or `export` of a module.
pub(super) fn is_statement(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import") {
        let named = rest.trim_start();
        return rest.starts_with(|c: char| c.is_whitespace() || "{'\"*".contains(c))
            && (named.starts_with(['{', '*', '"', '\''])
                || (rest.contains(" from ") && rest.contains(['"', '\'']))
                || named.trim_end().ends_with(','));
    }
    let Some(rest) = line.strip_prefix("export ") else {
        return false;
    };
    let word = rest.trim_start();
    let word = word.split([' ', '(', '{']).next().unwrap_or_default();
    rest.trim_start().starts_with(['{', '*'])
        || matches!(
            word,
            "const"
                | "let"
                | "var"
                | "default"
                | "function"
                | "async"
                | "class"
                | "type"
                | "interface"
        )
}

/// The name and the path of `import name from 'picture.png'`.
pub(super) fn imported(statement: &str) -> Option<(&str, &str)> {
    let rest = statement.strip_prefix("import")?.trim();
    let (name, path) = rest.split_once(" from ")?;
    let path = literal(path.trim().trim_end_matches(';'))?;
    let is_name = name
        .trim()
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    (is_name && is_image(path)).then(|| (name.trim(), path))
}
