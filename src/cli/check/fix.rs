//! `--fix`: what can be mended is shown, asked about, and mended.

use std::io::{IsTerminal, Write};

use diffy::DiffOptions;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::Config;
use crate::commands::{self, Fixed};

use super::super::output::{in_line, print};
use super::super::progress::Progress;
use super::super::render::{Renderer, plural};
use super::CheckArgs;

/// Mends what whoever runs this agrees to. What cannot be mended goes to the diagnostics.
pub(super) fn run(
    args: &CheckArgs,
    config: &Config,
    renderer: &Renderer,
    diags: &mut Diagnostics,
) -> Result<(), Error> {
    let quiet = args.site.over.is_quiet();
    let progress = Progress::new(renderer.is_human() && !quiet);
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let mended = commands::fix(config, diags, &advance);
    progress.finish();
    let mended = mended?;
    if mended.is_empty() {
        return Ok(());
    }
    // Whoever is asked has to see what for.
    if !quiet || !args.yes {
        let shown: String = mended.iter().map(difference).collect();
        print(&shown)?;
    }
    let files = plural(mended.len(), "file");
    if !args.yes && !agreed(&files)? {
        return say(quiet, "Nothing was changed.\n");
    }
    commands::write_fixes(config, &mended, &super::super::waiting)?;
    say(quiet, &format!("Changed {files}.\n"))
}

fn say(quiet: bool, text: &str) -> Result<(), Error> {
    if quiet {
        return Ok(());
    }
    print(text).map(|_| ())
}

/// Asks on the terminal. Only a clear yes is one.
fn agreed(files: &str) -> Result<bool, Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::new(format!(
            "`--fix` asks before it changes {files}, and there is no terminal to ask on: add \
             `--yes`, or run it on a terminal; nothing was changed"
        )));
    }
    let failed = |error| Error::io("read", "standard input".as_ref(), error);
    // Nobody can agree to what is not asked.
    let mut terminal = std::io::stderr().lock();
    write!(terminal, "Change {files} so? [y/N] ")
        .and_then(|()| terminal.flush())
        .map_err(|error| Error::new(format!("cannot ask on standard error: {error}")))?;
    drop(terminal);
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(failed)?;
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

/// A unified difference that steers no terminal.
fn difference(file: &Fixed) -> String {
    let path = slashed(&file.path);
    let mut options = DiffOptions::new();
    options.set_context_len(2);
    options.set_original_filename(path.clone());
    options.set_modified_filename(path);
    let patch = options.create_patch(&file.before, &file.after);
    let text = patch.to_string();
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| {
            let bare = line.strip_suffix('\n').unwrap_or(line);
            // Lines may end as on Windows on both sides.
            in_line(bare.strip_suffix('\r').unwrap_or(bare)).into_owned() + "\n"
        })
        .collect()
}
