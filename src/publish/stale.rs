//! Feeds of ours that no post belongs to any more.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::emit;

/// How much of a file is read to see whether it is ours: the mark stands near its beginning.
const HEAD: u64 = 64 << 10;

/// The files of ours below `folder` of the output that have the name of a feed and are not
/// among those of this run, relative to the output.
pub(crate) fn stale(output: &Path, folder: &Path, current: &HashSet<PathBuf>) -> Vec<PathBuf> {
    let names: HashSet<_> = current.iter().filter_map(|path| path.file_name()).collect();
    let mut found = Vec::new();
    let files = WalkDir::new(output.join(folder))
        .max_depth(8)
        .sort_by_file_name();
    for entry in files.into_iter().filter_map(Result::ok) {
        let Ok(path) = entry.path().strip_prefix(output) else {
            continue;
        };
        if entry.file_type().is_file()
            && names.contains(entry.file_name())
            && !current.contains(path)
            && is_ours(entry.path())
        {
            found.push(path.to_path_buf());
        }
    }
    found
}

fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .is_ok_and(|_| emit::is_ours(&head))
}
