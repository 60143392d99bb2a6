//! Defines the settings of content: where posts are, and which keys of front matter mean what.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

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
    /// By whose rule a post without a summary of its own gets one of its text.
    pub summary: SummarySource,
    /// Where the picture of a post is taken from.
    pub image: ImageSource,
    /// The folder that the site's generator writes the site to, such as `_site` or `public`,
    /// relative to the site's folder. Each post's HTML is taken from its page there.
    pub rendered: Option<PathBuf>,
    /// The CSS selector of the article in those pages, such as `.post-content`. By default it is
    /// found by itself.
    pub selector: Option<String>,
    /// Which front-matter keys mean what, in order of precedence.
    pub fields: FieldSettings,
}

/// By whose rule a summary is taken from a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SummarySource {
    /// What stands before the mark that ends a summary, else the first paragraph.
    #[default]
    Paragraph,
    /// What the site's generator calls the excerpt or summary.
    Generator,
}

/// Where the picture of a post is taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ImageSource {
    /// Front matter alone.
    #[default]
    FrontMatter,
    /// Front matter, and the first picture of the text where that names none.
    Body,
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
    /// Records: one JSON object a post, a line each.
    Jsonl,
    /// The blogs of MkDocs with the theme Material, and of Zensical.
    MkDocs,
    /// Pelican.
    Pelican,
    /// VitePress.
    VitePress,
    /// Zola.
    Zola,
    /// The pages that any generator wrote.
    Html,
    /// Any folder of Markdown files.
    Plain,
}

impl DialectName {
    /// The name as the configuration has it.
    pub fn as_str(self) -> &'static str {
        match self {
            DialectName::Auto => "auto",
            DialectName::Astro => "astro",
            DialectName::Docusaurus => "docusaurus",
            DialectName::Eleventy => "eleventy",
            DialectName::Hexo => "hexo",
            DialectName::Hugo => "hugo",
            DialectName::Jekyll => "jekyll",
            DialectName::Jsonl => "jsonl",
            DialectName::MkDocs => "mkdocs",
            DialectName::Pelican => "pelican",
            DialectName::VitePress => "vitepress",
            DialectName::Zola => "zola",
            DialectName::Html => "html",
            DialectName::Plain => "plain",
        }
    }
}

/// One key or several, in order of precedence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a value has to be a key or a list of keys")]
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
