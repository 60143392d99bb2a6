//! MP3: ISO/IEC 11172-3 and 13818-3, whose files are frames one behind the other and have no head.

use std::io::{Read, Seek};

use super::super::part::{Parts, u32_be, u32_le};
use super::Length;

/// How many bytes that are no frames may stand before the first one and among the others.
const GARBAGE: u64 = 64 << 10;

/// How many frames in a row show that a file is one of MP3.
const ENOUGH: usize = 3;

/// How many frames of one bit rate show, in each of some places, that all have it.
const SAMPLE: usize = 32;
const PLACES: u64 = 16;

/// How much of a file is counted frame by frame: some six hours.
const MOST: u64 = 512 << 20;

/// Bit rates in kilobits a second, by index: of layers III and II of version 1, and of both of the
/// others. Layer I is in no podcast.
const RATES_1_III: [u16; 14] = [
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const RATES_1_II: [u16; 14] = [
    32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
];
const RATES_2: [u16; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// What the head of a frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Frame {
    /// In bytes, the head included.
    size: u64,
    samples: u64,
    per_second: u64,
    /// Where an index may stand in it.
    side: u64,
    /// What no frame of a file has otherwise than the others.
    kind: u8,
    bit_rate: u16,
}

impl Frame {
    fn of(head: [u8; 4]) -> Option<Self> {
        let [sync, kind, rates, channels] = head;
        if sync != 0xff || kind & 0xe0 != 0xe0 {
            return None;
        }
        let (version, layer) = (kind >> 3 & 3, kind >> 1 & 3);
        // Version 1 is 3, 2 is 2, and 2.5 is 0; layer III is 1, and II is 2.
        let (is_first, divisor) = match version {
            3 => (true, 1),
            2 => (false, 2),
            0 => (false, 4),
            _ => return None,
        };
        let table = match (is_first, layer) {
            (true, 1) => &RATES_1_III,
            (true, 2) => &RATES_1_II,
            (false, 1 | 2) => &RATES_2,
            _ => return None,
        };
        let bit_rate = *table.get(usize::from(rates >> 4).checked_sub(1)?)?;
        let whole = [44_100_u64, 48_000, 32_000];
        let per_second = whole.get(usize::from(rates >> 2 & 3))? / divisor;
        let samples = if is_first || layer == 2 { 1152 } else { 576 };
        let padding = u64::from(rates >> 1 & 1);
        let is_mono = channels >> 6 == 3;
        Some(Frame {
            size: samples / 8 * 1000 * u64::from(bit_rate) / per_second + padding,
            samples,
            per_second,
            side: match (is_first, is_mono) {
                (true, false) => 32,
                (true, true) | (false, false) => 17,
                (false, true) => 9,
            },
            kind: kind & 0xfe,
            bit_rate,
        })
    }

    fn at<S: Read + Seek>(parts: &mut Parts<S>, at: u64) -> Option<Self> {
        Frame::of(parts.get(at, 4)?.try_into().ok()?)
    }

    /// Whether another frame can be of the same file.
    fn is_like(self, other: Frame) -> bool {
        self.kind == other.kind && self.per_second == other.per_second
    }
}

/// Where the tags of ID3v2 end that stand before a sound; any kind may have them.
pub(super) fn after_tags<S: Read + Seek>(parts: &mut Parts<S>) -> u64 {
    let mut at = 0_u64;
    // More than one is a mistake of some programs.
    for _ in 0..8 {
        let head = parts.up_to(at, 10);
        let [b'I', b'D', b'3', _, _, flags, sizes @ ..] = head else {
            break;
        };
        if sizes.len() < 4 || sizes.iter().any(|byte| byte & 0x80 != 0) {
            break;
        }
        let size = sizes
            .iter()
            .fold(0, |sum, byte| sum << 7 | u64::from(*byte));
        let footer = if flags & 0x10 == 0 { 0 } else { 10 };
        at += 10 + size + footer;
    }
    at
}

/// How long the frames play; `None` where there are none, or other things among them.
pub(super) fn length<S: Read + Seek>(parts: &mut Parts<S>, start: u64) -> Option<Length> {
    let (at, first) = begin(parts, start)?;
    let end = end(parts);
    if let Some(count) = indexed(parts, at, first, end) {
        return Some(Length {
            count: count.checked_mul(first.samples)?,
            per_second: first.per_second,
        });
    }
    if is_constant(parts, at, first, end) {
        return Some(Length {
            count: (end - at).checked_mul(8)?,
            per_second: u64::from(first.bit_rate) * 1000,
        });
    }
    counted(parts, at, first, end)
}

/// The first frame that others follow, and where it is.
fn begin<S: Read + Seek>(parts: &mut Parts<S>, start: u64) -> Option<(u64, Frame)> {
    let many = usize::try_from(GARBAGE).ok()?;
    let searched = parts.up_to(start, many).to_vec();
    memchr::memchr_iter(0xff, &searched).find_map(|from| {
        let at = start + from as u64;
        let first = Frame::at(parts, at)?;
        let (mut next, mut seen) = (at + first.size, 1);
        while seen < ENOUGH && next < parts.length() {
            Frame::at(parts, next).filter(|frame| frame.is_like(first))?;
            next += Frame::at(parts, next)?.size;
            seen += 1;
        }
        // A file may have fewer, if they fill it.
        (seen == ENOUGH || (from == 0 && next == parts.length())).then_some((at, first))
    })
}

/// Where the frames end at the latest: before the tags of ID3v1 and APE.
fn end<S: Read + Seek>(parts: &mut Parts<S>) -> u64 {
    let mut end = parts.length();
    if end >= 128 && parts.has(end - 128, b"TAG") {
        end -= 128;
    }
    if end >= 32 && parts.has(end - 32, b"APETAGEX") {
        let foot = parts.up_to(end - 32, 32);
        let size = u32_le(foot, 12).unwrap_or(0);
        let head = u32_le(foot, 20).unwrap_or(0) >> 31;
        end = end.saturating_sub(u64::from(size) + 32 * u64::from(head));
    }
    end
}

/// How many frames there are by the index in the first one: “Xing”, “Info” or “VBRI”. Files that were cut
/// or joined have one of another file, which says another number of bytes.
fn indexed<S: Read + Seek>(parts: &mut Parts<S>, at: u64, first: Frame, end: u64) -> Option<u64> {
    let index = parts.up_to(at + 4 + first.side, 16);
    let (frames, bytes) = if index.starts_with(b"Xing") || index.starts_with(b"Info") {
        let flags = u32_be(index, 4)?;
        let frames = u32_be(index, 8).filter(|_| flags & 1 != 0)?;
        (frames, u32_be(index, 12).filter(|_| flags & 2 != 0))
    } else {
        // It stands at one place, whatever the channels.
        let index = parts.get(at + 36, 18)?;
        if !index.starts_with(b"VBRI") {
            return None;
        }
        (u32_be(index, 14)?, u32_be(index, 10))
    };
    let real = end.checked_sub(at)?;
    let is_of_this = bytes.is_none_or(|bytes| u64::from(bytes).abs_diff(real) * 20 <= real);
    (frames > 0 && is_of_this).then_some(u64::from(frames))
}

/// Whether all frames have the bit rate of the first one, as far as samples tell.
fn is_constant<S: Read + Seek>(parts: &mut Parts<S>, at: u64, first: Frame, end: u64) -> bool {
    let is_same = |parts: &mut Parts<S>, from: u64| {
        let mut next = from;
        for _ in 0..SAMPLE {
            match Frame::at(parts, next) {
                Some(frame) if frame.bit_rate == first.bit_rate && frame.is_like(first) => {
                    next += frame.size;
                }
                _ => return next >= end,
            }
        }
        true
    };
    let step = end.saturating_sub(at) / PLACES;
    is_same(parts, at)
        && (1..PLACES).all(|place| {
            // Frames are of about one size, so that the next one begins soon.
            let from = at + place * step;
            let most = usize::try_from(first.size + 1).unwrap_or(0);
            let bytes = parts.up_to(from, most + 4).to_vec();
            memchr::memchr_iter(0xff, &bytes).any(|near| is_same(parts, from + near as u64))
        })
}

/// Goes from frame to frame.
fn counted<S: Read + Seek>(
    parts: &mut Parts<S>,
    start: u64,
    first: Frame,
    end: u64,
) -> Option<Length> {
    if end - start > MOST {
        return None;
    }
    let (mut at, mut garbage, mut count) = (start, 0_u64, 0_u64);
    while at + 4 <= end {
        match Frame::at(parts, at).filter(|frame| frame.is_like(first)) {
            Some(frame) => {
                count += frame.samples;
                at += frame.size;
            }
            None => {
                garbage += 1;
                at += 1;
                if garbage > GARBAGE {
                    return None;
                }
            }
        }
    }
    Some(Length {
        count,
        per_second: first.per_second,
    })
}
