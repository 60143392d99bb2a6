//! WAV: “Multimedia Programming Interface and Data Specifications 1.0”, and EBU Tech 3306 for what is
//! larger than 4 GB.

use std::io::{Read, Seek};

use super::super::part::{Parts, u32_le, u64_le};
use super::Length;

/// More chunks stand before no sound.
const MOST: usize = 1000;

/// What programs write that do not know the size yet.
const UNKNOWN: u64 = 0xffff_ffff;

/// The bytes of the sound by those of a second. A file that was cut off has not what it says.
pub(super) fn length<S: Read + Seek>(parts: &mut Parts<S>, start: u64) -> Option<Length> {
    let (mut at, mut per_second, mut large) = (start + 12, None, None);
    for _ in 0..MOST {
        let head = parts.get(at, 8)?;
        let size = u64::from(u32_le(head, 4)?);
        let kind: [u8; 4] = head.get(..4)?.try_into().ok()?;
        match &kind {
            b"ds64" => large = u64_le(parts.get(at + 8, 16)?, 8),
            b"fmt " => per_second = u32_le(parts.get(at + 8, 16)?, 8).map(u64::from),
            b"data" => {
                let rest = parts.length() - (at + 8);
                let said = large.filter(|_| size == UNKNOWN).unwrap_or(size);
                let is_open = said == UNKNOWN || (said == 0 && rest > 0);
                let count = if is_open { rest } else { said };
                return (count <= rest).then_some(Length {
                    count,
                    per_second: per_second?,
                });
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = at.checked_add(8 + size + size % 2)?;
    }
    None
}
