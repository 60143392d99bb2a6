//! Changes what CommonMark's parser found into what the site's own engine makes of it.

use std::collections::VecDeque;
use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_feed::html::LOST;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, TextMergeStream};

use crate::dialect::{BareLinks, Engine};

use super::bare_links;
use super::html_blocks::is_block;

/// An event, and the part of the text that it was found in.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// Events in which text between single tildes is struck only if the engine has it so.
pub(super) fn with_tildes<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    let is_double = matches!(
        engine,
        Engine::Kramdown | Engine::MarkdownIt | Engine::Python
    );
    events.map(move |(event, range)| match event {
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
            if is_double && !text.slice(range.clone()).starts_with("~~") =>
        {
            (Event::Text(CowStr::Borrowed("~")), range)
        }
        event => (event, range),
    })
}

/// Events in which tags of blocks that stand in a line are text, as kramdown has it.
pub(super) fn with_block_tags<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    events.map(move |(event, range)| match event {
        Event::InlineHtml(tag)
            if engine == Engine::Kramdown
                && is_block_tag(&tag)
                && !text.slice(..range.start).ends_with(LOST) =>
        {
            (Event::Text(tag), range)
        }
        event => (event, range),
    })
}

/// Whether a tag is one of a block for kramdown.
pub(super) fn is_block_tag(tag: &str) -> bool {
    /// Blocks that kramdown does not know as such.
    const UNKNOWN: [&str; 7] = [
        "audio", "center", "details", "figure", "script", "style", "video",
    ];
    let bare = tag.trim_start_matches(['<', '/']);
    let end = bare.find(|c: char| !c.is_ascii_alphanumeric());
    let name = bare.slice(..end.unwrap_or(bare.len()));
    let is_unknown = UNKNOWN.iter().any(|own| own.eq_ignore_ascii_case(name));
    is_block(name) && !is_unknown
}

/// Events in which quotes are one that nothing but blank lines sets apart, as Python's Markdown has it.
pub(super) fn with_joined_quotes<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    let mut events = events.peekable();
    std::iter::from_fn(move || {
        loop {
            let (event, range) = events.next()?;
            if engine != Engine::Python || !matches!(event, Event::End(TagEnd::BlockQuote(_))) {
                return Some((event, range));
            }
            let next = events.next_if(|(next, start)| {
                let is_near = text
                    .slice(range.end..start.start.max(range.end))
                    .trim()
                    .is_empty();
                matches!(next, Event::Start(Tag::BlockQuote(None))) && is_near
            });
            if next.is_none() {
                return Some((event, range));
            }
        }
    })
}

/// Events in which code has the blanks that the engine shows: Python's Markdown takes blank lines from both
/// ends, and Hexo the indentation that all lines have.
pub(super) fn with_trimmed_code<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    let mut events = events.peekable();
    let mut begins = false;
    std::iter::from_fn(move || {
        let is_text =
            std::mem::take(&mut begins) && matches!(events.peek(), Some((Event::Text(_), _)));
        if !is_text {
            let event = events.next()?;
            begins = match event.0 {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    matches!(engine, Engine::Python | Engine::Marked)
                }
                Event::Start(Tag::CodeBlock(_)) => engine == Engine::Python,
                _ => false,
            };
            return Some(event);
        }
        let mut code = String::new();
        let mut place = 0..0;
        while let Some((Event::Text(text), range)) =
            events.next_if(|(event, _)| matches!(event, Event::Text(_)))
        {
            code.push_str(&text);
            place = range;
        }
        let code = match engine {
            Engine::Python => format!("{}\n", code.trim_matches('\n')),
            _ => without_indent(&code),
        };
        Some((Event::Text(code.into()), place))
    })
}

/// Code without the indentation that all its lines have.
fn without_indent(code: &str) -> String {
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = code.lines().filter(|line| !line.trim().is_empty());
    let least = filled.map(blanks).min().unwrap_or(0);
    let lines = code.split_inclusive('\n');
    lines
        .map(|line| line.slice(least.min(blanks(line))..))
        .collect()
}

/// Events in which the first line of code names its language, as Python's Markdown has it: `:::python`
/// and `#!python`, but not `#!/usr/bin/python`, which is shown.
pub(super) fn with_languages<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    let mut events = events.peekable();
    std::iter::from_fn(move || {
        let (event, range) = events.next()?;
        let is_unnamed = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(name))) => name.is_empty(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            _ => false,
        };
        if engine != Engine::Python || !is_unnamed {
            return Some((event, range));
        }
        let line = events.next_if(|(event, _)| match event {
            Event::Text(line) => language(line).is_some(),
            _ => false,
        });
        let Some((Event::Text(line), _)) = line else {
            return Some((event, range));
        };
        let name = CowStr::from(language(&line).unwrap_or_default().to_owned());
        let block = Tag::CodeBlock(CodeBlockKind::Fenced(name));
        Some((Event::Start(block), range))
    })
}

/// Events in which a title that code has behind its language is a paragraph above it, where the site
/// shows such titles.
pub(super) fn with_code_titles<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    has_titles: bool,
) -> impl Iterator<Item = Placed<'a>> {
    events.flat_map(move |(event, range)| {
        let title = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if has_titles => title(info),
            _ => None,
        };
        let title = title.map(|title| {
            [
                Event::Start(Tag::Paragraph),
                Event::Text(title.to_owned().into()),
                Event::End(TagEnd::Paragraph),
            ]
        });
        let place = range.clone();
        let title = title.into_iter().flatten();
        title
            .map(move |event| (event, place.clone()))
            .chain([(event, range)])
    })
}

/// The title in what stands behind the language of code, such as `js title="a.js"`.
fn title(info: &str) -> Option<&str> {
    let (_, rest) = info.split_once("title=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (title, _) = rest.slice(1..).split_once(quote)?;
    Some(title.trim()).filter(|title| !title.is_empty())
}

/// The language that a line names which is not shown.
fn language(line: &str) -> Option<&str> {
    let named = match line.strip_prefix("::") {
        Some(rest) => rest.trim_start_matches(':'),
        None => line.strip_prefix("#!")?,
    };
    let is_part = |c: char| c.is_alphanumeric() || "_#.+-".contains(c);
    let name = named.split(|c| !is_part(c)).next().unwrap_or_default();
    let is_one_line = line.trim_end_matches('\n').lines().count() == 1;
    (!name.is_empty() && is_one_line).then_some(name)
}

/// Events in which ends of lines are breaks, if the engine has them so.
pub(super) fn with_breaks<'a>(
    events: impl Iterator<Item = Event<'a>>,
    has_breaks: bool,
) -> impl Iterator<Item = Event<'a>> {
    events.map(move |event| match event {
        Event::SoftBreak if has_breaks => Event::HardBreak,
        event => event,
    })
}

/// Events in which bare addresses are links.
pub(super) fn with_links<'a>(
    events: impl Iterator<Item = Event<'a>>,
    rule: BareLinks,
) -> impl Iterator<Item = Event<'a>> {
    Links {
        // An address may be several texts, as it has signs that could be marks.
        events: TextMergeStream::new(events),
        rule,
        within: 0,
        ready: VecDeque::new(),
    }
}

/// Events in which addresses are links.
struct Links<'a, I: Iterator<Item = Event<'a>>> {
    events: TextMergeStream<'a, I>,
    rule: BareLinks,
    /// How many elements are open in which no link may begin: links, images and code.
    within: usize,
    ready: VecDeque<Event<'a>>,
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Links<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let event = self.events.next()?;
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                self.within += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.within = self.within.saturating_sub(1);
            }
            Event::InlineHtml(tag) if opens_link(tag) => self.within += 1,
            Event::InlineHtml(tag) if tag.eq_ignore_ascii_case("</a>") => {
                self.within = self.within.saturating_sub(1);
            }
            Event::Text(text) if self.within == 0 => {
                let found = bare_links::find(text, self.rule);
                if !found.is_empty() {
                    self.split(text, found);
                    return self.ready.pop_front();
                }
            }
            _ => {}
        }
        Some(event)
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Links<'a, I> {
    /// Takes a text apart at its addresses.
    fn split(&mut self, text: &str, found: Vec<(Range<usize>, String)>) {
        let owned = |part: &str| Event::Text(CowStr::from(part.to_owned()));
        let mut done = 0;
        for (range, url) in found {
            if range.start > done {
                self.ready.push_back(owned(text.slice(done..range.start)));
            }
            self.ready.push_back(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: CowStr::from(url),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
            self.ready.push_back(owned(text.slice(range.clone())));
            self.ready.push_back(Event::End(TagEnd::Link));
            done = range.end;
        }
        if done < text.len() {
            self.ready.push_back(owned(text.slice(done..)));
        }
    }
}

/// Whether a tag of HTML opens a link.
fn opens_link(tag: &str) -> bool {
    let name = tag
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("<a"));
    name && tag
        .slice(2..)
        .starts_with(|c: char| c.is_whitespace() || c == '>')
}
