//! Feeds of any program: files, folders, standard input.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_check::{CheckOptions, Vocabulary, check_feed};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::super::render::plural;
use super::CheckArgs;
use super::Verdict;

/// How the names of files end that may be feeds, where a folder is given.
const ENDINGS: [&str; 5] = ["xml", "rss", "atom", "rdf", "json"];

/// What feeds and the folders of their addresses are called.
const NAMES: [&str; 4] = ["rss", "atom", "feed", "rdf"];

/// One thing to look at.
struct Target {
    path: PathBuf,
    /// Whether it has to be a feed: a person named it, or it is called as only feeds are.
    is_meant: bool,
    /// The folder that was named, by number of the argument, where it was found in one.
    folder: Option<usize>,
}

/// What one thing is.
struct Looked {
    /// What a feed is written in; `None` for what was meant as one and is none.
    vocabulary: Option<Vocabulary>,
    /// Whether it counts as a feed.
    is_feed: bool,
    diagnostics: Diagnostics,
}

pub(super) fn run(args: &CheckArgs, options: &CheckOptions) -> Verdict {
    let mut diags = Diagnostics::new();
    let mut failed = Vec::new();
    let mut targets = Vec::new();
    for (number, path) in args.files.iter().enumerate() {
        find(path, number, &mut targets, &mut failed);
    }
    for target in &mut targets {
        target.is_meant &= !args.skip_others;
    }
    let mut results: Vec<Result<Looked, Error>> = targets
        .par_iter()
        .map(|target| look(target, options))
        .collect();
    pass_over(&targets, &mut results, args, options);
    let mut feeds = 0;
    for result in results {
        match result {
            Ok(looked) => {
                feeds += usize::from(looked.is_feed);
                diags.append(looked.diagnostics);
            }
            Err(error) => failed.push(error),
        }
    }
    if feeds == 0 && failed.is_empty() && !args.skip_others {
        failed.push(nothing(&args.files));
    }
    let is_incomplete = !failed.is_empty();
    for error in failed {
        let message = error.to_string();
        diags.push(Diagnostic::new(
            Severity::Error,
            "environment",
            None,
            message,
        ));
    }
    Verdict {
        what: plural(feeds, "feed"),
        diagnostics: diags,
        is_incomplete,
    }
}

/// Passes over the feeds of folders that their reader does not take, where one beside them is for it.
fn pass_over(
    targets: &[Target],
    results: &mut [Result<Looked, Error>],
    args: &CheckArgs,
    options: &CheckOptions,
) {
    let Some((profile, reader)) = options.profile.zip(args.reader) else {
        return;
    };
    let takes = |looked: &Looked| Some(profile.takes(looked.vocabulary?));
    let both = targets.iter().zip(results.iter());
    let served: HashSet<usize> = both
        .filter(|(_, result)| result.as_ref().is_ok_and(|is| takes(is) == Some(true)))
        .filter_map(|(target, _)| target.folder)
        .collect();
    for (target, result) in targets.iter().zip(results) {
        let is_served = target.folder.is_some_and(|folder| served.contains(&folder));
        let Ok(looked) = result else { continue };
        if !is_served || takes(looked) != Some(false) {
            continue;
        }
        let is_json = looked.vocabulary == Some(Vocabulary::Json);
        let mut note = Diagnostics::new();
        note.push(reader.passes_over(&target.path, is_json));
        looked.diagnostics = note;
        looked.is_feed = false;
    }
}

/// That there is no feed where some were looked for.
fn nothing(paths: &[PathBuf]) -> Error {
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    Error::new(format!(
        "nothing was checked, because no feed is in {}: name the file of one, or a folder with files \
         such as `rss.xml`, `feed.json`, `index.xml` or `feed/index.html`",
        paths.join(", ")
    ))
}

/// The files that a path means, in order.
fn find(path: &Path, number: usize, targets: &mut Vec<Target>, failed: &mut Vec<Error>) {
    let text = path.to_string_lossy();
    if text.starts_with("http://") || text.starts_with("https://") {
        let remedy = if cfg!(feature = "http") {
            format!("`feedwright check --http {text}` fetches it")
        } else {
            format!("run `curl -sL {text} | feedwright check -`")
        };
        failed.push(Error::new(format!(
            "{text} is an address, and no file: {remedy}"
        )));
        return;
    }
    if path == Path::new("-") || !path.is_dir() {
        targets.push(Target {
            path: path.to_path_buf(),
            is_meant: true,
            folder: None,
        });
        return;
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && may_be_feed(entry.path()) => {
                targets.push(Target {
                    is_meant: must_be_feed(entry.path()),
                    path: entry.into_path(),
                    folder: Some(number),
                });
            }
            Ok(_) => {}
            Err(error) => {
                let at = error.path().unwrap_or(path).to_path_buf();
                failed.push(Error::io("read", &at, error.into()));
            }
        }
    }
}

/// The part of a name before its ending, and the ending, in small letters.
fn name(path: &Path) -> (String, String) {
    let part = |part: Option<&OsStr>| {
        let text = part.unwrap_or_default().to_string_lossy();
        text.to_ascii_lowercase()
    };
    (part(path.file_stem()), part(path.extension()))
}

/// Whether a file in a folder may be a feed by its name.
fn may_be_feed(path: &Path) -> bool {
    let is_name = |name: &str| NAMES.contains(&name);
    let (stem, ending) = name(path);
    match ending.as_str() {
        "" => is_name(&stem),
        // What a server gives out for `/feed/`.
        "html" | "htm" => stem == "index" && path.parent().is_some_and(|at| is_name(&name(at).0)),
        ending => ENDINGS.contains(&ending),
    }
}

/// Whether a file in a folder is called as only feeds are, so that it is wrong if it is none.
fn must_be_feed(path: &Path) -> bool {
    let (stem, ending) = name(path);
    match ending.as_str() {
        "rss" | "atom" => true,
        "xml" | "json" => NAMES.contains(&stem.as_str()),
        _ => false,
    }
}

/// Whether a file is a feed, and what is wrong with it.
fn look(target: &Target, options: &CheckOptions) -> Result<Looked, Error> {
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
    if vocabulary.is_some() || target.is_meant {
        return Ok(Looked {
            vocabulary,
            is_feed: true,
            diagnostics: diags,
        });
    }
    // A folder may hold other XML and JSON too.
    let mut other = Diagnostics::new();
    other.push(Diagnostic::new(
        Severity::Note,
        "no-feed",
        Some(Location::file(name)),
        "the file is no feed, and was not checked",
    ));
    Ok(Looked {
        vocabulary: None,
        is_feed: false,
        diagnostics: other,
    })
}
