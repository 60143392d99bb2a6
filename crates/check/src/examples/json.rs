//! JSON Feed.

use super::Example;
use super::Place::{File, Json, JsonItem};

const ICON: &str = r#""icon": "https://e.com/i.png""#;
const ID: &str = r#""id": "https://e.com/1""#;

pub(super) const EXAMPLES: &[Example] = &[
    (
        "json-syntax",
        Json,
        r#""icon": "https://e.com/i.png",,"language": "en""#,
        ICON,
    ),
    (
        "json-too-large",
        JsonItem,
        r#""summary": "{x*67108864}""#,
        r#""summary": "x""#,
    ),
    (
        "json-key-duplicate",
        Json,
        r#""icon": "https://e.com/i.png", "icon": "https://e.com/j.png""#,
        ICON,
    ),
    (
        "json-version",
        Json,
        r#""version": "https://jsonfeed.org/version/9""#,
        r#""version": "https://jsonfeed.org/version/1.1""#,
    ),
    (
        "json-key-missing",
        File,
        r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}"#,
    ),
    (
        "json-key-recommended",
        File,
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://e.com/", "items": []}"#,
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://e.com/", "feed_url": "https://e.com/f", "items": []}"#,
    ),
    (
        "json-key-unknown",
        Json,
        r#""generator": "x""#,
        r#""_generator": "x""#,
    ),
    (
        "json-key-deprecated",
        Json,
        r#""author": {"name": "Jane"}"#,
        r#""authors": [{"name": "Jane"}]"#,
    ),
    ("json-type", JsonItem, r#""tags": "a""#, r#""tags": ["a"]"#),
    (
        "json-blank",
        JsonItem,
        r#""summary": """#,
        r#""summary": "S""#,
    ),
    ("json-id-empty", JsonItem, r#""id": """#, ID),
    ("json-id-number", JsonItem, r#""id": 1"#, ID),
    (
        "json-id-duplicate",
        Json,
        r#""items": [{"id": "1", "content_text": "x"}, {"id": "1", "content_text": "y"}]"#,
        r#""items": [{"id": "1", "content_text": "x"}, {"id": "2", "content_text": "y"}]"#,
    ),
    (
        "json-content-missing",
        Json,
        r#""items": [{"id": "1", "summary": "S"}]"#,
        r#""items": [{"id": "1", "summary": "S", "content_text": "x"}]"#,
    ),
    (
        "json-next-same",
        Json,
        r#""next_url": "https://e.com/f""#,
        r#""next_url": "https://e.com/f?page=2""#,
    ),
    (
        "json-author-empty",
        Json,
        r#""authors": [{}]"#,
        r#""authors": [{"name": "Jane"}]"#,
    ),
];
