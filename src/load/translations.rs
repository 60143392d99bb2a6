//! Finds out which posts are one text in several languages.

use std::collections::{BTreeMap, HashMap};

use feedwright_base::language;
use feedwright_feed::Translation;
use feedwright_site::config::Config;
use feedwright_site::post::Post;

/// Gives posts that are one text in several languages their translations, by what they have in
/// common. Of those that nobody may see yet, none is named. Where two posts would be the same text
/// in the same language, neither is named: nobody knows which it is.
pub(super) fn connect(posts: &mut [Post], config: &Config) {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, post) in posts.iter().enumerate() {
        if let Some(key) = &post.translation_key
            && post.is_public(config)
        {
            groups.entry(key).or_default().push(at);
        }
    }
    let groups: Vec<(Vec<usize>, Vec<Translation>)> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .map(|group| {
            let translations = translations(&group, posts, config);
            (group, translations)
        })
        .filter(|(_, translations)| translations.len() > 1)
        .collect();
    for (group, translations) in groups {
        for at in group {
            let post = &mut posts[at];
            if translations.iter().any(|own| own.url == post.url) {
                post.translations.clone_from(&translations);
            }
        }
    }
}

/// The posts of a group by their languages, each of which has one.
fn translations(group: &[usize], posts: &[Post], config: &Config) -> Vec<Translation> {
    let mut languages: BTreeMap<&str, Vec<&Post>> = BTreeMap::new();
    for post in group.iter().map(|&at| &posts[at]) {
        let language = post.language.as_deref().or(config.language());
        if let Some(language) = language.filter(|tag| language::is_tag(tag)) {
            languages.entry(language).or_default().push(post);
        }
    }
    let alone = languages.into_iter().filter_map(|(language, posts)| {
        let [post] = posts.as_slice() else {
            return None;
        };
        Some(Translation {
            language: language.to_owned(),
            url: post.url.clone(),
        })
    });
    alone.collect()
}
