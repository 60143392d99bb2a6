//! Template tags in bodies: what merely substitutes is resolved, the rest never reaches readers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use url::Url;

use crate::dialect::{BodyStyle, Templates};
use crate::permalink;

use super::code::Code;
use super::tags::{Kind, Tag, tags};

/// How long a value may become, in bytes: filters can multiply it.
const LONGEST_VALUE: usize = 64 << 10;

/// How long a text may become by resolving its tags, in bytes.
const LONGEST_TEXT: usize = 32 << 20;

/// What tags may refer to.
pub(super) struct Context<'a> {
    /// The site's base URL.
    pub(super) base: &'a Url,
    pub(super) style: &'a BodyStyle,
    /// `page.title` and the like.
    pub(super) page: &'a dyn Fn(&str) -> Option<String>,
    /// The URL of a post by its path or name, for `link` and `post_url`.
    pub(super) post: &'a dyn Fn(&str) -> Option<String>,
}

/// A text whose tags are resolved, and those that could not be, in order of their names.
pub(super) struct Resolved<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) dropped: BTreeSet<String>,
}

/// Whether a text may contain template tags at all.
pub(super) fn has_tags(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Resolves all tags of a text. Where `code` says that a tag stands in code, one that cannot be
/// resolved stays as it is: there it is an example.
pub(super) fn resolve<'a>(
    text: &'a str,
    context: &Context<'_>,
    code: impl Fn() -> Code,
) -> Resolved<'a> {
    if !has_tags(text) {
        return Resolved {
            text: Cow::Borrowed(text),
            dropped: BTreeSet::new(),
        };
    }
    let mut resolver = Resolver {
        text,
        context,
        code: code(),
        tags: tags(text),
        out: String::new(),
        dropped: BTreeSet::new(),
    };
    resolver.run();
    Resolved {
        text: Cow::Owned(resolver.out),
        dropped: resolver.dropped,
    }
}

struct Resolver<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    code: Code,
    tags: Vec<Tag<'a>>,
    out: String,
    dropped: BTreeSet<String>,
}

impl<'a> Resolver<'a> {
    fn run(&mut self) {
        let tags = std::mem::take(&mut self.tags);
        let mut at = 0;
        for (index, tag) in tags.iter().enumerate() {
            // Tags inside a block that was resolved as a whole are done.
            if tag.start >= at {
                self.out.push_str(&self.text[at..tag.start]);
                at = self.tag(tag, &tags[index + 1..]);
            }
        }
        self.out.push_str(&self.text[at..]);
    }

    /// Resolves one tag and says where to go on.
    fn tag(&mut self, tag: &Tag<'a>, following: &[Tag<'a>]) -> usize {
        let liquid = self.context.style.templates == Templates::Liquid;
        if tag.kind == Kind::Unclosed {
            // In Liquid it is a mistake that nobody wants to read; elsewhere it may be text.
            if liquid {
                self.unresolved(tag, tag.end);
            } else {
                self.out.push_str(&self.text[tag.start..tag.end]);
            }
            return tag.end;
        }
        if tag.kind == Kind::Output {
            let is_shortcode = tag.inner.starts_with(['<', '%']);
            let value = (liquid && !is_shortcode)
                .then(|| self.output(tag.inner))
                .flatten()
                .filter(|value| self.out.len() + value.len() <= LONGEST_TEXT);
            match value {
                Some(value) => self.out.push_str(&value),
                None => self.unresolved(tag, tag.end),
            }
            return tag.end;
        }
        let (name, arguments) = word(tag.inner);
        match name {
            "raw" if liquid => {
                let (inner, end) = self.block(tag, "raw", following);
                self.out.push_str(inner);
                end
            }
            "comment" if liquid => self.block(tag, "comment", following).1,
            "highlight" if liquid => {
                let (inner, end) = self.block(tag, "highlight", following);
                self.highlight(arguments, inner);
                end
            }
            "link" | "post_url" if liquid => {
                match self.link(name, arguments) {
                    Some(url) => self.out.push_str(&url),
                    None => self.unresolved(tag, tag.end),
                }
                tag.end
            }
            // What these would show depends on a computation.
            "if" | "unless" | "for" | "case" | "capture" | "tablerow" => {
                let in_code = self.code.contains(tag.start);
                let end = if in_code {
                    tag.end
                } else {
                    self.block(tag, name, following).1
                };
                self.unresolved(tag, end);
                end
            }
            _ => {
                self.unresolved(tag, tag.end);
                tag.end
            }
        }
    }

    /// Drops what stands from a tag to `end`, unless it is code.
    fn unresolved(&mut self, tag: &Tag<'_>, end: usize) {
        if self.code.contains(tag.start) {
            self.out.push_str(&self.text[tag.start..end]);
            return;
        }
        let (name, _) = word(tag.inner.trim_start_matches(['<', '%', '/', '-']));
        let name: String = name.chars().take(40).collect();
        let shown = match (tag.kind, tag.inner.chars().next()) {
            (Kind::Unclosed, _) => self.text[tag.start..tag.start + 2].to_owned(),
            (Kind::Output, Some('<')) => format!("{{{{< {name} >}}}}"),
            (Kind::Output, Some('%')) => format!("{{{{% {name} %}}}}"),
            (Kind::Output, _) => format!("{{{{ {name} }}}}"),
            (Kind::Block, _) => format!("{{% {name} %}}"),
        };
        self.dropped.insert(shown);
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
                    return (&self.text[tag.end..next.start], next.end);
                }
            }
        }
        (&self.text[tag.end..], self.text.len())
    }

    /// `{% highlight ruby linenos %}` is a fenced code block.
    fn highlight(&mut self, arguments: &str, code: &str) {
        let (language, _) = word(arguments);
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        // A fence begins a line, or it is no fence; in a list it is indented like the tag.
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        let indent = self.out[line..].to_owned();
        let indent = if indent.trim().is_empty() {
            indent
        } else {
            self.out.push('\n');
            String::new()
        };
        let code = without_raw(code);
        let code = code.trim_matches(['\n', '\r']).trim_end();
        self.out
            .push_str(&format!("{fence}{language}\n{code}\n{indent}{fence}\n"));
    }

    fn link(&self, name: &str, target: &str) -> Option<String> {
        let target = target.trim().trim_matches(['"', '\'']);
        let target = match target.strip_prefix("{{").and_then(|t| t.strip_suffix("}}")) {
            Some(inner) => self.output(inner.trim())?,
            None => target.to_owned(),
        };
        if let Some(url) = (self.context.post)(&target) {
            return Some(url);
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

    /// The value of `{{ expression | filter: argument }}`.
    fn output(&self, inner: &str) -> Option<String> {
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
            value = Some(match name.trim() {
                "relative_url" => self.relative(&text)?,
                "absolute_url" => permalink::on_site(self.context.base, &text)
                    .ok()?
                    .to_string(),
                "prepend" => argument(0)? + &text,
                "append" => text + &argument(0)?,
                "replace" => replaced(&text, &argument(0)?, &argument(1)?)?,
                "remove" => text.replace(&argument(0)?, ""),
                "escape" | "xml_escape" | "escape_once" => {
                    html_escape::encode_safe(&text).into_owned()
                }
                "strip" => text.trim().to_owned(),
                "downcase" => text.to_lowercase(),
                "upcase" => text.to_uppercase(),
                "uri_escape" => permalink::encode(&text),
                "strip_html" => crate::text::strip_tags(&text),
                "slugify" => crate::slug::jekyll(&text, false, false),
                "markdownify" | "smartify" | "normalize_whitespace" => text,
                _ => return None,
            });
        }
        value
    }

    /// A path with the site's own path in front.
    fn relative(&self, path: &str) -> Option<String> {
        if path.contains("://") {
            return Some(path.to_owned());
        }
        permalink::on_site(self.context.base, path)
            .ok()
            .map(|url| url.path().to_owned())
    }

    fn value(&self, expression: &str) -> Option<String> {
        for quote in ['"', '\''] {
            if let Some(text) = expression.strip_prefix(quote) {
                return text.strip_suffix(quote).map(str::to_owned);
            }
        }
        let base = self.context.base;
        match expression {
            // Jekyll keeps host and path apart.
            "site.url" => Some(base.origin().ascii_serialization()),
            "site.baseurl" => Some(base.path().trim_end_matches('/').to_owned()),
            _ => self
                .context
                .style
                .variables
                .iter()
                .find(|(name, _)| name == expression)
                .map(|(_, value)| value.clone())
                .or_else(|| (self.context.page)(expression.strip_prefix("page.")?)),
        }
    }
}

/// The text with one part replaced, unless that would make it too long.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let growth = text.matches(from).count().checked_mul(to.len())?;
    (text.len() + growth <= LONGEST_VALUE).then(|| text.replace(from, to))
}

/// Code without the tags that protect its braces from Liquid.
fn without_raw(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    for tag in tags(code) {
        let (name, _) = word(tag.inner);
        if tag.kind == Kind::Block && matches!(name, "raw" | "endraw") {
            out.push_str(&code[at..tag.start]);
            at = tag.end;
        }
    }
    out.push_str(&code[at..]);
    out
}

fn has_extension(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
}

/// The first word of a text and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c == separator => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            (None, _) => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> (String, Vec<String>) {
        let base = Url::parse("https://example.gov/blog/").expect("a URL");
        let style = BodyStyle {
            templates: Templates::Liquid,
            variables: vec![("site.title".into(), "Site".into())],
            ..BodyStyle::default()
        };
        let page = |name: &str| (name == "title").then(|| "Page".to_owned());
        let post =
            |name: &str| (name == "2021-01-01-a").then(|| "https://example.gov/a/".to_owned());
        let context = Context {
            base: &base,
            style: &style,
            page: &page,
            post: &post,
        };
        let resolved = resolve(text, &context, || Code::of(text));
        (
            resolved.text.into_owned(),
            resolved.dropped.into_iter().collect(),
        )
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(run(text), (expected.to_owned(), Vec::new()), "{text}");
    }

    #[test]
    fn substitution() {
        check(
            "{{site.baseurl}}/x {{ site.url }}",
            "/blog/x https://example.gov",
        );
        check("{{ \"/x.pdf\" | relative_url }}", "/blog/x.pdf");
        check(
            "{{ '/x.pdf' | absolute_url }}",
            "https://example.gov/blog/x.pdf",
        );
        check(
            "{{ '/x' | prepend: site.baseurl | append: '.png' }}",
            "/blog/x.png",
        );
        check("{{- site.title | upcase -}}", "SITE");
        check(
            "{{ page.title }} {{ page.nothing | default: 'none' }}",
            "Page none",
        );
        check("{% post_url 2021-01-01-a %}", "https://example.gov/a/");
        check(
            "{% link assets/x.pdf %}",
            "https://example.gov/blog/assets/x.pdf",
        );
        check("a{% comment %}b{% endcomment %}c", "ac");
        check("{% raw %}{{ x }}{% endraw %}", "{{ x }}");
        check(
            "{% highlight ruby %}\na = 1\n{% endhighlight %}\n",
            "```ruby\na = 1\n```\n\n",
        );
    }

    #[test]
    fn highlighted_code() {
        check(
            "{% highlight liquid %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}",
            "```liquid\n{{ x }}\n```\n",
        );
        check(
            "1. Step\n\n   {% highlight sh %}\n   ls\n   {% endhighlight %}\n2. Next",
            "1. Step\n\n   ```sh\n   ls\n   ```\n\n2. Next",
        );
    }

    #[test]
    fn what_computes_is_dropped_and_named() {
        let check = |text: &str, expected: &str, dropped: &[&str]| {
            let (text_found, dropped_found) = run(text);
            assert_eq!(text_found, expected, "{text}");
            assert_eq!(dropped_found, dropped, "{text}");
        };
        check(
            "a {% if x %}b{% if y %}c{% endif %}{% endif %} d",
            "a  d",
            &["{% if %}"],
        );
        check(
            "a {% include b.html %}{{ x | nope }}",
            "a ",
            &["{% include %}", "{{ x }}"],
        );
        check(
            "{{< figure src=\"a\" >}}{{% note %}}",
            "",
            &["{{% note %}}", "{{< figure >}}"],
        );
        check("{% for x in y %}never closed", "", &["{% for %}"]);
        check("a {{ never\nclosed", "a \nclosed", &["{{"]);
        check(
            "a {% include x\n\n  y=\"z\" %} b",
            "a  b",
            &["{% include %}"],
        );
        check(
            "`{{ x }}` and\n\n```\n{% nope %}\n```\n",
            "`{{ x }}` and\n\n```\n{% nope %}\n```\n",
            &[],
        );
        check("{% link _posts/nothing.md %}", "", &["{% link %}"]);
    }
}
