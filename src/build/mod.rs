//! Every stage in order, and nothing else.

pub(crate) mod archives;
pub(crate) mod assemble;
mod companions;
#[cfg(test)]
mod faults;
mod hold;
mod incremental;
pub(crate) mod left;
mod lost;
pub(crate) mod no_posts;
mod previews;
mod refusals;
mod release;
pub(crate) mod serialize;
mod size_limit;
mod stages;
pub(crate) mod staging;
mod successors;
pub(crate) mod warnings;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::Config;

use crate::cache::{Cache, Standings};
use crate::publish::{Files, Turn};
use crate::report::Report;
use crate::run::{BuildOptions, Progress};
use crate::state::State;

use self::stages::Run;

/// Makes a site's feeds and publishes what differs from those published.
///
/// The report lists every feed with its change, and all diagnostics. A post with an error stays as it
/// was published. Where many posts have one, or something else, nothing was written, unless
/// `keep_going` is set; nor where the guard raised an alarm, unless `accept_resend` is. What the guard holds is listed, and everything else is published.
///
/// # Errors
///
/// A file or folder that cannot be read or written, a file in the way that is not ours, and
/// promises that are needed and cannot be read.
pub fn build(
    config: &Config,
    options: &BuildOptions,
    mut diags: Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Report, Error> {
    let _turn = if options.dry_run {
        None
    } else {
        Some(Turn::take(
            &[config.root.path(), &config.feeds.output],
            waiting,
        )?)
    };
    progress("reading the cache", 0, 0);
    let cache = Cache::of(config, options);
    let stored = cache.as_ref().and_then(Cache::read);
    let stored = cache.as_ref().zip(stored.as_ref());
    let memory = stored.and_then(|(cache, bytes)| cache.recall(bytes, config, &mut diags));
    if let Some(memory) = memory {
        if memory.is_unchanged() {
            return Ok(memory.report());
        }
        if let Some(edits) = memory.edits(config, options) {
            let released = incremental::build(&edits, config, options, progress)?;
            if let Some(released) = released {
                progress("writing the cache", 0, 0);
                return Ok(memory.after(released.report, &released.written, config));
            }
        }
    }
    let mut built = whole(Files::default(), config, options, diags, progress)?;
    if let (Some(cache), Some(standings)) = (cache, built.standings) {
        progress("writing the cache", 0, 0);
        cache.remember(config, &mut built.report, &standings);
    }
    Ok(built.report)
}

/// What a build came to.
struct Built {
    report: Report,
    /// Where its posts stand, if it found everything as it should be, so that there was nothing to
    /// do.
    standings: Option<Standings>,
}

/// A build of the whole site, from its files to the published feeds.
fn whole(
    files: Files,
    config: &Config,
    options: &BuildOptions,
    diags: Diagnostics,
    progress: Progress<'_>,
) -> Result<Built, Error> {
    finish(Run::begin(files, config, options, diags, progress)?)
}

/// What a build would come to if that were promised. Nothing is written.
///
/// # Errors
///
/// Those of [`build()`].
pub(crate) fn trial(state: State, config: &Config) -> Result<Report, Error> {
    let options = BuildOptions {
        dry_run: true,
        ..BuildOptions::default()
    };
    let (files, diags) = (Files::default(), Diagnostics::new());
    let run = Run::under(state, files, config, &options, diags, &|_, _, _| {})?;
    Ok(finish(run)?.report)
}

/// A build from what was promised on.
fn finish(mut run: Run<'_>) -> Result<Built, Error> {
    let loaded = run.identify_posts()?;
    let selected = run.select_posts(&loaded);
    let entries = run.make_entries(&loaded, &selected)?;
    let mut draft = run.make_feeds(&loaded, selected, entries)?;
    run.bound_sizes(&mut draft);
    run.add_archives(&loaded, &mut draft)?;
    staging::hold(&draft.feeds)?;
    run.offer_pages();
    if run.is_refused(&loaded) || draft.feeds.is_empty() {
        return Ok(run.refused(&loaded));
    }
    let standings = run.standings(&loaded, &draft);
    let released = run.release(loaded, draft)?;
    Ok(Built {
        report: released.report,
        standings: standings.filter(|_| released.is_settled),
    })
}
