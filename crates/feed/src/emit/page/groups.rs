//! Feeds that belong together, and which of their formats is named first.

use std::borrow::Cow;

use feedwright_base::order::natural;
use maud::{Markup, html};

use super::{Language, Words};
use crate::{Feed, Format, Place};

/// Feeds that belong together.
pub(in crate::emit) struct Group<'a> {
    /// What they are of, as their keys have it.
    taxonomy: &'a str,
    /// `None` for the site's own feed.
    pub(in crate::emit) name: Option<Cow<'static, str>>,
    pub(in crate::emit) feeds: Vec<&'a Feed>,
}

impl Group<'_> {
    /// Its name on the page.
    pub(super) fn heading(&self, language: Language<'_>) -> Option<Markup> {
        let name = self.name.as_ref()?;
        Some(match known_name(self.taxonomy, language.words) {
            Some(known) => html! { (known) },
            None => language.text(None, name),
        })
    }
}

/// The feeds by taxonomy, in their order.
pub(in crate::emit) fn groups<'a>(feeds: &[&'a Feed], words: &Words) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for feed in feeds {
        let taxonomy = feed
            .key
            .split_once('/')
            .map_or("", |(taxonomy, _)| taxonomy);
        match groups.iter_mut().find(|group| group.taxonomy == taxonomy) {
            Some(group) => group.feeds.push(feed),
            None => groups.push(Group {
                taxonomy,
                name: name_of(taxonomy, words),
                feeds: vec![feed],
            }),
        }
    }
    groups
}

/// The groups with their feeds where people look for them. Feeds of the configuration's own stay in
/// the order that it gave them.
pub(super) fn sorted(mut groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    for group in &mut groups {
        if !matches!(group.taxonomy, "" | TOPICS) {
            group.feeds.sort_by_cached_key(|feed| natural(name(feed)));
        }
    }
    groups
}

/// What a feed is called among those of its group.
pub(super) fn name(feed: &Feed) -> &str {
    feed.name.as_deref().unwrap_or(&feed.title)
}

/// The taxonomy of feeds of the configuration's own.
const TOPICS: &str = "feeds";

/// What people call the members of a taxonomy; `None` of one that is the site's own.
fn known_name(taxonomy: &str, words: &Words) -> Option<&'static str> {
    Some(match taxonomy {
        "tags" => words.tags,
        "categories" => words.categories,
        "authors" => words.authors,
        "sections" => words.sections,
        "languages" => words.languages,
        TOPICS => words.topics,
        _ => return None,
    })
}

/// What people call the members of a taxonomy; `None` for the site's own feed.
fn name_of(taxonomy: &str, words: &Words) -> Option<Cow<'static, str>> {
    if let Some(known) = known_name(taxonomy, words) {
        return Some(known.into());
    }
    let mut letters = taxonomy.chars();
    let first = letters.next()?.to_uppercase();
    Some(first.chain(letters).collect::<String>().into())
}

/// The format to subscribe to where one is named: Atom says most.
pub(in crate::emit) fn shown(feed: &Feed) -> Option<&Place> {
    let of = |format| feed.places.iter().find(move |place| place.format == format);
    [Format::Atom, Format::Rss, Format::Json]
        .into_iter()
        .find_map(of)
}
