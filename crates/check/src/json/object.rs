//! Checks an object against the table of its keys.

use feedwright_base::chars;

use super::super::context::{Context, Position};
use super::super::names::Ns;
use super::super::schema::{self, Spot, shown};
use super::super::tree::Element;
use super::read::{Kind, Object, Value};
use super::tables::{Key, Type};
use super::{KEY_MISSING, KEY_UNKNOWN, TYPE};

/// Checks the members of an object.
pub(super) fn object(
    object: &Object,
    keys: &'static [Key],
    section: &'static str,
    name: &str,
    cx: &mut Context<'_>,
) {
    for member in &object.members {
        let Some(known) = keys.iter().find(|known| known.name == member.key) else {
            let is_extension = member
                .key
                .strip_prefix('_')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
            if !is_extension && member.key != "id" {
                let message = format!("`{}` is no key of JSON Feed", shown(&member.key));
                cx.report(&KEY_UNKNOWN, member.at, message);
            }
            continue;
        };
        value(&member.value, known, section, cx);
    }
    for known in keys {
        if let Some(rule) = known.missing.filter(|_| object.get(known.name).is_none()) {
            let verb = if std::ptr::eq(rule, &KEY_MISSING) {
                "has no"
            } else {
                "should have"
            };
            let message = format!("{name} {verb} `{}`", known.name);
            cx.report_of(rule, section, object.at, message);
        }
    }
}

/// Checks the type of a value, and the value itself.
fn value(value: &Value, key: &Key, section: &'static str, cx: &mut Context<'_>) {
    let wanted = match (&key.kind, &value.kind) {
        (Type::Text(values), Kind::String(text)) => {
            look(key.name, text, value.at, values, section, cx);
            None
        }
        (Type::Number, Kind::Number(_))
        | (Type::Bool, Kind::Bool)
        | (Type::List, Kind::Array(_))
        | (Type::Object, Kind::Object(_)) => None,
        (Type::Text(_), _) => Some("a text"),
        (Type::Number, _) => Some("a number"),
        (Type::Bool, _) => Some("true or false"),
        (Type::List, _) => Some("a list"),
        (Type::Object, _) => Some("an object"),
    };
    match (wanted, key.rule) {
        (Some(wanted), _) => wrong(value, &format!("`{}`", key.name), wanted, section, cx),
        (None, Some(rule)) => rule(value, cx),
        (None, None) => {}
    }
}

/// Checks a text as if it stood in an element of that name.
pub(super) fn look(
    name: &str,
    text: &str,
    at: Position,
    values: &[schema::Value],
    section: &'static str,
    cx: &mut Context<'_>,
) {
    let element = Element {
        ns: Ns::None,
        qname: name.into(),
        attributes: Vec::new(),
        children: Vec::new(),
        at,
        base: None,
        lang: None,
    };
    let spot = Spot {
        element: &element,
        attribute: None,
        text,
        at,
        section,
    };
    spot.hold(values, cx);
    if let Some((_, char)) = chars::broken(text) {
        spot.report(
            cx,
            &schema::CHARACTERS_BROKEN,
            format!(
                "{spot} has U+{:04X}, as a wrong encoding leaves it",
                u32::from(char)
            ),
        );
    }
}

/// Reports a value of a wrong type.
pub(super) fn wrong(
    value: &Value,
    name: &str,
    wanted: &str,
    section: &'static str,
    cx: &mut Context<'_>,
) {
    let message = format!("{name} is {}, and not {wanted}", value.name());
    cx.report_of(&TYPE, section, value.at, message);
}
