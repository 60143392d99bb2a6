//! Any text as the HTML of entries, escaped, in a CDATA section, and as XHTML.

#![no_main]

use feedwright_fuzz::{PROFILES, check, is_fatal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|html: &str| {
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
    let diags = check(rss.as_bytes(), profile);
    let fatal = diags.iter().find(|found| is_fatal(found));
    assert!(fatal.is_none(), "the feed is well-formed: {fatal:?}");
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>{escaped}</title><entry>\
         <summary type='html'>{escaped}</summary><content type='xhtml'>\
         <div xmlns='http://www.w3.org/1999/xhtml'>{html}</div></content></entry></feed>"
    );
    check(atom.as_bytes(), profile);
});
