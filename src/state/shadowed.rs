//! One post for each permalink: the site can show no more there.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_site::post::Post;

use super::identify::Site;

/// Leaves out posts at whose permalink the site shows another one; their files are the second part.
pub(super) fn one_per_permalink(
    posts: Vec<Post>,
    site: &Site<'_>,
    diags: &mut Diagnostics,
) -> (Vec<Post>, HashSet<PathBuf>) {
    let hidden = hidden_by_others(&posts, site.is_public);
    if hidden.is_empty() {
        return (posts, HashSet::new());
    }
    let mut left: Vec<Post> = Vec::with_capacity(posts.len());
    let mut shadowed = HashSet::new();
    for (at, post) in posts.into_iter().enumerate() {
        let Some(other) = hidden.get(&at) else {
            left.push(post);
            continue;
        };
        let place = Location::file(&post.path);
        let message = format!(
            "the permalink {} is also that of {}",
            post.url,
            other.display()
        );
        let help = "give one of the two another permalink, or remove it";
        if site.knows_pages {
            let message = format!("{message}, which is shown there, so no feed has this post");
            diags.warning("permalink-duplicate", place, message, help);
        } else {
            diags.error("permalink-duplicate", place, message, help);
        }
        shadowed.insert(post.path);
    }
    (left, shadowed)
}

/// The posts, by index, at whose permalink the site shows another one, with the path of that. What
/// nobody sees is in nobody's way.
fn hidden_by_others(posts: &[Post], is_public: &dyn Fn(&Post) -> bool) -> HashMap<usize, PathBuf> {
    let mut shown: HashMap<&str, usize> = HashMap::with_capacity(posts.len());
    let mut hidden: Vec<usize> = Vec::new();
    let public = posts.iter().enumerate().filter(|(_, post)| is_public(post));
    for (at, post) in public {
        let rank = |at: usize| (posts[at].published, &posts[at].path);
        let other = shown.entry(post.url.as_str()).or_insert(at);
        if *other == at {
            continue;
        }
        if rank(*other) > rank(at) {
            hidden.push(at);
        } else {
            hidden.push(std::mem::replace(other, at));
        }
    }
    let shown_at = |at: usize| shown.get(posts[at].url.as_str()).copied();
    hidden
        .into_iter()
        .filter_map(|at| Some((at, posts[shown_at(at)?].path.clone())))
        .collect()
}
