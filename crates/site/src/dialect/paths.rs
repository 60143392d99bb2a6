//! Reads the paths of posts: extensions, stems, and dates in folders.

use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::language;
use feedwright_base::permalink::slashed;

/// Whether a path has an extension of Markdown or HTML.
pub(super) fn is_markdown(path: &Path) -> bool {
    const NAMES: [&str; 8] = [
        "md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "html", "htm",
    ];
    path.extension().is_some_and(|extension| {
        NAMES
            .iter()
            .any(|name| extension.eq_ignore_ascii_case(name))
    })
}

/// What a text is written in that some generators publish and feedwright does not render.
pub(super) fn other_markup(path: &Path) -> Option<&'static str> {
    Some(match extension(path).as_str() {
        "adoc" | "asciidoc" | "asc" => "AsciiDoc",
        "ipynb" => "a Jupyter notebook",
        "org" => "Org",
        "rst" => "reStructuredText",
        "textile" => "Textile",
        _ => return None,
    })
}

/// Whether a text is in another markup than these of which the generator makes posts, too; it is
/// named.
pub(super) fn is_other_markup(path: &Path, known: &[&str], diags: &mut Diagnostics) -> bool {
    let Some(markup) = other_markup(path).filter(|markup| !known.contains(markup)) else {
        return false;
    };
    let what = format!("is {markup}, which feedwright does not read");
    other_format(path, &what, diags);
    true
}

/// The file's extension in small letters.
pub(super) fn extension(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase()
}

/// Warns of a file among the posts in a format that feedwright does not read; `what` describes it,
/// as in "is a template".
pub(super) fn other_format(path: &Path, what: &str, diags: &mut Diagnostics) {
    diags.warning(
        "post-format",
        Location::file(path),
        format!("the file {what}, so no feed has it"),
        "convert it to Markdown, name it in `content.ignore` of feedwright.yaml, or read the built site by \
         `content.dialect: html`",
    );
}

/// The file's name without folder and extension.
pub(super) fn stem(path: &Path) -> &str {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
}

/// Whether the file's name begins with a full stop.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The path of a post without extension, and without folders and ends of names that are codes of
/// languages: what it has in common with its translations.
pub(super) fn without_languages(path: &Path) -> String {
    let path = slashed(&path.with_extension(""));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let folders = folder.split('/').filter(|name| !is_code(name));
    let bare = name.rsplit_once('.').filter(|(_, code)| is_code(code));
    let name = bare.map_or(name, |(bare, _)| bare);
    folders.chain([name]).collect::<Vec<_>>().join("/")
}

/// Whether a name is the code of a language: `fr`, `pt-br`.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name.len(), 2 | 5) && language::is_tag(&name.replace('_', "-"))
}

/// The day that a post's folders name: `2021/12/13/title`.
pub(super) fn dated_folders(inner: &Path) -> Option<String> {
    let parts: Vec<String> = inner
        .parent()?
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else {
            return None;
        };
        let digits = |text: &str, length: std::ops::RangeInclusive<usize>| {
            length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        (digits(year, 4..=4) && digits(month, 1..=2) && digits(day, 1..=2))
            .then(|| window.join("-"))
    })
}
