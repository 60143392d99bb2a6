//! Checks the podcast namespace, “Podcasting 2.0” (`https://podcastindex.org/namespace/1.0`).
//!
//! Its documentation has a page for each tag, which the sections here name.

mod alternate;
mod identity;
mod image;
mod live;
mod person;
mod place;
mod schedule;
mod text;
mod value;

use feedwright_base::podcast::LICENSES;

use self::text::{boolean, https, slug, yes_no};
use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind, Spot, shown};
use super::super::tree::Element;
use super::super::value::{date, email, language, media_type, number};

rules! {
    TOO_LONG = Warning "podcast-too-long", "",
        "A text is longer than the namespace asks for. Aggregators may cut it.",
        "shorten it";
    BLANK = Error "podcast-blank", "",
        "A tag is empty whose text has to be there.",
        "write its text, or remove it";
    NOT_HTTPS = Error "podcast-not-https", "Podcasting 2.0 namespace, section “Podcast Tags”",
        "A web address does not begin with `https:`.",
        "write the `https:` address";
    ADVISED = Note "podcast-attribute-recommended", "",
        "A tag lacks an attribute that its page recommends.",
        "add it";
    SLUG = Warning "podcast-slug", "",
        "A name is not on the list that the namespace keeps. Programs may not know it.",
        "use a name of the list, or ask for yours to be added";
    GUID = Error "podcast-guid", "Podcasting 2.0 namespace, “Guid”",
        "The id of a podcast is no UUID.",
        "write the UUID alone: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12";
    GUID_VERSION = Warning "podcast-guid-version", "Podcasting 2.0 namespace, “Guid”",
        "The id of a podcast is a UUID of another version than 5, and so not made from its address. \
         Directories know the podcast by another one.",
        "look the id up at the Podcast Index; do not change it where it is in use there";
    TAXONOMY = Warning "podcast-taxonomy", "Podcasting 2.0 namespace, “Person”; Podcast Taxonomy",
        "The role or the group of a person is none of the Podcast Taxonomy.",
        "use one of it, such as `host` or `guest`";
    GEO = Error "podcast-geo", "Podcasting 2.0 namespace, “Location”; RFC 5870, section 3.3",
        "A place is not a `geo:` URI.",
        "write it as `geo:30.2672,-97.7431`";
    OSM = Error "podcast-osm", "Podcasting 2.0 namespace, “Location”",
        "A place of OpenStreetMap is not the letter of its type, followed by its number.",
        "write it as `R113314`, with `N`, `W` or `R`";
    LICENSE = Error "podcast-license-url", "Podcasting 2.0 namespace, “License”",
        "A license is not on the list of the namespace, and does not say where its text is.",
        "add `url`";
    INTEGRITY = Error "podcast-integrity", "Podcasting 2.0 namespace, “Integrity”; Subresource Integrity, section 3.1",
        "The digest of a file is not as Subresource Integrity writes it.",
        "write it as `sha384-` and the digest in Base64";
    SPLIT_CONTENT = Error "podcast-split-content", "Podcasting 2.0 namespace, “Value Time Split”",
        "A split for a time has neither one `podcast:remoteItem` nor recipients of its own, or has \
         both.",
        "leave one `podcast:remoteItem`, or one `podcast:valueRecipient` or more";
    PERCENTAGE = Warning "podcast-percentage", "Podcasting 2.0 namespace, “Value Time Split”",
        "A percentage is not between 0 and 100.",
        "write a number from 0 to 100";
    SOUNDBITE = Note "podcast-soundbite-length", "Podcasting 2.0 namespace, “Soundbite”",
        "A soundbite is shorter than 15 seconds or longer than two minutes.",
        "choose a passage between 15 and 120 seconds";
    IMAGES = Warning "podcast-images-deprecated", "Podcasting 2.0 namespace, “Images”",
        "`podcast:images` has been replaced.",
        "write a `podcast:image` for each of them";
    SRCSET = Error "podcast-srcset", "Podcasting 2.0 namespace, “Images”",
        "A list of images is not made of addresses, each with its width.",
        "write it as `https://example.org/large.jpg 1500w, https://example.org/small.jpg 300w`";
    RATIO = Error "podcast-aspect-ratio", "Podcasting 2.0 namespace, “Image”; CSS Box Sizing, section “aspect-ratio”",
        "An aspect ratio is not two numbers with a slash between them.",
        "write it as `16/9`";
    RRULE = Error "podcast-rrule", "Podcasting 2.0 namespace, “Update Frequency”; RFC 5545, section 3.3.10",
        "A recurrence is not as iCalendar has it.",
        "write it as `FREQ=WEEKLY;BYDAY=MO`";
    DTSTART = Error "podcast-dtstart-missing", "Podcasting 2.0 namespace, “Update Frequency”",
        "A recurrence counts episodes, and does not say from when on.",
        "add `dtstart`";
    PUBLISHER = Error "podcast-publisher", "Podcasting 2.0 namespace, “Publisher”",
        "A publisher is not given by exactly one `podcast:remoteItem` of the medium `publisher`.",
        "write `<podcast:remoteItem medium=\"publisher\" feedGuid=\"…\"/>` once";
    PRIORITY = Note "podcast-priority", "Podcasting 2.0 namespace, “Social Interact”",
        "There are several places for comments, and one does not say how they are ordered.",
        "add `priority` to each of them";
}

/// The page of a tag.
macro_rules! page {
    ($name:literal) => {
        concat!("Podcasting 2.0 namespace, “", $name, "”")
    };
}
use page;

static LOCKED: Kind =
    Kind::text(page!("Locked"), &[yes_no]).with(&[Attr::optional("owner", &[email::address])]);
static FUNDING: Kind =
    Kind::text(page!("Funding"), &[text::at_most_128]).with(&[Attr::required("url", &[https])]);
static TRANSCRIPT: Kind = Kind::empty(
    page!("Transcript"),
    &[
        Attr::required("url", &[https]),
        Attr::required("type", &[media_type::media_type]),
        Attr::optional("language", &[language::tag]),
        Attr::optional("rel", &[]),
    ],
);
static CHAPTERS: Kind = Kind::empty(
    page!("Chapters"),
    &[
        Attr::required("url", &[https]),
        Attr::required("type", &[media_type::media_type]),
    ],
);
static SOUNDBITE_KIND: Kind = Kind::text(page!("Soundbite"), &[text::at_most_128]).with(&[
    Attr::required("startTime", &[number::decimal]),
    Attr::required("duration", &[soundbite]),
]);
static SEASON: Kind = Kind::text(page!("Season"), &[number::integer])
    .with(&[Attr::optional("name", &[text::at_most_128])]);
static EPISODE: Kind = Kind::text(page!("Episode"), &[number::decimal])
    .with(&[Attr::optional("display", &[text::at_most_32])]);
static TRAILER: Kind = Kind::text(page!("Trailer"), &[text::present, text::at_most_128])
    .with(&[
        Attr::required("url", &[https]),
        Attr::required("pubdate", &[date::rfc822]),
        Attr::optional("length", &[number::non_negative]),
        Attr::optional("type", &[media_type::media_type]),
        Attr::optional("season", &[number::integer]),
    ])
    .ruled(&[trailer]);
static LICENSE_KIND: Kind = Kind::text(page!("License"), &[text::at_most_128])
    .with(&[Attr::optional("url", &[https])])
    .ruled(&[license]);
static CONTENT_LINK: Kind =
    Kind::text(page!("Content Link"), &[]).with(&[Attr::required("href", &[https])]);
static SOCIAL: Kind = Kind::empty(
    page!("Social Interact"),
    &[
        Attr::required("protocol", &[social_protocol]),
        Attr::optional("uri", &[https]),
        Attr::optional("accountId", &[]),
        Attr::optional("accountUrl", &[https]),
        Attr::optional("priority", &[number::integer]),
    ],
)
.ruled(&[social]);
static CHAT: Kind = Kind::empty(
    page!("Chat"),
    &[
        Attr::required("server", &[]),
        Attr::required("protocol", &[chat_protocol]),
        Attr::optional("accountId", &[]),
        Attr::optional("space", &[]),
    ],
)
.ruled(&[chat]);
static BLOCK: Kind =
    Kind::text(page!("Block"), &[yes_no]).with(&[Attr::optional("id", &[service])]);
static TXT: Kind = Kind::text(page!("Txt"), &[text::at_most_4000, txt])
    .with(&[Attr::optional("purpose", &[text::at_most_128])]);
static PODPING: Kind = Kind::empty(
    page!("Podping"),
    &[Attr::required("usesPodping", &[boolean])],
);

/// The tags of the namespace in a feed.
pub(crate) static FEED: &[Child] = &[
    Child::many("block", &BLOCK),
    Child::once("chat", &CHAT),
    Child::many("funding", &FUNDING),
    Child::once("guid", &identity::GUID_KIND),
    Child::many("image", &image::IMAGE),
    Child::once("images", &image::SOURCES),
    Child::once("license", &LICENSE_KIND),
    Child::many("liveItem", &live::LIVE_ITEM),
    Child::many("location", &place::LOCATION),
    Child::once("locked", &LOCKED),
    Child::once("medium", &identity::MEDIUM),
    Child::many("person", &person::PERSON),
    Child::once("podping", &PODPING),
    Child::once("podroll", &identity::PODROLL),
    Child::once("publisher", &identity::PUBLISHER_KIND),
    Child::many("remoteItem", &identity::REMOTE_ITEM),
    Child::many("socialInteract", &SOCIAL),
    Child::many("trailer", &TRAILER),
    Child::many("txt", &TXT),
    Child::once("updateFrequency", &schedule::UPDATE_FREQUENCY),
    Child::many("value", &value::VALUE),
];

/// The tags of the namespace in an entry and in a live item.
pub(crate) static ENTRY: &[Child] = &[
    Child::many("alternateEnclosure", &alternate::ENCLOSURE),
    Child::once("chapters", &CHAPTERS),
    Child::once("chat", &CHAT),
    Child::many("contentLink", &CONTENT_LINK),
    Child::once("episode", &EPISODE),
    Child::many("funding", &FUNDING),
    Child::many("image", &image::IMAGE),
    Child::once("images", &image::SOURCES),
    Child::once("license", &LICENSE_KIND),
    Child::many("location", &place::LOCATION),
    Child::many("person", &person::PERSON),
    Child::once("season", &SEASON),
    Child::many("socialInteract", &SOCIAL),
    Child::many("soundbite", &SOUNDBITE_KIND),
    Child::many("transcript", &TRANSCRIPT),
    Child::many("txt", &TXT),
    Child::many("value", &value::VALUE),
];

/// Checks how the tags of a feed fit together.
pub(crate) fn feed(feed: &Element, cx: &mut Context<'_>) {
    priorities(feed, cx);
}

/// Checks how the tags of an entry fit together.
pub(crate) fn entry(entry: &Element, cx: &mut Context<'_>) {
    priorities(entry, cx);
}

/// Reports places for comments without an order, where there are several.
fn priorities(element: &Element, cx: &mut Context<'_>) {
    let mut places = element.all(Ns::Podcast, "socialInteract");
    if places.by_ref().nth(1).is_none() {
        return;
    }
    let unordered = element
        .all(Ns::Podcast, "socialInteract")
        .find(|place| place.attribute("priority").is_none());
    if let Some(place) = unordered {
        let message = format!("`{}` is one of several, and has no `priority`", place.qname);
        cx.report(&PRIORITY, place.at, message);
    }
}

/// Reports attributes that an element should have and lacks.
fn advise(element: &Element, section: &'static str, names: &[&str], cx: &mut Context<'_>) {
    let missing: Vec<String> = names
        .iter()
        .filter(|name| element.attribute(name).is_none())
        .map(|name| format!("`{name}`"))
        .collect();
    if !missing.is_empty() {
        let message = format!("`{}` should have {}", element.qname, missing.join(", "));
        cx.report_of(&ADVISED, section, element.at, message);
    }
}

fn trailer(element: &Element, cx: &mut Context<'_>) {
    advise(element, TRAILER.section, &["length", "type"], cx);
}

fn chat(element: &Element, cx: &mut Context<'_>) {
    advise(element, CHAT.section, &["accountId"], cx);
}

/// Checks the place of comments, unless they are disabled.
fn social(element: &Element, cx: &mut Context<'_>) {
    if element.attribute("protocol").map(str::trim) == Some("disabled") {
        return;
    }
    if element.attribute("uri").is_none() {
        cx.report_of(
            &super::super::schema::ATTRIBUTE_MISSING,
            SOCIAL.section,
            element.at,
            format!("`{}` has no attribute `uri`", element.qname),
        );
    }
    advise(element, SOCIAL.section, &["accountId"], cx);
}

fn license(element: &Element, cx: &mut Context<'_>) {
    let text = element.text();
    let text = text.trim();
    // The page writes the same names in capitals.
    let is_known = LICENSES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(text));
    if !is_known && element.attribute("url").is_none() {
        let message = format!("`{}` is “{}”, and has no `url`", element.qname, shown(text));
        cx.report(&LICENSE, element.at, message);
    }
}

fn soundbite(spot: &Spot<'_>, cx: &mut Context<'_>) {
    number::decimal(spot, cx);
    if number::float(spot.text).is_some_and(|n| n >= 0.0 && !(15.0..=120.0).contains(&n)) {
        spot.report(
            cx,
            &SOUNDBITE,
            format!("{spot} is {} seconds", spot.shown()),
        );
    }
}

/// Checks a text for a purpose. Only the purpose `ai-content` defines the form of its text.
fn txt(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.element.attribute("purpose").map(str::trim) == Some("ai-content") {
        boolean(spot, cx);
    }
}

fn social_protocol(spot: &Spot<'_>, cx: &mut Context<'_>) {
    slug(
        spot,
        cx,
        &[
            "disabled",
            "activitypub",
            "twitter",
            "lightning",
            "atproto",
            "hive",
            "matrix",
            "nostr",
        ],
    );
}

fn chat_protocol(spot: &Spot<'_>, cx: &mut Context<'_>) {
    slug(spot, cx, &["irc", "xmpp", "nostr", "matrix"]);
}

fn service(spot: &Spot<'_>, cx: &mut Context<'_>) {
    slug(spot, cx, text::SERVICES);
}

#[cfg(test)]
mod tests;
