//! `feedwright.lock`: what subscribers have been promised, a line a post and a feed.
//!
//! Lines are JSON objects, ordered by a hash of what they are about: two branches that each add a
//! post add lines in different places, and where they do not, a union of both sides is right.
//! They are read in any order. Neither the first line, which says of which site and version the
//! file is, nor the last, without which it has been cut off, ever changes with the posts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Component, Path};

use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_feed::{Format, is_id};
use feedwright_site::config::Config;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::left::{LeftRecord, LeftRecords};
use super::lock_text::LockText;
use super::records::{ArchiveRecord, FeedRecord, HeldRecord, PingRecord, Record};

pub(crate) use feedwright_site::config::LOCK as FILE;

/// The version of its format.
const VERSION: u32 = 2;

/// What stands in it for people who open it.
const ABOUT: &str = "The ids and dates that subscribers know posts by. Commit this file.";

/// The last line.
const END: &str = "{\"end\":true}";

/// How a lock that cannot be read is mended.
const MEND: &str = "restore the file from version control; without it, every post may be sent \
                    to subscribers again";

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

/// The first line.
#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    feedwright: u32,
    #[serde(default)]
    about: String,
    #[serde(default)]
    pub(super) base: String,
    #[serde(default)]
    pub(super) zone: String,
}

/// More archive pages than any feed has.
const MOST_PAGES: usize = 1_000_000;

/// How many lines are a piece of the text: enough for one write.
const LINES_AT_ONCE: usize = 1024;

/// How lines begin that are about something else than a post.
const KINDS: [&str; 5] = [
    "{\"feed\":",
    "{\"archive\":",
    "{\"told\":",
    "{\"held\":",
    "{\"left\":",
];

/// A line that is about something.
pub(super) enum Line {
    Post(Box<Record>),
    Feed(FeedRecord),
    Archive(ArchiveRecord),
    Ping(PingRecord),
    Held(HeldRecord),
    Left(LeftRecord),
}

impl Line {
    /// What a line says may have come with a stranger's pull request.
    fn check(&self) -> Result<(), String> {
        match self {
            Line::Post(record) => {
                let aliases = Format::ALL.map(|format| record.aliases.get(format));
                let mut ids = aliases.into_iter().flatten().chain([record.id.as_str()]);
                match ids.find(|id| !is_id(id)) {
                    Some(id) => Err(format!("`{}` is no id", id.escape_debug())),
                    None => Ok(()),
                }
            }
            Line::Feed(record) => {
                if !record.id.is_empty() && !is_id(&record.id) {
                    return Err(format!("`{}` is no id", record.id.escape_debug()));
                }
                are_inner(record.files.iter().chain(record.adopted.keys()))
            }
            Line::Archive(record) if !(1..=MOST_PAGES).contains(&record.page) => {
                Err(format!("there is no archive page {}", record.page))
            }
            Line::Archive(record) => are_inner(&record.files),
            Line::Ping(record) => are_inner([&record.file]),
            Line::Held(_) => Ok(()),
            Line::Left(record) => are_inner([&record.file].into_iter().chain(&record.to)),
        }
    }
}

/// A file that is left, as a line of the lock has it; `None` if it is no such line.
pub(crate) fn read_left(line: &str) -> Option<LeftRecord> {
    let record: LeftRecord = serde_json::from_str(line).ok()?;
    let is_inner = are_inner([&record.file].into_iter().chain(&record.to)).is_ok();
    is_inner.then_some(record)
}

/// Whether files lie in the output folder.
fn are_inner<'a>(files: impl IntoIterator<Item = &'a String>) -> Result<(), String> {
    let is_inner = |file: &&String| {
        let mut parts = Path::new(file).components();
        !file.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    match files.into_iter().find(|file| !is_inner(file)) {
        Some(file) => Err(format!("`{}` is no path of a feed", file.escape_debug())),
        None => Ok(()),
    }
}

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
        let mut header: Option<Header> = None;
        let mut ended = false;
        let mut lines: Vec<(usize, &str)> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            // A merge may bring a byte order mark to any line.
            let (at, line) = (at + 1, line.trim_start_matches('\u{feff}').trim());
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
                .iter()
                .any(|mark| line.starts_with(mark))
            {
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
            } else if line.contains("\"feedwright\":")
                && !line.starts_with("{\"post\":")
                && !KINDS.iter().any(|key| line.starts_with(key))
            {
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
        let parsed: Vec<Line> = lines
            .par_iter()
            .map(|(at, line)| line_of(line).map_err(|error| (*at, error)))
            .collect::<Result<_, _>>()?;
        let mut lock = Lock {
            base: header.base,
            zone: header.zone,
            ..Lock::default()
        };
        // Posts that more than one line is of, by id, with all of these.
        let mut repeated: HashMap<String, Vec<Record>> = HashMap::new();
        for line in parsed {
            match line {
                Line::Post(record) => match lock.posts.get(&record.id) {
                    None => drop(lock.posts.insert(record.id.clone(), *record)),
                    Some(first) => {
                        let all = repeated.entry(record.id.clone());
                        all.or_insert_with(|| vec![first.clone()]).push(*record);
                    }
                },
                Line::Feed(record) => lock.add_feed(record),
                Line::Archive(record) => lock.add_archive(record),
                Line::Ping(record) => lock.add_told(record),
                Line::Held(record) => drop(lock.held.insert(record)),
                Line::Left(record) => lock.add_left(record),
            }
        }
        lock.posts.extend(repeated.into_iter().filter_map(joined));
        for page in lock.archives.values_mut() {
            let mut seen = HashSet::new();
            page.posts.retain(|post| seen.insert(post.clone()));
        }
        Ok(lock)
    }

    /// Adds a feed. Of two windows the later one counts: what either side had cut off is old.
    fn add_feed(&mut self, record: FeedRecord) {
        let Some(known) = self.feeds.get_mut(&record.key) else {
            self.feeds.insert(record.key.clone(), record);
            return;
        };
        let is_later = match (&known.oldest, &record.oldest) {
            (Some(one), Some(other)) if one == other => is_larger(&record, known),
            (Some(one), Some(other)) => other.precedes(one.published, &one.id),
            (None, Some(_)) => true,
            (None, None) => is_larger(&record, known),
            (Some(_), None) => false,
        };
        known.files.extend(record.files);
        known.adopted.extend(record.adopted);
        known.beyond.extend(record.beyond);
        if record.id < known.id {
            known.id = record.id;
        }
        if is_later {
            known.oldest = record.oldest;
            known.limit = record.limit;
            known.language = record.language;
        }
    }

    /// Adds an archive page. Two branches may each have added posts to it.
    fn add_archive(&mut self, record: ArchiveRecord) {
        let place = (record.key.clone(), record.page);
        let Some(known) = self.archives.get_mut(&place) else {
            self.archives.insert(place, record);
            return;
        };
        known.files.extend(record.files);
        // Those that stand on both sides are sorted out when all are read.
        known.posts.extend(record.posts);
    }

    /// Adds what a hub was told. Of two states nobody knows which it was told of last: of neither.
    fn add_told(&mut self, record: PingRecord) {
        let place = (record.hub.clone(), record.file.clone());
        match self.pings.get_mut(&place) {
            Some(known) if known.hash != record.hash => known.hash.clear(),
            Some(_) => {}
            None => {
                self.pings.insert(place, record);
            }
        }
    }

    /// Adds a file that is left. Branches may each have led it elsewhere: any place will do, but the
    /// same one in any order, and one that leads somewhere.
    fn add_left(&mut self, record: LeftRecord) {
        let known = self.left.entry(record.file.clone());
        let known = known.or_insert_with(|| record.clone());
        if (&record.to, record.gone) > (&known.to, known.gone) {
            *known = record;
        }
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> LockText<'static> {
        let header = Header {
            feedwright: VERSION,
            about: ABOUT.to_owned(),
            base: self.base.clone(),
            zone: self.zone.clone(),
        };
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

/// What several lines say of one post, in whatever order they stand. Branches may each have
/// recorded a change of it: the latest one counts, and the earliest publication.
fn joined((id, all): (String, Vec<Record>)) -> Option<(String, Record)> {
    // One moment may be written in several zones.
    let dates = all.iter().map(|record| record.published);
    let published = dates.min_by_key(|date| (*date, date.to_rfc3339()))?;
    let gone = all.iter().all(|record| record.gone);
    let hidden = gone && all.iter().any(|record| record.hidden);
    let pending = all.iter().any(|record| record.pending);
    let latest = all.into_iter().max_by_key(|record| {
        let changed = record.updated.unwrap_or(record.published);
        (changed, line_of_json(record))
    })?;
    let record = Record {
        published,
        gone,
        hidden,
        pending,
        ..latest
    };
    Some((id, record))
}

/// Which of two feeds counts that reach equally far: any, but the same one in any order.
fn is_larger(one: &FeedRecord, other: &FeedRecord) -> bool {
    (one.limit, &one.language) > (other.limit, &other.language)
}

/// The text of a site's lock; `None` where there is none.
pub(super) fn read_text(config: &Config) -> Result<Option<String>, Error> {
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

/// The line of a post, with its end.
pub(super) fn post_line(record: &Record) -> String {
    line_of_json(record)
}

/// The line of a feed, with its end.
pub(super) fn feed_line(record: &FeedRecord) -> String {
    line_of_json(record)
}

fn line_of_json(value: &impl Serialize) -> String {
    // Most are shorter.
    let mut line = Vec::with_capacity(512);
    // Writing to memory does not fail, and all keys are text.
    let _ = serde_json::to_writer(&mut line, value);
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}

/// The header, of which there may be one, or the same again.
pub(super) fn one_header(
    at: usize,
    line: &str,
    known: Option<Header>,
) -> Result<Header, (usize, String)> {
    let header: Header = serde_json::from_str(line)
        .map_err(|error| (at, format!("the line cannot be read ({error}): {MEND}")))?;
    if header.feedwright > VERSION {
        return Err((
            at,
            format!(
                "the file was written by a newer feedwright (format {}, this one knows {VERSION}): \
                 update feedwright",
                header.feedwright
            ),
        ));
    }
    match known {
        Some(known) if known.base != header.base || known.zone != header.zone => Err((
            at,
            format!(
                "a merge left two first lines, of {} ({}) and of {} ({}): remove the one that is \
                 not right any more",
                known.base, known.zone, header.base, header.zone
            ),
        )),
        _ => Ok(header),
    }
}

/// What a line says.
pub(super) fn line_of(line: &str) -> Result<Line, String> {
    let [feed, archive, ping, held, left] = KINDS;
    let parsed = if line.starts_with(feed) {
        serde_json::from_str(line).map(Line::Feed)
    } else if line.starts_with(archive) {
        serde_json::from_str(line).map(Line::Archive)
    } else if line.starts_with(ping) {
        serde_json::from_str(line).map(Line::Ping)
    } else if line.starts_with(held) {
        serde_json::from_str(line).map(Line::Held)
    } else if line.starts_with(left) {
        serde_json::from_str(line).map(Line::Left)
    } else {
        serde_json::from_str(line).map(|record| Line::Post(Box::new(record)))
    };
    let line = parsed.map_err(|error| format!("the line cannot be read ({error}): {MEND}"))?;
    line.check().map_err(|what| format!("{what}: {MEND}"))?;
    Ok(line)
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
