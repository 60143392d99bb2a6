//! Where a site's repository keeps its objects, and which commit it stands at. Only names of files
//! and ids of commits are read here, and no configuration.

use std::path::{Path, PathBuf};

use feedwright_base::permalink::slashed;

use crate::source::read_limited;

/// How often a ref may name another one, as in Git.
const MOST_REFS: usize = 5;

/// A repository, as far as its history needs it.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder that `.git` lies in.
    pub(super) work_tree: PathBuf,
    /// The site's folder, relative to that, with `/`; empty where it is the same.
    pub(super) site: String,
    /// The folder with the objects.
    pub(super) objects: PathBuf,
    /// The id of the commit that `HEAD` names.
    pub(super) head: String,
    /// Whether older commits are missing.
    pub(super) is_shallow: bool,
}

impl Repository {
    /// Finds the repository of a folder by the `.git` in it or above it. A folder that is a bare
    /// repository itself is none: it may be made of files that were committed.
    ///
    /// # Errors
    ///
    /// Why there is none, as the end of a sentence.
    pub(super) fn above(root: &Path) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let (work_tree, git) = root
            .ancestors()
            .find_map(|folder| Some((folder, git_dir(folder)?)))
            .ok_or("there is no repository at or above the site's folder")?;
        let common = match line(&git.join("commondir")) {
            Some(path) => git.join(path),
            None => git.clone(),
        };
        let objects = common.join("objects");
        let objects = objects
            .canonicalize()
            .map_err(|error| format!("{} cannot be read: {error}", objects.display()))?;
        let shallow = common.join("shallow").metadata();
        let site = root.strip_prefix(work_tree).unwrap_or(&root);
        Ok(Repository {
            work_tree: work_tree.to_path_buf(),
            site: slashed(site),
            objects,
            head: head(&git, &common)?,
            is_shallow: shallow.is_ok_and(|meta| meta.len() > 0),
        })
    }

    /// Returns whether objects are named by SHA-256 and not by SHA-1.
    pub(super) fn is_sha256(&self) -> bool {
        self.head.len() == 64
    }
}

/// Returns the git directory of a work tree: `.git`, or what a file of that name points to in
/// linked work trees and submodules.
fn git_dir(work_tree: &Path) -> Option<PathBuf> {
    let git = work_tree.join(".git");
    let folder = match line(&git) {
        Some(text) => work_tree.join(text.strip_prefix("gitdir:")?.trim_start()),
        None => git,
    };
    folder.join("HEAD").is_file().then_some(folder)
}

/// Follows `HEAD` to the commit that it names.
fn head(git: &Path, common: &Path) -> Result<String, String> {
    let mut value = line(&git.join("HEAD")).ok_or("its HEAD cannot be read")?;
    for _ in 0..MOST_REFS {
        let Some(name) = value.strip_prefix("ref:").map(str::trim_start) else {
            return if is_id(&value) {
                Ok(value)
            } else {
                Err("its HEAD names no commit".to_owned())
            };
        };
        if name == "refs/heads/.invalid" {
            return Err(
                "its refs are in a table, not in files; `git refs migrate --ref-format=files` \
                 changes that"
                    .to_owned(),
            );
        }
        if !is_ref(name) {
            return Err("its HEAD names no ref".to_owned());
        }
        value = line(&common.join(name))
            .or_else(|| packed(common, name))
            .ok_or("it has no commit yet")?;
    }
    Err("its HEAD leads from one ref to the next".to_owned())
}

/// Returns the id that the list of packed refs has for a name.
fn packed(common: &Path, name: &str) -> Option<String> {
    let text = read_limited(&common.join("packed-refs"), "packed-refs").ok()?;
    text.lines().find_map(|line| {
        let (id, packed) = line.split_once(' ')?;
        (packed == name).then(|| id.to_owned())
    })
}

/// Returns the text of a file of one line.
fn line(path: &Path) -> Option<String> {
    let text = read_limited(path, "a file of Git").ok()?;
    Some(text.trim_end().to_owned())
}

/// Returns whether a text is the id of an object, in hexadecimal digits.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns whether a name is one of a ref, which leads out of no folder.
fn is_ref(name: &str) -> bool {
    name.strip_prefix("refs/").is_some_and(|rest| {
        rest.split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.'))
    }) && !name.contains(['\\', ':', '\0', '\n'])
}
