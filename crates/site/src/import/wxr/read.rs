//! Reads the elements of an export one after the other, so that no more than one post is in memory.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::source::MAX_BYTES;

/// What stands in an export.
pub(super) enum Piece {
    /// Something of the site, by the name of its element.
    Head(String, String),
    /// A login, and the name that is shown for it.
    Author(String, String),
    /// Something that was posted.
    Item(Box<Posted>),
}

/// An item as the export has it.
#[derive(Debug, Default)]
pub(super) struct Posted {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) guid: String,
    pub(super) pub_date: String,
    pub(super) creator: String,
    pub(super) content: String,
    pub(super) excerpt: String,
    pub(super) id: String,
    pub(super) date: String,
    pub(super) date_gmt: String,
    pub(super) modified_gmt: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) password: String,
    pub(super) attachment: String,
    /// Taxonomy and name.
    pub(super) terms: Vec<(String, String)>,
    pub(super) thumbnail: Option<String>,
    pub(super) enclosures: Vec<String>,
}

/// Why an export cannot be read.
#[derive(Debug)]
pub(crate) enum Failure {
    Io(io::Error),
    Xml(String),
}

impl From<quick_xml::Error> for Failure {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(error) => Failure::Io(io::Error::new(error.kind(), error)),
            error => Failure::Xml(format!("its XML: {error}")),
        }
    }
}

/// How deeply elements may nest. Those of an export have five levels.
const DEEPEST: usize = 64;

/// Hands out all pieces of an export in their order.
pub(super) fn pieces(
    file: &Path,
    take: &mut dyn FnMut(Piece) -> io::Result<()>,
) -> Result<(), Failure> {
    let file = File::open(file).map_err(Failure::Io)?;
    let mut reader = NsReader::from_reader(BufReader::with_capacity(1 << 18, file));
    let (mut walk, mut buffer) = (Walk::default(), Vec::new());
    loop {
        buffer.clear();
        let (namespace, event) = reader.read_resolved_event_into(&mut buffer)?;
        match event {
            Event::Start(tag) => walk.start(&namespace, &tag)?,
            Event::Empty(tag) => {
                walk.start(&namespace, &tag)?;
                walk.end(take).map_err(Failure::Io)?;
            }
            Event::End(_) => walk.end(take).map_err(Failure::Io)?,
            Event::Text(text) => walk.text(&text.decode().map_err(quick_xml::Error::from)?),
            Event::CData(text) => walk.text(&text.decode().map_err(quick_xml::Error::from)?),
            Event::GeneralRef(name) => {
                let written = name.decode().map_err(quick_xml::Error::from)?;
                let written = format!("&{written};");
                walk.text(&html_escape::decode_html_entities(&written));
            }
            Event::Eof if walk.open.is_empty() => return Ok(()),
            Event::Eof => return Err(Failure::Xml("the export is cut off".to_owned())),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
}

/// Where in an export somebody is.
#[derive(Default)]
struct Walk {
    /// The names of the elements that are open, with the prefixes that WordPress gives them.
    open: Vec<String>,
    /// The text of the innermost one.
    text: String,
    item: Posted,
    /// What the category that is open is of.
    domain: String,
    author: (String, String),
    meta: (String, String),
}

impl Walk {
    fn start(
        &mut self,
        namespace: &ResolveResult<'_>,
        tag: &BytesStart<'_>,
    ) -> Result<(), Failure> {
        if self.open.len() >= DEEPEST {
            return Err(Failure::Xml("its elements nest too deeply".to_owned()));
        }
        let local = String::from_utf8_lossy(tag.local_name().into_inner()).into_owned();
        let name = match prefix(namespace) {
            "" => local,
            prefix => format!("{prefix}:{local}"),
        };
        match name.as_str() {
            "item" => self.item = Posted::default(),
            "category" => {
                let domain = tag.try_get_attribute("domain").ok().flatten();
                let domain = domain.map(|own| String::from_utf8_lossy(&own.value).into_owned());
                self.domain = domain.unwrap_or_default();
            }
            _ => {}
        }
        self.open.push(name);
        self.text.clear();
        Ok(())
    }

    fn text(&mut self, text: &str) {
        // What is longer is no post, and nobody has to keep it until that is said.
        if (self.text.len() as u64) <= MAX_BYTES {
            self.text.push_str(text);
        }
    }

    fn end(&mut self, take: &mut dyn FnMut(Piece) -> io::Result<()>) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        let Some(name) = self.open.pop() else {
            return Ok(());
        };
        match (self.open.last().map_or("", String::as_str), name.as_str()) {
            (_, "item") => take(Piece::Item(Box::new(std::mem::take(&mut self.item))))?,
            (_, "wp:author") => {
                let (login, name) = std::mem::take(&mut self.author);
                take(Piece::Author(login, name))?;
            }
            ("wp:author", "wp:author_login") => self.author.0 = text.trim().to_owned(),
            ("wp:author", "wp:author_display_name") => self.author.1 = text.trim().to_owned(),
            ("item", "wp:postmeta") => {
                let (key, value) = std::mem::take(&mut self.meta);
                match key.as_str() {
                    "_thumbnail_id" => self.item.thumbnail = Some(value.trim().to_owned()),
                    "enclosure" => self.item.enclosures.push(value),
                    _ => {}
                }
            }
            ("wp:postmeta", "wp:meta_key") => self.meta.0 = text.trim().to_owned(),
            ("wp:postmeta", "wp:meta_value") => self.meta.1 = text,
            ("item", name) => self.of_item(name, text),
            ("channel", _) => take(Piece::Head(name, text.trim().to_owned()))?,
            _ => {}
        }
        Ok(())
    }

    /// Takes what an element says of an item.
    fn of_item(&mut self, name: &str, text: String) {
        let item = &mut self.item;
        let field = match name {
            "content:encoded" => {
                item.content = text;
                return;
            }
            "excerpt:encoded" => {
                item.excerpt = text;
                return;
            }
            "category" => {
                let domain = std::mem::take(&mut self.domain);
                item.terms.push((domain, text.trim().to_owned()));
                return;
            }
            "title" => &mut item.title,
            "link" => &mut item.link,
            "guid" => &mut item.guid,
            "pubDate" => &mut item.pub_date,
            "dc:creator" => &mut item.creator,
            "wp:post_id" => &mut item.id,
            "wp:post_date" => &mut item.date,
            "wp:post_date_gmt" => &mut item.date_gmt,
            "wp:post_modified_gmt" => &mut item.modified_gmt,
            "wp:post_type" => &mut item.kind,
            "wp:status" => &mut item.status,
            "wp:post_password" => &mut item.password,
            "wp:attachment_url" => &mut item.attachment,
            _ => return,
        };
        text.trim().clone_into(field);
    }
}

/// The prefix that WordPress gives to a namespace. Its own has a version at the end.
fn prefix(namespace: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(Namespace(name)) = namespace else {
        return "";
    };
    let starts = |start: &str| name.starts_with(start.as_bytes());
    if starts("http://wordpress.org/export/") {
        // That of excerpts is below it.
        if name.ends_with(b"/excerpt/") {
            return "excerpt";
        }
        "wp"
    } else if starts("http://purl.org/rss/1.0/modules/content/") {
        "content"
    } else if starts("http://purl.org/dc/elements/") {
        "dc"
    } else {
        "other"
    }
}
