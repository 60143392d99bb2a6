//! Makes posts of files: decodes their front matter and checks what it says.

mod address;
mod artwork;
mod dates;
mod episode;
mod extras;
mod files;
mod normalize;
mod permalink;
mod title;

use std::borrow::Cow;
use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::body;
use crate::config::{Config, StateKind};
use crate::dialect::Metadata;
use crate::front_matter::{self, FrontMatter};
use crate::pages;
use crate::post::{Fingerprint, MOST_TEXT, Post, body_hash, text_size};
use crate::source::Source;

use self::normalize::Normalize;

pub use self::address::{address, linked};
pub use self::artwork::artwork_mistake;
pub use self::files::known_picture;

/// Decodes and checks one file. Its only I/O is to test whether images and enclosures exist.
///
/// `promised` gives the date that was promised for a file whose post has lost its own.
pub fn load(
    source: &Source,
    config: &Config,
    promised: &dyn Fn(&Path) -> Option<Timestamp>,
    diags: &mut Diagnostics,
) -> Option<Post> {
    let is_known = || config.state != StateKind::Lock || promised(&source.path).is_some();
    if is_blank(&source.text) {
        emptied(source, is_known(), config, diags);
        return None;
    }
    let (front_matter, metadata) = decode(source, config, diags)?;
    let has_text = !is_blank(source.text.slice(front_matter.body_start..));
    let is_said = has_text || metadata.says_something();
    if !(is_said || config.content.dialect.knows_pages() || is_known()) {
        let message = "nothing is in the file but front matter without a title, so no feed has it";
        diags.note("file-empty", Location::file(&source.path), message);
        return None;
    }
    duplicate_keys(source, &front_matter, config, diags)?;
    let body = source.text.slice(front_matter.body_start..);
    let promised = if metadata.published.is_empty() {
        promised(&source.path)
    } else {
        None
    };
    let mut post = Normalize {
        source,
        config,
        front_matter: &front_matter,
        diags,
        zone: config.site.zone,
        promised,
    }
    .post(metadata)?;
    let pages = config.content.rendered.as_ref();
    let pages = pages.filter(|_| config.content.dialect.reads_pages());
    let text = match pages {
        // A page changes with its theme; what the post says does not.
        Some(site) => Cow::Owned(body::rendered::text(
            body,
            pages::finder(site, config),
            &post,
        )),
        None => Cow::Borrowed(body),
    };
    post.fingerprint = Fingerprint::of(&post, &text, body_hash(&text), &config.site.url);
    post.text = text_size(&text, MOST_TEXT);
    Some(post)
}

fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}

/// Says that a file is empty. One that nobody knows is somebody's beginning, as programs for notes
/// make one a day; what readers know may have been lost.
fn emptied(source: &Source, is_known: bool, config: &Config, diags: &mut Diagnostics) {
    let place = Location::file(&source.path);
    let (message, help) = ("the file is empty", "write the post, or remove the file");
    if !is_known {
        diags.note("file-empty", place, "the file is empty, so no feed has it");
    } else if config.content.dialect.knows_pages() {
        // A generator publishes an empty page, which stops nobody else's.
        diags.warning("file-empty", place, message, help);
    } else {
        diags.error("file-empty", place, message, help);
    }
}

/// Decodes a file to its front matter as written, and the metadata that its dialect reads from it.
pub fn decode(
    source: &Source,
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<(FrontMatter, Metadata)> {
    let dialect = config.content.dialect.as_ref();
    let front_matter = front_matter::decode(source, dialect.syntax(), diags)?;
    let mut metadata = dialect.metadata(&source.path, &front_matter, &config.content.names);
    let body = source.text.slice(front_matter.body_start..);
    let heading = || body::first_heading(body);
    dialect.complete(&source.path, body, &heading, &mut metadata);
    Some((front_matter, metadata))
}

/// Reports repeated keys: some generators take the last, some refuse the file.
fn duplicate_keys(
    source: &Source,
    front_matter: &FrontMatter,
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<()> {
    let mut usable = Some(());
    for field in front_matter.duplicates() {
        let place = Location::at(&source.path, field.line, field.column);
        let message = format!("the key `{}` stands twice in the front matter", field.key);
        let dialect = &config.content.dialect;
        if !dialect.refuses_repeated_keys(front_matter.format) {
            diags.warning(
                "front-matter-duplicate",
                place,
                match dialect.has_generator() {
                    true => format!("{message}; the last one counts, as in {}", dialect.title()),
                    false => format!("{message}; the last one counts"),
                },
                "remove the other one",
            );
        } else {
            diags.error(
                "front-matter-duplicate",
                place,
                message,
                "remove one of them",
            );
            usable = None;
        }
    }
    usable
}
