//! RSS 0.9 to 2.0, with the extensions that feeds of ours have.

use rss::extension::{Extension, ExtensionMap};
use rss::{Channel, Item};

use crate::Format;

use super::{Head, Published, PublishedEntry, broken, list, time};

pub(super) fn parse(bytes: &[u8]) -> Result<Published, String> {
    let channel = Channel::read_from(bytes).map_err(|error| broken("RSS", &error))?;
    let links = channel.extensions.values();
    let links: Vec<_> = links.filter_map(|all| all.get("link")).flatten().collect();
    let link = |rel: &str| {
        let of = |link: &&&Extension| link.attrs.get("rel").is_some_and(|own| own == rel);
        let found = links.iter().find(of);
        found.and_then(|link| link.attrs.get("href").cloned())
    };
    // An export of WordPress is a feed of all that a site has, with words of its own.
    let word = |item: &Item, name: &str| extension(&item.extensions, "wp", name, "");
    let is_export = channel
        .items
        .iter()
        .any(|item| word(item, "post_type").is_some());
    let is_entry = |item: &&Item| {
        let is = |name: &str, expected: &str| word(item, name).is_none_or(|is| is == expected);
        is("post_type", "post") && is("status", "publish")
    };
    let items = channel.items.iter();
    let entries: Vec<PublishedEntry> = items
        .filter(|item| !is_export || is_entry(item))
        .map(entry)
        .collect();
    let others = channel.items.len() - entries.len();
    Ok(Published {
        format: Format::Rss,
        head: Head {
            id: None,
            self_link: link("self"),
            guid: extension(&channel.extensions, "podcast", "guid", ""),
            language: channel.language.clone(),
            site: Some(channel.link.clone()),
            next: link("next"),
            prev_archive: link("prev-archive"),
        },
        entries,
        others: is_export.then_some(others),
    })
}

fn entry(item: &Item) -> PublishedEntry {
    let dublin = item.dublin_core_ext.as_ref();
    let dated = dublin.and_then(|dc| dc.dates.first());
    let guid = item.guid.as_ref();
    let permalink = guid
        .filter(|guid| guid.permalink)
        .map(|guid| guid.value.as_str());
    let url = item.link.as_deref().or(permalink).unwrap_or_default();
    let authors = dublin.map(|dc| dc.creators.iter().map(String::as_str));
    let categories = item.categories.iter();
    let enclosure = item.enclosure.as_ref();
    PublishedEntry {
        id: guid.map_or(url, |guid| guid.value.as_str()).to_owned(),
        url: url.to_owned(),
        published: time(item.pub_date.as_deref().or(dated.map(String::as_str))),
        updated: time(extension(&item.extensions, "atom", "updated", "").as_deref()),
        title: item.title.clone().unwrap_or_default(),
        summary: item.description.clone().unwrap_or_default(),
        content: item.content.clone().unwrap_or_default(),
        tags: list(categories.map(|category| category.name.as_str())),
        authors: authors
            .map(list)
            .or(item.author.clone())
            .unwrap_or_default(),
        image: extension(&item.extensions, "media", "content", "url").unwrap_or_default(),
        enclosure: enclosure.map_or(String::new(), |file| {
            format!("{} ({}, {})", file.url, file.mime_type, file.length)
        }),
    }
}

/// The first value of an extension's elements of a name, or of an attribute of theirs.
fn extension(map: &ExtensionMap, prefix: &str, name: &str, attribute: &str) -> Option<String> {
    let mut all = map.get(prefix)?.get(name)?.iter();
    all.find_map(|extension| match attribute {
        "" => extension.value.clone(),
        attribute => extension.attrs.get(attribute).cloned(),
    })
}
