//! Reads Markdown as the site's own engine does, and turns it into HTML or plain text.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::Base;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::dialect::BodyStyle;

use super::code::Code;
use super::{attributes, emoji, kramdown, lines, python, template};

/// The extensions of CommonMark that all engines share.
pub(super) fn options(smart: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    options
}

/// The extensions of the site's own engine: [`options`], and `[!NOTE]` at the top of a quote unless
/// the engine is kramdown.
fn options_of(style: &BodyStyle) -> Options {
    let mut options = options(style.smart);
    options.set(Options::ENABLE_GFM, !style.kramdown);
    options
}

/// Converts Markdown to safe HTML; `None` when it nests too deeply.
pub(super) fn to_html(markdown: &str, style: &BodyStyle, base: &Base<'_>) -> Option<Html> {
    let events = Parser::new_ext(markdown, options_of(style));
    Html::of_markdown(events, markdown.len(), base)
}

/// Rewrites a text so that CommonMark reads it as the site's own engine would.
pub(super) fn as_common_mark<'a>(text: &'a str, style: &BodyStyle) -> Cow<'a, str> {
    if style.python
        && let Cow::Owned(text) = python::resolve(text)
    {
        return Cow::Owned(with_marks(&text, style).into_owned());
    }
    with_marks(text, style)
}

/// A text whose marks CommonMark reads as the site's own engine would.
fn with_marks<'a>(text: &'a str, style: &BodyStyle) -> Cow<'a, str> {
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
        text = Cow::Owned(text.slice(rest..).to_owned());
    }
    text
}

/// The end of the first-level heading that opens a text.
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

/// The text of the first heading, for posts without a title. It has to be of the first level or to
/// open the body: any other is the heading of a section.
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

/// A text of front matter as plain text, without its Markdown: some generators read it as such, and
/// some authors write it for others too.
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
