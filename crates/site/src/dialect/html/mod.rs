//! The pages that any generator wrote, as the only source: for generators whose rules are not known.
//!
//! A page is a post if it says when it was published: by linked data, metadata, microformats,
//! microdata, or a `<time>` beside its heading. Its address is the canonical one, else the one that
//! the sitemap or the site's own links have for its file.

mod addresses;
mod compare;
mod site;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::language::{language_tag, primary};
use feedwright_base::permalink::slashed;
use url::Url;

use crate::folder::Folder;
use crate::front_matter::page::{self, ARTICLE, REDIRECT, TAGS};
use crate::front_matter::{Field, FrontMatter, Syntax};
use crate::settings::ContentSettings;
use crate::source::Kind;

use super::fields::{self, Separator};
use super::names::keys;
use super::{BodyStyle, DateOrigin, Dialect, Metadata, Names, NoPermalink, Options, Text, Undated};

use self::addresses::Addresses;
use self::compare::Compared;

pub(super) use self::site::load;

/// Where generators write their sites, the most used folders first.
const FOLDERS: [&str; 16] = [
    "_site",
    "public",
    "build",
    "dist",
    "output",
    "site",
    "out",
    ".vitepress/dist",
    "docs/.vitepress/dist",
    "src/.vitepress/dist",
    "docs/.vuepress/dist",
    "src/.vuepress/dist",
    ".vuepress/dist",
    ".output/public",
    "_book",
    "book",
];

/// The folder that a site was written to: the one that the settings name, else a usual one.
pub(crate) fn folder(root: &Folder, settings: &ContentSettings) -> Option<PathBuf> {
    settings.rendered.clone().or_else(|| written(root))
}

/// The folder below a site's own that its generator has written a site to, if there is one.
pub(crate) fn written(root: &Folder) -> Option<PathBuf> {
    let mut folders = FOLDERS.iter();
    let folder = folders.find(|folder| root.has_file(format!("{folder}/index.html")))?;
    Some(PathBuf::from(folder))
}

/// The pages of a rendered site.
struct Html {
    /// The folders that hold them.
    folders: Vec<PathBuf>,
    addresses: Addresses,
    /// What the first page of the site says of it, which says nothing of a post that says the same.
    home: Home,
    compared: Compared,
    options: Options,
    body: BodyStyle,
}

/// What the first page of a site says.
#[derive(Debug, Default)]
struct Home {
    url: Option<Url>,
    language: Option<String>,
    summaries: Vec<String>,
    images: Vec<String>,
}

impl Html {
    /// The path of a page below the folder that the site was written to.
    fn inner<'p>(&self, path: &'p Path) -> &'p Path {
        let inner = self
            .folders
            .iter()
            .filter_map(|folder| path.strip_prefix(folder).ok());
        inner
            .min_by_key(|inner| inner.as_os_str().len())
            .unwrap_or(path)
    }

    /// Where a page says that it is: at an address of this site, or at one of another page or site.
    fn canonical(&self, inner: &str, text: Option<&Text>) -> Canonical {
        let Some(home) = &self.home.url else {
            return Canonical::Unknown;
        };
        let Some(url) = text.and_then(|text| home.join(&text.text).ok()) else {
            return Canonical::Unknown;
        };
        let path = url.path().strip_prefix(home.path());
        let Some(path) = path.filter(|_| url.host() == home.host()) else {
            return Canonical::Unknown;
        };
        match self.addresses.page_of(path) {
            Some(page) if page != inner => Canonical::OtherPage,
            // The name of the file says no more than the folder.
            Some(_) if !path.ends_with("index.html") => Canonical::Own(format!("/{path}")),
            _ => Canonical::Unknown,
        }
    }

    /// As what a page is left out that is no post.
    fn no_post(
        &self,
        inner: &str,
        is_other: bool,
        page: &FrontMatter,
        metadata: &Metadata,
    ) -> Option<Undated> {
        let is_no_post = inner == "index.html" || is_other || page.get(REDIRECT).is_some();
        if is_no_post || is_part_of_list(inner) {
            return Some(Undated::NoPost);
        }
        let Some(date) = metadata.published.first() else {
            let is_article = page.get(ARTICLE).is_some();
            return Some(if is_article {
                Undated::Page
            } else {
                Undated::NoPost
            });
        };
        if Some(&date.text.text) == self.compared.built.as_ref() {
            return Some(Undated::Page);
        }
        let habits = &self.compared.habits;
        if !habits.is_empty() && !habits.iter().any(|habit| page.get(habit).is_some()) {
            return Some(Undated::Unlike);
        }
        (self.compared.has_folders && is_at_top(inner)).then_some(Undated::Apart)
    }

    /// What a page says, without headings and titles that are those of the site.
    fn own<'p>(&self, page: &'p FrontMatter) -> Cow<'p, FrontMatter> {
        let is_shared = |field: &Field| {
            let text = field.value.as_filled_text();
            matches!(field.key.as_str(), "h1" | "title")
                && text.is_some_and(|text| self.compared.repeated.contains(&text))
        };
        if !page.fields.iter().any(is_shared) {
            return Cow::Borrowed(page);
        }
        let mut page = page.clone();
        page.fields.retain(|field| !is_shared(field));
        Cow::Owned(page)
    }

    /// Keeps the language of a post where it is another one than the site's.
    fn language(&self, metadata: &mut Metadata) {
        let own = metadata
            .language
            .as_ref()
            .and_then(|text| language_tag(&text.text));
        let is_same = own.is_none() || own == self.home.language;
        let both = own.as_deref().zip(self.home.language.as_deref());
        metadata.translation = both.is_some_and(|(own, home)| primary(own) != primary(home));
        if is_same {
            metadata.language = None;
        }
    }
}

enum Canonical {
    /// It does not say, or names another site.
    Unknown,
    Own(String),
    OtherPage,
}

impl Dialect for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match kind {
            Kind::Folder => name != "node_modules" && !name.starts_with('.'),
            Kind::File => {
                let name = name.to_ascii_lowercase();
                let is_page = name.ends_with(".html") || name.ends_with(".htm");
                is_page && !matches!(name.as_str(), "404.html" | "404.htm")
            }
        }
    }

    fn holds_posts(&self, _: &Path) -> bool {
        // Feeds lie beside the pages, and have other names.
        false
    }

    fn is_post(&self, _: &Path, _: &mut Diagnostics) -> bool {
        true
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let own = self.own(front_matter);
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut metadata = fields::read(&own, names, Separator::Comma, kind);
        let inner = slashed(self.inner(path));
        let canonical = self.canonical(&inner, metadata.permalink.as_ref());
        let is_other = matches!(canonical, Canonical::OtherPage);
        if let Some(undated) = self.no_post(&inner, is_other, front_matter, &metadata) {
            metadata.published.clear();
            metadata.undated = undated;
        }
        // What comes behind the first says the same in fewer words.
        metadata.published.truncate(1);
        if let (Some(title), Some(suffix)) = (&mut metadata.title, &self.compared.suffix) {
            title.text = title
                .text
                .trim_end_matches(suffix.as_str())
                .trim()
                .to_owned();
        }
        metadata.permalink = match canonical {
            Canonical::Own(url) => metadata.permalink.map(|text| Text { text: url, ..text }),
            _ => None,
        };
        // What the whole site says is said of none of its posts.
        metadata.summary = metadata
            .summary
            .filter(|text| !self.home.summaries.contains(text));
        metadata.image = metadata
            .image
            .filter(|image| !self.home.images.contains(&image.text));
        metadata.slug = self.addresses.slug(&inner);
        metadata.collection = "posts".to_owned();
        self.language(&mut metadata);
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let inner = slashed(self.inner(path));
        let address = self.addresses.of(&inner);
        let configured = self.options.configured(path, &address, metadata, published);
        configured.unwrap_or_else(|| match &metadata.permalink {
            Some(permalink) => Ok(permalink.text.clone()),
            None => Ok(format!("/{address}")),
        })
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }

    fn names(&self) -> Names {
        Names {
            title: keys(&[
                "h1",
                "json-ld headline",
                "itemprop headline",
                "h-entry p-name",
                "meta og:title",
                "meta twitter:title",
                "title",
            ]),
            published: page::published(),
            published_too: Vec::new(),
            // Many themes have the time of the build here, with which every run would change
            // every entry.
            updated: Vec::new(),
            tags: [keys(&TAGS), keys(&["link tag"])].concat(),
            categories: keys(&["meta article:section", "json-ld articleSection"]),
            authors: keys(&[
                "json-ld author",
                "itemprop author",
                "h-entry p-author",
                "meta author",
                "meta article:author",
                "link author",
            ]),
            summary: keys(&[
                "json-ld description",
                "meta description",
                "meta og:description",
                "h-entry p-summary",
                "itemprop description",
            ]),
            image: keys(&["json-ld image", "meta og:image", "itemprop image"]),
            enclosure: Vec::new(),
            language: keys(&["lang"]),
            slug: Vec::new(),
            permalink: keys(&["link canonical"]),
            id: Vec::new(),
            draft: Vec::new(),
        }
    }

    fn makes_up_titles(&self) -> bool {
        true
    }

    fn syntax(&self) -> Syntax {
        Syntax::Page
    }

    fn reads_pages(&self) -> bool {
        true
    }
}

/// Whether a page lies directly below the site's own address, as `about/index.html`.
fn is_at_top(inner: &str) -> bool {
    !inner.trim_end_matches("/index.html").contains('/')
}

/// Whether a page is a further one of a list, as `blog/page/2/index.html`, `page2/index.html` or
/// `index2.html`.
fn is_part_of_list(inner: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = inner
        .trim_end_matches("/index.html")
        .trim_end_matches(".html")
        .rsplit('/');
    let last = parts.next().unwrap_or_default();
    let is_further = ["index", "page"].into_iter().any(|name| {
        let number = last.strip_prefix(name);
        number.is_some_and(|number| is_number(number.trim_start_matches(['-', '_'])))
    });
    is_further || (is_number(last) && parts.next() == Some("page"))
}
