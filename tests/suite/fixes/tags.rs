//! Tags.

use super::{check, fix, site};
use crate::site::Site;

/// Two posts that write a tag as `web-dev`, and one that is to be mended.
fn tagged(dialect: &str, path: &str, text: &str) -> Site {
    let other = |n: u8| match dialect {
        "pelican" => format!("Title: B{n}\nDate: 2024-01-0{n}T00:00:00Z\nTags: web-dev\n\nText.\n"),
        "zola" => format!(
            "+++\ntitle = \"B{n}\"\ndate = 2024-01-0{n}T00:00:00Z\n[taxonomies]\ntags = [\"web-dev\"]\n+++\n"
        ),
        _ => format!("---\ntitle: B{n}\ndate: 2024-01-0{n}T00:00:00Z\ntags: [web-dev]\n---\n"),
    };
    let folder = path.rsplit_once('/').expect("a folder").0;
    site(dialect, "")
        .file(&format!("{folder}/2024-01-02-b.md"), &other(2))
        .file(&format!("{folder}/2024-01-03-c.md"), &other(3))
        .file(path, text)
}

#[test]
fn tags() {
    let check_tags = |before: &str, after: &str| {
        let text = |tags: &str| {
            format!(
                "---\ntitle: A\ndate: 2024-01-04T00:00:00Z\n{tags}\nweb_dev: Web-Dev\n---\nWeb-Dev.\n"
            )
        };
        let path = "content/2024-01-04-a.md";
        check(&tagged("plain", path, &text(before)), path, &text(after));
    };
    check_tags(
        "tags: [x, Web-Dev, y]  # Web-Dev",
        "tags: [x, web-dev, y]  # Web-Dev",
    );
    check_tags("tags: [\"Web Dev\",y]", "tags: [\"web-dev\",y]");
    check_tags("tags: ['Web Dev']", "tags: ['web-dev']");
    check_tags(
        "tags:\n- x\n# Web-Dev\n-   Web Dev\n",
        "tags:\n- x\n# Web-Dev\n-   web-dev\n",
    );
    check_tags(
        "tags: [\n  x, # Web-Dev\n  WEB_DEV\n]",
        "tags: [\n  x, # Web-Dev\n  web-dev\n]",
    );
    check_tags("tags: x, Web Dev, y", "tags: x, web-dev, y");
    check_tags("tag: Web Dev", "tag: web-dev");
}

#[test]
fn tags_of_other_syntaxes() {
    let check_tags = |dialect: &str, path: &str, before: &str, after: &str| {
        check(&tagged(dialect, path, before), path, after);
    };
    check_tags(
        "jekyll",
        "content/2024-01-04-a.md",
        "---\ntitle: A\ntags: x Web-Dev  y\n---\n",
        "---\ntitle: A\ntags: x web-dev  y\n---\n",
    );
    check_tags(
        "pelican",
        "content/a.md",
        "Title: A\nDate: 2024-01-04T00:00:00Z\nTags: x, Web Dev,y\n\nWeb Dev\n",
        "Title: A\nDate: 2024-01-04T00:00:00Z\nTags: x, web-dev,y\n\nWeb Dev\n",
    );
    check_tags(
        "zola",
        "content/a.md",
        "+++\ntitle = \"A\"\ndate = 2024-01-04T00:00:00Z\n[taxonomies]\ncategories = [\"Web-Dev\"]\ntags = [\n  'Web-Dev', # Web-Dev\n]\n[extra]\nx = [\"Web-Dev\"]\n+++\n",
        "+++\ntitle = \"A\"\ndate = 2024-01-04T00:00:00Z\n[taxonomies]\ncategories = [\"Web-Dev\"]\ntags = [\n  'web-dev', # Web-Dev\n]\n[extra]\nx = [\"Web-Dev\"]\n+++\n",
    );
    check_tags(
        "hugo",
        "content/posts/a.md",
        "{\"title\": \"A\", \"tags\": [\"x\", \"Web-Dev\"], \"date\": \"2024-01-04T00:00:00Z\"}\n",
        "{\"title\": \"A\", \"tags\": [\"x\", \"web-dev\"], \"date\": \"2024-01-04T00:00:00Z\"}\n",
    );
    check_tags(
        "hugo",
        "content/posts/a.md",
        "---\nTitle: A\nTags: [Web-Dev]\nDate: 2024-01-04T00:00:00Z\n---\n",
        "---\nTitle: A\nTags: [web-dev]\nDate: 2024-01-04T00:00:00Z\n---\n",
    );
}

#[test]
fn tags_that_cannot_be_written_are_left() {
    let path = "content/2024-01-04-a.md";
    let text = "---\ntitle: A\ntags: [Web-Dev, web-dev]\n---\n";
    let site = tagged("jekyll", path, text);
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(site.read(path), text);
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the post has the tag `Web-Dev` beside `web-dev`; one of them is too \
             many\n  --> content/2024-01-04-a.md\n"
        ),
        "{}",
        run.stderr
    );
    // A blank would make two tags of it.
    let mut site = site_of_blank_tags();
    site = site.file(path, "---\ntitle: A\ntags: x web-dev\n---\n");
    let run = fix(&site, &["--yes", "-v"]);
    assert_eq!(site.read(path), "---\ntitle: A\ntags: x web-dev\n---\n");
    assert!(
        run.stderr.contains(
            "warning[fix-left]: the tag `web-dev` cannot be written as `Web Dev` without changing \
             more than that"
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn tags_that_may_differ_are_left() {
    let text = "---\ntitle: A\ndate: 2024-01-02T00:00:00Z\ntags: [X]\n---\n";
    let site = site("plain", "lints: {tag-spelling: allow}\n")
        .file("content/b.md", &text.replace('X', "x"))
        .file("content/c.md", &text.replace('X', "x"))
        .file("content/a.md", text);
    check(&site, "content/a.md", text);
}

fn site_of_blank_tags() -> Site {
    let text = "---\ntitle: B\ntags: [Web Dev]\n---\n";
    site("jekyll", "")
        .file("content/2024-01-02-b.md", text)
        .file("content/2024-01-03-c.md", text)
}

#[test]
fn many_tags_are_mended() {
    let list = |name: &str| -> String { (0..5_000).map(|n| format!("- {name}{n}\n")).collect() };
    let post = |tags: &str| format!("title: A\ndate: 2024-01-02T00:00:00Z\ntags:\n{tags}");
    // Feeds of all these tags, each with all these categories, are not what is looked at here.
    let site = site("plain", "feeds: {taxonomies: []}\n")
        .post("content/a.md", &post(&list("tag")))
        .post("content/b.md", &post(&list("tag")))
        .post("content/c.md", &post(&list("Tag")))
        .post("content/d.md", &post(&(list("Tag") + &list("tag"))));
    let run = fix(&site, &["--yes"]);
    assert!(run.stdout.contains("Changed 1 file.\n"));
    assert_eq!(site.read("content/c.md"), site.read("content/a.md"));
}
