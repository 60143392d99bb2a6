//! Decodes the bytes of a feed to UTF-8, and finds bytes that are not in its encoding.

mod encoding;

use std::cell::Cell;
use std::io::{self, BufRead, Empty, Read};
use std::rc::Rc;

use encoding_rs::{DecoderResult, UTF_8};
use feedwright_base::slice::Slice;

use super::NO_FEED;
use super::context::{Context, Position};
use super::rule::rules;

use self::encoding::{Decode, Decoding, by_mark};

rules! {
    ENCODING_UNKNOWN = Error "encoding-unknown", "XML 1.0, section 4.3.3",
        "The declared encoding is none that programs know.",
        "write the feed in UTF-8, and declare that";
    ENCODING_INVALID = Error "encoding-invalid", "XML 1.0, section 4.3.3",
        "The bytes are not in the encoding that the feed declares, or that its first bytes show.",
        "write the feed in the encoding that it declares, best in UTF-8";
    ENCODING_OBSCURE = Warning "encoding-obscure", "XML 1.0, section 4.3.3",
        "Few readers know the declared encoding.",
        "write the feed in UTF-8";
    ENCODING_NONSTANDARD = Note "encoding-nonstandard", "XML 1.0, section 4.3.3",
        "XML asks every reader to know UTF-8 and UTF-16, and no other encoding.",
        "write the feed in UTF-8";
    ENCODING_MISSING = Note "encoding-missing", "XML 1.0, section 4.3.3",
        "No encoding is declared. UTF-8 is meant then.",
        "begin the feed with `<?xml version=\"1.0\" encoding=\"utf-8\"?>`";
    JSON_ENCODING = Error "json-encoding", "RFC 8259, section 8.1",
        "The file is JSON in another encoding than UTF-8. Readers show nothing of it.",
        "write it in UTF-8";
    BOM_IN_JSON = Warning "json-bom", "RFC 8259, section 8.1",
        "The file begins with a byte order mark, which JSON must not.",
        "write the file without it";
}

/// The number of bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// The number of ids or places of entries that are kept. No reader takes a larger feed.
pub(super) const MOST_SEEN: usize = 1_000_000;

/// The largest number of bytes in one piece of markup or text, as in libxml2.
pub(super) const MOST: usize = 10_000_000;

/// What to do about a compressed file.
const UNPACK: &str = "unpack it first; a server that sends it so has to say how in `Content-Encoding`, \
    and `curl --compressed` unpacks what it gets";

/// The program that compressed a file, by the bytes that it writes first.
fn compressed(start: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 6] = [
        (b"\x1f\x8b", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\x78\x9c", "zlib"),
    ];
    let mut marks = marks.into_iter();
    marks
        .find(|(mark, _)| start.starts_with(mark))
        .map(|(_, program)| program)
}

/// The syntax of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Xml,
    Json,
}

impl Syntax {
    /// The syntax that the first bytes behind a byte order mark show.
    fn of(start: &[u8]) -> Self {
        let first = start.iter().find(|b| !b.is_ascii_whitespace() && **b != 0);
        match first {
            // A template of a generator begins so.
            _ if start.starts_with(b"{{") || start.starts_with(b"{%") => Syntax::Xml,
            Some(b'{' | b'[') => Syntax::Json,
            _ => Syntax::Xml,
        }
    }
}

/// An input that is decoded to UTF-8 as it is read.
pub(super) struct Input<R> {
    inner: R,
    decode: Decode,
    raw: Vec<u8>,
    is_over: bool,
    out: String,
    taken: usize,
    /// The number of bytes that may be read until [`Input::renew`] allows more.
    left: Rc<Cell<usize>>,
    /// The end of the text that has been decoded.
    end: Position,
    fault: Rc<Cell<Option<Position>>>,
    tolerant: bool,
    /// Whether bytes that decode to control characters are wrong.
    is_windows: bool,
    /// The syntax that the first bytes show.
    pub(super) syntax: Syntax,
}

impl<R: Read> Input<R> {
    /// Reads the first bytes, and finds out the syntax and the encoding of the input. `None` is a file
    /// that is no text, which was reported.
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    pub(super) fn open(mut inner: R, cx: &mut Context<'_>) -> io::Result<Option<Self>> {
        let mut raw = Vec::with_capacity(CHUNK);
        let is_over = fill(&mut inner, &mut raw, CHUNK)?;
        if let Some(program) = compressed(&raw) {
            let message = format!("the file is compressed, as by `{program}`");
            cx.report_with(&NO_FEED, "", Position::START, message, UNPACK);
            return Ok(None);
        }
        let (by_bom, bom) = by_mark(&raw);
        let start = raw.get(bom..).unwrap_or_default();
        let syntax = Syntax::of(start);
        if syntax == Syntax::Json && by_bom == Some(UTF_8) {
            let message = "the file begins with a byte order mark";
            cx.report(&BOM_IN_JSON, Position::START, message);
        }
        let Decoding {
            decode,
            tolerant,
            is_windows,
        } = Decoding::of(&raw, start, by_bom, syntax, cx);
        // quick-xml takes the mark away, and would take another one behind it too.
        let mut end = Position::START;
        match syntax {
            Syntax::Json => drop(raw.drain(..bom)),
            Syntax::Xml if bom > 0 => end.column = 0,
            Syntax::Xml => {}
        }
        Ok(Some(Input {
            inner,
            decode,
            raw,
            is_over,
            out: String::with_capacity(CHUNK * 2),
            taken: 0,
            left: Rc::new(Cell::new(MOST)),
            end,
            fault: Rc::default(),
            tolerant,
            is_windows,
            syntax,
        }))
    }
}

impl Input<Empty> {
    /// An input of a text in memory.
    pub(super) fn of(text: String) -> Self {
        Input {
            inner: io::empty(),
            decode: Decode::By(UTF_8.new_decoder_without_bom_handling()),
            raw: Vec::new(),
            is_over: true,
            out: text,
            taken: 0,
            left: Rc::new(Cell::new(MOST)),
            end: Position::START,
            fault: Rc::default(),
            tolerant: false,
            is_windows: false,
            syntax: Syntax::Xml,
        }
    }
}

impl<R> Input<R> {
    /// Allows the next piece to be read.
    pub(super) fn renew(&mut self) {
        self.left.set(MOST);
    }

    /// The number of bytes that may still be read, shared with code that has no access to the
    /// input.
    pub(super) fn left(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.left)
    }

    /// What has been decoded and is still to be read.
    pub(super) fn ahead(&self) -> &[u8] {
        self.out.as_bytes().slice(self.taken..)
    }

    /// Lends what has been decoded, and says from where on it is still to be read. Nothing may be read
    /// before [`Input::take_back`].
    pub(super) fn lend(&mut self) -> (String, usize) {
        (std::mem::take(&mut self.out), self.taken)
    }

    /// Takes back what was lent.
    pub(super) fn take_back(&mut self, out: String) {
        self.out = out;
    }

    /// The place of the first bytes that are not in the encoding, once they have been read.
    pub(super) fn fault(&self) -> Rc<Cell<Option<Position>>> {
        Rc::clone(&self.fault)
    }

    /// Decodes what has been read.
    fn decode(&mut self) {
        self.out.clear();
        self.taken = 0;
        match &mut self.decode {
            Decode::By(decoder) => {
                let mut from = 0;
                loop {
                    let src = self.raw.get(from..).unwrap_or_default();
                    let most = decoder
                        .max_utf8_buffer_length_without_replacement(src.len())
                        .unwrap_or(src.len() * 3);
                    self.out.reserve(most);
                    let (result, read) = decoder.decode_to_string_without_replacement(
                        src,
                        &mut self.out,
                        self.is_over,
                    );
                    from += read;
                    match result {
                        DecoderResult::Malformed(..) => {
                            if !self.tolerant {
                                self.tolerant = true;
                                self.fault.set(Some(advance(self.end, self.out.as_bytes())));
                            }
                            self.out.push('\u{fffd}');
                        }
                        DecoderResult::InputEmpty | DecoderResult::OutputFull => break,
                    }
                }
                self.raw.drain(..from);
                let is_unused = |pair: &[u8]| matches!(pair, [0xc2, 0x80..=0x9f]);
                if self.is_windows
                    && !self.tolerant
                    && let Some(offset) = self.out.as_bytes().windows(2).position(is_unused)
                {
                    self.tolerant = true;
                    self.fault
                        .set(Some(advance(self.end, self.out.as_bytes().slice(..offset))));
                }
            }
            Decode::Latin1 | Decode::Ascii => {
                for &byte in &self.raw {
                    let is_wrong = !byte.is_ascii() && matches!(self.decode, Decode::Ascii);
                    if is_wrong && !self.tolerant {
                        self.tolerant = true;
                        self.fault.set(Some(advance(self.end, self.out.as_bytes())));
                    }
                    self.out.push(char::from(byte));
                }
                self.raw.clear();
            }
        }
        self.end = advance(self.end, self.out.as_bytes());
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.out.len() {
            if self.raw.is_empty() && self.is_over {
                break;
            }
            if !self.is_over {
                self.is_over = fill(&mut self.inner, &mut self.raw, CHUNK)?;
            }
            self.decode();
            if self.is_over && self.out.is_empty() {
                break;
            }
        }
        if self.left.get() == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(self.ahead())
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
        self.left.set(self.left.get().saturating_sub(amount));
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// Reads until a buffer holds a number of bytes. Returns whether the input is over.
fn fill(inner: &mut impl Read, buffer: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    let missing = most.saturating_sub(buffer.len()) as u64;
    let before = buffer.len();
    inner.take(missing).read_to_end(buffer)?;
    Ok(((buffer.len() - before) as u64) < missing)
}

/// The place where a text ends that begins at another place.
pub(super) fn advance(from: Position, text: &[u8]) -> Position {
    let chars = |bytes: &[u8]| {
        let count = bytes.iter().filter(|b| (**b as i8) >= -0x40).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    match memchr::memrchr(b'\n', text) {
        None => Position {
            line: from.line,
            column: from.column.saturating_add(chars(text)),
        },
        Some(last) => {
            let lines = memchr::memchr_iter(b'\n', text.slice(..=last)).count();
            Position {
                line: from
                    .line
                    .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)),
                column: chars(text.slice(last + 1..)).saturating_add(1),
            }
        }
    }
}
