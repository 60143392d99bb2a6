//! Resolves the shortcodes of Hugo.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::super::code::Code;
use super::Context;
use super::arguments::{Arguments, Separator};
use super::embed;
use super::markup::{Figure, Markup, language};
use super::math::Math;
use super::output::{Output, short};

/// The longest shortcode that is looked for, in bytes.
const LONGEST: usize = 8 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{{< … >}}` and `{{% … %}}`.
    Shortcode,
    /// `{{</* … */>}}`, which stands for a shortcode as text.
    Escaped,
    /// `{{ … }}`, which Hugo itself leaves in content.
    Braces,
    /// A shortcode that is never closed; it reaches to the end of its line.
    Unclosed,
}

struct Tag<'a> {
    kind: Kind,
    start: usize,
    end: usize,
    /// `<` or `%`.
    delimiter: &'a str,
    name: &'a str,
    arguments: &'a str,
    closes: bool,
    closes_itself: bool,
}

/// Resolves all shortcodes. Of unknown ones that are paired, the content stays.
pub(super) fn resolve(text: &str, context: &Context<'_>, code: Code) -> Output {
    let tags = scan(text);
    let paired = paired(&tags, &code);
    let math = Math::of(text, |at| code.contains(at));
    let mut resolver = Resolver {
        text,
        context,
        code,
        math,
        paired,
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
    resolver.out
}

/// What Hugo's engine of Markdown does not see of a text: shortcodes, and what stands between two in
/// angle brackets that belong together.
pub(in crate::body) fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for tag in scan(text) {
        if !matches!(tag.kind, Kind::Shortcode | Kind::Escaped) {
            continue;
        }
        found.push(tag.start..tag.end);
        // What stands between two of the other kind is Markdown like all the rest.
        if tag.delimiter == "%" || tag.kind == Kind::Escaped {
            continue;
        }
        if !tag.closes {
            open.entry(tag.name).or_default().push(tag.start);
        } else if let Some(start) = open.get_mut(tag.name).and_then(Vec::pop) {
            found.push(start..tag.end);
        }
    }
    found
}

/// All tags of a text, in order, in one pass.
fn scan(text: &str) -> Vec<Tag<'_>> {
    let mut opens = Finder::new(text, "{{");
    let mut angles = Finder::new(text, ">}}");
    let mut percents = Finder::new(text, "%}}");
    let mut braces = Finder::new(text, "}}");
    let mut lines = Finder::new(text, "\n");
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = opens.find(at) {
        let body = start + 2;
        let delimiter = match text.as_bytes().get(body) {
            Some(b'<') => "<",
            Some(b'%') => "%",
            _ => "",
        };
        let inner = body + delimiter.len();
        let close = match delimiter {
            "<" => angles.find(inner),
            "%" => percents.find(inner),
            _ => braces.find(inner),
        };
        let close = close.filter(|close| {
            close - inner <= LONGEST
                && (delimiter.is_empty() || !has_opening(text.slice(inner..*close), delimiter))
        });
        let Some(close) = close else {
            at = if delimiter.is_empty() {
                body
            } else {
                lines.find(inner).unwrap_or(text.len())
            };
            if !delimiter.is_empty() {
                tags.push(tag(
                    Kind::Unclosed,
                    start,
                    at,
                    delimiter,
                    text.slice(inner..at),
                ));
            }
            continue;
        };
        at = close + delimiter.len() + 2;
        let inner = text.slice(inner..close).trim();
        let kind = if delimiter.is_empty() {
            Kind::Braces
        } else if inner.starts_with("/*") && inner.ends_with("*/") && inner.len() >= 4 {
            Kind::Escaped
        } else {
            Kind::Shortcode
        };
        tags.push(tag(kind, start, at, delimiter, inner));
    }
    tags
}

/// Whether another shortcode begins inside of one, which was therefore never closed.
fn has_opening(inner: &str, delimiter: &str) -> bool {
    inner
        .match_indices("{{")
        .any(|(at, _)| inner.slice(at + 2..).starts_with(delimiter))
}

fn tag<'a>(kind: Kind, start: usize, end: usize, delimiter: &'a str, inner: &'a str) -> Tag<'a> {
    let (closes, rest) = match inner.strip_prefix('/') {
        Some(rest) if kind == Kind::Shortcode => (true, rest.trim_start()),
        _ => (false, inner),
    };
    let (closes_itself, rest) = match rest.strip_suffix('/') {
        // A path that ends in a slash is an argument.
        Some(rest) if kind == Kind::Shortcode && rest.ends_with([' ', '"', '`', '\'']) => {
            (true, rest)
        }
        Some(rest) if kind == Kind::Shortcode && !rest.contains(char::is_whitespace) => {
            (true, rest)
        }
        _ => (false, rest),
    };
    let (name, arguments) = super::word(rest);
    Tag {
        kind,
        start,
        end,
        delimiter,
        name,
        arguments,
        closes,
        closes_itself,
    }
}

/// The tags that belong to a pair, by their place in the list.
fn paired(tags: &[Tag<'_>], code: &Code) -> HashSet<usize> {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut paired = HashSet::new();
    for (index, tag) in tags.iter().enumerate() {
        if tag.kind != Kind::Shortcode || tag.closes_itself || code.contains(tag.start) {
            continue;
        }
        if !tag.closes {
            open.entry(tag.name).or_default().push(index);
        } else if let Some(opening) = open.get_mut(tag.name).and_then(Vec::pop) {
            paired.extend([opening, index]);
        }
    }
    paired
}

struct Resolver<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    code: Code,
    math: Math,
    paired: HashSet<usize>,
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
                    self.code.markup(tag.start).verbatim(&shown)
                };
                self.out.push(&shown);
            }
            _ if in_code => self.out.push(whole),
            Kind::Braces => self.braces(tag, whole),
            Kind::Unclosed => self.leave_out(tag),
            Kind::Shortcode if tag.closes => {
                if tag.name == "details" && self.paired.contains(&index) {
                    self.out.block("\n</details>");
                }
            }
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

    fn leave_out(&mut self, tag: &Tag<'_>) {
        let (name, delimiter) = (short(tag.name), tag.delimiter);
        let end = if delimiter == "<" { ">" } else { delimiter };
        self.out
            .leave_out(format!("{{{{{delimiter} {name} {end}}}}}"));
    }

    /// Resolves a shortcode that is no end tag, and returns the place to continue at.
    fn shortcode(&mut self, index: usize, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let arguments = Arguments::parse(tag.arguments, Separator::Blank);
        let markup = self.code.markup(tag.start);
        let is_paired = self.paired.contains(&index);
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
            "figure" => self.figure(&arguments, markup),
            "ref" | "relref" => self.reference(&arguments),
            "param" => self.param(&arguments, markup),
            "details" if is_paired => {
                let summary = arguments.named_or_first("summary").unwrap_or("Details");
                let summary = html_escape::encode_safe(summary).into_owned();
                self.out
                    .block(&format!("<details><summary>{summary}</summary>\n"));
                true
            }
            name => self.unknown(name, &arguments, markup, is_paired),
        };
        if !is_resolved {
            self.leave_out(tag);
        }
        tag.end
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

    /// Resolves `param` to a value of the page, or else of the site.
    fn param(&mut self, arguments: &Arguments, markup: Markup) -> bool {
        let name = arguments.at(0).unwrap_or_default();
        let value = (self.context.page)(name).or_else(|| {
            let name = format!("site.params.{name}");
            self.context.variable(&name).map(str::to_owned)
        });
        value.is_some_and(|value| self.out.substitute(&markup.verbatim(&value)))
    }

    /// Resolves a shortcode that is not Hugo's own: to a link or an image where its arguments name
    /// one. What it encloses is text and stays.
    fn unknown(
        &mut self,
        name: &str,
        arguments: &Arguments,
        markup: Markup,
        is_paired: bool,
    ) -> bool {
        if let Some(url) = embed::address(name, arguments) {
            self.out.push(&markup.link(&url, &url));
            return true;
        }
        if is_paired {
            return true;
        }
        let Some((source, alt)) = arguments.image() else {
            return false;
        };
        self.out.push(&markup.image(source, alt, ""));
        true
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
