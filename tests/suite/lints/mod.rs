//! `check` in a site: what it says of posts, to the letter, and how it ends.

mod each;
mod runs;

use crate::site::{NOW, Run, Site};

/// A site with a zone and summaries left alone, so that nothing but the case speaks.
fn site(lints: &str) -> Site {
    Site::empty().file(
        "feedwright.yaml",
        &format!(
            "site: {{title: S, url: https://example.gov, timezone: America/New_York, language: en}}\n\
             content: {{folders: [content], permalink: '/:year/:month/:day/:slug/'}}\n\
             lints: {{summary-missing: allow{lints}}}\n"
        ),
    )
}

fn check_with(site: &Site, arguments: &[&str]) -> Run {
    let before = site.files("");
    let run = site.run(&[&["check", "--now", NOW], arguments].concat());
    assert_eq!(site.files(""), before, "something was written");
    run
}

/// Checks what is said of a site, warnings only.
fn check(site: &Site, expected: &str) {
    let run = check_with(site, &["--verbose"]);
    assert_eq!(run.stderr, expected);
    assert_eq!(run.code, 0, "{}", run.stdout);
}
