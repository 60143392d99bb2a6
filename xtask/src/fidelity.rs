//! Compares what feedwright makes of a site's posts with what the site's own generator makes of
//! them.
//!
//! The truth is a file of JSON lines, compressed by gzip or not: the first says something about the
//! site, every other one is a post with `path`, `url`, `date`, `title` and `tags`. Paths may begin
//! further up than the site. For each field it prints how many posts are equal, different and
//! missing, then every difference, and whether a diagnostic names the post (`told`) or nothing
//! does (`silent`).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use feedwright::{Config, Diagnostics, Overrides, Post, Severity, Timestamp};
use serde_json::Value;

use crate::Outcome;

const FIELDS: [&str; 4] = ["url", "date", "title", "tags"];

/// Compares what feedwright makes of a site's posts with what the site's own generator makes of them.
///
/// Fails where a post differs and no diagnostic names it.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the site.
    site: PathBuf,
    /// What the generator makes of it, as JSON lines, compressed by gzip or not.
    truth: PathBuf,
    /// A configuration in place of the site's own.
    config: Option<PathBuf>,
}

/// A post as its generator has it.
struct Truth {
    path: String,
    url: String,
    date: Option<String>,
    title: Option<String>,
    tags: Vec<String>,
}

pub fn run(arguments: Arguments) -> Outcome {
    let Arguments {
        site,
        truth,
        config,
    } = arguments;
    let (base, wanted, skipped) = read(&truth)?;
    let now = Timestamp::new(chrono::Utc::now().fixed_offset());
    let mut overrides = Overrides::new(site, now);
    overrides.config = config;
    overrides.site_url = Some(base.clone());
    let mut diags = Diagnostics::new();
    let config = Config::load(&overrides, &mut diags).map_err(|error| error.to_string())?;
    let Some(config) = config else {
        for diagnostic in diags.iter() {
            eprintln!("{}: {}", diagnostic.code, diagnostic.message);
        }
        return Err("the configuration is wrong".to_owned());
    };
    let posts =
        feedwright::list(&config, &mut diags, &|_, _, _| {}).map_err(|error| error.to_string())?;
    let mut told: HashMap<String, Vec<String>> = HashMap::new();
    let mut errors = 0;
    for diagnostic in diags.iter() {
        errors += usize::from(diagnostic.severity == Severity::Error);
        if let Some(location) = &diagnostic.location {
            told.entry(slashed(&location.path))
                .or_default()
                .push(diagnostic.code.to_owned());
        }
    }
    let mut comparison = Comparison {
        by_path: posts
            .iter()
            .map(|post| (slashed(&post.path), post))
            .collect(),
        told: &told,
        base: base.trim_end_matches('/').to_owned(),
        counts: BTreeMap::new(),
        lines: Vec::new(),
        silent: 0,
    };
    let mut pages = 0;
    let mut published = HashSet::new();
    for truth in &wanted {
        match comparison.find(&truth.path) {
            Some(post) => {
                published.insert(slashed(&post.path));
                comparison.compare(truth, post);
            }
            // Without a date it is a page, not a post.
            None if truth.date.is_none() => pages += 1,
            None => comparison.missing(truth),
        }
    }
    let extra: Vec<&Post> = posts
        .iter()
        .filter(|post| !post.draft && !published.contains(&slashed(&post.path)))
        .collect();
    println!(
        "{} posts of the generator, {skipped} of them not published or not Markdown; {} of ours, {} of them not among the generator's; {pages} pages without a date; {errors} errors",
        wanted.len() + skipped,
        posts.len(),
        extra.len(),
    );
    for field in FIELDS {
        let [equal, different, missing] = comparison.counts.get(field).copied().unwrap_or_default();
        let all = equal + different + missing;
        if all == 0 {
            println!("{field:>6}: the generator says nothing of it");
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share for people")]
        let share = equal as f64 * 100.0 / all as f64;
        println!(
            "{field:>6}: {equal} equal, {different} different, {missing} missing: {share:.2} %"
        );
    }
    println!("differences that nothing tells of: {}", comparison.silent);
    for line in &comparison.lines {
        println!("{line}");
    }
    for post in extra.iter().take(20) {
        println!("extra: {} {}", post.path.display(), post.url);
    }
    Ok(comparison.silent == 0)
}

/// The site's address, its published posts and how many are not published.
fn read(path: &Path) -> Result<(String, Vec<Truth>, usize), String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .map_err(|error| error.to_string())?;
    } else {
        text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    }
    let mut lines = text.lines();
    let parse = |line: &str| -> Result<Value, String> {
        serde_json::from_str(line).map_err(|error| error.to_string())
    };
    let site = parse(lines.next().unwrap_or_default())?;
    let site = &site["site"];
    let base = [
        &site["baseURL"],
        &site["base_url"],
        &site["config"]["url"],
        &site["settings"]["SITEURL"],
        &site["url"],
    ]
    .into_iter()
    .find_map(|value| value.as_str().filter(|url| url.starts_with("http")))
    .unwrap_or("https://example.gov")
    .to_owned();
    let mut wanted = Vec::new();
    let mut skipped = 0;
    for line in lines {
        let value = parse(line)?;
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        // reStructuredText and the like is named and left out.
        let path = text("path").unwrap_or_default();
        let is_read = [
            ".md",
            ".markdown",
            ".mkd",
            ".mdown",
            ".mdx",
            ".html",
            ".htm",
            ".textile",
        ]
        .iter()
        .any(|extension| path.to_lowercase().ends_with(extension));
        let hidden = !is_read
            || value["url"].is_null()
            || value["draft"] == true
            || value["published"] == false
            || matches!(value["state"].as_str(), Some("draft" | "hidden"));
        if hidden {
            skipped += 1;
            continue;
        }
        wanted.push(Truth {
            path,
            url: text("url").unwrap_or_default(),
            // A date that is the time of the build is none.
            date: text("date").filter(|_| value["date_from"] != "build_time"),
            title: text("title"),
            tags: value["tags"].as_array().map_or_else(Vec::new, |tags| {
                tags.iter()
                    .map(|tag| tag.as_str().map_or_else(|| tag.to_string(), str::to_owned))
                    .collect()
            }),
        });
    }
    Ok((base, wanted, skipped))
}

struct Comparison<'a> {
    by_path: HashMap<String, &'a Post>,
    told: &'a HashMap<String, Vec<String>>,
    base: String,
    /// Equal, different, missing.
    counts: BTreeMap<&'static str, [usize; 3]>,
    lines: Vec<String>,
    silent: usize,
}

impl<'a> Comparison<'a> {
    /// The value of a path, which may begin further up than the site.
    fn find(&self, path: &str) -> Option<&'a Post> {
        tails(path).find_map(|tail| self.by_path.get(tail)).copied()
    }

    fn note(&mut self, path: &str, line: String) {
        let codes = tails(path).find_map(|tail| self.told.get(tail));
        match codes {
            Some(codes) => self
                .lines
                .push(format!("told ({}): {path}: {line}", codes.join(" "))),
            None => {
                self.silent += 1;
                self.lines.push(format!("silent: {path}: {line}"));
            }
        }
    }

    fn missing(&mut self, truth: &Truth) {
        for field in FIELDS {
            self.counts.entry(field).or_default()[2] += 1;
        }
        self.note(&truth.path, format!("missing: {}", truth.url));
    }

    fn compare(&mut self, truth: &Truth, post: &Post) {
        let base_path = self.base.splitn(4, '/').nth(3).unwrap_or_default();
        let path = decoded(post.url.path());
        let wanted_url = decoded(&format!("/{}", truth.url.trim_start_matches('/')));
        let inner = path
            .strip_prefix(&format!("/{base_path}"))
            .filter(|_| !base_path.is_empty())
            .unwrap_or(&path);
        let url_is_equal = path == wanted_url || inner == wanted_url;
        self.field("url", truth, url_is_equal, &path, &wanted_url);
        if let Some(date) = &truth.date {
            let found = post.published.to_rfc3339();
            let is_equal = same_instant(date, post);
            self.field("date", truth, is_equal, &found, date);
        }
        if let Some(title) = &truth.title {
            let is_equal = unified(title) == unified(&post.title);
            self.field("title", truth, is_equal, &post.title, title);
        }
        let set = |tags: &[String]| -> Vec<String> {
            let mut tags: Vec<String> = tags.iter().map(|tag| unified(tag)).collect();
            tags.retain(|tag| !tag.is_empty());
            tags.sort();
            tags.dedup();
            tags
        };
        let (ours, theirs) = (set(&post.tags), set(&truth.tags));
        let (found, wanted) = (ours.join("|"), theirs.join("|"));
        self.field("tags", truth, ours == theirs, &found, &wanted);
    }

    fn field(&mut self, name: &'static str, truth: &Truth, equal: bool, found: &str, wanted: &str) {
        self.counts.entry(name).or_default()[usize::from(!equal)] += 1;
        if !equal {
            self.note(&truth.path, format!("{name}: {found} instead of {wanted}"));
        }
    }
}

/// A path and all that remain when folders above are taken away.
fn tails(path: &str) -> impl Iterator<Item = &str> {
    std::iter::once(path).chain(path.match_indices('/').map(|(at, _)| &path[at + 1..]))
}

fn same_instant(date: &str, post: &Post) -> bool {
    let ours = DateTime::<FixedOffset>::from(post.published);
    if let Ok(theirs) = DateTime::parse_from_rfc3339(date) {
        return theirs.timestamp() == ours.timestamp();
    }
    // A day alone.
    date.parse::<NaiveDate>()
        .is_ok_and(|day| day == ours.date_naive())
}

/// Text without markup and entities, blanks unified.
fn unified(text: &str) -> String {
    let text = html_escape::decode_html_entities(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
