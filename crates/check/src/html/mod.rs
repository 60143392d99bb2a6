//! The HTML inside of entries, parsed as browsers do it.

mod errors;
mod foreign;
mod style;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use feedwright_base::text::plural;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::context::{Context, Position, Vocabulary};
use super::names::Ns;
use super::rule::{Rule, rules};
use super::schema::{Spot, shown};
use super::tree::Element;
use super::value::text::HTML_TAGS;

rules! {
    HTML_BROKEN = Warning "html-broken", "HTML, section 13.2.2",
        "The HTML of an entry has an error that browsers mend, each reader in its own way.",
        "close what is open, quote attributes, and write `&amp;` for `&`";
    HTML_UNKNOWN = Warning "html-unknown", "HTML, section 4",
        "The HTML of an entry has an element that feeds do not carry: SVG, MathML, or one that HTML \
         itself does not define. Readers remove it.",
        "use an element of HTML, or an image";
    HTML_DANGEROUS = Warning "html-dangerous", "RFC 4287, section 8.1",
        "The HTML of an entry has an element that can run programs, load others' pages or change \
         the page around it. Readers remove it, or all of the entry.",
        "remove it; link to what it shows";
    HTML_HANDLER = Warning "html-handler", "RFC 4287, section 8.1",
        "The HTML of an entry has an attribute that runs a script, or that readers do not know.",
        "remove the attribute";
    HTML_SCRIPT_LINK = Warning "html-script-link", "RFC 4287, section 8.1",
        "A link in an entry runs a script.",
        "link to a page";
    HTML_STYLE = Warning "html-style", "RFC 4287, section 8.1",
        "A style in an entry can move, cover or load things, or is not known to be harmless. \
         Readers remove it.",
        "remove the style";
    HTML_RELATIVE = Warning "html-relative", "RSS Profile, section “Relative URLs”",
        "A link or an image in an entry has a relative address. RSS does not say to what, and \
         readers show it broken.",
        "write the whole address";
    HTML_RELATIVE_BASE = Note "html-relative-base", "RFC 4287, section 2",
        "A link or an image in an entry has a relative address, and no `xml:base` says to what.",
        "write the whole address";
    HTML_URL_CHARACTER = Warning "html-url-character", "RFC 3986, section 2",
        "An address in an entry has a character that no address has.",
        "percent-encode it: a blank is `%20`";
    HTML_TOO_DEEP = Warning "html-too-deep", "",
        "The HTML of an entry is nested so deep that readers give up on it.",
        "close the elements that are open";
}

/// Elements that can run programs, load others' pages, or change the page around an entry.
const DANGEROUS: &[&str] = &[
    "applet",
    "base",
    "basefont",
    "body",
    "comment",
    "embed",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "isindex",
    "link",
    "listing",
    "meta",
    "noframes",
    "object",
    "param",
    "plaintext",
    "script",
    "style",
    "title",
    "xmp",
];

/// Attributes that are addresses of what a reader follows or shows.
const LINKS: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("img", "src"),
    ("audio", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("source", "src"),
    ("track", "src"),
    ("blockquote", "cite"),
    ("q", "cite"),
    ("del", "cite"),
    ("ins", "cite"),
];

/// How many problems of one text are told.
const MOST: usize = 20;

/// Something wrong in a text.
struct Problem {
    rule: &'static Rule,
    line: u64,
    what: String,
}

/// Looks at a text that is HTML.
pub(super) fn html(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let element = spot.element;
    fragment(element, &element.text(), &|line| element.line_at(line), cx);
}

/// Looks at HTML that stands in an element, of which a function tells where its lines are, counted
/// from 0 and blank ones included.
pub(super) fn fragment(
    element: &Element,
    text: &str,
    place: &dyn Fn(u32) -> Position,
    cx: &mut Context<'_>,
) {
    let name = format!("`{}`", element.qname);
    look(&name, text, place, element.base.is_some(), cx);
}

/// Looks at HTML, of which a function tells where its lines are, counted from 0. Where problems have
/// no better place, they are put at the first one.
pub(super) fn look(
    name: &str,
    text: &str,
    place: &dyn Fn(u32) -> Position,
    has_base: bool,
    cx: &mut Context<'_>,
) {
    let at = place(0);
    if !cx.options.html || !text.contains(['<', '&']) {
        return;
    }
    if feedwright_base::html::nesting::is_excessive(text) {
        cx.report(
            &HTML_TOO_DEEP,
            at,
            format!("the HTML of {name} is nested too deep, or a tag has too many attributes"),
        );
        return;
    }
    let relative = match cx.vocabulary {
        Some(Vocabulary::Atom) if has_base => None,
        Some(Vocabulary::Atom) => Some(&HTML_RELATIVE_BASE),
        _ => Some(&HTML_RELATIVE),
    };
    let sink = parse(text, relative);
    let broken = sink.broken.get();
    let problems = sink.problems.into_inner();
    let left = sink.count.get().saturating_sub(MOST);
    let next = problems.get(MOST).map(|problem| problem.rule);
    for problem in problems.into_iter().take(MOST) {
        let line = u32::try_from(problem.line.saturating_sub(1)).unwrap_or(u32::MAX);
        let more = match broken {
            2.. if std::ptr::eq(problem.rule, &HTML_BROKEN) => {
                format!(", and {} more", plural(broken - 1, "error"))
            }
            _ => String::new(),
        };
        let message = format!("the HTML of {name} {}{more}", problem.what);
        report(problem.rule, place(line), message, cx);
    }
    if let Some(rule) = next {
        let message =
            format!("the HTML of {name} has {left} more problems, of this kind or others");
        report(rule, at, message, cx);
    }
}

/// What RSS says of addresses, JSON Feed has by another specification.
fn report(rule: &'static Rule, at: Position, message: String, cx: &mut Context<'_>) {
    let section = match cx.vocabulary {
        Some(Vocabulary::Json) if std::ptr::eq(rule, &HTML_RELATIVE) => {
            "JSON Feed 1.1, section “Items”"
        }
        _ => rule.section,
    };
    cx.report_with(rule, section, at, message, rule.help);
}

/// XHTML that stands in a feed as elements.
pub(super) fn inline(element: &Element, cx: &mut Context<'_>) {
    let report = |cx: &mut Context<'_>, rule: &'static Rule, what: String| {
        cx.report(rule, element.at, what);
    };
    let name = element.name();
    match element.ns {
        Ns::Xhtml if !HTML_TAGS.contains(&name) => {
            report(
                cx,
                &HTML_UNKNOWN,
                format!("`{}` is no element of HTML", element.qname),
            );
        }
        Ns::Xhtml if DANGEROUS.contains(&name) => {
            report(
                cx,
                &HTML_DANGEROUS,
                format!("`{}` is dangerous in a feed", element.qname),
            );
        }
        Ns::Svg if !foreign::SVG_ELEMENTS.contains(&name) => {
            report(
                cx,
                &HTML_DANGEROUS,
                format!("`{}` is not known to be harmless in SVG", element.qname),
            );
        }
        Ns::MathMl if !foreign::MATHML_ELEMENTS.contains(&name) => {
            report(
                cx,
                &HTML_DANGEROUS,
                format!("`{}` is not known to be harmless in MathML", element.qname),
            );
        }
        _ => {}
    }
    for attribute in &element.attributes {
        let (name, value) = (attribute.name(), attribute.value.as_str());
        if attribute.ns != Ns::None {
            continue;
        }
        let is_unknown = match element.ns {
            Ns::Svg => !foreign::SVG_ATTRIBUTES.contains(&name),
            Ns::MathMl => !foreign::MATHML_ATTRIBUTES.contains(&name),
            _ => name.starts_with("on"),
        };
        if is_unknown {
            report(
                cx,
                &HTML_HANDLER,
                format!("`{}` has the attribute `{name}`", element.qname),
            );
        } else if name == "style" {
            for bad in style::suspicious(value) {
                report(
                    cx,
                    &HTML_STYLE,
                    format!("`{}` has the style “{}”", element.qname, shown(&bad)),
                );
            }
        } else if matches!(name, "href" | "src") && is_script(value) {
            report(
                cx,
                &HTML_SCRIPT_LINK,
                format!("`{}` runs a script", element.qname),
            );
        }
    }
}

/// Whether HTML has links or images whose addresses are relative.
pub(super) fn has_relative(text: &str) -> bool {
    if !text.contains('<') || feedwright_base::html::nesting::is_excessive(text) {
        return false;
    }
    parse(text, Some(&HTML_RELATIVE)).is_relative.get()
}

/// What is found in HTML.
fn parse(text: &str, relative: Option<&'static Rule>) -> Sink {
    let sink = Sink {
        line: Cell::new(1),
        problems: RefCell::default(),
        count: Cell::new(0),
        is_relative: Cell::new(false),
        broken: Cell::new(0),
        relative,
    };
    let options = ParseOpts {
        // Exact errors of the tokenizer are about characters, which XML has been asked about, and
        // cost half of all time.
        tokenizer: TokenizerOpts {
            exact_errors: false,
            discard_bom: false,
            ..TokenizerOpts::default()
        },
        tree_builder: TreeBuilderOpts {
            exact_errors: true,
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(sink, options, context, Vec::new(), false).one(text)
}

/// Whether a link runs a script. Browsers skip control characters and blanks in schemes.
fn is_script(link: &str) -> bool {
    let scheme: String = link
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take_while(|c| *c != ':')
        .collect();
    matches!(
        scheme.to_ascii_lowercase().as_str(),
        "javascript" | "vbscript"
    ) && link.contains(':')
}

/// Looks at what a parser makes, and keeps nothing of it.
struct Sink {
    line: Cell<u64>,
    problems: RefCell<Vec<Problem>>,
    /// How many problems there are, with those that are not kept.
    count: Cell<usize>,
    is_relative: Cell<bool>,
    broken: Cell<usize>,
    relative: Option<&'static Rule>,
}

impl Sink {
    fn report(&self, rule: &'static Rule, what: String) {
        if std::ptr::eq(rule, &HTML_RELATIVE) {
            self.is_relative.set(true);
        }
        self.count.set(self.count.get() + 1);
        let mut problems = self.problems.borrow_mut();
        // One more than are told, to say of what kind the others are.
        if problems.len() > MOST {
            return;
        }
        problems.push(Problem {
            rule,
            line: self.line.get(),
            what,
        });
    }

    fn element(&self, name: &QualName, attributes: &[Attribute]) {
        let tag: &str = &name.local;
        if name.ns != ns!(html) && !matches!(tag, "svg" | "math") {
            // The outermost one has been told.
            return;
        }
        if name.ns != ns!(html) || !HTML_TAGS.contains(&tag) {
            self.report(&HTML_UNKNOWN, format!("has the element `{}`", shown(tag)));
            return;
        }
        if DANGEROUS.contains(&tag) {
            self.report(&HTML_DANGEROUS, format!("has the element `{tag}`"));
            return;
        }
        for attribute in attributes {
            let key: &str = &attribute.name.local;
            let value: &str = &attribute.value;
            if key.starts_with("on") {
                self.report(&HTML_HANDLER, format!("has the attribute `{}`", shown(key)));
            } else if key == "style" {
                for bad in style::suspicious(value) {
                    self.report(&HTML_STYLE, format!("has the style “{}”", shown(&bad)));
                }
            } else if LINKS.contains(&(tag, key)) {
                self.link(tag, key, value.trim());
            }
        }
    }

    fn link(&self, tag: &str, key: &str, link: &str) {
        if is_script(link) {
            self.report(
                &HTML_SCRIPT_LINK,
                format!("runs a script in `{key}` of `{tag}`"),
            );
            return;
        }
        let shown = shown(link);
        let stray = link.chars().find(|c| {
            c.is_ascii() && !c.is_ascii_alphanumeric() && !"-._~!$&'()*+,;=:@/?%#[]".contains(*c)
        });
        if let Some(c) = stray {
            let what = format!(
                "has U+{:04X} in `{key}` of `{tag}`: “{shown}”",
                u32::from(c)
            );
            self.report(&HTML_URL_CHARACTER, what);
            return;
        }
        let end = link.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-' | '.')));
        let is_absolute = end.is_some_and(|at| at > 0 && link[at..].starts_with(':'));
        if let Some(rule) = self.relative.filter(|_| !is_absolute) {
            self.report(
                rule,
                format!("has a relative address in `{key}` of `{tag}`: “{shown}”"),
            );
        }
    }
}

/// What the parser knows an element by.
struct Node {
    name: QualName,
    /// Whether MathML that it holds may hold HTML.
    takes_html: bool,
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        let count = self.broken.get() + 1;
        self.broken.set(count);
        if count == 1 {
            self.report(
                &HTML_BROKEN,
                format!("is broken: {}", errors::told(&message)),
            );
        }
    }

    fn get_document(&self) -> Rc<Node> {
        node(QualName::new(None, ns!(), local_name!("")), false)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Rc<Node> {
        // The parser makes an `html` element of its own to put the fragment in.
        if name.local != local_name!("html") {
            self.element(&name, &attributes);
        }
        node(name, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, text: StrTendril) -> Rc<Node> {
        // Old versions of Internet Explorer ran what it names.
        if text.starts_with("?import") {
            self.report(&HTML_DANGEROUS, "has `<?import`".to_owned());
        }
        self.get_document()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Rc<Node> {
        self.get_document()
    }

    fn append(&self, _parent: &Rc<Node>, _child: NodeOrText<Rc<Node>>) {}

    fn append_based_on_parent_node(
        &self,
        _element: &Rc<Node>,
        _previous: &Rc<Node>,
        _child: NodeOrText<Rc<Node>>,
    ) {
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, _sibling: &Rc<Node>, _new: NodeOrText<Rc<Node>>) {}

    fn add_attrs_if_missing(&self, _target: &Rc<Node>, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, _target: &Rc<Node>) {}

    fn reparent_children(&self, _node: &Rc<Node>, _new: &Rc<Node>) {}

    fn is_mathml_annotation_xml_integration_point(&self, node: &Rc<Node>) -> bool {
        node.takes_html
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }
}

fn node(name: QualName, takes_html: bool) -> Rc<Node> {
    Rc::new(Node { name, takes_html })
}
