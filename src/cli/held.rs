//! What the guard says, as people and machines read problems.

use std::path::Path;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::slice::Slice;
use feedwright_base::text::first_of;
use feedwright_site::config::StateKind;
use feedwright_site::front_matter;
use feedwright_site::source;

use crate::Config;
use crate::report::Report;
use crate::state::alarm::Alarm;
use crate::state::held::{Held, HeldKind, OF_FORMAT};
use crate::state::lock;

use super::render::plural;
use super::site_args::RunArgs;

/// How many held changes are named; `plan` and the report have all.
const NAMED: usize = 5;

/// What the guard holds, or why it stopped the run.
pub(super) fn diagnostics(report: &Report, run: &RunArgs, config: &Config) -> Diagnostics {
    let mut diags = Diagnostics::new();
    if let Some(alarm) = &report.alarm {
        diags.append(of_alarm(alarm, run, config));
    }
    let of_kind = |kind: HeldKind| report.held.iter().filter(move |held| held.kind == kind);
    for held in of_kind(HeldKind::Doubtful) {
        diags.push(doubtful(held, run, config));
    }
    for held in of_kind(HeldKind::Resent) {
        diags.push(resent(held, run, config));
    }
    let changed: Vec<&Held> = of_kind(HeldKind::Changed).collect();
    if !changed.is_empty() {
        diags.push(together(
            &changed,
            "guard-changed",
            "would change at once, so feeds keep them as they were",
            &report.held_because,
            run,
        ));
    }
    let resurfaced: Vec<&Held> = of_kind(HeldKind::Resurfaced).collect();
    if !resurfaced.is_empty() {
        let what = "that nobody touched would come up as new, so feeds do not show them";
        diags.push(together(&resurfaced, "guard-resurfaced", what, &[], run));
    }
    diags
}

/// An error, with what is to be done where it is about a lock that cannot be read.
pub(super) fn with_remedy(error: Error, run: &RunArgs, config: &Config) -> Error {
    if !lock::is_lost(&error) {
        return error;
    }
    let live = run.published.as_deref().unwrap_or(config.output());
    let formats = config.feeds.formats.iter();
    let files = formats.map(|paths| live.join(paths.site_file()));
    let files: Vec<String> = files
        .filter(|file| file.is_file())
        .map(|file| shown(&file))
        .collect();
    if files.is_empty() {
        return error;
    }
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    error.help(format!(
        "if it is lost, delete it, and `{}` takes the ids that subscribers know from the published \
         feeds",
        run.command("adopt", &files)
    ))
}

/// Files of the output folder, or the folders in it that they lie in, where they are many.
fn few(files: &[String]) -> Vec<&str> {
    if files.len() <= NAMED {
        return files.iter().map(String::as_str).collect();
    }
    let first = |file: &str| file.find('/').unwrap_or(file.len());
    let mut all: Vec<&str> = files.iter().map(|file| file.slice(..first(file))).collect();
    all.dedup();
    all
}

/// A file as commands name it.
fn shown(path: &Path) -> String {
    slashed(path).trim_start_matches("./").to_owned()
}

/// What is said in a line: whether it is still the same as in the last run.
pub(super) fn summary(report: &Report) -> String {
    match report.held.len() {
        0 => String::new(),
        1 => "1 entry is held; exit code 3 stays until that is settled.\n".to_owned(),
        count => format!("{count} entries are held; exit code 3 stays until that is settled.\n"),
    }
}

fn doubtful(held: &Held, run: &RunArgs, config: &Config) -> Diagnostic {
    let (was, id) = known(held);
    problem(
        held,
        "guard-doubtful",
        format!(
            "this may be the post that readers know from {was} (by {}), so feeds do not show it \
             yet",
            held.because
        ),
    )
    .help(format!(
        "if it is a new post, run `{}`; if it is that post, run `{}`, or write `{}` into \
         its front matter",
        run.command("accept", &[held.entry()]),
        run.command("accept", &["--same", held.entry()]),
        id_line(Path::new(&held.path), id, config),
    ))
}

fn resent(held: &Held, run: &RunArgs, config: &Config) -> Diagnostic {
    let (_, id) = known(held);
    problem(
        held,
        "guard-resent",
        format!(
            "readers know this post by the id {id}, and would get it again as {}, so feeds keep \
             what was published",
            held.id
        ),
    )
    .help(if held.because != OF_FORMAT {
        format!(
            "write `{}` into its front matter; if it has become another post, run `{}`",
            id_line(Path::new(&held.path), id, config),
            run.command("accept", &[held.entry()])
        )
    } else {
        format!(
            "{}; `{}` publishes that, and readers of that format get the post again",
            held.because,
            run.command("accept", &[held.entry()])
        )
    })
}

/// What the id of a post is called in its front matter.
fn id_key(config: &Config) -> &str {
    let keys = &config.content.names.id;
    keys.first().map_or("guid", |key| key)
}

/// The line of a file's front matter that gives its post an id, in the language of that.
pub(super) fn id_line(path: &Path, id: &str, config: &Config) -> String {
    let source = source::read(&config.root, path, &mut Diagnostics::new());
    let syntax = config.content.dialect.syntax();
    let format = match source {
        Ok(Some(source)) => front_matter::format_of(&source, syntax),
        Ok(None) | Err(_) => front_matter::Format::Yaml,
    };
    format.line(id_key(config), id)
}

/// The post that a held one may be: where it was, and its id.
fn known(held: &Held) -> (String, &str) {
    let Some(was) = &held.was else {
        return ("elsewhere".to_owned(), "");
    };
    let place = if was.path.is_empty() {
        format!("“{}”", was.title)
    } else {
        was.path.clone()
    };
    (place, &was.id)
}

fn problem(held: &Held, code: &'static str, message: String) -> Diagnostic {
    let place = (!held.path.is_empty()).then(|| Location::file(Path::new(&held.path)));
    Diagnostic::new(Severity::Error, code, place, message)
}

/// Entries of one kind that are held for one reason.
fn together(
    held: &[&Held],
    code: &'static str,
    what: &str,
    because: &[String],
    run: &RunArgs,
) -> Diagnostic {
    let kind = held.first().map_or("", |held| held.kind.as_str());
    let titles = held.iter().map(|held| format!("“{}”", held.title));
    let because = match because {
        [] => String::new(),
        because => format!(" ({})", because.join("; ")),
    };
    let message = format!(
        "{} {what}{because}: {}",
        plural(held.len(), "published post"),
        first_of(titles, NAMED)
    );
    Diagnostic::new(Severity::Error, code, None, message).help(format!(
        "`{}` shows them\n`{}` publishes all of them, or name some by their files",
        run.command("plan", &[]),
        run.command("accept", &[kind]),
    ))
}

fn of_alarm(alarm: &Alarm, run: &RunArgs, config: &Config) -> Diagnostics {
    let mut remedies = Vec::new();
    if !alarm.causes.is_empty() {
        remedies.push(format!("probably because {}", alarm.causes.join("; and ")));
    }
    if config.state == StateKind::Lock && !alarm.adoptable.is_empty() {
        let live = run.published.as_deref().unwrap_or(config.output());
        let files: Vec<String> = few(&alarm.adoptable)
            .iter()
            .map(|file| shown(&live.join(file)))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        remedies.push(format!(
            "`{}` keeps the ids that subscribers know",
            run.command("adopt", &files)
        ));
    }
    remedies.push(format!("`{}` shows everything", run.command("plan", &[])));
    remedies.push(format!(
        "`{}` publishes it as it is",
        run.command("build", &["--accept-resend"])
    ));
    let error = |finding: &String| {
        Diagnostic::new(Severity::Error, "guard-stopped", None, finding.as_str())
    };
    let mut diags = Diagnostics::new();
    if let Some((last, others)) = alarm.findings.split_last() {
        others.iter().for_each(|finding| diags.push(error(finding)));
        // What to do is the same for all.
        diags.push(error(last).help(remedies.join("\n")));
    }
    diags
}
