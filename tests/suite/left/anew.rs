//! Where feeds are made anew each time.

use std::fs;

use super::{assert_settled, codes, quiet, retag, settings, site};

#[test]
fn a_dropped_format_is_named_where_feeds_are_made_anew() {
    let site = site("");
    settings(&site, "feeds: {formats: [atom], redirects: netlify}\n");
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    let run = quiet(&site);
    assert_eq!(codes(&run), ["format-dropped"], "{}", run.stderr);
    let rule = "/feeds/rss.xml https://example.gov/feeds/atom.xml 301\n";
    assert!(site.read("_redirects").contains(rule));
    assert_settled(&site);
    site.build_with(&["--prune"]).assert_ok();
    assert_eq!(codes(&site.build()), Vec::<&str>::new());
    assert!(site.read("_redirects").contains(rule));
    assert_settled(&site);
}

#[test]
fn a_renamed_tag_is_named_where_feeds_are_made_anew() {
    let site = site("");
    retag(&site, "old", "new");
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    let run = quiet(&site);
    run.assert_ok();
    assert_eq!(codes(&run), ["feed-empty"], "{}", run.stderr);
    assert!(run.stderr.contains("feeds/tags/old/ ("));
    assert_settled(&site);
    site.build_with(&["--prune"]).assert_ok();
    fs::remove_dir_all(site.path("feeds")).expect("feeds");
    assert_eq!(codes(&quiet(&site)), Vec::<&str>::new());
    assert_settled(&site);
}

#[test]
fn a_committed_lock_decides_who_is_left() {
    let site = site("");
    settings(&site, "feeds: {formats: [atom]}\n");
    let run = site.build_with(&["--locked"]);
    run.assert_ok();
    assert_eq!(codes(&run), ["format-dropped"]);
    assert!(!site.read("feedwright.lock").contains("\"left\""));
    quiet(&site).assert_ok();
    assert!(site.read("feedwright.lock").contains("\"left\""));
    let run = site.build_with(&["--locked", "-q"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
}
