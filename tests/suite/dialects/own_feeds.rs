//! The feeds that generators make by themselves, and ours in their places.

use crate::site::Site;

/// Checks what is said of the feeds of a generator: format and path of each, and how it is turned
/// off.
#[track_caller]
fn check(files: &[(&str, &str)], own: &[(&str, &str)], off: &str) {
    let site = || {
        let settings = "site: {title: S, url: https://example.gov, timezone: UTC}\n";
        let site = Site::empty().file("feedwright.yaml", settings);
        files
            .iter()
            .fold(site, |site, (path, text)| site.file(path, text))
    };
    let run = site().run(&["build", "-v", "--now", crate::site::NOW]);
    let said: Vec<&str> = run
        .stderr
        .lines()
        .filter_map(|line| {
            line.contains(" makes a feed at ")
                .then(|| line.split("; ").next())?
        })
        .collect();
    assert_eq!(said.len(), own.len(), "{}", run.stderr);
    for (_, path) in own {
        let what = format!(" makes a feed at {path}");
        assert!(
            said.iter().any(|said| said.ends_with(&what)),
            "{what}: {said:?}"
        );
    }
    let run = site().run(&["init", "--takeover"]);
    assert_eq!(run.code, 2);
    if own.is_empty() {
        assert!(
            run.stderr.contains("makes a feed of its own"),
            "{}",
            run.stderr
        );
        return;
    }
    let paths: Vec<String> = own
        .iter()
        .map(|(format, path)| format!("{format}: {path}"))
        .collect();
    let by_hand = format!("write `paths: {{{}}}` under its `feeds`", paths.join(", "));
    assert!(run.stderr.contains(&by_hand), "{}", run.stderr);
    assert!(run.stderr.contains(off), "{}", run.stderr);
}

const POST: &str = "---\ntitle: A\ndate: 2024-01-02\n---\nText.\n";

#[test]
fn hugo() {
    let check = |config: &str, own: &[(&str, &str)], off: &str| {
        check(
            &[("hugo.toml", config), ("content/posts/a.md", POST)],
            own,
            off,
        );
    };
    let off = "let `outputs.home` in hugo.toml be [html]";
    check("", &[("rss", "/index.xml")], off);
    check(
        "[outputs]\nhome = ['HTML', 'RSS', 'JSON']\n[outputFormats.RSS]\nbaseName = 'feed'\n",
        &[("rss", "/feed.xml")],
        "let `outputs.home` in hugo.toml be [html, json]",
    );
    check("disableKinds = ['RSS']\n", &[], "");
    let languages = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n";
    let below = format!("defaultContentLanguageInSubdir = true\n{languages}");
    let off = "let `languages.en.outputs.home` in hugo.toml be [html]";
    check(&below, &[("rss", "/en/index.xml")], off);
    let off = format!("{languages}[languages.en.outputs]\nhome = ['html']\n");
    check(&off, &[], "");
    check("[outputs]\nhome = ['html']\n", &[], "");
}

#[test]
fn zola() {
    let check = |config: &str, own: &[(&str, &str)], off: &str| {
        let config = format!("base_url = 'https://example.gov'\n{config}");
        check(
            &[
                ("config.toml", &config),
                ("content/a.md", "+++\ntitle = 'A'\ndate = 2024-01-02\n+++\n"),
                ("templates/x.html", ""),
            ],
            own,
            off,
        );
    };
    let off = "set `generate_feeds = false` in config.toml";
    check("generate_feeds = true\n", &[("atom", "/atom.xml")], off);
    check(
        "generate_feeds = true\nfeed_filenames = ['rss.xml', 'atom.xml']\n",
        &[("rss", "/rss.xml"), ("atom", "/atom.xml")],
        off,
    );
    check("", &[], "");
}

/// With the switch of the site off, sections that have it would be all that the main feed takes.
#[test]
fn zola_sections_with_feeds_do_not_empty_the_main_feed() {
    let site = Site::empty()
        .file(
            "config.toml",
            "base_url = 'https://example.gov'\ntitle = 'S'\ngenerate_feeds = true\n",
        )
        .file("templates/x.html", "")
        .file(
            "content/news/_index.md",
            "+++\ngenerate_feeds = true\n+++\n",
        )
        .file(
            "content/news/a.md",
            "+++\ntitle = 'A'\ndate = 2024-01-02\n+++\n",
        )
        .file("content/notes/_index.md", "+++\n+++\n")
        .file(
            "content/notes/b.md",
            "+++\ntitle = 'B'\ndate = 2024-01-03\n+++\n",
        );
    site.run(&["init", "--takeover"]).assert_ok();
    let settings = site.read("feedwright.yaml");
    assert!(
        settings.contains("  include: [\"content/**\"]\n"),
        "{settings}"
    );
    let site = site.file(
        "config.toml",
        "base_url = 'https://example.gov'\ntitle = 'S'\n",
    );
    site.build().assert_ok();
    let feed = site.read("static/atom.xml");
    assert!(
        feed.contains("<title>A</title>") && feed.contains("<title>B</title>"),
        "{feed}"
    );
    // Who writes the settings by hand is told the same.
    let site = site.file(
        "config.toml",
        "base_url = 'https://example.gov'\ntitle = 'S'\ngenerate_feeds = true\n",
    );
    let run = site.build();
    assert!(
        run.stderr
            .contains("`content: {include: [\"content/**\"]}` in feedwright.yaml"),
        "{}",
        run.stderr
    );
}

#[test]
fn jekyll() {
    let check = |config: &str, more: &[(&str, &str)], own: &[(&str, &str)], off: &str| {
        let files = [("_config.yml", config), ("_posts/2024-01-02-a.md", POST)];
        check(&[&files, more].concat(), own, off);
    };
    let off = "leave jekyll-feed in _config.yml as it is";
    check(
        "plugins: [jekyll-feed]\n",
        &[],
        &[("atom", "/feed.xml")],
        off,
    );
    let template = ("rss.xml", "---\nlayout: null\n---\n<rss/>\n");
    check(
        "title: S\n",
        &[template],
        &[("rss", "/rss.xml")],
        "delete the template rss.xml",
    );
    // Jekyll loads a group of the Gemfile, too.
    let grouped = "group :jekyll_plugins do\n  gem 'jekyll-feed', '~> 0.12'\nend\n";
    let alone = "gem \"jekyll-feed\", group: :jekyll_plugins\n";
    let off = "leave jekyll-feed in _config.yml as it is";
    for gems in [grouped, alone] {
        check(
            "title: S\n",
            &[("Gemfile", gems)],
            &[("atom", "/feed.xml")],
            off,
        );
    }
    let other = "group :jekyll_plugins do\nend\ngem 'jekyll-feed'\n";
    check("title: S\n", &[("Gemfile", other)], &[], "");
    check("title: S\n", &[("rss.xml", "<rss/>\n")], &[], "");
}

#[test]
fn others() {
    let off = "set `FEED_ALL_ATOM = None` in pelicanconf.py";
    let pelican = |text| {
        [
            ("pelicanconf.py", text),
            ("content/a.md", "Title: A\nDate: 2024-01-02\n\nText.\n"),
        ]
    };
    check(
        &pelican("SITENAME = 'S'\n"),
        &[("atom", "/feeds/all.atom.xml")],
        off,
    );
    check(&pelican("FEED_ALL_ATOM = None\n"), &[], "");
    let hexo = |text| {
        let package = "{\"dependencies\": {\"hexo\": \"7\", \"hexo-generator-feed\": \"3\"}}";
        [
            ("_config.yml", text),
            ("package.json", package),
            ("source/_posts/a.md", POST),
        ]
    };
    let off = "remove the plugin by `npm uninstall hexo-generator-feed` and `hexo clean`";
    check(&hexo("title: S\n"), &[("atom", "/atom.xml")], off);
    check(
        &hexo("feed: {type: [atom, rss2], path: [atom.xml, rss.xml]}\n"),
        &[("atom", "/atom.xml"), ("rss", "/rss.xml")],
        off,
    );
    // No release of it knows such a switch.
    check(
        &hexo("feed: {enable: false}\n"),
        &[("atom", "/atom.xml")],
        off,
    );
    let docusaurus = |blog: &str| {
        format!(
            "export default {{title: 'S', url: 'https://example.gov', presets: [['classic', {{blog: {{{blog}}}}}]]}};\n"
        )
    };
    let off = "set `feedOptions: {type: null}` of the blog in docusaurus.config.js";
    for (blog, own) in [
        (
            "",
            &[("rss", "/blog/rss.xml"), ("atom", "/blog/atom.xml")][..],
        ),
        (
            "routeBasePath: '/', feedOptions: {type: 'json'}",
            &[("json", "/feed.json")],
        ),
        ("feedOptions: {type: null}", &[]),
    ] {
        let config = docusaurus(blog);
        check(
            &[
                ("docusaurus.config.js", &config),
                ("blog/2024-01-02-a.md", POST),
            ],
            own,
            off,
        );
    }
    let eleventy =
        "eleventyConfig.addPlugin(feedPlugin, {type: 'rss', outputPath: '/feed/feed.xml'});\n";
    check(
        &[("eleventy.config.js", eleventy), ("posts/a.md", POST)],
        &[("rss", "/feed/feed.xml")],
        "remove `addPlugin(feedPlugin, …)` from eleventy.config.js",
    );
    check(
        &[
            ("astro.config.mjs", "export default {};\n"),
            ("src/pages/rss.xml.ts", "export {}"),
            ("src/pages/posts/a.md", POST),
        ],
        &[("rss", "/rss.xml")],
        "delete src/pages/rss.xml.ts",
    );
}

/// A feed of ours in the place of the generator's is the one that is served only if that is off.
#[test]
fn two_feeds_in_one_place() {
    let site = Site::empty()
        .file(
            "hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'S'\n",
        )
        .file("content/posts/a.md", POST);
    let run = site.run(&["init", "--takeover"]);
    run.assert_ok();
    assert!(
        run.stdout.ends_with(
            "  Subscribers of /index.xml, which Hugo makes, keep their address:\n  \
             - `curl -fsS -o old-index.xml https://example.gov/index.xml`, then `feedwright adopt \
             old-index.xml`: entries keep the ids that they have.\n  \
             - Let `outputs.home` in hugo.toml be [html].\n  \
             `feedwright plan` says what subscribers will see.\n"
        ),
        "{}",
        run.stdout
    );
    let run = site.build();
    run.assert_ok();
    assert!(site.path("static/index.xml").exists());
    assert!(
        run.stderr
            .contains("warning[feed-contested]: Hugo makes /index.xml too"),
        "{}",
        run.stderr
    );
    let site = site.file(
        "hugo.toml",
        "baseURL = 'https://example.gov/'\n[outputs]\nhome = ['html']\n",
    );
    assert!(!site.build().stderr.contains("feed-contested"));
}

/// A path of the generator's is a text in our configuration, whatever signs it has.
#[test]
fn paths_of_any_signs() {
    let site = Site::jekyll("plugins: [jekyll-feed]\nfeed: {path: 'a: b.xml'}\n")
        .post("_posts/2024-01-02-a.md", "title: A");
    site.run(&["init", "--takeover"]).assert_ok();
    let config = site.read("feedwright.yaml");
    assert!(config.contains("    atom: \"/a: b.xml\"\n"), "{config}");
}
