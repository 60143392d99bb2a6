//! The elements of podcasts in RSS: Apple's, and those of the Podcasting 2.0 namespace.

use std::borrow::Cow;
use std::collections::BTreeMap;

use feedwright_base::text::clean;
use rss::extension::{Extension, ExtensionMap};
use url::Url;

use crate::Image;
use crate::podcast::{
    Alternate, Category, Chapters, Discussion, Episode, EpisodeKind, Funding, License, Location,
    Owner, Participant, Recipient, Show, Soundbite, Trailer, Transcript, Value,
};

use super::rss::plain;

/// The elements that may have attributes alone.
const EMPTY: [&str; 9] = [
    "itunes:category",
    "itunes:image",
    "podcast:chapters",
    "podcast:image",
    "podcast:socialInteract",
    "podcast:soundbite",
    "podcast:source",
    "podcast:transcript",
    "podcast:valueRecipient",
];

/// Writes the elements without content as `<name …/>`.
pub(super) fn close(mut xml: String) -> String {
    for name in EMPTY {
        if xml.contains(name) {
            xml = super::close_empty(&xml, name);
        }
    }
    xml
}

/// An element with the attributes that are known, and a text.
fn element(name: &str, attributes: &[(&str, Option<&str>)], text: Option<&str>) -> Extension {
    let known = attributes.iter().filter_map(|(name, value)| {
        let value = (*value).map(clean).map(Cow::into_owned)?;
        Some(((*name).to_owned(), value))
    });
    Extension {
        name: name.to_owned(),
        attrs: known.collect(),
        value: text.map(|text| plain(&clean(text))),
        children: BTreeMap::new(),
    }
}

/// An element within another one.
fn push(parent: &mut Extension, child: Extension) {
    let local = child.name.split(':').next_back().unwrap_or_default();
    let all = parent.children.entry(local.to_owned()).or_default();
    all.push(child);
}

/// Elements by the places that the library writes them in.
#[derive(Default)]
struct Elements(ExtensionMap);

impl Elements {
    fn add(&mut self, element: Extension) {
        let (prefix, name) = element.name.split_once(':').unwrap_or_default();
        let (prefix, name) = (prefix.to_owned(), name.to_owned());
        let of_prefix = self.0.entry(prefix).or_default();
        of_prefix.entry(name).or_default().push(element);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.add(element(name, &[], Some(text)));
    }

    fn all(&mut self, elements: impl Iterator<Item = Extension>) {
        elements.for_each(|element| self.add(element));
    }
}

/// What a feed says of the podcast that it is.
pub(super) fn show(show: &Show) -> ExtensionMap {
    let mut all = Elements::default();
    all.add(image("itunes:image", &show.artwork));
    all.all(show.categories.iter().map(category));
    all.text("itunes:explicit", is(show.explicit));
    if let Some(author) = &show.author {
        all.text("itunes:author", author);
    }
    all.all(show.owner.iter().map(owner));
    all.text(
        "itunes:type",
        if show.serial { "serial" } else { "episodic" },
    );
    if show.complete {
        all.text("itunes:complete", "Yes");
    }
    if show.block {
        all.text("itunes:block", "Yes");
    }
    if let Some(url) = &show.new_feed_url {
        all.text("itunes:new-feed-url", url.as_str());
    }
    if let Some(guid) = &show.guid {
        all.text("podcast:guid", guid);
    }
    if let Some(locked) = show.locked {
        let owner = show.owner.as_ref().map(|owner| &*owner.email);
        let text = if locked { "yes" } else { "no" };
        all.add(element("podcast:locked", &[("owner", owner)], Some(text)));
    }
    all.all(show.funding.iter().map(funding));
    if let Some(medium) = &show.medium {
        all.text("podcast:medium", medium);
    }
    all.all(show.license.iter().map(license));
    all.all(show.location.iter().map(location));
    all.all(show.people.iter().map(person));
    all.all(show.value.iter().map(value));
    all.all(show.trailers.iter().map(trailer));
    all.0
}

/// What an entry says of the episode that it is.
pub(super) fn episode(episode: &Episode, picture: Option<&Image>) -> ExtensionMap {
    let mut all = Elements::default();
    if let Some(title) = &episode.title {
        all.text("itunes:title", title);
    }
    if let Some(duration) = episode.duration {
        all.text("itunes:duration", &duration.to_string());
    }
    if let Some(explicit) = episode.explicit {
        all.text("itunes:explicit", is(explicit));
    }
    if let Some(artwork) = &episode.artwork {
        all.add(image("itunes:image", artwork));
    }
    if let Some(number) = episode.number {
        let number = number.to_string();
        all.text("itunes:episode", &number);
        all.text("podcast:episode", &number);
    }
    if let Some(season) = episode.season {
        let season = season.to_string();
        all.text("itunes:season", &season);
        let name = [("name", episode.season_name.as_deref())];
        all.add(element("podcast:season", &name, Some(&season)));
    }
    match episode.kind {
        EpisodeKind::Full => {}
        EpisodeKind::Trailer => all.text("itunes:episodeType", "trailer"),
        EpisodeKind::Bonus => all.text("itunes:episodeType", "bonus"),
    }
    if episode.block {
        all.text("itunes:block", "Yes");
    }
    all.all(picture.and_then(podcast_image).into_iter());
    all.all(episode.transcripts.iter().map(transcript));
    all.all(episode.chapters.iter().map(chapters));
    all.all(episode.soundbites.iter().map(soundbite));
    all.all(episode.people.iter().map(person));
    all.all(episode.location.iter().map(location));
    all.all(episode.license.iter().map(license));
    all.all(episode.alternates.iter().map(alternate));
    all.all(episode.value.iter().map(value));
    all.all(episode.discussions.iter().map(discussion));
    all.0
}

fn is(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

fn image(name: &str, url: &Url) -> Extension {
    element(name, &[("href", Some(url.as_str()))], None)
}

/// The picture of the post, which need not be a square: apps take the one that fits.
fn podcast_image(picture: &Image) -> Option<Extension> {
    let (width, height) = (picture.width?, picture.height?);
    let ratio = format!("{width}/{height}");
    let (width, height) = (width.to_string(), height.to_string());
    let attributes = [
        ("alt", picture.alt.as_deref()),
        ("aspect-ratio", Some(&*ratio)),
        ("height", Some(&*height)),
        ("href", Some(picture.url.as_str())),
        ("type", picture.media_type.as_deref()),
        ("width", Some(&*width)),
    ];
    let is_secure = picture.url.scheme() == "https";
    is_secure.then(|| element("podcast:image", &attributes, None))
}

fn category(category: &Category) -> Extension {
    let named = |name: &str| element("itunes:category", &[("text", Some(name))], None);
    let mut whole = named(&category.name);
    if let Some(part) = &category.subcategory {
        push(&mut whole, named(part));
    }
    whole
}

fn owner(owner: &Owner) -> Extension {
    let mut whole = element("itunes:owner", &[], None);
    push(&mut whole, element("itunes:email", &[], Some(&owner.email)));
    if let Some(name) = &owner.name {
        push(&mut whole, element("itunes:name", &[], Some(name)));
    }
    whole
}

fn funding(funding: &Funding) -> Extension {
    let url = [("url", Some(funding.url.as_str()))];
    element("podcast:funding", &url, Some(&funding.text))
}

fn license(license: &License) -> Extension {
    let url = [("url", license.url.as_ref().map(Url::as_str))];
    element("podcast:license", &url, Some(&license.name))
}

fn location(location: &Location) -> Extension {
    let Location {
        name,
        geo,
        osm,
        country,
    } = location;
    let attributes = [
        ("country", country.as_deref()),
        ("geo", geo.as_deref()),
        ("osm", osm.as_deref()),
        ("rel", Some("subject")),
    ];
    element("podcast:location", &attributes, Some(name))
}

fn person(person: &Participant) -> Extension {
    let attributes = [
        ("group", person.group.as_deref()),
        ("href", person.url.as_ref().map(Url::as_str)),
        ("img", person.picture.as_ref().map(Url::as_str)),
        ("role", person.role.as_deref()),
    ];
    element("podcast:person", &attributes, Some(&person.name))
}

fn value(value: &Value) -> Extension {
    let attributes = [
        ("method", Some(&*value.method)),
        ("suggested", value.suggested.as_deref()),
        ("type", Some(&*value.kind)),
    ];
    let mut whole = element("podcast:value", &attributes, None);
    for one in &value.recipients {
        push(&mut whole, recipient(one));
    }
    whole
}

fn recipient(recipient: &Recipient) -> Extension {
    let split = recipient.split.to_string();
    let custom = recipient.custom.as_ref();
    let attributes = [
        ("address", Some(&*recipient.address)),
        ("customKey", custom.map(|(key, _)| &**key)),
        ("customValue", custom.map(|(_, value)| &**value)),
        ("fee", recipient.fee.then_some("true")),
        ("name", recipient.name.as_deref()),
        ("split", Some(&*split)),
        ("type", Some(&*recipient.kind)),
    ];
    element("podcast:valueRecipient", &attributes, None)
}

fn trailer(trailer: &Trailer) -> Extension {
    let length = trailer.length.map(|length| length.to_string());
    let season = trailer.season.map(|season| season.to_string());
    let published = trailer.published.to_rfc2822();
    let attributes = [
        ("length", length.as_deref()),
        ("pubdate", Some(&*published)),
        ("season", season.as_deref()),
        ("type", trailer.media_type.as_deref()),
        ("url", Some(trailer.url.as_str())),
    ];
    element("podcast:trailer", &attributes, Some(&trailer.title))
}

fn transcript(transcript: &Transcript) -> Extension {
    let attributes = [
        ("language", transcript.language.as_deref()),
        ("type", Some(&*transcript.media_type)),
        ("url", Some(transcript.url.as_str())),
    ];
    element("podcast:transcript", &attributes, None)
}

fn chapters(chapters: &Chapters) -> Extension {
    let attributes = [
        ("type", Some("application/json+chapters")),
        ("url", Some(chapters.url.as_str())),
    ];
    element("podcast:chapters", &attributes, None)
}

fn soundbite(bite: &Soundbite) -> Extension {
    let attributes = [
        ("duration", Some(&*bite.duration)),
        ("startTime", Some(&*bite.start)),
    ];
    element("podcast:soundbite", &attributes, bite.title.as_deref())
}

fn alternate(alternate: &Alternate) -> Extension {
    let length = alternate.length.map(|length| length.to_string());
    let bitrate = alternate.bitrate.map(|bits| bits.to_string());
    let height = alternate.height.map(|height| height.to_string());
    let attributes = [
        ("bitrate", bitrate.as_deref()),
        ("height", height.as_deref()),
        ("lang", alternate.language.as_deref()),
        ("length", length.as_deref()),
        ("title", alternate.title.as_deref()),
        ("type", Some(&*alternate.media_type)),
    ];
    let mut whole = element("podcast:alternateEnclosure", &attributes, None);
    let source = [("uri", Some(alternate.url.as_str()))];
    push(&mut whole, element("podcast:source", &source, None));
    whole
}

fn discussion(discussion: &Discussion) -> Extension {
    let attributes = [
        ("accountId", discussion.account.as_deref()),
        ("protocol", Some(&*discussion.protocol)),
        ("uri", Some(&*discussion.uri)),
    ];
    element("podcast:socialInteract", &attributes, None)
}
