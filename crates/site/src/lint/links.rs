//! Links from one post to another that lead nowhere.
//!
//! Only what is sure is said. A site has pages that feedwright knows nothing of, so a link counts
//! as one to a post where it names a source file, or where its path has the shape of the
//! permalinks that posts have; and nothing else answers it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::{decode, iso_day, joined, slashed};
use feedwright_base::slice::Slice;
use rayon::prelude::*;
use url::Url;

use crate::body::{self, PostLinks, Resources};
use crate::config::Config;
use crate::front_matter::{FrontMatter, Value};
use crate::load;
use crate::post::Post;

use super::destinations::destinations;
use super::{MOST, Subject};

/// What the file of a post says about addresses, beside its permalink.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Addresses that lead to it as well.
    pub aliases: Vec<String>,
    /// Whether the site shows it, but nowhere lists it.
    pub unlisted: bool,
}

impl Page {
    /// What a front matter says. A key that a generator does not know is no harm: it only keeps
    /// a link from being doubted.
    pub fn of(front_matter: &FrontMatter) -> Self {
        let value = |key: &str| {
            let mut fields = front_matter.fields.iter();
            let field = fields.find(|field| field.key.eq_ignore_ascii_case(key));
            field.map(|field| &field.value)
        };
        let says = |key: &str| value(key).and_then(Value::as_bool) == Some(true);
        let status = value("status").and_then(Value::as_filled_text);
        let aliases = ALIASES.into_iter().filter_map(value);
        Page {
            aliases: aliases
                .flat_map(Value::items)
                .filter_map(Value::as_filled_text)
                .collect(),
            unlisted: ["unlisted", "hidden", "private"].into_iter().any(says)
                || status.is_some_and(|status| status.eq_ignore_ascii_case("hidden")),
        }
    }
}

/// The keys of further addresses: of jekyll-redirect-from, Hugo, Zola and others.
const ALIASES: [&str; 5] = ["redirect_from", "aliases", "alias", "redirects", "old_url"];

/// What links can lead to.
pub struct Links<'a> {
    site: &'a Url,
    /// The posts that others may link to, and all there are.
    public: Arc<PostLinks>,
    all: Arc<PostLinks>,
    /// Paths of public posts and of what leads to them.
    known: HashSet<String>,
    /// Why a post cannot be seen, by its path.
    hidden: HashMap<String, String>,
    /// The shapes of permalinks, and those of them that tell a post by its date.
    shapes: HashSet<String>,
    dated: HashSet<String>,
    /// What files are called that are no posts, or could not be understood.
    others: HashSet<String>,
    /// Whether the site's folder, or the rendered site, has something at a path.
    answers: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether there is a rendered site, whose pages are all there are.
    is_rendered: bool,
}

impl<'a> Links<'a> {
    /// `pages` are those of `posts`; `others` are the files that are no posts.
    pub fn new(
        posts: &[Post],
        pages: &[Page],
        others: impl Iterator<Item = &'a PathBuf>,
        answers: &'a (dyn Fn(&str) -> bool + Sync),
        config: &'a Config,
    ) -> Self {
        let site = &config.site.url;
        let is_public = |post: &&Post| post.is_public(config);
        let mut links = Links {
            site,
            public: Arc::new(PostLinks::new(posts.par_iter().filter(is_public))),
            all: Arc::new(PostLinks::new(posts.par_iter())),
            known: HashSet::new(),
            hidden: HashMap::new(),
            shapes: HashSet::new(),
            dated: HashSet::new(),
            others: others.map(|path| file_name(path)).collect(),
            answers,
            is_rendered: config.content.rendered.is_some(),
        };
        for (post, page) in posts.iter().zip(pages) {
            let path = path_of(&post.url, site);
            for alias in &page.aliases {
                let alias = site.join(alias.trim_start_matches('/')).ok();
                links
                    .known
                    .extend(alias.and_then(|url| path_of(&url, site)));
            }
            let Some(path) = path else { continue };
            if page.unlisted || post.is_public(config) {
                if let Some((shape, is_dated)) = shape(&path) {
                    if is_dated {
                        links.dated.insert(shape.clone());
                    }
                    links.shapes.insert(shape);
                }
                links.known.insert(path);
            } else {
                let why = if post.draft {
                    "is a draft"
                } else {
                    "lies in the future"
                };
                let why = format!("{}, which {why}", slashed(&post.path));
                links.hidden.insert(path, why);
            }
        }
        links
    }

    /// What is wrong with a link, given as it is written where that is known; `None` where
    /// nothing is.
    fn problem(&self, url: &Url, written: Option<&str>, subject: &Subject<'_>) -> Option<Problem> {
        let path = path_of(url, self.site)?;
        if self.known.contains(&path) {
            return None;
        }
        if let Some(why) = self.hidden.get(&path) {
            let is_shown = self.is_rendered && self.answers(url);
            return (!is_shown).then(|| Problem::Hidden(why.clone()));
        }
        if is_source(&path) {
            return self.source_problem(written?, subject);
        }
        let (shape, is_dated) = shape(&path)?;
        let is_post = if is_dated {
            self.dated.contains(&shape)
        } else {
            // Without a date, pages of other kinds look like posts; what is rendered is sure.
            self.is_rendered && shape.contains('/') && self.shapes.contains(&shape)
        };
        let name = path.rsplit('/').next().unwrap_or(&path);
        let is_other = self.others.contains(name) || self.others.contains(without_day(name));
        let is_missing = is_post && !is_other && !self.answers(url);
        is_missing.then_some(Problem::Missing)
    }

    /// Whether a file answers an address.
    fn answers(&self, url: &Url) -> bool {
        let path = url.path().strip_prefix(self.site.path()).and_then(decode);
        path.is_none_or(|path| (self.answers)(path.trim_end_matches('/')))
    }

    /// What is wrong with a link to a file of the source that is no public post.
    fn source_problem(&self, written: &str, subject: &Subject<'_>) -> Option<Problem> {
        let bare = written.split(['#', '?']).next().unwrap_or_default();
        if !is_source(bare) || bare.contains("://") || bare.contains(['{', '|', '%']) {
            return None;
        }
        let found = self.resolved(written, subject, &self.all);
        if found != self.resolved(written, subject, &self.public) {
            let path = Url::parse(&found?)
                .ok()
                .and_then(|url| path_of(&url, self.site))?;
            return self.hidden.get(&path).cloned().map(Problem::Hidden);
        }
        let folder = subject.post.path.parent().map(slashed).unwrap_or_default();
        let content = &subject.config.content.dialect.body_style().content;
        let name = bare.rsplit('/').next().unwrap_or_default();
        let stem = file_name(&PathBuf::from(name));
        let is_there = self.others.contains(&stem)
            || [folder.as_str(), content.as_str(), ""]
                .iter()
                .filter_map(|folder| joined(folder, bare.trim_start_matches("@/")))
                .any(|path| (self.answers)(&path));
        (!is_there).then_some(Problem::NoFile)
    }

    fn resolved(
        &self,
        written: &str,
        subject: &Subject<'_>,
        posts: &Arc<PostLinks>,
    ) -> Option<String> {
        let style = subject.config.content.dialect.body_style();
        let resources = Resources {
            posts,
            include: &|_| None,
            page: &|path| load::address(path, subject.config),
            named: &|_, _| None,
            linked: &|link, is_picture, post| {
                load::linked(link, is_picture, post, posts, subject.config)
            },
        };
        body::link(written, subject.post, self.site, style, &resources)
    }
}

enum Problem {
    /// It leads to a post that nobody can see, and why.
    Hidden(String),
    /// It is the permalink of none.
    Missing,
    /// It names a file of the source that is not there.
    NoFile,
}

pub(super) fn lint(subject: &Subject<'_>, html: &str, links: &Links<'_>, diags: &mut Diagnostics) {
    let body = subject.body();
    let own = subject.post.url.as_str();
    let is_own = |href: &str| {
        href.strip_prefix(own)
            .is_some_and(|rest| rest.starts_with('#'))
    };
    let suspects: BTreeSet<String> = hrefs(html)
        .filter(|href| href.starts_with(links.site.as_str()) && !is_own(href))
        .collect();
    // Most posts have no link to the site itself, or only good ones.
    let mut written: Option<HashMap<String, (usize, &str)>> = None;
    for href in suspects.into_iter().take(MOST) {
        let Ok(url) = Url::parse(&href) else { continue };
        let is_good = path_of(&url, links.site).is_none_or(|path| links.known.contains(&path));
        if is_good {
            continue;
        }
        let written = written.get_or_insert_with(|| {
            let all = destinations(body).into_iter().rev().filter_map(|range| {
                let link = body.slice(range.clone());
                let url = links.resolved(link, subject, &links.public)?;
                Some((url, (range.start, link)))
            });
            all.collect()
        });
        let found = written.get(&href).copied();
        let place = || found.map_or_else(|| subject.file(), |(at, _)| subject.in_body(at));
        let shown = found.map_or(href.as_str(), |(_, link)| link);
        match links.problem(&url, found.map(|(_, link)| link), subject) {
            None => {}
            Some(Problem::Hidden(why)) => diags.warning(
                "link-hidden",
                place(),
                format!("the link `{shown}` leads to {why}"),
                "publish that post first, or take the link out",
            ),
            Some(problem) => {
                let what = match problem {
                    Problem::NoFile => "no post and no file of the site",
                    _ => "a post that does not exist",
                };
                diags.warning(
                    "link-missing",
                    place(),
                    format!("the link `{shown}` leads to {what}"),
                    "correct it, or take it out",
                );
            }
        }
    }
}

/// Where the links of safe HTML lead.
fn hrefs(html: &str) -> impl Iterator<Item = String> {
    html.split("<a ").skip(1).filter_map(|rest| {
        let at = rest.find("href=\"")?;
        let is_own = !rest.slice(..at).contains('>');
        let value = rest.slice(at + "href=\"".len()..).split('"').next()?;
        is_own.then(|| html_escape::decode_html_entities(value).into_owned())
    })
}

/// The path of an address below the site's, such that addresses which servers take for one
/// another have one path; `None` for an address elsewhere.
fn path_of(url: &Url, site: &Url) -> Option<String> {
    if url.host() != site.host() {
        return None;
    }
    let path = decode(url.path().strip_prefix(site.path())?)?.to_lowercase();
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    Some(path.trim_end_matches('/').to_owned())
}

/// A path with its dates and its last part replaced, and whether it has a year and a month. `None`
/// for the path of a file that is no page, and of a list of posts.
fn shape(path: &str) -> Option<(String, bool)> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_file = name.rsplit_once('.').is_some_and(|(_, end)| {
        (1..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if is_file || !name.contains(char::is_alphabetic) {
        return None;
    }
    let (mut years, mut months) = (0, 0);
    let mut parts: Vec<&str> = Vec::new();
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        parts.push(match part.len() {
            4 if is_number && (part.starts_with("19") || part.starts_with("20")) => {
                years += 1;
                "YEAR"
            }
            1 | 2 if is_number => {
                months += 1;
                "NUMBER"
            }
            _ => part,
        });
    }
    let is_dated = without_day(name).len() < name.len();
    parts.push(if is_dated { "DAY-*" } else { "*" });
    Some((parts.join("/"), is_dated || (years == 1 && months > 0)))
}

/// A name without the day that it begins with.
fn without_day(name: &str) -> &str {
    let rest = name
        .get(11..)
        .filter(|_| name.as_bytes().get(10) == Some(&b'-'));
    rest.filter(|_| iso_day(name.slice(..10)).is_some())
        .unwrap_or(name)
}

fn is_source(path: &str) -> bool {
    [".md", ".mdx", ".markdown"]
        .iter()
        .any(|extension| path.ends_with(extension))
}

/// What a file is called, without its extension and a day in front of it; that of its folder
/// where it is an index.
fn file_name(path: &std::path::Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path.parent().and_then(|folder| folder.file_name());
    let name = match folder {
        Some(folder) if stem == "index" || stem == "_index" => folder.to_string_lossy(),
        _ => stem,
    };
    without_day(&name.to_lowercase()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_permalinks() {
        let check = |path: &str, expected: Option<(&str, bool)>| {
            let found = shape(path);
            let found = found
                .as_ref()
                .map(|(shape, dated)| (shape.as_str(), *dated));
            assert_eq!(found, expected, "{path}");
        };
        check("2021/12/13/title", Some(("YEAR/NUMBER/NUMBER/*", true)));
        check("news/2021/12/title", Some(("news/YEAR/NUMBER/*", true)));
        check("2021-12-13-title", Some(("DAY-*", true)));
        check("blog/2021-12-13-title", Some(("blog/DAY-*", true)));
        check("blog/title", Some(("blog/*", false)));
        check("blog/2021/title", Some(("blog/YEAR/*", false)));
        check("2021/12/13", None);
        check("2021/12/13/talk.pdf", None);
        check("", None);
    }

    #[test]
    fn addresses_that_are_one() {
        let site = Url::parse("https://example.gov/blog/").expect("a URL");
        let check = |url: &str, expected: Option<&str>| {
            let url = Url::parse(url).expect("a URL");
            assert_eq!(path_of(&url, &site).as_deref(), expected, "{url}");
        };
        check("https://example.gov/blog/a/B/?x#y", Some("a/b"));
        check("http://example.gov/blog/a/b.html", Some("a/b"));
        check("https://example.gov/blog/a/b/index.html", Some("a/b"));
        check("https://example.gov/blog/%C3%BC", Some("ü"));
        check("https://example.gov/other/", None);
        check("https://example.com/blog/a", None);
    }
}
