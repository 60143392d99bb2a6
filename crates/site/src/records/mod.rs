//! Records: posts that are lines of JSON in a file, many to each.
//!
//! A record has a path of its own, the name of its file and its id, as in `posts.jsonl#42`. What is
//! kept of it is where its line stands; its text is read again when somebody asks for it.

mod body;
mod index;
mod read;
mod scan;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use feedwright_base::diagnostic::{Diagnostics, Location};

pub use self::body::BODIES;
pub use self::index::{Found, Input, Names, index};
pub use self::read::{Text, text};
pub use self::scan::{keys, number};

/// Where the records of a run stand.
#[derive(Debug, Default)]
pub struct Records {
    files: Vec<RecordFile>,
    /// Sorted by path.
    list: Vec<Record>,
}

/// A file of records.
#[derive(Debug)]
pub struct RecordFile {
    /// What people call it.
    shown: PathBuf,
    /// Where it is.
    real: PathBuf,
    /// Its size and when it was changed, to see whether it still is what was looked through.
    stamp: (u64, Option<SystemTime>),
    /// Whether people know its lines: what was converted has none of theirs.
    has_lines: bool,
}

/// A line of a file.
#[derive(Debug)]
struct Record {
    path: PathBuf,
    file: usize,
    offset: u64,
    length: usize,
    line: usize,
}

impl Records {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is one of this path.
    pub fn has(&self, path: &Path) -> bool {
        self.find(path).is_some()
    }

    /// The file that a record stands in, as the site's folder has it; any other path as it is.
    pub fn file_of<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.find(path).map_or(path, |(_, file)| &file.shown)
    }

    /// A record as people find it.
    fn named(&self, record: &Record) -> String {
        let file = self.files.get(record.file);
        match file {
            Some(file) if file.has_lines => {
                format!("on line {} of {}", record.line, file.shown.display())
            }
            _ => format!("number {}", record.line),
        }
    }

    fn find(&self, path: &Path) -> Option<(&Record, &RecordFile)> {
        if self.list.is_empty() {
            return None;
        }
        let at = self
            .list
            .binary_search_by(|record| record.path.as_path().cmp(path))
            .ok()?;
        let record = self.list.get(at)?;
        Some((record, self.files.get(record.file)?))
    }

    /// Names the lines of files where diagnostics name records and lines of these: the one place
    /// that does. A record is one line of its file, and its text has only places in there that
    /// nobody sees.
    pub fn place(&self, diags: &mut Diagnostics) {
        if self.is_empty() {
            return;
        }
        for location in diags.locations_mut() {
            let Some((record, file)) = self.find(&location.path) else {
                continue;
            };
            *location = if file.has_lines {
                let column = if location.line == 1 {
                    location.column
                } else {
                    0
                };
                Location::at(&file.shown, record.line, column)
            } else {
                Location::file(&record.path)
            };
        }
    }
}

/// The path of a record in a file of this name. What separates folders, and what cannot be seen, is
/// written as in addresses, so that no two ids have one path.
pub fn path_of(name: &Path, id: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    let mut text = String::with_capacity(id.len() + 1);
    text.push('#');
    for c in id.chars() {
        match c {
            '/' | '\\' | '%' => text.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => text.push_str(&format!("%{:02X}", u32::from(c))),
            c => text.push(c),
        }
    }
    path.push(text);
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_paths_of_one_part() {
        let path = |id: &str| path_of(Path::new("a/b.jsonl"), id);
        assert_eq!(path("42"), Path::new("a/b.jsonl#42"));
        let address = path("https://example.gov/?p=1");
        assert_eq!(
            address,
            Path::new("a/b.jsonl#https:%2F%2Fexample.gov%2F?p=1")
        );
        assert_eq!(address.components().count(), 2);
        assert_ne!(path("a/"), path("a"));
        assert_ne!(path("a%2F"), path("a/"));
    }
}
