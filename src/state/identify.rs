//! One id for each post, and one post for each permalink.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Location};
use crate::post::Post;

use super::State;

/// Gives every post the id that readers know it by.
///
/// Where two posts of a site have one id, as jekyll-feed gives them, the first in path order
/// keeps it and the other gets its permalink. Two posts with one permalink are an error: the
/// site itself can show only one of them.
pub(crate) fn identify(
    mut posts: Vec<Post>,
    _state: &State,
    is_public: &dyn Fn(&Post) -> bool,
    diags: &mut Diagnostics,
) -> Vec<Post> {
    posts.sort_by(|a, b| a.path.cmp(&b.path));
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut urls: HashMap<String, usize> = HashMap::new();
    let mut identified: Vec<Post> = Vec::with_capacity(posts.len());
    for mut post in posts {
        // What nobody sees cannot be in anybody's way.
        if !is_public(&post) {
            identified.push(post);
            continue;
        }
        if let Some(&first) = urls.get(post.url.as_str()) {
            diags.error(
                "permalink-duplicate",
                Location::file(&post.path),
                format!(
                    "the permalink {} is already that of {}",
                    post.url,
                    identified[first].path.display()
                ),
                "give one of the two another permalink, or remove it",
            );
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
        urls.insert(post.url.to_string(), identified.len());
        identified.push(post);
    }
    identified
}
