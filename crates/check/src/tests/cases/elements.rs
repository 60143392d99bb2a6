//! Feeds that break the rules of all elements and attributes.

use super::super::{SUMMARY, atom, rss};
use super::Cases;

/// Elements and attributes of any vocabulary.
pub(super) fn elements(cases: &mut Cases) {
    cases.add("element-unknown", rss("<tilte/>", ""));
    cases.add("element-duplicate", rss("<title>U</title>", ""));
    cases.add("element-missing", "<rss version='2.0'/>".into());
    cases.add("element-text", rss("text", ""));
    cases.add("element-blank", rss("<generator/>", "<category/>"));
    cases.add(
        "element-place",
        rss("<a xmlns='https://e.com/'/><image><atom:id/></image>", ""),
    );
    cases.add(
        "element-no-namespace",
        rss("<x xmlns='https://e.com/'><a xmlns=''/></x>", ""),
    );
    cases.add("element-vocabulary", atom("<a xmlns=''/>", SUMMARY));
    cases.add(
        "xhtml-misplaced",
        atom("<p xmlns='http://www.w3.org/1999/xhtml'/>", SUMMARY),
    );
    cases.add("attribute-unknown", rss("<ttl unit='h'>5</ttl>", ""));
    cases.add(
        "attribute-extension",
        rss("<ttl xmlns:x='https://e.com/' x:y='1'>5</ttl>", ""),
    );
    cases.add("attribute-missing", rss("", "<source>S</source>"));
    cases.add(
        "whitespace",
        atom("", "<published> 2020-01-01T00:00:00Z</published>"),
    );
    cases.add(
        "characters-broken",
        rss("", "<description>it\u{92}s</description>"),
    );
}
