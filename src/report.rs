//! What a run did, for people, cron jobs and CI.

use std::path::PathBuf;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, lossy, lossy_list, lossy_option};
use feedwright_feed::read::PublishedEntry;
use feedwright_feed::{Feed, Format, Place};
use feedwright_site::config::Config;
use feedwright_site::post::Post;
use serde::{Deserialize, Serialize};

use crate::publish::Change;
use crate::state::alarm::Alarm;
use crate::state::held::Held;
use crate::state::plan::FeedPlan;

/// One file of one feed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedReport {
    /// The feed's title.
    pub title: String,
    /// The format of this file.
    pub format: Format,
    /// The file, relative to the output folder.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// Where it is found.
    pub url: String,
    /// How many entries it has.
    pub entries: usize,
    /// What happened to it.
    pub change: Change,
}

impl FeedReport {
    pub(crate) fn new(feed: &Feed, place: &Place, change: Change) -> Self {
        FeedReport {
            title: feed.title.clone(),
            format: place.format,
            path: place.path.clone(),
            url: place.url.to_string(),
            entries: feed.entries.len(),
            change,
        }
    }
}

/// A file beside the feeds, for people or for programs that look for feeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileReport {
    /// The file, relative to the output folder.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// Where it is found.
    pub url: String,
    /// What happened to it.
    pub change: Change,
}

/// A file of a feed that people may be subscribed to, and that no feed has any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeftBehind {
    /// The file, relative to the output folder.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// Where it is found.
    pub url: String,
    /// What it was of, such as `tags/SLUG`, as far as that is known; else its folder.
    pub key: String,
    /// Why no feed has it.
    pub why: LeftBecause,
    /// The file that takes its place.
    #[serde(serialize_with = "lossy_option")]
    pub successor: Option<PathBuf>,
}

/// Why a file of a feed is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftBecause {
    /// Its feed is not written in this format any more.
    FormatDropped,
    /// Its posts have another feed, or its feed has another path.
    Moved,
    /// Its feed has no posts any more, or is not wanted.
    Empty,
}

/// The entries that a run shows before and after, where that is wanted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Previews {
    pub(crate) entries: Vec<EntryPreview>,
    /// How many more there are.
    pub(crate) more: usize,
}

/// One new or changed entry with its texts: of the first feed that has it.
#[derive(Debug, Clone)]
pub(crate) struct EntryPreview {
    /// Whether it is new, or else changed.
    pub(crate) is_new: bool,
    /// Where the plan has it: which feed, and which of that feed's new or changed entries.
    pub(crate) places: Vec<(usize, usize)>,
    /// The entry that readers have under the same id, where it changed.
    pub(crate) before: Option<Face>,
    pub(crate) after: Face,
}

/// What readers of a format see of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Face {
    pub(crate) format: Format,
    pub(crate) entry: PublishedEntry,
}

/// A post that nothing but its date keeps from being public.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScheduledPost {
    /// The title.
    pub title: String,
    /// The file, relative to the site's folder.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// When it will be public.
    pub date: Timestamp,
}

/// How many posts there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostCounts {
    /// Those that readers may see.
    pub published: usize,
    /// Drafts and hidden ones.
    pub drafts: usize,
    /// Those whose date has not come.
    pub future: usize,
}

/// What a run did.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether content was refused, so that nothing was written.
    pub refused: bool,
    /// Whether nothing was to be written in the first place.
    pub dry_run: bool,
    /// The posts that were understood.
    pub posts: PostCounts,
    /// The posts whose date has to come, by date, where nothing is written. Plans say them; a run
    /// that is remembered does not have them.
    #[serde(skip)]
    pub scheduled: Vec<ScheduledPost>,
    /// Every file of every feed.
    pub feeds: Vec<FeedReport>,
    /// What is written beside the feeds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<FileReport>,
    /// What subscribers see.
    pub plan: Vec<FeedPlan>,
    /// New and changed entries with their texts, as many as were asked for.
    #[serde(skip)]
    pub(crate) previews: Previews,
    /// Why the guard stopped the run, so that nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm: Option<Alarm>,
    /// The entries that the guard holds: feeds keep what was published of them, or do not show them
    /// yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
    /// What the changes that are held have in common, and what probably caused them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held_because: Vec<String>,
    /// Whether the run before held the same.
    #[serde(skip)]
    pub held_as_before: bool,
    /// The files of feeds that people may be subscribed to, and that no feed has any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<LeftBehind>,
    /// Whether the run before left the same.
    #[serde(skip)]
    pub left_as_before: bool,
    /// Feeds of ours that no post belongs to any more.
    #[serde(serialize_with = "lossy_list")]
    pub stale: Vec<PathBuf>,
    /// Those of them that were removed.
    #[serde(serialize_with = "lossy_list")]
    pub removed: Vec<PathBuf>,
    /// All problems and notes, by place.
    #[serde(skip)]
    pub diagnostics: Diagnostics,
}

impl Report {
    pub(crate) fn new(posts: &[Post], config: &Config, dry_run: bool) -> Self {
        let mut counts = PostCounts::default();
        for post in posts {
            if post.is_public(config) {
                counts.published += 1;
            } else if post.held {
                continue;
            } else if post.draft {
                counts.drafts += 1;
            } else {
                counts.future += 1;
            }
        }
        let scheduled = match dry_run {
            true => scheduled(posts, config),
            false => Vec::new(),
        };
        Report {
            refused: false,
            dry_run,
            posts: counts,
            scheduled,
            feeds: Vec::new(),
            beside: Vec::new(),
            plan: Vec::new(),
            previews: Previews::default(),
            alarm: None,
            held: Vec::new(),
            held_because: Vec::new(),
            held_as_before: false,
            left: Vec::new(),
            left_as_before: false,
            stale: Vec::new(),
            removed: Vec::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// Whether every file stays as it is.
    pub fn is_unchanged(&self) -> bool {
        let feeds = self.feeds.iter().map(|feed| feed.change);
        let beside = self.beside.iter().map(|file| file.change);
        feeds
            .chain(beside)
            .all(|change| change == Change::Unchanged)
    }

    /// How many files of feeds changed in one way.
    pub fn count(&self, change: Change) -> usize {
        self.feeds
            .iter()
            .filter(|feed| feed.change == change)
            .count()
    }
}

/// The posts whose date has to come, by date.
fn scheduled(posts: &[Post], config: &Config) -> Vec<ScheduledPost> {
    let posts = posts.iter().filter(|post| post.is_scheduled(config));
    let scheduled = posts.filter_map(|post| {
        Some(ScheduledPost {
            title: post.title.clone(),
            path: post.path.clone(),
            date: post.future?,
        })
    });
    let mut scheduled: Vec<ScheduledPost> = scheduled.collect();
    scheduled.sort_by(|a, b| (a.date, &a.path).cmp(&(b.date, &b.path)));
    scheduled
}
