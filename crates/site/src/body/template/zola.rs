//! Resolves the shortcodes of Zola.

use std::collections::HashSet;
use std::rc::Rc;

use feedwright_base::slice::Slice;

use super::super::code::Code;
use super::Context;
use super::arguments::{Arguments, Separator};
use super::embed;
use super::markup::Markup;
use super::math::Math;
use super::output::{Output, short};
use super::shortcodes::{DEEPEST, Own, Shortcodes, Template};
use super::tags::{Kind, Tag, tags};

/// Resolves all shortcodes. Of those with a body that are not filled in, the body stays.
pub(super) fn resolve(text: &str, context: &Context<'_>, code: Code) -> Output {
    let tags = tags(text);
    let math = Math::of(text, |at| code.contains(at));
    let bodies = with_body(&tags, &code);
    let mut resolver = Resolver {
        code,
        math,
        shortcodes: Shortcodes::of(context),
        open: Vec::new(),
        filled: 0,
        out: Output::default(),
    };
    let mut at = 0;
    for (index, tag) in tags.iter().enumerate() {
        resolver.out.push(text.slice(at..tag.start));
        at = tag.end;
        let whole = text.slice(tag.start..tag.end);
        resolver.tag(tag, whole, bodies.contains(&index));
    }
    resolver.out.push(text.slice(at..));
    resolver.out
}

/// A shortcode whose body is being read.
struct Open<'a> {
    name: &'a str,
    arguments: Arguments,
    /// Its template, and the text before it, if it is filled in.
    fills_in: Option<(Rc<Template>, String)>,
}

struct Resolver<'a> {
    code: Code,
    math: Math,
    shortcodes: Shortcodes<'a>,
    /// The innermost one last.
    open: Vec<Open<'a>>,
    /// How many of those are filled in.
    filled: usize,
    out: Output,
}

impl<'a> Resolver<'a> {
    fn tag(&mut self, tag: &Tag<'a>, whole: &str, has_body: bool) {
        let in_code = self.code.contains(tag.start);
        let markup = self.markup(tag);
        if let Some(shown) = escaped(tag) {
            let shown = if in_code {
                shown
            } else {
                markup.verbatim(&shown)
            };
            self.out.push(&shown);
            return;
        }
        if in_code {
            self.out.push(whole);
            return;
        }
        match (tag.kind, call(tag.inner)) {
            (Kind::Block, Some((name, arguments))) if has_body => {
                self.begin(name, Arguments::parse(arguments, Separator::Comma), markup);
            }
            (Kind::Block, None) if tag.inner == "end" && !self.open.is_empty() => self.end(markup),
            (Kind::Output, Some((name, arguments))) => {
                self.output(name, Arguments::parse(arguments, Separator::Comma), markup);
            }
            (Kind::Output, None) if is_formula(tag, whole, &self.math) => self.out.push(whole),
            (Kind::Unclosed, _) if whole.starts_with("{{") && self.math.contains(tag.start) => {
                self.out.push(whole);
            }
            (Kind::Unclosed, _) => self.out.leave_out(whole.slice(..2).to_owned()),
            (kind, _) => {
                let name = short(super::word(tag.inner).0);
                self.out.leave_out(match kind {
                    Kind::Block => format!("{{% {name} %}}"),
                    _ => format!("{{{{ {name} }}}}"),
                });
            }
        }
    }

    /// What the text around a tag is: in a body that is filled in, HTML, which Markdown keeps.
    fn markup(&self, tag: &Tag<'_>) -> Markup {
        if self.filled > 0 {
            Markup::Html
        } else {
            self.code.markup(tag.start)
        }
    }

    /// Begins a shortcode with a body.
    fn begin(&mut self, name: &'a str, arguments: Arguments, markup: Markup) {
        let mut fills_in = None;
        if let Some(url) = embed::address(name, &arguments) {
            self.out.push(&markup.link(&url, &url));
        } else if let Own::FillsIn(template) = self.shortcodes.own(name, &arguments)
            && self.filled < DEEPEST
        {
            self.filled += 1;
            fills_in = Some((template, std::mem::take(&mut self.out.text)));
        }
        self.open.push(Open {
            name,
            arguments,
            fills_in,
        });
    }

    /// Ends the shortcode that was begun last.
    fn end(&mut self, markup: Markup) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let arguments = &open.arguments;
        if let Some((template, before)) = open.fills_in {
            self.filled -= 1;
            let body = std::mem::replace(&mut self.out.text, before);
            let filled = self.out.fills.filled(&body).into_owned();
            if self.fill_in(&template, open.name, arguments, filled.trim_end()) {
                return;
            }
            self.out.push(&body);
        } else if embed::address(open.name, arguments).is_some() {
            return;
        }
        self.out.words(&arguments.words(true), markup);
        self.out
            .leave_out(format!("{{% {}() %}}", short(open.name)));
    }

    /// Resolves a shortcode without a body: to a link where its arguments name one, or to what its
    /// template makes of it. Of others a picture stays, and their words.
    fn output(&mut self, name: &str, arguments: Arguments, markup: Markup) {
        if let Some(url) = embed::address(name, &arguments) {
            self.out.push(&markup.link(&url, &url));
            return;
        }
        if let Own::FillsIn(template) = self.shortcodes.own(name, &arguments)
            && self.fill_in(&template, name, &arguments, "")
        {
            return;
        }
        let image = arguments.image();
        if let Some((source, alt)) = image {
            // Pictures are named from the content folder or from the site's root.
            let source = source.trim_start_matches("@/");
            self.out.push(&markup.image(source, alt, ""));
        }
        self.out.leave_out(format!("{{{{ {}() }}}}", short(name)));
        self.out.words(&arguments.words(image.is_none()), markup);
    }

    /// Adds what the template of a shortcode makes of it, and says whether it could.
    fn fill_in(
        &mut self,
        template: &Template,
        name: &str,
        arguments: &Arguments,
        body: &str,
    ) -> bool {
        let fills = &self.out.fills;
        let text = self.shortcodes.fill(template, name, arguments, body, fills);
        let Some(text) = text else {
            return false;
        };
        if template.is_markdown {
            return self.out.substitute(&text);
        }
        let html = self.out.fills.filled(&text).into_owned();
        self.out.html(html);
        true
    }
}

/// Whether what looks like a tag is TeX.
fn is_formula(tag: &Tag<'_>, whole: &str, math: &Math) -> bool {
    math.contains(tag.start) && !whole.slice(2..).starts_with(' ')
}

/// The places of the tags whose body an `{% end %}` closes.
fn with_body(tags: &[Tag<'_>], code: &Code) -> HashSet<usize> {
    let mut open = Vec::new();
    let mut closed = HashSet::new();
    for (index, tag) in tags.iter().enumerate() {
        if tag.kind != Kind::Block || code.contains(tag.start) {
            continue;
        }
        if tag.inner == "end" {
            closed.extend(open.pop());
        } else if call(tag.inner).is_some() {
            open.push(index);
        }
    }
    closed
}

/// The name and the arguments of `name(arguments)`.
fn call(inner: &str) -> Option<(&str, &str)> {
    let (name, arguments) = inner.split_once('(')?;
    let name = name.trim_end();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
    let arguments = arguments.trim_end().strip_suffix(')')?;
    is_name.then_some((name, arguments))
}

/// What `{{/* … */}}` and `{%/* … */%}` show.
fn escaped(tag: &Tag<'_>) -> Option<String> {
    let inner = tag.inner.strip_prefix("/*")?.strip_suffix("*/")?;
    match tag.kind {
        Kind::Output => Some(format!("{{{{{inner}}}}}")),
        Kind::Block => Some(format!("{{%{inner}%}}")),
        Kind::Unclosed => None,
    }
}
