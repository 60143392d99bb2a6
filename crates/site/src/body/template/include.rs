//! Liquid's `include`: the text of a file with parameters, if it only substitutes.

use std::cell::Cell;

use super::arguments::{Arguments, Separator};
use super::word;

/// How deep includes may name others.
const DEEPEST: usize = 8;

/// How many includes a post may have, all levels together.
const MOST: usize = 1_000;

/// How long the text of an include may be, in bytes.
const LONGEST: usize = 256 << 10;

/// How much a post may include in all, in bytes.
const MOST_INCLUDED: usize = 1 << 20;

/// How much is left of what a post may include.
pub(super) struct Budget {
    files: Cell<usize>,
    bytes: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            files: Cell::new(MOST),
            bytes: Cell::new(MOST_INCLUDED),
        }
    }
}

impl Budget {
    /// Whether one more file may be read at a depth.
    pub(super) fn take_file(&self, depth: usize) -> bool {
        let left = self.files.get();
        self.files.set(left.saturating_sub(1));
        left > 0 && depth < DEEPEST
    }

    /// Whether a file of this size may be evaluated.
    pub(super) fn take_bytes(&self, count: usize) -> bool {
        let left = self.bytes.get();
        self.bytes.set(left.saturating_sub(count));
        count <= LONGEST && count <= left
    }
}

/// The file and the parameters of an include. `value` resolves what is not a literal; `None` if
/// any of it cannot be.
pub(super) fn parameters(
    arguments: &str,
    value: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, Vec<(String, String)>)> {
    let (name, rest) = word(arguments);
    let name = name.trim_matches(['"', '\'']);
    let mut parameters = Vec::new();
    for argument in Arguments::parse(rest, Separator::Blank).0 {
        let text = if argument.quoted {
            argument.value
        } else {
            value(&argument.value)?
        };
        // Jekyll would show such braces; nobody means them to be seen.
        if text.contains("{{") || text.contains("{%") {
            return None;
        }
        parameters.push((argument.name?, text));
    }
    (!name.is_empty() && !name.contains(['{', '}'])).then(|| (name.to_owned(), parameters))
}

/// An include as CommonMark reads it as one block of HTML, as kramdown does: without the blank
/// lines that would end the block and the indentation that would make code of what follows.
pub(super) fn as_block(text: &str) -> String {
    let text = text.trim_end_matches(['\n', '\r']);
    if !text.trim_start().starts_with('<') || text.contains("<pre") {
        return text.to_owned();
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
