//! Checks the id of a podcast, its medium, and references to other podcasts.

use super::super::super::context::Context;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Child, Kind, Need, Spot};
use super::super::super::tree::Element;
use super::super::super::value::one_of;
use super::text::https;
use super::{GUID, GUID_VERSION, PUBLISHER, page};

pub(super) static GUID_KIND: Kind = Kind::text(page!("Guid"), &[guid]);
pub(super) static MEDIUM: Kind = Kind::text(page!("Medium"), &[medium]);
pub(super) static REMOTE_ITEM: Kind = Kind::empty(
    page!("Remote Item"),
    &[
        Attr::required("feedGuid", &[guid]),
        Attr::optional("feedUrl", &[https]),
        Attr::optional("itemGuid", &[]),
        Attr::optional("medium", &[medium]),
        Attr::optional("title", &[]),
    ],
);
pub(super) static PODROLL: Kind = Kind::elements(
    page!("Podroll"),
    &[&[(Ns::Podcast, &[Child::many("remoteItem", &REMOTE_ITEM)])]],
)
.needing(&[Need::required("remoteItem").of(Ns::Podcast)]);
pub(super) static PUBLISHER_KIND: Kind = Kind::elements(
    page!("Publisher"),
    &[&[(Ns::Podcast, &[Child::many("remoteItem", &REMOTE_ITEM)])]],
)
.ruled(&[publisher]);

fn publisher(element: &Element, cx: &mut Context<'_>) {
    let mut items = element.all(Ns::Podcast, "remoteItem");
    let is_one = items.next().is_some_and(|item| {
        item.attribute("medium").map(str::trim) == Some("publisher") && items.next().is_none()
    });
    if !is_one {
        let message = format!("`{}` does not name one feed of a publisher", element.qname);
        cx.report(&PUBLISHER, element.at, message);
    }
}

/// Checks the id of a podcast.
fn guid(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let is_uuid = spot.text.len() == 36
        && spot
            .text
            .bytes()
            .enumerate()
            .all(|(at, byte)| match is_dash(at) {
                true => byte == b'-',
                false => byte.is_ascii_hexdigit(),
            });
    if !is_uuid {
        spot.report(
            cx,
            &GUID,
            format!("{spot} is “{}”, which is no UUID", spot.shown()),
        );
    } else if spot.text.as_bytes().get(14) != Some(&b'5') {
        let message = format!(
            "{spot} is “{}”, which is no UUID of version 5",
            spot.shown()
        );
        spot.report(cx, &GUID_VERSION, message);
    }
}

/// Checks the medium of a feed. A list of such feeds has an `L` at its end.
fn medium(spot: &Spot<'_>, cx: &mut Context<'_>) {
    const MEDIA: &[&str] = &[
        "podcast",
        "music",
        "video",
        "film",
        "audiobook",
        "newsletter",
        "blog",
        "publisher",
        "course",
        "mixed",
    ];
    let single = spot.text.strip_suffix('L').filter(|text| *text != "mixed");
    if !single.is_some_and(|text| MEDIA.contains(&text)) {
        one_of(spot, cx, MEDIA);
    }
}
