//! Reads and writes the single lines of a lock, and refuses those that no run would have written.

use std::path::{Component, Path};

use feedwright_base::slice::Slice;
use feedwright_feed::{Format, is_id};
use serde::{Deserialize, Serialize};

use crate::state::left::LeftRecord;
use crate::state::records::{ArchiveRecord, FeedRecord, HeldRecord, PingRecord, Record};

/// The version of the file's format.
pub(super) const VERSION: u32 = 2;

/// What the file says to people who open it.
pub(super) const ABOUT: &str =
    "The ids and dates that subscribers know posts by. Commit this file.";

/// The last line.
pub(super) const END: &str = "{\"end\":true}";

/// What to do about a lock that cannot be read.
pub(super) const MEND: &str = "restore the file from version control; without it, every post may be sent \
                    to subscribers again";

/// Why a lock is not taken for what subscribers know.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    /// From 1, or 0 for the whole file.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Fault {
    /// A file that cannot be read.
    pub(super) fn unreadable(line: usize, message: impl Into<String>) -> Self {
        Fault {
            code: UNREADABLE,
            line,
            column: 0,
            message: message.into(),
            help: MEND,
        }
    }

    /// A file that ends too early, on this line.
    pub(super) fn cut(line: usize) -> Self {
        Fault {
            code: CUT,
            ..Fault::unreadable(line, "the file has been cut off")
        }
    }

    /// A line that is no JSON, or says what no run would have written.
    fn of_json(line: usize, error: &serde_json::Error) -> Self {
        if error.is_eof() {
            return Fault::cut(line);
        }
        let what = error.to_string();
        // The place is told by the fault.
        let end = what.rfind(" at line ").unwrap_or(what.len());
        Fault {
            column: error.column(),
            ..Fault::unreadable(
                line,
                format!("the line cannot be read: {}", what.slice(..end)),
            )
        }
    }
}

/// The codes of a lock that cannot be read, and of one that ends too early. What is lost may be taken
/// from the published feeds.
pub(crate) const UNREADABLE: &str = "lock-unreadable";
pub(crate) const CUT: &str = "lock-cut";

/// More archive pages than any feed has.
const MOST_PAGES: usize = 1_000_000;

/// The first line, which says of which site and version the file is.
#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) feedwright: u32,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) base: String,
    #[serde(default)]
    pub(super) zone: String,
}

/// How the lines begin that are not about a post.
const KINDS: [&str; 5] = [
    "{\"feed\":",
    "{\"archive\":",
    "{\"told\":",
    "{\"held\":",
    "{\"left\":",
];

/// A line between the first and the last.
pub(super) enum Line {
    Post(Box<Record>),
    Feed(FeedRecord),
    Archive(ArchiveRecord),
    Ping(PingRecord),
    Held(HeldRecord),
    Left(LeftRecord),
}

impl Line {
    /// Refuses ids and paths that a run would not have written: the line may have come with a
    /// stranger's pull request.
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

/// The line of a post, with its end.
pub(super) fn post_line(record: &Record) -> String {
    line_of_json(record)
}

/// The line of a feed, with its end.
pub(super) fn feed_line(record: &FeedRecord) -> String {
    line_of_json(record)
}

/// A value as a line of JSON, with its end.
pub(super) fn line_of_json(value: &impl Serialize) -> String {
    // Most are shorter.
    let mut line = Vec::with_capacity(512);
    // Writing to memory does not fail, and all keys are text.
    let _ = serde_json::to_writer(&mut line, value);
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}

/// Whether a line is a first one, wherever it stands.
pub(super) fn is_header(line: &str) -> bool {
    line.contains("\"feedwright\":")
        && !line.starts_with("{\"post\":")
        && !KINDS.iter().any(|key| line.starts_with(key))
}

/// Parses a first line. A merge may have left several, which all must say the same: `known` is the
/// one before.
pub(super) fn one_header(at: usize, line: &str, known: Option<Header>) -> Result<Header, Fault> {
    let header: Header = serde_json::from_str(line).map_err(|error| Fault::of_json(at, &error))?;
    if header.feedwright > VERSION {
        return Err(Fault {
            code: "lock-newer",
            line: at,
            column: 0,
            message: format!(
                "the file was written by a newer feedwright (format {}, this one knows {VERSION})",
                header.feedwright
            ),
            help: "update feedwright",
        });
    }
    match known {
        Some(known) if known.base != header.base || known.zone != header.zone => Err(Fault {
            code: "lock-conflict",
            line: at,
            column: 0,
            message: format!(
                "a merge left two first lines, of {} ({}) and of {} ({})",
                known.base, known.zone, header.base, header.zone
            ),
            help: "remove the one that is not right any more",
        }),
        _ => Ok(header),
    }
}

/// Parses the line of this number.
pub(super) fn line_of(at: usize, line: &str) -> Result<Line, Fault> {
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
    let line = parsed.map_err(|error| Fault::of_json(at, &error))?;
    line.check().map_err(|what| Fault::unreadable(at, what))?;
    Ok(line)
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
