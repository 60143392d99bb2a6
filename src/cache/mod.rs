//! What a run that changed nothing looked at and came to, kept outside of the site, so that the
//! next one need not read what has not changed.
//!
//! It is an edge that the core knows nothing about, and is never trusted: it counts for the same
//! program, folder, configuration and options alone, as long as every path that was looked at has
//! the size, the times and the place on disk that it had, every output included. Where only some
//! posts have not, a run of these alone may do. Without it, a run takes longer and comes to the
//! same.

mod diagnostics;
mod memory;
mod run;
mod said;
mod stamp;
mod standings;

use std::io;
use std::path::{Path, PathBuf, absolute};

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Severity};
use feedwright_base::reading;
use feedwright_base::slice::Slice;
use feedwright_site::config::{Config, StateKind, UpdatedFrom};

use crate::report::Report;
use crate::run::BuildOptions;

use self::memory::Memory;
use self::run::Run;

pub(crate) use self::said::unsaid;
pub(crate) use self::standings::{Edits, Holder, Standings};

/// The version of the format. What stands in another one is of no use.
const FORMAT: u32 = 4;

/// The code of what is said of a file that is no cache.
const UNUSABLE: &str = "cache-unusable";

/// The code of what is said of a folder that cannot have one.
const UNWRITABLE: &str = "cache-unwritable";

/// How many bytes of a hash stand in front of what they are of.
const HASH: usize = blake3::OUT_LEN;

/// Where a run is remembered, and what it must have in common with the next one.
pub(crate) struct Cache {
    file: PathBuf,
    key: [u8; HASH],
}

impl Cache {
    /// The cache of a run in a folder; `None` where a run leans on more than files: on Git, on
    /// settings of a program, on posts that come from elsewhere, or on feeds that were fetched, or is
    /// asked to do without.
    pub(crate) fn of(config: &Config, options: &BuildOptions) -> Option<Cache> {
        let folder = options.cache.as_ref()?;
        let is_of_files = config.state != StateKind::Published
            && options.published.is_none()
            && config.lock.is_none()
            && !config.of_program
            && config.from.is_none()
            && config.content.updated != UpdatedFrom::Git;
        let looks_anew = options.verify || options.dry_run || options.accept_resend;
        if !is_of_files || looks_anew {
            return None;
        }
        let place = place(config)?;
        // What the configuration was read from, one that the command line names included.
        let asked = blake3::hash(format!("{:?}", config.root.all_asked()).as_bytes());
        let key = blake3::hash(
            format!(
                "{FORMAT} {} {place} {asked} {:?} {:?} {} {} {}",
                env!("CARGO_PKG_VERSION"),
                config.site.url.as_str(),
                config.site.zone_name(),
                options.keep_going,
                options.prune,
                options.locked,
            )
            .as_bytes(),
        );
        Some(Cache {
            file: folder.join(format!("{place}.run")),
            key: *key.as_bytes(),
        })
    }

    /// The file; `None` where there is none.
    pub(crate) fn read(&self) -> Option<Vec<u8>> {
        reading::bytes(&self.file, reading::LARGEST).ok()
    }

    /// What is remembered in these bytes of a run that this one has all in common with but some
    /// posts.
    pub(crate) fn recall<'a>(
        &'a self,
        bytes: &'a [u8],
        config: &Config,
        diags: &mut Diagnostics,
    ) -> Option<Memory<'a>> {
        let Some(run) = Run::parse(bytes) else {
            let message = format!(
                "{} is no cache of this version and is thrown away",
                self.file.display()
            );
            diags.push(Diagnostic::new(Severity::Note, UNUSABLE, None, message));
            return None;
        };
        let now = config.present.now().epoch();
        if run.key != self.key || !(run.from..run.until).contains(&now) {
            return None;
        }
        Memory::of(run, &self.file, config)
    }

    /// Remembers a run that changed nothing, if what it looked at has been quiet for a while. Who
    /// cannot write the cache has none, and is told so.
    pub(crate) fn remember(&self, config: &Config, report: &mut Report, standings: &Standings) {
        let Some(run) = Run::of(self.key, config, report, standings) else {
            return;
        };
        let Err(error) = run.write(&self.file) else {
            return;
        };
        report.diagnostics.push(unwritable(&self.file, &error));
    }
}

/// What is said of a cache that cannot be written.
fn unwritable(file: &Path, error: &io::Error) -> Diagnostic {
    let folder = file.parent().unwrap_or(file).display();
    let message = format!(
        "runs cannot be remembered in {folder} ({error}), so that each reads everything, and `--quiet` \
         says its warnings again each time; `--cache-dir` names another folder"
    );
    Diagnostic::new(Severity::Note, UNWRITABLE, None, message)
}

/// What the files of a site have as their name in the cache.
fn place(config: &Config) -> Option<String> {
    let root = absolute(config.root.path()).ok()?;
    let output = absolute(&config.feeds.output).ok()?;
    let place = blake3::hash(format!("{root:?} {output:?}").as_bytes());
    Some(place.to_hex().slice(..32).to_owned())
}

/// Reads bytes that claim to be what [`Run::write`] wrote, whatever their hash is, and asks what is
/// asked of a run that is remembered: for the fuzzer.
#[cfg(any(fuzzing, test))]
#[allow(clippy::expect_used)]
pub(crate) fn reread(bytes: &[u8], config: &Config, options: &BuildOptions) {
    assert!(Run::parse(bytes).is_none_or(|_| bytes.len() > HASH));
    let hashed = |bytes: &[u8]| [blake3::hash(bytes).as_bytes(), bytes].concat();
    let file = hashed(bytes);
    let Some(mut run) = Run::parse(&file) else {
        return;
    };
    let cache = Cache::of(config, options).expect("such a run is remembered");
    (run.key, run.from, run.until) = (cache.key, i64::MIN, i64::MAX);
    let written = postcard::to_stdvec(&run).expect("it can be written");
    let written = hashed(&written);
    let again = Run::parse(&written).expect("what was written can be read");
    let report = |run: &Run<'_>| format!("{:?}", run.report());
    assert_eq!(report(&run), report(&again));
    let memory = cache.recall(&written, config, &mut Diagnostics::new());
    if let Some(memory) = memory {
        assert_eq!(memory.report().feeds, run.report().feeds);
        let edits = memory.edits(config, options);
        // Of what did not change there is nothing to be made anew.
        assert!(!memory.is_unchanged() || edits.is_none_or(|edits| edits.posts.is_empty()));
    }
}

/// What stands in the cache of a site behind the hash: for the fuzzer.
#[cfg(any(fuzzing, test))]
pub(crate) fn written(config: &Config, options: &BuildOptions) -> Option<Vec<u8>> {
    let bytes = Cache::of(config, options)?.read()?;
    Some(bytes.get(HASH..)?.to_vec())
}
