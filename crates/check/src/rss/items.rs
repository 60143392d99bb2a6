//! Checks items: what each must have, and that their ids differ.

use super::super::atom;
use super::super::context::{Context, Position, Vocabulary};
use super::super::names::Ns;
use super::super::schema::shown;
use super::super::stream::Seen;
use super::super::tree::Element;
use super::{
    BODY_DUPLICATE, COMMENTS_DATE, ENCODED_FIRST, GUID_DUPLICATE, GUID_MISSING, ITEM_EMPTY,
    ITEM_MISPLACED,
};

/// What the checks of a whole channel need to know of its items.
#[derive(Default)]
pub(super) struct Items {
    pub(super) count: usize,
    first: Option<Position>,
    last: Option<Position>,
    guids: Seen,
    ids: Seen,
    /// The first item that counts its comments.
    counted: Option<Position>,
}

impl Items {
    /// Checks an item together with those before it.
    pub(super) fn add(&mut self, item: &Element, cx: &mut Context<'_>) {
        self.count += 1;
        self.first.get_or_insert(item.at);
        self.last = Some(item.at);
        if item.child(Ns::Slash, "comments").is_some() {
            self.counted.get_or_insert(item.at);
        }
        for (ns, name, seen) in [
            (Ns::None, "guid", &mut self.guids),
            (Ns::Atom, "id", &mut self.ids),
        ] {
            let Some(id) = item.child(ns, name) else {
                continue;
            };
            let text = id.text();
            let text = text.trim();
            if !text.is_empty() && !seen.is_new(text) {
                let message = format!("`{}` “{}” is that of an item before", id.qname, shown(text));
                cx.report(&GUID_DUPLICATE, id.at, message);
            }
        }
        if cx.vocabulary == Some(Vocabulary::Rss20) && item.child(Ns::None, "guid").is_none() {
            cx.report(&GUID_MISSING, item.at, "the item has no `guid`");
        }
    }

    /// Checks the channel after its last item.
    pub(super) fn finish(&self, channel: &Element, cx: &mut Context<'_>) {
        let late = self
            .first
            .and_then(|first| channel.elements().find(|element| element.at > first));
        if let Some(late) = late {
            cx.report(
                &ITEM_MISPLACED,
                late.at,
                format!("`{}` stands after an item", late.qname),
            );
        }
        if let Some(at) = self.counted
            && channel.child(Ns::None, "lastBuildDate").is_none()
        {
            cx.report(
                &COMMENTS_DATE,
                at,
                "comments are counted, and `lastBuildDate` is missing",
            );
        }
    }
}

/// Checks what an item must hold.
pub(super) fn item(item: &Element, cx: &mut Context<'_>) {
    // In RSS 0.92, everything in an item is optional.
    let is_empty =
        item.child(Ns::None, "title").is_none() && item.child(Ns::None, "description").is_none();
    if is_empty && cx.vocabulary != Some(Vocabulary::Rss09) {
        cx.report(
            &ITEM_EMPTY,
            item.at,
            "the item has neither `title` nor `description`",
        );
    }
    if let Some(encoded) = item.child(Ns::Content, "encoded") {
        let description = item.child(Ns::None, "description");
        if description.is_none_or(|description| description.at > encoded.at) {
            let message = format!("no `description` stands before `{}`", encoded.qname);
            cx.report(&ENCODED_FIRST, encoded.at, message);
        }
    }
    for (ns, name) in [
        (Ns::Xhtml, "body"),
        (Ns::Atom, "content"),
        (Ns::Atom, "title"),
    ] {
        let second = item.child(ns, name);
        // Content in another file does not repeat the description.
        if let Some(second) = second.filter(|second| second.attribute("src").is_none()) {
            let message = format!("`{}` says what `description` says", second.qname);
            cx.report(&BODY_DUPLICATE, second.at, message);
        }
    }
}

/// Checks XHTML that stands in an item.
pub(super) fn body(element: &Element, cx: &mut Context<'_>) {
    for child in element.elements() {
        atom::within(child, cx);
    }
}
