//! Checks a channel as a whole, and its form.

use super::super::context::Context;
use super::super::names::Ns;
use super::super::schema::Spot;
use super::super::tree::Element;
use super::{FORM_NAME, IMAGE_LINK, IMAGE_TITLE, LANGUAGE_MISSING, TEXT_INPUT};

pub(super) fn channel(channel: &Element, cx: &mut Context<'_>) {
    if channel.child(Ns::None, "language").is_none()
        && channel.child(Ns::Dc, "language").is_none()
        && channel.lang.is_none()
    {
        cx.report(
            &LANGUAGE_MISSING,
            channel.at,
            "the channel names no language",
        );
    }
    let Some(image) = channel.child(Ns::None, "image") else {
        return;
    };
    for (name, rule) in [("title", &IMAGE_TITLE), ("link", &IMAGE_LINK)] {
        let (Some(own), Some(outer)) = (image.child(Ns::None, name), channel.child(Ns::None, name))
        else {
            continue;
        };
        let is_filled = !outer.text().trim().is_empty() && !own.text().trim().is_empty();
        if is_filled && own.text().trim() != outer.text().trim() {
            cx.report(
                rule,
                own.at,
                format!("the {name} of the image is not that of the channel"),
            );
        }
    }
}

pub(super) fn form(form: &Element, cx: &mut Context<'_>) {
    cx.report(&TEXT_INPUT, form.at, "the channel has a form");
}

pub(super) fn form_name(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !spot.text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        spot.report(cx, &FORM_NAME, format!("{spot} is “{}”", spot.shown()));
    }
}
