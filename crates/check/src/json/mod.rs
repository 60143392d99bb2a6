//! Checks JSON Feed 1.0 and 1.1.

mod item;
mod members;
mod object;
mod read;
mod tables;
mod words;

use std::io::Read;

use struson::reader::ValueType;

use super::context::{Context, Vocabulary};
use super::input::Input;
use super::profile;
use super::rule::{Rule, rules};
use super::stream::Seen;

use self::item::{deprecated, item};
use self::object::object;
use self::read::{Kind, Object, Values};
use self::tables::{FEED, TOP};

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
    ID_EMPTY = Error "json-id-empty", "JSON Feed 1.1, section “Items”",
        "An id is empty. Readers cannot tell what they have shown from what is new.",
        "write a text that never changes, best the permalink";
    ID_NUMBER = Error "json-id-number", "JSON Feed 1.1, section “Items”",
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
        items(values, cx)?;
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
    next_page(&head, cx);
    Some(())
}

/// Reads the list of items, one item at a time. `None` is a failure that was reported.
fn items<R: Read>(values: &mut Values<R>, cx: &mut Context<'_>) -> Option<()> {
    let (kind, at) = values.peek(cx)?;
    if kind != ValueType::Array {
        cx.report_of(&TYPE, TOP, at, "`items` is no list");
        values.value(cx)?;
        return Some(());
    }
    let mut ids = Seen::default();
    values.begin(ValueType::Array, cx)?;
    while values.has_next(cx)? {
        let left = values.left();
        values.renew();
        let value = values.value(cx)?;
        item(&value, &mut ids, cx);
        values.restore(left);
    }
    values.end(ValueType::Array, cx)?;
    Some(())
}

/// Reports a next page that is the feed itself.
fn next_page(head: &Object, cx: &mut Context<'_>) {
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
}

/// All rules of JSON Feed.
pub(super) fn rules() -> Vec<&'static [&'static Rule]> {
    vec![RULES, read::RULES]
}
