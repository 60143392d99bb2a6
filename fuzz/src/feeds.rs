//! Feeds of any program.

use std::path::Path;

use feedwright::{
    CheckOptions, Diagnostic, Diagnostics, Profile, Severity, Timestamp, Vocabulary, check_feed,
};
use roxmltree::{Document, ParsingOptions};

/// All that may be asked of a feed.
pub const PROFILES: [Option<Profile>; 5] = [
    None,
    Some(Profile::Govdelivery),
    Some(Profile::Mailchimp),
    Some(Profile::Podcast),
    Some(Profile::GoogleNews),
];

/// Checks a feed, and what must hold of every report.
pub fn check(feed: &[u8], profile: Option<Profile>) -> (Option<Vocabulary>, Diagnostics) {
    let report = || {
        let now = Timestamp::from_epoch(1_700_000_000).expect("the time can be written");
        let mut options = CheckOptions::new(now);
        options.profile = profile;
        let mut diags = Diagnostics::new();
        let vocabulary = check_feed(feed, Path::new("feed"), &options, &mut diags);
        diags.sort();
        (vocabulary.expect("bytes can be read"), diags)
    };
    let (vocabulary, diags) = report();
    assert_eq!(
        (vocabulary, &diags),
        (report().0, &report().1),
        "the same feed gives another report"
    );
    // What is not UTF-8 has other lines, and for the parser of JSON a lone carriage return ends one. A
    // zero among the first bytes shows UTF-16.
    let is_wide = feed.iter().take(4).any(|byte| *byte == 0);
    let text = std::str::from_utf8(feed)
        .ok()
        .filter(|_| !is_wide)
        .filter(|text| !text.contains("encoding") && !text.replace("\r\n", "").contains('\r'));
    for diagnostic in diags.iter().filter(|found| found.code != "check-more") {
        let at = diagnostic.location.as_ref().expect("a place is known");
        assert!(at.line >= 1 && at.column >= 1, "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
        if let Some(text) = text {
            let line = text.split('\n').nth(at.line - 1);
            let line = line.unwrap_or_else(|| panic!("there is no such line: {diagnostic:?}"));
            assert!(at.column <= line.chars().count() + 1, "{diagnostic:?}");
        }
    }
    (vocabulary, diags)
}

/// Whether a problem means that the file is no XML at all.
pub fn is_fatal(diagnostic: &Diagnostic) -> bool {
    matches!(
        diagnostic.code,
        "encoding-invalid"
            | "encoding-unknown"
            | "xml-character"
            | "xml-declaration"
            | "xml-entity"
            | "xml-prefix"
            | "xml-syntax"
            | "xml-too-deep"
            | "xml-too-large"
            | "xml-version"
    ) && diagnostic.severity == Severity::Error
}

/// Any bytes. What is found well-formed has to be so for another parser too.
pub fn xml(feed: &[u8]) {
    let (vocabulary, diags) = check(feed, PROFILES[feed.len() % PROFILES.len()]);
    let Ok(text) = std::str::from_utf8(feed) else {
        return;
    };
    // What other files define is not read here, and roxmltree knows nothing of encodings.
    if text.contains("encoding") || text.contains("SYSTEM") || text.contains("PUBLIC") {
        return;
    }
    // What is JSON, or no feed, is not read to its end.
    let is_xml = vocabulary.is_some_and(|known| known != Vocabulary::Json);
    if !is_xml || diags.iter().any(|d| d.code == "no-feed" || is_fatal(d)) {
        return;
    }
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    if let Err(error) = Document::parse_with_options(text, options) {
        panic!("no error is reported, but roxmltree says: {error}");
    }
}

/// A JSON Feed of any bytes. What is found to be JSON has to be so for another parser too.
pub fn json(feed: &[u8]) {
    check(feed, PROFILES[feed.len() % PROFILES.len()]);
    let mut object = b"{".to_vec();
    object.extend_from_slice(feed);
    let (_, diags) = check(&object, None);
    let is_whole = !diags.iter().any(|found| found.severity == Severity::Error);
    // The other one knows no depth but its own.
    if is_whole && let Err(error) = serde_json::from_slice::<serde_json::Value>(&object) {
        let is_bound = error.to_string().contains("recursion limit");
        assert!(
            is_bound,
            "no error is reported, but serde_json says: {error}"
        );
    }
}

/// Any text as the HTML of entries, escaped, in a CDATA section, and as XHTML.
pub fn html(html: &[u8]) {
    let html = String::from_utf8_lossy(html);
    // XML has no other characters.
    let html = html.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
    let html = html.replace(['\u{b}', '\u{c}', '\u{fffe}', '\u{ffff}'], "");
    let profile = PROFILES[html.len() % PROFILES.len()];
    let escaped = html
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let section = html.replace("]]>", "]]]]><![CDATA[>");
    let rss = format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
         <title>T</title><link>https://e.com/</link><description>D</description>\
         <item><title>{escaped}</title><description>{escaped}</description>\
         <content:encoded><![CDATA[{section}]]></content:encoded></item></channel></rss>"
    );
    let (_, diags) = check(rss.as_bytes(), profile);
    let fatal = diags.iter().find(|found| is_fatal(found));
    assert!(fatal.is_none(), "the feed is well-formed: {fatal:?}");
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>{escaped}</title><entry>\
         <summary type='html'>{escaped}</summary><content type='xhtml'>\
         <div xmlns='http://www.w3.org/1999/xhtml'>{html}</div></content></entry></feed>"
    );
    check(atom.as_bytes(), profile);
}
