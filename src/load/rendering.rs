//! Renders the bodies of posts, and makes entries of them.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_feed::Entry;
use feedwright_feed::invariants;
use feedwright_site::body::{PostLinks, Rendered, Resources};
use feedwright_site::config::Config;
use feedwright_site::lint;
use feedwright_site::load::{address, linked};
use feedwright_site::named_files::NamedFiles;
use feedwright_site::pages;
use feedwright_site::post::Post;
use feedwright_site::source::{self, Source};
use rayon::prelude::*;

use crate::render;
use crate::run::Progress;

/// Renders posts, each once, in parallel. `links` are the posts that they may link to. A post that
/// cannot be rendered is missing from the result, and the diagnostics say why.
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
    let named = NamedFiles::new(&config.root);
    let resources = Resources {
        posts: links,
        include: &|path| source::read_include(&config.root, path),
        page: &|path| address(path, config),
        named: &|name, from| named.find(name, from),
        linked: &|link, is_picture, post| linked(link, is_picture, post, links, config),
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
pub(crate) fn links(posts: &[Post], config: &Config) -> Arc<PostLinks> {
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
pub(crate) fn rendered(
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
    let site = config.content.rendered.as_ref();
    let page = match site {
        Some(_) if config.content.dialect.reads_pages() => Some(Cow::Borrowed(text)),
        Some(site) if post.is_public(config) => {
            pages::read(site, post, config, diags)?.map(Cow::Owned)
        }
        _ => None,
    };
    let finder = site.map(|site| pages::finder(site, config));
    let page = page.as_deref().zip(finder);
    if page.is_none() {
        lint::moved_images(text, post, config, diags);
    }
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
        let author = Person::named("A".to_owned());
        let entry = Entry {
            authors: vec![author],
            ..Entry::new(
                Url::parse("https://example.gov/a").expect("a URL"),
                "Title",
                now,
            )
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
