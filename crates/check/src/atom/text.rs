//! Checks texts and contents of Atom (RFC 4287, sections 3.1 and 4.1.3).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use feedwright_base::chars::is_space;
use feedwright_base::html::elements as html_names;

use super::super::context::Context;
use super::super::html;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{
    Attr, ELEMENT_BLANK, ELEMENT_TEXT, ELEMENT_UNKNOWN, Kind, Spot, TEXT_MARKUP, attributes,
    broken, shown,
};
use super::super::tree::{Element, Lines};
use super::super::value::{text, uri};
use super::link::filled_attribute;

rules! {
    TEXT_TYPE = Error "atom-text-type", "RFC 4287, section 3.1.1",
        "The type of a text is none of `text`, `html` and `xhtml`.",
        "write one of them";
    CONTENT_TYPE = Error "atom-content-type", "RFC 4287, section 4.1.3.1",
        "The type of content is neither `text`, `html` or `xhtml` nor a media type that one document can have.",
        "write one of them, or a media type such as `image/svg+xml`";
    CONTENT_TYPE_MISSING = Warning "atom-content-type-missing", "RFC 4287, section 4.1.3.2",
        "Content lies elsewhere, and its type is not said.",
        "add `type`";
    CONTENT_NOT_BASE64 = Error "atom-content-base64", "RFC 4287, section 4.1.3.3",
        "Content of a media type that is no text is not in Base64.",
        "encode it, or correct the type";
    XHTML_DIV = Error "atom-xhtml-div", "RFC 4287, sections 3.1.1.3 and 4.1.3.3",
        "A text of type `xhtml` is not one `div` of XHTML.",
        "put all of it into `<div xmlns=\"http://www.w3.org/1999/xhtml\">`";
    XHTML_NAMESPACE = Error "atom-xhtml-namespace", "RFC 4287, section 3.1.1.3",
        "Elements in a text of type `xhtml` are not in the namespace of XHTML.",
        "declare `xmlns=\"http://www.w3.org/1999/xhtml\"` on the `div`";
    XHTML_ESCAPED = Warning "atom-xhtml-escaped", "RFC 4287, section 3.1.1.3",
        "A text of type `xhtml` has escaped HTML in it. Readers show its tags.",
        "say `type=\"html\"`, or write the elements themselves";
    HTML_FRAGMENT = Warning "atom-html-fragment", "RFC 4287, section 4.1.3.1",
        "Content with the media type of HTML is not a whole document.",
        "say `type=\"html\"` or `type=\"xhtml\"`, which are for parts of documents";
}

/// What to do about HTML that is not escaped.
const RAW_HTML: &str = "say `type=\"html\"` and escape it: `&lt;em&gt;`, or put all of it into \
    `<![CDATA[…]]>`";

static TEXT: Kind = Kind::empty(
    "RFC 4287, section 3.1",
    &[Attr::optional("type", &[filled_attribute])],
);

static CONTENT: Kind = Kind::empty(
    "RFC 4287, section 4.1.3",
    &[
        Attr::optional("type", &[filled_attribute]),
        Attr::optional("src", &[uri::iri_reference]),
    ],
);

/// Whether content of a type is neither text nor XML.
pub(super) fn is_binary(kind: &str) -> bool {
    kind.contains('/') && !is_xml(kind) && !kind.to_ascii_lowercase().starts_with("text/")
}

fn is_xml(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.ends_with("+xml") || kind.ends_with("/xml")
}

/// Checks `title`, `summary` and the like.
pub(super) fn construct(element: &Element, cx: &mut Context<'_>) {
    attributes(element, &TEXT, cx);
    broken(element, cx);
    match element.attribute("type").unwrap_or("text") {
        "text" => plain(element, cx),
        "html" => escaped(element, cx),
        "xhtml" => xhtml(element, cx),
        "" => {}
        other => {
            cx.report(
                &TEXT_TYPE,
                element.at,
                format!("the type of `{}` is `{}`", element.qname, shown(other)),
            );
            if feedwright_base::media_type::is_media_type(other) {
                media(element, other, cx);
            }
        }
    }
    blank(element, cx);
}

/// Checks `content`.
pub(super) fn content(element: &Element, cx: &mut Context<'_>) {
    attributes(element, &CONTENT, cx);
    broken(element, cx);
    let kind = element.attribute("type");
    let has_source = element.attribute("src").is_some();
    if has_source {
        if kind.is_none() {
            let message = format!("`{}` lies elsewhere, and has no type", element.qname);
            cx.report(&CONTENT_TYPE_MISSING, element.at, message);
        }
        if !element.children.is_empty() && !element.text().trim().is_empty() {
            let message = format!("`{}` has `src`, and text besides", element.qname);
            cx.report_of(&ELEMENT_TEXT, CONTENT.section, element.at, message);
        }
        if let Some(child) = element.elements().next() {
            let message = format!(
                "`{}` has `src`, and `{}` besides",
                element.qname, child.qname
            );
            cx.report_of(&ELEMENT_UNKNOWN, CONTENT.section, child.at, message);
        }
    }
    let kind = kind.unwrap_or("text");
    let lower = kind.to_ascii_lowercase();
    let is_composite = lower.starts_with("multipart/") || lower.starts_with("message/");
    match kind {
        "text" | "html" | "xhtml" | "" if has_source => {
            if !kind.is_empty() && element.attribute("type").is_some() {
                let message = format!("the type of what lies elsewhere is `{kind}`");
                cx.report(&CONTENT_TYPE, element.at, message);
            }
        }
        "text" => plain(element, cx),
        "html" => escaped(element, cx),
        "xhtml" => xhtml(element, cx),
        "" => {}
        other if !feedwright_base::media_type::is_media_type(other) || is_composite => cx.report(
            &CONTENT_TYPE,
            element.at,
            format!("the type of `{}` is `{}`", element.qname, shown(other)),
        ),
        _ if has_source => {}
        _ => media(element, kind, cx),
    }
    if !has_source {
        blank(element, cx);
    }
}

/// Checks content of a media type.
fn media(element: &Element, kind: &str, cx: &mut Context<'_>) {
    let lower = kind.to_ascii_lowercase();
    if is_xml(kind) {
        let stray = element.texts().find(|text| !text.text.trim().is_empty());
        if let Some(stray) = stray.filter(|_| element.elements().next().is_some()) {
            let message = format!("text stands in `{}` beside a document", element.qname);
            cx.report_of(&ELEMENT_TEXT, CONTENT.section, stray.at, message);
        }
        if lower == "application/xhtml+xml"
            && let Some(child) = element.elements().find(|child| child.name() != "html")
        {
            let message = format!("the content is `{}`, and no whole document", child.qname);
            cx.report(&HTML_FRAGMENT, child.at, message);
        }
        return;
    }
    elements(element, cx);
    if lower.starts_with("text/html") {
        escaped(element, cx);
        if !element.text().to_ascii_lowercase().contains("<html") {
            let message = "the content is said to be a document of HTML, and is a part of one";
            cx.report(&HTML_FRAGMENT, element.at, message);
        }
    } else if lower.starts_with("text/") {
        let text = element.text();
        text::declared_plain(&spot(element, &text), cx);
    } else {
        let text = element.text();
        match decode_base64(&text) {
            None => cx.report(
                &CONTENT_NOT_BASE64,
                element.at,
                format!("`{}` is not in Base64", element.qname),
            ),
            Some(bytes) if lower.ends_with("/html") => {
                let html = String::from_utf8_lossy(&bytes);
                html::fragment(element, &html, Lines::none(element.at), cx);
            }
            Some(_) => {}
        }
    }
}

/// Decodes a text in Base64, which may have white space in it.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(text).ok()
}

fn spot<'a>(element: &'a Element, text: &'a str) -> Spot<'a> {
    Spot {
        element,
        attribute: None,
        text: text.trim_matches(is_space),
        at: element.at,
        section: TEXT.section,
    }
}

/// Reports elements in a text that must have none.
fn elements(element: &Element, cx: &mut Context<'_>) {
    let is_html = |child: &&Element| {
        matches!(child.ns, Ns::Atom | Ns::None | Ns::Xhtml)
            && html_names::is(child.name(), html_names::HTML)
    };
    if let Some(first) = element.elements().find(is_html) {
        let message = format!(
            "`{}` stands in the text of `{}`",
            first.qname, element.qname
        );
        cx.report_with(&TEXT_MARKUP, TEXT.section, first.at, message, RAW_HTML);
    }
    for child in element.elements().filter(|child| !is_html(child)) {
        cx.report_of(
            &ELEMENT_UNKNOWN,
            TEXT.section,
            child.at,
            format!(
                "`{}` cannot stand in `{}` of this type",
                child.qname, element.qname
            ),
        );
    }
}

fn plain(element: &Element, cx: &mut Context<'_>) {
    elements(element, cx);
    let text = element.text();
    text::declared_plain(&spot(element, &text), cx);
}

fn escaped(element: &Element, cx: &mut Context<'_>) {
    elements(element, cx);
    html::fragment(element, &element.text(), element.lines(), cx);
}

fn xhtml(element: &Element, cx: &mut Context<'_>) {
    let strays = element.texts().any(|text| !text.text.chars().all(is_space));
    let mut children = element.elements();
    let (first, second) = (children.next(), children.next());
    let is_div = first.is_some_and(|first| first.is(Ns::Xhtml, "div"));
    if !is_div || strays || second.is_some() {
        cx.report(
            &XHTML_DIV,
            element.at,
            format!("`{}` is not one `div` of XHTML", element.qname),
        );
    }
    let Some(first) = first else {
        if text::has_markup(&element.text()) {
            let message = format!("`{}` has escaped HTML in it", element.qname);
            cx.report(&XHTML_ESCAPED, element.at, message);
        }
        return;
    };
    if first.name() == "div" && first.ns != Ns::Xhtml {
        let message = format!("`{}` is not in the namespace of XHTML", first.qname);
        cx.report(&XHTML_NAMESPACE, first.at, message);
        return;
    }
    if is_div && first.elements().next().is_none() {
        let text = first.text();
        if text::has_markup(&text) {
            cx.report(
                &XHTML_ESCAPED,
                first.at,
                format!("`{}` has escaped HTML in it", element.qname),
            );
        }
    }
    within(first, cx);
}

/// Checks an element in XHTML, and those in it.
pub(crate) fn within(element: &Element, cx: &mut Context<'_>) {
    broken(element, cx);
    match element.ns {
        Ns::Xhtml | Ns::Svg | Ns::MathMl if cx.options.html => html::inline(element, cx),
        Ns::None => {
            let message = format!("`{}` is in no namespace", element.qname);
            cx.report(&XHTML_NAMESPACE, element.at, message);
        }
        Ns::Xhtml | Ns::Svg | Ns::MathMl | Ns::Other => {}
        // An element of a feed must not stand in a text.
        _ => cx.report_of(
            &ELEMENT_UNKNOWN,
            TEXT.section,
            element.at,
            format!("`{}` cannot stand in XHTML", element.qname),
        ),
    }
    for child in element.elements() {
        within(child, cx);
    }
}

fn blank(element: &Element, cx: &mut Context<'_>) {
    let is_blank = element.elements().next().is_none() && element.text().trim().is_empty();
    if is_blank {
        cx.report_of(
            &ELEMENT_BLANK,
            TEXT.section,
            element.at,
            format!("`{}` is empty", element.qname),
        );
    }
}
