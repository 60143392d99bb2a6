//! Every error that content and configuration can cause, with its text to the letter. In each
//! case nothing is written.

mod configuration;
mod content;

use crate::site::Site;

/// Builds a site that has to be refused, and checks what is said of it.
fn check(site: &Site, code: i32, expected: &str) {
    let before = site.files("");
    let run = site.build_with(&["--strict"]);
    assert_eq!(run.stderr, expected);
    assert_eq!(run.code, code, "{}", run.stdout);
    assert_eq!(site.files(""), before, "something was written");
}

/// A site with a time zone, so that no note speaks of it.
fn zoned() -> Site {
    Site::empty().file(
        "feedwright.yaml",
        "site: {title: S, url: https://example.gov, timezone: America/New_York}\n\
         content: {folders: [content]}\n",
    )
}
