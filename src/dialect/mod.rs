//! Whose rules a site's posts are written by.
//!
//! A dialect knows which files are posts, what their front matter means, where the generator
//! publishes them and what its own feed called them. It turns [`FrontMatter`] into [`Metadata`];
//! everything after that is the same for all.

mod fields;
mod jekyll;
mod plain;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::config::{DialectName, SiteDefaults};
use crate::date::Zone;
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::feed::Person;
use crate::front_matter::FrontMatter;
use crate::source::Kind;

pub(crate) use self::fields::Names;

/// What a dialect makes of a post's front matter and file name: common names, nothing checked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<Text>,
    /// The title that the generator makes up where there is none.
    pub(crate) made_up_title: Option<String>,
    /// The dates that the post could be published at; the first counts, the others are compared.
    pub(crate) published: Vec<DateText>,
    pub(crate) updated: Option<DateText>,
    pub(crate) tags: Vec<String>,
    pub(crate) categories: Vec<String>,
    /// The categories as the permalink has them, where the generator reads them otherwise.
    pub(crate) path_categories: Vec<String>,
    /// Tags and categories that are written but have no text.
    pub(crate) nameless: Vec<String>,
    pub(crate) authors: Vec<Person>,
    pub(crate) summary: Option<String>,
    pub(crate) image: Option<Text>,
    pub(crate) enclosures: Vec<EnclosureText>,
    pub(crate) language: Option<Text>,
    /// The slug from front matter or file name.
    pub(crate) slug: String,
    /// A permalink of this post alone; it may contain placeholders.
    pub(crate) permalink: Option<Text>,
    pub(crate) id: Option<Text>,
    pub(crate) draft: bool,
    /// The collection or section, `posts` in most sites.
    pub(crate) collection: String,
}

/// A text with its place in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// From 1; 0 when it does not stand in the file, as with a default.
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A date as written, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateText {
    pub(crate) text: Text,
    /// What it is called in messages: `date`, `display-date`, `the file name`.
    pub(crate) origin: String,
    pub(crate) kind: DateOrigin,
}

/// Where a date comes from, which decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOrigin {
    /// Front matter, in the site's zone when it names none.
    FrontMatter,
    /// Front matter whose dates with seconds and without a zone are in UTC: YAML's timestamps.
    YamlTimestamp,
    /// The name of the file or of its folder.
    Name,
}

impl DateOrigin {
    /// The zone of a date that names none, given the site's zone and whether it has seconds.
    pub(crate) fn zone(self, site: Zone, seconds: bool) -> Zone {
        match self {
            DateOrigin::YamlTimestamp if seconds => Zone::Named(chrono_tz::UTC),
            _ => site,
        }
    }
}

/// An attached file as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct EnclosureText {
    pub(crate) url: Text,
    pub(crate) length: Option<u64>,
    pub(crate) media_type: Option<String>,
    /// In seconds.
    pub(crate) duration: Option<u64>,
}

/// The template language that a site's posts may contain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Templates {
    /// None: braces are text, unless they look like tags, which no reader should see.
    #[default]
    None,
    /// Liquid with Jekyll's own tags, in code as well.
    Liquid,
    /// Hugo's shortcodes.
    #[allow(dead_code, reason = "dialects to come")]
    Hugo,
    /// Zola's shortcodes.
    #[allow(dead_code, reason = "dialects to come")]
    Zola,
    /// Hexo's tags, and Nunjucks.
    #[allow(dead_code, reason = "dialects to come")]
    Hexo,
    /// Liquid or Nunjucks as Eleventy has them: without Jekyll's tags, with the filter `url`.
    #[allow(dead_code, reason = "dialects to come")]
    Eleventy,
    /// MDX, as Docusaurus and Astro have it, in files with any extension.
    #[allow(dead_code, reason = "dialects to come")]
    Jsx,
}

/// How the site's generator treats bodies.
#[derive(Debug, Clone, Default)]
pub(crate) struct BodyStyle {
    /// Whether straight quotes and hyphens become typographic.
    pub(crate) smart: bool,
    /// Whether `{: .class}` is an attribute list.
    pub(crate) kramdown: bool,
    /// The text that ends the excerpt, besides the usual `<!--more-->`.
    pub(crate) excerpt_separator: Option<String>,
    /// The template language of bodies.
    pub(crate) templates: Templates,
    /// Whether `:::note` begins an admonition.
    pub(crate) admonitions: bool,
    /// Variables that templates may name, such as `site.title`.
    pub(crate) variables: Vec<(String, String)>,
}

/// The rules of one generator.
pub(crate) trait Dialect: Send + Sync {
    /// Its name, as `content.dialect` has it.
    fn name(&self) -> &'static str;

    /// Whether a folder is entered or a file considered. Paths are relative to the site.
    fn takes(&self, path: &Path, kind: Kind) -> bool;

    /// Whether a path relative to the site lies in a folder of posts, where nothing may be
    /// written.
    fn holds_posts(&self, path: &Path) -> bool;

    /// Whether a file that was considered is a post. A file that looks like one and is none
    /// gets a diagnostic: nothing is dropped silently.
    fn is_post(&self, path: &Path, diags: &mut Diagnostics) -> bool;

    /// The common names of what the front matter says.
    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata;

    /// The path that the generator publishes a post at, relative to the site's base, given its
    /// time in the site's zone. `Err` names an unknown placeholder of the pattern.
    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, String>;

    /// The id that the generator's own feed gives to a post with this URL path, as a path
    /// relative to the site's base; `None` where that is the permalink.
    fn first_id(&self, url_path: &str, metadata: &Metadata) -> Option<String>;

    /// How bodies are treated.
    fn body_style(&self) -> &BodyStyle;

    /// Whether posts of this collection belong to the site's main feed.
    fn in_main_feed(&self, collection: &str) -> bool;
}

/// What a dialect is made from, besides the site's own files.
pub(crate) struct Options {
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) permalink: Option<String>,
    pub(crate) drafts: bool,
    pub(crate) smart_punctuation: Option<bool>,
}

/// What a site's folder tells before any post is read.
pub(crate) struct Detected {
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) defaults: SiteDefaults,
}

/// Finds out whose rules a site follows and reads its generator's configuration.
pub(crate) fn detect(
    root: &Path,
    name: DialectName,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let name = match name {
        DialectName::Auto if jekyll::recognizes(root) => DialectName::Jekyll,
        DialectName::Auto => {
            if let Some((file, generator)) = other_generator(root) {
                return Err(Error::new(format!(
                    "{file} says that this is a {generator} site, whose permalinks feedwright \
                     does not know: set `content.dialect: plain` and `content.permalink` in \
                     feedwright.yaml to say where its posts are published"
                )));
            }
            DialectName::Plain
        }
        name => name,
    };
    match name {
        DialectName::Jekyll => jekyll::load(root, options, diags),
        DialectName::Plain | DialectName::Auto => Ok(Detected {
            dialect: Box::new(plain::Plain::new(options)),
            defaults: SiteDefaults::default(),
        }),
    }
}

/// A generator whose rules are not known yet: with the rules of a plain folder its permalinks
/// and ids would be wrong, and a wrong id is a second e-mail.
fn other_generator(root: &Path) -> Option<(&'static str, &'static str)> {
    const MARKERS: [(&str, &str); 15] = [
        ("hugo.toml", "Hugo"),
        ("hugo.yaml", "Hugo"),
        ("hugo.json", "Hugo"),
        ("config/_default", "Hugo"),
        ("config.toml", "Hugo or Zola"),
        ("pelicanconf.py", "Pelican"),
        (".eleventy.js", "Eleventy"),
        ("eleventy.config.js", "Eleventy"),
        ("eleventy.config.mjs", "Eleventy"),
        ("eleventy.config.cjs", "Eleventy"),
        ("docusaurus.config.js", "Docusaurus"),
        ("docusaurus.config.ts", "Docusaurus"),
        ("astro.config.mjs", "Astro"),
        ("astro.config.ts", "Astro"),
        ("_config.yml", "Hexo"),
    ];
    MARKERS
        .into_iter()
        .find(|(file, _)| root.join(file).exists())
}

/// Whether a path has an extension of Markdown or HTML.
fn is_markdown(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|ext| ext.to_str())
        .unwrap_or_default();
    matches!(
        extension.to_ascii_lowercase().as_str(),
        "md" | "markdown" | "mkd" | "mkdn" | "mkdown" | "mdown" | "html" | "htm"
    )
}

/// The file's name without folder and extension.
fn stem(path: &Path) -> &str {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
}

/// Whether the file's name begins with a full stop.
fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
