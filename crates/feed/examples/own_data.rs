//! Feeds of rows as a database has them: `cargo run -p feedwright-feed --example own_data` writes three
//! files into the folder that is named, or into the present one.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use feedwright_feed::{Entry, Feed, Format, Html, Timestamp, Url};

/// A row: id, title, when it was published, and its text.
type Row = (u32, &'static str, &'static str, &'static str);

const ROWS: [Row; 3] = [
    (
        1,
        "Road works",
        "2024-01-08T08:00:00Z",
        "<p>The <b>bridge</b> is closed.</p>",
    ),
    (
        2,
        "Road works end",
        "2024-02-01T16:30:00Z",
        "<p>The bridge is open. See <a href='map.png'>the map</a>.</p>",
    ),
    (
        3,
        "Budget 2024 & you",
        "2024-02-20T09:00:00-05:00",
        "<script>alert(1)</script><p>It is here.</p>",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    let home = Url::parse("https://www.example.gov/notices/")?;
    let mut feed = Feed::new(
        home.clone(),
        "Notices",
        "Notices of the agency, as they come.",
    );
    feed.language = Some("en-US".to_owned());
    for (id, title, published, text) in ROWS {
        let published = Timestamp::from_rfc3339(published).ok_or("no date")?;
        let mut entry = Entry::new(home.join(&format!("{id}/"))?, title, published);
        // It stays the same when the notices move.
        entry.id = format!("tag:example.gov,2024:notice-{id}");
        entry.content = Html::clean(text, &entry.url);
        feed.push(entry);
    }
    for (format, name) in [
        (Format::Rss, "rss.xml"),
        (Format::Atom, "atom.xml"),
        (Format::Json, "feed.json"),
    ] {
        fs::write(folder.join(name), feed.write(format, &home.join(name)?)?)?;
    }
    Ok(())
}
