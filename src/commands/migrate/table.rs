//! Old addresses of posts, and the new ones that take their places.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use feedwright_base::permalink::slashed;
use feedwright_feed::read::{link_key, title_key};
use feedwright_site::post::Post;
use rayon::prelude::*;
use serde::Serialize;
use url::Url;

use crate::state::adopt::OldEntry;
use crate::state::last_part;

use super::site::OldPage;

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is the post's address still.
    Same,
    /// Its post is at another address now.
    Moved,
    /// There is no post here that was at it.
    Gone,
    /// A post had no address before.
    New,
}

/// A post before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What became of its address.
    pub fate: Fate,
    /// Its title.
    pub title: String,
    /// The old address: a path from the root of its host, with a query if it has one.
    pub old: Option<String>,
    /// The new address, absolute.
    pub new: Option<String>,
    /// The post's file, relative to the site's folder.
    pub path: Option<String>,
}

/// All posts, before and after.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// The addresses of pages that no post was at, as far as is known.
    pub(super) other_pages: Vec<String>,
}

/// Finds the post of each old entry by the id that it has now, and of each other old page by its
/// address or its title.
pub(super) fn table(old_entries: &[OldEntry], pages: &[OldPage], posts: &[&Post]) -> Table {
    let by_id: HashMap<&str, &Post> = posts.iter().map(|post| (&*post.id, *post)).collect();
    let by_link: HashMap<String, &Post> = posts
        .iter()
        .map(|post| (link_key(post.url.as_str()), *post))
        .collect();
    let mut table = Table::default();
    let mut placed: HashSet<&str> = HashSet::new();
    let mut addresses: HashSet<String> = HashSet::new();
    for old_entry in old_entries {
        let key = link_key(&old_entry.address);
        // Of entries that share an id, one has its post by its address.
        let at = by_link
            .get(&key)
            .filter(|post| post.id != old_entry.record.id);
        let post = at
            .or_else(|| by_id.get(old_entry.record.id.as_str()))
            .copied();
        placed.extend(post.map(|post| post.url.as_str()));
        addresses.insert(key);
        table
            .rows
            .push(row(&old_entry.address, &old_entry.record.title, post));
    }
    let mut others = Vec::new();
    for page in pages {
        let key = link_key(&page.address);
        if addresses.contains(&key) {
            continue;
        }
        match by_link.get(&key) {
            Some(post) => {
                if placed.insert(post.url.as_str()) {
                    table.rows.push(row(&page.address, &post.title, Some(post)));
                }
            }
            None => others.push(page),
        }
    }
    let left: Vec<&Post> = posts
        .iter()
        .filter(|post| !placed.contains(post.url.as_str()))
        .copied()
        .collect();
    let found = by_names_or_titles(&left, &others);
    let (with_page, new): (Vec<&Post>, Vec<&Post>) = left
        .iter()
        .partition(|post| found.contains_key(post.url.as_str()));
    for post in with_page {
        let page = found.get(post.url.as_str());
        let row = page.map(|page| row(&page.address, &post.title, Some(post)));
        table.rows.extend(row);
    }
    table.rows.extend(new.into_iter().map(new_row));
    let found: HashSet<&str> = found.values().map(|page| page.address.as_str()).collect();
    let others = others.iter().map(|page| &page.address);
    let others = others.filter(|address| !found.contains(address.as_str()));
    table.other_pages = others.cloned().collect();
    table
}

/// The pages of posts by their names, or else by their titles.
fn by_names_or_titles<'a>(
    posts: &[&'a Post],
    pages: &[&'a OldPage],
) -> BTreeMap<&'a str, &'a OldPage> {
    let mut found = by_names(posts, pages);
    let posts = posts.iter().copied();
    let left: Vec<&Post> = posts
        .filter(|post| !found.contains_key(post.url.as_str()))
        .collect();
    for (post, page) in by_titles(&left, pages) {
        found.entry(post).or_insert(page);
    }
    found
}

/// The row of a post that was at no old address.
fn new_row(post: &Post) -> Row {
    Row {
        fate: Fate::New,
        title: post.title.clone(),
        old: None,
        new: Some(post.url.to_string()),
        path: Some(slashed(&post.path)),
    }
}

/// The row of an old address and the post that was at it, if that is here.
fn row(old: &str, title: &str, post: Option<&Post>) -> Row {
    let old = path_of(old);
    let new = post.map(|post| &post.url);
    Row {
        fate: match new {
            None => Fate::Gone,
            Some(new) if is_same(&old, new) => Fate::Same,
            Some(_) => Fate::Moved,
        },
        title: title.to_owned(),
        old: Some(old),
        new: new.map(Url::to_string),
        path: post.map(|post| slashed(&post.path)),
    }
}

/// The path of an address, with its query.
fn path_of(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) => match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
        Err(_) => address.to_owned(),
    }
}

/// Whether an old path leads to the page of a new address by itself: servers add a slash, or leave
/// out the name of a folder's page.
fn is_same(old: &str, new: &Url) -> bool {
    let bare = |path: &str| {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        path.trim_end_matches('/').to_owned()
    };
    bare(old) == bare(&path_of(new.as_str()))
}

/// The pages of posts by their titles: the one of the same name, or else the only one. A page that
/// could be that of two posts is none.
fn by_titles<'a>(posts: &[&'a Post], pages: &[&'a OldPage]) -> BTreeMap<&'a str, &'a OldPage> {
    let mut found = BTreeMap::new();
    if posts.is_empty() {
        return found;
    }
    let mut by_title: HashMap<String, Vec<&Post>> = HashMap::new();
    for post in posts {
        by_title
            .entry(title_key(&post.title))
            .or_default()
            .push(post);
    }
    let claims = pages.par_iter().filter_map(|page| {
        let titles: HashSet<String> = page.titles().iter().map(|title| title_key(title)).collect();
        let mut named = titles
            .iter()
            .filter_map(|title| by_title.get(title))
            .flatten();
        let post = named.next()?;
        let is_one = named.all(|other| other.url == post.url);
        is_one.then_some((*post, *page))
    });
    let mut of_post: BTreeMap<&str, Vec<&OldPage>> = BTreeMap::new();
    for (post, page) in claims.collect::<Vec<_>>() {
        of_post.entry(post.url.as_str()).or_default().push(page);
    }
    for (post, pages) in of_post {
        let is_named = |page: &&&OldPage| last_part(&page.address) == last_part(post);
        let mut named = pages.iter().filter(is_named);
        let page = match (named.next(), named.next(), pages.as_slice()) {
            (Some(page), None, _) => page,
            (None, _, [page]) => page,
            _ => continue,
        };
        found.insert(post, *page);
    }
    found
}

/// The pages of posts by the last part of the address and by the day that stands in it.
fn by_names<'a>(posts: &[&'a Post], pages: &[&'a OldPage]) -> BTreeMap<&'a str, &'a OldPage> {
    let mut by_name: HashMap<String, Vec<&OldPage>> = HashMap::new();
    for page in pages {
        if let Some(name) = last_part(&page.address) {
            by_name.entry(name).or_default().push(page);
        }
    }
    let page = |post: &&'a Post| {
        let pages = by_name.get(&last_part(post.url.as_str())?)?;
        let mut near = pages.iter().filter(|page| {
            let days = day_in(&page.address).map(|day| (post.published.day() - day).num_days());
            days.is_some_and(|days| days.abs() <= 1)
        });
        let page = near.next()?;
        near.next().is_none().then_some((post.url.as_str(), *page))
    };
    posts.iter().filter_map(page).collect()
}

/// The day that three parts of an address are, as in `/2021/12/13/title/`.
fn day_in(address: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = address.split('/').collect();
    let mut days = parts.windows(3).filter_map(|parts| {
        let [year, month, day] = parts else {
            return None;
        };
        let is_year = year.len() == 4;
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_year)
    });
    days.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        for (address, expected) in [
            ("/2021/12/13/title/", day(2021, 12, 13)),
            ("/news/2021/2/3/title.html", day(2021, 2, 3)),
            ("/2021/13/13/title/", None),
            ("/21/12/13/title/", None),
            ("/title/", None),
            ("", None),
        ] {
            assert_eq!(day_in(address), expected, "{address}");
        }
    }
}
