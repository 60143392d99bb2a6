//! Tags that are spelled in several ways.

use std::collections::{BTreeMap, HashMap};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slug::fold;
use feedwright_base::text::{plain, plural};

use crate::config::Config;
use crate::post::Post;

use super::{MOST, Subject, TAG_SPELLING};

/// The spellings of tags that have more than one.
#[derive(Debug, Default)]
pub struct Spellings {
    /// How a tag should be written and how many posts write it so, by each other spelling.
    better: HashMap<String, (String, usize)>,
}

impl Spellings {
    /// Tags that differ only in case or separators are one feed, which is called by the spelling
    /// that public posts use most; of several, by the first in the alphabet. That one is right.
    pub fn of(posts: &[Post], config: &Config) -> Self {
        let mut groups: BTreeMap<String, BTreeMap<&str, (usize, usize)>> = BTreeMap::new();
        let mut folded: HashMap<&str, String> = HashMap::new();
        for post in posts {
            let is_public = post.is_public(config);
            for tag in post.tags.iter().filter(|tag| !post.markers.contains(tag)) {
                let key = folded.entry(tag).or_insert_with(|| fold(tag));
                let count = groups.entry(key.clone()).or_default();
                let count = count.entry(tag).or_default();
                *count = (count.0 + usize::from(is_public), count.1 + 1);
            }
        }
        let mut better = HashMap::new();
        for group in groups.values().filter(|group| group.len() > 1) {
            // Of equal ones, `max_by_key` takes the last.
            let Some((best, (_, uses))) = group.iter().rev().max_by_key(|(_, uses)| **uses) else {
                continue;
            };
            for tag in group.keys().filter(|tag| *tag != best) {
                better.insert((*tag).to_owned(), ((*best).to_owned(), *uses));
            }
        }
        Spellings { better }
    }

    /// How a tag should be written, where it is written otherwise.
    pub fn better(&self, tag: &str) -> Option<&str> {
        self.better.get(tag).map(|(better, _)| better.as_str())
    }
}

pub(super) fn lint(subject: &Subject<'_>, spellings: &Spellings, diags: &mut Diagnostics) {
    let mut places: Option<HashMap<String, usize>> = None;
    let tags = subject.post.tags.iter();
    let found = tags.filter_map(|tag| Some((tag, spellings.better.get(tag)?)));
    for (tag, (better, uses)) in found.take(MOST) {
        let places = places.get_or_insert_with(|| places_of(subject));
        let place = places.get(tag.as_str());
        diags.warning(
            TAG_SPELLING,
            place.map_or_else(|| subject.tags(), |at| subject.in_text(*at)),
            format!(
                "the tag `{tag}` is `{better}` in {}; to subscribers they are one",
                plural(*uses, "post")
            ),
            format!("write it as `{better}`, or run `feedwright check --fix`"),
        );
    }
}

/// Where each tag is first written.
fn places_of(subject: &Subject<'_>) -> HashMap<String, usize> {
    let names = &subject.config.content.names.tags;
    let words = subject.front_matter.words(&subject.source.text, names);
    let words = words.into_iter().rev();
    words
        .map(|word| (plain(&word.text), word.range.start))
        .collect()
}

impl Subject<'_> {
    /// Where the tags begin; the file where that is not said.
    fn tags(&self) -> Location {
        let mut names = self.config.content.names.tags.iter();
        let field = names.find_map(|name| self.front_matter.get(name));
        field.map_or_else(
            || self.file(),
            |field| Location::at(&self.post.path, field.line, field.column),
        )
    }
}
