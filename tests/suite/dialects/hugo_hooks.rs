//! Hugo's own render hooks: where links and pictures of Markdown lead, as Hugo 0.168 has it.

use serde_json::Value;

use super::hugo;
use super::markdown::content;
use crate::site::Site;

const LANGUAGES: &str = "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n";

/// A site with pages in two languages, and what a post in each of them links to.
fn bilingual(config: &str) -> Site {
    let dated = "title: T\ndate: 2024-01-02";
    let links = "[a](/posts/o) [b](../o.md#x) [c](o?q=1#z) [d](/docs/) [e](/docs/x) [f](/posts) [g](/slugged) \
                 [h](./pic.png) [i](../o) [j](/files/x.pdf) [k](#y) [l](../index.md) <a href=\"/posts/o\">m</a>\n\n\
                 ![n](pic.png) ![o](own.png) ![p](images/as.png) ![q](none.png)\n";
    let post = format!("---\n{dated}\n---\n{links}");
    hugo(&format!(
        "{config}[markup.goldmark.renderer]\nunsafe = true\n"
    ))
    .file("content/posts/b/index.md", &post)
    .file("content/posts/b/index.fr.md", &post)
    .file("content/posts/b/pic.png", "x")
    .file("content/posts/b/own.png", "x")
    .file("content/posts/b/own.fr.png", "x")
    .file("assets/images/as.png", "x")
    .post("content/posts/o.md", dated)
    .post("content/posts/o.fr.md", dated)
    .post("content/docs/_index.md", "title: Docs")
    .post("content/docs/_index.fr.md", "title: Docs")
    .post("content/docs/x.md", "title: X")
    .post("content/slugged.md", &format!("{dated}\nslug: zzz"))
    .post("content/slugged.fr.md", &format!("{dated}\nslug: zzzf"))
}

/// Where the links and pictures of a post lead, by the path of its address.
fn leads_to(site: &Site, feed: &str, post: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(&site.read(feed)).expect("JSON");
    let items = feed["items"].as_array().expect("items").iter();
    let url = format!("https://example.gov{post}");
    let mut own = items.filter(|item| item["url"] == *url);
    let html = own.next().expect("the post")["content_html"]
        .as_str()
        .expect("HTML");
    let parts = html.split(['"']);
    let urls = parts.filter_map(|part| part.strip_prefix("https://example.gov"));
    urls.map(str::to_owned).collect()
}

#[test]
fn links_name_pages_of_their_language() {
    let site = bilingual(LANGUAGES);
    site.build_with(&["--output", "out"]).assert_ok();
    assert_eq!(
        leads_to(&site, "out/feeds/feed.json", "/posts/b/"),
        [
            "/posts/o/",
            "/posts/o/#x",
            "/posts/o/?q=1#z",
            "/docs/",
            "/docs/x/",
            "/posts/",
            "/zzz/",
            "/posts/b/pic.png",
            "/posts/o",
            "/files/x.pdf",
            "/posts/b/#y",
            "/posts/",
            "/posts/o",
            "/posts/b/pic.png",
            "/posts/b/own.png",
            "/images/as.png",
            "/posts/b/none.png",
        ]
    );
    // There is no `/docs/x` in French, and the picture is published once.
    assert_eq!(
        leads_to(&site, "out/feeds/languages/fr/feed.json", "/fr/posts/b/"),
        [
            "/fr/posts/o/",
            "/fr/posts/o/#x",
            "/fr/posts/o/?q=1#z",
            "/fr/docs/",
            "/docs/x",
            "/fr/posts/",
            "/fr/zzzf/",
            "/posts/b/pic.png",
            "/fr/posts/o",
            "/files/x.pdf",
            "/fr/posts/b/#y",
            "/fr/posts/",
            "/posts/o",
            "/posts/b/pic.png",
            "/fr/posts/b/own.fr.png",
            "/images/as.png",
            "/fr/posts/b/none.png",
        ]
    );
}

/// Pages of one language that are mounted for another, too.
#[test]
fn pages_of_other_languages() {
    let mount = |source: &str, target: &str, language: &str| {
        format!(
            "[[module.mounts]]\nsource = '{source}'\ntarget = 'content{target}'\n\
             [module.mounts.sites.matrix]\nlanguages = ['{language}']\n"
        )
    };
    let mounts = [
        mount("c/en", "", "en"),
        mount("c/fr", "", "fr"),
        mount("c/en/docs", "/docs", "fr"),
    ];
    let post = "---\ntitle: T\ndate: 2024-01-02\n---\n[a](/docs/x) [b](/docs)\n";
    let site = hugo(&format!("{LANGUAGES}{}", mounts.concat()))
        .file("c/en/posts/a.md", post)
        .file("c/fr/posts/a.md", post)
        .post("c/en/docs/_index.md", "title: D")
        .post("c/en/docs/x.md", "title: X");
    site.build_with(&["--output", "out"]).assert_ok();
    let english = leads_to(&site, "out/feeds/feed.json", "/posts/a/");
    assert_eq!(english, ["/docs/x/", "/docs/"]);
    let french = "out/feeds/languages/fr/feed.json";
    assert_eq!(
        leads_to(&site, french, "/fr/posts/a/"),
        ["/fr/docs/x/", "/fr/docs/"]
    );
}

/// They are on where languages share the files of bundles, or where the site says so.
#[test]
fn hooks_that_are_off() {
    let link = "[markup.goldmark.renderHooks.link]\n";
    let image = "[markup.goldmark.renderHooks.image]\n";
    let duplicate = "[markup.goldmark]\nduplicateResourceFiles = true\n";
    let (on, off) = ("/posts/o/", "/posts/o");
    let (asset, none) = ("/images/as.png", "/posts/b/images/as.png");
    for (config, to, picture) in [
        (String::new(), off, none),
        (LANGUAGES.to_owned(), on, asset),
        (format!("{LANGUAGES}{duplicate}"), off, none),
        (
            format!("{LANGUAGES}{link}useEmbedded = 'never'\n"),
            off,
            asset,
        ),
        (
            format!("{LANGUAGES}{link}enableDefault = false\n"),
            off,
            asset,
        ),
        (
            format!("{LANGUAGES}{link}useEmbedded = 'fallback'\n"),
            on,
            asset,
        ),
        (
            format!("{LANGUAGES}{image}useEmbedded = 'never'\n"),
            on,
            none,
        ),
        (
            format!("{link}enableDefault = true\n{image}useEmbedded = 'always'\n"),
            on,
            asset,
        ),
    ] {
        let site = bilingual(&config);
        site.build_with(&["--output", "out"]).assert_ok();
        let found = leads_to(&site, "out/feeds/feed.json", "/posts/b/");
        assert_eq!((&*found[0], &*found[15]), (to, picture), "{config}");
    }
}

/// A picture that stands alone is in a paragraph, unless the site says otherwise.
#[test]
fn pictures_that_stand_alone() {
    let bare = super::markdown::Generator {
        files: &[(
            "hugo.toml",
            "title = 'Site'\nbaseURL = 'https://example.gov/'\n[markup.goldmark.parser]\n\
             wrapStandAloneImageWithinParagraph = false\n",
        )],
        post: "content/posts/a.md",
    };
    let picture = "<img src=\"https://example.gov/posts/a/b.png\" alt=\"a\">";
    let text = "![a](b.png)\n\n![a](b.png) x\n\n> ![*a*](b.png)\n";
    let quote = |inner: &str| format!("<blockquote>{inner}</blockquote>");
    assert_eq!(
        content(&super::markdown::HUGO, "", text),
        format!(
            "<p>{picture}</p><p>{picture} x</p>{}",
            quote(&format!("<p>{picture}</p>"))
        )
    );
    assert_eq!(
        content(&bare, "", text),
        format!("{picture}<p>{picture} x</p>{}", quote(picture))
    );
}
