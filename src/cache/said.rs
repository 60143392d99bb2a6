//! Remembers the warnings of a run, so that the mails of a timer tell only what is new.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Severity};
use feedwright_base::reading;
use feedwright_base::slice::Slice;
use feedwright_base::temporary;
use feedwright_site::config::Config;

use crate::run::BuildOptions;

use super::{UNWRITABLE, place};

/// The diagnostics that the run before has not said. A warning that only moved to another line was said.
/// All of them are remembered for the next run; without a cache everything is new, and whoever cannot
/// write it is told why a warning comes again.
pub(crate) fn unsaid(diags: &Diagnostics, config: &Config, options: &BuildOptions) -> Diagnostics {
    let mut news = Diagnostics::new();
    let file = options.cache.as_ref().zip(place(config));
    let file = file.map(|(folder, place)| folder.join(format!("{place}.said")));
    let before = file.as_deref().and_then(read).unwrap_or_default();
    let mut said = BTreeSet::new();
    for diagnostic in diags.iter() {
        let is_warning = diagnostic.severity == Severity::Warning;
        let mark = mark(diagnostic);
        if !(is_warning && before.contains(&mark)) {
            news.push(diagnostic.clone());
        }
        if is_warning {
            said.insert(mark);
        }
    }
    if let Some(file) = file.filter(|_| said != before)
        && let Err(error) = write(&file, &said)
    {
        let folder = file.parent().unwrap_or(&file).display();
        let message = format!(
            "warnings cannot be remembered in {folder} ({error}), so that each run says them again"
        );
        let warning = Diagnostic::new(Severity::Warning, UNWRITABLE, None, message);
        news.push(
            warning.help(
                "name a folder that can be written to by `--cache-dir` or FEEDWRIGHT_CACHE_DIR",
            ),
        );
    }
    news
}

/// What a warning is known by in a later run.
fn mark(diagnostic: &Diagnostic) -> String {
    let path = diagnostic.location.as_ref().map(|place| &place.path);
    let text = format!("{} {path:?} {}", diagnostic.code, diagnostic.message);
    blake3::hash(text.as_bytes())
        .to_hex()
        .slice(..16)
        .to_owned()
}

fn read(file: &Path) -> Option<BTreeSet<String>> {
    let text = reading::text(file, reading::LARGEST).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

fn write(file: &Path, said: &BTreeSet<String>) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    temporary::replace(file, |out| {
        said.iter().try_for_each(|mark| writeln!(out, "{mark}"))
    })
}
