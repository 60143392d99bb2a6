//! Arguments, the environment and what the program says.

use crate::site::{NOW, Site};

#[test]
fn build_is_the_default_command() {
    let site = Site::new().body("Text.");
    let run = site.run(&[]);
    run.assert_ok();
    assert_eq!(
        run.stdout,
        "created   feeds/rss.xml  (1 entry, Site)\n\
         created   feeds/atom.xml  (1 entry, Site)\n\
         created   feeds/feed.json  (1 entry, Site)\n\
         Wrote 3 of 3 feed files to . (3 created, 0 updated, 0 unchanged; 1 post).\n"
    );
}

#[test]
fn source_date_epoch_is_the_present() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01")
        .post("content/b.md", "title: B\ndate: 2024-06-01");
    let output = site
        .command(&["build"])
        .env("SOURCE_DATE_EPOCH", "1706745600") // 2024-02-01
        .output()
        .expect("the program");
    assert!(output.status.success());
    assert_eq!(site.titles(), ["A"]);
}

#[test]
fn command_line_goes_over_configuration() {
    let site = Site::new().body("Text.");
    let run = site.build_with(&[
        "--site-url",
        "https://other.example/sub",
        "--timezone",
        "Asia/Tokyo",
        "--output",
        "public",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let feed: serde_json::Value =
        serde_json::from_str(&site.read("public/feeds/feed.json")).expect("JSON");
    assert_eq!(
        feed["feed_url"],
        "https://other.example/sub/feeds/feed.json"
    );
    assert_eq!(feed["items"][0]["url"], "https://other.example/sub/post/");
    assert_eq!(
        feed["items"][0]["date_published"],
        "2024-01-02T00:00:00+09:00"
    );
}

#[test]
fn similar_warnings_are_folded() {
    let mut site = Site::new();
    for number in 1..=6 {
        site = site.post(
            &format!("content/{number}.md"),
            &format!("title: A\ndate: 2024-01-0{number}\nimage: no.png"),
        );
    }
    let run = site.build();
    assert_eq!(
        run.stderr,
        "warning[image-missing]: the image `no.png` is neither a URL, nor a path from the site's \
         root, nor a file of the site\n  --> content/1.md:4:8\n  help: write its path from the \
         site's root, as in `/assets/img/name.jpg`\n  and 5 more like it: content/2.md:4:8, \
         content/3.md:4:8, content/4.md:4:8, … (-v shows all)\n\
         1 note (-v shows it)\n"
    );
    assert_eq!(
        site.build_with(&["-v"]).stderr.matches("warning[").count(),
        6
    );
    assert!(!site.build_with(&["-q"]).stderr.contains("note"));
    assert_eq!(site.build_with(&["-q"]).stdout, "");
}

#[test]
fn messages_for_machines() {
    let site = Site::new().post(
        "content/a,b%.md",
        "title: A\ndate: |\n  soon\n  ::error::injected",
    );
    let run = site.run(&["build", "--message-format", "github", "--now", NOW]);
    run.assert_code(1);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("::error title=") || line.starts_with("::notice title=")),
        "{lines:?}"
    );
    let error = lines
        .iter()
        .find(|line| line.starts_with("::error"))
        .expect("an error");
    assert!(
        error.contains("file=content/a%2Cb%25.md,line=3,col=7::"),
        "{error}"
    );
    assert!(error.contains("soon%0A::error::injected"), "{error}");

    let run = site.run(&["build", "--message-format", "json", "--now", NOW]);
    for line in run.stderr.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(value["code"].is_string() && value["message"].is_string());
    }
    assert!(
        run.stderr
            .contains("\"path\":\"content/a,b%.md\",\"line\":3,\"column\":7"),
        "{}",
        run.stderr
    );
}

#[test]
fn terminal_controls_are_shown_and_not_sent() {
    let site = Site::new().post(
        "content/a.md",
        "title: \"A \\e[31mred\\u202e\"\ndate: \"\\e[2J\"",
    );
    let run = site.build();
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
    assert!(run.stderr.contains("\\u{1b}[2J"), "{:?}", run.stderr);
}

#[test]
fn report_lists_every_feed() {
    let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x]");
    let run = site.build_with(&["--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["refused"], false);
    assert_eq!(report["posts"]["published"], 1);
    let feeds = report["feeds"].as_array().expect("feeds");
    assert_eq!(feeds.len(), 6);
    assert_eq!(
        feeds[4],
        serde_json::json!({
            "title": "Site: x", "format": "atom", "path": "feeds/tags/x/atom.xml",
            "url": "https://example.gov/feeds/tags/x/atom.xml", "entries": 1, "change": "created",
        })
    );
}

#[test]
fn other_commands_print() {
    let site = Site::empty();
    for (arguments, part) in [
        (&["schema"][..], "\"title\": \"feedwright.yaml\""),
        (&["completions", "bash"], "_feedwright"),
        (&["man"], ".TH feedwright 1"),
        (&["--help"], "Exit codes: 0 done; 1 content was refused"),
        (&["--version"], "feedwright 0."),
    ] {
        let run = site.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}");
        assert!(run.stdout.contains(part), "{arguments:?}: {}", run.stdout);
    }
    site.run(&["nonsense"]).assert_code(2);
}

#[test]
fn init_writes_a_configuration_that_builds() {
    let site = Site::empty()
        .file("_config.yml", "title: \"Quotes \\\" and: colons\"\n")
        .post("_posts/2024-01-01-a.md", "title: A\ndate: 03/04/2021");
    let run = site.run(&["init"]);
    run.assert_ok();
    assert_eq!(
        run.stdout,
        "Wrote ./feedwright.yaml for a Jekyll site with 0 posts; set `site.url` in it, then \
         `feedwright build` makes the feeds.\n  1 file could not be read and would be missing: \
         `feedwright check` says why.\n  Known by `_config.yml`, `_posts/`.\n  Jekyll publishes \
         feedwright.yaml and feedwright.lock with the site: add to `exclude` in _config.yml: \
         [feedwright.yaml, feedwright.lock].\n  Added a line to \
         .gitattributes, so that Git merges feedwright.lock by itself.\n"
    );
    let config = site.read("feedwright.yaml");
    assert!(config.contains("  dialect: jekyll\n"), "{config}");
    assert!(
        config.contains("1 date could be read in two ways"),
        "{config}"
    );
    assert_eq!(
        site.run(&["init"]).code,
        2,
        "an existing file is not replaced"
    );

    let site = site
        .file(
            "feedwright.yaml",
            &config.replace(
                "  # url: https://www.example.gov",
                "  url: https://a.example",
            ),
        )
        .post("_posts/2024-01-01-a.md", "title: A");
    let run = site.build();
    run.assert_ok();
}
