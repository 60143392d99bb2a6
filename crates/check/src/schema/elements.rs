//! Checks an element, with all that is in it, against the table of its kind.

use feedwright_base::chars::is_space;
use feedwright_base::diagnostic::Severity;

use super::super::context::{Context, Vocabulary};
use super::super::names::Ns;
use super::super::spot::{Spot, shown};
use super::super::tree::Element;
use super::attributes::attributes;
use super::tables::{Child, Content, Kind, Need};
use super::texts::broken;
use super::{
    ELEMENT_NO_NAMESPACE, ELEMENT_PLACE, ELEMENT_TEXT, ELEMENT_UNKNOWN, ELEMENT_VOCABULARY,
    TEXT_MARKUP, XHTML_MISPLACED, nearest,
};

/// Checks an element and all that is in it.
pub(crate) fn walk(element: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
    let is_free = matches!(kind.text, Content::Anything);
    if !is_free {
        attributes(element, kind, cx);
    }
    broken(element, cx);
    match kind.text {
        Content::Elements => {
            for text in element.texts() {
                if !text.text.chars().all(is_space) {
                    cx.report_of(
                        &ELEMENT_TEXT,
                        kind.section,
                        text.at,
                        format!(
                            "text stands in `{}`: “{}”",
                            element.qname,
                            shown(text.text.trim())
                        ),
                    );
                }
            }
        }
        Content::Text(values) => {
            let text = element.text();
            let spot = Spot {
                element,
                attribute: None,
                text: text.trim_matches(is_space),
                at: element.at,
                section: kind.section,
            };
            spot.hold(values, cx);
        }
        Content::Anything => {}
    }
    if !is_free {
        children(element, kind, cx);
    }
    for rule in kind.rules {
        rule(element, cx);
    }
}

/// Checks the elements that stand in an element.
fn children(element: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
    let is_text = matches!(kind.text, Content::Text(_));
    let markup = element.elements().find(|child| child.ns == Ns::None);
    if let Some(first) = markup.filter(|_| is_text && cx.is_rss()) {
        cx.report(
            &TEXT_MARKUP,
            first.at,
            format!(
                "`{}` stands in the text of `{}`",
                first.qname, element.qname
            ),
        );
    }
    let mut seen: Vec<&'static Child> = Vec::new();
    for child in element.elements() {
        let Some(known) = kind.child(child.ns, child.name()) else {
            foreign(child, element, kind, cx);
            continue;
        };
        if let Some(rule) = known.once {
            if seen.iter().any(|other| std::ptr::eq(*other, known)) {
                cx.report_of(
                    rule,
                    kind.section,
                    child.at,
                    format!("`{}` stands twice in `{}`", child.qname, element.qname),
                );
            } else {
                seen.push(known);
            }
        }
        walk(child, known.kind, cx);
    }
    for need in kind.needs {
        if element.child(need.ns, need.name).is_none() {
            missing(element, need, kind.section, cx);
        }
    }
}

/// Reports that an element is missing.
pub(crate) fn missing(element: &Element, need: &Need, section: &'static str, cx: &mut Context<'_>) {
    let prefix = match need.ns {
        Ns::Itunes => "itunes:",
        Ns::Podcast => "podcast:",
        Ns::Media => "media:",
        _ => "",
    };
    let verb = match need.rule.severity {
        Severity::Error => "has no",
        _ => "should have",
    };
    let message = format!("`{}` {verb} `{prefix}{}`", element.qname, need.name);
    cx.report_of(need.rule, section, element.at, message);
}

/// Reports an element that the table does not have, where it is not allowed.
fn foreign(child: &Element, parent: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
    let is_text = matches!(kind.text, Content::Text(_));
    let is_rdf = cx.vocabulary == Some(Vocabulary::Rdf);
    let is_nowhere = !is_text && !kind.knows(child.ns);
    let rule = match child.ns {
        Ns::Xhtml => &XHTML_MISPLACED,
        // The text as a whole has been reported.
        Ns::None if cx.is_rss() && is_text => return,
        Ns::None if cx.is_rss() && parent.ns != Ns::None => &ELEMENT_NO_NAMESPACE,
        Ns::None if !cx.is_rss() && !is_rdf && !kind.knows(Ns::None) => &ELEMENT_VOCABULARY,
        ns if is_nowhere && (cx.is_anywhere)(ns, child.name()) => &ELEMENT_PLACE,
        // On RDF, what describes somebody may stand in the place of a name.
        Ns::Known | Ns::Other | Ns::Rdf if is_rdf => return,
        _ if is_literal(parent) => return,
        ns if has_tables(ns) || is_text => &ELEMENT_UNKNOWN,
        _ => return unknown_content(child, cx),
    };
    let mut message = format!("`{}` cannot stand in `{}`", child.qname, parent.qname);
    let names = kind.children.iter().flat_map(|table| table.iter());
    let names = names.filter(|(ns, _)| *ns == child.ns);
    let names = names.flat_map(|(_, children)| children.iter().map(|child| child.name));
    if let Some(near) = nearest(child.name(), names) {
        message.push_str(&format!("; `{near}` can"));
    }
    cx.report_of(rule, kind.section, child.at, message);
}

/// Whether RDF takes what is in an element for a literal.
fn is_literal(element: &Element) -> bool {
    element
        .attribute_of(Ns::Rdf, "parseType")
        .is_some_and(|kind| kind.value == "Literal")
}

/// Checks what is in an element of a vocabulary that has no tables here.
fn unknown_content(element: &Element, cx: &mut Context<'_>) {
    broken(element, cx);
    for child in element.elements() {
        if child.ns == Ns::None && cx.is_rss() {
            cx.report(
                &ELEMENT_NO_NAMESPACE,
                child.at,
                format!(
                    "`{}` stands in `{}` without a namespace",
                    child.qname, element.qname
                ),
            );
        }
        unknown_content(child, cx);
    }
}

/// Whether the tables here have all elements of a namespace.
fn has_tables(ns: Ns) -> bool {
    !matches!(
        ns,
        Ns::Known
            | Ns::Other
            | Ns::Xml
            | Ns::Svg
            | Ns::MathMl
            | Ns::DcTerms
            | Ns::Source
            | Ns::Gml
            | Ns::App
            | Ns::Wfw
            | Ns::Admin
            | Ns::Cc
            | Ns::CreativeCommons
            | Ns::Feedburner
            | Ns::OpenSearch
            | Ns::Access
            | Ns::Rdf
    )
}
