//! Checks podcasts with Apple's tags (`http://www.itunes.com/dtds/podcast-1.0.dtd`).
//!
//! The tables also have the tags of former versions of Apple's guide, which are still in use.

mod category;

use super::super::context::{Context, Profile};
use super::super::input;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind, Need, Spot};
use super::super::tree::Element;
use super::super::value::{date, email, number, one_of, text, uri};
use super::links;

rules! {
    EXPLICIT = Error "itunes-explicit", "Apple, “A Podcaster’s Guide to RSS”, <itunes:explicit>",
        "Whether a podcast is explicit is told by a value other than `true` and `false`. `yes`, \
         `no`, `clean` and `explicit` are of former versions.",
        "write `true` or `false`, without blanks around it";
    NO_EFFECT = Warning "itunes-no-effect", "Apple, “A Podcaster’s Guide to RSS”, <itunes:block> and <itunes:complete>",
        "A tag that takes `Yes` has another value, which has no effect.",
        "write `Yes`, or remove the tag";
    CATEGORY = Error "itunes-category", "Apple, “Apple Podcasts categories”",
        "A category or a subcategory is none that Apple has.",
        "use one of Apple's list, and a subcategory inside of its category";
    CATEGORY_OBSOLETE = Warning "itunes-category-obsolete", "Apple, “Apple Podcasts categories”",
        "A category or a subcategory is none that Apple has since 2019.",
        "use one of the present list";
    DURATION = Error "itunes-duration", "Apple, “Making a Podcast”, <itunes:duration>",
        "A duration is neither a number of seconds nor hours, minutes and seconds with colons.",
        "write the whole number of seconds, such as `1801`";
    TOO_LONG = Error "itunes-too-long", "Apple, “Making a Podcast”, section “RSS tags”; PSP-1, section “Required RSS Namespace Declarations”",
        "A value is longer than Apple allows: 255 characters, and 4000 in `itunes:summary`.",
        "shorten it";
    KEYWORDS = Warning "itunes-keywords", "Apple, “Making a Podcast”, <itunes:keywords>",
        "Keywords are not separated by commas, or there are more than 12.",
        "write `salt, pepper`, or remove the tag: Apple has given it up";
    OBSOLETE = Note "itunes-obsolete", "Apple, “A Podcaster’s Guide to RSS”",
        "A tag stands in the feed that Apple has given up.",
        "remove it";
    FORMAT = Warning "itunes-format", "Apple, “A Podcaster’s Guide to RSS”, <enclosure>",
        "The address of an enclosure does not end as that of a file that Apple takes.",
        "publish an M4A, MP3, MOV, MP4, M4V, PDF or EPUB file";
    NOT_UTF8 = Warning "itunes-not-utf8", "Apple, “Making a Podcast”, section “RSS tags”; PSP-1, section “Required RSS Namespace Declarations”",
        "A podcast is in an encoding other than UTF-8, which directories of podcasts may not read.",
        "write the feed in UTF-8";
    REQUIRED = Warning "itunes-required", "Apple, “A Podcaster’s Guide to RSS”, section “Required tags”",
        "A feed describes a podcast, and lacks what Apple requires to list one.",
        "add it";
    OWNER = Note "itunes-owner", "Apple, “Making a Podcast”, <itunes:owner>",
        "A podcast gives no address of its owner. Directories write to it when somebody claims the \
         podcast.",
        "add `<itunes:owner><itunes:email>…</itunes:email></itunes:owner>`, unless your host has \
         another way";
}

const GUIDE: &str = "Apple, “A Podcaster’s Guide to RSS”";
const OLD: &str = "Apple, “Making a Podcast”";

/// The extensions of the files that Apple accepts.
const FORMATS: &[&str] = &["m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub"];

static TITLE: Kind = Kind::text(GUIDE, &[text::plain]);
static LINE: Kind = Kind::text(OLD, &[text::plain, line_length]);
static SUMMARY: Kind = Kind::text(OLD, &[text::plain, summary_length]);
static YES: Kind = Kind::text(GUIDE, &[yes]);
static EXPLICIT_KIND: Kind = Kind::text(GUIDE, &[explicit]);
static IMAGE: Kind = Kind::empty(GUIDE, &[Attr::required("href", &[uri::http])]);
static KEYWORDS_KIND: Kind = Kind::text(OLD, &[text::plain, line_length, keywords, obsolete]);
static DATE: Kind = Kind::text(OLD, &[date::rfc822, obsolete]);
static NEW_FEED_URL: Kind = Kind::text(GUIDE, &[uri::http]);
static TYPE: Kind = Kind::text(GUIDE, &[show_type]);
static FREE: Kind = Kind::text(GUIDE, &[]);
static DURATION_KIND: Kind = Kind::text(OLD, &[duration]);
static NUMBER: Kind = Kind::text(GUIDE, &[number::positive]);
static EPISODE_TYPE: Kind = Kind::text(GUIDE, &[episode_type]);
static EMAIL: Kind = Kind::text(OLD, &[email::address]);
static OWNER_KIND: Kind = Kind::elements(
    OLD,
    &[&[(
        Ns::Itunes,
        &[Child::once("name", &LINE), Child::once("email", &EMAIL)],
    )]],
)
.needing(&[Need::required("email").of(Ns::Itunes)]);

/// Apple's tags in a feed.
pub(crate) static FEED: &[Child] = &[
    Child::once("applepodcastsverify", &FREE),
    Child::once("author", &LINE),
    Child::once("block", &YES),
    Child::many("category", &category::CATEGORY_KIND),
    Child::once("complete", &YES),
    Child::once("explicit", &EXPLICIT_KIND),
    Child::once("image", &IMAGE),
    Child::once("keywords", &KEYWORDS_KIND),
    Child::once("new-feed-url", &NEW_FEED_URL),
    Child::once("owner", &OWNER_KIND),
    Child::once("pubDate", &DATE),
    Child::once("subtitle", &LINE),
    Child::once("summary", &SUMMARY),
    Child::once("title", &TITLE),
    Child::once("type", &TYPE),
];

/// Apple's tags in an entry.
pub(crate) static ENTRY: &[Child] = &[
    Child::once("author", &LINE),
    Child::once("block", &YES),
    Child::once("duration", &DURATION_KIND),
    Child::once("episode", &NUMBER),
    Child::once("episodeType", &EPISODE_TYPE),
    Child::once("explicit", &EXPLICIT_KIND),
    Child::once("image", &IMAGE),
    Child::once("isClosedCaptioned", &YES),
    Child::once("keywords", &KEYWORDS_KIND),
    Child::once("order", &NUMBER),
    Child::once("pubDate", &DATE),
    Child::once("season", &NUMBER),
    Child::once("subtitle", &LINE),
    Child::once("summary", &SUMMARY),
    Child::once("title", &TITLE),
];

/// Checks a feed with Apple's tags as a whole.
pub(crate) fn feed(feed: &Element, cx: &mut Context<'_>) {
    // Any feed may give its new address.
    if !is_used(feed, |name| name != "new-feed-url") {
        return;
    }
    if cx.count(&input::ENCODING_NONSTANDARD) > 0 || cx.count(&input::ENCODING_OBSCURE) > 0 {
        cx.report(&NOT_UTF8, feed.at, "the podcast is not in UTF-8");
    }
    // The profile of podcasts reports this itself, as an error.
    if cx.options.profile == Some(Profile::Podcast) {
        return;
    }
    for name in missing(feed) {
        cx.report(&REQUIRED, feed.at, format!("the podcast has no `{name}`"));
    }
    if feed.child(Ns::Itunes, "owner").is_none() {
        cx.report(&OWNER, feed.at, "the podcast has no `itunes:owner`");
    }
}

/// Checks an entry with Apple's tags as a whole.
pub(crate) fn entry(entry: &Element, cx: &mut Context<'_>) {
    if is_used(entry, |_| true) || cx.options.profile == Some(Profile::Podcast) {
        formats(entry, cx);
    }
}

/// Checks whether Apple accepts the files that come with an entry.
fn formats(entry: &Element, cx: &mut Context<'_>) {
    for (enclosure, address) in enclosures(entry) {
        let ending = ending(address);
        if !address.is_empty() && !FORMATS.contains(&ending.as_str()) {
            let message = match ending.as_str() {
                "" => "the address of the enclosure has no ending".to_owned(),
                _ => format!("the address of the enclosure ends in `.{ending}`"),
            };
            cx.report(&FORMAT, enclosure.at, message);
        }
    }
}

fn is_used(element: &Element, counts: impl Fn(&str) -> bool) -> bool {
    let mut children = element.elements();
    children.any(|child| child.ns == Ns::Itunes && counts(child.name()))
}

/// The tags that Apple requires of a show, and that this one lacks.
pub(crate) fn missing(feed: &Element) -> impl Iterator<Item = &'static str> {
    let has = |name| feed.child(Ns::Itunes, name).is_some();
    let has_language = feed.child(Ns::None, "language").is_some() || feed.lang.is_some();
    [
        ("language", has_language),
        ("itunes:category", has("category")),
        ("itunes:explicit", has("explicit")),
        ("itunes:image", has("image")),
    ]
    .into_iter()
    .filter(|(_, is_there)| !is_there)
    .map(|(name, _)| name)
}

/// The files that come with an entry, in RSS and in Atom, with their addresses.
fn enclosures(entry: &Element) -> impl Iterator<Item = (&Element, &str)> {
    entry.elements().filter_map(|element| {
        let address = match element.ns {
            Ns::None if element.name() == "enclosure" => element.attribute("url"),
            Ns::Atom if element.name() == "link" && links::relation(element) == "enclosure" => {
                element.attribute("href")
            }
            _ => None,
        }?;
        Some((element, address.trim()))
    })
}

/// The extension of the file in an address, in small letters and without the dot.
pub(crate) fn ending(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    feedwright_base::text::cut(&ending.to_lowercase(), 20)
}

fn explicit(spot: &Spot<'_>, cx: &mut Context<'_>) {
    // Apple compares the text with its blanks.
    let value = spot.element.text();
    if !["true", "false"]
        .iter()
        .any(|known| value.eq_ignore_ascii_case(known))
    {
        let blanks = if value.len() == spot.text.len() {
            ""
        } else {
            ", with blanks around it"
        };
        spot.report(
            cx,
            &EXPLICIT,
            format!("{spot} is “{}”{blanks}", spot.shown()),
        );
    }
}

fn yes(spot: &Spot<'_>, cx: &mut Context<'_>) {
    // `no` is the default, and allowed.
    if !["yes", "no"]
        .iter()
        .any(|known| spot.text.eq_ignore_ascii_case(known))
    {
        spot.report(cx, &NO_EFFECT, format!("{spot} is “{}”", spot.shown()));
    }
}

fn length(spot: &Spot<'_>, cx: &mut Context<'_>, most: usize) {
    // Counting stops at the limit.
    if spot.text.chars().nth(most).is_some() {
        spot.report(
            cx,
            &TOO_LONG,
            format!("{spot} has more than {most} characters"),
        );
    }
}

fn line_length(spot: &Spot<'_>, cx: &mut Context<'_>) {
    length(spot, cx, 255);
}

fn summary_length(spot: &Spot<'_>, cx: &mut Context<'_>) {
    length(spot, cx, 4000);
}

fn keywords(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let count = spot.text.split(',').count();
    if count == 1 && spot.text.contains(' ') {
        spot.report(
            cx,
            &KEYWORDS,
            format!("{spot} has words without commas between them"),
        );
    } else if count > 12 {
        spot.report(cx, &KEYWORDS, format!("{spot} has {count} keywords"));
    }
}

fn obsolete(spot: &Spot<'_>, cx: &mut Context<'_>) {
    spot.report(cx, &OBSOLETE, format!("{spot} is no longer read"));
}

/// Whether a text is `H:MM:SS`, `M:SS` or seconds. The first part may be any number.
fn is_duration(text: &str) -> bool {
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or_default();
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = parts.take(3).collect();
    is_digits(first)
        && rest.len() < 3
        && rest
            .iter()
            .all(|part| part.len() == 2 && is_digits(part) && *part < "60")
}

fn duration(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_duration(spot.text) {
        spot.report(
            cx,
            &DURATION,
            format!("{spot} is “{}”, which is no duration", spot.shown()),
        );
    }
}

fn show_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["episodic", "serial"]);
}

fn episode_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["full", "trailer", "bonus"]);
}

#[cfg(test)]
pub(crate) mod tests;
