//! Scripts, names and characters that are not to come out.

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
            again.stdout.contains("Nothing changed: "),
            "{}",
            again.stdout
        );
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
