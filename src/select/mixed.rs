//! Looks whether the site's own feed has one post in several languages.

use std::collections::{BTreeSet, HashMap};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::text::first_of;
use feedwright_site::config::Config;
use feedwright_site::post::Post;

use super::Selection;

/// How many languages a message names.
const NAMED: usize = 5;

/// Warns where subscribers of the site's own feed get each post once for every language.
pub(super) fn name_translations(
    own: &Selection,
    posts: &[Post],
    config: &Config,
    diags: &mut Diagnostics,
) {
    let language = |post: &Post| {
        let of_post = post.language.as_deref().or(config.language());
        of_post.map(str::to_ascii_lowercase)
    };
    let mut first: HashMap<&str, &Post> = HashMap::new();
    let mut languages = BTreeSet::new();
    for post in own.posts.iter().map(|&at| &posts[at]) {
        let Some(key) = &post.translation_key else {
            continue;
        };
        let other = *first.entry(key).or_insert(post);
        if let (Some(a), Some(b)) = (language(other), language(post))
            && a != b
        {
            languages.extend([a, b]);
        }
    }
    if !languages.is_empty() {
        diags.warning(
            "feed-languages",
            config.written.place("feeds.taxonomies"),
            format!(
                "the site's own feed has the same posts in several languages ({})",
                first_of(languages.into_iter(), NAMED)
            ),
            "`feeds.taxonomies: [tags, languages]` and `site.language` give each language a feed of its \
             own",
        );
    }
}
