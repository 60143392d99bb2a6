//! Where posts stand after a run, and what an edit of some of them touches.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_feed::{Entry, Feed, Place, Translation};
use feedwright_site::post::{Post, Standing};
use feedwright_site::records::Records;
use rayon::prelude::*;
use url::Url;

/// Where posts stand after a run.
pub(crate) struct Standings {
    /// All posts, by file.
    pub(crate) posts: Vec<(PathBuf, Standing)>,
    /// All feeds.
    pub(crate) feeds: Vec<Members>,
}

/// What a feed holds, and what stands at its head.
pub(crate) struct Members {
    pub(crate) description: String,
    pub(crate) language: Option<String>,
    pub(crate) url: Url,
    pub(crate) translations: Vec<Translation>,
    /// The posts of its entries, by index.
    pub(crate) posts: Vec<usize>,
}

impl Standings {
    /// `wanted` are the indices of all posts that any feed takes.
    pub(crate) fn of(posts: &[Post], wanted: &[usize], feeds: &[Feed], records: &Records) -> Self {
        let at: HashMap<&str, usize> = wanted
            .iter()
            .map(|&at| (posts[at].id.as_str(), at))
            .collect();
        let index = |entry: &Arc<Entry>| at.get(entry.id.as_str()).copied();
        Standings {
            posts: posts
                .par_iter()
                .map(|post| (records.file_of(&post.path).to_path_buf(), post.standing()))
                .collect(),
            feeds: feeds
                .iter()
                .map(|feed| Members {
                    description: feed.description.clone(),
                    language: feed.language.clone(),
                    url: feed.url.clone(),
                    translations: feed.translations.clone(),
                    posts: feed.entries.iter().filter_map(index).collect(),
                })
                .collect(),
        }
    }
}

/// The posts whose files are others than they were, and what holds them.
pub(crate) struct Edits {
    /// By file, with their standing before.
    pub(crate) posts: Vec<(PathBuf, Standing)>,
    pub(crate) feeds: Vec<Holder>,
}

/// A feed that holds edited posts, as it was made before.
pub(crate) struct Holder {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) language: Option<String>,
    pub(crate) url: Url,
    pub(crate) translations: Vec<Translation>,
    pub(crate) places: Vec<Place>,
    /// How many entries it has.
    pub(crate) entries: usize,
    /// Which of its entries are of which of the edited posts.
    pub(crate) edited: Vec<(usize, usize)>,
}
