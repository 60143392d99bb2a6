//! Feeds around examples.

use super::super::Profile;
use super::super::examples::{Place, repetition};
use super::NAMESPACES;

/// Namespaces of podcasts and of media.
const MEDIA: &str = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' \
    xmlns:podcast='https://podcastindex.org/namespace/1.0' \
    xmlns:media='http://search.yahoo.com/mrss/'";

/// What a feed has where an example does not have it itself.
const CHANNEL: &[(&str, &str)] = &[
    ("<title", "<title>T</title>"),
    ("<link", "<link>https://e.com/</link>"),
    ("<description", "<description>D</description>"),
    ("<language", "<language>en</language>"),
    (
        "<atom:link",
        "<atom:link rel='self' href='https://e.com/f'/>",
    ),
];
const ITEM: &[(&str, &str)] = &[
    ("<title", "<title>I</title>"),
    ("<guid", "<guid>https://e.com/1</guid>"),
];
const FEED: &[(&str, &str)] = &[
    ("<id", "<id>tag:e.com,2020:f</id>"),
    ("<title", "<title>T</title>"),
    ("<updated", "<updated>2020-01-01T00:00:00Z</updated>"),
    ("<author", "<author><name>A</name></author>"),
    ("<link", "<link rel='self' href='https://e.com/f'/>"),
];
const ENTRY: &[(&str, &str)] = &[
    ("<id", "<id>tag:e.com,2020:1</id>"),
    ("<title", "<title>I</title>"),
    ("<updated", "<updated>2020-01-01T00:00:00Z</updated>"),
    ("<link", "<link href='https://e.com/1'/>"),
];
const JSON: &[(&str, &str)] = &[
    (
        "\"version\"",
        "\"version\": \"https://jsonfeed.org/version/1.1\", ",
    ),
    ("\"title\"", "\"title\": \"T\", "),
    ("\"feed_url\"", "\"feed_url\": \"https://e.com/f\", "),
    (
        "\"home_page_url\"",
        "\"home_page_url\": \"https://e.com/\", ",
    ),
];
const JSON_ITEM: &[(&str, &str)] = &[
    ("\"id\"", "\"id\": \"1\", "),
    ("\"content_text\"", "\"content_text\": \"x\", "),
];

/// The defaults that an example does not have at its outermost level.
fn others(defaults: &[(&str, &str)], example: &str) -> String {
    let missing = defaults.iter().filter(|(start, _)| !has(example, start));
    missing.map(|(_, text)| *text).collect()
}

/// Whether a tag stands at the outermost level of an example, a comment included; or a key in it.
fn has(example: &str, start: &str) -> bool {
    if !start.starts_with('<') {
        return example.contains(&format!("{start}:"));
    }
    let mut depth = 0;
    for (at, _) in example.match_indices('<') {
        let (_, tag) = example.split_at(at);
        let (inner, _) = tag.split_once('>').unwrap_or((tag, ""));
        if tag.starts_with("</") {
            depth -= 1;
        } else if !tag.starts_with("<!") {
            let rest = tag.strip_prefix(start).and_then(|rest| rest.chars().next());
            if depth == 0 && rest.is_some_and(|c| " />".contains(c)) {
                return true;
            }
            depth += i32::from(!inner.ends_with('/'));
        }
    }
    false
}

/// An example with its repetition carried out.
fn repeated(text: &str) -> String {
    match repetition(text) {
        Some((before, inner, times, after)) => format!("{before}{}{after}", inner.repeat(times)),
        None => text.to_owned(),
    }
}

/// The feed of an example.
pub(super) fn feed(place: Place, example: &str) -> Vec<u8> {
    let text = repeated(example);
    let rss = |channel: &str, item: &str| {
        let own = others(CHANNEL, channel);
        let item = match has(channel, "<item") {
            true => String::new(),
            false => format!("<item>{}{item}</item>", others(ITEM, item)),
        };
        format!(
            "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {NAMESPACES} {MEDIA}>\
             <channel>{own}{channel}{item}</channel></rss>"
        )
    };
    let atom = |feed: &str, entry: &str| {
        let entry = match has(feed, "<entry") {
            true => String::new(),
            false => format!("<entry>{}{entry}</entry>", others(ENTRY, entry)),
        };
        format!(
            "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' \
             xmlns:thr='http://purl.org/syndication/thread/1.0' \
             xmlns:fh='http://purl.org/syndication/history/1.0'>{}{feed}{entry}</feed>",
            others(FEED, feed)
        )
    };
    let json = |feed: &str, item: &str| {
        let items = format!("\"items\": [{{{}{item}}}]", others(JSON_ITEM, item));
        let all = if feed.contains("\"items\"") {
            feed.to_owned()
        } else {
            format!("{feed}, {items}")
        };
        format!("{{{}{}}}", others(JSON, feed), all.trim_start_matches(", "))
    };
    let id = "\"url\": \"https://e.com/1\"";
    match place {
        Place::File => return bytes(&text),
        Place::Channel => rss(&text, ""),
        Place::Item => rss("", &text),
        Place::Html => rss(
            "",
            &format!("<description><![CDATA[{text}]]></description>"),
        ),
        Place::Rdf => super::rdf(&text),
        Place::Feed => atom(&text, "<summary>S</summary>"),
        Place::Entry => atom("", &text),
        Place::Json => json(&text, id),
        Place::JsonItem => json("", &text),
    }
    .into_bytes()
}

/// The bytes of a text in which `\xff` is one.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// The reader that a rule is of.
pub(super) fn profile(code: &str) -> Option<Profile> {
    [
        ("profile-format", Profile::Govdelivery),
        ("govdelivery-", Profile::Govdelivery),
        ("mailchimp-", Profile::Mailchimp),
        ("google-news-", Profile::GoogleNews),
        ("apple-", Profile::Podcast),
        ("psp-", Profile::Podcast),
    ]
    .into_iter()
    .find_map(|(start, profile)| code.starts_with(start).then_some(profile))
}
