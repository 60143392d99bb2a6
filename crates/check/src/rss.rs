//! RSS 0.91, 0.92 and 2.0, with the profile of the RSS Advisory Board.

use std::io::Read;

use super::atom;
use super::context::{Context, Position, Vocabulary};
use super::dtd;
use super::extension::{self, content, dublin_core};
use super::item;
use super::names::Ns;
use super::profile;
use super::rule::{Rule, rules};
use super::schema::{Attr, Child, Kind, Need, Spot, Table, filled, shown, walk};
use super::stream::{Seen, stream};
use super::tree::{Element, Node};
use super::value::{date, email, language, number, text, uri};
use super::xml::Xml;

rules! {
    VERSION = Error "rss-version", "RSS 2.0, section “What is RSS?”",
        "The version of RSS is none that there is.",
        "write `version=\"2.0\"`";
    DOCTYPE_VERSION = Error "rss-doctype-version", "RSS 0.91",
        "The feed names the document type of RSS 0.91 and is of another version.",
        "remove the `<!DOCTYPE …>`";
    DOCTYPE_GONE = Error "rss-doctype-gone", "RSS 0.91; RSS Advisory Board, “RSS 0.91 DTD”",
        "The feed names its document type by an address at Netscape that has been taken down before. \
         Programs that fetch it then read nothing.",
        "remove the `<!DOCTYPE …>`";
    ITEM_EMPTY = Error "rss-item-empty", "RSS 2.0, section “Elements of <item>”",
        "An item has neither a title nor a description.",
        "add one of them";
    ITEM_MISPLACED = Warning "rss-item-misplaced", "RSS Profile, section “item”",
        "Something about the channel itself stands after an item. Some programs stop looking there.",
        "put all items last";
    GUID_MISSING = Warning "rss-guid-missing", "RSS Profile, section “guid”",
        "An item has no `guid`. Readers guess whether they know it.",
        "add a `guid` that never changes";
    GUID_DUPLICATE = Error "rss-guid-duplicate", "RSS 2.0, section “guid”",
        "Two items have the same `guid`. Readers show one of them.",
        "give each item a `guid` of its own";
    IMAGE_TITLE = Warning "rss-image-title", "RSS Profile, section “image”",
        "The title of the image is not that of the channel.",
        "write the title of the channel";
    IMAGE_LINK = Warning "rss-image-link", "RSS Profile, section “image”",
        "The link of the image is not that of the channel.",
        "write the link of the channel";
    IMAGE_FORMAT = Warning "rss-image-format", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The image is neither JPEG nor PNG nor GIF.",
        "use one of them";
    IMAGE_WIDTH = Error "rss-image-width", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The width of the image is not a number from 1 to 144.",
        "use a smaller image";
    IMAGE_HEIGHT = Error "rss-image-height", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The height of the image is not a number from 1 to 400.",
        "use a smaller image";
    HOUR = Error "rss-hour", "RSS 2.0, section “skipHours”",
        "An hour to skip is not a number from 0 to 23.",
        "write a number from 0 to 23";
    HOUR_24 = Warning "rss-hour-24", "RSS Profile, section “skipHours”",
        "Midnight is written as 24.",
        "write 0";
    DAY = Error "rss-day", "RSS 2.0, section “skipDays”",
        "A day to skip is none of the week.",
        "write the English name, such as `Saturday`";
    TOO_MANY = Error "rss-skip-many", "RSS 2.0, sections “skipHours” and “skipDays”",
        "More hours or days are to be skipped than there are.",
        "leave each of them once";
    SKIP_DUPLICATE = Error "rss-skip-duplicate", "RSS 2.0, sections “skipHours” and “skipDays”",
        "An hour or a day is to be skipped twice.",
        "leave it once";
    TEXT_INPUT = Warning "rss-text-input", "RSS Profile, section “textInput”",
        "The feed has a form, which hardly any reader shows.",
        "remove it";
    FORM_NAME = Error "rss-form-name", "RSS 2.0, section “<textInput> sub-element of <channel>”",
        "The name of the text field is none that HTML allows.",
        "begin it with a letter";
    ENCODED_FIRST = Warning "rss-content-order", "RSS Profile, section “content:encoded”",
        "`content:encoded` stands before `description`, or without it. Some programs then show the \
         wrong one.",
        "put `description` before it";
    COMMENTS_DATE = Warning "rss-slash-date", "RSS Profile, section “slash:comments”",
        "Comments are counted, and the channel does not say when it changed.",
        "add `lastBuildDate`";
    BODY_DUPLICATE = Warning "rss-body-duplicate", "RSS Profile, section “Extending RSS”",
        "The text of an item is given by an extension besides its `description`.",
        "leave `description` and `content:encoded`";
    LANGUAGE_MISSING = Note "language-missing", "RSS 2.0, section “Optional channel elements”",
        "The feed does not say what language it is in.",
        "add `<language>en-us</language>`";
}

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

/// What may stand in images and forms too.
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

/// What instructs search engines, and so on.
static XHTML: &[Child] = &[
    Child::many("div", &Kind::ANYTHING),
    Child::many("meta", &Kind::ANYTHING),
    Child::many("link", &Kind::ANYTHING),
];

static ITEM_KIND: Kind = Kind::elements(
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

static RSS: Kind = Kind::elements(
    "RSS 2.0, section “What is RSS?”",
    &[&[(Ns::None, &[Child::once("channel", &CHANNEL_KIND)])]],
)
.with(&[Attr::required("version", &[])])
.needing(&[Need::required("channel")]);

/// The items of a channel, together.
#[derive(Default)]
struct Items {
    count: usize,
    first: Option<Position>,
    last: Option<Position>,
    guids: Seen,
    ids: Seen,
    /// Where an item counts comments.
    counted: Option<Position>,
}

/// Checks a feed from its outermost element on.
pub(super) fn rss<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let version = root.attribute("version").unwrap_or("2.0").trim().to_owned();
    cx.vocabulary = Some(if version.starts_with("0.") {
        Vocabulary::Rss09
    } else {
        Vocabulary::Rss20
    });
    cx.has_plain_descriptions = version == "0.91";
    head(&root, &version, cx);
    let mut items = Items::default();
    let mut looked = 0;
    let is_item = |element: &Element| element.is(Ns::None, "item");
    let (rss, is_whole) = stream(
        xml,
        root,
        Some("channel"),
        &is_item,
        cx,
        &mut |item, channel, cx| {
            // A channel may have as much in it as it has items.
            let new = channel.children.get(looked..).unwrap_or_default();
            looked = channel.children.len();
            cx.takes_attributes |= new.iter().any(names_advisory_board);
            walk(&item, &ITEM_KIND, cx);
            items.add(&item, cx);
        },
    );
    if !is_whole {
        return;
    }
    walk(&rss, &RSS, cx);
    let Some(channel) = rss.child(Ns::None, "channel") else {
        return;
    };
    items.finish(channel, cx);
    profile::whole(channel.at, items.count, xml.taken, cx);
    if version == "2.0" {
        atom::own(channel, cx);
    }
}

/// Whether it is `docs` of the RSS Advisory Board, by whose specification extensions may add
/// attributes.
fn names_advisory_board(node: &Node) -> bool {
    match node {
        Node::Element(docs) if docs.is(Ns::None, "docs") => {
            docs.text().contains("rssboard.org/rss-specification")
        }
        _ => false,
    }
}

/// What the outermost element and the document type say.
fn head(root: &Element, version: &str, cx: &mut Context<'_>) {
    let doctype = cx.doctype.take();
    let is_091 = doctype
        .as_ref()
        .is_some_and(|(public, _)| dtd::is_rss091(Some(public)));
    if is_091 {
        if version != "0.91" {
            let message = format!(
                "the version is “{}”, and the document type 0.91",
                shown(version)
            );
            cx.report(&DOCTYPE_VERSION, root.at, message);
        }
        if doctype.is_some_and(|(_, system)| system.contains("netscape.com")) {
            cx.report(
                &DOCTYPE_GONE,
                root.at,
                "the document type is at an address of Netscape",
            );
        }
    } else if root.attribute("version").is_some()
        && !matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0")
    {
        let message = format!("the version of RSS is “{}”", shown(version));
        cx.report(&VERSION, root.at, message);
    }
}

impl Items {
    fn add(&mut self, item: &Element, cx: &mut Context<'_>) {
        self.count += 1;
        self.first.get_or_insert(item.at);
        self.last = Some(item.at);
        if item.child(Ns::Slash, "comments").is_some() {
            self.counted.get_or_insert(item.at);
        }
        for (ns, name, seen) in [
            (Ns::None, "guid", &mut self.guids),
            (Ns::Atom, "id", &mut self.ids),
        ] {
            let Some(id) = item.child(ns, name) else {
                continue;
            };
            let text = id.text();
            let text = text.trim();
            if !text.is_empty() && !seen.is_new(text) {
                let message = format!("`{}` “{}” is that of an item before", id.qname, shown(text));
                cx.report(&GUID_DUPLICATE, id.at, message);
            }
        }
        if cx.vocabulary == Some(Vocabulary::Rss20) && item.child(Ns::None, "guid").is_none() {
            cx.report(&GUID_MISSING, item.at, "the item has no `guid`");
        }
    }

    fn finish(&self, channel: &Element, cx: &mut Context<'_>) {
        let late = self
            .first
            .and_then(|first| channel.elements().find(|element| element.at > first));
        if let Some(late) = late {
            cx.report(
                &ITEM_MISPLACED,
                late.at,
                format!("`{}` stands after an item", late.qname),
            );
        }
        if let Some(at) = self.counted
            && channel.child(Ns::None, "lastBuildDate").is_none()
        {
            cx.report(
                &COMMENTS_DATE,
                at,
                "comments are counted, and `lastBuildDate` is missing",
            );
        }
    }
}

fn channel(channel: &Element, cx: &mut Context<'_>) {
    if channel.child(Ns::None, "language").is_none()
        && channel.child(Ns::Dc, "language").is_none()
        && channel.lang.is_none()
    {
        cx.report(
            &LANGUAGE_MISSING,
            channel.at,
            "the channel names no language",
        );
    }
    let Some(image) = channel.child(Ns::None, "image") else {
        return;
    };
    for (name, rule) in [("title", &IMAGE_TITLE), ("link", &IMAGE_LINK)] {
        let (Some(own), Some(outer)) = (image.child(Ns::None, name), channel.child(Ns::None, name))
        else {
            continue;
        };
        let is_filled = !outer.text().trim().is_empty() && !own.text().trim().is_empty();
        if is_filled && own.text().trim() != outer.text().trim() {
            cx.report(
                rule,
                own.at,
                format!("the {name} of the image is not that of the channel"),
            );
        }
    }
}

fn item(item: &Element, cx: &mut Context<'_>) {
    // In RSS 0.92, everything in an item is optional.
    let is_empty =
        item.child(Ns::None, "title").is_none() && item.child(Ns::None, "description").is_none();
    if is_empty && cx.vocabulary != Some(Vocabulary::Rss09) {
        cx.report(
            &ITEM_EMPTY,
            item.at,
            "the item has neither `title` nor `description`",
        );
    }
    if let Some(encoded) = item.child(Ns::Content, "encoded") {
        let description = item.child(Ns::None, "description");
        if description.is_none_or(|description| description.at > encoded.at) {
            let message = format!("no `description` stands before `{}`", encoded.qname);
            cx.report(&ENCODED_FIRST, encoded.at, message);
        }
    }
    for (ns, name) in [
        (Ns::Xhtml, "body"),
        (Ns::Atom, "content"),
        (Ns::Atom, "title"),
    ] {
        let second = item.child(ns, name);
        // What lies elsewhere is not said twice.
        if let Some(second) = second.filter(|second| second.attribute("src").is_none()) {
            let message = format!("`{}` says what `description` says", second.qname);
            cx.report(&BODY_DUPLICATE, second.at, message);
        }
    }
}

/// XHTML that stands in an item.
fn body(element: &Element, cx: &mut Context<'_>) {
    for child in element.elements() {
        atom::within(child, cx);
    }
}

fn size(spot: &Spot<'_>, cx: &mut Context<'_>, rule: &'static Rule, most: i64) {
    if !number::parse(spot.text).is_some_and(|n| (1..=most).contains(&n)) {
        spot.report(cx, rule, format!("{spot} is “{}”", spot.shown()));
    }
}

fn width(spot: &Spot<'_>, cx: &mut Context<'_>) {
    size(spot, cx, &IMAGE_WIDTH, 144);
}

fn height(spot: &Spot<'_>, cx: &mut Context<'_>) {
    size(spot, cx, &IMAGE_HEIGHT, 400);
}

fn image_format(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let ending = spot.text.rsplit('.').next().unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    let is_ending = !ending.is_empty() && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_ending && !matches!(ending.as_str(), "jpg" | "jpeg" | "gif" | "png") {
        spot.report(cx, &IMAGE_FORMAT, format!("{spot} ends in `.{ending}`"));
    }
}

fn form(form: &Element, cx: &mut Context<'_>) {
    cx.report(&TEXT_INPUT, form.at, "the channel has a form");
}

fn form_name(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !spot.text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        spot.report(cx, &FORM_NAME, format!("{spot} is “{}”", spot.shown()));
    }
}

fn hours(element: &Element, cx: &mut Context<'_>) {
    let mut seen: Vec<i64> = Vec::new();
    let mut count = 0;
    for hour in element.all(Ns::None, "hour") {
        count += 1;
        let text = hour.text();
        let text = text.trim();
        let number = number::parse(text);
        match number {
            Some(number) if seen.contains(&(number % 24)) => {
                cx.report(
                    &SKIP_DUPLICATE,
                    hour.at,
                    format!("the hour {number} stands twice"),
                );
            }
            Some(24) => cx.report(&HOUR_24, hour.at, "midnight is written as 24"),
            Some(0..=23) => {}
            _ => cx.report(&HOUR, hour.at, format!("`hour` is “{}”", shown(text))),
        }
        seen.extend(number.map(|number| number % 24));
    }
    if count > 24 {
        cx.report(
            &TOO_MANY,
            element.at,
            format!("{count} hours are to be skipped"),
        );
    }
}

fn days(element: &Element, cx: &mut Context<'_>) {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let mut seen: Vec<String> = Vec::new();
    let mut count = 0;
    for day in element.all(Ns::None, "day") {
        count += 1;
        let text = day.text();
        let text = text.trim();
        if !NAMES.contains(&text) {
            cx.report(&DAY, day.at, format!("`day` is “{}”", shown(text)));
        } else if seen.iter().any(|known| known == text) {
            cx.report(&SKIP_DUPLICATE, day.at, format!("{text} stands twice"));
        } else {
            seen.push(text.to_owned());
        }
    }
    if count > 7 {
        cx.report(
            &TOO_MANY,
            element.at,
            format!("{count} days are to be skipped"),
        );
    }
}
