//! Atom 1.0, RFC 4287.

use atom_syndication::{Content, Feed as AtomFeed, Link};
use feedwright_base::date::Timestamp;

use crate::Format;

use super::{Head, Published, PublishedEntry, broken, list};

fn link_of<'a>(links: &'a [Link], rel: &str) -> Option<&'a str> {
    links
        .iter()
        .find(|link| link.rel == rel)
        .map(|link| link.href.as_str())
}

pub(super) fn parse(bytes: &[u8]) -> Result<Published, String> {
    let feed = AtomFeed::read_from(bytes).map_err(|error| broken("Atom", &error))?;
    let entries = feed
        .entries
        .iter()
        .map(|entry| {
            let url = link_of(&entry.links, "alternate")
                .or(entry.links.first().map(|link| link.href.as_str()))
                .unwrap_or_default();
            let own = Some(Timestamp::new(entry.updated));
            // The library's own value for a date that is not there.
            let updated = own.filter(|time| time.year() > 1970);
            let published = entry.published.map(Timestamp::new).or(updated);
            let enclosures = entry.links.iter().filter(|link| link.rel == "enclosure");
            let images = entry.extensions.get("media").and_then(|media| {
                media
                    .get("content")?
                    .iter()
                    .find_map(|content| content.attrs.get("url").cloned())
            });
            let text = |content: &Content| {
                let value = content.value.clone().or(content.src.clone());
                value.unwrap_or_default()
            };
            PublishedEntry {
                id: entry.id.clone(),
                url: url.to_owned(),
                published,
                updated,
                title: entry.title.value.clone(),
                summary: entry
                    .summary
                    .as_ref()
                    .map(|text| text.value.clone())
                    .unwrap_or_default(),
                content: entry.content.as_ref().map(text).unwrap_or_default(),
                tags: list(
                    entry
                        .categories
                        .iter()
                        .map(|category| category.term.as_str()),
                ),
                authors: list(entry.authors.iter().map(|person| person.name.as_str())),
                image: images.unwrap_or_default(),
                enclosure: enclosures
                    .map(|link| {
                        let kind = link.mime_type.as_deref().unwrap_or_default();
                        let length = link.length.as_deref().unwrap_or("0");
                        format!("{} ({kind}, {length})", link.href)
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
            }
        })
        .collect();
    let link = |rel: &str| link_of(&feed.links, rel).map(str::to_owned);
    Ok(Published {
        format: Format::Atom,
        head: Head {
            id: Some(feed.id.clone()),
            self_link: link("self"),
            guid: None,
            language: feed.lang.clone(),
            site: link("alternate"),
            next: link("next"),
            prev_archive: link("prev-archive"),
        },
        entries,
        others: None,
    })
}
