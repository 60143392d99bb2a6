//! The tables of JSON Feed: which keys its objects may and must have, and of which types.

use super::super::context::Context;
use super::super::rule::Rule;
use super::super::schema;
use super::super::value::{date, language, media_type, text, uri};
use super::members::{attachments, author, authors, filled, hubs, not_negative, tags, version};
use super::read::Value;
use super::{KEY_MISSING, KEY_RECOMMENDED};

pub(super) const TOP: &str = "JSON Feed 1.1, section “Top-level”";
pub(super) const ITEMS: &str = "JSON Feed 1.1, section “Items”";
pub(super) const ATTACHMENTS: &str = "JSON Feed 1.1, section “Attachments”";

/// The type that a value has to be of.
#[derive(Clone, Copy)]
pub(super) enum Type {
    Text(&'static [schema::Value]),
    Number,
    Bool,
    List,
    Object,
}

/// A key that an object may have.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Type,
    /// The rule that is broken where it is missing.
    pub(super) missing: Option<&'static Rule>,
    /// A check beyond its type.
    pub(super) rule: Option<fn(&Value, &mut Context<'_>)>,
}

const fn key(name: &'static str, kind: Type) -> Key {
    Key {
        name,
        kind,
        missing: None,
        rule: None,
    }
}

const fn required(name: &'static str, kind: Type) -> Key {
    Key {
        missing: Some(&KEY_MISSING),
        ..key(name, kind)
    }
}

const fn list(name: &'static str, rule: fn(&Value, &mut Context<'_>)) -> Key {
    Key {
        rule: Some(rule),
        ..key(name, Type::List)
    }
}

const fn amount(name: &'static str) -> Key {
    Key {
        rule: Some(not_negative),
        ..key(name, Type::Number)
    }
}

const TEXT: Type = Type::Text(&[filled]);
const FREE: Type = Type::Text(&[]);
const PLAIN: Type = Type::Text(&[filled, text::plain]);
const URL: Type = Type::Text(&[filled, uri::iri]);
const LANGUAGE: Type = Type::Text(&[language::tag]);
const DATE: Type = Type::Text(&[date::rfc3339_any_case]);

pub(super) static FEED: &[Key] = &[
    required("version", Type::Text(&[version])),
    required("title", PLAIN),
    Key {
        missing: Some(&KEY_RECOMMENDED),
        ..key("home_page_url", URL)
    },
    Key {
        missing: Some(&KEY_RECOMMENDED),
        ..key("feed_url", URL)
    },
    key("description", PLAIN),
    key("user_comment", FREE),
    key("next_url", URL),
    key("icon", URL),
    key("favicon", URL),
    Key {
        rule: Some(author),
        ..key("author", Type::Object)
    },
    list("authors", authors),
    key("language", LANGUAGE),
    key("expired", Type::Bool),
    list("hubs", hubs),
];

pub(super) static ITEM: &[Key] = &[
    key("url", URL),
    key("external_url", URL),
    key("title", PLAIN),
    key("content_html", TEXT),
    key("content_text", TEXT),
    key("summary", PLAIN),
    key("image", URL),
    key("banner_image", URL),
    key("date_published", DATE),
    key("date_modified", DATE),
    Key {
        rule: Some(author),
        ..key("author", Type::Object)
    },
    list("authors", authors),
    list("tags", tags),
    key("language", LANGUAGE),
    list("attachments", attachments),
];

pub(super) static AUTHOR: &[Key] = &[key("name", PLAIN), key("url", URL), key("avatar", URL)];

pub(super) static HUB: &[Key] = &[required("type", TEXT), required("url", URL)];

pub(super) static ATTACHMENT: &[Key] = &[
    required("url", URL),
    required("mime_type", Type::Text(&[media_type::media_type])),
    key("title", PLAIN),
    amount("size_in_bytes"),
    amount("duration_in_seconds"),
];
