//! Tags in one spelling.

use std::collections::HashMap;

use feedwright_base::slice::Slice;
use feedwright_base::text::plain;
use feedwright_site::front_matter::Word;
use feedwright_site::lint::{Level, TAG_SPELLING};

use super::{Edit, File, Mending, escaped, quoted};

/// How many tags of a post are tried one by one, where all at once cannot be written.
const MOST: usize = 20;

/// All tags at once that others spell in a better way.
pub(super) fn all(file: &File, mending: &Mending<'_>) -> Vec<Edit> {
    let tags = misspelled(file, mending);
    match tags.as_slice() {
        [] => Vec::new(),
        [(tag, better), ..] => {
            let left = (tags.len() > MOST).then(|| {
                format!(
                    "{} tags, `{tag}` to `{better}` among them, cannot be written in one spelling \
                     without changing more than that",
                    tags.len()
                )
            });
            vec![edit(&tags, left, file, mending)]
        }
    }
}

/// The same, one by one.
pub(super) fn each(file: &File, mending: &Mending<'_>) -> Vec<Edit> {
    let tags = misspelled(file, mending);
    if tags.len() > MOST {
        return Vec::new();
    }
    let edits = tags.iter().map(|(tag, better)| {
        let left = if file.post.tags.iter().any(|own| own == better) {
            format!("the post has the tag `{tag}` beside `{better}`; one of them is too many")
        } else {
            format!(
                "the tag `{tag}` cannot be written as `{better}` without changing more than that"
            )
        };
        edit(&[(tag, better)], Some(left), file, mending)
    });
    edits.collect()
}

/// A post's tags that should be written otherwise, and how.
fn misspelled<'a>(file: &'a File, mending: &'a Mending<'_>) -> Vec<(&'a str, &'a str)> {
    let post = &file.post;
    // Who allows several spellings wants them.
    let is_allowed = mending.config.lints.of(TAG_SPELLING) == Some(Level::Allow);
    let tags = post.tags.iter();
    let tags = tags.filter(|tag| !is_allowed && !post.markers.contains(tag));
    tags.filter_map(|tag| Some((tag.as_str(), mending.spellings.better(tag)?)))
        .collect()
}

fn edit(tags: &[(&str, &str)], left: Option<String>, file: &File, mending: &Mending<'_>) -> Edit {
    let front_matter = &file.front_matter;
    let better: HashMap<&str, &str> = tags.iter().copied().collect();
    let mut meant = file.post.clone();
    for tag in &mut meant.tags {
        if let Some(better) = better.get(tag.as_str()) {
            *tag = (*better).to_owned();
        }
    }
    let words = front_matter.words(&file.source.text, &mending.config.content.names.tags);
    let mut found: Vec<(&Word, &str)> = words
        .iter()
        .filter_map(|word| Some((word, *better.get(plain(&word.text).as_str())?)))
        .collect();
    found.sort_by_key(|(word, _)| word.range.start);
    found.dedup_by(|(after, _), (before, _)| after.range.start < before.range.end);
    let with = |new: &dyn Fn(&Word, &str) -> String| {
        let parts = found.iter();
        let parts = parts.map(|(word, better)| (word.range.clone(), new(word, better)));
        file.with(&parts.collect::<Vec<_>>())
    };
    let texts = match found.first() {
        None => Vec::new(),
        Some(_) => vec![
            with(&|word, better| escaped(better, word, front_matter.format)),
            with(&|_, better| quoted(better)),
        ],
    };
    Edit {
        key: found
            .first()
            .map_or_else(String::new, |(word, _)| key(file, word.range.start)),
        texts,
        meant,
        left,
    }
}

/// The key whose value has a place. Tags under several keys are left, because they are more than
/// one value.
fn key(file: &File, at: usize) -> String {
    let before = file.source.text.slice(..at);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.slice(start..).chars().count() + 1;
    let place = (before.matches('\n').count() + 1, column);
    let fields = file.front_matter.fields.iter();
    let before = fields.filter(|field| (field.line, field.column) <= place);
    let key = before.max_by_key(|field| (field.line, field.column));
    key.map_or_else(String::new, |field| field.key.clone())
}
