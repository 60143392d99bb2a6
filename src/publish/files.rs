//! Every change that a run makes to the file system, one function each, so that tests can let any
//! of them be the last.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use feedwright_base::temporary;

/// How many bytes are written at once of what comes in small pieces.
const AT_ONCE: usize = 128 << 10;

/// The file system, as far as it is written to.
#[derive(Clone, Default)]
pub(crate) struct Files {
    #[cfg(test)]
    pub(crate) fault: Option<std::sync::Arc<fault::Fault>>,
}

impl Files {
    /// Asks whether the next change happens.
    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        self.fault.as_ref().map_or(Ok(()), |fault| fault.step())
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "only tests have faults"
    )]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    /// Makes a file that nobody else has, beside its target.
    pub(super) fn create_beside(&self, folder: &Path) -> io::Result<(File, PathBuf)> {
        self.step()?;
        // Readable by the web server, as far as the user's umask allows.
        temporary::create(folder, true)
    }

    /// Writes pieces, one after the other.
    pub(super) fn write(&self, file: &mut File, pieces: &[&[u8]]) -> io::Result<()> {
        if let Err(error) = self.step() {
            // A disk that is full takes some of the bytes, and so does one that loses its power.
            let bytes = pieces.concat();
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        // It passes on what is longer than itself.
        let mut file = BufWriter::with_capacity(AT_ONCE, file);
        pieces.iter().try_for_each(|piece| file.write_all(piece))?;
        file.flush()
    }

    pub(super) fn sync(&self, file: &File) -> io::Result<()> {
        self.step()?;
        file.sync_data()
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        temporary::rename(from, to)
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        temporary::remove(path)
    }

    pub(super) fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        temporary::create_folder(path)
    }

    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        temporary::remove_folder(path)
    }

    /// Makes renames durable. Not every system can sync a folder, and the files are whole anyway.
    pub(super) fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        if let Ok(folder) = File::open(path) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod fault {
    use std::io;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    /// Lets a number of changes happen and none, or not the next one, after them.
    pub(crate) struct Fault {
        left: AtomicUsize,
        /// Whether everything ends there, as when the process is killed.
        deadly: bool,
        pub(crate) struck: AtomicBool,
    }

    impl Fault {
        pub(crate) fn after(changes: usize, deadly: bool) -> Self {
            Fault {
                left: AtomicUsize::new(changes),
                deadly,
                struck: AtomicBool::new(false),
            }
        }

        pub(super) fn step(&self) -> io::Result<()> {
            let count = |left: usize| left.checked_sub(1);
            let order = Ordering::SeqCst;
            if self.left.fetch_update(order, order, count).is_ok() {
                return Ok(());
            }
            let again = self.struck.swap(true, order);
            if again && !self.deadly {
                return Ok(());
            }
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
    }
}
