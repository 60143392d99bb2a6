//! Puts records into a temporary file, to be read more than once.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

use feedwright_base::temporary::Scratch;
use feedwright_feed::read::items::Item;

/// A folder with a file of records. It goes with the value.
pub(super) struct Spool {
    scratch: Scratch,
    records: PathBuf,
    file: BufWriter<File>,
}

impl Spool {
    pub(super) fn new() -> io::Result<Self> {
        let scratch = Scratch::new(|_| Ok(()))?;
        let records = scratch.path().join("records.jsonl");
        let file = BufWriter::with_capacity(1 << 18, File::create_new(&records)?);
        Ok(Spool {
            scratch,
            records,
            file,
        })
    }

    /// Keeps a stream as it is, beside the records; returns where.
    pub(super) fn keep(&self, mut reader: impl Read) -> io::Result<PathBuf> {
        let path = self.scratch.path().join("input");
        io::copy(&mut reader, &mut File::create_new(&path)?)?;
        Ok(path)
    }

    /// Takes a stream of records as it is.
    pub(super) fn copy(&mut self, mut reader: impl Read) -> io::Result<()> {
        io::copy(&mut reader, &mut self.file).map(drop)
    }

    /// Adds a record that is JSON already, on one line: no text of JSON has a line's end in it.
    pub(super) fn line(&mut self, json: &str) -> io::Result<()> {
        for part in json.split(['\n', '\r']) {
            self.file.write_all(part.as_bytes())?;
            self.file.write_all(b" ")?;
        }
        self.file.write_all(b"\n")
    }

    /// Adds a record.
    pub(super) fn item(&mut self, item: &Item) -> io::Result<()> {
        serde_json::to_writer(&mut self.file, item)?;
        self.file.write_all(b"\n")
    }

    /// Ends writing; returns the folder and where the records are in it.
    pub(super) fn end(mut self) -> io::Result<(Scratch, PathBuf)> {
        self.file.flush()?;
        Ok((self.scratch, self.records))
    }
}
