//! Where feeds are written.

use std::collections::HashMap;
use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink;
use feedwright_feed::{Format, Neighbours, Place};
use feedwright_site::config::{Config, FormatPaths, PODCASTS};

use super::Selection;

/// Where a feed is written: the site's own, or that of a taxonomy's member.
pub(super) fn places(config: &Config, member: Option<(&str, &str)>) -> Vec<Place> {
    places_in(&config.feeds.formats, config, member)
}

/// Where the feed of a key would be written in all formats, those that are not wanted included.
pub(crate) fn all_places(key: &str, config: &Config) -> Vec<Place> {
    places_in(&config.feeds.known, config, key.split_once('/'))
}

fn places_in(formats: &[FormatPaths], config: &Config, member: Option<(&str, &str)>) -> Vec<Place> {
    formats
        .iter()
        .filter_map(|paths| {
            let path = match member {
                None => paths.site.clone(),
                Some((taxonomy, slug)) => {
                    own(taxonomy, slug, paths.format, config).unwrap_or_else(|| {
                        let path = paths.taxonomy.replace(":taxonomy", taxonomy);
                        path.replace(":slug", slug)
                    })
                }
            };
            // Patterns are URL paths: on disk they stand decoded.
            let on_disk = permalink::decode(&path)?;
            Some(Place {
                format: paths.format,
                url: permalink::on_site(&config.site.url, &permalink::encode(&on_disk)).ok()?,
                path: on_disk
                    .trim_start_matches('/')
                    .split('/')
                    .collect::<PathBuf>(),
                neighbours: Neighbours::default(),
            })
        })
        .collect()
}

/// The path that the settings give to the feed of a podcast alone.
fn own(taxonomy: &str, slug: &str, format: Format, config: &Config) -> Option<String> {
    let mut podcasts = config.podcasts.iter().filter(|_| taxonomy == PODCASTS);
    let podcast = podcasts.find(|podcast| podcast.slug() == Some(slug))?;
    podcast.paths.get(&format).cloned()
}

/// Two feeds cannot be one file: the later one is left out and named.
pub(super) fn unique_places(
    selections: Vec<Selection>,
    config: &Config,
    diags: &mut Diagnostics,
) -> Vec<Selection> {
    let mut taken = Taken::default();
    let mut unique = Vec::with_capacity(selections.len());
    for selection in selections {
        let name = selection
            .name
            .clone()
            .unwrap_or_else(|| "the site".to_owned());
        let is_inside = |place: &&Place| {
            let target = config.feeds.output.join(&place.path);
            let relative = target.strip_prefix(config.root.path());
            relative.is_ok_and(|path| config.content.dialect.holds_posts(path))
        };
        let inside = selection.places.iter().find(is_inside);
        if let Some(place) = inside {
            diags.error(
                "feed-in-content",
                config.written.place("feeds.taxonomy_paths"),
                format!(
                    "the feed of {name} would be {} among the posts",
                    place.path.display()
                ),
                "give `feeds.taxonomy_paths` a folder of their own",
            );
            continue;
        }
        let clash = taken.take(&selection.places, &name);
        if let Some((path, other)) = clash {
            diags.error(
                "feed-path-duplicate",
                config.written.place("feeds.taxonomy_paths"),
                format!(
                    "the feeds of {other} and of {name} would both need {}",
                    path.display()
                ),
                "put `:taxonomy` and `:slug` into `feeds.taxonomy_paths`",
            );
            continue;
        }
        unique.push(selection);
    }
    unique
}

/// The paths that feeds take, with the names of the feeds.
#[derive(Default)]
struct Taken {
    files: HashMap<PathBuf, String>,
    /// The folders of these files.
    folders: HashMap<PathBuf, String>,
}

impl Taken {
    /// Takes the places of a feed, until one is taken already: then that path, and the name of the feed
    /// that has it. A file cannot be where another one needs a folder either, be it of the same feed.
    fn take(&mut self, places: &[Place], name: &str) -> Option<(PathBuf, String)> {
        for place in places {
            let above = place.path.ancestors().find_map(|path| self.files.get(path));
            if let Some(other) = above.or_else(|| self.folders.get(&place.path)) {
                return Some((place.path.clone(), other.clone()));
            }
            self.files.insert(place.path.clone(), name.to_owned());
            for folder in place.path.ancestors().skip(1) {
                let folder = self.folders.entry(folder.to_path_buf());
                folder.or_insert_with(|| name.to_owned());
            }
        }
        None
    }
}
