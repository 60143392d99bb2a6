//! Posts taken from the rendered site.

use crate::site::Site;

const TEXT: &str = "The council met on Monday and agreed on a plan for the coming year.";

/// A site whose one post has this page.
fn site(settings: &str) -> Site {
    Site::empty()
        .file(
            "feedwright.yaml",
            &format!(
                "site: {{title: Site, url: https://example.gov, timezone: UTC}}\n\
                 content: {{folders: [content], {settings}}}\n"
            ),
        )
        .body(&format!("{TEXT}\n\n{{{{< chart >}}}}"))
}

fn page(inner: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Post</title><script>x()</script></head><body>\
         <nav><a href=/>Home</a></nav><main><article><header><h1>Post</h1>\
         <p class=post-meta><time>January 2</time></p></header>{inner}\
         <footer class=post-footer>Filed under News</footer></article>\
         <aside class=related><h2>More</h2><p>Another post about a plan</p></aside></main>\
         <footer>Contact us</footer></body></html>"
    )
}

fn check(inner: &str, expected: &str) {
    let site = site("rendered: _site").file("_site/post/index.html", &page(inner));
    let run = site.build();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{inner}");
    assert_eq!(site.content(), expected, "{inner}");
}

/// Pages of before UTF-8 say what they are written in.
#[test]
fn another_encoding() {
    let inner = format!("<div class=entry-content><p>{TEXT}</p><p>Déjà vu</p></div>");
    let text = page(&inner).replace("<head>", "<head><meta charset=iso-8859-1>");
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let site = site("rendered: _site").bytes("_site/post/index.html", &latin);
    site.build().assert_ok();
    assert_eq!(site.content(), format!("<p>{TEXT}</p><p>Déjà vu</p>"));
}

#[test]
fn the_page_goes_over_the_source() {
    check(
        &format!("<p>{TEXT}</p><figure><img src=chart.png alt=Chart></figure>"),
        &format!(
            "<p>{TEXT}</p><figure><img src=\"https://example.gov/post/chart.png\" alt=\"Chart\"></figure>"
        ),
    );
}

#[test]
fn links_count_from_the_base_of_the_page() {
    let page = page(&format!("<p>{TEXT} <a href=x>x</a> <a href=/y>y</a></p>"));
    let page = page.replace("<head>", "<head><base target=_top><base href=\"/docs/\">");
    let site = site("rendered: _site").file("_site/post/index.html", &page);
    site.build().assert_ok();
    let links =
        "<a href=\"https://example.gov/docs/x\">x</a> <a href=\"https://example.gov/y\">y</a>";
    assert_eq!(site.content(), format!("<p>{TEXT} {links}</p>"));
}

#[test]
fn the_summary_is_none_of_the_text() {
    let site = site("rendered: _site")
        .file(
            "content/post.md",
            &format!(
                "---\ntitle: Post\ndate: 2024-01-02\ndescription: What was decided.\n---\n{TEXT}\n"
            ),
        )
        .file(
            "_site/post/index.html",
            &page(&format!("<div><p>What was decided.</p><p>{TEXT}</p></div>")),
        );
    site.build().assert_ok();
    assert_eq!(site.content(), format!("<div><p>{TEXT}</p></div>"));
}

#[test]
fn what_themes_add_goes() {
    let expected = format!("<p>{TEXT}</p>");
    for added in [
        "<div class=\"share\"><a href=x>Share this</a></div>",
        "<div class='wrap'><button>Copy</button></div>",
        "<section class=comments><p>First! What a great post about nothing.</p></section>",
        "<div id=disqus_thread></div><script>y()</script>",
        "<nav class=toc><a href=#a>A</a></nav>",
        "<p class='sr-only'>End of article</p>",
        "<a rel=prev href=/a/>Older</a>",
    ] {
        check(&format!("<p>{TEXT}</p>{added}"), &expected);
    }
}

/// A theme whose lines stand in the element of the text, under names of no meaning.
#[test]
fn what_themes_write_into_the_text_goes() {
    let texts = [
        "The council met on Monday and agreed on a plan for the coming year.",
        "Rivers rose after a week of rain, and two bridges are closed until further notice.",
        "A new map of all wells is out; corrections are welcome at the usual desk. More comments.",
        "## First\n\nNobody likes the old form, so a shorter one takes its place in spring.\n\n## Last",
    ];
    let mut site = Site::empty().file(
        "feedwright.yaml",
        "site: {title: Site, url: https://example.gov, timezone: UTC}\n\
         content: {folders: [content], rendered: _site}\n",
    );
    for (at, text) in texts.iter().enumerate() {
        let shown = text
            .replace(
                "## First\n\n",
                "<h2>First <a class=x href=#first title=Link>link</a></h2><p>",
            )
            .replace(
                "\n\n## Last",
                "</p><h2>Last <a class=x href=#last title=Link>link</a></h2>",
            );
        let page = format!(
            "<html><body><main><div class=a><h1>Post {at}</h1>\
             <div class=b>By <b>Office {at}</b> | <time datetime=2024-01-0{at}>Day {at}</time></div><hr>\
             <p>{shown}</p><h2>Comments</h2><div class=c>comments powered by <i>Board</i></div>\
             <p id=share-links>Like it? Tell others: <a href=https://x.example/?{at}>Here</a></p>\
             </div></main></body></html>"
        );
        site = site
            .file(
                &format!("content/p{at}.md"),
                &format!("---\ntitle: Post {at}\ndate: 2024-01-02\n---\n{text}\n"),
            )
            .file(&format!("_site/p{at}/index.html"), &page);
    }
    site.build().assert_ok();
    for (at, text) in texts.iter().enumerate() {
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items");
        let item = items
            .iter()
            .find(|item| item["title"] == format!("Post {at}"));
        let html = item.expect("the post")["content_html"]
            .as_str()
            .expect("a text");
        let words = html.replace("</h2>", " ").replace("</p>", " ");
        let words = words_of(&words);
        assert_eq!(words, words_of(&text.replace("##", "")), "{html}");
    }
}

/// A box in elements without names, which less than half of the pages have.
#[test]
fn what_a_third_of_the_pages_say_goes() {
    let mut site = Site::empty().file(
        "feedwright.yaml",
        "site: {title: Site, url: https://example.gov, timezone: UTC}\n\
         content: {folders: [content], rendered: _site}\n",
    );
    let words = "river bridge map well form desk spring council plan street garden harbor";
    let text = |at: usize| {
        let own = words.split(' ').cycle().skip(at).take(9);
        format!("Number {at} says: {}.", own.collect::<Vec<_>>().join(" "))
    };
    for at in 0..9 {
        let asked = "<hr><section><h6>Answers</h6><div><p>So what do you think? Did we miss anything? \
                     Tell us below.</p></div></section>";
        let asked = if at % 2 == 0 && at < 8 { asked } else { "" };
        let page = format!(
            "<html><body><main><div class=a><h1>Post {at}</h1>\
             <p><time datetime=2024-01-02>2 January</time></p><p>{}</p>{asked}</div></main></body></html>",
            text(at)
        );
        site = site
            .file(
                &format!("content/p{at}.md"),
                &format!(
                    "---\ntitle: Post {at}\ndate: 2024-01-02\n---\n{}\n",
                    text(at)
                ),
            )
            .file(&format!("_site/p{at}/index.html"), &page);
    }
    site.build().assert_ok();
    let feed = site.feed();
    for item in feed["items"].as_array().expect("items") {
        let html = item["content_html"].as_str().expect("a text");
        let at: usize = item["title"].as_str().expect("a title")["Post ".len()..]
            .parse()
            .expect("a number");
        assert_eq!(html.trim(), format!("<p>{}</p>", text(at)));
    }
}

/// The words of HTML.
fn words_of(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn what_authors_write_stays() {
    for own in [
        "<p>We share what we learn.</p>",
        "<blockquote><p>Yes.</p><footer>Somebody</footer></blockquote>",
        "<p>Comments are open.</p>",
    ] {
        check(
            &format!("<p>{TEXT}</p>{own}"),
            &format!("<p>{TEXT}</p>{own}"),
        );
    }
    check(
        &format!(
            "<p>{TEXT}</p><h2 id=comments>Comments<a class=anchor href=#comments>#</a></h2><p>Two.</p>"
        ),
        &format!("<p>{TEXT}</p><h2 id=\"p6b1d0a2c-comments\">Comments</h2><p>Two.</p>")
            .replace("p6b1d0a2c", &id_prefix()),
    );
}

/// The prefix of ids in the one post's entry.
fn id_prefix() -> String {
    let site = site("drafts: false").body("# A {#a}");
    site.build();
    let html = site.content();
    let id = html.split("id=\"").nth(1).expect("an id");
    id.split('-').next().expect("a prefix").to_owned()
}

#[test]
fn code_is_code_and_pictures_are_there() {
    check(
        &format!(
            "<p>{TEXT}</p><div class=highlight><table class=rouge-table><tbody><tr>\
             <td class=\"gutter gl\"><pre class=lineno>1\n2\n</pre></td>\
             <td class=code><pre>a\nb\n</pre></td></tr></tbody></table></div>\
             <img data-src=/a.png src=\"data:image/gif;base64,R0lG\" alt=A>"
        ),
        &format!(
            "<p>{TEXT}</p><div><pre>a\nb\n</pre></div>\
             <img src=\"https://example.gov/a.png\" alt=\"A\">"
        ),
    );
}

#[test]
fn the_command_line_names_it_from_where_it_stands() {
    let site = site("ignore: []").file(
        "out/post/index.html",
        &page(&format!("<p>{TEXT}</p><p>Chart.</p>")),
    );
    let folder = site.path("out");
    let folder = folder.to_str().expect("UTF-8");
    for named in ["out", "./out/", folder] {
        let run = site.build_with(&["--rendered", named, "--accept-resend"]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{named}");
        assert!(site.content().contains("Chart."), "{named}");
    }
    let run = site.build_with(&["--rendered", ".."]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("config-rendered"), "{}", run.stderr);
}

#[test]
fn a_post_without_a_page_is_made_from_the_source() {
    let site = site("rendered: _site").file("_site/index.html", "x");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains(
            "warning[rendered-missing]: the rendered site has no page for https://example.gov/post/; \
             its entry is made from the source\n  --> content/post.md\n  help: build the site before feedwright\n"
        ),
        "{}",
        run.stderr
    );
    assert!(site.content().contains(TEXT));
}

#[test]
fn another_page_is_not_the_posts() {
    let site = site("rendered: _site").file(
        "_site/post/index.html",
        "<article><h1>Post</h1><p>You are being sent elsewhere, please wait.</p></article>",
    );
    let run = site.build();
    assert!(run.stderr.contains("rendered-selector"), "{}", run.stderr);
    assert!(site.content().contains(TEXT));
}

#[test]
fn a_selector_says_where() {
    let inner = format!("<div class=x><p>{TEXT}</p></div><p class=y>Only this.</p>");
    let with = |selector: &str| {
        let site = site(&format!("rendered: ./_site/, selector: '{selector}'"))
            .file("_site/post.html", &page(&inner));
        let run = site.build();
        (run.code, run.stderr, site)
    };
    let (code, stderr, site) = with("main .y");
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(site.content(), "Only this.");
    let (_, stderr, site) = with(".z");
    assert!(
        stderr.contains("has nothing that `content.selector` selects"),
        "{stderr}"
    );
    assert!(site.content().contains(TEXT));
}

#[test]
fn settings_are_checked() {
    let check = |settings: &str, expected: &str| {
        let run = site(settings).file("_site/a", "").build();
        assert_eq!((run.code, run.stderr.as_str()), (2, expected), "{settings}");
    };
    check(
        "rendered: _site, selector: 'p >'",
        "error[config-selector]: `content.selector` is `p >`, which is no CSS selector\n  \
         --> feedwright.yaml:2:58\n  help: write it as `.post-content` or `article > .body`\n",
    );
    check(
        "selector: p",
        "error[config-selector]: `content.selector` selects from the pages of the rendered site, \
         and `content.rendered` does not name it\n  --> feedwright.yaml:2:41\n  \
         help: set `content.rendered` to the folder that the generator writes\n",
    );
    check(
        "rendered: public",
        "error[config-rendered]: there is no folder public with a rendered site\n  \
         --> feedwright.yaml:2:41\n  help: build the site before feedwright, or correct the name\n",
    );
    for outside in ["/srv/www", "../www", "_site/../.."] {
        check(
            &format!("rendered: {outside}"),
            &format!(
                "error[config-rendered]: the folder {outside} of `content.rendered` lies outside of \
                 the site\n  --> feedwright.yaml:2:41\n  help: name the folder that the generator writes, \
                 relative to the site's folder\n"
            ),
        );
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_not_followed() {
    let secret = tempfile::tempdir().expect("a folder");
    std::fs::write(secret.path().join("index.html"), page(TEXT)).expect("a file");
    let linked = site("rendered: _site").file("_site/index.html", "x");
    std::os::unix::fs::symlink(secret.path(), linked.path("_site/post")).expect("a link");
    let run = linked.build();
    assert!(
        run.stderr.contains(
            "_site/post/index.html, the rendered page of the post, is a link that leads out of the site"
        ),
        "{}",
        run.stderr
    );
    let whole = site("rendered: _site");
    std::os::unix::fs::symlink(secret.path(), whole.path("_site")).expect("a link");
    whole.build().assert_code(2);
}

#[test]
fn deep_and_large_pages_end_soon() {
    let deep =
        site("rendered: _site").file("_site/post/index.html", &page(&"<div>".repeat(100_000)));
    let run = deep.build();
    assert!(run.stderr.contains("rendered-nested"), "{}", run.stderr);
    assert!(deep.content().contains(TEXT));
    let large = format!(
        "<p>{TEXT}</p>{}",
        "<p>One <b>more</b> line of it.</p>".repeat(100_000)
    );
    let large = site("rendered: _site").file("_site/post/index.html", &page(&large));
    large.build().assert_ok();
    assert!(large.content().len() > 3_000_000);
    let nested = format!(
        "{}<p>{TEXT}</p>{}",
        "<div>a b c ".repeat(300),
        "<p>One more line.</p>".repeat(50_000)
    );
    let nested = site("rendered: _site").file("_site/post/index.html", &page(&nested));
    nested.build().assert_ok();
}

#[test]
fn the_rendered_site_is_offered_once() {
    let body = "---\ntitle: A\ndate: 2024-01-03\n---\n{{< chart >}} Text.\n";
    let offered = |site: Site| {
        let run = site.file("content/a.md", body).build_with(&["-v"]);
        let lines: Vec<String> = run
            .stderr
            .lines()
            .filter(|line| line.contains("rendered-available"))
            .map(str::to_owned)
            .collect();
        lines.join("\n")
    };
    assert_eq!(
        offered(site("drafts: false").file("public/index.html", "x")),
        "note[rendered-available]: 2 posts lean on template code; `content.rendered: public` in \
         feedwright.yaml would take what readers of the site see"
    );
    assert_eq!(
        offered(site("drafts: false")),
        "note[rendered-available]: 2 posts lean on template code; build the site first and name its \
         folder in `content.rendered` of feedwright.yaml to take what readers of the site see"
    );
}

#[test]
fn summaries_come_from_the_page_or_from_a_marker() {
    let summary = |body: &str| {
        let site = site("rendered: _site").body(body).file(
            "_site/post/index.html",
            &page("<p>The page says what the source does not say.</p>"),
        );
        site.build();
        site.feed()["items"][0]["summary"]
            .as_str()
            .expect("a summary")
            .to_owned()
    };
    assert_eq!(
        summary("The page says what"),
        "The page says what the source does not say."
    );
    assert_eq!(summary("The page\n<!--more-->\nsays what"), "The page");
}

/// What only code knows stands in the rendered site: the page with the title of the post, and with its
/// day where several have that title.
#[test]
fn computed_addresses_are_looked_up() {
    let post = "---\ntitle: A *plan*\ndate: 2024-01-02\n---\nText.\n";
    let page = |title: &str, day: &str| {
        format!(
            "<title>A plan | Site</title><meta name=date content={day}><main><h1>{title}</h1><p>Text.</p></main>"
        )
    };
    let check = |pages: &[(&str, &str)], expected: &[&str]| {
        let site = Site::empty()
            .file("eleventy.config.js", "module.exports = {};")
            .file("posts/posts.11tydata.js", "module.exports = { permalink: (data) => address(data) };")
            .file(
                "feedwright.yaml",
                "site: {title: Site, url: https://example.gov, timezone: UTC}\ncontent: {rendered: _site}\n",
            )
            .file("posts/2024-01-02-a.md", post);
        let site = pages.iter().fold(site, |site, (path, day)| {
            site.file(&format!("_site/{path}"), &page("A <em>plan</em>", day))
        });
        let run = site.run(&["list", "--json", "--now", "2025-01-01T00:00:00Z"]);
        let urls: Vec<String> = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
            .map(|post| post["url"].as_str().expect("a URL").to_owned())
            .collect();
        assert_eq!(urls, expected, "{pages:?}: {}", run.stderr);
        assert_eq!(
            run.stderr.contains("permalink-computed"),
            expected.is_empty(),
            "{}",
            run.stderr
        );
    };
    check(
        &[("2024/a-plan.html", "2024-01-02")],
        &["https://example.gov/2024/a-plan.html"],
    );
    check(
        &[
            ("2023/a/index.html", "2023-01-02"),
            ("2024/a/index.html", "2024-01-02"),
        ],
        &["https://example.gov/2024/a/"],
    );
    // Which of two it is nobody knows.
    check(
        &[
            ("b/index.html", "2024-01-02"),
            ("c/index.html", "2024-01-02"),
        ],
        &[],
    );
    check(&[("b/index.html", "2022-01-02")], &[]);
    check(&[("b/index.html", "")], &["https://example.gov/b/"]);
}

/// Of a text that is not in Markdown the metadata stand in the source, and what readers see in the page.
#[test]
fn other_markup_comes_from_the_page() {
    let rst = "My *post*\n=========\n\n:date: 2024-01-02 10:20\n:tags: a, b\n:summary: In short.\n\nA text.\n";
    let page = "<html><body><nav>Menu</nav><article><h1>My post</h1><div class=entry-content>\
                <p>A <em>text</em>.</p></div></article></body></html>";
    let pelican = |settings: &str| {
        Site::empty()
            .file(
                "pelicanconf.py",
                "SITEURL = 'https://example.gov'\nPATH = 'content'\nTIMEZONE = 'UTC'\n",
            )
            .file(
                "feedwright.yaml",
                &format!("site: {{title: S}}\nfeeds: {{output: .}}\n{settings}"),
            )
            .file("content/a.rst", rst)
    };
    let site = pelican("content: {rendered: output}\n").file("output/my-post.html", page);
    let run = site.build();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let item = site.feed()["items"][0].clone();
    assert_eq!(item["title"], "My post");
    assert_eq!(item["url"], "https://example.gov/my-post.html");
    assert_eq!(item["date_published"], "2024-01-02T10:20:00+00:00");
    assert_eq!(item["tags"], serde_json::json!(["a", "b", "misc"]));
    assert_eq!(item["summary"], "In short.");
    assert_eq!(item["content_html"], "<p>A <em>text</em>.</p>");
    // Without the page, readers get what the source says in plain words, and the webmaster a way out.
    let site = pelican("");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr
            .contains("warning[post-format]: the post is not in Markdown"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`content.rendered`"), "{}", run.stderr);
    assert_eq!(site.feed()["items"][0]["summary"], "In short.");
    assert!(!site.read("feeds/atom.xml").contains("A text"));
}
