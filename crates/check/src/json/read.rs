//! Reads JSON, and keeps the place of every value.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use struson::reader::{JsonReader, JsonReaderPosition, JsonStreamReader, ReaderError, ValueType};

use super::super::context::{Context, Position};
use super::super::input::Input;
use super::super::rule::rules;
use super::super::stream::Seen;
use super::words;

rules! {
    SYNTAX = Error "json-syntax", "RFC 8259, section 2",
        "The feed is not well-formed JSON. Readers show nothing of it.",
        "mend it; a program that writes JSON through a library does not make such mistakes";
    TOO_LARGE = Error "json-too-large", "",
        "A text or an item is larger than any reader takes.",
        "shorten it";
    KEY_DUPLICATE = Warning "json-key-duplicate", "RFC 8259, section 4",
        "A key stands twice in one object. Which value counts differs between readers.",
        "leave one of them";
}

/// The largest amount of memory for one item, and for everything outside of items, in bytes.
const MOST: usize = 64 * 1024 * 1024;

/// The memory that a value needs besides its text, roughly, in bytes.
const VALUE: usize = 128;

/// A value with its place.
pub(super) struct Value {
    pub(super) at: Position,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    Null,
    Bool,
    Number(String),
    String(String),
    Array(Vec<Value>),
    Object(Object),
}

/// The members of an object, in order, each once.
pub(super) struct Object {
    pub(super) at: Position,
    pub(super) members: Vec<Member>,
    keys: Seen,
}

pub(super) struct Member {
    pub(super) key: String,
    pub(super) at: Position,
    pub(super) value: Value,
}

impl Object {
    /// An object without members.
    pub(super) fn new(at: Position) -> Self {
        Object {
            at,
            members: Vec::new(),
            keys: Seen::default(),
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        let member = self.members.iter().find(|member| member.key == key)?;
        Some(&member.value)
    }
}

impl Value {
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool => "true or false",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a text",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}

/// A reader of values. `None` is a failure that was reported.
pub(super) struct Values<R: Read> {
    reader: JsonStreamReader<Input<R>>,
    /// The number of bytes that may still be read, as a limit for names, which the reader keeps
    /// whole.
    input: Rc<Cell<usize>>,
    left: usize,
}

impl<R: Read> Values<R> {
    pub(super) fn new(input: Input<R>) -> Self {
        Values {
            input: input.left(),
            reader: JsonStreamReader::new(input),
            left: MOST,
        }
    }

    /// Renews the limit of memory.
    pub(super) fn renew(&mut self) {
        self.left = MOST;
    }

    /// The memory that is left until the limit.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Restores a former value of [`Values::left`], so that items do not count together.
    pub(super) fn restore(&mut self, left: usize) {
        self.left = left;
    }

    /// The place of the reader.
    fn at(&self) -> Position {
        place(&self.reader.current_position(false))
    }

    fn known<T>(&self, result: Result<T, ReaderError>, cx: &mut Context<'_>) -> Option<T> {
        result
            .map_err(|error| {
                if let ReaderError::IoError { error, location } = &error
                    && is_too_large(error)
                {
                    cx.report(
                        &TOO_LARGE,
                        place(location),
                        "a text or a number is too long",
                    );
                    return;
                }
                let (at, message) = match &error {
                    ReaderError::SyntaxError(error) => {
                        (place(&error.location), words::explained(error))
                    }
                    ReaderError::MaxNestingDepthExceeded { location, .. } => {
                        (place(location), "the JSON is nested too deep".to_owned())
                    }
                    ReaderError::IoError { error, location } if is_not_utf8(error) => {
                        (place(location), "a byte here is not in UTF-8".to_owned())
                    }
                    ReaderError::IoError { error, location } => (
                        place(location),
                        format!("the feed cannot be read further: {error}"),
                    ),
                    _ => (
                        self.at(),
                        "a value is of another kind than it seemed".to_owned(),
                    ),
                };
                cx.report(&SYNTAX, at, message);
            })
            .ok()
    }

    /// The type of the next value, and its place.
    pub(super) fn peek(&mut self, cx: &mut Context<'_>) -> Option<(ValueType, Position)> {
        self.input.set(MOST);
        let peeked = self.reader.peek();
        let kind = self.known(peeked, cx)?;
        Some((kind, self.at()))
    }

    /// Reads the start of an object or a list.
    pub(super) fn begin(&mut self, kind: ValueType, cx: &mut Context<'_>) -> Option<()> {
        let begun = match kind {
            ValueType::Object => self.reader.begin_object(),
            _ => self.reader.begin_array(),
        };
        self.known(begun, cx)
    }

    /// Reads the end of an object or a list.
    pub(super) fn end(&mut self, kind: ValueType, cx: &mut Context<'_>) -> Option<()> {
        let ended = match kind {
            ValueType::Object => self.reader.end_object(),
            _ => self.reader.end_array(),
        };
        self.known(ended, cx)
    }

    /// Whether another member or value follows in the object or list.
    pub(super) fn has_next(&mut self, cx: &mut Context<'_>) -> Option<bool> {
        let next = self.reader.has_next();
        self.known(next, cx)
    }

    /// The next key of an object.
    pub(super) fn key(&mut self, cx: &mut Context<'_>) -> Option<(String, Position)> {
        self.input.set(MOST);
        let at = self.at();
        let name = self.reader.next_name_owned();
        let name = self.known(name, cx)?;
        self.take(name.len(), at, cx)?;
        Some((name, at))
    }

    fn take(&mut self, bytes: usize, at: Position, cx: &mut Context<'_>) -> Option<()> {
        match self.left.checked_sub(bytes + VALUE) {
            Some(left) => {
                self.left = left;
                Some(())
            }
            None => {
                cx.report(
                    &TOO_LARGE,
                    at,
                    format!("an item has more than {MOST} bytes"),
                );
                None
            }
        }
    }

    /// The next value, with all that is in it. Nesting is bounded by the reader.
    pub(super) fn value(&mut self, cx: &mut Context<'_>) -> Option<Value> {
        let (kind, at) = self.peek(cx)?;
        let kind = match kind {
            ValueType::Null => {
                let null = self.reader.next_null();
                self.known(null, cx)?;
                Kind::Null
            }
            ValueType::Boolean => {
                let bool = self.reader.next_bool();
                self.known(bool, cx)?;
                Kind::Bool
            }
            ValueType::Number => {
                let number = self.reader.next_number_as_string();
                Kind::Number(self.known(number, cx)?)
            }
            ValueType::String => Kind::String(self.string(at, cx)?),
            ValueType::Array => {
                self.begin(ValueType::Array, cx)?;
                let mut values = Vec::new();
                while self.has_next(cx)? {
                    values.push(self.value(cx)?);
                }
                self.end(ValueType::Array, cx)?;
                Kind::Array(values)
            }
            ValueType::Object => {
                self.begin(ValueType::Object, cx)?;
                let mut object = Object::new(at);
                while self.has_next(cx)? {
                    let (key, at) = self.key(cx)?;
                    let value = self.value(cx)?;
                    object.add(key, at, value, cx);
                }
                self.end(ValueType::Object, cx)?;
                Kind::Object(object)
            }
        };
        self.take(0, at, cx)?;
        Some(Value { at, kind })
    }

    fn string(&mut self, at: Position, cx: &mut Context<'_>) -> Option<String> {
        let most = self.left as u64;
        let mut text = String::new();
        let read = self
            .reader
            .next_string_reader()
            .map(|reader| reader.take(most).read_to_string(&mut text));
        if let Err(error) = self.known(read, cx)? {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
            match inner {
                Some(syntax) => {
                    let message = words::explained(syntax);
                    cx.report(&SYNTAX, place(&syntax.location), message);
                }
                None if is_too_large(&error) => cx.report(&TOO_LARGE, at, "a text is too long"),
                None => {
                    let message = "the text that begins here cannot be read to its end";
                    cx.report(&SYNTAX, at, message);
                }
            }
            return None;
        }
        self.take(text.len(), at, cx)?;
        Some(text)
    }

    /// Checks that nothing follows.
    pub(super) fn finish(self, cx: &mut Context<'_>) {
        let at = self.at();
        if let Err(error) = self.reader.consume_trailing_whitespace() {
            let message = match error {
                ReaderError::SyntaxError(_) => "something follows after the feed",
                _ => "what follows after the feed cannot be read",
            };
            cx.report(&SYNTAX, at, message);
        }
    }
}

impl Object {
    /// Adds a member, unless one of that name is there already.
    pub(super) fn add(&mut self, key: String, at: Position, value: Value, cx: &mut Context<'_>) {
        if !self.keys.is_new(&key) {
            cx.report(&KEY_DUPLICATE, at, format!("the key `{key}` stands twice"));
            return;
        }
        self.members.push(Member { key, at, value });
    }
}

/// Whether an error is that of bytes that are no text.
fn is_not_utf8(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

/// Whether an error is that of the limit of [`Input`].
fn is_too_large(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

fn place(position: &JsonReaderPosition) -> Position {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
    position
        .line_pos
        .as_ref()
        .map_or(Position::START, |line| Position {
            line: count(line.line),
            column: count(line.column),
        })
}
