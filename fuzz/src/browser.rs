//! HTML as a browser reads it.

use ego_tree::NodeRef;
use scraper::{Html, Node};
use url::Url;

use crate::bodies::is_forbidden;

/// Elements that run something, load something, or end what is around them.
const BAD: &[&str] = &[
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "link",
    "meta",
    "base",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "svg",
    "math",
    "template",
    "noscript",
    "noembed",
    "noframes",
    "plaintext",
    "xmp",
    "title",
    "portal",
    "marquee",
];

/// Attributes whose value is an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "poster",
    "cite",
    "action",
    "background",
    "data",
];

/// Attributes that none of those above is, and which do no harm.
const ATTRIBUTES: &[&str] = &[
    "title", "lang", "dir", "id", "style", "hreflang", "name", "controls", "class", "span",
    "value", "datetime", "open", "srcset", "sizes", "alt", "width", "height", "start", "reversed",
    "type", "media", "colspan", "rowspan", "headers", "scope", "kind", "srclang", "label",
];

/// Schemes that no browser runs.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "news", "irc", "ircs", "sip", "sips",
    "xmpp", "webcal",
];

/// Asserts that nothing in HTML can run, that every address is absolute, and that it means the same
/// when it is read and written again.
pub fn is_safe(html: &str) {
    assert!(!html.contains(is_forbidden), "{html:?}");
    let tree = Html::parse_fragment(html);
    for node in tree.tree.nodes() {
        match node.value() {
            Node::Comment(comment) => panic!("a comment is left: {comment:?} in {html}"),
            Node::ProcessingInstruction(_) => panic!("an instruction is left: {html}"),
            Node::Element(element) => {
                let name = element.name();
                assert!(!BAD.contains(&name), "<{name}> in {html}");
                for (attribute, value) in element.attrs() {
                    is_harmless(attribute, value, html);
                }
            }
            _ => {}
        }
    }
    let again = Html::parse_fragment(&with_first_lines(&tree.html()));
    let (one, other) = (shown(tree.tree.root()), shown(again.tree.root()));
    assert_eq!(
        one, other,
        "it is another tree when it is written and read: {html}"
    );
}

/// HTML as it is written, with one more line end where `pre` begins with one: those who read drop it,
/// and the writer knows nothing of that.
fn with_first_lines(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split("<pre").enumerate() {
        if at > 0 {
            out.push_str("<pre");
        }
        match part
            .split_once(">\n")
            .filter(|(tag, _)| at > 0 && !tag.contains('>'))
        {
            Some((tag, rest)) => out.push_str(&format!("{tag}>\n\n{rest}")),
            None => out.push_str(part),
        }
    }
    out
}

fn is_harmless(name: &str, value: &str, html: &str) {
    let is_address = ADDRESSES.contains(&name);
    let is_known = is_address || ATTRIBUTES.contains(&name);
    assert!(is_known, "the attribute {name} in {html}");
    if is_address {
        is_absolute(value, html);
    }
    if name == "srcset" {
        for candidate in value.split(", ") {
            is_absolute(candidate.split(' ').next().unwrap_or_default(), html);
        }
    }
    if name == "style" {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | ';' | '#');
        assert!(value.chars().all(is_plain), "style={value:?} in {html}");
    }
}

fn is_absolute(address: &str, html: &str) {
    let url = Url::parse(address);
    let url = url.unwrap_or_else(|error| panic!("{address:?}, {error}, in {html}"));
    let is_known = SCHEMES.contains(&url.scheme());
    assert!(is_known, "{address:?} in {html}");
    // A browser takes blanks and line ends away from an address before it reads it.
    assert!(
        !address.contains(char::is_whitespace),
        "{address:?} in {html}"
    );
}

/// A tree in one text, a line for each node, with neighbouring texts as one.
fn shown(root: NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    let mut todo = vec![(root, 0_usize)];
    let mut in_text = false;
    while let Some((node, depth)) = todo.pop() {
        let is_text = matches!(node.value(), Node::Text(_));
        if in_text && !is_text {
            out.push_str("\"\n");
        }
        match node.value() {
            Node::Text(text) => {
                if !in_text {
                    out.push_str(&format!("{depth} \""));
                }
                out.push_str(&text.text);
            }
            Node::Element(element) => {
                let mut attributes: Vec<(&str, &str)> = element.attrs().collect();
                attributes.sort_unstable();
                out.push_str(&format!("{depth} <{}> {attributes:?}\n", element.name()));
            }
            _ => {}
        }
        in_text = is_text;
        let children: Vec<_> = node.children().collect();
        todo.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    out
}
