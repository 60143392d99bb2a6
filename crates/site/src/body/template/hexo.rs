//! Resolves the tags of Hexo.

use std::collections::{HashMap, HashSet};

use feedwright_base::slice::Slice;

use super::super::code::Code;
use super::arguments::{Argument, Arguments, Separator};
use super::markup::{Markup, language};
use super::math::Math;
use super::output::{Output, short};
use super::tags::{Kind, Tag, tags};
use super::{Context, embed, word};

/// Resolves all tags. Of blocks of unknown plugins, the content stays.
pub(super) fn resolve(text: &str, context: &Context<'_>, code: Code) -> Output {
    let tags = tags(text);
    let mut last_ends = HashMap::new();
    for tag in tags.iter().filter(|tag| tag.kind == Kind::Block) {
        if let Some(name) = word(tag.inner).0.strip_prefix("end") {
            last_ends.insert(name, tag.start);
        }
    }
    let math = Math::of(text, |at| code.contains(at));
    let mut resolver = Resolver {
        text,
        context,
        code,
        math,
        last_ends,
        quotes: Vec::new(),
        never_closed: HashSet::new(),
        out: Output::default(),
    };
    let mut at = 0;
    for (index, tag) in tags.iter().enumerate() {
        if tag.start >= at {
            resolver.out.push(text.slice(at..tag.start));
            at = resolver.tag(tag, tags.slice(index + 1..));
        }
    }
    resolver.out.push(text.slice(at..));
    resolver.out
}

struct Resolver<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    code: Code,
    math: Math,
    /// Where the last tag that ends a block stands, by the block's name.
    last_ends: HashMap<&'a str, usize>,
    /// The quotes that are open, with the line that names their source.
    quotes: Vec<String>,
    never_closed: HashSet<&'a str>,
    out: Output,
}

impl<'a> Resolver<'a> {
    /// Resolves one tag and returns the place to continue at.
    fn tag(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let whole = self.text.slice(tag.start..tag.end);
        // In code of HTML, `raw` still only protects what it encloses.
        let is_raw = tag.kind == Kind::Block && word(tag.inner).0 == "raw";
        if self.code.contains(tag.start) && !(is_raw && self.code.is_element(tag.start)) {
            self.out.push(whole);
            return tag.end;
        }
        match tag.kind {
            Kind::Output => {
                self.output(tag, whole);
                tag.end
            }
            Kind::Unclosed => {
                if whole.starts_with("{{") && self.math.contains(tag.start) {
                    self.out.push(whole);
                } else {
                    self.out.leave_out(whole.slice(..2).to_owned());
                }
                tag.end
            }
            Kind::Block => self.block(tag, following),
        }
    }

    /// `{{ 'x' }}` shows its text; anything else would be computed.
    fn output(&mut self, tag: &Tag<'_>, whole: &str) {
        let is_formula = self.math.contains(tag.start) && !whole.slice(2..).starts_with(' ');
        let literal = ['"', '\''].into_iter().find_map(|quote| {
            let text = tag.inner.strip_prefix(quote)?.strip_suffix(quote)?;
            (!text.contains(quote)).then_some(text)
        });
        if is_formula {
            self.out.push(whole);
        } else if let Some(text) = literal {
            let shown = self.code.markup(tag.start).verbatim(text);
            self.out.push(&shown);
        } else {
            let name = short(word(tag.inner).0);
            self.out.leave_out(format!("{{{{ {name} }}}}"));
        }
    }

    /// Resolves `{% name arguments %}` and returns the place to continue at.
    fn block(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let (name, rest) = word(tag.inner);
        match name {
            "set" if rest.contains('=') => self.leave_out(name),
            "raw" | "codeblock" | "code" | "comment" | "if" | "for" | "set" | "macro" => {
                return self.enclosing(tag, following);
            }
            "blockquote" | "quote" | "pullquote" if self.closes_after(name, tag.start) => {
                let source = if name == "pullquote" {
                    String::new()
                } else {
                    source_of_quote(rest)
                };
                self.quotes.push(source);
                self.out.block("<blockquote>\n");
            }
            "endblockquote" | "endquote" | "endpullquote" => self.end_quote(),
            _ => {
                let arguments = Arguments::parse(rest, Separator::Blank);
                let shown = self.shown(name, &arguments, self.code.markup(tag.start));
                let ends_block = |name: &str| {
                    let block = name.strip_prefix("end");
                    block.is_some_and(|block| self.last_ends.contains_key(block))
                };
                let is_of_block = self.closes_after(name, tag.start) || ends_block(name);
                if !shown.is_some_and(|shown| self.out.substitute(&shown)) && !is_of_block {
                    self.leave_out(name);
                }
            }
        }
        tag.end
    }

    /// Resolves a tag together with what it encloses, and returns the place to continue at.
    fn enclosing(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let (name, rest) = word(tag.inner);
        let (inner, end) = self.inner(name, tag, following);
        match name {
            "raw" => self.out.push(inner),
            "comment" => {}
            "codeblock" | "code" => {
                let arguments = Arguments::parse(rest, Separator::Blank);
                let mut arguments = arguments.0.iter();
                let found = arguments.find_map(|a| a.value.strip_prefix("lang:"));
                let markup = self.code.markup(tag.start);
                markup.code(&mut self.out, language(found.unwrap_or_default()), inner);
            }
            _ => self.leave_out(name),
        }
        end
    }

    /// Ends the quote that was opened last, with its source below it.
    fn end_quote(&mut self) {
        let Some(mut source) = self.quotes.pop() else {
            return;
        };
        if !source.is_empty() {
            source = format!("\n<footer>{}</footer>", html_escape::encode_safe(&source));
        }
        self.out.block(&format!("{source}\n</blockquote>"));
    }

    /// The Markdown or HTML for a tag that encloses nothing; `None` where that is not known.
    fn shown(&self, name: &str, arguments: &Arguments, markup: Markup) -> Option<String> {
        match name {
            "asset_img" | "img" => {
                image(arguments).map(|(source, alt)| markup.image(source, &alt, ""))
            }
            "asset_link" => arguments.at(0).map(|file| {
                let label = text_from(arguments, 1);
                markup.link(file, if label.is_empty() { file } else { &label })
            }),
            "asset_path" => arguments.at(0).map(str::to_owned),
            "link" => link(arguments).map(|(url, label)| markup.link(url, &label)),
            "post_link" | "post_path" => {
                let slug = arguments.at(0)?;
                let by_slug = || Some((self.context.posts.by_slug(slug)?, String::new()));
                let (post, fragment) = self.context.reference(slug).or_else(by_slug)?;
                let url = format!("{}{fragment}", post.url);
                let label = text_from(arguments, 1);
                let label = label.trim_end_matches(" true").trim_end_matches(" false");
                Some(match name {
                    "post_path" => url,
                    _ if label.is_empty() => markup.link(&url, post.title),
                    _ => markup.link(&url, label),
                })
            }
            _ => embed::address(name, arguments).map(|url| markup.link(&url, &url)),
        }
    }

    fn leave_out(&mut self, name: &str) {
        self.out.leave_out(format!("{{% {} %}}", short(name)));
    }

    /// Whether a tag that ends such a block stands further down.
    fn closes_after(&self, name: &str, at: usize) -> bool {
        self.last_ends.get(name).is_some_and(|&last| last > at)
    }

    /// The text up to the tag that ends a block, unread, and where the block ends. One that is
    /// never closed is empty.
    fn inner(&mut self, name: &'a str, tag: &Tag<'a>, following: &[Tag<'a>]) -> (&'a str, usize) {
        let nothing = ("", tag.end);
        if self.never_closed.contains(name) {
            return nothing;
        }
        let mut depth = 1;
        for next in following.iter().filter(|next| next.kind == Kind::Block) {
            let (found, _) = word(next.inner);
            if found == name && matches!(name, "if" | "for") {
                depth += 1;
            } else if found.strip_prefix("end") == Some(name) {
                depth -= 1;
                if depth == 0 {
                    return (self.text.slice(tag.end..next.start), next.end);
                }
            }
        }
        self.never_closed.insert(name);
        nothing
    }
}

/// The values of all arguments from one on, as one text.
fn text_from(arguments: &Arguments, from: usize) -> String {
    let values: Vec<&str> = arguments
        .0
        .iter()
        .skip(from)
        .map(|argument| argument.value.as_str())
        .collect();
    values.join(" ")
}

/// The picture of `[class …] source [width] [height] [title]`, and its description.
fn image(arguments: &Arguments) -> Option<(&str, String)> {
    let mut values = arguments.0.iter().map(|a| a.value.as_str());
    let is_source = |value: &&str| value.contains('/') || super::arguments::is_image(value);
    let source = values.find(is_source)?;
    let words: Vec<&str> = values
        .skip_while(|value| {
            value
                .trim_end_matches("px")
                .bytes()
                .all(|b| b.is_ascii_digit())
        })
        .collect();
    let alt = words.join(" ");
    // The title may hold a second text: `"title text" "alt text"`, in one pair of quotes.
    Some((source, alt.replace(['"', '\''], "")))
}

/// The address and the text of `text url [external] [title]`.
fn link(arguments: &Arguments) -> Option<(&str, String)> {
    let is_url = |a: &Argument| a.value.contains("://") || a.value.starts_with('/');
    let at = arguments.0.iter().position(is_url)?;
    let (words, rest) = arguments.0.split_at_checked(at)?;
    let words: Vec<&str> = words.iter().map(|a| a.value.as_str()).collect();
    let url = rest.first()?.value.as_str();
    let label = words.join(" ");
    Some((
        url,
        if label.is_empty() {
            url.to_owned()
        } else {
            label
        },
    ))
}

/// The line below a quote: `author, source url title` without the URL.
fn source_of_quote(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    let line = words.collect::<Vec<_>>().join(" ");
    line.trim_matches('"').to_owned()
}
