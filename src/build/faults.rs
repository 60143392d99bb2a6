//! Every change that a run makes to the file system is once its last, and once fails alone: after
//! it each file is old or new, and the next run ends as if nothing had happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_feed::read::Published;
use feedwright_site::config::{Config, Overrides};
use tempfile::TempDir;

use crate::publish::{Fault, Files};
use crate::report::Report;

use super::whole;
use crate::run::BuildOptions;

type Tree = BTreeMap<String, Vec<u8>>;

/// All files below a folder.
fn tree(folder: &Path) -> Tree {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("a path below");
            let bytes = fs::read(entry.path()).expect("a file");
            (path.to_str().expect("UTF-8").to_owned(), bytes)
        })
        .collect()
}

/// A folder with these files.
fn folder(tree: &Tree) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in tree {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn build(root: &Path, options: &BuildOptions, files: Files) -> Result<Report, Error> {
    let now = Timestamp::from_rfc3339("2025-01-01T00:00:00Z").expect("a time");
    let overrides = Overrides::new(root, now);
    let mut diags = Diagnostics::new();
    let config = Config::load(&overrides, &mut diags)
        .expect("files that can be read")
        .expect("a sound configuration");
    whole(files, &config, options, diags, &|_, _, _| {}).map(|built| built.report)
}

fn post(title: &str, day: u32, tags: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\ndate: 2024-01-{day:02}\ntags: [{tags}]\n---\nText of {title}.\n")
        .into_bytes()
}

/// A site as it is published, and the same with every kind of change.
fn site(config: &str) -> (Tree, Tree) {
    let mut before = Tree::new();
    let base = "site: {title: Site, url: https://example.gov}\ncontent: {folders: [content]}\n";
    before.insert(
        "feedwright.yaml".to_owned(),
        format!("{base}{config}").into_bytes(),
    );
    for day in 2..8 {
        let tags = ["x", "x, y", "z"][day as usize % 3];
        let post = post(&format!("Post {day}"), day, tags);
        before.insert(format!("content/p{day}.md"), post);
    }
    let root = folder(&before);
    let report = build(root.path(), &BuildOptions::default(), Files::default()).expect("feeds");
    assert!(report.alarm.is_none() && !report.refused);
    let before = tree(root.path());
    let mut after = before.clone();
    // Edited, new, backdated, deleted, renamed, retagged, and a tag whose last post goes.
    after.insert("content/p2.md".to_owned(), post("Post 2, edited", 2, "x"));
    after.insert("content/p9.md".to_owned(), post("Post 9", 9, "x, new"));
    after.insert("content/p1.md".to_owned(), post("Post 1", 1, "x"));
    after.remove("content/p3.md");
    let moved = after.remove("content/p4.md").expect("a post");
    after.insert("content/moved/p4.md".to_owned(), moved);
    after.insert("content/p5.md".to_owned(), post("Post 5", 5, "y"));
    (before, after)
}

/// What readers and the next run find, without what authors wrote.
fn published(all: &Tree) -> Tree {
    let is_ours = |path: &String| !path.starts_with("content/") && *path != "feedwright.yaml";
    let ours = all.iter().filter(|(path, _)| is_ours(path));
    ours.map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

/// Lets every change fail in turn; returns how many runs that were.
fn strike_everywhere(config: &str, options: &BuildOptions, deadly: bool) -> usize {
    let (before, after) = site(config);
    let calm = folder(&after);
    build(calm.path(), options, Files::default()).expect("feeds");
    let goal = tree(calm.path());
    assert_ne!(published(&goal), published(&before));
    let mut runs = 0;
    loop {
        let root = folder(&after);
        let fault = Arc::new(Fault::after(runs, deadly));
        let files = Files {
            fault: Some(Arc::clone(&fault)),
        };
        let result = build(root.path(), options, files);
        if !fault.struck.load(Ordering::SeqCst) {
            assert_eq!(tree(root.path()), goal);
            return runs;
        }
        runs += 1;
        let left = published(&tree(root.path()));
        for (path, bytes) in &left {
            if path.contains(".feedwright-") || path == "feedwright.lock" {
                continue;
            }
            Published::parse(bytes).unwrap_or_else(|what| panic!("run {runs}, {path}: {what}"));
            let is_old = before.get(path) == Some(bytes);
            assert!(
                is_old || goal.get(path) == Some(bytes),
                "run {runs}: {path} is neither old nor new"
            );
        }
        for path in published(&before)
            .keys()
            .filter(|path| goal.contains_key(*path))
        {
            assert!(left.contains_key(path), "run {runs}: {path} is gone");
        }
        if !deadly && result.is_err() {
            let litter: Vec<&String> = left.keys().filter(|path| path.contains(".tmp")).collect();
            assert!(litter.len() <= 1, "run {runs}: {litter:?}");
        }
        let report = build(root.path(), options, Files::default()).expect("the next run");
        assert!(report.alarm.is_none(), "run {runs}: {:?}", report.alarm);
        let end = tree(root.path());
        let (paths, goals): (Vec<_>, Vec<_>) = (end.keys().collect(), goal.keys().collect());
        assert_eq!(paths, goals, "run {runs}");
        for (path, bytes) in &end {
            assert_eq!(
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&goal[path]),
                "run {runs}: {path}"
            );
        }
    }
}

#[test]
fn killed_at_every_change() {
    let pruning = BuildOptions {
        prune: true,
        ..BuildOptions::default()
    };
    let runs = strike_everywhere("", &BuildOptions::default(), true)
        + strike_everywhere("feeds: {limit: 4}\n", &BuildOptions::default(), true)
        + strike_everywhere("feeds: {output: public}\n", &pruning, true);
    assert!(runs >= 150, "{runs} runs");
}

#[test]
fn every_change_fails_alone() {
    let runs = strike_everywhere("", &BuildOptions::default(), false)
        + strike_everywhere("feeds: {limit: 4}\n", &BuildOptions::default(), false);
    assert!(runs >= 100, "{runs} runs");
}

#[test]
fn killed_at_every_change_of_the_first_run() {
    let (_, after) = site("");
    let first: Tree = after
        .into_iter()
        .filter(|(path, _)| path.starts_with("content/") || path == "feedwright.yaml")
        .collect();
    let calm = folder(&first);
    build(calm.path(), &BuildOptions::default(), Files::default()).expect("feeds");
    let goal = tree(calm.path());
    for changes in 0.. {
        let root = folder(&first);
        let fault = Arc::new(Fault::after(changes, true));
        let files = Files {
            fault: Some(Arc::clone(&fault)),
        };
        let _ = build(root.path(), &BuildOptions::default(), files);
        if !fault.struck.load(Ordering::SeqCst) {
            assert!(changes > 30, "{changes}");
            break;
        }
        build(root.path(), &BuildOptions::default(), Files::default()).expect("the next run");
        assert_eq!(tree(root.path()), goal, "after {changes} changes");
    }
}
