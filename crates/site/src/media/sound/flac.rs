//! FLAC: RFC 9639.

use std::io::{Read, Seek};

use super::super::part::{Parts, u64_be};
use super::Length;

/// By the block that every file begins with: section 8.2. Streams that were not finished leave the
/// number of samples open.
pub(super) fn length<S: Read + Seek>(parts: &mut Parts<S>, start: u64) -> Option<Length> {
    let info = parts.get(start + 4, 4 + 18)?;
    if info.first().is_none_or(|kind| kind & 0x7f != 0) {
        return None;
    }
    of_info(info.get(4..)?)
}

/// By the block itself.
pub(super) fn of_info(info: &[u8]) -> Option<Length> {
    // 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
    let bits = u64_be(info, 10)?;
    Some(Length {
        count: bits & 0xf_ffff_ffff,
        per_second: bits >> 44,
    })
}
