//! Subscribers who are left behind: who they are, and how they are led on.

mod anew;
mod feeds;
mod named;
mod redirects;

use std::fs;

use crate::site::{Run, Site};

/// A site of three posts of the tag `old` and one of `other`, built once.
fn site(settings: &str) -> Site {
    let site = (1..4).fold(Site::with(settings), |site, day| {
        let text = format!("title: Post {day}\ndate: 2024-01-0{day} 08:0{day}\ntags: [old]");
        site.post(&format!("content/{day}.md"), &text)
    });
    let other = "title: Other\ndate: 2024-01-05 08:05\ntags: [other]";
    let site = site.post("content/other.md", other);
    quiet(&site).assert_ok();
    site
}

/// Gives all posts of a tag another one.
fn retag(site: &Site, from: &str, to: &str) {
    for day in 1..4 {
        let path = site.path(&format!("content/{day}.md"));
        let text = fs::read_to_string(&path).expect("a post");
        fs::write(path, text.replace(&format!("[{from}]"), &format!("[{to}]"))).expect("a post");
    }
}

/// Gives the site other settings.
fn settings(site: &Site, settings: &str) {
    let path = site.path("feedwright.yaml");
    let text = fs::read_to_string(&path).expect("settings");
    let kept: String = text
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(path, kept + settings).expect("settings");
}

fn quiet(site: &Site) -> Run {
    site.build_with(&["-q"])
}

/// Another run writes nothing and says nothing that it is asked to be quiet about, whether it looks
/// at everything or remembers; and both say the same.
fn assert_settled(site: &Site) {
    let before = tree(site);
    for again in [quiet(site), site.build_with(&["-q", "--no-cache"])] {
        assert_eq!((again.code, &*again.stdout, &*again.stderr), (0, "", ""));
    }
    site.rest(10);
    site.build().assert_ok();
    let cached = site.build();
    let whole = site.build_with(&["--no-cache"]);
    assert_eq!((cached.stdout, cached.stderr), (whole.stdout, whole.stderr));
    assert_eq!(tree(site), before);
}

/// The lock and all that is published.
fn tree(site: &Site) -> Vec<(String, String)> {
    let files = crate::site::files(&site.path("."));
    let is_content = |file: &String| file.starts_with("content");
    let read = |file: String| (file.clone(), site.read(&file));
    let files = files.into_iter().filter(|file| !is_content(file));
    files.map(read).collect()
}

/// The codes of warnings.
fn codes(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    let codes = lines.filter_map(|line| line.strip_prefix("warning[")?.split(']').next());
    codes.collect()
}

fn redirects(site: &Site, format: &str) -> String {
    let run = site.run(&["links", "--format", format]);
    run.assert_ok();
    run.stdout
}
