//! Finds the filters of a site that write dates, and reads their formats off their code.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;

use crate::dialect::stem;
use crate::folder::Folder;
use crate::source::{self, Kind, Walk};

/// The largest number of files of code that are searched for filters.
const MOST_FILES: usize = 300;

/// Folders where sites have the code of filters.
const FOLDERS: [&str; 12] = [
    "config",
    "_config",
    "_11ty",
    "lib",
    "filters",
    "utils",
    "src/_11ty",
    "src/config",
    "src/filters",
    "eleventy",
    ".eleventy",
    "src/utils",
];

/// The filters that a site adds.
pub(super) struct Filters {
    /// Those that write dates in a way that can be read off their code, with the format.
    pub(super) of_dates: HashMap<String, String>,
    /// The names of all of them.
    pub(super) own: HashSet<String>,
}

/// Finds the filters that the code of a site adds.
pub(super) fn filters(root: &Folder, config: &str) -> Result<Filters, Error> {
    let mut texts = vec![config.to_owned()];
    let mut filters: HashMap<String, String> = HashMap::new();
    for path in paths(root)?.into_iter().take(MOST_FILES) {
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        // A file that is one filter is called like it.
        if let Some(format) = date_format(&text) {
            filters.insert(stem(&path).to_owned(), format);
        }
        texts.push(text);
    }
    filters.extend(texts.iter().flat_map(|text| added(text)));
    Ok(Filters {
        of_dates: filters,
        own: texts.iter().flat_map(|text| names(text)).collect(),
    })
}

/// The files of code in the folders of filters.
fn paths(root: &Folder) -> Result<Vec<PathBuf>, Error> {
    let folders = FOLDERS.iter().map(PathBuf::from);
    let folders: Vec<PathBuf> = folders.filter(|folder| root.has_folder(folder)).collect();
    if folders.is_empty() {
        return Ok(Vec::new());
    }
    let walk = Walk {
        root,
        folders: &folders,
        takes: &|path, kind| match kind {
            Kind::Folder => path.file_name().is_none_or(|name| name != "node_modules"),
            Kind::File => path
                .extension()
                .is_some_and(|e| ["js", "mjs", "cjs"].iter().any(|known| e == *known)),
        },
    };
    source::discover(&walk, &mut Diagnostics::new())
}

/// The names of the filters that code adds.
fn names(text: &str) -> impl Iterator<Item = String> {
    let calls = text.match_indices("Filter(");
    calls.filter_map(|(at, found)| {
        let call = text.slice(at + found.len()..).trim_start();
        let quote = call.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        Some(call.slice(1..).split_once(quote)?.0.to_owned())
    })
}

/// The filters that code adds by name, with their formats.
fn added(text: &str) -> impl Iterator<Item = (String, String)> {
    let calls = text.split("addFilter(");
    let calls = calls.chain(text.split("addLiquidFilter(")).skip(1);
    calls.filter_map(|call| {
        let call = call.trim_start();
        let quote = call.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (name, code) = call.slice(1..).split_once(quote)?;
        let code = code.slice(..code.floor_char_boundary(600));
        let code = code.split("addFilter").next().unwrap_or(code);
        Some((name.to_owned(), date_format(code)?))
    })
}

/// The format in which code writes a date, where it does so in one of the usual ways.
fn date_format(code: &str) -> Option<String> {
    for call in [".toFormat(", ".format("] {
        if let Some(rest) = code.split(call).nth(1) {
            let quote = rest
                .chars()
                .next()
                .filter(|c| matches!(c, '\'' | '"' | '`'))?;
            return tokens(rest.slice(1..).split(quote).next()?);
        }
    }
    let rest = code
        .split("toISOString()")
        .nth(1)
        .or_else(|| code.split("toISODate()").nth(1))?;
    let is_day = code.contains("toISODate()")
        || rest.starts_with(".split('T')[0]")
        || rest.starts_with(".split(\"T\")[0]")
        || rest.starts_with(".slice(0, 10)")
        || rest.starts_with(".slice(0,10)")
        || rest.starts_with(".substring(0, 10)");
    let slashes = [
        ".split('-').join('/')",
        ".split(\"-\").join(\"/\")",
        ".replace(/-/g, '/')",
        ".replace(/-/g, \"/\")",
        ".replaceAll('-', '/')",
        ".replaceAll(\"-\", \"/\")",
    ];
    let format = if slashes.iter().any(|way| rest.contains(way)) {
        "%Y/%m/%d"
    } else {
        "%Y-%m-%d"
    };
    is_day.then(|| format.to_owned())
}

/// The tokens of Luxon, Moment and Day.js that numbers in a path are made of.
fn tokens(format: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = format;
    const TOKENS: [(&str, &str); 16] = [
        ("yyyy", "%Y"),
        ("YYYY", "%Y"),
        ("yy", "%y"),
        ("YY", "%y"),
        ("LLLL", "%B"),
        ("MMMM", "%B"),
        ("LLL", "%b"),
        ("MMM", "%b"),
        ("LL", "%m"),
        ("MM", "%m"),
        ("L", "%-m"),
        ("M", "%-m"),
        ("dd", "%d"),
        ("DD", "%d"),
        ("d", "%-d"),
        ("D", "%-d"),
    ];
    while let Some(c) = rest.chars().next() {
        if let Some((token, format)) = TOKENS.iter().find(|(token, _)| rest.starts_with(token)) {
            out.push_str(format);
            rest = rest.slice(token.len()..);
        } else if c.is_alphabetic() || c == '%' {
            return None;
        } else {
            out.push(c);
            rest = rest.slice(c.len_utf8()..);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read_off_code() {
        let check = |code: &str, expected: Option<&str>| {
            assert_eq!(date_format(code).as_deref(), expected, "{code}");
        };
        check(
            "DateTime.fromJSDate(d).toFormat(\"yyyy/MM\")",
            Some("%Y/%m"),
        );
        check("moment(d).format('YYYY-MM-DD')", Some("%Y-%m-%d"));
        check(
            "d.toISOString().split('T')[0].split('-').join('/')",
            Some("%Y/%m/%d"),
        );
        check("d.toISOString().slice(0, 10)", Some("%Y-%m-%d"));
        check("d.toFormat(x)", None);
        check("d.toFormat('EEEE')", None);
        check("d.toLocaleString()", None);
    }
}
