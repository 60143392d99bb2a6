//! Feeds that break the rules of Atom.

use super::super::{SUMMARY, atom};
use super::Cases;

/// Elements that feeds and entries must have.
pub(super) fn entries(cases: &mut Cases) {
    cases.add(
        "atom-author-missing",
        atom("", SUMMARY).replace("<author><name>A</name></author>", ""),
    );
    cases.add(
        "atom-content-missing",
        atom("", SUMMARY).replace("<link href='https://e.com/1'/>", ""),
    );
    cases.add(
        "atom-summary-missing",
        atom("", "<content src='https://e.com/a' type='a/b'/>"),
    );
    cases.add("atom-text-missing", atom("", ""));
    let entry = "<entry><id>tag:e.com,2020:1</id><title>I</title><updated>2020-01-01T00:00:00Z</updated><summary>S</summary><link href='https://e.com/1'/></entry>";
    cases.add("atom-id-duplicate", atom(entry, SUMMARY));
    cases.add("atom-id-same", atom(&entry.repeat(10), SUMMARY));
    cases.add("atom-updated-duplicate", atom(entry, SUMMARY));
    cases.add(
        "atom-metadata-misplaced",
        atom(&format!("{entry}<rights>R</rights>"), SUMMARY),
    );
    cases.add(
        "atom-prefixed",
        atom("", SUMMARY).replace(
            "xmlns:thr",
            "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:thr",
        ),
    );
    cases.add("atom-source-missing", atom("", "<source/>"));
}

/// Links.
pub(super) fn links(cases: &mut Cases) {
    cases.add(
        "atom-link-rel",
        atom("<link rel='nonsense' href='https://e.com/'/>", SUMMARY),
    );
    cases.add(
        "attribute-blank",
        atom("<link title='' href='https://e.com/'/>", SUMMARY),
    );
    cases.add(
        "atom-link-text",
        atom("<link href='https://e.com/'>x</link>", SUMMARY),
    );
    cases.add(
        "atom-link-duplicate",
        atom(&"<link href='https://e.com/'/>".repeat(2), SUMMARY),
    );
    cases.add(
        "self-missing",
        atom("", SUMMARY).replace("rel='self'", "rel='via'"),
    );
    cases.add(
        "self-relative",
        atom("", SUMMARY).replace("https://e.com/f", "/f"),
    );
    cases.add(
        "self-type",
        atom("", SUMMARY).replace("rel='self'", "rel='self' type='text/html'"),
    );
}

/// Texts and contents.
pub(super) fn texts(cases: &mut Cases) {
    cases.add(
        "atom-text-type",
        atom("", "<summary type='text/plain'>x</summary>"),
    );
    cases.add(
        "atom-content-type",
        atom("", "<content type='multipart/x'>x</content>"),
    );
    cases.add(
        "atom-content-type-missing",
        atom("", "<summary>S</summary><content src='https://e.com/a'/>"),
    );
    cases.add(
        "atom-content-base64",
        atom(
            "",
            "<summary>S</summary><content type='image/png'>?</content>",
        ),
    );
    cases.add(
        "atom-xhtml-div",
        atom("", "<summary type='xhtml'>x</summary>"),
    );
    cases.add(
        "atom-xhtml-namespace",
        atom("", "<summary type='xhtml'><div xmlns=''>x</div></summary>"),
    );
    cases.add(
        "atom-xhtml-escaped",
        atom(
            "",
            "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>&lt;b>x&lt;/b></div></summary>",
        ),
    );
    cases.add(
        "atom-html-fragment",
        atom("", "<content type='text/html'>x</content>"),
    );
}
