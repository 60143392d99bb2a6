//! `feedwright enclosures`.

use clap::{Args, ValueEnum};
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::ENCLOSURES;

use crate::commands::{FetchOptions, fetch_enclosures};

use super::output::{in_line, print};
use super::progress::Progress;
use super::render::{Renderer, plural};
use super::site_args::SiteArgs;
use super::{DONE, REFUSED, configure};

#[derive(Debug, Args)]
pub(super) struct EnclosuresArgs {
    /// What is done with them.
    action: Action,
    #[command(flatten)]
    site: SiteArgs,
    /// Say what would be asked, and ask nobody.
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Ask servers within private networks, too.
    #[arg(long)]
    allow_private: bool,
    /// Ask also for files whose size the file of the site says already.
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Action {
    /// Ask their servers for the sizes that nothing tells, and write them to feedwright.enclosures.yaml.
    Fetch,
}

pub(super) fn run(args: &EnclosuresArgs, renderer: &Renderer) -> Result<u8, Error> {
    let Action::Fetch = args.action;
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let options = FetchOptions {
        dry_run: args.dry_run,
        allow_private: args.allow_private,
        all: args.all,
        ..FetchOptions::default()
    };
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let (mut known, mut failed) = (0, 0);
    let mut written = Ok(DONE);
    let mut found = Diagnostics::new();
    fetch_enclosures(&config, options, &mut found, &advance, &mut |asked| {
        if let Some(why) = &asked.failure {
            failed += 1;
            let message = format!("the size of {} is not known: {why}", asked.url);
            renderer.error(&Error::new(message));
            return;
        }
        known += 1;
        if (args.dry_run || over.is_verbose()) && !over.is_quiet() && written.is_ok() {
            let url = in_line(&asked.url);
            written = print(&match asked.length {
                Some(length) => format!("{url} has {length} bytes\n"),
                None => format!("would ask for {url}\n"),
            });
        }
    })?;
    written?;
    // That sizes are missing is what this is for.
    let others = found.iter().filter(|one| one.code != "enclosure-length");
    others.cloned().for_each(|one| diags.push(one));
    renderer.diagnostics(&diags, over.detail());
    if !over.is_quiet() {
        print(&summary(args.dry_run, known, failed))?;
    }
    Ok(if failed == 0 { DONE } else { REFUSED })
}

/// What was done, in a sentence.
fn summary(dry_run: bool, known: usize, failed: usize) -> String {
    let files = plural(known, "file");
    match (dry_run, known, failed) {
        (_, 0, 0) => "There is no file elsewhere whose size is not known.\n".to_owned(),
        (true, ..) => format!("Would ask for the size of {files}.\n"),
        (false, _, 0) => format!("Asked for the size of {files}; {ENCLOSURES} has it.\n"),
        (false, ..) => format!(
            "Asked for the size of {files}; {ENCLOSURES} has it. That of {} is not known.\n",
            plural(failed, "file")
        ),
    }
}
