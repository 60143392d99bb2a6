//! Pictures that stand alone in a paragraph.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Takes the paragraph from around a picture that has nothing beside it, as Hugo does with
/// `wrapStandAloneImageWithinParagraph: false`.
pub(super) fn without_paragraphs<'a>(
    mut events: impl Iterator<Item = Event<'a>>,
    is_on: bool,
) -> impl Iterator<Item = Event<'a>> {
    let mut ready = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if let Some(event) = ready.next() {
            return Some(event);
        }
        let event = events.next()?;
        if !is_on || event != Event::Start(Tag::Paragraph) {
            return Some(event);
        }
        ready = paragraph(event, &mut events).into_iter();
        ready.next()
    })
}

/// The events of a paragraph whose first is known; without those of itself, if it is a picture alone.
fn paragraph<'a>(start: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut found = vec![start];
    for event in events {
        let is_end = event == Event::End(TagEnd::Paragraph);
        found.push(event);
        if is_end {
            break;
        }
    }
    let mut pictures = 0_usize;
    let mut depth = 0_usize;
    let inner = found.get(1..found.len() - 1).unwrap_or_default();
    let is_alone = inner.iter().all(|event| match event {
        Event::Start(Tag::Image { .. }) => {
            pictures += usize::from(depth == 0);
            depth += 1;
            pictures == 1
        }
        Event::End(TagEnd::Image) => {
            depth = depth.saturating_sub(1);
            true
        }
        _ => depth > 0,
    });
    if is_alone && pictures == 1 {
        found.pop();
        found.remove(0);
    }
    found
}
