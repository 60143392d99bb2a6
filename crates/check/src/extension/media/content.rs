//! Checks media objects and groups of them, with their addresses and descriptions.

use super::super::super::context::Context;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Child, Kind, Spot, Table};
use super::super::super::tree::Element;
use super::super::super::value::{language, media_type, number, one_of, uri};
use super::super::{dublin_core, georss};
use super::{
    CONTENT_ADDRESS, ELEMENTS, GROUP_ALONE, GROUP_DEFAULTS, HASH_DUPLICATE, RESTRICTION_DUPLICATE,
    algorithm_of, boolean, section,
};

/// The elements of Media RSS in an entry, besides those allowed anywhere.
pub(crate) static ENTRY: &[Child] = &[
    Child::many("content", &CONTENT),
    Child::many("group", &GROUP),
];

static CONTENT: Kind = Kind::elements(section!("content"), &[&[(Ns::Media, ELEMENTS)], OTHERS])
    .with(&[
        Attr::optional("url", &[uri::absolute]),
        Attr::optional("fileSize", &[number::positive]),
        Attr::optional("type", &[media_type::media_type]),
        Attr::optional("medium", &[medium]),
        Attr::optional("isDefault", &[boolean]),
        Attr::optional("expression", &[expression]),
        Attr::optional("bitrate", &[number::decimal]),
        Attr::optional("framerate", &[number::decimal]),
        Attr::optional("samplingrate", &[number::decimal]),
        Attr::optional("channels", &[number::non_negative]),
        Attr::optional("duration", &[number::decimal]),
        Attr::optional("height", &[number::positive]),
        Attr::optional("width", &[number::positive]),
        Attr::optional("lang", &[language::tag]),
    ])
    .ruled(&[described]);

static GROUP: Kind = Kind::elements(
    section!("group"),
    &[
        &[
            (Ns::Media, &[Child::many("content", &CONTENT)]),
            (Ns::Media, ELEMENTS),
        ],
        OTHERS,
    ],
)
.ruled(&[described, group]);

/// Other vocabularies that describe a media object as well as an entry.
static OTHERS: Table = &[
    (Ns::Dc, dublin_core::ELEMENTS),
    (Ns::GeoRss, georss::ELEMENTS),
    (Ns::Geo, georss::GEO),
];

fn medium(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(
        spot,
        cx,
        &["image", "audio", "video", "document", "executable"],
    );
}

fn expression(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["sample", "full", "nonstop"]);
}

/// Checks an entry with media objects as a whole.
pub(crate) fn entry(entry: &Element, cx: &mut Context<'_>) {
    described(entry, cx);
    addresses(entry, false, cx);
}

/// Reports media objects without an address or a player, of their own or of the element around them.
fn addresses(element: &Element, has_player: bool, cx: &mut Context<'_>) {
    let has_player = has_player || element.child(Ns::Media, "player").is_some();
    if has_player {
        return;
    }
    for content in element.all(Ns::Media, "content") {
        if content.attribute("url").is_none() && content.child(Ns::Media, "player").is_none() {
            let message = format!("`{}` has neither `url` nor a player", content.qname);
            cx.report(&CONTENT_ADDRESS, content.at, message);
        }
    }
    for group in element.all(Ns::Media, "group") {
        addresses(group, has_player, cx);
    }
}

/// Reports hashes and restrictions of one kind that stand twice in an element.
fn described(element: &Element, cx: &mut Context<'_>) {
    let mut hashes = Vec::new();
    for hash in element.all(Ns::Media, "hash") {
        let Some((algorithm, _)) = algorithm_of(hash) else {
            continue;
        };
        if hashes.contains(&algorithm) {
            let message = format!("`{}` of {algorithm} stands twice", hash.qname);
            cx.report(&HASH_DUPLICATE, hash.at, message);
        } else {
            hashes.push(algorithm);
        }
    }
    let mut types = Vec::new();
    for restriction in element.all(Ns::Media, "restriction") {
        let kind = match restriction.attribute("type").unwrap_or_default().trim() {
            "country" => "country",
            "uri" => "uri",
            "sharing" => "sharing",
            _ => continue,
        };
        if types.contains(&kind) {
            let message = format!("`{}` of the type `{kind}` stands twice", restriction.qname);
            cx.report(&RESTRICTION_DUPLICATE, restriction.at, message);
        } else {
            types.push(kind);
        }
    }
}

fn group(group: &Element, cx: &mut Context<'_>) {
    let count = group.all(Ns::Media, "content").count();
    if count < 2 {
        let message = format!("`{}` has {count} of two media objects or more", group.qname);
        cx.report(&GROUP_ALONE, group.at, message);
    }
    let is_default =
        |content: &&Element| content.attribute("isDefault").map(str::trim) == Some("true");
    if let Some(second) = group.all(Ns::Media, "content").filter(is_default).nth(1) {
        let message = format!("`{}` is a second default of its group", second.qname);
        cx.report(&GROUP_DEFAULTS, second.at, message);
    }
}
