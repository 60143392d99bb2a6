//! `[[Note]]`, as programs for notes link: to a file by its name, in whatever folder it lies.

use std::borrow::Cow;
use std::collections::HashMap;

use feedwright_base::slice::Slice;
use feedwright_feed::html::{Base, LOST};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::code::Code;

/// Lets `[[Note]]` lead to the post of that file, and makes links of embedded notes. Where there is no such
/// post, only the text of the link stays.
pub(super) fn with_wikilinks<'a>(
    events: impl Iterator<Item = Event<'a>>,
    base: &Base<'_>,
) -> impl Iterator<Item = Event<'a>> {
    let mut inside = Inside::Nothing;
    events.filter_map(move |event| match event {
        Event::Start(Tag::Image {
            link_type: link_type @ LinkType::WikiLink { .. },
            dest_url,
            title,
            id,
        }) if is_picture(in_table(&dest_url)) => {
            inside = Inside::Picture;
            let dest_url = picture(&dest_url, base);
            Some(Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }))
        }
        Event::Start(
            Tag::Link {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                title,
                id,
            }
            | Tag::Image {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                title,
                id,
            },
        ) => {
            inside = Inside::Link { has_pothole };
            Some(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: address(&dest_url, base),
                title,
                id,
            }))
        }
        // What stands behind the bar of a picture is mostly its width.
        Event::Text(text) if matches!(inside, Inside::Picture) => {
            let is_size = text.chars().all(|c| c.is_ascii_digit() || c == 'x');
            (!is_size).then_some(Event::Text(text))
        }
        Event::Text(text) if matches!(inside, Inside::Link { has_pothole: false }) => {
            let shown = text.trim_start_matches('#').replace('#', " > ");
            Some(Event::Text(shown.into()))
        }
        Event::End(TagEnd::Link | TagEnd::Image) if matches!(inside, Inside::Link { .. }) => {
            inside = Inside::Nothing;
            Some(Event::End(TagEnd::Link))
        }
        Event::End(TagEnd::Image) if matches!(inside, Inside::Picture) => {
            inside = Inside::Nothing;
            Some(Event::End(TagEnd::Image))
        }
        event => Some(event),
    })
}

/// The paths of the pictures that a text embeds by their names alone, where `find` finds them.
pub(super) fn pictures(
    text: &str,
    find: impl Fn(&str) -> Option<String>,
) -> HashMap<String, String> {
    /// Nobody shows more pictures in one post.
    const MOST: usize = 1_000;
    let names = text.split("![[").skip(1).take(MOST).filter_map(|rest| {
        let (inner, _) = rest.split_once("]]")?;
        let name = inner.split('|').next().unwrap_or(inner);
        Some(in_table(name).trim()).filter(|name| is_picture(name))
    });
    let found = names.filter_map(|name| Some((name.to_owned(), find(name)?)));
    found.collect()
}

/// A text without `%%what its author says to himself%%`, over lines or within one. Code stays as it is.
pub(super) fn without_comments(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    const MARK: &str = "%%";
    if text.matches(MARK).nth(1).is_none() {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut marks = text.match_indices(MARK).map(|(at, _)| at);
    let mut marks = std::iter::from_fn(|| marks.find(|at| !code.contains(*at)));
    while let Some(start) = marks.next() {
        // Behind a word they are percents.
        let before = text.slice(..start).chars().next_back();
        if before.is_some_and(|c| !c.is_whitespace()) {
            continue;
        }
        let Some(end) = marks.next() else { break };
        out.push_str(text.slice(done..start));
        done = end + MARK.len();
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The link or picture that the next events stand in.
enum Inside {
    Nothing,
    Picture,
    /// A link, with a text of its own behind a bar or without.
    Link {
        has_pothole: bool,
    },
}

/// The address of the post that a link names; nowhere where there is none.
fn address<'a>(link: &str, base: &Base<'_>) -> CowStr<'a> {
    let link = in_table(link);
    let name = link.split('#').next().unwrap_or(link).trim();
    let file = match name.ends_with(".md") {
        true => encoded(name),
        false => encoded(&format!("{name}.md")),
    };
    let files = base.files.as_ref().filter(|_| !name.is_empty());
    let url = files.and_then(|files| files.resolve(&file));
    url.unwrap_or_else(|| LOST.to_string()).into()
}

/// The address of a picture beside the post's file. `{static}`, which Pelican has for this, says that the
/// path counts from the file and not from the post's address.
fn picture<'a>(name: &str, base: &Base<'_>) -> CowStr<'a> {
    let name = in_table(name);
    let files = base.files.as_ref();
    let url = files.and_then(|files| files.resolve(&format!("{{static}}{}", name.trim())));
    url.unwrap_or_else(|| encoded(name)).into()
}

/// A name without the backslash that the bar behind it has in tables.
fn in_table(name: &str) -> &str {
    name.strip_suffix('\\').unwrap_or(name)
}

fn encoded(name: &str) -> String {
    feedwright_base::permalink::encode(name.trim())
}

/// Whether an embedded file is a picture, and no note.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let endings = ["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];
    name.contains('.') && endings.contains(&&*ending.to_ascii_lowercase())
}
