//! Reads lists of definitions as the engines do: each line above a definition is a term, and a definition
//! begins with a paragraph only behind a blank line.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::Engine;

use super::events::Placed;
use super::items::{filled, is_blank_before};

/// Events in which the terms and paragraphs of definitions are those that the engine finds.
pub(super) fn with_definitions<'a>(
    events: impl Iterator<Item = Placed<'a>>,
    text: &'a str,
    engine: Engine,
) -> impl Iterator<Item = Placed<'a>> {
    let mut events = events.peekable();
    let is_known = matches!(engine, Engine::Kramdown | Engine::Goldmark | Engine::Python);
    // How many elements are open in the term that is open.
    let mut within: Option<usize> = None;
    let mut next_term = None;
    let mut is_bare = false;
    std::iter::from_fn(move || {
        if let Some(term) = next_term.take() {
            return Some(term);
        }
        let (event, range) = events.next()?;
        if !is_known {
            return Some((event, range));
        }
        match &event {
            Event::Start(Tag::DefinitionListTitle) => within = Some(0),
            Event::End(TagEnd::DefinitionListTitle) => within = None,
            Event::SoftBreak | Event::HardBreak if within == Some(0) => {
                next_term = Some((Event::Start(Tag::DefinitionListTitle), range.clone()));
                return Some((Event::End(TagEnd::DefinitionListTitle), range));
            }
            Event::Start(Tag::DefinitionListDefinition) if !is_blank_before(text, range.start) => {
                let first = events.next_if(|(event, first)| {
                    // Python's Markdown makes paragraphs of all where there are several.
                    let is_alone = filled(text, first.end) == filled(text, range.end);
                    matches!(event, Event::Start(Tag::Paragraph))
                        && (is_alone || engine != Engine::Python)
                });
                is_bare = first.is_some();
            }
            Event::End(TagEnd::Paragraph) if is_bare => {
                is_bare = false;
                return events.next();
            }
            Event::Start(_) => within = within.map(|depth| depth + 1),
            Event::End(_) => within = within.map(|depth| depth.saturating_sub(1)),
            _ => {}
        }
        Some((event, range))
    })
}
