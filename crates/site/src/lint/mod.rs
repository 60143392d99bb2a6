//! What deserves a look in posts that can be published.
//!
//! A lint is about what readers of the feeds get, and has a level that the site's configuration
//! can change. Some are only looked for by `feedwright check`; others are found by every run, under
//! the same code. One file for each subject; all of them are pure.

mod destinations;
mod discovery;
mod ids;
mod images;
mod levels;
mod links;
mod summary;
mod tags;
mod title;

use feedwright_base::diagnostic::{Diagnostics, Location};

use crate::config::Config;
use crate::dialect::{Metadata, Text};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::source::Source;

pub use self::discovery::lint as discovery;
pub use self::levels::{Level, Levels};
pub use self::links::{Links, Page};
pub use self::tags::Spellings;

/// One thing that can be wrong with a post, although it can be published.
pub struct Lint {
    /// The code of its diagnostics.
    pub code: &'static str,
    /// Its level where the configuration names none.
    pub level: Level,
    /// What it finds, as `feedwright schema` tells it.
    pub what: &'static str,
}

/// The codes of the lints that `check --fix` asks about.
pub const ID_UNPINNED: &str = "id-unpinned";
pub const TAG_SPELLING: &str = "tag-spelling";

/// How many problems of a kind are looked for in one post: a file from a stranger may have a
/// million, and nobody reads them.
const MOST: usize = 1_000;

/// Every lint there is.
pub const LINTS: [Lint; 18] = [
    warn(
        "title-missing",
        "The post has no title, and one is taken from its heading or file name.",
    ),
    warn(
        "title-long",
        "The title has more than 100 characters, which mail programs cut off.",
    ),
    warn(
        "title-markup",
        "The title has HTML, Markdown or entities in it, which are no text.",
    ),
    warn(
        "summary-missing",
        "The post has no summary, and the beginning of its body stands in for it.",
    ),
    warn(
        "date-file-name",
        "The date in the front matter and that of the file's name are different days.",
    ),
    warn(
        "date-disagrees",
        "Two dates in the front matter are different days.",
    ),
    warn(
        "updated-early",
        "The post was changed before it was published.",
    ),
    warn("updated-future", "The last change lies in the future."),
    warn(TAG_SPELLING, "Two tags differ only in case or separators."),
    warn(
        "link-hidden",
        "A link leads to a post that is a draft or lies in the future.",
    ),
    warn(
        "link-missing",
        "A link leads to a post of the site that does not exist.",
    ),
    warn("image-alt", "An image has no alternative text."),
    warn(
        "image-missing",
        "The post's image is neither a URL nor a file of the site.",
    ),
    Lint {
        code: "enclosure-missing",
        level: Level::Deny,
        what: "An enclosure is neither a URL nor a file of the site. A build is refused, unless \
               this is set to `warn` or `allow`: the entry then has no such enclosure.",
    },
    warn(
        "enclosure-length",
        "Nothing tells how large an enclosure is.",
    ),
    warn(
        "template-dropped",
        "Template code that only the site's generator can run is left out.",
    ),
    warn(
        "page-without-feed",
        "A page of the rendered site does not say where the site's feed is.",
    ),
    Lint {
        code: ID_UNPINNED,
        level: Level::Allow,
        what: "The post does not name the id that readers know it by; only feedwright.lock, or \
               its permalink, does.",
    },
];

const fn warn(code: &'static str, what: &'static str) -> Lint {
    Lint {
        code,
        level: Level::Warn,
        what,
    }
}

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
        &self.source.text[self.front_matter.body_start..]
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
        let before = &self.source.text[..at];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.matches('\n').count() + 1;
        Location::at(&self.post.path, line, before[start..].chars().count() + 1)
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
