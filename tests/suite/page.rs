//! The page for people.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use scraper::{Html, Selector};

use crate::site::Site;

const PAGE: &str = "feeds: {page: true, opml: true, taxonomies: [tags, authors]}\n";

/// A site whose names need escaping wherever they stand.
fn site(language: &str, settings: &str) -> Site {
    let own = format!(
        "title: 'A & B < \"C\"'\nurl: https://example.gov\nbaseurl: /a&b\nlang: {language}\n"
    );
    Site::empty()
        .file("_config.yml", &own)
        .file("feedwright.yaml", settings)
        .post(
            "_posts/2024-01-02-one.md",
            "title: 'One <script>alert(1)</script> & more'\ntags: ['R&D', 'a < b']\nauthor: Ann",
        )
        .post("_posts/2024-01-03-two.md", "title: Two\ntags: ['R&D']")
}

/// The page of a site, which no browser has to mend.
struct Page {
    text: String,
    html: Html,
}

impl Page {
    fn of(site: &Site) -> Self {
        let text = site.read("feeds/index.html");
        let html = Html::parse_document(&text);
        assert_eq!(html.errors, Vec::<Cow<'static, str>>::new());
        Page { text, html }
    }

    fn built(site: &Site) -> Self {
        site.build().assert_ok();
        Page::of(site)
    }

    /// The texts of elements.
    fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let all = self.html.select(&selector);
        all.map(|element| element.text().collect()).collect()
    }

    /// An attribute of elements.
    fn values(&self, selector: &str, name: &str) -> Vec<&str> {
        let selector = Selector::parse(selector).expect("a selector");
        let all = self.html.select(&selector);
        all.filter_map(|element| element.attr(name)).collect()
    }
}

#[test]
fn the_page_says_what_there_is_and_asks_nobody() {
    let page = Page::built(&site("en-GB", PAGE));
    assert_eq!(page.texts("title, h1"), ["Follow A & B < \"C\""; 2]);
    assert_eq!(page.texts("header a"), ["A & B < \"C\""]);
    assert_eq!(page.values("header a", "href"), ["/a&b/"]);
    assert_eq!(page.texts("h2"), ["All news", "Tags", "Authors"]);
    assert_eq!(page.texts(".choose").len(), 1);
    // Something to recognize a feed by, and all about it folded away.
    assert_eq!(page.texts("summary .name"), ["a < b", "R&D", "Ann"]);
    assert_eq!(
        page.texts("summary .facts")[1],
        "2 posts · latest 3 January 2024"
    );
    assert_eq!(page.values("details[open]", "open"), Vec::<&str>::new());
    assert_eq!(
        page.texts(".site .facts"),
        ["2 posts · latest 3 January 2024"]
    );
    assert_eq!(page.texts(".posts a"), ["Two", "One alert(1) & more"]);
    assert_eq!(
        page.texts(".posts time"),
        ["3 January 2024", "2 January 2024"]
    );
    // One way first, and no other of the site's own feed beside it.
    let addresses = page.values(".address input[readonly]", "value");
    assert_eq!(addresses[0], "https://example.gov/a&b/feeds/atom.xml");
    assert_eq!(addresses.len(), 4);
    assert_eq!(page.texts(".site a[type]").len(), 3);
    assert_eq!(page.texts(".site details a[type]").len(), 3);
    assert!(
        page.texts("b, i, link[rel=stylesheet], iframe, [onclick], [style]")
            .is_empty()
    );
    for url in [
        page.values("[src]", "src"),
        page.values("link[href]", "href"),
    ]
    .concat()
    {
        assert!(
            url.starts_with('/') || url.starts_with("https://example.gov/"),
            "{url}"
        );
    }
    let ids = page.values("[id]", "id");
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}

/// The sources that the policy of a page allows for scripts and styles.
fn policy(page: &Page) -> (String, String) {
    let policy = page.values("meta[http-equiv=Content-Security-Policy]", "content");
    let directives: Vec<(&str, &str)> = policy[0]
        .split("; ")
        .filter_map(|directive| directive.split_once(' '))
        .collect();
    let of = |name: &str| {
        let found = directives.iter().find(|(known, _)| *known == name);
        found.expect("a directive").1.to_owned()
    };
    assert_eq!(of("default-src"), "'none'");
    assert_eq!(of("img-src"), "'self'");
    assert_eq!(of("form-action"), "'none'");
    (of("script-src"), of("style-src"))
}

#[test]
fn the_script_is_the_same_for_every_site_and_named_by_its_hash() {
    let one = Page::built(&site("en", PAGE));
    let other = Page::built(&site("ar", "feeds: {page: {color: '#7a0019'}}\n"));
    assert_eq!(one.texts("script").len(), 1);
    assert_eq!(one.texts("script"), other.texts("script"));
    let ((script, style), (same, another)) = (policy(&one), policy(&other));
    assert_eq!(script, same);
    assert_ne!(style, another);
    // The policy holds before there is anything that it is about.
    let at = |text: &str| one.text.find(text).expect("part of the page");
    assert!(at("Content-Security-Policy") < at("<style>"));
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/following.md");
    let docs = fs::read_to_string(docs).expect("the documentation");
    let wanted = format!("script-src {script}");
    assert!(
        docs.contains(&wanted),
        "docs/following.md has to say {wanted}"
    );
}

#[test]
fn what_only_a_script_can_do_is_hidden_without_one() {
    let tags = |count: usize| {
        let tags: Vec<String> = (1..=count).rev().map(|at| format!("Étape {at}")).collect();
        let site = Site::jekyll("")
            .file("feedwright.yaml", "feeds: {page: true}\n")
            .post(
                "_posts/2024-01-02-one.md",
                &format!("title: One\ntags: {tags:?}"),
            );
        Page::built(&site)
    };
    let (short, long) = (tags(30), tags(31));
    assert_eq!(short.texts(".filter").len(), 0);
    assert_eq!(long.texts(".filter[hidden] label"), ["Filter"]);
    assert_eq!(
        long.texts("button").len(),
        long.texts("button[hidden]").len()
    );
    assert_eq!(long.texts("button").len(), 32);
    let expected: Vec<String> = (1..=31).map(|at| format!("Étape {at}")).collect();
    assert_eq!(long.texts(".name"), expected);
}

#[test]
fn all_posts_count_and_not_only_those_that_a_feed_has_room_for() {
    let mut site = Site::jekyll("").file("feedwright.yaml", "feeds: {page: true, limit: 3}\n");
    for day in 1..=7 {
        let tag = if day % 2 == 0 { "even" } else { "Odd" };
        let front = format!("title: Post {day}\ntags: [{tag}]");
        site = site.post(&format!("_posts/2024-02-0{day}-post.md"), &front);
    }
    let page = Page::built(&site);
    let expected = "7 posts · latest 7 February 2024";
    assert_eq!(page.texts(".site .facts"), [expected]);
    assert_eq!(page.texts(".name"), ["even", "Odd"]);
    assert_eq!(
        page.texts("li .facts")[1],
        "4 posts · latest 7 February 2024"
    );
    // What is cut off for its size is there all the same.
    let settings = "feeds: {page: true, limit: 3, max_bytes: 1500}\n";
    fs::write(site.path("feedwright.yaml"), settings).expect("a file");
    site.build().assert_ok();
    assert_eq!(Page::of(&site).texts(".site .facts"), [expected]);
}

#[test]
fn the_page_speaks_the_language_of_the_site() {
    for (language, page_language, heading, title) in [
        (
            "de-AT",
            "de-AT",
            "Alle Neuigkeiten",
            "A & B < \"C\" abonnieren",
        ),
        ("es", "es", "Todas las noticias", "Seguir a A & B < \"C\""),
        ("fr", "fr", "Toutes les actualités", "Suivre A & B < \"C\""),
        (
            "pt-BR",
            "pt-BR",
            "Todas as notícias",
            "Seguir A & B < \"C\"",
        ),
        ("zh-CN", "zh-CN", "全部消息", "订阅A & B < \"C\""),
        ("zh-TW", "zh-TW", "全部消息", "訂閱A & B < \"C\""),
        ("ja", "ja", "すべてのお知らせ", "A & B < \"C\"を購読"),
        ("ar", "ar", "جميع الأخبار", "متابعة A & B < \"C\""),
        ("pl", "en", "All news", "Follow A & B < \"C\""),
    ] {
        let page = Page::built(&site(language, PAGE));
        assert_eq!(page.values("html", "lang"), [page_language]);
        assert_eq!(page.texts("h2")[0], heading);
        assert_eq!(page.texts("title, h1"), [title; 2]);
        // What is in another language says so, and all else does not.
        let is_other = language != page_language;
        assert_eq!(
            page.values("h1 span", "lang"),
            vec![language; usize::from(is_other)]
        );
        assert_eq!(
            page.values(".posts a", "lang"),
            vec![language; 2 * usize::from(is_other)]
        );
        let direction = page.values("html", "dir");
        assert_eq!(direction, vec!["rtl"; usize::from(language == "ar")]);
    }
    let page = Page::built(&site("de", PAGE));
    assert_eq!(page.texts(".posts time")[0], "3. Januar 2024");
    assert_eq!(
        page.texts(".site .facts"),
        ["2 Beiträge · zuletzt am 3. Januar 2024"]
    );
}

#[test]
fn the_looks_of_the_page_are_configured_and_can_be_read() {
    let check = |looks: &str, said: &str, code: i32| {
        let site = site("de", &format!("feeds: {{page: {{{looks}}}}}\n"));
        let run = site.build();
        run.assert_code(code);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        site
    };
    let looks = "title: 'Our < feeds', color: '#7A0019', icon: /i.png";
    let page = Page::of(&check(looks, "", 0));
    assert_eq!(page.texts("title, h1"), ["Our < feeds"; 2]);
    assert!(page.text.contains("--accent: #7a0019;"), "{}", page.text);
    assert_eq!(page.values("header img", "src"), ["/a&b/i.png"]);
    assert_eq!(page.values("header img", "alt"), [""]);
    let page = Page::of(&check("icon: /i.png, logo: /logo.svg", "", 0));
    assert_eq!(page.values("header img", "src"), ["/a&b/logo.svg"]);
    assert_eq!(page.values("header img", "alt"), ["A & B < \"C\""]);
    assert_eq!(page.values("link[rel=icon]", "href"), ["/a&b/i.png"]);
    check("color: '#ffff00'", "config-color", 0);
    check("color: 'red}body{display:none'", "which is no color", 2);
    for looks in ["icon", "logo"] {
        check(&format!("{looks}: 'javascript:x'"), "config-image", 2);
    }
    for looks in ["icon", "logo"] {
        let site = check(
            &format!("{looks}: 'https://elsewhere.example/i.png'"),
            "",
            0,
        );
        assert!(!site.read("feeds/index.html").contains("<img"));
    }
}

#[test]
fn who_wants_news_by_email_is_led_to_the_place_first() {
    let settings = |url: &str| format!("feeds: {{page: {{email_signup: '{url}'}}}}\n");
    let url = "https://public.example.net/new?list=A&b=1";
    let page = Page::built(&site("en", &settings(url)));
    assert_eq!(page.values(".site a.button", "href"), [url]);
    assert_eq!(page.texts(".site a.button"), ["Get it by e-mail"]);
    assert!(page.text.find("Get it by e-mail") < page.text.find("Subscribe in a feed reader"));
    for wrong in [
        "news@example.gov",
        "mailto:news@example.gov",
        "javascript:alert(1)",
        "/new",
    ] {
        let run = site("en", &settings(wrong)).build();
        run.assert_code(2);
        let said = format!("`feeds.page.email_signup` is `{wrong}`, which is no page on the web");
        assert!(run.stderr.contains(&said), "{}", run.stderr);
        assert!(run.stderr.contains("config-email-signup"), "{}", run.stderr);
    }
}
