//! `feedwright migrate`: from another generator or host to this site, and no reader notices.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::text::first_of;

use crate::Config;
use crate::commands::{
    self, Fate, FeedMove, Knows, Migration, NewPaths, OldSite, Reader, Readers, Row,
};
use crate::run::BuildOptions;

use super::adopt;
use super::args::MigrateArgs;
use super::build;
use super::held;
use super::output::{in_line, print, print_as_it_is, print_json};
use super::progress::Progress;
use super::render::{Renderer, entries, plural};
use super::{DONE, GUARDED, REFUSED, USAGE, configure};

/// How many rows of the table are shown when not all are asked for.
const ROWS: usize = 40;

/// How many entries or addresses of a kind are named in a line.
const NAMED: usize = 5;

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
    let progress = Progress::new(renderer.is_human() && !over.quiet);
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
    diags.sort();
    renderer.diagnostics(&diags, over.verbose, true);
    if args.json {
        print_json(&migration)?;
    } else if !over.quiet {
        print(&text(&migration, &old, &config, args))?;
    }
    redirects(&migration, args)?;
    if diags.has_errors() {
        return Ok(REFUSED);
    }
    if migration.sent_again() > 0 {
        return Ok(GUARDED);
    }
    if args.dry_run || !migration.is_complete() {
        return Ok(DONE);
    }
    next_build(args, renderer)
}

/// Makes sure of the next build by making it, without writing anything, and says what is wrong with
/// it.
fn next_build(args: &MigrateArgs, renderer: &Renderer) -> Result<u8, Error> {
    let mut diags = Diagnostics::new();
    let Some(config) = Config::load(&args.overrides()?, &mut diags)? else {
        renderer.diagnostics(&diags, true, true);
        return Ok(USAGE);
    };
    let options = BuildOptions {
        dry_run: true,
        ..BuildOptions::default()
    };
    let report = crate::build::build(&config, &options, Diagnostics::new(), &|_, _, _| {}, &|| {})?;
    let code = build::code(&report);
    if code != DONE {
        renderer.diagnostics(
            &held::diagnostics(&report, &args.next_run(), &config),
            true,
            true,
        );
    }
    Ok(code)
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

/// The whole report.
fn text(migration: &Migration, old: &OldSite, config: &Config, args: &MigrateArgs) -> String {
    let mut text = adopt::text(&migration.adoption, &old.feeds, config, args.dry_run);
    for (file, what) in &migration.unread {
        text.push_str(&format!(
            "{} is meant as a feed and was left out: {}\n",
            in_line(file),
            in_line(what)
        ));
    }
    if migration.no_posts > 0 {
        text.push_str(&format!(
            "{} of the export, as pages, files and drafts are, {} no published post and left out.\n",
            plural(migration.no_posts, "item"),
            if migration.no_posts == 1 { "is" } else { "are" },
        ));
    }
    text.push('\n');
    text.push_str(&table(&migration.posts, args.over.verbose));
    if !migration.other_pages.is_empty() {
        let pages = migration
            .other_pages
            .iter()
            .map(|page| in_line(page).into_owned());
        text.push_str(&format!(
            "{} of the old site {} of no post here: {}\n",
            plural(migration.other_pages.len(), "page"),
            if migration.other_pages.len() == 1 {
                "is"
            } else {
                "are"
            },
            first_of(pages, most(NAMED, args.over.verbose))
        ));
    }
    text.push('\n');
    text.push_str(&feeds(migration, args));
    for readers in &migration.readers {
        text.push('\n');
        text.push_str(&proof(readers, args.over.verbose));
    }
    text
}

fn most(few: usize, verbose: bool) -> usize {
    if verbose { usize::MAX } else { few }
}

/// Old addresses and new ones, those that stay apart.
fn table(rows: &[Row], verbose: bool) -> String {
    let count = |fate: Fate| rows.iter().filter(|row| row.fate == fate).count();
    let mut text = format!(
        "Addresses of posts: {} the same, {} moved, {} without a post here, {} new.\n",
        count(Fate::Same),
        count(Fate::Moved),
        count(Fate::Gone),
        count(Fate::New)
    );
    let others: Vec<[String; 3]> = rows
        .iter()
        .filter(|row| row.fate != Fate::Same)
        .map(cells)
        .collect();
    let shown = others.iter().take(most(ROWS, verbose));
    let width = |at: usize| {
        let cells = shown.clone().filter_map(|row| row.get(at));
        let widths = cells.map(|cell| cell.chars().count());
        widths.max().unwrap_or(0).min(60)
    };
    let (old, new) = (width(0), width(1));
    for [from, to, title] in shown.clone() {
        text.push_str(&format!("  {from:old$}  →  {to:new$}  {title}\n"));
    }
    if others.len() > shown.len() {
        let more = others.len() - shown.len();
        text.push_str(&format!("  … {more} more (-v shows all)\n"));
    }
    text
}

/// The old address, the new one, and what there is to say.
fn cells(row: &Row) -> [String; 3] {
    let cell = |text: &str| in_line(text).into_owned();
    let old = row.old.as_deref().map_or_else(|| "—".to_owned(), cell);
    let new = row
        .new
        .as_deref()
        .map_or_else(|| "no post".to_owned(), cell);
    let title = match row.fate {
        Fate::New => format!("“{}”, new", row.title),
        Fate::Same | Fate::Moved | Fate::Gone => format!("“{}”", row.title),
    };
    [old, new, cell(&title)]
}

/// What takes the places of the old feeds, and what is to be done for that.
fn feeds(migration: &Migration, args: &MigrateArgs) -> String {
    let mut text: String = migration.feeds.iter().map(feed).collect();
    if migration
        .feeds
        .iter()
        .any(|feed| feed.is_main && feed.is_same)
    {
        text.push_str(
            "Where the site's generator writes a feed of its own at such an address, switch that \
             off: one file can hold only one.\n",
        );
    }
    text.push_str(&paths(&migration.paths, args.dry_run));
    text.push_str(&rules(migration.redirects.len(), args));
    text
}

/// What takes the place of an old feed.
fn feed(feed: &FeedMove) -> String {
    let old = feed.old.as_ref().unwrap_or(&feed.name);
    let what = match (&feed.new, feed.is_same) {
        (Some(_), true) => "stays at its address".to_owned(),
        (Some(new), false) if feed.old.is_none() => format!(
            "is at {} now; it does not say where it was, and that has to lead there",
            in_line(new)
        ),
        (Some(new), false) => format!("is at {} now", in_line(new)),
        (None, _) => "has no feed that takes its place".to_owned(),
    };
    format!(
        "The feed {} ({}) {what}.\n",
        in_line(old),
        entries(feed.entries)
    )
}

/// The lines of the configuration that let feeds stay where they were.
fn paths(paths: &NewPaths, dry_run: bool) -> String {
    let mut text = String::new();
    for refused in &paths.refused {
        text.push_str(&format!(
            "It cannot stay at its address: {}.\n",
            in_line(refused)
        ));
    }
    if paths.lines.is_empty() {
        return text;
    }
    let (file, lines) = (in_line(&paths.file), &paths.lines);
    text.push_str(&match (paths.written, dry_run) {
        (true, false) => format!("These lines are in {file} now:\n{lines}"),
        (true, true) => format!("These lines would be written to {file}:\n{lines}"),
        (false, _) => format!(
            "{file} was left alone, as it says something of feeds already, or is not the site's \
             own. Put these into it, before anything is built:\n{lines}"
        ),
    });
    text
}

/// How many addresses have to be redirected, and where the rules for that are.
fn rules(count: usize, args: &MigrateArgs) -> String {
    if count == 0 {
        return String::new();
    }
    let place = match (args.redirects, &args.redirects_file) {
        (None, _) => "`--redirects netlify`, `nginx` or `apache` prints them".to_owned(),
        (Some(_), None) => "they follow".to_owned(),
        (Some(_), Some(file)) if args.dry_run => {
            format!(
                "they would be written to {}",
                in_line(&file.display().to_string())
            )
        }
        (Some(_), Some(file)) => {
            format!("they are in {}", in_line(&file.display().to_string()))
        }
    };
    format!(
        "{} redirected to what took {} place: {place}.\n",
        if count == 1 {
            "1 old address has to be".to_owned()
        } else {
            format!("{count} old addresses have to be")
        },
        if count == 1 { "its" } else { "their" },
    )
}

/// What each kind of reader would be sent.
fn proof(readers: &Readers, verbose: bool) -> String {
    let mut text = format!(
        "What readers of {} would be sent, who know {}:\n",
        in_line(&readers.of),
        entries(readers.known)
    );
    for reader in &readers.readers {
        let by = match reader.by {
            Knows::Id => "by id (GovDelivery, most readers)",
            Knows::Link => "by link",
            Knows::TitleAndDate => "by title and date",
            Knows::Date => "by date (Mailchimp)",
        };
        text.push_str(&format!("  {by:34}{}\n", sent(reader, verbose)));
    }
    text
}

fn sent(reader: &Reader, verbose: bool) -> String {
    let named = |post: &str, as_what: &str, all: &[crate::EntryName]| {
        let titles = all
            .iter()
            .map(|entry| format!("“{}”", in_line(&entry.title)));
        let titles = first_of(titles, most(NAMED, verbose));
        (!all.is_empty()).then(|| format!("{}{as_what}: {titles}", plural(all.len(), post)))
    };
    let parts = [
        named("old post", " as new", &reader.again),
        named("new post", "", &reader.new),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.as_slice() {
        [] => "nothing".to_owned(),
        parts => parts.join("; "),
    }
}
