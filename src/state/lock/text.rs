//! The text of a lock.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use memchr::memmem;
use rayon::prelude::*;

/// How a line ends that is of a post whose feeds may not have come out. No other text can look
/// like it: quotes in values are escaped.
const PENDING: &str = ",\"pending\":true}\n";

/// About how many bytes a piece has.
const PIECE: usize = 1 << 20;

/// The text of a lock in pieces, each of whole lines: of many posts it is long, and made on all
/// cores.
#[derive(Default)]
pub(crate) struct LockText<'a> {
    pieces: Vec<Cow<'a, str>>,
}

impl<'a> LockText<'a> {
    /// Adds one line or several.
    pub(super) fn push(&mut self, lines: impl Into<Cow<'a, str>>) {
        self.pieces.push(lines.into());
    }

    /// Adds lines that are many.
    pub(super) fn push_many(&mut self, mut lines: &'a str) {
        while lines.len() > PIECE {
            let end = memchr::memchr(b'\n', &lines.as_bytes()[PIECE..]);
            let (piece, rest) = lines.split_at(end.map_or(lines.len(), |end| PIECE + end + 1));
            self.push(piece);
            lines = rest;
        }
        self.push(lines);
    }

    /// Its bytes, piece by piece.
    pub(crate) fn pieces(&self) -> Vec<&[u8]> {
        self.pieces.iter().map(|piece| piece.as_bytes()).collect()
    }

    pub(crate) fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for piece in &self.pieces {
            hasher.update(piece.as_bytes());
        }
        hasher.finalize()
    }

    /// That of the lock when all feeds have come out, so that nothing is pending any more; `None`
    /// where nothing is.
    pub(crate) fn confirmed(&self) -> Option<LockText<'_>> {
        let pieces = self.pieces.par_iter();
        let pieces: Vec<Cow<'_, str>> = pieces.map(|piece| confirmed(piece)).collect();
        let is_other = pieces.iter().any(|piece| matches!(piece, Cow::Owned(_)));
        is_other.then_some(LockText { pieces })
    }
}

/// Lines of which none is pending any more.
fn confirmed(lines: &str) -> Cow<'_, str> {
    let mut confirmed = String::new();
    let mut done = 0;
    for at in memmem::find_iter(lines.as_bytes(), PENDING) {
        confirmed.reserve(if done == 0 { lines.len() } else { 0 });
        confirmed.push_str(lines.slice(done..at));
        confirmed.push_str("}\n");
        done = at + PENDING.len();
    }
    if done == 0 {
        return Cow::Borrowed(lines);
    }
    confirmed.push_str(lines.slice(done..));
    Cow::Owned(confirmed)
}

impl std::fmt::Display for LockText<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.pieces.iter().try_for_each(|piece| f.write_str(piece))
    }
}
