//! What Git knows of a site's files: an I/O edge.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::date::Timestamp;
use crate::error::Error;

/// When each file below a folder was last touched by a commit, by its path from there.
///
/// # Errors
///
/// No Git, no repository, and a shallow one: there every file has the date of the last commit.
pub(crate) fn last_commits(root: &Path) -> Result<HashMap<PathBuf, Timestamp>, Error> {
    if git(root, &["rev-parse", "--is-shallow-repository"])?.trim() == "true" {
        return Err(Error::new(
            "`dates.updated: git` needs the whole history, and this is a shallow clone, where \
             every file has one date: fetch it with `git fetch --unshallow` (in GitHub Actions, \
             `fetch-depth: 0` of actions/checkout)",
        ));
    }
    let log = git(
        root,
        &[
            "log",
            "-z",
            "--format=%x00%cI",
            "--name-only",
            "--no-renames",
            "--relative",
            "--",
            ".",
        ],
    )?;
    let mut times = HashMap::new();
    let mut time = None;
    let mut parts = log.split('\0').peekable();
    while let Some(part) = parts.next() {
        let part = part.trim_start_matches('\n');
        if part.is_empty() {
            // An empty part stands before the date of a commit.
            if let Some(date) = parts
                .peek()
                .and_then(|text| Timestamp::from_rfc3339(text.trim()))
            {
                time = Some(date);
                parts.next();
            }
            continue;
        }
        // The newest commit comes first.
        if let Some(time) = time {
            times.entry(PathBuf::from(part)).or_insert(time);
        }
    }
    Ok(times)
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, Error> {
    let failed = |why: String| {
        Error::new(format!(
            "`dates.updated: git` cannot ask Git: {why}; remove it, or run feedwright where Git \
             and the site's repository are"
        ))
    };
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
            "-c",
            "log.showRoot=true",
        ])
        .args(arguments)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(failed(message.trim().replace('\n', " ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
