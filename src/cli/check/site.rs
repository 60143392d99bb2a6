//! A site: its configuration, every post, and the feeds as they would be.

use crate::diagnostic::{Diagnostics, Severity};
use crate::error::Error;
use crate::pipeline::{self, Examination};

use super::super::args::CheckArgs;
use super::super::progress::Progress;
use super::super::render::{Renderer, plural};
use super::super::{DONE, REFUSED, configure, print};
use super::fix;

pub(super) fn run(args: &CheckArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    if args.fix {
        fix::run(args, &config, renderer, &mut diags)?;
    }
    let progress = Progress::new(renderer.is_human() && !over.quiet);
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let found = pipeline::examine(&config, diags, &|_, _, _, _| {}, &advance);
    progress.finish();
    let found = found?;
    renderer.diagnostics(&found.diagnostics, over.verbose, over.quiet);
    if !over.quiet {
        print(&summary(&found))?;
    }
    Ok(code(&found.diagnostics, args.strict))
}

fn summary(found: &Examination) -> String {
    let count = |severity| found.diagnostics.count(severity);
    format!(
        "Checked {}: {}, {}.\n",
        plural(found.posts, "post"),
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
    )
}

/// How it ended, for scripts.
fn code(diags: &Diagnostics, strict: bool) -> u8 {
    let is_refused = diags.has_errors() || (strict && diags.count(Severity::Warning) > 0);
    if is_refused { REFUSED } else { DONE }
}
