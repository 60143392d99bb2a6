//! HTML that shortcodes made: until the Markdown around it is read, marks stand in its place, as
//! Hugo and Zola have it.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// What stands on both sides of a number in place of HTML: a character of private use, which
/// Markdown takes for a letter, and which no text has by accident.
pub(super) const MARK: char = '\u{f8c9}';

/// Pieces of HTML, by the numbers in their marks.
#[derive(Debug, Default)]
pub(super) struct Fills(Vec<String>);

/// A part of a text with marks.
enum Part<'a> {
    Text(&'a str),
    Html(&'a str),
}

impl Fills {
    /// Keeps HTML, and says what stands for it in a text.
    pub(super) fn add(&mut self, html: String) -> String {
        self.0.push(html);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    /// A text with HTML in place of marks.
    pub(super) fn filled<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.stand_in(text) {
            return Cow::Borrowed(text);
        }
        let parts = self.parts(text).into_iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Html(html) => html,
        });
        Cow::Owned(parts.collect())
    }

    /// How long [`Fills::filled`] makes a text.
    pub(super) fn length(&self, text: &str) -> usize {
        if !self.stand_in(text) {
            return text.len();
        }
        let parts = self.parts(text).into_iter().map(|part| match part {
            Part::Text(text) => text.len(),
            Part::Html(html) => html.len(),
        });
        parts.sum()
    }

    fn stand_in(&self, text: &str) -> bool {
        !self.is_empty() && text.contains(MARK)
    }

    fn parts<'a>(&'a self, text: &'a str) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(MARK) {
            let inner = rest.slice(at + MARK.len_utf8()..);
            let end = inner.find(MARK).unwrap_or(inner.len());
            let html = inner
                .slice(..end)
                .parse()
                .ok()
                .and_then(|at: usize| self.0.get(at));
            parts.push(Part::Text(rest.slice(..at)));
            rest = match html {
                Some(html) => {
                    parts.push(Part::Html(html));
                    inner.slice((end + MARK.len_utf8()).min(inner.len())..)
                }
                // A mark alone is none.
                None => inner,
            };
        }
        parts.push(Part::Text(rest));
        parts
    }

    /// Events with HTML in place of marks. One that is a paragraph by itself loses the paragraph.
    pub(super) fn events<'a>(&self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(events.len());
        let mut events = events.into_iter().peekable();
        let mut images = 0_usize;
        while let Some(event) = events.next() {
            match &event {
                Event::Start(Tag::Image { .. }) => images += 1,
                Event::End(TagEnd::Image) => images = images.saturating_sub(1),
                _ => {}
            }
            match event {
                // What stands for a picture is text.
                Event::Text(text) if images > 0 && self.stand_in(&text) => {
                    let text = text::plain(&self.filled(&text));
                    out.push(Event::Text(text.into()));
                }
                Event::Start(Tag::Paragraph) => {
                    let html = events.peek().and_then(|event| self.alone(event));
                    out.push(Event::Start(Tag::Paragraph));
                    if let Some(html) = html {
                        let text = events.next();
                        if events.next_if_eq(&Event::End(TagEnd::Paragraph)).is_some() {
                            out.pop();
                            let end = if html.ends_with('\n') { "" } else { "\n" };
                            out.push(Event::Html(format!("{html}{end}").into()));
                        } else if let Some(text) = text {
                            self.event(text, &mut out);
                        }
                    }
                }
                event => self.event(event, &mut out),
            }
        }
        out
    }

    /// The HTML of a text that is nothing but its mark.
    fn alone(&self, event: &Event<'_>) -> Option<&str> {
        let Event::Text(text) = event else {
            return None;
        };
        let number = text.strip_prefix(MARK)?.strip_suffix(MARK)?;
        self.0
            .get(number.parse::<usize>().ok()?)
            .map(String::as_str)
    }

    fn event<'a>(&self, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        let filled = |text: CowStr<'a>| match self.filled(&text) {
            Cow::Owned(text) => text.into(),
            Cow::Borrowed(_) => text,
        };
        // HTML writes `&` in an address as `&amp;`.
        let decoded = |text: CowStr<'a>| match self.filled(&text) {
            Cow::Owned(text) => html_escape::decode_html_entities(text.trim())
                .into_owned()
                .into(),
            Cow::Borrowed(_) => text,
        };
        out.push(match event {
            Event::Text(text) if self.stand_in(&text) => {
                out.extend(self.parts(&text).into_iter().map(|part| match part {
                    Part::Text(text) => Event::Text(text.to_owned().into()),
                    Part::Html(html) => Event::InlineHtml(html.to_owned().into()),
                }));
                return;
            }
            Event::Html(html) => Event::Html(filled(html)),
            Event::InlineHtml(html) => Event::InlineHtml(filled(html)),
            Event::Code(code) if self.stand_in(&code) => {
                let parts = self.parts(&code).into_iter().map(|part| match part {
                    Part::Text(text) => html_escape::encode_text(text),
                    Part::Html(html) => Cow::Borrowed(html),
                });
                let code: String = parts.collect();
                Event::InlineHtml(format!("<code>{code}</code>").into())
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Link {
                link_type,
                dest_url: decoded(dest_url),
                title: decoded(title),
                id,
            }),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Image {
                link_type,
                dest_url: decoded(dest_url),
                title: decoded(title),
                id,
            }),
            event => event,
        });
    }
}
