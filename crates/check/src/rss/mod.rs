//! Checks RSS 0.91, 0.92 and 2.0, with the profile of the RSS Advisory Board.

mod channel;
mod image;
mod items;
mod skip;
mod tables;

use std::io::Read;

use super::atom;
use super::context::{Context, Vocabulary};
use super::dtd;
use super::names::Ns;
use super::profile;
use super::rule::rules;
use super::schema::{shown, walk};
use super::stream::stream;
use super::tree::{Element, Node};
use super::xml::Xml;

use self::items::Items;
use self::tables::{ITEM_KIND, RSS};

rules! {
    VERSION = Error "rss-version", "RSS 2.0, section “What is RSS?”",
        "The version of RSS is none that there is.",
        "write `version=\"2.0\"`";
    DOCTYPE_VERSION = Error "rss-doctype-version", "RSS 0.91",
        "The feed names the document type of RSS 0.91 and is of another version.",
        "remove the `<!DOCTYPE …>`";
    DOCTYPE_GONE = Error "rss-doctype-gone", "RSS 0.91; RSS Advisory Board, “RSS 0.91 DTD”",
        "The feed names its document type by an address at Netscape that has been taken down before. \
         Programs that fetch it then read nothing.",
        "remove the `<!DOCTYPE …>`";
    ITEM_EMPTY = Error "rss-item-empty", "RSS 2.0, section “Elements of <item>”",
        "An item has neither a title nor a description.",
        "add one of them";
    ITEM_MISPLACED = Warning "rss-item-misplaced", "RSS Profile, section “item”",
        "Something about the channel itself stands after an item. Some programs stop looking there.",
        "put all items last";
    GUID_MISSING = Warning "rss-guid-missing", "RSS Profile, section “guid”",
        "An item has no `guid`. Readers guess whether they know it.",
        "add a `guid` that never changes";
    GUID_DUPLICATE = Error "rss-guid-duplicate", "RSS 2.0, section “guid”",
        "Two items have the same `guid`. Readers show one of them.",
        "give each item a `guid` of its own";
    IMAGE_TITLE = Warning "rss-image-title", "RSS Profile, section “image”",
        "The title of the image is not that of the channel.",
        "write the title of the channel";
    IMAGE_LINK = Warning "rss-image-link", "RSS Profile, section “image”",
        "The link of the image is not that of the channel.",
        "write the link of the channel";
    IMAGE_FORMAT = Warning "rss-image-format", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The image is neither JPEG nor PNG nor GIF.",
        "use one of them";
    IMAGE_WIDTH = Error "rss-image-width", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The width of the image is not a number from 1 to 144.",
        "use a smaller image";
    IMAGE_HEIGHT = Error "rss-image-height", "RSS 2.0, section “<image> sub-element of <channel>”",
        "The height of the image is not a number from 1 to 400.",
        "use a smaller image";
    HOUR = Error "rss-hour", "RSS 2.0, section “skipHours”",
        "An hour to skip is not a number from 0 to 23.",
        "write a number from 0 to 23";
    HOUR_24 = Warning "rss-hour-24", "RSS Profile, section “skipHours”",
        "Midnight is written as 24.",
        "write 0";
    DAY = Error "rss-day", "RSS 2.0, section “skipDays”",
        "A day to skip is none of the week.",
        "write the English name, such as `Saturday`";
    TOO_MANY = Error "rss-skip-many", "RSS 2.0, sections “skipHours” and “skipDays”",
        "More hours or days are to be skipped than there are.",
        "leave each of them once";
    SKIP_DUPLICATE = Error "rss-skip-duplicate", "RSS 2.0, sections “skipHours” and “skipDays”",
        "An hour or a day is to be skipped twice.",
        "leave it once";
    TEXT_INPUT = Warning "rss-text-input", "RSS Profile, section “textInput”",
        "The feed has a form, which hardly any reader shows.",
        "remove it";
    FORM_NAME = Error "rss-form-name", "RSS 2.0, section “<textInput> sub-element of <channel>”",
        "The name of the text field is none that HTML allows.",
        "begin it with a letter";
    ENCODED_FIRST = Warning "rss-content-order", "RSS Profile, section “content:encoded”",
        "`content:encoded` stands before `description`, or without it. Some programs then show the \
         wrong one.",
        "put `description` before it";
    COMMENTS_DATE = Warning "rss-slash-date", "RSS Profile, section “slash:comments”",
        "Comments are counted, and the channel does not say when it changed.",
        "add `lastBuildDate`";
    BODY_DUPLICATE = Warning "rss-body-duplicate", "RSS Profile, section “Extending RSS”",
        "The text of an item is given by an extension besides its `description`.",
        "leave `description` and `content:encoded`";
    LANGUAGE_MISSING = Note "language-missing", "RSS 2.0, section “Optional channel elements”",
        "The feed does not say what language it is in.",
        "add `<language>en-us</language>`";
}

/// Checks a feed from its outermost element on.
pub(super) fn rss<R: Read>(root: Element, xml: &mut Xml<R>, cx: &mut Context<'_>) {
    let version = root.attribute("version").unwrap_or("2.0").trim().to_owned();
    cx.vocabulary = Some(if version.starts_with("0.") {
        Vocabulary::Rss09
    } else {
        Vocabulary::Rss20
    });
    cx.has_plain_descriptions = version == "0.91";
    head(&root, &version, cx);
    let mut items = Items::default();
    let mut looked = 0;
    let is_item = |element: &Element| element.is(Ns::None, "item");
    let (rss, is_whole) = stream(
        xml,
        root,
        Some("channel"),
        &is_item,
        cx,
        &mut |item, channel, cx| {
            // A channel may have as much in it as it has items.
            let new = channel.children.get(looked..).unwrap_or_default();
            looked = channel.children.len();
            cx.takes_attributes |= new.iter().any(names_advisory_board);
            walk(&item, &ITEM_KIND, cx);
            items.add(&item, cx);
        },
    );
    if !is_whole {
        return;
    }
    walk(&rss, &RSS, cx);
    let Some(channel) = rss.child(Ns::None, "channel") else {
        return;
    };
    items.finish(channel, cx);
    profile::whole(channel.at, items.count, xml.taken, cx);
    if version == "2.0" {
        atom::own(channel, cx);
    }
}

/// Whether a node is a `docs` element that names the specification of the RSS Advisory Board, which
/// allows attributes of extensions.
fn names_advisory_board(node: &Node) -> bool {
    match node {
        Node::Element(docs) if docs.is(Ns::None, "docs") => {
            docs.text().contains("rssboard.org/rss-specification")
        }
        _ => false,
    }
}

/// Checks the version in the outermost element against the document type.
fn head(root: &Element, version: &str, cx: &mut Context<'_>) {
    let doctype = cx.doctype.take();
    let is_091 = doctype
        .as_ref()
        .is_some_and(|(public, _)| dtd::is_rss091(Some(public)));
    if is_091 {
        if version != "0.91" {
            let message = format!(
                "the version is “{}”, and the document type 0.91",
                shown(version)
            );
            cx.report(&DOCTYPE_VERSION, root.at, message);
        }
        if doctype.is_some_and(|(_, system)| system.contains("netscape.com")) {
            cx.report(
                &DOCTYPE_GONE,
                root.at,
                "the document type is at an address of Netscape",
            );
        }
    } else if root.attribute("version").is_some()
        && !matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0")
    {
        let message = format!("the version of RSS is “{}”", shown(version));
        cx.report(&VERSION, root.at, message);
    }
}
