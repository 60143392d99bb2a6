//! The variables that a text of Liquid gives values to.

use super::tags::{Kind, Tag};
use super::{LONGEST_VALUE, word};

/// How many variables are kept.
const MOST: usize = 50;

/// Variables by their names, and what is being captured.
#[derive(Debug, Default, Clone)]
pub(super) struct Locals {
    /// `None` where code decides what the value is.
    values: Vec<(String, Option<String>)>,
    /// The names of the variables that are being captured, each with the text before it.
    open: Vec<(String, String)>,
}

impl Locals {
    /// The value of a variable; `None` for one that the text does not name.
    pub(super) fn get(&self, name: &str) -> Option<Option<String>> {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    }

    pub(super) fn set(&mut self, name: &str, value: Option<String>) {
        let name = name.trim().trim_matches(['"', '\'']);
        let value = value.filter(|value| value.len() <= LONGEST_VALUE);
        if let Some((_, known)) = self.values.iter_mut().find(|(known, _)| known == name) {
            *known = value;
        } else if self.values.len() < MOST {
            self.values.push((name.to_owned(), value));
        }
    }

    /// Forgets the variables that tags up to a place would change, which do not run.
    pub(super) fn forget(&mut self, tags: &[Tag<'_>], end: usize) {
        let skipped = tags.iter().take_while(|tag| tag.start < end);
        for tag in skipped.filter(|tag| tag.kind == Kind::Block) {
            let (tag, arguments) = word(tag.inner);
            if matches!(tag, "assign" | "capture" | "increment" | "decrement") {
                let name = arguments.split(['=', ' ']).next().unwrap_or_default();
                self.set(name, None);
            }
        }
    }

    /// Begins to capture what is written from now on.
    pub(super) fn begin(&mut self, name: &str, out: &mut String) {
        self.open.push((name.to_owned(), std::mem::take(out)));
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Ends the last capture: what was written since is the value of its variable, and shows nowhere.
    pub(super) fn end(&mut self, out: &mut String) {
        if let Some((name, before)) = self.open.pop() {
            let value = std::mem::replace(out, before);
            self.set(&name, Some(value));
        }
    }
}
