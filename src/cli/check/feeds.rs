//! Feeds of any program: files, folders, standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_check::{CheckOptions, check_feed};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::render::plural;
use super::CheckArgs;
use super::Verdict;

/// How the names of files end that may be feeds, where a folder is given.
const ENDINGS: [&str; 5] = ["xml", "rss", "atom", "rdf", "json"];

/// One thing to look at.
struct Target {
    path: PathBuf,
    /// Whether a person named it: what was found in a folder need not be a feed.
    is_named: bool,
}

pub(super) fn run(args: &CheckArgs, options: &CheckOptions) -> Result<Verdict, Error> {
    let mut targets = Vec::new();
    for path in &args.files {
        find(path, &mut targets)?;
    }
    let results: Vec<(bool, Diagnostics)> = targets
        .par_iter()
        .map(|target| look(target, options))
        .collect::<Result<_, Error>>()?;
    let mut diags = Diagnostics::new();
    let mut feeds = 0;
    for (is_feed, found) in results {
        feeds += usize::from(is_feed);
        diags.append(found);
    }
    Ok(Verdict {
        what: plural(feeds, "feed"),
        diagnostics: diags,
    })
}

/// The files that a path means, in order.
fn find(path: &Path, targets: &mut Vec<Target>) -> Result<(), Error> {
    let text = path.to_string_lossy();
    if text.starts_with("http://") || text.starts_with("https://") {
        return Err(Error::new(format!(
            "{text} is an address, and feedwright fetches nothing: run `curl -sL {text} | \
             feedwright check -`"
        )));
    }
    if path == Path::new("-") || !path.is_dir() {
        targets.push(Target {
            path: path.to_path_buf(),
            is_named: true,
        });
        return Ok(());
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let at = error.path().unwrap_or(path).to_path_buf();
            Error::io("read", &at, error.into())
        })?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        let may_be = ending.is_some_and(|ending| {
            ENDINGS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        });
        if may_be && entry.file_type().is_file() {
            targets.push(Target {
                path: entry.into_path(),
                is_named: false,
            });
        }
    }
    Ok(())
}

/// Whether a file is a feed, and what is wrong with it.
fn look(target: &Target, options: &CheckOptions) -> Result<(bool, Diagnostics), Error> {
    let is_stdin = target.path == Path::new("-");
    let name = if is_stdin {
        Path::new("<stdin>")
    } else {
        &target.path
    };
    let input: Box<dyn Read> = if is_stdin {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(reading::open_named(&target.path).map_err(|error| Error::io("read", name, error))?)
    };
    let mut diags = Diagnostics::new();
    let vocabulary = check_feed(input, name, options, &mut diags)
        .map_err(|error| Error::io("read", name, error))?;
    diags.sort();
    if vocabulary.is_some() || target.is_named {
        return Ok((true, diags));
    }
    // A folder may hold other XML and JSON too.
    let mut other = Diagnostics::new();
    other.push(Diagnostic::new(
        Severity::Note,
        "no-feed",
        Some(Location::file(name)),
        "the file is no feed, and was not checked",
    ));
    Ok((false, other))
}
