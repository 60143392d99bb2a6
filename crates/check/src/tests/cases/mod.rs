//! Feeds that break each rule once.

mod atom;
mod elements;
mod extensions;
mod html;
mod json;
mod rss;
mod values;
mod xml;

/// Feeds, each with the code of the rule that it breaks.
#[derive(Default)]
pub(super) struct Cases(pub(super) Vec<(&'static str, Vec<u8>)>);

impl Cases {
    fn add(&mut self, code: &'static str, feed: String) {
        self.0.push((code, feed.into_bytes()));
    }

    fn add_bytes(&mut self, code: &'static str, feed: &[u8]) {
        self.0.push((code, feed.to_vec()));
    }
}

/// All cases, except those of tables elsewhere and of profiles.
pub(super) fn cases() -> Cases {
    let mut cases = Cases::default();
    for add in [
        xml::xml,
        xml::namespaces,
        elements::elements,
        values::dates,
        values::texts,
        values::uris,
        html::html,
        rss::feeds,
        rss::items,
        rss::image,
        rss::channel,
        rss::rss_on_rdf,
        atom::entries,
        atom::links,
        atom::texts,
        json::json_feed,
        extensions::extensions,
        extensions::history,
    ] {
        add(&mut cases);
    }
    cases
}
