//! What becomes of files: who is asked, and what they keep.

#[cfg(unix)]
use std::fs;

use super::{fix, site};

#[test]
fn shows_and_asks() {
    let site = site("plain", "").post("content/a.md", "title: A \u{1b}[31m\ndate: 2024-01-02");
    let before = site.read("content/a.md");
    let run = fix(&site, &[]);
    assert_eq!(
        run.stdout,
        "--- content/a.md\n+++ content/a.md\n@@ -1,5 +1,5 @@\n ---\n title: A \\u{1b}[31m\n\
         -date: 2024-01-02\n+date: 2024-01-02T00:00:00-05:00\n ---\n Text.\n"
    );
    assert_eq!(
        run.stderr,
        "error[environment]: `--fix` asks before it changes 1 file, and there is no terminal to ask \
         on: add `--yes`, or run it on a terminal; nothing was changed\n"
    );
    assert_eq!(run.code, 2);
    assert_eq!(site.read("content/a.md"), before);
    let run = fix(&site, &["--yes", "--quiet"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_ne!(site.read("content/a.md"), before);
}

#[test]
fn posts_without_front_matter_are_left() {
    let site = site("plain", "state: none\n").file("content/2024-01-02-a.md", "# A\n\nText.\n");
    let run = fix(&site, &["--yes"]);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: `guid: https://example.gov/2024-01-02-a/` cannot be added without \
             changing more than that\n  --> content/2024-01-02-a.md\n  help: change it by hand\n"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("content/2024-01-02-a.md"), "# A\n\nText.\n");
}

#[cfg(unix)]
#[test]
fn files_keep_what_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = site("plain", "").post("content/a.md", "title: A\ndate: 2024-01-02");
    let path = site.path("content/a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    fs::create_dir(site.path("real")).expect("a folder");
    fs::write(
        site.path("real/b.md"),
        "---\ntitle: B\ndate: 2024-01-03\n---\n",
    )
    .expect("a file");
    symlink("../real/b.md", site.path("content/b.md")).expect("a link");
    let other = tempfile::tempdir().expect("a folder");
    let outside = other.path().join("c.md");
    fs::write(&outside, "---\ntitle: C\ndate: 2024-01-04\n---\n").expect("a file");
    symlink(&outside, site.path("content/c.md")).expect("a link");
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("--- real/b.md\n"), "{}", run.stdout);
    assert!(
        run.stderr.contains(
            "warning[symlink-outside]: the symbolic link leads out of the site's folder and is not \
             followed\n  --> content/c.md\n"
        ),
        "{}",
        run.stderr
    );
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(site.path("content/b.md").is_symlink());
    assert!(site.read("real/b.md").contains("2024-01-03T00:00:00-05:00"));
    let text = fs::read_to_string(&outside).expect("the file");
    assert!(text.contains("date: 2024-01-04\n"), "{text}");
    assert_eq!(site.files("content"), ["a.md", "b.md", "c.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_links_make_several_posts_of_is_mended_once() {
    use std::os::unix::fs::symlink;

    let linked = |config: &str| {
        let site = site("plain", config)
            .post("content/b.md", "title: B\ndate: 2024-01-02")
            .post("content/more/c.md", "title: C\ndate: 2024-01-03");
        symlink("b.md", site.path("content/a.md")).expect("a link");
        symlink("b.md", site.path("content/z.md")).expect("a link");
        // A link to a folder makes second posts of all that lies in it.
        symlink("more", site.path("content/again")).expect("a link");
        site
    };
    let same = linked("");
    let run = fix(&same, &["--yes"]);
    assert!(run.stdout.contains("Changed 2 files.\n"), "{}", run.stderr);
    for (file, date) in [("b", "2024-01-02"), ("more/c", "2024-01-03")] {
        let text = same.read(&format!("content/{file}.md"));
        assert_eq!(text.matches("T00:00:00-05:00").count(), 1, "{text}");
        assert!(
            text.contains(&format!("date: {date}T00:00:00-05:00\n")),
            "{text}"
        );
    }
    for link in ["a.md", "z.md", "again"] {
        assert!(same.path("content").join(link).is_symlink(), "{link}");
    }

    // Each of these posts has an id of its own, and the file has room for one.
    let other = linked("lints: {id-unpinned: warn}\n");
    let run = fix(&other, &["--yes", "-v"]);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the file is read as content/a.md and as content/b.md, and each of \
             these posts would be mended in another way\n  --> content/b.md\n"
        ),
        "{}",
        run.stderr
    );
    assert!(other.read("content/b.md").contains("date: 2024-01-02\n"));
    assert!(other.path("content/a.md").is_symlink());
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_written_stay() {
    use std::os::unix::fs::PermissionsExt;

    let site = site("plain", "").post("content/a.md", "title: A\ndate: 2024-01-02");
    let read_only = fs::Permissions::from_mode(0o444);
    fs::set_permissions(site.path("content/a.md"), read_only).expect("permissions");
    let run = fix(&site, &["--yes"]);
    assert_eq!(
        run.stderr,
        "error[environment]: cannot write content/a.md: permission denied\n"
    );
    assert_eq!(run.code, 2);
    assert!(site.read("content/a.md").contains("date: 2024-01-02\n"));
    assert_eq!(site.files("content"), ["a.md"]);
}
