//! Sites whose feeds were made by their generators move to feedwright, and no reader notices.
//! `tests/adopt/SITE/feed/` is what the real generator wrote of that site.

mod generators;
mod lines;
mod replaced;
mod taken;

use std::path::Path;

use crate::site::Site;

/// A site of `tests/adopt`, with its old feed in `feed/`.
fn site(name: &str, config: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/adopt")
        .join(name);
    Site::copy(&folder, |_| true).file(
        "feedwright.yaml",
        &format!("content: {{ignore: [feed]}}\n{config}"),
    )
}

/// An RSS feed at `/feed.xml` of `https://example.gov`, with these items.
fn rss(items: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>S</title>\
         <link>https://example.gov/</link><description>D</description>\
         <atom:link rel='self' href='https://example.gov/feed.xml'/>{items}</channel></rss>"
    )
}

/// An item of this id, of the post with this name and title.
fn item(id: &str, name: &str, title: &str, date: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://example.gov/{name}/</link>\
         <guid isPermaLink='false'>{id}</guid><pubDate>{date}</pubDate></item>"
    )
}

const JAN_1: &str = "Mon, 01 Jan 2024 00:00:00 GMT";

const JAN_2: &str = "Tue, 02 Jan 2024 00:00:00 GMT";

const JAN_3: &str = "Wed, 03 Jan 2024 00:00:00 GMT";
