//! Any bytes. What is found well-formed has to be so for another parser too.

#![no_main]

use feedwright_fuzz::{PROFILES, check, is_fatal};
use libfuzzer_sys::fuzz_target;
use roxmltree::{Document, ParsingOptions};

fuzz_target!(|feed: &[u8]| {
    let profile = PROFILES[feed.len() % PROFILES.len()];
    let diags = check(feed, profile);
    let is_json = diags
        .iter()
        .any(|d| d.code.starts_with("json-") || d.message.contains("JSON"));
    let Ok(text) = std::str::from_utf8(feed) else {
        return;
    };
    // What other files define is not read here, and roxmltree knows nothing of encodings.
    if is_json || text.contains("encoding") || text.contains("SYSTEM") || text.contains("PUBLIC") {
        return;
    }
    // What is no feed is not read to its end.
    if diags.iter().any(|d| d.code == "no-feed" || is_fatal(d)) {
        return;
    }
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    if let Err(error) = Document::parse_with_options(text, options) {
        panic!("no error is reported, but roxmltree says: {error}");
    }
});
