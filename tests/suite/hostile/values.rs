//! Values that are read, cleaned or refused.

use crate::site::{NOW, Site};

#[test]
fn ids_of_two_posts_do_not_collide() {
    let body = "A[^1]\n\n## Head\n\n<i id=\"x\">x</i> [there](#head)\n\n[^1]: Note.\n";
    let mut site = Site::new();
    for name in ["a", "b"] {
        site = site.file(
            &format!("content/{name}.md"),
            &format!("---\ntitle: {name}\ndate: 2024-01-01\n---\n{body}"),
        );
    }
    site.build();
    let feed = site.feed();
    let ids = |at: usize| -> Vec<String> {
        let html = feed["items"][at]["content_html"].as_str().expect("HTML");
        html.split(" id=\"")
            .skip(1)
            .map(|part| part.split('"').next().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(ids(0).len(), 4);
    assert!(
        ids(0).iter().all(|id| !ids(1).contains(id)),
        "{:?} {:?}",
        ids(0),
        ids(1)
    );
    // Links within the entry lead to the page, which has the ids as written, but for those of notes.
    for (at, url) in [(0, "https://example.gov/a/"), (1, "https://example.gov/b/")] {
        let html = feed["items"][at]["content_html"].as_str().expect("HTML");
        let note = ids(at)
            .into_iter()
            .find(|id| id.ends_with("-fn1"))
            .expect("the note");
        assert!(html.contains(&format!("\"{url}#{note}\"")), "{html}");
        assert!(html.contains(&format!("\"{url}#head\"")), "{html}");
    }
}

#[test]
fn configuration_is_cleaned_too() {
    let site = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: \"S\\x08\", url: https://example.gov, description: \"<b>D</b>\"}\n\
             content: {folders: [content]}\n\
             feeds: {extra: [{slug: e, tags: a, title: \"x\\x08 \\uFFFEy\", description: \"d\\x01\"}]}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [a]");
    let run = site.build();
    run.assert_ok();
    for file in site
        .files("feeds")
        .iter()
        .filter(|file| file.ends_with(".xml"))
    {
        let text = site.read(&format!("feeds/{file}"));
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    assert!(
        site.read("feeds/feeds/e/rss.xml")
            .contains("<title>x y</title>")
    );
}

#[test]
fn ids_have_no_characters_that_feeds_cannot_have() {
    let settings = "SITENAME = 'T'\nSITEURL = 'https://example.gov'\nTIMEZONE = 'UTC'\n\
                    ARTICLE_URL = '{category}/{slug}/'\n";
    for odd in ["\u{10ffff}", "\u{fdd0}", "\u{85}", "\u{0}"] {
        let post = format!("Title: A\nDate: 2024-01-01\nCategory: x{odd}y\n\nText.\n");
        let site = Site::empty()
            .file("pelicanconf.py", settings)
            .file("content/a.md", &post);
        site.run(&["build", "--verify", "--output", ".", "--now", NOW])
            .assert_ok();
    }
}

#[test]
fn addresses_that_cannot_be_written_are_refused_or_left_out() {
    let site = Site::jekyll("")
        .file("feedwright.yaml", "site: {url: 'https://exa\"mple.gov'}")
        .post("_posts/2024-01-01-a.md", "title: A");
    let run = site.build();
    run.assert_code(2);
    assert!(run.stderr.contains("error[config-url]"), "{}", run.stderr);
    let site = Site::with("").post(
        "content/a.md",
        "title: A\ndate: 2024-01-02\n\
         author: {name: B, email: 'b@examp|le.gov', url: 'https://exa\"mple.gov/'}",
    );
    site.build_with(&["--verify"]).assert_ok();
    assert!(!site.read("feeds/atom.xml").contains("mple.gov/</uri>"));
}

#[test]
fn a_summary_that_shows_nothing_is_none() {
    let site = Site::new().post(
        "content/a.md",
        "title: A\ndate: 2024-01-02\ndescription: '```Some text'",
    );
    site.build().assert_ok();
    assert_eq!(site.feed()["items"][0]["summary"], "Text.");
}

#[test]
fn settings_are_read_whatever_ends_their_lines() {
    let text = "site: {title: S, url: https://example.gov}\r\
                content: {folders: [content]}\rfeeds: ]\r";
    let run = Site::empty().file("feedwright.yaml", text).build();
    run.assert_code(2);
    assert!(run.stderr.contains("feedwright.yaml:3:8"), "{}", run.stderr);
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            &text.replace(']', "{}").replace("[content{}", "[content]"),
        )
        .post("content/a.md", "title: A\ndate: 2024-01-02");
    site.build().assert_ok();
    let cut = b"---\rtitle: A\rx: \xff\r---\r";
    let run = site.bytes("content/b.md", cut).build();
    assert!(run.stderr.contains("content/b.md:3:4"), "{}", run.stderr);
}

#[test]
fn code_of_configurations_has_characters_of_any_length() {
    let config = "const a = \u{ffff}defineCollection({ loader: glob({ base: './notes' }) });\n\
                  export const collections = { a };\n";
    let site = Site::empty()
        .file(
            "astro.config.mjs",
            "export default { site: 'https://example.gov' };",
        )
        .file("src/content.config.ts", config)
        .file("feedwright.yaml", "site: {title: S}")
        .post("src/content/blog/a.md", "title: A\ndate: 2024-01-02");
    let run = site.run(&["list", "--now", NOW]);
    assert!(matches!(run.code, 0 | 1), "{}", run.stderr);
}
