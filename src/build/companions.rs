//! What is written beside the feeds: the page for people, the list of all feeds, the style sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::podcast::{Chapter, Chapters};
use feedwright_feed::{Extent, Feed};
use feedwright_site::config::{BESIDE, Beside, CHAPTERS, Companion, Config, Page, Site};
use url::Url;

use crate::publish::Stage;
use crate::report::FileReport;
use crate::state::FeedRecord;

/// By what the lock knows these files.
const KEY: &str = "beside";

/// Emits and stages the files. They say of entries only what an edit of a text leaves as it is, so
/// that a run of a part of the site needs none of them.
pub(crate) fn stage(
    stage: &Stage,
    feeds: &[Feed],
    config: &Config,
) -> Result<Vec<FileReport>, Error> {
    let Beside {
        page, opml, style, ..
    } = &config.beside;
    let feeds: Vec<&Feed> = feeds
        .iter()
        .filter(|feed| feed.extent != Extent::Archive)
        .collect();
    let mut files: Vec<(&Companion, Vec<u8>)> = Vec::new();
    if let Some(page) = page {
        let looks = looks(page, opml.as_ref(), &config.site);
        files.push((&page.file, emit::page(&looks, &feeds)));
    }
    if let Some(opml) = opml {
        files.push((opml, emit::opml(&config.site.title, &feeds)));
    }
    if let Some(style) = style {
        let text = emit::style(config.site.language.as_deref());
        files.push((style, text.into()));
    }
    let chapters = chapters(&feeds);
    files.extend(
        chapters
            .iter()
            .map(|(file, list)| (file, emit::chapters(list))),
    );
    for (file, _) in &files {
        refuse_clash(file, &feeds)?;
    }
    files
        .into_iter()
        .map(|(file, bytes)| {
            let (change, _) = stage.add(&file.path, &bytes)?;
            Ok(FileReport {
                path: file.path.clone(),
                url: file.url.to_string(),
                change,
            })
        })
        .collect()
}

/// The files of chapters that front matter lists, of all episodes that a podcast has.
fn chapters<'a>(feeds: &[&'a Feed]) -> Vec<(Companion, &'a [Chapter])> {
    let shows = feeds.iter().filter(|feed| feed.show.is_some());
    let entries = shows.flat_map(|feed| &feed.entries);
    let lists = entries.filter_map(|entry| entry.episode.as_ref()?.chapters.as_ref());
    let lists = lists.filter(|chapters| !chapters.list.is_empty());
    let files: BTreeMap<&str, &Chapters> = lists
        .map(|chapters| (chapters.url.as_str(), chapters))
        .collect();
    let companion = |chapters: &'a Chapters| {
        let name = chapters.url.path_segments()?.next_back()?;
        let path = format!("{CHAPTERS}{name}");
        let file = Companion {
            path: path.trim_start_matches('/').split('/').collect(),
            url: chapters.url.clone(),
        };
        Some((file, chapters.list.as_slice()))
    };
    files.into_values().filter_map(companion).collect()
}

/// What the page says of the site.
fn looks<'a>(page: &'a Page, opml: Option<&'a Companion>, site: &'a Site) -> emit::Looks<'a> {
    // The page asks nobody else for anything.
    let own = |image: &'a Option<Url>| {
        let image = image.as_ref();
        image.filter(|image| image.origin() == site.url.origin())
    };
    let mut looks = emit::Looks::new(&site.title, &site.url);
    looks.title = page.title.as_deref();
    looks.description = Some(&page.description);
    looks.language = site.language.as_deref();
    looks.icon = own(&page.icon);
    looks.logo = own(&page.logo);
    looks.color = &page.color;
    looks.dark_color = &page.dark_color;
    looks.email = page.email_signup.as_ref();
    looks.opml = opml.map(|opml| &opml.url);
    looks
}

/// Refuses a file at the path of a feed.
fn refuse_clash(file: &Companion, feeds: &[&Feed]) -> Result<(), Error> {
    let is_there = |feed: &&&Feed| feed.places.iter().any(|place| place.path == file.path);
    match feeds.iter().find(is_there) {
        None => Ok(()),
        Some(feed) => Err(Error::new(format!(
            "the feed “{}” and what stands beside the feeds would both be {}: give the feed \
             another path by `feeds.taxonomy_paths` in feedwright.yaml",
            feed.title,
            slashed(&file.path)
        ))),
    }
}

/// What is promised of them: that they are ours.
pub(crate) fn record(files: &[FileReport]) -> Option<FeedRecord> {
    let files: BTreeSet<String> = files.iter().map(|file| slashed(&file.path)).collect();
    (!files.is_empty()).then(|| FeedRecord {
        key: KEY.to_owned(),
        files,
        ..FeedRecord::default()
    })
}

/// Where such files may lie, whatever is configured now.
pub(crate) fn places() -> impl Iterator<Item = PathBuf> {
    let chapters = format!("{CHAPTERS}*.json");
    let all = BESIDE.iter().map(|path| (*path).to_owned());
    all.chain([chapters])
        .map(|path| path.trim_start_matches('/').split('/').collect())
}
