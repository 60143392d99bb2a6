//! Languages: where generators put posts of each, and which posts they take for translations.

use serde_json::Value;

use super::{Row, astro, check, docusaurus, eleventy, hugo, pelican, zola};
use crate::site::{NOW, Site};

const DAY: &str = "2024-01-02T00:00:00+00:00";
const TEXT: &str = "title: T\ndate: 2024-01-02";

fn rows<'a>(rows: &'a [(&'a str, &'a str, String)]) -> Vec<Row<'a>> {
    let rows = rows.iter();
    rows.map(|(path, text, seen)| (*path, *text, seen.as_str()))
        .collect()
}

/// The links of an Atom feed with a language, as `LANGUAGE PATH`: of the feed, then of the entry at a
/// path.
fn hreflangs(site: &Site, feed: &str, entry: &str) -> (Vec<String>, Vec<String>) {
    let text = site.read(feed);
    let links = |part: &str| {
        let lines = part.lines().filter(|line| line.contains(" hreflang="));
        let attribute = |line: &str, name: &str| {
            let value = line.split(&format!("{name}=\"")).nth(1).expect(name);
            value.split('"').next().expect("a value").to_owned()
        };
        lines
            .map(|line| {
                let href = attribute(line, "href");
                let path = href
                    .strip_prefix("https://example.gov")
                    .expect("an address");
                format!("{} {path}", attribute(line, "hreflang"))
            })
            .collect()
    };
    let (head, entries) = text.split_once("<entry>").expect("entries");
    let own = entries
        .split("<entry>")
        .find(|text| text.contains(&format!("<id>https://example.gov{entry}</id>")))
        .expect("the entry");
    (links(head), links(own))
}

fn built(site: &Site, output: &str) {
    let run = site.build_with(&["--output", output]);
    run.assert_ok();
}

/// The ids of the entries of a JSON feed, without the site's address.
fn ids(site: &Site, feed: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(&site.read(feed)).expect("JSON");
    let items = feed["items"].as_array().expect("items").iter();
    items
        .map(|item| {
            let id = item["id"].as_str().expect("an id");
            id.replace("https://example.gov", "")
        })
        .collect()
}

/// Mounts as Hugo 0.168 builds them.
#[test]
fn hugo_takes_languages_of_mounts() {
    let site = hugo(
        "defaultContentLanguage = 'en'\n\
         [languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[languages.de]\nweight = 3\n\
         [[module.mounts]]\nsource = 'c/en'\ntarget = 'content'\n\
         [module.mounts.sites.matrix]\nlanguages = ['en']\n\
         [[module.mounts]]\nsource = 'c/fr'\ntarget = 'content'\nlang = 'fr'\n\
         [[module.mounts]]\nsource = 'c/shared'\ntarget = 'content'\n\
         [module.mounts.sites.matrix]\nlanguages = ['{en,de}']\n\
         [[module.mounts]]\nsource = 'c/noten'\ntarget = 'content/posts'\n\
         [module.mounts.sites.matrix]\nlanguages = ['**', '! en']\n",
    );
    check(
        site,
        &rows(&[
            ("c/en/posts/a.md", TEXT, format!("/posts/a/ {DAY}")),
            ("c/en/posts/u.de.md", TEXT, format!("/de/posts/u/ {DAY}")),
            ("c/fr/posts/a.md", TEXT, format!("/fr/posts/a/ {DAY}")),
            ("c/shared/posts/s.md", TEXT, format!("/posts/s/ {DAY}")),
            (
                "c/shared/posts/t.fr.md",
                TEXT,
                format!("/fr/posts/t/ {DAY}"),
            ),
            ("c/noten/n.md", TEXT, format!("/fr/posts/n/ {DAY}")),
        ]),
    );
}

fn in_french() -> Site {
    hugo(
        "defaultContentLanguage = 'en'\n\
         [languages.en]\nweight = 1\ntitle = 'English'\n\
         [languages.fr]\nweight = 2\ntitle = 'Français'\nlocale = 'fr-FR'\n\
         contentDir = 'francais'\n[languages.fr.params]\ndescription = 'En français'\n",
    )
    .post(
        "content/posts/a.md",
        "title: A\ndate: 2024-01-02\ntags: [Budget]",
    )
    .post(
        "francais/posts/a.md",
        "title: À\ndate: 2024-01-02\ntags: [budget]",
    )
    .post(
        "content/posts/one.md",
        "title: One\ndate: 2024-01-03\ntranslationKey: first\ntags: [plans]",
    )
    .post(
        "francais/posts/un.md",
        "title: Un\ndate: 2024-01-03\ntranslationKey: first\ntags: [Projets]",
    )
    .post("francais/posts/seul.md", "title: Seul\ndate: 2024-01-04")
}

#[test]
fn each_language_has_feeds_of_its_tags() {
    let site = in_french();
    built(&site, ".");
    assert_eq!(ids(&site, "feeds/feed.json"), ["/posts/one/", "/posts/a/"]);
    assert_eq!(ids(&site, "feeds/tags/budget/feed.json"), ["/posts/a/"]);
    let french = "feeds/languages/fr-fr";
    assert_eq!(
        ids(&site, &format!("{french}/feed.json")),
        ["/fr/posts/seul/", "/fr/posts/un/", "/fr/posts/a/"]
    );
    assert_eq!(
        ids(&site, &format!("{french}/tags/budget/feed.json")),
        ["/fr/posts/a/"]
    );
    assert!(
        site.path(&format!("{french}/tags/projets/rss.xml"))
            .exists()
    );
    assert!(!site.path("feeds/tags/projets").exists());
    let rss = site.read(&format!("{french}/tags/budget/rss.xml"));
    for part in [
        "<title>Français: budget</title>",
        "<link>https://example.gov/fr/</link>",
        "<description>En français</description>",
        "<language>fr-FR</language>",
    ] {
        assert!(rss.contains(part), "{part}\n{rss}");
    }
    // Nothing is left to do, and the feeds are known by the lock.
    let again = site.build_with(&["--output", "."]);
    assert!(
        again.stdout.contains("Nothing changed: "),
        "{}",
        again.stdout
    );
}

#[test]
fn translations_are_linked() {
    let site = in_french();
    built(&site, ".");
    let both = |paths: [&str; 2], first: usize| {
        let links = [format!("en {}", paths[0]), format!("fr-FR {}", paths[1])];
        let mut links = links.to_vec();
        links.rotate_left(first);
        links
    };
    let homes = ["/", "/fr/"];
    let french = "feeds/languages/fr-fr/atom.xml";
    assert_eq!(
        hreflangs(&site, "feeds/atom.xml", "/posts/a/"),
        (both(homes, 0), both(["/posts/a/", "/fr/posts/a/"], 0))
    );
    assert_eq!(
        hreflangs(&site, french, "/fr/posts/un/"),
        (both(homes, 1), both(["/posts/one/", "/fr/posts/un/"], 1))
    );
    assert_eq!(hreflangs(&site, french, "/fr/posts/seul/").1, [""; 0]);
    // Readers take the first or the last link.
    let atom = site.read(french);
    let alternates: Vec<&str> = atom
        .lines()
        .filter(|line| line.contains("rel=\"alternate\"") && line.contains("/posts/"))
        .filter(|line| !line.contains("seul"))
        .collect();
    assert_eq!(alternates.len(), 6);
    for entry in alternates.chunks(3) {
        assert!(entry[0].contains("/fr/") && entry[2].contains("/fr/"));
        assert!(!entry[2].contains("hreflang"));
    }
    let checked = site.run(&["check", french, "feeds/languages/fr-fr/rss.xml"]);
    checked.assert_ok();
}

#[test]
fn links_and_tags_of_all_languages_are_printed() {
    let site = in_french();
    let links = |arguments: &[&str]| -> Vec<String> {
        let all = [&["links", "--format", "json", "--now", NOW], arguments].concat();
        let run = site.run(&all);
        run.assert_ok();
        let links: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let links = links.as_array().expect("links").iter();
        links
            .filter(|link| link["type"] == "application/atom+xml")
            .map(|link| format!("{} {}", link["title"], link["hreflang"]))
            .collect()
    };
    let own = "\"English (Atom)\" null";
    let french = "\"Français (Atom)\" \"fr-FR\"";
    assert_eq!(links(&[]), [own, french]);
    assert_eq!(
        links(&["--tag", "budget"]),
        [
            own,
            french,
            "\"English: Budget (Atom)\" null",
            "\"Français: budget (Atom)\" \"fr-FR\""
        ]
    );
    assert_eq!(
        links(&["--tag", "Projets"])[2..],
        ["\"Français: Projets (Atom)\" \"fr-FR\""]
    );
}

/// An edit of a text makes the entries of one post anew; its links to translations stay.
#[test]
fn an_edited_text_keeps_its_links() {
    let site = in_french();
    let build = || {
        let run = site.run(&["build", "--output", ".", "--now", NOW]);
        run.assert_ok();
    };
    build();
    build();
    let before = hreflangs(&site, "feeds/languages/fr-fr/atom.xml", "/fr/posts/a/");
    let path = site.path("francais/posts/a.md");
    let text = std::fs::read_to_string(&path).expect("the post");
    std::fs::write(&path, text.replace("Text.", "Texte.")).expect("the post");
    build();
    let feed = "feeds/languages/fr-fr/atom.xml";
    assert!(site.read(feed).contains("Texte."));
    assert_eq!(hreflangs(&site, feed, "/fr/posts/a/"), before);
    assert!(site.read(feed).contains("href=\"https://example.gov/fr/\""));
}

/// As jekyll-polyglot 1.13 builds them with Jekyll 4.3.
#[test]
fn polyglot_puts_languages_below_their_codes() {
    let site = Site::jekyll(
        "plugins: [jekyll-polyglot]\nlanguages: [en, fr, de]\ndefault_lang: en\n\
         exclude_from_localization: [priv]\nlang_from_path: true\ntimezone: UTC\n\
         permalink: /:categories/:title/\ncollections: {notes: {output: true}}\n",
    );
    let stderr = check(
        site,
        &rows(&[
            ("_posts/2024-01-02-a.md", "title: T", format!("/a/ {DAY}")),
            (
                "_posts/2024-01-02-a-fr.md",
                "title: T\nlang: fr\npermalink: /a/",
                format!("/fr/a/ {DAY}"),
            ),
            (
                "_posts/2024-01-02-own.md",
                "title: T\nlang: fr\npermalink: /fr/own/",
                format!("/fr/fr/own/ {DAY}"),
            ),
            (
                "_posts/2024-01-02-up.md",
                "title: T\nlang: FR",
                format!("/fr/up/ {DAY}"),
            ),
            (
                "_posts/de/2024-01-02-path.md",
                "title: T",
                format!("/de/path/ {DAY}"),
            ),
            (
                "fr/_posts/2024-01-02-cat.md",
                "title: T",
                format!("/fr/fr/cat/ {DAY}"),
            ),
            (
                "priv/_posts/2024-01-02-priv.md",
                "title: T\nlang: fr",
                format!("/priv/priv/ {DAY}"),
            ),
            (
                "_posts/2024-01-02-ex.md",
                "title: T\nlang-exclusive: [fr]",
                format!("/fr/ex/ {DAY}"),
            ),
            (
                "_posts/2024-01-02-es.md",
                "title: T\nlang: es",
                String::new(),
            ),
            (
                "_notes/n2.md",
                "title: T\ndate: 2024-01-02\nlang: de",
                format!("/de/notes/n2/ {DAY}"),
            ),
        ]),
    );
    assert!(stderr.contains("does not name its `lang`"), "{stderr}");
}

#[test]
fn polyglot_finds_translations_by_permalinks_and_ids() {
    let site = Site::jekyll(
        "plugins: [jekyll-polyglot]\nlanguages: [en, fr]\ndefault_lang: en\nlang: en-US\n\
         permalink: /:title/\n",
    )
    .post("_posts/2024-01-02-a.md", "title: A")
    .post("_posts/2024-01-03-a.md", "title: À\nlang: fr\ntags: [x]")
    .post("_posts/2024-01-04-b.md", "title: B\npage_id: b\ntags: [x]")
    .post(
        "_posts/2024-01-04-bis.md",
        "title: Bis\npage_id: b\nlang: fr",
    );
    built(&site, ".");
    let (homes, entry) = hreflangs(&site, "feeds/languages/fr/atom.xml", "/fr/a");
    assert_eq!(homes, ["fr /fr/", "en-US /"]);
    assert_eq!(entry, ["fr /fr/a/", "en-US /a/"]);
    let (_, entry) = hreflangs(&site, "feeds/atom.xml", "/b");
    assert_eq!(entry, ["en-US /b/", "fr /fr/bis/"]);
    assert_eq!(ids(&site, "feeds/tags/x/feed.json"), ["/b"]);
    assert_eq!(ids(&site, "feeds/languages/fr/tags/x/feed.json"), ["/fr/a"]);
}

/// What Jekyll 4.3 takes of the site's style for other collections.
#[test]
fn collections_end_as_the_style_says() {
    for (style, address) in [
        ("/:title.html", "/notes/n"),
        ("/:title:output_ext", "/notes/n.html"),
        ("/:title/", "/notes/n/"),
        ("pretty", "/notes/n/"),
        ("date", "/notes/n.html"),
        ("weekdate", "/notes/n"),
    ] {
        let site = Site::jekyll(&format!(
            "permalink: {style}\ntimezone: UTC\ncollections: {{notes: {{output: true}}}}\n"
        ));
        let seen = format!("{address} {DAY}");
        check(site, &[("_notes/n.md", TEXT, &seen)]);
    }
}

#[test]
fn docusaurus_has_translated_blogs() {
    let site = docusaurus(
        "i18n: {defaultLocale: 'en', locales: ['en', 'fr', 'pt-BR'], \
         localeConfigs: {'pt-BR': {path: 'br'}}},\n",
    )
    .file(
        "i18n/fr/docusaurus-theme-classic/navbar.json",
        "{\"title\": {\"message\": \"Le site\"}}",
    )
    .post("blog/2024-01-02-a.md", "title: A\ntags: [x]")
    .post("blog/2024-01-03-b.md", "title: B\nslug: bee")
    .post(
        "i18n/fr/docusaurus-plugin-content-blog/2024-01-02-a.md",
        "title: À\ntags: [x]",
    )
    .post(
        "i18n/br/docusaurus-plugin-content-blog/2024-01-03-b.md",
        "title: B\nslug: abelha",
    );
    built(&site, ".");
    let a = "/blog/2024/01/02/a";
    let (homes, entry) = hreflangs(&site, "feeds/languages/fr/atom.xml", &format!("/fr{a}"));
    assert_eq!(homes, ["fr /fr/", "en /", "pt-BR /pt-BR/"]);
    assert_eq!(entry, [format!("fr /fr{a}"), format!("en {a}")]);
    let (_, entry) = hreflangs(&site, "feeds/atom.xml", "/blog/bee");
    assert_eq!(entry, ["en /blog/bee", "pt-BR /pt-BR/blog/abelha"]);
    assert_eq!(ids(&site, "feeds/tags/x/feed.json"), [a]);
    let rss = site.read("feeds/languages/fr/tags/x/rss.xml");
    assert!(rss.contains("<title>Le site: x</title>"), "{rss}");
}

#[test]
fn astro_has_languages_in_folders() {
    let site = astro(
        "i18n: { defaultLocale: 'en', locales: ['en', { path: 'francais', codes: ['fr', 'fr-CA'] }] }",
    )
    .post("src/content/blog/en/a.md", "title: A\npubDate: 2024-01-02")
    .post("src/content/blog/francais/a.md", "title: À\npubDate: 2024-01-02")
    .post("src/content/blog/b.md", "title: B\npubDate: 2024-01-03\nlang: fr");
    built(&site, ".");
    let french = "feeds/languages/fr/atom.xml";
    let (homes, entry) = hreflangs(&site, french, "/blog/francais/a/");
    assert_eq!(homes, ["fr /francais/", "en /"]);
    assert_eq!(entry, ["fr /blog/francais/a/", "en /blog/en/a/"]);
    assert_eq!(ids(&site, "feeds/feed.json"), ["/blog/en/a/"]);
    assert_eq!(ids(&site, "feeds/languages/fr/feed.json").len(), 2);
}

/// As Eleventy 3.1 has them.
#[test]
fn eleventy_has_languages_of_its_plugin() {
    let site = eleventy("config.addPlugin(EleventyI18nPlugin, { defaultLanguage: 'en' });")
        .file(
            "src/_data/metadata.json",
            "{\"title\": \"Site\", \"url\": \"https://example.gov\", \"fr\": {\"title\": \"Le site\"}}",
        )
        .post("src/en/blog/a.md", "title: A\ndate: 2024-01-02")
        .post("src/fr/blog/a.md", "title: À\ndate: 2024-01-02")
        .post("src/blog/root.md", "title: R\ndate: 2024-01-03");
    built(&site, ".");
    let (homes, entry) = hreflangs(&site, "feeds/languages/fr/atom.xml", "/fr/blog/a/");
    assert_eq!(homes, ["fr /fr/", "en /"]);
    assert_eq!(entry, ["fr /fr/blog/a/", "en /en/blog/a/"]);
    assert_eq!(ids(&site, "feeds/feed.json").len(), 2);
    let feed = site.read("feeds/languages/fr/feed.json");
    assert!(feed.contains("\"title\": \"Le site\""), "{feed}");
}

#[test]
fn zola_and_pelican_link_translations() {
    let site = zola("default_language = 'en'\n[languages.fr]\ntitle = 'Le site'\n")
        .file("content/_index.md", "+++\n+++\n")
        .post("content/blog/a.md", TEXT)
        .post("content/blog/a.fr.md", TEXT);
    built(&site, ".");
    let (homes, entry) = hreflangs(&site, "feeds/languages/fr/atom.xml", "/fr/blog/a/");
    assert_eq!(homes, ["fr /fr/", "en /"]);
    assert_eq!(entry, ["fr /fr/blog/a/", "en /blog/a/"]);

    let site = pelican("DEFAULT_LANG = 'en'\nTIMEZONE = 'UTC'\n")
        .file(
            "content/a.md",
            "Title: A\nDate: 2024-01-02\nSlug: a\nTags: x\n\nText\n",
        )
        .file(
            "content/a-fr.md",
            "Title: À\nDate: 2024-01-02\nSlug: a\nLang: fr\nTags: x\n\nTexte\n",
        );
    built(&site, ".");
    let atom = site.read("feeds/languages/fr/tags/x/atom.xml");
    let own = "href=\"https://example.gov/a-fr.html\" rel=\"alternate\" hreflang=\"fr\"";
    let other = "href=\"https://example.gov/a.html\" rel=\"alternate\" hreflang=\"en\"";
    assert!(atom.contains(own) && atom.contains(other), "{atom}");
}

#[test]
fn a_plain_folder_has_languages_where_they_are_asked_for() {
    let posts = |config: &str| {
        Site::empty()
            .file(
                "feedwright.yaml",
                &format!(
                    "site: {{title: Site, url: https://example.gov, language: en-US}}\n\
                     content: {{folders: [content]}}\n{config}"
                ),
            )
            .post(
                "content/a.md",
                "title: A\ndate: 2024-01-02\ntags: [x]\nlang: en",
            )
            .post(
                "content/a.fr.md",
                "title: À\ndate: 2024-01-02\ntags: [x]\nlang: fr",
            )
            .post(
                "content/de/b.md",
                "title: B\ndate: 2024-01-03\nref: b\nlang: de",
            )
            .post("content/c.md", "title: C\ndate: 2024-01-04\nref: b")
    };
    let site = posts("feeds: {taxonomies: [tags, languages]}\n");
    built(&site, ".");
    assert_eq!(ids(&site, "feeds/feed.json"), ["/c/", "/a/"]);
    assert_eq!(ids(&site, "feeds/tags/x/feed.json"), ["/a/"]);
    assert_eq!(
        ids(&site, "feeds/languages/fr/tags/x/feed.json"),
        ["/a.fr/"]
    );
    let (homes, entry) = hreflangs(&site, "feeds/languages/fr/atom.xml", "/a.fr/");
    assert_eq!(homes, [""; 0]);
    assert_eq!(entry, ["fr /a.fr/", "en /a/"]);
    let (_, entry) = hreflangs(&site, "feeds/atom.xml", "/c/");
    assert_eq!(entry, ["en-US /c/", "de /de/b/"]);
    // Who does not ask for it has one feed of all.
    let site = posts("");
    built(&site, ".");
    assert_eq!(ids(&site, "feeds/feed.json").len(), 4);
}

/// jekyll-archives 2.2, and the lists of minimal-mistakes.
#[test]
fn feeds_of_tags_belong_to_their_pages() {
    let link = |config: &str, feed: &str| {
        let site = Site::jekyll(config)
            .post(
                "_posts/2024-01-02-a.md",
                "title: A\ntags: [Big Data]\ncategories: [News]",
            )
            .post(
                "_posts/2024-01-02-b.md",
                "title: B\ntags: [Big Data]\nlang: fr",
            );
        built(&site, ".");
        let rss = site.read(&format!("feeds/{feed}/rss.xml"));
        let link = rss.lines().find(|line| line.trim().starts_with("<link>"));
        let link = link.expect("a link").trim();
        link.replace("<link>https://example.gov", "")
            .replace("</link>", "")
    };
    let archives = "plugins: [jekyll-archives]\njekyll-archives:\n  enabled: [tags]\n";
    let tag = "tags/big-data";
    assert_eq!(link(archives, tag), "/tag/big-data/");
    let patterns = "  permalinks: {tag: '/blog/:type/:name/'}\n";
    assert_eq!(
        link(&format!("{archives}{patterns}"), tag),
        "/blog/tag/big-data/"
    );
    assert_eq!(
        link(&archives.replace("[tags]", "all"), tag),
        "/tag/big-data/"
    );
    assert_eq!(link("plugins: [jekyll-archives]\n", tag), "/");
    let of_theme = "tag_archive: {type: liquid, path: /tags/}\n";
    assert_eq!(link(of_theme, tag), "/tags/#big-data");
    let polyglot = format!(
        "languages: [en, fr]\n{}",
        archives.replace("[jekyll-archives]", "[jekyll-archives, jekyll-polyglot]")
    );
    assert_eq!(
        link(&polyglot, "languages/fr/tags/big-data"),
        "/fr/tag/big-data/"
    );
}

/// `_config.yml` of al-folio and Chirpy, as these themes have it.
#[test]
fn themes_name_sites_and_owners() {
    let head = |config: &str| {
        let site = Site::empty()
            .file(
                "_config.yml",
                &format!("url: https://example.gov\n{config}"),
            )
            .post("_posts/2024-01-02-a.md", "title: A");
        built(&site, ".");
        let feed: Value = serde_json::from_str(&site.read("feeds/feed.json")).expect("JSON");
        let icon = feed["favicon"].as_str().unwrap_or("none").to_owned();
        let author = feed["authors"][0]["name"]
            .as_str()
            .expect("an author")
            .to_owned();
        format!(
            "{}, {author}, {icon}",
            feed["title"].as_str().expect("a title")
        )
    };
    let al_folio = "first_name: Ada\nmiddle_name: King\nlast_name: Lovelace\n";
    assert_eq!(
        head(&format!("title: blank\nicon: ⚛️\n{al_folio}")),
        "Ada King Lovelace, Ada King Lovelace, none"
    );
    assert_eq!(
        head(&format!("title: Notes\nicon: a.png\n{al_folio}")),
        "Notes, Ada King Lovelace, https://example.gov/assets/img/a.png"
    );
    assert_eq!(
        head("title: Chirpy\nsocial:\n  name: Grace Hopper\n  email: g@example.gov\n"),
        "Chirpy, Grace Hopper, none"
    );
}

/// Whoever reads the site's own feed gets no post twice without being told.
#[test]
fn translations_in_one_feed_are_named() {
    let post = "title: A\ndate: 2024-01-02\nlang:";
    let site = |config: &str| {
        Site::jekyll("timezone: UTC\nlang: en\n")
            .file("feedwright.yaml", config)
            .post("en/news/_posts/2024-01-02-a.md", &format!("{post} en"))
            .post("ja/news/_posts/2024-01-02-a.md", &format!("{post} ja"))
            .post("en/news/_posts/2024-01-03-b.md", "title: B\nlang: de")
    };
    let said = "warning[feed-languages]: the site's own feed has the same posts in several languages (en, ja)";
    let run = site("feeds: {taxonomies: [tags]}\n").build();
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let run = site("feeds: {taxonomies: [tags, languages]}\n").build();
    assert!(!run.stderr.contains("feed-languages"), "{}", run.stderr);
}
