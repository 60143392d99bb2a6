//! Feeds that break the rules of RSS.

use super::super::{rdf, rss};
use super::Cases;

/// The feed as a whole.
pub(super) fn feeds(cases: &mut Cases) {
    cases.add(
        "text-markup",
        rss("", "<description>a <em>b</em></description>"),
    );
    cases.add(
        "rss-version",
        rss("", "").replace("version='2.0'", "version='3.0'"),
    );
    let doctype = |system: &str| {
        format!(
            "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' '{system}'><rss version='0.92'/>"
        )
    };
    cases.add(
        "rss-doctype-version",
        doctype("http://www.rssboard.org/rss-0.91.dtd"),
    );
    cases.add(
        "rss-doctype-gone",
        doctype("http://my.netscape.com/publish/formats/rss-0.91.dtd"),
    );
}

/// Items.
pub(super) fn items(cases: &mut Cases) {
    cases.add(
        "rss-item-empty",
        rss("<item><guid>https://e.com/2</guid></item>", ""),
    );
    cases.add(
        "rss-item-misplaced",
        rss("<item><title>J</title></item><ttl>5</ttl>", ""),
    );
    cases.add("rss-guid-missing", rss("<item><title>J</title></item>", ""));
    cases.add(
        "rss-guid-duplicate",
        rss(
            "<item><title>J</title><guid>https://e.com/1</guid></item>",
            "",
        ),
    );
    cases.add(
        "rss-guid-not-url",
        rss("<item><title>J</title><guid>one</guid></item>", ""),
    );
    cases.add(
        "rss-guid-not-link",
        rss(
            "<item><title>J</title><guid>tag:e.com,2020:1</guid></item>",
            "",
        ),
    );
    cases.add(
        "rss-guid-short",
        rss(
            "<item><title>J</title><guid isPermaLink='false'>17</guid></item>",
            "",
        ),
    );
    let enclosure =
        |length: &str| format!("<enclosure url='http://e.com/a' length='{length}' type='a/b'/>");
    cases.add(
        "rss-enclosure-duplicate",
        rss("", &enclosure("1").repeat(2)),
    );
    cases.add("rss-enclosure-length", rss("", &enclosure("-1")));
}

/// The image of a channel.
pub(super) fn image(cases: &mut Cases) {
    let image = |more: &str| {
        rss(
            &format!(
                "<image><url>https://e.com/a.bmp</url><title>X</title><link>https://e.com/x</link>{more}</image>"
            ),
            "",
        )
    };
    cases.add("rss-image-title", image(""));
    cases.add("rss-image-link", image(""));
    cases.add("rss-image-format", image(""));
    cases.add("rss-image-width", image("<width>200</width>"));
    cases.add("rss-image-height", image("<height>0</height>"));
}

/// Other elements of a channel, and extensions that RSS has rules for.
pub(super) fn channel(cases: &mut Cases) {
    cases.add(
        "rss-hour",
        rss("<skipHours><hour>25</hour></skipHours>", ""),
    );
    cases.add(
        "rss-hour-24",
        rss("<skipHours><hour>24</hour></skipHours>", ""),
    );
    cases.add("rss-day", rss("<skipDays><day>Mo</day></skipDays>", ""));
    cases.add(
        "rss-skip-many",
        rss(
            &format!("<skipDays>{}</skipDays>", "<day>Monday</day>".repeat(8)),
            "",
        ),
    );
    cases.add(
        "rss-skip-duplicate",
        rss("<skipHours><hour>1</hour><hour>1</hour></skipHours>", ""),
    );
    cases.add("rss-text-input", rss("<textInput/>", ""));
    cases.add(
        "rss-form-name",
        rss("<textInput><name>1x</name></textInput>", ""),
    );
    cases.add(
        "rss-content-order",
        rss("", "<content:encoded>x</content:encoded>"),
    );
    cases.add(
        "rss-slash-date",
        rss("", "<slash:comments>1</slash:comments>"),
    );
    cases.add(
        "rss-body-duplicate",
        rss("", "<atom:content>x</atom:content>"),
    );
    cases.add(
        "language-missing",
        rss("", "").replace("<language>en</language>", ""),
    );
}

/// RSS 1.0.
pub(super) fn rss_on_rdf(cases: &mut Cases) {
    let item =
        "<item rdf:about='https://e.com/1'><title>I</title><link>https://e.com/1</link></item>";
    cases.add("rdf-about-duplicate", rdf(&item.repeat(2)));
    cases.add(
        "rdf-about-missing",
        rdf("<item><title>I</title><link>https://e.com/1</link></item>"),
    );
    cases.add(
        "rdf-syntax",
        rdf(&item.replace("<title>I", "<dc:source>x<dc:y/></dc:source><title>I")),
    );
}
