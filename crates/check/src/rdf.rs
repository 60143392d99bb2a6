//! Checks RSS 0.90 and 1.0, and the RDF that they are written in.

use std::io::Read;

use super::atom;
use super::context::{Context, Position};
use super::extension::{self, content, dublin_core};
use super::html;
use super::names::Ns;
use super::rule::rules;
use super::schema::{Attr, Child, Kind, Need, Table, filled, shown, walk};
use super::stream::{Seen, stream};
use super::tree::{Element, Node};
use super::value::{text, uri};
use super::xml::Xml;

rules! {
    ABOUT_DUPLICATE = Error "rdf-about-duplicate", "RSS 1.0, section 5.5",
        "Two elements have the same `rdf:about`.",
        "give each its own address";
    ABOUT_MISSING = Error "rdf-about-missing", "RSS 1.0, section 5",
        "An element lacks `rdf:about`.",
        "add `rdf:about` with the address of what it describes";
    SYNTAX = Error "rdf-syntax", "RDF/XML Syntax Specification, section 7",
        "The feed is no RDF/XML.",
        "put text and elements into different elements, or say `rdf:parseType=\"Literal\"`";
}

const SECTION: &str = "RSS 1.0, section 5";

const ABOUT: &[Attr] = &[
    Attr::optional("about", &[uri::reference]).of(Ns::Rdf),
    Attr::optional("resource", &[uri::reference]).of(Ns::Rdf),
    Attr::optional("parseType", &[]).of(Ns::Rdf),
    Attr::optional("ID", &[]).of(Ns::Rdf),
];

static PLAIN: Kind = Kind::text(SECTION, &[filled, text::plain]).with(ABOUT);
static LINK: Kind = Kind::text(SECTION, &[uri::absolute]).with(ABOUT);
static DESCRIPTION: Kind = Kind::text(SECTION, &[text::plain]).with(ABOUT);
static HTML: Kind = Kind::text(SECTION, &[html::html]).with(ABOUT);
static POINTER: Kind = Kind::ANYTHING;
static ITEMS: Kind = Kind::elements(
    SECTION,
    &[&[(
        Ns::Rdf,
        &[Child::once("Seq", &LIST), Child::once("Bag", &LIST)],
    )]],
)
.with(ABOUT);
static LIST: Kind =
    Kind::elements(SECTION, &[&[(Ns::Rdf, &[Child::many("li", &PLACE)])]]).with(ABOUT);
/// Before RDF had a namespace for its attributes, they were written without a prefix.
static PLACE: Kind = Kind::text(SECTION, &[]).with(&[
    Attr::optional("resource", &[uri::reference]).of(Ns::Rdf),
    Attr::optional("resource", &[uri::reference]),
]);

/// Tables for each of the namespaces that these versions have.
macro_rules! tables {
    ($children:ident) => {
        &[(Ns::Rss1, $children), (Ns::Rss11, $children)]
    };
}

static CHANNEL_CHILDREN: &[Child] = &[
    Child::once("title", &PLAIN),
    Child::once("link", &LINK),
    Child::once("description", &DESCRIPTION),
    Child::once("image", &POINTER),
    Child::once("items", &ITEMS),
    Child::once("textinput", &POINTER),
];

static ITEM_CHILDREN: &[Child] = &[
    Child::once("title", &PLAIN),
    Child::once("link", &LINK),
    Child::once("description", &HTML),
];

static IMAGE_CHILDREN: &[Child] = &[
    Child::once("title", &PLAIN),
    Child::once("link", &LINK),
    Child::once("url", &LINK),
];

static FORM_CHILDREN: &[Child] = &[
    Child::once("title", &PLAIN),
    Child::once("link", &LINK),
    Child::once("description", &DESCRIPTION),
    Child::once("name", &PLAIN),
];

static ROOT_CHILDREN: &[Child] = &[
    Child::once("channel", &CHANNEL),
    Child::many("image", &IMAGE),
    Child::many("textinput", &FORM),
];

static CHANNEL: Kind = Kind::elements(
    SECTION,
    &[
        tables!(CHANNEL_CHILDREN),
        &[
            (Ns::Atom, atom::IN_CHANNEL),
            (Ns::Rdf, LABELS),
            (Ns::Xhtml, &[Child::many("meta", &extension::robots::META)]),
        ],
        extension::FEED,
    ],
)
.with(ABOUT)
.needing(&[
    Need::required("title").of(Ns::Rss1),
    Need::required("link").of(Ns::Rss1),
    Need::required("description").of(Ns::Rss1),
])
.ruled(&[dublin_core::channel]);

static ITEM: Kind = Kind::elements(
    SECTION,
    &[
        tables!(ITEM_CHILDREN),
        &[
            (Ns::Atom, atom::IN_ITEM),
            (Ns::Content, content::ITEM),
            (Ns::Rdf, LABELS),
            (
                Ns::Xhtml,
                &[
                    Child::once("body", &Kind::ANYTHING),
                    Child::many("div", &Kind::ANYTHING),
                ],
            ),
        ],
        extension::ENTRY,
    ],
)
.with(ABOUT)
.needing(&[
    Need::required("title").of(Ns::Rss1),
    Need::required("link").of(Ns::Rss1),
])
.ruled(&[dublin_core::item]);

static IMAGE: Kind = Kind::elements(SECTION, &[tables!(IMAGE_CHILDREN), ANYWHERE])
    .with(ABOUT)
    .needing(&[
        Need::required("title").of(Ns::Rss1),
        Need::required("link").of(Ns::Rss1),
        Need::required("url").of(Ns::Rss1),
    ]);

static FORM: Kind = Kind::elements(SECTION, &[tables!(FORM_CHILDREN), ANYWHERE])
    .with(ABOUT)
    .needing(&[
        Need::required("title").of(Ns::Rss1),
        Need::required("link").of(Ns::Rss1),
        Need::required("description").of(Ns::Rss1),
        Need::required("name").of(Ns::Rss1),
    ]);

static ROOT: Kind = Kind::elements(SECTION, &[tables!(ROOT_CHILDREN)])
    .with(ABOUT)
    .needing(&[Need::required("channel").of(Ns::Rss1)]);

static LABELS: &[Child] = &[
    Child::many("type", &Kind::ANYTHING),
    Child::many("Description", &Kind::ANYTHING),
    Child::many("value", &Kind::ANYTHING),
];

static ANYWHERE: Table = &[
    (Ns::Dc, dublin_core::ELEMENTS),
    (Ns::DcTerms, dublin_core::TERMS),
];

/// Checks a feed from its outermost element on.
pub(super) fn rdf<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let is_item = |element: &Element| matches!(element.ns, Ns::Rss1) && element.name() == "item";
    let mut abouts = Seen::default();
    let (rdf, is_whole) = stream(xml, root, None, &is_item, cx, &mut |item, _, cx| {
        walk(&item, &ITEM, cx);
        description(&item, cx);
        if let Some(about) = item.attribute_of(Ns::Rdf, "about") {
            if !abouts.is_new(&about.value) {
                duplicate(&about.value, about.at, cx);
            }
        } else if !cx.is_rss090 {
            cx.report(&ABOUT_MISSING, item.at, "the item has no `rdf:about`");
        }
    });
    if !is_whole {
        return;
    }
    walk(&rdf, &ROOT, cx);
    for element in rdf.elements() {
        description(element, cx);
    }
    let channel = rdf.child(Ns::Rss1, "channel");
    let mut others = Seen::default();
    for element in rdf.elements() {
        let Some(about) = element.attribute_of(Ns::Rdf, "about") else {
            if element.ns == Ns::Rss1 && !cx.is_rss090 {
                let message = format!("`{}` has no `rdf:about`", element.qname);
                cx.report(&ABOUT_MISSING, element.at, message);
            }
            continue;
        };
        if !others.is_new(&about.value) || abouts.has(&about.value) {
            duplicate(&about.value, about.at, cx);
        }
    }
    let has_items = channel.is_none_or(|channel| channel.child(Ns::Rss1, "items").is_some());
    if let Some(channel) = channel.filter(|_| !has_items && !cx.is_rss090) {
        let need = Need::required("items").of(Ns::Rss1);
        super::schema::missing(channel, &need, SECTION, cx);
    }
}

fn duplicate(about: &str, at: Position, cx: &mut Context<'_>) {
    let message = format!("`rdf:about` “{}” stands twice", shown(about));
    cx.report(&ABOUT_DUPLICATE, at, message);
}

/// Checks a description of a resource: elements are its properties, and text is not allowed.
fn description(element: &Element, cx: &mut Context<'_>) {
    for child in element.elements() {
        property(child, cx);
    }
}

/// Checks a property: a text, one resource, or several with `rdf:parseType` (RDF/XML, section
/// 7.2.14).
fn property(element: &Element, cx: &mut Context<'_>) {
    let kind = element.attribute_of(Ns::Rdf, "parseType");
    match kind.map(|kind| kind.value.as_str()) {
        Some("Literal") => return,
        Some("Resource") => return description(element, cx),
        Some("Collection") => {}
        _ => {
            let has_text = element.texts().any(|text| !text.text.trim().is_empty());
            let count = element.elements().count();
            if count > 1 || (has_text && count > 0) {
                let message = format!(
                    "`{}` has more in it than a text or one element",
                    element.qname
                );
                cx.report(&SYNTAX, element.at, message);
            }
        }
    }
    for child in element.elements() {
        if child.attributes.is_empty()
            && child
                .children
                .iter()
                .all(|node| matches!(node, Node::Text(_)))
            && child.texts().any(|text| !text.text.trim().is_empty())
        {
            let message = format!("`{}` describes something, and is a text", child.qname);
            cx.report(&SYNTAX, child.at, message);
        }
        description(child, cx);
    }
}
