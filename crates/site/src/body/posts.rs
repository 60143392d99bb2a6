//! Posts as other posts name them.

use std::collections::HashMap;
use std::sync::OnceLock;

use feedwright_base::permalink::{dated_name, joined, slashed};
use feedwright_base::slice::Slice;
use rayon::prelude::*;
use url::Url;

use crate::post::Post;

/// The posts that others may link to by file name.
#[derive(Debug, Default)]
pub struct PostLinks {
    posts: Vec<Named>,
    /// By path from the site's root, and by name without extension, as `post_url` has it. Few
    /// sites need it.
    paths: OnceLock<HashMap<String, usize>>,
    /// By every end of the path without its extension, as Hugo's `ref` has it; `None` where two
    /// posts share it. Few sites need it.
    ends: OnceLock<HashMap<String, Option<usize>>>,
}

/// What links know of a post.
#[derive(Debug)]
struct Named {
    path: String,
    url: String,
    title: String,
}

/// A post to link to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Target<'a> {
    pub(super) url: &'a str,
    pub(super) title: &'a str,
}

impl PostLinks {
    pub fn new<'p>(posts: impl ParallelIterator<Item = &'p Post>) -> Self {
        let named = posts.map(|post| Named {
            path: slashed(&post.path),
            url: post.url.to_string(),
            title: post.title.clone(),
        });
        PostLinks {
            posts: named.collect(),
            ..PostLinks::default()
        }
    }

    #[cfg(test)]
    pub(super) fn add(&mut self, path: String, url: &str, title: &str) {
        self.posts.push(Named {
            path,
            url: url.to_owned(),
            title: title.to_owned(),
        });
    }

    fn paths(&self) -> HashMap<String, usize> {
        let mut paths = HashMap::with_capacity(self.posts.len() * 2);
        for (index, Named { path, .. }) in self.posts.iter().enumerate() {
            let name = path.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if dated_name(stem).is_some() {
                paths.entry(stem.to_owned()).or_insert(index);
            }
            paths.insert(path.clone(), index);
        }
        paths
    }

    /// Whether anybody asked for a post.
    pub fn was_asked(&self) -> bool {
        self.paths.get().is_some()
    }

    fn target(&self, index: usize) -> Option<Target<'_>> {
        let Named { url, title, .. } = self.posts.get(index)?;
        Some(Target { url, title })
    }

    /// By path or by dated name.
    pub(super) fn find(&self, name: &str) -> Option<Target<'_>> {
        let name = name.trim_start_matches('/');
        let paths = self.paths.get_or_init(|| self.paths());
        let found = paths
            .get(name)
            .or_else(|| paths.get(name.rsplit('/').next()?));
        found.and_then(|&index| self.target(index))
    }

    /// The address of the post of a file, by its path from the site's root.
    pub fn address(&self, path: &str) -> Option<Url> {
        let paths = self.paths.get_or_init(|| self.paths());
        let target = self.target(*paths.get(path)?)?;
        Url::parse(target.url).ok()
    }

    /// By a path that counts from the folder of the post at `from`, or from any folder above
    /// all posts, with or without extension.
    pub(super) fn by_reference(&self, name: &str, from: &str) -> Option<Target<'_>> {
        if name.trim_matches('/').is_empty() {
            return None;
        }
        let ends = self.ends.get_or_init(|| self.ends());
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = (!name.starts_with('/'))
            .then(|| joined(folder, name))
            .flatten();
        let anywhere = joined("", name);
        [beside, anywhere]
            .into_iter()
            .flatten()
            .find_map(|path| *ends.get(logical(&path))?)
            .and_then(|index| self.target(index))
    }

    /// By the part of its file's name behind the date, or by its title, as Hexo has it.
    pub(super) fn by_slug(&self, name: &str) -> Option<Target<'_>> {
        let is_named = |post: &Named| {
            let file = post.path.rsplit('/').next().unwrap_or_default();
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            dated_name(stem).is_some_and(|(_, slug)| slug == name)
        };
        let mut posts = self.posts.iter();
        let found = posts
            .position(is_named)
            .or_else(|| self.posts.iter().position(|post| post.title == name));
        found.and_then(|index| self.target(index))
    }

    fn ends(&self) -> HashMap<String, Option<usize>> {
        let mut ends: HashMap<String, Option<usize>> = HashMap::new();
        let mut whole = Vec::new();
        for (path, &index) in self.paths.get_or_init(|| self.paths()) {
            let path = logical(path);
            whole.push((path.to_owned(), index));
            for (at, _) in path.match_indices('/') {
                ends.entry(path.slice(at + 1..).to_owned())
                    .and_modify(|known| *known = known.filter(|&known| known == index))
                    .or_insert(Some(index));
            }
        }
        // The whole path is never in doubt.
        ends.extend(whole.into_iter().map(|(path, index)| (path, Some(index))));
        ends
    }
}

/// A path without what the name of a post does not need: its extension and a final `index`.
fn logical(path: &str) -> &str {
    let path = [".md", ".markdown", ".mdx", ".html"]
        .iter()
        .find_map(|extension| path.strip_suffix(extension))
        .unwrap_or(path);
    path.strip_suffix("/index")
        .or_else(|| path.strip_suffix("/_index"))
        .unwrap_or(path)
}
