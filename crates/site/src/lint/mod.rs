//! What deserves a look in posts that can be published.
//!
//! A lint is about what readers of the feeds get, and has a level that the site's configuration
//! can change. Some are only looked for by `feedwright check`; others are found by every run, under
//! the same code. One file for each subject; all of them are pure.

mod copied;
mod destinations;
mod discovery;
mod ids;
mod images;
mod links;
mod summary;
mod tags;
mod title;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;

use crate::config::Config;
use crate::dialect::{Metadata, Text};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::source::Source;

pub use self::copied::{copied, lint as copied_files};
pub use self::discovery::lint as discovery;
pub use self::images::moved as moved_images;
pub use self::links::{Links, Page};
pub use self::tags::Spellings;
pub use crate::settings::lints::{ID_UNPINNED, LINTS, Level, Levels, Lint, TAG_SPELLING};

/// How many problems of a kind are looked for in one post: a file from a stranger may have a
/// million, and nobody reads them.
const MOST: usize = 1_000;

/// A post with all that its file says.
pub struct Subject<'a> {
    pub post: &'a Post,
    pub source: &'a Source,
    pub front_matter: &'a FrontMatter,
    pub metadata: &'a Metadata,
    pub config: &'a Config,
}

impl Subject<'_> {
    /// The text of the post without its front matter.
    pub fn body(&self) -> &str {
        self.source.text.slice(self.front_matter.body_start..)
    }

    /// Where the front matter begins: what it lacks has no better place.
    fn front(&self) -> Location {
        Location::at(&self.post.path, 1, 1)
    }

    fn file(&self) -> Location {
        Location::file(&self.post.path)
    }

    fn at(&self, text: &Text) -> Location {
        Location::at(&self.post.path, text.line, text.column)
    }

    /// The line and column of a place in the body.
    fn in_body(&self, at: usize) -> Location {
        self.in_text(self.front_matter.body_start + at)
    }

    /// The line and column of a place in the file.
    fn in_text(&self, at: usize) -> Location {
        let before = self.source.text.slice(..at);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.matches('\n').count() + 1;
        Location::at(
            &self.post.path,
            line,
            before.slice(start..).chars().count() + 1,
        )
    }
}

/// Looks at what a post's front matter says, drafts included.
pub fn metadata(subject: &Subject<'_>, spellings: &Spellings, diags: &mut Diagnostics) {
    title::lint(subject, diags);
    summary::lint(subject, diags);
    tags::lint(subject, spellings, diags);
    ids::lint(subject, diags);
}

/// Looks at what readers get of a public post's body.
pub fn body(subject: &Subject<'_>, html: &str, links: &Links<'_>, diags: &mut Diagnostics) {
    links::lint(subject, html, links, diags);
    images::lint(subject, html, diags);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_stands_in_the_documents() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
        let text = std::fs::read_to_string(path).expect("the documents");
        for lint in &LINTS {
            let row = format!("| `{}` |", lint.code);
            let row = text.lines().find(|line| line.starts_with(&row));
            let row = row.unwrap_or_else(|| panic!("{} is not documented", lint.code));
            assert!(
                row.ends_with(&format!("| `{}` |", lint.level.as_str())),
                "{row}"
            );
        }
    }
}
