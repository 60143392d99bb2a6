//! Where the time of a run went.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use feedwright_base::sync::lock;
use serde_json::json;

use super::output::tell;

/// How the time that stages took is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimingsFormat {
    /// A line a stage.
    Human,
    /// One JSON object on a line.
    Json,
}

/// When each stage began.
pub(super) struct Timings {
    format: Option<TimingsFormat>,
    started: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Timings {
    /// Begins with a first stage.
    pub(super) fn new(format: Option<TimingsFormat>, first: &'static str) -> Self {
        let started = Instant::now();
        Timings {
            format,
            started,
            stages: Mutex::new(vec![(first, started)]),
        }
    }

    /// Says which stage a run is in.
    pub(super) fn enter(&self, stage: &'static str) {
        if self.format.is_none() {
            return;
        }
        let mut stages = lock(&self.stages);
        if stages.last().is_none_or(|(last, _)| *last != stage) {
            stages.push((stage, Instant::now()));
        }
    }

    /// Prints them to standard error, so that they mix with no report.
    pub(super) fn finish(&self) {
        let Some(format) = self.format else { return };
        let end = Instant::now();
        let stages = lock(&self.stages);
        let ends = stages.iter().skip(1).map(|(_, next)| *next).chain([end]);
        let took = stages
            .iter()
            .zip(ends)
            .map(|((stage, start), end)| (*stage, end - *start));
        let all = [("all", end - self.started)];
        match format {
            TimingsFormat::Human => {
                for (stage, took) in took.chain(all) {
                    tell(&format!("{stage:<12} {:>9.3} ms\n", milliseconds(took)));
                }
            }
            TimingsFormat::Json => {
                let stages: Vec<_> = took
                    .chain(all)
                    .map(|(stage, took)| json!({"stage": stage, "ms": milliseconds(took)}))
                    .collect();
                tell(&format!("{}\n", json!({ "timings": stages })));
            }
        }
    }
}

fn milliseconds(took: Duration) -> f64 {
    // Whole microseconds: what is finer is noise.
    took.as_micros() as f64 / 1000.0
}
