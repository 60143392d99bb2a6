//! Files to posts with ids, and posts to entries.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_feed::Entry;
use feedwright_feed::invariants;
use feedwright_site::body::{PostLinks, Rendered, Resources};
use feedwright_site::config::{Config, UpdatedFrom};
use feedwright_site::git;
use feedwright_site::load::load as load_post;
use feedwright_site::pages;
use feedwright_site::post::{History, Post};
use feedwright_site::source::{self, Source, Walk};
use rayon::prelude::*;

use crate::render;
use crate::state::{self, Accepted, Doubt, Record, State};

use crate::run::Progress;

/// All posts of a site, and what is promised of them from now on.
pub(super) struct Loaded {
    pub(super) posts: Vec<Post>,
    pub(super) records: Vec<Record>,
    /// What readers know, from before this run, of the posts that the first records are of.
    pub(super) histories: Vec<History>,
    /// The files that could not be understood.
    pub(super) broken: HashSet<PathBuf>,
    /// The files that are there and are no posts now, such as hidden ones.
    pub(super) hidden: HashSet<PathBuf>,
    /// The posts about which somebody has to say whether they are new.
    pub(super) doubts: Vec<Doubt>,
}

impl Loaded {
    /// The ids of posts of which nobody has said yet whether a new file is theirs.
    pub(super) fn asked(&self) -> impl Iterator<Item = &str> {
        let open = self.doubts.iter().filter(|doubt| !doubt.accepted);
        open.filter_map(|doubt| Some(doubt.held.was.as_ref()?.id.as_str()))
    }
}

/// All posts under the ids that the site's lock promises, for what publishes nothing.
pub(super) fn under_lock(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<(State, Loaded), Error> {
    let state = State::of_lock(config)?;
    let read = read(config, &state, diags, progress)?;
    let loaded = identify(read, &state.records(), &Accepted::default(), config, diags);
    Ok((state, loaded))
}

/// How many files are read before their posts are put to the others: as many as keep all cores busy,
/// and few beside a large site.
const AT_ONCE: usize = 8192;

/// What a site's files are.
#[derive(Clone, Default)]
pub(super) struct Read {
    /// Posts as their files have them.
    pub(super) posts: Vec<Post>,
    /// The files that could not be understood.
    pub(super) broken: HashSet<PathBuf>,
    /// The files that are there and are no posts now, such as hidden ones.
    pub(super) hidden: HashSet<PathBuf>,
}

/// Reads all posts of a site.
pub(super) fn read(
    config: &Config,
    state: &State,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Read, Error> {
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
    progress("finding", 0, 0);
    let mut paths = source::discover(&walk, diags)?;
    let judged: Vec<(bool, Diagnostics)> = paths
        .par_iter()
        .map(|path| {
            let mut found = Diagnostics::new();
            (dialect.is_post(path, &mut found), found)
        })
        .collect();
    let mut judged = judged.into_iter();
    paths.retain(|_| {
        let (is_post, found) = judged.next().unwrap_or_default();
        diags.append(found);
        is_post
    });
    progress("reading", 0, paths.len());
    let load = |path: &PathBuf| {
        let mut diags = Diagnostics::new();
        let post = one(path, config, state, &mut diags)?;
        progress("reading", 1, paths.len());
        Ok((post, diags))
    };
    let mut read = Read {
        posts: Vec::with_capacity(paths.len()),
        ..Read::default()
    };
    let mut before: (&[PathBuf], Vec<_>) = (&[], Vec::new());
    for part in paths.chunks(AT_ONCE) {
        // While some are read, those before are put to the others.
        let (loaded, taken) = rayon::join(
            || part.par_iter().map(load).collect(),
            || read.take(before.0, before.1, config, diags),
        );
        taken?;
        before = (part, loaded);
    }
    read.take(before.0, before.1, config, diags)?;
    if config.content.updated == UpdatedFrom::Git {
        let commits = git::last_commits(config.root.path())?;
        let posts = read.posts.iter_mut();
        for post in posts.filter(|post| !post.given.updated) {
            if let Some(commit) = commits.get(&post.path) {
                post.updated = post.published.max(*commit);
                post.given.updated = true;
            }
        }
    }
    Ok(read)
}

/// What reading a file came to.
type OneRead = Result<(Option<Post>, Diagnostics), Error>;

impl Read {
    /// Adds what some files came to.
    fn take(
        &mut self,
        paths: &[PathBuf],
        loaded: Vec<OneRead>,
        config: &Config,
        diags: &mut Diagnostics,
    ) -> Result<(), Error> {
        for (path, loaded) in paths.iter().zip(loaded) {
            let (post, found) = loaded?;
            if post.is_none() {
                if found.has_errors() {
                    self.broken.insert(path.clone());
                } else {
                    self.hidden.insert(path.clone());
                }
            }
            diags.append(config.lints.applied(found, post.is_some()));
            self.posts.extend(post);
        }
        Ok(())
    }
}

/// Reads one file; `None` where it is no post, and the diagnostics may say why.
pub(super) fn one(
    path: &Path,
    config: &Config,
    state: &State,
    diags: &mut Diagnostics,
) -> Result<Option<Post>, Error> {
    let source = source::read(&config.root, path, diags)?;
    let date = |path: &_| state.promised(path);
    Ok(source.and_then(|source| load_post(&source, config, &date, diags)))
}

/// Posts under the ids that records promise.
pub(super) fn identify(
    read: Read,
    records: &[&Record],
    accepted: &Accepted,
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    identified(read, records, accepted, false, config, diags)
}

/// Posts under the ids that feeds have which are adopted.
pub(super) fn adopted(
    read: Read,
    records: &[&Record],
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    identified(read, records, &Accepted::default(), true, config, diags)
}

fn identified(
    read: Read,
    records: &[&Record],
    accepted: &Accepted,
    adopting: bool,
    config: &Config,
    diags: &mut Diagnostics,
) -> Loaded {
    let site = state::Site {
        base: &config.site.url,
        now: config.present.now().with_zone(config.site.tz()),
        is_public: &|post: &Post| post.is_public(config),
        knows_pages: config.content.dialect.knows_pages(),
        broken: &read.broken,
        hidden: &read.hidden,
        adopting,
        accepted,
    };
    let identified = state::identify(read.posts, records, &site, diags);
    Loaded {
        posts: identified.posts,
        records: identified.records,
        histories: identified.histories,
        broken: identified.broken,
        hidden: read.hidden,
        doubts: identified.doubts,
    }
}

/// Renders posts, each once, in parallel. `links` are the posts that they may link to. A post that cannot be rendered is missing from the
/// result, and the diagnostics say why.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn entries(
    wanted: &[usize],
    posts: &[Post],
    links: &Arc<PostLinks>,
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Option<Arc<Entry>>>, Error> {
    progress("rendering", 0, wanted.len());
    let resources = Resources {
        posts: links,
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
        diags.append(config.lints.applied(found, true));
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
    let links = links(posts, config);
    let entries = entries(&wanted, posts, &links, config, diags, progress)?;
    Ok(entries
        .iter()
        .map(|entry| entry.as_ref()?.summary.clone())
        .collect())
}

/// The posts that others may link to: a link to a post that nobody may see would be a dead one.
pub(super) fn links(posts: &[Post], config: &Config) -> Arc<PostLinks> {
    let public = posts.par_iter().filter(|post| post.is_public(config));
    Arc::new(PostLinks::new(public))
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
    let rendered = rendered(&source, post, config, resources, diags)?;
    let entry = rendered.map(|rendered| render::entry(post, rendered, config));
    Ok(entry.and_then(|entry| publishable(entry, &post.path, diags)))
}

/// An entry that feeds can hold. Whatever is wrong with it was to be cleaned where it came from; one
/// post that slipped through stops no other.
fn publishable(entry: Entry, path: &Path, diags: &mut Diagnostics) -> Option<Entry> {
    let Err(what) = invariants::entry(&entry) else {
        return Some(entry);
    };
    diags.error(
        "entry-invalid",
        Location::file(path),
        format!("no feed can hold this post: {what}"),
        "change what is named; that feedwright did not see it earlier is a mistake worth reporting",
    );
    None
}

/// Renders the body of a post whose file was read again.
pub(super) fn rendered(
    source: &Source,
    post: &Post,
    config: &Config,
    resources: &Resources<'_>,
    diags: &mut Diagnostics,
) -> Result<Option<Rendered>, Error> {
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
    Ok(render::rendered(text, page, post, config, resources, diags))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::Timestamp;
    use feedwright_feed::Person;

    #[test]
    fn an_entry_that_no_feed_can_hold_is_named() {
        let now = Timestamp::from_epoch(1_700_000_000).expect("a time");
        let author = Person {
            name: "A".to_owned(),
            url: None,
            email: None,
        };
        let entry = Entry {
            id: "tag:example.gov,2023:a".to_owned(),
            aliases: Default::default(),
            url: Url::parse("https://example.gov/a").expect("a URL"),
            title: "Title".to_owned(),
            published: now,
            updated: now,
            authors: vec![author],
            tags: Vec::new(),
            language: None,
            summary: None,
            content: None,
            image: None,
            attachments: Vec::new(),
        };
        let mut diags = Diagnostics::new();
        let path = Path::new("content/a.md");
        assert!(publishable(entry.clone(), path, &mut diags).is_some());
        assert_eq!(diags.iter().count(), 0);
        let bad = Entry {
            title: "a\u{fffe}".to_owned(),
            ..entry
        };
        assert!(publishable(bad, path, &mut diags).is_none());
        let found = diags.iter().next().expect("an error");
        assert_eq!(found.code, "entry-invalid");
        assert!(found.message.contains("U+FFFE"), "{}", found.message);
        assert_eq!(found.location.as_ref().expect("a place").path, path);
    }
}
