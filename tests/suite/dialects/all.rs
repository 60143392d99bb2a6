//! What holds for all: how they are recognized, their main feeds, and that their sites stay as they are.

use std::collections::BTreeMap;

use super::{astro, docusaurus, eleventy, hexo, hugo, listed, mkdocs, pelican, vitepress, zola};
use crate::golden;
use crate::site::Site;

/// One post of every generator, at an address that only its own rules give it.
fn one_of_each() -> Vec<(&'static str, Site, &'static str)> {
    let dated = "title: T\ndate: 2024-01-02";
    vec![
        (
            "hugo",
            hugo("").post("content/post/A  B.md", dated),
            "/post/a--b/",
        ),
        (
            "zola",
            zola("").file(
                "content/Up_Case/2024-01-02-A_B.md",
                "+++\ntitle = 'T'\n+++\n",
            ),
            "/Up_Case/a-b/",
        ),
        (
            "eleventy",
            eleventy("").post("src/blog/2024-01-02-X y.md", "title: T"),
            "/blog/2024-01-02-X%20y/",
        ),
        (
            "hexo",
            hexo("timezone: UTC\n").post("source/_posts/A b.md", dated),
            "/2024/01/02/A%20b/",
        ),
        (
            "pelican",
            pelican("").file("content/a.md", "Title: A B\nDate: 2024-01-02\n\nText.\n"),
            "/a-b.html",
        ),
        (
            "docusaurus",
            docusaurus("").post("blog/2024-01-02-A b.md", "title: T"),
            "/blog/2024/01/02/A%20b",
        ),
        (
            "astro",
            astro("").post("src/content/blog/A b.md", "title: T\npubDate: 2024-01-02"),
            "/blog/a-b/",
        ),
        (
            "mkdocs",
            mkdocs("").post("docs/blog/posts/a.md", "title: A  B\ndate: 2024-01-02"),
            "/blog/2024/01/02/a--b/",
        ),
        (
            "vitepress",
            vitepress("").post("docs/news/A b.md", dated),
            "/news/A%20b.html",
        ),
    ]
}

#[test]
fn generators_are_recognized() {
    for (name, site, url) in one_of_each() {
        let (posts, stderr) = listed(&site);
        let urls: Vec<&str> = posts
            .values()
            .map(|post| post["url"].as_str().expect("a URL"))
            .collect();
        assert_eq!(
            urls,
            [format!("https://example.gov{url}")],
            "{name}: {stderr}"
        );
        assert_eq!(stderr, "", "{name}");
    }
}

/// Jekyll's configuration has the name of Hexo's, and Zola's that of Hugo's.
#[test]
fn generators_with_one_name_for_their_configuration() {
    let jekyll = Site::jekyll("").post("_posts/2024-01-02-a.md", "title: T");
    let (posts, _) = listed(&jekyll);
    assert_eq!(
        posts["_posts/2024-01-02-a.md"]["url"],
        "https://example.gov/2024/01/02/a.html"
    );
    let hugo = Site::empty()
        .file(
            "config.toml",
            "baseURL = 'https://example.gov'\ntitle = 'S'\n",
        )
        .post("content/p/A  b.md", "title: T\ndate: 2024-01-02");
    let (posts, _) = listed(&hugo);
    assert_eq!(
        posts["content/p/A  b.md"]["url"],
        "https://example.gov/p/a--b/"
    );
}

#[test]
fn patterns_of_the_configuration_go_over_the_generators() {
    for (name, site, _) in one_of_each() {
        let own = "site: {title: Site}\ncontent: {permalink: '/own/:year/:month/:day/x/'}\n";
        let (posts, stderr) = listed(&site.file("feedwright.yaml", own));
        let urls: Vec<&str> = posts
            .values()
            .map(|post| post["url"].as_str().expect("a URL"))
            .collect();
        assert_eq!(
            urls,
            ["https://example.gov/own/2024/01/02/x/"],
            "{name}: {stderr}"
        );
    }
}

#[test]
fn the_main_feed_has_what_is_included() {
    let site = hugo("[params]\nmainSections = ['news']\n")
        .post("content/news/a.md", "title: News\ndate: 2024-01-02")
        .post("content/docs/b.md", "title: Docs\ndate: 2024-01-02");
    let titles = |site: &Site| {
        let run = site.build_with(&["--output", "."]);
        // A note says which posts no feed has.
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (0, "1 note (-v shows it)\n")
        );
        site.titles()
    };
    assert_eq!(titles(&site), ["News"]);
    let site = site.file(
        "feedwright.yaml",
        "content: {include: ['content/docs/**']}\n",
    );
    assert_eq!(titles(&site), ["Docs"]);
}

/// No file of the site changes: feeds are only added.
#[test]
fn sites_are_left_as_they_are() {
    for (name, site, _) in one_of_each() {
        let before: BTreeMap<String, String> = site
            .files("")
            .into_iter()
            .map(|file| (file.clone(), site.read(&file)))
            .collect();
        let run = site.build_with(&["--output", "made", "--preview"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let mut after: BTreeMap<String, String> = site
            .files("")
            .into_iter()
            .map(|file| (file.clone(), site.read(&file)))
            .collect();
        after.retain(|file, _| !file.starts_with("made/"));
        assert_eq!(after, before, "{name}");
        assert!(site.path("made/feeds/rss.xml").is_file(), "{name}");
    }
}

/// `init` names the generator of every golden tree, and says which configurations are programs.
#[test]
fn init_recognizes_each() {
    let code = |file: &str| {
        format!(
            "  {file} is code and is not run: only what stands in it in plain words is known; \
             check `site` and `content.permalink`.\n"
        )
    };
    let sites = [
        ("astro", "an Astro", code("astro.config.mjs")),
        ("docusaurus", "a Docusaurus", code("docusaurus.config.js")),
        ("eleventy", "an Eleventy", code("eleventy.config.js")),
        ("hexo", "a Hexo", String::new()),
        ("hugo", "a Hugo", String::new()),
        ("jekyll", "a Jekyll", String::new()),
        ("mkdocs", "a MkDocs", String::new()),
        ("pelican", "a Pelican", code("pelicanconf.py")),
        ("plain", "a plain", String::new()),
        (
            "vitepress",
            "a VitePress",
            code("docs/.vitepress/config.mts"),
        ),
        ("zola", "a Zola", String::new()),
    ];
    for (name, kind, more) in sites {
        let site = golden::site(name);
        if site.path("feedwright.yaml").is_file() {
            site.remove("feedwright.yaml");
        }
        let run = site.run(&["init"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let (first, rest) = run.stdout.split_once('\n').expect("a line");
        assert!(
            first.starts_with(&format!("Wrote ./feedwright.yaml for {kind} site with ")),
            "{first}"
        );
        assert!(rest.starts_with(&more), "{name}: {rest}");
        assert_eq!(
            rest.contains(" is code "),
            more.contains(" is code "),
            "{rest}"
        );
        let config = site.read("feedwright.yaml");
        assert!(config.contains(&format!("  dialect: {name}\n")), "{config}");
    }
}

/// Every tree of `tests/golden` that a generator's configuration lies in is built without a
/// change to what it has.
#[test]
fn golden_sites_are_left_as_they_are() {
    for name in [
        "astro",
        "docusaurus",
        "eleventy",
        "hexo",
        "hugo",
        "mkdocs",
        "pelican",
        "vitepress",
        "zola",
    ] {
        let site = golden::site(name);
        let sources = site.files("");
        let run = site.build();
        assert!(matches!(run.code, 0 | 1), "{name}: {}", run.stderr);
        for file in &sources {
            let was = std::fs::read(golden::tree(name).join(file)).expect("a file");
            assert_eq!(
                std::fs::read(site.path(file)).expect("a file"),
                was,
                "{name}/{file}"
            );
        }
        let new: Vec<String> = site
            .files("")
            .into_iter()
            .filter(|file| !sources.contains(file) && !file.starts_with("feeds/"))
            .collect();
        // What was published is promised; where nothing was, nothing is.
        let lock: &[&str] = match run.code {
            0 => &["feedwright.lock"],
            _ => &[],
        };
        assert_eq!(new, lock, "{name}");
    }
}

#[test]
fn taxonomies_of_the_sites_own() {
    let hugo = hugo("[taxonomies]\ntag = 'tags'\nseries = 'series'\n").post(
        "content/post/a.md",
        "title: T\ndate: 2024-01-02\nseries: [Storm Surge]\ntags: [x]",
    );
    let zola = zola("taxonomies = [{name = 'tags'}, {name = 'series', feed = true}]\n").file(
        "content/a.md",
        "+++\ntitle = 'T'\ndate = 2024-01-02\n[taxonomies]\nseries = ['Storm Surge']\n+++\nText.\n",
    );
    for site in [hugo, zola] {
        let run = site.build_with(&["--output", "."]);
        run.assert_ok();
        let feed = site.read("feeds/series/storm-surge/feed.json");
        assert!(feed.contains("\"title\": \"Site: Storm Surge\""), "{feed}");
    }
    let unknown = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\nfeeds: {taxonomies: [tag]}\n",
        )
        .post("a.md", "title: T\ndate: 2024-01-02");
    let run = unknown.build();
    run.assert_code(2);
    assert!(
        run.stderr.contains(
            "error[config-taxonomy]: `feeds.taxonomies` names `tag`, which the site does not have\n  \
             --> feedwright.yaml:2:22\n  help: known here: tags, categories, authors, sections, languages\n"
        ),
        "{}",
        run.stderr
    );
}

/// What some generators publish and feedwright does not read is named, wherever it lies.
#[test]
fn posts_in_other_markup_are_named() {
    let plain = Site::empty().file(
        "feedwright.yaml",
        "site: {title: S, url: https://example.gov}\ncontent: {folders: [posts]}\n",
    );
    let sites: [(Site, &str, &[&str]); 5] = [
        (plain, "posts", &["ipynb"]),
        (super::pelican(""), "content", &["adoc", "org", "ipynb"]),
        (super::hugo(""), "content/posts", &["pdc"]),
        (Site::jekyll(""), "_posts", &["adoc", "org", "rst"]),
        (Site::jekyll(""), "source/_posts", &["adoc", "org", "rst"]),
    ];
    for (site, folder, extensions) in sites {
        for extension in extensions {
            let path = format!("{folder}/2024-01-02-a.{extension}");
            let site = Site::copy(site.root(), |_| true).file(&path, "title: A\n");
            let (_, stderr) = listed(&site);
            assert!(
                stderr.contains("warning[post-format]: the file is ")
                    && stderr.contains(&format!("--> {path}\n")),
                "{path}: {stderr}"
            );
        }
    }
}
