//! Feeds as a server delivers them: fetched, or recorded.

use std::path::Path;
use std::time::Duration;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_base::reading;
use feedwright_check::{CheckOptions, check_feed};
use url::Url;

use crate::http::{Dialogue, Fetcher, dialogues, judge};

use super::super::render::plural;
use super::{CheckArgs, Verdict};

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many bytes of a record are read.
const LARGEST: u64 = 512 * 1024 * 1024;

pub(super) fn run(args: &CheckArgs, options: &CheckOptions) -> Result<Verdict, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut urls = Vec::new();
    let mut is_incomplete = false;
    for path in &args.files {
        match address(path) {
            Ok(url) => urls.push(url),
            Err(error) => {
                let message = error.to_string();
                let found = Diagnostic::new(Severity::Error, "environment", None, message);
                diagnostics.push(found);
                is_incomplete = true;
            }
        }
    }
    let mut feeds = 0;
    let mut look = |dialogue: &Dialogue| {
        feeds += 1;
        is_incomplete |= !one(dialogue, options, &mut diagnostics);
    };
    match &args.har {
        Some(path) => recorded(path, &urls)?.iter().for_each(&mut look),
        None => {
            let fetcher = Fetcher::new(args.allow_private, PATIENCE);
            for url in &urls {
                look(&fetcher.dialogue(url));
            }
        }
    }
    Ok(Verdict {
        what: plural(feeds, "feed"),
        diagnostics,
        is_incomplete,
    })
}

/// The address that an argument means.
fn address(path: &Path) -> Result<Url, Error> {
    let text = path.to_string_lossy();
    let url = Url::parse(&text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let mut url = url.ok_or_else(|| {
        Error::new(format!(
            "{text} is no address: write it with `https://`, as readers are given it"
        ))
    })?;
    url.set_fragment(None);
    Ok(url)
}

fn recorded(path: &Path, urls: &[Url]) -> Result<Vec<Dialogue>, Error> {
    let bytes = reading::bytes(path, LARGEST).map_err(|error| Error::io("read", path, error))?;
    let found = dialogues(&bytes, urls)
        .map_err(|error| Error::new(format!("{}: {error}", path.display())))?;
    if found.is_empty() {
        return Err(Error::new(format!(
            "{}: nothing is recorded in it",
            path.display()
        )));
    }
    Ok(found)
}

/// Judges one dialogue and the feed in it. Says whether there was an answer.
fn one(dialogue: &Dialogue, options: &CheckOptions, diagnostics: &mut Diagnostics) -> bool {
    let mut found = Diagnostics::new();
    let judged = judge(dialogue, &mut found);
    if let Some(feed) = judged.feed {
        // Bytes in memory can be read.
        let _ = check_feed(
            feed,
            Path::new(dialogue.asked.as_str()),
            options,
            &mut found,
        );
    }
    found.sort();
    diagnostics.append(found);
    judged.is_reached
}
