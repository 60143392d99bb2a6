//! Reads `<!ATTLIST …>`: the attributes of an element, their types and their defaults.

use feedwright_base::chars;

use super::Problem;
use super::tokens::{Parsed, Parser};

impl<'a> Parser<'a> {
    /// Reads `<!ATTLIST element name CDATA "value">`.
    pub(super) fn attributes(&mut self) -> Parsed<()> {
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

    /// Reads the type of an attribute.
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

    /// Reads a list of names after `(`, separated by `|`.
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

    /// The default of an attribute, with references resolved and white space as blanks.
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
}
