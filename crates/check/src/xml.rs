//! XML as strict as its specification: what quick-xml tells apart, this checks.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::io::{Empty, Read};
use std::rc::Rc;

use feedwright_base::chars;
use feedwright_base::chars::{blank, is_space};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use super::context::{Context, Position};
use super::dtd::{self, Entities, Meaning, Problem};
use super::input::{Input, MOST, MOST_SEEN, advance};
use super::names::{self, Ns, Uri};
use super::rule::Rule;
use super::syntax::{
    CHARACTER, DECLARATION, DOCTYPE_EXTERNAL, NAMESPACE_ADDRESS, NAMESPACE_INVALID,
    NAMESPACE_MISSPELLED, NAMESPACE_PREFIX, NAMESPACE_UNKNOWN, PREFIX, PREFIX_RESERVED, SYNTAX,
    TOO_DEEP, TOO_LARGE, VERSION, is_instruction,
};
use super::tree::{Attribute, Element};
use super::value::uri;

/// How deep elements may be nested, as in libxml2.
const DEEPEST: usize = 256;

/// How many bytes a name may have. Many problems of one tag all name it.
const LONGEST_NAME: usize = 1000;

/// How long a base may become to which others are relative. Each element may add to it.
const LONGEST_BASE: usize = 10_000;

/// What an element and an attribute need in memory besides their texts, roughly.
const ELEMENT: usize = 256;
const ATTRIBUTE: usize = 96;

/// A start tag, an end tag, or the end.
pub(super) enum Tag {
    Start(Element),
    End,
    /// The file is over, or cannot be read further; that was reported.
    Over,
}

/// Reads tags, with the text before each.
pub(super) struct Xml<R: Read> {
    reader: Reader<Input<R>>,
    buffer: Vec<u8>,
    fault: Rc<Cell<Option<Position>>>,
    /// Where the reader stands.
    at: Position,
    open: Vec<Open>,
    scopes: Scopes,
    entities: Entities,
    /// How many entities this is the text of, one in the other.
    depth: usize,
    /// The text before the tag that [`Xml::next`] has returned.
    pub(super) text: String,
    pub(super) text_at: Position,
    pub(super) text_has_hex: bool,
    /// How many of its first bytes stand in the file as they are.
    pub(super) text_written: usize,
    /// The line of the file on which it ends.
    pub(super) text_end: u32,
    /// How many bytes have been read, with what references stand for.
    pub(super) taken: usize,
    /// How much memory what has been read would need.
    pub(super) weight: usize,
    seen_root: bool,
    seen_doctype: bool,
    is_over: bool,
    /// Where Atom or XHTML get a prefix.
    pub(super) prefixed: Vec<Position>,
    /// Whether the file ended as it should.
    pub(super) is_whole: bool,
}

/// An element that is open.
struct Open {
    /// How many declarations of namespaces were in force before it.
    scopes: usize,
    base: Option<Rc<str>>,
    lang: Option<Rc<str>>,
}

/// A declaration of a namespace.
struct Scope {
    prefix: Rc<str>,
    uri: Box<str>,
    ns: Ns,
}

/// The declarations of namespaces that are in force.
#[derive(Default)]
struct Scopes {
    all: Vec<Scope>,
    /// Where those of a prefix are, the innermost last. A tag may declare a million of them.
    of: HashMap<Rc<str>, Vec<usize>>,
}

impl Scopes {
    fn push(&mut self, prefix: &str, uri: &str, ns: Ns) {
        let prefix: Rc<str> = prefix.into();
        let at = self.all.len();
        self.of.entry(Rc::clone(&prefix)).or_default().push(at);
        self.all.push(Scope {
            prefix,
            uri: uri.into(),
            ns,
        });
    }

    fn truncate(&mut self, length: usize) {
        for scope in self.all.drain(length..) {
            if let Some(places) = self.of.get_mut(&scope.prefix) {
                places.pop();
                if places.is_empty() {
                    self.of.remove(&scope.prefix);
                }
            }
        }
    }

    /// The declarations of a prefix, the innermost first.
    fn of(&self, prefix: &str) -> impl Iterator<Item = &Scope> {
        let places = self.of.get(prefix).into_iter().flatten().rev();
        places.filter_map(|at| self.all.get(*at))
    }
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
            seen_root: false,
            seen_doctype: false,
            is_over: false,
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

    /// Reads what is left, which is looked at for its form alone.
    pub(super) fn skip(&mut self, cx: &mut Context<'_>) {
        while !matches!(self.next(cx), Tag::Over) {}
    }

    /// Nothing can be read from here on.
    fn stop(&mut self, cx: &mut Context<'_>, at: Position, message: impl Into<String>) {
        cx.report(&SYNTAX, at, message);
        self.is_over = true;
    }

    /// More than can be read.
    pub(super) fn refuse(&mut self, cx: &mut Context<'_>, rule: &'static Rule, message: &str) {
        if !self.is_over {
            cx.report(rule, self.at, message);
        }
        self.is_over = true;
    }

    fn step(&mut self, cx: &mut Context<'_>) -> Option<Tag> {
        let start = self.at;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let before = self.reader.buffer_position();
        self.reader.get_mut().renew();
        let event = self.reader.read_event_into(&mut buffer);
        let length = usize::try_from(self.reader.buffer_position() - before).unwrap_or(usize::MAX);
        self.take(length);
        if self.depth == 0 {
            self.entities.allow(self.reader.buffer_position());
        }
        let fault = self.fault.take();
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                self.failed(&error, start, cx);
                return None;
            }
        };
        if let Some(at) = fault {
            cx.report(
                &super::input::ENCODING_INVALID,
                at,
                "a byte here is not in the encoding of the feed",
            );
        }
        let content: &[u8] = &event;
        let Ok(content) = std::str::from_utf8(content) else {
            self.stop(cx, start, "the markup is not in the encoding of the feed");
            return None;
        };
        // Escaped HTML has one of these every few bytes, and none of them a line break.
        if let Event::GeneralRef(_) = &event
            && let Some(c) = dtd::predefined(content)
            && !self.is_outside()
            && self.text.len() < MOST
        {
            if self.text.is_empty() {
                self.text_at = start;
                self.text_end = start.line;
            }
            self.text.push(c);
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            self.at.column = start.column.saturating_add(length);
            drop(event);
            self.buffer = buffer;
            return None;
        }
        // What stands around the content has no line breaks in it.
        let (left, right) = match &event {
            Event::Text(_) => (0, 0),
            Event::Start(_) if length == content.len() + 3 => (1, 2),
            Event::Start(_) | Event::GeneralRef(_) => (1, 1),
            Event::End(_) => (2, 1),
            Event::CData(_) => (9, 3),
            Event::Comment(_) => (4, 3),
            Event::Decl(_) | Event::PI(_) => (2, 2),
            Event::DocType(_) => (length.saturating_sub(content.len() + 1), 1),
            Event::Empty(_) | Event::Eof => (0, 0),
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
        let tag = match &event {
            Event::Text(_) => {
                self.characters(content, inside, cx);
                None
            }
            Event::CData(_) => {
                if self.is_outside() {
                    self.stop(
                        cx,
                        start,
                        "a CDATA section stands outside of the outermost element",
                    );
                } else {
                    self.push(content, inside, cx);
                }
                None
            }
            Event::GeneralRef(_) => {
                self.reference(content, start, cx);
                None
            }
            Event::Start(tag) => {
                let name = tag.name().as_ref().len();
                self.start(content, name, start, inside, cx)
            }
            Event::End(_) => {
                if self.open.pop().is_some_and(|open| {
                    self.scopes.truncate(open.scopes);
                    true
                }) {
                    Some(Tag::End)
                } else {
                    self.stop(cx, start, "an end tag closes nothing");
                    None
                }
            }
            Event::Decl(_) => {
                self.declaration(content, start, before, cx);
                None
            }
            Event::PI(_) => {
                self.instruction(content, start, inside, cx);
                None
            }
            Event::Comment(_) => {
                self.legal(content, inside, cx);
                if content.ends_with('-') {
                    self.stop(cx, start, "a comment ends in `--->`");
                }
                None
            }
            Event::DocType(_) => {
                self.doctype(content, start, inside, cx);
                None
            }
            Event::Empty(_) => None,
            Event::Eof => {
                self.end(start, cx);
                None
            }
        };
        let is_doctype = matches!(event, Event::DocType(_));
        drop(event);
        // quick-xml takes this in small letters too, and the name without a blank before it.
        let keyword = buffer.strip_prefix(b"<!DOCTYPE").and_then(<[u8]>::first);
        if is_doctype && !self.is_over && !keyword.is_some_and(u8::is_ascii_whitespace) {
            self.stop(
                cx,
                start,
                "the document type does not begin with `<!DOCTYPE `",
            );
        }
        self.buffer = buffer;
        tag
    }

    /// Counts what has been read.
    fn take(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(bytes);
        self.weight = self.weight.saturating_add(bytes);
    }

    /// Whether no element is open, so that there can be no text.
    fn is_outside(&self) -> bool {
        self.open.is_empty() && self.depth == 0
    }

    /// What quick-xml found wrong.
    fn failed(&mut self, error: &Error, start: Position, cx: &mut Context<'_>) {
        self.is_over = true;
        let message = match error {
            Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                cx.report(
                    &TOO_LARGE,
                    start,
                    format!("a text or a tag has more than {MOST} bytes"),
                );
                return;
            }
            Error::Io(error) => format!("the feed cannot be read further: {error}"),
            Error::Syntax(syntax) => match syntax {
                SyntaxError::InvalidBangMarkup => {
                    "`<!` begins neither a comment nor a CDATA section nor a document type"
                        .to_owned()
                }
                SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => {
                    "a processing instruction is not closed with `?>`".to_owned()
                }
                SyntaxError::UnclosedComment => "a comment is not closed with `-->`".to_owned(),
                SyntaxError::UnclosedDoctype => "the `<!DOCTYPE` is not closed".to_owned(),
                SyntaxError::UnclosedCData => "a CDATA section is not closed with `]]>`".to_owned(),
                SyntaxError::UnclosedTag => "a tag is not closed with `>`".to_owned(),
                SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue => {
                    "the value of an attribute is not closed with its quote".to_owned()
                }
            },
            Error::IllFormed(ill) => match ill {
                IllFormedError::MismatchedEndTag { expected, found } => {
                    format!("`</{found}>` stands where `</{expected}>` should")
                }
                IllFormedError::UnmatchedEndTag(found) => format!("`</{found}>` closes nothing"),
                IllFormedError::DoubleHyphenInComment => {
                    "`--` stands in a comment, where XML does not allow it".to_owned()
                }
                IllFormedError::UnclosedReference => {
                    "`&` stands alone: where no reference is meant, it is written `&amp;`"
                        .to_owned()
                }
                other => other.to_string(),
            },
            other => other.to_string(),
        };
        cx.report(&SYNTAX, start, message);
    }

    /// The file is over.
    fn end(&mut self, at: Position, cx: &mut Context<'_>) {
        self.is_over = true;
        if !self.open.is_empty() {
            let count = self.open.len();
            cx.report(
                &SYNTAX,
                at,
                format!("the file ends while {count} elements are open"),
            );
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

    /// Text as it is written, without references.
    fn characters(&mut self, text: &str, at: Position, cx: &mut Context<'_>) {
        if self.is_outside() {
            if let Some(offset) = text.find(|c: char| !is_space(c)) {
                let at = advance(at, &text.as_bytes()[..offset]);
                let rest = &text[offset..];
                if !self.seen_root
                    && ["---", "{{", "{%"]
                        .iter()
                        .any(|start| rest.starts_with(start))
                {
                    let message = "the file begins with front matter or template code: it is what a feed is made of";
                    cx.report(&super::NO_FEED, at, message);
                    self.is_over = true;
                    return;
                }
                self.stop(cx, at, "text stands outside of the outermost element");
            }
            return;
        }
        // Most texts are some bytes between two references, too short for a search of three bytes.
        let bytes = text.as_bytes();
        let end = memchr::memchr_iter(b'>', bytes).find(|end| bytes[..*end].ends_with(b"]]"));
        if let Some(end) = end {
            let at = advance(at, &bytes[..end - 2]);
            self.stop(cx, at, "`]]>` stands in a text; it is written `]]&gt;`");
            return;
        }
        self.push(text, at, cx);
    }

    /// Characters that XML does not allow stop the reading.
    fn legal(&mut self, text: &str, at: Position, cx: &mut Context<'_>) -> bool {
        let Some((offset, char)) = chars::illegal(text) else {
            return true;
        };
        let at = advance(at, &text.as_bytes()[..offset]);
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

    /// Adds to the text before the next tag.
    fn push(&mut self, text: &str, at: Position, cx: &mut Context<'_>) {
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
        let is_first = self.text.is_empty();
        self.text_end = self.at.line;
        chars::push_lines(&mut self.text, text);
        if is_first {
            // A carriage return alone becomes a line end that the file does not have.
            let mut returns = memchr::memchr_iter(b'\r', text.as_bytes());
            let is_written = returns.all(|at| text.as_bytes().get(at + 1) == Some(&b'\n'));
            self.text_written = if is_written { self.text.len() } else { 0 };
        }
    }

    /// `&name;`, `&#10;` or `&#xA;` in a text.
    fn reference(&mut self, name: &str, at: Position, cx: &mut Context<'_>) {
        if self.is_outside() {
            self.stop(
                cx,
                at,
                "a reference stands outside of the outermost element",
            );
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

    /// Reads the text of an entity, which has to be well-formed by itself. No feed has elements
    /// there, so that only what they hold is taken.
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
        // Why it is not whole was reported.
        self.is_over |= !inner.is_whole;
        Ok(content)
    }

    fn start(
        &mut self,
        content: &str,
        name: usize,
        start: Position,
        inside: Position,
        cx: &mut Context<'_>,
    ) -> Option<Tag> {
        if self.is_outside() && self.seen_root {
            self.stop(cx, start, "a second outermost element begins");
            return None;
        }
        self.seen_root = true;
        if self.open.len() >= DEEPEST {
            cx.report(
                &TOO_DEEP,
                start,
                format!("elements are nested more than {DEEPEST} deep"),
            );
            self.is_over = true;
            return None;
        }
        let (qname, rest) = content.split_at(name);
        if !self.legal(content, inside, cx) {
            return None;
        }
        if !chars::is_qname(qname) {
            let message = format!("`{qname}` is not the name of an element");
            self.stop(cx, start, message);
            return None;
        }
        let rest_at = advance(inside, qname.as_bytes());
        let attributes = self.attributes(rest, rest_at, cx);
        let attributes = attributes.and_then(|mut found| {
            self.default(qname, start, &mut found)?;
            Ok(found)
        });
        let attributes = match attributes {
            Ok(attributes) => attributes,
            Err((at, message)) => {
                self.stop(cx, at, message);
                return None;
            }
        };
        self.weight += ELEMENT + ATTRIBUTE * attributes.len();
        let is_long = |name: &str| name.len() > LONGEST_NAME;
        if is_long(qname) || attributes.iter().any(|a| is_long(&a.qname)) {
            let message = format!("a name has more than {LONGEST_NAME} bytes");
            cx.report(&TOO_LARGE, start, message);
            self.is_over = true;
            return None;
        }
        let outer = self.open.last();
        let mut open = Open {
            scopes: self.scopes.all.len(),
            base: outer.and_then(|outer| outer.base.clone()),
            lang: outer.and_then(|outer| outer.lang.clone()),
        };
        self.declare(&attributes, cx);
        let mut element = Element {
            ns: self.namespace(qname, true, start, cx),
            qname: qname.into(),
            attributes: Vec::new(),
            children: Vec::new(),
            at: start,
            base: None,
            lang: None,
        };
        let mut seen: HashSet<(String, String)> = HashSet::new();
        for mut attribute in attributes {
            if attribute.ns == Ns::Xmlns {
                continue;
            }
            attribute.ns = self.namespace(&attribute.qname, false, attribute.at, cx);
            match (attribute.ns, attribute.name()) {
                (Ns::Xml, "base") => open.base = Some(join(open.base.as_deref(), &attribute.value)),
                (Ns::Xml, "lang") => open.lang = Some(attribute.value.as_str().into()),
                _ => {}
            }
            let name = attribute.qname.split_once(':');
            // Two prefixes may stand for one namespace.
            if let Some(uri) = name.and_then(|(prefix, _)| self.uri(prefix))
                && !seen.insert((uri.to_owned(), attribute.name().to_owned()))
            {
                let message = format!("the attribute `{}` stands twice", attribute.qname);
                self.stop(cx, attribute.at, message);
                return None;
            }
            element.attributes.push(attribute);
        }
        element.base.clone_from(&open.base);
        element.lang.clone_from(&open.lang);
        self.open.push(open);
        Some(Tag::Start(element))
    }

    /// The attributes of a tag. Declarations of namespaces are marked as such.
    fn attributes(
        &mut self,
        text: &str,
        at: Position,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Attribute>, (Position, String)> {
        let mut found: Vec<Attribute> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut rest = text;
        let mut place = at;
        loop {
            let trimmed = rest.trim_start_matches(is_space);
            if trimmed.is_empty() {
                return Ok(found);
            }
            place = advance(place, &rest.as_bytes()[..rest.len() - trimmed.len()]);
            if trimmed.len() == rest.len() {
                return Err((place, "a blank is missing before an attribute".to_owned()));
            }
            let Some(equals) = trimmed.find('=') else {
                let name = trimmed.trim_end_matches(is_space);
                return Err((place, format!("the attribute `{name}` has no value")));
            };
            let qname = trimmed[..equals].trim_end_matches(is_space);
            if !chars::is_qname(qname) {
                return Err((place, format!("`{qname}` is not the name of an attribute")));
            }
            let value = trimmed[equals + 1..].trim_start_matches(is_space);
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let Some(quote) = quote else {
                return Err((place, format!("the value of `{qname}` is not in quotes")));
            };
            let Some((value, after)) = value[1..].split_once(quote) else {
                return Err((place, format!("the value of `{qname}` is not closed")));
            };
            if value.contains('<') {
                return Err((
                    place,
                    format!("`<` stands in the value of `{qname}`; it is written `&lt;`"),
                ));
            }
            let value = self.value(value, place, cx)?;
            if !seen.insert(qname) {
                return Err((place, format!("the attribute `{qname}` stands twice")));
            }
            found.push(attribute(qname, value, place));
            place = advance(place, &trimmed.as_bytes()[..trimmed.len() - after.len()]);
            rest = after;
        }
    }

    /// Adds the attributes that the document type gives to an element.
    fn default(
        &mut self,
        element: &str,
        at: Position,
        found: &mut Vec<Attribute>,
    ) -> Result<(), (Position, String)> {
        let Some(defaults) = self.entities.defaults(element) else {
            return Ok(());
        };
        let given: HashSet<&str> = found.iter().map(|attribute| &*attribute.qname).collect();
        let missing: Vec<Attribute> = defaults
            .iter()
            .filter(|(name, _)| !given.contains(name.as_str()))
            .map(|(name, value)| attribute(name, value.clone(), at))
            .collect();
        let bytes = missing.iter().map(|a| a.qname.len() + a.value.len()).sum();
        let spent = self.entities.spend(bytes);
        spent.map_err(|_| (at, "the document type gives elements too much".to_owned()))?;
        self.take(bytes);
        found.extend(missing);
        Ok(())
    }

    /// The value of an attribute: references resolved, white space made blanks.
    fn value(
        &mut self,
        raw: &str,
        at: Position,
        cx: &mut Context<'_>,
    ) -> Result<String, (Position, String)> {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(offset) = rest.find('&') {
            value.extend(rest[..offset].chars().map(blank));
            let Some((name, after)) = rest[offset + 1..].split_once(';') else {
                return Err((
                    at,
                    "`&` stands alone in a value: where no reference is meant, it is written \
                     `&amp;`"
                        .to_owned(),
                ));
            };
            let before = value.len();
            if let Err(problem) = self.entities.push_value(name, &mut value)
                && problem.report(name, at, cx)
            {
                return Err((at, format!("`&{name};` cannot be read")));
            }
            self.take(value.len() - before);
            if value.len() > MOST {
                return Err((at, "a value is too long".to_owned()));
            }
            rest = after;
        }
        value.extend(rest.chars().map(blank));
        Ok(value)
    }

    /// Puts the namespaces in force that a tag declares.
    fn declare(&mut self, attributes: &[Attribute], cx: &mut Context<'_>) {
        for attribute in attributes.iter().filter(|a| a.ns == Ns::Xmlns) {
            let prefix = attribute.qname.strip_prefix("xmlns:").unwrap_or_default();
            let uri = attribute.value.as_str();
            // Namespaces in XML 1.0, section 3.
            let is_reserved = match (prefix, uri) {
                ("xmlns", _) | (_, "http://www.w3.org/2000/xmlns/") => true,
                ("xml", _) | (_, "http://www.w3.org/XML/1998/namespace") => {
                    (prefix, uri) != ("xml", "http://www.w3.org/XML/1998/namespace")
                }
                _ => uri.is_empty() && !prefix.is_empty(),
            };
            if is_reserved {
                let message = format!("`{}` cannot be declared so", attribute.qname);
                cx.report(&SYNTAX, attribute.at, message);
            }
            let ns = self.look(prefix, uri, attribute.at, cx);
            self.scopes.push(prefix, uri, ns);
        }
    }

    /// What namespace a declaration means, and whether readers will take it so.
    fn look(&mut self, prefix: &str, uri: &str, at: Position, cx: &mut Context<'_>) -> Ns {
        // A declaration that is repeated, as on every entry, is looked at once.
        let known = self.scopes.of(prefix).find(|scope| *scope.uri == *uri);
        if let Some(scope) = known {
            return scope.ns;
        }
        cx.is_rss090 |= uri == names::RSS_090;
        let ns = match names::namespace(uri) {
            Uri::Exact(ns) => ns,
            Uri::Nearly(ns, right) => {
                cx.report(
                    &NAMESPACE_MISSPELLED,
                    at,
                    format!("the namespace `{uri}` is not `{right}`"),
                );
                ns
            }
            Uri::Unknown => {
                if !uri::is_iri(uri) {
                    let message = format!("the namespace `{uri}` is no URI");
                    cx.report(&NAMESPACE_INVALID, at, message);
                    return Ns::Other;
                }
                match names::usual_uri(prefix).filter(|_| !prefix.is_empty()) {
                    Some(usual) => cx.report(
                        &NAMESPACE_ADDRESS,
                        at,
                        format!("the prefix `{prefix}` usually stands for `{usual}`"),
                    ),
                    None => cx.report(
                        &NAMESPACE_UNKNOWN,
                        at,
                        format!("the namespace `{uri}` is not known in feeds"),
                    ),
                }
                return Ns::Other;
            }
        };
        let is_listed = self.prefixed.len() < MOST_SEEN;
        if matches!(ns, Ns::Atom | Ns::Xhtml) && !prefix.is_empty() && is_listed {
            self.prefixed.push(at);
        }
        let mut usual = names::usual_prefixes(uri).peekable();
        let Some(first) = usual.peek().copied().filter(|_| !prefix.is_empty()) else {
            return ns;
        };
        if usual.any(|usual| usual == prefix) {
            return ns;
        }
        let message = format!("the prefix of `{uri}` is `{prefix}`, and usually `{first}`");
        // Some programs go by the prefix, and would take it for another extension.
        let rule = match names::usual_uri(prefix) {
            Some(_) => &PREFIX_RESERVED,
            None => &NAMESPACE_PREFIX,
        };
        cx.report(rule, at, message);
        ns
    }

    /// The namespace of a name.
    fn namespace(&self, qname: &str, is_element: bool, at: Position, cx: &mut Context<'_>) -> Ns {
        let prefix = match qname.split_once(':') {
            None if !is_element => return Ns::None,
            None => "",
            Some(("xml", _)) => return Ns::Xml,
            Some((prefix, _)) => prefix,
        };
        match self.scopes.of(prefix).next() {
            Some(scope) => scope.ns,
            None if prefix.is_empty() => Ns::None,
            None => {
                cx.report(
                    &PREFIX,
                    at,
                    format!("the prefix of `{qname}` is not declared"),
                );
                names::usual_uri(prefix).map_or(Ns::Other, |uri| match names::namespace(uri) {
                    Uri::Exact(ns) => ns,
                    _ => Ns::Other,
                })
            }
        }
    }

    /// From here on, a namespace is taken for another one: that which is meant.
    pub(super) fn take_for(&mut self, uri: &str, ns: Ns) {
        if uri.is_empty() {
            self.scopes.push("", "", ns);
        }
        for scope in self
            .scopes
            .all
            .iter_mut()
            .filter(|scope| *scope.uri == *uri)
        {
            scope.ns = ns;
        }
    }

    /// The URI that a prefix stands for here.
    pub(super) fn uri(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some("http://www.w3.org/XML/1998/namespace");
        }
        let scope = self.scopes.of(prefix).next()?;
        Some(&scope.uri)
    }

    /// `<?xml version="1.0"?>`.
    fn declaration(&mut self, content: &str, at: Position, offset: u64, cx: &mut Context<'_>) {
        if offset > 0 || self.depth > 0 {
            let is_first = !self.seen_root && !self.seen_doctype;
            let message = "the XML declaration is not the very first thing in the file";
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

    /// `<?target …?>`.
    fn instruction(
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

    /// `<!DOCTYPE …>`.
    fn doctype(&mut self, content: &str, start: Position, inside: Position, cx: &mut Context<'_>) {
        if self.seen_root || self.seen_doctype {
            self.stop(
                cx,
                start,
                "the document type has to stand once, before the first element",
            );
            return;
        }
        self.seen_doctype = true;
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
                let at = advance(inside, &content.as_bytes()[..offset.min(content.len())]);
                self.stop(cx, at, message);
            }
        }
    }
}

/// An attribute as it is written. Declarations of namespaces are marked as such.
fn attribute(qname: &str, value: String, at: Position) -> Attribute {
    Attribute {
        ns: match qname.split_once(':') {
            None if qname == "xmlns" => Ns::Xmlns,
            Some(("xmlns", _)) => Ns::Xmlns,
            _ => Ns::None,
        },
        qname: qname.into(),
        value,
        at,
    }
}

/// Whether a text can be the name of an encoding (XML 1.0, section 4.3.3).
fn is_encoding(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_part)
}

/// `xml:base` inside of another one.
fn join(outer: Option<&str>, inner: &str) -> Rc<str> {
    let is_short = |outer: &&str| outer.len() + inner.len() <= LONGEST_BASE;
    let base = outer
        .filter(is_short)
        .and_then(|outer| url::Url::parse(outer).ok());
    match base.and_then(|base| base.join(inner).ok()) {
        Some(joined) => joined.as_str().into(),
        None => inner.into(),
    }
}
