//! Whose rules a site's posts are written by.
//!
//! A dialect knows which files are posts, what their front matter means, where the generator
//! publishes them and what its own feed called them. It turns [`FrontMatter`] into [`Metadata`];
//! everything after that is the same for all.

mod astro;
mod docusaurus;
mod eleventy;
mod fields;
mod generator;
mod hexo;
mod hugo;
mod jekyll;
mod literals;
mod names;
mod pelican;
mod plain;
mod zola;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::date::{Timestamp, Zone};
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::{self, Parts};
use feedwright_feed::Person;
use url::Url;

use crate::folder::Folder;
use crate::front_matter::{Format, FrontMatter, Syntax};
use crate::settings::{DialectName, SiteDefaults};
use crate::source::Kind;

pub use self::names::Names;

/// What a dialect makes of a post's front matter and file name: common names, nothing checked.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub title: Option<Text>,
    /// The dates that the post could be published at; the first counts, the others are compared.
    pub published: Vec<DateText>,
    pub updated: Option<DateText>,
    /// The zone of the post's dates that name none, where it is not the site's.
    pub zone: Option<Zone>,
    pub tags: Vec<String>,
    /// Those of the tags that only say which collection the post is in.
    pub markers: Vec<String>,
    pub categories: Vec<String>,
    /// The categories as the permalink has them, where the generator reads them otherwise.
    pub path_categories: Vec<String>,
    /// The terms of other taxonomies, by name.
    pub terms: Vec<(String, Vec<String>)>,
    /// Tags and categories that are written but have no text.
    pub nameless: Vec<String>,
    pub authors: Vec<Person>,
    pub summary: Option<String>,
    pub image: Option<Text>,
    pub enclosures: Vec<EnclosureText>,
    pub language: Option<Text>,
    /// The slug from front matter or file name.
    pub slug: String,
    /// A permalink of this post alone; it may contain placeholders.
    pub permalink: Option<Text>,
    /// The code that computes the permalink, where it is not known.
    pub computed_permalink: Option<String>,
    pub id: Option<Text>,
    pub draft: bool,
    /// When the post may first be shown, where that is not when it was published.
    pub available: Option<DateText>,
    /// When the post may no longer be shown.
    pub expires: Option<DateText>,
    /// The collection or section, `posts` in most sites.
    pub collection: String,
    /// Whether the post is in another language than the site's own.
    pub translation: bool,
    /// Whether the post belongs to the site's main feed.
    pub main: bool,
    /// Whether the generator lists the post nowhere but in its collection, so that no feed of a
    /// tag, category or author takes it.
    pub apart: bool,
    /// What the file is when it has no date.
    pub undated: Undated,
    /// Why the generator does not publish the post at all, where it does not.
    pub unpublished: Option<&'static str>,
    /// Scalars of the front matter that a pattern of permalinks may name.
    pub values: Vec<(String, String)>,
}

/// What a file without a date is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Undated {
    /// A post with a mistake in it.
    #[default]
    Mistake,
    /// A post that the generator dates by the file's own times, which say nothing that lasts.
    LeftOut,
    /// A page, which no feed has.
    Page,
}

/// A text with its place in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    pub text: String,
    /// From 1; 0 when it does not stand in the file, as with a default.
    pub line: usize,
    pub column: usize,
}

/// A date as written, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct DateText {
    pub text: Text,
    /// What it is called in messages: `date`, `display-date`, `the file name`.
    pub origin: String,
    pub kind: DateOrigin,
}

impl DateText {
    /// The day that the name of a file or folder begins with.
    fn of_name(day: &str, origin: &str) -> Self {
        DateText {
            text: Text {
                text: day.to_owned(),
                ..Text::default()
            },
            origin: origin.to_owned(),
            kind: DateOrigin::Name,
        }
    }
}

/// Where a date comes from, which decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrigin {
    /// Front matter, in the site's zone when it names none.
    FrontMatter,
    /// Front matter whose dates with seconds and without a zone are in UTC: YAML's timestamps.
    YamlTimestamp,
    /// The name of the file or of its folder.
    Name,
}

impl DateOrigin {
    /// The zone of a date that names none, given the site's zone and whether it has seconds.
    pub fn zone(self, site: Zone, seconds: bool) -> Zone {
        match self {
            DateOrigin::YamlTimestamp if seconds => Zone::Named(chrono_tz::UTC),
            _ => site,
        }
    }
}

/// An attached file as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EnclosureText {
    pub url: Text,
    pub length: Option<u64>,
    pub media_type: Option<String>,
    /// In seconds.
    pub duration: Option<u64>,
}

/// The template language that a site's posts may contain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Templates {
    /// None: braces are text, unless they look like tags, which no reader should see.
    #[default]
    None,
    /// Liquid with Jekyll's own tags, in code as well.
    Liquid,
    /// Hugo's shortcodes.
    Hugo,
    /// Zola's shortcodes.
    Zola,
    /// Hexo's tags, and Nunjucks.
    Hexo,
    /// Liquid or Nunjucks as Eleventy has them: without Jekyll's tags, with the filter `url`.
    Eleventy,
    /// MDX, as Docusaurus and Astro have it, in files with any extension.
    Jsx,
}

/// How the site's generator treats bodies.
#[derive(Debug, Clone, Default)]
pub struct BodyStyle {
    /// Whether straight quotes and hyphens become typographic.
    pub smart: bool,
    /// Whether `{: .class}` is an attribute list.
    pub kramdown: bool,
    /// The text that ends the excerpt, besides the usual `<!--more-->`.
    pub excerpt_separator: Option<String>,
    /// The template language of bodies.
    pub templates: Templates,
    /// Whether `:::note` begins an admonition.
    pub admonitions: bool,
    /// Whether `{.class}` on a line of its own is a list of attributes, and at the end of one.
    pub attributes: bool,
    pub attributes_at_ends: bool,
    /// Whether `:wink:` is a picture.
    pub emoji: bool,
    /// Whether a heading that opens the body is the title, which the page shows apart.
    pub heading_is_title: bool,
    /// The folder that links from the root of the content count from.
    pub content: String,
    /// Variables that templates may name, such as `site.title`.
    pub variables: Vec<(String, String)>,
}

/// The rules of one generator.
pub trait Dialect: Send + Sync {
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

    /// Which calendar the dates in permalinks are of.
    fn calendar(&self) -> Calendar {
        Calendar::Site
    }

    /// The path that the generator publishes a post at, relative to the site's base, given its
    /// time on that calendar.
    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink>;

    /// The id that the generator's own feed gives to a post with this URL; `None` where that is
    /// the permalink.
    fn first_id(
        &self,
        _url: &Url,
        _site: &Url,
        _metadata: &Metadata,
        _published: Timestamp,
    ) -> Option<String> {
        None
    }

    /// How bodies are treated.
    fn body_style(&self) -> &BodyStyle;

    /// Which front-matter keys mean what, unless the configuration says otherwise.
    fn names(&self) -> Names {
        Names::default()
    }

    /// How front matter is set apart from the body.
    fn syntax(&self) -> Syntax {
        Syntax::Fenced
    }

    /// Whether the generator makes up a title of the slug where there is none.
    fn makes_up_titles(&self) -> bool {
        false
    }

    /// Whether the generator is known that makes pages of the posts, and with it which of two
    /// posts is shown where both have one permalink.
    fn knows_pages(&self) -> bool {
        true
    }

    /// Whether a file whose front matter repeats a key is refused, as the generator does.
    fn refuses_repeated_keys(&self, format: Format) -> bool {
        matches!(format, Format::Toml | Format::Json)
    }
}

/// Whose calendar decides the day in a permalink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// That of the site's zone.
    Site,
    /// That of the zone which the post's own date names.
    Author,
    /// UTC.
    Utc,
}

/// Why the permalink of a post is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPermalink {
    /// The pattern has a placeholder that does not exist.
    Placeholder(String),
    /// It is the result of code, which is never run; the text says where it stands.
    Computed(String),
}

/// What a dialect is made from, besides the site's own files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub folders: Vec<PathBuf>,
    pub permalink: Option<String>,
    pub drafts: bool,
    pub smart_punctuation: Option<bool>,
}

impl Options {
    /// The permalink by the pattern of the configuration, if there is one and the post does not
    /// name its own; `inner` is its path within its content folder, without extension.
    fn configured(
        &self,
        path: &Path,
        inner: &str,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Option<Result<String, NoPermalink>> {
        let pattern = self.permalink.as_ref()?;
        if metadata.permalink.is_some() {
            return None;
        }
        let parts = Parts {
            published,
            slug: &metadata.slug,
            name: stem(path),
            path: &|| inner.to_owned(),
            collection: &metadata.collection,
            categories: &metadata.categories,
        };
        Some(permalink::expand(pattern, &parts).map_err(NoPermalink::Placeholder))
    }
}

/// What a site's folder tells before any post is read.
pub struct Detected {
    pub dialect: Box<dyn Dialect>,
    pub defaults: SiteDefaults,
}

/// A generator: how its sites are known, and what reads them.
struct Generator {
    name: DialectName,
    recognizes: fn(&Folder) -> bool,
    load: fn(&Folder, Options, &mut Diagnostics) -> Result<Detected, Error>,
}

/// Every generator. Those whose configuration has a name of its own are asked first: `config.toml` and
/// `_config.yml` are more than one generator's. Any folder is plain.
const GENERATORS: [Generator; 9] = [
    Generator {
        name: DialectName::Docusaurus,
        recognizes: docusaurus::recognizes,
        load: docusaurus::load,
    },
    Generator {
        name: DialectName::Astro,
        recognizes: astro::recognizes,
        load: astro::load,
    },
    Generator {
        name: DialectName::Eleventy,
        recognizes: eleventy::recognizes,
        load: eleventy::load,
    },
    Generator {
        name: DialectName::Pelican,
        recognizes: pelican::recognizes,
        load: pelican::load,
    },
    Generator {
        name: DialectName::Hexo,
        recognizes: hexo::recognizes,
        load: hexo::load,
    },
    Generator {
        name: DialectName::Hugo,
        recognizes: hugo::recognizes,
        load: hugo::load,
    },
    Generator {
        name: DialectName::Zola,
        recognizes: zola::recognizes,
        load: zola::load,
    },
    Generator {
        name: DialectName::Jekyll,
        recognizes: jekyll::recognizes,
        load: jekyll::load,
    },
    Generator {
        name: DialectName::Plain,
        recognizes: |_| true,
        load: plain::load,
    },
];

/// Finds out whose rules a site follows and reads its generator's configuration.
pub fn detect(
    root: &Folder,
    name: DialectName,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let is_wanted = |generator: &&Generator| match name {
        DialectName::Auto => (generator.recognizes)(root),
        name => generator.name == name,
    };
    let load = GENERATORS.iter().find(is_wanted);
    load.map_or(plain::load as fn(_, _, _) -> _, |generator| generator.load)(root, options, diags)
}

/// Whether a path has an extension of Markdown or HTML.
fn is_markdown(path: &Path) -> bool {
    const NAMES: [&str; 8] = [
        "md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "html", "htm",
    ];
    path.extension().is_some_and(|extension| {
        NAMES
            .iter()
            .any(|name| extension.eq_ignore_ascii_case(name))
    })
}

/// The file's extension in small letters.
fn extension(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase()
}

/// Says that a file in a place of posts is in a format that feedwright does not read; `what`
/// tells which, as in "is a template".
fn other_format(path: &Path, what: &str, diags: &mut Diagnostics) {
    diags.warning(
        "post-format",
        Location::file(path),
        format!("the file {what}, so no feed has it"),
        "convert it to Markdown, or name it in `content.ignore` of feedwright.yaml",
    );
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

/// The day that a post's folders name: `2021/12/13/title`.
fn dated_folders(inner: &Path) -> Option<String> {
    let parts: Vec<String> = inner
        .parent()?
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.windows(3).find_map(|window| {
        let digits = |text: &str, length: std::ops::RangeInclusive<usize>| {
            length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        (digits(&window[0], 4..=4) && digits(&window[1], 1..=2) && digits(&window[2], 1..=2))
            .then(|| window.join("-"))
    })
}
