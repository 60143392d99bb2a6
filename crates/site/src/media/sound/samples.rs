//! Files of sound as short as they can be, made by hand.

/// Frames of MP3 of 44,100 Hz with these bit rates, by index of the table; 1152 samples each.
pub(crate) fn mp3(rates: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for rate in rates {
        bytes.extend(frame(rate));
    }
    bytes
}

pub(crate) fn frame(rate: u8) -> Vec<u8> {
    const RATES: [usize; 15] = [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ];
    let size = 144_000 * RATES[usize::from(rate)] / 44_100;
    let mut frame = vec![0xff, 0xfb, rate << 4, 0x40];
    frame.resize(size, 0x55);
    frame
}

/// A frame with an index of this name, which counts frames and bytes.
pub(crate) fn indexed(name: &[u8; 4], frames: u32, bytes: u32) -> Vec<u8> {
    let mut frame = frame(9);
    let at = 4 + 32;
    if name == b"VBRI" {
        let head = [&name[..], &[0, 1, 0, 0, 0, 0], &bytes.to_be_bytes()].concat();
        frame[at..at + 14].copy_from_slice(&head);
        frame[at + 14..at + 18].copy_from_slice(&frames.to_be_bytes());
    } else {
        let head = [
            &name[..],
            &[0, 0, 0, 3],
            &frames.to_be_bytes(),
            &bytes.to_be_bytes(),
        ];
        frame[at..at + 16].copy_from_slice(&head.concat());
    }
    frame
}

/// A tag of ID3v2 with this many bytes in it.
pub(crate) fn id3(size: usize) -> Vec<u8> {
    let parts = [size >> 21, size >> 14, size >> 7, size].map(|part| (part & 0x7f) as u8);
    let mut tag = [&b"ID3\x04\0\0"[..], &parts].concat();
    tag.resize(10 + size, 0);
    tag
}

/// A box of MP4.
pub(crate) fn boxed(kind: &[u8; 4], inner: &[u8]) -> Vec<u8> {
    let mut bytes = (inner.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(inner);
    bytes
}

/// The parts of a file of MP4: its brand, its head, its content.
pub(crate) fn mp4(brand: &[u8; 4], handler: &[u8; 4], seconds: u32) -> [Vec<u8>; 3] {
    let head = [
        &[0; 12][..],
        &1000_u32.to_be_bytes(),
        &(seconds * 1000).to_be_bytes(),
        &[0; 80],
    ];
    let handler = [&[0; 8][..], handler, &[0; 12]].concat();
    let media = boxed(b"mdia", &boxed(b"hdlr", &handler));
    let movie = [boxed(b"mvhd", &head.concat()), boxed(b"trak", &media)];
    [
        boxed(b"ftyp", &[&brand[..], &[0; 4]].concat()),
        boxed(b"moov", &movie.concat()),
        boxed(b"mdat", &[1; 500]),
    ]
}

/// A page of Ogg with one packet.
pub(crate) fn page(flags: u8, clock: u64, serial: u32, packet: &[u8]) -> Vec<u8> {
    let mut lacing = vec![255; packet.len() / 255];
    lacing.push((packet.len() % 255) as u8);
    let mut page = [
        &b"OggS\0"[..],
        &[flags],
        &clock.to_le_bytes(),
        &serial.to_le_bytes(),
    ]
    .concat();
    page.extend([0; 8]);
    page.push(lacing.len() as u8);
    page.extend(lacing);
    page.extend(packet);
    page
}

/// The first packet of Vorbis.
pub(crate) fn vorbis(per_second: u32) -> Vec<u8> {
    let head = [&b"\x01vorbis\0\0\0\0\x02"[..], &per_second.to_le_bytes()];
    [head.concat(), vec![0; 14]].concat()
}

/// A file of WAV of 8,000 bytes a second, which says that it has these and has those.
pub(crate) fn wav(said: u32, real: usize) -> Vec<u8> {
    let format = [
        &[1, 0, 1, 0][..],
        &8000_u32.to_le_bytes(),
        &8000_u32.to_le_bytes(),
        &[1, 0, 8, 0],
    ];
    let mut bytes = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
    bytes.extend(format.concat());
    bytes.extend(b"data");
    bytes.extend(said.to_le_bytes());
    bytes.resize(bytes.len() + real, 0);
    bytes
}

/// A file of FLAC of 44,100 Hz with this many samples.
pub(crate) fn flac(samples: u64) -> Vec<u8> {
    let bits: u64 = 44_100 << 44 | 1 << 41 | 15 << 36 | samples;
    let mut bytes = b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0".to_vec();
    bytes.extend(bits.to_be_bytes());
    bytes.resize(bytes.len() + 16 + 100, 0);
    bytes
}
