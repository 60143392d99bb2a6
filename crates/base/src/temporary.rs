//! Making, renaming and removing temporary files and folders. Nothing else does, so that a signal can
//! remove all of them before it ends the program.
//!
//! A signal may come at any instant. Each function here holds `CHANGING` while it changes the file
//! system and the list together; [`remove_all_and_end`] takes it for good, so that no file is made
//! after it has looked.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use crate::error::Error;
use crate::sync::lock;

/// What temporary files are called. A web server that serves them shows a feed to come, and no
/// dialect takes one for a post.
const PREFIX: &str = ".feedwright-";
const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between them.
const RANDOM: usize = 6;

/// After how long nobody writes a temporary file any more.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Read-locked while one change is made, and write-locked only to end the program.
static CHANGING: RwLock<()> = RwLock::new(());

/// Read-locked while a first signal has to wait.
static SIGNAL_WAITS: RwLock<()> = RwLock::new(());

static OURS: Mutex<Ours> = Mutex::new(Ours {
    files: BTreeSet::new(),
    folders: Vec::new(),
    scratch: BTreeSet::new(),
});

/// The temporary files and folders that are there now.
struct Ours {
    files: BTreeSet<PathBuf>,
    /// Folders that were made for files to come, outermost first.
    folders: Vec<PathBuf>,
    /// Folders that go with all that is in them.
    scratch: BTreeSet<PathBuf>,
}

fn shared(of: &RwLock<()>) -> RwLockReadGuard<'_, ()> {
    of.read().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a first signal wait as long as it lives. A second one does not wait.
pub struct SignalDelay {
    _guard: RwLockReadGuard<'static, ()>,
}

/// Lets a first signal wait until the value is dropped, for changes that belong together.
pub fn delay_signal() -> SignalDelay {
    SignalDelay {
        _guard: shared(&SIGNAL_WAITS),
    }
}

/// Makes a file that nobody else has. Everybody whom the umask lets may read it where it is
/// `public`, otherwise only the user who runs the program.
pub fn create(folder: &Path, public: bool) -> io::Result<(File, PathBuf)> {
    let _changing = shared(&CHANGING);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    if public {
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let (file, path) = builder.tempfile_in(folder)?.into_parts();
    let path = path.keep().map_err(|error| error.error)?;
    lock(&OURS).files.insert(path.clone());
    Ok((file, path))
}

/// Replaces a file by one that `write` fills, in one step. The new one may be read by nobody but
/// who runs the program, unless `write` says otherwise. What fails leaves the old file, and no
/// temporary one.
pub fn replace(target: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let (mut file, path) = create(folder, false)?;
    let written = write(&mut file).and_then(|()| rename(&path, target));
    if written.is_err() {
        let _ = remove(&path);
    }
    written
}

/// A folder that nobody else has, away from the site. It goes, with all that is in it, when the
/// value does.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes one where the system has its temporary files, and lets `fill` put files in it.
    pub fn new(fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<Self> {
        let _changing = shared(&CHANGING);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        fill(folder.path())?;
        let path = folder.keep();
        lock(&OURS).scratch.insert(path.clone());
        Ok(Scratch { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _changing = shared(&CHANGING);
        // What cannot be removed is the system's to tidy up.
        let _ = fs::remove_dir_all(&self.path);
        lock(&OURS).scratch.remove(&self.path);
    }
}

/// Puts a temporary file in its place.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let _changing = shared(&CHANGING);
    fs::rename(from, to)?;
    lock(&OURS).files.remove(from);
    Ok(())
}

/// Removes a file, whether it was temporary or not.
pub fn remove(path: &Path) -> io::Result<()> {
    let _changing = shared(&CHANGING);
    fs::remove_file(path)?;
    lock(&OURS).files.remove(path);
    Ok(())
}

/// Makes a folder that is to go if nothing comes to lie in it.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let _changing = shared(&CHANGING);
    fs::create_dir(path)?;
    lock(&OURS).folders.push(path.to_path_buf());
    Ok(())
}

/// Removes a folder that is empty.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    let _changing = shared(&CHANGING);
    fs::remove_dir(path)?;
    lock(&OURS).folders.retain(|folder| folder != path);
    Ok(())
}

/// Takes folders off the list: they stay.
pub fn keep_folders(paths: &[PathBuf]) {
    lock(&OURS).folders.retain(|folder| !paths.contains(folder));
}

/// Removes all temporary files and folders, lets no more be made, and calls `end`, which ends the
/// program. A patient call waits for a [`SignalDelay`] first.
#[cfg(unix)]
pub fn remove_all_and_end(is_patient: bool, end: impl FnOnce()) {
    let wait = |of: &'static RwLock<()>| of.write().unwrap_or_else(PoisonError::into_inner);
    let _delay = is_patient.then(|| wait(&SIGNAL_WAITS));
    let _changing = wait(&CHANGING);
    let ours = lock(&OURS);
    for file in &ours.files {
        let _ = fs::remove_file(file);
    }
    for folder in &ours.scratch {
        let _ = fs::remove_dir_all(folder);
    }
    // One that is not empty is somebody's by now.
    for folder in ours.folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    end();
}

/// Returns whether a file has the name of a temporary file of ours: a run was killed before it
/// renamed it.
pub fn is_leftover(name: &OsStr) -> bool {
    let random = name
        .to_str()
        .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Removes the temporary files that runs left in a folder that runs of several sites may write to
/// at once: those that none of them can be writing any more.
pub fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let is_abandoned = |meta: fs::Metadata| {
        let age = meta.modified().ok().and_then(|time| time.elapsed().ok());
        meta.is_file() && age.is_some_and(|age| age > ABANDONED)
    };
    for entry in entries.flatten() {
        if is_leftover(&entry.file_name()) && entry.metadata().is_ok_and(is_abandoned) {
            // What another run has removed is gone as well.
            let _ = remove(&entry.path());
        }
    }
}

/// Removes what earlier runs left among the posts. What is gone already is no failure.
pub fn remove_leftovers(paths: &[PathBuf]) -> Result<(), Error> {
    for path in paths {
        match remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io("remove the leftover", path, error));
            }
            _ => {}
        }
    }
    Ok(())
}
