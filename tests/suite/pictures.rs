//! Pictures of entries: what is said of them, and where they are taken from.

use crate::site::Site;

/// The head of a PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn post(settings: &str, front_matter: &str, body: &str) -> Site {
    let front_matter = format!("title: A\ndate: 2024-01-01\n{front_matter}");
    let text = format!("---\n{}\n---\n{body}\n", front_matter.trim_end());
    Site::with(settings)
        .file("content/a.md", &text)
        .bytes("img/a b.png", &png(640, 480))
}

/// The elements of pictures, a line each.
fn media(site: &Site, feed: &str) -> Vec<String> {
    let text = site.read(feed);
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| line.contains("media:") && !line.starts_with("<rss"));
    let lines = lines.filter(|line| !line.contains("xmlns:media"));
    lines.map(str::to_owned).collect()
}

/// Builds and checks the feeds.
fn build(site: &Site) {
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let run = site.run(&[
        "check",
        "--strict",
        "feeds/rss.xml",
        "feeds/atom.xml",
        "feeds/feed.json",
    ]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_file_of_the_site_says_its_size() {
    let site = post("", "image: /img/a%20b.png", "Text.");
    build(&site);
    let content = "<media:content height=\"480\" medium=\"image\" type=\"image/png\" \
                   url=\"https://example.gov/img/a%20b.png\" width=\"640\"/>";
    assert_eq!(media(&site, "feeds/rss.xml"), [content]);
    assert_eq!(media(&site, "feeds/atom.xml"), [content]);
    assert_eq!(
        site.feed()["items"][0]["image"],
        "https://example.gov/img/a%20b.png"
    );
}

#[test]
fn what_is_said_of_it_stands_in_it() {
    let site = post(
        "feeds: {thumbnails: true}",
        "image:\n  path: https://e.example/x\n  alt: The <b>mayor</b> & \"us\"\n  credit: J. Doe\n  \
         width: 800px\n  height: 600",
        "Text.",
    );
    build(&site);
    let expected = |shown: &str| {
        [
            "<media:content height=\"600\" medium=\"image\" url=\"https://e.example/x\" width=\"800\">"
                .to_owned(),
            "<media:credit>J. Doe</media:credit>".to_owned(),
            format!("<media:description type=\"plain\">{shown}</media:description>"),
            "</media:content>".to_owned(),
            "<media:thumbnail height=\"600\" url=\"https://e.example/x\" width=\"800\"/>".to_owned(),
        ]
    };
    // Readers of RSS disagree on `&amp;`, as in titles.
    let of_rss = expected("The mayor &#x26; &quot;us&quot;");
    assert_eq!(media(&site, "feeds/rss.xml"), of_rss);
    let of_atom = expected("The mayor &amp; &quot;us&quot;");
    assert_eq!(media(&site, "feeds/atom.xml"), of_atom);
}

#[test]
fn it_is_said_in_many_ways() {
    let check = |front_matter: &str, alt: Option<&str>, credit: Option<&str>| {
        let site = post("", front_matter, "Text.");
        build(&site);
        let lines = media(&site, "feeds/atom.xml");
        let text = |name: &str| {
            let line = lines
                .iter()
                .find(|line| line.contains(&format!("<{name}")))?;
            let (_, rest) = line.split_once('>')?;
            Some(rest.split('<').next()?.to_owned())
        };
        let found = (text("media:description"), text("media:credit"));
        let expected = (alt.map(str::to_owned), credit.map(str::to_owned));
        assert_eq!(found, expected, "{front_matter}");
    };
    let image = "image: https://e.example/x.png\n";
    for key in [
        "image_alt",
        "imageAlt",
        "image-alt",
        "alt",
        "image_alt_text",
    ] {
        check(&format!("{image}{key}: Us"), Some("Us"), None);
    }
    for key in [
        "image_credit",
        "photo_credit",
        "imageCredit",
        "photo-credit",
    ] {
        check(&format!("{image}{key}: Me"), None, Some("Me"));
    }
    check(&format!("{image}image_caption: Us"), Some("Us"), None);
    check(
        &format!("{image}image_caption: No\nimage_alt: Us"),
        Some("Us"),
        None,
    );
    check(
        "cover: {image: https://e.example/x.png, alt: Us, caption: No, relative: false}",
        Some("Us"),
        None,
    );
    check(
        "featured_image: https://e.example/x.png\nfeatured_image_alt: Us\nfeatured_image_credit: Me",
        Some("Us"),
        Some("Me"),
    );
    check(
        "heroImage: https://e.example/x.png\nheroAlt: Us",
        Some("Us"),
        None,
    );
    check(
        "hero: {image: https://e.example/x.png, alt: Us}",
        Some("Us"),
        None,
    );
    check(
        "coverImage: x\nimage: {feature: https://e.example/x.png, credit: Me}\ncover_alt: No",
        None,
        Some("Me"),
    );
    check(
        &format!("{image}alt: ''\nimage_credit: \"<b></b>\""),
        None,
        None,
    );
}

#[test]
fn the_first_picture_of_the_text_where_the_site_wants_it() {
    let body = "![](/dot.gif){width=1}\n\n<img src=\"https://t.example/\" width=\"1\" height=\"1\" \
                alt=\"\">\n\n![The mayor](</img/a b.png>)\n\n![Other](/y.png)";
    let body = body.trim_start_matches("![](/dot.gif){width=1}\n\n");
    let site = post("", "", body);
    build(&site);
    assert_eq!(media(&site, "feeds/rss.xml"), Vec::<String>::new());
    let site = site.file(
        "feedwright.yaml",
        "site: {title: Site, url: https://example.gov}\ncontent: {folders: [content], image: body}\n",
    );
    build(&site);
    assert_eq!(
        media(&site, "feeds/rss.xml"),
        [
            "<media:content height=\"480\" medium=\"image\" type=\"image/png\" \
             url=\"https://example.gov/img/a%20b.png\" width=\"640\">",
            "<media:description type=\"plain\">The mayor</media:description>",
            "</media:content>",
        ]
    );
    // What the post names counts first.
    let site = site.file(
        "content/a.md",
        &format!(
            "---\ntitle: A\ndate: 2024-01-01\nimage: https://e.example/own.png\n---\n{body}\n"
        ),
    );
    build(&site);
    assert_eq!(
        site.feed()["items"][0]["image"],
        "https://e.example/own.png"
    );
}

#[test]
fn a_banner_stands_beside_another_picture() {
    let site = post(
        "",
        "image: /img/a%20b.png\nbanner_image: https://e.example/wide.png",
        "Text.",
    );
    build(&site);
    let item = &site.feed()["items"][0];
    assert_eq!(item["image"], "https://example.gov/img/a%20b.png");
    assert_eq!(item["banner_image"], "https://e.example/wide.png");
    // Alone it is the picture.
    let site = post("", "banner: https://e.example/wide.png", "Text.");
    build(&site);
    let item = &site.feed()["items"][0];
    assert_eq!(item["image"], "https://e.example/wide.png");
    assert_eq!(item.get("banner_image"), None);
}

#[test]
fn pictures_that_are_none_are_borne() {
    let site = post("", "image: /img/bad.png", "Text.").bytes("img/bad.png", b"\x89PNG\r\n\x1a\n");
    build(&site);
    let content = "<media:content medium=\"image\" type=\"image/png\" \
                   url=\"https://example.gov/img/bad.png\"/>";
    assert_eq!(media(&site, "feeds/rss.xml"), [content]);
}
