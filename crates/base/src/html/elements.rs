//! The elements of HTML, and what each place of the program has to know of them.

/// What may be said of an element. Several of them are joined by `|`.
pub type Kinds = u16;

/// It is in the HTML standard or was in a former version.
pub const HTML: Kinds = 1;
/// It stands in a line of text: nothing is between the words before and behind its tags.
pub const INLINE: Kinds = 1 << 1;
/// Its tags are markup where a text that is plain, such as a title, has them.
pub const MARKUP: Kinds = 1 << 2;
/// It begins a block of HTML in Markdown.
pub const BLOCK: Kinds = 1 << 3;
/// It has no content and no end tag.
pub const VOID: Kinds = 1 << 4;
/// Parsers open it again in the next block where it was not closed.
pub const FORMATTING: Kinds = 1 << 5;
/// Parsers end it where its end tag is missing.
pub const IMPLIED: Kinds = 1 << 6;
/// It is a cell, a row or a group of rows.
pub const TABLE_PART: Kinds = 1 << 7;
/// Its end tag ends what is implied to end inside of it.
pub const SPECIAL: Kinds = 1 << 8;
/// It is HTML even where SVG or MathML is open, or HTML may stand inside of it.
pub const LEAVES_FOREIGN: Kinds = 1 << 9;
/// Readers show it. `iframe` is among these only to become a link.
pub const SHOWN: Kinds = 1 << 10;
/// No feed may have it: it goes with everything inside of it.
pub const DROPPED: Kinds = 1 << 11;

/// Whether an element, in whatever case, is of at least one of these kinds.
pub fn is(name: &str, kinds: Kinds) -> bool {
    of(name) & kinds != 0
}

/// The names of all elements of at least one of these kinds.
pub fn all(kinds: Kinds) -> impl Iterator<Item = &'static str> {
    let elements = ELEMENTS.iter().filter(move |(_, own)| own & kinds != 0);
    elements.map(|(name, _)| *name)
}

fn of(name: &str) -> Kinds {
    let found = number(name).and_then(|number| NUMBERS.binary_search(&number).ok());
    let found = found.and_then(|at| ELEMENTS.get(at));
    found.map_or(0, |(_, kinds)| *kinds)
}

/// A name in small letters as a number, which is compared faster than a text. Numbers have the order of
/// their names.
#[expect(
    clippy::indexing_slicing,
    reason = "the compiler computes it for the table, where only loops with an index can be"
)]
const fn number(name: &str) -> Option<u128> {
    let name = name.as_bytes();
    let mut bytes = [0; size_of::<u128>()];
    if name.len() > bytes.len() {
        return None;
    }
    let mut at = 0;
    while at < name.len() {
        // It would be as if the name ended here.
        if name[at] == 0 {
            return None;
        }
        bytes[at] = name[at].to_ascii_lowercase();
        at += 1;
    }
    Some(u128::from_be_bytes(bytes))
}

/// The numbers of all elements.
#[expect(
    clippy::indexing_slicing,
    reason = "the table is computed by the compiler, which would refuse a wrong index"
)]
static NUMBERS: [u128; ELEMENTS.len()] = {
    let mut numbers = [0; ELEMENTS.len()];
    let mut at = 0;
    while at < numbers.len() {
        if let Some(number) = number(ELEMENTS[at].0) {
            numbers[at] = number;
        }
        at += 1;
    }
    numbers
};

/// All elements, in the order of their names.
#[rustfmt::skip]
const ELEMENTS: &[(&str, Kinds)] = &[
    ("a", HTML | INLINE | MARKUP | FORMATTING | SHOWN),
    ("abbr", HTML | INLINE | MARKUP | SHOWN),
    ("acronym", HTML | INLINE | MARKUP | SHOWN),
    ("address", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("annotation-xml", LEAVES_FOREIGN),
    ("applet", HTML | DROPPED),
    ("area", HTML | MARKUP | VOID),
    ("article", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("aside", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("audio", HTML | MARKUP | BLOCK | SHOWN),
    ("b", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("base", HTML | MARKUP | VOID),
    ("basefont", HTML),
    ("bdi", HTML | INLINE | MARKUP | SHOWN),
    ("bdo", HTML | INLINE | MARKUP),
    ("big", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("blink", HTML),
    ("blockquote", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("body", HTML | MARKUP | LEAVES_FOREIGN),
    ("br", HTML | MARKUP | VOID | LEAVES_FOREIGN | SHOWN),
    ("button", HTML | MARKUP),
    ("canvas", HTML | MARKUP | DROPPED),
    ("caption", HTML | MARKUP | SHOWN),
    ("center", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("cite", HTML | INLINE | MARKUP | SHOWN),
    ("code", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("col", HTML | MARKUP | VOID | SHOWN),
    ("colgroup", HTML | MARKUP | SHOWN),
    ("command", HTML),
    ("data", HTML | INLINE | MARKUP | SHOWN),
    ("datagrid", HTML),
    ("datalist", HTML),
    ("dd", HTML | MARKUP | IMPLIED | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("del", HTML | INLINE | MARKUP | SHOWN),
    ("desc", LEAVES_FOREIGN),
    ("details", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("dfn", HTML | INLINE | MARKUP | SHOWN),
    ("dialog", HTML | MARKUP),
    ("dir", HTML),
    ("div", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("dl", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("dt", HTML | MARKUP | IMPLIED | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("em", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("embed", HTML | MARKUP | VOID | LEAVES_FOREIGN | DROPPED),
    ("fieldset", HTML | MARKUP | SPECIAL),
    ("figcaption", HTML | MARKUP | SPECIAL | SHOWN),
    ("figure", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("font", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN),
    ("footer", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("foreignobject", LEAVES_FOREIGN),
    ("form", HTML | MARKUP | BLOCK),
    ("frame", HTML | MARKUP),
    ("frameset", HTML | MARKUP),
    ("h1", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("h2", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("h3", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("h4", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("h5", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("h6", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("head", HTML | MARKUP | LEAVES_FOREIGN),
    ("header", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("hgroup", HTML | MARKUP | SPECIAL | SHOWN),
    ("hr", HTML | MARKUP | VOID | LEAVES_FOREIGN | SHOWN),
    ("html", HTML | MARKUP),
    ("i", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("iframe", HTML | MARKUP | BLOCK | SHOWN),
    ("img", HTML | MARKUP | VOID | LEAVES_FOREIGN | SHOWN),
    ("input", HTML | MARKUP | VOID),
    ("ins", HTML | INLINE | MARKUP | SHOWN),
    ("isindex", HTML),
    ("kbd", HTML | INLINE | MARKUP | SHOWN),
    ("keygen", HTML),
    ("label", HTML | INLINE | MARKUP),
    ("legend", HTML | MARKUP),
    ("li", HTML | MARKUP | IMPLIED | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("link", HTML | MARKUP | VOID),
    ("listing", HTML | LEAVES_FOREIGN),
    ("m", HTML),
    ("main", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("map", HTML | MARKUP),
    ("mark", HTML | INLINE | MARKUP | SHOWN),
    ("marquee", HTML),
    ("math", DROPPED),
    ("menu", HTML | MARKUP | LEAVES_FOREIGN),
    ("meta", HTML | MARKUP | VOID | LEAVES_FOREIGN),
    ("meter", HTML | MARKUP),
    ("mi", LEAVES_FOREIGN),
    ("mo", LEAVES_FOREIGN),
    ("ms", LEAVES_FOREIGN),
    ("mtext", LEAVES_FOREIGN),
    ("nav", HTML | MARKUP | BLOCK | SPECIAL),
    ("nobr", HTML | FORMATTING | LEAVES_FOREIGN),
    ("noframes", HTML),
    ("noscript", HTML | MARKUP | DROPPED),
    ("object", HTML | MARKUP | DROPPED),
    ("ol", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("optgroup", HTML | MARKUP),
    ("option", HTML | MARKUP | IMPLIED),
    ("output", HTML | MARKUP),
    ("p", HTML | MARKUP | BLOCK | IMPLIED | LEAVES_FOREIGN | SHOWN),
    ("param", HTML | MARKUP | VOID),
    ("picture", HTML | MARKUP | SHOWN),
    ("plaintext", HTML),
    ("pre", HTML | MARKUP | BLOCK | LEAVES_FOREIGN | SHOWN),
    ("progress", HTML | MARKUP),
    ("q", HTML | INLINE | MARKUP | SHOWN),
    ("rp", HTML | INLINE | MARKUP | SHOWN),
    ("rt", HTML | INLINE | MARKUP | SHOWN),
    ("ruby", HTML | INLINE | MARKUP | LEAVES_FOREIGN | SHOWN),
    ("s", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("samp", HTML | INLINE | MARKUP | SHOWN),
    ("script", HTML | MARKUP | BLOCK | DROPPED),
    ("search", HTML),
    ("section", HTML | MARKUP | BLOCK | SPECIAL | SHOWN),
    ("select", HTML | MARKUP | DROPPED),
    ("slot", HTML),
    ("small", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("source", HTML | MARKUP | VOID | SHOWN),
    ("span", HTML | INLINE | MARKUP | LEAVES_FOREIGN | SHOWN),
    ("strike", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("strong", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("style", HTML | MARKUP | BLOCK | DROPPED),
    ("sub", HTML | INLINE | MARKUP | LEAVES_FOREIGN | SHOWN),
    ("summary", HTML | MARKUP | SPECIAL | SHOWN),
    ("sup", HTML | INLINE | MARKUP | LEAVES_FOREIGN | SHOWN),
    ("svg", MARKUP | DROPPED),
    ("table", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("tbody", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("td", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("template", HTML | MARKUP | DROPPED),
    ("textarea", HTML | MARKUP | DROPPED),
    ("tfoot", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("th", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("thead", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("time", HTML | INLINE | MARKUP | SHOWN),
    ("title", HTML | MARKUP | LEAVES_FOREIGN | DROPPED),
    ("tr", HTML | MARKUP | IMPLIED | TABLE_PART | SHOWN),
    ("track", HTML | MARKUP | VOID | SHOWN),
    ("tt", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("u", HTML | INLINE | MARKUP | FORMATTING | LEAVES_FOREIGN | SHOWN),
    ("ul", HTML | MARKUP | BLOCK | SPECIAL | LEAVES_FOREIGN | SHOWN),
    ("var", HTML | INLINE | MARKUP | LEAVES_FOREIGN | SHOWN),
    ("video", HTML | MARKUP | BLOCK | SHOWN),
    ("wbr", HTML | INLINE | MARKUP | VOID | SHOWN),
    ("xmp", HTML),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_order_and_found() {
        assert!(ELEMENTS.is_sorted_by(|(one, _), (other, _)| one < other));
        for (name, kinds) in ELEMENTS {
            assert_eq!(of(name), *kinds, "{name}");
            assert_eq!(of(&name.to_ascii_uppercase()), *kinds, "{name}");
        }
        assert!(!is("", HTML));
        assert!(!is("p\0", HTML));
        assert!(!is("no-element-has-such-a-name", HTML));
        assert!(all(VOID).eq([
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr",
        ]));
    }
}
