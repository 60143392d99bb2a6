//! Reads the attributes of tags, and adds the defaults of the document type.

use std::collections::HashSet;
use std::io::Read;

use feedwright_base::chars;
use feedwright_base::chars::{blank, is_space};
use feedwright_base::slice::Slice;

use super::super::context::{Context, Position};
use super::super::input::{MOST, advance};
use super::super::names::Ns;
use super::super::tree::Attribute;
use super::Xml;

/// A place in the feed and what is wrong there.
type Fault = (Position, String);

impl<R: Read> Xml<R> {
    /// Reads the attributes of a tag.
    pub(super) fn attributes(
        &mut self,
        text: &str,
        at: Position,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Attribute>, Fault> {
        let mut found: Vec<Attribute> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut rest = text;
        let mut place = at;
        loop {
            let trimmed = rest.trim_start_matches(is_space);
            if trimmed.is_empty() {
                return Ok(found);
            }
            place = advance(place, rest.as_bytes().slice(..rest.len() - trimmed.len()));
            if trimmed.len() == rest.len() {
                return Err((place, "a blank is missing before an attribute".to_owned()));
            }
            let Some(equals) = trimmed.find('=') else {
                let name = trimmed.trim_end_matches(is_space);
                return Err((place, format!("the attribute `{name}` has no value")));
            };
            let qname = trimmed.slice(..equals).trim_end_matches(is_space);
            if !chars::is_qname(qname) {
                return Err((place, format!("`{qname}` is not the name of an attribute")));
            }
            let value = trimmed.slice(equals + 1..).trim_start_matches(is_space);
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let Some(quote) = quote else {
                return Err((place, format!("the value of `{qname}` is not in quotes")));
            };
            let Some((value, after)) = value.slice(1..).split_once(quote) else {
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
            place = advance(
                place,
                trimmed.as_bytes().slice(..trimmed.len() - after.len()),
            );
            rest = after;
        }
    }

    /// Adds the attributes that the document type gives to an element.
    pub(super) fn default(
        &mut self,
        element: &str,
        at: Position,
        found: &mut Vec<Attribute>,
    ) -> Result<(), Fault> {
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

    /// The value of an attribute, with references resolved and white space as blanks.
    fn value(&mut self, raw: &str, at: Position, cx: &mut Context<'_>) -> Result<String, Fault> {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(offset) = rest.find('&') {
            value.extend(rest.slice(..offset).chars().map(blank));
            let Some((name, after)) = rest.slice(offset + 1..).split_once(';') else {
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
}

/// An attribute before its namespace is known. Declarations of namespaces are marked as such.
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
