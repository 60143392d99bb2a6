//! The least that any program does which makes these feeds; and the least that one does which looks
//! whether anything has changed, to walk the site and ask for the size and times of every file.
//!
//! It reads all posts, decodes their front matter, selects, renders what is selected once, and
//! writes as many files with as many bytes as feedwright does. It checks, sanitizes, compares
//! and syncs nothing, and it knows the corpus: every other post makes it panic. What feedwright
//! takes longer is the price of everything it promises.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::DateTime;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use serde::Serialize;
use serde_yaml::Value;

use crate::Outcome;

const LIMIT: usize = 20;
const SITE: &str = "https://www.example.gov";

/// A post that some feed takes, so far.
struct Post {
    /// Its place among the files.
    at: usize,
    published: i64,
    /// Where it is published, which here is its id too.
    url: String,
    date: String,
    front_matter: Value,
    text: String,
    body_start: usize,
}

/// The newest posts, oldest first.
type Newest = BTreeMap<(i64, usize), Arc<Post>>;

/// The names of all feeds with the places of their posts, newest first.
type Feeds = Vec<(String, Vec<usize>)>;

/// What a feed shows of a post.
struct Entry {
    url: String,
    title: String,
    date: String,
    author: String,
    tags: Vec<String>,
    summary: String,
    html: String,
}

#[derive(Clone, Copy)]
enum Format {
    Rss,
    Atom,
    Json,
}

/// Does the least that makes feeds of the corpus, or that looks whether anything has changed.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the corpus.
    site: PathBuf,
    /// Where feeds go; without it, every file of the site is asked for its size and times.
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let site = &arguments.site;
    let Some(output) = &arguments.output else {
        walk(site);
        return Ok(true);
    };
    let start = Instant::now();
    let newest = read(&site.join("_posts"));
    let read = Instant::now();
    let (feeds, entries) = render(newest);
    let rendered = Instant::now();
    for format in [Format::Rss, Format::Atom, Format::Json] {
        write(format, &feeds, &entries, output);
    }
    eprintln!(
        "read {:?}, render {:?}, write {:?}; {} feeds of {} posts",
        read - start,
        rendered - read,
        rendered.elapsed(),
        feeds.len(),
        entries.len()
    );
    Ok(true)
}

/// Asks for the size and times of every file.
fn walk(site: &Path) {
    let mut newest = None;
    for entry in walkdir::WalkDir::new(site) {
        let entry = entry.expect("an entry");
        let meta = entry.metadata().expect("what the file system says");
        newest = newest.max(Some((meta.modified().expect("a time"), meta.len())));
    }
    eprintln!("{newest:?}");
}

/// The newest posts of the site, under an empty name, and of every tag. A post's text is
/// dropped as soon as no feed takes the post any more.
fn read(folder: &Path) -> HashMap<String, Newest> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of posts")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    let feeds: Mutex<HashMap<String, Newest>> = Mutex::default();
    paths.par_iter().enumerate().for_each(|(at, path)| {
        let post = Arc::new(parse(at, path));
        let names = [String::new()].into_iter().chain(tags(&post.front_matter));
        let mut feeds = feeds.lock().expect("no panic elsewhere");
        for name in names {
            let newest = feeds.entry(name).or_default();
            newest.insert((post.published, at), Arc::clone(&post));
            if newest.len() > LIMIT {
                newest.pop_first();
            }
        }
    });
    feeds.into_inner().expect("no panic elsewhere")
}

fn parse(at: usize, path: &Path) -> Post {
    let text = fs::read_to_string(path).expect("text");
    let end = text.find("\n---\n").expect("front matter");
    let front_matter: Value = serde_yaml::from_str(&text[4..=end]).expect("YAML");
    let published = DateTime::parse_from_str(string(&front_matter, "date"), "%Y-%m-%d %H:%M:%S %z")
        .expect("a date");
    let name = path.file_stem().expect("a name").to_string_lossy();
    Post {
        at,
        published: published.timestamp(),
        url: format!(
            "{SITE}/{}/{}.html",
            name[..10].replace('-', "/"),
            &name[11..]
        ),
        date: published.to_rfc3339(),
        body_start: end + 5,
        front_matter,
        text,
    }
}

fn string<'a>(front_matter: &'a Value, key: &str) -> &'a str {
    front_matter[key].as_str().unwrap_or_default()
}

/// A list, or words in a string.
fn tags(front_matter: &Value) -> Vec<String> {
    match &front_matter["tags"] {
        Value::Sequence(tags) => tags
            .iter()
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect(),
        tags => tags
            .as_str()
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    }
}

/// The feeds, and the entry of each post that one of them takes.
fn render(newest: HashMap<String, Newest>) -> (Feeds, HashMap<usize, Entry>) {
    let mut selected: HashMap<usize, Arc<Post>> = HashMap::new();
    let feeds = newest
        .into_iter()
        .map(|(name, posts)| {
            let posts = posts.into_values().rev().map(|post| {
                let at = post.at;
                selected.insert(at, post);
                at
            });
            (name, posts.collect())
        })
        .collect();
    // By value, so that each text goes as soon as its HTML is there.
    let entries = selected
        .into_par_iter()
        .map(|(at, post)| (at, entry(&post)))
        .collect();
    (feeds, entries)
}

fn entry(post: &Post) -> Entry {
    let body = &post.text[post.body_start..];
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut html = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut html, Parser::new_ext(body, options));
    let summary = match string(&post.front_matter, "description") {
        "" => &body[..body.floor_char_boundary(400)],
        description => description,
    };
    Entry {
        url: post.url.clone(),
        title: string(&post.front_matter, "title").to_owned(),
        date: post.date.clone(),
        author: string(&post.front_matter, "author").to_owned(),
        tags: tags(&post.front_matter),
        summary: summary.to_owned(),
        html,
    }
}

/// Writes all feeds in one format; each entry is escaped once.
fn write(
    format: Format,
    feeds: &[(String, Vec<usize>)],
    entries: &HashMap<usize, Entry>,
    output: &Path,
) {
    let written: HashMap<usize, String> = entries
        .par_iter()
        .map(|(&at, entry)| {
            let text = match format {
                Format::Rss => rss(entry),
                Format::Atom => atom(entry),
                Format::Json => json(entry),
            };
            (at, text)
        })
        .collect();
    feeds.par_iter().for_each(|(name, posts)| {
        let folder = match name.as_str() {
            "" => output.join("feeds"),
            tag => output.join("feeds/tags").join(tag),
        };
        fs::create_dir_all(&folder).expect("a folder");
        let (file, head, separator, tail) = match format {
            Format::Rss => (
                "rss.xml",
                "<rss version=\"2.0\"><channel>",
                "",
                "</channel></rss>",
            ),
            Format::Atom => (
                "atom.xml",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                "",
                "</feed>",
            ),
            Format::Json => ("feed.json", "{\"items\":[", ",", "]}"),
        };
        let entries: Vec<&str> = posts.iter().map(|at| written[at].as_str()).collect();
        let text = [head, &entries.join(separator), tail].concat();
        fs::write(folder.join(file), text).expect("a file");
    });
}

fn rss(entry: &Entry) -> String {
    let mut out = element("title", &entry.title);
    out += &element("link", &entry.url);
    out += &element("description", &entry.summary);
    for tag in &entry.tags {
        out += &element("category", tag);
    }
    out += &element("guid", &entry.url);
    out += &element("pubDate", &entry.date);
    out += &element("dc:creator", &entry.author);
    // Whole texts stand in CDATA, as in feedwright's own.
    format!(
        "<item>{out}<content:encoded><![CDATA[{}]]></content:encoded></item>",
        entry.html
    )
}

fn atom(entry: &Entry) -> String {
    let mut out = element("title", &entry.title);
    out += &element("id", &entry.url);
    out += &element("published", &entry.date);
    out += &element("updated", &entry.date);
    out += &element("name", &entry.author);
    for tag in &entry.tags {
        out += &element("category", tag);
    }
    out += &element("summary", &entry.summary);
    out += &element("content", &entry.html);
    format!("<entry>{out}</entry>")
}

fn element(name: &str, text: &str) -> String {
    let mut out = format!("<{name}>");
    out.reserve(text.len() * 5 / 4);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'<' | b'>')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    out
}

fn json(entry: &Entry) -> String {
    #[derive(Serialize)]
    struct Item<'a> {
        id: &'a str,
        url: &'a str,
        title: &'a str,
        content_html: &'a str,
        summary: &'a str,
        date_published: &'a str,
        date_modified: &'a str,
        authors: [&'a str; 1],
        tags: &'a [String],
    }
    let item = Item {
        id: &entry.url,
        url: &entry.url,
        title: &entry.title,
        content_html: &entry.html,
        summary: &entry.summary,
        date_published: &entry.date,
        date_modified: &entry.date,
        authors: [&entry.author],
        tags: &entry.tags,
    };
    serde_json::to_string(&item).expect("JSON")
}
