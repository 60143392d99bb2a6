//! A post's Markdown to the HTML and the summary that readers get.

mod attributes;
mod code;
mod emoji;

mod kramdown;
mod lines;
mod links;

mod posts;
pub mod rendered;
mod summary;
mod template;

use std::borrow::Cow;
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::permalink::slashed;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::{Base, LOST, line_ends};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use url::Url;

use crate::dialect::BodyStyle;
use crate::post::Post;

use self::code::Code;
use self::links::Sources;
use self::summary::summary;

pub use self::posts::{PostLinks, joined};
pub use self::summary::marks_summary;

/// What a body becomes.
#[derive(Debug, PartialEq)]
pub struct Rendered {
    pub html: Html,
    /// From the body; the post's own summary goes before it.
    pub summary: Option<String>,
    /// Whether the author marked where the summary ends.
    pub is_marked: bool,
}

/// What bodies may name besides their own text.
pub struct Resources<'a> {
    /// The posts that others may link to.
    pub posts: &'a Arc<PostLinks>,
    /// The text of a file that bodies may include, by its name as written.
    pub include: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// Renders a body. Pure: the same post gives the same bytes anywhere.
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
    // The marks that stand for something here are nobody else's to set.
    let body = if has_marks(body) {
        Cow::Owned(body.replace([summary::CUT, LOST], ""))
    } else {
        Cow::Borrowed(body)
    };
    let body = line_ends(text::clean(&body));
    let place = Location::at(&post.path, post.body.1, 0);
    let page = |name: &str| page_variable(post, name);
    let path = slashed(&post.path);
    let context = template::Context {
        base: site,
        style,
        page: &page,
        posts: resources.posts,
        path: &path,
        include: resources.include,
    };
    let is_html = matches!(
        post.path
            .extension()
            .and_then(|extension| extension.to_str()),
        Some("html" | "htm")
    );
    let code = |text: &str| {
        if is_html {
            Code::html(text)
        } else {
            Code::of(text)
        }
    };
    let resolved = template::resolve(&body, &context, || code(&body));
    if !resolved.dropped.is_empty() {
        let names: Vec<String> = resolved.dropped.into_iter().collect();
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
    let markdown = if is_html {
        resolved.text.as_ref().into()
    } else {
        markdown_of(&resolved.text, style)
    };
    name_dropped(&markdown, || code(&markdown), &place, diags);
    let prefix = prefix(post);
    let base = base(post, site, style, resources.posts, &prefix);
    let to_html = |text: &str| {
        if is_html {
            Html::sanitize(text, &base)
        } else {
            to_html(text, style, &base)
        }
    };
    let html = to_html(&markdown);
    let Some(html) = html else {
        diags.error(
            "html-nested",
            place,
            "the elements of the post nest too deeply, tables hold too much outside of their cells, or \
             it becomes larger than 32 MiB",
            "remove the nesting, put what tables hold into `<td>`, or split the post; a tag may be \
             missing",
        );
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

/// A text as CommonMark reads what the site's own engine would.
fn markdown_of<'a>(text: &'a str, style: &BodyStyle) -> Cow<'a, str> {
    let mut text = if style.kramdown {
        match kramdown::joined_lists(text) {
            Cow::Borrowed(text) => kramdown::resolve(text, || Code::of(text)),
            Cow::Owned(text) => {
                Cow::Owned(kramdown::resolve(&text, || Code::of(&text)).into_owned())
            }
        }
    } else {
        attributes::resolve(text, style.attributes, style.attributes_at_ends, || {
            Code::of(text)
        })
    };
    if let Cow::Owned(with) =
        lines::resolve(&text, style.kramdown, || Code::without_definitions(&text))
    {
        text = Cow::Owned(with);
    }
    if style.emoji
        && let Cow::Owned(with) = emoji::resolve(&text, || Code::of(&text))
    {
        text = Cow::Owned(with);
    }
    if style.heading_is_title
        && let Some(rest) = after_title(&text)
    {
        text = Cow::Owned(text[rest..].to_owned());
    }
    text
}

/// Where a text goes on after the heading of the first level that opens it.
fn after_title(text: &str) -> Option<usize> {
    let mut events = Parser::new_ext(text, options(false)).into_offset_iter();
    let (event, range) = events.next()?;
    let is_title = matches!(
        event,
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        })
    );
    is_title.then_some(range.end)
}

/// The absolute URL of a link as a post writes it; `None` where readers cannot follow it.
pub fn link(
    link: &str,
    post: &Post,
    site: &Url,
    style: &BodyStyle,
    posts: &Arc<PostLinks>,
) -> Option<String> {
    base(post, site, style, posts, &prefix(post)).resolve(link)
}

/// Where the links of a post count from.
fn base<'a>(
    post: &'a Post,
    site: &Url,
    style: &BodyStyle,
    posts: &Arc<PostLinks>,
    prefix: &'a str,
) -> Base<'a> {
    Base {
        url: &post.url,
        prefix,
        files: Some(Arc::new(Sources {
            posts: Arc::clone(posts),
            path: slashed(&post.path),
            content: style.content.clone(),
            site: site.clone(),
        })),
    }
}

/// What the ids of a post's entry begin with.
fn prefix(post: &Post) -> String {
    feedwright_feed::html::prefix(&post.id)
}

/// What templates may ask of a post.
fn page_variable(post: &Post, name: &str) -> Option<String> {
    match name {
        "title" => Some(post.title.clone()),
        "url" => Some(post.url.path().to_owned()),
        "id" => Some(post.id.clone()),
        "excerpt" | "description" => post.summary.clone(),
        "date" => {
            let published = chrono::DateTime::from(post.published);
            Some(published.format("%Y-%m-%d %H:%M:%S %z").to_string())
        }
        "tags" => Some(post.tags.join("")).filter(|tags| !tags.is_empty()),
        "author" => post.authors.first().map(|author| author.name.clone()),
        _ => None,
    }
}

/// Elements that go with their content are named: readers of the feed will miss them.
fn name_dropped(
    markdown: &str,
    code: impl Fn() -> Code,
    place: &Location,
    diags: &mut Diagnostics,
) {
    const NAMES: [&str; 8] = [
        "script", "style", "svg", "math", "object", "embed", "form", "canvas",
    ];
    let ranges = std::cell::OnceCell::new();
    let mut found: Vec<String> = Vec::new();
    for at in memchr::memchr_iter(b'<', markdown.as_bytes()) {
        let rest = &markdown[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let name = NAMES
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(&rest[..end]));
        let Some(shown) = name.map(|name| format!("<{name}>")) else {
            continue;
        };
        if !found.contains(&shown) && !ranges.get_or_init(&code).contains(at) {
            found.push(shown);
        }
    }
    if !found.is_empty() {
        let message = format!(
            "feed readers do not show {}, so it is left out",
            found.join(", ")
        );
        diags.note("html-dropped", place.clone(), message);
    }
}

fn options(smart: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    options
}

/// As those, with `[!NOTE]` at the top of a quote where the site's engine is not kramdown.
fn options_of(style: &BodyStyle) -> Options {
    let mut options = options(style.smart);
    options.set(Options::ENABLE_GFM, !style.kramdown);
    options
}

/// Markdown to safe HTML; `None` when it nests too deeply.
fn to_html(markdown: &str, style: &BodyStyle, base: &Base<'_>) -> Option<Html> {
    let events = Parser::new_ext(markdown, options_of(style));
    Html::of_markdown(events, markdown.len(), base)
}

/// Whether a text has one of the characters that stand for something here.
fn has_marks(text: &str) -> bool {
    // Most texts have no byte that they begin with.
    memchr::memchr(0xef, text.as_bytes()).is_some() && text.contains([summary::CUT, LOST])
}

/// The text of the first heading, for posts without a title: of the first level, or one that
/// opens the body. Any other is the heading of a part.
pub fn first_heading(markdown: &str) -> Option<String> {
    let mut heading: Option<String> = None;
    let mut is_first = true;
    for event in Parser::new_ext(markdown, options(false)) {
        match (&mut heading, event) {
            (None, Event::Start(Tag::Heading { level, .. }))
                if is_first || level == HeadingLevel::H1 =>
            {
                heading = Some(String::new());
            }
            (Some(_), Event::End(TagEnd::Heading(_))) => break,
            (Some(text), Event::Text(part) | Event::Code(part)) => text.push_str(&part),
            (Some(text), Event::SoftBreak) => text.push(' '),
            _ => {}
        }
        is_first = false;
    }
    heading
        .map(|text| text::closed_line(&text))
        .filter(|text| !text.is_empty() && !template::has_tags(text))
}

/// A text of front matter in plain: some generators read it as Markdown, and some authors write
/// it as if they did.
pub fn plain_markdown(text: &str) -> String {
    let is_marked = ["](", "**", "__", "`"]
        .iter()
        .any(|mark| text.contains(mark));
    if !is_marked || text.trim_start().starts_with(['#', '-', '>', '|']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, options(false)) {
        match event {
            Event::Text(part) | Event::Code(part) => out.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => out.push(' '),
            _ => {}
        }
    }
    text::one_line(&out)
}

/// The places in a body that no reader sees as HTML: code, and what is commented out.
pub fn is_code(body: &str) -> impl Fn(usize) -> bool {
    let code = Code::of(body);
    let comments = ranges(body, "<!--", "-->");
    move |at| code.contains(at) || code::holds(&comments, at)
}

/// What stands between two marks.
fn ranges(text: &str, open: &str, close: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        at = text[start..]
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
        page: &nothing,
        posts: &PostLinks::default(),
        path: "",
        include: &nothing,
    };
    let resolved = template::resolve(text, &context, Code::default);
    resolved
        .dropped
        .is_empty()
        .then(|| resolved.text.into_owned())
}
