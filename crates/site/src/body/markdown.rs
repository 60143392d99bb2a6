//! Reads Markdown as the site's own engine does, and turns it into HTML or plain text.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::{Base, LOST};
use pulldown_cmark::html::push_html;
use pulldown_cmark::{
    BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::dialect::{BareLinks, BodyStyle, Engine};

use super::abbreviations::{self, Abbreviations, with_abbreviations};
use super::code::Code;
use super::definitions::with_definitions;
use super::events::{
    with_block_tags, with_breaks, with_code_titles, with_joined_quotes, with_languages, with_links,
    with_tildes, with_trimmed_code,
};
use super::fills::Fills;
use super::items::with_items;
use super::links::{Linked, with_addresses};
use super::lists::with_nested_lists;
use super::pictures::without_paragraphs;
use super::quotes::with_quotes;
use super::wikilinks::{with_wikilinks, without_comments};
use super::{
    attributes, destinations, emoji, emphasis, extensions, html_blocks, indented, kramdown, lines,
    lists, python, python_lists, python_tables, raw_html, references, signs, tables, template,
};

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
    options.set(Options::ENABLE_GFM, style.engine != Engine::Kramdown);
    options.set(Options::ENABLE_WIKILINKS, style.wikilinks);
    options
}

/// Converts Markdown to safe HTML, with what marks in it stand for; `None` when it nests too deeply.
pub(super) fn to_html(
    markdown: &str,
    style: &BodyStyle,
    abbreviations: &Abbreviations,
    fills: &Fills,
    linked: &Linked<'_>,
    base: &Base<'_>,
) -> Option<Html> {
    let length = markdown.len();
    let events = with_wikilinks(events(markdown, style, abbreviations), base);
    let events = with_addresses(events, linked);
    match style.bare_links {
        BareLinks::Off => with_fills(events, length, fills, base),
        rule => with_fills(with_links(events, rule), length, fills, base),
    }
}

/// What the site's own engine finds in Markdown, but for bare links.
fn events<'a>(
    markdown: &'a str,
    style: &BodyStyle,
    abbreviations: &'a Abbreviations,
) -> impl Iterator<Item = Event<'a>> {
    let unknown = move |link: BrokenLink<'_>| unknown_reference(markdown, &link);
    let events = Parser::new_with_broken_link_callback(markdown, options_of(style), Some(unknown))
        .into_offset_iter();
    let engine = style.engine;
    let events = with_nested_lists(events, markdown, engine);
    let events = with_items(events, markdown, style);
    let events = with_definitions(events, markdown, engine);
    let events = with_block_tags(events, markdown, engine);
    let events = with_tildes(events, markdown, engine);
    let events = with_languages(events, engine);
    let events = with_code_titles(events, style.code_titles);
    let events = with_trimmed_code(events, engine);
    let events = with_joined_quotes(events, markdown, engine);
    let events = with_quotes(events, markdown, style);
    let events = with_breaks(events.map(|(event, _)| event), style.hard_breaks);
    let events = without_paragraphs(events, style.bare_pictures);
    with_abbreviations(events, abbreviations)
}

fn with_fills<'a>(
    events: impl Iterator<Item = Event<'a>>,
    length: usize,
    fills: &Fills,
    base: &Base<'_>,
) -> Option<Html> {
    if fills.is_empty() {
        return Html::of_markdown(events, length, base);
    }
    let events = fills.events(events.collect());
    Html::of_markdown(events.into_iter(), length, base)
}

/// The HTML of Markdown inside of a shortcode, as yet unsafe. What shortcodes in it made is HTML there
/// already.
pub(super) fn fragment(markdown: &str, style: &BodyStyle, fills: &Fills) -> String {
    let markdown = raw_html::resolve(markdown, style.raw_html, Vec::new);
    let markdown = fills.filled(&markdown);
    let (markdown, abbreviations) = as_common_mark(&markdown, style);
    let events = events(&markdown, style, &abbreviations).map(without_lost);
    let mut html = String::with_capacity(markdown.len() * 2);
    match style.bare_links {
        BareLinks::Off => push_html(&mut html, events),
        rule => push_html(&mut html, with_links(events, rule)),
    }
    html
}

/// An event whose address leads nowhere if what it was made of is lost: in an encoded address the
/// sanitizer would not see that.
fn without_lost(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) if dest_url.contains(LOST) => Event::Start(Tag::Link {
            link_type,
            dest_url: CowStr::Borrowed(""),
            title,
            id,
        }),
        event => event,
    }
}

/// What `[text][name]` and `[text][]` lead to where nothing says it: nowhere, so that the text alone is
/// left.
fn unknown_reference<'a>(
    markdown: &str,
    link: &BrokenLink<'_>,
) -> Option<(CowStr<'a>, CowStr<'a>)> {
    // `array[0][1]` is text.
    let before = markdown.get(..link.span.start)?;
    let is_apart = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || ")]_".contains(c));
    let is_meant = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
    (is_meant && is_apart && !is_in_brackets(before))
        .then(|| (CowStr::from(LOST.to_string()), CowStr::Borrowed("")))
}

/// Whether a bracket is open behind which a text ends: what stands in it may be the text of a link, in
/// which no other can be.
fn is_in_brackets(before: &str) -> bool {
    const REACH: usize = 500;
    let from = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let near = before.slice(from..);
    let line = near.rsplit("\n\n").next().unwrap_or_default();
    let mut depth = 0_usize;
    for c in line.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}

/// Rewrites a text so that CommonMark reads it as the site's own engine would; the abbreviations that
/// it defines stand apart.
pub(super) fn as_common_mark<'a>(
    text: &'a str,
    style: &BodyStyle,
) -> (Cow<'a, str>, Abbreviations) {
    let is_kramdown = style.engine == Engine::Kramdown;
    let is_python = style.engine == Engine::Python;
    let mut text = Cow::Borrowed(text);
    let mut abbreviations = Abbreviations::new();
    if style.wikilinks {
        text = changed(text, |text| without_comments(text, || Code::of(text)));
    }
    if is_python {
        text = changed(text, python::with_plain_blanks);
    }
    if is_kramdown {
        text = changed(text, |text| extensions::resolve(text, || Code::of(text)));
    }
    if is_kramdown || is_python {
        text = changed(text, |text| {
            html_blocks::resolve(text, style.inner_markdown)
        });
        text = changed(text, |text| {
            let (left, found) = abbreviations::resolve(text, || Code::of(text));
            abbreviations = found;
            left
        });
    }
    if style.indented_blocks {
        text = changed(text, python::resolve);
    }
    text = changed(text, |text| python_lists::resolve(text, style.python_lists));
    if style.no_indented_code {
        text = changed(text, indented::resolve);
    }
    if is_kramdown || is_python {
        text = changed(text, |text| destinations::resolve(text, || Code::of(text)));
        text = changed(text, |text| emphasis::resolve(text, || Code::of(text)));
    }
    if is_python {
        text = changed(text, |text| python_tables::resolve(text, || Code::of(text)));
        text = changed(text, |text| {
            python::without_attributes(text, || Code::of(text))
        });
        text = changed(text, |text| references::set_apart(text, || Code::of(text)));
        text = changed(text, |text| references::resolve(text, || Code::of(text)));
    }
    if style.smart && (is_kramdown || style.engine == Engine::Goldmark) {
        text = changed(text, |text| signs::resolve(text, || Code::of(text)));
    }
    if is_kramdown {
        text = changed(text, |text| tables::resolve(text, || Code::of(text)));
        text = changed(text, lists::with_one_mark);
        text = changed(text, kramdown::joined_lists);
        text = changed(text, |text| kramdown::resolve(text, || Code::of(text)));
    } else {
        let (alone, at_ends) = (style.attributes, style.attributes_at_ends);
        text = changed(text, |text| {
            attributes::resolve(text, alone, at_ends, || Code::of(text))
        });
    }
    if style.emoji {
        text = changed(text, |text| emoji::resolve(text, || Code::of(text)));
    }
    text = changed(text, |text| {
        lines::resolve(text, style, || Code::without_definitions(text))
    });
    if style.heading_is_title
        && let Some(rest) = after_title(&text)
    {
        text = Cow::Owned(text.slice(rest..).to_owned());
    }
    (text, abbreviations)
}

/// A text as one step changes it.
fn changed<'a>(text: Cow<'a, str>, mut step: impl FnMut(&str) -> Cow<'_, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => match step(&text) {
            Cow::Owned(with) => Cow::Owned(with),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
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
