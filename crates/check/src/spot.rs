//! A text of a feed, and where it stands.

use std::fmt;

use super::context::{Context, Position, Vocabulary};
use super::rule::Rule;
use super::tree::{Attribute, Element};

/// A rule about a text.
pub(super) type Value = fn(&Spot<'_>, &mut Context<'_>);

/// A text and where it stands: that of an element or of an attribute.
pub(super) struct Spot<'a> {
    pub(super) element: &'a Element,
    pub(super) attribute: Option<&'a Attribute>,
    /// The text, without white space around it.
    pub(super) text: &'a str,
    pub(super) at: Position,
    /// Where the element is specified.
    pub(super) section: &'static str,
}

impl Spot<'_> {
    /// Something is wrong with it.
    pub(super) fn report(
        &self,
        cx: &mut Context<'_>,
        rule: &'static Rule,
        message: impl Into<String>,
    ) {
        // What RSS says of a text, JSON Feed has by another specification.
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

    /// Holds it against rules. That it is empty is told once.
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
