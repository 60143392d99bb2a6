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
            let length = match self.run(rest.slice(..room)) {
                0 => self.section(rest, cx),
                length => length,
            };
            if length == 0 {
                break;
            }
            rest = rest.slice(length..);
        }
        self.reader.get_mut().take_back(text);
    }

    /// Adds the texts and references at the start of a text, up to the first that is not whole, not allowed
    /// or of another kind, to the text before the next tag. Returns their length.
    fn run(&mut self, text: &str) -> usize {
        let before = self.text.len();
        let mut length = self.push_whole(text);
        let run = text.slice(..length);
        let illegal = chars::illegal(run).map(|(at, _)| at);
        let end = memchr::memmem::find(run.as_bytes(), CDATA.1.as_bytes());
        if let Some(wrong) = illegal.into_iter().chain(end).min() {
            self.text.truncate(before);
            self.text_written = self.text_written.min(before);
            length = self.push_whole(text.slice(..wrong));
        }
        if length > 0 {
            if before == 0 {
                self.text_at = self.at;
            }
            self.at = advance(self.at, text.as_bytes().slice(..length));
            self.text_end = self.at.line;
            self.consume(length);
        }
        length
    }

    /// Adds the texts and references at the start of a text that end in it. Returns their length.
    fn push_whole(&mut self, text: &str) -> usize {
        let mut length = 0;
        for at in memchr::memchr2_iter(b'<', b'&', text.as_bytes()) {
            self.push_piece(text.slice(length..at));
            let Some((c, reference)) = reference(text.slice(at..)) else {
                return at;
            };
            self.text.push(c);
            length = at + reference;
        }
        length
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

/// The character of a reference at the start of a text that XML has a name for, and the length of the
/// reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let [b'&', rest @ ..] = text.as_bytes() else {
        return None;
    };
    let end = rest.iter().take("apos;".len()).position(|b| *b == b';')?;
    Some((dtd::predefined(text.get(1..=end)?)?, end + 2))
}
