//! The one door through which temporary files and folders come to be and go, so that whoever ends
//! the program before its time knows all of them.
//!
//! A signal may come at any instant. Each function here holds [`GATE`] while it changes the file
//! system and the list together; [`withdraw`] closes it for good, so that what it removes is all
//! there is and nothing comes after it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use crate::error::Error;
use crate::folder::lock;

/// What temporary files are called. A web server that serves them shows a feed to come, and no
/// dialect takes one for a post.
const PREFIX: &str = ".feedwright-";
const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between them.
const RANDOM: usize = 6;

/// Read while one change is made, written to by nobody but who ends the program.
static GATE: RwLock<()> = RwLock::new(());

/// Read while changes are made that belong together.
static WHOLE: RwLock<()> = RwLock::new(());

static OURS: Mutex<Ours> = Mutex::new(Ours {
    files: BTreeSet::new(),
    folders: Vec::new(),
});

/// What would be in the way if the program ended now.
struct Ours {
    files: BTreeSet<PathBuf>,
    /// Folders that were made for files to come, outermost first.
    folders: Vec<PathBuf>,
}

fn shared(of: &RwLock<()>) -> RwLockReadGuard<'_, ()> {
    of.read().unwrap_or_else(PoisonError::into_inner)
}

/// As long as the value lives, a first signal waits. For a moment in which ending takes longer to
/// repair than going on.
pub(crate) struct Whole {
    _guard: RwLockReadGuard<'static, ()>,
}

pub(crate) fn whole() -> Whole {
    Whole {
        _guard: shared(&WHOLE),
    }
}

/// Makes a file that nobody else has, which only who runs the program may read until it is told
/// otherwise, or, where it is `public`, everybody whom the umask lets.
pub(crate) fn create(folder: &Path, public: bool) -> io::Result<(File, PathBuf)> {
    let _open = shared(&GATE);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    if public {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let (file, path) = builder.tempfile_in(folder)?.into_parts();
    let path = path.keep().map_err(|error| error.error)?;
    lock(&OURS).files.insert(path.clone());
    Ok((file, path))
}

/// Puts a temporary file in its place.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let _open = shared(&GATE);
    fs::rename(from, to)?;
    lock(&OURS).files.remove(from);
    Ok(())
}

/// Removes a file, whether it was temporary or not.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    let _open = shared(&GATE);
    fs::remove_file(path)?;
    lock(&OURS).files.remove(path);
    Ok(())
}

/// Makes a folder that is to go if nothing comes to lie in it.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let _open = shared(&GATE);
    fs::create_dir(path)?;
    lock(&OURS).folders.push(path.to_path_buf());
    Ok(())
}

/// Removes a folder that is empty.
pub(crate) fn remove_folder(path: &Path) -> io::Result<()> {
    let _open = shared(&GATE);
    fs::remove_dir(path)?;
    lock(&OURS).folders.retain(|folder| folder != path);
    Ok(())
}

/// Folders that are there to stay.
pub(crate) fn keep_folders(paths: &[PathBuf]) {
    lock(&OURS).folders.retain(|folder| !paths.contains(folder));
}

/// Removes everything temporary and lets nothing come after it. `end` ends the program. The first
/// to ask is patient and waits for what belongs together; who asks again is not.
#[cfg(unix)]
pub(crate) fn withdraw(is_patient: bool, end: impl FnOnce()) {
    let wait = |of: &'static RwLock<()>| of.write().unwrap_or_else(PoisonError::into_inner);
    let _whole = is_patient.then(|| wait(&WHOLE));
    let _closed = wait(&GATE);
    let ours = lock(&OURS);
    for file in &ours.files {
        let _ = fs::remove_file(file);
    }
    // One that is not empty is somebody's by now.
    for folder in ours.folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    end();
}

/// Whether a file has a name that only a run of ours gives, which did not come to rename it.
pub(crate) fn is_leftover(name: &OsStr) -> bool {
    let random = name
        .to_str()
        .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Removes what earlier runs left among the posts. What is gone already is no failure.
pub(crate) fn remove_leftovers(paths: &[PathBuf]) -> Result<(), Error> {
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
