//! `feedwright check`.

mod feeds;
mod fix;
mod site;

use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_check::CheckOptions;

use super::args::{CheckArgs, now};
use super::explain;
use super::output::print;
use super::render::{Renderer, plural};
use super::{DONE, REFUSED};

/// What was looked at, and what is wrong with it.
struct Verdict {
    /// How many of what.
    what: String,
    diagnostics: Diagnostics,
}

pub(super) fn run(args: &CheckArgs, renderer: &Renderer) -> Result<u8, Error> {
    if let Some(code) = &args.explain {
        return print(&explained(code.as_deref())?);
    }
    let mut options = CheckOptions::new(now(args.site.over.now.as_deref())?);
    options.html = !args.no_html;
    options.profile = args.reader.map(Into::into);
    let verdict = if args.files.is_empty() {
        site::run(args, &options, renderer)?
    } else {
        Ok(feeds::run(args, &options)?)
    };
    let verdict = match verdict {
        Ok(verdict) => verdict,
        Err(code) => return Ok(code),
    };
    let over = &args.site.over;
    renderer.results(&verdict.diagnostics, over.verbose, over.quiet)?;
    if !over.quiet && renderer.is_human() {
        print(&verdict.summary())?;
    }
    Ok(verdict.code(args.strict))
}

impl Verdict {
    fn summary(&self) -> String {
        let count = |severity| self.diagnostics.count(severity);
        format!(
            "Checked {}: {}, {}.\n",
            self.what,
            plural(count(Severity::Error), "error"),
            plural(count(Severity::Warning), "warning"),
        )
    }

    /// How it ended, for scripts.
    fn code(&self, strict: bool) -> u8 {
        let diags = &self.diagnostics;
        let is_refused = diags.has_errors() || (strict && diags.count(Severity::Warning) > 0);
        if is_refused { REFUSED } else { DONE }
    }
}

/// What one code means, or all checks.
fn explained(code: Option<&str>) -> Result<String, Error> {
    match code {
        Some(code) => explain::of_code(code),
        None => Ok(feedwright_check::markdown()),
    }
}
