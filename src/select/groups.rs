//! Posts by the members of a taxonomy, and what these are called in paths.

use std::collections::{BTreeMap, HashMap};

use feedwright_base::slice::Slice;
use feedwright_base::slug::{self, fold};
use feedwright_site::config::Taxonomy;
use feedwright_site::post::Post;

/// Longer slugs are cut: file systems take names of 255 bytes.
const LONGEST_SLUG: usize = 120;

/// What stands for a taxonomy in the paths of its feeds: no name of one leads elsewhere.
pub(crate) fn folder_of(taxonomy: &str) -> String {
    let slug = slug::tag(taxonomy);
    if slug.is_empty() {
        format!("taxonomy-{}", hash(taxonomy))
    } else {
        slug
    }
}

/// The posts of one tag, in order, and how often it is spelled which way.
#[derive(Default)]
pub(super) struct Group<'a> {
    pub(super) spellings: BTreeMap<&'a str, usize>,
    pub(super) posts: Vec<usize>,
}

impl Group<'_> {
    /// The spelling used most; of several, the first by alphabet.
    pub(super) fn name(&self) -> &str {
        self.spellings
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
            .map_or("", |(name, _)| name)
    }
}

/// The posts of a taxonomy by its members, whose names are folded: `order` are the indices of those
/// that feeds may take, newest first. They are those in one of the site's other languages, or else in
/// its own.
pub(super) fn groups<'a>(
    taxonomy: &Taxonomy,
    posts: &'a [Post],
    order: &[usize],
    site_language: Option<&str>,
    language: Option<&str>,
) -> BTreeMap<String, Group<'a>> {
    let mut groups: Vec<(String, Group<'a>)> = Vec::new();
    // Where the group of a name is, as it is written and how often, and as it is folded.
    let mut written: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut folded: HashMap<String, usize> = HashMap::new();
    for &post_at in order {
        let post = &posts[post_at];
        if !belongs(post, taxonomy, language) {
            continue;
        }
        let names = names(post, taxonomy, site_language);
        for name in names {
            let (at, count) = written.entry(name).or_insert_with(|| {
                let key = fold(name);
                let at = *folded.entry(key.clone()).or_insert_with(|| {
                    groups.push((key, Group::default()));
                    groups.len() - 1
                });
                (at, 0)
            });
            *count += 1;
            let group = &mut groups[*at].1;
            if group.posts.last() != Some(&post_at) {
                group.posts.push(post_at);
            }
        }
    }
    for (name, (at, count)) in written {
        groups[at].1.spellings.insert(name, count);
    }
    groups.into_iter().collect()
}

/// Whether feeds of a taxonomy take a post. A tag's subscribers get each post once, not in all its
/// translations.
fn belongs(post: &Post, taxonomy: &Taxonomy, language: Option<&str>) -> bool {
    let is_in_language = || match language {
        None => !post.translation,
        Some(_) => post.translation && post.language.as_deref() == language,
    };
    match taxonomy {
        Taxonomy::Languages => post.main && post.language.is_some(),
        Taxonomy::Sections => is_in_language(),
        Taxonomy::Tags | Taxonomy::Categories | Taxonomy::Authors | Taxonomy::Own(_) => {
            !post.apart && is_in_language()
        }
    }
}

/// The members of a taxonomy that a post names.
fn names<'a>(post: &'a Post, taxonomy: &Taxonomy, site_language: Option<&str>) -> Vec<&'a str> {
    match taxonomy {
        Taxonomy::Tags => post
            .tags
            .iter()
            .filter(|tag| !post.markers.contains(tag))
            .map(String::as_str)
            .collect(),
        Taxonomy::Categories => post.categories.iter().map(String::as_str).collect(),
        Taxonomy::Authors => post
            .authors
            .iter()
            .map(|person| person.name.as_str())
            .collect(),
        Taxonomy::Sections => vec![post.collection.as_str()],
        Taxonomy::Own(own) => post
            .terms
            .iter()
            .filter(|(taxonomy, _)| taxonomy == own)
            .flat_map(|(_, terms)| terms.iter().map(String::as_str))
            .collect(),
        Taxonomy::Languages => post
            .language
            .as_deref()
            .filter(|language| Some(*language) != site_language)
            .into_iter()
            .collect(),
    }
}

/// A slug for each group. Of groups with the same slug, the one that is spelled like it keeps
/// it; the others get a suffix hashed from their name, which depends on nothing else.
pub(super) fn slugs<'a>(groups: &'a BTreeMap<String, Group<'_>>) -> HashMap<&'a String, Slug> {
    let plain: Vec<(&String, String)> = groups.keys().map(|key| (key, slug::tag(key))).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, slug) in &plain {
        *uses.entry(slug).or_default() += 1;
    }
    plain
        .iter()
        .map(|(key, slug)| {
            let is_shared = !slug.is_empty() && uses[slug.as_str()] > 1 && slug != *key;
            let text = if slug.is_empty() {
                format!("tag-{}", hash(key))
            } else if slug.len() > LONGEST_SLUG {
                let end = slug.floor_char_boundary(LONGEST_SLUG);
                format!("{}-{}", slug.slice(..end).trim_end_matches('-'), hash(key))
            } else if is_shared {
                format!("{slug}-{}", hash(key))
            } else {
                slug.clone()
            };
            (*key, Slug { text, is_shared })
        })
        .collect()
}

/// The slug of a group.
pub(super) struct Slug {
    pub(super) text: String,
    /// Whether another group has the slug that this one would have had alone.
    pub(super) is_shared: bool,
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().slice(..8).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn slugs_do_not_collide_or_depend_on_order() {
        let names = ["c", "C++", "c!", "c?", "🦀", "🚀", "../../etc"];
        let groups: BTreeMap<String, Group<'_>> = names
            .iter()
            .map(|name| (fold(name), Group::default()))
            .collect();
        let slugs = slugs(&groups);
        let of = |name: &str| slugs[&fold(name)].text.clone();
        assert_eq!(of("c"), "c");
        assert_eq!(of("C++"), "c-plus-plus");
        assert_eq!(of("../../etc"), "etc");
        assert!(of("c!").starts_with("c-") && of("c?").starts_with("c-"));
        assert!(of("🦀").starts_with("tag-"));
        let different: BTreeSet<_> = names.iter().map(|name| of(name)).collect();
        assert_eq!(different.len(), names.len());
    }

    #[test]
    fn long_names_are_cut() {
        let groups: BTreeMap<String, Group<'_>> =
            [("日".repeat(500), Group::default())].into_iter().collect();
        let slug = slugs(&groups).into_values().next().expect("a slug").text;
        assert!(slug.len() < 140, "{}", slug.len());
    }
}
