//! Checks an item: its id, and that it has content.

use super::super::context::Context;
use super::super::html;
use super::super::schema::shown;
use super::super::stream::Seen;
use super::super::tree::Lines;
use super::object::{object, wrong};
use super::read::{Kind, Object, Value};
use super::tables::{ITEM, ITEMS};
use super::{
    CONTENT_MISSING, ID_DUPLICATE, ID_EMPTY, ID_NUMBER, KEY_DEPRECATED, KEY_MISSING, TYPE,
};

/// Checks an item together with the ids of those before it.
pub(super) fn item(value: &Value, ids: &mut Seen, cx: &mut Context<'_>) {
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
                cx.report(&ID_EMPTY, at, "`id` is empty");
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
        // A line break in a text of JSON is `\n` in the file, so that all of it is on one line.
        html::look("`content_html`", text, Lines::none(*at), false, cx);
    }
}

/// Reports `author` where `authors` does not stand beside it.
pub(super) fn deprecated(object: &Object, cx: &mut Context<'_>) {
    if let Some(author) = object
        .get("author")
        .filter(|_| object.get("authors").is_none())
        && cx.json_version_11
    {
        cx.report(&KEY_DEPRECATED, author.at, "`author` is `authors` now");
    }
}
