//! Reads texts where they lie in memory. quick-xml would copy each of them, and escaped HTML has a
//! reference every few bytes.

use std::io::{BufRead, Read};

use feedwright_base::slice::Slice;
use quick_xml::events::{BytesCData, BytesRef, BytesText, Event};

use super::super::context::Context;
use super::super::dtd;
use super::{Piece, Xml};

impl<R: Read> Xml<R> {
    /// Reads the texts, references and CDATA sections that have been decoded already, and leaves what is
    /// not whole and all else to quick-xml.
    pub(super) fn near(&mut self, cx: &mut Context<'_>) {
        if !self.in_text {
            return;
        }
        let (text, from) = self.reader.get_mut().lend();
        let mut rest = text.get(from..).unwrap_or_default();
        while let Some((event, content, length)) = whole(rest).filter(|_| !self.is_over) {
            let piece = Piece {
                start: self.at,
                offset: self.reader.buffer_position(),
                length,
            };
            self.reader.stream().consume(length);
            self.have_read(length);
            // None of them is a tag.
            self.event(&event, content, piece, cx);
            rest = rest.slice(length..);
        }
        self.reader.get_mut().take_back(text);
    }
}

/// The text, the reference or the CDATA section that stands whole at the start of a text, its content,
/// and the number of its bytes.
fn whole(text: &str) -> Option<(Event<'_>, &str, usize)> {
    const CDATA: (&str, &str) = ("<![CDATA[", "]]>");
    match text.as_bytes() {
        [b'&', rest @ ..] => {
            let end = rest
                .iter()
                .take("apos;".len())
                .position(|byte| *byte == b';')?;
            let name = text.get(1..=end)?;
            dtd::predefined(name)?;
            Some((Event::GeneralRef(BytesRef::new(name)), name, end + 2))
        }
        [b'<', ..] => {
            let rest = text.strip_prefix(CDATA.0)?;
            let end = memchr::memmem::find(rest.as_bytes(), CDATA.1.as_bytes())?;
            let content = rest.slice(..end);
            let length = CDATA.0.len() + end + CDATA.1.len();
            Some((Event::CData(BytesCData::new(content)), content, length))
        }
        bytes => {
            let end = memchr::memchr2(b'<', b'&', bytes)?;
            let content = text.slice(..end);
            Some((Event::Text(BytesText::from_escaped(content)), content, end))
        }
    }
}
