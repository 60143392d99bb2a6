//! `feedwright.lock`: what subscribers have been promised, a line a post and a feed.
//!
//! Lines are JSON objects, ordered by a hash of what they are about: two branches that each add a
//! post add lines in different places, and where they do not, a union of both sides is right.
//! They are read in any order. Neither the first line, which says of which site and version the
//! file is, nor the last, without which it has been cut off, ever changes with the posts.

mod lines;
mod merge;
mod part;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;

use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_site::config::Config;
use rayon::prelude::*;

use super::left::LeftRecords;
use super::records::{ArchiveRecord, FeedRecord, HeldRecord, PingRecord, Record};

use self::lines::{
    ABOUT, END, Header, Line, MEND, VERSION, feed_line, is_header, line_of, line_of_json,
    one_header, post_line,
};

pub(crate) use self::lines::read_left;
pub(crate) use self::part::LockPart;
pub(crate) use self::text::LockText;
pub(crate) use feedwright_site::config::LOCK as FILE;

/// The file's contents.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lock {
    /// The base URL of the site, and the zone of dates that name none, at the last run.
    pub(crate) base: String,
    pub(crate) zone: String,
    /// By id.
    pub(crate) posts: BTreeMap<String, Record>,
    /// By key.
    pub(crate) feeds: BTreeMap<String, FeedRecord>,
    /// By the key of the feed and the number of the page.
    pub(crate) archives: BTreeMap<(String, usize), ArchiveRecord>,
    /// By hub and file.
    pub(crate) pings: BTreeMap<(String, String), PingRecord>,
    pub(crate) held: BTreeSet<HeldRecord>,
    pub(crate) left: LeftRecords,
}

/// How Git marks what it could not merge.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// How many lines are a piece of the text: enough for one write.
const LINES_AT_ONCE: usize = 1024;

impl Lock {
    /// That of a site as it is configured now, with nothing promised yet.
    pub(crate) fn of(config: &Config) -> Self {
        Lock {
            base: config.site.url.to_string(),
            zone: config.site.zone_name(),
            ..Lock::default()
        }
    }

    /// Reads the lock of a site; `None` where there is none.
    ///
    /// # Errors
    ///
    /// One that cannot be read or is not whole. What it says was promised is never guessed.
    pub(crate) fn read(config: &Config) -> Result<Option<Lock>, Error> {
        let Some(text) = read_text(config)? else {
            return Ok(None);
        };
        let path = config.lock();
        Lock::parse(&text).map(Some).map_err(|(line, message)| {
            let message = match line {
                0 => format!("{}: {message}", path.display()),
                line => format!("{}:{line}: {message}", path.display()),
            };
            if message.ends_with(MEND) {
                Error::of_lock(message)
            } else {
                Error::new(message)
            }
        })
    }

    /// Parses a lock; an error has the line, or 0 for the whole file, and says what to do.
    pub(crate) fn parse(text: &str) -> Result<Lock, (usize, String)> {
        let (header, lines) = split(text)?;
        let lines: Vec<Line> = lines
            .par_iter()
            .map(|(at, line)| line_of(line).map_err(|error| (*at, error)))
            .collect::<Result<_, _>>()?;
        Ok(Lock::of_lines(header, lines))
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> LockText<'static> {
        let header = Header {
            feedwright: VERSION,
            about: ABOUT.to_owned(),
            base: self.base.clone(),
            zone: self.zone.clone(),
        };
        // Lines are ordered by a hash of what they are about.
        let line = |key: &str, text: String| (*blake3::hash(key.as_bytes()).as_bytes(), text);
        let mut lines: Vec<([u8; 32], String)> = self
            .posts
            .par_iter()
            .map(|(id, record)| line(id, post_line(record)))
            .collect();
        lines.extend(
            self.feeds
                .iter()
                .map(|(key, record)| line(key, feed_line(record))),
        );
        lines.extend(self.archives.values().map(|record| {
            let key = format!("archive {} {}", record.page, record.key);
            line(&key, line_of_json(record))
        }));
        lines.extend(self.pings.values().map(|record| {
            let key = format!("told {} {}", record.hub, record.file);
            line(&key, line_of_json(record))
        }));
        lines.extend(self.held.iter().map(|record| {
            let key = format!("held {} {}", record.kind.as_str(), record.entry);
            line(&key, line_of_json(record))
        }));
        lines.extend(self.left.values().map(|record| {
            let key = format!("left {}", record.file);
            line(&key, line_of_json(record))
        }));
        lines.par_sort();
        let mut text = LockText::default();
        text.push(line_of_json(&header));
        let pieces = lines.into_par_iter().chunks(LINES_AT_ONCE).map(|lines| {
            let lines: Vec<&str> = lines.iter().map(|(_, line)| &**line).collect();
            lines.concat()
        });
        for piece in pieces.collect::<Vec<String>>() {
            text.push(piece);
        }
        text.push(format!("{END}\n"));
        text
    }
}

/// A number of a line, and its text.
type NumberedLine<'a> = (usize, &'a str);

/// The header and the other lines of a whole lock, without the last one.
fn split(text: &str) -> Result<(Header, Vec<NumberedLine<'_>>), (usize, String)> {
    let mut header: Option<Header> = None;
    let mut ended = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        // A merge may bring a byte order mark to any line.
        let (at, line) = (at + 1, line.trim_start_matches('\u{feff}').trim());
        if CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
            return Err((
                at,
                "a merge left a conflict here: keep the lines of both sides and remove the \
                 marks (`feedwright.lock merge=union` in .gitattributes does so by itself)"
                    .to_owned(),
            ));
        }
        if line.is_empty() {
        } else if line == END {
            ended = true;
        } else if is_header(line) {
            header = Some(one_header(at, line, header)?);
        } else {
            lines.push((at, line));
        }
    }
    let Some(header) = header else {
        return Err((0, format!("the first line is missing: {MEND}")));
    };
    if !ended {
        return Err((0, format!("the file has been cut off: {MEND}")));
    }
    Ok((header, lines))
}

/// The text of a site's lock; `None` where there is none.
fn read_text(config: &Config) -> Result<Option<String>, Error> {
    let path = match &config.lock {
        Some(lock) => lock.clone(),
        None => config.root.ask(FILE),
    };
    let meta = match path.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", &path, error)),
    };
    if !meta.is_file() {
        return Err(Error::new(format!(
            "{} is not a file: put the file itself there, not a link",
            path.display()
        )));
    }
    reading::text(&path, reading::LARGEST)
        .map(Some)
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidData => {
                Error::of_lock(format!("{} is not text: {MEND}", path.display()))
            }
            _ => Error::io("read", &path, error),
        })
}

#[cfg(test)]
mod tests {
    use feedwright_base::date::Timestamp;
    use feedwright_feed::Aliases;

    use super::*;

    fn record(id: &str, path: &str, updated: Option<&str>) -> Record {
        let time = |text: &str| Timestamp::from_rfc3339(text).expect("a time");
        Record {
            id: id.to_owned(),
            aliases: Aliases::default(),
            path: path.to_owned(),
            url: format!("/{path}/"),
            title: "T".to_owned(),
            published: time("2024-01-02T00:00:00-05:00"),
            given: None,
            updated: updated.map(time),
            content: None,
            gone: false,
            hidden: false,
            latest: None,
            like: BTreeMap::new(),
            elsewhere: Vec::new(),
            pending: false,
        }
    }

    fn lock(records: &[Record]) -> Lock {
        Lock {
            base: "https://example.gov/".to_owned(),
            zone: "UTC".to_owned(),
            posts: records
                .iter()
                .map(|record| (record.id.clone(), record.clone()))
                .collect(),
            feeds: BTreeMap::from([(
                "site".to_owned(),
                FeedRecord {
                    key: "site".to_owned(),
                    id: "https://example.gov/feeds/atom.xml".to_owned(),
                    files: BTreeSet::from(["feeds/atom.xml".to_owned()]),
                    adopted: BTreeMap::new(),
                    language: None,
                    limit: 20,
                    oldest: None,
                    beyond: BTreeSet::new(),
                },
            )]),
            ..Lock::default()
        }
    }

    fn text(lock: &Lock) -> String {
        lock.to_text().to_string()
    }

    #[test]
    fn what_is_written_is_read_back_in_any_order_and_twice() {
        let lock = lock(&[record("a", "a.md", None), record("b", "b.md", None)]);
        let text = text(&lock);
        assert_eq!(Lock::parse(&text), Ok(lock.clone()));
        let reversed: Vec<&str> = text.lines().rev().collect();
        assert_eq!(Lock::parse(&reversed.join("\r\n")), Ok(lock.clone()));
        assert_eq!(Lock::parse(&format!("{text}{text}")), Ok(lock));
    }

    #[test]
    fn of_two_changes_of_one_post_the_later_counts() {
        let (old, new) = (
            record("a", "old.md", Some("2024-02-01T00:00:00+00:00")),
            record("a", "new.md", Some("2024-03-01T00:00:00+00:00")),
        );
        for (one, other) in [(&old, &new), (&new, &old)] {
            let mut text = text(&lock(std::slice::from_ref(one)));
            text.push_str(&serde_json::to_string(other).expect("text"));
            assert_eq!(
                Lock::parse(&text),
                Ok(lock(std::slice::from_ref(&new))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_that_is_left_leads_somewhere_in_any_order() {
        let lines = [
            "{\"left\":\"feeds/a.xml\"}\n",
            "{\"left\":\"feeds/a.xml\",\"gone\":true}\n",
            "{\"left\":\"feeds/a.xml\",\"to\":\"feeds/b.xml\"}\n",
        ];
        let empty = text(&Lock::default());
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let lines = order.map(|at| lines[at]).concat();
            let lock = Lock::parse(&format!("{empty}{lines}")).expect("a lock");
            let left: Vec<_> = lock.left.values().map(line_of_json).collect();
            assert_eq!(
                left,
                ["{\"left\":\"feeds/a.xml\",\"to\":\"feeds/b.xml\"}\n"]
            );
            assert_eq!(Lock::parse(&text(&lock)), Ok(lock));
        }
    }

    #[test]
    fn of_three_branches_any_order_comes_to_the_same() {
        let title = |title: &str, published: &str| Record {
            title: title.to_owned(),
            published: Timestamp::from_rfc3339(published).expect("a time"),
            ..record("a", "a.md", None)
        };
        let old = title("Z", "2024-01-01T00:00:00+00:00");
        let new = title("A", "2024-01-02T00:00:00+00:00");
        let expected = Record {
            published: old.published,
            ..new.clone()
        };
        for records in [[&old, &new, &old], [&new, &old, &old], [&old, &old, &new]] {
            let mut text = text(&lock(&[]));
            let lines = records.map(line_of_json);
            text.push_str(&lines.concat());
            let found = Lock::parse(&text).expect("a lock");
            assert_eq!(found.posts.get("a"), Some(&expected), "{text}");
        }
        let feed = |limit: usize| FeedRecord {
            limit,
            ..lock(&[]).feeds["site"].clone()
        };
        for limits in [[20, 30], [30, 20]] {
            let lines = limits.map(|limit| line_of_json(&feed(limit)));
            let text = text(&lock(&[])) + &lines.concat();
            let found = Lock::parse(&text).expect("a lock");
            assert_eq!(found.feeds["site"].limit, 30, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_line_and_a_remedy() {
        let good = text(&lock(&[record("a", "a.md", None)]));
        let check = |text: &str, line: usize, message: &str| {
            let (at, found) = Lock::parse(text).expect_err("an error");
            assert_eq!(at, line, "{found}");
            assert!(found.contains(message), "{found}");
        };
        check("", 0, "the first line is missing: restore");
        check(&good[..good.len() - 3], 0, "the file has been cut off");
        for end in 1..good.len() - 1 {
            // Wherever it was cut, at the end of a line too.
            if good.is_char_boundary(end) && good[..end].trim() != good.trim() {
                Lock::parse(&good[..end]).expect_err("cut off");
            }
        }
        check(&good.replace(END, ""), 0, "the file has been cut off");
        check(
            &good.replace("\"feedwright\":2", "\"feedwright\":3"),
            1,
            "update feedwright",
        );
        let other = good.replace(
            "https://example.gov/\",\"zone",
            "https://other.gov/\",\"zone",
        );
        check(&format!("{good}{other}"), 5, "a merge left two first lines");
        check(
            &good.replacen('\n', "\n<<<<<<< HEAD\n", 1),
            2,
            "a merge left a conflict here",
        );
        let line = if good.find("\"post\"") < good.find("\"feed\"") {
            [2, 3]
        } else {
            [3, 2]
        };
        check(
            &good.replace("\"post\":\"a\"", "\"post\":\"a\\u0001\""),
            line[0],
            "is no id: restore",
        );
        check(
            &good.replace("[\"feeds/", "[\"../feeds/"),
            line[1],
            "`../feeds/atom.xml` is no path of a feed",
        );
        check(
            &good.replace("\"title\"", "\"tittle\""),
            line[0],
            "unknown field `tittle`",
        );
    }
}
