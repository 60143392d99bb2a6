//! Feeds that break the rules of files, encodings, XML and namespaces.

use super::super::rss;
use super::Cases;

/// Files, encodings and XML.
pub(super) fn xml(cases: &mut Cases) {
    cases.add("no-feed", "<html/>".into());
    cases.add("namespace-missing", "<feed/>".into());
    cases.add("namespace-wrong", "<feed xmlns='https://e.com/'/>".into());
    cases.add(
        "namespace-obsolete",
        "<feed xmlns='http://purl.org/atom/ns#'/>".into(),
    );
    cases.add(
        "encoding-unknown",
        "<?xml version='1.0' encoding='nonsense'?><rss/>".into(),
    );
    cases.add(
        "encoding-obscure",
        "<?xml version='1.0' encoding='koi8-u'?><rss/>".into(),
    );
    cases.add(
        "encoding-nonstandard",
        "<?xml version='1.0' encoding='iso-8859-1'?><rss/>".into(),
    );
    cases.add("encoding-missing", "<rss/>".into());
    cases.add("json-bom", "\u{feff}{}".into());
    cases.add("xml-syntax", rss("<a>", ""));
    cases.add("xml-character", rss("<category>\u{1}</category>", ""));
    cases.add("xml-entity", rss("<category>&nbsp;</category>", ""));
    cases.add("xml-prefix", rss("<x:y/>", ""));
    cases.add("xml-version", "<?xml version='1.1'?><rss/>".into());
    cases.add("xml-too-deep", rss(&"<x>".repeat(300), ""));
    cases.add(
        "xml-too-large",
        rss("", &format!("<source>{}</source>", "x".repeat(10_000_001))),
    );
    cases.add("xml-doctype", "<!DOCTYPE rss SYSTEM 'x'><rss/>".into());
    cases.add_bytes(
        "encoding-invalid",
        b"<?xml version='1.0' encoding='utf-8'?><rss>\xff</rss>",
    );
}

/// Namespaces and what stands before all markup.
pub(super) fn namespaces(cases: &mut Cases) {
    cases.add(
        "namespace-unknown",
        rss("<a xmlns='https://e.com/ns'/>", ""),
    );
    cases.add(
        "namespace-misspelled",
        rss("<a xmlns='http://search.yahoo.com/mrss'/>", ""),
    );
    cases.add(
        "namespace-prefix",
        rss("<m:rating xmlns:m='http://search.yahoo.com/mrss/'/>", ""),
    );
    cases.add("namespace-invalid", rss("<a xmlns='not a uri'/>", ""));
    cases.add(
        "namespace-prefix-reserved",
        rss(
            "<a:x xmlns:media='http://purl.org/rss/1.0/modules/slash/' xmlns:a='https://e.com/'/>",
            "",
        ),
    );
    cases.add("xml-declaration", format!(" {}", rss("", "")));
    cases.add(
        "namespace-address",
        rss("<media:a xmlns:media='https://e.com/'/>", ""),
    );
}
