//! MP4 and M4A: ISO/IEC 14496-12.

use std::io::{Read, Seek};
use std::ops::Range;

use super::super::part::{Parts, u32_be};
use super::Length;

/// How many boxes are looked at in one place. Those that were recorded in pieces have two for a piece.
const MOST: usize = 10_000;

/// A box: what it is and where its content stands.
struct Part {
    kind: [u8; 4],
    inner: Range<u64>,
}

/// The length by the head of the film, wherever that stands, and the type by its tracks.
pub(super) fn sound<S: Read + Seek>(
    parts: &mut Parts<S>,
) -> Option<(Option<Length>, &'static str)> {
    let brand: [u8; 4] = parts.get(8, 4)?.try_into().ok()?;
    let top = boxes(parts, 0..parts.length());
    let movie = top.iter().find(|part| &part.kind == b"moov");
    // A box that does not end within the file is none: what holds the sound was cut off.
    let is_whole = top.iter().any(|part| &part.kind == b"mdat");
    let Some(movie) = movie else {
        let known = [*b"M4A ", *b"M4B ", *b"M4V ", *b"qt  ", *b"isom", *b"mp42"];
        let media_type = of_brand(&brand, true);
        return known.contains(&brand).then_some((None, media_type));
    };
    let inner = boxes(parts, movie.inner.clone());
    let mut film = false;
    for track in inner.iter().filter(|part| &part.kind == b"trak") {
        film |= is_film(parts, track).unwrap_or(false);
    }
    let length = inner
        .iter()
        .find(|part| &part.kind == b"mvhd")
        .and_then(|head| length(parts, head, &inner))
        .filter(|_| is_whole);
    Some((length, of_brand(&brand, film)))
}

/// The type that files of a brand have.
fn of_brand(brand: &[u8; 4], film: bool) -> &'static str {
    match brand {
        b"M4A " | b"M4B " => "audio/x-m4a",
        b"qt  " if film => "video/quicktime",
        _ if film => "video/mp4",
        _ => "audio/x-m4a",
    }
}

/// The length of a film by its head, or, where it is recorded in pieces, by what stands for all.
fn length<S: Read + Seek>(parts: &mut Parts<S>, head: &Part, movie: &[Part]) -> Option<Length> {
    let at = head.inner.start;
    let is_long = *parts.get(at, 1)?.first()? == 1;
    let (speed, count) = match is_long {
        true => (parts.u32(at + 20)?, parts.u64(at + 24)?),
        false => (parts.u32(at + 12)?, u64::from(parts.u32(at + 16)?)),
    };
    let unknown = if is_long {
        u64::MAX
    } else {
        u64::from(u32::MAX)
    };
    let count = match count {
        count if count != 0 && count != unknown => count,
        _ => {
            let extends = movie.iter().find(|part| &part.kind == b"mvex")?;
            let inner = boxes(parts, extends.inner.clone());
            let head = inner.into_iter().find(|part| &part.kind == b"mehd")?;
            match *parts.get(head.inner.start, 1)?.first()? {
                1 => parts.u64(head.inner.start + 4)?,
                _ => u64::from(parts.u32(head.inner.start + 4)?),
            }
        }
    };
    Some(Length {
        count,
        per_second: u64::from(speed),
    })
}

/// Whether a track is one of pictures that move.
fn is_film<S: Read + Seek>(parts: &mut Parts<S>, track: &Part) -> Option<bool> {
    let inner = boxes(parts, track.inner.clone());
    let media = inner.into_iter().find(|part| &part.kind == b"mdia")?;
    let inner = boxes(parts, media.inner);
    let handler = inner.into_iter().find(|part| &part.kind == b"hdlr")?;
    Some(parts.has(handler.inner.start + 8, b"vide"))
}

/// The boxes that stand one behind the other within a range.
fn boxes<S: Read + Seek>(parts: &mut Parts<S>, range: Range<u64>) -> Vec<Part> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while at < range.end && found.len() < MOST {
        let Some(part) = one(parts, at, range.end) else {
            break;
        };
        at = part.inner.end;
        found.push(part);
    }
    found
}

fn one<S: Read + Seek>(parts: &mut Parts<S>, at: u64, end: u64) -> Option<Part> {
    let head = parts.get(at, 8)?;
    let size = u64::from(u32_be(head, 0)?);
    let kind: [u8; 4] = head.get(4..)?.try_into().ok()?;
    let (start, until) = match size {
        0 => (at + 8, end),
        1 => (at + 16, at.checked_add(parts.u64(at + 8)?)?),
        size => (at + 8, at.checked_add(size)?),
    };
    (start <= until && until <= end).then_some(Part {
        kind,
        inner: start..until,
    })
}
