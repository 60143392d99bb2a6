//! Ogg: RFC 3533, with Vorbis, Opus (RFC 7845), FLAC and Speex in it.

use std::io::{Read, Seek};

use super::super::part::{Parts, u16_le, u32_le, u64_le};
use super::{Length, flac};

/// How many streams a file has side by side, at most.
const MOST: usize = 16;

/// The head of a page, before its table.
const HEAD: usize = 27;

/// How large a page may be.
const PAGE: usize = HEAD + 255 + 255 * 255;

/// A stream of sound, as its first page says.
struct Stream {
    serial: u32,
    per_second: u64,
    /// What decoders leave out in front.
    skipped: u64,
}

/// The length by the clock of the last page, and the type.
pub(super) fn sound<S: Read + Seek>(
    parts: &mut Parts<S>,
    start: u64,
) -> Option<(Option<Length>, &'static str)> {
    let (mut at, mut stream, mut film) = (start, None, false);
    // The first pages of all streams stand in front.
    for _ in 0..MOST {
        let page = parts.up_to(at, HEAD + 255 + 255);
        let table = usize::from(*page.get(HEAD - 1)?);
        let is_first = page.starts_with(b"OggS") && page.get(5)? & 2 != 0;
        if !is_first {
            break;
        }
        let lacing = page.get(HEAD..HEAD + table)?;
        let size: usize = lacing.iter().map(|&part| usize::from(part)).sum();
        let packet = page.get(HEAD + table..)?;
        let serial = u32_le(page, 14)?;
        film |= packet.starts_with(b"\x80theora") || packet.starts_with(b"BBCD");
        stream = stream.or_else(|| of_packet(packet, serial));
        at += (HEAD + table + size) as u64;
    }
    let media_type = match &stream {
        _ if film => "video/ogg",
        Some(_) => "audio/ogg",
        None => return None,
    };
    let length = stream.and_then(|stream| {
        let first = first(parts, at, stream.serial)?;
        let last = last(parts, stream.serial)?;
        // Who recorded a broadcast has its clock, which does not begin at nothing.
        let most = stream.per_second * 10;
        let before = if first > most { first } else { stream.skipped };
        Some(Length {
            count: last.checked_sub(before)?,
            per_second: stream.per_second,
        })
    });
    Some((length, media_type))
}

/// The stream that begins with a packet, if it is one of sound.
fn of_packet(packet: &[u8], serial: u32) -> Option<Stream> {
    let (per_second, skipped) = if packet.starts_with(b"\x01vorbis") {
        (u32_le(packet, 12)?, 0)
    } else if packet.starts_with(b"OpusHead") {
        // Its clock has one speed, whatever was recorded.
        (48_000, u64::from(u16_le(packet, 10)?))
    } else if packet.starts_with(b"\x7fFLAC") {
        let info = flac::of_info(packet.get(17..)?)?;
        (u32::try_from(info.per_second).ok()?, 0)
    } else if packet.starts_with(b"Speex   ") {
        (u32_le(packet, 36)?, 0)
    } else {
        return None;
    };
    Some(Stream {
        serial,
        per_second: u64::from(per_second),
        skipped,
    })
}

/// The clock of the first page of a stream that has any sound.
fn first<S: Read + Seek>(parts: &mut Parts<S>, from: u64, serial: u32) -> Option<u64> {
    clocks(parts.up_to(from, 4 * PAGE), serial).find(|clock| *clock > 0)
}

/// The clock of the last page of a stream.
fn last<S: Read + Seek>(parts: &mut Parts<S>, serial: u32) -> Option<u64> {
    let most = 2 * PAGE;
    let from = parts.length().saturating_sub(most as u64);
    clocks(parts.up_to(from, most), serial).last()
}

/// The clocks of the pages of a stream that begin in some bytes.
fn clocks(bytes: &[u8], serial: u32) -> impl Iterator<Item = u64> {
    memchr::memmem::find_iter(bytes, b"OggS").filter_map(move |at| {
        let page = bytes.get(at..)?;
        let is_of_it = page.get(4) == Some(&0) && u32_le(page, 14) == Some(serial);
        // All ones: no packet ends there.
        u64_le(page, 6).filter(|clock| is_of_it && *clock != u64::MAX)
    })
}
