//! Defines the settings of feeds: formats, paths, taxonomies and feeds of tag expressions.

use std::collections::BTreeMap;
use std::path::PathBuf;

use feedwright_feed::Format;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{PageSettings, RedirectSettings};

/// Which feeds are written, and where.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FeedSettings {
    /// The folder that the web server publishes as `/`, or that the generator copies there,
    /// relative to the site's folder.
    pub output: Option<PathBuf>,
    /// The formats that are written.
    pub formats: Option<Vec<Format>>,
    /// How many entries a feed has at most; 0 means all.
    pub limit: Option<usize>,
    /// Whether entries carry the whole post or only its summary.
    pub content: Option<ContentKind>,
    /// The paths of the site's feeds, one for each format, as in `atom: /feed.xml`.
    pub paths: PathSettings,
    /// The paths of all other feeds, with `:taxonomy` and `:slug`, one for each format, as in
    /// `rss: /:taxonomy/:slug/rss.xml`.
    pub taxonomy_paths: PathSettings,
    /// Which groups of posts get a feed for each of their members.
    pub taxonomies: Option<Vec<Taxonomy>>,
    /// The only tags, categories, authors or sections that get a feed.
    pub include: Vec<String>,
    /// The tags, categories, authors or sections that get no feed.
    pub exclude: Vec<String>,
    /// How many posts a tag, category, author or section needs for a feed, unless `include` names
    /// it.
    pub min_posts: Option<usize>,
    /// How many feeds of tags, categories, authors and sections there may be. Beyond that, those
    /// of fewest posts get none, unless they are published already.
    pub max_feeds: Option<usize>,
    /// More feeds, each of the posts that an expression over tags selects.
    pub extra: Vec<ExtraFeed>,
    /// A page for people that lists all feeds, at `/feeds/index.html`: `true`, or how it looks.
    pub page: PageSettings,
    /// Whether `/feeds/feeds.opml` lists all feeds for readers to import.
    pub opml: bool,
    /// Whether browsers that open a feed show it by a style sheet, `/feeds/feeds.css`.
    pub style: bool,
    /// Whether older posts stand in archive pages beside each feed, which it links to: RFC 5005.
    pub archive: bool,
    /// How the old addresses of feeds lead to the new ones, as after a tag was renamed: `true`, or
    /// whose server is told. It takes `state: lock`, `feeds` apart.
    pub redirects: RedirectSettings,
    /// Whether the picture of an entry is named by `media:thumbnail`, too, which some readers show alone.
    pub thumbnails: Option<bool>,
    /// The WebSub hubs that tell subscribers of changes, as `feedwright ping` tells them.
    pub hubs: Vec<String>,
    /// The namespaces of the site's own elements, by prefix, as in `gov: https://example.gov/ns/feed`:
    /// what front matter says as `gov: {docket: 12}` stands in entries as `gov:docket`.
    pub namespaces: BTreeMap<String, String>,
    /// How many bytes a feed may have. Where it would have more, its oldest entries carry their
    /// summaries only, or are left out.
    pub max_bytes: Option<usize>,
}

/// A path for each format, as a URL path from the site's root.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PathSettings {
    /// The path of RSS feeds.
    pub rss: Option<String>,
    /// The path of Atom feeds.
    pub atom: Option<String>,
    /// The path of JSON feeds.
    pub json: Option<String>,
}

impl PathSettings {
    /// Sets the paths of some formats.
    pub(crate) fn set(&mut self, paths: &BTreeMap<Format, String>) {
        for (format, path) in paths {
            let own = match format {
                Format::Rss => &mut self.rss,
                Format::Atom => &mut self.atom,
                Format::Json => &mut self.json,
            };
            *own = Some(path.clone());
        }
    }
}

/// How much of a post an entry carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ContentKind {
    /// The whole post.
    Full,
    /// The summary.
    Summary,
}

/// Groups of posts, each member of which can have its feed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Taxonomy {
    /// The posts of a tag.
    Tags,
    /// The posts of a category.
    Categories,
    /// The posts of an author.
    Authors,
    /// The posts of a section or collection.
    Sections,
    /// The posts of a language other than the site's own.
    Languages,
    /// The posts of a term of a taxonomy that the site's generator is configured to, such as
    /// `series`.
    #[serde(untagged)]
    Own(String),
}

impl Taxonomy {
    /// All of them.
    pub const ALL: [Taxonomy; 5] = [
        Taxonomy::Tags,
        Taxonomy::Categories,
        Taxonomy::Authors,
        Taxonomy::Sections,
        Taxonomy::Languages,
    ];

    /// Its name in paths and in the configuration.
    pub fn as_str(&self) -> &str {
        match self {
            Taxonomy::Tags => "tags",
            Taxonomy::Categories => "categories",
            Taxonomy::Authors => "authors",
            Taxonomy::Sections => "sections",
            Taxonomy::Languages => "languages",
            Taxonomy::Own(name) => name,
        }
    }
}

/// A feed of the posts that an expression over tags selects.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraFeed {
    /// Its place in the path, as `:slug`; `:taxonomy` is `feeds`.
    pub slug: String,
    /// Its title. By default the site's title and the expression.
    #[serde(default)]
    pub title: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub description: Option<String>,
    /// Which posts it takes, such as `cybersecurity and not (2016 or "zero trust")`.
    pub tags: String,
}
