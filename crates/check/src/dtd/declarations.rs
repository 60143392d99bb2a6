//! Reads the declarations of a document type: comments, instructions, entities and notations.

use feedwright_base::chars;
use feedwright_base::slice::Slice;

use super::super::syntax;
use super::entities::{DEEPEST, Entity, character};
use super::tokens::{Parsed, Parser};

impl<'a> Parser<'a> {
    /// Reads declarations: those in brackets, or those of a parameter entity.
    pub(super) fn declarations(&mut self) -> Parsed<()> {
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

    /// Reads the declarations that `%name;` stands for.
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
        // An entity may be declared in a part that is not read, too (XML 1.0, section 4.1).
        self.entities.unknown = true;
        Ok(())
    }

    /// Reads `<!ENTITY name "text">`, or the same with `%` for a parameter entity.
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

    /// Reads `<!NOTATION name SYSTEM "address">`.
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

/// The text of an entity, with references to characters resolved and others as they are (XML 1.0,
/// section 4.4).
fn entity_text(literal: &str) -> Parsed<String> {
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(offset) = rest.find(['&', '%']) {
        let at = literal.len() - rest.len() + offset;
        chars::push_lines(&mut text, rest.slice(..offset));
        let name = rest.slice(offset..).strip_prefix('&');
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
