//! Checks Media RSS 1.5.1 (`http://search.yahoo.com/mrss/`).

mod content;
mod credit;
mod rating;
mod restriction;
mod time;

use super::super::context::Context;
use super::super::html;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind, Spot};
use super::super::tree::Element;
use super::super::value::{language, media_type, number, one_of, text, uri};
use super::georss;

pub(crate) use self::content::{ENTRY, entry};

rules! {
    ADULT = Warning "media-adult", "Media RSS 1.5.1, <media:rating>",
        "`media:adult` has been replaced.",
        "write `<media:rating>adult</media:rating>`, or `nonadult`";
    RATING = Error "media-rating", "Media RSS 1.5.1, <media:rating>",
        "A rating is none that its scheme has. Without a scheme, it is `adult` or `nonadult`.",
        "name the scheme, or write a rating that it has";
    HASH = Error "media-hash", "Media RSS 1.5.1, <media:hash>",
        "A hash is not as its algorithm gives it: 32 hexadecimal digits for MD5, 40 for SHA-1.",
        "write the hash in hexadecimal digits, and name its algorithm";
    HASH_DUPLICATE = Error "media-hash-duplicate", "Media RSS 1.5.1, <media:hash>",
        "Two hashes are of the same algorithm.",
        "leave one of them";
    CREDIT_ROLE = Error "media-credit-role", "Media RSS 1.5.1, <media:credit>; EBU role codes",
        "The role of a person is not in small letters, or is none that the European Broadcasting \
         Union has, whose scheme is meant where none is named.",
        "use one of its roles in small letters, or name the scheme that has the role";
    TIME = Error "media-time", "Media RSS 1.5.1, <media:thumbnail> and <media:text>; RFC 2326, section 3.6",
        "A time is not in Normal Play Time.",
        "write seconds, such as `17.5`, or `0:00:17.5`";
    RESTRICTION = Error "media-restriction", "Media RSS 1.5.1, <media:restriction>",
        "A restriction that names no type is neither `all` nor `none`.",
        "say `type=\"country\"`, `type=\"uri\"` or `type=\"sharing\"`";
    RESTRICTION_DUPLICATE = Warning "media-restriction-duplicate", "Media RSS 1.5.1, <media:restriction>",
        "Two restrictions are of the same type. All but one are ignored.",
        "put all countries or addresses into one of them";
    CURRENCY = Error "media-currency", "Media RSS 1.5.1, <media:price>; ISO 4217",
        "A currency is not given by its code of three letters.",
        "write the code, such as `EUR`";
    CONTENT_ADDRESS = Error "media-content-address", "Media RSS 1.5.1, <media:content>",
        "A media object has neither an address nor a player.",
        "add `url`, or `media:player`";
    GROUP_ALONE = Warning "media-group-alone", "Media RSS 1.5.1, <media:group>",
        "A group has fewer than two media objects, and is there to hold forms of the same one.",
        "put the media object into the entry itself";
    GROUP_DEFAULTS = Warning "media-group-defaults", "Media RSS 1.5.1, <media:content>",
        "More than one media object of a group is its default.",
        "leave `isDefault=\"true\"` on one of them";
}

macro_rules! section {
    ($name:literal) => {
        concat!("Media RSS 1.5.1, <media:", $name, ">")
    };
}
use section;

static TEXT: Kind = Kind::text("Media RSS 1.5.1", &[]);
static PLAIN: Kind = Kind::text("Media RSS 1.5.1", &[text::plain]);
static ADDRESS: Kind = Kind::text("Media RSS 1.5.1", &[uri::absolute]);
static TITLE: Kind = Kind::text(section!("title"), &[typed]).with(TYPED);
static DESCRIPTION: Kind = Kind::text(section!("description"), &[typed]).with(TYPED);
const TYPED: &[Attr] = &[Attr::optional("type", &[text_type])];
static SAID: Kind = Kind::text(section!("text"), &[typed]).with(&[
    Attr::optional("type", &[text_type]),
    Attr::optional("lang", &[language::tag]),
    Attr::optional("start", &[time::time]),
    Attr::optional("end", &[time::time]),
]);
static ADULT_KIND: Kind = Kind::text(section!("rating"), &[boolean]).ruled(&[adult]);
static RATING_KIND: Kind = Kind::text(section!("rating"), &[rating::rating])
    .with(&[Attr::optional("scheme", &[rating::scheme])]);
static THUMBNAIL: Kind = Kind::empty(
    section!("thumbnail"),
    &[
        Attr::required("url", &[uri::absolute]),
        Attr::optional("height", &[number::positive]),
        Attr::optional("width", &[number::positive]),
        Attr::optional("time", &[time::time]),
    ],
);
static CATEGORY: Kind = Kind::text(section!("category"), &[text::plain]).with(&[
    Attr::optional("scheme", &[uri::absolute]),
    Attr::optional("label", &[text::plain]),
]);
static HASH_KIND: Kind =
    Kind::text(section!("hash"), &[hash]).with(&[Attr::optional("algo", &[algorithm])]);
static PLAYER: Kind = Kind::empty(
    section!("player"),
    &[
        Attr::required("url", &[uri::absolute]),
        Attr::optional("height", &[number::positive]),
        Attr::optional("width", &[number::positive]),
    ],
);
static CREDIT: Kind = Kind::text(section!("credit"), &[]).with(&[
    Attr::optional("role", &[credit::role]),
    Attr::optional("scheme", &[credit::scheme]),
]);
static COPYRIGHT: Kind = Kind::text(section!("copyright"), &[text::plain])
    .with(&[Attr::optional("url", &[uri::absolute])]);
static RESTRICTION_KIND: Kind = Kind::text(section!("restriction"), &[restriction::restriction])
    .with(&[
        Attr::required("relationship", &[relationship]),
        Attr::optional("type", &[restriction::kind]),
    ]);

static COMMUNITY: Kind = Kind::elements(
    section!("community"),
    &[&[(
        Ns::Media,
        &[
            Child::once("starRating", &STAR_RATING),
            Child::once("statistics", &STATISTICS),
            Child::once("tags", &PLAIN),
        ],
    )]],
);
static STAR_RATING: Kind = Kind::empty(
    section!("community"),
    &[
        Attr::optional("average", &[number::decimal]),
        Attr::optional("count", &[number::non_negative]),
        Attr::optional("min", &[number::decimal]),
        Attr::optional("max", &[number::decimal]),
    ],
);
static STATISTICS: Kind = Kind::empty(
    section!("community"),
    &[
        Attr::optional("views", &[number::non_negative]),
        Attr::optional("favorites", &[number::non_negative]),
    ],
);
static COMMENTS: Kind = Kind::elements(
    section!("comments"),
    &[&[(Ns::Media, &[Child::many("comment", &TEXT)])]],
);
static RESPONSES: Kind = Kind::elements(
    section!("responses"),
    &[&[(Ns::Media, &[Child::many("response", &TEXT)])]],
);
static BACK_LINKS: Kind = Kind::elements(
    section!("backLinks"),
    &[&[(Ns::Media, &[Child::many("backLink", &ADDRESS)])]],
);
static EMBED: Kind = Kind::elements(
    section!("embed"),
    &[&[(Ns::Media, &[Child::many("param", &PARAMETER)])]],
)
.with(&[
    Attr::optional("url", &[uri::absolute]),
    Attr::optional("height", &[number::positive]),
    Attr::optional("width", &[number::positive]),
]);
static PARAMETER: Kind = Kind::text(section!("embed"), &[]).with(&[Attr::required("name", &[])]);
static STATUS: Kind = Kind::empty(
    section!("status"),
    &[
        Attr::optional("state", &[state]),
        Attr::optional("reason", &[]),
    ],
);
static PRICE: Kind = Kind::empty(
    section!("price"),
    &[
        Attr::optional("type", &[price_type]),
        Attr::optional("info", &[uri::absolute]),
        Attr::optional("price", &[number::decimal]),
        Attr::optional("currency", &[currency]),
    ],
);
const LINK: &[Attr] = &[
    Attr::optional("type", &[media_type::media_type]),
    Attr::optional("href", &[uri::absolute]),
];
static LICENSE: Kind = Kind::text(section!("license"), &[text::plain]).with(LINK);
static PEER_LINK: Kind = Kind::empty(section!("peerLink"), LINK);
static SUBTITLE: Kind = Kind::empty(
    section!("subTitle"),
    &[
        Attr::optional("type", &[media_type::media_type]),
        Attr::optional("lang", &[language::tag]),
        Attr::optional("href", &[uri::absolute]),
    ],
);
// The specification writes the times of places and scenes in several forms.
static LOCATION: Kind = Kind::elements(
    section!("location"),
    &[&[(Ns::GeoRss, georss::ELEMENTS), (Ns::Geo, georss::GEO)]],
)
.with(&[
    Attr::optional("description", &[text::plain]),
    Attr::optional("start", &[]),
    Attr::optional("end", &[]),
]);
static RIGHTS: Kind = Kind::empty(section!("rights"), &[Attr::optional("status", &[rights])]);
static SCENES: Kind = Kind::elements(
    section!("scenes"),
    &[&[(Ns::Media, &[Child::many("scene", &SCENE)])]],
);
// The specification writes these without a prefix.
static SCENE: Kind = Kind::elements(
    section!("scenes"),
    &[&[(Ns::None, SCENE_PARTS), (Ns::Media, SCENE_PARTS)]],
);
static SCENE_PARTS: &[Child] = &[
    Child::once("sceneTitle", &PLAIN),
    Child::once("sceneDescription", &PLAIN),
    Child::once("sceneThumbnail", &ADDRESS),
    Child::once("sceneStartTime", &TEXT),
    Child::once("sceneEndTime", &TEXT),
];

/// The elements that may stand in a feed, an entry, a group or a media object, and hold for
/// everything in it.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("adult", &ADULT_KIND),
    Child::many("backLinks", &BACK_LINKS),
    Child::many("category", &CATEGORY),
    Child::many("comments", &COMMENTS),
    Child::many("community", &COMMUNITY),
    Child::once("copyright", &COPYRIGHT),
    Child::many("credit", &CREDIT),
    Child::once("description", &DESCRIPTION),
    Child::many("embed", &EMBED),
    Child::many("hash", &HASH_KIND),
    Child::many("keywords", &PLAIN),
    Child::many("license", &LICENSE),
    Child::many("location", &LOCATION),
    Child::many("peerLink", &PEER_LINK),
    Child::many("player", &PLAYER),
    Child::many("price", &PRICE),
    Child::many("rating", &RATING_KIND),
    Child::many("responses", &RESPONSES),
    Child::many("restriction", &RESTRICTION_KIND),
    Child::many("rights", &RIGHTS),
    Child::many("scenes", &SCENES),
    Child::many("status", &STATUS),
    Child::many("subTitle", &SUBTITLE),
    Child::many("text", &SAID),
    Child::many("thumbnail", &THUMBNAIL),
    Child::once("title", &TITLE),
];

/// Checks a text, which is plain unless its type is `html`.
fn typed(spot: &Spot<'_>, cx: &mut Context<'_>) {
    match spot.element.attribute("type") {
        Some("html") => html::html(spot, cx),
        _ => text::declared_plain(spot, cx),
    }
}

fn text_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["plain", "html"]);
}

fn boolean(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["true", "false"]);
}

fn relationship(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["allow", "deny"]);
}

fn state(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["active", "blocked", "deleted"]);
}

fn price_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["rent", "purchase", "package", "subscription"]);
}

fn rights(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["userCreated", "official"]);
}

fn currency(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.len() != 3 || !spot.text.bytes().all(|b| b.is_ascii_uppercase()) {
        spot.report(
            cx,
            &CURRENCY,
            format!(
                "{spot} is “{}”, which is no code of a currency",
                spot.shown()
            ),
        );
    }
}

fn adult(element: &Element, cx: &mut Context<'_>) {
    cx.report(
        &ADULT,
        element.at,
        format!("`{}` has been replaced", element.qname),
    );
}

fn algorithm(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["md5", "sha-1"]);
}

/// The algorithm of a hash, if the specification has it, and the number of its digits.
fn algorithm_of(hash: &Element) -> Option<(&'static str, usize)> {
    match hash.attribute("algo").unwrap_or("md5").trim() {
        "md5" => Some(("md5", 32)),
        "sha-1" => Some(("sha-1", 40)),
        _ => None,
    }
}

fn hash(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let Some((name, digits)) = algorithm_of(spot.element) else {
        return;
    };
    if spot.text.len() != digits || !spot.text.bytes().all(|b| b.is_ascii_hexdigit()) {
        spot.report(
            cx,
            &HASH,
            format!("{spot} is “{}”, which is no {name} hash", spot.shown()),
        );
    }
}

#[cfg(test)]
mod tests;
