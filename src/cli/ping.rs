//! `feedwright ping`.

use clap::Args;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;

use crate::ping::{PingOptions, ping};

use super::output::{in_line, print};
use super::render::{Renderer, plural};
use super::site_args::SiteArgs;
use super::{DONE, REFUSED, configure};
#[derive(Debug, Args)]
pub(super) struct PingArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Say what would be told, and tell nobody.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Tell hubs within private networks, too.
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Tell of every feed, whatever was told before.
    #[arg(long)]
    pub(super) all: bool,
}

pub(super) fn run(args: &PingArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let options = PingOptions {
        dry_run: args.dry_run,
        allow_private: args.allow_private,
        all: args.all,
        ..PingOptions::default()
    };
    let (mut told, mut failed) = (0, 0);
    let mut last = (String::new(), String::new());
    let verb = if args.dry_run { "would tell" } else { "told" };
    let mut written = Ok(DONE);
    ping(&config, options, &mut |ping| {
        if let Some(why) = &ping.failure {
            failed += 1;
            // Of many feeds that failed alike, one line says it.
            let this = (ping.hub.clone(), why.clone());
            if last != this {
                let message = format!("the hub {} was not told of {}: {why}", ping.hub, ping.topic);
                renderer.error(&Error::new(message));
                last = this;
            }
            return;
        }
        told += 1;
        if (args.dry_run || over.is_verbose()) && !over.is_quiet() && written.is_ok() {
            written = print(&format!(
                "{verb} {} of {}\n",
                in_line(&ping.hub),
                in_line(&ping.topic)
            ));
        }
    })?;
    written?;
    if !over.is_quiet() {
        let failures = match failed {
            0 => String::new(),
            failed => format!("; {failed} could not be told and will be, by the next run"),
        };
        let verb = if args.dry_run { "Would tell" } else { "Told" };
        print(&format!(
            "{verb} {} of {}{failures}.\n",
            plural(config.hubs(), "hub"),
            plural(told, "change"),
        ))?;
    }
    Ok(if failed == 0 { DONE } else { REFUSED })
}
