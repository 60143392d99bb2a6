//! Podcasts: which posts are episodes, what their feeds say, and that directories find nothing wrong.

mod episodes;
mod shows;

use crate::site::Site;

/// What every podcast has to say of itself.
const SHOW: &str = "artwork: /show.jpg\n  categories: Government\n  owner: {name: Office, email: \
                    office@example.gov}\n  locked: true";

/// A site with a podcast of the posts in `content/talks`, with more settings of it.
fn site(settings: &str) -> Site {
    Site::with(&format!(
        "site: {{title: Site, url: https://example.gov, language: en}}\n\
         podcast:\n  folder: content/talks\n  slug: talks\n  {SHOW}\n{settings}"
    ))
    .file("feedwright.yaml", &config(settings))
    .bytes("talks/1.mp3", &[0; 100])
    .bytes("talks/2.mp3", &[0; 200])
}

/// The configuration of such a site.
fn config(settings: &str) -> String {
    format!(
        "site: {{title: Site, url: https://example.gov, language: en}}\n\
         content: {{folders: [content]}}\n\
         podcast:\n  folder: content/talks\n  slug: talks\n  {SHOW}\n{settings}"
    )
}

/// Where its RSS feed is.
const FEED: &str = "feeds/podcasts/talks/rss.xml";

/// An episode with a file and more in its front matter.
fn episode(number: usize, more: &str) -> String {
    format!(
        "title: Talk {number}\ndate: 2024-0{number}-02\naudio: /talks/{number}.mp3\nduration: 61\n{more}"
    )
}

/// The lines of a text that begin with an element of podcasts.
fn elements(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    let is_own = |line: &&str| line.starts_with("<itunes:") || line.starts_with("<podcast:");
    lines.filter(is_own).collect()
}

/// What a feed says before its first entry, and what it says of that.
fn head_and_entry(feed: &str) -> (Vec<&str>, Vec<&str>) {
    let (head, items) = feed.split_once("<item>").expect("an entry");
    let (item, _) = items.split_once("</item>").expect("an entry");
    (elements(head), elements(item))
}
