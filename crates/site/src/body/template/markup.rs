//! What tags become: links, pictures and code, in Markdown or, where a tag stands in HTML, in HTML.

use feedwright_base::slice::Slice;
use html_escape::{encode_double_quoted_attribute, encode_text};

use super::output::Output;

/// What the text around a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::body) enum Markup {
    Markdown,
    Html,
}

impl Markup {
    pub(super) fn image(self, source: &str, alt: &str, title: &str) -> String {
        match self {
            Markup::Markdown if title.is_empty() => {
                format!("![{}]({})", text(alt), destination(source))
            }
            Markup::Markdown => {
                let title = line(title).replace('\\', "\\\\").replace('"', "\\\"");
                format!("![{}]({} \"{title}\")", text(alt), destination(source))
            }
            Markup::Html => image_element(source, alt, title),
        }
    }

    pub(super) fn link(self, url: &str, label: &str) -> String {
        match self {
            Markup::Markdown => format!("[{}]({})", text(label), destination(url)),
            Markup::Html => link_element(url, &encode_text(label)),
        }
    }

    /// A block of code with the name of its language.
    pub(super) fn code(self, out: &mut Output, language: &str, code: &str) {
        match self {
            Markup::Markdown => fence(out, language, code),
            Markup::Html => {
                let class = if language.is_empty() {
                    String::new()
                } else {
                    let language = encode_double_quoted_attribute(language);
                    format!(" class=\"language-{language}\"")
                };
                out.push(&format!(
                    "<pre><code{class}>{}</code></pre>",
                    encode_text(code)
                ));
            }
        }
    }

    /// Words of an author on one line, such as a caption, which may be Markdown or HTML.
    pub(super) fn words(self, words: &str) -> String {
        if self == Markup::Markdown && has_marks(words) {
            line(words)
        } else {
            self.verbatim(words)
        }
    }

    /// A text that is shown as it is, whatever signs it has.
    pub(super) fn verbatim(self, shown: &str) -> String {
        match self {
            Markup::Markdown => text(shown),
            Markup::Html => encode_text(shown).into_owned(),
        }
    }
}

/// Whether a text has signs that mean something to Markdown.
fn has_marks(text: &str) -> bool {
    text.contains(['*', '_', '[', '`', '<'])
}

fn image_element(source: &str, alt: &str, title: &str) -> String {
    let mut element = format!(
        "<img src=\"{}\" alt=\"{}\"",
        encode_double_quoted_attribute(&line(source)),
        encode_double_quoted_attribute(&line(alt))
    );
    if !title.is_empty() {
        let title = line(title);
        element.push_str(&format!(
            " title=\"{}\"",
            encode_double_quoted_attribute(&title)
        ));
    }
    element + ">"
}

fn link_element(url: &str, content: &str) -> String {
    format!(
        "<a href=\"{}\">{content}</a>",
        encode_double_quoted_attribute(&line(url))
    )
}

/// The parts of a picture with a caption; those that are missing are empty.
#[derive(Debug, Default)]
pub(super) struct Figure<'a> {
    pub(super) source: &'a str,
    pub(super) alt: &'a str,
    pub(super) link: &'a str,
    pub(super) title: &'a str,
    /// Markdown.
    pub(super) caption: &'a str,
    pub(super) credit: &'a str,
    pub(super) credit_link: &'a str,
}

impl Figure<'_> {
    /// Writes it as HTML. The caption stands between blank lines where it may be Markdown.
    pub(super) fn write(&self, out: &mut Output, markup: Markup) {
        let alt = if self.alt.is_empty() {
            self.caption
        } else {
            self.alt
        };
        let image = image_element(self.source, alt, "");
        let image = if self.link.is_empty() {
            image
        } else {
            link_element(self.link, &image)
        };
        let mut caption = String::new();
        if !self.title.is_empty() {
            caption.push_str(&format!("<h4>{}</h4>", encode_text(&line(self.title))));
        }
        let text = line(self.caption);
        let is_markdown = markup == Markup::Markdown && has_marks(&text);
        if is_markdown {
            caption.push_str(&format!("\n\n{text}\n\n"));
        } else {
            caption.push_str(&encode_text(&text));
        }
        if !self.credit.is_empty() {
            let credit = encode_text(self.credit).into_owned();
            let credit = if self.credit_link.is_empty() {
                credit
            } else {
                link_element(self.credit_link, &credit)
            };
            let blank = if text.is_empty() || is_markdown {
                ""
            } else {
                " "
            };
            caption.push_str(&format!("{blank}{credit}"));
        }
        let caption = if caption.is_empty() {
            caption
        } else {
            format!("<figcaption>{caption}</figcaption>")
        };
        out.block(&format!("<figure>{image}{caption}</figure>"));
    }
}

/// A fenced code block. A fence begins a line, or it is no fence; in a list it is indented like
/// the tag.
fn fence(out: &mut Output, language: &str, code: &str) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let line = out.text.rfind('\n').map_or(0, |at| at + 1);
    let indent = out.text.slice(line..).to_owned();
    let indent = if indent.trim().is_empty() {
        indent
    } else {
        out.push("\n");
        String::new()
    };
    let code = code.trim_matches(['\n', '\r']).trim_end();
    out.push(&format!("{fence}{language}\n{code}\n{indent}{fence}\n"));
}

/// A language name that may stand behind a fence or in a class; empty if it is none.
pub(super) fn language(name: &str) -> &str {
    let usual = |c: char| c.is_ascii_alphanumeric() || "+-_#.".contains(c);
    if name.chars().all(usual) { name } else { "" }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text in which no sign means anything to Markdown or to templates.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A link's destination in which no sign means anything to Markdown.
fn destination(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' => escaped.push_str("%20"),
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' => {
                escaped.push_str(&format!("%{:02X}", c as u32));
            }
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
