//! Posts, checked and free of dialect, as `load` makes them of files.

mod fingerprint;
mod standing;

use std::path::PathBuf;

use feedwright_base::date::Timestamp;
use feedwright_base::slug::fold;
use feedwright_feed::extras::Extras;
use feedwright_feed::podcast::Episode;
use feedwright_feed::{Aliases, Attachment, Image, Person, Translation};
use url::Url;

use crate::config::{Config, Episodes, Podcast};
use crate::dialect::{Markup, Templates};

pub use self::fingerprint::{Fingerprint, body_hash, text_size};
pub use self::standing::Standing;

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
    /// What it says of the episode that it is, where a podcast of the site takes it.
    pub episode: Option<Box<Episode>>,
    /// What few posts say.
    pub extras: Option<Box<Extras>>,
    /// The collection or section.
    pub collection: String,
    /// Whether it is in another language than the site's own.
    pub translation: bool,
    /// What the post has in common with its translations; `None` where it has none.
    pub translation_key: Option<String>,
    /// The post in each of its languages, its own among them; empty where it has one alone.
    pub translations: Vec<Translation>,
    /// Whether the site's main feed takes it.
    pub main: bool,
    /// Whether only the feed of its collection takes it, and none of a tag, category or author.
    pub apart: bool,
    /// Whether it is a draft, has expired or is hidden otherwise.
    pub draft: bool,
    /// When it will be public, where that has not come yet.
    pub future: Option<Timestamp>,
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
    /// What its front matter says of the variables `page.…` that its body names.
    pub variables: Vec<(String, String)>,
    /// Where the body begins: byte offset and line.
    pub body: (usize, usize),
    /// What the body is written in.
    pub markup: Markup,
    /// The template language of the body, where it is not that of the site.
    pub templates: Option<Templates>,
}

/// Of longer texts nobody asks how long they are.
pub const MOST_TEXT: usize = 1024;

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
            && (self.future.is_none() || config.content.future)
    }

    /// Whether it has a file that podcast apps play or show.
    pub fn has_media(&self) -> bool {
        let kinds = ["audio/", "video/", "application/pdf", "application/epub"];
        self.attachments
            .first()
            .is_some_and(|file| kinds.iter().any(|kind| file.media_type.starts_with(kind)))
    }

    /// Whether a podcast is made of posts such as this, whatever files they have.
    pub fn is_among(&self, episodes: &Episodes) -> bool {
        match episodes {
            Episodes::Site => self.main && !self.translation,
            Episodes::All => !self.translation,
            Episodes::Tag(tag) => {
                let mut names = self.tags.iter().chain(&self.categories);
                !self.translation && names.any(|name| fold(name) == *tag)
            }
            Episodes::Section(section) => !self.translation && self.collection == *section,
            Episodes::Folder(folder) => self.path.starts_with(folder),
        }
    }

    /// Whether it is an episode of a podcast.
    pub fn is_episode_of(&self, podcast: &Podcast) -> bool {
        self.has_media() && self.is_among(&podcast.episodes)
    }

    /// Whether nothing but its date keeps the post from being public.
    pub fn is_scheduled(&self, config: &Config) -> bool {
        !self.held
            && (!self.draft || config.content.drafts)
            && self.future.is_some()
            && !config.content.future
    }
}
