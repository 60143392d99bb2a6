//! Finds where XML that a parser refused breaks.

use std::io::{BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The line and column, both from 1, at which XML is not well-formed, or the last line of XML whose
/// elements are not all closed; `None` where it is well-formed.
pub(super) fn place<R: Read>(open: impl Fn() -> std::io::Result<R>) -> Option<(usize, usize)> {
    let offset = offset(BufReader::new(open().ok()?))?;
    let mut before = BufReader::new(open().ok()?.take(offset));
    let (mut line, mut column) = (1, 1);
    loop {
        let part = before.fill_buf().ok()?;
        if part.is_empty() {
            return Some((line, column));
        }
        for byte in part {
            // The bytes of a character after its first are none of their own.
            match byte {
                b'\n' => (line, column) = (line + 1, 1),
                0x80..=0xbf => {}
                _ => column += 1,
            }
        }
        let length = part.len();
        before.consume(length);
    }
}

/// How many bytes stand before the mistake.
fn offset(xml: impl BufRead) -> Option<u64> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Err(_) => return Some(reader.error_position()),
            Ok(Event::Eof) => return (depth > 0).then(|| reader.buffer_position()),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let check = |xml: &str, expected| {
            assert_eq!(place(|| Ok(xml.as_bytes())), expected, "{xml}");
        };
        check("<a><b/></a>", None);
        check("<a>\n é</b>\n</a>", Some((2, 3)));
        check("<a>\n<b>", Some((2, 4)));
        check("", None);
    }
}
