//! Requirements of podcast directories and apps: Apple's “A Podcaster's Guide to RSS”, and PSP-1 of
//! the Podcast Standards Project.

use super::super::context::{Context, Position};
use super::super::extension::itunes::{ending, missing};
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::shown;
use super::super::tree::Element;

rules! {
    NOT_RSS = Error "apple-not-rss", "Apple, “A Podcaster’s Guide to RSS”; PSP-1, section “Required RSS Namespace Declarations”",
        "A podcast is not RSS 2.0, which is what directories of podcasts take.",
        "publish the podcast as RSS 2.0";
    SHOW = Error "apple-show-required", "Apple, “A Podcaster’s Guide to RSS”, section “Required tags”; PSP-1, section “Required <channel> elements”",
        "A podcast lacks what directories require to list it.",
        "add it";
    ARTWORK = Error "apple-artwork-format", "Apple, “A Podcaster’s Guide to RSS”, <itunes:image>; PSP-1, <itunes:image>",
        "The address of artwork does not end as that of a JPEG or PNG file.",
        "publish a JPEG or PNG of 1400 to 3000 pixels a side, whose name ends in `.jpg` or `.png`";
    DESCRIPTION = Error "apple-description-long", "Apple, “A Podcaster’s Guide to RSS”, <description>; PSP-1, <description>",
        "A description is longer than 4000 bytes.",
        "shorten it";
    SHOW_RECOMMENDED = Note "psp-show-recommended", "PSP-1, section “Recommended <channel> elements”",
        "A podcast lacks what listeners and apps like to know.",
        "add it";
    EPISODE = Error "apple-episode-required", "Apple, “A Podcaster’s Guide to RSS”, section “Required tags”; PSP-1, section “Required <item> elements”",
        "An episode lacks its title or its file.",
        "add it";
    GUID = Error "psp-guid-required", "PSP-1, <guid>",
        "An episode has no `guid`. Apps take it for a new one when its address changes.",
        "add a `guid` that never changes";
    TYPE = Warning "apple-enclosure-type", "Apple, “A Podcaster’s Guide to RSS”, <enclosure>; PSP-1, <enclosure>",
        "The type of an episode's file is none that Apple names.",
        "write the right one, such as `audio/mpeg`, `audio/x-m4a` or `video/mp4`";
    EPISODE_RECOMMENDED = Note "psp-episode-recommended", "PSP-1, section “Recommended <item> elements”; Apple, “A Podcaster’s Guide to RSS”, section “Recommended tags”",
        "An episode lacks what listeners and apps like to know.",
        "add it";
}

/// The types of files that Apple and the Podcast Standards Project allow.
const TYPES: &[&str] = &[
    "audio/x-m4a",
    "audio/m4a",
    "audio/mpeg",
    "video/quicktime",
    "video/mp4",
    "video/x-m4v",
    "video/m4v",
    "application/pdf",
    "document/x-epub",
];

/// The largest number of bytes in a description.
const MOST: usize = 4000;

/// Reports JSON Feed.
pub(crate) fn json(cx: &mut Context<'_>) {
    cx.report(
        &NOT_RSS,
        Position::START,
        "the podcast is JSON Feed, and no RSS",
    );
}

/// Checks a podcast.
pub(crate) fn feed(channel: &Element, cx: &mut Context<'_>) {
    if !cx.is_rss() {
        cx.report(
            &NOT_RSS,
            channel.at,
            format!("the podcast is `{}`, and no RSS", channel.qname),
        );
        return;
    }
    for name in missing(channel) {
        cx.report(&SHOW, channel.at, format!("the podcast has no `{name}`"));
    }
    artwork(channel, cx);
    description(channel, cx);
    let recommended = [
        (Ns::Itunes, "itunes:author"),
        (Ns::Podcast, "podcast:guid"),
        (Ns::Podcast, "podcast:locked"),
    ];
    if let Some(names) = absent(channel, &recommended) {
        let message = format!("the podcast should have {names}");
        cx.report(&SHOW_RECOMMENDED, channel.at, message);
    }
}

/// Checks an episode.
pub(crate) fn entry(item: &Element, cx: &mut Context<'_>) {
    if !cx.is_rss() {
        return;
    }
    if let Some(names) = absent(item, &[(Ns::None, "title"), (Ns::None, "enclosure")]) {
        cx.report(&EPISODE, item.at, format!("the episode has no {names}"));
    }
    if item.child(Ns::None, "guid").is_none() {
        cx.report(&GUID, item.at, "the episode has no `guid`");
    }
    for enclosure in item.all(Ns::None, "enclosure") {
        // A missing or malformed type has been reported already.
        let Some(given) = enclosure.attribute("type").map(str::trim) else {
            continue;
        };
        let essence = given.split(';').next().unwrap_or_default().trim_end();
        if !TYPES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(essence))
        {
            let message = format!("the type of `{}` is “{}”", enclosure.qname, shown(given));
            cx.report(&TYPE, enclosure.at, message);
        }
    }
    artwork(item, cx);
    description(item, cx);
    let recommended = [
        (Ns::None, "pubDate"),
        (Ns::None, "description"),
        (Ns::None, "link"),
        (Ns::Itunes, "itunes:duration"),
        (Ns::Itunes, "itunes:explicit"),
        (Ns::Podcast, "podcast:transcript"),
    ];
    if let Some(names) = absent(item, &recommended) {
        cx.report(
            &EPISODE_RECOMMENDED,
            item.at,
            format!("the episode should have {names}"),
        );
    }
}

/// The names of the elements that are missing, if any.
fn absent(element: &Element, wanted: &[(Ns, &str)]) -> Option<String> {
    let missing: Vec<String> = wanted
        .iter()
        .filter(|(ns, name)| {
            let local = name.split_once(':').map_or(*name, |(_, local)| local);
            element.child(*ns, local).is_none()
        })
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}

fn artwork(element: &Element, cx: &mut Context<'_>) {
    let Some(image) = element.child(Ns::Itunes, "image") else {
        return;
    };
    let Some(address) = image.attribute("href").map(str::trim) else {
        return;
    };
    if !matches!(ending(address).as_str(), "jpg" | "jpeg" | "png") {
        let message = format!("`{}` is “{}”, no JPEG or PNG", image.qname, shown(address));
        cx.report(&ARTWORK, image.at, message);
    }
}

fn description(element: &Element, cx: &mut Context<'_>) {
    let Some(description) = element.child(Ns::None, "description") else {
        return;
    };
    let length = description.text().trim().len();
    if length > MOST {
        let message = format!("`{}` has {length} bytes", description.qname);
        cx.report(&DESCRIPTION, description.at, message);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::extension::itunes::tests::rss;
    use super::super::super::{
        Input, Ns, Profile, Tag, Vocabulary, Xml, context::CheckOptions, stream::stream,
    };
    use super::*;
    use feedwright_base::date::Timestamp;
    use feedwright_base::diagnostic::Diagnostics;

    /// The rules of this file that a feed breaks.
    fn found(feed: &str, vocabulary: Vocabulary) -> Vec<&'static str> {
        let options = CheckOptions {
            now: Timestamp::new(chrono::DateTime::UNIX_EPOCH.fixed_offset()),
            html: false,
            profile: Some(Profile::Podcast),
        };
        let mut diags = Diagnostics::new();
        let mut cx = Context::new(&options, Path::new("feed.xml"), &mut diags);
        let input = Input::open(feed.as_bytes(), &mut cx)
            .expect("bytes can be read")
            .expect("text");
        let mut xml = Xml::new(input);
        let Tag::Start(root) = xml.next(&mut cx) else {
            panic!("{feed}");
        };
        let (root, is_whole) = stream(&mut xml, root, None, &|_| false, &mut cx, &mut |_, _, _| {});
        assert!(is_whole);
        cx.vocabulary = Some(vocabulary);
        let channel = root.child(Ns::None, "channel").unwrap_or(&root);
        super::feed(channel, &mut cx);
        if let Some(item) = channel.child(Ns::None, "item") {
            entry(item, &mut cx);
        }
        let is_own = |code: &&str| code.starts_with("apple-") || code.starts_with("psp-");
        diags
            .iter()
            .map(|diagnostic| diagnostic.code)
            .filter(is_own)
            .collect()
    }

    const SHOW: &str = "<language>en</language><itunes:category text=\"True Crime\"/>\
        <itunes:explicit>false</itunes:explicit><itunes:image href=\"https://e.com/a.jpg?b\"/>\
        <itunes:author>A</itunes:author><podcast:locked>yes</podcast:locked>\
        <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>";
    const EPISODE: &str = "<guid>https://e.com/1</guid><link>https://e.com/1</link>\
        <pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate><itunes:duration>5</itunes:duration>\
        <itunes:explicit>false</itunes:explicit>\
        <enclosure url=\"https://e.com/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>\
        <podcast:transcript url=\"https://e.com/a.vtt\" type=\"text/vtt\"/>";

    #[test]
    fn shows_and_episodes() {
        let all = |show: &str, episode: &str| found(&rss(show, episode), Vocabulary::Rss20);
        assert!(all(SHOW, EPISODE).is_empty());
        assert_eq!(
            all("", EPISODE),
            [
                "apple-show-required",
                "apple-show-required",
                "apple-show-required",
                "apple-show-required",
                "psp-show-recommended",
            ]
        );
        assert_eq!(
            all(SHOW, ""),
            [
                "apple-episode-required",
                "psp-guid-required",
                "psp-episode-recommended"
            ]
        );
        assert_eq!(
            all(&SHOW.replace("a.jpg", "a.gif"), EPISODE),
            ["apple-artwork-format"]
        );
        assert_eq!(
            all(SHOW, &EPISODE.replace("mpeg", "ogg")),
            ["apple-enclosure-type"]
        );
        let long = rss(SHOW, EPISODE).replace(">D<", &format!(">{}<", "é".repeat(2001)));
        assert_eq!(
            found(&long, Vocabulary::Rss20),
            ["apple-description-long", "apple-description-long"]
        );
    }

    #[test]
    fn atom() {
        let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>";
        assert_eq!(found(feed, Vocabulary::Atom), ["apple-not-rss"]);
    }
}
