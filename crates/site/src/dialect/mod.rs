//! Reads the posts of a site by the rules of its generator.
//!
//! A dialect knows which files are posts, what their front matter means, where the generator
//! publishes them and what its own feed called them. It turns [`FrontMatter`] into [`Metadata`];
//! everything after that is the same for all.

mod astro;
mod body_style;
mod docusaurus;
mod eleventy;
pub(crate) mod fields;
mod generator;
mod hexo;
pub(crate) mod html;
mod hugo;
mod jekyll;
mod jsonl;
mod languages;
mod literals;
mod metadata;
mod mkdocs;
mod names;
mod own_feeds;
mod paths;
mod pelican;
mod plain;
pub mod recognition;
mod vitepress;
mod zola;

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::{self, Parts};
use url::Url;

use crate::folder::Folder;
use crate::front_matter::{Format, FrontMatter, Syntax};
use crate::settings::{DialectName, SiteDefaults, SummarySource};
use crate::source::Kind;

use self::paths::{
    dated_folders, extension, is_code, is_hidden, is_markdown, is_other_markup, other_format,
    other_markup, stem, without_languages,
};

pub use self::body_style::{
    BareLinks, BodyStyle, Engine, InnerMarkdown, Markup, Pages, PythonLists, RawHtml, SummaryRule,
    Templates,
};
pub use self::metadata::{
    DateOrigin, DateText, DurationText, EnclosureText, Metadata, PictureText, Text, Undated,
};
pub use self::names::Names;

pub(crate) use self::hugo::urlized;

/// The rules of one generator.
pub trait Dialect: Send + Sync {
    /// Its name, as `content.dialect` has it.
    fn name(&self) -> &'static str;

    /// The name of its generator as people write it; its own where it is of none.
    fn title(&self) -> &'static str {
        recognition::title(self.name()).unwrap_or(self.name())
    }

    /// Whether it has the rules of a generator, not those of a plain folder and the like.
    fn has_generator(&self) -> bool {
        recognition::title(self.name()).is_some()
    }

    /// Whether the generator publishes a file of no kind of its own, by its path, with the site.
    fn copies(&self, _: &Path) -> bool {
        false
    }

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

    /// Adds what the generator takes from the text of a post where its front matter says nothing, such
    /// as a title. `heading` is the first one of the text.
    fn complete(
        &self,
        _path: &Path,
        _body: &str,
        _heading: &dyn Fn() -> Option<String>,
        _metadata: &mut Metadata,
    ) {
    }

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

    /// Whether [`Dialect::page`] knows anything.
    fn knows_addresses(&self) -> bool {
        false
    }

    /// The path of a page that is no post, relative to the site's base.
    fn page(&self, _path: &Path, _metadata: &Metadata) -> Option<String> {
        None
    }

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

    /// What a link or the source of a picture in the Markdown of the file `from` names, where these
    /// name pages and files instead of addresses.
    fn linked(
        &self,
        _link: &str,
        _is_picture: bool,
        _from: &Path,
        _root: &Folder,
    ) -> Option<Linked> {
        None
    }

    /// What a post has in common with its translations, where its metadata do not say it: what is left
    /// of its address, from the site's base on, without its language.
    fn translation_key(&self, _address: &str, _metadata: &Metadata) -> Option<String> {
        None
    }

    /// How bodies are treated.
    fn body_style(&self) -> &BodyStyle;

    /// Which front-matter keys mean what, unless the configuration says otherwise.
    fn names(&self) -> Names {
        Names::default()
    }

    /// How front matter is separated from the body.
    fn syntax(&self) -> Syntax {
        Syntax::Fenced
    }

    /// Whether the generator makes a title of the slug for a post without one.
    fn makes_up_titles(&self) -> bool {
        false
    }

    /// Whether the generator that makes pages of the posts is known, and so which of two posts with
    /// the same permalink is shown.
    fn knows_pages(&self) -> bool {
        true
    }

    /// Where the address of a post counts from, if its language has a host of its own.
    fn base(&self, _path: &Path) -> Option<&Url> {
        None
    }

    /// Whether posts that are not in the site's language are its translations, where languages have
    /// feeds of their own. Else the dialect says so itself.
    fn judges_by_language(&self) -> bool {
        false
    }

    /// The folder whose files keep their names, where images that a text names by paths from its own file
    /// get addresses that only the generator knows.
    fn moves_images(&self) -> Option<&'static str> {
        None
    }

    /// Whether its posts are pages of the rendered site, and their bodies parts of them.
    fn reads_pages(&self) -> bool {
        false
    }

    /// Whether its files hold records, many to each.
    fn has_records(&self) -> bool {
        false
    }

    /// Whether a file whose front matter repeats a key is refused, as the generator does.
    fn refuses_repeated_keys(&self, format: Format) -> bool {
        matches!(format, Format::Toml | Format::Json)
    }
}

/// What a link in Markdown names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// The page that is made of a file.
    Page(PathBuf),
    /// A file that is published with the page of a file, by its name there.
    Beside(PathBuf, String),
    /// What lies at a path from the site's base.
    At(String),
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
    /// UTC, where a date that names a zone is read as a clock in the site's zone first.
    UtcOfClock,
}

/// Why the permalink of a post is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPermalink {
    /// The pattern has a placeholder that does not exist.
    Placeholder(String),
    /// The post names none, and there is no pattern.
    Missing,
    /// It is the result of code, which is never run; the text says where it stands.
    Computed(String),
    /// Code, which is never run, decides whether there is a page; the text says which does.
    Chosen(String),
}

/// What a dialect is made from, besides the site's own files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub folders: Vec<PathBuf>,
    pub permalink: Option<String>,
    pub drafts: bool,
    pub smart_punctuation: Option<bool>,
    pub summary: SummarySource,
}

impl Options {
    /// The rule of the generator if it is to be followed, else feedwright's own.
    fn summary(&self, of_generator: SummaryRule) -> SummaryRule {
        match self.summary {
            SummarySource::Paragraph => SummaryRule::default(),
            SummarySource::Generator => of_generator,
        }
    }

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

/// The dialect of a site and its defaults, found before any post is read.
pub struct Detected {
    pub dialect: Box<dyn Dialect>,
    pub defaults: SiteDefaults,
}

/// A generator whose rules are known, and what reads its sites.
struct Generator {
    name: DialectName,
    load: fn(&Folder, Options, &mut Diagnostics) -> Result<Detected, Error>,
}

/// Every generator whose rules are known. Any folder is plain.
const GENERATORS: [Generator; 13] = [
    Generator {
        name: DialectName::Docusaurus,
        load: docusaurus::load,
    },
    Generator {
        name: DialectName::Astro,
        load: astro::load,
    },
    Generator {
        name: DialectName::Eleventy,
        load: eleventy::load,
    },
    Generator {
        name: DialectName::Pelican,
        load: pelican::load,
    },
    Generator {
        name: DialectName::Hexo,
        load: hexo::load,
    },
    Generator {
        name: DialectName::Hugo,
        load: hugo::load,
    },
    Generator {
        name: DialectName::Zola,
        load: zola::load,
    },
    Generator {
        name: DialectName::Jekyll,
        load: jekyll::load,
    },
    Generator {
        name: DialectName::MkDocs,
        load: mkdocs::load,
    },
    Generator {
        name: DialectName::VitePress,
        load: vitepress::load,
    },
    Generator {
        name: DialectName::Html,
        load: html::load,
    },
    Generator {
        name: DialectName::Jsonl,
        load: jsonl::load,
    },
    Generator {
        name: DialectName::Plain,
        load: plain::load,
    },
];

/// Reads the configuration of a site's generator.
///
/// # Errors
///
/// A file of the site that cannot be read.
pub fn load(
    root: &Folder,
    name: DialectName,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let load = GENERATORS.iter().find(|generator| generator.name == name);
    load.map_or(plain::load as fn(_, _, _) -> _, |generator| generator.load)(root, options, diags)
}
