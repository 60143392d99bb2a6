//! The text of a commented configuration.

use feedwright_base::permalink::slashed;
use feedwright_site::settings::OwnFeed;

use crate::Config;
use crate::cli::output::{in_json, in_line};
use crate::cli::render::plural;

use super::EXAMPLE;

/// The file: what was said stands as it is, what was found or may be wanted behind a `#`.
pub(super) fn configuration(
    config: &Config,
    taken: &[&OwnFeed],
    site_url: Option<&str>,
    knows_url: bool,
    posts: usize,
    ambiguous: usize,
) -> String {
    let mut text = format!(
        "# How feedwright makes the feeds of this site; `feedwright schema` describes every key.\n\
         # A line behind a # shows what holds without it, or an example.\n\n\
         {}# {} found.\n\
         {}{}",
        site_section(config, site_url, knows_url),
        plural(posts, "post"),
        content_section(config.content.dialect.name(), taken),
        feeds_section(config, taken),
    );
    if ambiguous > 0 {
        text.push_str(&format!(
            "\n# {} could be read in two ways, and {} refused until this says which.\n\
             # dates:\n#   order: dmy  # or mdy\n",
            plural(ambiguous, "date"),
            if ambiguous == 1 { "is" } else { "are" }
        ));
    }
    text
}

/// The section `site`, with a blank line behind it.
fn site_section(config: &Config, site_url: Option<&str>, knows_url: bool) -> String {
    let site = &config.site;
    let url = match site_url {
        Some(url) => format!("  url: {}\n", quoted(url)),
        None if knows_url => format!("  # url: {}\n", quoted(site.url.as_str())),
        None => format!(
            "  # The address of the site: links in feeds are absolute.\n  # url: {EXAMPLE}\n"
        ),
    };
    let title = if knows_url || site.title != "www.example.gov" {
        site.title.as_str()
    } else {
        "Example Agency"
    };
    let language = in_line(site.language.as_deref().unwrap_or("en-US"));
    format!(
        "site:\n{url}\
         \x20 # title: {}\n\
         \x20 # description: {}\n\
         \x20 # language: {language}\n\
         \x20 # The zone of dates that name none.\n\
         \x20 # timezone: {}\n\n",
        quoted(title),
        quoted(&site.description),
        site.tz().name(),
    )
}

/// A text as YAML takes it for one: JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    in_json(&serde_json::to_string(text).unwrap_or_default()).into_owned()
}

/// The section `content`, with a blank line behind it.
fn content_section(dialect: &str, taken: &[&OwnFeed]) -> String {
    let permalink = match dialect {
        "plain" => {
            "  # Where the site publishes a post that names no permalink.\n  # permalink: /:path/\n"
        }
        "jekyll" => "",
        _ => {
            "  # Instead of the permalinks of the site's own configuration:\n  # permalink: /:year/:month/:day/:slug/\n"
        }
    };
    let mut include = String::new();
    if let Some(pattern) = taken.iter().find_map(|feed| feed.include) {
        include.push_str("  # What the main feed takes, as it did before.\n");
        include.push_str(&format!("  include: [{}]\n", quoted(pattern)));
    }
    format!(
        "content:\n\
         \x20 dialect: {dialect}\n{permalink}{include}\
         \x20 # ignore: [\"drafts/**\"]\n\n"
    )
}

/// The section `feeds`.
fn feeds_section(config: &Config, taken: &[&OwnFeed]) -> String {
    let output = config
        .feeds
        .output
        .strip_prefix(config.root.path())
        .map(slashed)
        .unwrap_or_default();
    let output = if output.is_empty() { "." } else { &output };
    let output = in_line(output);
    let limit = config.feeds.limit.unwrap_or(0);
    let mut paths = String::new();
    if !taken.is_empty() {
        paths.push_str("  # Where people are subscribed already.\n  paths:\n");
        for feed in taken {
            let path = quoted(&feed.path);
            paths.push_str(&format!("    {}: {path}\n", feed.format.as_str()));
        }
    }
    format!(
        "feeds:\n\
         \x20 # The folder that the web server publishes as /.\n\
         \x20 # output: {output}\n\
         {paths}\
         \x20 # How many entries a feed has at most; 0 means all.\n\
         \x20 limit: {limit}\n\
         \x20 # content: full  # or summary\n\
         \x20 # taxonomies: [tags]  # also categories, authors, sections, languages\n\
         \x20 # exclude: [internal]\n"
    )
}
