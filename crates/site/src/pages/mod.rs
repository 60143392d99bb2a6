//! The I/O edge to the rendered site: which file is a post's page, and reading it.

mod lookup;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink;
use twox_hash::XxHash3_64;
use url::Url;
use walkdir::WalkDir;

use crate::body::rendered::Finder;
use crate::config::{Config, RenderedSite};
use crate::dialect::recognition;
use crate::encoding;
use crate::folder::{Folder, Found};
use crate::front_matter::page;
use crate::post::Post;
use crate::source::read_bytes;
use crate::theme::Theme;

pub use self::lookup::address;

/// The text of a post's page; `None` when the site has none that can be read, which the
/// diagnostics say.
///
/// # Errors
///
/// A file that cannot be read.
pub fn read(
    site: &RenderedSite,
    post: &Post,
    config: &Config,
    diags: &mut Diagnostics,
) -> Result<Option<String>, Error> {
    let mut problem = None;
    for path in candidates(&config.site.url, &post.url) {
        let shown = site.folder.join(&path);
        match read_page(&config.root, &shown)? {
            Page::Text(text) => return Ok(Some(text)),
            Page::Absent => {}
            Page::Unusable(what) => problem = problem.or(Some((shown, what))),
        }
    }
    match problem {
        None => diags.warning(
            "rendered-missing",
            Location::file(&post.path),
            format!(
                "the rendered site has no page for {}; its entry is made from the source",
                post.url
            ),
            "build the site before feedwright",
        ),
        Some((path, what)) => diags.warning(
            "rendered-unreadable",
            Location::file(&post.path),
            format!(
                "{}, the rendered page of the post, {what}; its entry is made from the source",
                permalink::slashed(&path)
            ),
            "build the site again",
        ),
    }
    Ok(None)
}

/// How the articles in the pages of a rendered site are found.
pub fn finder<'s>(site: &'s RenderedSite, config: &Config) -> Finder<'s> {
    Finder {
        selector: site.selector.as_ref(),
        theme: site.theme.get_or_init(|| Theme::of(&samples(site, config))),
        summary: config.content.dialect.body_style().summary,
    }
}

/// Some pages of posts, which stay the same while others come and go.
fn samples(site: &RenderedSite, config: &Config) -> Vec<String> {
    /// How many pages are compared.
    const MOST: usize = 24;
    /// How many are asked whether they are posts.
    const ASKED: usize = 200;
    // A page that cannot be read is named where it is the page of a post.
    let mut pages = all(site, config).unwrap_or_default();
    let rank = |page: &PathBuf| XxHash3_64::oneshot(page.as_os_str().as_encoded_bytes());
    pages.sort_by_cached_key(rank);
    let texts = pages.into_iter().take(ASKED).filter_map(|page| {
        let Ok(Page::Text(text)) = read_page(&config.root, &page) else {
            return None;
        };
        page::is_post(&page::fields(&text, &page)).then_some(text)
    });
    texts.take(MOST).collect()
}

enum Page {
    Text(String),
    Absent,
    Unusable(&'static str),
}

fn read_page(root: &Folder, path: &Path) -> Result<Page, Error> {
    let failed = |error| Error::io("read", path, error);
    let real = match root.find(path).map_err(failed)? {
        Found::Inside(real) => real,
        Found::Outside => return Ok(Page::Unusable("is a link that leads out of the site")),
        Found::Absent => return Ok(Page::Absent),
    };
    // A pipe would be waited for.
    if !real.is_file() {
        return Ok(Page::Absent);
    }
    let Some(bytes) = read_bytes(&real).map_err(failed)? else {
        return Ok(Page::Unusable("is larger than 16 MiB"));
    };
    Ok(match encoding::page_text(bytes) {
        Ok(text) => Page::Text(text),
        Err(_) => Page::Unusable("is neither UTF-8 nor in the encoding that it names"),
    })
}

/// All pages of the rendered site, relative to the site's folder, in order. What lies outside of it
/// by a link is nobody's page.
pub fn all(site: &RenderedSite, config: &Config) -> Result<Vec<PathBuf>, Error> {
    let root = config.root.path();
    let folder = root.join(&site.folder);
    let mut pages = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let at = error.path().unwrap_or(&folder).to_path_buf();
            Error::io("read", &at, error.into())
        })?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        let is_page = ending.is_some_and(|ending| matches!(ending, "html" | "htm"));
        if is_page && entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            pages.push(path.to_path_buf());
        }
    }
    Ok(pages)
}

/// The text of a page and its address, for links that count from there; `None` where it cannot be
/// read as text.
pub fn open(
    page: &Path,
    site: &RenderedSite,
    config: &Config,
) -> Result<Option<(String, Url)>, Error> {
    let Page::Text(text) = read_page(&config.root, page)? else {
        return Ok(None);
    };
    let path = page.strip_prefix(&site.folder).unwrap_or(page);
    let base = &config.site.url;
    let url = permalink::on_site(base, &permalink::encode(&permalink::slashed(path)));
    Ok(Some((text, url.unwrap_or_else(|_| base.clone()))))
}

/// The files that may be the page of a permalink, relative to the rendered site.
fn candidates(site: &Url, url: &Url) -> Vec<PathBuf> {
    let base = site.path();
    let Some(below) = url.path().strip_prefix(base) else {
        return Vec::new();
    };
    let (Some(below), Some(base)) = (parts(below), parts(base)) else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    let whole: PathBuf = base.join(&below);
    // Some generators write the site below a folder with the name of its base path.
    for path in [&below, &whole] {
        let is_page = path
            .extension()
            .is_some_and(|extension| extension == "html" || extension == "htm");
        if is_page {
            paths.push(path.clone());
        }
        paths.push(path.join("index.html"));
        if let Some(name) = path.file_name() {
            let mut name = name.to_owned();
            name.push(".html");
            paths.push(path.with_file_name(name));
        }
        if base.as_os_str().is_empty() {
            break;
        }
    }
    paths
}

/// A path of a URL as one on disk. `None` when a part, once decoded, is not the name of a file:
/// `%2e%2e` and `%2F` lead elsewhere.
fn parts(path: &str) -> Option<PathBuf> {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let name = permalink::decode(part)?;
            let is_name = !name.is_empty()
                && name != "."
                && name != ".."
                && !name.contains(['/', '\\', '\0', ':']);
            is_name.then_some(name)
        })
        .collect()
}

/// Says once when the rendered site would give readers what template code computes.
pub fn offer(config: &Config, diags: &mut Diagnostics) {
    if config.content.rendered.is_some() {
        return;
    }
    let posts: BTreeSet<&Path> = diags
        .iter()
        .filter(|diagnostic| diagnostic.code == "template-dropped")
        .filter_map(|diagnostic| Some(diagnostic.location.as_ref()?.path.as_path()))
        .collect();
    let lean = match posts.len() {
        0 => return,
        1 => "1 post leans".to_owned(),
        many => format!("{many} posts lean"),
    };
    // Some generators call their folder of static files `public`: what was built has a home page.
    let built = recognition::built(&config.root);
    let message = match built {
        Some(folder) => format!(
            "{lean} on template code; `content.rendered: {}` in feedwright.yaml would take \
             what readers of the site see",
            folder.display()
        ),
        None => format!(
            "{lean} on template code; build the site first and name its folder in \
             `content.rendered` of feedwright.yaml to take what readers of the site see"
        ),
    };
    diags.push(Diagnostic::new(
        Severity::Note,
        "rendered-available",
        None,
        message,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(site: &str, url: &str, expected: &[&str]) {
        let parse = |url| Url::parse(url).expect("a URL");
        let found = candidates(&parse(site), &parse(url));
        let found: Vec<String> = found.iter().map(|path| permalink::slashed(path)).collect();
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn pages_of_permalinks() {
        let site = "https://example.gov/";
        check(
            site,
            "https://example.gov/a/b/",
            &["a/b/index.html", "a/b.html"],
        );
        check(site, "https://example.gov/a", &["a/index.html", "a.html"]);
        check(
            site,
            "https://example.gov/a.html",
            &["a.html", "a.html/index.html", "a.html.html"],
        );
        check(
            site,
            "https://example.gov/v1.2/",
            &["v1.2/index.html", "v1.2.html"],
        );
        check(site, "https://example.gov/", &["index.html"]);
        check(
            site,
            "https://example.gov/%C3%BC%20b/",
            &["ü b/index.html", "ü b.html"],
        );
        check(
            "https://example.gov/blog/",
            "https://example.gov/blog/a/",
            &["a/index.html", "a.html", "blog/a/index.html", "blog/a.html"],
        );
    }

    #[test]
    fn hostile_permalinks_have_no_page() {
        let site = "https://example.gov/";
        for url in [
            "https://example.gov/a%2F..%2F..%2Fsecret/",
            "https://example.gov/..%2Fsecret/",
            "https://example.gov/a%5C..%5Cb/",
            "https://example.gov/a%00b/",
            "https://example.gov/%FF/",
        ] {
            check(site, url, &[]);
        }
        // A URL parser takes these for what they are.
        check(
            site,
            "https://example.gov/a/%2e%2e/b/",
            &["b/index.html", "b.html"],
        );
        check(
            "https://example.gov/blog/",
            "https://example.gov/other/",
            &[],
        );
    }
}
