//! What stands around posts: exports, settings, feeds of tags, redirects, and what is said of them.

use super::{atom, jekyll_to_hugo, migrate, page};
use crate::news::news;
use crate::site::{NOW, Site};

#[test]
fn an_export_of_wordpress_is_a_feed_of_its_published_posts() {
    let item = |id: usize, title: &str, name: &str, kind: &str, status: &str| {
        format!(
            "<item><title>{title}</title><link>https://example.gov/{name}</link>\
             <pubDate>Wed, 03 Jan 2024 02:00:00 +0000</pubDate>\
             <guid isPermaLink='false'>https://example.gov/?p={id}</guid>\
             <wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        )
    };
    let export = format!(
        "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel>\
         <title>Old</title><link>https://example.gov</link><description/>\
         <wp:wxr_version>1.2</wp:wxr_version>{}{}{}{}{}</channel></rss>",
        item(1, "Alpha", "2024/01/alpha/", "post", "publish"),
        item(2, "Beta", "?p=2", "post", "publish"),
        item(3, "About", "about/", "page", "publish"),
        item(4, "Draft", "draft/", "post", "draft"),
        item(5, "Image", "image/", "attachment", "inherit"),
    );
    let site = Site::empty()
        .file("old", &export)
        .file(
            "new/hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'New'\n",
        )
        // By the clock of its author it was the day before.
        .post(
            "new/content/posts/alpha.md",
            "title: Alpha\ndate: 2024-01-02",
        )
        .post("new/content/posts/beta.md", "title: Beta\ndate: 2024-01-02")
        .post(
            "new/content/posts/draft.md",
            "title: Draft\ndate: 2024-06-01",
        );
    let run = migrate(&site, &["--redirects", "apache"]);
    run.assert_ok();
    for said in [
        "Took the ids and dates of 2 posts from 1 file",
        "3 items of the export, as pages, files and drafts are, are no published post and left out",
        "Addresses of posts: 0 the same, 2 moved, 0 without a post here, 1 new.",
        "  /?p=2            →  https://example.gov/posts/beta/ ",
        "The feed /feed/ (2 entries) is at https://example.gov/feeds/rss.xml now.",
        "by id (GovDelivery, most readers) 1 new post: “Draft”",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    let rules = "RedirectMatch 301 \"^/2024/01/alpha/$\" \"/posts/alpha/\"\n\
                 RedirectMatch 301 \"^/feed/$\" \"/feeds/rss.xml\"\n";
    assert!(run.stdout.ends_with(rules), "{}", run.stdout);
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let feed = site.read("new/static/feeds/rss.xml");
    for id in ["?p=1<", "?p=2<"] {
        assert!(feed.contains(id), "{feed}");
    }
}

#[test]
fn nobodys_settings_are_rewritten() {
    let site = jekyll_to_hugo().file("new/feedwright.yaml", "feeds:\n  limit: 5\n");
    let run = migrate(&site, &[]);
    run.assert_ok();
    let said = "new/feedwright.yaml was left alone, as it says something of feeds already, or is not \
                the site's own. Put these into it, before anything is built:\n\
                feeds:\n  paths:\n    atom: \"/feed.xml\"\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert_eq!(site.read("new/feedwright.yaml"), "feeds:\n  limit: 5\n");
    // With the line nothing is sent again.
    let site = site.file(
        "new/feedwright.yaml",
        "feeds:\n  limit: 5\n  paths: {atom: /feed.xml}\n",
    );
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let (old, new) = (site.read("old/feed.xml"), site.read("new/static/feed.xml"));
    let news = news(old.as_bytes(), new.as_bytes()).expect("two feeds");
    assert_eq!(news.by_id, ["Delta"]);
}

#[test]
fn feeds_of_tags_lead_to_those_of_the_same_tags() {
    let tagged = "title: Gamma\ndate: 2024-01-03\ntags: [Open Data]";
    let gamma = [("/2024/01/03/c.html", "Gamma", "2024-01-03")];
    let site = jekyll_to_hugo()
        .post("new/content/posts/c.md", tagged)
        .file(
            "old/tags/open-data/index.xml",
            &atom("/tags/open-data/index.xml", &gamma),
        )
        .file(
            "old/authors/gamma/index.xml",
            &atom("/authors/gamma/index.xml", &gamma),
        );
    let run = migrate(&site, &["--dry-run", "--redirects", "netlify"]);
    run.assert_ok();
    for said in [
        "The feed /tags/open-data/index.xml (1 entry) is at \
         https://example.gov/feeds/tags/open-data/atom.xml now.\n",
        "The feed /authors/gamma/index.xml (1 entry) has no feed that takes its place.\n",
        "/tags/open-data/index.xml /feeds/tags/open-data/atom.xml 301\n",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let site = jekyll_to_hugo()
        .file(
            "old/broken.xml",
            "<?xml version='1.0'?><feed><entry></feed>",
        )
        .file("old/data.json", "{\"items\": []}")
        .file(
            "old/bad.json",
            "{\"version\": \"https://jsonfeed.org/version/1\", ",
        )
        .file("old/.git/feed.xml", "<rss><channel/></rss>")
        .file(
            "secret.xml",
            &atom("/secret.xml", &[("/s/", "Secret", "2024-01-01")]),
        );
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.path("secret.xml"), site.path("old/link.xml")).expect("a link");
    let run = migrate(&site, &["--dry-run"]);
    run.assert_ok();
    for said in [
        "broken.xml is meant as a feed and was left out: its Atom cannot be read",
        "bad.json is meant as a feed and was left out: its JSON cannot be read",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("data.json"), "{}", run.stdout);
    assert!(!run.stdout.contains(".git"), "{}", run.stdout);
    assert!(!run.stdout.contains("Secret"), "{}", run.stdout);
    let empty = Site::new().file("old/index.html", &page("Home"));
    let run = empty.run(&["migrate", "old"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("no feed is in old: name a feed"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_feed_cannot_lead_where_no_feed_may_be() {
    let entries = [("/2024/01/03/c.html", "Gamma\u{1b}[2J", "2024-01-03")];
    for (address, said) in [
        (
            "/.git/config.xml",
            "It cannot stay at its address: no feed may be `/.git/config.xml`",
        ),
        (
            "/a%00b.xml",
            "It cannot stay at its address: `/a%00b.xml` is not the path",
        ),
        (
            "/../../etc/x.xml",
            "The feed /etc/x.xml (1 entry) stays at its address.",
        ),
    ] {
        let site = jekyll_to_hugo().file("old.xml", &atom(address, &entries));
        let run = site.run(&["migrate", "old.xml", "new", "--dry-run", "--now", NOW]);
        assert!(run.stdout.contains(said), "{}\n{}", run.stdout, run.stderr);
        assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    }
}

#[test]
fn programs_get_everything_as_json() {
    let site = jekyll_to_hugo();
    let run = migrate(&site, &["--dry-run", "--json"]);
    run.assert_ok();
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(found["adopted"], 2);
    assert_eq!(
        found["posts"][0],
        serde_json::json!({
            "fate": "moved", "title": "Gamma", "old": "/2024/01/03/c.html",
            "new": "https://example.gov/posts/c/", "path": "content/posts/c.md",
        })
    );
    assert_eq!(found["readers"][0]["readers"][0]["by"], "id");
    assert_eq!(
        found["readers"][0]["readers"][0]["new"][0]["title"],
        "Delta"
    );
    assert_eq!(found["paths"]["written"], true);
    assert_eq!(found["feeds"][0]["is_same"], true);
    let run = migrate(&site, &["--json", "--redirects", "nginx"]);
    run.assert_code(2);
    assert!(run.stderr.contains("`--redirects-file`"), "{}", run.stderr);
}

#[test]
fn redirects_replace_no_file() {
    let site = jekyll_to_hugo().file("_redirects", "mine");
    let more = ["--redirects", "nginx", "--redirects-file", "_redirects"];
    let run = migrate(&site, &more);
    run.assert_code(2);
    assert!(run.stderr.contains("_redirects"), "{}", run.stderr);
    assert_eq!(site.read("_redirects"), "mine");
}

/// What people keep of a WordPress: its export, and `/feed/` as a browser or `wget` saved it.
#[test]
fn an_export_of_wordpress_may_lie_beside_its_old_feed() {
    let item = |id: usize, title: &str, more: &str| {
        format!(
            "<item><title>{title}</title><link>https://example.gov/2024/01/{title}/</link>\
             <pubDate>0{id} Jan 2024 02:00:00 +0000</pubDate>\
             <guid isPermaLink='false'>https://example.gov/?p={id}</guid>{more}</item>"
        )
    };
    let post = "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>";
    let export = format!(
        "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel>\
         <title>Old</title><link>https://example.gov</link><description/>\
         <wp:wxr_version>1.2</wp:wxr_version>{}{}</channel></rss>",
        item(2, "Alpha", post),
        item(3, "Beta", post)
    );
    // The feed has the newest alone.
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
         <title>Old</title><atom:link href='https://example.gov/feed/' rel='self'/>\
         <link>https://example.gov</link><description/>{}</channel></rss>",
        item(3, "Beta", "")
    );
    let page = |title: &str, day: u32| format!("title: {title}\ndate: 2024-01-0{day}T02:00:00Z");
    let site = Site::empty()
        .file("old/export.xml", &export)
        .file("old/feed/index.html", &feed)
        .file(
            "new/hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'New'\n",
        )
        .post("new/content/posts/alpha.md", &page("Alpha", 2))
        .post("new/content/posts/beta.md", &page("Beta", 3))
        .post("new/content/posts/gamma.md", &page("Gamma", 4));
    let run = migrate(&site, &["--redirects", "netlify"]);
    run.assert_ok();
    for said in [
        "Took the ids and dates of 2 posts from 2 files",
        "The feed /feed/ (1 entry) is at https://example.gov/feeds/rss.xml now.",
        "What readers of feed/index.html would be sent",
        "by id (GovDelivery, most readers) 1 new post: “Gamma”",
        "/feed/ /feeds/rss.xml 301",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    // An export is no feed at an address.
    assert!(!run.stdout.contains("/export.xml"), "{}", run.stdout);
    assert!(
        !run.stdout.contains("no feed that takes its place"),
        "{}",
        run.stdout
    );
    site.run(&["build", "new", "--now", NOW]).assert_ok();
    let feed = site.read("new/static/feeds/rss.xml");
    assert!(feed.contains("?p=3<"), "{feed}");
    // What the feed had no room for does not come up, and keeps its id.
    assert!(!feed.contains("Alpha"), "{feed}");
    assert!(site.read("new/feedwright.lock").contains("?p=2"));
}

/// A WordPress that stays has the feeds of its export in place of its own.
#[test]
fn feeds_of_an_export_take_the_place_of_the_old_feed() {
    let export = "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>T</title>\
        <link>https://example.gov</link><description/><wp:wxr_version>1.2</wp:wxr_version>\
        <item><title>Beta</title><link>https://example.gov/b/</link><guid isPermaLink='false'>\
        https://example.gov/?p=3</guid><wp:post_id>3</wp:post_id>\
        <wp:post_date>2024-01-03 02:00:00</wp:post_date>\
        <wp:post_date_gmt>2024-01-03 02:00:00</wp:post_date_gmt>\
        <wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>";
    let old = "<rss version='2.0'><channel><title>T</title><link>https://example.gov</link><description/>\
        <item><title>Beta</title><link>https://example.gov/b/</link>\
        <pubDate>Wed, 03 Jan 2024 02:00:00 +0000</pubDate>\
        <guid isPermaLink='false'>https://example.gov/?p=3</guid></item></channel></rss>";
    let site = Site::empty()
        .file("export.xml", export)
        .file("feed", old)
        .file(
            "feedwright.yaml",
            "feeds: {paths: {rss: /feed/index.xml}, output: out}\n",
        );
    let from = |command: &str, more: &[&str]| {
        let rest = ["--from", "export.xml", "--timezone", "UTC"];
        let run = site.run(&[&[command], more, &rest].concat());
        run.assert_ok();
        run
    };
    from("adopt", &["feed"]);
    from("build", &[]);
    let nothing = "Subscribers would see nothing new.\n";
    assert_eq!(from("plan", &[]).stdout, nothing);
    let new = site.read("out/feed/index.xml");
    let news = news(old.as_bytes(), new.as_bytes()).expect("two feeds");
    assert!(news.by_id.is_empty(), "{:?}", news.by_id);
}
