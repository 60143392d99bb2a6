//! Who is left behind, in words.

use std::collections::BTreeMap;
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Severity};
use feedwright_base::permalink::slashed;
use feedwright_base::text::first_of;
use feedwright_site::config::Host;
use feedwright_site::config::{Config, Redirects, StateKind};

use crate::report::{LeftBecause, LeftBehind, Report};

use super::output::in_line;
use super::plan::NAMED;
use super::render::plural;
use super::site_args::RunArgs;

/// How many feeds are named in a warning of their own when not all are asked for.
const MOST: usize = NAMED * 4;

/// A warning for each feed that people may be subscribed to and that is not written any more, and one
/// for the formats that are not.
pub(super) fn diagnostics(report: &Report, run: &RunArgs, config: &Config) -> Diagnostics {
    // Of the many that lost their posts at once not all are named.
    let mut feeds: BTreeMap<(LeftBecause, &str), Vec<&LeftBehind>> = BTreeMap::new();
    for left in &report.left {
        let feed = match left.why {
            // One setting is behind all of them.
            LeftBecause::FormatDropped => "",
            LeftBecause::Moved | LeftBecause::Empty => &left.key,
        };
        feeds.entry((left.why, feed)).or_default().push(left);
    }
    let mut diags = Diagnostics::new();
    let most = if run.site.over.is_verbose() {
        usize::MAX
    } else {
        MOST
    };
    for ((why, _), files) in feeds.iter().take(most) {
        let paths: Vec<&Path> = files.iter().map(|left| left.path.as_path()).collect();
        let message = format!(
            "subscribers of {} are left behind: {}",
            named(&paths),
            because(*why, files)
        );
        let help = remedy(files, report, run, config);
        diags.push(Diagnostic::new(Severity::Warning, code(*why), None, message).help(help));
    }
    if let Some(((why, _), _)) = feeds.iter().nth(most) {
        let more = plural(feeds.len() - most, "more feed");
        let message = format!("subscribers of {more} are left behind");
        let help = format!("`{}` names them", run.command("plan", &["-v"]));
        diags.push(Diagnostic::new(Severity::Warning, code(*why), None, message).help(help));
    }
    diags
}

/// A line for each file.
pub(super) fn lines(report: &Report, verbose: bool) -> String {
    let most = if verbose { usize::MAX } else { MOST };
    let lines = report.left.iter().map(|left| {
        format!(
            "left        {}: {}\n",
            in_line(&slashed(&left.path)),
            in_line(&because(left.why, &[left]))
        )
    });
    let mut text: String = lines.take(most).collect();
    if report.left.len() > most {
        let more = report.left.len() - most;
        text.push_str(&format!("… {more} more are left (-v shows all)\n"));
    }
    text
}

fn code(why: LeftBecause) -> &'static str {
    match why {
        LeftBecause::Moved => "feed-moved",
        LeftBecause::FormatDropped => "format-dropped",
        LeftBecause::Empty => "feed-empty",
    }
}

/// Why files are left that have this in common.
fn because(why: LeftBecause, files: &[&LeftBehind]) -> String {
    let mut successors: Vec<&Path> = files
        .iter()
        .filter_map(|left| left.successor.as_deref())
        .collect();
    successors.dedup();
    let is_named_alike = files.iter().all(|left| {
        let successor = left.successor.as_deref();
        successor.and_then(Path::file_name) == left.path.file_name()
    });
    let successors = match together(&successors) {
        // Which files that are is said already.
        Some((folder, _)) if is_named_alike => folder,
        _ => named(&successors),
    };
    match why {
        LeftBecause::Moved => format!("the feed is {successors} now"),
        LeftBecause::FormatDropped => {
            format!("the format is not written any more; the same feed is {successors}")
        }
        LeftBecause::Empty => {
            "no post belongs to the feed any more, or it is not wanted".to_owned()
        }
    }
}

/// Files as a sentence names them: those of one folder by it.
fn named(paths: &[&Path]) -> String {
    match together(paths) {
        Some((folder, names)) => format!("{folder} ({})", first_of(names, NAMED)),
        None => first_of(paths.iter().map(|path| slashed(path)), NAMED),
    }
}

/// The folder that several files have in common, and their names in it.
fn together(paths: &[&Path]) -> Option<(String, Vec<String>)> {
    let [first, _, ..] = paths else {
        return None;
    };
    let folder = first
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())?;
    let inside = |path: &&Path| {
        let name = path.strip_prefix(folder).ok()?;
        (name.components().count() == 1).then(|| slashed(name))
    };
    let names = paths.iter().map(inside).collect::<Option<Vec<_>>>()?;
    Some((format!("{}/", slashed(folder)), names))
}

fn remedy(files: &[&LeftBehind], report: &Report, run: &RunArgs, config: &Config) -> String {
    let prune = run.command("build", &["--prune"]);
    let is_removed = files.iter().all(|left| report.removed.contains(&left.path));
    let is_led = files.iter().any(|left| left.successor.is_some());
    match &config.beside.redirects {
        _ if is_removed && !is_led => "they are told so if they ask for it again".to_owned(),
        _ if !is_led => format!("if nobody reads it, `{prune}` removes it"),
        None if config.state != StateKind::Lock => {
            "with `feeds.redirects: true` the old files name their successors".to_owned()
        }
        None => format!(
            "`feeds.redirects: true` sends them to it, or what `{}` prints, for nginx, Netlify or \
             Apache",
            run.command("links", &["--format", Host::Nginx.name()])
        ),
        Some(Redirects::Feeds) => "the old files name their successors now".to_owned(),
        Some(Redirects::Server(Host::Netlify, file)) if !is_removed => format!(
            "{} sends them to it as soon as the old files are removed, which `{prune}` does: \
             Netlify shows a file that is there",
            slashed(&file.path)
        ),
        Some(Redirects::Server(_, file)) => format!("{} sends them to it", slashed(&file.path)),
    }
}
