//! Golden trees: `tests/golden/CASE/` holds a site, the feeds it becomes, and what is said.

use std::fs;
use std::path::{Path, PathBuf};

use crate::site::{Site, files};

/// What the feeds promise.
const LOCK: &str = "feedwright.lock";

/// Where a case lies.
pub fn tree(case: &str) -> PathBuf {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(case);
    assert!(tree.is_dir(), "there is no {}", tree.display());
    tree
}

/// The site of a case: its tree without the feeds, what they promise, and what is said.
pub fn site(case: &str) -> Site {
    Site::copy(&tree(case), |file| {
        !file.starts_with("feeds/") && file != "stderr" && file != LOCK
    })
}

fn check(case: &str) {
    let golden = tree(case);
    let site = site(case);
    let stderr = site.build_with(&["--keep-going", "-v"]).stderr;
    let made = site.path("feeds");
    if std::env::var("FEEDWRIGHT_GOLDEN").is_ok_and(|value| value == "overwrite") {
        let _ = fs::remove_dir_all(golden.join("feeds"));
        for file in files(&made) {
            let target = golden.join("feeds").join(&file);
            fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
            fs::copy(made.join(&file), target).expect("a copy");
        }
        fs::write(golden.join("stderr"), &stderr).expect("a file");
        fs::copy(site.path(LOCK), golden.join(LOCK)).expect("a copy");
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
    // Nothing that did not change is written again, whoever reads it.
    let state = || -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
        let files = files(site.root()).into_iter();
        let states = files.map(|file| {
            let path = site.path(&file);
            let written = fs::metadata(&path).and_then(|meta| meta.modified());
            let bytes = fs::read(&path).expect("a file");
            (path, bytes, written.expect("a time"))
        });
        states.collect()
    };
    let before = state();
    for run in 2..4 {
        let again = site.build_with(&["--keep-going", "-v", "--no-cache"]);
        assert_eq!(again.stderr, stderr, "{case}: run {run}");
        assert!(state() == before, "{case}: run {run} wrote something");
    }
    let lock = |folder: &Path| fs::read_to_string(folder.join(LOCK)).expect("a lock");
    assert_eq!(lock(site.root()), lock(&golden), "{case}: {remedy}");
    let expected = fs::read_to_string(golden.join("stderr")).expect("stderr");
    assert_eq!(stderr, expected, "{case}: {remedy}");
}

#[test]
fn golden_dates() {
    check("dates");
}

#[test]
fn golden_following() {
    check("following");
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
fn golden_jsonl() {
    check("jsonl");
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
fn golden_mkdocs() {
    check("mkdocs");
}

#[test]
fn golden_vitepress() {
    check("vitepress");
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
            "following",
            "front-matter",
            "hexo",
            "html",
            "hugo",
            "jekyll",
            "jsonl",
            "mkdocs",
            "pelican",
            "plain",
            "rendered",
            "tags",
            "vitepress",
            "zola"
        ]
    );
}
