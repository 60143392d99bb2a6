//! Resolves template code in bodies where it merely substitutes text, and leaves out the rest.
//!
//! There is one small evaluator for each family of generators. None of them computes: no loops, and
//! conditions and assignments in the templates of shortcodes alone. What would need that is left out
//! and named, and a site whose posts depend on it has its entries taken from the rendered site instead.

mod admonition;
mod arguments;
mod braces;
mod comments;
mod element;
mod embed;
mod fences;
mod filters;
mod hexo;
mod hugo;
mod imports;
mod include;
mod jsx;
mod liquid;
mod locals;
mod markup;
mod math;
mod output;
mod shortcodes;
mod tags;
#[cfg(test)]
mod tests;
mod vue;
mod zola;

use std::borrow::Cow;
use std::collections::BTreeSet;

use feedwright_base::slice::Slice;
use feedwright_base::text::has;
use url::Url;

use crate::dialect::{BodyStyle, Templates};

use super::code::Code;
use super::fills::Fills;
use super::posts::{PostLinks, Target};

pub(super) use self::hugo::shortcodes;
pub(super) use self::markup::Markup;

/// How long a value may become, in bytes: filters can multiply it.
const LONGEST_VALUE: usize = 64 << 10;

/// How long a text may become by resolving its tags, in bytes.
const LONGEST_TEXT: usize = 32 << 20;

/// The site, the post and the files that tags may refer to.
pub(super) struct Context<'a> {
    /// The site's base URL.
    pub(super) base: &'a Url,
    pub(super) style: &'a BodyStyle,
    /// The template language of the post.
    pub(super) templates: Templates,
    /// `page.title` and the like.
    pub(super) page: &'a dyn Fn(&str) -> Option<String>,
    /// The posts that others may link to.
    pub(super) posts: &'a PostLinks,
    /// The path of the post, from which names of other posts may count.
    pub(super) path: &'a str,
    /// The language of the post, where the site says it.
    pub(super) language: Option<&'a str>,
    /// The text of a file that bodies may include, by its path from the site's root.
    pub(super) include: &'a dyn Fn(&str) -> Option<String>,
}

impl Context<'_> {
    /// The post that a text names by path, by the part of it below the content folder, or by
    /// name alone, with the fragment that follows it.
    fn reference(&self, name: &str) -> Option<(Target<'_>, String)> {
        let (name, fragment) = name
            .find('#')
            .map_or((name, ""), |at| (name.slice(..at), name.slice(at..)));
        let found = self.posts.by_reference(name, self.path)?;
        Some((found, fragment.to_owned()))
    }

    /// A variable of the site, as the generator's configuration has it.
    fn variable(&self, name: &str) -> Option<&str> {
        let variables = &self.style.variables;
        let found = variables.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn is_jsx(&self) -> bool {
        let extension = self.path.rsplit('.').next().unwrap_or_default();
        self.templates == Templates::Jsx || extension.eq_ignore_ascii_case("mdx")
    }
}

/// A text whose tags are resolved, what marks in it stand for, and those tags that could not be, in
/// order of their names.
pub(super) struct Resolved<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) dropped: BTreeSet<String>,
    pub(super) fills: Fills,
}

impl<'a> Resolved<'a> {
    /// A text that has no template code, whatever its braces look like.
    pub(super) fn unchanged(text: &'a str) -> Self {
        Resolved {
            text: Cow::Borrowed(text),
            dropped: BTreeSet::new(),
            fills: Fills::default(),
        }
    }
}

/// Whether a text may contain template tags at all.
pub(super) fn has_tags(text: &str) -> bool {
    has(text, "{{") || has(text, "{%")
}

/// Resolves all template code of a text. Where `code` says that some of it stands in code, what
/// cannot be resolved stays as it is: there it is an example.
pub(super) fn resolve<'a>(
    text: &'a str,
    context: &Context<'_>,
    code: impl Fn(&str) -> Code,
) -> Resolved<'a> {
    let bare = match context.templates {
        Templates::Hexo => comments::resolve(text, || Some(code(text))),
        Templates::Nunjucks => comments::resolve(text, || None),
        _ => Cow::Borrowed(text),
    };
    match bare {
        Cow::Borrowed(text) => resolve_tags(text, context, code),
        Cow::Owned(text) => {
            let resolved = resolve_tags(&text, context, code);
            Resolved {
                text: Cow::Owned(resolved.text.into_owned()),
                ..resolved
            }
        }
    }
}

fn resolve_tags<'a>(
    text: &'a str,
    context: &Context<'_>,
    code: impl Fn(&str) -> Code,
) -> Resolved<'a> {
    let resolved = if context.templates == Templates::Vue {
        vue::resolve(text, context)
    } else if context.is_jsx() {
        jsx::resolve(text)
    } else if has_tags(text) && context.templates != Templates::Off {
        let out = match context.templates {
            Templates::Hugo => hugo::resolve(text, context, code(text)),
            Templates::Zola => zola::resolve(text, context, code(text)),
            Templates::Hexo => hexo::resolve(text, context, code(text)),
            _ => liquid::resolve(text, context, code(text)),
        };
        out.finish()
    } else {
        Resolved::unchanged(text)
    };
    if context.style.admonitions && resolved.text.contains(":::") {
        let text = admonition::resolve(&resolved.text, &Code::of(&resolved.text));
        return Resolved {
            text: Cow::Owned(text),
            ..resolved
        };
    }
    resolved
}

/// The first word of a text and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (text.slice(..end), text.slice(end..).trim())
}
