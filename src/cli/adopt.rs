//! `feedwright adopt`: the ids and dates of feeds that are in use.

use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::permalink::slashed;
use crate::pipeline::{self, Adoption};
use crate::reading;

use super::args::AdoptArgs;
use super::output::{in_line, print};
use super::progress::Progress;
use super::render::{Renderer, plural};
use super::{DONE, REFUSED, configure};

/// How many of a kind are named.
const NAMED: usize = 10;

pub(super) fn run(args: &AdoptArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let feeds: Vec<(String, Vec<u8>)> = args
        .feeds
        .iter()
        .map(|path| Ok((path.display().to_string(), read(path)?)))
        .collect::<Result<_, Error>>()?;
    let progress = Progress::new(renderer.is_human() && !over.quiet);
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let adoption = pipeline::adopt(
        &config,
        &feeds,
        args.dry_run,
        &mut diags,
        &advance,
        &super::waiting,
    )?;
    progress.finish();
    diags.sort();
    renderer.diagnostics(&diags, over.verbose, true);
    if !over.quiet {
        print(&text(&adoption, args.dry_run))?;
    }
    Ok(if diags.has_errors() { REFUSED } else { DONE })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    if path == Path::new("-") {
        return reading::drain(std::io::stdin().lock(), reading::LARGEST)
            .map_err(|error| Error::io("read", Path::new("standard input"), error));
    }
    reading::open_named(path)
        .and_then(|file| reading::drain(file, reading::LARGEST))
        .map_err(|error| Error::io("read", path, error))
}

fn text(adoption: &Adoption, dry_run: bool) -> String {
    let verb = if dry_run { "Would take" } else { "Took" };
    let mut text = format!(
        "{verb} the ids and dates of {} into feedwright.lock.\n",
        plural(adoption.adopted, "post")
    );
    section(
        &mut text,
        "under another id than before",
        adoption
            .changed
            .iter()
            .map(|(path, before, now)| format!("{}: {} becomes {}", slashed(path), before, now)),
    );
    section(
        &mut text,
        "dated as subscribers saw them, until their own dates change",
        adoption
            .dates
            .iter()
            .map(|(path, own, kept)| format!("{}: {own} stays {kept}", slashed(path))),
    );
    section(
        &mut text,
        "left as they are, because their ids belong to posts that are still there",
        adoption.taken.iter().map(|(path, owner, id)| {
            format!("{}: {id} is that of {}", slashed(path), slashed(owner))
        }),
    );
    section(
        &mut text,
        "without a post here, left alone",
        adoption
            .unmatched
            .iter()
            .map(|(id, title)| format!("“{title}” ({id})")),
    );
    section(
        &mut text,
        "with the id of another entry; their posts get ids of their own",
        adoption
            .duplicates
            .iter()
            .map(|(id, title)| format!("“{title}” ({id})")),
    );
    section(
        &mut text,
        "whose own id is kept",
        adoption
            .feeds
            .iter()
            .map(|(file, id)| format!("{file}: {id}")),
    );
    text
}

fn section(text: &mut String, what: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    text.push_str(&format!("{count} {what}:\n"));
    for line in lines.take(NAMED) {
        text.push_str(&format!("  {}\n", in_line(&line)));
    }
    if count > NAMED {
        text.push_str(&format!("  … {} more\n", count - NAMED));
    }
}
