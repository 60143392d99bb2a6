//! Resolves Liquid as Jekyll and Eleventy use it.

use std::collections::HashMap;

use feedwright_base::permalink;
use feedwright_base::slice::Slice;

use crate::dialect::Templates;

use super::super::code::Code;
use super::super::markdown::fragment;
use super::arguments::{Arguments, Separator, split_outside_quotes};
use super::include::{self, Budget};
use super::locals::Locals;
use super::markup::{Markup, language};
use super::math::Math;
use super::output::{Output, short};
use super::tags::{Kind, Tag, tags, without_raw};
use super::{Context, LONGEST_VALUE, embed, filters, word};

/// Resolves all tags of a text. On sites that do not use Liquid, tags are only left out.
pub(super) fn resolve(text: &str, context: &Context<'_>, code: Code) -> Output {
    let budget = Budget::default();
    let math = if is_liquid(context) {
        Math::default()
    } else {
        Math::of(text, |at| code.contains(at))
    };
    let mut resolver = Resolver {
        text,
        context,
        code,
        math,
        paired: Pairs::default(),
        include: None,
        budget: &budget,
        locals: Locals::default(),
        out: Output::default(),
    };
    resolver.run();
    resolver.out
}

fn is_liquid(context: &Context<'_>) -> bool {
    matches!(
        context.templates,
        Templates::Liquid | Templates::Eleventy | Templates::Nunjucks
    )
}

/// The include whose text is being resolved.
struct Include {
    depth: usize,
    parameters: Vec<(String, String)>,
}

/// The last place of each closing tag, by the name of the block.
#[derive(Default)]
struct Pairs(HashMap<String, usize>);

impl Pairs {
    fn of(tags: &[Tag<'_>]) -> Self {
        let mut last = HashMap::new();
        for tag in tags.iter().filter(|tag| tag.kind == Kind::Block) {
            let (name, _) = word(tag.inner);
            if let Some(name) = name.strip_prefix("end") {
                last.insert(name.to_owned(), tag.start);
            }
        }
        Pairs(last)
    }

    fn closes_after(&self, name: &str, at: usize) -> bool {
        self.0.get(name).is_some_and(|&last| last > at)
    }
}

struct Resolver<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    code: Code,
    math: Math,
    /// The blocks of plugins that end further down.
    paired: Pairs,
    include: Option<Include>,
    budget: &'a Budget,
    locals: Locals,
    out: Output,
}

impl<'a> Resolver<'a> {
    /// Resolves all tags of the text.
    fn run(&mut self) {
        let tags = tags(self.text);
        self.paired = Pairs::of(&tags);
        let mut at = 0;
        for (index, tag) in tags.iter().enumerate() {
            // Tags inside a block that was resolved as a whole are done.
            if tag.start >= at {
                self.out.push(self.text.slice(at..tag.start));
                at = self.tag(tag, tags.slice(index + 1..));
            }
        }
        self.out.push(self.text.slice(at..));
        while self.locals.is_open() {
            self.locals.end(&mut self.out.text);
        }
    }

    /// Resolves one tag and returns the place to continue at.
    fn tag(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        match tag.kind {
            // In Liquid it is a mistake that nobody wants to read; elsewhere it may be text.
            Kind::Unclosed if is_liquid(self.context) => self.unresolved(tag, tag.end),
            Kind::Unclosed => self.out.push(self.text.slice(tag.start..tag.end)),
            Kind::Output => self.show(tag),
            Kind::Block => return self.statement(tag, following),
        }
        tag.end
    }

    /// Writes the value of `{{ … }}`.
    fn show(&mut self, tag: &Tag<'a>) {
        let whole = self.text.slice(tag.start..tag.end);
        if self.math.contains(tag.start) && !whole.slice(2..).starts_with(' ') {
            self.out.push(whole);
            return;
        }
        let is_shortcode = tag.inner.starts_with(['<', '%']);
        let value = (is_liquid(self.context) && !is_shortcode)
            .then(|| self.output(tag.inner, self.code.markup(tag.start)))
            .flatten();
        if !value.is_some_and(|value| self.out.substitute(&value)) {
            self.unresolved(tag, tag.end);
        }
    }

    /// Resolves `{% … %}` and returns the place to continue at.
    fn statement(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let liquid = is_liquid(self.context);
        let (name, arguments) = word(tag.inner);
        match name {
            "raw" if liquid => {
                let (inner, end) = self.block(tag, "raw", following);
                self.out.push(inner);
                return end;
            }
            "assign" if liquid => self.assign(tag, arguments),
            "capture" if liquid && self.captures(tag) => {
                self.locals.begin(arguments, &mut self.out.text);
            }
            "endcapture" if liquid && self.locals.is_open() => {
                self.locals.end(&mut self.out.text);
            }
            "comment" if liquid => return self.block(tag, "comment", following).1,
            "highlight" if liquid => {
                let (inner, end) = self.block(tag, "highlight", following);
                let code = without_raw(inner);
                let (name, _) = word(arguments);
                let markup = self.code.markup(tag.start);
                markup.code(&mut self.out, language(name), &code);
                return end;
            }
            "link" | "post_url" if self.context.templates == Templates::Liquid => {
                match self.link(name, arguments) {
                    // In code nobody makes it absolute.
                    Some(url) if self.code.contains(tag.start) => {
                        let host = self.context.base.origin().ascii_serialization();
                        self.out.push(url.strip_prefix(&host).unwrap_or(&url));
                    }
                    Some(url) => self.out.push(&url),
                    None => self.unresolved(tag, tag.end),
                }
            }
            "include" if liquid => {
                let in_code = self.code.contains(tag.start);
                let text = (!in_code).then(|| self.included(arguments)).flatten();
                let is_whole = text.as_ref().is_some_and(|(_, is_whole)| *is_whole);
                if !text.is_some_and(|(text, _)| self.out.substitute(&text)) || !is_whole {
                    self.unresolved(tag, tag.end);
                }
            }
            // What these would show depends on a computation.
            "if" | "unless" | "for" | "case" | "capture" | "tablerow" | "set" | "macro"
            | "asyncEach" | "asyncAll" | "ifchanged" | "schema" | "javascript" | "style" => {
                let in_code = self.code.contains(tag.start);
                let end = if in_code {
                    tag.end
                } else {
                    self.block(tag, name, following).1
                };
                if !in_code {
                    self.locals.forget(following, end);
                }
                self.unresolved(tag, end);
                return end;
            }
            _ => self.plugin(tag, name, arguments),
        }
        tag.end
    }

    /// Gives a variable its value, unless that is computed.
    fn assign(&mut self, tag: &Tag<'a>, arguments: &str) {
        if self.code.contains(tag.start) {
            return self.unresolved(tag, tag.end);
        }
        let Some((name, expression)) = arguments.split_once('=') else {
            return self.unresolved(tag, tag.end);
        };
        let value = self.output(expression.trim(), Markup::Markdown);
        let is_known = value.is_some();
        self.locals.set(name, value);
        if !is_known {
            self.unresolved(tag, tag.end);
        }
    }

    /// Whether a tag `capture` begins what becomes the value of a variable.
    fn captures(&self, tag: &Tag<'a>) -> bool {
        !self.code.contains(tag.start) && self.paired.closes_after("capture", tag.start)
    }

    /// Resolves a tag of a plugin: one that embeds something from another site becomes a link, and
    /// of one that encloses text, the text stays.
    fn plugin(&mut self, tag: &Tag<'a>, name: &str, arguments: &str) {
        if is_liquid(self.context) && !self.code.contains(tag.start) {
            let arguments = Arguments::parse(arguments, Separator::Blank);
            if let Some(url) = embed::address(name, &arguments) {
                let link = self.code.markup(tag.start).link(&url, &url);
                self.out.push(&link);
                return;
            }
            let opens = self.paired.closes_after(name, tag.start);
            let closes = name
                .strip_prefix("end")
                .is_some_and(|name| !name.is_empty());
            if self.include.is_none() && (opens || closes) {
                return;
            }
        }
        self.unresolved(tag, tag.end);
    }

    /// The resolved text of an include, and whether that is all of it; `None` where what is left would
    /// say nothing, as in HTML with holes.
    fn included(&self, arguments: &str) -> Option<(String, bool)> {
        let value = |expression: &str| self.value(expression);
        let (name, parameters) = include::parameters(arguments, &value)?;
        let depth = self.include.as_ref().map_or(0, |include| include.depth + 1);
        if !self.budget.take_file(depth) {
            return None;
        }
        let text = (self.context.include)(&format!("_includes/{name}"))?;
        if !self.budget.take_bytes(text.len()) {
            return None;
        }
        let mut resolver = Resolver {
            text: &text,
            context: self.context,
            code: Code::html(&text),
            math: Math::default(),
            paired: Pairs::default(),
            include: Some(Include { depth, parameters }),
            budget: self.budget,
            locals: self.locals.clone(),
            out: Output::default(),
        };
        resolver.run();
        let out = resolver.out;
        let is_whole = out.dropped.is_empty();
        let is_html = text.trim_start().starts_with('<');
        (is_whole || !is_html).then(|| (include::as_block(&out.text), is_whole))
    }

    /// Leaves out the text from a tag to `end`, unless it is code.
    fn unresolved(&mut self, tag: &Tag<'_>, end: usize) {
        if self.code.contains(tag.start) {
            self.out.push(self.text.slice(tag.start..end));
            return;
        }
        let (name, _) = word(tag.inner.trim_start_matches(['<', '%', '/', '-']));
        // An include is known by its file.
        let name = match (name, word(tag.inner).1) {
            ("include", rest) => format!("include {}", short(word(rest).0)),
            _ => short(name),
        };
        let shown = match (tag.kind, tag.inner.chars().next()) {
            (Kind::Unclosed, _) => self.text.slice(tag.start..tag.start + 2).to_owned(),
            (Kind::Output, Some('<')) => format!("{{{{< {name} >}}}}"),
            (Kind::Output, Some('%')) => format!("{{{{% {name} %}}}}"),
            (Kind::Output, _) => format!("{{{{ {name} }}}}"),
            (Kind::Block, _) => format!("{{% {name} %}}"),
        };
        self.out.leave_out(shown);
    }

    /// The text up to the tag that ends a block, and where the block ends. Blocks of the same
    /// name nest; one that is never closed reaches to the end of the text.
    fn block(&self, tag: &Tag<'a>, name: &str, following: &[Tag<'a>]) -> (&'a str, usize) {
        let mut depth = 1;
        for next in following.iter().filter(|next| next.kind == Kind::Block) {
            let (word, _) = word(next.inner);
            if word == name && name != "raw" {
                depth += 1;
            } else if word.strip_prefix("end") == Some(name) {
                depth -= 1;
                if depth == 0 {
                    return (self.text.slice(tag.end..next.start), next.end);
                }
            }
        }
        (self.text.slice(tag.end..), self.text.len())
    }

    /// The address that `link` or `post_url` names.
    fn link(&self, name: &str, target: &str) -> Option<String> {
        let target = target.trim().trim_matches(['"', '\'']);
        let target = match target.strip_prefix("{{").and_then(|t| t.strip_suffix("}}")) {
            Some(inner) => self.output(inner.trim(), Markup::Markdown)?,
            None => target.to_owned(),
        };
        if let Some(post) = self.context.posts.find(&target) {
            return Some(post.url.to_owned());
        }
        // `link` also names pages and files, which are published where they lie.
        let is_file = name == "link"
            && !target.is_empty()
            && !target.starts_with('_')
            && has_extension(&target);
        let is_page = target.ends_with(".md") || target.ends_with(".markdown");
        (is_file && !is_page)
            .then(|| {
                permalink::on_site(self.context.base, &target)
                    .ok()
                    .map(String::from)
            })
            .flatten()
    }

    /// The value of `{{ expression | filter: argument }}`. In HTML, Markdown is what it makes.
    fn output(&self, inner: &str, around: Markup) -> Option<String> {
        let inner = inner.trim_matches('-').trim();
        let mut parts = split_outside_quotes(inner, '|').into_iter();
        let mut value = self.value(parts.next()?.trim());
        for filter in parts {
            let (name, arguments) = filter.trim().split_once(':').unwrap_or((filter.trim(), ""));
            let arguments: Vec<&str> = split_outside_quotes(arguments, ',');
            let argument = |at: usize| self.value(arguments.get(at)?.trim());
            if name.trim() == "default" {
                value = value
                    .filter(|value| !value.is_empty())
                    .or_else(|| argument(0));
                continue;
            }
            let text = value.filter(|text| text.len() <= LONGEST_VALUE)?;
            if name.trim() == "markdownify" && around == Markup::Html {
                value = Some(fragment(&text, self.context.style, &self.out.fills));
                continue;
            }
            value = Some(filters::apply(name.trim(), text, &argument, self.context)?);
        }
        value
    }

    /// The value of an expression without filters: a literal or a variable.
    fn value(&self, expression: &str) -> Option<String> {
        for quote in ['"', '\''] {
            if let Some(text) = expression.strip_prefix(quote) {
                return text.strip_suffix(quote).map(str::to_owned);
            }
        }
        if !expression.is_empty() && expression.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(expression.to_owned());
        }
        let base = self.context.base;
        match expression {
            // Jekyll keeps host and path apart.
            "site.url" => Some(base.origin().ascii_serialization()),
            "site.baseurl" => Some(base.path().trim_end_matches('/').to_owned()),
            _ => {
                if let Some(name) = expression.strip_prefix("include.") {
                    let mut parameters = self.include.as_ref()?.parameters.iter();
                    let found = parameters.find(|(known, _)| known == name);
                    return found.map(|(_, value)| value.clone());
                }
                if let Some(value) = self.locals.get(expression) {
                    return value;
                }
                let variable = self.context.variable(expression).map(str::to_owned);
                variable.or_else(|| (self.context.page)(expression.strip_prefix("page.")?))
            }
        }
    }
}

fn has_extension(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
}
