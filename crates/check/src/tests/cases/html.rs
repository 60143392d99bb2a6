//! Feeds that break the rules of HTML in entries.

use super::super::{atom, rss};
use super::Cases;

/// HTML in entries.
pub(super) fn html(cases: &mut Cases) {
    let html = |text: &str| {
        rss(
            "",
            &format!("<description><![CDATA[{text}]]></description>"),
        )
    };
    cases.add("html-broken", html("<p>a <b>b</p>"));
    cases.add("html-unknown", html("<x-y>a</x-y>"));
    cases.add("html-dangerous", html("<script>1</script>"));
    cases.add("html-handler", html("<p onclick='x'>a</p>"));
    cases.add("html-script-link", html("<a href=' java\tscript:x'>a</a>"));
    cases.add("html-style", html("<p style='position: fixed'>a</p>"));
    cases.add("html-relative", html("<a href='/x'>a</a>"));
    cases.add("html-url-character", html("<a href='x y'>a</a>"));
    cases.add("html-too-deep", html(&"<div>".repeat(1000)));
    cases.add(
        "html-relative-base",
        atom("", "<summary type='html'>&lt;a href='x'>a&lt;/a></summary>"),
    );
}
