//! Reads XML as strictly as its specification asks: quick-xml finds the tags, and this checks what
//! it lets pass.

mod attributes;
mod failure;
mod namespaces;
mod near;
mod prolog;
mod start_tag;
mod text;

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::context::{Context, Position};
use super::dtd::{self, Entities};
use super::input::{ENCODING_INVALID, Input, advance};
use super::rule::Rule;
use super::spot::shown;
use super::syntax::SYNTAX;
use super::tree::Element;

use self::namespaces::Scopes;
use self::start_tag::Open;

/// How many elements that are open at the end of the file are named.
const MOST_NAMED: usize = 4;

/// A start tag, an end tag, or the end.
pub(super) enum Tag {
    Start(Element),
    End,
    /// The end of the file, or of what can be read of it; the reason has been reported.
    Over,
}

/// The place of one piece of markup or text in the feed.
#[derive(Clone, Copy)]
struct Piece {
    start: Position,
    /// The number of bytes before it.
    offset: u64,
    length: usize,
}

impl Piece {
    /// Whether a start tag with this content is `<a/>`, of which quick-xml makes two.
    fn is_empty_element(&self, content: &str) -> bool {
        self.length == content.len() + "</>".len()
    }
}

/// A reader of XML, which returns one tag at a time with the text before it.
pub(super) struct Xml<R: Read> {
    reader: Reader<Input<R>>,
    buffer: Vec<u8>,
    /// The first byte that is not in the encoding of the feed, until it is reported.
    fault: Rc<Cell<Option<Position>>>,
    /// Where the reader stands.
    at: Position,
    /// The elements that are open, the innermost last.
    open: Vec<Open>,
    /// The declarations of namespaces that are in force.
    scopes: Scopes,
    entities: Entities,
    /// How many entities enclose what is read: 0 in the file itself.
    depth: usize,
    /// The text before the tag that [`Xml::next`] has returned.
    pub(super) text: String,
    pub(super) text_at: Position,
    pub(super) text_has_hex: bool,
    /// How many bytes at the start of the text stand in the file exactly so.
    pub(super) text_written: usize,
    /// The line of the file on which the text ends.
    pub(super) text_end: u32,
    /// The number of bytes read, including what references stand for.
    pub(super) taken: usize,
    /// The memory that all elements read so far would need, in bytes.
    pub(super) weight: usize,
    /// The first thing in the file, as long as no element has begun.
    before: Option<String>,
    seen_root: bool,
    seen_doctype: bool,
    is_over: bool,
    /// Whether quick-xml stands where a text may begin.
    in_text: bool,
    /// The declarations that give a prefix to Atom or XHTML.
    pub(super) prefixed: Vec<Position>,
    /// Whether the file has ended with all elements closed.
    pub(super) is_whole: bool,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(input: Input<R>) -> Self {
        let fault = input.fault();
        let mut reader = Reader::from_reader(input);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Xml {
            reader,
            buffer: Vec::new(),
            fault,
            at: Position::START,
            open: Vec::new(),
            scopes: Scopes::default(),
            entities: Entities::default(),
            depth: 0,
            text: String::new(),
            text_at: Position::START,
            text_has_hex: false,
            text_written: 0,
            text_end: 0,
            taken: 0,
            weight: 0,
            before: None,
            seen_root: false,
            seen_doctype: false,
            is_over: false,
            in_text: false,
            prefixed: Vec::new(),
            is_whole: false,
        }
    }

    /// The next tag. The text before it is in [`Xml::text`], which the caller may take.
    pub(super) fn next(&mut self, cx: &mut Context<'_>) -> Tag {
        self.text.clear();
        self.text_has_hex = false;
        self.text_written = 0;
        while !self.is_over {
            if let Some(tag) = self.step(cx) {
                return tag;
            }
        }
        Tag::Over
    }

    /// Reads to the end of the file, and checks only that it is well-formed.
    pub(super) fn skip(&mut self, cx: &mut Context<'_>) {
        while !matches!(self.next(cx), Tag::Over) {}
    }

    /// Reports a syntax error after which nothing more can be read.
    fn stop(&mut self, cx: &mut Context<'_>, at: Position, message: impl Into<String>) {
        cx.report(&SYNTAX, at, message);
        self.is_over = true;
    }

    /// Stops reading because of a limit.
    pub(super) fn refuse(&mut self, cx: &mut Context<'_>, rule: &'static Rule, message: &str) {
        if !self.is_over {
            cx.report(rule, self.at, message);
        }
        self.is_over = true;
    }

    /// Reads the next piece of markup or text. Returns a tag where it is one.
    fn step(&mut self, cx: &mut Context<'_>) -> Option<Tag> {
        self.near(cx);
        if self.is_over {
            return None;
        }
        let start = self.at;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let offset = self.reader.buffer_position();
        self.reader.get_mut().renew();
        let event = self.reader.read_event_into(&mut buffer);
        let length = usize::try_from(self.reader.buffer_position() - offset).unwrap_or(usize::MAX);
        self.have_read(length);
        let fault = self.fault.take();
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                self.failed(&error, start, cx);
                return None;
            }
        };
        if let Some(at) = fault {
            let message = "a byte here is not in the encoding of the feed";
            cx.report(&ENCODING_INVALID, at, message);
        }
        let piece = Piece {
            start,
            offset,
            length,
        };
        let content: &[u8] = &event;
        let Ok(content) = std::str::from_utf8(content) else {
            self.stop(cx, start, "the markup is not in the encoding of the feed");
            return None;
        };
        self.in_text = match event {
            Event::Text(_) | Event::Empty(_) | Event::Eof => false,
            Event::Start(_) => !piece.is_empty_element(content),
            _ => true,
        };
        let tag = self.event(&event, content, piece, cx);
        let doctype = match &event {
            Event::DocType(content) => Some(content.len()),
            _ => None,
        };
        // quick-xml leaves out the blanks of these, which may be line breaks.
        let lacks_blanks = matches!(event, Event::End(_) | Event::DocType(_));
        drop(event);
        if lacks_blanks {
            self.at = advance(start, &buffer);
        }
        if let Some(length) = doctype {
            self.doctype(&buffer, length, start, cx);
        }
        self.buffer = buffer;
        tag
    }

    /// Handles a piece of markup or text. Returns a tag where it is one.
    fn event(
        &mut self,
        event: &Event<'_>,
        content: &str,
        piece: Piece,
        cx: &mut Context<'_>,
    ) -> Option<Tag> {
        let start = piece.start;
        // Escaped HTML has one of these every few bytes, and none of them a line break.
        if let Event::GeneralRef(_) = event
            && let Some(c) = dtd::predefined(content)
            && self.push_predefined(c, piece)
        {
            return None;
        }
        if piece.offset == 0 && self.depth == 0 && !matches!(event, Event::Decl(_)) {
            self.before = Some(written(event, content));
        }
        let inside = self.pass(event, content, piece);
        match event {
            Event::Text(_) => self.characters(content, inside, cx),
            Event::CData(_) => self.character_data(content, start, inside, cx),
            Event::GeneralRef(_) => self.reference(content, start, cx),
            Event::Start(tag) => {
                let name = tag.name().as_ref().len();
                return self.start(content, name, start, inside, cx);
            }
            Event::End(_) => return self.close(start, cx),
            Event::Decl(_) => self.declaration(content, start, piece.offset, cx),
            Event::PI(_) => self.instruction(content, start, inside, cx),
            Event::Comment(_) => {
                self.legal(content, inside, cx);
                if content.ends_with('-') {
                    self.stop(cx, start, "a comment ends in `--->`");
                }
            }
            Event::DocType(_) | Event::Empty(_) => {}
            Event::Eof => self.end(start, cx),
        }
        None
    }

    /// Moves to the end of a piece. Returns where its content begins, behind `<` and the like.
    fn pass(&mut self, event: &Event<'_>, content: &str, piece: Piece) -> Position {
        let Piece { start, length, .. } = piece;
        // What stands around the content has no line breaks in it.
        let (left, right) = match event {
            Event::Text(_) => (0, 0),
            Event::Start(_) if piece.is_empty_element(content) => (1, 2),
            Event::Start(_) | Event::GeneralRef(_) => (1, 1),
            Event::End(_) => (2, 1),
            Event::CData(_) => (9, 3),
            Event::Comment(_) => (4, 3),
            Event::Decl(_) | Event::PI(_) => (2, 2),
            Event::DocType(_) | Event::Empty(_) | Event::Eof => (0, 0),
        };
        let inside = Position {
            column: start
                .column
                .saturating_add(u32::try_from(left).unwrap_or(0)),
            ..start
        };
        if length > 0 {
            self.at = advance(inside, content.as_bytes());
            self.at.column = self.at.column.saturating_add(right);
        }
        inside
    }

    /// Counts the bytes of a piece that has been read.
    fn have_read(&mut self, bytes: usize) {
        self.take(bytes);
        if self.depth == 0 {
            self.entities.allow(self.reader.buffer_position());
        }
    }

    /// Counts bytes that have been read.
    fn take(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(bytes);
        self.weight = self.weight.saturating_add(bytes);
    }

    /// Whether no element is open, so that text is not allowed.
    fn is_outside(&self) -> bool {
        self.open.is_empty() && self.depth == 0
    }

    /// The elements that are open, the innermost first, as the subject of a sentence.
    fn still_open(&self) -> String {
        let names: Vec<String> = self
            .open
            .iter()
            .rev()
            .take(MOST_NAMED)
            .map(|open| format!("`{}` of line {}", shown(&open.qname), open.line))
            .collect();
        let more = self.open.len() - names.len();
        match (more, names.as_slice()) {
            (0, [only]) => format!("{only} is"),
            (0, [names @ .., last]) => format!("{} and {last} are", names.join(", ")),
            _ => format!("{} and {more} more are", names.join(", ")),
        }
    }

    /// Reports what is missing at the end of the file.
    fn end(&mut self, at: Position, cx: &mut Context<'_>) {
        self.is_over = true;
        if !self.open.is_empty() {
            let message = format!("the file ends while {} open", self.still_open());
            cx.report(&SYNTAX, at, message);
        } else if !self.seen_root {
            let message = match at {
                Position::START => "the file is empty",
                _ => "the file has no element",
            };
            cx.report(&SYNTAX, at, message);
        } else {
            self.is_whole = true;
        }
    }
}

/// The start of a piece as it stands in the file.
fn written(event: &Event<'_>, content: &str) -> String {
    let content = shown(content);
    match event {
        Event::Comment(_) => format!("<!--{content}"),
        Event::PI(_) => format!("<?{content}"),
        Event::DocType(_) => format!("<!DOCTYPE {content}"),
        _ => content,
    }
}
