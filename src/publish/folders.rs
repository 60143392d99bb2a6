//! Makes the folders that files are written to, clears them of leftovers, and refuses links.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use feedwright_base::error::Error;
use feedwright_base::sync::lock;
use feedwright_base::temporary::is_leftover;

use super::Stage;
use super::compare::linked;

impl Stage {
    /// The names of this run's temporary files. One folder may have several paths, but no name is
    /// given twice.
    pub(super) fn staged_names(&self) -> HashSet<OsString> {
        let staged = lock(&self.staged);
        let names = staged
            .iter()
            .filter_map(|staged| staged.temporary.file_name());
        names.map(OsString::from).collect()
    }

    /// Makes a folder and removes what a crashed run left in it, once.
    pub(super) fn prepare(&self, folder: &Path) -> Result<(), Error> {
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
    pub(super) fn clear_leftovers(
        &self,
        folder: &Path,
        staged: &HashSet<OsString>,
    ) -> Result<(), Error> {
        for entry in fs::read_dir(folder).map_err(|error| Error::io("list", folder, error))? {
            let entry = entry.map_err(|error| Error::io("list", folder, error))?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && is_leftover(&entry.file_name()) && !staged.contains(&entry.file_name()) {
                self.remove_leftover(&entry.path())?;
            }
        }
        Ok(())
    }

    pub(super) fn remove_leftover(&self, path: &Path) -> Result<(), Error> {
        self.files
            .remove(path)
            .map_err(|error| Error::io("remove the leftover", path, error))
    }

    /// Makes a folder and those above it, remembering which were made. Tells whether it made this
    /// one.
    pub(super) fn create_folders(
        &self,
        folder: &Path,
        created: &mut Vec<PathBuf>,
    ) -> Result<bool, Error> {
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
    pub(super) fn refuse_links(&self, path: &Path) -> Result<(), Error> {
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
}

/// Refuses an output folder that a symbolic link takes elsewhere. Of a path within the site, or
/// relative to the working folder, every part is looked at; of another one only the last, since
/// what lies above it is the machine's affair.
pub(super) fn refuse_linked_output(root: &Path, output: &Path) -> Result<(), Error> {
    let mut parts = output
        .components()
        .skip_while(|part| !matches!(part, Component::Normal(_)));
    if parts.any(|part| part == Component::ParentDir) {
        return Err(Error::new(format!(
            "the output path {} contains `..`; write it without",
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
