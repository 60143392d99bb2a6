//! A problem that was found, with its place.

use super::rule::Rule;

/// The largest number of bytes in a message, which may quote names and texts of a feed.
const LONGEST: usize = 1000;

/// A place in the text of a feed. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Position {
    /// The start of a text.
    pub(super) const START: Position = Position { line: 1, column: 1 };
}

/// A problem that was found.
pub(super) struct Report {
    pub(super) rule: &'static Rule,
    pub(super) section: &'static str,
    pub(super) at: Position,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Report {
    /// A problem with the remedy of its rule. The message is a sentence without a full stop.
    pub(super) fn new(
        rule: &'static Rule,
        section: &'static str,
        at: Position,
        message: String,
    ) -> Self {
        let message = if message.len() > LONGEST {
            feedwright_base::text::cut(&message, LONGEST)
        } else {
            message
        };
        Report {
            rule,
            section,
            at,
            message,
            help: rule.help,
        }
    }
}
