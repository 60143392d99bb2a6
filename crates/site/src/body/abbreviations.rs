//! Abbreviations as kramdown and Python's Markdown have them: a line `*[HTML]: HyperText Markup
//! Language` gives the word its long form.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use feedwright_base::slice::Slice;
use feedwright_base::text;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::code::Code;

/// The long forms of abbreviations.
pub(super) type Abbreviations = BTreeMap<String, String>;

/// Takes the lines that say what abbreviations mean out of a text. Code stays as it is.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> (Cow<'_, str>, Abbreviations) {
    let mut found = Abbreviations::new();
    if !text.contains("*[") || !text::lines(text).any(|line| definition(line).is_some()) {
        return (Cow::Borrowed(text), found);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text::lines(text) {
        match definition(line).filter(|_| !code.is_block(at)) {
            Some((short, long)) => {
                found.insert(short.to_owned(), long.to_owned());
                // What stands around the line is apart.
                out.push('\n');
            }
            None => out.push_str(line),
        }
        at += line.len();
    }
    (Cow::Owned(out), found)
}

/// The abbreviation and the long form of a line that defines one.
fn definition(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches(' ');
    let inner = bare
        .strip_prefix("*[")
        .filter(|_| line.len() - bare.len() < 4)?;
    let (short, long) = inner.split_once("]:")?;
    (!short.trim().is_empty() && !short.contains(['[', ']'])).then(|| (short.trim(), long.trim()))
}

/// Events in which abbreviations say their long forms.
pub(super) fn with_abbreviations<'a>(
    events: impl Iterator<Item = Event<'a>>,
    known: &Abbreviations,
) -> impl Iterator<Item = Event<'a>> {
    let mut ready: VecDeque<Event<'a>> = VecDeque::new();
    let mut events = events.fuse();
    let mut in_code = false;
    std::iter::from_fn(move || {
        if let Some(event) = ready.pop_front() {
            return Some(event);
        }
        let event = events.next()?;
        match &event {
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => in_code = false,
            Event::Text(text) if !in_code && !known.is_empty() => {
                split(text, known, &mut ready);
                return ready.pop_front();
            }
            _ => {}
        }
        Some(event)
    })
}

/// Takes a text apart at its abbreviations.
fn split<'a>(text: &str, known: &Abbreviations, ready: &mut VecDeque<Event<'a>>) {
    let mut done = 0;
    let mut at = 0;
    for part in text.split_inclusive(|c: char| !is_part(c)) {
        let word = part.trim_end_matches(|c| !is_part(c));
        if let Some(long) = known.get(word).filter(|_| !word.is_empty()) {
            let title = html_escape::encode_double_quoted_attribute(long);
            ready.push_back(Event::Text(owned(text.slice(done..at))));
            let tag = format!("<abbr title=\"{title}\">");
            ready.push_back(Event::InlineHtml(CowStr::from(tag)));
            ready.push_back(Event::Text(owned(word)));
            ready.push_back(Event::InlineHtml(CowStr::Borrowed("</abbr>")));
            done = at + word.len();
        }
        at += part.len();
    }
    ready.push_back(Event::Text(owned(text.slice(done..))));
}

fn owned<'a>(text: &str) -> CowStr<'a> {
    CowStr::from(text.to_owned())
}

/// Whether a character belongs to a word that may be an abbreviation.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_go() {
        let text = "HTML.\n\n*[HTML]: Hyper \"Text\"\n*[a b]:\n\n    *[X]: code\n*[x] y\n";
        let (left, found) = resolve(text, || Code::of(text));
        assert_eq!(left, "HTML.\n\n\n\n\n    *[X]: code\n*[x] y\n");
        assert_eq!(
            found.get("HTML").map(String::as_str),
            Some("Hyper \"Text\"")
        );
        assert_eq!(found.len(), 2);
    }
}
