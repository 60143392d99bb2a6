//! Checks of single members of a feed or an item: its version, authors, tags, hubs and attachments.

use super::super::context::Context;
use super::super::schema::Spot;
use super::super::value::number::NUMBER;
use super::object::{look, object, wrong};
use super::read::{Kind, Value};
use super::tables::{ATTACHMENT, ATTACHMENTS, AUTHOR, HUB, ITEMS, TOP};
use super::{AUTHOR_EMPTY, BLANK, VERSION};

pub(super) fn filled(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if spot.text.trim().is_empty() {
        spot.report(cx, &BLANK, format!("{spot} is empty"));
    }
}

pub(super) fn version(spot: &Spot<'_>, cx: &mut Context<'_>) {
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

/// Reports a number below zero that says how much there is of something.
pub(super) fn not_negative(value: &Value, cx: &mut Context<'_>) {
    if let Kind::Number(text) = &value.kind
        && text.parse::<f64>().is_ok_and(|number| number < 0.0)
    {
        let message = format!("the amount is {text}, which is less than nothing");
        cx.report_of(&NUMBER, ATTACHMENTS, value.at, message);
    }
}

pub(super) fn author(value: &Value, cx: &mut Context<'_>) {
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

/// Checks each value of a list.
fn each(value: &Value, cx: &mut Context<'_>, look: impl Fn(&Value, &mut Context<'_>)) {
    if let Kind::Array(values) = &value.kind {
        for value in values {
            look(value, cx);
        }
    }
}

pub(super) fn authors(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, author);
}

pub(super) fn tags(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |tag, cx| match &tag.kind {
        Kind::String(text) => look("tags", text, tag.at, &[filled], ITEMS, cx),
        _ => wrong(tag, "a tag", "a text", ITEMS, cx),
    });
}

pub(super) fn hubs(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |hub, cx| match &hub.kind {
        Kind::Object(hub) => object(hub, HUB, TOP, "the hub", cx),
        _ => wrong(hub, "a hub", "an object", TOP, cx),
    });
}

pub(super) fn attachments(value: &Value, cx: &mut Context<'_>) {
    each(value, cx, |attachment, cx| match &attachment.kind {
        Kind::Object(found) => object(found, ATTACHMENT, ATTACHMENTS, "the attachment", cx),
        _ => wrong(attachment, "an attachment", "an object", ATTACHMENTS, cx),
    });
}
