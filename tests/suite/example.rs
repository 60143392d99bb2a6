//! The repository is its own example: `content/` becomes `feeds/`, and both are committed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::site::files;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn feeds_are_what_content_becomes() {
    let output = tempfile::tempdir().expect("a temporary folder");
    let run = Command::new(env!("CARGO_BIN_EXE_feedwright"))
        .current_dir(root())
        .arg("build")
        .arg("--output")
        .arg(output.path())
        .output()
        .expect("the program");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let made = output.path().join("feeds");
    let committed = root().join("feeds");
    let remedy = "`cargo run --release -- build --prune` makes them equal";
    assert_eq!(files(&made), files(&committed), "{remedy}");
    for file in files(&made) {
        let (made, committed) = (fs::read(made.join(&file)), fs::read(committed.join(&file)));
        assert!(
            made.expect("a file") == committed.expect("a file"),
            "{file} differs: {remedy}"
        );
    }
}

#[test]
fn the_model_case_is_among_the_posts() {
    let text = fs::read_to_string(root().join("content/2021-12-13-Customer-Experience-EO.md"))
        .expect("the post");
    let expected = "---\n\
        layout: post\n\
        title: Customer Experience EO- A more simple, seamless, and secure customer experience for the American public\n\
        display-date: 13 Dec 2021\n\
        author: Clare Martorana\n\
        tags: 2021 customer-experience customer-service executive-order it-modernization \n\
        permalink: /2021-12-13-Customer-Experience-EO/\n\
        ---\n";
    assert!(text.starts_with(expected));
    let atom =
        fs::read_to_string(root().join("feeds/tags/executive-order/atom.xml")).expect("the feed");
    for part in [
        "<published>2021-12-13T00:00:00-05:00</published>",
        "<link href=\"https://www.example.gov/2021-12-13-Customer-Experience-EO/\" rel=\"alternate\" type=\"text/html\"/>",
        "<id>https://www.example.gov/Customer-Experience-EO</id>",
        "<category term=\"it-modernization\"/>",
        "<name>Clare Martorana</name>",
    ] {
        assert!(atom.contains(part), "{part}\n{atom}");
    }
}
