//! Which post is which: what is asked about, and what answers it.

use super::{many, post, site};
use crate::site::{NOW, Site};

#[test]
fn another_post_on_an_old_path_is_asked_about() {
    let site = Site::jekyll("").post("_posts/2024-01-01-news.md", "title: Old\npermalink: /old/");
    site.build().assert_ok();
    let old = site.id_of("Old");
    let site = site.file(
        "_posts/2024-01-01-news.md",
        "---\ntitle: New\ndate: 2024-05-05\npermalink: /new/\n---\nSomething else.\n",
    );
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains(
            "error[guard-doubtful]: this may be the post that readers know from _posts/2024-01-01-news.md (by \
             the same file), so feeds do not show it yet"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.titles(), ["Old"]);
    site.run(&["accept", "--now", NOW, "_posts/2024-01-01-news.md"])
        .assert_ok();
    assert_ne!(site.id_of("New"), old);
    assert_eq!(site.titles(), ["New"]);
    site.build().assert_ok();
}

#[test]
fn a_file_that_was_renamed_and_edited_is_asked_about() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    for (same, id) in [
        (true, "https://example.gov/d/"),
        (false, "https://example.gov/notice/"),
    ] {
        let site = site().file(
            "content/d.md",
            &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}\n"),
        );
        site.build().assert_ok();
        let before = site.read("feeds/rss.xml");
        site.remove("content/d.md");
        let site = site
            .file(
                "content/notice.md",
                &format!("---\ntitle: A notice\ndate: 2024-01-05\n---\n{words}Corrected.\n"),
            )
            .post("content/e.md", &post("Echo", 9));
        let run = site.build();
        run.assert_code(3);
        assert!(
            run.stderr.contains(
                "error[guard-doubtful]: this may be the post that readers know from content/d.md (by most of \
                 its lines), so feeds do not show it yet\n  --> content/notice.md\n  help: if it is a new \
                 post, run `feedwright accept content/notice.md`; if it is that post, run \
                 `feedwright accept --same content/notice.md`, or write `guid: \
                 https://example.gov/d/` into its front matter"
            ),
            "{}",
            run.stderr
        );
        // Everything else is published, and what was published of it stays.
        assert_eq!(site.titles()[..2], ["Echo", "Delta"]);
        let entry = |text: &str| {
            let (_, rest) = text.split_once("<title>Delta").expect("the entry");
            rest.split_once("</item>").expect("its end").0.to_owned()
        };
        assert_eq!(entry(&site.read("feeds/rss.xml")), entry(&before));
        // It stays so, and is said once to those who want quiet.
        let again = site.build_with(&["-q"]);
        again.assert_code(3);
        assert_eq!(again.stderr, "");
        let arguments: &[&str] = if same {
            &["accept", "--now", NOW, "--same", "content/notice.md"]
        } else {
            &["accept", "--now", NOW, "content/notice.md"]
        };
        site.run(arguments).assert_ok();
        assert_eq!(site.id_of("A notice"), id);
        assert_eq!(site.titles()[..2], ["Echo", "A notice"]);
        site.build_with(&["--locked"]).assert_ok();
        let run = site.run(arguments);
        run.assert_ok();
        let said = "`content/notice.md` is not held, so there is nothing to accept";
        assert!(run.stderr.contains(said), "{}", run.stderr);
        let run = site.run(&["accept", "--now", NOW, "content/notise.md"]);
        run.assert_code(2);
        let said = "nothing that is held is called `content/notise.md`";
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn a_file_that_was_renamed_and_got_a_guid_is_asked_about() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n\
                 They are more than two hundred bytes, so that they are known again anywhere.\n";
    let site = site().file(
        "content/d.md",
        &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}"),
    );
    site.build().assert_ok();
    site.remove("content/d.md");
    let text = format!("---\ntitle: Delta\ndate: 2024-01-04\nguid: urn:example:4\n---\n{words}");
    let site = site.file("content/moved.md", &text);
    let run = site.build();
    run.assert_code(3);
    let said = "readers know this post by the id https://example.gov/d/";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    // A copy with an id of its own is another post.
    let site = site
        .file("content/d.md", &text.replace("guid: urn:example:4\n", ""))
        .file("content/moved.md", &text);
    site.build().assert_ok();
}

#[test]
fn what_a_stop_has_hidden_is_asked_about_after_it() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    let delta = |title: &str, more: &str| {
        format!("---\ntitle: {title}\ndate: 2024-01-04\n---\n{words}{more}\n")
    };
    let site = many("", 8).file("content/d.md", &delta("Delta", ""));
    site.build().assert_ok();
    site.remove("content/d.md");
    let site = site.file("content/notice.md", &delta("A notice", "Corrected.\n"));
    let moved = ["--site-url", "https://www.example.gov"];
    let run = site.build_with(&moved);
    run.assert_code(3);
    assert!(!run.stderr.contains("content/notice.md"), "{}", run.stderr);
    let run = site.build_with(&[&moved[..], &["--accept-resend"]].concat());
    run.assert_code(3);
    let said = "this may be the post that readers know from content/d.md";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!site.titles().contains(&"A notice".to_owned()));
    // Now it has been said.
    site.build_with(&[&moved[..], &["--accept-resend"]].concat())
        .assert_ok();
    assert_eq!(site.id_of("A notice"), "https://www.example.gov/notice/");
}

#[test]
fn an_answer_in_the_front_matter_settles_it() {
    let words = "Many words that say what this post is about, and why the office that wrote it\n\
                 thinks that the public should know of all of this before the end of the year.\n";
    for id in ["https://example.gov/d/", "https://example.gov/another"] {
        let site = site().file(
            "content/d.md",
            &format!("---\ntitle: Delta\ndate: 2024-01-04\n---\n{words}\n"),
        );
        site.build().assert_ok();
        site.remove("content/d.md");
        let notice = format!("title: A notice\ndate: 2024-01-05\n---\n{words}Corrected.\n");
        let site = site.file("content/notice.md", &format!("---\n{notice}"));
        site.build().assert_code(3);
        let site = site.file("content/notice.md", &format!("---\nguid: {id}\n{notice}"));
        site.build().assert_ok();
        assert_eq!(site.id_of("A notice"), id);
    }
}

#[test]
fn another_guid_is_asked_about() {
    let site = site();
    site.build().assert_ok();
    let before = site.read("feeds/atom.xml");
    let site = site.post(
        "content/a.md",
        &(post("Alpha", 1) + "\nguid: tag:example.gov,2024:a"),
    );
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr
            .contains("readers know this post by the id https://example.gov/a/"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/atom.xml"), before);
    let run = site.run(&["accept", "--now", NOW, "resent"]);
    run.assert_ok();
    assert_eq!(site.id_of("Alpha"), "tag:example.gov,2024:a");
}
