//! JSON Feed 1.0 and 1.1.

mod read;

use std::io::Read;

use feedwright_base::chars;
use struson::reader::ValueType;

use super::context::{Context, Position, Vocabulary};
use super::html;
use super::input::Input;
use super::names::Ns;
use super::profile;
use super::rule::{Rule, rules};
use super::schema::{self, Spot, shown};
use super::stream::Seen;
use super::tree::Element;
use super::value::{date, language, media_type, text, uri};

use self::read::{Kind, Object, Value, Values};

rules! {
    VERSION = Error "json-version", "JSON Feed 1.1, section “Top-level”",
        "The version of JSON Feed is none that there is.",
        "write `\"version\": \"https://jsonfeed.org/version/1.1\"`";
    KEY_MISSING = Error "json-key-missing", "",
        "A key is missing that has to be there.",
        "add it";
    KEY_RECOMMENDED = Warning "json-key-recommended", "",
        "A key is missing that should be there.",
        "add it";
    KEY_UNKNOWN = Warning "json-key-unknown", "JSON Feed 1.1, section “Extensions”",
        "A key is none of JSON Feed, and is not marked as an extension.",
        "check its spelling, or begin it with `_` and a letter";
    KEY_DEPRECATED = Warning "json-key-deprecated", "JSON Feed 1.1, section “Top-level”",
        "A key has been replaced in version 1.1.",
        "write `authors` with a list; `author` may stand beside it for older readers";
    TYPE = Error "json-type", "",
        "A value is of another type than the specification says.",
        "write the type that it says; leave the key out where there is no value";
    BLANK = Warning "json-blank", "",
        "A value is empty that is there to say something.",
        "fill it, or leave the key out";
    ID_NUMBER = Warning "json-id-number", "JSON Feed 1.1, section “Items”",
        "An id is a number, where it has to be a text. Readers turn it into one, each in its own way.",
        "put it in quotes";
    ID_DUPLICATE = Error "json-id-duplicate", "JSON Feed 1.1, section “Items”",
        "Two items have the same id. Readers show one of them.",
        "give each item an id of its own";
    CONTENT_MISSING = Error "json-content-missing", "JSON Feed 1.1, section “Items”",
        "An item has neither `content_html` nor `content_text`.",
        "add one of them";
    NEXT_SAME = Error "json-next-same", "JSON Feed 1.1, section “Top-level”",
        "The next page is the feed itself. Readers would fetch it for ever.",
        "leave `next_url` out where there is no next page";
    AUTHOR_EMPTY = Error "json-author-empty", "JSON Feed 1.1, section “Top-level”",
        "An author has neither `name` nor `url` nor `avatar`.",
        "add `name`";
}

const TOP: &str = "JSON Feed 1.1, section “Top-level”";
const ITEMS: &str = "JSON Feed 1.1, section “Items”";
const ATTACHMENTS: &str = "JSON Feed 1.1, section “Attachments”";

/// What a value has to be.
#[derive(Clone, Copy)]
enum Type {
    Text(&'static [schema::Value]),
    Number,
    Bool,
    List,
    Object,
}

/// A key that an object may have.
struct Key {
    name: &'static str,
    kind: Type,
    /// How it is reported that it is missing.
    missing: Option<&'static Rule>,
    /// What is looked at besides.
    rule: Option<fn(&Value, &mut Context<'_>)>,
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

const TEXT: Type = Type::Text(&[filled]);
const FREE: Type = Type::Text(&[]);
const PLAIN: Type = Type::Text(&[filled, text::plain]);
const URL: Type = Type::Text(&[filled, uri::iri]);
const LANGUAGE: Type = Type::Text(&[language::tag]);
const DATE: Type = Type::Text(&[date::rfc3339_any_case]);

static FEED: &[Key] = &[
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

static ITEM: &[Key] = &[
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

static AUTHOR: &[Key] = &[key("name", PLAIN), key("url", URL), key("avatar", URL)];

static HUB: &[Key] = &[required("type", TEXT), required("url", URL)];

static ATTACHMENT: &[Key] = &[
    required("url", URL),
    required("mime_type", Type::Text(&[media_type::media_type])),
    key("title", PLAIN),
    key("size_in_bytes", Type::Number),
    key("duration_in_seconds", Type::Number),
];

/// Checks a feed.
pub(super) fn feed<R: Read>(input: Input<R>, cx: &mut Context<'_>) {
    cx.vocabulary = Some(Vocabulary::Json);
    profile::json(cx);
    let mut values = Values::new(input);
    if read(&mut values, cx).is_some() {
        values.finish(cx);
    }
}

/// Reads the feed, one item at a time. `None` is a failure that was reported.
fn read<R: Read>(values: &mut Values<R>, cx: &mut Context<'_>) -> Option<()> {
    let (kind, at) = values.peek(cx)?;
    if kind != ValueType::Object {
        cx.report(&super::NO_FEED, at, "the file is JSON, and no object");
        values.value(cx)?;
        return Some(());
    }
    values.begin(ValueType::Object, cx)?;
    let mut head = Object::new(at);
    let mut ids = Seen::default();
    let mut has_items = false;
    while values.has_next(cx)? {
        let (key, at) = values.key(cx)?;
        if key != "items" || has_items {
            let value = values.value(cx)?;
            if key == "items" {
                cx.report(&read::KEY_DUPLICATE, at, "the key `items` stands twice");
            } else {
                head.add(key, at, value, cx);
            }
            continue;
        }
        has_items = true;
        let (kind, at) = values.peek(cx)?;
        if kind != ValueType::Array {
            cx.report_of(&TYPE, TOP, at, "`items` is no list");
            values.value(cx)?;
            continue;
        }
        values.begin(ValueType::Array, cx)?;
        while values.has_next(cx)? {
            let left = values.left();
            values.renew();
            let value = values.value(cx)?;
            item(&value, &mut ids, cx);
            values.restore(left);
        }
        values.end(ValueType::Array, cx)?;
    }
    values.end(ValueType::Object, cx)?;
    if head.get("version").is_none() && !has_items {
        cx.report(
            &super::NO_FEED,
            at,
            "the file is JSON, and has neither `version` nor `items`",
        );
        cx.vocabulary = None;
        return Some(());
    }
    object(&head, FEED, TOP, "the feed", cx);
    if !has_items {
        cx.report_of(&KEY_MISSING, TOP, at, "the feed has no `items`");
    }
    deprecated(&head, cx);
    if let (Some(next), Some(own)) = (head.get("next_url"), head.get("feed_url"))
        && let (Kind::String(to), Kind::String(from)) = (&next.kind, &own.kind)
        && to == from
    {
        cx.report(
            &NEXT_SAME,
            next.at,
            "`next_url` is the address of the feed itself",
        );
    }
    Some(())
}

fn item(value: &Value, ids: &mut Seen, cx: &mut Context<'_>) {
    let Kind::Object(item) = &value.kind else {
        wrong(value, "an item", "an object", ITEMS, cx);
        return;
    };
    object(item, ITEM, ITEMS, "the item", cx);
    deprecated(item, cx);
    let id = item.get("id");
    let text = match id.map(|id| (&id.kind, id.at)) {
        None => {
            cx.report_of(&KEY_MISSING, ITEMS, item.at, "the item has no `id`");
            None
        }
        Some((Kind::String(text), at)) => {
            if text.trim().is_empty() {
                cx.report_of(&BLANK, ITEMS, at, "`id` is empty");
            }
            Some((text, at))
        }
        Some((Kind::Number(text), at)) => {
            cx.report(&ID_NUMBER, at, format!("`id` is the number {text}"));
            Some((text, at))
        }
        Some((_, at)) => {
            cx.report_of(&TYPE, ITEMS, at, "`id` is no text");
            None
        }
    };
    if let Some((text, at)) = text
        && !ids.is_new(text)
    {
        let message = format!("the id “{}” is that of an item before", shown(text));
        cx.report(&ID_DUPLICATE, at, message);
    }
    if item.get("content_html").is_none() && item.get("content_text").is_none() {
        let message = "the item has neither `content_html` nor `content_text`";
        cx.report(&CONTENT_MISSING, item.at, message);
    }
    if let Some(Value {
        kind: Kind::String(text),
        at,
    }) = item.get("content_html")
    {
        // Line breaks in the text are `\n` in the file, so that all of it is in one place.
        // Line breaks in a text of JSON are none in the file.
        html::look("`content_html`", text, &|_| *at, false, cx);
    }
}

/// `author`, where `authors` is not there too.
fn deprecated(object: &Object, cx: &mut Context<'_>) {
    if let Some(author) = object
        .get("author")
        .filter(|_| object.get("authors").is_none())
        && cx.json_version_11
    {
        cx.report(&KEY_DEPRECATED, author.at, "`author` is `authors` now");
    }
}

/// Looks at the members of an object.
fn object(
    object: &Object,
    keys: &'static [Key],
    section: &'static str,
    name: &str,
    cx: &mut Context<'_>,
) {
    for member in &object.members {
        let Some(known) = keys.iter().find(|known| known.name == member.key) else {
            let is_extension = member
                .key
                .strip_prefix('_')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
            if !is_extension && member.key != "id" {
                let message = format!("`{}` is no key of JSON Feed", shown(&member.key));
                cx.report(&KEY_UNKNOWN, member.at, message);
            }
            continue;
        };
        value(&member.value, known, section, cx);
    }
    for known in keys {
        if let Some(rule) = known.missing.filter(|_| object.get(known.name).is_none()) {
            let verb = if std::ptr::eq(rule, &KEY_MISSING) {
                "has no"
            } else {
                "should have"
            };
            let message = format!("{name} {verb} `{}`", known.name);
            cx.report_of(rule, section, object.at, message);
        }
    }
}

fn value(value: &Value, key: &Key, section: &'static str, cx: &mut Context<'_>) {
    let wanted = match (&key.kind, &value.kind) {
        (Type::Text(values), Kind::String(text)) => {
            look(key.name, text, value.at, values, section, cx);
            None
        }
        (Type::Number, Kind::Number(_))
        | (Type::Bool, Kind::Bool)
        | (Type::List, Kind::Array(_))
        | (Type::Object, Kind::Object(_)) => None,
        (Type::Text(_), _) => Some("a text"),
        (Type::Number, _) => Some("a number"),
        (Type::Bool, _) => Some("true or false"),
        (Type::List, _) => Some("a list"),
        (Type::Object, _) => Some("an object"),
    };
    match (wanted, key.rule) {
        (Some(wanted), _) => wrong(value, &format!("`{}`", key.name), wanted, section, cx),
        (None, Some(rule)) => rule(value, cx),
        (None, None) => {}
    }
}

/// Looks at a text as the text of an element of its name.
fn look(
    name: &str,
    text: &str,
    at: Position,
    values: &[schema::Value],
    section: &'static str,
    cx: &mut Context<'_>,
) {
    let element = Element {
        ns: Ns::None,
        qname: name.into(),
        attributes: Vec::new(),
        children: Vec::new(),
        at,
        base: None,
        lang: None,
    };
    let spot = Spot {
        element: &element,
        attribute: None,
        text,
        at,
        section,
    };
    spot.hold(values, cx);
    if let Some((_, char)) = chars::broken(text) {
        spot.report(
            cx,
            &schema::CHARACTERS_BROKEN,
            format!(
                "{spot} has U+{:04X}, as a wrong encoding leaves it",
                u32::from(char)
            ),
        );
    }
}

fn wrong(value: &Value, name: &str, wanted: &str, section: &'static str, cx: &mut Context<'_>) {
    let message = format!("{name} is {}, and not {wanted}", value.name());
    cx.report_of(&TYPE, section, value.at, message);
}

fn filled(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.trim().is_empty() {
        spot.report(cx, &BLANK, format!("{spot} is empty"));
    }
}

fn version(spot: &Spot<'_>, cx: &mut Context<'_>) {
    match spot.text {
        "https://jsonfeed.org/version/1.1" => cx.json_version_11 = true,
        "https://jsonfeed.org/version/1" => {}
        _ => spot.report(
            cx,
            &VERSION,
            format!("the version of JSON Feed is “{}”", spot.shown()),
        ),
    }
}

fn author(value: &Value, cx: &mut Context<'_>) {
    let Kind::Object(author) = &value.kind else {
        wrong(value, "an author", "an object", TOP, cx);
        return;
    };
    object(author, AUTHOR, TOP, "the author", cx);
    if AUTHOR.iter().all(|key| author.get(key.name).is_none()) {
        let message = "the author has neither `name` nor `url` nor `avatar`";
        cx.report(&AUTHOR_EMPTY, author.at, message);
    }
}

/// Looks at each value of a list.
fn each(value: &Value, cx: &mut Context<'_>, look: impl Fn(&Value, &mut Context<'_>)) {
    if let Kind::Array(values) = &value.kind {
        for value in values {
            look(value, cx);
        }
    }
}

fn authors(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, author);
}

fn tags(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |tag, cx| match &tag.kind {
        Kind::String(text) => look("tags", text, tag.at, &[filled], ITEMS, cx),
        _ => wrong(tag, "a tag", "a text", ITEMS, cx),
    });
}

fn hubs(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |hub, cx| match &hub.kind {
        Kind::Object(hub) => object(hub, HUB, TOP, "the hub", cx),
        _ => wrong(hub, "a hub", "an object", TOP, cx),
    });
}

fn attachments(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |attachment, cx| match &attachment.kind {
        Kind::Object(found) => object(found, ATTACHMENT, ATTACHMENTS, "the attachment", cx),
        _ => wrong(attachment, "an attachment", "an object", ATTACHMENTS, cx),
    });
}

/// All rules of JSON Feed.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![RULES, read::RULES]
}
