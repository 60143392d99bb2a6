//! `feedwright migrate`: from another generator or host to this site, and no reader notices.

mod text;

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::{Host, Overrides};

use crate::Config;
use crate::commands::{self, Migration, OldSite};
use crate::report::Report;
use crate::run::BuildOptions;

use super::build;
use super::detail::Detail;
use super::held;
use super::output::{print, print_as_it_is, print_json};
use super::progress::Progress;
use super::render::Renderer;
use super::site_args::{OverArgs, RunArgs, SiteArgs};
use super::{DONE, GUARDED, REFUSED, USAGE, configure};
#[derive(Debug, Args)]
pub(super) struct MigrateArgs {
    /// What there was: a feed, an export of WordPress, or the folder that the old generator wrote
    /// the site to.
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The site's folder now.
    #[arg(value_name = "NEW", default_value = ".")]
    pub(super) new: PathBuf,
    #[command(flatten)]
    pub(super) over: OverArgs,
    /// Say what would be, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Also print redirects from old addresses to new ones, for this server.
    #[arg(long, value_name = "SERVER")]
    pub(super) redirects: Option<Server>,
    /// Write the redirects to this new file instead.
    #[arg(long, value_name = "FILE", requires = "redirects")]
    pub(super) redirects_file: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

impl MigrateArgs {
    /// What the library needs of all this.
    pub(super) fn overrides(&self) -> Result<Overrides, Error> {
        self.over.overrides(&self.new)
    }

    /// The run that comes after it.
    pub(super) fn next_run(&self) -> RunArgs {
        RunArgs {
            site: SiteArgs {
                dir: self.new.clone(),
                over: self.over.clone(),
            },
            ..RunArgs::default()
        }
    }
}

/// What redirects are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Server {
    /// The file `_redirects` of Netlify, Cloudflare Pages and GitLab Pages.
    Netlify,
    /// A map for nginx.
    Nginx,
    /// Directives for Apache.
    Apache,
}

impl From<Server> for Host {
    fn from(server: Server) -> Self {
        match server {
            Server::Netlify => Host::Netlify,
            Server::Nginx => Host::Nginx,
            Server::Apache => Host::Apache,
        }
    }
}

pub(super) fn run(args: &MigrateArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.over;
    if args.json && args.redirects.is_some() && args.redirects_file.is_none() {
        return Err(Error::new(
            "`--redirects` and `--json` both write to standard output: name a file by \
             `--redirects-file`",
        ));
    }
    let overrides = args.overrides()?;
    let mut diags = Diagnostics::new();
    let config = match configure(&overrides, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let old = OldSite::read(&args.old)?;
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let migration = commands::migrate(
        &old,
        &config,
        &overrides,
        args.dry_run,
        &mut diags,
        &advance,
        &super::waiting,
    )?;
    progress.finish();
    config.root.records().place(&mut diags);
    diags.sort();
    renderer.diagnostics(&diags, over.detail().without_count());
    if args.json {
        print_json(&migration)?;
    } else if !over.is_quiet() {
        print(&text::text(&migration, &old, &config, args))?;
    }
    redirects(&migration, args)?;
    if diags.has_errors() {
        return Ok(REFUSED);
    }
    if migration.sent_again() > 0 {
        return Ok(GUARDED);
    }
    match &migration.next {
        Some(next) => Ok(said(next, &config, args, renderer)),
        None if args.dry_run || !migration.is_complete() => Ok(DONE),
        None => next_build(args, renderer),
    }
}

/// Makes sure of the next build by making it, without writing anything, and says what is wrong with
/// it.
fn next_build(args: &MigrateArgs, renderer: &Renderer) -> Result<u8, Error> {
    let mut diags = Diagnostics::new();
    let Some(config) = Config::load(&args.overrides()?, &mut diags)? else {
        renderer.each(&diags, Detail::Warnings);
        return Ok(USAGE);
    };
    let options = BuildOptions {
        dry_run: true,
        ..BuildOptions::default()
    };
    let report = crate::build::build(&config, &options, Diagnostics::new(), &|_, _, _| {}, &|| {})?;
    Ok(said(&report, &config, args, renderer))
}

/// Says what the next build would hold, and how it would end.
fn said(report: &Report, config: &Config, args: &MigrateArgs, renderer: &Renderer) -> u8 {
    let code = build::code(report);
    if code != DONE {
        let held = held::diagnostics(report, &args.next_run(), config);
        renderer.each(&held, Detail::Warnings);
    }
    code
}

/// The variable of nginx that says where a page is: not the one of feeds that move later.
const NGINX_NAME: &str = "page_moved";

/// Prints the redirects, or writes them to a file that is not there yet.
fn redirects(migration: &Migration, args: &MigrateArgs) -> Result<(), Error> {
    let Some(server) = args.redirects else {
        return Ok(());
    };
    let text = crate::redirects::text(&migration.redirects, server.into(), NGINX_NAME);
    match &args.redirects_file {
        Some(_) if args.dry_run => {}
        Some(path) => write_new(path, &text)?,
        // Every address is encoded for the server.
        None => drop(print_as_it_is(&text)?),
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::io("write", path, error);
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::new(format!(
            "{} is there already and is not replaced: name another file, or remove it",
            path.display()
        )),
        _ => failed(error),
    })?;
    file.write_all(text.as_bytes()).map_err(failed)
}
