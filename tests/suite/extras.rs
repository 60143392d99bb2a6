//! What few posts say: contributors, pages they have to do with, places, and elements of the site's own.

use crate::site::{NOW, Site};

fn site(front_matter: &str) -> Site {
    Site::with("feeds: {namespaces: {gov: 'https://example.gov/ns/feed'}}").post(
        "content/a.md",
        &format!("title: A\ndate: 2024-01-02\n{front_matter}"),
    )
}

/// The RSS and the Atom feed of a site with one post, and its JSON item.
fn feeds(front_matter: &str) -> (String, String, serde_json::Value) {
    let site = site(front_matter);
    let run = site.build_with(&["--verify"]);
    run.assert_ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let feeds = ["feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"];
    let run = site.run(&["check", "--now", NOW]);
    assert!(!run.stderr.contains("namespace"), "{}", run.stderr);
    let run = site.run(&[&["check", "--now", NOW], &feeds[..]].concat());
    run.assert_ok();
    // Nobody but the site knows its namespace.
    let warnings = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning["));
    let mut others = warnings.filter(|line| !line.starts_with("warning[namespace-unknown]"));
    assert_eq!(others.next(), None, "{}", run.stderr);
    let item = site.feed()["items"][0].clone();
    (
        site.read("feeds/rss.xml"),
        site.read("feeds/atom.xml"),
        item,
    )
}

#[test]
fn contributors_links_and_places() {
    let (rss, atom, json) = feeds(
        "contributors: [Ann, {name: Bob, url: 'https://bob.example.org/'}]\n\
         link: https://else.example.org/x?a=1&b=2\nvia: {url: 'https://via.example.org/'}\n\
         license: CC BY-SA 4.0\ncomments_url: https://talk.example.org/1\ngeo: {lat: 45.5, lng: -71}",
    );
    for text in [
        "<dc:contributor>Ann</dc:contributor>",
        "<dc:contributor>Bob</dc:contributor>",
        "<atom:link href=\"https://else.example.org/x?a=1&amp;b=2\" rel=\"related\"/>",
        "<atom:link href=\"https://via.example.org/\" rel=\"via\"/>",
        "<creativeCommons:license>https://creativecommons.org/licenses/by-sa/4.0/</creativeCommons:license>",
        "<comments>https://talk.example.org/1</comments>",
        "<georss:point>45.5 -71</georss:point>",
        "xmlns:creativeCommons=",
        "xmlns:georss=\"http://www.georss.org/georss\"",
    ] {
        assert!(rss.contains(text), "{text} in {rss}");
    }
    for text in [
        "<contributor>\n      <name>Ann</name>",
        "<uri>https://bob.example.org/</uri>",
        "href=\"https://else.example.org/x?a=1&amp;b=2\" rel=\"related\"",
        "href=\"https://via.example.org/\" rel=\"via\"",
        "href=\"https://creativecommons.org/licenses/by-sa/4.0/\" rel=\"license\"",
        "href=\"https://talk.example.org/1\" rel=\"replies\" type=\"text/html\"",
        "<georss:point>45.5 -71</georss:point>",
        "xmlns:georss=\"http://www.georss.org/georss\"",
    ] {
        assert!(atom.contains(text), "{text} in {atom}");
    }
    assert!(!atom.contains("xmlns:creativeCommons"), "{atom}");
    assert_eq!(json["external_url"], "https://else.example.org/x?a=1&b=2");
}

#[test]
fn what_means_something_else_is_left_alone() {
    for front_matter in [
        "link: https://example.gov/own/",
        "link: /own/",
        "comments: true",
        "license: MIT",
        "location: Austin",
        "geo: {lat: 100, lng: 0}",
        "geo: north",
        "via: a friend",
        "gov: text",
    ] {
        let plain = feeds("tags: []");
        assert_eq!(feeds(front_matter), plain, "{front_matter}");
    }
}

#[test]
fn comments_by_the_post_of_a_server() {
    let (rss, _, _) = feeds("comments: {host: social.example.org, username: office, id: 123}");
    assert!(
        rss.contains("<comments>https://social.example.org/@office/123</comments>"),
        "{rss}"
    );
}

#[test]
fn elements_of_the_sites_own() {
    let (rss, atom, json) =
        feeds("gov: {docket: 12-345, office: [A & B, <C>]}\n\"gov:deadline\": 2024-02-01");
    for feed in [&rss, &atom] {
        assert!(
            feed.contains("xmlns:gov=\"https://example.gov/ns/feed\""),
            "{feed}"
        );
        assert!(feed.contains("<gov:docket>12-345</gov:docket>"), "{feed}");
        assert!(
            feed.contains("<gov:deadline>2024-02-01</gov:deadline>"),
            "{feed}"
        );
    }
    assert!(rss.contains("<gov:office>A &#x26; B</gov:office>"), "{rss}");
    assert!(
        atom.contains("<gov:office>A &amp; B</gov:office>"),
        "{atom}"
    );
    assert_eq!(
        json["_gov"],
        serde_json::json!({"docket": "12-345", "office": ["A & B", "<C>"], "deadline": "2024-02-01"})
    );
    // The same, by the prefix or by the namespace itself.
    for key in ["gov", "https://example.gov/ns/feed"] {
        let below = format!("extensions: {{'{key}': {{docket: 12-345}}}}");
        assert!(
            feeds(&below).0.contains("<gov:docket>12-345</gov:docket>"),
            "{key}"
        );
    }
    let run = site("gov: {a: {b: c}, 'no name': x}").build();
    run.assert_ok();
    assert!(
        run.stderr
            .contains("`gov:a` is neither a text nor a list of texts")
            && run.stderr.contains("warning[element-unusable]"),
        "{}",
        run.stderr
    );
}

#[test]
fn namespaces_that_cannot_be() {
    for (namespaces, message) in [
        (
            "{atom: 'https://example.gov/ns'}",
            "`atom` cannot be the prefix",
        ),
        (
            "{'a b': 'https://example.gov/ns'}",
            "`a b` cannot be the prefix",
        ),
        ("{gov: here}", "`here` is no namespace"),
    ] {
        let site = Site::with(&format!("feeds: {{namespaces: {namespaces}}}"))
            .post("content/a.md", "title: A\ndate: 2024-01-02");
        let run = site.build();
        run.assert_code(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn avatars_of_authors() {
    let (_, _, json) = feeds("author: {name: Ann, avatar: /ann.png, url: /ann/}");
    let expected = serde_json::json!([
        {"name": "Ann", "url": "https://example.gov/ann/", "avatar": "https://example.gov/ann.png"}
    ]);
    assert_eq!(json["authors"], expected);
}
