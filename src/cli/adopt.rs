//! `feedwright adopt`: the ids and dates of feeds that are in use.

use std::path::PathBuf;

use clap::Args;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;

use crate::Config;
use crate::commands::{self, Adoption, OldFeeds};

use super::held::id_line;
use super::output::{in_line, print};
use super::progress::Progress;
use super::render::{Renderer, plural};
use super::site_args::NamedSiteArgs;
use super::{DONE, REFUSED, configure};

/// How many of a kind are named.
const NAMED: usize = 10;
#[derive(Debug, Args)]
pub(super) struct AdoptArgs {
    /// RSS, Atom or JSON feeds of any program, or folders of them; `-` is standard input.
    #[arg(value_name = "FEED", required = true)]
    pub(super) feeds: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) site: NamedSiteArgs,
    /// Say what would be taken over, and write nothing.
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
}

pub(super) fn run(args: &AdoptArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let old = OldFeeds::read(&args.feeds)?;
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let adoption = commands::adopt(
        &config,
        &old.feeds,
        args.dry_run,
        &mut diags,
        &advance,
        &super::waiting,
    )?;
    progress.finish();
    config.root.records().place(&mut diags);
    diags.sort();
    renderer.diagnostics(&diags, over.detail().without_count());
    if !over.is_quiet() {
        print(&text(&adoption, &old, &config, args.dry_run))?;
    }
    Ok(if diags.has_errors() { REFUSED } else { DONE })
}

/// What was taken over, in sentences. It is long because it is a list: a section for each kind of what
/// there may be to say.
pub(super) fn text(adoption: &Adoption, old: &OldFeeds, config: &Config, dry_run: bool) -> String {
    let verb = if dry_run { "Would take" } else { "Took" };
    let mut text = format!(
        "{verb} the ids and dates of {} from {} into feedwright.lock.\n",
        plural(adoption.adopted, "post"),
        plural(old.feeds.len(), "file"),
    );
    let named = |(id, title): &(String, String)| format!("“{title}” ({id})");
    let mut section = |one: &str, many: &str, lines: Vec<String>| {
        text.push_str(&self::section(one, many, &lines));
    };
    section(
        "file lies beside these and continues them:",
        "files lie beside these and continue them:",
        old.beside.clone(),
    );
    section(
        "page continues a feed and is not here. Fetch it and name it, too, or its ids are not known:",
        "pages continue feeds and are not here. Fetch them and name them, too, or their ids are not \
         known:",
        old.missing
            .iter()
            .map(|(feed, page)| format!("{page}, of {feed}"))
            .collect(),
    );
    section(
        "post has another id than before:",
        "posts have other ids than before:",
        adoption
            .changed
            .iter()
            .map(|(path, before, now)| format!("{}: {before} becomes {now}", slashed(path)))
            .collect(),
    );
    section(
        "post is dated as subscribers saw it, until its own date changes:",
        "posts are dated as subscribers saw them, until their own dates change:",
        adoption
            .dates
            .iter()
            .map(|(path, own, kept)| format!("{}: {own} stays {kept}", slashed(path)))
            .collect(),
    );
    section(
        "post is left as it is, because the id of its entry belongs to a post that is still there:",
        "posts are left as they are, because the ids of their entries belong to posts that are \
         still there:",
        adoption
            .taken
            .iter()
            .map(|(path, owner, id)| {
                format!("{}: {id} is that of {}", slashed(path), slashed(owner))
            })
            .collect(),
    );
    section(
        "entry has no post here: its file is gone, or has another title and address. Nothing is \
         sent of it:",
        "entries have no post here: their files are gone, or have other titles and addresses. \
         Nothing is sent of them:",
        adoption.unmatched.iter().map(named).collect(),
    );
    section(
        "post of an entry is in a section that the site's feed does not take, so its subscribers do not \
         see it any more (`content.include` names all that the feed takes):",
        "posts of entries are in sections that the site's feed does not take, so its subscribers do not \
         see them any more (`content.include` names all that the feed takes):",
        adoption
            .apart
            .iter()
            .map(|(path, title, section)| {
                format!("“{title}” ({}), section `{section}`", slashed(path))
            })
            .collect(),
    );
    section(
        "entry has the id of another one, so its post gets an id of its own:",
        "entries have the ids of others, so their posts get ids of their own:",
        adoption.duplicates.iter().map(named).collect(),
    );
    section(
        "entry has another id in another feed, whose readers get it again:",
        "entries have other ids in other feeds, whose readers get them again:",
        adoption
            .lost
            .iter()
            .map(|lost| format!("“{}”: {} in {}", lost.title, lost.id, lost.feed))
            .collect(),
    );
    section(
        "entry has an id that no feed can have, so its post gets an id of its own:",
        "entries have ids that no feed can have, so their posts get ids of their own:",
        adoption.refused.iter().map(named).collect(),
    );
    section(
        "post is older than the newest entry, and the feed did not have it. The next build may send \
         it as new; `feedwright plan` says so:",
        "posts are older than the newest entry, and the feed did not have them. The next build may \
         send them as new; `feedwright plan` says so:",
        adoption
            .absent
            .iter()
            .map(|(path, title)| format!("“{title}” ({})", slashed(path)))
            .collect(),
    );
    section(
        "post may be the entry of its title or day that has no post. If it is, put this line into its \
         front matter, and run this again:",
        "posts may be the entries of their titles or days that have no post. Where they are, put these \
         lines into their front matters, and run this again:",
        adoption
            .perhaps
            .iter()
            .map(|(path, id, title)| {
                let line = id_line(path, id, config);
                format!("{}: `{line}`, “{title}”", slashed(path))
            })
            .collect(),
    );
    section(
        "feed keeps its own id:",
        "feeds keep their own ids:",
        adoption
            .feeds
            .iter()
            .map(|(file, id)| format!("{file}: {id}"))
            .collect(),
    );
    section(
        "file is such a feed at a path of this site's own. The next build compares with it, and \
         replaces it:",
        "files are such feeds at paths of this site's own. The next build compares with them, and \
         replaces them:",
        adoption
            .replaceable
            .iter()
            .map(|path| slashed(path))
            .collect(),
    );
    text
}

/// How many there are, what they are, and the first of them; nothing where there is none.
fn section(one: &str, many: &str, lines: &[String]) -> String {
    let what = match lines.len() {
        0 => return String::new(),
        1 => one,
        _ => many,
    };
    let mut text = format!("{} {what}\n", lines.len());
    for line in lines.iter().take(NAMED) {
        text.push_str(&format!("  {}\n", in_line(line)));
    }
    if lines.len() > NAMED {
        text.push_str(&format!("  … {} more\n", lines.len() - NAMED));
    }
    text
}
