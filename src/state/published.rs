//! Reading feeds that are published now: ours, or any program's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use atom_syndication::{Content, Feed as AtomFeed, Link};
use rss::Channel;
use serde_json::Value;

use crate::config::is_loopback;
use crate::date::{self, Timestamp, Zone};
use crate::error::Error;
use crate::feed::Format;
use crate::permalink;

/// What a reader sees of an entry, each under its name in reports.
pub(crate) const FIELDS: [&str; 10] = [
    "title",
    "link",
    "date published",
    "date updated",
    "summary",
    "content",
    "tags",
    "authors",
    "image",
    "enclosure",
];

/// One feed, as far as its subscribers can tell it from another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Published {
    pub(crate) format: Format,
    /// What can change about the feed itself, by name: `id`, `self link`, `language`, `site`.
    pub(crate) head: BTreeMap<&'static str, String>,
    pub(crate) entries: Vec<Seen>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// Byte for byte, but for white space around it. Where it has none, readers take its link.
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    /// By position in [`FIELDS`].
    pub(crate) fields: [String; FIELDS.len()],
}

impl Seen {
    pub(crate) fn title(&self) -> &str {
        &self.fields[0]
    }

    /// What readers hear.
    pub(crate) fn enclosure(&self) -> &str {
        &self.fields[9]
    }

    /// The names of the fields that differ from those of another.
    pub(crate) fn differences(&self, other: &Seen) -> Vec<&'static str> {
        FIELDS
            .iter()
            .zip(self.fields.iter().zip(&other.fields))
            .filter(|(_, (one, other))| one != other)
            .map(|(name, _)| *name)
            .collect()
    }
}

impl Published {
    /// Reads a feed of any program; `Err` says what is wrong with it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match format_of(bytes) {
            Some(Format::Json) => json(bytes),
            Some(Format::Atom) => atom(bytes),
            Some(Format::Rss) => rss(bytes),
            None => Err("it is no RSS, Atom or JSON feed".to_owned()),
        }
    }

    /// Reads a file; `None` where there is none, or none that is a feed.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Error> {
        Ok(read_bytes(path)?.and_then(|bytes| Published::parse(&bytes).ok()))
    }

    /// Whether it was made to be looked at on the author's own machine.
    pub(crate) fn is_preview(&self) -> bool {
        self.head
            .get("self link")
            .and_then(|link| url::Url::parse(link).ok())
            .is_some_and(|url| is_loopback(&url))
    }
}

/// The bytes of a file; `None` where there is none.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    std::fs::read(path)
        .map(Some)
        .map_err(|error| Error::io("read", path, error))
}

/// All feeds below a folder at the places that path patterns name.
pub(crate) fn feeds_below(
    folder: &Path,
    paths: &[PathBuf],
) -> Result<BTreeMap<PathBuf, Published>, Error> {
    let mut feeds = BTreeMap::new();
    for path in paths {
        if let Some(feed) = Published::read(&folder.join(path))? {
            feeds.insert(path.clone(), feed);
        }
    }
    Ok(feeds)
}

/// The format, by the first thing that stands in the file.
fn format_of(bytes: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(bytes);
    let mut text = text.trim_start();
    if text.starts_with('{') {
        return Some(Format::Json);
    }
    // What may stand before the root: the declaration, comments, a document type.
    loop {
        let end = if text.starts_with("<?") {
            "?>"
        } else if text.starts_with("<!--") {
            "-->"
        } else if text.starts_with("<!") {
            ">"
        } else {
            break;
        };
        text = text[text.find(end)? + end.len()..].trim_start();
    }
    let name = text.strip_prefix('<')?;
    let name = &name[..name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?];
    match name.rsplit(':').next() {
        Some("feed") => Some(Format::Atom),
        Some("rss" | "RDF") => Some(Format::Rss),
        _ => None,
    }
}

/// A date as feeds have it; one that cannot be read is none.
fn time(text: Option<&str>) -> Option<Timestamp> {
    let written = date::parse(text?.trim(), None).ok()?;
    written.resolve(Zone::Named(chrono_tz::UTC)).ok()
}

/// A date to compare: the instant, however it is written.
fn instant(time: Option<Timestamp>) -> String {
    time.map(|time| time.with_zone(chrono_tz::UTC).to_rfc3339())
        .unwrap_or_default()
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

fn head(values: [(&'static str, Option<&str>); 4]) -> BTreeMap<&'static str, String> {
    values
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?.to_owned())))
        .collect()
}

/// What the crates call their errors says little to people; where the file breaks says more.
fn broken(what: &str, error: &dyn std::fmt::Display) -> String {
    format!("its {what} cannot be read: {error}")
}

fn rss(bytes: &[u8]) -> Result<Published, String> {
    let channel = Channel::read_from(bytes).map_err(|error| broken("RSS", &error))?;
    let extension = |map: &rss::extension::ExtensionMap, prefix: &str, name: &str, key: &str| {
        map.get(prefix)
            .and_then(|all| all.get(name))
            .into_iter()
            .flatten()
            .find_map(|extension| match key {
                "" => extension.value.clone(),
                key => extension.attrs.get(key).cloned(),
            })
    };
    let links = channel
        .extensions
        .values()
        .filter_map(|all| all.get("link"));
    let self_link = links
        .flatten()
        .find(|link| link.attrs.get("rel").is_some_and(|rel| rel == "self"))
        .and_then(|link| link.attrs.get("href").cloned());
    let entries = channel
        .items
        .iter()
        .map(|item| {
            let dublin = item.dublin_core_ext.as_ref();
            let dated = dublin.and_then(|dc| dc.dates.first());
            let published = time(item.pub_date.as_deref().or(dated.map(String::as_str)));
            let updated = time(extension(&item.extensions, "atom", "updated", "").as_deref());
            let guid = item.guid.as_ref();
            let permalink = guid
                .filter(|guid| guid.permalink)
                .map(|guid| guid.value.as_str());
            let url = item.link.as_deref().or(permalink).unwrap_or_default();
            let authors = dublin.map(|dc| dc.creators.iter().map(String::as_str));
            let enclosure = item.enclosure.as_ref();
            Seen {
                id: guid
                    .map_or(url, |guid| guid.value.as_str())
                    .trim()
                    .to_owned(),
                url: url.to_owned(),
                published,
                updated,
                fields: [
                    item.title.clone().unwrap_or_default(),
                    url.to_owned(),
                    instant(published),
                    instant(updated.or(published)),
                    item.description.clone().unwrap_or_default(),
                    item.content.clone().unwrap_or_default(),
                    list(
                        item.categories
                            .iter()
                            .map(|category| category.name.as_str()),
                    ),
                    authors
                        .map(list)
                        .or(item.author.clone())
                        .unwrap_or_default(),
                    extension(&item.extensions, "media", "content", "url").unwrap_or_default(),
                    enclosure.map_or(String::new(), |file| {
                        format!("{} ({}, {})", file.url, file.mime_type, file.length)
                    }),
                ],
            }
        })
        .collect();
    Ok(Published {
        format: Format::Rss,
        head: head([
            ("id", None),
            ("self link", self_link.as_deref()),
            ("language", channel.language.as_deref()),
            ("site", Some(&channel.link)),
        ]),
        entries,
    })
}

fn link_of<'a>(links: &'a [Link], rel: &str) -> Option<&'a str> {
    links
        .iter()
        .find(|link| link.rel == rel)
        .map(|link| link.href.as_str())
}

fn atom(bytes: &[u8]) -> Result<Published, String> {
    let feed = AtomFeed::read_from(bytes).map_err(|error| broken("Atom", &error))?;
    let entries = feed
        .entries
        .iter()
        .map(|entry| {
            let url = link_of(&entry.links, "alternate")
                .or(entry.links.first().map(|link| link.href.as_str()))
                .unwrap_or_default();
            let own = Some(Timestamp::new(entry.updated));
            // The library's own value for a date that is not there.
            let updated = own.filter(|time| time.year() > 1970);
            let published = entry.published.map(Timestamp::new).or(updated);
            let enclosures = entry.links.iter().filter(|link| link.rel == "enclosure");
            let images = entry.extensions.get("media").and_then(|media| {
                media
                    .get("content")?
                    .iter()
                    .find_map(|content| content.attrs.get("url").cloned())
            });
            let text = |content: &Content| {
                let value = content.value.clone().or(content.src.clone());
                value.unwrap_or_default()
            };
            Seen {
                id: entry.id.trim().to_owned(),
                url: url.to_owned(),
                published,
                updated,
                fields: [
                    entry.title.value.clone(),
                    url.to_owned(),
                    instant(published),
                    instant(updated),
                    entry
                        .summary
                        .as_ref()
                        .map(|text| text.value.clone())
                        .unwrap_or_default(),
                    entry.content.as_ref().map(text).unwrap_or_default(),
                    list(
                        entry
                            .categories
                            .iter()
                            .map(|category| category.term.as_str()),
                    ),
                    list(entry.authors.iter().map(|person| person.name.as_str())),
                    images.unwrap_or_default(),
                    enclosures
                        .map(|link| {
                            let kind = link.mime_type.as_deref().unwrap_or_default();
                            let length = link.length.as_deref().unwrap_or("0");
                            format!("{} ({kind}, {length})", link.href)
                        })
                        .collect::<Vec<_>>()
                        .join(", "),
                ],
            }
        })
        .collect();
    Ok(Published {
        format: Format::Atom,
        head: head([
            ("id", Some(&feed.id)),
            ("self link", link_of(&feed.links, "self")),
            ("language", feed.lang.as_deref()),
            ("site", link_of(&feed.links, "alternate")),
        ]),
        entries,
    })
}

fn json(bytes: &[u8]) -> Result<Published, String> {
    let feed: Value = serde_json::from_slice(bytes).map_err(|error| broken("JSON", &error))?;
    let is_feed = feed["version"]
        .as_str()
        .is_some_and(|version| version.contains("jsonfeed.org"));
    let Some(items) = feed["items"].as_array().filter(|_| is_feed) else {
        return Err("it is JSON, but no JSON feed".to_owned());
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = items
        .iter()
        .map(|item| {
            let url = item["url"].as_str().unwrap_or_default();
            let id = match &item["id"] {
                Value::String(id) => id.trim().to_owned(),
                Value::Null => url.to_owned(),
                // Version 1.0 let readers coerce other kinds of ids to text.
                id => id.to_string(),
            };
            let published = time(item["date_published"].as_str());
            let updated = time(item["date_modified"].as_str());
            let strings = |values: &Value, key: &str| {
                let values = values.as_array().into_iter().flatten();
                values
                    .filter_map(|value| match key {
                        "" => value.as_str(),
                        key => value[key].as_str(),
                    })
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let attachments = item["attachments"].as_array().into_iter().flatten();
            Seen {
                id,
                url: url.to_owned(),
                published,
                updated,
                fields: [
                    text(&item["title"]),
                    url.to_owned(),
                    instant(published),
                    instant(updated.or(published)),
                    text(&item["summary"]),
                    text(&item["content_html"]) + &text(&item["content_text"]),
                    strings(&item["tags"], ""),
                    strings(&item["authors"], "name") + &text(&item["author"]["name"]),
                    text(&item["image"]),
                    attachments
                        .map(|file| {
                            format!(
                                "{} ({}, {})",
                                text(&file["url"]),
                                text(&file["mime_type"]),
                                file["size_in_bytes"].as_u64().unwrap_or(0)
                            )
                        })
                        .collect::<Vec<_>>()
                        .join(", "),
                ],
            }
        })
        .collect();
    Ok(Published {
        format: Format::Json,
        head: head([
            ("id", None),
            ("self link", feed["feed_url"].as_str()),
            ("language", feed["language"].as_str()),
            ("site", feed["home_page_url"].as_str()),
        ]),
        entries,
    })
}

/// What two addresses of one page have in common, whatever the site is called today: the path,
/// decoded, without what servers add or leave out at its end.
pub(crate) fn link_key(url: &str) -> String {
    let path = match url::Url::parse(url) {
        Ok(url) => match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
        Err(_) => url.to_owned(),
    };
    let path = permalink::decode(&path).unwrap_or(path);
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.trim_matches('/').to_lowercase()
}

/// A title to compare: entities, markup and white space are written differently by programs.
pub(crate) fn title_key(title: &str) -> String {
    let once = html_escape::decode_html_entities(title);
    let twice = crate::text::plain(&once);
    twice
        .chars()
        .filter_map(|c| match c {
            '‘' | '’' => Some('\''),
            '“' | '”' => Some('"'),
            '–' | '—' => Some('-'),
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .collect::<String>()
        .to_lowercase()
        .replace("...", "…")
        .replace("--", "-")
}
