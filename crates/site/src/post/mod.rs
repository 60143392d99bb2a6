//! Posts, checked and free of dialect: [`load`] reads one file as far as metadata go.

mod dates;
mod files;
mod fingerprint;
mod normalize;
mod standing;

use std::path::{Path, PathBuf};

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_feed::{Aliases, Attachment, Image, Person};
use url::Url;

use crate::config::Config;
use crate::dialect::Metadata;
use crate::front_matter::{self, FrontMatter};
use crate::source::Source;

pub use self::fingerprint::{Fingerprint, body_hash};
pub use self::standing::Standing;

use self::normalize::Normalize;

/// A post whose metadata are right. Its body is not kept: only what a feed selects is read
/// again and rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// The file, relative to the site's folder.
    pub path: PathBuf,
    /// What readers know the post by: unique, absolute, the same for ever.
    pub id: String,
    /// The permalink.
    pub url: Url,
    /// Plain text on one line.
    pub title: String,
    /// When it became or becomes public.
    pub published: Timestamp,
    /// When its author last changed it in a way worth knowing.
    pub updated: Timestamp,
    /// In the author's order, each once.
    pub tags: Vec<String>,
    /// Those of the tags that only say which collection the post is in: no feed is made of them.
    pub markers: Vec<String>,
    /// In the author's order, each once.
    pub categories: Vec<String>,
    /// The terms of other taxonomies that the site has, by name.
    pub terms: Vec<(String, Vec<String>)>,
    /// Empty where the post names none.
    pub authors: Vec<Person>,
    /// Plain text; `None` where it comes from the body.
    pub summary: Option<String>,
    /// A BCP 47 tag, where the post names one.
    pub language: Option<String>,
    /// The picture that stands for the post.
    pub image: Option<Image>,
    /// Files that belong to the post.
    pub attachments: Vec<Attachment>,
    /// The collection or section.
    pub collection: String,
    /// Whether it is in another language than the site's own.
    pub translation: bool,
    /// Whether the site's main feed takes it.
    pub main: bool,
    /// Whether only the feed of its collection takes it, and none of a tag, category or author.
    pub apart: bool,
    /// Whether it is a draft, has expired or is hidden otherwise.
    pub draft: bool,
    /// Whether its date has not come yet.
    pub future: bool,
    /// What single formats call the post instead of its id.
    pub aliases: Aliases,
    /// What of all this the author said.
    pub given: Given,
    /// What readers know of it from before this run.
    pub history: History,
    /// Its body and what shows of its metadata, to see later whether they changed.
    pub fingerprint: Fingerprint,
    /// How many bytes of text its body has, up to `MOST_TEXT`.
    pub text: usize,
    /// By which evidence it is the post that readers know, in words.
    pub evidence: Option<&'static str>,
    /// Whether nobody may see it until somebody says whether it is new.
    pub held: bool,
    /// Where the body begins: byte offset and line.
    pub body: (usize, usize),
}

/// Of longer texts nobody asks how long they are.
const MOST_TEXT: usize = 1024;

/// What the author said, in contrast to what names of files say, what was promised before, and
/// what was made up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    pub id: bool,
    pub published: bool,
    pub updated: bool,
}

/// What readers know of a post from before this run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum History {
    /// Nothing: it becomes public now.
    #[default]
    New,
    /// It was public before.
    Known {
        /// Whether it has changed since.
        edited: bool,
        /// Whether it was gone in between.
        returned: bool,
    },
}

impl Post {
    /// Whether readers may see it.
    pub fn is_public(&self, config: &Config) -> bool {
        !self.held
            && (!self.draft || config.content.drafts)
            && (!self.future || config.content.future)
    }
}

/// Decodes and normalizes one file. Pure but for looking whether images and enclosures that it
/// names exist.
///
/// `promised` tells when the post of a file was published that no longer says so itself.
pub fn load(
    source: &Source,
    config: &Config,
    promised: &dyn Fn(&Path) -> Option<Timestamp>,
    diags: &mut Diagnostics,
) -> Option<Post> {
    if source.text.trim_start_matches('\u{feff}').trim().is_empty() {
        let place = Location::file(&source.path);
        let (message, help) = ("the file is empty", "write the post, or remove the file");
        // A generator publishes an empty page, which stops nobody else's.
        if config.content.dialect.knows_pages() {
            diags.warning("file-empty", place, message, help);
        } else {
            diags.error("file-empty", place, message, help);
        }
        return None;
    }
    let (front_matter, metadata) = decode(source, config, diags)?;
    duplicate_keys(source, &front_matter, config, diags)?;
    let body = &source.text[front_matter.body_start..];
    let hash = body_hash(body);
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
    post.fingerprint = Fingerprint::of(&post, body, hash, &config.site.url);
    post.text = fingerprint::text_size(body, MOST_TEXT);
    Some(post)
}

/// What a file says: its front matter as written, and what its dialect makes of it.
pub fn decode(
    source: &Source,
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<(FrontMatter, Metadata)> {
    let dialect = config.content.dialect.as_ref();
    let front_matter = front_matter::decode(source, dialect.syntax(), diags)?;
    let metadata = dialect.metadata(&source.path, &front_matter, &config.content.names);
    Some((front_matter, metadata))
}

/// A repeated key: some generators take the last, some refuse the file.
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
                format!("{message}; the last one counts, as in {}", dialect.name()),
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
