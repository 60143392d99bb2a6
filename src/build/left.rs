//! Finds the files that people subscribe to and that no feed has any more, and leads their readers on
//! to the files that take their places. What takes the place of a file is found once and written down.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::error::Error;
use feedwright_base::permalink::{self, slashed};
use feedwright_feed::emit;
use feedwright_feed::read::{Published, read_bytes};
use feedwright_feed::{Extent, Feed, Format, Place};
use feedwright_site::config::{BESIDE, CHAPTERS, Config, Redirects};
use url::Url;

use super::successors::Successors;
use crate::publish::{Stage, not_ours};
use crate::redirects::{self, Redirect};
use crate::report::{FileReport, LeftBecause, LeftBehind};
use crate::select;
use crate::state::lock::read_left;
use crate::state::{LeftRecord, LeftRecords, State, left};

/// The variable of nginx that says where a feed is.
pub(crate) const NGINX_NAME: &str = "feed_moved";

/// What is known when feeds are made.
pub(crate) struct Facts<'a> {
    pub(crate) state: &'a State,
    pub(crate) config: &'a Config,
    pub(crate) feeds: &'a [Feed],
    /// All files that this run writes.
    pub(crate) current: &'a HashSet<PathBuf>,
    /// Files of ours in the output folder that it does not write.
    pub(crate) stale: &'a [PathBuf],
    /// Whether every post is understood and none is held: the feed of one that is may come back.
    pub(crate) is_whole: bool,
    /// Whether files that nothing takes the place of are removed.
    pub(crate) is_pruned: bool,
}

/// What a run found out about files that are left, and did for their readers.
pub(crate) struct Found {
    /// The records for the lock.
    pub(crate) records: LeftRecords,
    /// The files that the report names.
    pub(crate) behind: Vec<LeftBehind>,
    /// The file by which a server redirects.
    pub(crate) redirects: Option<FileReport>,
    /// The published files that name their successors.
    pub(crate) successors: Vec<FileReport>,
}

/// Finds the files that are left, and stages what leads their readers on.
///
/// # Errors
///
/// A file that cannot be read or written, and one in the way that is somebody else's.
pub(crate) fn stage(facts: &Facts<'_>, stage: &Stage) -> Result<Found, Error> {
    let left = Left::find(facts)?;
    let mut behind = left.behind(facts);
    let mut successors = Vec::new();
    if let Some(Redirects::Feeds) = facts.config.beside.redirects {
        for (file, is_as_before) in left.stage(stage, facts)? {
            // Whoever reads it has been told where to go.
            behind.retain(|left| left.path != file.path || !is_as_before);
            successors.push(file);
        }
    }
    Ok(Found {
        redirects: stage_redirects(&left, stage, facts.config)?,
        records: left.records,
        behind,
        successors,
    })
}

/// The files that are left.
struct Left {
    /// The records of all of them, those that are not there any more included.
    records: LeftRecords,
    /// The files that are still there, with their formats.
    there: BTreeMap<String, Format>,
    /// All files that feeds have or had and that were not removed.
    known: HashSet<String>,
}

impl Left {
    /// Finds out which files are left, and what takes their place.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    fn find(facts: &Facts<'_>) -> Result<Self, Error> {
        let state = facts.state;
        let there = there(facts)?;
        let written: BTreeSet<String> = facts.current.iter().map(|path| slashed(path)).collect();
        let files: BTreeSet<String> = there.keys().cloned().collect();
        let mut records = state.left().cloned().unwrap_or_default();
        if state.left().is_none() {
            records.extend(named(&there, facts)?);
        }
        for record in remembered(facts.config)? {
            records.entry(record.file.clone()).or_insert(record);
        }
        left::settle(&mut records, &written, &files);
        // Most sites leave nobody behind, and need not ask what each feed would be called.
        if facts.is_whole && !there.is_empty() {
            let successors = Successors::of(facts);
            for (file, format) in &there {
                let was_left = records.contains_key(file);
                let record = records.entry(file.clone()).or_insert(LeftRecord {
                    file: file.clone(),
                    to: None,
                    gone: false,
                });
                if record.to.is_none() {
                    record.to = successors.find(file, *format, was_left)?;
                }
            }
        }
        if facts.is_pruned {
            let without = records.values_mut().filter(|record| record.to.is_none());
            without.for_each(|record| record.gone = true);
            left::settle(&mut records, &written, &BTreeSet::new());
        } else {
            left::settle(&mut records, &written, &files);
        }
        let known = state.keys().into_keys().map(str::to_owned);
        let known = known.chain(written).chain(files).collect();
        Ok(Left {
            records,
            there,
            known,
        })
    }

    /// The files that people may be subscribed to, for reports.
    fn behind(&self, facts: &Facts<'_>) -> Vec<LeftBehind> {
        if self.there.is_empty() {
            return Vec::new();
        }
        let keys = keys(facts);
        let places = places(facts.feeds);
        let files = self.there.iter().filter_map(|(file, format)| {
            let successor = self.records.get(file)?.to.as_deref();
            let successor = successor.filter(|to| self.known.contains(*to));
            let place = successor.and_then(|to| places.get(to));
            let is_own = |feed: &Feed| keys.get(file) == Some(&feed.key);
            let why = match (successor, place) {
                (None, _) => LeftBecause::Empty,
                (_, Some((feed, place))) if is_own(feed) && place.format != *format => {
                    LeftBecause::FormatDropped
                }
                _ => LeftBecause::Moved,
            };
            Some(LeftBehind {
                path: PathBuf::from(file),
                url: address(file, facts.config)?.to_string(),
                key: match (keys.get(file), file.rsplit_once('/')) {
                    (Some(key), _) => key.clone(),
                    (None, Some((folder, _))) => folder.to_owned(),
                    (None, None) => String::new(),
                },
                why,
                successor: successor.map(PathBuf::from),
            })
        });
        files.collect()
    }

    /// The published files that name their successors, staged, and whether they did so before.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written.
    fn stage(&self, stage: &Stage, facts: &Facts<'_>) -> Result<Vec<(FileReport, bool)>, Error> {
        let places = places(facts.feeds);
        let mut files = Vec::new();
        for (file, format) in &self.there {
            let to = self.records.get(file).and_then(|record| record.to.as_ref());
            let Some((_, place)) = to.and_then(|to| places.get(to.as_str())) else {
                continue;
            };
            let (path, url) = (Path::new(file), address(file, facts.config));
            let published = published(path, facts)?;
            let published = published.and_then(|bytes| String::from_utf8(bytes).ok());
            let successor = (&place.url, place.format);
            let document = published
                .as_deref()
                .and_then(|published| emit::with_successor(*format, published, successor));
            if let (Some(document), Some(url)) = (document, url) {
                let (change, _) = stage.add(path, document.as_bytes())?;
                let report = FileReport {
                    path: path.to_path_buf(),
                    url: url.to_string(),
                    change,
                };
                files.push((report, published.as_deref() == Some(&*document)));
            }
        }
        Ok(files)
    }
}

/// The bytes of a file as subscribers have it.
fn published(path: &Path, facts: &Facts<'_>) -> Result<Option<Vec<u8>>, Error> {
    match read_bytes(&facts.state.live.join(path))? {
        Some(bytes) => Ok(Some(bytes)),
        // It was not fetched with the others.
        None => read_bytes(&facts.config.feeds.output.join(path)),
    }
}

/// The files that are left and, as far as is known, still there, with their formats.
fn there(facts: &Facts<'_>) -> Result<BTreeMap<String, Format>, Error> {
    let state = facts.state;
    let archives = state.archive_files();
    let known = state.published_files();
    let mut there = BTreeMap::new();
    for path in facts.stale.iter().chain(known) {
        let file = slashed(path);
        let is_chapters = file.starts_with(CHAPTERS.trim_start_matches('/'));
        let is_beside = is_chapters || BESIDE.iter().any(|one| one.trim_start_matches('/') == file);
        if facts.current.contains(path) || is_beside || archives.contains(&*file) {
            continue;
        }
        let bytes = published(path, facts)?.filter(|bytes| emit::is_ours(bytes));
        if let Some(format) = bytes.and_then(|bytes| Published::format_of(&bytes)) {
            there.insert(file, format);
        }
    }
    // Where feeds are deployed from a fresh folder, only the lock knows of other files.
    let removed = |file: &str| {
        let record = state.left().and_then(|left| left.get(file));
        record.is_some_and(|record| record.gone)
    };
    for (file, key) in state.keys() {
        let path = Path::new(file);
        let is_lost = !facts.current.contains(path)
            && !facts.config.feeds.output.join(path).exists()
            && !removed(file);
        if is_lost {
            let places = select::all_places(key, facts.config);
            let place = places.into_iter().find(|place| place.path == path);
            there.extend(place.map(|place| (file.to_owned(), place.format)));
        }
    }
    Ok(there)
}

/// The records that the server's file of redirects keeps in its comments, in case the lock is lost.
fn remembered(config: &Config) -> Result<Vec<LeftRecord>, Error> {
    let Some(Redirects::Server(_, file)) = &config.beside.redirects else {
        return Ok(Vec::new());
    };
    let bytes = read_bytes(&config.feeds.output.join(&file.path))?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.strip_prefix(redirects::HEAD).map(str::lines);
    let comments = lines
        .into_iter()
        .flatten()
        .map_while(|line| line.strip_prefix("# "));
    Ok(comments.filter_map(read_left).collect())
}

/// The records of files that are left and name their successors themselves, where no lock remembers.
fn named(there: &BTreeMap<String, Format>, facts: &Facts<'_>) -> Result<LeftRecords, Error> {
    let feeds = places(facts.feeds);
    let mut files: HashMap<String, &str> = HashMap::new();
    for file in there.keys() {
        files.extend(address(file, facts.config).map(|url| (url.into(), &**file)));
    }
    for (file, (_, place)) in &feeds {
        files.insert(place.url.to_string(), file);
    }
    let mut records = LeftRecords::new();
    for file in there.keys() {
        let bytes = published(Path::new(file), facts)?.unwrap_or_default();
        let feed = Published::parse(&bytes).ok();
        let link = feed.as_ref().and_then(|feed| feed.head.self_link.as_ref());
        let to = link.and_then(|link| files.get(link)).copied();
        // Others name themselves.
        if let Some(to) = to.filter(|to| to != file) {
            let record = LeftRecord {
                file: file.clone(),
                to: Some(to.to_owned()),
                gone: false,
            };
            records.insert(file.clone(), record);
        }
    }
    Ok(records)
}

/// The places of feeds, by file.
fn places(feeds: &[Feed]) -> BTreeMap<String, (&Feed, &Place)> {
    let feeds = feeds.iter().filter(|feed| feed.extent != Extent::Archive);
    let places = feeds.flat_map(|feed| feed.places.iter().map(move |place| (feed, place)));
    places
        .map(|(feed, place)| (slashed(&place.path), (feed, place)))
        .collect()
}

/// The keys of the feeds that files belong to: as the lock has them, or as today's feeds would be
/// called in formats that are not written.
pub(super) fn keys(facts: &Facts<'_>) -> HashMap<String, String> {
    let mut keys = HashMap::new();
    for feed in facts.feeds {
        for place in select::all_places(&feed.key, facts.config) {
            keys.insert(slashed(&place.path), feed.key.clone());
        }
    }
    let known = facts.state.keys().into_iter();
    keys.extend(known.map(|(file, key)| (file.to_owned(), key.to_owned())));
    keys
}

/// Where a file of the output folder is found.
fn address(file: &str, config: &Config) -> Option<Url> {
    permalink::on_site(&config.site.url, &permalink::encode(file)).ok()
}

/// The redirects of records, in no particular order. What leads to a file that nobody knows leads
/// nowhere.
pub(crate) fn redirects(
    records: &LeftRecords,
    is_known: &dyn Fn(&str) -> bool,
    config: &Config,
) -> Vec<Redirect> {
    let of = |record: &LeftRecord| {
        let to = match &record.to {
            Some(to) => Some(address(to, config)?.to_string()),
            None => None,
        };
        Some(Redirect {
            from: address(&record.file, config)?.path().to_owned(),
            to,
        })
    };
    let leading = |record: &&LeftRecord| match &record.to {
        Some(to) => *to != record.file && is_known(to),
        None => record.gone,
    };
    records.values().filter(leading).filter_map(of).collect()
}

/// Stages the file by which a server redirects, where there is to be one.
///
/// # Errors
///
/// One in the way that is somebody else's.
fn stage_redirects(
    left: &Left,
    stage: &Stage,
    config: &Config,
) -> Result<Option<FileReport>, Error> {
    let Some(Redirects::Server(host, file)) = &config.beside.redirects else {
        return Ok(None);
    };
    let text = redirects::text(
        &redirects(&left.records, &|file| left.known.contains(file), config),
        *host,
        NGINX_NAME,
    );
    let records = left.records.values();
    let comments = records.filter_map(|record| {
        let line = serde_json::to_string(record).ok()?;
        Some(format!("# {line}\n"))
    });
    let comments: String = comments.collect();
    let text = format!("{}{comments}{text}", redirects::HEAD);
    if stage.is_foreign(&file.path, text.as_bytes())? {
        return Err(not_ours(&stage.target(&file.path)).help(format!(
            "set `feeds.redirects: false`, and put what `feedwright links --format {}` prints into \
             it",
            host.name()
        )));
    }
    let (change, _) = stage.add(&file.path, text.as_bytes())?;
    Ok(Some(FileReport {
        path: file.path.clone(),
        url: file.url.to_string(),
        change,
    }))
}
