//! Document types: whether they are well-formed, and the entities and the values of attributes
//! that they declare.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use feedwright_base::chars;

use super::context::{Context, Position};
use super::input::MOST;
use super::syntax::{self, ENTITY, SYNTAX, TOO_LARGE};

/// How deep entities may refer to each other. Nobody needs more, and whoever writes more means
/// harm.
pub(super) const DEEPEST: usize = 16;

/// How much text entities may stand for in all, for each byte that has been read. libxml2 stops at
/// the same point.
const GROWTH: usize = 10;

/// What a document type says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doctype {
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
}

/// What a general entity is.
#[derive(Debug)]
enum Entity {
    /// The text that stands for it, references to characters resolved.
    Text(String),
    /// A text that lies elsewhere.
    External,
    /// Something that is no XML.
    Unparsed,
}

/// What references mean and which attributes tags have without saying so.
#[derive(Debug, Default)]
pub(super) struct Entities {
    own: HashMap<String, Entity>,
    /// Texts of parameter entities, by which document types repeat themselves. `None` lies
    /// elsewhere.
    parameters: HashMap<String, Option<String>>,
    /// Names and values of attributes, by the names of elements.
    defaults: HashMap<String, BTreeMap<String, String>>,
    html: bool,
    unknown: bool,
    /// Whether the feed says that nothing outside of it matters.
    standalone: bool,
    /// How many bytes references have stood for.
    spent: usize,
    /// How many they may.
    allowed: usize,
}

/// What a reference stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    /// Characters, which are no markup, whichever they are.
    Characters(Cow<'a, str>),
    /// A text that is read as if it stood there.
    Content(&'a str),
}

/// Why a reference means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// No such entity.
    Undefined,
    /// It is in a document type that is not read here.
    Elsewhere,
    /// Not even the form of a reference.
    Syntax,
    /// A character that XML does not allow.
    Character,
    /// The text of an entity is no content.
    Content,
    /// What it stands for cannot be in the value of an attribute.
    Value,
    /// The text is too long, or refers to itself.
    TooLarge,
}

impl Problem {
    /// Reports it; whether reading has to end.
    pub(super) fn report(self, name: &str, at: Position, cx: &mut Context<'_>) -> bool {
        match self {
            Problem::Undefined => {
                let reference = format!("&{name};");
                let meant = html_escape::decode_html_entities(&reference);
                let meant = meant
                    .chars()
                    .next()
                    .filter(|c| *c != '&')
                    .map_or_else(String::new, |c| {
                        format!("; the character is written `&#{};`", u32::from(c))
                    });
                cx.report(
                    &ENTITY,
                    at,
                    format!("the entity `{reference}` is not defined{meant}"),
                );
                false
            }
            Problem::Elsewhere => {
                let message = format!("the text of `&{name};` lies elsewhere, and is not read");
                cx.report(&syntax::DOCTYPE_EXTERNAL, at, message);
                false
            }
            Problem::Syntax => {
                cx.report(&SYNTAX, at, format!("`&{name};` is no reference"));
                true
            }
            Problem::Character => {
                cx.report(
                    &syntax::CHARACTER,
                    at,
                    format!("`&{name};` is a character that XML does not allow"),
                );
                true
            }
            Problem::Content => {
                let message = format!("the text of `&{name};` has a reference that is none");
                cx.report(&SYNTAX, at, message);
                true
            }
            Problem::Value => {
                let message = format!("`&{name};` cannot stand in the value of an attribute");
                cx.report(&SYNTAX, at, message);
                true
            }
            Problem::TooLarge => {
                cx.report(
                    &TOO_LARGE,
                    at,
                    format!("the entity `&{name};` stands for too much text, or for itself"),
                );
                true
            }
        }
    }
}

impl Entities {
    /// The names of HTML mean something.
    pub(super) fn allow_html(&mut self) {
        self.html = true;
    }

    /// A document type may define more, which is not read.
    pub(super) fn allow_unknown(&mut self) {
        self.unknown = true;
    }

    /// The feed says that it needs no other file.
    pub(super) fn stand_alone(&mut self) {
        self.standalone = true;
    }

    /// So many bytes of the feed have been read.
    pub(super) fn allow(&mut self, read: u64) {
        let read = usize::try_from(read).unwrap_or(usize::MAX);
        self.allowed = MOST.saturating_add(read.saturating_mul(GROWTH));
    }

    /// Counts what references stand for: short entities that name each other become gigabytes.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Problem> {
        // A reference to nothing costs time too.
        self.spent = self.spent.saturating_add(bytes + 16);
        if self.spent > self.allowed {
            return Err(Problem::TooLarge);
        }
        Ok(())
    }

    /// Names and values of the attributes that an element has where its tag does not say so.
    pub(super) fn defaults(&self, element: &str) -> Option<&BTreeMap<String, String>> {
        self.defaults.get(element)
    }

    /// What `&name;` means.
    pub(super) fn meaning(&self, name: &str) -> Result<Meaning<'_>, Problem> {
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
    pub(super) fn push_value(&mut self, name: &str, to: &mut String) -> Result<(), Problem> {
        self.push_value_at(name, 0, to)
    }

    fn push_value_at(&mut self, name: &str, depth: usize, to: &mut String) -> Result<(), Problem> {
        let text = match self.meaning(name) {
            Ok(Meaning::Characters(text)) => {
                to.push_str(&text);
                return Ok(());
            }
            Ok(Meaning::Content(text)) => text.to_owned(),
            // Only what is known to lie elsewhere is forbidden.
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

/// The entities that XML has by itself (section 4.6).
pub(super) fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// `#10` or `#xA`.
fn character(name: &str) -> Result<char, Problem> {
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

/// Whether a public name is that of RSS 0.91, which has the entities of HTML.
pub(super) fn is_rss091(public: Option<&str>) -> bool {
    public == Some("-//Netscape Communications//DTD RSS 0.91//EN")
}

/// Reads what stands between `<!DOCTYPE` and `>`. `Err` is where it is wrong, and how.
pub(super) fn parse(text: &str, entities: &mut Entities) -> Result<Doctype, (usize, String)> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        entities,
    };
    parser.space();
    parser.qname()?;
    let is_apart = parser.space();
    let (public, system) = parser.external(false)?;
    if system.is_some() && !is_apart {
        return parser.no_blank();
    }
    parser.space();
    if parser.eat("[") {
        parser.declarations()?;
        if !parser.eat("]") {
            return parser.fail("the document type is not well-formed");
        }
        parser.space();
    }
    if !parser.rest().is_empty() {
        return parser.fail("the document type is not well-formed");
    }
    Ok(Doctype { public, system })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// How many parameter entities this stands in.
    depth: usize,
    entities: &'a mut Entities,
}

type Parsed<T> = Result<T, (usize, String)>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fail<T>(&self, message: &str) -> Parsed<T> {
        Err((self.at, message.to_owned()))
    }

    fn no_blank<T>(&self) -> Parsed<T> {
        self.fail("a blank is missing in the document type")
    }

    fn space(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches(chars::is_space);
        self.at += rest.len() - trimmed.len();
        trimmed.len() < rest.len()
    }

    /// White space that has to be there.
    fn blank(&mut self) -> Parsed<()> {
        if self.space() {
            Ok(())
        } else {
            self.no_blank()
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// The characters of a name, at least one. Numbers may be what is called a name token.
    fn token(&mut self) -> Parsed<&'a str> {
        let rest = self.rest();
        let end = rest.find(|c| c != ':' && !chars::is_name_char(c));
        let (name, _) = rest.split_at(end.unwrap_or(rest.len()));
        if name.is_empty() {
            return self.fail("a name is missing in the document type");
        }
        self.at += name.len();
        Ok(name)
    }

    fn named(&mut self, is_right: fn(&str) -> bool) -> Parsed<&'a str> {
        let start = self.at;
        let name = self.token()?;
        if is_right(name) {
            return Ok(name);
        }
        Err((start, format!("`{name}` is not a name")))
    }

    /// A name of an element or an attribute.
    fn qname(&mut self) -> Parsed<&'a str> {
        self.named(chars::is_qname)
    }

    /// A name of something else, which has no prefix (Namespaces in XML 1.0, section 7).
    fn ncname(&mut self) -> Parsed<&'a str> {
        self.named(chars::is_ncname)
    }

    fn literal(&mut self) -> Parsed<&'a str> {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = quote.and_then(|quote| rest[1..].split_once(quote));
        let Some((inner, _)) = inner else {
            return self.fail("a quoted text is missing in the document type");
        };
        self.at += inner.len() + 2;
        Ok(inner)
    }

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`, of which notations may leave the second text out.
    fn external(&mut self, is_notation: bool) -> Parsed<(Option<String>, Option<String>)> {
        if self.eat("SYSTEM") {
            self.blank()?;
            let system = self.literal()?;
            return Ok((None, Some(system.to_owned())));
        }
        if !self.eat("PUBLIC") {
            return Ok((None, None));
        }
        self.blank()?;
        let start = self.at;
        let public = self.literal()?;
        let is_public = |c: char| {
            matches!(c, ' ' | '\r' | '\n')
                || c.is_ascii_alphanumeric()
                || "-'()+,./:=?;!*#@$_%".contains(c)
        };
        if !public.chars().all(is_public) {
            return Err((
                start,
                "a public name has a character that none has".to_owned(),
            ));
        }
        let is_apart = self.space();
        if is_notation && !self.rest().starts_with(['"', '\'']) {
            return Ok((Some(public.to_owned()), None));
        }
        if !is_apart {
            return self.no_blank();
        }
        let system = self.literal()?;
        Ok((Some(public.to_owned()), Some(system.to_owned())))
    }

    /// What stands in brackets, or in a parameter entity.
    fn declarations(&mut self) -> Parsed<()> {
        loop {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with(']') {
                return Ok(());
            } else if self.eat("<!--") {
                let comment = self.past("-->")?;
                if comment.contains("--") || comment.ends_with('-') {
                    return self.fail("`--` stands in a comment, where XML does not allow it");
                }
            } else if self.eat("<?") {
                let instruction = self.past("?>")?;
                if !syntax::is_instruction(instruction) {
                    return self.fail("a processing instruction in the document type has no name");
                }
            } else if self.eat("<!ENTITY") {
                self.entity()?;
            } else if self.eat("<!ELEMENT") {
                self.element()?;
            } else if self.eat("<!ATTLIST") {
                self.attributes()?;
            } else if self.eat("<!NOTATION") {
                self.notation()?;
            } else if self.eat("%") {
                self.parameter()?;
            } else {
                return self.fail("the document type is not well-formed");
            }
        }
    }

    /// What stands before an end, which is passed.
    fn past(&mut self, end: &str) -> Parsed<&'a str> {
        let Some((inner, _)) = self.rest().split_once(end) else {
            return self.fail("the document type is not closed");
        };
        self.at += inner.len() + end.len();
        Ok(inner)
    }

    fn close(&mut self) -> Parsed<()> {
        self.space();
        if self.eat(">") {
            Ok(())
        } else {
            self.fail("a declaration in the document type is not closed with `>`")
        }
    }

    /// `%name;` between declarations, whose text is read here.
    fn parameter(&mut self) -> Parsed<()> {
        let start = self.at;
        let name = self.ncname()?;
        if !self.eat(";") {
            return self.fail("a reference in the document type is not closed with `;`");
        }
        let Some(Some(text)) = self.entities.parameters.get(name).cloned() else {
            self.entities.unknown = true;
            return Ok(());
        };
        let wrong = |what: String| (start, format!("the text of `%{name};` is wrong: {what}"));
        if self.depth >= DEEPEST || self.entities.spend(text.len()).is_err() {
            return Err(wrong(
                "it stands for too much text, or for itself".to_owned(),
            ));
        }
        let mut inner = Parser {
            text: &text,
            at: 0,
            depth: self.depth + 1,
            entities: self.entities,
        };
        inner.declarations().map_err(|(_, what)| wrong(what))?;
        if !inner.rest().is_empty() {
            return Err(wrong("`]` stands in it".to_owned()));
        }
        // What is defined may be so elsewhere too (XML 1.0, section 4.1).
        self.entities.unknown = true;
        Ok(())
    }

    fn entity(&mut self) -> Parsed<()> {
        self.blank()?;
        let is_parameter = self.eat("%");
        if is_parameter {
            self.blank()?;
        }
        let name = self.ncname()?.to_owned();
        self.blank()?;
        let (_, system) = self.external(false)?;
        let entity = if system.is_some() {
            let is_apart = self.space();
            if !is_parameter && self.eat("NDATA") {
                if !is_apart {
                    return self.no_blank();
                }
                self.blank()?;
                self.ncname()?;
                Entity::Unparsed
            } else {
                Entity::External
            }
        } else {
            let start = self.at + 1;
            let text = entity_text(self.literal()?);
            Entity::Text(text.map_err(|(offset, message)| (start + offset, message))?)
        };
        self.close()?;
        // The first declaration counts.
        if is_parameter {
            let text = match entity {
                Entity::Text(text) => Some(text),
                Entity::External | Entity::Unparsed => None,
            };
            self.entities.parameters.entry(name).or_insert(text);
            return Ok(());
        }
        self.entities.own.entry(name).or_insert(entity);
        Ok(())
    }

    /// `<!ELEMENT name (a, b*)>`.
    fn element(&mut self) -> Parsed<()> {
        self.blank()?;
        self.qname()?;
        self.blank()?;
        if self.eat("EMPTY") || self.eat("ANY") {
            return self.close();
        }
        if !self.eat("(") {
            return self.fail("what an element may hold is missing in the document type");
        }
        self.space();
        if self.eat("#PCDATA") {
            let mut has_names = false;
            self.space();
            while self.eat("|") {
                has_names = true;
                self.space();
                self.qname()?;
                self.space();
            }
            if !self.eat(")") || (!self.eat("*") && has_names) {
                return self.fail("`(#PCDATA | …)` is not closed with `)*`");
            }
            return self.close();
        }
        self.model()?;
        self.close()
    }

    /// What stands behind `(`, to the end of that group.
    fn model(&mut self) -> Parsed<()> {
        // What separates the members of each group that is open.
        let mut open: Vec<Option<char>> = vec![None];
        loop {
            self.space();
            if self.eat("(") {
                open.push(None);
                continue;
            }
            self.qname()?;
            self.often();
            loop {
                self.space();
                if !self.eat(")") {
                    break;
                }
                self.often();
                open.pop();
                if open.is_empty() {
                    return Ok(());
                }
            }
            let found = self
                .rest()
                .chars()
                .next()
                .filter(|c| matches!(c, '|' | ','));
            match (open.last_mut(), found) {
                (Some(separator), Some(found)) if separator.is_none_or(|known| known == found) => {
                    *separator = Some(found);
                    self.at += 1;
                }
                _ => return self.fail("a group in the document type is not closed with `)`"),
            }
        }
    }

    /// How often something may stand.
    fn often(&mut self) {
        let _ = self.eat("?") || self.eat("*") || self.eat("+");
    }

    /// `<!ATTLIST element name CDATA "value">`.
    fn attributes(&mut self) -> Parsed<()> {
        self.blank()?;
        let element = self.qname()?;
        loop {
            let is_apart = self.space();
            if self.eat(">") {
                return Ok(());
            }
            if !is_apart {
                return self.no_blank();
            }
            let name = self.qname()?;
            self.blank()?;
            self.kind()?;
            self.blank()?;
            if self.eat("#REQUIRED") || self.eat("#IMPLIED") {
                continue;
            }
            if self.eat("#FIXED") {
                self.blank()?;
            }
            let start = self.at;
            let value = self.literal()?;
            let value = self.value(value).map_err(|message| (start, message))?;
            let known = self
                .entities
                .defaults
                .entry(element.to_owned())
                .or_default();
            // The first declaration counts.
            known.entry(name.to_owned()).or_insert(value);
        }
    }

    /// The type of an attribute.
    fn kind(&mut self) -> Parsed<()> {
        if self.eat("NOTATION") {
            self.blank()?;
            if !self.eat("(") {
                return self.fail("the names of notations are missing in the document type");
            }
            return self.choice(Self::ncname);
        }
        if self.eat("(") {
            return self.choice(Self::token);
        }
        let start = self.at;
        match self.token()? {
            "CDATA" | "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN"
            | "NMTOKENS" => Ok(()),
            other => Err((start, format!("`{other}` is no type of an attribute"))),
        }
    }

    /// What stands behind `(`, with `|` between.
    fn choice(&mut self, read: fn(&mut Self) -> Parsed<&'a str>) -> Parsed<()> {
        loop {
            self.space();
            read(self)?;
            self.space();
            if self.eat(")") {
                return Ok(());
            }
            if !self.eat("|") {
                return self.fail("the values of an attribute are not closed with `)`");
            }
        }
    }

    /// The value of an attribute where no tag gives it.
    fn value(&mut self, raw: &str) -> Result<String, String> {
        if raw.contains('<') {
            return Err("`<` stands in the value of an attribute".to_owned());
        }
        let mut value = String::new();
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            value.extend(before.chars().map(chars::blank));
            let reference = after.split_once(';');
            let (name, after) = reference.ok_or("`&` stands alone in a value")?;
            match self.entities.push_value(name, &mut value) {
                Ok(()) => {}
                Err(Problem::Elsewhere) => {}
                Err(_) => return Err(format!("`&{name};` is no reference")),
            }
            rest = after;
        }
        value.extend(rest.chars().map(chars::blank));
        Ok(value)
    }

    fn notation(&mut self) -> Parsed<()> {
        self.blank()?;
        self.ncname()?;
        self.blank()?;
        if self.external(true)? == (None, None) {
            return self.fail("a notation in the document type has no address");
        }
        self.close()
    }
}

/// The text of an entity: references to characters are resolved, others stay (XML 1.0,
/// section 4.4).
fn entity_text(literal: &str) -> Parsed<String> {
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(offset) = rest.find(['&', '%']) {
        let at = literal.len() - rest.len() + offset;
        chars::push_lines(&mut text, &rest[..offset]);
        let name = rest[offset..].strip_prefix('&');
        let Some((name, after)) = name.and_then(|after| after.split_once(';')) else {
            return Err((
                at,
                "`&` or `%` stands alone in the text of an entity".to_owned(),
            ));
        };
        if name.starts_with('#') {
            let c = character(name);
            text.push(c.map_err(|_| (at, format!("`&{name};` is no reference")))?);
        } else if chars::is_ncname(name) {
            text.push('&');
            text.push_str(name);
            text.push(';');
        } else {
            return Err((at, format!("`&{name};` is no reference")));
        }
        rest = after;
    }
    chars::push_lines(&mut text, rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Result<Doctype, (usize, String)>, Entities) {
        let mut entities = Entities::default();
        entities.allow(0);
        (parse(text, &mut entities), entities)
    }

    fn value(entities: &mut Entities, name: &str) -> Result<String, Problem> {
        let mut value = String::new();
        entities.push_value(name, &mut value).map(|()| value)
    }

    #[test]
    fn document_types() {
        let (doctype, entities) =
            parsed("rss [<!-- c --><!ENTITY nbsp \"&#160;\"> <!ELEMENT rss ANY>\n]");
        assert_eq!(doctype, Ok(Doctype::default()));
        assert_eq!(entities.meaning("nbsp"), Ok(Meaning::Content("\u{a0}")));
        let doctype = parsed("rss PUBLIC \"p\" 's'").0.unwrap();
        assert_eq!(doctype.public.as_deref(), Some("p"));
        assert_eq!(doctype.system.as_deref(), Some("s"));
    }

    #[test]
    fn declarations() {
        for right in [
            "<!ELEMENT a EMPTY>",
            "<!ELEMENT a (#PCDATA)>",
            "<!ELEMENT a (#PCDATA|b | c)*>",
            "<!ELEMENT a ((b,c?)+|(d|e)*) >",
            "<!ATTLIST a>",
            "<!ATTLIST a b CDATA #IMPLIED c (d|1e) 'd' f NOTATION (g) #REQUIRED>",
            "<!ENTITY a SYSTEM 'b' NDATA c>",
            "<!ENTITY % a '<!ELEMENT b ANY>'> %a;",
            "<!ENTITY lt '&#38;#60;'><!ENTITY gt '>'>",
            "<!NOTATION a PUBLIC 'b'>",
            "<!NOTATION a SYSTEM 'b'>",
            "<?a b?>",
            "%unknown;",
        ] {
            let doctype = parsed(&format!("a [{right}]")).0;
            assert!(doctype.is_ok(), "{right}: {doctype:?}");
        }
        for wrong in [
            "x",
            "<!ELEMENT a>",
            "<!ELEMENT a (b|c,d)>",
            "<!ELEMENT a (#PCDATA|b)>",
            "<!ELEMENT a (b",
            "<!ELEMENT a ()>",
            "<!ATTLIST a b>",
            "<!ATTLIST a b STRING #IMPLIED>",
            "<!ATTLIST a b CDATA '<'>",
            "<!ATTLIST a b CDATA '&c;'>",
            "<!ENTITY a>",
            "<!ENTITY a '&'>",
            "<!ENTITY a '%b;'>",
            "<!ENTITY a:b 'c'>",
            "<!ENTITY % a SYSTEM 'b' NDATA c>",
            "<!ENTITY % a ']'> %a;",
            "<!ENTITY % a '&#37;a;'> %a;",
            "<!ENTITY a PUBLIC '{' 'b'>",
            "<!NOTATION a>",
            "<!-- -- -->",
            "<?xml version='1.0'?>",
        ] {
            assert!(parsed(&format!("a [{wrong}]")).0.is_err(), "{wrong}");
        }
        for wrong in [
            "",
            "rss [",
            "rss PUBLIC \"p\"",
            "rss x",
            "rss SYSTEM",
            "rss []x",
        ] {
            assert!(parsed(wrong).0.is_err(), "{wrong}");
        }
    }

    #[test]
    fn defaults() {
        let (_, entities) = parsed("a [<!ENTITY x 'y'><!ATTLIST a b CDATA '&x;\n' b CDATA 'z'>]");
        let defaults = entities.defaults("a").unwrap();
        assert!(defaults.iter().eq([(&"b".to_owned(), &"y ".to_owned())]));
        assert!(entities.defaults("b").is_none());
    }

    #[test]
    fn references() {
        let big = "&a;".repeat(30_000);
        let (doctype, mut entities) = parsed(&format!(
            "rss [<!ENTITY a 'x&b;x'><!ENTITY b '&#38;#38;\ny'><!ENTITY bad '&#38;'>\
             <!ENTITY tag '<b/>'><!ENTITY loop '&loop;'><!ENTITY far SYSTEM 'f'>\
             <!ENTITY big '{big}'><!ENTITY bigger '{big}{big}&big;&big;&big;&big;&big;&big;'>]"
        ));
        assert!(doctype.is_ok(), "{doctype:?}");
        assert_eq!(value(&mut entities, "a").as_deref(), Ok("x& yx"));
        assert_eq!(value(&mut entities, "#x41").as_deref(), Ok("A"));
        assert_eq!(value(&mut entities, "#65").as_deref(), Ok("A"));
        assert_eq!(value(&mut entities, "bad"), Err(Problem::Content));
        assert_eq!(value(&mut entities, "tag"), Err(Problem::Value));
        assert_eq!(value(&mut entities, "far"), Err(Problem::Value));
        assert_eq!(value(&mut entities, "loop"), Err(Problem::TooLarge));
        assert_eq!(value(&mut entities, "bigger"), Err(Problem::TooLarge));
        assert_eq!(value(&mut entities, "nbsp"), Err(Problem::Undefined));
        assert_eq!(value(&mut entities, "#0"), Err(Problem::Character));
        assert_eq!(
            value(&mut entities, "#99999999999"),
            Err(Problem::Character)
        );
        assert_eq!(value(&mut entities, "#+5"), Err(Problem::Syntax));
        assert_eq!(value(&mut entities, "#xZ"), Err(Problem::Syntax));
        assert_eq!(value(&mut entities, ""), Err(Problem::Syntax));
        assert_eq!(value(&mut entities, "a:b"), Err(Problem::Syntax));
    }
}
