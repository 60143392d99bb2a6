//! Parts of a file, by their places, and no more of them than is bearable.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use feedwright_base::reading;

use crate::folder::Folder;

/// How much is read at once at least: heads are small, and stand close to one another.
const BLOCK: usize = 16 << 10;

/// How many times a file is read from, at most.
const MOST: usize = 40_000;

/// A file of the site, of which some bytes are read.
pub(super) struct Parts<S = File> {
    source: S,
    length: u64,
    /// What was read last, and where it begins.
    block: Vec<u8>,
    start: u64,
    left: usize,
}

impl Parts {
    /// Opens a file of a site's folder; `None` where there is none, or none that may be read.
    pub(super) fn open(folder: &Folder, inner: &Path) -> Option<Self> {
        let (file, meta) = reading::regular(&folder.inside(inner)?).ok()?;
        Some(Parts::new(file, meta.len()))
    }
}

impl<S: Read + Seek> Parts<S> {
    pub(super) fn new(source: S, length: u64) -> Self {
        Parts {
            source,
            length,
            block: Vec::new(),
            start: 0,
            left: MOST,
        }
    }

    /// The file, to see what was done to it.
    #[cfg(test)]
    pub(super) fn into_source(self) -> S {
        self.source
    }

    /// How many bytes the file has.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Some bytes of the file; `None` where it has not as many.
    pub(super) fn get(&mut self, at: u64, count: usize) -> Option<&[u8]> {
        let end = at.checked_add(count as u64)?;
        if end > self.length {
            return None;
        }
        let known = self.start..self.start + self.block.len() as u64;
        if at < known.start || end > known.end {
            self.left = self.left.checked_sub(1)?;
            self.source.seek(SeekFrom::Start(at)).ok()?;
            self.start = at;
            self.block.clear();
            let wanted = count.max(BLOCK) as u64;
            let mut part = self.source.by_ref().take(wanted);
            part.read_to_end(&mut self.block).ok()?;
        }
        let from = usize::try_from(at - self.start).ok()?;
        self.block.get(from..from + count)
    }

    /// The bytes from a place on, up to so many, where the file ends before.
    pub(super) fn up_to(&mut self, at: u64, most: usize) -> &[u8] {
        let there = self.length.saturating_sub(at).min(most as u64);
        let there = usize::try_from(there).unwrap_or(0);
        self.get(at, there).unwrap_or_default()
    }

    /// A number of four bytes, the greatest first.
    pub(super) fn u32(&mut self, at: u64) -> Option<u32> {
        u32_be(self.get(at, 4)?, 0)
    }

    /// A number of eight bytes, the greatest first.
    pub(super) fn u64(&mut self, at: u64) -> Option<u64> {
        u64_be(self.get(at, 8)?, 0)
    }

    /// Whether these bytes stand there.
    pub(super) fn has(&mut self, at: u64, mark: &[u8]) -> bool {
        self.get(at, mark.len()) == Some(mark)
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(super) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

pub(super) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

pub(super) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

pub(super) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

pub(super) fn u64_be(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

pub(super) fn u64_le(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_le_bytes)
}
