//! Runs at once take turns.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use feedwright_base::error::Error;

/// The right to write to folders, held as long as the value lives.
pub(crate) struct Turn {
    _folders: Vec<File>,
}

impl Turn {
    /// Waits until no other run writes to any of these folders. Those that are not there yet are
    /// nobody's.
    ///
    /// The folders themselves are locked, so that no lock file lies among what is published. Where
    /// folders cannot be opened or locked, runs do not take turns; each is still all or nothing.
    pub(crate) fn take(folders: &[&Path], waiting: &dyn Fn()) -> Result<Self, Error> {
        // Always in the same order, so that no two runs wait for each other, and each once.
        let mut real: Vec<PathBuf> = folders
            .iter()
            .filter_map(|folder| folder.canonicalize().ok())
            .collect();
        real.sort();
        real.dedup();
        let mut held = Vec::new();
        for folder in real {
            let Ok(file) = OpenOptions::new().read(true).open(&folder) else {
                continue;
            };
            match file.try_lock() {
                Ok(()) => held.push(file),
                Err(TryLockError::WouldBlock) => {
                    waiting();
                    file.lock()
                        .map_err(|error| Error::io("lock", &folder, error))?;
                    held.push(file);
                }
                Err(TryLockError::Error(_)) => {}
            }
        }
        Ok(Turn { _folders: held })
    }
}
