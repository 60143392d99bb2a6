//! Each rule is broken by its wrong example and not by its right one, and right feeds break none.

use feedwright_base::diagnostic::Severity;

use super::super::examples::{self, Place};
use super::super::explanation;
use super::{SUMMARY, atom, check, codes, frames, json, rdf, rss};

#[test]
fn every_rule_has_an_example() {
    let of: Vec<&str> = examples::all().map(|(code, ..)| *code).collect();
    let (mut sorted, mut all) = (of.clone(), super::super::codes());
    sorted.sort_unstable();
    all.sort_unstable();
    assert_eq!(sorted, all);
}

#[test]
fn wrong_examples_break_their_rule_and_right_ones_do_not() {
    let mut failed = Vec::new();
    for (code, place, wrong, right) in examples::all() {
        let profile = frames::profile(code);
        let of = |example| codes(&frames::feed(*place, example), profile);
        let (wrong, right) = (of(wrong), of(right));
        if !wrong.contains(*code) {
            failed.push(format!(
                "{code} is not broken by the wrong example, but {wrong:?}"
            ));
        }
        if right.contains(*code) {
            failed.push(format!("{code} is broken by the right example"));
        }
        let is_error =
            |code: &&String| explanation(code).is_some_and(|rule| rule.severity == Severity::Error);
        let errors: Vec<&String> = right.iter().filter(is_error).collect();
        if profile.is_none() && *place != Place::File && !errors.is_empty() {
            failed.push(format!("the right example of {code} breaks {errors:?}"));
        }
        if profile.is_some() && codes(&frames::feed(*place, "<!-- -->"), None).contains(*code) {
            failed.push(format!("{code} belongs to a profile"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
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
