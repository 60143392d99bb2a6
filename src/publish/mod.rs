//! The last I/O edge: comparing with what is published, and publishing what differs.
//!
//! Every changed file is staged beside its target as soon as it is made; [`Stage::commit`]
//! syncs and renames all of them. A crash at any instant leaves each file either old or new, and
//! a stage that is dropped leaves everything as it was.

mod files;
mod rewrite;
mod stale;
mod sync;
mod turn;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_base::sync::lock;
use feedwright_base::temporary::{self, is_leftover};
use feedwright_feed::emit;
use rayon::prelude::*;
use serde::Serialize;

use crate::state::Owned;

pub(crate) use self::files::Files;
#[cfg(test)]
pub(crate) use self::files::fault::Fault;
pub(crate) use self::rewrite::rewrite;
pub(crate) use self::turn::Turn;
pub(crate) use feedwright_base::temporary::remove_leftovers;

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
                return Err(Error::new(format!(
                    "{} is a feed of feedwright that this site's feedwright.lock does not list, \
                     and is not replaced: if it is this site's, remove it; if it is another \
                     one's, give this site's feed another path by `feeds.paths` in feedwright.yaml",
                    target.display()
                )));
            }
            Comparison::Different(None) => {
                return Err(Error::new(format!(
                    "{0} is not feedwright's and is not replaced: if it is the feed that people \
                     read until now, keep their ids with `feedwright adopt {0}`; if nobody reads \
                     it, remove it; or give the feed another path by `feeds.paths` in \
                     feedwright.yaml",
                    target.display()
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

    /// The names of this run's temporary files. One folder may have several paths, but no name is
    /// given twice.
    fn staged_names(&self) -> HashSet<OsString> {
        let staged = lock(&self.staged);
        let names = staged
            .iter()
            .filter_map(|staged| staged.temporary.file_name());
        names.map(OsString::from).collect()
    }

    /// Makes a folder and removes what a crashed run left in it, once.
    fn prepare(&self, folder: &Path) -> Result<(), Error> {
        let mut ready = lock(&self.ready);
        if !ready.insert(folder.to_path_buf()) {
            return Ok(());
        }
        let is_new = self.create_folders(folder, &mut lock(&self.created))?;
        if is_new {
            return Ok(());
        }
        // Nothing of this run is in there yet.
        self.clear_leftovers(folder, &HashSet::new())
    }

    /// Removes the temporary files that a crashed run left in a folder, but for those of this run.
    fn clear_leftovers(&self, folder: &Path, staged: &HashSet<OsString>) -> Result<(), Error> {
        for entry in fs::read_dir(folder).map_err(|error| Error::io("list", folder, error))? {
            let entry = entry.map_err(|error| Error::io("list", folder, error))?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && is_leftover(&entry.file_name()) && !staged.contains(&entry.file_name()) {
                self.remove_leftover(&entry.path())?;
            }
        }
        Ok(())
    }

    fn remove_leftover(&self, path: &Path) -> Result<(), Error> {
        self.files
            .remove(path)
            .map_err(|error| Error::io("remove the leftover", path, error))
    }

    /// Makes a folder and those above it, remembering which were made. Tells whether it made this
    /// one.
    fn create_folders(&self, folder: &Path, created: &mut Vec<PathBuf>) -> Result<bool, Error> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
            .collect();
        let mut is_new = false;
        for path in missing.into_iter().rev() {
            is_new = match self.files.create_folder(path) {
                Ok(()) => {
                    created.push(path.to_path_buf());
                    true
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {
                    false
                }
                Err(error) => return Err(Error::io("make the folder", path, error)),
            }
        }
        Ok(is_new)
    }

    /// Nothing is written through a symbolic link below the output folder: it may lead anywhere.
    fn refuse_links(&self, path: &Path) -> Result<(), Error> {
        let mut current = self.output.clone();
        for part in path.components() {
            if !matches!(part, Component::Normal(_)) {
                return Err(Error::new(format!(
                    "{} is no path of a feed",
                    path.display()
                )));
            }
            current.push(part);
            if lock(&self.ready).contains(&current) {
                continue;
            }
            if current.is_symlink() {
                return Err(linked(&current));
            }
        }
        Ok(())
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

/// Refuses an output folder that a symbolic link takes elsewhere. Of a path within the site, or
/// relative to the working folder, every part is looked at; of another one only the last, since
/// what lies above it is the machine's affair.
fn refuse_linked_output(root: &Path, output: &Path) -> Result<(), Error> {
    let mut parts = output
        .components()
        .skip_while(|part| !matches!(part, Component::Normal(_)));
    if parts.any(|part| part == Component::ParentDir) {
        return Err(Error::new(format!(
            "the output folder {} goes down and up again: name it directly",
            output.display()
        )));
    }
    let inner = output
        .strip_prefix(root.components().collect::<PathBuf>())
        .unwrap_or(output);
    let parts: Vec<&Path> = if output.is_absolute() && inner == output {
        vec![output]
    } else {
        let depth = inner.components().count();
        output.ancestors().take(depth).collect()
    };
    match parts.into_iter().find(|part| part.is_symlink()) {
        Some(link) => Err(Error::new(format!(
            "the output folder {} is a symbolic link: name the folder it leads to",
            link.display()
        ))),
        None => Ok(()),
    }
}

fn linked(path: &Path) -> Error {
    Error::new(format!(
        "{} is a symbolic link, and feeds are not written through one: remove it",
        path.display()
    ))
}

enum Comparison {
    Missing,
    Same,
    /// With its bytes, where it may be replaced.
    Different(Option<Vec<u8>>),
}

fn compare(
    target: &Path,
    bytes: &[u8],
    may_replace: &dyn Fn(&[u8]) -> bool,
) -> Result<Comparison, Error> {
    let failed = |error| Error::io("read", target, error);
    match target.symlink_metadata() {
        Ok(meta) if meta.is_symlink() => return Err(linked(target)),
        // A pipe or device would be waited for.
        Ok(meta) if !meta.is_file() => return Ok(Comparison::Different(None)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Comparison::Missing),
        _ => {}
    }
    // What is too large to be a feed, or no file, is nothing that this run may replace.
    let mut file = match reading::open(target, reading::LARGEST) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Comparison::Missing),
        Err(error) => return Err(failed(error)),
    };
    let mut old = Vec::with_capacity(bytes.len() + 1);
    file.read_to_end(&mut old).map_err(failed)?;
    if old == bytes {
        return Ok(Comparison::Same);
    }
    let is_replaced = may_replace(&old);
    Ok(Comparison::Different(is_replaced.then_some(old)))
}

/// How much of a file is read to see whether it is ours: the mark stands near its beginning.
const HEAD: u64 = 64 << 10;

/// Whether a file says that it is one of feedwright's.
fn is_marked(path: &Path) -> bool {
    let mut head = Vec::new();
    reading::open(path, reading::LARGEST)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .is_ok_and(|_| emit::is_ours(&head))
}

/// The files below a folder that path patterns name.
pub(crate) fn files_at(folder: &Path, patterns: &[String]) -> Vec<PathBuf> {
    stale::sweep(folder, patterns, &HashSet::new(), &|_| true).feeds
}
