//! Collects the text between tags: characters, CDATA sections and references.

use std::io::{Empty, Read};

use feedwright_base::chars;
use feedwright_base::chars::is_space;
use feedwright_base::slice::Slice;

use super::super::NO_FEED;
use super::super::context::{Context, Position};
use super::super::dtd::{self, Meaning, Problem};
use super::super::input::{Input, MOST, advance};
use super::super::syntax::{CHARACTER, TOO_LARGE};
use super::{Piece, Tag, Xml};

impl<R: Read> Xml<R> {
    /// Adds text that stands between tags, without references.
    pub(super) fn characters(&mut self, text: &str, at: Position, cx: &mut Context<'_>) {
        if self.is_outside() {
            if let Some(offset) = text.find(|c: char| !is_space(c)) {
                let at = advance(at, text.as_bytes().slice(..offset));
                let rest = text.slice(offset..);
                if !self.seen_root
                    && ["---", "{{", "{%"]
                        .iter()
                        .any(|start| rest.starts_with(start))
                {
                    let message = "the file begins with front matter or template code: it is what a feed is made of";
                    cx.report(&NO_FEED, at, message);
                    self.is_over = true;
                    return;
                }
                self.is_over = !self.seen_root && self.before(rest, at, cx);
                if !self.is_over {
                    self.stop(cx, at, "text stands outside of the outermost element");
                }
            }
            return;
        }
        // Most texts are some bytes between two references, too short for a search of three bytes.
        let bytes = text.as_bytes();
        let end = memchr::memchr_iter(b'>', bytes).find(|end| bytes.slice(..*end).ends_with(b"]]"));
        if let Some(end) = end {
            let at = advance(at, bytes.slice(..end - 2));
            self.stop(cx, at, "`]]>` stands in a text; it is written `]]&gt;`");
            return;
        }
        self.push_text(text, at, cx);
    }

    /// Adds the content of a CDATA section to the text.
    pub(super) fn character_data(
        &mut self,
        content: &str,
        start: Position,
        inside: Position,
        cx: &mut Context<'_>,
    ) {
        if self.is_outside() {
            let message = "a CDATA section stands outside of the outermost element";
            self.stop(cx, start, message);
        } else {
            self.push_text(content, inside, cx);
        }
    }

    /// Adds a character that XML has a name for, such as `&amp;`. Returns whether that is allowed
    /// here.
    pub(super) fn push_predefined(&mut self, c: char, piece: Piece) -> bool {
        if self.is_outside() || self.text.len() >= MOST {
            return false;
        }
        let start = piece.start;
        if self.text.is_empty() {
            self.text_at = start;
            self.text_end = start.line;
        }
        self.text.push(c);
        let length = u32::try_from(piece.length).unwrap_or(u32::MAX);
        self.at.column = start.column.saturating_add(length);
        true
    }

    /// Reports the first character that XML does not allow, and stops the reading there. Returns
    /// whether there is none.
    pub(super) fn legal(&mut self, text: &str, at: Position, cx: &mut Context<'_>) -> bool {
        let Some((offset, char)) = chars::illegal(text) else {
            return true;
        };
        let at = advance(at, text.as_bytes().slice(..offset));
        cx.report(
            &CHARACTER,
            at,
            format!(
                "the character U+{:04X} is not allowed in XML",
                u32::from(char)
            ),
        );
        self.is_over = true;
        false
    }

    /// Adds allowed characters to the text before the next tag.
    pub(super) fn push_text(&mut self, text: &str, at: Position, cx: &mut Context<'_>) {
        if !self.legal(text, at, cx) {
            return;
        }
        if self.text.is_empty() {
            self.text_at = at;
        }
        if self.text.len() + text.len() > MOST {
            cx.report(&TOO_LARGE, at, format!("a text has more than {MOST} bytes"));
            self.is_over = true;
            return;
        }
        self.text_end = self.at.line;
        self.push_piece(text);
    }

    /// Adds a text between references, with the line ends of XML. The first one may stand in the file just so.
    pub(super) fn push_piece(&mut self, text: &str) {
        let is_first = self.text.is_empty();
        chars::push_lines(&mut self.text, text);
        if is_first {
            // A carriage return alone becomes a line end that the file does not have.
            let mut returns = memchr::memchr_iter(b'\r', text.as_bytes());
            let is_written = returns.all(|at| text.as_bytes().get(at + 1) == Some(&b'\n'));
            self.text_written = if is_written { self.text.len() } else { 0 };
        }
    }

    /// Adds what `&name;`, `&#10;` or `&#xA;` stands for to the text.
    pub(super) fn reference(&mut self, name: &str, at: Position, cx: &mut Context<'_>) {
        if self.is_outside() {
            let message = "a reference stands outside of the outermost element";
            self.stop(cx, at, message);
            return;
        }
        self.text_has_hex |= name.starts_with("#x");
        if self.text.is_empty() {
            self.text_at = at;
        }
        self.text_end = at.line;
        let value = match self.entities.meaning(name) {
            Ok(Meaning::Characters(text)) => Ok(text.into_owned()),
            Ok(Meaning::Content(text)) => {
                let text = text.to_owned();
                self.entity(text, at, cx)
            }
            Err(problem) => Err(problem),
        };
        match value {
            Ok(value) if self.text.len() + value.len() <= MOST => {
                self.take(value.len());
                self.text.push_str(&value);
            }
            Ok(_) => {
                cx.report(&TOO_LARGE, at, format!("a text has more than {MOST} bytes"));
                self.is_over = true;
            }
            Err(problem) => self.is_over |= problem.report(name, at, cx),
        }
    }

    /// Reads the text of an entity, which has to be well-formed by itself. Elements in it are
    /// dropped, and the texts in them are kept: no feed has elements there.
    fn entity(
        &mut self,
        text: String,
        at: Position,
        cx: &mut Context<'_>,
    ) -> Result<String, Problem> {
        self.entities.spend(text.len())?;
        if !text.contains(['<', '&']) && !text.contains("]]>") {
            return Ok(text);
        }
        if self.depth >= dtd::DEEPEST {
            return Err(Problem::TooLarge);
        }
        let mut inner: Xml<Empty> = Xml {
            scopes: std::mem::take(&mut self.scopes),
            entities: std::mem::take(&mut self.entities),
            depth: self.depth + 1,
            seen_root: true,
            ..Xml::new(Input::of(text))
        };
        let place = cx.place.replace(cx.place.unwrap_or(at));
        let mut content = String::new();
        loop {
            let tag = inner.next(cx);
            content.push_str(&inner.text);
            if matches!(tag, Tag::Over) || content.len() > MOST {
                break;
            }
        }
        cx.place = place;
        self.scopes = inner.scopes;
        self.entities = inner.entities;
        // The reason why it is not whole has been reported.
        self.is_over |= !inner.is_whole;
        Ok(content)
    }
}
