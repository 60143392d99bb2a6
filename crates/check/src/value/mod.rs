//! Checks of texts and attributes that several vocabularies share.

pub(super) mod country;
pub(super) mod date;
pub(super) mod email;
pub(super) mod language;
pub(super) mod media_type;
pub(super) mod number;
pub(super) mod text;
pub(super) mod uri;

use super::context::Context;
use super::rule::{Rule, rules};
use super::spot::Spot;

rules! {
    VALUE_UNKNOWN = Error "value-unknown", "",
        "A value is none of those that the specification lists.",
        "use one of the values that it lists";
    XML_SPACE = Error "xml-space", "XML 1.0, section 2.10",
        "`xml:space` is neither `default` nor `preserve`.",
        "write one of them, or remove the attribute";
}

/// All rules of values.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![
        RULES,
        country::RULES,
        date::RULES,
        email::RULES,
        language::RULES,
        media_type::RULES,
        number::RULES,
        text::RULES,
        uri::RULES,
    ]
}

/// Checks `xml:base`, `xml:lang` and `xml:space`, which are allowed everywhere.
pub(super) fn xml_attribute(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let Some(attribute) = spot.attribute else {
        return;
    };
    match attribute.name() {
        "base" => uri::iri_reference(spot, cx),
        // An empty one ends the language of the elements around it.
        "lang" if !spot.text.is_empty() => language::tag(spot, cx),
        "space" if !matches!(spot.text, "default" | "preserve") => {
            spot.report(cx, &XML_SPACE, format!("`xml:space` is “{}”", spot.shown()))
        }
        _ => {}
    }
}

/// Reports a value that is not in a list. Returns whether it is.
pub(super) fn one_of(spot: &Spot<'_>, cx: &mut Context<'_>, known: &[&str]) -> bool {
    let is_known = known.contains(&spot.text);
    if !is_known {
        let list = known
            .iter()
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(", ");
        spot.report(
            cx,
            &VALUE_UNKNOWN,
            format!("{spot} is “{}”, and not one of {list}", spot.shown()),
        );
    }
    is_known
}
