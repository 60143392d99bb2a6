//! Writing an author's own file anew.

use std::fs;
use std::io::{Error as IoError, ErrorKind, Write};
use std::path::Path;

use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_base::temporary;

/// Replaces the text of a file of the site, which keeps its permissions. It is either the old one
/// or the new one at any moment.
///
/// # Errors
///
/// A file that cannot be read or written, that is no longer what it was, or to which a link leads
/// out of the site.
pub(crate) fn rewrite(root: &Path, path: &Path, before: &str, after: &str) -> Result<(), Error> {
    let failed = |error| Error::io("write", path, error);
    let root = root.canonicalize().map_err(failed)?;
    // A link to a file of the site stays one: what it leads to is replaced.
    let real = root.join(path).canonicalize().map_err(failed)?;
    if !real.starts_with(&root) {
        return Err(Error::new(format!(
            "{} is a link that leads out of the site: change what it leads to by hand",
            path.display()
        )));
    }
    if reading::bytes(&real, reading::LARGEST).map_err(failed)? != before.as_bytes() {
        let message = "it changed meanwhile; run feedwright again";
        return Err(failed(IoError::new(ErrorKind::ResourceBusy, message)));
    }
    let permissions = fs::metadata(&real).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(IoError::from(ErrorKind::PermissionDenied)));
    }
    temporary::replace(&real, |file| {
        file.write_all(after.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_data()
    })
    .map_err(failed)
}
