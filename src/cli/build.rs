//! `feedwright build`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;
use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::Config;
use crate::build;
use crate::cache;
use crate::publish::Change;
use crate::report::Report;
use crate::run::BuildOptions;

use super::detail::Detail;
use super::output::{in_line, print, print_json, tell};
use super::progress::Progress;
use super::render::{Renderer, entries, plural};
use super::site_args::RunArgs;
use super::timings::{Timings, TimingsFormat};
use super::{DONE, DONE_PARTLY, GUARDED, REFUSED, configure, held, left, plan};
#[derive(Debug, Default, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Say what subscribers would see, and write nothing: the same as `feedwright plan`.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Only write what would be published to the folder of `--output`, and promise nothing.
    #[arg(long)]
    pub(super) preview: bool,
    /// Fail if feedwright.lock would change, for jobs that cannot commit it.
    #[arg(long, conflicts_with = "prune")]
    pub(super) locked: bool,
    /// Check every feed as a whole, as `feedwright check` does, before it is published.
    #[arg(long)]
    pub(super) verify: bool,
    /// Remove feeds that no post belongs to any more.
    #[arg(long)]
    pub(super) prune: bool,
    /// Where runs are remembered, so that those that find nothing new are quick; by default
    /// `feedwright` in the user's folder of caches.
    #[arg(
        long,
        value_name = "DIR",
        env = "FEEDWRIGHT_CACHE_DIR",
        hide_env_values = true
    )]
    pub(super) cache_dir: Option<PathBuf>,
    /// Read everything, whatever earlier runs found, and remember nothing.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Say on standard error how long each stage took.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human"
    )]
    pub(super) timings: Option<TimingsFormat>,
    /// Report on standard output what happened to every feed.
    #[arg(long, value_name = "FORMAT")]
    pub(super) report: Option<ReportFormat>,
}

impl BuildArgs {
    /// The folder where runs are remembered; `None` where nobody wants that, or there is no place.
    pub(super) fn cache(&self) -> Option<PathBuf> {
        if self.no_cache {
            return None;
        }
        // An empty variable is none, as shells have it.
        let named = self.cache_dir.as_ref();
        let named = named.filter(|folder| !folder.as_os_str().is_empty());
        named.cloned().or_else(|| {
            let places = etcetera::choose_base_strategy().ok()?;
            Some(places.cache_dir().join("feedwright"))
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// One JSON object.
    Json,
}

pub(super) fn run(args: &BuildArgs, renderer: &Renderer) -> Result<u8, Error> {
    let options = BuildOptions {
        dry_run: args.dry_run,
        prune: args.prune,
        locked: args.locked,
        verify: args.verify,
        cache: args.cache(),
        ..args.run.options()
    };
    let run = RunArgs {
        preview: args.preview,
        ..args.run.clone()
    };
    publish(&run, &options, args.report, args.timings, renderer)
}

/// Builds, publishes and says what happened.
pub(super) fn publish(
    run: &RunArgs,
    options: &BuildOptions,
    format: Option<ReportFormat>,
    timings: Option<TimingsFormat>,
    renderer: &Renderer,
) -> Result<u8, Error> {
    let over = &run.site.over;
    let timings = Timings::new(timings, "configuring");
    let done = make(run, options, renderer, &timings)?;
    let (report, config) = match done {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if format == Some(ReportFormat::Json) {
        print_json(&report)?;
    } else if !over.is_quiet() {
        if options.dry_run && !report.refused {
            print(&plan::text(&report, over.is_verbose()))?;
        }
        print(&summary(&report, &config, over.is_verbose()))?;
    } else if let Some(why) = nothing_written(&report).filter(|_| renderer.is_human()) {
        // The most important thing of a mail from cron.
        tell(&why);
    }
    if config.is_preview() && !options.dry_run {
        // Whoever publishes this way has to know, in any case.
        tell("a preview: no id is promised, and feedwright.lock is left alone\n");
    }
    timings.finish();
    Ok(code(&report))
}

/// How a run ended, for scripts.
pub(super) fn code(report: &Report) -> u8 {
    if report.refused {
        REFUSED
    } else if report.alarm.is_some() || !report.held.is_empty() {
        GUARDED
    } else if report.diagnostics.has_errors() {
        DONE_PARTLY
    } else {
        DONE
    }
}

/// Builds and shows what is wrong; `Err` is the exit code where the configuration is.
pub(super) fn make(
    run: &RunArgs,
    options: &BuildOptions,
    renderer: &Renderer,
    timings: &Timings,
) -> Result<Result<(Report, Config), u8>, Error> {
    let over = &run.site.over;
    let mut overrides = run.site.overrides()?;
    overrides.output.clone_from(&run.output);
    overrides.preview = run.preview;
    let mut diags = Diagnostics::new();
    let config = match configure(&overrides, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(Err(code)),
    };
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let waiting = || {
        if !over.is_quiet() {
            tell("another run is writing the same feeds; waiting for it to end\n");
        }
    };
    let report = build::build(
        &config,
        options,
        diags,
        &|stage, done, total| {
            timings.enter(stage);
            progress.advance(stage, done, total);
        },
        &waiting,
    );
    progress.finish();
    timings.enter("reporting");
    let report = report.map_err(|error| held::with_remedy(error, run, &config))?;
    // Whoever has asked for quiet has read it once.
    if over.detail() == Detail::Warnings && !options.dry_run {
        let news = cache::unsaid(&report.diagnostics, &config, options);
        renderer.diagnostics(&news, over.detail());
    } else {
        renderer.diagnostics(&report.diagnostics, over.detail());
    }
    if !(over.is_quiet() && report.left_as_before) {
        let notices = left::diagnostics(&report, run, &config);
        renderer.each(&notices, over.detail());
    }
    if !(over.is_quiet() && report.held_as_before) {
        let notices = held::diagnostics(&report, run, &config);
        renderer.each(&notices, over.detail());
    }
    Ok(Ok((report, config)))
}

/// Why nothing was written, where nothing was.
fn nothing_written(report: &Report) -> Option<String> {
    let errors = report.diagnostics.count(Severity::Error);
    if report.alarm.is_some() {
        let why = "Nothing was written, because subscribers would see old posts again.\n";
        return Some(why.to_owned());
    }
    if report.refused && errors == 0 {
        return Some("Nothing was written, because there is no feed to write.\n".to_owned());
    }
    if report.refused {
        let rest = match report.posts.published {
            0 => "",
            _ => " `--keep-going` publishes the rest.",
        };
        let errors = plural(errors, "error");
        return Some(format!("Nothing was written because of {errors}.{rest}\n"));
    }
    None
}

/// What happened, in a few lines.
fn summary(report: &Report, config: &Config, verbose: bool) -> String {
    if let Some(why) = nothing_written(report) {
        return why;
    }
    let mut text = files(report, verbose);
    text.push_str(&counts(report, config));
    text.push_str(&held::summary(report));
    text
}

/// A line for each file that there is something to say of.
fn files(report: &Report, verbose: bool) -> String {
    let mut text = String::new();
    let named = |change| match change {
        Change::Created => "created",
        Change::Updated => "updated",
        Change::Unchanged => "unchanged",
    };
    for feed in &report.feeds {
        if verbose || report.feeds.len() <= 6 {
            let what = named(feed.change);
            text.push_str(&format!(
                "{what:9} {}  ({}, {})\n",
                in_line(&slashed(&feed.path)),
                entries(feed.entries),
                in_line(&feed.title)
            ));
        }
    }
    for file in &report.beside {
        if verbose || file.change != Change::Unchanged {
            let what = named(file.change);
            text.push_str(&format!("{what:9} {}\n", in_line(&slashed(&file.path))));
        }
    }
    for path in &report.removed {
        text.push_str(&format!("removed   {}\n", in_line(&slashed(path))));
    }
    for path in &report.stale {
        text.push_str(&format!(
            "stale     {}  (no feed is written there; --prune removes it)\n",
            in_line(&slashed(path))
        ));
    }
    text
}

/// How many files were written, and how many posts there are.
fn counts(report: &Report, config: &Config) -> String {
    let is_changed = |change| matches!(change, Change::Created | Change::Updated);
    let written = report.feeds.iter().filter(|feed| is_changed(feed.change));
    let verb = if report.dry_run {
        "Would write"
    } else {
        "Wrote"
    };
    let mut facts = vec![plural(report.posts.published, "post")];
    if report.posts.drafts > 0 {
        facts.push(plural(report.posts.drafts, "draft"));
    }
    if report.posts.future > 0 {
        facts.push(format!("{} in the future", report.posts.future));
    }
    let written = written.count();
    let mut beside = report.beside.iter();
    let is_same = beside.all(|file| file.change == Change::Unchanged);
    if written == 0 && report.removed.is_empty() && is_same {
        return format!(
            "Nothing changed: {} in {} ({}).\n",
            plural(report.feeds.len(), "feed file"),
            in_line(&config.output().display().to_string()),
            facts.join(", ")
        );
    }
    format!(
        "{verb} {} of {} to {} ({} created, {} updated, {} unchanged; {}).\n",
        written,
        plural(report.feeds.len(), "feed file"),
        in_line(&config.output().display().to_string()),
        report.count(Change::Created),
        report.count(Change::Updated),
        report.count(Change::Unchanged),
        facts.join(", ")
    )
}
