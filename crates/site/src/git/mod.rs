//! When Git last changed a site's files: an I/O edge, and the only place that starts a program.
//!
//! A repository can name programs in its configuration, and a folder of ordinary files can be a
//! repository, so whoever commits a file could have them run. Git is therefore given a
//! configuration, refs and an environment that are made here, and of the repository only its
//! objects.

mod repository;

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use feedwright_base::date::Timestamp;
use feedwright_base::error::Error;
use feedwright_base::temporary::Scratch;

use self::repository::Repository;

/// Returns when each file below a folder was last touched by a commit, by its path from there.
///
/// # Errors
///
/// No Git, no repository, and a shallow one: there every file has the date of the last commit.
pub fn last_commits(root: &Path) -> Result<HashMap<PathBuf, Timestamp>, Error> {
    let repository = Repository::above(root).map_err(|why| cannot_ask(&why))?;
    if repository.is_shallow {
        return Err(Error::new(
            "`dates.updated: git` needs the whole history, and this is a shallow clone, where \
             every file has one date: fetch it with `git fetch --unshallow` (in GitHub Actions, \
             `fetch-depth: 0` of actions/checkout)",
        ));
    }
    let log = log(&repository).map_err(|why| cannot_ask(&why))?;
    Ok(newest(&log))
}

fn cannot_ask(why: &str) -> Error {
    Error::new(format!(
        "`dates.updated: git` cannot ask Git: {why}; remove it, or run feedwright where Git \
         and the site's repository are"
    ))
}

/// Takes the newest date of each path from what `git log` printed.
fn newest(log: &str) -> HashMap<PathBuf, Timestamp> {
    let mut times = HashMap::new();
    let mut time = None;
    let mut parts = log.split('\0').peekable();
    while let Some(part) = parts.next() {
        let part = part.trim_start_matches('\n');
        if part.is_empty() {
            // An empty part stands before the date of a commit.
            if let Some(date) = parts
                .peek()
                .and_then(|text| Timestamp::from_rfc3339(text.trim()))
            {
                time = Some(date);
                parts.next();
            }
            continue;
        }
        // The newest commit comes first.
        if let Some(time) = time {
            times.entry(PathBuf::from(part)).or_insert(time);
        }
    }
    times
}

/// Returns what `git log` prints of the commits that led to `HEAD`: dates, and the names of the
/// files below the site's folder that each changed.
fn log(repository: &Repository) -> Result<String, String> {
    let own = own_git_dir(repository).map_err(|error| error.to_string())?;
    let mut command = Command::new(program(&repository.work_tree)?);
    command
        .env_clear()
        .env("GIT_DIR", own.path())
        .env("GIT_OBJECT_DIRECTORY", &repository.objects)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_SYSTEM", own.path().join("none"))
        .env("GIT_CONFIG_GLOBAL", own.path().join("none"))
        .env("GIT_ATTR_NOSYSTEM", "1")
        .env("HOME", own.path())
        .env("XDG_CONFIG_HOME", own.path())
        // Objects that are not there are not fetched, by no protocol, and nobody is asked.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .current_dir(own.path())
        .args(["--no-pager", "--literal-pathspecs"])
        .args(["-c", "safe.bareRepository=explicit"])
        .args(["log", "-z", "--format=%x00%cI", "--name-only"])
        .args(["--no-renames", "--no-mailmap", "--no-notes"])
        .args(["--no-show-signature", "--no-ext-diff", "--no-textconv"]);
    if let Some(root) = env::var_os("SystemRoot") {
        // Programs on Windows do not start without it.
        command.env("SystemRoot", root);
    }
    if repository.site.is_empty() {
        command.args([&repository.head, "--"]);
    } else {
        command.arg(format!("--relative={}", repository.site));
        command.args([&repository.head, "--", &repository.site]);
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(message.trim().replace('\n', " "));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Makes a git directory that has nothing but a configuration of our own.
fn own_git_dir(repository: &Repository) -> std::io::Result<Scratch> {
    let mut config = "[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n".to_owned();
    if repository.is_sha256() {
        config.push_str("[extensions]\n\tobjectFormat = sha256\n");
    }
    Scratch::new(|path| {
        fs::create_dir(path.join("refs"))?;
        fs::write(path.join("HEAD"), "ref: refs/heads/none\n")?;
        fs::write(path.join("config"), config)
    })
}

/// Finds Git in the folders of `PATH`, but for those that lie in the repository, whose files
/// strangers may have made, and for those that depend on the current folder.
fn program(work_tree: &Path) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let name = format!("git{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .filter_map(|folder| folder.join(&name).canonicalize().ok())
        .find(|program| program.is_file() && !program.starts_with(work_tree))
        .ok_or_else(|| "there is no program `git` in PATH".to_owned())
}
