//! A bar for runs that take more than a second on a terminal.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use feedwright_base::sync::lock;
use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far a run is, from its second second on.
pub(super) struct Progress {
    started: Instant,
    enabled: bool,
    bar: Mutex<Option<(&'static str, ProgressBar)>>,
}

impl Progress {
    /// `wanted` says whether people read standard error; nothing is shown if it is no terminal.
    pub(super) fn new(wanted: bool) -> Self {
        Progress {
            started: Instant::now(),
            enabled: wanted && std::io::stderr().is_terminal(),
            bar: Mutex::new(None),
        }
    }

    /// `done` more of `total` in a stage.
    pub(super) fn advance(&self, stage: &'static str, done: usize, total: usize) {
        if !self.enabled {
            return;
        }
        let mut bar = lock(&self.bar);
        if bar.as_ref().is_none_or(|(name, _)| *name != stage) {
            if let Some((_, old)) = bar.take() {
                old.finish_and_clear();
            }
            let new = ProgressBar::hidden();
            new.set_length(total as u64);
            let style = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len}");
            new.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            new.set_message(stage);
            *bar = Some((stage, new));
        }
        if let Some((_, bar)) = bar.as_ref() {
            bar.inc(done as u64);
            if bar.is_hidden() && self.started.elapsed() > Duration::from_secs(1) {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
        }
    }

    /// Clears what is shown.
    pub(super) fn finish(&self) {
        let mut bar = lock(&self.bar);
        if let Some((_, bar)) = bar.take() {
            bar.finish_and_clear();
        }
    }
}
