//! Finds the encoding of a feed, by its first bytes and by its XML declaration.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use feedwright_base::slice::Slice;

use super::super::context::{Context, Position};
use super::{
    ENCODING_INVALID, ENCODING_MISSING, ENCODING_NONSTANDARD, ENCODING_OBSCURE, ENCODING_UNKNOWN,
    JSON_ENCODING, Syntax, advance,
};

/// Encodings other than UTF-8 and UTF-16 that most readers know.
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

/// A decoder to UTF-8.
pub(super) enum Decode {
    By(Decoder),
    /// ISO 8859-1, which encoding_rs takes for Windows-1252.
    Latin1,
    Ascii,
}

/// The way to decode an input.
pub(super) struct Decoding {
    pub(super) decode: Decode,
    /// Whether wrong bytes are not reported, because a wrong encoding has been.
    pub(super) tolerant: bool,
    /// Whether the encoding is one of Windows, where bytes that decode to control characters mean
    /// nothing.
    pub(super) is_windows: bool,
}

impl Decoding {
    /// Chooses the way to decode an input by its first bytes, `raw`. `start` are those behind the
    /// byte order mark, which stands for the encoding `by_bom`.
    pub(super) fn of(
        raw: &[u8],
        start: &[u8],
        by_bom: Option<&'static Encoding>,
        syntax: Syntax,
        cx: &mut Context<'_>,
    ) -> Self {
        let looks = match start {
            [0, b'<' | b'{' | b'[', ..] => Some(UTF_16BE),
            [b'<' | b'{' | b'[', 0, ..] => Some(UTF_16LE),
            _ => None,
        };
        let shown = by_bom.or(looks);
        if let Some(encoding) = shown.filter(|shown| syntax == Syntax::Json && *shown != UTF_8) {
            let message = format!("the JSON is in {}", encoding.name());
            cx.report(&JSON_ENCODING, Position::START, message);
        }
        let declared = match syntax {
            Syntax::Json => None,
            Syntax::Xml => declaration(start, shown),
        };
        let mut tolerant = false;
        let mut is_windows = false;
        let decode = if is_utf32(raw) {
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
        Decoding {
            decode,
            tolerant,
            is_windows,
        }
    }
}

/// The encoding that a byte order mark stands for, and its length.
pub(super) fn by_mark(start: &[u8]) -> (Option<&'static Encoding>, usize) {
    match Encoding::for_bom(start) {
        Some((encoding, length)) => (Some(encoding), length),
        None => (None, 0),
    }
}

/// Whether the first bytes are those of UTF-32.
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
    let inner = inner.slice(..inner.find("?>")?);
    let rest = inner.slice(inner.find("encoding")? + "encoding".len()..);
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = rest.slice(1..).split(quote).next()?;
    let offset =
        text.len() - text.slice(text.find(inner)?..).len() + (inner.len() - rest.len()) + 1;
    let at = advance(Position::START, text.as_bytes().slice(..offset));
    Some((name.to_owned(), at))
}

/// The decoder for a declared encoding, and whether the declaration is right.
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
