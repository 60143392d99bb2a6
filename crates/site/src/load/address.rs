//! Finds the addresses of what posts may link to by their files.

use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink;
use url::Url;

use crate::body::PostLinks;
use crate::config::Config;
use crate::dialect::Linked;
use crate::post::Post;
use crate::source::{self, Source};

use super::decode;

/// The address of the page that the generator makes of a file, by its path from the site's root; `None`
/// where there is no such file, or where its dialect does not know.
pub fn address(path: &str, config: &Config) -> Option<Url> {
    let dialect = config.content.dialect.as_ref();
    if !dialect.knows_addresses() {
        return None;
    }
    let source = Source {
        path: PathBuf::from(path),
        text: source::read_include(&config.root, path)?,
    };
    // What is wrong with a page that no feed has is nothing to report.
    let (_, metadata) = decode(&source, config, &mut Diagnostics::new())?;
    let page = dialect.page(&source.path, &metadata)?;
    let base = dialect.base(&source.path).unwrap_or(&config.site.url);
    permalink::on_site(base, &page).ok()
}

/// The address of what a link or the source of a picture in a post's Markdown names, where the generator
/// looks for pages and files of that name; `None` for every other link.
pub fn linked(
    link: &str,
    is_picture: bool,
    post: &Post,
    posts: &PostLinks,
    config: &Config,
) -> Option<Url> {
    let end = link.find(['?', '#']).unwrap_or(link.len());
    let (path, rest) = link.split_at(end);
    if path.is_empty() || path.starts_with("//") || path.contains(':') {
        return None;
    }
    let dialect = config.content.dialect.as_ref();
    let path = permalink::decode(path)?;
    let page = |file: &Path| {
        let file = permalink::slashed(file);
        posts.address(&file).or_else(|| address(&file, config))
    };
    let mut url = match dialect.linked(&path, is_picture, &post.path, &config.root)? {
        Linked::Page(file) => page(&file)?,
        Linked::Beside(file, name) => page(&file)?.join(&name).ok()?,
        Linked::At(path) => {
            let base = dialect.base(&post.path).unwrap_or(&config.site.url);
            permalink::on_site(base, &path).ok()?
        }
    };
    let (query, fragment) = match rest.split_once('#') {
        Some((query, fragment)) => (query, Some(fragment)),
        None => (rest, None),
    };
    url.set_query(query.strip_prefix('?').filter(|query| !query.is_empty()));
    url.set_fragment(fragment.filter(|fragment| !fragment.is_empty()));
    Some(url)
}
