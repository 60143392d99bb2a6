//! Each rule is broken by a feed, and right feeds break none.

use std::collections::BTreeSet;

use feedwright_base::diagnostic::Severity;

use super::super::{Profile, explanation};
use super::cases::cases;
use super::{SUMMARY, atom, check, codes, json, rdf, rss};

/// Feeds for somebody, and the code that each is about.
fn profiles() -> Vec<(Profile, &'static str, String)> {
    let bare = "<item><description>x</description></item>";
    vec![
        (Profile::Govdelivery, "profile-format", json("", "")),
        (Profile::Govdelivery, "govdelivery-no-id", rss(bare, "")),
        (Profile::Govdelivery, "govdelivery-no-title", rss(bare, "")),
        (Profile::Govdelivery, "govdelivery-no-link", rss("", "")),
        (Profile::Mailchimp, "mailchimp-no-date", rss("", "")),
        (
            Profile::Mailchimp,
            "mailchimp-relative",
            atom(
                "",
                "<summary xml:base='https://e.com/' type='html'>&lt;a href='x'>y&lt;/a></summary>",
            ),
        ),
        (Profile::GoogleNews, "google-news-no-id", rss(bare, "")),
        (
            Profile::GoogleNews,
            "google-news-entry-large",
            rss(
                "",
                &format!("<description>{}</description>", "x".repeat(1_000_001)),
            ),
        ),
        (
            Profile::GoogleNews,
            "google-news-feed-large",
            rss(
                "",
                &format!("<description>{}</description>", "x".repeat(2_000_001)),
            ),
        ),
        (
            Profile::GoogleNews,
            "google-news-many",
            rss(&bare.repeat(60), ""),
        ),
    ]
}

#[test]
fn every_rule_is_broken_once() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (code, feed) in cases().0 {
        let found = codes(&feed, None);
        let start = String::from_utf8_lossy(&feed[..feed.len().min(900)]).into_owned();
        assert!(
            found.contains(code),
            "{code} is not among {found:?}: {start}"
        );
        seen.insert(code);
    }
    for (profile, code, feed) in profiles() {
        let found = codes(feed.as_bytes(), Some(profile));
        assert!(
            found.contains(code),
            "{code} is not among {found:?}: {feed:.900}"
        );
        assert!(
            !codes(feed.as_bytes(), None).contains(code),
            "{code} belongs to a profile"
        );
        seen.insert(code);
    }
    // These have tables of their own.
    let elsewhere = [
        "itunes-",
        "podcast-",
        "media-",
        "apple-",
        "psp-",
        "country-invalid",
        "element-recommended",
    ];
    let left: Vec<&str> = super::super::codes()
        .into_iter()
        .filter(|code| !seen.contains(code))
        .filter(|code| {
            *code == "media-type-invalid" || !elsewhere.iter().any(|p| code.starts_with(p))
        })
        .collect();
    assert!(left.is_empty(), "no case breaks {left:?}");
}

#[test]
fn right_feeds_are_silent() {
    let item =
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>";
    for feed in [
        rss(
            "",
            "<description>D &amp;amp; E</description><pubDate>Wed, 01 Jan 2020 00:00:00 +0545</pubDate>",
        ),
        atom("", SUMMARY),
        rdf(item),
        json(
            "",
            ", \"date_published\": \"2020-01-01T00:00:00.25+01:00\", \"_own\": {\"x\": [1]}",
        ),
    ] {
        assert_eq!(check(feed.as_bytes(), None), Vec::<String>::new(), "{feed}");
    }
}

#[test]
fn meaning_and_remedy_are_sentences() {
    for code in super::super::codes() {
        let rule = explanation(code).unwrap();
        assert!(rule.meaning.ends_with('.'), "{code}");
        assert!(!rule.help.is_empty() && !rule.help.ends_with('.'), "{code}");
        assert!(rule.severity >= Severity::Note);
    }
}
