//! Compares the pages of a rendered site with each other: what all have is the site's, and what posts
//! have that other pages do not tells them from these.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::language::{language_tag, primary};
use feedwright_base::permalink;
use twox_hash::XxHash3_64;
use url::Url;

use crate::dialect::fields::{self, Separator};
use crate::dialect::{DateOrigin, Names};
use crate::front_matter::page::{self, SEPARATORS, SHOWN, TYPED};
use crate::front_matter::{self, FrontMatter, Syntax};
use crate::source::Source;

use super::addresses::forms;
use super::is_at_top;

/// What the pages of a site have in common.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// What the titles of all pages end with.
    pub(super) suffix: Option<String>,
    /// The headings and titles that most posts share, which are none of theirs.
    pub(super) repeated: HashSet<String>,
    /// What the pages of most posts have, at least one of which a post has.
    pub(super) habits: Vec<&'static str>,
    /// When the site was built, where pages without a date of their own name that.
    pub(super) built: Option<String>,
    /// Whether posts lie in folders, so that a page beside these is none.
    pub(super) has_folders: bool,
    /// The address that the canonical ones of pages begin with.
    pub(super) base: Option<Url>,
    /// Whether posts are in several languages.
    pub(super) has_languages: bool,
}

/// A post and its file.
type Post<'f> = (&'f String, FrontMatter);

impl Compared {
    /// Of some of a site's pages, which stay the same while others come and go.
    pub(super) fn of(
        files: &[String],
        names: &Names,
        home_title: Option<&str>,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        /// How many pages are read.
        const MOST: usize = 100;
        let mut files: Vec<&String> = files.iter().collect();
        files.sort_by_cached_key(|file| XxHash3_64::oneshot(file.as_bytes()));
        let pages = files
            .into_iter()
            .take(MOST)
            .filter_map(|file| Some((file, decoded(file, read(file)?)?)));
        let pages: Vec<Post<'_>> = pages.collect();
        let titles: Vec<String> = pages
            .iter()
            .filter_map(|(_, page)| text(page, "title"))
            .collect();
        let base = base(&pages);
        let posts = pages
            .into_iter()
            .filter(|(_, page)| page::is_post(&page.fields));
        let posts: Vec<Post<'_>> = posts.collect();
        Compared {
            suffix: suffix(&titles).or_else(|| suffix_of(&titles, home_title?)),
            repeated: repeated(&posts, home_title),
            built: built(dates(&posts, names)),
            has_languages: has_languages(&posts),
            base,
            ..Compared::habits(&posts)
        }
    }

    /// What posts have that other pages do not.
    fn habits(posts: &[Post<'_>]) -> Self {
        /// Of fewer posts nothing is said.
        const FEW: usize = 5;
        let share = |has: &dyn Fn(&Post<'_>) -> bool| {
            let having = posts.iter().filter(|post| has(post)).count();
            having * 10 / posts.len().max(1)
        };
        let is_habit = |key: &&str| share(&|(_, page)| page.get(key).is_some()) >= 6;
        Compared {
            habits: [SHOWN, TYPED].into_iter().filter(is_habit).collect(),
            has_folders: posts.len() >= FEW && share(&|(file, _)| !is_at_top(file)) >= 9,
            ..Compared::default()
        }
    }
}

/// What the page in a file says of itself.
pub(super) fn decoded(file: &str, text: String) -> Option<FrontMatter> {
    let path = PathBuf::from(file);
    front_matter::decode(
        &Source { path, text },
        Syntax::Page,
        &mut Diagnostics::new(),
    )
}

fn text(page: &FrontMatter, key: &str) -> Option<String> {
    page.get(key)?.value.as_filled_text()
}

/// The dates that posts have.
fn dates(posts: &[Post<'_>], names: &Names) -> Vec<String> {
    let dates = posts.iter().filter_map(|(_, page)| {
        let read = fields::read(page, names, Separator::Comma, |_| DateOrigin::FrontMatter);
        read.published.into_iter().next().map(|date| date.text.text)
    });
    dates.collect()
}

/// The headings and titles that most posts share, and those that are the site's.
fn repeated(posts: &[Post<'_>], home_title: Option<&str>) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, page) in posts {
        let own: HashSet<String> = ["h1", "title"]
            .iter()
            .filter_map(|key| text(page, key))
            .collect();
        for text in own {
            *counts.entry(text).or_default() += 1;
        }
    }
    let is_shared = |text: &str, count: usize| {
        (count > 2 && count * 2 > posts.len()) || (count > 1 && Some(text) == home_title)
    };
    let shared = counts
        .into_iter()
        .filter(|(text, count)| is_shared(text, *count));
    shared.map(|(text, _)| text).collect()
}

/// The address that most canonical ones begin with, behind which the path of the file stands.
fn base(pages: &[Post<'_>]) -> Option<Url> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (file, page) in pages {
        let url = text(page, "link canonical").and_then(|url| Url::parse(&url).ok());
        let Some(mut url) = url else {
            continue;
        };
        let Some(path) = permalink::decode(url.path()) else {
            continue;
        };
        let ends = forms(file);
        let mut bases = ends
            .iter()
            .filter_map(|form| path.strip_suffix(&format!("/{form}")));
        if let Some(base) = bases.next() {
            url.set_path(&format!("{base}/"));
            url.set_query(None);
            url.set_fragment(None);
            *counts.entry(url.to_string()).or_default() += 1;
        }
    }
    let (base, _) = counts
        .into_iter()
        .max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)))?;
    Url::parse(&base).ok()
}

/// Whether posts are in several languages.
fn has_languages(posts: &[Post<'_>]) -> bool {
    let languages = posts.iter().filter_map(|(_, page)| {
        let tag = language_tag(&text(page, "lang")?)?;
        Some(primary(&tag).to_owned())
    });
    languages.collect::<HashSet<String>>().len() > 1
}

/// What titles end with that go on with the title of the first page.
fn suffix_of(titles: &[String], home_title: &str) -> Option<String> {
    let mut suffixes = SEPARATORS.iter().map(|sign| format!("{sign}{home_title}"));
    suffixes.find(|suffix| titles.iter().any(|title| title.ends_with(suffix.as_str())))
}

/// The last of some dates, where pages share it to the second: no two posts do, and a theme writes
/// when it built the site for pages without a date.
fn built(mut dates: Vec<String>) -> Option<String> {
    /// So many pages share it.
    const SHARED: usize = 3;
    // An author's times end with a whole minute, and dates in words have none.
    dates.retain(|date| {
        let seconds = date.get("2024-01-01T00:00".len()..).unwrap_or_default();
        let is_moment = date.starts_with(|c: char| c.is_ascii_digit());
        is_moment && seconds.starts_with(':') && !seconds.starts_with(":00")
    });
    dates.sort_unstable();
    let last = dates.last()?;
    let count = dates.iter().filter(|date| *date == last).count();
    (count >= SHARED).then(|| last.clone())
}

/// What most titles end with, from a sign that divides on.
fn suffix(titles: &[String]) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for title in titles {
        let parts = SEPARATORS
            .iter()
            .filter_map(|separator| title.rfind(separator));
        if let Some(end) = parts.max().and_then(|at| title.get(at..)) {
            *counts.entry(end).or_default() += 1;
        }
    }
    let (suffix, count) = counts
        .into_iter()
        .max_by_key(|(suffix, count)| (*count, *suffix))?;
    (count > 2 && count * 2 > titles.len()).then(|| suffix.to_owned())
}
