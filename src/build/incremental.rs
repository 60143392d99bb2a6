//! A run of a part of the site: the posts whose texts were edited, and the feeds that hold them.
//!
//! A post's `Standing` is what all else takes from it. Where an edit leaves that as it was, the
//! feeds that hold the post are the same but for its entry, and no other feed changes. So this run
//! takes the way of every other, with what the part is made of: the lines of the lock that are
//! about it, the edited posts, and the entries of the others as they are published. Wherever
//! something is not as expected, it comes to nothing, and the whole site is looked at.

use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::emit;
use feedwright_feed::{Aliases, Entry};
use feedwright_site::body::PostLinks;
use feedwright_site::config::Config;
use feedwright_site::post::Post;

use crate::cache::{Edits, Holder};
use crate::publish::{Files, Stage};
use crate::report::Report;
use crate::select::Selection;
use crate::state::kept::{self, Lost};
use crate::state::{LockPart, State};

use super::release::{Made, Released};
use super::serialize::Kept;
use super::{assemble, staging};
use crate::load::{self, Loaded, Read};
use crate::run::{BuildOptions, Progress};

/// Publishes edits; `None` where they are more than edits of texts, or more than that has to be
/// looked at or said.
///
/// # Errors
///
/// Those of a whole run.
pub(crate) fn build(
    edits: &Edits,
    config: &Config,
    options: &BuildOptions,
    progress: Progress<'_>,
) -> Result<Option<Released>, Error> {
    progress("reading the lock", 0, 0);
    let Some(state) = promised(edits, config)? else {
        return Ok(None);
    };
    let owned = state.owned();
    let (root, output) = (config.root.path(), &config.feeds.output);
    let stage = Stage::begin(root, output, false, Files::default(), owned)?;

    let mut diags = Diagnostics::new();
    let Some(mut loaded) = edited_posts(edits, &state, config, options, &mut diags, progress)?
    else {
        return Ok(None);
    };
    let Some(mut entries) = edited_entries(edits, &loaded.posts, config, &mut diags, progress)?
    else {
        return Ok(None);
    };
    progress("making entries", 0, 0);
    let mut kept = Kept::new();
    let mut selections = Vec::new();
    for holder in &edits.feeds {
        let Some(posts) = members(holder, &loaded.posts, &mut entries, &mut kept, config)? else {
            return Ok(None);
        };
        let Some(selection) = selection(holder, posts, &state) else {
            return Ok(None);
        };
        selections.push(selection);
    }
    let (feeds, records) = assemble::feeds(selections, &entries, &state, config);
    if staging::hold(&feeds).is_err() {
        return Ok(None);
    }
    loaded.posts.clear();
    let made = Made {
        state,
        loaded,
        feeds,
        entries,
        records,
        archives: Vec::new(),
        kept,
    };
    let report = Report::new(&[], config, options.dry_run);
    let released = made.release(&stage, config, options, report, diags, progress)?;
    let report = &released.report;
    let is_quiet = report.alarm.is_none()
        && report.held.is_empty()
        && report.diagnostics.iter().next().is_none();
    Ok(Some(released).filter(|_| is_quiet))
}

/// What the lock says of the edited posts and of the feeds that hold them; `None` where that takes
/// more than these lines to know.
fn promised(edits: &Edits, config: &Config) -> Result<Option<State>, Error> {
    let files: Vec<String> = edits.posts.iter().map(|(path, _)| slashed(path)).collect();
    let keys: Vec<&str> = edits.feeds.iter().map(|feed| feed.key.as_str()).collect();
    let read = LockPart::read(config, &files, &keys)?;
    Ok(read.map(|(lock, part)| State::of_part(config, lock, part)))
}

/// The edited posts; `None` where anything else than their texts changed, or there is something to
/// say about them.
fn edited_posts(
    edits: &Edits,
    state: &State,
    config: &Config,
    options: &BuildOptions,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Option<Loaded>, Error> {
    progress("reading", 0, 0);
    let mut read = Read::default();
    for (path, _) in &edits.posts {
        read.posts.extend(load::one(path, config, state, diags)?);
    }
    progress("identifying", 0, 0);
    let accepted = options.accepted(state);
    let loaded = load::identify(read, &state.records(), &accepted, config, diags);
    let is_as_before = loaded.doubts.is_empty()
        && loaded.posts.len() == edits.posts.len()
        && (loaded.posts.iter().zip(&edits.posts)).all(|(post, (path, before))| {
            let is_known = state.record(&post.id).is_some();
            post.path == *path && post.standing() == *before && is_known == post.is_public(config)
        });
    let is_quiet = diags.iter().next().is_none();
    Ok(Some(loaded).filter(|_| is_as_before && is_quiet))
}

/// The entries of the edited posts that feeds hold; `None` where one cannot be made, links to
/// another post, or there is something to say about it.
fn edited_entries(
    edits: &Edits,
    posts: &[Post],
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Option<Vec<Option<Arc<Entry>>>>, Error> {
    let mut wanted: Vec<usize> = edits
        .feeds
        .iter()
        .flat_map(|feed| feed.edited.iter().map(|(_, post)| *post))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    // Whoever links to another post has to know all of them.
    let links = Arc::new(PostLinks::default());
    let entries = load::entries(&wanted, posts, &links, config, diags, progress)?;
    let is_made = wanted.iter().all(|&at| entries[at].is_some());
    let is_quiet = diags.iter().next().is_none();
    Ok(Some(entries).filter(|_| is_made && !links.was_asked() && is_quiet))
}

/// A feed with these posts, as it was selected when it was last made; `None` where the lock does not
/// have it.
fn selection(holder: &Holder, posts: Vec<usize>, state: &State) -> Option<Selection> {
    let paths: Vec<_> = holder.places.iter().map(|place| &*place.path).collect();
    let record = state.feed(&holder.key, &paths)?;
    Some(Selection {
        key: holder.key.clone(),
        name: None,
        title: Some(holder.title.clone()),
        description: Some(holder.description.clone()),
        language: holder.language.clone(),
        within: None,
        home: Some(holder.url.clone()),
        translations: holder.translations.clone(),
        places: holder.places.clone(),
        posts,
        older: 0,
        candidates: Vec::new(),
        oldest: record.oldest.clone(),
        beyond: record.beyond.clone(),
    })
}

/// The indices of a feed's entries. Those that stay as they are published are added to `entries`, and
/// their bytes to `all`. `None` where the published files are not as they were made.
fn members(
    holder: &Holder,
    posts: &[Post],
    entries: &mut Vec<Option<Arc<Entry>>>,
    all: &mut Kept,
    config: &Config,
) -> Result<Option<Vec<usize>>, Error> {
    let mut members: Vec<usize> = Vec::with_capacity(holder.entries);
    for (number, place) in holder.places.iter().enumerate() {
        let path = config.feeds.output.join(&place.path);
        let known = |published: &kept::PublishedEntry| {
            Some(Lost {
                id: published.id.clone(),
                aliases: Aliases::default(),
                url: published.url.parse().ok()?,
                stays: false,
            })
        };
        let found = kept::find(&path, place.format, &known, &config.site.authors)?;
        if found.len() != holder.entries {
            return Ok(None);
        }
        for (at, kept) in found.into_iter().enumerate() {
            let edited = holder.edited.iter().find(|(position, _)| *position == at);
            if let Some(&(_, post)) = edited {
                let own = &posts[post];
                if emit::id(place.format, &own.id, &own.aliases, &own.url) != kept.entry.id {
                    return Ok(None);
                }
                if number == 0 {
                    members.push(post);
                }
                continue;
            }
            if number == 0 {
                members.push(entries.len());
                entries.push(Some(Arc::new(kept.entry)));
            }
            // Formats may have different ids of one entry; here it goes by that of the first.
            let Some(Some(entry)) = entries.get(members[at]) else {
                return Ok(None);
            };
            let files = all.entry(entry.id.clone()).or_default();
            files.insert(place.path.clone(), kept.bytes);
        }
    }
    Ok(Some(members))
}
