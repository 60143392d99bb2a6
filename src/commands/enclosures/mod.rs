//! `feedwright enclosures fetch`: asking servers how large the files are that posts name.
//!
//! A feed has to say it, and no build asks anybody. So it is asked once, and written down beside the
//! site, for Git to keep; what is written there, builds read.

mod client;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::temporary;
use feedwright_site::config::{Config, ENCLOSURES, Facts, KnownFiles};
use url::Url;

use crate::run::Progress;

use self::client::Client;

/// After how many files a host that does not answer is asked for no more.
const ENOUGH: usize = 3;

/// After how many answers what is known is written down.
const OFTEN: usize = 20;

/// How servers are asked.
#[derive(Debug, Clone, Copy)]
pub struct FetchOptions {
    /// Find out what would be asked, and ask nobody.
    pub dry_run: bool,
    /// Ask servers within private networks, too.
    pub allow_private: bool,
    /// Ask also for what is known already.
    pub all: bool,
    /// How long a server may take for one answer.
    pub patience: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        FetchOptions {
            dry_run: false,
            allow_private: false,
            all: false,
            patience: Duration::from_secs(10),
        }
    }
}

/// What became of asking for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The file.
    pub url: String,
    /// Its size in bytes; `None` in a dry run.
    pub length: Option<u64>,
    /// Why nobody knows.
    pub failure: Option<String>,
}

/// Asks for each file elsewhere that posts name and of which nothing tells the size, and writes down what
/// servers answer. `each` is called with everything that was asked, or would be.
///
/// # Errors
///
/// Files that cannot be read or written. That a server does not answer is no error here.
pub fn fetch_enclosures(
    config: &Config,
    options: FetchOptions,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
    each: &mut dyn FnMut(&Asked),
) -> Result<(), Error> {
    let mut known = config.enclosures.clone();
    let client = Client::new(options.allow_private, options.patience);
    let today = today(config);
    let mut silent: BTreeMap<String, usize> = BTreeMap::new();
    let mut unwritten = 0;
    for url in wanted(config, options.all, diags, progress)? {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut asked = Asked {
            url: url.to_string(),
            length: None,
            failure: None,
        };
        if !options.dry_run {
            let times = silent.entry(host).or_insert(0);
            let answer = match *times {
                times if times >= ENOUGH => Err(client::Failure::again(times)),
                _ => client.ask(&url),
            };
            match answer {
                Ok(found) => {
                    *times = 0;
                    asked.length = Some(found.length);
                    unwritten += usize::from(add(&mut known, &url, found, &today));
                }
                Err(failure) => {
                    *times += usize::from(failure.is_of_host);
                    asked.failure = Some(failure.message);
                }
            }
        }
        each(&asked);
        // A run that is stopped knows what it has asked.
        if unwritten >= OFTEN {
            write(config.root.path(), &known)?;
            unwritten = 0;
        }
    }
    if unwritten > 0 {
        write(config.root.path(), &known)?;
    }
    Ok(())
}

/// The files that are asked for, each once.
fn wanted(
    config: &Config,
    all: bool,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<BTreeSet<Url>, Error> {
    let posts = super::list(config, diags, progress)?;
    let files = posts.into_iter().flat_map(|post| post.attachments);
    let is_wanted = |url: &Url, length: u64| {
        let is_known = config.enclosures.get(url);
        length == 0 || (all && is_known.is_some_and(|known| known.length == Some(length)))
    };
    Ok(files
        .filter(|file| matches!(file.url.scheme(), "http" | "https"))
        .map(|file| (without_prefix(&file.url, config), file.length))
        .filter(|(url, length)| is_wanted(url, *length))
        .map(|(url, _)| url)
        .collect())
}

/// A file's own address, without that of a service which counts who gets it: nobody does here.
fn without_prefix(url: &Url, config: &Config) -> Url {
    let prefixes = config.podcasts.iter();
    let prefixes = prefixes.filter_map(|podcast| podcast.prefix.as_deref());
    let own = prefixes.filter_map(|prefix| {
        let rest = url.as_str().strip_prefix(prefix.trim_end_matches('/'))?;
        Url::parse(&format!("https://{}", rest.strip_prefix('/')?)).ok()
    });
    own.min_by_key(|url| url.as_str().len())
        .unwrap_or_else(|| url.clone())
}

/// Adds an answer to what is known; whether that is something new. What people wrote beside it stays.
fn add(known: &mut KnownFiles, url: &Url, found: client::Found, today: &str) -> bool {
    let before = known.get(url).cloned().unwrap_or_default();
    let is_same = before.length == Some(found.length)
        && (found.media_type.is_none() || before.media_type == found.media_type);
    if is_same {
        return false;
    }
    known.insert(
        url,
        Facts {
            length: Some(found.length),
            media_type: found.media_type.or(before.media_type),
            duration: before.duration,
            seen: Some(today.to_owned()),
        },
    );
    true
}

/// The day, where the site is.
fn today(config: &Config) -> String {
    let now = config.present.now().with_zone(config.site.tz());
    now.day().to_string()
}

/// Writes the file in one step.
fn write(root: &Path, known: &KnownFiles) -> Result<(), Error> {
    let target = root.join(ENCLOSURES);
    let text = known.to_text();
    let written = temporary::create(root, true).and_then(|(mut file, path)| {
        let written = file.write_all(text.as_bytes());
        let written = written.and_then(|()| temporary::rename(&path, &target));
        if written.is_err() {
            // What went wrong first is what is said.
            let _ = temporary::remove(&path);
        }
        written
    });
    written.map_err(|error| Error::io("write", &target, error))
}
