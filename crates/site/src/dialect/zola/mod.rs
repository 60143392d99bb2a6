//! Zola: sections and pages, dated file names, and slugs.

mod site;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use deunicode::deunicode;
use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{self, encode, iso_day, slashed};
use globset::GlobSet;
use url::Url;

use crate::front_matter::FrontMatter;
use crate::source::Kind;

use super::fields::{self, Separator};
use super::names::keys;
use super::{
    BodyStyle, DateOrigin, DateText, Dialect, Metadata, Names, NoPermalink, Options, Text, Undated,
    stem,
};

pub(super) use self::site::{load, recognizes};

/// The rules of one Zola site.
struct Zola {
    options: Options,
    /// Taxonomies beside tags and categories.
    taxonomies: Vec<String>,
    /// Languages other than the site's own.
    languages: Vec<String>,
    slugs: Slugs,
    /// `paths_keep_dates`.
    keep_dates: bool,
    ignored: GlobSet,
    /// Folders with an `_index.md`, in the site's own language.
    sections: HashMap<PathBuf, Section>,
    /// `generate_feeds`.
    feeds: bool,
    body: BodyStyle,
}

/// What an `_index.md` says.
#[derive(Debug, Default)]
struct Section {
    title: Option<String>,
    description: Option<String>,
    draft: bool,
    /// `generate_feeds`.
    feeds: bool,
    /// Whether its pages belong to the section above.
    transparent: bool,
}

/// `slugify.paths`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Slugs {
    /// ASCII letters and digits, joined by hyphens.
    #[default]
    On,
    /// All but what file systems refuse.
    Safe,
    /// As written.
    Off,
}

impl Slugs {
    fn slug(self, text: &str) -> String {
        match self {
            Slugs::On => ascii(text),
            Slugs::Safe => text
                .trim_end_matches([' ', '.'])
                .chars()
                .filter(|c| !r#"<>:"/\|?*"#.contains(*c) && !c.is_control())
                .collect(),
            Slugs::Off => text.to_owned(),
        }
    }
}

/// Letters of every script by their nearest in ASCII; everything else becomes one hyphen.
fn ascii(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

const CONTENT: &str = "content";

/// The section of pages that lie in no folder.
const ROOT: &str = "pages";

/// Where a page stands.
struct Place {
    folders: Vec<String>,
    /// The name that slug and date come from.
    name: String,
    /// `None` for the site's own language.
    language: Option<String>,
}

impl Zola {
    /// Whether the pages of a folder belong to the site's main feed. Where the root has a feed of
    /// its own, all but those of other sections with feeds; where the site has one, all; else
    /// those of sections with feeds.
    fn is_main(&self, folder: &Path) -> bool {
        let home = Path::new(CONTENT);
        let owner = folder.ancestors().find_map(|folder| {
            let section = self.sections.get(folder)?;
            (!section.transparent || folder == home).then_some((folder, section))
        });
        let has_feed = owner.is_some_and(|(_, section)| section.feeds);
        let is_home = owner.is_none_or(|(folder, _)| folder == home);
        if self.sections.get(home).is_some_and(|root| root.feeds) {
            return is_home || !has_feed;
        }
        self.feeds || has_feed || !self.sections.values().any(|section| section.feeds)
    }

    fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(CONTENT).ok().or_else(|| {
            let mut folders = self.options.folders.iter();
            folders.find_map(|folder| path.strip_prefix(folder).ok())
        })
    }

    fn place(&self, path: &Path) -> Option<Place> {
        let inner = self.inner(path)?;
        let mut folders: Vec<String> = inner
            .parent()?
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let mut name = stem(inner).to_owned();
        let mut language = None;
        if let Some((bare, code)) = name.split_once('.')
            && self.languages.iter().any(|known| known == code)
        {
            language = Some(code.to_owned());
            name = bare.to_owned();
        }
        if name == "index" {
            name = folders.pop()?;
        }
        Some(Place {
            folders,
            name,
            language,
        })
    }
}

/// The date that a name begins with, and the slug that follows it.
fn dated(name: &str) -> Option<(&str, &str)> {
    iso_day(name)?;
    let time = time_length(&name[10..]);
    let (date, rest) = name.split_at(10 + time);
    let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    // Without a separator the whole name is the slug.
    let slug = rest
        .strip_prefix(['_', '-'])
        .filter(|slug| !slug.is_empty());
    Some((date, slug.unwrap_or(name)))
}

/// How long the time with a zone is that a text begins with: `T10:11:12Z`, `T10:11:12.5+02:00`.
fn time_length(text: &str) -> usize {
    let shape = |text: &str, shape: &str| {
        text.len() >= shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(byte, sign)| match sign {
                    b'0' => byte.is_ascii_digit(),
                    sign => byte == sign,
                })
    };
    if !shape(text, "T00:00:00") {
        return 0;
    }
    let mut at = 9;
    if text[at..].starts_with('.') {
        at += 1 + text[at + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
    }
    let zone = &text[at..];
    if zone.starts_with('Z') {
        at + 1
    } else if shape(zone, "+00:00") || shape(zone, "-00:00") {
        at + 6
    } else {
        0
    }
}

impl Dialect for Zola {
    fn name(&self) -> &'static str {
        "zola"
    }

    fn takes(&self, path: &Path, kind: Kind) -> bool {
        match kind {
            Kind::Folder => Path::new(CONTENT).starts_with(path) || self.inner(path).is_some(),
            Kind::File => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.ends_with(".md")
                    && !name.starts_with('.')
                    && !self.ignored.is_match(Path::new("/site").join(path))
                    && self.inner(path).is_some()
            }
        }
    }

    fn holds_posts(&self, path: &Path) -> bool {
        self.inner(path).is_some()
    }

    fn is_post(&self, path: &Path, _diags: &mut Diagnostics) -> bool {
        !stem(path).starts_with("_index") && self.place(path).is_some()
    }

    fn names(&self) -> Names {
        Names {
            published_too: Vec::new(),
            updated: keys(&["updated"]),
            tags: keys(&["tags"]),
            categories: keys(&["categories"]),
            summary: keys(&["description", "summary"]),
            permalink: keys(&["path"]),
            language: Vec::new(),
            ..Names::default()
        }
    }

    fn metadata(&self, path: &Path, front_matter: &FrontMatter, names: &Names) -> Metadata {
        let kind = |_: &_| DateOrigin::FrontMatter;
        let mut front_matter = front_matter.clone();
        // Tags stand in a table of their own, images and the like in another; what stands at the
        // top under these names means nothing to Zola.
        let is_term = |key: &String| names.tags.contains(key) || names.categories.contains(key);
        front_matter.fields.retain(|field| !is_term(&field.key));
        for table in ["taxonomies", "extra"] {
            let Some(field) = front_matter.get(table).cloned() else {
                continue;
            };
            for (key, value) in field.value.entries() {
                let is_date = names.published.contains(key) || names.updated.contains(key);
                if !(table == "extra" && (is_date || is_term(key))) {
                    front_matter.add_missing(key, value.clone(), (field.line, field.column));
                }
            }
        }
        let mut metadata = fields::read(&front_matter, names, Separator::Whole, kind);
        metadata.terms = fields::terms(&front_matter, &self.taxonomies);
        let Some(place) = self.place(path) else {
            return metadata;
        };
        let of_name = dated(&place.name);
        if let Some((day, _)) = of_name {
            metadata
                .published
                .push(DateText::of_name(day, "the file name"));
        }
        if let Some(day) = metadata
            .permalink
            .as_ref()
            .and_then(|path| super::dated_folders(Path::new(&path.text)))
        {
            metadata.published.push(DateText::of_name(&day, "the path"));
        } else if let Some(day) =
            super::dated_folders(&Path::new(&place.folders.join("/")).join(&place.name))
        {
            metadata
                .published
                .push(DateText::of_name(&day, "the folder"));
        }
        if metadata.slug.is_empty() {
            metadata.slug = match of_name {
                Some((_, slug)) if !self.keep_dates => slug.to_owned(),
                _ => place.name.clone(),
            };
        }
        // A section that is a draft takes its pages with it.
        let folder = path.parent().unwrap_or(Path::new(""));
        metadata.draft |= folder.ancestors().any(|folder| {
            self.sections
                .get(folder)
                .is_some_and(|section| section.draft)
        });
        metadata.translation = place.language.is_some();
        metadata.main = self.is_main(folder);
        metadata.collection = place
            .folders
            .first()
            .cloned()
            .unwrap_or_else(|| ROOT.to_owned());
        metadata.language = place.language.map(|code| Text {
            text: code,
            ..Text::default()
        });
        metadata.undated = Undated::Page;
        metadata
    }

    fn permalink(
        &self,
        path: &Path,
        metadata: &Metadata,
        published: NaiveDateTime,
    ) -> Result<String, NoPermalink> {
        let Some(place) = self.place(path) else {
            return Err(NoPermalink::Computed(slashed(path)));
        };
        let folders = place.folders.join("/");
        let inner = format!("{folders}/{}", place.name);
        let inner = inner.trim_start_matches('/');
        if let Some(path) = self.options.configured(path, inner, metadata, published) {
            return path;
        }
        let path = match &metadata.permalink {
            // A page's own path has no language in front.
            Some(own) => own.text.trim_matches('/').to_owned(),
            None => {
                let language = place.language.unwrap_or_default();
                let slug = self.slugs.slug(&metadata.slug);
                [language, folders, slug]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("/")
            }
        };
        Ok(encode(&format!("/{path}/")))
    }

    /// Zola's own feeds have permalinks as they are written, not encoded.
    fn first_id(
        &self,
        url: &Url,
        _site: &Url,
        _metadata: &Metadata,
        _published: Timestamp,
    ) -> Option<String> {
        permalink::iri(url.as_str())
    }

    fn body_style(&self) -> &BodyStyle {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dated_names() {
        let check = |name: &str, expected: Option<(&str, &str)>| {
            assert_eq!(dated(name), expected, "{name}");
        };
        check(
            "2018-10-10-dashed-title",
            Some(("2018-10-10", "dashed-title")),
        );
        check(
            "2018-10-11_under_score",
            Some(("2018-10-11", "under_score")),
        );
        check("2018-10-12 - spaced", Some(("2018-10-12", " spaced")));
        check("2018-10-13 nosep", Some(("2018-10-13", "2018-10-13 nosep")));
        check("2018-10-14", Some(("2018-10-14", "2018-10-14")));
        check(
            "2018-10-15T10:11:12Z-rfc",
            Some(("2018-10-15T10:11:12Z", "rfc")),
        );
        check(
            "2018-10-17T10:11:12-noz",
            Some(("2018-10-17", "2018-10-17T10:11:12-noz")),
        );
        check("2018-1-2-short", None);
    }

    #[test]
    fn slugs() {
        let check = |slugs: Slugs, text: &str, expected: &str| {
            assert_eq!(slugs.slug(text), expected, "{text}");
        };
        check(Slugs::On, "Hello Wörld/x", "hello-world-x");
        check(Slugs::On, "Ünï “q” C++ & co", "uni-q-c-co");
        check(Slugs::On, "日本語", "ri-ben-yu");
        check(Slugs::Safe, "Given Slug/é?", "Given Slugé");
        check(Slugs::Safe, "Hé llo. C++:X ", "Hé llo. C++X");
        check(Slugs::Off, "a/b? ", "a/b? ");
    }
}
