//! Document types: the entities that they declare, and nothing else of them.

use std::collections::HashMap;

use super::chars;
use super::context::{Context, Position};
use super::xml::{self, ENTITY, SYNTAX, TOO_LARGE};

/// How long the text of one entity may become, references in it included. Nobody needs more, and
/// whoever writes more means harm.
const LONGEST: usize = 64 * 1024;

/// How deep entities may refer to each other.
const DEEPEST: usize = 16;

/// What a document type says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doctype {
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
    /// Names and texts of its general entities.
    pub(super) entities: Vec<(String, String)>,
    /// Names of general entities whose text lies elsewhere.
    pub(super) external: Vec<String>,
}

/// The entities that references may name.
#[derive(Debug, Default)]
pub(super) struct Entities {
    own: HashMap<String, String>,
    external: Vec<String>,
    html: bool,
    unknown: bool,
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
                cx.report(&xml::DOCTYPE_EXTERNAL, at, message);
                false
            }
            Problem::Syntax => {
                cx.report(&SYNTAX, at, format!("`&{name};` is no reference"));
                true
            }
            Problem::Character => {
                cx.report(
                    &xml::CHARACTER,
                    at,
                    format!("`&{name};` is a character that XML does not allow"),
                );
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

    /// What a document type declares.
    pub(super) fn add(&mut self, doctype: &mut Doctype) {
        self.external.append(&mut doctype.external);
        for (name, text) in doctype.entities.drain(..) {
            // The first declaration counts.
            self.own.entry(name).or_insert(text);
        }
    }

    /// What stands for `&name;`.
    pub(super) fn resolve(&self, name: &str) -> Result<String, Problem> {
        let mut text = String::new();
        self.expand(name, 0, &mut text)?;
        Ok(text)
    }

    fn expand(&self, name: &str, depth: usize, to: &mut String) -> Result<(), Problem> {
        if let Some(c) = predefined(name) {
            to.push(c);
            return Ok(());
        }
        match name {
            _ if name.starts_with('#') => to.push(character(name)?),
            _ if !chars::is_qname(name) => return Err(Problem::Syntax),
            _ => match self.own.get(name) {
                Some(text) => self.expand_all(text, depth + 1, to)?,
                None if self.html => {
                    let reference = format!("&{name};");
                    let text = html_escape::decode_html_entities(&reference);
                    if text == reference {
                        return Err(Problem::Undefined);
                    }
                    to.push_str(&text);
                }
                None if self.unknown || self.external.iter().any(|known| known == name) => {
                    return Err(Problem::Elsewhere);
                }
                None => return Err(Problem::Undefined),
            },
        }
        if to.len() > LONGEST {
            return Err(Problem::TooLarge);
        }
        Ok(())
    }

    fn expand_all(&self, text: &str, depth: usize, to: &mut String) -> Result<(), Problem> {
        if depth > DEEPEST {
            return Err(Problem::TooLarge);
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            to.push_str(before);
            let (name, after) = after.split_once(';').ok_or(Problem::Syntax)?;
            self.expand(name, depth, to)?;
            rest = after;
        }
        to.push_str(rest);
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
    let number = match name.strip_prefix("#x") {
        Some(hex) if !hex.starts_with('+') => u32::from_str_radix(hex, 16),
        Some(_) => return Err(Problem::Syntax),
        None if name.starts_with("#+") => return Err(Problem::Syntax),
        None => name[1..].parse(),
    };
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
pub(super) fn parse(text: &str) -> Result<Doctype, (usize, String)> {
    let mut parser = Parser { text, at: 0 };
    let mut doctype = Doctype::default();
    parser.space();
    parser.name()?;
    parser.space();
    let (public, system) = parser.external()?;
    doctype.public = public;
    doctype.system = system;
    parser.space();
    if parser.eat("[") {
        parser.subset(&mut doctype)?;
        parser.space();
    }
    if parser.rest().is_empty() {
        Ok(doctype)
    } else {
        parser.fail("the document type is not well-formed")
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

type Parsed<T> = Result<T, (usize, String)>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fail<T>(&self, message: &str) -> Parsed<T> {
        Err((self.at, message.to_owned()))
    }

    fn space(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches(xml::is_space);
        self.at += rest.len() - trimmed.len();
        trimmed.len() < rest.len()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn name(&mut self) -> Parsed<&'a str> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| xml::is_space(c) || "<>[]\"'%&;|,()?*+".contains(c))
            .unwrap_or(rest.len());
        if !chars::is_name(&rest[..end]) {
            return self.fail("a name is missing in the document type");
        }
        self.at += end;
        Ok(&rest[..end])
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

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`.
    fn external(&mut self) -> Parsed<(Option<String>, Option<String>)> {
        if self.eat("SYSTEM") {
            self.space();
            let system = self.literal()?;
            return Ok((None, Some(system.to_owned())));
        }
        if self.eat("PUBLIC") {
            self.space();
            let public = self.literal()?.to_owned();
            if !self.space() {
                return self.fail("a blank is missing in the document type");
            }
            let system = self.literal()?;
            return Ok((Some(public), Some(system.to_owned())));
        }
        Ok((None, None))
    }

    /// What stands in brackets.
    fn subset(&mut self, doctype: &mut Doctype) -> Parsed<()> {
        loop {
            self.space();
            let rest = self.rest();
            if self.eat("]") {
                return Ok(());
            } else if rest.starts_with("<!--") {
                self.past("-->", 4)?;
            } else if rest.starts_with("<?") {
                self.past("?>", 2)?;
            } else if self.eat("<!ENTITY") {
                self.entity(doctype)?;
            } else if ["<!ELEMENT", "<!ATTLIST", "<!NOTATION"]
                .iter()
                .any(|start| rest.starts_with(start))
            {
                self.past(">", 2)?;
            } else if rest.starts_with('%') {
                self.past(";", 1)?;
            } else {
                return self.fail("the document type is not well-formed");
            }
        }
    }

    fn past(&mut self, end: &str, from: usize) -> Parsed<()> {
        match self.rest().get(from..).and_then(|rest| rest.find(end)) {
            Some(offset) => {
                self.at += from + offset + end.len();
                Ok(())
            }
            None => self.fail("the document type is not closed"),
        }
    }

    fn entity(&mut self, doctype: &mut Doctype) -> Parsed<()> {
        if !self.space() {
            return self.fail("a blank is missing in the document type");
        }
        let is_parameter = self.eat("%");
        self.space();
        let name = self.name()?.to_owned();
        self.space();
        let (_, system) = self.external()?;
        if system.is_some() {
            if !is_parameter {
                doctype.external.push(name);
            }
            self.space();
            if self.eat("NDATA") {
                self.space();
                self.name()?;
            }
        } else {
            let text = self.literal()?;
            if !is_parameter {
                doctype.entities.push((name, text.to_owned()));
            }
        }
        self.space();
        if self.eat(">") {
            Ok(())
        } else {
            self.fail("the declaration of an entity is not closed")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_types() {
        let doctype =
            parse(" rss [<!-- c --><!ENTITY nbsp \"&#160;\"> <!ELEMENT rss ANY>\n]").unwrap();
        assert_eq!(doctype.entities, [("nbsp".to_owned(), "&#160;".to_owned())]);
        let doctype = parse(" rss PUBLIC \"p\" 's'").unwrap();
        assert_eq!(doctype.public.as_deref(), Some("p"));
        assert_eq!(doctype.system.as_deref(), Some("s"));
        for text in [
            "",
            " rss [",
            " rss PUBLIC \"p\"",
            " rss [<!ENTITY a>]",
            " rss [x]",
            " rss x",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn references() {
        let mut entities = Entities::default();
        entities.add(&mut Doctype {
            entities: vec![
                ("a".to_owned(), "x&b;x".to_owned()),
                ("b".to_owned(), "&#38;y".to_owned()),
                ("loop".to_owned(), "&loop;".to_owned()),
                ("big".to_owned(), "&a;".repeat(30_000)),
            ],
            ..Doctype::default()
        });
        assert_eq!(entities.resolve("a").as_deref(), Ok("x&yx"));
        assert_eq!(entities.resolve("#x41").as_deref(), Ok("A"));
        assert_eq!(entities.resolve("#65").as_deref(), Ok("A"));
        assert_eq!(entities.resolve("loop"), Err(Problem::TooLarge));
        assert_eq!(entities.resolve("big"), Err(Problem::TooLarge));
        assert_eq!(entities.resolve("nbsp"), Err(Problem::Undefined));
        assert_eq!(entities.resolve("#0"), Err(Problem::Character));
        assert_eq!(entities.resolve("#99999999999"), Err(Problem::Character));
        assert_eq!(entities.resolve("#+5"), Err(Problem::Syntax));
        assert_eq!(entities.resolve("#xZ"), Err(Problem::Syntax));
        assert_eq!(entities.resolve(""), Err(Problem::Syntax));
    }
}
