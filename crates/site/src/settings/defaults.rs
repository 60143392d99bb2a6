//! What the generator of a site is configured to.

use std::borrow::Cow;
use std::path::PathBuf;

use feedwright_base::date::Order;
use feedwright_feed::{Format, Person};

use super::{ContentKind, Taxonomy};

/// The site in one of its languages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LanguageDefaults {
    /// The language as posts have it.
    pub tag: String,
    pub title: Option<String>,
    pub description: Option<String>,
    /// Its home page: a path below the site's own, or a URL.
    pub home: Option<String>,
}

/// Where the pages of the members of a taxonomy lie.
#[derive(Debug, Clone, PartialEq)]
pub struct TermPage {
    pub taxonomy: Taxonomy,
    /// A path on the site, in which `:name` stands for the slug of a member as Jekyll makes it.
    pub pattern: String,
}

/// A feed that the generator makes by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnFeed {
    /// Its path on the site, such as `/index.xml`.
    pub path: String,
    pub format: Format,
    /// What makes it.
    pub maker: &'static str,
    /// How it is turned off, as a request.
    pub off: String,
    /// What `content.include` has to be then, where the main feed would take less than it did.
    pub include: Option<&'static str>,
    /// Whether it is left out where a file of its path lies in the source.
    pub yields: bool,
}

impl OwnFeed {
    /// How it is turned off and no feed loses posts by that, as a request.
    pub fn off_with_include(&self) -> String {
        let off = &self.off;
        match self.include {
            Some(include) => format!(
                "{off}, and `content: {{include: [\"{include}\"]}}` in feedwright.yaml, without which the \
                 main feed has nothing but the sections with feeds of their own"
            ),
            None => off.clone(),
        }
    }
}

/// What the site's generator is configured to.
#[derive(Debug, Clone, Default)]
pub struct SiteDefaults {
    /// The file that says all this.
    pub file: Option<Cow<'static, str>>,
    /// All files that say a part of it, where they are several, the one that counts most first.
    pub files: Vec<String>,
    pub title: Option<String>,
    /// The address without the path of `base_path`.
    pub url: Option<String>,
    pub base_path: Option<String>,
    /// The setting that gives this path, where code computes it.
    pub computed_path: Option<&'static str>,
    pub description: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    pub authors: Vec<Person>,
    /// The site's address for people, for when it names no author.
    pub email: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    pub rights: Option<String>,
    pub limit: Option<usize>,
    pub content: Option<ContentKind>,
    pub future: Option<bool>,
    /// How dates such as `03/04/2021` are read.
    pub order: Option<Order>,
    /// Where the site's Atom feed is now.
    pub atom_path: Option<String>,
    /// The feeds of the whole site that the generator makes by itself.
    pub own_feeds: Vec<OwnFeed>,
    /// The folder that the generator copies to the site's root as it is.
    pub output: Option<PathBuf>,
    /// The folders whose files, but for those that it makes into pages, the generator publishes from the
    /// site's root on, by their paths in there.
    pub copied: Vec<PathBuf>,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    /// The site in each of its languages, as far as its generator says.
    pub languages: Vec<LanguageDefaults>,
    /// Where the generator has pages of tags and the like.
    pub term_pages: Vec<TermPage>,
    /// Taxonomies beside tags and categories that front matter may name.
    pub own_taxonomies: Vec<String>,
    /// Which groups of posts get feeds; tags alone when it is empty.
    pub taxonomies: Vec<Taxonomy>,
}
