//! Sites move from another generator or host to one that feedwright makes the feeds of.

mod around;
mod sent;

use crate::site::{NOW, Site};

/// A page of the old site.
fn page(title: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title} | Old site</title></head>\
         <body><h1>{title}</h1><p>Text.</p></body></html>"
    )
}

/// An Atom feed at this address of `https://example.gov`, with these entries: path, title, day.
fn atom(address: &str, entries: &[(&str, &str, &str)]) -> String {
    let entries: String = entries
        .iter()
        .map(|(path, title, day)| {
            let id = path.trim_end_matches(".html");
            format!(
                "<entry><title>{title}</title><link href='https://example.gov{path}'/>\
                 <id>https://example.gov{id}</id><published>{day}T00:00:00+00:00</published>\
                 <updated>{day}T00:00:00+00:00</updated></entry>"
            )
        })
        .collect();
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Old site</title>\
         <id>https://example.gov{address}</id><updated>2024-01-03T00:00:00Z</updated>\
         <link rel='self' href='https://example.gov{address}'/>{entries}</feed>"
    )
}

/// A site of Jekyll as it was rendered, in `old/`, and the same posts in a site of Hugo, in `new/`:
/// with other addresses, one with another title, and a new one. The old feed had three of four
/// posts.
fn jekyll_to_hugo() -> Site {
    let post = |title: &str, day: &str| format!("---\ntitle: {title}\ndate: {day}\n---\nText.\n");
    Site::empty()
        .file(
            "old/feed.xml",
            &atom(
                "/feed.xml",
                &[
                    ("/2024/01/03/c.html", "Gamma", "2024-01-03"),
                    ("/2024/01/02/b.html", "Beta, a list", "2024-01-02"),
                    ("/2023/12/31/gone.html", "Gone", "2023-12-31"),
                ],
            ),
        )
        .file("old/index.html", &page("Home"))
        .file("old/about/index.html", &page("About"))
        .file("old/2024/01/03/c.html", &page("Gamma"))
        .file("old/2024/01/02/b.html", &page("Beta, a list"))
        .file("old/2023/12/01/a.html", &page("Alpha"))
        .file(
            "old/2023/11/30/before.html",
            &page("The first &amp; oldest"),
        )
        .file("old/sitemap.xml", "<?xml version='1.0'?><urlset/>")
        .file(
            "new/hugo.toml",
            "title = 'New site'\nbaseURL = 'https://example.gov/'\n",
        )
        .file(
            "new/content/posts/z.md",
            &post("The first & oldest", "2023-11-30"),
        )
        .file("new/content/posts/a.md", &post("Alpha", "2023-12-01"))
        .file("new/content/posts/b.md", &post("Beta", "2024-01-02"))
        .file("new/content/posts/c.md", &post("Gamma", "2024-01-03"))
        .file("new/content/posts/d.md", &post("Delta", "2024-01-04"))
}

const MIGRATE: [&str; 5] = ["migrate", "old", "new", "--now", NOW];

fn migrate(site: &Site, more: &[&str]) -> crate::site::Run {
    site.run(&[&MIGRATE[..], more].concat())
}
