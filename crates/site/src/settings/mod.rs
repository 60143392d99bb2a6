//! `feedwright.yaml` as it is written: every key optional, unknown keys refused.
//!
//! The doc comments are what `feedwright schema` prints and what editors show.

mod defaults;
pub mod lints;

use std::collections::BTreeMap;
use std::path::PathBuf;

use feedwright_base::date::Order;
use feedwright_feed::Format;
use schemars::JsonSchema;
use serde::Deserialize;

use self::lints::Levels;

pub use self::defaults::SiteDefaults;

/// The configuration of feedwright.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "feedwright.yaml")]
pub struct Settings {
    /// The site. What is missing here is taken from the site generator's own configuration.
    pub site: SiteSettings,
    /// Where the posts are and how they are written.
    pub content: ContentSettings,
    /// Which feeds are written, and where.
    pub feeds: FeedSettings,
    /// How dates are read.
    pub dates: DateSettings,
    /// What stops a run before subscribers are sent old posts again.
    pub guard: GuardSettings,
    /// Where it is kept what subscribers have been promised: ids, and dates that posts do not
    /// give themselves.
    pub state: StateKind,
    /// How much it matters what `feedwright check` looks for in posts. What is allowed is said by
    /// no command, and what is denied is an error of `feedwright check`.
    pub lints: Levels,
}

/// Where it is kept what subscribers have been promised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StateKind {
    /// In `feedwright.lock` in the site's folder, to be committed.
    #[default]
    Lock,
    /// In the feeds now published, which `--published DIR` names: for jobs that cannot commit.
    Published,
    /// Nowhere: ids follow from front matter and permalinks alone.
    None,
}

/// The site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SiteSettings {
    /// The site's name; the title of its feed.
    pub title: Option<String>,
    /// The address that the site is published at, with the path it lies under, such as
    /// `https://www.example.gov` or `https://example.gov/blog`.
    pub url: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The language of the posts as a BCP 47 tag, such as `en-US`.
    pub language: Option<String>,
    /// The zone of dates that name none, by its IANA name, such as `America/New_York`.
    pub timezone: Option<String>,
    /// The authors of posts that name none.
    pub authors: Option<Vec<PersonSettings>>,
    /// A small square image, as a path on the site or a URL.
    pub icon: Option<String>,
    /// A larger image, as a path on the site or a URL.
    pub logo: Option<String>,
    /// The copyright notice.
    pub rights: Option<String>,
}

/// A person or an organization: a name, or a map with more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PersonSettings {
    /// A name.
    Name(String),
    /// A name with an address.
    Full(FullPerson),
}

/// A person with addresses.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullPerson {
    /// The name.
    pub name: String,
    /// An e-mail address. It is published in the feeds.
    #[serde(default)]
    pub email: Option<String>,
    /// A page about the person.
    #[serde(default)]
    pub url: Option<String>,
}

/// Where the posts are and how they are written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContentSettings {
    /// The folders that hold the posts, relative to the site's folder. By default those of the
    /// site's generator.
    pub folders: Option<Vec<PathBuf>>,
    /// Whose rules the posts are written by.
    pub dialect: DialectName,
    /// Files that are left out, as globs relative to the site's folder: `drafts/**`, `*.txt`.
    pub ignore: Vec<String>,
    /// Which posts the site's main feed takes, as globs relative to the site's folder:
    /// `content/blog/**`. By default those that the site's generator shows as its posts.
    pub include: Option<Vec<String>>,
    /// The pattern of permalinks, such as `/:year/:month/:day/:title/`, for posts that name none.
    pub permalink: Option<String>,
    /// Whether drafts are published.
    pub drafts: Option<bool>,
    /// Whether posts are published before their date.
    pub future: Option<bool>,
    /// Whether straight quotes, `--` and `...` become typographic. By default as the site's
    /// generator does it.
    pub smart_punctuation: Option<bool>,
    /// The folder that the site's generator writes the site to, such as `_site` or `public`,
    /// relative to the site's folder. Each post's HTML is taken from its page there.
    pub rendered: Option<PathBuf>,
    /// The CSS selector of the article in those pages, such as `.post-content`. By default it is
    /// found by itself.
    pub selector: Option<String>,
    /// Which front-matter keys mean what, in order of precedence.
    pub fields: FieldSettings,
}

/// Whose rules posts are written by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DialectName {
    /// Found out from the site's files.
    #[default]
    Auto,
    /// Astro's content collections.
    Astro,
    /// The blog of Docusaurus.
    Docusaurus,
    /// Eleventy.
    Eleventy,
    /// Hexo.
    Hexo,
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Pelican.
    Pelican,
    /// Zola.
    Zola,
    /// Any folder of Markdown files.
    Plain,
}

/// One key or several, in order of precedence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Keys {
    /// One key.
    One(String),
    /// Several keys; the first that a post has counts.
    Several(Vec<String>),
}

impl Keys {
    pub fn into_vec(self) -> Vec<String> {
        match self {
            Keys::One(key) => vec![key],
            Keys::Several(keys) => keys,
        }
    }
}

/// Which front-matter keys mean what.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FieldSettings {
    /// The title.
    pub title: Option<Keys>,
    /// When the post was published.
    pub published: Option<Keys>,
    /// When the post last changed in a way that readers should know of.
    pub updated: Option<Keys>,
    /// The tags.
    pub tags: Option<Keys>,
    /// The categories.
    pub categories: Option<Keys>,
    /// The authors.
    pub authors: Option<Keys>,
    /// The summary, in plain text.
    pub summary: Option<Keys>,
    /// The image.
    pub image: Option<Keys>,
    /// Attached files, such as the audio of a podcast.
    pub enclosure: Option<Keys>,
    /// The language of the post.
    pub language: Option<Keys>,
    /// The last part of the permalink.
    pub slug: Option<Keys>,
    /// The permalink.
    pub permalink: Option<Keys>,
    /// The id that feed readers know the post by.
    pub id: Option<Keys>,
    /// Whether the post is a draft.
    pub draft: Option<Keys>,
}

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
    /// The WebSub hubs that tell subscribers of changes, as `feedwright ping` tells them.
    pub hubs: Vec<String>,
    /// How many bytes a feed may have. Where it would have more, its oldest entries carry their
    /// summaries only, or are left out.
    pub max_bytes: Option<usize>,
}

/// Whether old addresses of feeds lead to new ones, or how.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RedirectSettings {
    /// Whether they do: by `_redirects` where the site has the configuration of Netlify or
    /// Cloudflare, else by the old feeds themselves.
    Is(bool),
    /// In this way.
    By(RedirectKind),
}

impl Default for RedirectSettings {
    fn default() -> Self {
        RedirectSettings::Is(false)
    }
}

/// How old addresses of feeds lead to new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RedirectKind {
    /// By `/_redirects`, which Netlify, Cloudflare Pages and GitLab Pages read.
    Netlify,
    /// By `/feeds/redirects.conf`, which nginx includes.
    Nginx,
    /// By `/.htaccess`, which Apache reads.
    Apache,
    /// By the old feeds: each stays as it was published and names its successor.
    Feeds,
}

/// Whether there is a page for people, or how it looks.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PageSettings {
    /// Whether there is one.
    Is(bool),
    /// One that looks like this.
    Looks(PageLooks),
}

impl Default for PageSettings {
    fn default() -> Self {
        PageSettings::Is(false)
    }
}

/// How the page for people looks.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageLooks {
    /// Its title. By default “Follow” and the site's title.
    pub title: Option<String>,
    /// What stands below it. By default the site's description.
    pub description: Option<String>,
    /// A small square image, as a path on the site or a URL. By default the site's icon.
    pub icon: Option<String>,
    /// The color of links and marks on white, such as `#005ea2`.
    pub color: Option<String>,
    /// The same on black, for people who set their devices to dark, such as `#73b3e7`.
    pub dark_color: Option<String>,
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
    pub(super) fn set(&mut self, paths: &BTreeMap<Format, String>) {
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

/// How dates are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DateSettings {
    /// How dates such as `03/04/2021` are read. Without it they are refused.
    pub order: Option<Order>,
    /// Where the time of a post's last change is taken from when the post does not say it.
    pub updated: UpdatedFrom,
}

/// Where the time of a last change is taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UpdatedFrom {
    /// From the state: the run that first saw the change.
    #[default]
    State,
    /// From Git: the last commit that touched the file.
    Git,
}

/// What stops a run before subscribers are sent old posts again. Feeds are compared with those
/// that are published; more than so many posts of a kind stop the run with exit code 3.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GuardSettings {
    /// How many published posts may come under another id. By default none.
    pub max_resent: Option<usize>,
    /// How many old posts that nobody touched may enter a feed. By default none.
    pub max_resurfaced: Option<usize>,
    /// How many published posts may change at once. By default 5.
    pub max_changed: Option<usize>,
}

/// The JSON Schema of `feedwright.yaml` (draft 2020-12).
pub fn schema() -> String {
    let schema = schemars::schema_for!(Settings);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
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
