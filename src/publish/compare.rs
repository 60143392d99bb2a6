//! Compares published files with the bytes that are to be in them, and knows feedwright's own.

use std::io::{self, Read};
use std::path::Path;

use feedwright_base::diagnostic::Location;
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_feed::emit;

/// The error of a path that a symbolic link takes elsewhere.
pub(super) fn linked(path: &Path) -> Error {
    Error::new(format!(
        "{} is a symbolic link, and feeds are not written through one: remove it",
        path.display()
    ))
}

/// A file beside the bytes that are to be in it.
pub(super) enum Comparison {
    Missing,
    Same,
    /// With its bytes, where it may be replaced.
    Different(Option<Vec<u8>>),
}

/// Compares a file with the bytes that are to be in it.
///
/// # Errors
///
/// A symbolic link, and a file that cannot be read.
pub(super) fn compare(
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
pub(super) fn is_marked(path: &Path) -> bool {
    let mut head = Vec::new();
    reading::open(path, reading::LARGEST)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .is_ok_and(|_| emit::is_ours(&head))
}

/// The error of a file that lies where one of ours would be; its help says what to do.
pub(crate) fn not_ours(target: &Path) -> Error {
    let target = target.strip_prefix(".").unwrap_or(target);
    Error::of(
        "file-not-ours",
        Location::file(target),
        "the file is not feedwright's and is not replaced",
    )
}
