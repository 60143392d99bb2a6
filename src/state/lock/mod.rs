//! `feedwright.lock`: what subscribers have been promised, a line a post and a feed.
//!
//! Lines are JSON objects, ordered by a hash of what they are about: two branches that each add a
//! post add lines in different places, and where they do not, a union of both sides is right.
//! They are read in any order. Neither the first line, which says of which site and version the
//! file is, nor the last, without which it has been cut off, ever changes with the posts.

mod lines;
mod merge;
mod part;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Location;
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_site::config::Config;
use rayon::prelude::*;

use super::left::LeftRecords;
use super::records::{ArchiveRecord, FeedRecord, HeldRecord, PingRecord, Record};

use self::lines::{
    ABOUT, CUT, END, Fault, Header, Line, UNREADABLE, VERSION, feed_line, is_header, line_of,
    line_of_json, one_header, post_line,
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
    /// The posts whose date has not come yet, by id.
    pub(crate) scheduled: BTreeMap<String, Record>,
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
        let path = config.lock.as_deref().unwrap_or(Path::new(FILE));
        Lock::parse(&text)
            .map(Some)
            .map_err(|fault| of_fault(path, fault))
    }

    /// Parses a lock.
    pub(crate) fn parse(text: &str) -> Result<Lock, Fault> {
        let (header, lines) = split(text)?;
        let lines: Vec<Line> = lines
            .par_iter()
            .map(|(at, line)| line_of(*at, line))
            .collect::<Result<_, _>>()?;
        Ok(Lock::of_lines(header, lines))
    }

    /// Makes promises of the scheduled posts whose date has come. Returns their ids.
    pub(crate) fn promise_due(&mut self, now: Timestamp) -> BTreeSet<String> {
        let is_due = |record: &Record| record.scheduled.is_none_or(|moment| moment <= now);
        let (due, scheduled) = std::mem::take(&mut self.scheduled)
            .into_iter()
            .partition(|(_, record)| is_due(record));
        self.scheduled = scheduled;
        let due: BTreeMap<String, Record> = due;
        let ids = due.keys().cloned().collect();
        self.posts.extend(due.into_iter().map(|(id, record)| {
            let record = Record {
                scheduled: None,
                pending: true,
                ..record
            };
            (id, record)
        }));
        ids
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
        let posts = self.posts.par_iter().chain(&self.scheduled);
        let mut lines: Vec<([u8; 32], String)> = posts
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
fn split(text: &str) -> Result<(Header, Vec<NumberedLine<'_>>), Fault> {
    let mut header: Option<Header> = None;
    let mut ended = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        // A merge may bring a byte order mark to any line.
        let (at, line) = (at + 1, line.trim_start_matches('\u{feff}').trim());
        if CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
            return Err(Fault {
                code: "lock-conflict",
                line: at,
                column: 0,
                message: "a merge left a conflict here".to_owned(),
                help: "keep the lines of both sides and remove the marks (`feedwright.lock \
                       merge=union` in .gitattributes does so by itself)",
            });
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
        return Err(Fault::unreadable(0, "the first line is missing"));
    };
    if !ended {
        return Err(Fault::cut(0));
    }
    Ok((header, lines))
}

/// The base URL that a lock has on its first line; `None` where there is no lock that says one.
pub(crate) fn base(path: &Path) -> Option<String> {
    /// More than any first line has.
    const MOST: u64 = 64 * 1024;
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let mut line = String::new();
    let file = BufReader::new(File::open(path).ok()?);
    file.take(MOST).read_line(&mut line).ok()?;
    let header: Header = serde_json::from_str(&line).ok()?;
    Some(header.base).filter(|base| !base.is_empty())
}

/// The error of a lock that cannot be read.
fn of_fault(shown: &Path, fault: Fault) -> Error {
    let place = Location::at(shown, fault.line, fault.column);
    Error::of(fault.code, place, fault.message).help(fault.help)
}

/// Whether an error is about a lock that cannot be read, so that what it said is lost.
pub(crate) fn is_lost(error: &Error) -> bool {
    [UNREADABLE, CUT].contains(&error.code())
}

/// Says what is wrong with a lock that is there; `shown` is how messages name it.
pub(crate) fn examine(path: &Path, shown: &Path) -> Result<(), Error> {
    let Some(text) = text_of(path.to_path_buf(), shown)? else {
        return Ok(());
    };
    Lock::parse(&text)
        .map(drop)
        .map_err(|fault| of_fault(shown, fault))
}

/// The text of a site's lock; `None` where there is none.
fn read_text(config: &Config) -> Result<Option<String>, Error> {
    let path = match &config.lock {
        Some(lock) => lock.clone(),
        None => config.root.ask(FILE),
    };
    let shown = config.lock.as_deref().unwrap_or(Path::new(FILE));
    text_of(path, shown)
}

/// The text of a lock.
fn text_of(path: PathBuf, shown: &Path) -> Result<Option<String>, Error> {
    let meta = match path.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", &path, error)),
    };
    if !meta.is_file() {
        let message = "the lock is no file, but a folder or a link";
        let error = Error::of("lock-unreadable", Location::file(shown), message);
        return Err(error.help("put the file itself there"));
    }
    reading::text(&path, reading::LARGEST)
        .map(Some)
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidData => of_fault(shown, Fault::unreadable(0, "the file is not text")),
            _ => Error::io("read", &path, error),
        })
}
