//! Reports references that cannot be resolved.

use super::super::context::{Context, Position};
use super::super::syntax::{self, ENTITY, SYNTAX, TOO_LARGE};

/// The reason why a reference cannot be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No entity of that name is declared.
    Undefined,
    /// The text of the entity is in another file, which is not read.
    Elsewhere,
    /// It has not the form of a reference.
    Syntax,
    /// It refers to a character that XML does not allow.
    Character,
    /// The text of the entity is not well-formed.
    Content,
    /// The entity is not allowed in the value of an attribute.
    Value,
    /// The text is too long, or refers to itself.
    TooLarge,
}

impl Problem {
    /// Reports the problem of `&name;`. Returns whether reading has to stop.
    pub(crate) fn report(self, name: &str, at: Position, cx: &mut Context<'_>) -> bool {
        match self {
            Problem::Undefined => {
                let reference = format!("&{name};");
                let meant = html_escape::decode_html_entities(&reference);
                let meant = meant
                    .chars()
                    .next()
                    .filter(|c| *c != '&')
                    .map_or_else(String::new, |c| {
                        format!("; the character is written `&#{};`", u32::from(c))
                    });
                cx.report(
                    &ENTITY,
                    at,
                    format!("the entity `{reference}` is not defined{meant}"),
                );
                false
            }
            Problem::Elsewhere => {
                let message = format!("the text of `&{name};` lies elsewhere, and is not read");
                cx.report(&syntax::DOCTYPE_EXTERNAL, at, message);
                false
            }
            Problem::Syntax => {
                cx.report(&SYNTAX, at, format!("`&{name};` is no reference"));
                true
            }
            Problem::Character => {
                cx.report(
                    &syntax::CHARACTER,
                    at,
                    format!("`&{name};` is a character that XML does not allow"),
                );
                true
            }
            Problem::Content => {
                let message = format!("the text of `&{name};` has a reference that is none");
                cx.report(&SYNTAX, at, message);
                true
            }
            Problem::Value => {
                let message = format!("`&{name};` cannot stand in the value of an attribute");
                cx.report(&SYNTAX, at, message);
                true
            }
            Problem::TooLarge => {
                cx.report(
                    &TOO_LARGE,
                    at,
                    format!("the entity `&{name};` stands for too much text, or for itself"),
                );
                true
            }
        }
    }
}
