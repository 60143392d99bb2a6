//! What `build` does on a healthy site, and what the program says.

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
fn drafts_and_future_posts_wait() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01")
        .post("content/b.md", "title: B\ndate: 2024-01-02\ndraft: yes")
        .post("content/c.md", "title: C\ndate: 2030-01-01");
    let run = site.build();
    assert!(
        run.stdout.ends_with("1 post, 1 draft, 1 in the future).\n"),
        "{}",
        run.stdout
    );
    assert_eq!(site.titles(), ["A"]);
    site.run(&["build", "--now", "2030-01-01T00:00:00Z"]);
    assert_eq!(site.titles(), ["C", "A"]);
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
fn jekylls_base_path_belongs_to_the_address() {
    let site = Site::jekyll("baseurl: /blog\n").post("_posts/2024-01-01-a.md", "title: A");
    site.build();
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://example.gov/blog/2024/01/01/a.html"
    );
    site.build_with(&["--site-url", "https://new.example"]);
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://new.example/blog/2024/01/01/a.html"
    );
    site.build_with(&["--site-url", "https://new.example/news"]);
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://new.example/news/2024/01/01/a.html"
    );
}

#[test]
fn the_first_limit_is_the_generators() {
    let mut site = Site::jekyll("plugins: [jekyll-feed]\n");
    for day in 1..=25 {
        site = site.post(&format!("_posts/2024-01-{day:02}-a.md"), "title: A");
    }
    site.build();
    assert_eq!(site.titles().len(), 10);
    let site = site.file("feedwright.yaml", "feeds: {limit: 0}");
    site.build_with(&["--accept-resend"]);
    assert_eq!(site.titles().len(), 25);
}

#[test]
fn jekyll_feed_settings() {
    let site = Site::jekyll(
        "feed: {posts_limit: 2, excerpt_only: true, icon: /i.png, tags: {except: [no]}, collections: [guides]}\n\
         collections: {guides: {output: true}}\n",
    )
    .post("_posts/2024-01-01-a.md", "title: A\ntags: yes no")
    .post("_guides/one.md", "title: One\ndate: 2024-01-02");
    let run = site.build();
    run.assert_ok();
    let feed = site.feed();
    assert_eq!(site.titles(), ["A"]);
    assert_eq!(feed["items"][0]["content_html"], serde_json::Value::Null);
    assert_eq!(feed["items"][0]["content_text"], "Text.");
    assert_eq!(feed["favicon"], "https://example.gov/i.png");
    assert!(site.path("feeds/tags/yes/rss.xml").exists());
    assert!(!site.path("feeds/tags/no").exists());
    let guides = site.read("feeds/sections/guides/feed.json");
    assert!(
        guides.contains("https://example.gov/guides/one.html"),
        "{guides}"
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
fn schema_knows_every_documented_key() {
    let schema: serde_json::Value =
        serde_json::from_str(&Site::empty().run(&["schema"]).stdout).expect("JSON");
    let keys: Vec<&String> = schema["properties"]
        .as_object()
        .expect("keys")
        .keys()
        .collect();
    assert_eq!(
        keys,
        [
            "content", "dates", "feeds", "guard", "lints", "site", "state"
        ]
    );
    assert_eq!(schema["additionalProperties"], false);
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
        "Wrote ./feedwright.yaml for a jekyll site with 0 posts; set `site.url` in it, then \
         `feedwright build` makes the feeds.\n"
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

#[test]
fn ids_that_are_no_uris_become_some_in_atom_alone() {
    let site = Site::new()
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\nguid: episode-12 ",
        )
        .post(
            "content/b.md",
            "title: B\ndate: 2024-01-02\nguid: tag:example.gov,2024:b",
        )
        .post(
            "content/c.md",
            "title: C\ndate: 2024-01-03\nguid: urn:uuid:0a1b2c3d-0000-4000-8000-000000000000",
        );
    site.build();
    let (rss, atom) = (site.read("feeds/rss.xml"), site.read("feeds/atom.xml"));
    assert!(
        rss.contains("<guid isPermaLink=\"false\">episode-12</guid>"),
        "{rss}"
    );
    assert_eq!(site.feed()["items"][2]["id"], "episode-12");
    for id in [
        "https://example.gov/#episode-12",
        "tag:example.gov,2024:b",
        "urn:uuid:0a1b2c3d-0000-4000-8000-000000000000",
    ] {
        assert!(atom.contains(&format!("<id>{id}</id>")), "{id}\n{atom}");
    }
}

#[test]
fn every_entry_has_a_summary() {
    let site = Site::new()
        .file(
            "content/a.md",
            "---\ntitle: Picture\ndate: 2024-01-02\n---\n![What it shows](/a.png)\n",
        )
        .file(
            "content/b.md",
            "---\ntitle: Nothing\ndate: 2024-01-01\n---\n",
        );
    site.build();
    let feed = site.feed();
    assert_eq!(feed["items"][0]["summary"], "What it shows");
    assert_eq!(feed["items"][1]["summary"], "Nothing");
    assert_eq!(feed["items"][1]["content_text"], "Nothing");
}

#[test]
fn html_posts_are_not_markdown() {
    let site = Site::jekyll("").file(
        "_posts/2024-01-01-a.html",
        "---\ntitle: A\n---\n<div>\n\n    <p>Hello *world*</p>\n\n</div>\n",
    );
    site.build();
    assert_eq!(
        site.content(),
        "<div>\n\n    <p>Hello *world*</p>\n\n</div>"
    );
    assert_eq!(site.feed()["items"][0]["summary"], "Hello *world*");
}

#[test]
fn what_nobody_sees_is_in_nobodys_way() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: 2024-01-01\npermalink: /x/")
        .post(
            "content/0.md",
            "title: Draft\ndate: 2024-01-01\npermalink: /x/\ndraft: true",
        )
        .post("content/c.md", "title: Draft without a date\ndraft: true");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["A"]);
}

#[test]
fn lines_may_end_as_on_old_macs() {
    let site = Site::new().file(
        "content/a.md",
        "---\rtitle: A\rdate: 2024-01-01\r---\rOne.\r\rTwo.\r",
    );
    site.build();
    assert_eq!(site.titles(), ["A"]);
    assert_eq!(site.content(), "<p>One.</p>\n<p>Two.</p>");
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    let site = Site::new().file("content/2024-01-01-a.md", "---\n\n# Title\n\nText.\n");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["Title"]);
}

#[test]
fn jekylls_posts_may_have_a_permalink_as_a_collection() {
    let site = Site::jekyll(
        "permalink: date\ncollections_dir: all\ncollections: {posts: {permalink: /blog/:title/}}\n",
    )
    .post("all/_posts/2024-01-01-a.md", "title: A");
    site.build();
    assert_eq!(
        site.feed()["items"][0]["url"],
        "https://example.gov/blog/a/"
    );
    assert_eq!(site.feed()["items"][0]["tags"], serde_json::Value::Null);
}

#[test]
fn commas_between_categories_stay_in_jekylls_permalinks() {
    let site = Site::jekyll("").post(
        "_posts/2024-01-01-a.md",
        "title: A\ncategories: News, Web Dev",
    );
    site.build();
    let feed = site.feed();
    assert_eq!(
        feed["items"][0]["url"],
        "https://example.gov/news,/web/dev/2024/01/01/a.html"
    );
    assert_eq!(
        feed["items"][0]["tags"],
        serde_json::json!(["News", "Web Dev"])
    );
}

#[test]
fn summaries_end_at_markers_that_are_no_code() {
    let summary = |body: &str| {
        let site = Site::new().body(body);
        site.build();
        site.feed()["items"][0]["summary"]
            .as_str()
            .expect("a summary")
            .to_owned()
    };
    assert_eq!(summary("One.\n\nTwo.\n<!--more-->\nThree."), "One. Two.");
    assert_eq!(
        summary("About `<!--more-->` markers."),
        "About <!--more--> markers."
    );
    assert_eq!(
        summary("a [link][r] b\n<!-- more -->\n\nc\n\n[r]: /x"),
        "a link b"
    );
    assert_eq!(summary("text[^1]<!--more--> c\n\n[^1]: n"), "text");
    assert_eq!(summary("<!--more-->\nAll of it."), "All of it.");
}

#[test]
fn nobody_is_sent_to_a_hidden_post() {
    let site = Site::jekyll("timezone: UTC\n")
        .post("_posts/2024-01-01-a.md", "title: A\nstatus: [draft]")
        .post("_posts/2024-01-02-b.md", "title: B\npublished: [false]")
        .file(
            "_posts/2024-01-03-c.md",
            "---\ntitle: C\n---\n[a]({% post_url 2024-01-01-a %})\n",
        );
    let run = site.build();
    assert_eq!(site.titles(), ["C"]);
    assert!(run.stderr.contains("{% post_url %}"), "{}", run.stderr);
    assert!(!site.content().contains("2024/01/01"), "{}", site.content());
}

#[test]
fn formats_whose_paths_meet_are_refused() {
    let site = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\ncontent: {folders: [content]}\n\
             feeds: {taxonomy_paths: {rss: \"/t/:slug.xml\", atom: \"/t/x.xml/:slug\"}}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x]");
    let run = site.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[feed-path-duplicate]"),
        "{}",
        run.stderr
    );
    assert!(!site.path("feeds").exists());
}

#[test]
fn what_is_indented_in_an_html_post_is_no_code() {
    let site = Site::jekyll("timezone: UTC\n").file(
        "_posts/2024-01-01-a.html",
        "---\ntitle: A\n---\n<div>\n\n    {% include x %}<p>One *two*</p>\n</div>\n<!--more-->\n<p>Rest</p>\n",
    );
    let run = site.build();
    assert!(
        run.stderr.contains("left out: {% include x %}\n"),
        "{}",
        run.stderr
    );
    assert!(!site.content().contains("{%"), "{}", site.content());
    assert_eq!(site.feed()["items"][0]["summary"], "One *two*");
}

#[test]
fn settings_do_what_they_say() {
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, rights: Free, icon: /i.ico, logo: /l.png}\n\
             content:\n  folders: [content]\n  ignore: [\"content/old/**\", \"*.tmp.md\"]\n  \
             permalink: /:year/:slug/\n  drafts: true\n  future: true\n  \
             fields: {published: [shown, date], tags: labels}\n\
             feeds: {include: [kept], content: summary}\ndates: {order: dmy}\n",
        )
        .post(
            "content/a.md",
            "title: A\nshown: 03/04/2021\ndate: 2021-01-01\nlabels: [kept, other]\ntags: [no]",
        )
        .post("content/b.md", "title: B\ndate: 2030-01-01\ndraft: true")
        .post("content/old/c.md", "title: C")
        .post("content/d.tmp.md", "title: D");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["B", "A"]);
    let feed = site.feed();
    assert_eq!(feed["items"][1]["url"], "https://example.gov/2021/a/");
    assert_eq!(
        feed["items"][1]["date_published"],
        "2021-04-03T00:00:00+00:00"
    );
    assert_eq!(
        feed["items"][1]["tags"],
        serde_json::json!(["kept", "other"])
    );
    assert_eq!(feed["items"][1]["content_html"], serde_json::Value::Null);
    assert_eq!(feed["icon"], "https://example.gov/l.png");
    assert_eq!(feed["favicon"], "https://example.gov/i.ico");
    assert!(
        site.read("feeds/rss.xml")
            .contains("<copyright>Free</copyright>")
    );
    assert!(site.path("feeds/tags/kept/atom.xml").exists());
    assert!(!site.path("feeds/tags/other").exists());
}

#[test]
fn a_configuration_may_lie_elsewhere() {
    let site = Site::empty()
        .file(
            "etc/own.yaml",
            "site: {title: Own, url: https://example.gov}\n",
        )
        .post("site/a.md", "title: A\ndate: 2024-01-01");
    let run = site.build_with(&["site", "--config", "etc/own.yaml"]);
    run.assert_ok();
    assert!(
        site.read("site/feeds/atom.xml")
            .contains("<title>Own</title>")
    );
    let run = site.build_with(&["site", "--config", "etc/none.yaml"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("cannot read etc/none.yaml"),
        "{}",
        run.stderr
    );
}
