//! Reads document types: whether they are well-formed, and the entities and the defaults of
//! attributes that they declare.

mod attributes;
mod declarations;
mod elements;
mod entities;
mod problem;
#[cfg(test)]
mod tests;
mod tokens;

pub(super) use self::entities::{DEEPEST, Entities, Meaning, predefined};
pub(super) use self::problem::Problem;
use self::tokens::Parser;

/// The external identifiers of a document type.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doctype {
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
}

/// Whether a public identifier is that of RSS 0.91, whose document type has the entities of HTML.
pub(super) fn is_rss091(public: Option<&str>) -> bool {
    public == Some("-//Netscape Communications//DTD RSS 0.91//EN")
}

/// Reads the content of `<!DOCTYPE …>`. `Err` is the offset of a syntax error, with its message.
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
