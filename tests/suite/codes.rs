//! Every code that the program prints is explained, and stands in the documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::site::{Site, files};

/// What codes begin with, but for those that are checks of feeds.
const BEGINNINGS: &str = "cache|clock|config|date|draft|element|enclosure|entry|episode|feed|feeds|file|fix|format|\
    field|guard|front-matter|generator|html|http|id|image|input|language|link|lock|no|not|page|permalink|podcast|post|posts|published|record|rendered|\
    setting|site|summary|symlink|tag|template|title|updated";

/// Words of the sources that begin so and are none.
const NO_CODES: [&str; 7] = [
    "cache-control",
    "entry-date",
    "http-equiv",
    "no-cache",
    "no-referrer",
    "no-store",
    "post-date",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The codes that stand in the sources.
fn in_sources() -> BTreeSet<String> {
    let code = format!("\"((?:{BEGINNINGS})(?:-[a-z0-9]+)+)\"");
    let code = Regex::new(&code).expect("a pattern");
    let mut codes = BTreeSet::new();
    for folder in [
        "src",
        "crates/base/src",
        "crates/feed/src",
        "crates/site/src",
    ] {
        for file in files(&root().join(folder)) {
            let is_table = file.ends_with("codes.rs")
                || file.starts_with("codes/")
                || file.ends_with("chrome.rs");
            let is_test = file.ends_with("tests.rs") || file.ends_with("fuzzing.rs");
            if !file.ends_with(".rs") || is_table || is_test {
                continue;
            }
            let text = fs::read_to_string(root().join(folder).join(&file)).expect("a file");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            codes.extend(code.captures_iter(text).map(|found| found[1].to_owned()));
        }
    }
    codes.retain(|code| !NO_CODES.contains(&&**code));
    codes
}

/// The codes of a table in Markdown.
fn in_table(text: &str) -> Vec<String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let codes = rows.filter_map(|row| row.split('`').next());
    codes.map(str::to_owned).collect()
}

#[test]
fn every_code_of_the_sources_is_explained() {
    let site = Site::empty();
    let codes = in_sources();
    assert!(codes.len() > 80, "{codes:?}");
    for code in &codes {
        let run = site.run(&["explain", code]);
        assert_eq!(run.code, 0, "{code}: {}", run.stderr);
        assert!(run.stdout.contains("\nhelp: "), "{}", run.stdout);
    }
    let run = site.run(&["explain", "date-gpa"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("did you mean `date-gap`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_page_of_codes_is_complete_and_names_each_once() {
    let made = Site::empty().run(&["explain"]);
    made.assert_ok();
    let path = root().join("docs/codes.md");
    let page = fs::read_to_string(&path).expect("docs/codes.md");
    let (head, _) = page.split_once("## ").expect("a heading");
    let wanted = format!("{head}{}", made.stdout);
    if std::env::var("FEEDWRIGHT_GOLDEN").is_ok_and(|value| value == "overwrite") {
        fs::write(&path, &wanted).expect("docs/codes.md can be written");
    } else {
        assert_eq!(
            page, wanted,
            "`FEEDWRIGHT_GOLDEN=overwrite cargo test page_of_codes` accepts it"
        );
    }
    // What no source has any more is explained no more, and no code means two things.
    let codes = in_table(&made.stdout);
    let sources = in_sources();
    let elsewhere = ["environment"];
    for code in codes.iter().filter(|code| !elsewhere.contains(&&***code)) {
        assert!(sources.contains(code), "nothing prints `{code}`");
    }
    let checks = Site::empty().run(&["check", "--explain"]).stdout;
    let lints = fs::read_to_string(root().join("docs/configuration.md")).expect("a page");
    let (_, lints) = lints.split_once("## `lints`").expect("a heading");
    let lints = lints.split("\n## ").next().unwrap_or_default();
    // Each check stands in a second table with its examples.
    let checks: BTreeSet<String> = in_table(&checks).into_iter().collect();
    let checks: Vec<String> = checks.into_iter().collect();
    let all = [codes, checks, in_table(lints)].concat();
    let once: BTreeSet<&String> = all.iter().collect();
    let twice: Vec<&String> = once
        .iter()
        .filter(|code| all.iter().filter(|other| other == *code).count() > 1)
        .copied()
        .collect();
    assert_eq!(twice, Vec::<&String>::new());
}
