//! What front matter says of an episode, whatever the names of its keys look like.

use crate::front_matter::{FrontMatter, Value, bare};

/// The keys that may hold all that is said of an episode.
const MAPS: [&str; 4] = ["podcast", "itunes", "episode", "podcaster"];

/// The beginnings of keys that say the same.
const PREFIXES: [&str; 2] = ["itunes", "podcast"];

/// What front matter says under a key, and where.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    /// The key as it is written.
    pub(super) key: &'a str,
    pub(super) value: &'a Value,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The front matter of an episode by plain names: `itunes:episodeType`, `episode_type` and
/// `episode: {type: …}` are one.
pub(super) struct Names<'a> {
    /// What is said in one of [`MAPS`] or behind one of [`PREFIXES`], which is surely meant.
    own: Vec<(String, Said<'a>)>,
    /// What is said under a name that may mean something else elsewhere.
    all: Vec<(String, Said<'a>)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(front_matter: &'a FrontMatter) -> Self {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        for field in &front_matter.fields {
            let name = bare(&field.key);
            let said = |key, value| Said {
                key,
                value,
                line: field.line,
                column: field.column,
            };
            if MAPS.contains(&&*name) {
                let inner = field.value.entries().iter();
                own.extend(inner.map(|(key, value)| (bare(key), said(key, value))));
            }
            let prefixes = PREFIXES.iter();
            let mut rests = prefixes.filter_map(|prefix| name.strip_prefix(prefix));
            if let Some(rest) = rests.find(|rest| !rest.is_empty()) {
                own.push((rest.to_owned(), said(&field.key, &field.value)));
            }
            all.push((name, said(&field.key, &field.value)));
        }
        Names { own, all }
    }

    /// What is surely said of the episode, under the first of these names.
    pub(super) fn own(&self, names: &[&str]) -> Option<Said<'a>> {
        find(&self.own, names)
    }

    /// What is said under the first of these names.
    pub(super) fn any(&self, names: &[&str]) -> Option<Said<'a>> {
        find(&self.own, names).or_else(|| find(&self.all, names))
    }
}

/// The last value of the first of the names that has one.
fn find<'a>(all: &[(String, Said<'a>)], names: &[&str]) -> Option<Said<'a>> {
    names.iter().find_map(|name| {
        let mut known = all.iter().rev();
        let (_, said) = known.find(|(key, said)| key == name && *said.value != Value::Null)?;
        Some(*said)
    })
}
