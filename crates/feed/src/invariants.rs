//! What must hold of every entry and of every feed before they are published, in the neutral model:
//! the rules that emitters cannot break by themselves.
//!
//! A breach here is feedwright's own mistake, never the author's. An entry that has one is held and
//! its post named, like any that is broken; a feed that has one stops the run. That the bytes keep
//! all rules is what `build --verify` looks at.

use std::borrow::Cow;
use std::collections::HashSet;

use feedwright_base::text::clean;
use feedwright_base::{chars, language, media_type};

use crate::{Entry, Feed, Format, Translation, is_id};

/// Checks one entry, once for all feeds that hold it. `Err` says what is wrong.
pub fn entry(entry: &Entry) -> Result<(), String> {
    let fail = |what: &str| Err(format!("its entry {what}"));
    let aliases = Format::ALL.iter().map(|format| entry.aliases.get(*format));
    if !is_id(&entry.id) || !aliases.flatten().all(is_id) {
        return fail("has no usable id");
    }
    if !matches!(entry.url.scheme(), "http" | "https") {
        return fail("has no address on the web");
    }
    if entry.title.trim().is_empty() {
        return fail("has no title");
    }
    if entry.authors.is_empty() || entry.authors.iter().any(|author| author.name.is_empty()) {
        return fail("has no author");
    }
    if entry.updated < entry.published {
        return fail("was updated before it was published");
    }
    if entry.tags.iter().any(|tag| tag.trim().is_empty()) {
        return fail("has an empty tag");
    }
    if !entry.language.as_deref().is_none_or(language::is_tag) {
        return fail("has no usable language");
    }
    if !are_languages(&entry.translations) {
        return fail("has a translation without a usable language, or two in one");
    }
    let is_typed = |kind: &str| media_type::is_media_type(kind);
    if !entry
        .attachments
        .iter()
        .all(|file| is_typed(&file.media_type))
    {
        return fail("has an attachment without a media type");
    }
    let texts = [&entry.title]
        .into_iter()
        .chain(&entry.tags)
        .chain(&entry.summary)
        .map(String::as_str)
        .chain(entry.authors.iter().map(|author| author.name.as_str()))
        .chain(entry.content.iter().map(|content| content.as_str()));
    // What needs no cleaning is legal, and that is sooner seen.
    for text in texts.filter(|text| matches!(clean(text), Cow::Owned(_))) {
        if let Some((_, char)) = chars::illegal(text) {
            return fail(&format!("has U+{:04X} in it", u32::from(char)));
        }
    }
    Ok(())
}

/// Whether translations have usable languages, and no two of them the same.
fn are_languages(translations: &[Translation]) -> bool {
    let mut seen = HashSet::new();
    translations
        .iter()
        .all(|one| language::is_tag(&one.language) && seen.insert(&*one.language))
}

/// Checks how one feed is built, of entries that are right. `Err` says what is wrong.
pub fn feed(feed: &Feed) -> Result<(), String> {
    if feed.title.is_empty() || feed.description.is_empty() {
        return Err("it has no title or no description".to_owned());
    }
    if !is_id(&feed.id) {
        return Err("it has no usable id".to_owned());
    }
    if !are_languages(&feed.translations) {
        return Err("it has a translation without a usable language, or two in one".to_owned());
    }
    let mut ids = HashSet::new();
    for (at, entry) in feed.entries.iter().enumerate() {
        let fail = |what: &str| Err(format!("the entry {} {what}", entry.url));
        if !ids.insert(&entry.id) {
            return fail("has the id of another one");
        }
        let before = at.checked_sub(1).and_then(|at| feed.entries.get(at));
        if before.is_some_and(|before| before.published < entry.published) {
            return fail("is out of order");
        }
        if feed.updated < entry.updated {
            return fail("is newer than its feed");
        }
    }
    Ok(())
}
