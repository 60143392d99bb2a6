//! Checks XHTML, SVG and MathML that stand in a feed as elements.

use feedwright_base::html::elements;

use super::super::context::Context;
use super::super::names::Ns;
use super::super::schema::shown;
use super::super::tree::{Attribute, Element};
use super::{
    DANGEROUS, HTML_DANGEROUS, HTML_HANDLER, HTML_SCRIPT_LINK, HTML_STYLE, HTML_UNKNOWN, address,
    foreign, relative, style,
};

/// Checks an element of XHTML, SVG or MathML, without those in it.
pub(crate) fn inline(element: &Element, cx: &mut Context<'_>) {
    let qname = &element.qname;
    let name = element.name();
    let found = match element.ns {
        // XML has names as they are written.
        Ns::Xhtml if !elements::is(name, elements::HTML) || has_capitals(name) => {
            Some((&HTML_UNKNOWN, format!("`{qname}` is no element of HTML")))
        }
        Ns::Xhtml if DANGEROUS.contains(&name) => {
            Some((&HTML_DANGEROUS, format!("`{qname}` is dangerous in a feed")))
        }
        Ns::Svg if !foreign::SVG_ELEMENTS.contains(&name) => {
            let message = format!("`{qname}` is not known to be harmless in SVG");
            Some((&HTML_DANGEROUS, message))
        }
        Ns::MathMl if !foreign::MATHML_ELEMENTS.contains(&name) => {
            let message = format!("`{qname}` is not known to be harmless in MathML");
            Some((&HTML_DANGEROUS, message))
        }
        _ => None,
    };
    if let Some((rule, message)) = found {
        cx.report(rule, element.at, message);
    }
    for attribute in element.attributes.iter().filter(|a| a.ns == Ns::None) {
        inline_attribute(element, attribute, cx);
    }
}

/// Checks an attribute of such an element.
fn inline_attribute(element: &Element, attribute: &Attribute, cx: &mut Context<'_>) {
    let (qname, at) = (&element.qname, element.at);
    let (name, value) = (attribute.name(), attribute.value.as_str());
    let is_unknown = match element.ns {
        Ns::Svg => !foreign::SVG_ATTRIBUTES.contains(&name),
        Ns::MathMl => !foreign::MATHML_ATTRIBUTES.contains(&name),
        _ => name.starts_with("on"),
    };
    if is_unknown {
        let message = format!("`{qname}` has the attribute `{name}`");
        cx.report(&HTML_HANDLER, at, message);
    } else if name == "style" {
        for bad in style::suspicious(value) {
            let message = format!("`{qname}` has the style “{}”", shown(&bad));
            cx.report(&HTML_STYLE, at, message);
        }
    } else if element.ns == Ns::Xhtml {
        let relative = relative(element.base.is_some(), cx);
        for (rule, what) in address::problems(element.name(), name, value, relative) {
            cx.report(rule, attribute.at, format!("the XHTML {what}"));
        }
    } else if name == "href" && address::is_script(value) {
        cx.report(&HTML_SCRIPT_LINK, at, format!("`{qname}` runs a script"));
    }
}

fn has_capitals(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase())
}
