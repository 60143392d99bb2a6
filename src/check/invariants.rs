//! What must hold of every feed before it is published.
//!
//! A breach here is feedwright's own mistake, never the author's: it stops the run and says so.

use std::collections::HashSet;

use crate::feed::{Feed, Format};
use crate::text::clean;

/// Whether a text can be an id in every format: it says something, on one line, and XML allows its
/// characters. Ids of other programs may have blanks in them.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.trim() == id && !id.contains(char::is_control) && clean(id) == id
}

/// Checks one feed. `Err` says what is wrong with which entry.
pub(crate) fn feed(feed: &Feed) -> Result<(), String> {
    let mut ids = HashSet::new();
    if feed.title.is_empty() || feed.description.is_empty() {
        return Err("it has no title or no description".to_owned());
    }
    for (at, entry) in feed.entries.iter().enumerate() {
        let fail = |what: &str| Err(format!("the entry {} {what}", entry.url));
        if !is_id(&entry.id)
            || Format::ALL
                .iter()
                .any(|f| !entry.aliases.get(*f).is_none_or(is_id))
        {
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
