//! Every stage in order, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::body::{PostLinks, Resources};
use crate::check;
use crate::config::{Config, Taxonomy};
use crate::diagnostic::{Diagnostics, Location};
use crate::emit;
use crate::error::Error;
use crate::feed::{Entry, Feed, Format};
use crate::pages;
use crate::permalink;
use crate::post::{self, Post};
use crate::publish::Stage;
use crate::render;
use crate::report::{FeedReport, Report};
use crate::select::{self, EXTRA_FEEDS, Selection};
use crate::source::{self, Walk};
use crate::state::{self, State};

/// How far a run goes.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuildOptions {
    /// Publish what is right although something is wrong.
    pub keep_going: bool,
    /// Compare, but write nothing.
    pub dry_run: bool,
    /// Remove feeds of ours that no post belongs to any more.
    pub prune: bool,
}

/// What is told while a run goes on: the stage, how much of it is done, and out of how much.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Finds, reads and normalizes all posts of a site, drafts and future ones included.
///
/// # Errors
///
/// A folder or file that cannot be read.
pub fn posts(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Post>, Error> {
    let dialect = config.content.dialect.as_ref();
    let walk = Walk {
        root: &config.root,
        folders: &config.content.folders,
        takes: &|path, kind| {
            !config.content.ignore.is_match(path)
                && !config.content.is_rendered(path)
                && dialect.takes(path, kind)
        },
    };
    let mut paths = source::discover(&walk, diags)?;
    paths.retain(|path| dialect.is_post(path, diags));
    progress("reading", 0, paths.len());
    let loaded: Vec<(Option<Post>, Diagnostics)> = paths
        .par_iter()
        .map(|path| {
            let mut diags = Diagnostics::new();
            let source = source::read(&config.root, path, &mut diags)?;
            let post = source.and_then(|source| post::load(&source, config, &mut diags));
            progress("reading", 1, paths.len());
            Ok((post, diags))
        })
        .collect::<Result<_, Error>>()?;
    let mut posts = Vec::with_capacity(loaded.len());
    for (post, found) in loaded {
        diags.append(found);
        posts.extend(post);
    }
    let is_public = |post: &Post| post.is_public(config);
    Ok(state::identify(
        posts,
        &State::default(),
        &is_public,
        dialect.knows_pages(),
        diags,
    ))
}

/// Renders posts, each once, in parallel. A post that cannot be rendered is missing from the
/// result, and the diagnostics say why.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn entries(
    wanted: &[usize],
    posts: &[Post],
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Option<Arc<Entry>>>, Error> {
    // A link to a post that nobody may see would be a dead one.
    let links = Arc::new(PostLinks::new(
        posts.iter().filter(|post| post.is_public(config)),
    ));
    let resources = Resources {
        posts: &links,
        include: &|name| source::read_include(&config.root, name),
    };
    let rendered: Vec<(usize, Option<Entry>, Diagnostics)> = wanted
        .par_iter()
        .map(|&at| {
            let mut diags = Diagnostics::new();
            let entry = read_entry(&posts[at], config, &resources, &mut diags)?;
            progress("rendering", 1, wanted.len());
            Ok((at, entry, diags))
        })
        .collect::<Result<_, Error>>()?;
    let mut entries: Vec<Option<Arc<Entry>>> = vec![None; posts.len()];
    for (at, entry, found) in rendered {
        diags.append(found);
        entries[at] = entry.map(Arc::new);
    }
    Ok(entries)
}

/// The summaries that posts without one of their own take from their bodies, in order.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn summaries(
    posts: &[Post],
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Option<String>>, Error> {
    let wanted: Vec<usize> = (0..posts.len())
        .filter(|&at| posts[at].summary.is_none())
        .collect();
    let entries = entries(&wanted, posts, config, diags, progress)?;
    Ok(entries
        .iter()
        .map(|entry| entry.as_ref()?.summary.clone())
        .collect())
}

/// Reads a post's body again and makes its entry.
fn read_entry(
    post: &Post,
    config: &Config,
    resources: &Resources<'_>,
    diags: &mut Diagnostics,
) -> Result<Option<Entry>, Error> {
    let Some(source) = source::read(&config.root, &post.path, diags)? else {
        return Ok(None);
    };
    let Some(text) = source.text.get(post.body.0..) else {
        diags.error(
            "file-changed",
            Location::file(&post.path),
            "the file changed while it was being read",
            "run feedwright again",
        );
        return Ok(None);
    };
    let page = match &config.content.rendered {
        Some(site) if post.is_public(config) => pages::read(site, post, config, diags)?,
        _ => None,
    };
    let page = page.as_deref();
    Ok(render::entry(text, page, post, config, resources, diags))
}

/// Makes a site's feeds and publishes what differs from those published.
///
/// The report lists every feed with its change, and all diagnostics. Where these hold an error,
/// nothing was written, unless `keep_going` is set.
///
/// # Errors
///
/// A file or folder that cannot be read or written, and a file in the way that is not ours.
pub fn build(
    config: &Config,
    options: BuildOptions,
    mut diags: Diagnostics,
    progress: Progress<'_>,
    waiting: &dyn Fn(),
) -> Result<Report, Error> {
    let stage = Stage::begin(&config.root, &config.feeds.output, options.dry_run, waiting)?;
    let posts = posts(config, &mut diags, progress)?;
    let selections = select::select(&posts, config, &mut diags);
    no_posts(&posts, &selections, config, &mut diags);
    let wanted = wanted(&selections);
    let entries = entries(&wanted, &posts, config, &mut diags, progress)?;
    let feeds: Vec<Feed> = selections
        .into_iter()
        .filter_map(|selection| render::feed(selection, &entries, config))
        .collect();
    for feed in &feeds {
        check::feed(feed).map_err(|what| {
            Error::new(format!(
                "the feed “{}” is wrong, which is a mistake of feedwright: {what}; nothing was written",
                feed.title
            ))
        })?;
    }
    pages::offer(config, &mut diags);
    diags.sort();
    let refused = diags.has_errors() && !options.keep_going;
    let mut report = Report::new(&posts, config, options);
    if refused || feeds.is_empty() {
        report.refused = true;
        report.diagnostics = diags;
        return Ok(report);
    }
    // From here on only entries are needed.
    drop(posts);
    report.feeds = stage_all(&stage, &feeds, progress)?;
    let current: HashSet<PathBuf> = feeds
        .iter()
        .flat_map(|feed| &feed.places)
        .map(|place| place.path.clone())
        .collect();
    stage.commit()?;
    report.stale = stage.sweep(&feed_patterns(config), &current)?;
    // A post that is refused today may be the one that a feed belongs to.
    if options.prune && !diags.has_errors() {
        report.removed = std::mem::take(&mut report.stale);
        for path in &report.removed {
            stage.remove(path)?;
        }
    }
    report.diagnostics = diags;
    Ok(report)
}

/// A site without a single public post has no feed: that is nearly always a wrong folder.
fn no_posts(posts: &[Post], selections: &[Selection], config: &Config, diags: &mut Diagnostics) {
    let empty = selections
        .iter()
        .all(|selection| selection.posts.is_empty());
    if !empty || diags.has_errors() {
        return;
    }
    let (message, help) = if posts.is_empty() {
        let dialect = config.content.dialect.name();
        let count = |code: &str| diags.iter().filter(|d| d.code == code).count();
        let reasons: Vec<String> = [
            ("page-undated", "have no date"),
            ("date-missing", "have no date of their own"),
            ("permalink-computed", "have a permalink that is computed"),
            ("post-format", "are in another format"),
            ("post-unpublished", "are not published"),
        ]
        .iter()
        .filter_map(|(code, reason)| match count(code) {
            0 => None,
            count => Some(format!("{count} files {reason}")),
        })
        .collect();
        let reasons = match reasons.as_slice() {
            [] => String::new(),
            reasons => format!("; {}", reasons.join(", ")),
        };
        (
            format!(
                "there are no posts in {} (read as {} {dialect} site{reasons})",
                config.root.display(),
                if dialect.starts_with(['a', 'e']) {
                    "an"
                } else {
                    "a"
                },
            ),
            "run feedwright in the site's folder, or name the posts' folders in \
             `content.folders` of feedwright.yaml",
        )
    } else {
        (
            format!("all {} posts are drafts or lie in the future", posts.len()),
            "`content.drafts` and `content.future` in feedwright.yaml publish them",
        )
    };
    diags
        .push(crate::Diagnostic::new(crate::Severity::Error, "no-posts", None, message).help(help));
}

/// The posts that any feed takes, each once, in order.
fn wanted(selections: &[Selection]) -> Vec<usize> {
    let all: BTreeSet<usize> = selections
        .iter()
        .flat_map(|selection| selection.posts.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// Emits every feed in every format and stages it, one format after the other, so that the
/// bytes of entries are held for one format only and those of feeds not at all.
fn stage_all(
    stage: &Stage,
    feeds: &[Feed],
    progress: Progress<'_>,
) -> Result<Vec<FeedReport>, Error> {
    let total: usize = feeds.iter().map(|feed| feed.places.len()).sum();
    let entries: BTreeMap<&str, &Entry> = feeds
        .iter()
        .flat_map(|feed| &feed.entries)
        .map(|entry| (entry.id.as_str(), entry.as_ref()))
        .collect();
    let mut reports: Vec<(usize, FeedReport)> = Vec::with_capacity(total);
    for format in Format::ALL {
        let bytes: HashMap<&str, Box<str>> = entries
            .par_iter()
            .map(|(id, entry)| (*id, emit::entry(format, entry)))
            .collect();
        let staged: Vec<(usize, FeedReport)> = feeds
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, feed)| feed.places.iter().map(move |place| (at, feed, place)))
            .filter(|(_, _, place)| place.format == format)
            .map(|(at, feed, place)| {
                let parts: Vec<&str> = feed
                    .entries
                    .iter()
                    .map(|entry| &*bytes[entry.id.as_str()])
                    .collect();
                let document = emit::document(format, feed, place, &parts);
                let change = stage.add(&place.path, &document)?;
                progress("writing", 1, total);
                Ok((at, FeedReport::new(feed, place, change)))
            })
            .collect::<Result<_, Error>>()?;
        reports.extend(staged);
    }
    // The sort is stable: formats keep their order within a feed.
    reports.sort_by_key(|(at, _)| *at);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

/// Where feeds of this site may lie, with `*` for what differs between them: formats and
/// taxonomies that the configuration no longer names included.
fn feed_patterns(config: &Config) -> Vec<String> {
    let mut patterns = Vec::new();
    for paths in &config.feeds.known {
        let known = Taxonomy::ALL.each_ref().map(Taxonomy::as_str);
        let configured = config.feeds.taxonomies.iter().map(Taxonomy::as_str);
        let taxonomies: BTreeSet<&str> = known
            .into_iter()
            .chain(configured)
            .chain([EXTRA_FEEDS])
            .collect();
        for taxonomy in taxonomies {
            let pattern = paths
                .taxonomy
                .replace(":taxonomy", &select::folder_of(taxonomy))
                .replace(":slug", "*");
            patterns.push(pattern);
        }
        patterns.push(paths.site.clone());
    }
    patterns
        .iter()
        .filter_map(|pattern| permalink::decode(pattern))
        .map(|pattern| pattern.trim_start_matches('/').to_owned())
        .collect()
}
