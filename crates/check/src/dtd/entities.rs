//! Keeps what a document type declares, and finds what references stand for.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use feedwright_base::chars;

use super::super::input::MOST;
use super::Problem;

/// The largest depth of entities that refer to each other. Only attacks need more.
pub(crate) const DEEPEST: usize = 16;

/// The number of bytes that entities may stand for, for each byte of the feed that has been read. The
/// limit of libxml2 is the same.
const GROWTH: usize = 10;

/// A general entity, as it is declared.
#[derive(Debug)]
pub(super) enum Entity {
    /// A text, with references to characters resolved.
    Text(String),
    /// A text in another file, which is not read.
    External,
    /// A file that is not XML.
    Unparsed,
}

/// The entities and the defaults of attributes that a document type declares.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(super) own: HashMap<String, Entity>,
    /// The texts of parameter entities, which stand for declarations. `None` is a text in another
    /// file.
    pub(super) parameters: HashMap<String, Option<String>>,
    /// The defaults of attributes: names and values, by the name of the element.
    pub(super) defaults: HashMap<String, BTreeMap<String, String>>,
    /// Whether the entities of HTML are declared.
    html: bool,
    /// Whether entities that are not declared here may be so in another file.
    pub(super) unknown: bool,
    /// Whether the feed declares that it needs no other file.
    standalone: bool,
    /// The number of bytes that references have stood for.
    spent: usize,
    /// The largest number of bytes that references may stand for.
    allowed: usize,
}

/// The meaning of a reference.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning<'a> {
    /// Characters that are never markup, even `<` and `&`.
    Characters(Cow<'a, str>),
    /// A text that is read as if it stood in place of the reference.
    Content(&'a str),
}

impl Entities {
    /// Takes the entities of HTML for declared.
    pub(crate) fn allow_html(&mut self) {
        self.html = true;
    }

    /// Allows entities that are not declared: another file, which is not read, may declare them.
    pub(crate) fn allow_unknown(&mut self) {
        self.unknown = true;
    }

    /// Notes that the feed declares that it needs no other file.
    pub(crate) fn stand_alone(&mut self) {
        self.standalone = true;
    }

    /// Sets the limit of what references may stand for, by the bytes of the feed that have been read.
    pub(crate) fn allow(&mut self, read: u64) {
        let read = usize::try_from(read).unwrap_or(usize::MAX);
        self.allowed = MOST.saturating_add(read.saturating_mul(GROWTH));
    }

    /// Counts bytes that a reference stands for. Short entities that refer to each other can stand
    /// for gigabytes.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Problem> {
        // A reference to an empty text costs time too.
        self.spent = self.spent.saturating_add(bytes + 16);
        if self.spent > self.allowed {
            return Err(Problem::TooLarge);
        }
        Ok(())
    }

    /// The attributes that an element has by default, with their values.
    pub(crate) fn defaults(&self, element: &str) -> Option<&BTreeMap<String, String>> {
        self.defaults.get(element)
    }

    /// The meaning of `&name;`.
    pub(crate) fn meaning(&self, name: &str) -> Result<Meaning<'_>, Problem> {
        if let Some(c) = predefined(name) {
            return Ok(Meaning::Characters(c.to_string().into()));
        }
        if name.starts_with('#') {
            return Ok(Meaning::Characters(character(name)?.to_string().into()));
        }
        if !chars::is_ncname(name) {
            return Err(Problem::Syntax);
        }
        match self.own.get(name) {
            Some(Entity::Text(text)) => Ok(Meaning::Content(text)),
            Some(Entity::External) => Err(Problem::Elsewhere),
            Some(Entity::Unparsed) => Err(Problem::Syntax),
            None if self.html => {
                let reference = format!("&{name};");
                let text = html_escape::decode_html_entities(&reference);
                if text == reference {
                    return Err(Problem::Undefined);
                }
                Ok(Meaning::Characters(text.into_owned().into()))
            }
            None if self.unknown && !self.standalone => Err(Problem::Elsewhere),
            None => Err(Problem::Undefined),
        }
    }

    /// Adds what `&name;` stands for in the value of an attribute.
    pub(crate) fn push_value(&mut self, name: &str, to: &mut String) -> Result<(), Problem> {
        self.push_value_at(name, 0, to)
    }

    fn push_value_at(&mut self, name: &str, depth: usize, to: &mut String) -> Result<(), Problem> {
        let text = match self.meaning(name) {
            Ok(Meaning::Characters(text)) => {
                to.push_str(&text);
                return Ok(());
            }
            Ok(Meaning::Content(text)) => text.to_owned(),
            // Only an entity that is declared to be in another file is forbidden.
            Err(Problem::Elsewhere) if self.own.contains_key(name) => return Err(Problem::Value),
            Err(problem) => return Err(problem),
        };
        self.spend(text.len())?;
        if depth >= DEEPEST {
            return Err(Problem::TooLarge);
        }
        if text.contains('<') {
            return Err(Problem::Value);
        }
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('&') {
            to.extend(before.chars().map(chars::blank));
            let (name, after) = after.split_once(';').ok_or(Problem::Content)?;
            self.push_value_at(name, depth + 1, to)?;
            rest = after;
        }
        to.extend(rest.chars().map(chars::blank));
        Ok(())
    }
}

/// The character of an entity that XML itself has (section 4.6).
pub(crate) fn predefined(name: &str) -> Option<char> {
    Some(match name.as_bytes() {
        b"lt" => '<',
        b"gt" => '>',
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        _ => return None,
    })
}

/// The character that `#10` or `#xA` refers to.
pub(super) fn character(name: &str) -> Result<char, Problem> {
    let digits = name.strip_prefix('#').ok_or(Problem::Syntax)?;
    let (digits, radix) = match digits.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    if digits.starts_with('+') {
        return Err(Problem::Syntax);
    }
    let number = u32::from_str_radix(digits, radix);
    match number {
        Ok(number) => char::from_u32(number)
            .filter(|c| chars::is_legal(*c))
            .ok_or(Problem::Character),
        Err(error) if matches!(error.kind(), std::num::IntErrorKind::PosOverflow) => {
            Err(Problem::Character)
        }
        Err(_) => Err(Problem::Syntax),
    }
}
