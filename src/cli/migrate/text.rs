//! Says what a move comes to: addresses, feeds, and what each kind of reader would be sent.

use feedwright_base::text::first_of;

use super::super::adopt;
use super::super::output::in_line;
use super::super::render::{entries, plural};
use super::MigrateArgs;
use crate::Config;
use crate::commands::{Fate, FeedMove, Knows, Migration, NewPaths, OldSite, Reader, Readers, Row};

/// How many rows of the table are shown when not all are asked for.
const ROWS: usize = 40;

/// How many entries or addresses of a kind are named in a line.
const NAMED: usize = 5;

/// The whole report.
pub(super) fn text(
    migration: &Migration,
    old: &OldSite,
    config: &Config,
    args: &MigrateArgs,
) -> String {
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
    text.push_str(&table(&migration.posts, args.over.is_verbose()));
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
            first_of(pages, most(NAMED, args.over.is_verbose()))
        ));
    }
    text.push('\n');
    text.push_str(&feeds(migration, args));
    for readers in &migration.readers {
        text.push('\n');
        text.push_str(&proof(readers, args.over.is_verbose()));
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
