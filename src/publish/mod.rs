//! The last I/O edge: comparing with what is published, and publishing what differs.
//!
//! Every changed file is staged beside its target as soon as it is made; [`Stage::commit`]
//! syncs and renames all of them. A crash at any instant leaves each file either old or new, and
//! a stage that is dropped leaves everything as it was.

mod compare;
mod files;
mod folders;
mod rewrite;
mod stale;
mod sync;
mod turn;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::sync::lock;
use feedwright_base::temporary;
use rayon::prelude::*;
use serde::Serialize;

use crate::state::Owned;

pub(crate) use self::compare::not_ours;
pub(crate) use self::files::Files;
#[cfg(test)]
pub(crate) use self::files::fault::Fault;
pub(crate) use self::rewrite::rewrite;
pub(crate) use self::turn::Turn;
pub(crate) use feedwright_base::temporary::remove_leftovers;

use self::compare::{Comparison, compare, is_marked};
use self::folders::refuse_linked_output;
use self::sync::Syncer;

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there before.
    Created,
    /// Its bytes differ.
    Updated,
    /// Its bytes are the same; the file is not touched.
    Unchanged,
}

/// Files on their way to the output folder.
pub(crate) struct Stage {
    output: PathBuf,
    /// Whether anything is written at all.
    dry: bool,
    files: Files,
    owned: Owned,
    staged: Mutex<Vec<Staged>>,
    /// Brings staged files to disk; there is none until the first is staged.
    syncer: Mutex<Option<Syncer>>,
    /// Folders that were made for this run, to be removed if it comes to nothing.
    created: Mutex<Vec<PathBuf>>,
    /// Folders that are known to be real, and cleared of leftovers.
    ready: Mutex<BTreeSet<PathBuf>>,
}

struct Staged {
    temporary: PathBuf,
    target: PathBuf,
}

impl Stage {
    /// Prepares to write below a folder. With `dry`, files are compared and nothing is written.
    pub(crate) fn begin(
        root: &Path,
        output: &Path,
        dry: bool,
        files: Files,
        owned: Owned,
    ) -> Result<Self, Error> {
        let output: PathBuf = output.components().collect();
        refuse_linked_output(root, &output)?;
        let stage = Stage {
            output,
            dry,
            files,
            owned,
            staged: Mutex::default(),
            syncer: Mutex::default(),
            created: Mutex::default(),
            ready: Mutex::default(),
        };
        if !dry {
            stage.create_folders(&stage.output, &mut lock(&stage.created))?;
        }
        Ok(stage)
    }

    /// Compares a file with its new bytes and stages it when they differ. Returns the bytes that it
    /// had, where they are replaced.
    pub(crate) fn add(
        &self,
        path: &Path,
        bytes: &[u8],
    ) -> Result<(Change, Option<Vec<u8>>), Error> {
        let target = self.output.join(path);
        self.refuse_links(path.parent().unwrap_or(Path::new("")))?;
        let may_replace = |old: &[u8]| self.owned.may_replace(path, old);
        let (change, replaced) = match compare(&target, bytes, &may_replace)? {
            Comparison::Same => return Ok((Change::Unchanged, None)),
            Comparison::Missing => (Change::Created, None),
            Comparison::Different(Some(old)) => (Change::Updated, Some(old)),
            Comparison::Different(None) if self.owned.written.is_some() && is_marked(&target) => {
                return Err(not_ours(&target).help(
                    "it is a feed of feedwright that this site's feedwright.lock does not list: if \
                     it is this site's, remove it; if it is another one's, give this site's feed \
                     another path by `feeds.paths` in feedwright.yaml",
                ));
            }
            Comparison::Different(None) => {
                return Err(not_ours(&target).help(format!(
                    "if it is the feed that people read until now, keep their ids with `feedwright \
                     adopt {}`; if nobody reads it, remove it; or give the feed another path by \
                     `feeds.paths` in feedwright.yaml",
                    slashed(target.strip_prefix(".").unwrap_or(&target))
                )));
            }
        };
        if !self.dry {
            let temporary = self.write(&target, bytes, change)?;
            lock(&self.staged).push(Staged { temporary, target });
        }
        Ok((change, replaced))
    }

    /// Takes back a file that was added, so that it can be added with other bytes, or not at all.
    pub(crate) fn take_back(&self, path: &Path) -> Result<(), Error> {
        let target = self.output.join(path);
        let mut all = lock(&self.staged);
        while let Some(at) = all.iter().position(|staged| staged.target == target) {
            let staged = all.remove(at);
            self.remove_leftover(&staged.temporary)?;
        }
        Ok(())
    }

    /// Where a file of the output folder is.
    pub(crate) fn target(&self, path: &Path) -> PathBuf {
        self.output.join(path)
    }

    /// Writes the bytes to a temporary file beside their target.
    fn write(&self, target: &Path, bytes: &[u8], change: Change) -> Result<PathBuf, Error> {
        let folder = target.parent().unwrap_or(&self.output);
        self.prepare(folder)?;
        let (file, temporary) = self.write_beside(target, &[bytes], change)?;
        let queued = lock(&self.syncer)
            .get_or_insert_with(|| Syncer::start(self.files.clone()))
            .add(file, target.to_path_buf());
        if let Err(error) = queued {
            let _ = self.files.remove(&temporary);
            return Err(error);
        }
        Ok(temporary)
    }

    /// A temporary file with these bytes beside their target, with the mode of one that is there.
    fn write_beside(
        &self,
        target: &Path,
        pieces: &[&[u8]],
        change: Change,
    ) -> Result<(File, PathBuf), Error> {
        let folder = target.parent().unwrap_or(&self.output);
        let failed = |error| Error::io("write beside", target, error);
        let (mut file, temporary) = self.files.create_beside(folder).map_err(failed)?;
        let old = (change != Change::Created).then(|| fs::metadata(target));
        let written = self
            .files
            .write(&mut file, pieces)
            .and_then(|()| match old {
                Some(Ok(old)) => file.set_permissions(old.permissions()),
                _ => Ok(()),
            });
        if let Err(error) = written {
            // Half a file helps nobody; one that cannot even be removed is found by the next run.
            let _ = self.files.remove(&temporary);
            return Err(failed(error));
        }
        Ok((file, temporary))
    }

    /// Writes one file at once, so that it is durable before anything else is published: the lock,
    /// before the ids in it are seen.
    pub(crate) fn write_now(&self, target: &Path, pieces: &[&[u8]]) -> Result<(), Error> {
        let folder = target.parent().unwrap_or(&self.output);
        self.clear_leftovers(folder, &self.staged_names())?;
        let (file, temporary) = self.write_beside(target, pieces, Change::Updated)?;
        let renamed = self
            .files
            .sync(&file)
            .and_then(|()| self.files.rename(&temporary, target))
            .and_then(|()| self.files.sync_folder(folder));
        renamed.map_err(|error| {
            if temporary.exists() {
                let _ = self.files.remove(&temporary);
            }
            Error::io("write", target, error)
        })
    }

    /// Whether a file is in the way of these bytes that is not ours.
    pub(crate) fn is_foreign(&self, path: &Path, bytes: &[u8]) -> Result<bool, Error> {
        let may_replace = |old: &[u8]| self.owned.may_replace(path, old);
        let comparison = compare(&self.output.join(path), bytes, &may_replace)?;
        Ok(matches!(comparison, Comparison::Different(None)))
    }

    /// Finds feeds of ours that are not among those of this run, and removes what a crashed run
    /// left beside feeds that this one had no reason to write.
    pub(crate) fn sweep(
        &self,
        patterns: &[String],
        current: &HashSet<PathBuf>,
    ) -> Result<Vec<PathBuf>, Error> {
        let is_ours = |path: &Path| match &self.owned.written {
            Some(owned) => owned.contains(path) && is_marked(&self.output.join(path)),
            None => is_marked(&self.output.join(path)),
        };
        let mut found = stale::sweep(&self.output, patterns, current, &is_ours);
        // What was recorded may lie where no path of today's configuration leads.
        for path in self.owned.written.iter().flatten() {
            // The record may be a stranger's, and the file somebody else's by now.
            if !current.contains(path) && !found.feeds.contains(path) && is_ours(path) {
                found.feeds.push(path.clone());
            }
        }
        // A folder may be looked through for two patterns.
        found.feeds.sort();
        found.feeds.dedup();
        found.leftovers.sort();
        found.leftovers.dedup();
        let staged = self.staged_names();
        let is_staged = |path: &PathBuf| path.file_name().is_some_and(|name| staged.contains(name));
        found.leftovers.retain(|path| !is_staged(path));
        if !self.dry {
            for path in &found.leftovers {
                self.remove_leftover(path)?;
            }
        }
        Ok(found.feeds)
    }

    /// Removes a file of ours.
    pub(crate) fn remove(&self, path: &Path) -> Result<(), Error> {
        if self.dry {
            return Ok(());
        }
        self.refuse_links(path)?;
        let target = self.output.join(path);
        self.files
            .remove(&target)
            .map_err(|error| Error::io("remove", &target, error))?;
        // A folder that is empty now goes too; one that is not stays.
        let mut folder = path.parent();
        while let Some(parent) = folder.filter(|parent| !parent.as_os_str().is_empty()) {
            if self.files.remove_folder(&self.output.join(parent)).is_err() {
                break;
            }
            folder = parent.parent();
        }
        Ok(())
    }

    /// Publishes everything that was staged.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        // All bytes are on disk before the first name changes.
        if let Some(mut syncer) = lock(&self.syncer).take() {
            syncer.finish()?;
        }
        let mut folders: BTreeMap<&Path, Vec<&Staged>> = BTreeMap::new();
        let mut all = lock(&self.staged);
        for staged in &*all {
            let folder = staged.target.parent().unwrap_or(&self.output);
            folders.entry(folder).or_default().push(staged);
        }
        let renamed = folders.into_par_iter().map(|(folder, all)| {
            for Staged { temporary, target } in all {
                self.files
                    .rename(temporary, target)
                    .map_err(|error| Error::io("rename to", target, error))?;
            }
            let synced = self.files.sync_folder(folder);
            synced.map_err(|error| Error::io("sync", folder, error))
        });
        renamed.collect::<Result<(), Error>>()?;
        all.clear();
        let mut created = lock(&self.created);
        temporary::keep_folders(&created);
        created.clear();
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The temporary files go first, then the folders made for them, innermost first. One
        // that is not empty belongs to somebody by now.
        for staged in lock(&self.staged).drain(..) {
            let _ = self.files.remove(&staged.temporary);
        }
        for folder in lock(&self.created).iter().rev() {
            let _ = self.files.remove_folder(folder);
        }
    }
}

/// The files below a folder that path patterns name.
pub(crate) fn files_at(folder: &Path, patterns: &[String]) -> Vec<PathBuf> {
    stale::sweep(folder, patterns, &HashSet::new(), &|_| true).feeds
}
