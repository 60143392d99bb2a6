//! Feeds that break the rules of extensions.

use super::super::{SUMMARY, atom, rss};
use super::Cases;

/// Extensions for items and entries.
pub(super) fn extensions(cases: &mut Cases) {
    cases.add(
        "semantics-duplicate",
        rss("", "<category>a</category><dc:subject>a</dc:subject>"),
    );
    cases.add(
        "slash-hit-parade",
        rss("", "<slash:hit_parade>a</slash:hit_parade>"),
    );
    cases.add(
        "georss-coordinates",
        rss("", "<georss:point>45</georss:point>"),
    );
    cases.add(
        "georss-comma",
        rss("", "<georss:point>45,70</georss:point>"),
    );
    cases.add(
        "wfw-comment-rss",
        rss("", "<wfw:commentRSS>https://e.com/c</wfw:commentRSS>"),
    );
    cases.add(
        "thr-attribute",
        atom("<link href='https://e.com/' thr:count='1'/>", SUMMARY),
    );
    cases.add(
        "thr-when",
        atom(
            "<link rel='replies' href='https://e.com/' thr:when='x'/>",
            SUMMARY,
        ),
    );
}

/// Feed paging and archiving.
pub(super) fn history(cases: &mut Cases) {
    cases.add(
        "history-link-in-entry",
        atom(
            "",
            "<summary>S</summary><link rel='next' href='https://e.com/2'/>",
        ),
    );
    cases.add(
        "history-complete-links",
        atom(
            "<fh:complete/><link rel='next' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    cases.add(
        "history-complete-current",
        atom(
            "<fh:complete/><link rel='current' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    cases.add(
        "history-past-end",
        atom(
            "<link rel='first' href='https://e.com/f'/><link rel='previous' href='https://e.com/2'/>",
            SUMMARY,
        ),
    );
    cases.add("history-archive-current", atom("<fh:archive/>", SUMMARY));
    cases.add("history-archive-alone", atom("<fh:archive/>", SUMMARY));
}
