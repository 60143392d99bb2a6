//! Finds the files of a site and reads them.

use std::cmp::Ordering;
use std::io::Read;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_base::slice::Slice;
use feedwright_base::temporary::is_leftover;
use globset::{Glob, GlobSetBuilder};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::encoding;
use crate::folder::{Folder, Found};
use crate::records;

/// The largest file that is read as a post. The longest of 31,990 posts surveyed had 1.2 MB.
pub const MAX_BYTES: u64 = 16 << 20;

/// One file of the site: its path relative to the site's folder, and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub path: PathBuf,
    pub text: String,
}

/// The folders to search, and the files to take from them.
pub struct Walk<'a> {
    /// The site's folder.
    pub root: &'a Folder,
    /// The folders to look through, relative to the root; the root itself when it is empty.
    pub folders: &'a [PathBuf],
    /// Whether a folder is entered and a file is taken, by path relative to the root.
    pub takes: &'a (dyn Fn(&Path, Kind) -> bool + Sync),
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Folder,
    File,
}

/// A path from a site's configuration, reduced to one below the site's folder: without `..` and the
/// like.
pub fn inner_path(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect()
}

/// Adds a pattern that leaves out what it names and, where that is a folder, all below it.
pub fn add_pattern(set: &mut GlobSetBuilder, pattern: &str) -> Result<(), globset::Error> {
    let (path, below) = (Glob::new(pattern)?, Glob::new(&format!("{pattern}/**"))?);
    set.add(path);
    set.add(below);
    Ok(())
}

/// The paths of all files, relative to the root and sorted, so that nothing depends on the
/// order of the file system.
///
/// Symbolic links are followed while they stay inside the root. One that leads out of it is a
/// warning and one that leads back to its own parents an error. A folder that cannot be read
/// ends the run: its posts would silently be taken from their readers.
pub fn discover(walk: &Walk<'_>, diags: &mut Diagnostics) -> Result<Vec<PathBuf>, Error> {
    let shown = walk.root.path();
    let root = shown
        .canonicalize()
        .map_err(|error| Error::io("open the folder", shown, error))?;
    let mut paths = Vec::new();
    let all = [PathBuf::new()];
    let folders = if walk.folders.is_empty() {
        &all[..]
    } else {
        walk.folders
    };
    for folder in folders {
        let start = root.join(folder);
        if !start.is_dir() {
            let shown = folder.display();
            let what = if start.exists() {
                format!("{shown} is a file and no folder")
            } else {
                format!("there is no folder {shown}")
            };
            let remedy = "correct `content.folders` in feedwright.yaml";
            return Err(Error::new(format!("{what}: {remedy}")));
        }
        if walk.root.edge().inside(&start).is_none() {
            return Err(Error::new(format!(
                "the content folder {} leads out of the site: name a folder inside it",
                folder.display()
            )));
        }
        files_below(&start, &root, walk, &mut paths, diags)?;
    }
    let mut paths: Vec<PathBuf> = paths
        .into_par_iter()
        .filter(|path| (walk.takes)(path, Kind::File))
        .collect();
    paths.par_sort_by(|a, b| by_parts(a, b));
    if folders.len() > 1 {
        paths.dedup();
    }
    walk.root.find_all(paths.iter().map(PathBuf::as_path));
    Ok(paths)
}

/// Compares paths by their parts, as [`Path`] does, but without parsing them: a part that ends comes
/// before one that continues.
pub fn by_parts(a: &Path, b: &Path) -> Ordering {
    let (a, b) = (
        a.as_os_str().as_encoded_bytes(),
        b.as_os_str().as_encoded_bytes(),
    );
    let Some((a, b)) = a.iter().zip(b).find(|(a, b)| a != b) else {
        return a.len().cmp(&b.len());
    };
    let rank = |byte: u8| (byte != MAIN_SEPARATOR as u8, byte);
    rank(*a).cmp(&rank(*b))
}

/// Finds the files below a folder, and reports the links that cannot be followed.
fn files_below(
    start: &Path,
    root: &Path,
    walk: &Walk<'_>,
    paths: &mut Vec<PathBuf>,
    diags: &mut Diagnostics,
) -> Result<(), Error> {
    let mut outside = Vec::new();
    // Without `ignore` files: they say what to commit, not what to publish.
    let entries = WalkDir::new(start)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| is_entered(entry, root, walk, &mut outside));
    let mut errors = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let Ok(relative) = entry.path().strip_prefix(root) else {
                    continue;
                };
                if !is_leftover(entry.file_name()) {
                    paths.push(relative.to_path_buf());
                } else if !entry.path_is_symlink() {
                    walk.root.note_leftover(relative);
                }
            }
            // What lies in a folder is another question than what the files say.
            Ok(entry) => walk
                .root
                .ask_all(entry.path().strip_prefix(root).into_iter()),
            Err(error) => errors.push(error),
        }
    }
    for error in errors {
        outside.extend(walk_error(error, root, walk, diags)?);
    }
    report_outside(outside, walk, diags);
    Ok(())
}

/// Whether a folder is entered or a link followed. A link that leads out of the site is not, and is
/// added to `outside`.
fn is_entered(entry: &DirEntry, root: &Path, walk: &Walk<'_>, outside: &mut Vec<PathBuf>) -> bool {
    // Whether files are taken is asked when all are found, on all cores.
    let is_folder = entry.file_type().is_dir();
    let is_asked = is_folder || entry.path_is_symlink();
    if !is_asked || entry.depth() == 0 {
        return true;
    }
    let Ok(relative) = entry.path().strip_prefix(root) else {
        return false;
    };
    if entry.path_is_symlink() && walk.root.edge().inside(entry.path()).is_none() {
        outside.push(relative.to_path_buf());
        return false;
    }
    let kind = if is_folder { Kind::Folder } else { Kind::File };
    (walk.takes)(relative, kind)
}

/// Warns of links that lead out of the site's folder.
fn report_outside(mut outside: Vec<PathBuf>, walk: &Walk<'_>, diags: &mut Diagnostics) {
    // Where they lead may change while their folders stay as they are.
    walk.root.ask_all(outside.iter().map(PathBuf::as_path));
    // Of a link that is not wanted nothing is said. What it leads to is not looked at: a name
    // without an ending may be that of a folder.
    outside.retain(|path| {
        let may_be_folder = path.extension().is_none();
        (walk.takes)(path, Kind::File) || (may_be_folder && (walk.takes)(path, Kind::Folder))
    });
    outside.sort_unstable();
    for path in outside {
        diags.warning(
            "symlink-outside",
            Location::file(path),
            "the symbolic link leads out of the site's folder and is not followed",
            "copy what it points to into the site",
        );
    }
}

/// Reports a link that cannot be followed; returns one that leads out of the site.
fn walk_error(
    error: walkdir::Error,
    root: &Path,
    walk: &Walk<'_>,
    diags: &mut Diagnostics,
) -> Result<Option<PathBuf>, Error> {
    let path = error.path().unwrap_or(root).to_path_buf();
    let relative = path.strip_prefix(root).unwrap_or(&path);
    walk.root.ask(relative);
    // Before anything is told of what is behind it.
    if let Ok(Found::Outside) = walk.root.edge().find(&path) {
        return Ok(Some(relative.to_path_buf()));
    }
    if error.loop_ancestor().is_some() {
        if (walk.takes)(relative, Kind::Folder) {
            diags.error(
                "symlink-loop",
                Location::file(relative),
                "the symbolic link leads back to a folder that contains it",
                "remove the link, or name it in `content.ignore`",
            );
        }
        return Ok(None);
    }
    let dangling = path
        .symlink_metadata()
        .is_ok_and(|meta| meta.file_type().is_symlink());
    if dangling {
        if (walk.takes)(relative, Kind::File) {
            diags.warning(
                "symlink-broken",
                Location::file(relative),
                "the symbolic link leads to nothing",
                "remove the link, or restore what it points to",
            );
        }
        return Ok(None);
    }
    let source = error
        .into_io_error()
        .unwrap_or_else(|| std::io::Error::other("it cannot be listed"));
    Err(Error::io("read the folder", relative, source))
}

/// Reads a file as text. `None` means that it cannot be a post; the diagnostics say why.
pub fn read(root: &Folder, path: &Path, diags: &mut Diagnostics) -> Result<Option<Source>, Error> {
    match records::text(&root.records(), path, diags)? {
        records::Text::None => {}
        records::Text::Lost => return Ok(None),
        records::Text::Text(text) => {
            let path = path.to_path_buf();
            return Ok(Some(Source { path, text }));
        }
    }
    let read = match read_bytes(&root.path().join(path)) {
        Ok(read) => read,
        // What nobody may do concerns this file alone; what the machine cannot do, all of them.
        Err(error) if is_of_file(&error) => {
            diags.error(
                "file-unreadable",
                Location::file(path),
                format!("the file cannot be read: {error}"),
                "let the user that runs feedwright read it, or name it in `content.ignore` of \
                 feedwright.yaml",
            );
            return Ok(None);
        }
        Err(error) => return Err(Error::io("read", path, error)),
    };
    let Some(bytes) = read else {
        diags.error(
            "file-too-large",
            Location::file(path),
            format!(
                "the file is larger than {} MiB, which no post is",
                MAX_BYTES >> 20
            ),
            "name it in `content.ignore` of feedwright.yaml, or split it",
        );
        return Ok(None);
    };
    let is_page = path
        .extension()
        .is_some_and(|ending| ending == "html" || ending == "htm");
    let text = if is_page {
        encoding::page_text(bytes)
    } else {
        String::from_utf8(bytes)
    };
    match text {
        Ok(text) => Ok(Some(Source {
            path: path.to_path_buf(),
            text: with_lines(text),
        })),
        Err(error) => {
            let valid = error.as_bytes().slice(..error.utf8_error().valid_up_to());
            // Lines end as above.
            let is_old = !error.as_bytes().contains(&b'\n');
            let end = if is_old { b'\r' } else { b'\n' };
            let line = 1 + valid.iter().filter(|&&byte| byte == end).count();
            let start = valid
                .iter()
                .rposition(|&byte| byte == end)
                .map_or(0, |at| at + 1);
            let column = 1 + String::from_utf8_lossy(valid.slice(start..))
                .chars()
                .count();
            diags.error(
                "file-not-utf8",
                Location::at(path, line, column),
                "the file is not UTF-8 from here on",
                "save the file as UTF-8, for example with `iconv -f WINDOWS-1252 -t UTF-8`",
            );
            Ok(None)
        }
    }
}

/// Reads a file of settings in the site's folder; `None` where there is none.
///
/// # Errors
///
/// One that cannot be read, is too large, or is a link out of the site: what it says would be
/// published.
pub fn read_setting(root: &Folder, name: &str) -> Result<Option<String>, Error> {
    let failed = |error| Error::io("read", Path::new(name), error);
    match root.find(name).map_err(failed)? {
        Found::Inside(real) => read_limited(&real, name).map(Some),
        Found::Absent => Ok(None),
        Found::Outside => Err(Error::new(format!(
            "{name} is a link that leads out of the site: copy the file"
        ))),
    }
}

/// Reads a file that posts include, such as the template of a shortcode, by its path from the site's
/// root, of which a post wrote a part. `None` where there is no such file, or where the path or a
/// link leads out of the folder of the site: the post then says that its include is left out.
pub fn read_include(root: &Folder, path: &str) -> Option<String> {
    let is_inside = !path.contains(['\\', ':', '\0'])
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != ".." && part != ".");
    if !is_inside {
        return None;
    }
    read_setting(root, path).ok().flatten()
}

/// Reads a file of settings that may not be larger than a post.
pub fn read_limited(path: &Path, name: &str) -> Result<String, Error> {
    let failed = |error| Error::io("read", Path::new(name), error);
    // A pipe would be waited for.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Error::new(format!("{name} is not a file")));
    }
    let Some(bytes) = read_bytes(path).map_err(failed)? else {
        return Err(Error::new(format!(
            "{name} is larger than {} MiB",
            MAX_BYTES >> 20
        )));
    };
    std::io::read_to_string(bytes.as_slice())
        .map(with_lines)
        .map_err(failed)
}

/// A text with the line ends of old Macs replaced by `\n`, which keeps all offsets.
fn with_lines(text: String) -> String {
    if text.contains('\n') {
        text
    } else {
        text.replace('\r', "\n")
    }
}

/// Whether an error is about one file, such as its permissions, and not about the machine.
fn is_of_file(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::InvalidInput
            | ErrorKind::IsADirectory
            | ErrorKind::StaleNetworkFileHandle
    )
}

/// The bytes of a file; `None` where it has more than a post may have.
pub fn read_bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let (file, meta) = reading::regular(path)?;
    let size = meta.len();
    // As many bytes as it had when it was asked: to ask whether there are more takes another call.
    // What is no file on a disk may have no size.
    let most = if size == 0 { u64::MAX } else { size }.min(MAX_BYTES + 1);
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0));
    file.take(most).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_BYTES).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn paths_have_the_order_of_their_parts(
            a in "[a-c.é-]{1,3}(/[a-c.é -]{1,3}){0,3}",
            b in "[a-c.é-]{1,3}(/[a-c.é -]{1,3}){0,3}",
        ) {
            // Parts that mean a folder itself are none of a path that was found.
            prop_assume!(![&a, &b].iter().any(|path| path.split('/').any(|part| part == "." || part == "..")));
            let (a, b) = (Path::new(&a), Path::new(&b));
            prop_assert_eq!(by_parts(a, b), a.cmp(b));
        }
    }
}
