//! A text of a feed with its place, for checks of values.

use std::fmt;

use super::context::{Context, Position, Vocabulary};
use super::rule::Rule;
use super::tree::{Attribute, Element};

/// A check of a text.
pub(super) type Value = fn(&Spot<'_>, &mut Context<'_>);

/// The text of an element or of an attribute, with its place.
pub(super) struct Spot<'a> {
    pub(super) element: &'a Element,
    pub(super) attribute: Option<&'a Attribute>,
    /// The text, without white space around it.
    pub(super) text: &'a str,
    pub(super) at: Position,
    /// The section that specifies the element.
    pub(super) section: &'static str,
}

impl Spot<'_> {
    /// Reports a problem of the text.
    pub(super) fn report(
        &self,
        cx: &mut Context<'_>,
        rule: &'static Rule,
        message: impl Into<String>,
    ) {
        // A rule of RSS may also hold for JSON Feed, by a section of its own.
        let is_foreign = rule.section.starts_with("RSS") && cx.vocabulary == Some(Vocabulary::Json);
        let section = if rule.section.is_empty() || is_foreign {
            self.section
        } else {
            rule.section
        };
        let (message, help) = if self.text.is_empty() {
            (format!("{self} is empty"), "fill it, or leave it out")
        } else {
            (message.into(), rule.help)
        };
        cx.report_with(rule, section, self.at, message, help);
    }

    /// Runs checks on the text. An empty text is reported once.
    pub(super) fn hold(&self, values: &[Value], cx: &mut Context<'_>) {
        let before = cx.reported();
        for value in values {
            value(self, cx);
            if self.text.is_empty() && cx.reported() > before {
                return;
            }
        }
    }

    /// The text for a message, cut where it is long.
    pub(super) fn shown(&self) -> String {
        shown(self.text)
    }
}

impl fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.attribute {
            Some(attribute) => write!(f, "`{}` of `{}`", attribute.qname, self.element.qname),
            None => write!(f, "`{}`", self.element.qname),
        }
    }
}

/// A text for a message, cut where it is long.
pub(super) fn shown(text: &str) -> String {
    feedwright_base::text::cut(text, 80)
}
