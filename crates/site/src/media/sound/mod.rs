//! How long a sound or a film plays, and what it is.

mod flac;
mod mp4;
mod mpeg;
mod ogg;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
mod wave;

use std::io::{Read, Seek};
use std::path::Path;

use crate::folder::Folder;

use super::part::Parts;

/// A file of this length is a mistake: nothing that people hear lasts so many days.
const LONGEST: u64 = 100 * 24 * 60 * 60;

/// What a file of sound or film is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// How long it plays, in seconds, where that can be told for certain.
    pub seconds: Option<u64>,
    /// Its media type, such as `audio/mpeg`.
    pub media_type: &'static str,
}

/// What a file of the site plays; `None` where it is no sound and no film.
pub fn sound(folder: &Folder, inner: &Path) -> Option<Sound> {
    of(&mut Parts::open(folder, inner)?)
}

/// What the bytes of a file play.
fn of<S: Read + Seek>(parts: &mut Parts<S>) -> Option<Sound> {
    let start = mpeg::after_tags(parts);
    let head = parts.up_to(start, 12);
    let (length, media_type) = match head {
        [b'f', b'L', b'a', b'C', ..] => (flac::length(parts, start), "audio/flac"),
        [b'O', b'g', b'g', b'S', ..] => ogg::sound(parts, start)?,
        [
            b'R',
            b'I' | b'F',
            b'F' | b'6',
            b'F' | b'4',
            _,
            _,
            _,
            _,
            b'W',
            b'A',
            b'V',
            b'E',
        ] => (wave::length(parts, start), "audio/wav"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => mp4::sound(parts)?,
        // Matroska and WebM, whose bytes could be taken for frames of MP3.
        [0x1a, 0x45, 0xdf, 0xa3, ..] => return None,
        _ => (Some(mpeg::length(parts, start)?), "audio/mpeg"),
    };
    Some(Sound {
        seconds: length.and_then(Length::seconds),
        media_type,
    })
}

/// How long something plays, in parts of a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Length {
    count: u64,
    per_second: u64,
}

impl Length {
    /// The nearest number of seconds; `None` where that is nothing, or more than anything plays.
    fn seconds(self) -> Option<u64> {
        let half = self.per_second / 2;
        let seconds = self.count.checked_add(half)?.checked_div(self.per_second)?;
        let plays = self.count > 0 && seconds <= LONGEST;
        plays.then_some(seconds.max(1))
    }
}
