//! What must hold of every feed before it is published.
//!
//! A breach here is feedwright's own mistake, never the author's: it stops the run and says so.

use std::collections::HashSet;

use crate::feed::Feed;

/// Checks one feed. `Err` says what is wrong with which entry.
pub(crate) fn feed(feed: &Feed) -> Result<(), String> {
    let mut ids = HashSet::new();
    if feed.title.is_empty() || feed.description.is_empty() {
        return Err("it has no title or no description".to_owned());
    }
    for (at, entry) in feed.entries.iter().enumerate() {
        let fail = |what: &str| Err(format!("the entry {} {what}", entry.url));
        if entry.id.is_empty() || entry.id.contains(char::is_whitespace) {
            return fail("has no usable id");
        }
        if !ids.insert(&entry.id) {
            return fail("has the id of another one");
        }
        if entry.title.is_empty() {
            return fail("has no title");
        }
        if entry.authors.is_empty() || entry.authors.iter().any(|author| author.name.is_empty()) {
            return fail("has no author");
        }
        if entry.updated < entry.published {
            return fail("was updated before it was published");
        }
        if at > 0 && feed.entries[at - 1].published < entry.published {
            return fail("is out of order");
        }
        if feed.updated < entry.updated {
            return fail("is newer than its feed");
        }
    }
    Ok(())
}
