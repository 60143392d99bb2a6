//! Checks of texts that all vocabularies need: exact, not empty, not read in a wrong encoding.

use feedwright_base::chars;

use super::super::context::Context;
use super::super::spot::Spot;
use super::super::tree::Element;
use super::{CHARACTERS_BROKEN, ELEMENT_BLANK, WHITESPACE};

/// Reports texts of an element that were read in a wrong encoding.
pub(crate) fn broken(element: &Element, cx: &mut Context<'_>) {
    for text in element.texts() {
        if let Some((offset, char)) = chars::broken(&text.text) {
            cx.report(
                &CHARACTERS_BROKEN,
                text.place(offset),
                format!(
                    "the text of `{}` has U+{:04X}, as a wrong encoding leaves it",
                    element.qname,
                    u32::from(char)
                ),
            );
        }
    }
    for attribute in &element.attributes {
        if let Some((_, char)) = chars::broken(&attribute.value) {
            cx.report(
                &CHARACTERS_BROKEN,
                attribute.at,
                format!(
                    "`{}` of `{}` has U+{:04X}, as a wrong encoding leaves it",
                    attribute.qname,
                    element.qname,
                    u32::from(char)
                ),
            );
        }
    }
}

/// Reports white space around a value that has to be exact.
pub(crate) fn exact(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let whole = match spot.attribute {
        Some(attribute) => attribute.value.as_str().into(),
        None => spot.element.text(),
    };
    if whole.len() != spot.text.len() {
        spot.report(
            cx,
            &WHITESPACE,
            format!("white space stands around the text of {spot}"),
        );
    }
}

/// Reports an empty value.
pub(crate) fn filled(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.is_empty() {
        spot.report(cx, &ELEMENT_BLANK, format!("{spot} is empty"));
    }
}
