//! Opening and reading files: the one place that does so, so that no read waits and none is
//! without bound.
//!
//! A pipe in place of a file would be waited for, a device read until memory ends, and a sparse
//! file of gigabytes fills memory with zeros. None is what anybody means by a file of a site.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Take};
use std::path::Path;

/// The largest lock, cache or feed that is read. The lock of a million posts has 392 MB.
pub const LARGEST: u64 = 2 << 30;

/// From which size on a file is asked whether it holds anything.
const SUSPECT: u64 = 64 << 20;

/// How many times larger than what the disk holds of it a file may be: disks that compress make
/// text a tenth of its size.
const MOST_SPARSE: u64 = 64;

/// Opens a file for reading up to a size.
///
/// # Errors
///
/// What is no file is refused, and so is what is too large or has nothing but holes.
pub fn open(path: &Path, most: u64) -> io::Result<Take<File>> {
    let (file, meta) = regular(path)?;
    examine(&meta, most)?;
    Ok(file.take(most.saturating_add(1)))
}

/// Opens a file for reading, with what the file system says of it. A pipe without a writer does
/// not make this wait.
///
/// # Errors
///
/// What is no file is refused.
pub fn regular(path: &Path) -> io::Result<(File, Metadata)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        options.custom_flags(libc::O_NONBLOCK);
    }
    let file = options.open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
    }
    if !meta.is_file() {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            "it is a pipe or a device, not a file: put a file there",
        ));
    }
    Ok((file, meta))
}

/// The bytes of a file, which may not have more than these.
///
/// # Errors
///
/// Those of [`open`], and a file that grows beyond the size while it is read.
pub fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    drain(open(path, most)?, most)
}

/// The text of a file, which may not have more bytes than these.
///
/// # Errors
///
/// Those of [`bytes`], and a file that is not UTF-8.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(bytes(path, most)?)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8"))
}

/// All that a reader gives, which may not be more bytes than these.
///
/// # Errors
///
/// Those of the reader, and one that gives more.
pub fn drain(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

/// Opens a file that the command line names for reading up to [`LARGEST`] bytes.
///
/// The shell's `<(…)` gives the name of a pipe that is being written to, which is read.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_named(path: &Path) -> io::Result<Take<File>> {
    let is_substitution = path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    if is_substitution {
        return Ok(File::open(path)?.take(LARGEST + 1));
    }
    open(path, LARGEST)
}

fn examine(meta: &Metadata, most: u64) -> io::Result<()> {
    if meta.len() > most {
        return Err(too_large(most));
    }
    if meta.len() > SUSPECT && on_disk(meta) < meta.len() / MOST_SPARSE {
        return Err(io::Error::other(
            "it is sparse: it says that it is large and holds next to nothing; restore or remove it",
        ));
    }
    Ok(())
}

fn too_large(most: u64) -> io::Error {
    io::Error::new(
        ErrorKind::FileTooLarge,
        format!("it is larger than {} MiB", most >> 20),
    )
}

/// How many bytes of a file the disk holds.
#[cfg(unix)]
fn on_disk(meta: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;

    meta.blocks().saturating_mul(512)
}

/// Elsewhere files are taken at their word.
#[cfg(not(unix))]
fn on_disk(meta: &Metadata) -> u64 {
    meta.len()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_hold_something_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        std::fs::write(&file, "text").expect("a file");
        let refused = |path: &Path, most| {
            let error = bytes(path, most).expect_err("an error");
            error.to_string()
        };
        assert_eq!(text(&file, 4).expect("text"), "text");
        assert_eq!(refused(&file, 3), "it is larger than 0 MiB");
        assert_eq!(refused(folder.path(), 9), "it is a folder");
        assert!(refused(Path::new("/dev/zero"), 9).contains("a pipe or a device"));
        let sparse = File::create(&file).expect("a file");
        sparse.set_len(1 << 30).expect("a size");
        assert!(refused(&file, LARGEST).contains("it is sparse"));
        sparse.set_len(1 << 40).expect("a size");
        assert_eq!(refused(&file, LARGEST), "it is larger than 2048 MiB");
        assert!(drain(io::repeat(0), 1 << 20).is_err());
    }
}
