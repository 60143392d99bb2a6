//! Feeds of the notices in an SQLite database: `cargo run -p own-data -- DATABASE FOLDER` writes
//! `rss.xml`, `atom.xml` and `feed.json`. Where there is no such database, it makes a small one.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use feedwright_feed::{Entry, Feed, Format, Html, Timestamp, Url};
use rusqlite::Connection;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let database = arguments.next().unwrap_or_else(|| "notices.db".into());
    let folder = arguments.next().unwrap_or_else(|| ".".into());

    let feed = feed(&open(&database)?)?;
    fs::create_dir_all(&folder)?;
    for (format, name) in [
        (Format::Rss, "rss.xml"),
        (Format::Atom, "atom.xml"),
        (Format::Json, "feed.json"),
    ] {
        // A feed says where it is found.
        let address = feed.url.join(name)?;
        fs::write(folder.join(name), feed.write(format, &address)?)?;
    }
    println!("{} notices in three feeds", feed.entries.len());
    Ok(())
}

/// Makes the feed of all notices.
fn feed(database: &Connection) -> Result<Feed, Box<dyn Error>> {
    let home = Url::parse("https://www.example.gov/notices/")?;
    let mut feed = Feed::new(home.clone(), "Notices", "What the agency gives notice of.");
    feed.language = Some("en-US".to_owned());
    let mut query = database.prepare("SELECT id, title, published, html FROM notices")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let (id, title): (i64, String) = (row.get(0)?, row.get(1)?);
        let (published, html): (String, String) = (row.get(2)?, row.get(3)?);
        let published = Timestamp::from_rfc3339(&published)
            .ok_or_else(|| format!("notice {id} has no date with a time zone: {published}"))?;
        let mut entry = Entry::new(home.join(&format!("{id}/"))?, title, published);
        // The id stays when the notices move to another address.
        entry.id = format!("tag:example.gov,2024:notice-{id}");
        entry.content = Html::clean(&html, &entry.url);
        feed.push(entry);
    }
    Ok(feed)
}

/// Opens the database, and makes it where it is not there.
fn open(path: &Path) -> Result<Connection, rusqlite::Error> {
    let is_new = !path.exists();
    let database = Connection::open(path)?;
    if is_new {
        database.execute_batch(
            "CREATE TABLE notices (id INTEGER PRIMARY KEY, title TEXT, published TEXT, html TEXT);
             INSERT INTO notices VALUES
             (1, 'Road works', '2024-01-08T08:00:00Z', '<p>The <b>bridge</b> is closed.</p>'),
             (2, 'Road works end', '2024-02-01T16:30:00Z',
              '<p>The bridge is open. See <a href=\"map.png\">the map</a>.</p>'),
             (3, 'Budget 2024 & you', '2024-02-20T09:00:00-05:00',
              '<script>alert(1)</script><p>It is here.</p>');",
        )?;
    }
    Ok(database)
}
