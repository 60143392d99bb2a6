//! Golden trees: `tests/golden/CASE/` holds a site, the feeds it becomes, and what is said.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::site::{NOW, files};

/// What the feeds promise.
const LOCK: &str = "feedwright.lock";

fn check(case: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(case);
    assert!(golden.is_dir(), "there is no {}", golden.display());
    let site = tempfile::tempdir().expect("a temporary folder");
    for file in files(&golden) {
        if file.starts_with("feeds/") || file == "stderr" || file == LOCK {
            continue;
        }
        let target = site.path().join(&file);
        fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
        fs::copy(golden.join(&file), target).expect("a copy");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_feedwright"))
        .current_dir(site.path())
        .args(["build", "--keep-going", "-v", "--now", NOW])
        .env("NO_COLOR", "1")
        .output()
        .expect("the program");
    let stderr = String::from_utf8(run.stderr).expect("text");
    let made = site.path().join("feeds");
    if std::env::var("FEEDWRIGHT_GOLDEN").is_ok_and(|value| value == "overwrite") {
        let _ = fs::remove_dir_all(golden.join("feeds"));
        for file in files(&made) {
            let target = golden.join("feeds").join(&file);
            fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
            fs::copy(made.join(&file), target).expect("a copy");
        }
        fs::write(golden.join("stderr"), &stderr).expect("a file");
        fs::copy(site.path().join(LOCK), golden.join(LOCK)).expect("a copy");
    }
    let remedy = "`FEEDWRIGHT_GOLDEN=overwrite cargo test golden` accepts what is made now";
    // Both ways: what is made must be golden, and what is golden must be made.
    assert_eq!(
        files(&made),
        files(&golden.join("feeds")),
        "{case}: {remedy}"
    );
    assert!(!files(&made).is_empty(), "{case}: no feeds\n{stderr}");
    for file in files(&made) {
        let read = |folder: &Path| fs::read_to_string(folder.join(&file)).expect("a feed");
        assert_eq!(
            read(&made),
            read(&golden.join("feeds")),
            "{case}: {file}; {remedy}"
        );
    }
    let lock = |folder: &Path| fs::read_to_string(folder.join(LOCK)).expect("a lock");
    assert_eq!(lock(site.path()), lock(&golden), "{case}: {remedy}");
    let expected = fs::read_to_string(golden.join("stderr")).expect("stderr");
    assert_eq!(stderr, expected, "{case}: {remedy}");
}

#[test]
fn golden_dates() {
    check("dates");
}

#[test]
fn golden_front_matter() {
    check("front-matter");
}

#[test]
fn golden_html() {
    check("html");
}

#[test]
fn golden_jekyll() {
    check("jekyll");
}

#[test]
fn golden_plain() {
    check("plain");
}

#[test]
fn golden_rendered() {
    check("rendered");
}

#[test]
fn golden_tags() {
    check("tags");
}

#[test]
fn golden_astro() {
    check("astro");
}

#[test]
fn golden_docusaurus() {
    check("docusaurus");
}

#[test]
fn golden_eleventy() {
    check("eleventy");
}

#[test]
fn golden_hexo() {
    check("hexo");
}

#[test]
fn golden_hugo() {
    check("hugo");
}

#[test]
fn golden_pelican() {
    check("pelican");
}

#[test]
fn golden_zola() {
    check("zola");
}

/// A case that no test names would never be looked at.
#[test]
fn golden_cases_are_all_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    cases.sort();
    assert_eq!(
        cases,
        [
            "astro",
            "dates",
            "docusaurus",
            "eleventy",
            "front-matter",
            "hexo",
            "html",
            "hugo",
            "jekyll",
            "pelican",
            "plain",
            "rendered",
            "tags",
            "zola"
        ]
    );
}
