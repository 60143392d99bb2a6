//! A wrong and a right example of each rule, which the documentation shows and the tests check.

mod atom;
mod extensions;
mod json;
mod podcast;
mod rss;
mod values;
mod xml;

/// Where an example stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the whole file.
    File,
    /// In `channel` of RSS 2.0.
    Channel,
    /// In `item` of RSS 2.0.
    Item,
    /// HTML in the `description` of an item.
    Html,
    /// In `rdf:RDF` of RSS 1.0, after the channel.
    Rdf,
    /// In `feed` of Atom.
    Feed,
    /// In `entry` of Atom.
    Entry,
    /// In the object of JSON Feed.
    Json,
    /// In an item of JSON Feed.
    JsonItem,
}

/// A rule's code, where its examples stand, the wrong one and the right one.
///
/// An example has these signs: `{a*3}` is `aaa`, and `\xff` is that byte.
pub(super) type Example = (&'static str, Place, &'static str, &'static str);

/// The examples, which are as many as the rules.
pub(super) fn all() -> impl Iterator<Item = &'static Example> {
    let tables = [
        xml::EXAMPLES,
        values::EXAMPLES,
        rss::EXAMPLES,
        atom::EXAMPLES,
        json::EXAMPLES,
        extensions::EXAMPLES,
        podcast::EXAMPLES,
    ];
    tables.into_iter().flatten()
}

/// The wrong and the right example of a code, as people read them.
pub(super) fn of(code: &str) -> Option<(String, String)> {
    let (_, _, wrong, right) = all().find(|(known, ..)| *known == code)?;
    Some((shown(wrong), shown(right)))
}

/// The parts of an example before a repetition, what is repeated, how often, and what follows.
pub(super) fn repetition(text: &str) -> Option<(&str, &str, usize, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inner, after) = rest.rsplit_once('}')?;
    let (repeated, times) = inner.rsplit_once('*')?;
    Some((before, repeated, times.parse().ok()?, after))
}

fn shown(text: &str) -> String {
    match repetition(text) {
        Some((before, repeated, 2, after)) => format!("{before}{repeated}{repeated}{after}"),
        Some((before, repeated, times, after)) => {
            format!("{before}{repeated}… ({times} times){after}")
        }
        None => text.to_owned(),
    }
}
