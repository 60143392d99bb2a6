//! OPML 2.0: all feeds, for readers to import.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::{Feed, Format};

use super::page::{Words, groups, shown};

/// What feedwright's files are known by, in a comment: OPML has no element for it.
const MARK: &str = " generator: feedwright ";

/// The subscription list of a site: one outline for the feed of the site, and a group of them for
/// each taxonomy. Readers subscribe to all that they find, so that each feed is named in one
/// format, the first of Atom, RSS and JSON Feed that is written.
pub fn opml(title: &str, feeds: &[&Feed]) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write(&mut writer, title, feeds);
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(writer: &mut Writer<Vec<u8>>, title: &str, feeds: &[&Feed]) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.write_event(Event::Comment(BytesText::from_escaped(MARK)))?;
    let opml = writer
        .create_element("opml")
        .with_attribute(("version", "2.0"));
    opml.write_inner_content(|writer| {
        writer
            .create_element("head")
            .write_inner_content(|writer| {
                let element = writer.create_element("title");
                element
                    .write_text_content(BytesText::new(title))
                    .map(|_| ())
            })?;
        writer
            .create_element("body")
            .write_inner_content(|writer| {
                for group in groups(feeds, Words::of(None)) {
                    let Some(name) = group.name else {
                        group
                            .feeds
                            .iter()
                            .try_for_each(|feed| outline(writer, feed))?;
                        continue;
                    };
                    let element = writer.create_element("outline");
                    let element = element.with_attributes([("text", &*name), ("title", &*name)]);
                    element.write_inner_content(|writer| {
                        group
                            .feeds
                            .iter()
                            .try_for_each(|feed| outline(writer, feed))
                    })?;
                }
                Ok(())
            })?;
        Ok(())
    })?;
    Ok(())
}

fn outline(writer: &mut Writer<Vec<u8>>, feed: &Feed) -> std::io::Result<()> {
    let Some(place) = shown(feed) else {
        return Ok(());
    };
    // The type is `rss` for feeds of any format: OPML 2.0, “Subscription lists”. JSON Feed is
    // known to readers by a type of its own.
    let kind = match place.format {
        Format::Rss | Format::Atom => "rss",
        Format::Json => "json",
    };
    let element = writer.create_element("outline").with_attributes([
        ("text", feed.title.as_str()),
        ("title", feed.title.as_str()),
        ("type", kind),
        ("xmlUrl", place.url.as_str()),
        ("htmlUrl", feed.url.as_str()),
    ]);
    element.write_empty().map(|_| ())
}
