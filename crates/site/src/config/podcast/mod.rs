//! Checks the settings of podcasts.

mod show;
mod terms;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::language::language_tag;
use feedwright_base::permalink;
use feedwright_base::slug::{self, fold};
use feedwright_feed::Format;
use feedwright_feed::podcast::Show;
use url::Url;

use super::Site;
use super::check::Check;
use crate::settings::{PodcastSettings, Settings};

use self::terms::text;

pub use self::terms::{license, location, of_value};

/// The folder in the paths of feeds that podcasts have of their own, and the first part of their keys.
pub const PODCASTS: &str = "podcasts";

/// Where the files of chapters lie, from the site's root on.
pub const CHAPTERS: &str = "/feeds/chapters/";

/// A podcast of the site.
#[derive(Debug, Clone)]
pub struct Podcast {
    /// What its feed is of: `site` or `podcasts/SLUG`.
    pub key: String,
    pub episodes: Episodes,
    /// What its feed is called, where that is not what the site is called.
    pub title: Option<String>,
    pub description: Option<String>,
    /// The page about it, where that is not the site's home page.
    pub link: Option<Url>,
    pub language: Option<String>,
    pub rights: Option<String>,
    /// The paths of its feeds that are not those of other feeds.
    pub paths: BTreeMap<Format, String>,
    /// The address below which the files lie that front matter names without one.
    pub files: Option<String>,
    /// What stands before the addresses of files, for a service that counts who gets them.
    pub prefix: Option<String>,
    /// `None` means all.
    pub limit: Option<usize>,
    pub show: Arc<Show>,
}

/// Which posts with an audio file or a film are the episodes of a podcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Episodes {
    /// Those of the site's own feed.
    Site,
    /// All that have such a file.
    All,
    /// Those with a tag or category, folded.
    Tag(String),
    /// Those of a section or collection.
    Section(String),
    /// Those in a folder.
    Folder(PathBuf),
}

impl Podcast {
    /// Its place in the path; `None` where the site's own feed is the podcast.
    pub fn slug(&self) -> Option<&str> {
        self.key.strip_prefix(PODCASTS)?.strip_prefix('/')
    }
}

impl Check<'_> {
    /// The podcasts of the site.
    pub(super) fn podcasts(&mut self, settings: &Settings, site: &Site) -> Vec<Podcast> {
        let all = &settings.podcast.0;
        let mut podcasts: Vec<Podcast> = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let key = match self.has("podcast[0]") {
                true => format!("podcast[{at}]"),
                false => "podcast".to_owned(),
            };
            let podcast = self.podcast(one, &key, site);
            let Some(podcast) = podcast else { continue };
            if podcasts.iter().any(|other| other.key == podcast.key) {
                self.wrong(
                    &key,
                    "two podcasts would be one feed",
                    "give one of them another `slug`, or its episodes a `tag`, a `section` or a `folder`",
                );
                continue;
            }
            podcasts.push(podcast);
        }
        podcasts
    }

    /// Whether the settings say something under a key.
    fn has(&self, key: &str) -> bool {
        self.written.place(key).is_some_and(|place| place.line > 0)
    }

    /// Reports a mistake in the settings of a podcast, where it stands or would stand.
    pub(super) fn wrong(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        // What may be a list may also be written as one alone.
        let written = |key: &str| [key.to_owned(), key.replace("[0]", "")];
        let above = key.rsplit_once('.').map_or(key, |(above, _)| above);
        let mut keys = written(key).into_iter().chain(written(above));
        let key = keys
            .find(|key| self.has(key))
            .unwrap_or_else(|| above.to_owned());
        self.error("config-podcast", key, message, help);
    }

    /// One podcast; `None` where it lacks what every directory wants.
    fn podcast(&mut self, own: &PodcastSettings, key: &str, site: &Site) -> Option<Podcast> {
        let (episodes, name) = self.episodes(own, key)?;
        let feed = self.feed_key(own, key, &episodes, &name)?;
        let paths = self.podcast_paths(own, key, &episodes);
        let url = |check: &mut Self, name: &str, given: &Option<String>| {
            check.image(&format!("{key}.{name}"), given.as_ref(), None, &site.url)
        };
        let link = url(self, "link", &own.link);
        let language = own.language.as_deref().and_then(|language| {
            let tag = language_tag(language);
            if tag.is_none() {
                let message = format!("`{language}` is no language tag");
                self.wrong(&format!("{key}.language"), message, "write it as `en-US`");
            }
            tag
        });
        if own.language.is_none() && site.language.is_none() {
            self.wrong(
                &format!("{key}.language"),
                "nothing says in which language the podcast is, and no directory takes it without",
                "set `site.language` in feedwright.yaml, such as `en-US`",
            );
        }
        let files = self.web_address(own.files.as_ref(), &format!("{key}.files"));
        let prefix = self.web_address(own.prefix.as_ref(), &format!("{key}.prefix"));
        let show = self.show(own, key, site)?;
        Some(Podcast {
            key: feed,
            episodes,
            title: text(own.title.as_deref()),
            description: text(own.description.as_deref()),
            link,
            language,
            rights: text(own.rights.as_deref()),
            paths,
            files,
            prefix,
            limit: own.limit.filter(|limit| *limit > 0),
            show: Arc::new(show),
        })
    }

    /// Which posts are its episodes, and what these have in common.
    fn episodes(&mut self, own: &PodcastSettings, key: &str) -> Option<(Episodes, String)> {
        let folder = own.folder.as_ref();
        let given = [
            own.tag
                .as_ref()
                .map(|tag| (Episodes::Tag(fold(tag)), tag.clone())),
            own.section
                .as_ref()
                .map(|section| (Episodes::Section(section.clone()), section.clone())),
            folder.map(|folder| {
                let folder: PathBuf = folder.components().collect();
                let name = permalink::slashed(&folder);
                (Episodes::Folder(folder), name)
            }),
        ];
        let mut given = given.into_iter().flatten();
        let first = given.next();
        if given.next().is_some() {
            self.wrong(
                key,
                "the episodes of the podcast are named in more than one way",
                "leave one of `tag`, `section` and `folder`",
            );
            return None;
        }
        // A feed of its own takes what the site's own feed has of them.
        let rest = match own.slug {
            Some(_) => Episodes::All,
            None => Episodes::Site,
        };
        Some(first.unwrap_or((rest, String::new())))
    }

    /// What the feed of the podcast is of.
    fn feed_key(
        &mut self,
        own: &PodcastSettings,
        key: &str,
        episodes: &Episodes,
        name: &str,
    ) -> Option<String> {
        if *episodes == Episodes::Site {
            return Some("site".to_owned());
        }
        let given = own.slug.as_deref().unwrap_or(name);
        let slug = slug::tag(given);
        if slug.is_empty() || own.slug.as_ref().is_some_and(|own| *own != slug) {
            let key = format!("{key}.slug");
            let help = match &*slug {
                "" => "set `slug` to letters, digits and hyphens".to_owned(),
                slug => format!("write it as `{slug}`"),
            };
            self.wrong(&key, format!("`{given}` is no slug for a feed"), help);
            return None;
        }
        Some(format!("{PODCASTS}/{slug}"))
    }

    /// The paths that the settings give its feeds.
    fn podcast_paths(
        &mut self,
        own: &PodcastSettings,
        key: &str,
        episodes: &Episodes,
    ) -> BTreeMap<Format, String> {
        let given = [
            (Format::Rss, &own.paths.rss),
            (Format::Atom, &own.paths.atom),
            (Format::Json, &own.paths.json),
        ];
        let mut paths = BTreeMap::new();
        for (format, path) in given {
            let Some(path) = path else { continue };
            let key = format!("{key}.paths.{}", format.as_str());
            if *episodes == Episodes::Site {
                let message = "the podcast is the site's own feed, which has its paths elsewhere";
                self.wrong(&key, message, "set `feeds.paths` in place of it");
                continue;
            }
            let earlier: Vec<String> = paths.values().cloned().collect();
            let earlier: Vec<&str> = earlier.iter().map(String::as_str).collect();
            self.pattern(path, key, &earlier);
            paths.insert(format, path.clone());
        }
        paths
    }
}
