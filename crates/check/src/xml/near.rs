//! Reads texts where they lie in memory, many pieces at once. quick-xml would copy each of them, and
//! escaped HTML has a reference every few bytes.

use std::io::{BufRead, Read};

use feedwright_base::chars;
use feedwright_base::slice::Slice;
use quick_xml::events::{BytesCData, Event};

use super::super::context::Context;
use super::super::dtd;
use super::super::input::{MOST, advance};
use super::{Piece, Xml};

/// What stands around a CDATA section.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

impl<R: Read> Xml<R> {
    /// Reads texts, references such as `&lt;` and CDATA sections that have been decoded already, as far as
    /// nothing is wrong with them. What is not whole and all else is left to quick-xml.
    pub(super) fn near(&mut self, cx: &mut Context<'_>) {
        if !self.in_text || self.is_outside() {
            return;
        }
        let (text, from) = self.reader.get_mut().lend();
        let mut rest = text.get(from..).unwrap_or_default();
        while !self.is_over {
            let room = rest.floor_char_boundary(MOST - MOST.min(self.text.len()));
            let run = sound(rest.slice(..room));
            let length = if run.is_empty() {
                self.section(rest, cx)
            } else {
                self.run(run)
            };
            if length == 0 {
                break;
            }
            rest = rest.slice(length..);
        }
        self.reader.get_mut().take_back(text);
    }

    /// Adds texts and references to the text before the next tag. Returns their length.
    fn run(&mut self, run: &str) -> usize {
        if self.text.is_empty() {
            self.text_at = self.at;
        }
        let mut rest = run;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            let (text, after) = rest.split_at_checked(at).unwrap_or_default();
            self.push_piece(text);
            let Some((c, length)) = reference(after) else {
                break;
            };
            self.text.push(c);
            rest = after.slice(length..);
        }
        self.push_piece(rest);
        self.at = advance(self.at, run.as_bytes());
        self.text_end = self.at.line;
        self.consume(run.len());
        run.len()
    }

    /// Adds the CDATA section at the start of a text. Returns its length, or 0.
    fn section(&mut self, text: &str, cx: &mut Context<'_>) -> usize {
        let content = text.strip_prefix(CDATA.0).and_then(|rest| {
            let end = memchr::memmem::find(rest.as_bytes(), CDATA.1.as_bytes())?;
            rest.get(..end)
        });
        let Some(content) = content else {
            return 0;
        };
        let piece = Piece {
            start: self.at,
            offset: self.reader.buffer_position(),
            length: CDATA.0.len() + content.len() + CDATA.1.len(),
        };
        self.consume(piece.length);
        // It is no tag.
        self.event(&Event::CData(BytesCData::new(content)), content, piece, cx);
        piece.length
    }

    /// Passes bytes of what was lent.
    fn consume(&mut self, length: usize) {
        self.reader.stream().consume(length);
        self.have_read(length);
    }
}

/// The texts and references at the start of a text, up to the first that is not whole, not allowed or of
/// another kind.
fn sound(text: &str) -> &str {
    let run = text.slice(..whole(text));
    let illegal = chars::illegal(run).map(|(at, _)| at);
    let end = memchr::memmem::find(run.as_bytes(), CDATA.1.as_bytes());
    match illegal.into_iter().chain(end).min() {
        Some(wrong) => run.slice(..whole(run.slice(..wrong))),
        None => run,
    }
}

/// The length of the texts and references at the start of a text that end in it.
fn whole(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    for at in memchr::memchr2_iter(b'<', b'&', bytes) {
        match reference(text.slice(at..)) {
            Some((_, reference)) => length = at + reference,
            None => return at,
        }
    }
    length
}

/// The character of a reference at the start of a text that XML has a name for, and the length of the
/// reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let [b'&', rest @ ..] = text.as_bytes() else {
        return None;
    };
    let end = rest.iter().take("apos;".len()).position(|b| *b == b';')?;
    Some((dtd::predefined(text.get(1..=end)?)?, end + 2))
}
