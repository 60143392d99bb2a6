//! Reads the tokens of a document type: blanks, names, quoted texts and external identifiers.

use feedwright_base::chars;
use feedwright_base::slice::Slice;

use super::Entities;

/// A reader of the content of a document type.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The number of parameter entities that enclose this text.
    pub(super) depth: usize,
    pub(super) entities: &'a mut Entities,
}

/// What was read, or the offset of a syntax error with its message.
pub(super) type Parsed<T> = Result<T, (usize, String)>;

impl<'a> Parser<'a> {
    /// The text from here on.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A syntax error here.
    pub(super) fn fail<T>(&self, message: &str) -> Parsed<T> {
        Err((self.at, message.to_owned()))
    }

    pub(super) fn no_blank<T>(&self) -> Parsed<T> {
        self.fail("a blank is missing in the document type")
    }

    /// Skips white space. Returns whether there was some.
    pub(super) fn space(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches(chars::is_space);
        self.at += rest.len() - trimmed.len();
        trimmed.len() < rest.len()
    }

    /// Skips white space, of which there has to be some.
    pub(super) fn blank(&mut self) -> Parsed<()> {
        if self.space() {
            Ok(())
        } else {
            self.no_blank()
        }
    }

    /// Skips a token, if it stands here. Returns whether it did.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Reads a name token: characters of names, at least one, which may begin with a digit.
    pub(super) fn token(&mut self) -> Parsed<&'a str> {
        let rest = self.rest();
        let end = rest.find(|c| c != ':' && !chars::is_name_char(c));
        let (name, _) = rest.split_at(end.unwrap_or(rest.len()));
        if name.is_empty() {
            return self.fail("a name is missing in the document type");
        }
        self.at += name.len();
        Ok(name)
    }

    /// Reads a name of a certain form.
    fn named(&mut self, is_right: fn(&str) -> bool) -> Parsed<&'a str> {
        let start = self.at;
        let name = self.token()?;
        if is_right(name) {
            return Ok(name);
        }
        Err((start, format!("`{name}` is not a name")))
    }

    /// Reads the name of an element or an attribute.
    pub(super) fn qname(&mut self) -> Parsed<&'a str> {
        self.named(chars::is_qname)
    }

    /// Reads the name of something else, which has no prefix (Namespaces in XML 1.0, section 7).
    pub(super) fn ncname(&mut self) -> Parsed<&'a str> {
        self.named(chars::is_ncname)
    }

    /// Reads a quoted text.
    pub(super) fn literal(&mut self) -> Parsed<&'a str> {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = quote.and_then(|quote| rest.slice(1..).split_once(quote));
        let Some((inner, _)) = inner else {
            return self.fail("a quoted text is missing in the document type");
        };
        self.at += inner.len() + 2;
        Ok(inner)
    }

    /// Reads `SYSTEM "…"` or `PUBLIC "…" "…"`, if one stands here. Returns the public and the system
    /// identifier. Notations may leave the second text out.
    pub(super) fn external(
        &mut self,
        is_notation: bool,
    ) -> Parsed<(Option<String>, Option<String>)> {
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

    /// Reads up to an end mark and past it. Returns what stands before it.
    pub(super) fn past(&mut self, end: &str) -> Parsed<&'a str> {
        let Some((inner, _)) = self.rest().split_once(end) else {
            return self.fail("the document type is not closed");
        };
        self.at += inner.len() + end.len();
        Ok(inner)
    }

    /// Reads the `>` at the end of a declaration.
    pub(super) fn close(&mut self) -> Parsed<()> {
        self.space();
        if self.eat(">") {
            Ok(())
        } else {
            self.fail("a declaration in the document type is not closed with `>`")
        }
    }
}
