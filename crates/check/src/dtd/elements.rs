//! Reads `<!ELEMENT …>`: the name of an element and what it may hold.

use super::tokens::{Parsed, Parser};

impl<'a> Parser<'a> {
    /// Reads `<!ELEMENT name (a, b*)>`.
    pub(super) fn element(&mut self) -> Parsed<()> {
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

    /// Reads a group of elements from behind its `(` to its `)`.
    fn model(&mut self) -> Parsed<()> {
        // The separator of each group that is open, once it is known.
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

    /// Reads `?`, `*` or `+`, if one stands here.
    fn often(&mut self) {
        let _ = self.eat("?") || self.eat("*") || self.eat("+");
    }
}
