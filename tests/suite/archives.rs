//! Older posts in pages that feeds link to: RFC 5005.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::site::Site;

const SETTINGS: &str = "feeds: {limit: 3, archive: true}\n";

fn site(posts: u32) -> Site {
    let site = Site::jekyll("").file("feedwright.yaml", SETTINGS);
    (1..=posts).for_each(|number| add(&site, number, "Text."));
    site
}

/// Adds a post of its own day.
fn add(site: &Site, number: u32, text: &str) {
    let (month, day) = (1 + number / 28, 1 + number % 28);
    let path = site.path(&format!("_posts/2024-{month:02}-{day:02}-p{number}.md"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    let tag = if number.is_multiple_of(2) {
        "even"
    } else {
        "odd"
    };
    let post = format!("---\ntitle: P{number}\ntags: [{tag}]\n---\n{text}\n");
    fs::write(path, post).expect("a file");
}

/// The file at an address of the site.
fn at(site: &Site, url: &str) -> String {
    site.read(
        url.strip_prefix("https://example.gov/")
            .expect("of the site"),
    )
}

/// The titles that a reader gets of a feed and all pages before it, in the order of reading, and
/// how many documents these are.
fn follow(site: &Site, first: &str) -> (Vec<String>, usize) {
    let mut titles = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(format!("https://example.gov/{first}"));
    while let Some(url) = next {
        assert!(seen.insert(url.clone()), "{url} comes again");
        let text = at(site, &url);
        if url.ends_with("json") {
            let feed: Value = serde_json::from_str(&text).expect("JSON");
            let items = feed["items"].as_array().expect("items");
            let title = |item: &Value| item["title"].as_str().expect("a title").to_owned();
            titles.extend(items.iter().map(title));
            next = feed["next_url"].as_str().map(str::to_owned);
            continue;
        }
        let feed = roxmltree::Document::parse(&text).expect("XML");
        let root = feed.root_element();
        let head = root
            .children()
            .find(|node| node.has_tag_name("channel"))
            .unwrap_or(root);
        let link = |rel: &str| {
            let is_link = |node: &roxmltree::Node| {
                node.has_tag_name(("http://www.w3.org/2005/Atom", "link"))
                    && node.attribute("rel") == Some(rel)
            };
            let link = head.children().find(is_link);
            link.and_then(|node| node.attribute("href"))
                .map(str::to_owned)
        };
        let history = "http://purl.org/syndication/history/1.0";
        let is_archive = head
            .children()
            .any(|node| node.has_tag_name((history, "archive")));
        assert_eq!(is_archive, seen.len() > 1, "{url}");
        if is_archive {
            assert_eq!(
                link("current"),
                Some(format!("https://example.gov/{first}"))
            );
        }
        if is_archive {
            let next = link("next-archive").expect("a page after it");
            assert_eq!(Some(&next), after(&url).as_ref());
            // It is the one that led here, or an empty one.
            assert!(seen.contains(&next) || seen.len() == 2, "{next}");
            assert!(at(site, &next).contains("prev-archive"), "{next}");
        }
        let entries = head
            .children()
            .filter(|node| node.has_tag_name("item") || node.tag_name().name() == "entry");
        for entry in entries {
            let title = entry
                .children()
                .find(|node| node.tag_name().name() == "title");
            titles.push(
                title
                    .and_then(|node| node.text())
                    .expect("a title")
                    .to_owned(),
            );
        }
        next = link("prev-archive");
    }
    (titles, seen.len())
}

/// The address of the page after another one.
fn after(url: &str) -> Option<String> {
    let (stem, rest) = url.split_once("-archive-")?;
    let (number, extension) = rest.split_once('.')?;
    let number: usize = number.parse().ok()?;
    Some(format!("{stem}-archive-{}.{extension}", number + 1))
}

fn pages(site: &Site) -> BTreeMap<String, String> {
    let names = site.files("feeds").into_iter();
    let pages = names.filter(|name| name.contains("-archive-"));
    pages
        .map(|name| (name.clone(), site.read(&format!("feeds/{name}"))))
        .collect()
}

#[test]
fn whoever_follows_the_links_gets_every_post_once() {
    for count in [1, 3, 4, 6, 7, 20] {
        let site = site(count);
        site.build().assert_ok();
        let all: Vec<String> = (1..=count)
            .rev()
            .map(|number| format!("P{number}"))
            .collect();
        for first in ["feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"] {
            let (titles, _) = follow(&site, first);
            assert_eq!(titles, all, "{first}");
        }
        let (titles, _) = follow(&site, "feeds/tags/odd/atom.xml");
        assert_eq!(titles.len(), count.div_ceil(2) as usize);
        let run = site.run(&["check", "feeds", "--strict"]);
        run.assert_ok();
        let whole = site.read("feeds/atom.xml").contains("<fh:complete/>");
        assert_eq!(whole, count <= 3, "{count}");
    }
}

#[test]
fn pages_that_are_full_keep_their_bytes() {
    let site = site(3);
    site.build().assert_ok();
    let mut full: BTreeMap<String, String> = BTreeMap::new();
    for number in 4..=24 {
        if number == 13 {
            // One that comes late is put where the newest are put: no page that is full changes.
            let path = site.path("_posts/2020-01-01-late.md");
            fs::write(path, "---\ntitle: Late\ntags: [odd]\n---\nText.\n").expect("a file");
        }
        add(&site, number, "Text.");
        site.build().assert_ok();
        let now = pages(&site);
        for (name, text) in &full {
            assert_eq!(now.get(name), Some(text), "{name} at {number}");
        }
        for (name, text) in now {
            let entries = ["<item>", "<entry>", "{\"id\":"].map(|mark| text.matches(mark).count());
            if entries.into_iter().max() == Some(3) {
                full.insert(name, text);
            }
        }
    }
    assert!(full.len() > 20, "{:?}", full.keys());
    let (titles, _) = follow(&site, "feeds/atom.xml");
    let titles: BTreeSet<String> = titles.into_iter().collect();
    assert_eq!(titles.len(), 25);
    let before = published(&site);
    let again = site.build_with(&["--no-cache"]);
    assert!(
        again.stdout.contains("Nothing changed: "),
        "{}",
        again.stdout
    );
    assert_eq!(published(&site), before);
}

fn published(site: &Site) -> BTreeMap<String, String> {
    let names = site
        .files("feeds")
        .into_iter()
        .map(|name| format!("feeds/{name}"));
    names
        .chain(["feedwright.lock".to_owned()])
        .map(|name| (name.clone(), site.read(&name)))
        .collect()
}

#[test]
fn an_edit_or_a_deletion_changes_the_page_of_its_post() {
    let site = site(20);
    site.build().assert_ok();
    let changed = |site: &Site, before: &BTreeMap<String, String>| -> Vec<String> {
        let now = pages(site).into_iter();
        let changed = now.filter(|(name, text)| before.get(name) != Some(text));
        let atom = changed
            .map(|(name, _)| name)
            .filter(|name| name.contains("atom"));
        atom.collect()
    };
    let before = pages(&site);
    add(&site, 5, "Another text.");
    site.build().assert_ok();
    let news = ["atom-archive-2.xml", "tags/odd/atom-archive-1.xml"];
    assert_eq!(changed(&site, &before), news);
    let before = pages(&site);
    site.remove("_posts/2024-01-05-p4.md");
    site.build().assert_ok();
    assert_eq!(
        changed(&site, &before),
        ["atom-archive-2.xml", "tags/even/atom-archive-1.xml"]
    );
    // It comes back to where it was.
    add(&site, 4, "Text.");
    site.build().assert_ok();
    assert_eq!(changed(&site, &before), Vec::<String>::new());
    // A page with nothing left is passed over, and its number is not given again.
    for (day, number) in [(2, 1), (3, 2), (4, 3)] {
        site.remove(&format!("_posts/2024-01-{day:02}-p{number}.md"));
    }
    site.build().assert_ok();
    let (titles, _) = follow(&site, "feeds/rss.xml");
    assert_eq!(titles.len(), 17);
    assert!(
        !site
            .read("feeds/rss-archive-2.xml")
            .contains("prev-archive")
    );
}

#[test]
fn what_broke_stays_in_its_page() {
    let site = site(12);
    site.build().assert_ok();
    let before = pages(&site);
    fs::write(site.path("_posts/2024-01-03-p2.md"), "---\ntitle: [\n---\n").expect("a file");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(pages(&site), before);
}

#[test]
fn what_is_broken_takes_nothing_else_out_of_its_page() {
    let limited = |site: &Site, limit: u32| {
        let settings = format!("feeds: {{limit: {limit}, archive: true}}\n");
        fs::write(site.path("feedwright.yaml"), settings).expect("a file");
    };
    // A page has more posts than feeds take by now.
    let site = site(7);
    site.build().assert_ok();
    limited(&site, 1);
    site.build_with(&["--accept-resend"]).assert_ok();
    let before = pages(&site)["rss-archive-1.xml"].clone();
    fs::write(site.path("_posts/2024-01-04-p3.md"), "---\ntitle: [\n---\n").expect("a file");
    site.build_with(&["--keep-going"]).assert_code(4);
    assert_eq!(pages(&site)["rss-archive-1.xml"], before);
    // A page has no other post.
    let site = self::site(0);
    limited(&site, 1);
    (1..=5).for_each(|number| add(&site, number, "Text."));
    site.build().assert_ok();
    fs::write(site.path("_posts/2024-01-04-p3.md"), "---\ntitle: [\n---\n").expect("a file");
    site.build_with(&["--keep-going"]).assert_code(4);
    let (titles, _) = follow(&site, "feeds/atom.xml");
    assert_eq!(titles, ["P5", "P4", "P3", "P2", "P1"]);
}

#[test]
fn what_is_broken_moves_to_the_archive_like_the_rest() {
    let site = site(7);
    site.build().assert_ok();
    fs::write(site.path("_posts/2024-01-08-p7.md"), "---\ntitle: [\n---\n").expect("a file");
    let all = |site: &Site| {
        for first in ["feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"] {
            let (mut titles, _) = follow(site, first);
            titles.sort_by_key(|title| title[1..].parse::<u32>().expect("a number"));
            let count = u32::try_from(titles.len()).expect("a count");
            let expected: Vec<String> = (1..=count).map(|number| format!("P{number}")).collect();
            assert_eq!(titles, expected, "{first}");
        }
    };
    for number in 8..=13 {
        add(&site, number, "Text.");
        site.build_with(&["--keep-going"]).assert_code(4);
        all(&site);
    }
    let before = pages(&site);
    add(&site, 7, "Text.");
    site.build().assert_ok();
    all(&site);
    let full = |page: &str| before[page] == pages(&site)[page];
    assert!(full("rss-archive-1.xml") && full("rss-archive-2.xml"));
}

#[test]
fn a_lock_cannot_make_up_pages() {
    let site = site(7);
    site.build().assert_ok();
    let before = site.read("feedwright.lock");
    let page = "{\"archive\":\"site\",\"page\":1000000,\"files\":[],\"posts\":[\"x\"]}\n";
    let lines = before.replacen('\n', &format!("\n{page}{page}"), 1);
    fs::write(site.path("feedwright.lock"), lines).expect("a file");
    site.build().assert_ok();
    assert_eq!(site.read("feedwright.lock"), before);
}

#[test]
fn an_archive_that_is_not_wanted_any_more_is_stale() {
    let site = site(12);
    site.build().assert_ok();
    fs::write(site.path("feedwright.yaml"), "feeds: {limit: 3}\n").expect("a file");
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stdout.contains("stale     feeds/atom-archive-1.xml"),
        "{}",
        run.stdout
    );
    assert!(!site.read("feeds/atom.xml").contains("archive"));
    site.build_with(&["--prune"]).assert_ok();
    assert!(pages(&site).is_empty());
    assert!(!site.read("feedwright.lock").contains("archive"));
}

#[test]
fn without_a_lock_pages_follow_the_dates() {
    let settings = "feeds: {limit: 3, archive: true}\nstate: none\n";
    let site = Site::jekyll("").file("feedwright.yaml", settings);
    (1..=10).for_each(|number| add(&site, number, "Text."));
    site.build().assert_ok();
    let (titles, documents) = follow(&site, "feeds/atom.xml");
    assert_eq!((titles.len(), documents), (10, 4));
}

#[test]
fn what_was_cut_to_fit_is_cut_alike_again() {
    let description = "words of a long description ".repeat(12);
    for (archive, most) in [(true, 3_750), (true, 9_800), (false, 9_800), (true, 30_000)] {
        let settings = format!("feeds: {{limit: 0, max_bytes: {most}, archive: {archive}}}\n");
        let mut site = Site::jekyll("").file("feedwright.yaml", &settings);
        for day in 1..=30 {
            let text = "Words of the text that go on and on. ".repeat(day * 2);
            site = site.file(
                &format!("_posts/2024-01-{day:02}-p.md"),
                &format!("---\ntitle: Post {day}\ndescription: {description}\n---\n{text}\n"),
            );
        }
        site.build().assert_ok();
        for name in ["rss.xml", "atom.xml", "feed.json"] {
            let size = site.read(&format!("feeds/{name}")).len();
            assert!(size <= most, "{archive} {most}: {name} has {size}");
        }
        for _ in 0..2 {
            let run = site.build_with(&["--locked", "--no-cache"]);
            run.assert_ok();
            assert!(run.stdout.contains("Nothing changed: "), "{}", run.stdout);
        }
    }
}

#[test]
fn a_feed_has_no_more_bytes_than_it_may() {
    let long = "A sentence that says something about nothing. ".repeat(100);
    let made = |most: usize| {
        let settings =
            format!("feeds: {{limit: 6, max_bytes: {most}}}\nguard: {{max_changed: 9}}\n");
        let site = Site::jekyll("").file("feedwright.yaml", &settings);
        (1..=6).for_each(|number| add(&site, number, &long));
        let run = site.build_with(&["-v"]);
        run.assert_ok();
        (site, run)
    };
    let whole = |site: &Site| {
        let feed = site.feed();
        let items = feed["items"].as_array().expect("items").clone();
        let count = items
            .iter()
            .filter(|item| item.get("content_html").is_some())
            .count();
        (count, items.len())
    };
    let (site, run) = made(100_000);
    assert_eq!(whole(&site), (6, 6));
    assert!(!run.stderr.contains("feed-bytes"), "{}", run.stderr);
    for (most, said) in [
        (20_000, "3 of its 6 entries carry their summaries only"),
        (7_000, "6 of its 6 entries carry"),
        (4_000, "left out"),
        (100, "it is still larger"),
    ] {
        let (site, run) = made(most);
        assert!(run.stderr.contains("warning[feed-bytes]"), "{}", run.stderr);
        let line = run.stderr.lines().find(|line| line.contains("“Site”"));
        assert!(
            line.is_some_and(|line| line.contains(said)),
            "{most}: {}",
            run.stderr
        );
        for name in site.files("feeds") {
            let size = site.read(&format!("feeds/{name}")).len();
            assert!(size <= most || most == 100, "{name}: {size} of {most}");
        }
        let run = site.run(&["check", "feeds"]);
        run.assert_ok();
        let again = site.build_with(&["--no-cache"]);
        assert!(
            again.stdout.contains("Nothing changed: "),
            "{}",
            again.stdout
        );
    }
    // What was left out does not come up again when there is room.
    let (site, _) = made(4_000);
    let titles = site.titles();
    assert!(titles.len() < 6 && titles[0] == "P6", "{titles:?}");
    (1..=6).for_each(|number| add(&site, number, "Short."));
    site.build().assert_ok();
    assert_eq!(site.titles(), titles);
}
