//! Resolves the shortcodes of Hugo.

mod tags;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use feedwright_base::slice::Slice;

use super::super::code::Code;
use super::super::raw_html;
use super::Context;
use super::arguments::{Arguments, Separator};
use super::embed;
use super::markup::{Figure, Markup, language};
use super::math::Math;
use super::output::{Output, short};
use super::shortcodes::{DEEPEST, Own, Shortcodes, Template};

pub(in crate::body) use self::tags::shortcodes;
use self::tags::{Kind, Tag, paired, scan};

/// Resolves all shortcodes. Of unknown ones that are paired, the content stays.
pub(super) fn resolve(text: &str, context: &Context<'_>, code: Code) -> Output {
    let tags = scan(text);
    let paired = paired(&tags);
    let math = Math::of(text, |at| code.contains(at));
    let mut resolver = Resolver {
        text,
        context,
        code,
        math,
        paired,
        shortcodes: Shortcodes::of(context),
        open: Vec::new(),
        words: HashMap::new(),
        examples: HashSet::new(),
        never_closed: HashSet::new(),
        out: Output::default(),
    };
    let mut at = 0;
    for (index, tag) in tags.iter().enumerate() {
        if tag.start >= at {
            resolver.out.push(text.slice(at..tag.start));
            at = resolver.tag(index, tag, tags.slice(index + 1..));
        }
    }
    resolver.out.push(text.slice(at..));
    while let Some(open) = resolver.open.pop() {
        resolver.keep(open, Markup::Markdown);
    }
    resolver.out
}

/// A shortcode that is filled in once what it encloses is known.
struct Open<'a> {
    name: &'a str,
    delimiter: &'a str,
    arguments: Arguments,
    template: Rc<Template>,
    /// The place of the tag that closes it.
    closing: usize,
    /// The text before it.
    before: String,
}

struct Resolver<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    code: Code,
    math: Math,
    paired: HashMap<usize, usize>,
    shortcodes: Shortcodes<'a>,
    /// The shortcodes around the text that are filled in, the innermost last.
    open: Vec<Open<'a>>,
    /// The arguments of others whose content stays, by the places of the tags that close them.
    words: HashMap<usize, Arguments>,
    /// The tags that close those in code that are left as they are.
    examples: HashSet<usize>,
    /// Names of verbatim shortcodes that nothing further down closes.
    never_closed: HashSet<&'a str>,
    out: Output,
}

impl<'a> Resolver<'a> {
    /// Resolves one tag and returns the place to continue at.
    fn tag(&mut self, index: usize, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let in_code = self.code.contains(tag.start);
        let whole = self.text.slice(tag.start..tag.end);
        match tag.kind {
            Kind::Escaped => {
                let shown = whole.replacen("/*", "", 1);
                let shown = match shown.rfind("*/") {
                    Some(at) => format!("{}{}", shown.slice(..at), shown.slice(at + 2..)),
                    None => shown,
                };
                let shown = if in_code {
                    shown
                } else {
                    self.markup(tag).verbatim(&shown)
                };
                self.out.push(&shown);
            }
            Kind::Braces | Kind::Unclosed if in_code => self.out.push(whole),
            Kind::Braces => self.braces(tag, whole),
            Kind::Unclosed => self.leave_out(tag.name, tag.delimiter),
            Kind::Shortcode if tag.closes => self.close(index, tag),
            Kind::Shortcode => return self.shortcode(index, tag, following),
        }
        tag.end
    }

    fn braces(&mut self, tag: &Tag<'_>, whole: &str) {
        let inner = whole.slice(2..whole.len() - 2);
        let is_formula = self.math.contains(tag.start) && !inner.starts_with(' ');
        if is_formula {
            self.out.push(whole);
        } else if !inner.trim_start_matches(['-', ' ']).starts_with("/*") {
            self.out.leave_out(format!("{{{{ {} }}}}", short(tag.name)));
        }
    }

    fn leave_out(&mut self, name: &str, delimiter: &str) {
        let name = short(name);
        let end = if delimiter == "<" { ">" } else { delimiter };
        self.out
            .leave_out(format!("{{{{{delimiter} {name} {end}}}}}"));
    }

    /// What the text around a tag is: in angle brackets nothing is read as Markdown.
    fn markup(&self, tag: &Tag<'_>) -> Markup {
        if self.open.iter().any(|open| open.delimiter == "<") {
            Markup::Html
        } else {
            self.code.markup(tag.start)
        }
    }

    /// Resolves a shortcode that is no end tag, and returns the place to continue at.
    fn shortcode(&mut self, index: usize, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let arguments = Arguments::parse(tag.arguments, Separator::Blank);
        let markup = self.markup(tag);
        let closing = self.paired.get(&index).copied();
        let own = self.shortcodes.own(tag.name, &arguments);
        if let Own::FillsIn(template) = &own
            && self.open.len() < DEEPEST
        {
            self.fill_in(tag, arguments, Rc::clone(template), closing);
            return tag.end;
        }
        if self.code.contains(tag.start) && !matches!(tag.name, "ref" | "relref" | "param") {
            self.example(tag, closing);
            return tag.end;
        }
        if let Some(url) = embed::address(tag.name, &arguments) {
            self.out.push(&markup.link(&url, &url));
            return tag.end;
        }
        if !matches!(own, Own::Absent) {
            self.leave_out(tag.name, tag.delimiter);
        }
        let is_resolved = match tag.name {
            "highlight" => {
                if let Some((inner, end)) = self.inner(tag, following) {
                    let name = arguments.at(0).unwrap_or_default();
                    let code = unescaped(inner);
                    markup.code(&mut self.out, language(name), &code);
                    return end;
                }
                false
            }
            // What nobody sees.
            "comment" if closing.is_some() => {
                return self.inner(tag, following).map_or(tag.end, |(_, end)| end);
            }
            "figure" => self.figure(&arguments, markup),
            "ref" | "relref" => self.reference(&arguments),
            "param" => self.param(&arguments, markup, tag.delimiter),
            "details" if closing.is_some() => {
                let summary = arguments.named_or_first("summary").unwrap_or("Details");
                let summary = html_escape::encode_safe(summary).into_owned();
                self.out
                    .block(&format!("<details><summary>{summary}</summary>\n"));
                true
            }
            _ => {
                self.unknown(arguments, markup, closing);
                false
            }
        };
        if !is_resolved {
            self.leave_out(tag.name, tag.delimiter);
        }
        tag.end
    }

    /// Leaves a shortcode in code that only the site's generator can run as it is, with the tag that
    /// closes it.
    fn example(&mut self, tag: &Tag<'a>, closing: Option<usize>) {
        self.examples.extend(closing);
        self.out.push(self.text.slice(tag.start..tag.end));
    }

    /// Resolves `figure`, where it names an image.
    fn figure(&mut self, arguments: &Arguments, markup: Markup) -> bool {
        let part = |name: &str| arguments.named(name).unwrap_or_default();
        let source = arguments.named_or_first("src").unwrap_or_default();
        if source.is_empty() {
            return false;
        }
        let figure = Figure {
            source,
            alt: part("alt"),
            link: part("link"),
            title: part("title"),
            caption: part("caption"),
            credit: part("attr"),
            credit_link: part("attrlink"),
        };
        figure.write(&mut self.out, markup);
        true
    }

    /// Resolves `ref` and `relref` to the address of the post that they name.
    fn reference(&mut self, arguments: &Arguments) -> bool {
        let name = arguments.named_or_first("path").unwrap_or_default();
        let url = if name.starts_with('#') {
            Some(name.to_owned())
        } else {
            let found = self.context.reference(name);
            found.map(|(post, fragment)| format!("{}{fragment}", post.url))
        };
        url.is_some_and(|url| self.out.substitute(&url))
    }

    /// Resolves `param` to a value of the page, or else of the site. Between percent signs it is
    /// Markdown like the text around it.
    fn param(&mut self, arguments: &Arguments, markup: Markup, delimiter: &str) -> bool {
        let name = arguments.at(0).unwrap_or_default();
        let value = (self.context.page)(name).or_else(|| {
            let name = format!("site.params.{name}");
            self.context.variable(&name).map(str::to_owned)
        });
        let rule = self.context.style.raw_html;
        let shown = |value: &str| match delimiter {
            "<" => markup.verbatim(value),
            _ => raw_html::resolve(value, rule, Vec::new).into_owned(),
        };
        value.is_some_and(|value| self.out.substitute(&shown(&value)))
    }

    /// Fills in a shortcode of the site itself, or begins one that encloses something.
    fn fill_in(
        &mut self,
        tag: &Tag<'a>,
        arguments: Arguments,
        template: Rc<Template>,
        closing: Option<usize>,
    ) {
        let open = Open {
            name: tag.name,
            delimiter: tag.delimiter,
            arguments,
            template,
            closing: closing.unwrap_or_default(),
            before: std::mem::take(&mut self.out.text),
        };
        if closing.is_some() {
            self.open.push(open);
        } else {
            let markup = self.markup(tag);
            self.filled(open, markup);
        }
    }

    /// Ends a shortcode that encloses something.
    fn close(&mut self, index: usize, tag: &Tag<'_>) {
        if self.open.iter().any(|open| open.closing == index) {
            while let Some(open) = self.open.pop() {
                let markup = self.markup(tag);
                if open.closing == index {
                    return self.filled(open, markup);
                }
                // One that was closed in the wrong order.
                self.keep(open, markup);
            }
        }
        let is_alone = self.code.contains(tag.start) && !self.paired.contains_key(&index);
        if is_alone || self.examples.contains(&index) {
            self.out.push(self.text.slice(tag.start..tag.end));
        } else if let Some(arguments) = self.words.remove(&index) {
            let markup = self.markup(tag);
            self.out.words(&arguments.words(true), markup);
        } else if tag.name == "details" && self.paired.contains_key(&index) {
            self.out.block("\n</details>");
        }
    }

    /// Adds what the template of a shortcode makes of it and of the text since then.
    fn filled(&mut self, open: Open<'_>, markup: Markup) {
        let (arguments, fills) = (&open.arguments, &self.out.fills);
        let inner = &self.out.text;
        let text = self
            .shortcodes
            .fill(&open.template, open.name, arguments, inner, fills);
        let Some(text) = text else {
            self.keep(open, markup);
            return;
        };
        self.out.text = open.before;
        if open.delimiter == "<" {
            let html = self.out.fills.filled(&text).into_owned();
            self.out.html(html);
        } else if markup == Markup::Html {
            self.out.substitute(&text);
        } else {
            // What it made is Markdown like the text around it.
            let rule = self.context.style.raw_html;
            self.out
                .substitute(&raw_html::resolve(&text, rule, Vec::new));
        }
    }

    /// Keeps the text since a shortcode that is not filled in after all.
    fn keep(&mut self, open: Open<'_>, markup: Markup) {
        let inner = std::mem::replace(&mut self.out.text, open.before);
        self.leave_out(open.name, open.delimiter);
        self.out.push(&inner);
        self.out.words(&open.arguments.words(true), markup);
    }

    /// Keeps of a shortcode that only the site's generator can run a picture, its words and what it
    /// encloses.
    fn unknown(&mut self, arguments: Arguments, markup: Markup, closing: Option<usize>) {
        if let Some(closing) = closing {
            self.words.insert(closing, arguments);
            return;
        }
        let image = arguments.image();
        if let Some((source, alt)) = image {
            self.out.push(&markup.image(source, alt, ""));
        }
        self.out.words(&arguments.words(image.is_none()), markup);
    }

    /// What stands between a shortcode and the tag that closes it, unread, and where that ends.
    fn inner(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> Option<(&'a str, usize)> {
        if tag.closes_itself || self.never_closed.contains(tag.name) {
            return None;
        }
        let close = following
            .iter()
            .find(|next| next.closes && next.name == tag.name);
        if close.is_none() {
            self.never_closed.insert(tag.name);
        }
        close.map(|close| (self.text.slice(tag.end..close.start), close.end))
    }
}

/// Code with the shortcodes in it that were escaped.
fn unescaped(code: &str) -> String {
    code.replace("{{</*", "{{<")
        .replace("*/>}}", ">}}")
        .replace("{{%/*", "{{%")
        .replace("*/%}}", "%}}")
}
