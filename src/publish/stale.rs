//! What earlier runs left: feeds that no post belongs to any more, and leftovers of crashes.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use feedwright_base::slice::Slice;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::WalkDir;

/// What earlier runs left.
#[derive(Default)]
pub(super) struct Left {
    /// Feeds of ours, relative to the output.
    pub(super) feeds: Vec<PathBuf>,
    /// Temporary files, with the output's own path.
    pub(super) leftovers: Vec<PathBuf>,
}

/// Looks through the folders that path patterns name. Only files that match a pattern are taken
/// for feeds of this site: another site of ours may share the output folder.
pub(super) fn sweep(
    output: &Path,
    patterns: &[String],
    current: &HashSet<PathBuf>,
    is_ours: &dyn Fn(&Path) -> bool,
) -> Left {
    let mut left = Left::default();
    let globs = globs(patterns);
    let all: BTreeSet<PathBuf> = patterns
        .iter()
        .map(|pattern| fixed_folder(pattern))
        .collect();
    // A folder within another one is looked through with it.
    let folders = all.iter().filter(|folder| {
        let above = folder
            .ancestors()
            .skip(1)
            .filter(|path| !path.as_os_str().is_empty());
        !above.into_iter().any(|path| all.contains(path))
    });
    for folder in folders {
        // No further down than patterns reach: the site's own files may lie there too.
        let depth = patterns
            .iter()
            .filter(|pattern| Path::new(pattern).starts_with(folder))
            .map(|pattern| pattern.split('/').count() - folder.components().count())
            .max()
            .unwrap_or(1);
        let files = WalkDir::new(output.join(folder))
            .max_depth(depth)
            .sort_by_file_name();
        for entry in files.into_iter().filter_map(Result::ok) {
            let Ok(path) = entry.path().strip_prefix(output) else {
                continue;
            };
            if !entry.file_type().is_file() {
                continue;
            }
            if super::temporary::is_leftover(entry.file_name()) {
                left.leftovers.push(entry.path().to_path_buf());
            } else if !current.contains(path) && globs.is_match(path) && is_ours(path) {
                left.feeds.push(path.to_path_buf());
            }
        }
    }
    left
}

/// The part of a pattern before its first placeholder: where all its files lie.
fn fixed_folder(pattern: &str) -> PathBuf {
    let fixed = pattern.split('*').next().unwrap_or_default();
    let folder = fixed.rfind('/').map_or("", |at| fixed.slice(..at));
    PathBuf::from(folder)
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // The patterns are paths whose only sign is `*`.
        let escaped: String = pattern
            .chars()
            .map(|c| match c {
                '[' | ']' | '{' | '}' | '?' | '!' | '\\' => format!("[{c}]"),
                c => c.to_string(),
            })
            .collect();
        if let Ok(glob) = GlobBuilder::new(&escaped).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}
