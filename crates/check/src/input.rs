//! Bytes to UTF-8: which encoding a feed is in, and whether it keeps to it.

use std::cell::Cell;
use std::io::{self, BufRead, Empty, Read};
use std::rc::Rc;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::context::{Context, Position};
use super::rule::rules;

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
    BOM_IN_JSON = Warning "json-bom", "RFC 8259, section 8.1",
        "The file begins with a byte order mark, which JSON must not.",
        "write the file without it";
}

/// Encodings beside UTF-8 and UTF-16 that most readers know.
const COMMON: &[&str] = &[
    "us-ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-7",
    "iso-8859-15",
    "euc-jp",
    "koi8-r",
    "shift_jis",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "gb18030",
];

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// How many ids or places of entries are kept. A larger feed has no reader.
pub(super) const MOST_SEEN: usize = 1_000_000;

/// How many bytes one piece of markup or text may have, as in libxml2.
pub(super) const MOST: usize = 10_000_000;

/// What an input is written in, as its first bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Xml,
    Json,
}

/// An input in UTF-8, whatever it is in outside.
pub(super) struct Input<R> {
    inner: R,
    decode: Decode,
    raw: Vec<u8>,
    is_over: bool,
    out: Vec<u8>,
    taken: usize,
    /// How many bytes may be asked for until more are allowed.
    left: Rc<Cell<usize>>,
    /// Where the text ends that has been decoded.
    end: Position,
    fault: Rc<Cell<Option<Position>>>,
    tolerant: bool,
    /// Whether bytes mean nothing that become control characters.
    is_windows: bool,
    /// What the first bytes are.
    pub(super) syntax: Syntax,
}

enum Decode {
    By(Decoder),
    /// Each byte is the character of its number, as encoding_rs has it nowhere.
    Latin1,
    Ascii,
}

impl<R: Read> Input<R> {
    /// Looks at the first bytes.
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    pub(super) fn open(mut inner: R, cx: &mut Context<'_>) -> io::Result<Self> {
        let mut raw = Vec::with_capacity(CHUNK);
        let is_over = fill(&mut inner, &mut raw, CHUNK)?;
        let (by_bom, bom) = by_mark(&raw);
        let start = raw.get(bom..).unwrap_or_default();
        let looks = match start {
            [0, b'<', ..] => Some(UTF_16BE),
            [b'<', 0, ..] => Some(UTF_16LE),
            _ => None,
        };
        let first = start.iter().find(|b| !b.is_ascii_whitespace() && **b != 0);
        let syntax = match first {
            // What begins so is a template of a generator.
            _ if start.starts_with(b"{{") || start.starts_with(b"{%") => Syntax::Xml,
            Some(b'{' | b'[') => Syntax::Json,
            _ => Syntax::Xml,
        };
        if syntax == Syntax::Json && bom > 0 {
            cx.report(
                &BOM_IN_JSON,
                Position::START,
                "the file begins with a byte order mark",
            );
        }
        let shown = by_bom.or(looks);
        let declared = match syntax {
            Syntax::Json => None,
            Syntax::Xml => declaration(start, shown),
        };
        let mut tolerant = false;
        let mut is_windows = false;
        let decode = if is_utf32(&raw) {
            cx.report(
                &ENCODING_UNKNOWN,
                Position::START,
                "the feed is in UTF-32, which hardly any reader knows",
            );
            tolerant = true;
            Decode::By(UTF_8.new_decoder_without_bom_handling())
        } else if let Some((name, at)) = declared {
            let (decode, is_known) = by_name(&name, at, shown, cx);
            tolerant = !is_known;
            is_windows = ["windows-", "cp125"]
                .iter()
                .any(|start| name.to_ascii_lowercase().starts_with(start));
            decode
        } else {
            if syntax == Syntax::Xml && looks.is_some() && by_bom.is_none() {
                let message = "UTF-16 has to begin with a byte order mark, or to be declared";
                cx.report(&ENCODING_INVALID, Position::START, message);
            }
            if syntax == Syntax::Xml && shown.is_none() {
                cx.report(
                    &ENCODING_MISSING,
                    Position::START,
                    "no encoding is declared",
                );
            }
            Decode::By(shown.unwrap_or(UTF_8).new_decoder_without_bom_handling())
        };
        // quick-xml takes the mark away, and would take another one behind it too.
        let mut end = Position::START;
        match syntax {
            Syntax::Json => drop(raw.drain(..bom)),
            Syntax::Xml if bom > 0 => end.column = 0,
            Syntax::Xml => {}
        }
        Ok(Input {
            inner,
            decode,
            raw,
            is_over,
            out: Vec::with_capacity(CHUNK * 2),
            taken: 0,
            left: Rc::new(Cell::new(MOST)),
            end,
            fault: Rc::default(),
            tolerant,
            is_windows,
            syntax,
        })
    }
}

impl Input<Empty> {
    /// An input that is known already.
    pub(super) fn of(text: String) -> Self {
        Input {
            inner: io::empty(),
            decode: Decode::By(UTF_8.new_decoder_without_bom_handling()),
            raw: Vec::new(),
            is_over: true,
            out: text.into_bytes(),
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

    /// How many bytes may be asked for, for whoever cannot ask the input itself.
    pub(super) fn left(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.left)
    }

    /// Where the first bytes are that are not in the encoding, as soon as they have been read.
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
                    let start = self.out.len();
                    let most = decoder
                        .max_utf8_buffer_length_without_replacement(src.len())
                        .unwrap_or(src.len() * 3);
                    self.out.resize(start + most, 0);
                    let (result, read, written) = decoder.decode_to_utf8_without_replacement(
                        src,
                        &mut self.out[start..],
                        self.is_over,
                    );
                    self.out.truncate(start + written);
                    from += read;
                    match result {
                        DecoderResult::Malformed(..) => {
                            if !self.tolerant {
                                self.tolerant = true;
                                self.fault.set(Some(advance(self.end, &self.out)));
                            }
                            self.out.extend_from_slice("\u{fffd}".as_bytes());
                        }
                        DecoderResult::InputEmpty | DecoderResult::OutputFull => break,
                    }
                }
                self.raw.drain(..from);
                let is_unused = |pair: &[u8]| matches!(pair, [0xc2, 0x80..=0x9f]);
                if self.is_windows
                    && !self.tolerant
                    && let Some(offset) = self.out.windows(2).position(is_unused)
                {
                    self.tolerant = true;
                    self.fault.set(Some(advance(self.end, &self.out[..offset])));
                }
            }
            Decode::Latin1 | Decode::Ascii => {
                for &byte in &self.raw {
                    if byte.is_ascii() {
                        self.out.push(byte);
                        continue;
                    }
                    if matches!(self.decode, Decode::Ascii) && !self.tolerant {
                        self.tolerant = true;
                        self.fault.set(Some(advance(self.end, &self.out)));
                    }
                    let mut utf8 = [0; 4];
                    self.out
                        .extend_from_slice(char::from(byte).encode_utf8(&mut utf8).as_bytes());
                }
                self.raw.clear();
            }
        }
        self.end = advance(self.end, &self.out);
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
        Ok(&self.out[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
        self.left.set(self.left.get().saturating_sub(amount));
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(buffer.len());
        buffer[..count].copy_from_slice(&from[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// Reads until a buffer holds so many bytes; whether the input is over.
fn fill(inner: &mut impl Read, buffer: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    let missing = most.saturating_sub(buffer.len()) as u64;
    let before = buffer.len();
    inner.take(missing).read_to_end(buffer)?;
    Ok(((buffer.len() - before) as u64) < missing)
}

/// Where a text ends that begins at a place.
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
            let lines = memchr::memchr_iter(b'\n', &text[..=last]).count();
            Position {
                line: from
                    .line
                    .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)),
                column: chars(&text[last + 1..]).saturating_add(1),
            }
        }
    }
}

/// The encoding that a byte order mark stands for, and its length.
fn by_mark(start: &[u8]) -> (Option<&'static Encoding>, usize) {
    match Encoding::for_bom(start) {
        Some((encoding, length)) => (Some(encoding), length),
        None => (None, 0),
    }
}

fn is_utf32(start: &[u8]) -> bool {
    matches!(
        start,
        [0, 0, 0xfe, 0xff, ..] | [0xff, 0xfe, 0, 0, ..] | [0, 0, 0, b'<', ..] | [b'<', 0, 0, 0, ..]
    )
}

/// The encoding that an XML declaration names, and where the name stands.
fn declaration(start: &[u8], shown: Option<&'static Encoding>) -> Option<(String, Position)> {
    let head = start.get(..1024).unwrap_or(start);
    let text = match shown {
        Some(encoding) => encoding.decode_without_bom_handling(head).0.into_owned(),
        None => head.iter().map(|&byte| char::from(byte)).collect(),
    };
    let inner = text.trim_start().strip_prefix("<?xml")?;
    let inner = &inner[..inner.find("?>")?];
    let rest = &inner[inner.find("encoding")? + "encoding".len()..];
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = rest[1..].split(quote).next()?;
    let offset = text.len() - text[text.find(inner)?..].len() + (inner.len() - rest.len()) + 1;
    let at = advance(Position::START, &text.as_bytes()[..offset]);
    Some((name.to_owned(), at))
}

/// The decoder for a name, and whether the name means one.
fn by_name(
    name: &str,
    at: Position,
    shown: Option<&'static Encoding>,
    cx: &mut Context<'_>,
) -> (Decode, bool) {
    let lower = name.to_ascii_lowercase();
    let by = |encoding: &'static Encoding| Decode::By(encoding.new_decoder_without_bom_handling());
    let known = match lower.as_str() {
        "iso-10646-ucs-2" | "csunicode" | "ucs-2" | "utf-16" => {
            Some(shown.filter(|shown| *shown != UTF_8).unwrap_or(UTF_16BE))
        }
        _ => Encoding::for_label_no_replacement(name.as_bytes())
            .or_else(|| Encoding::for_label_no_replacement(format!("x-{name}").as_bytes())),
    };
    let Some(encoding) = known else {
        cx.report(
            &ENCODING_UNKNOWN,
            at,
            format!("the encoding `{name}` is not known"),
        );
        return (by(shown.unwrap_or(UTF_8)), false);
    };
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let fits = match shown {
        Some(shown) => encoding == shown,
        None => !is_wide,
    };
    if !fits {
        let looks = shown.map_or("a single-byte encoding or UTF-8", Encoding::name);
        cx.report(
            &ENCODING_INVALID,
            at,
            format!("the encoding is said to be `{name}`, and the bytes are {looks}"),
        );
        return (by(shown.unwrap_or(UTF_8)), false);
    }
    if encoding == UTF_8 || is_wide {
        return (by(shown.unwrap_or(encoding)), true);
    }
    if COMMON.contains(&lower.as_str()) {
        cx.report(&ENCODING_NONSTANDARD, at, format!("the feed is in {name}"));
    } else {
        cx.report(
            &ENCODING_OBSCURE,
            at,
            format!("the feed is in {name}, which few readers know"),
        );
    }
    let decode = match lower.as_str() {
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "l1" => Decode::Latin1,
        "us-ascii" | "ascii" | "ansi_x3.4-1968" => Decode::Ascii,
        _ => by(encoding),
    };
    (decode, true)
}
