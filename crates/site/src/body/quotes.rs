//! Gives typographic quotes their direction, as the engines have it that know of no pairs: by what
//! stands before a quote.

use feedwright_base::slice::Slice;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::dialect::{BodyStyle, Engine};

use super::events::Placed;
use super::goldmark_quotes::Quotes;

/// Events in which the quotes that the parser made typographic open or close by what is shown before
/// them.
pub(super) fn with_quotes<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    style: &BodyStyle,
) -> impl Iterator<Item = Placed<'a>> {
    let is_smart = style.smart && style.engine != Engine::CommonMark;
    let is_goldmark = style.engine == Engine::Goldmark;
    let mut goldmark = Quotes::default();
    let mut last = None;
    events.map(move |(event, range)| {
        if !is_smart {
            return (event, range);
        }
        let event = match (&event, text.slice(range.clone())) {
            // One that is escaped is shown as it is.
            (Event::Text(shown), quote @ ("\"" | "'")) if **shown != *quote => {
                let behind = text.slice(range.end..);
                Event::Text(CowStr::Borrowed(match is_goldmark {
                    true => goldmark.directed(quote, text.slice(..range.start), behind),
                    false => directed(quote, last, behind),
                }))
            }
            _ => event,
        };
        last = after(&event, last);
        if last.is_none() {
            goldmark = Quotes::default();
        }
        (event, range)
    })
}

/// The typographic form of a quote between the character that is shown before it and the text behind.
fn directed(quote: &str, before: Option<char>, behind: &str) -> &'static str {
    let is_open = before.is_none_or(|c| c.is_whitespace() || "([{-–—“‘".contains(c));
    // Nothing is quoted: ''.
    let is_empty = before == Some(if quote == "\"" { '“' } else { '‘' })
        && !behind.starts_with(char::is_alphanumeric);
    let ends = is_empty || behind.is_empty() || behind.starts_with(char::is_whitespace);
    // The '80s.
    let mut chars = behind.chars();
    let is_decade = chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.next() == Some('s');
    match (quote, is_open && !ends) {
        ("\"", true) => "“",
        ("\"", false) => "”",
        (_, true) if !is_decade => "‘",
        _ => "’",
    }
}

/// The last character that is shown after an event, given that before it.
fn after(event: &Event<'_>, last: Option<char>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next_back().or(last),
        Event::SoftBreak | Event::HardBreak => Some(' '),
        Event::FootnoteReference(_) => Some(']'),
        Event::Start(
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
        )
        | Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image,
        ) => last,
        Event::InlineHtml(tag) if !tag.starts_with("<br") => last,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    #[test]
    fn quotes_close_behind_what_is_shown() {
        let check = |text: &str, expected: &str| {
            let events = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION);
            let style = BodyStyle {
                smart: true,
                engine: Engine::Kramdown,
                ..BodyStyle::default()
            };
            let events = with_quotes(events.into_offset_iter(), text, &style);
            let found: String = events
                .map(|(event, _)| match event {
                    Event::Text(text) | Event::Code(text) => text.into_string(),
                    Event::SoftBreak => "\n".to_owned(),
                    _ => String::new(),
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        // As kramdown, Python's Markdown and retext have them.
        check("a \"File | Connect…\" menu", "a “File | Connect…” menu");
        check(
            "the “`2 = 2` is a type\" thing",
            "the “2 = 2 is a type” thing",
        );
        check("\"`a` and `b`\", we", "“a and b”, we");
        check("`Foo`'s and *Bar*'s", "Foo’s and Bar’s");
        check("(\"x\") \"'y' z\" --\"w\"", "(“x”) “‘y’ z” –“w”");
        check("('') (\"\") ''x", "(‘’) (“”) ‘‘x");
        check("the '80s, 'tis\n\"b\"", "the ’80s, ‘tis\n“b”");
        check("line<br>\"quoted\" <b>\"x\"</b>", "line“quoted” “x”");
        check("rel=\"noopener\"", "rel=”noopener”");
        check("\\'a\\' \\\"b\\\"", "'a' \"b\"");
    }
}
