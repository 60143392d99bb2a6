//! Checks the attributes of an element against the table of its kind.

use super::super::context::{Context, Vocabulary};
use super::super::names::Ns;
use super::super::spot::Spot;
use super::super::tree::{Attribute, Element};
use super::super::value;
use super::tables::Kind;
use super::{ATTRIBUTE_EXTENSION, ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, nearest};

/// Checks the attributes of an element.
pub(crate) fn attributes(element: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
    for attribute in &element.attributes {
        let spot = Spot {
            element,
            attribute: Some(attribute),
            text: &attribute.value,
            at: attribute.at,
            section: kind.section,
        };
        let known = kind
            .attributes
            .iter()
            .find(|known| known.ns == attribute.ns && known.name == attribute.name());
        match known {
            Some(known) => spot.hold(known.values, cx),
            None => foreign(&spot, attribute, kind, cx),
        }
    }
    for known in kind.attributes.iter().filter(|known| known.is_required) {
        if element.attribute_of(known.ns, known.name).is_none() {
            cx.report_of(
                &ATTRIBUTE_MISSING,
                kind.section,
                element.at,
                format!("`{}` has no attribute `{}`", element.qname, known.name),
            );
        }
    }
}

/// The attributes of RDF that say what an element is about, of which type it is, or what it means.
const RDF: &[&str] = &[
    "about",
    "bagID",
    "datatype",
    "ID",
    "nodeID",
    "parseType",
    "resource",
    "type",
    "value",
];

/// Checks an attribute of RDF.
fn resource(spot: &Spot<'_>, attribute: &Attribute, cx: &mut Context<'_>) {
    match attribute.name() {
        "about" | "resource" => value::uri::reference(spot, cx),
        name if RDF.contains(&name) => {}
        _ => {
            let message = format!("`{}` is no attribute of RDF", attribute.qname);
            cx.report_of(&ATTRIBUTE_UNKNOWN, spot.section, attribute.at, message);
        }
    }
}

/// Reports an attribute that the table does not have, where it is not allowed.
fn foreign(spot: &Spot<'_>, attribute: &Attribute, kind: &'static Kind, cx: &mut Context<'_>) {
    let element = spot.element;
    match attribute.ns {
        Ns::Xml if matches!(attribute.name(), "base" | "lang" | "space" | "id") => {
            value::xml_attribute(spot, cx);
        }
        Ns::Other | Ns::Known if cx.is_rss() && element.ns == Ns::None && !cx.takes_attributes => {
            cx.report(
                &ATTRIBUTE_EXTENSION,
                attribute.at,
                format!(
                    "`{}` has the attribute `{}`",
                    element.qname, attribute.qname
                ),
            )
        }
        // Any property may be a resource (RDF/XML, section 7.2.14 and following).
        Ns::Rdf if cx.vocabulary == Some(Vocabulary::Rdf) => resource(spot, attribute, cx),
        // Atom allows attributes of any other vocabulary (RFC 4287, section 2).
        Ns::Other | Ns::Known => {}
        ns if ns != Ns::None && element.ns == Ns::Atom => {}
        _ if matches!(element.ns, Ns::Other | Ns::Known) => {}
        _ => {
            let mut message = format!(
                "`{}` cannot have the attribute `{}`",
                element.qname, attribute.qname
            );
            let names = kind.attributes.iter().map(|known| known.name);
            if let Some(near) = nearest(attribute.name(), names) {
                message.push_str(&format!("; it can have `{near}`"));
            }
            cx.report_of(&ATTRIBUTE_UNKNOWN, kind.section, attribute.at, message);
        }
    }
}
