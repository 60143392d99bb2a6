//! Resolves MDX, which is JavaScript and components in Markdown, as Docusaurus and Astro have it.
//!
//! Statements and expressions go, components become what they enclose, and elements of HTML keep
//! the attributes that are text. Vue's components in Markdown are read alike (`vue.rs`).

use std::borrow::Cow;
use std::collections::HashMap;

use feedwright_base::slice::Slice;

use super::arguments::is_image;
use super::braces::{Brackets, literal};
use super::element::{Element, Value, is_void};
use super::fences::Fences;
use super::imports::{imported, is_statement};
use super::markup::Markup;
use super::math::Math;
use super::output::{Output, short};
use super::{LONGEST_TEXT, Resolved, vue};

/// How deep open elements are tracked. Deeper ones only lose their tags.
const DEEPEST: usize = 64;

/// Resolves a whole text of MDX.
pub(super) fn resolve(text: &str) -> Resolved<'_> {
    let is_plain =
        !text.contains(['<', '{']) && !text.contains("import ") && !text.contains("export ");
    if is_plain {
        return Resolved::unchanged(text);
    }
    resolve_as(text, None)
}

/// Resolves a text of MDX, or of Vue where it is said what variables of the page are.
pub(super) fn resolve_as<'a>(text: &'a str, vue: Option<&'a Variables<'a>>) -> Resolved<'a> {
    let fences = Fences::of(text);
    let math = Math::of(text, |at| fences.contains(at));
    let mut resolver = Resolver {
        text,
        vue,
        brackets: Brackets::new(text),
        fences,
        math,
        images: HashMap::new(),
        frames: Vec::new(),
        out: Output::default(),
    };
    resolver.run();
    resolver.out.finish()
}

/// What a variable of the page is.
pub(super) type Variables<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// An element that is open.
struct Frame<'a> {
    name: &'a str,
    /// The indentation of its own line, if it begins one.
    own: Option<usize>,
    /// How much less its lines are indented than written, once the first is known: MDX knows no
    /// indented code, Markdown does.
    shift: Option<usize>,
    /// Whether it became a quote, which its end tag ends.
    is_quote: bool,
}

struct Resolver<'a> {
    text: &'a str,
    vue: Option<&'a Variables<'a>>,
    brackets: Brackets<'a>,
    fences: Fences,
    math: Math,
    /// Pictures that statements import, by name.
    images: HashMap<&'a str, &'a str>,
    frames: Vec<Frame<'a>>,
    out: Output,
}

impl<'a> Resolver<'a> {
    /// Resolves the text line by line.
    fn run(&mut self) {
        let text = self.text;
        let mut at = 0;
        let mut after_blank = true;
        while at < text.len() {
            let end = text
                .slice(at..)
                .find('\n')
                .map_or(text.len(), |n| at + n + 1);
            let line = text.slice(at..end);
            let in_fence = self.fences.is_block(at) || self.fences.is_block(end - 1);
            if !in_fence && after_blank && self.vue.is_none() && is_statement(line) {
                at = self.statement(at, end);
                continue;
            }
            after_blank = line.trim().is_empty();
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let shift = match after_blank || self.vue.is_some() {
                true => 0,
                false => self.shift(indent),
            };
            at += shift.min(indent);
            at = if in_fence {
                self.out.push(text.slice(at..end));
                end
            } else {
                self.line(at, end, indent)
            };
        }
    }

    /// How much of a line's indentation goes.
    fn shift(&mut self, indent: usize) -> usize {
        let before = self
            .frames
            .iter()
            .rev()
            .find_map(|frame| frame.shift)
            .unwrap_or(0);
        match self.frames.last_mut() {
            Some(frame) => match (frame.shift, frame.own) {
                (Some(shift), _) => shift,
                (None, Some(own)) => {
                    let shift = before + indent.saturating_sub(own.max(before));
                    let shift = shift.max(before);
                    frame.shift = Some(shift);
                    shift
                }
                (None, None) => before,
            },
            None => 0,
        }
    }

    /// Leaves out an `import` or `export` and returns the place to continue at.
    fn statement(&mut self, start: usize, line_end: usize) -> usize {
        let text = self.text;
        let is_import = text.slice(start..).starts_with("import");
        let is_last = |at: usize| {
            let rest = text.slice(at..).lines().next().unwrap_or_default();
            let own = text.slice(start..at);
            rest.trim().is_empty()
                || is_statement(rest)
                || (is_import && own.trim_end().ends_with([';', '"', '\'']))
        };
        let end = self.brackets.statement(start, is_last).unwrap_or_else(|| {
            // One that never ends is the paragraph that it stands in, at most.
            text.slice(line_end..)
                .find("\n\n")
                .map_or(text.len(), |at| line_end + at + 1)
        });
        if let Some((name, path)) = imported(text.slice(start..end)) {
            self.images.insert(name, path);
        }
        end
    }

    /// Resolves a line and returns the place to continue at: an expression or a tag may end in a
    /// later line.
    fn line(&mut self, start: usize, line_end: usize, indent: usize) -> usize {
        let text = self.text;
        let first = start + (text.slice(start..).len() - text.slice(start..).trim_start().len());
        let mut done = start;
        let mut at = start;
        // Tags alone on a line enclose Markdown, not HTML.
        let mut only_tags = true;
        let mut had_block = false;
        let bytes = text.as_bytes().slice(..line_end);
        while let Some(&byte) = bytes.get(at) {
            let escaped = bytes.slice(start..at).ends_with(b"\\");
            if !matches!(byte, b'{' | b'<')
                || escaped
                || self.fences.contains(at)
                || self.math.contains(at)
            {
                only_tags &= byte.is_ascii_whitespace();
                at += 1;
                continue;
            }
            self.out.push(text.slice(done..at));
            done = at;
            let own = (at <= first).then_some(indent);
            let Some((end, tag)) = self.markup(at, own) else {
                only_tags = false;
                at += 1;
                continue;
            };
            only_tags &= tag.is_some();
            had_block |= tag.is_some_and(|name| self.is_block(name));
            (done, at) = (end, end);
            if end > line_end {
                // What follows on its last line is read as part of that line.
                let rest = text
                    .slice(end..)
                    .find('\n')
                    .map_or(text.len(), |n| end + n + 1);
                if text.slice(end..rest).trim().is_empty() && only_tags && had_block {
                    self.out.push("\n\n");
                    return rest;
                }
                return end;
            }
        }
        self.out.push(text.slice(done..line_end));
        if only_tags && had_block {
            self.out.push("\n");
        }
        line_end
    }

    /// Resolves an expression, a comment or a tag, and returns its end and the name of the tag.
    /// `None` where there is nothing of the kind. `own` is the indentation of the line, if it
    /// begins one.
    fn markup(&mut self, at: usize, own: Option<usize>) -> Option<(usize, Option<&'a str>)> {
        let text = self.text;
        if text.slice(at..).starts_with('{') {
            let end = match self.vue {
                Some(variables) => vue::interpolation(text, at, variables, &mut self.out),
                None => self.expression(at),
            };
            return Some((end?, None));
        }
        if text.slice(at..).starts_with("<!--") {
            let end = text
                .slice(at..)
                .find("-->")
                .map_or(text.len(), |n| at + n + 3);
            self.out.push(text.slice(at..end));
            return Some((end, None));
        }
        let element = Element::read(text, at, &mut self.brackets)?;
        let (name, end) = (element.name, element.end);
        if self.vue.is_some() && vue::is_address(text.slice(at..)) {
            return None;
        }
        self.tag(element, own);
        Some((end, Some(name)))
    }

    /// `{…}`: its text if it is one; `None` where it never ends.
    fn expression(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        if text.slice(start..).starts_with("{/*") {
            let comment_end = self.brackets.comment_end(start + 3)?;
            let rest = text.slice(comment_end..).trim_start();
            if rest.starts_with('}') {
                let end = text.len() - rest.len() + 1;
                // The place where the summary ends is looked for later.
                if text.slice(start + 3..comment_end - 2).trim() == "truncate" {
                    self.out.push("<!-- truncate -->");
                }
                return Some(end);
            }
        }
        let end = self.brackets.close(start)?;
        let inner = text.slice(start + 1..end - 1);
        let is_id = inner.starts_with('#') && !inner.contains(char::is_whitespace);
        if is_id {
            // `## Heading {#id}` is Markdown.
            self.out.push(text.slice(start..end));
        } else if let Some(shown) = literal(inner) {
            if shown.trim().is_empty() {
                self.out.push(" ");
            } else {
                self.out.push(&Markup::Markdown.verbatim(shown));
            }
        } else if !inner.trim().is_empty() {
            let shown = inner.split_whitespace().next().unwrap_or_default();
            self.out.leave_out(format!("{{{}}}", short(shown)));
        }
        Some(end)
    }

    /// The text of an attribute that is one, or that names a picture of the site.
    fn text_of(&self, value: &Value<'a>) -> Option<&'a str> {
        let expression = match value {
            Value::Text(text) => return Some(text),
            Value::None => return Some(""),
            Value::Expression(expression) => expression.trim(),
        };
        if let Some(text) = literal(expression) {
            return Some(text);
        }
        if let Some(required) = expression.strip_prefix("require(") {
            let path = required.strip_suffix(".default").unwrap_or(required);
            return literal(path.strip_suffix(')')?);
        }
        if expression.bytes().all(|b| b.is_ascii_digit()) {
            return Some(expression);
        }
        let name = expression.strip_suffix(".src").unwrap_or(expression);
        self.images.get(name).copied()
    }

    /// The text of an attribute of an element.
    fn attribute(&self, element: &Element<'a>, name: &str) -> Option<&'a str> {
        let found = element.attributes.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, value)| self.text_of(value))
    }

    /// Writes what a tag becomes. `own` is the indentation of its line, if it begins one.
    fn tag(&mut self, element: Element<'a>, own: Option<usize>) {
        if self.out.text.len() > LONGEST_TEXT {
            return;
        }
        let is_component = self.is_component(element.name);
        if element.closes {
            let ends_quote = self.close(element.name);
            if ends_quote {
                self.out.block("\n</blockquote>");
            } else if !is_component {
                self.out.push(&format!("</{}>", element.name));
            }
            return;
        }
        let is_followed =
            !element.closes_itself && !is_void(element.name) && self.frames.len() < DEEPEST;
        let is_quote = is_component && self.component(&element, is_followed);
        if !is_component {
            self.html(&element);
        }
        if is_followed {
            self.frames.push(Frame {
                name: element.name,
                own,
                shift: None,
                is_quote,
            });
        }
    }

    fn is_component(&self, name: &str) -> bool {
        name.is_empty()
            || name.contains('.')
            || name.starts_with(char::is_uppercase)
            || (self.vue.is_some() && (name.contains('-') || matches!(name, "template" | "slot")))
    }

    /// Whether a tag that stands alone in a line begins or ends a block, which a blank line follows.
    /// With Vue, what stands in elements of HTML is none of Markdown's.
    fn is_block(&self, name: &str) -> bool {
        let is_inner = matches!(
            name,
            "pre" | "script" | "style" | "br" | "code" | "svg" | "path"
        );
        !is_inner && (self.vue.is_none() || self.is_component(name))
    }

    /// Closes an element and those still open inside of it, and returns whether it was a quote.
    fn close(&mut self, name: &str) -> bool {
        let mut frames = self.frames.iter().enumerate();
        let Some((at, frame)) = frames.rfind(|(_, frame)| frame.name == name) else {
            return false;
        };
        let is_quote = frame.is_quote;
        self.frames.truncate(at);
        is_quote
    }

    /// Writes the Markdown for a component's start tag, and returns whether that begins a quote.
    fn component(&mut self, element: &Element<'a>, is_followed: bool) -> bool {
        let source = ["src", "image", "img"]
            .iter()
            .find_map(|name| self.attribute(element, name))
            .filter(|source| is_image(source));
        if let Some(source) = source {
            let alt = self.attribute(element, "alt").unwrap_or_default();
            self.out.push(&Markup::Markdown.image(source, alt, ""));
            return false;
        }
        if element.closes_itself {
            self.out.leave_out(format!("<{} />", short(element.name)));
            return false;
        }
        let is_quote =
            is_followed && matches!(element.name, "Admonition" | "Aside" | "Callout" | "Note");
        if is_quote {
            self.out.block("<blockquote>\n");
        }
        let title = ["label", "title", "summary"]
            .iter()
            .find_map(|name| self.attribute(element, name))
            .filter(|title| !title.trim().is_empty());
        if let Some(title) = title {
            let title = Markup::Markdown.verbatim(title);
            self.out.block(&format!("\n**{title}**\n"));
        }
        is_quote
    }

    /// Writes an element of HTML with the attributes that are text.
    fn html(&mut self, element: &Element<'a>) {
        let mut tag = format!("<{}", element.name);
        for (name, value) in &element.attributes {
            let is_code = self.vue.is_some() && vue::is_directive(name);
            if is_code
                || name.starts_with("className")
                || (name.starts_with("on") && name.len() > 2)
            {
                continue;
            }
            let Some(text) = self.text_of(value) else {
                continue;
            };
            let text = match value {
                // As written, entities and all.
                Value::Text(_) => Cow::Borrowed(text).replace('"', "&quot;"),
                Value::None => {
                    tag.push_str(&format!(" {name}"));
                    continue;
                }
                Value::Expression(_) => {
                    html_escape::encode_double_quoted_attribute(text).into_owned()
                }
            };
            tag.push_str(&format!(" {name}=\"{text}\""));
        }
        tag.push('>');
        // HTML knows no `/>`: the element would hold all that follows.
        if element.closes_itself && !is_void(element.name) {
            tag.push_str(&format!("</{}>", element.name));
        }
        self.out.push(&tag);
    }
}
