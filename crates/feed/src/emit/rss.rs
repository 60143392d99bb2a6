//! RSS 2.0, with the RSS Advisory Board's Best Practices Profile.

use std::borrow::Cow;
use std::collections::BTreeMap;

use feedwright_base::text::has;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use url::Url;

use rss::{Category, Channel, Enclosure, Guid, Image, Item};

use crate::extras::Relation;
use crate::{Entry, Feed, Format, Person, Place, Translation};

use super::style::styled;
use super::{
    Element, GENERATOR, assemble, close_empty, close_extent, fragment, html, media,
    other_languages, with_html,
};
use super::{extras, namespaces, podcast};

/// The element of a link, RFC 4287.
const ATOM_LINK: &str = "atom:link";

/// Stand for `&` and `<` in plain text until the bytes are written. XML forbids both characters,
/// so no text contains them.
const AMPERSAND: char = '\u{fffe}';
const LESS_THAN: char = '\u{ffff}';

/// The profile's section on character data wants the two characters written as hexadecimal
/// references in plain text, because readers disagree on `&lt;`.
pub(super) fn plain(text: &str) -> String {
    text.replace('&', &AMPERSAND.to_string())
        .replace('<', &LESS_THAN.to_string())
}

fn written(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_default();
    if text.contains([AMPERSAND, LESS_THAN]) {
        text.replace(AMPERSAND, "&#x26;")
            .replace(LESS_THAN, "&#x3C;")
    } else {
        text
    }
}

fn write(channel: &Channel) -> String {
    // Writing to memory does not fail.
    written(
        channel
            .pretty_write_to(Vec::new(), b' ', 2)
            .unwrap_or_default(),
    )
}

pub(super) fn item(entry: &Entry) -> String {
    let url = entry.url.as_str();
    let id = super::id(Format::Rss, &entry.id, &entry.aliases, &entry.url);
    let extras = entry.extras.as_deref();
    let mut links = extras.iter().flat_map(|extras| &extras.links);
    let comments = links.find(|link| link.relation == Relation::Comments);
    let item = Item {
        title: Some(plain(&entry.title)),
        link: Some(url.to_owned()),
        // A description is HTML: plain text is escaped once more.
        description: entry.summary.as_ref().map(|text| {
            text.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
        }),
        categories: entry
            .tags
            .iter()
            .map(|tag| Category {
                name: plain(tag),
                domain: None,
            })
            .collect(),
        // RSS has room for one.
        enclosure: entry.attachments.first().map(|attachment| Enclosure {
            url: attachment.url.to_string(),
            length: attachment.length.to_string(),
            mime_type: attachment.media_type.clone(),
        }),
        guid: Some(Guid {
            permalink: id == url,
            value: id,
        }),
        comments: comments.map(|link| link.url.to_string()),
        pub_date: Some(entry.published.to_rfc2822()),
        content: html(entry).map(|_| String::new()),
        dublin_core_ext: Some(people(entry)),
        extensions: extensions(entry),
        ..Item::default()
    };
    let document = write(&Channel {
        items: vec![item],
        ..Channel::default()
    });
    let mut item = fragment(&document, "item", entry);
    if !entry.translations.is_empty() {
        item = close_empty(&item, ATOM_LINK);
    }
    if entry.episode.is_some() || entry.extras.is_some() {
        item = close_empty(&podcast::close(item), ATOM_LINK);
    }
    match html(entry) {
        Some(html) => with_html(
            &item,
            ("<content:encoded><![CDATA[", "]]></content:encoded>"),
            &cdata(html),
        ),
        None => item,
    }
}

/// Who made it, who helped, and its language: Dublin Core.
fn people(entry: &Entry) -> DublinCoreExtension {
    let names = |people: &[Person]| people.iter().map(|person| plain(&person.name)).collect();
    let extras = entry.extras.as_ref();
    DublinCoreExtension {
        creators: names(&entry.authors),
        contributors: extras.map_or_else(Vec::new, |extras| names(&extras.contributors)),
        languages: entry.language.iter().cloned().collect(),
        ..DublinCoreExtension::default()
    }
}

/// A text as a CDATA section holds it: what would end the section is split between two.
fn cdata(text: &str) -> Cow<'_, str> {
    if has(text, "]]>") {
        Cow::Owned(text.replace("]]>", "]]]]><![CDATA[>"))
    } else {
        Cow::Borrowed(text)
    }
}

/// `atom:updated` where it says more than `pubDate`, translations, the picture, and what is said of
/// an episode.
fn extensions(entry: &Entry) -> ExtensionMap {
    let episode = entry.episode.as_deref();
    let image = entry.image.as_ref();
    let mut all = episode.map_or_else(ExtensionMap::new, |episode| {
        podcast::episode(episode, image)
    });
    let extras = entry.extras.iter();
    let extras = extras.flat_map(|extras| extras::elements(extras, Format::Rss));
    // Within the minute it only says in which order the posts of a day stand.
    if entry.updated.epoch().abs_diff(entry.published.epoch()) >= 60 {
        let updated = Extension {
            name: "atom:updated".to_owned(),
            value: Some(entry.updated.to_rfc3339()),
            ..Extension::default()
        };
        add(&mut all, "atom", "updated", updated);
    }
    for page in translations(&entry.url, &entry.translations) {
        add(&mut all, "atom", "link", page);
    }
    for element in entry.image.iter().flat_map(media).chain(extras) {
        let (prefix, name) = element.parts();
        let (prefix, name) = (prefix.to_owned(), name.to_owned());
        add(&mut all, &prefix, &name, extension(element));
    }
    all
}

/// An element as the library has it.
fn extension(element: Element) -> Extension {
    let mut children: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for child in element.children {
        let name = child.parts().1.to_owned();
        children.entry(name).or_default().push(extension(child));
    }
    Extension {
        name: element.name,
        attrs: element.attributes,
        value: element.text.as_deref().map(plain),
        children,
    }
}

/// An `atom:link`, as the RSS Advisory Board's profile has it.
fn link(rel: &str, url: &Url, media_type: Option<&str>, language: Option<&str>) -> Extension {
    let attrs = [
        ("href", Some(url.as_str())),
        ("hreflang", language),
        ("rel", Some(rel)),
        ("type", media_type),
    ];
    let attrs = attrs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    Extension {
        name: ATOM_LINK.to_owned(),
        attrs: attrs.collect(),
        ..Extension::default()
    }
}

/// Links to the translations of the page at an address, and to itself, in its own language: that
/// comes last, for readers that take the last link of all (feedparser).
fn translations(url: &Url, translations: &[Translation]) -> impl Iterator<Item = Extension> {
    let own = translations.iter().filter(move |own| own.url == *url);
    other_languages(url, translations).chain(own).map(|page| {
        let language = Some(&*page.language);
        link("alternate", &page.url, Some("text/html"), language)
    })
}

fn add(all: &mut ExtensionMap, prefix: &str, name: &str, extension: Extension) {
    all.entry(prefix.to_owned())
        .or_default()
        .entry(name.to_owned())
        .or_default()
        .push(extension);
}

pub(super) fn document(feed: &Feed, place: &Place, items: &[&str]) -> Vec<u8> {
    let show = feed.show.as_deref();
    let mut extensions = show.map_or_else(ExtensionMap::new, podcast::show);
    let mut link = |rel: &str, url: &Url, media_type: Option<&str>| {
        let link = link(rel, url, media_type, None);
        add(&mut extensions, "atom", "link", link);
    };
    link("self", &place.url, Some("application/rss+xml"));
    feed.hubs.iter().for_each(|hub| link("hub", hub, None));
    for (rel, url) in super::neighbours(place) {
        link(rel, url, Some("application/rss+xml"));
    }
    for page in translations(&feed.url, &feed.translations) {
        add(&mut extensions, "atom", "link", page);
    }
    if let Some(name) = super::extent(feed.extent) {
        let extension = Extension {
            name: name.to_owned(),
            ..Extension::default()
        };
        add(&mut extensions, "fh", "extent", extension);
    }
    let always = [
        ("atom", "http://www.w3.org/2005/Atom"),
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("media", "http://search.yahoo.com/mrss/"),
    ];
    let channel = Channel {
        title: plain(&feed.title),
        link: feed.url.to_string(),
        description: plain(&feed.description),
        language: feed.language.clone(),
        copyright: feed.rights.as_deref().map(plain),
        last_build_date: Some(feed.updated.to_rfc2822()),
        generator: Some(GENERATOR.to_owned()),
        image: feed
            .logo
            .as_ref()
            .filter(|logo| is_rss_image(logo.path()))
            .or(show.map(|show| &show.artwork))
            .map(|logo| Image {
                url: logo.to_string(),
                title: plain(&feed.title),
                link: feed.url.to_string(),
                ..Image::default()
            }),
        extensions,
        namespaces: always
            .into_iter()
            .chain(super::history_namespace(feed.extent))
            .chain(namespaces::used(Format::Rss, feed, items))
            .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
            .collect(),
        ..Channel::default()
    };
    let mut empty = close_extent(close_empty(&write(&channel), ATOM_LINK), feed.extent);
    if show.is_some() {
        empty = podcast::close(empty);
    }
    let empty = styled(empty, feed.style.as_ref(), &place.url);
    assemble(&empty, "</channel>", items)
}

/// RSS knows GIF, JPEG and PNG.
fn is_rss_image(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".gif", ".jpg", ".jpeg", ".png"]
        .iter()
        .any(|extension| path.ends_with(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_split_as_the_library_does() {
        for html in ["", "a]]>b", "]]>]]>", "]]]>", "]]&gt;"] {
            let document = write(&Channel {
                items: vec![Item {
                    content: Some(html.to_owned()),
                    ..Item::default()
                }],
                ..Channel::default()
            });
            let section = format!(
                "<content:encoded><![CDATA[{}]]></content:encoded>",
                cdata(html)
            );
            assert!(document.contains(&section), "{document}");
        }
    }
}
