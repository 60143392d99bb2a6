//! What must not grow or nest without end.

use crate::site::{NOW, Site};

#[test]
fn deep_nesting_ends_soon() {
    for (body, code) in [
        (">".repeat(50_000) + " a", 1),
        ("- ".repeat(5_000) + "a", 1),
        ("*".repeat(20_000) + "a" + &"*".repeat(20_000), 1),
        ("[".repeat(50_000) + "a" + &"](b)".repeat(10), 0),
        ("<b>".repeat(50_000) + "a", 1),
        ("`".repeat(50_001), 0),
        ("{{".repeat(20_000) + "a" + &"}}".repeat(20_000), 0),
        ("{% if a %}".repeat(5_000) + "a", 0),
        ("![".repeat(20_000) + "a", 0),
    ] {
        let site = Site::new().body(&format!("Text.\n\n{body}\n"));
        let run = site.build();
        assert_eq!(run.code, code, "{}… {}", &body[..20], run.stderr);
    }
}

#[test]
fn small_posts_cannot_grow_without_end() {
    let filters = " | replace: \"a\",\"aaaaaaaaaa\"".repeat(11);
    let many = "`a` {{ x }} ".repeat(5_000);
    for body in [
        format!("{{{{ \"a\"{filters} }}}}"),
        "{{".repeat(100_000),
        "{% if x %}".repeat(50_000),
        many,
        "{:".repeat(100_000),
        "[a](".repeat(20_000),
        "```\n```\n".repeat(20_000),
    ] {
        let site = Site::jekyll("timezone: UTC\n").file(
            "_posts/2024-01-01-a.md",
            &format!("---\ntitle: A\n---\nText.\n\n{body}\n"),
        );
        let run = site.build();
        assert_eq!(run.code, 0, "{}… {}", &body[..20], run.stderr);
        assert!(
            site.content().len() < body.len() * 4 + 1_000,
            "{}…",
            &body[..20]
        );
    }
    let bomb = format!(
        "title: A\ndate: 2024-01-01\na: &a \"{}\"\nb: [{}]",
        "x".repeat(100_000),
        vec!["*a"; 1_000].join(",")
    );
    let run = Site::new().post("content/a.md", &bomb).build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("its aliases make it too large"),
        "{}",
        run.stderr
    );
    let run = Site::new()
        .post("content/a.md", &format!("title: {}", "[".repeat(50_000)))
        .build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[front-matter-nested]"),
        "{}",
        run.stderr
    );
    let tags: Vec<String> = (0..5_000).map(|number| format!("t{number}")).collect();
    let post = format!("title: A\ndate: 2024-01-01\ntags: [{}]", tags.join(","));
    assert_eq!(
        Site::new()
            .post("content/a.md", &post)
            .build_with(&["-n"])
            .code,
        0
    );
}

#[test]
fn template_code_that_is_never_closed_is_left_out() {
    let site = Site::jekyll("timezone: UTC\n").file(
        "_posts/2024-01-01-a.md",
        "---\ntitle: A\n---\nBefore {% include x\n\n  y=\"z\" %} after.\n\nHere {{ never\ncloses.\n\n`{{ code`\n",
    );
    let run = site.build();
    assert_eq!(
        site.content(),
        "<p>Before  after.</p>\n<p>Here\ncloses.</p>\n<p><code>{{ code</code></p>"
    );
    assert!(
        run.stderr.contains("left out: {% include x %} {{\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_permalinks_are_made_of_is_bounded() {
    let long = "x".repeat(100_000);
    let slug = Site::jekyll("permalink: /:title/\n")
        .post("_posts/2024-01-01-a.md", &format!("title: A\nslug: {long}"));
    let run = slug.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[permalink-long]"),
        "{}",
        run.stderr
    );
    let pattern = Site::jekyll(&format!("permalink: {}\n", "/:title".repeat(10_000)))
        .post("_posts/2024-01-01-a.md", "title: A");
    let run = pattern.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[permalink-placeholder]") && run.stderr.len() < 2_000,
        "{}",
        run.stderr
    );
}

#[test]
fn templates_do_not_multiply() {
    let open: String = (0..50)
        .map(|at| format!("{}note\n", ":".repeat(3 + at)))
        .collect();
    let site = Site::empty()
        .file(
            "docusaurus.config.js",
            "module.exports = {title: 'T', url: 'https://example.gov', baseUrl: '/'}",
        )
        .post("blog/2024-01-02-b.md", "title: B")
        .file(
            "blog/2024-01-01-a.md",
            &format!("---\ntitle: A\n---\n{open}{}:::\n", " ".repeat(100_000)),
        );
    let run = site.run(&["build", "--output", ".", "--now", NOW]);
    run.assert_ok();
    assert!(site.read("feeds/feed.json").len() < 1_000_000);
}

#[test]
fn configurations_that_nest_without_end_are_refused() {
    let deep = format!("a: {}{}\n", "[".repeat(50_000), "]".repeat(50_000));
    let site = Site::jekyll(&deep).post("_posts/2024-01-01-a.md", "title: A");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains("it nests too deeply to be read"),
        "{}",
        run.stderr
    );
}
