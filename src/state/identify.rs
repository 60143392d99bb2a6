//! One id for each post, and one post for each permalink.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostics, Location};
use crate::post::Post;

use super::State;

/// Gives every post the id that readers know it by.
///
/// Where two posts of a site have one id, as jekyll-feed gives them, the first in path order
/// keeps it and the other gets its permalink. Of two posts with one permalink the site itself can
/// show only one: the newer, or the later by path, which generators write last. Where nobody knows
/// what makes the pages, that is an error.
pub(crate) fn identify(
    mut posts: Vec<Post>,
    _state: &State,
    is_public: &dyn Fn(&Post) -> bool,
    knows_pages: bool,
    diags: &mut Diagnostics,
) -> Vec<Post> {
    posts.sort_by(|a, b| a.path.cmp(&b.path));
    let mut ids: HashMap<String, usize> = HashMap::new();
    let shown = shown(&posts, is_public);
    let mut identified: Vec<Post> = Vec::with_capacity(posts.len());
    for mut post in posts {
        // What nobody sees cannot be in anybody's way.
        if !is_public(&post) {
            identified.push(post);
            continue;
        }
        if let Some(other) = shown
            .get(post.url.as_str())
            .filter(|path| **path != post.path)
        {
            let place = Location::file(&post.path);
            let message = format!(
                "the permalink {} is also that of {}",
                post.url,
                other.display()
            );
            let help = "give one of the two another permalink, or remove it";
            if knows_pages {
                let message = format!("{message}, which is shown there, so no feed has this post");
                diags.warning("permalink-duplicate", place, message, help);
            } else {
                diags.error("permalink-duplicate", place, message, help);
            }
            continue;
        }
        if let Some(&first) = ids.get(&post.id) {
            let message = format!(
                "the id {} is already that of {}; this post gets its permalink as id",
                post.id,
                identified[first].path.display()
            );
            diags.note("id-duplicate", Location::file(&post.path), message);
            post.id = post.url.to_string();
        }
        // A permalink that serves as an id can meet another post's own id only where an author
        // wrote that post's permalink as this one's `guid`.
        if let Some(&first) = ids.get(&post.id) {
            diags.error(
                "id-duplicate",
                Location::file(&post.path),
                format!(
                    "the id {} is already that of {}",
                    post.id,
                    identified[first].path.display()
                ),
                "correct the `guid` of one of the two",
            );
            continue;
        }
        ids.insert(post.id.clone(), identified.len());
        identified.push(post);
    }
    identified
}

/// The post that the site shows at each permalink.
fn shown(posts: &[Post], is_public: &dyn Fn(&Post) -> bool) -> HashMap<String, PathBuf> {
    let mut shown: HashMap<&str, &Post> = HashMap::with_capacity(posts.len());
    for post in posts.iter().filter(|post| is_public(post)) {
        let rank = |post: &Post| (post.published, post.path.clone());
        match shown.get(post.url.as_str()) {
            Some(other) if rank(other) > rank(post) => {}
            _ => {
                shown.insert(post.url.as_str(), post);
            }
        }
    }
    shown
        .into_iter()
        .map(|(url, post)| (url.to_owned(), post.path.clone()))
        .collect()
}
