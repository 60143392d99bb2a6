//! The last I/O edge: comparing with what is published, and publishing what differs.
//!
//! Every changed file is staged beside its target as soon as it is made; [`Stage::commit`]
//! syncs and renames all of them. A crash at any instant leaves each file either old or new, and
//! a stage that is dropped leaves everything as it was.

mod stale;
mod sync;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;
use tempfile::TempPath;

use crate::emit;
use crate::error::Error;

use self::sync::Syncer;

/// What temporary files are called. A web server that serves them shows a feed to come.
const PREFIX: &str = ".feedwright-";
const SUFFIX: &str = ".tmp";

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
    staged: Mutex<Vec<Staged>>,
    /// Brings staged files to disk; there is none until the first is staged.
    syncer: Mutex<Option<Syncer>>,
    /// Folders that were made for this run, to be removed if it comes to nothing.
    created: Mutex<Vec<PathBuf>>,
    /// Folders that are known to be real, and cleared of leftovers.
    ready: Mutex<BTreeSet<PathBuf>>,
    /// Held as long as the stage lives, so that two runs take turns.
    _turn: Option<File>,
}

struct Staged {
    temporary: TempPath,
    target: PathBuf,
}

impl Stage {
    /// Prepares to write below a folder, waiting for another run to end. With `dry`, files are
    /// compared and nothing is written.
    pub(crate) fn begin(
        root: &Path,
        output: &Path,
        dry: bool,
        waiting: &dyn Fn(),
    ) -> Result<Self, Error> {
        let output: PathBuf = output.components().collect();
        refuse_linked_output(root, &output)?;
        let mut created = Vec::new();
        if !dry {
            create_folders(&output, &mut created)?;
        }
        let turn = if dry {
            None
        } else {
            take_turn(&output, waiting)?
        };
        Ok(Stage {
            output,
            dry,
            staged: Mutex::default(),
            syncer: Mutex::default(),
            created: Mutex::new(created),
            ready: Mutex::default(),
            _turn: turn,
        })
    }

    /// Compares a file with its new bytes and stages it when they differ.
    pub(crate) fn add(&self, path: &Path, bytes: &[u8]) -> Result<Change, Error> {
        let target = self.output.join(path);
        self.refuse_links(path)?;
        let change = match compare(&target, bytes)? {
            Comparison::Same => return Ok(Change::Unchanged),
            Comparison::Missing => Change::Created,
            Comparison::Different { ours: true } => Change::Updated,
            Comparison::Different { ours: false } => {
                return Err(Error::new(format!(
                    "{} is not feedwright's and is not replaced: remove it, or give the feed \
                     another path by `feeds.paths` in feedwright.yaml",
                    target.display()
                )));
            }
        };
        if !self.dry {
            let temporary = self.write(&target, bytes)?;
            lock(&self.staged).push(Staged { temporary, target });
        }
        Ok(change)
    }

    /// Writes the bytes to a temporary file beside their target.
    fn write(&self, target: &Path, bytes: &[u8]) -> Result<TempPath, Error> {
        let folder = target.parent().unwrap_or(&self.output);
        self.prepare(folder)?;
        let failed = |error| Error::io("write beside", target, error);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        // Readable by the web server, as far as the user's umask allows.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        if let Ok(old) = fs::metadata(target) {
            file.as_file()
                .set_permissions(old.permissions())
                .map_err(failed)?;
        }
        let (file, temporary) = file.into_parts();
        let syncer = lock(&self.syncer).get_or_insert_with(Syncer::start).queue();
        syncer.add(file, target.to_path_buf())?;
        Ok(temporary)
    }

    /// Makes a folder and removes what a crashed run left in it, once.
    fn prepare(&self, folder: &Path) -> Result<(), Error> {
        let mut ready = lock(&self.ready);
        if !ready.insert(folder.to_path_buf()) {
            return Ok(());
        }
        create_folders(folder, &mut lock(&self.created))?;
        for entry in fs::read_dir(folder).map_err(|error| Error::io("list", folder, error))? {
            let entry = entry.map_err(|error| Error::io("list", folder, error))?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && is_leftover(&entry.file_name()) {
                remove_leftover(&entry.path())?;
            }
        }
        Ok(())
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
                return Err(Error::new(format!(
                    "{} is a symbolic link, and feeds are not written through one: remove it",
                    current.display()
                )));
            }
        }
        Ok(())
    }

    /// Finds feeds of ours that are not among those of this run, and removes what a crashed run
    /// left beside feeds that this one had no reason to write. To be called after the commit, when
    /// no temporary file is ours any more.
    pub(crate) fn sweep(
        &self,
        patterns: &[String],
        current: &HashSet<PathBuf>,
    ) -> Result<Vec<PathBuf>, Error> {
        let found = stale::sweep(&self.output, patterns, current);
        if !self.dry {
            for path in &found.leftovers {
                remove_leftover(path)?;
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
        fs::remove_file(&target).map_err(|error| Error::io("remove", &target, error))?;
        // A folder that is empty now goes too; one that is not stays.
        let mut folder = path.parent();
        while let Some(parent) = folder.filter(|parent| !parent.as_os_str().is_empty()) {
            if fs::remove_dir(self.output.join(parent)).is_err() {
                break;
            }
            folder = parent.parent();
        }
        Ok(())
    }

    /// Publishes everything that was staged.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        let staged = std::mem::take(&mut *lock(&self.staged));
        // All bytes are on disk before the first name changes.
        if let Some(mut syncer) = lock(&self.syncer).take() {
            syncer.finish()?;
        }
        let mut folders = BTreeSet::new();
        for Staged { temporary, target } in staged {
            temporary
                .persist(&target)
                .map_err(|error| Error::io("rename to", &target, error.error))?;
            if let Some(folder) = target.parent() {
                folders.insert(folder.to_path_buf());
            }
        }
        lock(&self.created).clear();
        for folder in folders {
            sync_folder(&folder);
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The temporary files go first, then the folders made for them, innermost first. One
        // that is not empty belongs to somebody by now.
        lock(&self.staged).clear();
        for folder in lock(&self.created).iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Whether a file is one that a run of ours did not come to rename.
fn is_leftover(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

fn remove_leftover(path: &Path) -> Result<(), Error> {
    fs::remove_file(path).map_err(|error| Error::io("remove the leftover", path, error))
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

/// A panic elsewhere does not make the lists wrong.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

enum Comparison {
    Missing,
    Same,
    Different { ours: bool },
}

fn compare(target: &Path, bytes: &[u8]) -> Result<Comparison, Error> {
    let failed = |error| Error::io("read", target, error);
    // A pipe or device would be waited for.
    match fs::metadata(target) {
        Ok(meta) if !meta.is_file() => return Ok(Comparison::Different { ours: false }),
        _ => {}
    }
    let mut file = match File::open(target) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Comparison::Missing),
        Err(error) => return Err(failed(error)),
    };
    let mut old = Vec::with_capacity(bytes.len() + 1);
    file.read_to_end(&mut old).map_err(failed)?;
    if old == bytes {
        return Ok(Comparison::Same);
    }
    // An empty file holds nobody's words; some editors and full disks leave one.
    Ok(Comparison::Different {
        ours: old.is_empty() || emit::is_ours(&old),
    })
}

/// Makes a folder and those above it, remembering which were made.
fn create_folders(folder: &Path, created: &mut Vec<PathBuf>) -> Result<(), Error> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .collect();
    for path in missing.into_iter().rev() {
        match fs::create_dir(path) {
            Ok(()) => created.push(path.to_path_buf()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(Error::io("make the folder", path, error)),
        }
    }
    Ok(())
}

/// Locks the output folder itself, so that no lock file lies among what is published. Where
/// folders cannot be opened or locked, runs do not take turns; each is still all or nothing.
fn take_turn(output: &Path, waiting: &dyn Fn()) -> Result<Option<File>, Error> {
    let Ok(folder) = OpenOptions::new().read(true).open(output) else {
        return Ok(None);
    };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => {
            waiting();
            folder
                .lock()
                .map_err(|error| Error::io("lock", output, error))?;
            Ok(Some(folder))
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Makes renames durable. Not every system can sync a folder, and the files are whole anyway.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
