//! Checks elements against tables, which say what elements and attributes may stand where and what
//! their texts must be.

mod attributes;
mod elements;
mod tables;
mod texts;

use super::rule::rules;

pub(super) use self::attributes::attributes;
pub(super) use self::elements::{missing, walk};
pub(super) use self::tables::{Attr, Child, Content, Kind, Need, Table};
pub(super) use self::texts::{broken, exact, filled};
pub(super) use super::spot::{Spot, Value, shown};

rules! {
    ELEMENT_UNKNOWN = Error "element-unknown", "",
        "An element stands where its vocabulary has none of that name.",
        "check its spelling and its place, or put it into a namespace of its own";
    ELEMENT_DUPLICATE = Error "element-duplicate", "",
        "An element stands more often than once. Which one counts differs between readers.",
        "leave one of them";
    ELEMENT_MISSING = Error "element-missing", "",
        "An element is missing that has to be there.",
        "add it";
    ELEMENT_RECOMMENDED = Warning "element-recommended", "",
        "An element is missing that should be there.",
        "add it";
    ELEMENT_TEXT = Error "element-text", "",
        "Text stands where only elements may.",
        "remove the text, or put it into an element";
    ELEMENT_BLANK = Warning "element-blank", "",
        "An element is empty that is there to say something.",
        "fill it, or leave it out";
    ELEMENT_PLACE = Warning "element-place", "",
        "An element of a known extension stands where the extension does not have it. Few programs \
         look for it there.",
        "put it into the feed or the entry itself";
    TEXT_MARKUP = Error "text-markup", "RSS 2.0, section “Extending RSS”",
        "HTML stands in a text as elements, which are taken for elements of the feed itself. Readers \
         show nothing of them.",
        "escape it: `&lt;em&gt;`, or put all of it into `<![CDATA[…]]>`";
    ELEMENT_NO_NAMESPACE = Error "element-no-namespace", "RSS 2.0, section “Extending RSS”",
        "An element without a namespace stands in an extension of RSS.",
        "put it into the namespace of the extension";
    ELEMENT_VOCABULARY = Warning "element-vocabulary", "RFC 4287, section 6.2",
        "An element without a namespace stands in a feed whose own elements have one.",
        "put it into a namespace";
    XHTML_MISPLACED = Warning "xhtml-misplaced", "RFC 4287, section 3.1.1.3",
        "XHTML stands outside of an element that takes it.",
        "put it into `content` or `summary` with `type=\"xhtml\"`";
    ATTRIBUTE_UNKNOWN = Error "attribute-unknown", "",
        "An element has an attribute that its vocabulary does not know.",
        "check its spelling, or remove it";
    ATTRIBUTE_EXTENSION = Warning "attribute-extension", "RSS 2.0, section “Extending RSS”",
        "RSS lets other vocabularies add elements, and says nothing of attributes.",
        "use an element";
    ATTRIBUTE_MISSING = Error "attribute-missing", "",
        "An element lacks an attribute that it has to have.",
        "add it";
    WHITESPACE = Error "whitespace", "RFC 4287, section 2",
        "White space stands around a value that has to be exact. Readers compare it as it is.",
        "write the value without line breaks and blanks around it";
    CHARACTERS_BROKEN = Warning "characters-broken", "XML 1.0, section 2.2",
        "Characters show that a text was read in a wrong encoding on its way into the feed.",
        "find the program that mistakes Windows-1252 or ISO 8859-1 for UTF-8, or the other way round";
}

/// The known name that is most like a wrong one.
fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // The name may be long, and the comparison is costly.
    if !(3..=40).contains(&name.len()) {
        return None;
    }
    feedwright_base::text::nearest(name, known, |distance, known| {
        distance <= 2 && distance < known.len() / 2
    })
}
