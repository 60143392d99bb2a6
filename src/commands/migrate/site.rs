//! Reading what there was: a feed, an export, or the folder of a rendered site.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use feedwright_base::error::Error;
use feedwright_base::permalink;
use feedwright_base::reading;
use feedwright_feed::read::is_meant_as_feed;
use walkdir::{DirEntry, WalkDir};

use crate::commands::old_feeds::{OldFeed, OldFeeds};

/// What another program or host has published.
#[derive(Debug, Default)]
pub struct OldSite {
    /// Its feeds, with the pages that continue them.
    pub feeds: OldFeeds,
    /// The pages of the rendered site.
    pub(super) pages: Vec<OldPage>,
    /// Files that are meant as feeds and cannot be read as such, with what is wrong.
    pub unread: Vec<(String, String)>,
}

/// A page of a rendered site.
#[derive(Debug)]
pub(super) struct OldPage {
    /// Its path from the root of its host, percent-encoded.
    pub(super) address: String,
    /// Where it lies.
    pub(super) file: PathBuf,
}

/// How the names of files end that may be feeds.
const FEEDS: [&str; 5] = ["xml", "rss", "atom", "rdf", "json"];

/// How the names of files end that are pages; some copies of sites have feeds in such files.
const PAGES: [&str; 2] = ["html", "htm"];

/// The largest page that is looked at.
const LARGEST_PAGE: u64 = 16 << 20;

impl OldSite {
    /// Reads a feed with its pages, or all feeds and pages of a folder.
    ///
    /// # Errors
    ///
    /// A file or folder that cannot be read, and one in which no feed is.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if !path.is_dir() {
            return Ok(OldSite {
                feeds: OldFeeds::read(&[path.to_path_buf()])?,
                ..OldSite::default()
            });
        }
        let mut old = OldSite::default();
        for file in files(path)? {
            old.take(path, file)?;
        }
        if old.feeds.feeds.is_empty() {
            return Err(Error::new(format!(
                "no feed is in {}: name a feed, an export of WordPress, or the folder that the old \
                 generator wrote the site to",
                path.display()
            )));
        }
        old.finish();
        Ok(old)
    }

    /// Adds a file of the folder, if it is a feed or a page.
    fn take(&mut self, root: &Path, file: PathBuf) -> Result<(), Error> {
        let name = permalink::slashed(file.strip_prefix(root).unwrap_or(&file));
        let is_page = has_ending(&file, &PAGES);
        if is_page && !begins_as_xml(&file) {
            let address = address_of(&name);
            self.pages.push(OldPage { address, file });
            return Ok(());
        }
        let read = reading::bytes(&file, reading::LARGEST);
        let bytes = read.map_err(|error| Error::io("read", &file, error))?;
        if !is_meant_as_feed(&bytes) {
            return Ok(());
        }
        let address = address_of(&name);
        match OldFeed::new(name.clone(), bytes) {
            // An export lies beside the site's files, and is none of them.
            Ok(feed) if feed.feed.others.is_some() => self.feeds.feeds.push(feed),
            Ok(mut feed) => {
                // The site may lie below a path of its host, which a folder does not show.
                let own = feed.address.take();
                let own = own.filter(|own| own.ends_with(&address));
                feed.address = own.or(Some(address));
                self.feeds.feeds.push(feed);
            }
            Err(error) => {
                let what = error.to_string();
                let what = what.strip_prefix(&format!("{name}: ")).unwrap_or(&what);
                self.unread.push((name, what.to_owned()));
            }
        }
        Ok(())
    }

    /// Finds out below which path of its host the site lies, and which pages of feeds are missing.
    fn finish(&mut self) {
        let feeds = &self.feeds.feeds;
        let prefix = feeds.iter().find_map(|old| {
            let address = old.address.as_deref()?;
            address.strip_suffix(address_of(&old.name).as_str())
        });
        if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
            let prefix = prefix.to_owned();
            for page in &mut self.pages {
                page.address.insert_str(0, &prefix);
            }
        }
        let here: HashSet<&str> = feeds
            .iter()
            .filter_map(|old| old.address.as_deref())
            .collect();
        let missing = feeds.iter().flat_map(|old| {
            let links = old.continuations().filter(|link| {
                let path = url::Url::parse(link).map(|url| url.path().to_owned());
                path.is_ok_and(|path| !here.contains(path.as_str()))
            });
            links.map(|link| (old.name.clone(), link.to_owned()))
        });
        let missing: BTreeSet<(String, String)> = missing.collect();
        self.feeds.missing = missing.into_iter().collect();
    }
}

/// The files of a folder that may be feeds or pages, in order. Hidden ones are nobody's, and links
/// are not followed.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let is_hidden = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && name.starts_with('.') && name != ".well-known"
    };
    let mut files = Vec::new();
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry.map_err(|error| {
            let at = error.path().unwrap_or(folder).to_path_buf();
            Error::io("read", &at, error.into())
        })?;
        let path = entry.path();
        let is_named = has_ending(path, &FEEDS) || has_ending(path, &PAGES);
        let may_be = is_named || (has_no_ending(path) && begins_as_xml(path));
        if entry.file_type().is_file() && may_be {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        let is_same = |known: &&str| known.eq_ignore_ascii_case(ending);
        endings.iter().any(is_same)
    })
}

/// Whether the name of a file has no ending, as that of `feed` or `feed?paged=2`.
fn has_no_ending(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| !name.split('?').next().unwrap_or_default().contains('.'))
}

/// Whether a file begins as XML does; one that cannot be read does not.
fn begins_as_xml(path: &Path) -> bool {
    let mut head = [0; 512];
    let file = reading::open(path, reading::LARGEST);
    let read = |mut file: std::io::Take<File>| file.read(&mut head);
    let Ok(length) = file.and_then(read) else {
        return false;
    };
    let head = String::from_utf8_lossy(head.get(..length).unwrap_or_default());
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let is_xhtml = head.contains("<html") || head.contains("<!DOCTYPE html");
    let starts = ["<?xml", "<rss", "<feed", "<rdf:RDF"];
    starts.iter().any(|start| head.starts_with(start)) && !is_xhtml
}

/// The path at which a server shows a file of the site's folder.
fn address_of(name: &str) -> String {
    let (name, query) = match name.split_once('?') {
        Some((name, query)) => (name, format!("?{query}")),
        None => (name, String::new()),
    };
    let path = match name.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => name,
    };
    format!("/{}{query}", permalink::encode(path))
}

impl OldPage {
    /// What the page says that it is about: its headings of the first rank, and its titles.
    pub(super) fn titles(&self) -> Vec<String> {
        let text = reading::text(&self.file, LARGEST_PAGE);
        text.map(|text| super::pages::titles(&text))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files() {
        for (name, address) in [
            ("index.html", "/"),
            ("a/index.html", "/a/"),
            ("a/b.html", "/a/b.html"),
            ("my-index.html", "/my-index.html"),
            ("feed/index.html?paged=2", "/feed/?paged=2"),
            ("a b/ü.xml", "/a%20b/%C3%BC.xml"),
        ] {
            assert_eq!(address_of(name), address);
        }
    }
}
