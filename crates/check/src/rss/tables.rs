//! The tables of RSS: what may stand in a feed, its channel, its image and its items.

use super::super::atom;
use super::super::extension::{self, content, dublin_core};
use super::super::item;
use super::super::names::Ns;
use super::super::profile;
use super::super::schema::{Attr, Child, Kind, Need, Table, filled};
use super::super::value::{date, email, language, number, text, uri};
use super::channel::{channel, form, form_name};
use super::image::{height, image_format, width};
use super::items::{body, item};
use super::skip::{days, hours};

const CHANNEL: &str = "RSS 2.0, section “Required channel elements”";
const OPTIONAL: &str = "RSS 2.0, section “Optional channel elements”";
const IMAGE: &str = "RSS 2.0, section “<image> sub-element of <channel>”";
const ITEM: &str = "RSS 2.0, section “Elements of <item>”";

static TITLE: Kind = Kind::text(CHANNEL, &[filled, text::plain]);
static LINK: Kind = Kind::text(CHANNEL, &[uri::absolute]);
static DESCRIPTION: Kind = Kind::text(CHANNEL, &[text::plain]);
static PLAIN: Kind = Kind::text(OPTIONAL, &[text::plain]);
static FREE: Kind = Kind::text(OPTIONAL, &[]);
static LANGUAGE: Kind = Kind::text(OPTIONAL, &[language::tag]);
static PERSON: Kind = Kind::text(OPTIONAL, &[email::named_address]);
static DATE: Kind = Kind::text(OPTIONAL, &[date::rfc822]);
static CATEGORY: Kind = Kind::text(OPTIONAL, &[text::plain]).with(&[Attr::optional("domain", &[])]);
static DOCS: Kind = Kind::text(OPTIONAL, &[uri::absolute]);
static TTL: Kind = Kind::text(OPTIONAL, &[number::positive, filled]);
static CLOUD: Kind = Kind::empty(
    "RSS 2.0, section “<cloud> sub-element of <channel>”",
    &[
        Attr::required("domain", &[]),
        Attr::required("port", &[number::positive]),
        Attr::required("path", &[]),
        Attr::required("registerProcedure", &[]),
        Attr::required("protocol", &[]),
    ],
);

static IMAGE_KIND: Kind = Kind::elements(
    IMAGE,
    &[
        &[(
            Ns::None,
            &[
                Child::once("url", &IMAGE_URL),
                Child::once("title", &IMAGE_TEXT),
                Child::once("link", &LINK),
                Child::once("width", &WIDTH),
                Child::once("height", &HEIGHT),
                Child::once("description", &PLAIN),
            ],
        )],
        ANYWHERE,
    ],
)
.needing(&[
    Need::required("url"),
    Need::required("title"),
    Need::required("link"),
]);
static IMAGE_URL: Kind = Kind::text(IMAGE, &[uri::absolute, image_format]);
static IMAGE_TEXT: Kind = Kind::text(IMAGE, &[filled, text::plain]);
static WIDTH: Kind = Kind::text(IMAGE, &[width]);
static HEIGHT: Kind = Kind::text(IMAGE, &[height]);

static FORM: Kind = Kind::elements(
    "RSS 2.0, section “<textInput> sub-element of <channel>”",
    &[
        &[(
            Ns::None,
            &[
                Child::once("title", &PLAIN),
                Child::once("description", &FREE),
                Child::once("name", &FORM_FIELD),
                Child::once("link", &LINK),
            ],
        )],
        ANYWHERE,
    ],
)
.needing(&[
    Need::required("title"),
    Need::required("description"),
    Need::required("name"),
    Need::required("link"),
])
.ruled(&[form]);
static FORM_FIELD: Kind = Kind::text(
    "RSS 2.0, section “<textInput> sub-element of <channel>”",
    &[form_name],
);

static HOURS: Kind = Kind::elements(
    "RSS 2.0, section “skipHours”",
    &[&[(Ns::None, &[Child::many("hour", &SKIPPED)])]],
)
.needing(&[Need::required("hour")])
.ruled(&[hours]);
static DAYS: Kind = Kind::elements(
    "RSS 2.0, section “skipDays”",
    &[&[(Ns::None, &[Child::many("day", &SKIPPED)])]],
)
.needing(&[Need::required("day")])
.ruled(&[days]);
static SKIPPED: Kind = Kind::text("RSS 2.0, sections “skipHours” and “skipDays”", &[]);

/// Elements of extensions that may also stand in images and forms.
static ANYWHERE: Table = &[
    (Ns::Dc, dublin_core::ELEMENTS),
    (Ns::DcTerms, dublin_core::TERMS),
    (Ns::GeoRss, extension::georss::ELEMENTS),
    (Ns::Geo, extension::georss::GEO),
];

static CHANNEL_KIND: Kind = Kind::elements(
    CHANNEL,
    &[
        &[(
            Ns::None,
            &[
                Child::once("title", &TITLE),
                Child::once("link", &LINK),
                Child::once("description", &DESCRIPTION),
                Child::once("language", &LANGUAGE),
                Child::once("copyright", &PLAIN),
                Child::once("managingEditor", &PERSON),
                Child::once("webMaster", &PERSON),
                Child::once("pubDate", &DATE),
                Child::once("lastBuildDate", &DATE),
                Child::many("category", &CATEGORY),
                Child::once("generator", &FREE),
                Child::once("docs", &DOCS),
                Child::once("cloud", &CLOUD),
                Child::once("ttl", &TTL),
                Child::once("image", &IMAGE_KIND),
                Child::once("rating", &FREE),
                Child::once("textInput", &FORM),
                Child::once("skipHours", &HOURS),
                Child::once("skipDays", &DAYS),
            ],
        )],
        &[(Ns::Atom, atom::IN_CHANNEL), (Ns::Xhtml, XHTML)],
        extension::FEED,
    ],
)
.with(&[Attr::optional("index", &[]).of(Ns::Known)])
.needing(&[
    Need::required("title"),
    Need::required("link"),
    Need::required("description"),
])
.ruled(&[
    channel,
    dublin_core::channel,
    extension::feed,
    profile::feed,
]);

/// Elements of XHTML for search engines and the like.
static XHTML: &[Child] = &[
    Child::many("div", &Kind::ANYTHING),
    Child::many("meta", &extension::robots::META),
    Child::many("link", &Kind::ANYTHING),
];

pub(super) static ITEM_KIND: Kind = Kind::elements(
    ITEM,
    &[
        &[(Ns::None, item::ELEMENTS)],
        &[
            (Ns::Atom, atom::IN_ITEM),
            (Ns::Content, content::ITEM),
            (
                Ns::Xhtml,
                &[Child::once("body", &BODY), Child::once("div", &BODY)],
            ),
        ],
        extension::ENTRY,
    ],
)
.ruled(&[item, dublin_core::item, extension::entry, profile::entry]);

static BODY: Kind = Kind::ANYTHING.ruled(&[body]);

pub(super) static RSS: Kind = Kind::elements(
    "RSS 2.0, section “What is RSS?”",
    &[&[(Ns::None, &[Child::once("channel", &CHANNEL_KIND)])]],
)
.with(&[Attr::required("version", &[])])
.needing(&[Need::required("channel")]);
