//! Vocabularies as tables: which elements and attributes may stand where, and what their texts
//! must be. One walk looks at an element with all that is in it.

use feedwright_base::chars;
use feedwright_base::chars::is_space;
use feedwright_base::diagnostic::Severity;

use super::context::{Context, Vocabulary};
use super::names::Ns;
use super::rule::{Rule, rules};

pub(super) use super::spot::{Spot, Value, shown};
use super::tree::Element;

rules! {
    ELEMENT_UNKNOWN = Error "element-unknown", "",
        "An element stands where its vocabulary has none of that name.",
        "check its spelling and its place, or put it into a namespace of its own";
    ELEMENT_DUPLICATE = Error "element-duplicate", "",
        "An element stands more often than once. Which one counts differs between readers.",
        "leave one of them";
    ELEMENT_MISSING = Error "element-missing", "",
        "An element is missing that has to be there.",
        "add it";
    ELEMENT_RECOMMENDED = Warning "element-recommended", "",
        "An element is missing that should be there.",
        "add it";
    ELEMENT_TEXT = Error "element-text", "",
        "Text stands where only elements may.",
        "remove the text, or put it into an element";
    ELEMENT_BLANK = Warning "element-blank", "",
        "An element is empty that is there to say something.",
        "fill it, or leave it out";
    ELEMENT_PLACE = Warning "element-place", "",
        "An element of a known extension stands where the extension does not have it. Few programs \
         look for it there.",
        "put it into the feed or the entry itself";
    TEXT_MARKUP = Error "text-markup", "RSS 2.0, section “Extending RSS”",
        "HTML stands in a text as elements, which RSS takes for elements of its own. Readers show \
         nothing of them.",
        "escape it: `&lt;em&gt;`, or put all of it into `<![CDATA[…]]>`";
    ELEMENT_NO_NAMESPACE = Error "element-no-namespace", "RSS 2.0, section “Extending RSS”",
        "An element without a namespace stands in an extension of RSS.",
        "put it into the namespace of the extension";
    ELEMENT_VOCABULARY = Warning "element-vocabulary", "RFC 4287, section 6.2",
        "An element without a namespace stands in a feed whose own elements have one.",
        "put it into a namespace";
    XHTML_MISPLACED = Warning "xhtml-misplaced", "RFC 4287, section 3.1.1.3",
        "XHTML stands outside of an element that takes it.",
        "put it into `content` or `summary` with `type=\"xhtml\"`";
    ATTRIBUTE_UNKNOWN = Error "attribute-unknown", "",
        "An element has an attribute that its vocabulary does not know.",
        "check its spelling, or remove it";
    ATTRIBUTE_EXTENSION = Warning "attribute-extension", "RSS 2.0, section “Extending RSS”",
        "RSS lets other vocabularies add elements, and says nothing of attributes.",
        "use an element";
    ATTRIBUTE_MISSING = Error "attribute-missing", "",
        "An element lacks an attribute that it has to have.",
        "add it";
    WHITESPACE = Error "whitespace", "RFC 4287, section 2",
        "White space stands around a value that has to be exact. Readers compare it as it is.",
        "write the value without line breaks and blanks around it";
    CHARACTERS_BROKEN = Warning "characters-broken", "XML 1.0, section 2.2",
        "Characters show that a text was read in a wrong encoding on its way into the feed.",
        "find the program that mistakes Windows-1252 or ISO 8859-1 for UTF-8, or the other way round";
}

/// Elements that may stand in another one, by namespace.
pub(super) type Table = &'static [(Ns, &'static [Child])];

/// What may be in a kind of element.
pub(super) struct Kind {
    /// Where it is specified.
    pub(super) section: &'static str,
    pub(super) text: Content,
    pub(super) attributes: &'static [Attr],
    /// Tables of elements: several where extensions add to a vocabulary.
    pub(super) children: &'static [Table],
    /// What has to be there.
    pub(super) needs: &'static [Need],
    /// What a table cannot say.
    pub(super) rules: &'static [Check],
}

impl Kind {
    /// An element that may hold anything, which is not looked at.
    pub(super) const ANYTHING: Kind = Kind {
        section: "",
        text: Content::Anything,
        attributes: &[],
        children: &[],
        needs: &[],
        rules: &[],
    };

    /// An element that holds text and nothing else.
    pub(super) const fn text(section: &'static str, values: &'static [Value]) -> Kind {
        Kind {
            section,
            text: Content::Text(values),
            attributes: &[],
            children: &[],
            needs: &[],
            rules: &[],
        }
    }

    /// An element that holds elements.
    pub(super) const fn elements(section: &'static str, children: &'static [Table]) -> Kind {
        Kind {
            section,
            text: Content::Elements,
            attributes: &[],
            children,
            needs: &[],
            rules: &[],
        }
    }

    /// An empty element with attributes.
    pub(super) const fn empty(section: &'static str, attributes: &'static [Attr]) -> Kind {
        Kind {
            section,
            text: Content::Elements,
            attributes,
            children: &[],
            needs: &[],
            rules: &[],
        }
    }

    /// The same with attributes.
    pub(super) const fn with(self, attributes: &'static [Attr]) -> Kind {
        Kind { attributes, ..self }
    }

    /// The same with elements that have to be there.
    pub(super) const fn needing(self, needs: &'static [Need]) -> Kind {
        Kind { needs, ..self }
    }

    /// The same with rules that tables cannot say.
    pub(super) const fn ruled(self, rules: &'static [Check]) -> Kind {
        Kind { rules, ..self }
    }

    fn child(&self, ns: Ns, name: &str) -> Option<&'static Child> {
        let tables = self.children.iter().flat_map(|table| table.iter());
        tables
            .filter(|(of, _)| *of == ns)
            .flat_map(|(_, children)| *children)
            .find(|child| child.name == name)
    }

    fn knows(&self, ns: Ns) -> bool {
        self.children
            .iter()
            .any(|table| table.iter().any(|(of, _)| *of == ns))
    }
}

/// What stands between the tags of an element.
pub(super) enum Content {
    /// Elements; no text.
    Elements,
    /// Text; no elements.
    Text(&'static [Value]),
    /// Whatever its rules say.
    Anything,
}

/// A rule about an element as a whole.
pub(super) type Check = fn(&Element, &mut Context<'_>);

/// An attribute that an element may have.
pub(super) struct Attr {
    pub(super) ns: Ns,
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    pub(super) values: &'static [Value],
}

impl Attr {
    pub(super) const fn required(name: &'static str, values: &'static [Value]) -> Attr {
        Attr {
            ns: Ns::None,
            name,
            is_required: true,
            values,
        }
    }

    pub(super) const fn optional(name: &'static str, values: &'static [Value]) -> Attr {
        Attr {
            is_required: false,
            ..Attr::required(name, values)
        }
    }

    /// The same in a namespace.
    pub(super) const fn of(self, ns: Ns) -> Attr {
        Attr { ns, ..self }
    }
}

/// An element that may stand in another one.
pub(super) struct Child {
    pub(super) name: &'static str,
    /// How it is reported that it stands there twice; `None` where it may.
    pub(super) once: Option<&'static Rule>,
    pub(super) kind: &'static Kind,
}

impl Child {
    pub(super) const fn once(name: &'static str, kind: &'static Kind) -> Child {
        Child {
            name,
            once: Some(&ELEMENT_DUPLICATE),
            kind,
        }
    }

    pub(super) const fn many(name: &'static str, kind: &'static Kind) -> Child {
        Child {
            name,
            once: None,
            kind,
        }
    }
}

/// An element that has to be there.
pub(super) struct Need {
    pub(super) ns: Ns,
    pub(super) name: &'static str,
    pub(super) rule: &'static Rule,
}

impl Need {
    pub(super) const fn required(name: &'static str) -> Need {
        Need {
            ns: Ns::None,
            name,
            rule: &ELEMENT_MISSING,
        }
    }

    pub(super) const fn recommended(name: &'static str) -> Need {
        Need {
            rule: &ELEMENT_RECOMMENDED,
            ..Need::required(name)
        }
    }

    /// The same in a namespace.
    pub(super) const fn of(self, ns: Ns) -> Need {
        Need { ns, ..self }
    }
}

/// Looks at an element and all that is in it.
pub(super) fn walk(element: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
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

/// Says that an element is missing.
pub(super) fn missing(element: &Element, need: &Need, section: &'static str, cx: &mut Context<'_>) {
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

/// An element that a table does not have.
fn foreign(child: &Element, parent: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
    let is_text = matches!(kind.text, Content::Text(_));
    let is_rdf = cx.vocabulary == Some(Vocabulary::Rdf);
    let is_nowhere = !is_text && !kind.knows(child.ns);
    let rule = match child.ns {
        Ns::Xhtml => &XHTML_MISPLACED,
        // That was told of the text as a whole.
        Ns::None if cx.is_rss() && is_text => return,
        Ns::None if cx.is_rss() && parent.ns != Ns::None => &ELEMENT_NO_NAMESPACE,
        Ns::None if !cx.is_rss() && !is_rdf && !kind.knows(Ns::None) => &ELEMENT_VOCABULARY,
        ns if is_nowhere && (cx.is_anywhere)(ns, child.name()) => &ELEMENT_PLACE,
        // On RDF, what describes somebody may stand in the place of a name.
        Ns::Known | Ns::Other | Ns::Rdf if is_rdf => return,
        _ if is_literal(parent) => return,
        ns if is_modeled(ns) || is_text => &ELEMENT_UNKNOWN,
        _ => return eaten(child, cx),
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

/// The name that somebody may have meant.
fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // A name from a stranger may be long, and the comparison is costly.
    if !(3..=40).contains(&name.len()) {
        return None;
    }
    feedwright_base::text::nearest(name, known, |distance, known| {
        distance <= 2 && distance < known.len() / 2
    })
}

/// Whether RDF takes what is in an element as it is.
fn is_literal(element: &Element) -> bool {
    element
        .attribute_of(Ns::Rdf, "parseType")
        .is_some_and(|kind| kind.value == "Literal")
}

/// What is in an element of a vocabulary that is not looked into.
fn eaten(element: &Element, cx: &mut Context<'_>) {
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
        eaten(child, cx);
    }
}

/// Whether all that may stand in feeds of a namespace is in tables here.
fn is_modeled(ns: Ns) -> bool {
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
            | Ns::Rdf
    )
}

/// Looks at the attributes of an element.
pub(super) fn attributes(element: &Element, kind: &'static Kind, cx: &mut Context<'_>) {
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
        if let Some(known) = known {
            spot.hold(known.values, cx);
            continue;
        }
        match attribute.ns {
            Ns::Xml if matches!(attribute.name(), "base" | "lang" | "space" | "id") => {
                super::value::xml_attribute(&spot, cx);
            }
            Ns::Other | Ns::Known
                if cx.is_rss() && element.ns == Ns::None && !cx.takes_attributes =>
            {
                cx.report(
                    &ATTRIBUTE_EXTENSION,
                    attribute.at,
                    format!(
                        "`{}` has the attribute `{}`",
                        element.qname, attribute.qname
                    ),
                )
            }
            // Atom allows attributes of any other vocabulary (RFC 4287, section 2).
            Ns::Other | Ns::Known => {}
            ns if ns != Ns::None && element.ns == Ns::Atom => {}
            _ if matches!(element.ns, Ns::Other | Ns::Known) => {}
            _ => cx.report_of(&ATTRIBUTE_UNKNOWN, kind.section, attribute.at, {
                let mut message = format!(
                    "`{}` cannot have the attribute `{}`",
                    element.qname, attribute.qname
                );
                let names = kind.attributes.iter().map(|known| known.name);
                if let Some(near) = nearest(attribute.name(), names) {
                    message.push_str(&format!("; it can have `{near}`"));
                }
                message
            }),
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

/// Texts of a wrong encoding.
pub(super) fn broken(element: &Element, cx: &mut Context<'_>) {
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

/// A value that has to be exact.
pub(super) fn exact(spot: &Spot<'_>, cx: &mut Context<'_>) {
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

/// A value that has to say something.
pub(super) fn filled(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.is_empty() {
        spot.report(cx, &ELEMENT_BLANK, format!("{spot} is empty"));
    }
}
