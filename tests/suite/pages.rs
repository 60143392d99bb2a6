//! Posts whose only source are the pages that some generator wrote.

use crate::site::{NOW, Site};

const TEXT: &str = "The council met on Monday and agreed on a plan for the coming year.";

/// A rendered site with nothing but its first page.
fn empty() -> Site {
    let home = "<html lang=en-US><title>News of the Agency</title>\
                <link rel=canonical href=https://example.gov/><meta name=description content='All news.'>\
                <h1>Hello</h1>";
    Site::empty()
        .file(
            "feedwright.yaml",
            "content: {dialect: html}\nsite: {timezone: UTC}\nfeeds: {output: .}\n",
        )
        .file("_site/index.html", home)
}

/// A page with this head and this text around its own.
fn page(title: &str, head: &str, above: &str, below: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en-US><head><title>{title} | Agency</title>{head}</head><body>\
         <nav><a href=/>Home</a></nav><main><article><h1>{title}</h1>{above}\
         <div class=text><p>{title}: {TEXT}</p></div>{below}</article></main>\
         <footer>Contact us</footer></body></html>"
    )
}

/// What is listed of a site: the path of each address, the date and the title.
fn listed(site: &Site) -> Vec<String> {
    let run = site.run(&["list", "--json", "--now", NOW]);
    run.assert_ok();
    let lines = run.stdout.lines().map(|line| {
        let post: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| post[key].as_str().expect("a text").to_owned();
        let url = text("url").replace("https://example.gov", "");
        format!("{url} {} {}", text("published"), text("title"))
    });
    lines.collect()
}

/// One page with this head and line, and what is listed of it.
#[track_caller]
fn check(head: &str, above: &str, expected: &str) {
    let site = empty().file("_site/news/a/index.html", &page("A plan", head, above, ""));
    assert_eq!(listed(&site).join("\n"), expected, "{head} {above}");
}

#[test]
fn a_page_says_in_many_ways_when_it_was_published() {
    let day = "/news/a/ 2024-01-02T00:00:00+00:00 A plan";
    let moment = "/news/a/ 2024-01-02T09:30:00-05:00 A plan";
    for (head, above, expected) in [
        (
            "<meta property=article:published_time content=2024-01-02T09:30:00-05:00>",
            "",
            moment,
        ),
        ("<meta name=dcterms.created content=2024-01-02>", "", day),
        (
            "<script type=application/ld+json>{\"@context\": \"https://schema.org\", \"@graph\": [\
             {\"@type\": \"WebSite\", \"name\": \"Agency\"}, {\"@type\": [\"NewsArticle\"], \
             \"headline\": \"A plan\", \"datePublished\": \"2024-01-02T09:30:00-05:00\"}]}</script>",
            "",
            moment,
        ),
        (
            "",
            "<time datetime=2024-01-02T09:30:00-05:00>today</time>",
            moment,
        ),
        (
            "",
            "<abbr class=published title=2024-01-02>today</abbr>",
            day,
        ),
        (
            "",
            "<p class=meta><a href=/tags/plans/>plans</a> <time datetime=2024-01-02>now</time></p>",
            day,
        ),
        // The place that has a time says more than the one that has the day of it.
        (
            "<meta property=article:published_time content=2024-01-02>",
            "<div itemscope itemtype=https://schema.org/BlogPosting>\
             <time itemprop=datePublished datetime=2024-01-02T09:30:00-05:00>now</time></div>",
            moment,
        ),
        (
            "",
            "<div class=h-entry><time class=dt-published datetime=2024-01-02T09:30:00-05:00>\
             </time><a class='p-author h-card' href=/jane/>Jane Roe</a></div>",
            moment,
        ),
        // The time of the last change is not that of the publication.
        ("", "<time class=updated datetime=2024-01-02>now</time>", ""),
        (
            "<meta property=article:modified_time content=2024-01-02>",
            "",
            "",
        ),
        // A date in words counts beside the heading alone, and if it can be read in one way.
        ("", "<p>January 2, 2024</p>", day),
        (
            "",
            "<p class=meta>Posted on <b>2 Jan 2024</b> · 5 min read</p>",
            day,
        ),
        ("", "<p>Meeting of January 2, 2024</p>", ""),
        ("", "<p>02/01/2024</p>", ""),
        ("", "<h2>News</h2><p>January 2, 2024</p>", ""),
        (
            "<meta property=article:published_time content=0001-01-01T00:00:00Z>",
            "",
            "",
        ),
    ] {
        check(head, above, expected);
    }
}

#[test]
fn a_page_that_lists_others_is_none() {
    let entry = |slug: &str, title: &str, day: &str| {
        format!("<a href=/news/{slug}/>{title}</a> <time datetime={day}>{day}</time>")
    };
    let two = [
        entry("a", "A plan for the year", "2024-01-02"),
        entry("b", "Another plan", "2024-01-01"),
    ];
    for list in [
        format!("<ul><li>{}<li>{}</ul>", two[0], two[1]),
        format!("<ul><li>{}</ul>", two[0]),
        format!("<div><div>{}</div><div>{}</div></div>", two[0], two[1]),
        format!("<table><tr><td>{}</table>", two[0]),
        format!("<article><h2>{}</h2></article>", two[0]),
        format!(
            "<div class=h-feed><div class=h-entry><h2>{}</h2></div></div>",
            two[0]
        ),
    ] {
        let list = format!("<html><title>All</title><main><h1>All news</h1>{list}</main>");
        let site = empty()
            .file("_site/news/index.html", &list)
            .file(
                "_site/news/page/2/index.html",
                &page("All", "<meta name=date content=2024-01-02>", "", ""),
            )
            .file(
                "_site/news/a/index.html",
                &page("A plan", "<meta name=date content=2024-01-02>", "", ""),
            );
        assert_eq!(
            listed(&site),
            ["/news/a/ 2024-01-02T00:00:00+00:00 A plan"],
            "{list}"
        );
    }
}

#[test]
fn pages_that_lead_elsewhere_are_none() {
    let date = "<meta name=date content=2024-01-02>";
    let site = empty()
        .file("_site/news/a/index.html", &page("A plan", date, "", ""))
        .file(
            "_site/old/index.html",
            &page(
                "A plan",
                &format!("{date}<link rel=canonical href=https://example.gov/news/a/>"),
                "",
                "",
            ),
        )
        .file(
            "_site/moved/index.html",
            &page(
                "A plan",
                &format!("{date}<meta http-equiv=refresh content='0; url=/news/a/'>"),
                "",
                "",
            ),
        );
    assert_eq!(listed(&site), ["/news/a/ 2024-01-02T00:00:00+00:00 A plan"]);
}

/// A server shows one file at several addresses; the site itself says which one it has.
#[test]
fn addresses_are_those_of_the_site() {
    let date = "<meta name=date content=2024-01-02>";
    let with = |head: &str| {
        empty().file(
            "_site/news/a.html",
            &page("A plan", &format!("{date}{head}"), "", ""),
        )
    };
    let sitemap = |path: &str| {
        format!(
            "<?xml version='1.0'?><urlset><url><loc>https://example.gov{path}</loc></url></urlset>"
        )
    };
    let index =
        "<sitemapindex><sitemap><loc>https://example.gov/map/0.xml</loc></sitemap></sitemapindex>";
    for (site, address) in [
        (with(""), "/news/a.html"),
        (
            with("<link rel=canonical href=https://example.gov/news/a>"),
            "/news/a",
        ),
        // An address at another site says where the post was first.
        (
            with("<link rel=canonical href=https://example.org/a>"),
            "/news/a.html",
        ),
        (
            with("").file("_site/sitemap.xml", &sitemap("/news/a")),
            "/news/a",
        ),
        (
            with("").file("_site/sitemap.xml", &sitemap("/news/a/")),
            "/news/a/",
        ),
        (
            with("")
                .file("_site/sitemap-index.xml", index)
                .file("_site/map/0.xml", &sitemap("/news/a")),
            "/news/a",
        ),
        (
            with("").file("_site/news/index.html", "<a href=../news/a>A</a>"),
            "/news/a",
        ),
        (
            with("").file("_site/news/index.html", "<a href=a.html>A</a>"),
            "/news/a.html",
        ),
    ] {
        assert_eq!(
            listed(&site),
            [format!("{address} 2024-01-02T00:00:00+00:00 A plan")]
        );
    }
}

/// Posts with what a theme writes around them.
fn themed(theme: &str) -> Site {
    let days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"];
    let titles = ["A plan", "A budget", "A vote", "A road"];
    let others = |own: &str| -> String {
        let others = titles.iter().filter(|title| **title != own);
        others
            .map(|title| format!("<li><a href=/>{title} and all that came of it in the year</a>"))
            .collect()
    };
    days.iter().zip(titles).fold(empty(), |site, (day, title)| {
        let above = format!(
            "<div class={theme}-line>Posted by Jane Roe on <time datetime={day}>{day}</time></div>"
        );
        let below = format!(
            "<div class={theme}-box>Did you like this? Write to the editor.</div>\
             <div class={theme}-more><h3>Read on</h3><ul>{}</ul></div>",
            others(title)
        );
        let file = format!("_site/news/{}/index.html", title.replace(' ', "-"));
        site.file(&file, &page(title, "", &above, &below))
    })
}

#[test]
fn what_all_pages_have_is_no_text() {
    let site = themed("x");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["A road", "A vote", "A budget", "A plan"]);
    for item in site.feed()["items"].as_array().expect("items") {
        let title = item["title"].as_str().expect("a title");
        assert_eq!(item["content_html"], format!("<p>{title}: {TEXT}</p>"));
    }
    assert_eq!(site.feed()["title"], "News of the Agency");
}

#[test]
fn another_theme_changes_no_entry() {
    let site = themed("x");
    site.run(&["build", "--now", "2024-02-01T00:00:00Z"])
        .assert_ok();
    let before = site.feed();
    let other = themed("y");
    for file in other.files("_site") {
        let text = other.read(&format!("_site/{file}"));
        std::fs::write(site.path(&format!("_site/{file}")), text).expect("a file");
    }
    let run = site.run(&["build", "--now", "2024-03-01T00:00:00Z"]);
    run.assert_ok();
    assert_eq!(site.feed(), before);
    let changed = site
        .read("_site/news/A-plan/index.html")
        .replace("agreed on", "refused");
    let site = site.file("_site/news/A-plan/index.html", &changed);
    site.run(&["build", "--now", "2024-04-01T00:00:00Z"])
        .assert_ok();
    let feed = site.feed();
    let modified: Vec<_> = feed["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| &item["date_modified"])
        .collect();
    let changed = "2024-04-01T00:00:00+00:00";
    assert_eq!(modified[3], changed);
    assert!(
        modified[..3].iter().all(|date| *date != changed),
        "{modified:?}"
    );
}

/// Pages of a generator whose rules are not known are read once it has written them.
#[test]
fn pages_of_unknown_generators() {
    let date = "<meta name=date content=2024-01-02>";
    let source = Site::empty()
        .file("gatsby-config.js", "module.exports = {}")
        .file(
            "content/a.md",
            "---\ntitle: A\ndate: 2024-01-02\n---\nText.\n",
        );
    let run = source.build_with(&["--site-url", "https://example.gov"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("build the site first"),
        "{}",
        run.stderr
    );
    let built = source
        .file("public/index.html", "<title>Site</title>")
        .file("public/posts/a.html", &page("A plan", date, "", ""));
    let run = built.build_with(&["--site-url", "https://example.gov"]);
    run.assert_ok();
    assert_eq!(built.files("public/feeds").len(), 3);
}

#[test]
fn what_is_wrong_is_named() {
    let site = empty().file("_site/about/index.html", &page("About", "", "", ""));
    let run = site.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("says when it was published"),
        "{}",
        run.stderr
    );
    let date = "<meta name=date content=2024-01-02>";
    let bare = format!("<title>A</title>{date}<h1>A</h1>");
    let site = empty()
        .file("_site/news/a/index.html", &page("A plan", date, "", ""))
        .file("_site/news/b/index.html", &bare);
    let run = site.build();
    run.assert_code(4);
    assert!(
        run.stderr.contains("a date and no article"),
        "{}",
        run.stderr
    );
    assert_eq!(site.titles(), ["A plan"]);
    let site = empty()
        .file(
            "feedwright.yaml",
            "content: {dialect: html, selector: .nothing}\nfeeds: {output: .}\n",
        )
        .file("_site/news/a/index.html", &page("A plan", date, "", ""));
    let run = site.build();
    assert!(
        run.stderr
            .contains("nothing that `content.selector` selects"),
        "{}",
        run.stderr
    );
}

/// A date that pages share to the second is when the site was built.
#[test]
fn the_time_of_the_build_is_no_date() {
    let built = "<meta property=article:published_time content=2024-06-07T08:09:10Z>";
    let date = "<meta property=article:published_time content=2024-01-02T00:00:00Z>";
    let site = ["about", "contact", "imprint"]
        .iter()
        .fold(empty(), |site, name| {
            site.file(
                &format!("_site/pages/{name}/index.html"),
                &page(name, built, "", ""),
            )
        });
    let site = site.file("_site/news/a/index.html", &page("A plan", date, "", ""));
    assert_eq!(listed(&site), ["/news/a/ 2024-01-02T00:00:00+00:00 A plan"]);
}

#[test]
fn evidence_is_said() {
    let site = empty().file(
        "_site/news/a/index.html",
        &page("A plan", "<meta name=date content=2024-01-02>", "", ""),
    );
    let run = site.run(&["list", "--why", "--now", NOW]);
    assert!(
        run.stdout.contains("title by `h1`, date by `meta date`"),
        "{}",
        run.stdout
    );
    // Keys of front matter are evidence, too.
    let site = Site::new().article("a", "A", "2024-01-02", TEXT);
    let run = site.run(&["list", "--why", "--now", NOW]);
    assert!(
        run.stdout.contains("title by `title`, date by `date`"),
        "{}",
        run.stdout
    );
}

/// What authors and strangers write into pages ends no run.
#[test]
fn hostile_pages() {
    let deep = "<div>".repeat(100_000);
    let data = format!(
        "<script type=application/ld+json>{}</script>",
        "[".repeat(100_000)
    );
    let date = "<meta name=date content=2024-01-02>";
    let long = "x".repeat(100_000);
    let site = empty()
        .file("_site/news/a/index.html", &page("A plan", date, "", ""))
        .file("_site/news/deep/index.html", &page("Deep", date, &deep, ""))
        .file("_site/news/data/index.html", &page("Data", &data, "", ""))
        .file("_site/news/long/index.html", &page("Long", &format!("<meta name=date content={long}>"), "", ""))
        .file("_site/news/up/index.html", &page("Up", &format!("{date}<link rel=canonical href='https://example.gov/../../x'>"), "", ""))
        .file("_site/sitemap.xml", "<sitemapindex><loc>https://example.gov/../../../etc/passwd</loc><loc>https://example.gov/sitemap.xml</loc></sitemapindex>");
    let run = site.build();
    assert!(matches!(run.code, 0 | 4), "{}", run.stderr);
    assert!(site.titles().contains(&"A plan".to_owned()));
}

/// Numbers in addresses say nothing of what a page is.
#[test]
fn posts_may_be_numbered() {
    let date = "<meta name=date content=2024-01-02>";
    let site = empty()
        .file("_site/posts/2019/index.html", &page("A plan", date, "", ""))
        .file("_site/posts/7.html", &page("A budget", date, "", ""));
    assert_eq!(listed(&site).len(), 2);
}

/// Where posts show their dates, a page that has one in its head alone is named and left out.
#[test]
fn a_page_that_is_not_as_the_others_is_named() {
    let days = ["2024-01-01", "2024-01-02", "2024-01-03"];
    let site = days.iter().fold(empty(), |site, day| {
        let time = format!("<time datetime={day}>{day}</time>");
        site.file(&format!("_site/news/{day}.html"), &page(day, "", &time, ""))
    });
    let head = "<meta property=article:published_time content=2024-01-04T08:00:00Z>";
    let site = site.file("_site/news/manual.html", &page("Manual", head, "", ""));
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains("warning[page-unlike]"),
        "{}",
        run.stderr
    );
    assert_eq!(site.entries().len(), 3);
}

/// Copies of a page, whose canonical address is that of the page, are none, whatever the first page says.
/// A page may be in an encoding of before UTF-8.
#[test]
fn pages_in_their_own_encoding() {
    let head = "<meta charset=iso-8859-1>";
    let text = page("Été", head, "<time datetime=2024-03-05>", "");
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let site = empty().bytes("_site/a/index.html", &latin);
    assert_eq!(listed(&site), ["/a/ 2024-03-05T00:00:00+00:00 Été"]);
}

#[test]
fn copies_are_none() {
    let of = |slug: &str| {
        let canonical = format!("<link rel=canonical href=https://example.gov/news/{slug}/>");
        page(
            slug,
            &format!("<meta name=date content=2024-01-02>{canonical}"),
            "",
            "",
        )
    };
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "content: {dialect: html}\nsite: {url: https://example.gov, timezone: UTC}\n",
        )
        .file("_site/index.html", "<title>News</title>")
        .file("_site/news/a/index.html", &of("a"))
        .file("_site/news/b/index.html", &of("b"))
        .file("_site/amp/a/index.html", &of("a"))
        .file("_site/print/b.html", &of("b"));
    assert_eq!(
        listed(&site)
            .iter()
            .map(|line| line.split(' ').next().unwrap_or_default())
            .collect::<Vec<_>>(),
        ["/news/a/", "/news/b/"]
    );
}

/// What an author wrote beside the text is part of it, and the name of the site is no title.
#[test]
fn what_stands_beside_the_text() {
    let days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"];
    let leads = [
        "Nobody had asked before what the bridge over the river would cost the town.",
        "For the first time in many years the schools get more than they wanted.",
        "Whoever comes to the library on Sunday finds a door that is open again.",
        "Water may be had from the wells of the old mill until the end of May.",
    ];
    let site = days.iter().zip(leads).fold(empty(), |site, (day, lead)| {
        let page = format!(
            "<html lang=en-US><title>Report of {day} | News of the Agency</title><header><h1><a href=/>News of the \
             Agency</a></h1></header><main><article><h2>Report of {day}</h2><time datetime={day}>{day}</time>\
             <p class=lead>{lead}</p><div class=text><p>On {day}: {TEXT} {TEXT}</p><p>{lead} {TEXT} So it goes on.</p></div>\
             <div class=share>Tell your friends about this report and all the others of today.</div></article></main>"
        );
        site.file(&format!("_site/news/{day}.html"), &page)
    });
    site.build().assert_ok();
    for (item, (day, lead)) in site.feed()["items"]
        .as_array()
        .expect("items")
        .iter()
        .rev()
        .zip(days.iter().zip(leads))
    {
        assert_eq!(item["title"], format!("Report of {day}"));
        let content = item["content_html"].as_str().expect("a content");
        assert!(content.contains(&format!("<p>{lead}</p>")), "{content}");
        assert!(!content.contains("friends"), "{content}");
    }
}
