//! What messages have to say: where, in which order, once, and in whole sentences.

use std::fs;

use crate::site::{NOW, Site};

/// What is wrong with the lock hides behind no other message.
#[test]
fn a_damaged_lock_is_named_where_it_alone_knows_the_address() {
    let site = Site::empty().body("Text.");
    site.build_with(&["--site-url", "https://example.gov"])
        .assert_ok();
    let good = site.read("feedwright.lock");
    let lock = site.path("feedwright.lock");
    let check = |code: &str| {
        let run = site.build();
        run.assert_code(2);
        let said = format!("error[{code}]: ");
        assert!(run.stderr.starts_with(&said), "{code}\n{}", run.stderr);
        assert!(!run.stderr.contains("config-url"), "{}", run.stderr);
    };
    for (text, code) in [
        (&good[..40], "lock-cut"),
        (&good[..good.len() / 2], "lock-cut"),
        ("", "lock-unreadable"),
        (&format!("<<<<<<< HEAD\n{good}"), "lock-conflict"),
    ] {
        fs::write(&lock, text).expect("a file");
        check(code);
    }
    fs::remove_file(&lock).expect("it goes");
    fs::create_dir(&lock).expect("a folder");
    check("lock-unreadable");
    fs::remove_dir(&lock).expect("it goes");
    let run = site.build();
    assert!(
        run.stderr.starts_with("error[config-url]: "),
        "{}",
        run.stderr
    );
}

/// However many feeds there are, the command fits on a line, and works.
#[test]
fn what_a_lost_lock_knew_is_taken_from_a_folder() {
    let site = (1..=4).fold(Site::new(), |site, day| {
        site.post(
            &format!("content/p{day}.md"),
            &format!("title: P{day}\ndate: 2024-01-0{day}\ntags: [t{day}]"),
        )
    });
    site.build().assert_ok();
    let settings = site.read("feedwright.yaml");
    site.remove("feedwright.lock");
    let permalink = settings.replace("[content]", "[content], permalink: '/:year/:slug/'");
    let site = site.file("feedwright.yaml", &permalink);
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains("`feedwright adopt feeds` keeps"),
        "{}",
        run.stderr
    );
    site.run(&["adopt", "feeds", "--now", NOW]).assert_ok();
    site.build().assert_ok();
    assert_eq!(site.id_of("P1"), "https://example.gov/p1/");
    let site = site.file("empty/x.txt", "");
    let run = site.run(&["adopt", "empty"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("there is no feed in empty"),
        "{}",
        run.stderr
    );
}
