//! Feeds that break the rules of JSON Feed.

use super::super::json;
use super::Cases;

/// JSON Feed.
pub(super) fn json_feed(cases: &mut Cases) {
    cases.add("json-syntax", "{".into());
    cases.add(
        "json-too-large",
        json(
            "",
            &format!(", \"summary\": \"{}\"", "x".repeat(64 * 1024 * 1024)),
        ),
    );
    cases.add(
        "json-key-duplicate",
        json(
            ", \"icon\": \"https://e.com/\", \"icon\": \"https://e.com/\"",
            "",
        ),
    );
    cases.add("json-version", json("", "").replace("1.1", "9"));
    cases.add(
        "json-key-missing",
        "{\"version\": \"https://jsonfeed.org/version/1.1\"}".into(),
    );
    cases.add(
        "json-key-recommended",
        json("", "").replace("feed_url", "next_url"),
    );
    cases.add("json-key-unknown", json(", \"titel\": \"T\"", ""));
    cases.add(
        "json-key-deprecated",
        json(", \"author\": {\"name\": \"A\"}", ""),
    );
    cases.add("json-type", json("", ", \"tags\": \"a\""));
    cases.add("json-blank", json("", ", \"summary\": \"\""));
    cases.add("json-id-number", json("", "").replace("\"1\"", "1"));
    cases.add(
        "json-id-duplicate",
        json("", "}, {\"id\": \"1\", \"content_text\": \"y\""),
    );
    cases.add(
        "json-content-missing",
        json("", "").replace("content_text", "summary"),
    );
    cases.add(
        "json-next-same",
        json(", \"next_url\": \"https://e.com/f\"", ""),
    );
    cases.add("json-author-empty", json("", ", \"authors\": [{}]"));
}
