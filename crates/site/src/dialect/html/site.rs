//! Reads from a rendered site what it says of itself: its first page, its sitemap and its links.

use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::html::tokens::{self, Token, attribute};
use feedwright_base::language::language_tag;
use feedwright_base::permalink::{self, slashed};
use feedwright_base::text::plain;
use url::Url;

use crate::dialect::{BodyStyle, Detected, Dialect, Options};
use crate::folder::Folder;
use crate::front_matter::page::SEPARATORS;
use crate::settings::{SiteDefaults, Taxonomy};
use crate::source::{self, Kind, Walk};

use super::addresses::Addresses;
use super::compare::{Compared, decoded};
use super::{Home, Html};

/// The names that sitemaps have.
const SITEMAPS: [&str; 3] = ["sitemap.xml", "sitemap-index.xml", "sitemap_index.xml"];

/// More sitemaps than a site has; further ones are not read.
const MOST_SITEMAPS: usize = 50;

/// How many pages are asked how they link to others, where no sitemap says it.
const MOST_LISTS: usize = 20;

/// Reads a rendered site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    _: &mut Diagnostics,
) -> Result<Detected, Error> {
    let folder = options.folders.first().cloned().unwrap_or_default();
    let mut html = Html {
        folders: options.folders.clone(),
        addresses: Addresses::default(),
        home: Home::default(),
        compared: Compared::default(),
        options,
        body: BodyStyle::default(),
    };
    // A page that cannot be read is named when posts are read.
    let read = |name: &str| {
        source::read_setting(root, &slashed(&folder.join(name)))
            .ok()
            .flatten()
    };
    let mut defaults = SiteDefaults {
        output: Some(folder.clone()),
        copied: vec![folder.clone()],
        ..SiteDefaults::default()
    };
    let mut home_title = None;
    if let Some(text) = read("index.html") {
        html.home = home(text, &html, &mut defaults);
        home_title.clone_from(&defaults.title);
    }
    let files = files(root, &html)?;
    let names = html.names();
    html.compared = Compared::of(&files, &names, home_title.as_deref(), &read);
    let mut known = sitemap(&read);
    let address = html.home.url.take().or_else(|| {
        let host = read("CNAME");
        let host = host.and_then(|host| Url::parse(&format!("https://{}/", host.trim())).ok());
        let first = || {
            known
                .first()
                .and_then(|url| Url::parse(url).ok()?.join("/").ok())
        };
        host.or_else(|| html.compared.base.clone()).or_else(first)
    });
    defaults.url = address.as_ref().map(Url::to_string);
    let base = address
        .clone()
        .or_else(|| Url::parse("http://localhost/").ok());
    if let Some(base) = base {
        if known.is_empty() {
            known = links(&files, &base, &read);
        }
        let below = known.iter().filter_map(|url| below(&base, url));
        html.addresses = Addresses::new(&files, below);
    }
    html.home.url = address;
    if html.compared.has_languages {
        defaults.taxonomies = vec![Taxonomy::Tags, Taxonomy::Languages];
    }
    // What all titles end with is the name of the site.
    if let (Some(title), Some(suffix)) = (&mut defaults.title, &html.compared.suffix)
        && title.ends_with(suffix.as_str())
    {
        let sign = SEPARATORS.iter().find_map(|sign| suffix.strip_prefix(sign));
        *title = sign.unwrap_or(suffix).trim().to_owned();
    }
    Ok(Detected {
        dialect: Box::new(html),
        defaults,
    })
}

/// What the first page of a site says of it.
fn home(text: String, html: &Html, defaults: &mut SiteDefaults) -> Home {
    let Some(page) = decoded("index.html", text) else {
        return Home::default();
    };
    let get = |key: &str| page.get(key).and_then(|field| field.value.as_filled_text());
    let names = html.names();
    let all = |keys: &[String]| keys.iter().filter_map(|key| get(key)).collect::<Vec<_>>();
    let summaries: Vec<String> = all(&names.summary).iter().map(|text| plain(text)).collect();
    let title = get("meta og:site_name").or_else(|| get("title"));
    defaults.title = title.map(|title| plain(&title));
    defaults.description = summaries.first().cloned();
    let language = get("lang").and_then(|tag| language_tag(&tag));
    defaults.language = language.clone();
    let url = get("link canonical").or_else(|| get("meta og:url"));
    Home {
        url: url
            .and_then(|url| Url::parse(&url).ok())
            .map(|url| folder_of(&url)),
        language,
        images: all(&names.image),
        summaries,
    }
}

/// The folder that an address lies in, which is the address itself where it ends with a slash.
fn folder_of(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path().trim_end_matches("index.html").to_owned();
    let path = if path.ends_with('/') {
        path
    } else {
        format!("{path}/")
    };
    url.set_path(&path);
    url
}

/// The addresses in the sitemap, and in those that it names.
fn sitemap(read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = SITEMAPS
        .iter()
        .rev()
        .map(|name| (*name).to_owned())
        .collect();
    let mut asked: Vec<String> = Vec::new();
    while let Some(name) = open.pop() {
        if asked.contains(&name) || asked.len() >= MOST_SITEMAPS {
            continue;
        }
        let text = read(&name);
        asked.push(name);
        let Some(text) = text else {
            continue;
        };
        let is_index = text.contains("<sitemapindex");
        for address in locations(&text) {
            if is_index {
                let url = Url::parse(&address).ok();
                let inner = url.as_ref().map(|url| url.path().trim_start_matches('/'));
                open.extend(
                    inner
                        .and_then(permalink::decode)
                        .filter(|path| is_inner(path)),
                );
            } else {
                found.push(address);
            }
        }
    }
    found
}

/// Whether a path leads to a file below.
fn is_inner(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The addresses that a sitemap has.
fn locations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    tokens::each(text, |token| match token {
        Token::Start(tag) if &*tag.name == "loc" => open = Some(String::new()),
        Token::Text(text) => {
            if let Some(open) = &mut open {
                open.push_str(text);
            }
        }
        Token::End("loc") => found.extend(open.take().map(|url| url.trim().to_owned())),
        _ => {}
    });
    found
}

/// The files of all pages, relative to the site that was written.
fn files(root: &Folder, html: &Html) -> Result<Vec<String>, Error> {
    let walk = Walk {
        root,
        folders: &html.folders,
        takes: &|path, kind: Kind| html.takes(path, kind),
    };
    // What cannot be read is said when posts are looked for.
    let paths = source::discover(&walk, &mut Diagnostics::new())?;
    Ok(paths.iter().map(|path| slashed(html.inner(path))).collect())
}

/// The addresses that the first pages of the site's folders link to.
fn links(files: &[String], base: &Url, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let is_list = |file: &&String| *file == "index.html" || file.matches('/').count() == 1;
    let lists = files.iter().filter(|file| file.ends_with("index.html"));
    for file in lists.filter(is_list).take(MOST_LISTS) {
        let Some(text) = read(file) else {
            continue;
        };
        let at = Path::new(file).parent().map(slashed).unwrap_or_default();
        let at = if at.is_empty() {
            base.join("")
        } else {
            base.join(&format!("{at}/"))
        };
        let Ok(at) = at else {
            continue;
        };
        tokens::each(&text, |token| {
            if let Token::Start(tag) = token
                && &*tag.name == "a"
                && let Some(href) = attribute(tag, "href")
                && let Ok(url) = at.join(href)
            {
                found.push(url.to_string());
            }
        });
    }
    found
}

/// An address relative to that of the site, if it lies there.
fn below(base: &Url, url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let is_own = url.host() == base.host();
    let path = url.path().strip_prefix(base.path()).filter(|_| is_own)?;
    permalink::decode(path)
}
