//! The program, run in a site's folder, and what it says and writes.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::site::{Run, Site};

/// Everything that a run writes: bytes and times, by path.
pub type Output = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// An entry that is held.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub kind: String,
    pub path: String,
    pub id: String,
    /// The id and the path of the post that it could be.
    pub was: Option<(String, String)>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub code: i32,
    /// Whether the whole run was stopped, so that nothing may be written.
    pub is_alarm: bool,
    pub held: Vec<Held>,
    /// What it said to people.
    pub text: String,
}

/// What the program makes of a site.
pub struct Program {
    pub site: Site,
    /// Whether it is told by feeds alone what was published.
    pub is_forgetful: bool,
}

impl Program {
    /// Builds the feeds.
    pub fn build(&self, now: NaiveDateTime, more: &[&str]) -> Result<Said, String> {
        let now = instant(now);
        let mut arguments = vec!["build", "--keep-going", "--now", &now, "--report", "json"];
        if self.is_forgetful {
            let _ = fs::remove_dir_all(self.site.path("live"));
            fs::create_dir_all(self.site.path("live")).map_err(|error| error.to_string())?;
            for path in self.site.files("feeds") {
                let copy = self.site.path(&format!("live/feeds/{path}"));
                let folder = copy.parent().ok_or("no folder")?;
                fs::create_dir_all(folder).map_err(|error| error.to_string())?;
                fs::copy(self.site.path(&format!("feeds/{path}")), copy)
                    .map_err(|error| error.to_string())?;
            }
            arguments.extend(["--published", "live"]);
        }
        arguments.extend(more);
        let run = ended(self.site.run(&arguments), "build")?;
        let report: Value =
            serde_json::from_str(&run.stdout).map_err(|error| format!("the report: {error}"))?;
        let held = report["held"].as_array().into_iter().flatten();
        let held = held.map(|held| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let was = &held["was"];
            Held {
                kind: text(&held["kind"]),
                path: text(&held["path"]),
                id: text(&held["id"]),
                was: was
                    .is_object()
                    .then(|| (text(&was["id"]), text(&was["path"]))),
            }
        });
        Ok(Said {
            code: run.code,
            is_alarm: !report["alarm"].is_null(),
            held: held.collect(),
            text: run.stderr,
        })
    }

    /// Accepts entries as they are.
    pub fn accept(&self, now: NaiveDateTime, paths: &[String]) -> Result<(), String> {
        let mut command = self.site.command(&["accept", "--keep-going", "-C", "."]);
        let now = now.and_utc().timestamp().to_string();
        command.args(paths).env("SOURCE_DATE_EPOCH", now);
        let output = command.output().map_err(|error| error.to_string())?;
        let run = Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        ended(run, "accept").map(|_| ())
    }

    /// Which file has which address.
    pub fn addresses(&self, now: NaiveDateTime) -> BTreeMap<String, String> {
        let run = self.site.run(&["list", "--json", "--now", &instant(now)]);
        let lines = run.stdout.lines();
        let lines = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines
            .filter_map(|line| {
                let text = |key: &str| line[key].as_str().map(str::to_owned);
                Some((text("url")?, text("path")?))
            })
            .collect()
    }

    /// What is published, and the lock.
    pub fn output(&self) -> Output {
        let feeds = self.site.files("feeds").into_iter();
        let feeds = feeds.map(|path| format!("feeds/{path}"));
        let all = feeds.chain(["feedwright.lock".to_owned()]);
        all.filter_map(|path| {
            let file = self.site.path(&path);
            let time = fs::metadata(&file).and_then(|meta| meta.modified()).ok()?;
            Some((path, (fs::read(&file).ok()?, time)))
        })
        .collect()
    }
}

/// A run that ended as runs may.
fn ended(run: Run, name: &str) -> Result<Run, String> {
    if run.stderr.contains("panicked at") || ![0, 3, 4].contains(&run.code) {
        return Err(format!("`{name}` ended with {}:\n{}", run.code, run.stderr));
    }
    Ok(run)
}

fn instant(now: NaiveDateTime) -> String {
    now.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
