//! Atom 1.0, RFC 4287.

use std::collections::BTreeMap;

use feedwright_base::date::Timestamp;
use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use feedwright_base::text::Escapes;
use url::{Position, Url};

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed as AtomFeed, FixedDateTime, Generator, Link,
    Person as AtomPerson, Text, WriteConfig,
};

use crate::extras::Relation;
use crate::{Entry, Feed, Format, Person, Place, Translation};

use super::style::styled;
use super::{
    Element, GENERATOR, assemble, close_extent, fragment, html, media, other_languages, with_html,
};

fn write(feed: &AtomFeed) -> String {
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: Some(2),
    };
    // Writing to memory does not fail.
    let bytes = feed
        .write_with_config(Vec::new(), config)
        .unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn time(timestamp: Timestamp) -> FixedDateTime {
    timestamp.into()
}

fn person(person: &Person) -> AtomPerson {
    AtomPerson {
        name: person.name.clone(),
        email: person.email.clone(),
        uri: person.url.clone(),
        ..AtomPerson::default()
    }
}

fn link(rel: &str, href: &str, media_type: Option<&str>) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: media_type.map(str::to_owned),
        ..Link::default()
    }
}

/// An Atom id is a URI (RFC 4287 section 4.2.6). An author's `guid` that is none, as podcasts
/// have them, becomes one that depends on nothing but the `guid` and the site.
pub(super) fn id(id: &str, url: &Url) -> String {
    if is_beside(id, url) || is_uri(id) {
        return id.to_owned();
    }
    let origin = url.origin().ascii_serialization();
    format!("{origin}/#{}", permalink::encode(id))
}

/// Whether an id is surely a URI, because it has the site's origin before a plain path. Most have,
/// and need not be parsed.
fn is_beside(id: &str, url: &Url) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    id.strip_prefix(&url[..Position::BeforePath])
        .is_some_and(|path| {
            path.starts_with('/') && !path.contains("/.") && path.bytes().all(plain)
        })
}

/// Whether an id is a URI as its scheme wants it, or the IRI that such a one stands for: RFC 3986
/// and 3987, RFC 4151 for `tag:`, RFC 8141 for `urn:`.
fn is_uri(id: &str) -> bool {
    let Some((scheme, rest)) = id.split_once(':') else {
        return false;
    };
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    };
    let allowed = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&b))
    };
    match scheme {
        "http" | "https" => Url::parse(id)
            .ok()
            .and_then(|url| permalink::strict(&url))
            .is_some_and(|url| {
                url.as_str() == id || permalink::iri(url.as_str()).is_some_and(|iri| iri == id)
            }),
        "tag" => rest.split_once(',').is_some_and(|(authority, rest)| {
            let day = rest.split(':').next().unwrap_or_default();
            let date = day.len() >= 4 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            let authority_is_plain =
                token(authority) && authority == authority.to_ascii_lowercase();
            date && rest.contains(':') && authority_is_plain && allowed(rest)
        }),
        "urn" if rest.to_ascii_lowercase().starts_with("uuid:") => is_uuid(rest.slice(5..)),
        "urn" => rest.split_once(':').is_some_and(|(name, specific)| {
            name.len() > 1 && token(name) && !specific.is_empty() && allowed(specific)
        }),
        _ => false,
    }
}

/// RFC 9562 section 4.
fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

pub(super) fn entry(entry: &Entry) -> String {
    let text = |value: &str| Text {
        lang: entry.language.clone(),
        ..Text::plain(value)
    };
    let mut links = alternates(&entry.url, &entry.translations);
    links.extend(entry.attachments.iter().map(|attachment| Link {
        // Zero would say that the file is empty; here a length may be left out.
        length: (attachment.length > 0).then(|| attachment.length.to_string()),
        ..link(
            "enclosure",
            attachment.url.as_str(),
            Some(&attachment.media_type),
        )
    }));
    let extras = entry.extras.as_deref();
    let contributors = extras.map_or(&[][..], |extras| &extras.contributors);
    let related = extras.iter().flat_map(|extras| &extras.links);
    links.extend(related.map(|page| {
        // Programs that answer to posts look for a page of people's answers.
        let media_type = (page.relation == Relation::Comments).then_some("text/html");
        link(page.relation.as_str(), page.url.as_str(), media_type)
    }));
    let atom = AtomEntry {
        title: text(&entry.title),
        id: super::id(Format::Atom, &entry.id, &entry.aliases, &entry.url),
        updated: time(entry.updated),
        authors: entry.authors.iter().map(person).collect(),
        categories: entry
            .tags
            .iter()
            .map(|tag| Category {
                term: tag.clone(),
                ..Category::default()
            })
            .collect(),
        links,
        published: Some(time(entry.published)),
        summary: entry.summary.as_deref().map(text),
        content: html(entry).map(|_| Content {
            lang: entry.language.clone(),
            value: Some(String::new()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        contributors: contributors.iter().map(person).collect(),
        extensions: extensions(entry),
        ..AtomEntry::default()
    };
    let document = write(&AtomFeed {
        entries: vec![atom],
        ..AtomFeed::default()
    });
    let fragment = fragment(&document, "entry", entry);
    match html(entry) {
        Some(html) => with_html(&fragment, (">", "</content>"), &escaped(html)),
        None => fragment,
    }
}

/// Text as the library writes it.
static TEXT: Escapes<5> = Escapes::new([
    (b'&', "&amp;"),
    (b'<', "&lt;"),
    (b'>', "&gt;"),
    (b'"', "&quot;"),
    (b'\'', "&apos;"),
]);

fn escaped(html: &str) -> String {
    let mut escaped = String::with_capacity(html.len() + html.len() / 4);
    TEXT.write(&mut escaped, html);
    escaped
}

/// The library writes attributes of extensions as they are, so they are escaped before.
fn attribute(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn extensions(entry: &Entry) -> ExtensionMap {
    let mut all = ExtensionMap::new();
    let extras = entry.extras.iter();
    let extras = extras.flat_map(|extras| super::extras::elements(extras, Format::Atom));
    for element in entry.image.iter().flat_map(media).chain(extras) {
        let (prefix, name) = element.parts();
        let (prefix, name) = (prefix.to_owned(), name.to_owned());
        let of_prefix = all.entry(prefix).or_default();
        of_prefix.entry(name).or_default().push(extension(element));
    }
    all
}

/// An element as the library has it.
fn extension(element: Element) -> Extension {
    let attributes = element.attributes.into_iter();
    let mut children: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for child in element.children {
        let name = child.parts().1.to_owned();
        children.entry(name).or_default().push(extension(child));
    }
    Extension {
        name: element.name,
        attrs: attributes
            .map(|(name, value)| (name, attribute(&value)))
            .collect(),
        value: element.text,
        children,
    }
}

/// How much the feed holds.
fn extent(feed: &Feed) -> ExtensionMap {
    let Some(name) = super::extent(feed.extent) else {
        return ExtensionMap::new();
    };
    let extension = Extension {
        name: name.to_owned(),
        ..Extension::default()
    };
    let named = BTreeMap::from([("extent".to_owned(), vec![extension])]);
    BTreeMap::from([("fh".to_owned(), named)])
}

/// The page at an address, and its translations: RFC 4287 section 4.1.2 lets links that differ in
/// `hreflang` stand side by side. Some readers take the first of them, others the last (newsboat,
/// feedparser), so the page itself stands at both ends, once without its language.
fn alternates(url: &Url, translations: &[Translation]) -> Vec<Link> {
    let page = |url: &Url, language: Option<&Translation>| Link {
        hreflang: language.map(|page| page.language.clone()),
        ..link("alternate", url.as_str(), Some("text/html"))
    };
    let Some(own) = translations.iter().find(|own| own.url == *url) else {
        return vec![page(url, None)];
    };
    let others = other_languages(url, translations);
    let others = others.map(|other| page(&other.url, Some(other)));
    [page(url, Some(own))]
        .into_iter()
        .chain(others)
        .chain([page(url, None)])
        .collect()
}

/// What a feed leads to.
fn links(feed: &Feed, place: &Place) -> Vec<Link> {
    let mut links = vec![link(
        "self",
        place.url.as_str(),
        Some("application/atom+xml"),
    )];
    links.extend(alternates(&feed.url, &feed.translations));
    let hubs = feed.hubs.iter().map(|hub| link("hub", hub.as_str(), None));
    links.extend(hubs);
    let neighbours = super::neighbours(place);
    links
        .extend(neighbours.map(|(rel, url)| link(rel, url.as_str(), Some("application/atom+xml"))));
    links
}

pub(super) fn document(feed: &Feed, place: &Place, entries: &[&str]) -> Vec<u8> {
    let atom = AtomFeed {
        title: Text::plain(&feed.title),
        id: feed.id.clone(),
        updated: time(feed.updated),
        authors: feed.authors.iter().map(person).collect(),
        generator: Some(Generator {
            value: GENERATOR.to_owned(),
            ..Generator::default()
        }),
        icon: feed.icon.as_ref().map(ToString::to_string),
        links: links(feed, place),
        extensions: extent(feed),
        logo: feed.logo.as_ref().map(ToString::to_string),
        rights: feed.rights.as_deref().map(Text::plain),
        subtitle: Some(Text::plain(&feed.description)),
        namespaces: super::history_namespace(feed.extent)
            .into_iter()
            .chain([("media", "http://search.yahoo.com/mrss/")])
            .chain(super::namespaces::used(Format::Atom, feed, entries))
            .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
            .collect(),
        lang: feed.language.clone(),
        ..AtomFeed::default()
    };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}",
        write(&atom)
    );
    let document = close_extent(document, feed.extent);
    let document = styled(document, feed.style.as_ref(), &place.url);
    assemble(&document, "</feed>", entries)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn html_is_escaped_as_the_library_does(html in "([<>&\"'\n\t]|[ -~]{0,20}|ü)*") {
            prop_assert_eq!(escaped(&html), quick_xml::escape::escape(&*html));
        }

        #[test]
        fn ids_beside_the_url_are_uris(path in "(/|\\.|[a-zA-Z0-9_~-]{1,5}){0,9}") {
            let url = Url::parse("https://example.gov:81/a/b.html").expect("a URL");
            let id = format!("https://example.gov:81{path}");
            prop_assert!(!is_beside(&id, &url) || is_uri(&id), "{}", id);
        }
    }
}
