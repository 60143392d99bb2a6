//! Checks the XML declaration, processing instructions and the document type.

use std::io::Read;

use feedwright_base::chars::is_space;
use feedwright_base::slice::Slice;

use super::super::context::{Context, Position};
use super::super::dtd;
use super::super::input::advance;
use super::super::spot::shown;
use super::super::syntax::{DECLARATION, DOCTYPE_EXTERNAL, VERSION, is_instruction};
use super::super::tree::Attribute;
use super::Xml;

/// That something stands before `<?xml`.
pub(super) fn before_declaration(what: &str, line: u32) -> String {
    let what = match what.trim_start_matches(is_space) {
        "" => "white space".to_owned(),
        "\u{feff}" => "a second byte order mark".to_owned(),
        text => format!("“{}”", shown(text.trim_end_matches(is_space))),
    };
    format!("{what} stands before `<?xml`, which is on line {line}")
}

impl<R: Read> Xml<R> {
    /// Reports what stands before `<?xml`, if that is still to come in what has been read. Returns
    /// whether it is.
    pub(crate) fn before(&self, what: &str, at: Position, cx: &mut Context<'_>) -> bool {
        let ahead = self.reader.get_ref().ahead();
        let Some(offset) = memchr::memmem::find(ahead, b"<?xml ") else {
            return false;
        };
        let line = advance(self.at, ahead.slice(..offset)).line;
        cx.report(&DECLARATION, at, before_declaration(what, line));
        true
    }

    /// Checks `<?xml version="1.0"?>`.
    pub(super) fn declaration(
        &mut self,
        content: &str,
        at: Position,
        offset: u64,
        cx: &mut Context<'_>,
    ) {
        if offset > 0 || self.depth > 0 {
            let is_first = !self.seen_root && !self.seen_doctype;
            let message = match self.before.take() {
                Some(before) => before_declaration(&before, at.line),
                None => "`<?xml` stands inside of the feed".to_owned(),
            };
            cx.report(&DECLARATION, at, message);
            self.is_over = !is_first;
        }
        let content = content.strip_prefix("xml").unwrap_or(content);
        if content.contains('&') {
            self.stop(cx, at, "the XML declaration has a reference in it");
            return;
        }
        let fields = match self.attributes(content, at, cx) {
            Ok(fields) => fields,
            Err((at, message)) => {
                self.stop(cx, at, format!("in the XML declaration: {message}"));
                return;
            }
        };
        let names: Vec<&str> = fields.iter().map(|field| &*field.qname).collect();
        let in_order = matches!(
            names.as_slice(),
            ["version"]
                | ["version", "encoding"]
                | ["version", "standalone"]
                | ["version", "encoding", "standalone"]
        );
        let is_right = fields.iter().all(|field| match &*field.qname {
            "encoding" => is_encoding(&field.value),
            "standalone" => matches!(field.value.as_str(), "yes" | "no"),
            _ => true,
        });
        let is_alone = |field: &Attribute| &*field.qname == "standalone" && field.value == "yes";
        if fields.iter().any(is_alone) {
            self.entities.stand_alone();
        }
        if !in_order || !is_right {
            self.stop(
                cx,
                at,
                "the XML declaration is not `<?xml version=\"1.0\" encoding=\"utf-8\"?>`",
            );
        } else if let Some(version) = fields.first().filter(|field| field.value != "1.0") {
            let message = format!("the version of XML is said to be `{}`", version.value);
            cx.report(&VERSION, version.at, message);
        }
    }

    /// Checks a processing instruction, `<?target …?>`.
    pub(super) fn instruction(
        &mut self,
        content: &str,
        start: Position,
        inside: Position,
        cx: &mut Context<'_>,
    ) {
        self.legal(content, inside, cx);
        if is_instruction(content) {
            return;
        }
        let target = content.split(is_space).next().unwrap_or_default();
        if target.eq_ignore_ascii_case("xml") {
            let message = "the XML declaration is not the very first thing in the file";
            cx.report(&DECLARATION, start, message);
            self.is_over = self.seen_root;
        } else {
            let message = format!("`<?{target}` is not the name of a processing instruction");
            self.stop(cx, start, message);
        }
    }

    /// Reads the document type, `<!DOCTYPE …>`, of which so many bytes stand behind the keyword and
    /// its blanks.
    pub(super) fn doctype(
        &mut self,
        markup: &[u8],
        length: usize,
        start: Position,
        cx: &mut Context<'_>,
    ) {
        if self.seen_root || self.seen_doctype {
            self.stop(
                cx,
                start,
                "the document type has to stand once, before the first element",
            );
            return;
        }
        self.seen_doctype = true;
        // quick-xml also takes small letters, and the name without a blank before it.
        let next = markup.strip_prefix(b"<!DOCTYPE").and_then(<[u8]>::first);
        if !next.is_some_and(u8::is_ascii_whitespace) {
            let message = "the document type does not begin with `<!DOCTYPE `";
            self.stop(cx, start, message);
            return;
        }
        let (before, content) = markup.split_at(markup.len().saturating_sub(length + 1));
        let content = content.slice(..length);
        let inside = advance(start, before);
        let Ok(content) = std::str::from_utf8(content) else {
            self.stop(cx, start, "the markup is not in the encoding of the feed");
            return;
        };
        if !self.legal(content, inside, cx) {
            return;
        }
        match dtd::parse(content, &mut self.entities) {
            Ok(doctype) => {
                if let Some(system) = &doctype.system {
                    if dtd::is_rss091(doctype.public.as_deref()) {
                        self.entities.allow_html();
                    } else {
                        cx.report(
                            &DOCTYPE_EXTERNAL,
                            start,
                            format!("the feed names the document type `{system}`"),
                        );
                        self.entities.allow_unknown();
                    }
                }
                cx.doctype = doctype.public.zip(doctype.system);
            }
            Err((offset, message)) => {
                let at = advance(
                    inside,
                    content.as_bytes().slice(..offset.min(content.len())),
                );
                self.stop(cx, at, message);
            }
        }
    }
}

/// Whether a text can be the name of an encoding (XML 1.0, section 4.3.3).
fn is_encoding(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_part)
}
