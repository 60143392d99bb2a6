//! Posts that strangers send: what comes out is safe, whatever goes in.

use crate::site::{NOW, Site};

#[test]
fn no_script_in_any_disguise() {
    for body in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](  JAVASCRIPT:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "<a href=\"jav&#x0A;ascript:alert(1)\">a</a>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src=\"https://x.example/\" title=\"<script>alert(1)</script>\"></iframe>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<style>@import 'javascript:alert(1)'</style>",
        "<p style=\"background:url(javascript:alert(1))\">a</p>",
        "# a {onclick=alert(1) .x}",
        "```\"><script>alert(1)</script>\na\n```",
        "![\"onload=\"alert(1)](/a.png \"\\\" onerror=\\\"alert(1)\")",
        "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
        "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    ] {
        let site = Site::new().body(&format!("Text.\n\n{body}\n"));
        let run = site.build();
        assert_eq!(run.code, 0, "{body}: {}", run.stderr);
        let html = site.content().to_lowercase();
        // Attributes and elements are what matters; text about them is harmless.
        let text_only = html.replace("&lt;", "").replace("&quot;", "");
        for bad in [
            "<script",
            " onerror=\"",
            " onload=\"",
            " onclick=\"",
            "javascript:",
            "<iframe",
            "<svg",
            "<style",
            "data:",
            "srcdoc=\"",
        ] {
            assert!(!text_only.contains(bad), "{body}\n{html}");
        }
    }
}

#[test]
fn tags_cannot_name_a_path_elsewhere() {
    let site = Site::new().post(
        "content/a.md",
        "title: A\ndate: 2024-01-01\ntags: ['../../etc/passwd', '..', '/', 'C:\\x', \"nul\\0\", '.', '%2e%2e']",
    );
    let before: Vec<String> = site
        .files("")
        .into_iter()
        .filter(|f| !f.starts_with("feeds/"))
        .collect();
    let run = site.build();
    run.assert_ok();
    let after: Vec<String> = site
        .files("")
        .into_iter()
        .filter(|f| !f.starts_with("feeds/"))
        .collect();
    assert_eq!(
        [&before[..], &["feedwright.lock".to_owned()]]
            .concat()
            .len(),
        after.len()
    );
    assert!(before.iter().all(|file| after.contains(file)));
    assert!(
        site.path("feeds/tags/etc-passwd/rss.xml").exists(),
        "{:?}",
        site.files("feeds")
    );
    assert_eq!(site.files("feeds").len() % 3, 0);
}

/// A lock can come with a stranger's pull request: it names no file that is removed but a feed.
#[test]
fn a_lock_cannot_have_posts_removed() {
    let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x]");
    site.build().assert_ok();
    let lock = site.read("feedwright.lock");
    let hostile = lock.replace("\"feeds/rss.xml\"", "\"content/a.md\",\"feeds/rss.xml\"");
    assert_ne!(lock, hostile);
    let site = site.file("feedwright.lock", &hostile);
    let run = site.build_with(&["--prune"]);
    run.assert_ok();
    assert!(!run.stdout.contains("removed"), "{}", run.stdout);
    assert!(site.path("content/a.md").exists());
    assert_eq!(site.read("feedwright.lock"), lock);
}

#[test]
fn forbidden_characters_never_come_out() {
    let site = Site::new().post(
        "content/a.md",
        "title: \"A\\x08B\\uFFFEC\"\ndate: 2024-01-01\ntags: [\"x\\x0By\"]\nauthor: \"N\\x01\"\ndescription: \"S\\x1f\"",
    );
    let site = site.file(
        "content/b.md",
        "---\ntitle: B\ndate: 2024-01-02\n---\n&#8; &#xFFFF; \u{b}\u{fffe}\u{92} `\u{8}` &#x1F;\n\n<p title=\"&#8;\u{1}\">x\u{c}</p>\n",
    );
    let run = site.build();
    run.assert_ok();
    for file in site.files("feeds") {
        let text = site.read(&format!("feeds/{file}"));
        assert!(
            !text.chars().any(|c| c != '\n'
                && c != '\t'
                && (c.is_control() || c == '\u{fffe}' || c == '\u{ffff}')),
            "{file}"
        );
        if file.ends_with(".xml") {
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }
    assert!(
        site.read("feeds/atom.xml").contains('’'),
        "Windows-1252 punctuation is what it was"
    );
}

#[test]
fn no_name_stops_the_rest() {
    let name = "a\u{1}\u{fffe}\u{85}b";
    let pelican = Site::empty()
        .file(
            "pelicanconf.py",
            "SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nARTICLE_URL = '{slug}'\n",
        )
        .file("content/good.md", "Title: Good\nDate: 2024-01-01\n\nText\n")
        .file(
            "content/slug.md",
            &format!("Title: Bad\nDate: 2024-01-02\nSlug: {name}\u{a0}\nTags: {name}\n\nText\n"),
        )
        .file(&format!("content/{name}.md"), "Date: 2024-01-03\n\nText\n");
    let plain = Site::new()
        .post("content/good.md", "title: Good\ndate: 2024-01-01")
        .post(&format!("content/{name}.md"), "date: 2024-01-02");
    let jekyll = Site::jekyll("")
        .post("_posts/2024-01-01-good.md", "title: Good")
        .post(&format!("_posts/2024-01-02-{name}.md"), "tags: [a]");
    let zola = Site::empty()
        .file(
            "config.toml",
            "title = \"Site\"\nbase_url = \"https://example.gov\"\n[slugify]\npaths = \"off\"\n",
        )
        .file(
            "content/good.md",
            "+++\ntitle = \"Good\"\ndate = 2024-01-01\n+++\nText\n",
        )
        .file(
            &format!("content/{name}.md"),
            "+++\ndate = 2024-01-02\n+++\nText\n",
        );
    for site in [pelican, plain, jekyll, zola] {
        let run = site.run(&["build", "--now", NOW, "--verify", "--output", "out"]);
        run.assert_ok();
        let list = site.run(&["list", "--json", "--now", NOW]).stdout;
        assert!(list.lines().count() > 1, "{list}");
        for line in list.lines() {
            let post: serde_json::Value = serde_json::from_str(line).expect("JSON");
            for key in ["id", "url", "title"] {
                let text = post[key].as_str().expect("text");
                let is_bad = |c: char| c.is_control() || c == '\u{fffe}';
                assert!(!text.contains(is_bad) && text.trim() == text, "{line}");
            }
        }
        let again = site.run(&["build", "--now", NOW, "--output", "out"]);
        again.assert_ok();
        assert!(
            again.stdout.contains("0 created, 0 updated"),
            "{}",
            again.stdout
        );
    }
}

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
    // Links within the entry lead to its own ids.
    for at in [0, 1] {
        let html = feed["items"][at]["content_html"].as_str().expect("HTML");
        let head = ids(at)
            .into_iter()
            .find(|id| id.ends_with("-head"))
            .expect("the heading");
        assert!(html.contains(&format!("#{head}\"")), "{html}");
    }
}

#[test]
fn ordinary_posts_are_not_taken_for_hostile_ones() {
    for body in [
        "![a](/i.png)\n\n".repeat(250),
        format!("<svg>{}</svg>\n\nText.", "<path d=\"M0 0\"/>\n".repeat(450)),
        "<p>One <b>bold</b>\n".repeat(500),
        format!("<ul>{}</ul>", "<li><a href=/x>a</a>\n".repeat(1_000)),
        "[[[ not a list ]]] {{{ }}}".to_owned(),
    ] {
        let site = Site::new().body(&format!("Text.\n\n{body}\n"));
        let run = site.build();
        assert_eq!(run.code, 0, "{}… {}", &body[..20], run.stderr);
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

#[cfg(unix)]
#[test]
fn links_cannot_publish_what_lies_outside() {
    use std::os::unix::fs::symlink;

    let secret = tempfile::tempdir().expect("a folder");
    std::fs::write(secret.path().join("a.yml"), "api_key: hunter2").expect("a file");
    let site = Site::jekyll("").post("_posts/2024-01-01-a.md", "title: A\nauthor: api_key");
    std::fs::create_dir(site.path("_data")).expect("a folder");
    symlink(secret.path().join("a.yml"), site.path("_data/authors.yml")).expect("a link");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("_data/authors.yml is a link that leads out of the site"),
        "{}",
        run.stderr
    );

    let site = Site::new();
    symlink(secret.path(), site.path("content")).expect("a link");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("the content folder content leads out of the site"),
        "{}",
        run.stderr
    );
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
fn no_tag_leads_a_feed_among_the_posts() {
    let site = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\ncontent: {folders: [content]}\n\
             feeds: {formats: [rss], taxonomy_paths: {rss: \"/:slug/x.xml\"}}\n",
        )
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\ntags: [content]",
        );
    let run = site.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[feed-in-content]"),
        "{}",
        run.stderr
    );
    assert_eq!(site.files("content"), ["a.md"]);
}

#[test]
fn no_feed_takes_the_place_of_what_programs_read() {
    for path in [
        "/feedwright.lock",
        "/FEEDWRIGHT.LOCK",
        "/feedwright.yaml",
        "/feedwright.lock./x.xml",
        "/.git/hooks/post-merge",
        "/.GIT/config",
        "/%2egit/config",
        "/.github/workflows/x.yml",
        "/feeds/.htaccess",
        "/.gitattributes",
    ] {
        for key in ["paths", "taxonomy_paths"] {
            let slug = if key == "paths" { "" } else { "/:slug" };
            let site = Site::with(&format!("feeds: {{{key}: {{atom: \"{path}{slug}\"}}}}\n"))
                .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [a]");
            let before = site.files("");
            let run = site.build();
            run.assert_code(2);
            assert!(
                run.stderr.contains("error[config-path]"),
                "{path}: {}",
                run.stderr
            );
            assert_eq!(site.files(""), before, "{path}");
        }
    }
    for output in [".git", ".github/workflows", "x/../.git", ".GIT"] {
        let site = Site::with(&format!("feeds: {{output: {output}}}\n"))
            .post("content/a.md", "title: A\ndate: 2024-01-01");
        let run = site.build();
        run.assert_code(2);
        assert!(
            run.stderr.contains("error[config-output]"),
            "{output}: {}",
            run.stderr
        );
    }
    let site = Site::with(
        "feeds: {output: .output/public, paths: {atom: /.well-known/feed.xml}, taxonomy_paths: {rss: /:slug/config}}\n",
    )
    .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [.git, .github]");
    site.build().assert_ok();
    assert!(site.path(".output/public/.well-known/feed.xml").is_file());
    let files = site.files(".output/public");
    assert!(!files.iter().any(|file| file.contains(".git")), "{files:?}");
}

#[test]
fn includes_stay_inside_the_site() {
    let body = "---\ntitle: A\n---\n{% include ok.html x=\"*y*\" %}\n\n\
                a{% include ../_config.yml %}{% include /etc/passwd %}{% include a\\..\\b %}\
                {% include link.html %}{% include loop.html %}b\n";
    let site = Site::jekyll("timezone: UTC\n")
        .file("_posts/2024-01-01-a.md", body)
        .file(
            "_includes/ok.html",
            "<i>{{ include.x | remove: '*' }}</i>\n",
        )
        .file(
            "_includes/loop.html",
            "{% include loop.html %}{% include loop.html %}",
        );
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", site.path("_includes/link.html")).expect("a link");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.content(), "<p><i>y</i></p>\n<p>ab</p>");
    assert_eq!(
        run.stderr.matches("template-dropped").count(),
        1,
        "{}",
        run.stderr
    );
}

#[test]
fn configurations_of_generators_write_nowhere_else() {
    let hexo = |folder: &str| {
        Site::empty()
            .file(
                "_config.yml",
                &format!("title: T\nurl: https://example.gov\npublic_dir: {folder}\n"),
            )
            .post("source/_posts/a.md", "title: A\ndate: 2024-01-01")
    };
    let pelican = |folder: &str| {
        Site::empty()
            .file(
                "pelicanconf.py",
                &format!(
                    "SITENAME = 'T'\nSITEURL = 'https://example.gov'\nOUTPUT_PATH = '{folder}'\n"
                ),
            )
            .file("content/a.md", "Title: A\nDate: 2024-01-01\n\nText.\n")
    };
    for site in [
        hexo("../outside"),
        hexo("/"),
        pelican("../outside"),
        pelican("/tmp"),
    ] {
        let before = site.files("");
        let run = site.run(&["build", "--now", NOW]);
        run.assert_code(2);
        assert!(
            run.stderr.contains("error[config-output]"),
            "{}",
            run.stderr
        );
        assert_eq!(site.files(""), before, "something was written");
    }
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
