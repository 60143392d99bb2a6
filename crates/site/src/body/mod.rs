//! Renders the text of a post to the HTML and the summary that readers get.

mod abbreviations;
mod attributes;
mod bare_links;
mod code;
mod definitions;
mod destinations;
mod emoji;
mod emphasis;
mod events;
mod extensions;
mod fills;
mod goldmark_quotes;
mod html_blocks;
mod html_elements;
mod indented;
mod inner_markdown;
mod items;
mod kramdown;
mod lines;
mod links;
mod lists;
mod markdown;
mod paragraphs;
mod pictures;
mod posts;
mod python;
mod python_lists;
mod python_tables;
mod quotes;
mod raw_html;
mod references;
pub mod rendered;
mod signs;
mod summary;
mod tables;
mod template;
mod wikilinks;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::{Base, LOST, line_ends};
use url::Url;

use crate::dialect::{BodyStyle, Markup, RawHtml, Templates};
use crate::post::Post;

use self::abbreviations::Abbreviations;
use self::code::Code;
use self::fills::Fills;
use self::links::Sources;
use self::markdown::{as_common_mark, to_html};
use self::paragraphs::paragraphs;
use self::summary::summary;

pub use self::markdown::{first_heading, plain_markdown};
pub use self::posts::PostLinks;
pub use self::summary::marks_summary;

/// A rendered body.
#[derive(Debug, Default, PartialEq)]
pub struct Rendered {
    pub html: Html,
    /// The summary taken from the body; a post's own summary takes precedence.
    pub summary: Option<String>,
    /// Whether the author marked where the summary ends.
    pub is_marked: bool,
}

/// The posts and files that a body may refer to.
pub struct Resources<'a> {
    /// The posts that others may link to.
    pub posts: &'a Arc<PostLinks>,
    /// The text of a file that bodies may include, by its path from the site's root.
    pub include: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The address of a page that is no post, by the path of its file from the site's root.
    pub page: &'a (dyn Fn(&str) -> Option<Url> + Sync),
    /// The path of a file of this name from the site's root, for a text in the file at a path, where it
    /// lies elsewhere than beside that.
    pub named: &'a (dyn Fn(&str, &str) -> Option<String> + Sync),
    /// The address of what a link, or the source of a picture, in the Markdown of a post names, if its
    /// generator looks for pages and files of that name.
    pub linked: &'a (dyn Fn(&str, bool, &Post) -> Option<Url> + Sync),
}

/// Renders a body. It is a pure function: the same post gives the same bytes everywhere.
///
/// `None` means that it cannot be shown; the diagnostics say why.
pub fn render(
    body: &str,
    post: &Post,
    site: &Url,
    style: &BodyStyle,
    resources: &Resources<'_>,
    diags: &mut Diagnostics,
) -> Option<Rendered> {
    let templates = match post.markup {
        Markup::Text => Templates::Off,
        _ => post.templates.unwrap_or(style.templates),
    };
    let is_html = post.markup != Markup::Markdown;
    let body = without_marks(body);
    let body = prepared(&body, post.markup, style.raw_html, templates);
    let place = Location::at(&post.path, post.body.1, 0);
    let path = slashed(&post.path);
    let context = template::Context {
        base: site,
        style,
        templates,
        page: &|name: &str| page_variable(post, name),
        posts: resources.posts,
        path: &path,
        language: post.language.as_deref(),
        include: resources.include,
    };
    let code = |text: &str| {
        if is_html {
            Code::html(text)
        } else {
            Code::of(text)
        }
    };
    let resolved = template::resolve(&body, &context, code);
    report_templates(&resolved.dropped, &place, diags);
    let (markdown, abbreviations) = if is_html {
        (resolved.text.as_ref().into(), Abbreviations::new())
    } else {
        as_common_mark(&resolved.text, style)
    };
    let fills = &resolved.fills;
    report_elements(&markdown, fills, || code(&markdown), &place, diags);
    let prefix = prefix(post);
    let base = base(post, site, style, resources, &body, &prefix);
    let linked = |link: &str, is_picture| (resources.linked)(link, is_picture, post);
    let to_html = |text: &str| {
        if is_html {
            Html::sanitize(&fills.filled(text), &base)
        } else {
            to_html(text, style, &abbreviations, fills, &linked, &base)
        }
    };
    let Some(html) = to_html(&markdown) else {
        report_nesting(place, diags);
        return None;
    };
    let (summary, is_marked) = if post.summary.is_some() {
        (None, false)
    } else {
        summary(&markdown, &html, style, || code(&markdown), to_html)
    };
    Some(Rendered {
        html,
        summary,
        is_marked,
    })
}

/// A text without what feeds cannot hold, whose HTML is as the site's engine treats it.
fn prepared(body: &str, markup: Markup, rule: RawHtml, templates: Templates) -> Cow<'_, str> {
    let body = marked_up(line_ends(text::clean(body)), markup == Markup::Text);
    match markup {
        Markup::Markdown => as_shown(body, rule, templates),
        _ => body,
    }
}

/// A text whose HTML is as the site's engine treats it.
fn as_shown(body: Cow<'_, str>, rule: RawHtml, templates: Templates) -> Cow<'_, str> {
    let kept = |text: &str| match templates {
        Templates::Hugo => template::shortcodes(text),
        _ => Vec::new(),
    };
    match raw_html::resolve(&body, rule, || kept(&body)) {
        Cow::Owned(with) => Cow::Owned(with),
        Cow::Borrowed(_) => body,
    }
}

/// A text to render: of plain text its paragraphs.
fn marked_up(text: Cow<'_, str>, is_text: bool) -> Cow<'_, str> {
    if is_text {
        Cow::Owned(paragraphs(&text))
    } else {
        text
    }
}

/// Warns of template code that is left out of the entry.
fn report_templates(dropped: &BTreeSet<String>, place: &Location, diags: &mut Diagnostics) {
    if dropped.is_empty() {
        return;
    }
    let names: Vec<&str> = dropped.iter().map(String::as_str).collect();
    diags.warning(
        "template-dropped",
        place.clone(),
        format!(
            "template code that only the site's generator can run is left out: {}",
            names.join(" ")
        ),
        "check the entry; `content.rendered` takes posts from the rendered site, where such code has run",
    );
}

/// Reports a post that the sanitizer refuses.
fn report_nesting(place: Location, diags: &mut Diagnostics) {
    diags.error(
        "html-nested",
        place,
        "the elements of the post nest too deeply, tables hold too much outside of their cells, or \
         it becomes larger than 32 MiB",
        "remove the nesting, put what tables hold into `<td>`, or split the post; a tag may be \
         missing",
    );
}

/// The absolute URL of a link as a post writes it; `None` where readers cannot follow it.
pub fn link(
    link: &str,
    post: &Post,
    site: &Url,
    style: &BodyStyle,
    resources: &Resources<'_>,
) -> Option<String> {
    if let Some(url) = (resources.linked)(link, false, post) {
        return Some(url.into());
    }
    base(post, site, style, resources, link, &prefix(post)).resolve(link)
}

/// The base that the links of a post are relative to.
fn base<'a>(
    post: &'a Post,
    site: &Url,
    style: &BodyStyle,
    resources: &Resources<'_>,
    text: &str,
    prefix: &'a str,
) -> Base<'a> {
    let path = slashed(&post.path);
    let others = match style.links_to_files {
        true => links::beside(text, &path, &style.content, resources.page),
        false => links::others(text, |path| {
            let path = format!("{}/{path}", style.content);
            let is_post = resources.posts.find(&path).is_some();
            (!is_post).then(|| (resources.page)(&path))?
        }),
    };
    let pictures = match style.wikilinks {
        true => wikilinks::pictures(text, |name| (resources.named)(name, &path)),
        false => HashMap::new(),
    };
    Base {
        url: &post.url,
        prefix,
        files: Some(Arc::new(Sources {
            posts: Arc::clone(resources.posts),
            others,
            pictures,
            path,
            content: style.content.clone(),
            folders: style.files.clone(),
            pages: style.pages,
            rooted: style.rooted,
            site: site.clone(),
        })),
    }
}

/// The prefix of HTML ids in a post's entry.
fn prefix(post: &Post) -> String {
    feedwright_feed::html::prefix(&post.id)
}

/// The value of a variable `page.…` that templates may use.
fn page_variable(post: &Post, name: &str) -> Option<String> {
    match name {
        "title" => Some(post.title.clone()),
        "url" => Some(post.url.path().to_owned()),
        // As Jekyll has it: the path without what the file is called.
        "id" => {
            let path = post.url.path().trim_end_matches('/');
            Some(path.strip_suffix(".html").unwrap_or(path).to_owned())
        }
        "excerpt" | "description" => post.summary.clone(),
        "date" => {
            let published = chrono::DateTime::from(post.published);
            Some(published.format("%Y-%m-%d %H:%M:%S %z").to_string())
        }
        "tags" => Some(post.tags.join("")).filter(|tags| !tags.is_empty()),
        "author" => post.authors.first().map(|author| author.name.clone()),
        _ => None,
    }
    .or_else(|| {
        let variable = post.variables.iter().find(|(known, _)| known == name);
        variable.map(|(_, text)| text.clone())
    })
}

/// Notes the elements that are left out with their content: readers of the feed will miss them.
fn report_elements(
    markdown: &str,
    fills: &Fills,
    code: impl Fn() -> Code,
    place: &Location,
    diags: &mut Diagnostics,
) {
    let ranges = std::cell::OnceCell::new();
    let mut found = Vec::new();
    unshown(
        markdown,
        |at| ranges.get_or_init(&code).contains(at),
        &mut found,
    );
    for html in fills.all() {
        unshown(html, |_| false, &mut found);
    }
    if !found.is_empty() {
        let message = format!(
            "feed readers do not show {}, so it is left out",
            found.join(", ")
        );
        diags.note("html-dropped", place.clone(), message);
    }
}

/// Adds the elements that readers do not show, outside of code.
fn unshown(text: &str, is_code: impl Fn(usize) -> bool, found: &mut Vec<String>) {
    const NAMES: [&str; 8] = [
        "script", "style", "svg", "math", "object", "embed", "form", "canvas",
    ];
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = text.slice(at + 1..);
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let name = NAMES
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(rest.slice(..end)));
        let Some(shown) = name.map(|name| format!("<{name}>")) else {
            continue;
        };
        if !found.contains(&shown) && !is_code(at) {
            found.push(shown);
        }
    }
}

/// A text without the characters that are used as markers internally: no author may set them.
fn without_marks(text: &str) -> Cow<'_, str> {
    if has_marks(text) {
        Cow::Owned(text.replace([summary::CUT, LOST, fills::MARK], ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a text has one of the characters that are used as markers internally.
fn has_marks(text: &str) -> bool {
    // Most texts have no byte that they begin with.
    memchr::memchr(0xef, text.as_bytes()).is_some()
        && text.contains([summary::CUT, LOST, fills::MARK])
}

/// A test whether a place in a body is not shown as HTML: in code or in a comment.
pub fn is_code(body: &str) -> impl Fn(usize) -> bool {
    let code = Code::of(body);
    let comments = ranges(body, "<!--", "-->");
    move |at| code.contains(at) || code::holds(&comments, at)
}

/// The ranges of a text from an opening delimiter to its closing one.
fn ranges(text: &str, open: &str, close: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.slice(at..).find(open).map(|start| at + start) {
        at = text
            .slice(start..)
            .find(close)
            .map_or(text.len(), |end| start + end + close.len());
        found.push(start..at);
    }
    found
}

/// Resolves template tags in a short text such as a path; `None` when one cannot be.
pub fn substitute(text: &str, style: &BodyStyle, site: &Url) -> Option<String> {
    if !template::has_tags(text) {
        return Some(text.to_owned());
    }
    let nothing = |_: &str| None;
    let context = template::Context {
        base: site,
        style,
        templates: style.templates,
        page: &nothing,
        posts: &PostLinks::default(),
        path: "",
        language: None,
        include: &nothing,
    };
    let resolved = template::resolve(text, &context, |_| Code::default());
    resolved
        .dropped
        .is_empty()
        .then(|| resolved.text.into_owned())
}
