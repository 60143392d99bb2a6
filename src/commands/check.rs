//! A site looked at as a whole: posts, links between them, and the feeds that would be. Nothing is
//! written.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics};
use feedwright_base::error::Error;
use feedwright_feed::{Entry, Feed, Format};
use feedwright_site::body::Resources;
use feedwright_site::config::Config;
use feedwright_site::dialect::Metadata;
use feedwright_site::front_matter::FrontMatter;
use feedwright_site::lint::{self, Links, Page, Spellings, Subject, TAG_SPELLING};

use feedwright_site::load::{address, decode, linked};
use feedwright_site::named_files::NamedFiles;
use feedwright_site::pages;
use feedwright_site::post::Post;
use feedwright_site::source;
use rayon::prelude::*;
use url::Url;

use crate::render;
use crate::select::{self, Memory};

use super::site_paths::Answers;
use crate::build::assemble::{feeds, wanted};
use crate::build::serialize::{Kept, documents};
use crate::build::{no_posts, staging};
use crate::load::{self, Loaded};
use crate::run::Progress;

/// What was found of a site.
#[derive(Debug, Clone)]
pub struct SiteCheck {
    /// How many posts were looked at, drafts included.
    pub posts: usize,
    /// How many files the feeds would be.
    pub feeds: usize,
    /// All that there is to say, each lint at its level.
    pub diagnostics: Diagnostics,
}

/// Looks at the bytes of one feed as it would be written to a path below the output folder.
pub type FeedChecker<'a> = &'a (dyn Fn(&Path, Format, &[u8], &mut Diagnostics) + Sync);

/// Looks at every post of a site, under the ids that its lock promises, and hands out the bytes
/// of every feed as a build would write it; several at once, in no order, but what is said of them
/// is.
///
/// # Errors
///
/// A folder or file that cannot be read, and a lock that cannot be.
pub fn check_site(
    config: &Config,
    mut diags: Diagnostics,
    examiner: FeedChecker<'_>,
    progress: Progress<'_>,
) -> Result<SiteCheck, Error> {
    let (state, loaded) = load::under_lock(config, &mut diags, progress)?;
    let posts = &loaded.posts;
    let memory = Memory {
        state: &state,
        fill_up: false,
        is_whole: loaded.broken.is_empty(),
    };
    let mut found = Diagnostics::new();
    let selections = select::select(posts, config, &memory, &mut found);
    // Every post says so itself.
    for diagnostic in found.iter().filter(|found| found.code != TAG_SPELLING) {
        diags.push(diagnostic.clone());
    }
    no_posts::no_posts(posts, &selections, config, &mut diags);
    let wanted: HashSet<usize> = wanted(&selections).into_iter().collect();
    let entries = look(&loaded, &wanted, config, &mut diags, progress)?;
    let (feeds, _) = feeds(selections, &entries, &state, config);
    staging::hold(&feeds)?;
    let total: usize = feeds.iter().map(|feed| feed.places.len()).sum();
    let found = documents(&feeds, &Kept::new(), |_, place, document| {
        let mut found = Diagnostics::new();
        examiner(&place.path, place.format, document, &mut found);
        progress("checking", 1, total);
        Ok(found)
    })?;
    found.into_iter().for_each(|(_, found)| diags.append(found));
    discover(&feeds, config, &mut diags)?;
    let mut found = Diagnostics::new();
    lint::copied_files(config, &mut found);
    diags.append(config.lints.applied(found, true));
    let mut diagnostics = config.lints.checked(&diags);
    config.root.records().place(&mut diagnostics);
    diagnostics.sort();
    let diagnostics = by_weight(diagnostics, config);
    Ok(SiteCheck {
        posts: posts.len(),
        feeds: total,
        diagnostics,
    })
}

/// The same with what matters first: errors, then what is said of settings and feeds, then what may be
/// better in posts. What most posts have in common comes last.
fn by_weight(diags: Diagnostics, config: &Config) -> Diagnostics {
    let mut posts: HashMap<&str, usize> = HashMap::new();
    for found in diags
        .iter()
        .filter(|found| config.lints.of(found.code).is_some())
    {
        *posts.entry(found.code).or_default() += 1;
    }
    let mut all: Vec<&Diagnostic> = diags.iter().collect();
    all.sort_by_key(|found| {
        let posts = posts.get(found.code).copied().unwrap_or_default();
        (Reverse(found.severity), posts)
    });
    let mut sorted = Diagnostics::new();
    all.into_iter().for_each(|found| sorted.push(found.clone()));
    sorted
}

/// Looks whether the pages of the rendered site say where its feed is.
fn discover(feeds: &[Feed], config: &Config, diags: &mut Diagnostics) -> Result<(), Error> {
    let own = feeds.iter().find(|feed| feed.name.is_none());
    let (Some(site), Some(own)) = (&config.content.rendered, own) else {
        return Ok(());
    };
    let urls: Vec<Url> = own.places.iter().map(|place| place.url.clone()).collect();
    let pages = pages::all(site, config)?;
    let found: Vec<Diagnostics> = pages
        .par_iter()
        .map(|page| {
            let mut found = Diagnostics::new();
            if let Some((html, url)) = pages::open(page, site, config)? {
                lint::discovery(page, &html, &url, &urls, &mut found);
            }
            Ok(found)
        })
        .collect::<Result<_, Error>>()?;
    let all = found.into_iter();
    all.for_each(|found| diags.append(config.lints.applied(found, true)));
    Ok(())
}

/// Looks at every post, and makes the entries of those that feeds take.
fn look(
    loaded: &Loaded,
    wanted: &HashSet<usize>,
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Option<Arc<Entry>>>, Error> {
    let posts = &loaded.posts;
    let spellings = Spellings::of(posts, config);
    // What links may lead to is known when all files were read, so these are read twice.
    let pages: Vec<(Page, Diagnostics)> = posts
        .par_iter()
        .map(|post| {
            let mut diags = Diagnostics::new();
            let page = with_file(post, config, &mut |subject| {
                lint::metadata(subject, &spellings, &mut diags);
                Ok(Page::of(subject.front_matter))
            })?;
            progress("checking", 1, posts.len());
            Ok((page.unwrap_or_default(), diags))
        })
        .collect::<Result<_, Error>>()?;
    let (pages, found): (Vec<Page>, Vec<Diagnostics>) = pages.into_iter().unzip();
    found.into_iter().for_each(|found| diags.append(found));
    let answers = Answers::of(config);
    let answers = |path: &str| answers.has(path);
    let others = loaded.broken.iter().chain(&loaded.hidden);
    let links = Links::new(posts, &pages, others, &answers, config);
    let public = load::links(posts, config);
    let named = NamedFiles::new(&config.root);
    let resources = Resources {
        posts: &public,
        include: &|path| source::read_include(&config.root, path),
        page: &|path| address(path, config),
        named: &|name, from| named.find(name, from),
        linked: &|link, is_picture, post| linked(link, is_picture, post, &public, config),
    };
    let looked: Vec<(Option<Entry>, Diagnostics)> = posts
        .par_iter()
        .enumerate()
        .map(|(at, post)| {
            let mut diags = Diagnostics::new();
            let entry = if post.is_public(config) {
                let entry = look_at(post, &links, &resources, config, &mut diags)?;
                entry.filter(|_| wanted.contains(&at))
            } else {
                None
            };
            progress("rendering", 1, posts.len());
            Ok((entry, diags))
        })
        .collect::<Result<_, Error>>()?;
    Ok(looked
        .into_iter()
        .map(|(entry, found)| {
            diags.append(config.lints.applied(found, true));
            entry.map(Arc::new)
        })
        .collect())
}

/// Looks at the body of a public post and makes its entry.
fn look_at(
    post: &Post,
    links: &Links<'_>,
    resources: &Resources<'_>,
    config: &Config,
    diags: &mut Diagnostics,
) -> Result<Option<Entry>, Error> {
    let entry = with_file(post, config, &mut |subject| {
        let rendered = load::rendered(subject.source, post, config, resources, diags)?;
        Ok(rendered.map(|rendered| {
            lint::body(subject, rendered.html.as_str(), links, diags);
            render::entry(post, rendered, config)
        }))
    })?;
    Ok(entry.flatten())
}

/// Reads a post's file again, of which was said already what there is to say.
fn with_file<T>(
    post: &Post,
    config: &Config,
    with: &mut dyn FnMut(&Subject<'_>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let mut said = Diagnostics::new();
    let Some(source) = source::read(&config.root, &post.path, &mut said)? else {
        return Ok(None);
    };
    let decoded: Option<(FrontMatter, Metadata)> = decode(&source, config, &mut said);
    let Some((front_matter, metadata)) = decoded else {
        return Ok(None);
    };
    let subject = Subject {
        post,
        source: &source,
        front_matter: &front_matter,
        metadata: &metadata,
        config,
    };
    with(&subject).map(Some)
}
