//! How large a picture is, and what it is.

use std::io::Cursor;
use std::path::Path;

use imagesize::{Compression, ImageType};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::folder::Folder;

use super::part::{Parts, u16_be};

/// How much of a picture is read: what says its size stands in front of it.
const USUAL: usize = 64 << 10;

/// As much as profiles of colours and the facts of a camera take, which may stand before that.
const MOST: usize = 2 << 20;

/// No picture that people look at is wider or higher.
const LARGEST: u32 = 65_535;

/// What a picture of the site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// Its media type, such as `image/jpeg`.
    pub media_type: &'static str,
    /// Whether its colours are mixed of light, as on screens: a JPEG may have those of printers.
    pub is_rgb: bool,
}

/// What a file of the site shows; `None` where it is no picture of a known kind.
pub fn picture(folder: &Folder, inner: &Path) -> Option<Picture> {
    let mut parts = Parts::open(folder, inner)?;
    let usual = parts.up_to(0, USUAL).to_vec();
    let is_all = parts.length() <= USUAL as u64;
    let found = of(&usual);
    // Whatever begins like no picture has none further on either.
    if found.is_some() || is_all || imagesize::image_type(&usual).is_err() {
        return found;
    }
    of(parts.up_to(0, MOST))
}

/// What the bytes that a file begins with show.
fn of(bytes: &[u8]) -> Option<Picture> {
    let media_type = match imagesize::image_type(bytes) {
        Ok(ImageType::Gif) => "image/gif",
        Ok(ImageType::Jpeg) => return jpeg(bytes),
        Ok(ImageType::Png) => "image/png",
        Ok(ImageType::Webp) => "image/webp",
        Ok(ImageType::Heif(Compression::Av1)) => "image/avif",
        Ok(ImageType::Heif(Compression::Hevc)) => "image/heic",
        _ => return svg(bytes),
    };
    let size = imagesize::reader_size(Cursor::new(bytes)).ok()?;
    let pixels = |count: usize| u32::try_from(count).ok();
    picture_of(pixels(size.width)?, pixels(size.height)?, media_type, true)
}

fn picture_of(width: u32, height: u32, media_type: &'static str, is_rgb: bool) -> Option<Picture> {
    let is_size = |pixels: u32| (1..=LARGEST).contains(&pixels);
    (is_size(width) && is_size(height)).then_some(Picture {
        width,
        height,
        media_type,
        is_rgb,
    })
}

/// A JPEG by the segment that begins its frame, which has the number of its colours, too: four are those
/// of printers. ITU T.81, section B.2.2.
fn jpeg(bytes: &[u8]) -> Option<Picture> {
    let mut at = 2;
    loop {
        let kind = match bytes.get(at..at + 2)? {
            // Any number of them may stand before a segment.
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, kind] => *kind,
            _ => return None,
        };
        match kind {
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => {
                let height = u32::from(u16_be(bytes, at + 5)?);
                let width = u32::from(u16_be(bytes, at + 7)?);
                let colours = *bytes.get(at + 9)?;
                return picture_of(width, height, "image/jpeg", colours != 4);
            }
            // Where the picture itself begins, or ends.
            0xd9 | 0xda => return None,
            _ => {}
        }
        at += 2 + usize::from(u16_be(bytes, at + 2)?).max(2);
    }
}

/// An SVG by its outermost element, where that says its size in pixels.
fn svg(bytes: &[u8]) -> Option<Picture> {
    let start = bytes.get(..bytes.len().min(4096))?;
    memchr::memmem::find(start, b"<svg")?;
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return svg_of(&tag),
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn svg_of(tag: &BytesStart<'_>) -> Option<Picture> {
    if tag.local_name().as_ref() != b"svg" {
        return None;
    }
    let pixels = |name: &str| {
        let value = tag.try_get_attribute(name).ok()??.value;
        let text = std::str::from_utf8(&value).ok()?.trim();
        let number: f64 = text.strip_suffix("px").unwrap_or(text).parse().ok()?;
        let is_size = number >= 1.0 && number <= f64::from(LARGEST);
        // It is one of those, so that nothing of it is lost but what is behind the point.
        is_size.then_some(number.round() as u32)
    };
    picture_of(pixels("width")?, pixels("height")?, "image/svg+xml", true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn size(bytes: &[u8]) -> Option<(u32, u32, &'static str, bool)> {
        of(bytes).map(|found| (found.width, found.height, found.media_type, found.is_rgb))
    }

    /// The head of a JPEG with this many colours, behind a segment of some length.
    fn jpeg_of(colours: u8, before: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
        bytes.extend((before + 2).to_be_bytes());
        bytes.extend(vec![7; usize::from(before)]);
        bytes.extend([0xff, 0xff, 0xc2, 0, 17, 8, 0, 40, 0, 30, colours, 1, 2, 3]);
        bytes
    }

    #[test]
    fn the_heads_of_all_kinds() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 4, 0, 0, 0, 2, 0, 8, 6, 0, 0, 0]);
        assert_eq!(size(&png), Some((1024, 512, "image/png", true)));
        assert_eq!(
            size(b"GIF89a\x0a\0\x14\0\0\0\0"),
            Some((10, 20, "image/gif", true))
        );
        let mut webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend([0x63, 0, 0, 0x31, 0, 0]);
        assert_eq!(size(&webp), Some((100, 50, "image/webp", true)));
        assert_eq!(size(&jpeg_of(3, 10)), Some((30, 40, "image/jpeg", true)));
        assert_eq!(
            size(&jpeg_of(4, 60_000)),
            Some((30, 40, "image/jpeg", false))
        );
        assert_eq!(
            size(b"<?xml version='1.0'?><!-- x --><svg width=\"64px\" height='32.4'>"),
            Some((64, 32, "image/svg+xml", true))
        );
    }

    #[test]
    fn avif_by_its_properties() {
        let boxed = |kind: &[u8; 4], inner: &[u8]| {
            let mut bytes = (inner.len() as u32 + 8).to_be_bytes().to_vec();
            bytes.extend(kind);
            bytes.extend(inner);
            bytes
        };
        let size_of = boxed(b"ispe", &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 200]);
        let properties = boxed(b"iprp", &boxed(b"ipco", &size_of));
        let meta = [&[0, 0, 0, 0], properties.as_slice()].concat();
        let bytes = [
            boxed(b"ftyp", b"avif\0\0\0\0avifmif1"),
            boxed(b"meta", &meta),
            boxed(b"mdat", &[0; 30]),
        ];
        assert_eq!(size(&bytes.concat()), Some((256, 200, "image/avif", true)));
    }

    #[test]
    fn what_is_none_has_no_size() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"GIF89a\0\0\0\0\0\0\0",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0\xff",
            b"\xff\xd8\xff\xda\0\x02",
            b"<svg width='100%' height='1e99'>",
            b"<svg viewBox='0 0 1 1'>",
            b"<html><svg width='1' height='1'>",
            b"\0\0\0\x10ftypavif\0\0\0\0\0\0\0\0free\0\0\0\0",
            b"ID3 text",
        ] {
            assert_eq!(of(bytes), None, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_borne(
            head in prop::sample::select(vec![
                &b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ",
                b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", b"<svg ", b"\0\0\0\x14ftypmif1\0\0\0\0heic",
            ]),
            rest in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            of(&[head, rest.as_slice()].concat());
        }
    }
}
