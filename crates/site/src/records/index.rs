//! Looks through files of records once, and notes where each one stands.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_base::slice::Slice;
use rayon::prelude::*;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Record, RecordFile, Records, path_of, scan};

/// The longest id, in bytes: no address is longer, and all are in memory at once.
const LONGEST_NAME: usize = 4_000;

/// A file to be looked through.
#[derive(Debug)]
pub struct Input {
    /// What the paths of its records begin with.
    pub name: PathBuf,
    /// What people call it.
    pub shown: PathBuf,
    /// Where it is.
    pub real: PathBuf,
    /// Whether people know its lines.
    pub has_lines: bool,
}

/// How records are named.
pub struct Names<'a> {
    /// The keys whose values may name a record, in order of precedence.
    pub keys: Vec<&'a str>,
    /// How many bytes a line may have.
    pub most: u64,
}

/// What was found in files.
#[derive(Debug, Default)]
pub struct Found {
    pub records: Records,
    /// The paths of the records that can be read, sorted.
    pub paths: Vec<PathBuf>,
    /// Those that cannot be, or of which nobody knows which one is meant.
    pub broken: HashSet<PathBuf>,
    /// What the paths begin with in files that have records whose paths are not known.
    pub unknown: Vec<PathBuf>,
}

/// Looks through all records of some files.
///
/// # Errors
///
/// A file that cannot be read.
pub fn index(inputs: &[Input], names: &Names<'_>, diags: &mut Diagnostics) -> Result<Found, Error> {
    let mut found = Found::default();
    for (number, input) in inputs.iter().enumerate() {
        let mut looked = Looked {
            input,
            number,
            names,
            list: Vec::new(),
            broken: HashSet::new(),
            is_known: true,
            diags,
        };
        let failed = |error| Error::io("read", &input.shown, error);
        let stamp = looked.file().map_err(failed)?;
        found.records.list.append(&mut looked.list);
        found.broken.extend(looked.broken);
        if !looked.is_known {
            found.unknown.push(input.name.clone());
        }
        found.records.files.push(RecordFile {
            shown: input.shown.clone(),
            real: input.real.clone(),
            stamp,
            has_lines: input.has_lines,
        });
    }
    found.sort(diags);
    Ok(found)
}

impl Found {
    /// Sorts the records by path, and reports those that have one path.
    fn sort(&mut self, diags: &mut Diagnostics) {
        let records = &mut self.records;
        (records.list).par_sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        for same in records.list.chunk_by(|a, b| a.path == b.path) {
            let [first, others @ ..] = same else { continue };
            for other in others {
                let path = other.path.to_string_lossy();
                let id = path.split_once('#').map_or(&*path, |(_, id)| id);
                diags.error(
                    "record-duplicate",
                    Location::file(&other.path),
                    format!(
                        "the records {} and {} have one id, `{id}`, so neither is published",
                        records.named(first),
                        records.named(other)
                    ),
                    "give each post an `id` of its own, or leave one of the two out",
                );
                self.broken.insert(other.path.clone());
            }
        }
        records.list.dedup_by(|a, b| a.path == b.path);
        let paths = records.list.iter().map(|record| &record.path);
        let paths = paths.filter(|path| !self.broken.contains(*path));
        self.paths = paths.cloned().collect();
    }
}

/// A file that is looked through.
struct Looked<'a> {
    input: &'a Input,
    number: usize,
    names: &'a Names<'a>,
    list: Vec<Record>,
    broken: HashSet<PathBuf>,
    /// Whether all records have paths.
    is_known: bool,
    diags: &'a mut Diagnostics,
}

impl Looked<'_> {
    /// Looks through the file; returns its size and the time of its last change before that.
    fn file(&mut self) -> std::io::Result<(u64, Option<std::time::SystemTime>)> {
        let (file, meta) = reading::regular(&self.input.real)?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let (mut bytes, mut offset, mut line) = (Vec::new(), 0_u64, 0);
        while let Some(length) = next_line(&mut reader, &mut bytes, self.names.most)? {
            line += 1;
            let readable = self.broken.len();
            self.line(&bytes, length, offset, line);
            offset += length;
            // What was cut off within a record may have had any other behind it.
            if self.broken.len() > readable && !bytes.ends_with(b"\n") {
                self.is_known = false;
            }
        }
        Ok((meta.len(), meta.modified().ok()))
    }

    /// Looks at a line, of which no more is there than a line may have.
    fn line(&mut self, bytes: &[u8], length: u64, offset: u64, line: usize) {
        let mark = if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let bytes = bytes.slice(mark..).trim_ascii_end();
        if bytes.trim_ascii().is_empty() {
            return;
        }
        if length > self.names.most {
            let problem = Problem {
                code: "record-long",
                column: 0,
                message: format!(
                    "the record is longer than {} MiB, which no post is",
                    self.names.most >> 20
                ),
                help: "split the post, or leave it out; a record ends where its line does",
            };
            return self.lost(&String::from_utf8_lossy(bytes), line, problem);
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = String::from_utf8_lossy(bytes.slice(..error.valid_up_to()));
                let problem = Problem {
                    code: "file-not-utf8",
                    column: before.chars().count() + 1,
                    message: "the record is not UTF-8 from here on".to_owned(),
                    help: "write it as UTF-8, for example with `iconv -f WINDOWS-1252 -t UTF-8`",
                };
                return self.lost(&String::from_utf8_lossy(bytes), line, problem);
            }
        };
        match self.path(text) {
            Ok(path) => self.list.push(Record {
                path,
                file: self.number,
                offset: offset + mark as u64,
                length: text.len(),
                line,
            }),
            Err(problem) => self.lost(text, line, problem),
        }
    }

    /// The path of a record, or why it has none.
    fn path(&self, text: &str) -> Result<PathBuf, Problem> {
        let mut json = serde_json::Deserializer::from_str(text);
        let read = Named(&self.names.keys)
            .deserialize(&mut json)
            .and_then(|named| json.end().map(|()| named));
        match read {
            Ok(named) => match named.into_iter().flatten().next() {
                Some(name) if name.len() <= LONGEST_NAME => Ok(path_of(&self.input.name, &name)),
                Some(_) => Err(Problem {
                    code: "record-nameless",
                    column: 0,
                    message: format!("the id of the record is longer than {LONGEST_NAME} bytes"),
                    help: "give every post a short `id` that it keeps for ever",
                }),
                None => Err(Problem {
                    code: "record-nameless",
                    column: 0,
                    message: format!(
                        "the record has no name: none of `{}` has a value",
                        self.names.keys.join("`, `")
                    ),
                    help: "give every post an `id` that it keeps for ever",
                }),
            },
            Err(error) => {
                let message = error.to_string();
                let end = message.find(" at line ").unwrap_or(message.len());
                let at = text.floor_char_boundary(error.column().saturating_sub(1));
                Err(Problem {
                    code: "front-matter-json",
                    column: text.slice(..at).chars().count() + 1,
                    message: format!(
                        "the JSON of the record cannot be read: {}",
                        message.slice(..end)
                    ),
                    help: "write each post as one JSON object on a line of its own; check the \
                           commas, quotes and braces near this place",
                })
            }
        }
    }

    /// Reports a record that cannot be read, by its name where that can be told.
    fn lost(&mut self, text: &str, line: usize, problem: Problem) {
        let path = self.name(text).unwrap_or_else(|| {
            self.is_known = false;
            // No id is in front of this one.
            let mut path = self.input.name.as_os_str().to_owned();
            path.push(format!(":{line}"));
            path.into()
        });
        self.diags.error(
            problem.code,
            Location::at(&path, 1, problem.column),
            problem.message,
            problem.help,
        );
        self.broken.insert(path.clone());
        self.list.push(Record {
            path,
            file: self.number,
            offset: 0,
            length: 0,
            line,
        });
    }

    /// The path of a record that may be broken.
    fn name(&self, text: &str) -> Option<PathBuf> {
        let found = scan::keys(text);
        self.names.keys.iter().find_map(|name| {
            let (_, value) = found.iter().rev().find(|(key, _)| key == name)?;
            let text = scan::scalar(value)?;
            let text = text.trim();
            (1..=LONGEST_NAME)
                .contains(&text.len())
                .then(|| path_of(&self.input.name, text))
        })
    }
}

/// Why a record cannot be read.
struct Problem {
    code: &'static str,
    column: usize,
    message: String,
    help: &'static str,
}

/// Reads a line, and returns how many bytes it has; `None` at the end. No more of it is kept than
/// one byte beyond the bound.
fn next_line(
    reader: &mut BufReader<File>,
    line: &mut Vec<u8>,
    most: u64,
) -> std::io::Result<Option<u64>> {
    line.clear();
    let mut length = reader.by_ref().take(most + 1).read_until(b'\n', line)? as u64;
    if length == 0 {
        return Ok(None);
    }
    let mut is_whole = line.ends_with(b"\n") || length <= most;
    while !is_whole {
        let bytes = reader.fill_buf()?;
        let end = memchr::memchr(b'\n', bytes);
        let count = end.map_or(bytes.len(), |end| end + 1);
        is_whole = end.is_some() || bytes.is_empty();
        reader.consume(count);
        length += count as u64;
    }
    Ok(Some(length))
}

/// The values of these keys as texts, where they are texts or numbers.
struct Named<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = Vec<Option<String>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Named<'_> {
    type Value = Vec<Option<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.0.len()];
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let at = self.0.iter().position(|name| *name == key);
            let Some(value) = at.and_then(|at| values.get_mut(at)) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let raw = map.next_value::<&RawValue>()?;
            *value = scan::scalar(raw.get())
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
        Ok(values)
    }
}
