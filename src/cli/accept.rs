//! `feedwright accept`: what the guard holds is published.

use std::path::PathBuf;

use clap::Args;
use feedwright_base::error::Error;

use crate::run::BuildOptions;

use super::build;
use super::render::Renderer;
use super::site_args::{NamedSiteArgs, RunArgs, SiteArgs};
#[derive(Debug, Args)]
pub(super) struct AcceptArgs {
    /// The files or ids of entries that are held; `doubtful`, `resent`, `changed` or `resurfaced`
    /// means all of that kind.
    #[arg(value_name = "ENTRY", required = true)]
    pub(super) entries: Vec<String>,
    /// The doubtful ones are the posts that they may be, and keep their ids; without this, they
    /// are new posts.
    #[arg(long)]
    pub(super) same: bool,
    /// Publish the posts that can be read, however many others cannot.
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    site: NamedSiteArgs,
    /// The folder that the web server publishes as the site's root.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Folder with the feeds that are published now.
    #[arg(long, value_name = "DIR")]
    published: Option<PathBuf>,
}

impl AcceptArgs {
    /// The run that publishes what is accepted.
    pub(super) fn run(self) -> (RunArgs, BuildOptions) {
        let run = RunArgs {
            site: SiteArgs {
                dir: self.site.dir,
                over: self.site.over,
            },
            output: self.output,
            preview: false,
            keep_going: self.keep_going,
            strict: false,
            accept_resend: false,
            published: self.published,
        };
        let options = BuildOptions {
            accept: self.entries,
            accept_same: self.same,
            ..run.options()
        };
        (run, options)
    }
}

pub(super) fn run(args: AcceptArgs, renderer: &Renderer) -> Result<u8, Error> {
    let (run, options) = args.run();
    build::publish(&run, &options, None, None, renderer)
}
