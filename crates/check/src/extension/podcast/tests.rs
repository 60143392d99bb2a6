//! Tests of the podcast namespace.

use super::super::itunes::tests::{found, in_channel, in_item, rss};

const GUID: &str = "917393e3-1b1e-5cef-ace4-edaa54e1f810";

#[test]
fn what_a_feed_has() {
    // The function is long because it is one table, with a feed and its codes in each row.
    let long = "a".repeat(129);
    in_channel(&[
        (
            "<podcast:locked owner=\"a@e.com\">yes</podcast:locked>",
            &[],
        ),
        (
            "<podcast:locked owner=\"me\">maybe</podcast:locked>",
            &["email-invalid", "value-unknown"],
        ),
        (
            "<podcast:locked>no</podcast:locked><podcast:locked>no</podcast:locked>",
            &["element-duplicate"],
        ),
        (
            "<podcast:funding url=\"https://e.com/\">Support</podcast:funding>",
            &[],
        ),
        (
            "<podcast:funding url=\"http://e.com/\">Support</podcast:funding>",
            &["podcast-not-https"],
        ),
        (
            "<podcast:funding url=\"/a\">Support</podcast:funding>",
            &["uri-relative"],
        ),
        (
            "<podcast:funding>Support</podcast:funding>",
            &["attribute-missing"],
        ),
        (
            &format!("<podcast:funding url=\"https://e.com/\">{long}</podcast:funding>"),
            &["podcast-too-long"],
        ),
        (
            &format!("<podcast:guid>{GUID}</podcast:guid><podcast:medium>musicL</podcast:medium>"),
            &[],
        ),
        (
            "<podcast:guid>917393e3-1b1e-4cef-ace4-edaa54e1f810</podcast:guid>",
            &["podcast-guid-version"],
        ),
        ("<podcast:guid>917393e3</podcast:guid>", &["podcast-guid"]),
        ("<podcast:medium>mixed</podcast:medium>", &[]),
        (
            "<podcast:medium>mixedL</podcast:medium>",
            &["value-unknown"],
        ),
        (
            "<podcast:block id=\"google\">yes</podcast:block><podcast:block>no</podcast:block>",
            &[],
        ),
        (
            "<podcast:block id=\"me\">true</podcast:block>",
            &["podcast-slug", "value-unknown"],
        ),
        ("<podcast:podping usesPodping=\"true\"/>", &[]),
        ("<podcast:podping/>", &["attribute-missing"]),
        (
            &format!(
                "<podcast:podroll><podcast:remoteItem feedGuid=\"{GUID}\" feedUrl=\"https://e.com/\" medium=\"music\"/></podcast:podroll>"
            ),
            &[],
        ),
        ("<podcast:podroll/>", &["element-missing"]),
        (
            &format!(
                "<podcast:publisher><podcast:remoteItem feedGuid=\"{GUID}\" medium=\"publisher\"/></podcast:publisher>"
            ),
            &[],
        ),
        (
            &format!(
                "<podcast:publisher><podcast:remoteItem feedGuid=\"{GUID}\"/></podcast:publisher>"
            ),
            &["podcast-publisher"],
        ),
        ("<podcast:publisher/>", &["podcast-publisher"]),
        (
            "<podcast:trailer url=\"https://e.com/a.mp3\" pubdate=\"Thu, 01 Jan 1970 08:00:00 +0000\" length=\"5\" type=\"audio/mpeg\" season=\"4\">Soon</podcast:trailer>",
            &["date-implausible"],
        ),
        (
            "<podcast:trailer url=\"https://e.com/a.mp3\" pubdate=\"1970\"/>",
            &[
                "date-rfc822",
                "podcast-blank",
                "podcast-attribute-recommended",
            ],
        ),
        ("<podcast:season>1</podcast:season>", &["element-unknown"]),
        ("<podcast:nonsense/>", &["element-unknown"]),
    ]);
}

#[test]
fn what_an_episode_has() {
    // The function is long because it is one table, with a feed and its codes in each row.
    in_item(&[
        (
            "<podcast:transcript url=\"https://e.com/a.vtt\" type=\"text/vtt\" language=\"es\" rel=\"captions\"/>",
            &[],
        ),
        (
            "<podcast:transcript url=\"https://e.com/a.vtt\"/>",
            &["attribute-missing"],
        ),
        (
            "<podcast:chapters url=\"https://e.com/a.json\" type=\"application/json+chapters\"/>",
            &[],
        ),
        (
            "<podcast:chapters url=\"https://e.com/a.json\" type=\"json\"/>",
            &["media-type-invalid"],
        ),
        (
            "<podcast:soundbite startTime=\"73.0\" duration=\"60.0\"/>",
            &[],
        ),
        (
            "<podcast:soundbite startTime=\"1:13\" duration=\"5\">a</podcast:soundbite>",
            &["number-invalid", "podcast-soundbite-length"],
        ),
        (
            "<podcast:season name=\"a\">5</podcast:season><podcast:episode display=\"b\">315.5</podcast:episode>",
            &[],
        ),
        (
            "<podcast:season>5.5</podcast:season><podcast:episode/>",
            &["number-invalid", "number-invalid"],
        ),
        ("<podcast:license>cc-by-4.0</podcast:license>", &[]),
        (
            "<podcast:license url=\"https://e.com/l\">mine</podcast:license>",
            &[],
        ),
        (
            "<podcast:license>mine</podcast:license>",
            &["podcast-license-url"],
        ),
        (
            "<podcast:contentLink href=\"https://e.com/\">a</podcast:contentLink>",
            &[],
        ),
        (
            "<podcast:contentLink>a</podcast:contentLink>",
            &["attribute-missing"],
        ),
        (
            "<podcast:txt purpose=\"ai-content\">true</podcast:txt><podcast:txt>a</podcast:txt>",
            &[],
        ),
        (
            "<podcast:txt purpose=\"ai-content\">a bit</podcast:txt>",
            &["value-unknown"],
        ),
        (
            "<podcast:chat server=\"e.com\" protocol=\"irc\" accountId=\"a\"/>",
            &[],
        ),
        (
            "<podcast:chat server=\"e.com\" protocol=\"pigeon\"/>",
            &["podcast-slug", "podcast-attribute-recommended"],
        ),
    ]);
}

#[test]
fn people_and_places() {
    in_item(&[
        (
            "<podcast:person group=\"visuals\" role=\"Cover Art Designer\" href=\"https://e.com/\" img=\"https://e.com/a.jpg\">A</podcast:person>",
            &[],
        ),
        (
            "<podcast:person role=\"boss\">A</podcast:person>",
            &["podcast-taxonomy"],
        ),
        ("<podcast:person/>", &["podcast-blank"]),
        (
            "<podcast:location rel=\"creator\" geo=\"geo:30.27,-97.74\" osm=\"R113314\" country=\"US\">Austin</podcast:location>",
            &[],
        ),
        (
            "<podcast:location rel=\"home\" geo=\"30,-97\" osm=\"113314\" country=\"USA\">Austin</podcast:location>",
            &[
                "value-unknown",
                "podcast-geo",
                "podcast-osm",
                "country-invalid",
            ],
        ),
        (
            "<podcast:location/>",
            &["podcast-blank", "podcast-attribute-recommended"],
        ),
    ]);
}

#[test]
fn comments() {
    let place = |more: &str| {
        format!(
            "<podcast:socialInteract protocol=\"activitypub\" uri=\"https://e.com/1\" \
             accountId=\"@a\"{more}/>"
        )
    };
    let first = place(" priority=\"1\"");
    in_item(&[
        (&place(""), &[]),
        (&format!("{first}{first}"), &[]),
        (&format!("{first}{}", place("")), &["podcast-priority"]),
        ("<podcast:socialInteract protocol=\"disabled\"/>", &[]),
        (
            "<podcast:socialInteract protocol=\"activitypub\" accountId=\"@a\"/>",
            &["attribute-missing"],
        ),
    ]);
}

/// Elements that get hostile values.
const NAMES: [&str; 16] = [
    "guid",
    "medium",
    "locked",
    "txt",
    "license",
    "location",
    "person",
    "funding",
    "trailer",
    "updateFrequency",
    "season",
    "soundbite",
    "image",
    "images",
    "value",
    "chat",
];

/// Attributes that get hostile values.
const ATTRIBUTES: [&str; 17] = [
    "url",
    "href",
    "geo",
    "osm",
    "country",
    "srcset",
    "rrule",
    "dtstart",
    "aspect-ratio",
    "role",
    "type",
    "pubdate",
    "feedGuid",
    "duration",
    "purpose",
    "owner",
    "id",
];

/// Hostile values neither stop the program nor slow it down.
#[test]
fn hostile_values() {
    let large = "%é;,=/-:T+".repeat(4_000);
    for value in [
        "",
        " ",
        "\u{7f}\u{85}",
        "é",
        "-",
        "geo:é",
        "Té",
        "\u{200b}",
        "9é",
        large.as_str(),
    ] {
        let attributes: String = ATTRIBUTES
            .iter()
            .map(|name| format!(" {name}=\"{value}\""))
            .collect();
        let tags: String = NAMES
            .iter()
            .map(|name| format!("<podcast:{name}{attributes}>{value}</podcast:{name}>"))
            .collect();
        assert!(!found(&rss(&tags, &tags), None).is_empty());
    }
}
