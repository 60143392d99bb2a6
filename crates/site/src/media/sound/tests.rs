use std::io::{self, Cursor, Read, Seek, SeekFrom};

use proptest::prelude::*;

use super::samples::*;
use super::*;

fn sound(bytes: &[u8]) -> Option<(Option<u64>, &'static str)> {
    let found = of(&mut Parts::new(Cursor::new(bytes), bytes.len() as u64))?;
    Some((found.seconds, found.media_type))
}

/// Frames of MP3 for so many seconds, the bit rates one after the other.
fn frames(seconds: u64, rates: &[u8]) -> Vec<u8> {
    let count = seconds as usize * 44_100 / 1152;
    mp3(rates.iter().copied().cycle().take(count))
}

#[test]
fn mp3_with_an_index() {
    for name in [b"Xing", b"Info", b"VBRI"] {
        let rest = frames(20, &[9, 11, 5]);
        let first = indexed(name, 3828, (rest.len() + 417) as u32);
        let bytes = [id3(3000), first, rest].concat();
        assert_eq!(sound(&bytes), Some((Some(100), "audio/mpeg")));
    }
}

#[test]
fn an_index_of_another_file_counts_for_nothing() {
    let rest = frames(20, &[9, 11, 5]);
    let first = indexed(b"Xing", 3828, 10 * rest.len() as u32);
    let bytes = [first, rest].concat();
    assert_eq!(sound(&bytes), Some((Some(20), "audio/mpeg")));
}

#[test]
fn mp3_without_an_index() {
    let mut constant = frames(61, &[9]);
    constant.extend(b"TAG");
    constant.resize(constant.len() + 125, b' ');
    assert_eq!(sound(&constant), Some((Some(61), "audio/mpeg")));
    // Both begin with some seconds of another bit rate, by which the whole would be estimated wrong.
    let half = [frames(30, &[1]), frames(90, &[14])].concat();
    assert_eq!(sound(&half), Some((Some(120), "audio/mpeg")));
    let mixed = [id3(10), id3(10), frames(45, &[5, 9, 9, 14])].concat();
    assert_eq!(sound(&mixed), Some((Some(45), "audio/mpeg")));
}

#[test]
fn mp3_with_other_things_in_it() {
    let parts = [frames(10, &[9, 11]), vec![0; 5000], frames(10, &[9, 11])];
    assert_eq!(sound(&parts.concat()), Some((Some(20), "audio/mpeg")));
    let garbage = [frames(10, &[9, 11]), vec![0; 1 << 20], frames(10, &[9])];
    assert_eq!(sound(&garbage.concat()), None);
    // An APE tag behind the frames plays nothing.
    let mut tagged = frames(10, &[9]);
    tagged.extend(vec![0; 100_000]);
    tagged.extend(b"APETAGEX\xd0\x07\0\0");
    tagged.extend(100_032_u32.to_le_bytes());
    tagged.extend([0; 16]);
    assert_eq!(sound(&tagged), Some((Some(10), "audio/mpeg")));
}

#[test]
fn mp4_with_its_head_anywhere() {
    let [brand, head, content] = mp4(b"M4A ", b"soun", 75);
    let check = |parts: &[&[u8]], expected| assert_eq!(sound(&parts.concat()), expected);
    let whole = Some((Some(75), "audio/x-m4a"));
    check(&[&brand, &head, &content], whole);
    check(&[&brand, &content, &head], whole);
    check(&[&brand, &head, &content, b"\0\0"], whole);
    // Cut off.
    check(&[&brand, &content], Some((None, "audio/x-m4a")));
    check(
        &[&brand, &head, &content[..400]],
        Some((None, "audio/x-m4a")),
    );
    let [brand, head, content] = mp4(b"isom", b"vide", 75);
    check(&[&brand, &head, &content], Some((Some(75), "video/mp4")));
    let large = [
        &[0, 0, 0, 1][..],
        b"mdat",
        &516_u64.to_be_bytes(),
        &[0; 500],
    ]
    .concat();
    check(&[&brand, &large, &head], Some((Some(75), "video/mp4")));
    check(&[&boxed(b"ftyp", b"avif\0\0\0\0")], None);
}

#[test]
fn mp4_in_pieces() {
    let extends = boxed(b"mvex", &boxed(b"mehd", &[0, 0, 0, 0, 0, 0, 0x27, 0x10]));
    let head = [&[0; 12][..], &1000_u32.to_be_bytes(), &[0; 84]].concat();
    let movie = [boxed(b"mvhd", &head), extends].concat();
    let bytes = [
        boxed(b"ftyp", b"mp42\0\0\0\0"),
        boxed(b"moov", &movie),
        boxed(b"moof", &[]),
        boxed(b"mdat", &[0; 9]),
    ];
    assert_eq!(sound(&bytes.concat()), Some((Some(10), "audio/x-m4a")));
}

#[test]
fn ogg() {
    let data = |clock, serial| page(0, clock, serial, &[3; 700]);
    let vorbis = [
        page(2, 0, 7, &vorbis(44_100)),
        page(0, 0, 7, b"\x03vorbis"),
        data(100, 7),
        data(44_100 * 90, 7),
        data(u64::MAX, 7),
    ];
    assert_eq!(sound(&vorbis.concat()), Some((Some(90), "audio/ogg")));
    let opus = [
        page(2, 0, 7, b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0\0\0\0"),
        data(900, 7),
        data(48_000 * 30 + 312, 7),
    ];
    assert_eq!(sound(&opus.concat()), Some((Some(30), "audio/ogg")));
    let broadcast = [
        page(2, 0, 7, &samples::vorbis(44_100)),
        data(44_100 * 5000, 7),
        data(44_100 * 5060, 7),
    ];
    assert_eq!(sound(&broadcast.concat()), Some((Some(60), "audio/ogg")));
    let film = [
        page(2, 0, 1, b"\x80theora"),
        page(2, 0, 7, &samples::vorbis(8000)),
        data(1, 7),
        data(8000 * 9, 7),
        data(5, 1),
    ];
    assert_eq!(sound(&film.concat()), Some((Some(9), "video/ogg")));
    // Another file behind it: nobody knows how long both are.
    let chained = [
        page(2, 0, 7, &samples::vorbis(8000)),
        data(8000, 7),
        page(2, 0, 8, &samples::vorbis(8000)),
        (0..400).flat_map(|at| data(8000 * at, 8)).collect(),
    ];
    assert_eq!(sound(&chained.concat()), Some((None, "audio/ogg")));
    assert_eq!(sound(&page(2, 0, 1, b"fishead\0")), None);
}

#[test]
fn wav_and_flac() {
    assert_eq!(sound(&wav(80_000, 80_000)), Some((Some(10), "audio/wav")));
    assert_eq!(sound(&wav(u32::MAX, 80_000)), Some((Some(10), "audio/wav")));
    assert_eq!(sound(&wav(80_000, 70_000)), Some((None, "audio/wav")));
    assert_eq!(sound(&flac(441_000)), Some((Some(10), "audio/flac")));
    let tagged = [id3(20), flac(441_000)].concat();
    assert_eq!(sound(&tagged), Some((Some(10), "audio/flac")));
    assert_eq!(sound(&flac(0)), Some((None, "audio/flac")));
    // More than any file has.
    assert_eq!(
        sound(&flac(0xf_ffff_ffff)),
        Some((Some(1_558_265), "audio/flac"))
    );
}

#[test]
fn what_is_no_sound() {
    for bytes in [
        &b""[..],
        b"\xff",
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        b"%PDF-1.7 and so on and on",
        b"\x1a\x45\xdf\xa3\xff\xfb\x90\x40",
        b"RIFF\0\0\0\0WEBPVP8 ",
        &[0xff; 5000],
        &[0; 5000],
    ] {
        assert_eq!(sound(bytes), None, "{bytes:?}");
    }
}

/// A file that says it has a hundred megabytes, and counts what is read of it.
struct Huge<'a> {
    head: &'a [u8],
    at: u64,
    read: u64,
}

const HUGE: u64 = 100 << 20;

impl Read for Huge<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = into.len().min((HUGE - self.at) as usize);
        for (at, byte) in into[..count].iter_mut().enumerate() {
            let at = self.at as usize + at;
            *byte = self.head.get(at % self.head.len()).copied().unwrap_or(0);
        }
        self.at += count as u64;
        self.read += count as u64;
        Ok(count)
    }
}

impl Seek for Huge<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if let SeekFrom::Start(at) = to {
            self.at = at.min(HUGE);
        }
        Ok(self.at)
    }
}

#[test]
fn of_large_files_little_is_read() {
    let check = |head: &[u8], most: u64, expected: Option<u64>| {
        let huge = Huge {
            head,
            at: 0,
            read: 0,
        };
        let mut parts = Parts::new(huge, HUGE);
        let seconds = of(&mut parts).and_then(|found| found.seconds);
        assert_eq!(seconds, expected);
        let read = parts.into_source().read;
        assert!(read <= most, "{read}");
    };
    check(&frame(9), 2 << 20, Some(6554));
    check(&[frame(9), frame(11)].concat(), 2 * HUGE, Some(5252));
    check(&[0], 200_000, None);
    check(&[0xff], 400_000, None);
    check(b"\0\0\0\x08ftyp", 20 << 20, None);
    check(&page(2, 0, 7, &vorbis(8000)), 2 << 20, None);
}

proptest! {
    #[test]
    fn any_bytes_are_borne(
        head in prop::sample::select(vec![
            Vec::new(), id3(5), frame(9), indexed(b"Xing", 9, 0), mp4(b"M4A ", b"soun", 5).concat(),
            page(2, 0, 7, &vorbis(8000)), wav(9, 0), flac(5), b"\0\0\0\x10ftypM4A ".to_vec(),
            b"RF64\0\0\0\0WAVEds64".to_vec(), b"\0\0\0\x08ftypmoov\0\0\0\x01".to_vec(),
        ]),
        cut in 0_usize..600,
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let head = &head[..head.len().min(cut)];
        sound(&[head, &rest].concat());
    }

    #[test]
    fn mp3_is_as_long_as_its_frames(rates in prop::collection::vec(1_u8..15, 100..400)) {
        let bytes = mp3(rates.iter().copied());
        let seconds = (rates.len() as u64 * 1152 + 22_050) / 44_100;
        prop_assert_eq!(sound(&bytes), Some((Some(seconds.max(1)), "audio/mpeg")));
    }
}
