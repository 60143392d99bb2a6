//! Checks the HTML in entries, parsed as browsers do it.

mod address;
mod errors;
mod foreign;
mod inline;
mod sink;
mod sound;
mod style;

use feedwright_base::text::plural;

use super::context::{Context, Vocabulary};
use super::report::Report;
use super::rule::{Rule, rules};
use super::schema::Spot;
use super::tree::{Element, Lines};

pub(super) use self::inline::inline;

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

/// How many problems of one text are reported.
const MOST: usize = 20;

/// Checks a text that is HTML.
pub(super) fn html(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let element = spot.element;
    fragment(element, &element.text(), element.lines(), cx);
}

/// Checks HTML that stands in an element.
pub(super) fn fragment(element: &Element, text: &str, lines: Lines, cx: &mut Context<'_>) {
    let name = format!("`{}`", element.qname);
    look(&name, text, lines, element.base.is_some(), cx);
}

/// Checks HTML, which messages call `name`. Problems without a line are at the first one.
pub(super) fn look(name: &str, text: &str, lines: Lines, has_base: bool, cx: &mut Context<'_>) {
    if !cx.options.html || memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return;
    }
    let html = Html {
        name: name.to_owned(),
        text: text.to_owned(),
        lines,
        relative: relative(has_base, cx),
        vocabulary: cx.vocabulary,
    };
    cx.later(text.len(), move || html.reports());
}

/// HTML with all that is needed to look at it later.
struct Html {
    name: String,
    text: String,
    lines: Lines,
    relative: Option<&'static Rule>,
    vocabulary: Option<Vocabulary>,
}

impl Html {
    fn reports(self) -> Vec<Report> {
        let name = &self.name;
        let Some(sink) = sink::look(&self.text, self.relative) else {
            let what = "is nested too deep, or a tag has too many attributes";
            return vec![self.report(&HTML_TOO_DEEP, 0, format!("the HTML of {name} {what}"))];
        };
        let broken = sink.broken.get();
        let problems = sink.problems.into_inner();
        let left = sink.count.get().saturating_sub(MOST);
        let next = problems.get(MOST).map(|problem| problem.rule);
        let mut reports = Vec::new();
        for problem in problems.into_iter().take(MOST) {
            let line = u32::try_from(problem.line.saturating_sub(1)).unwrap_or(u32::MAX);
            let more = match broken {
                2.. if std::ptr::eq(problem.rule, &HTML_BROKEN) => {
                    format!(", and {} more", plural(broken - 1, "error"))
                }
                _ => String::new(),
            };
            let message = format!("the HTML of {name} {}{more}", problem.what);
            reports.push(self.report(problem.rule, line, message));
        }
        if let Some(rule) = next {
            let message =
                format!("the HTML of {name} has {left} more problems, of this kind or others");
            reports.push(self.report(rule, 0, message));
        }
        reports
    }

    /// A problem on a line, counted from 0. JSON Feed has rules of RSS from another section.
    fn report(&self, rule: &'static Rule, line: u32, message: String) -> Report {
        let section = match self.vocabulary {
            Some(Vocabulary::Json) if std::ptr::eq(rule, &HTML_RELATIVE) => {
                "JSON Feed 1.1, section “Items”"
            }
            _ => rule.section,
        };
        let at = self.lines.place(line, &self.text);
        Report::new(rule, section, at, message)
    }
}

/// The rule that relative addresses break, if they break one.
fn relative(has_base: bool, cx: &Context<'_>) -> Option<&'static Rule> {
    match cx.vocabulary {
        Some(Vocabulary::Atom) if has_base => None,
        Some(Vocabulary::Atom) => Some(&HTML_RELATIVE_BASE),
        _ => Some(&HTML_RELATIVE),
    }
}

/// Whether HTML has links or images whose addresses are relative.
pub(super) fn has_relative(text: &str) -> bool {
    text.contains('<')
        && sink::look(text, Some(&HTML_RELATIVE)).is_some_and(|sink| sink.is_relative.get())
}
