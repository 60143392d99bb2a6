//! Compares the bodies in a feed with what the site's own generator made of the posts.
//!
//! The truth is a file of JSON lines, one for each post: `url`, and `html` as the generator has it
//! without the page around it. Posts are matched by their paths. For each aspect of a text it prints
//! how many posts are equal, then the first difference of every one that is not.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;
use url::Url;

use crate::Outcome;

/// What is compared of a text.
const ASPECTS: [&str; 6] = ["text", "blocks", "code", "links", "images", "tables"];

/// Compares the bodies in a JSON Feed with what the site's generator made of the posts.
///
/// Fails where a text differs.
#[derive(clap::Args)]
pub struct Arguments {
    /// The JSON Feed, with all posts.
    feed: PathBuf,
    /// What the generator made of each post, as JSON lines of `url` and `html`.
    truth: PathBuf,
    /// How many differences are shown of each aspect.
    #[arg(long, default_value_t = 10)]
    show: usize,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let text = std::fs::read_to_string(&arguments.feed).map_err(|error| error.to_string())?;
    let feed: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let items = feed["items"].as_array().cloned().unwrap_or_default();
    let bodies: HashMap<String, &str> = items
        .iter()
        .filter_map(|item| {
            let url = item["url"].as_str()?;
            Some((key(url), item["content_html"].as_str().unwrap_or_default()))
        })
        .collect();
    let truth = std::fs::read_to_string(&arguments.truth).map_err(|error| error.to_string())?;
    let mut differences: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut compared, mut missing) = (0, 0);
    for line in truth.lines().filter(|line| !line.trim().is_empty()) {
        let post: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let url = post["url"].as_str().unwrap_or_default();
        let Some(ours) = bodies.get(&key(url)) else {
            missing += 1;
            continue;
        };
        compared += 1;
        let theirs = Aspects::of(post["html"].as_str().unwrap_or_default(), url);
        let ours = Aspects::of(ours, url);
        for (aspect, (ours, theirs)) in ASPECTS.iter().zip(ours.0.iter().zip(&theirs.0)) {
            if let Some(difference) = difference(ours, theirs) {
                let shown = format!("{aspect}: {url}\n{difference}");
                differences.entry(aspect).or_default().push(shown);
            }
        }
    }
    println!("{compared} posts compared, {missing} not in the feed");
    for aspect in ASPECTS {
        let different = differences.get(aspect).map_or(0, Vec::len);
        #[expect(clippy::cast_precision_loss, reason = "a share for people")]
        let share = (compared - different) as f64 * 100.0 / f64::from(compared.max(1) as u32);
        println!("{aspect:>7}: {share:.2} %, {different} different");
    }
    for shown in differences.values() {
        for one in shown.iter().take(arguments.show) {
            println!("\n{one}");
        }
    }
    Ok(!differences.contains_key("text"))
}

/// What two addresses of one post have in common.
fn key(url: &str) -> String {
    let path = Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.path().to_owned());
    let path = path
        .trim_end_matches("index.html")
        .trim_end_matches(".html");
    path.trim_matches('/').to_lowercase()
}

/// The aspects of a text, each as a list that is equal or not.
struct Aspects([Vec<String>; 6]);

impl Aspects {
    fn of(html: &str, url: &str) -> Self {
        let mut found = Aspects(Default::default());
        let document = Html::parse_fragment(html);
        let base = Url::parse(url).ok();
        let mut words = String::new();
        for edge in document.root_element().traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) => match node.value() {
                    Node::Text(text) if !is_hidden(node) => words.push_str(text),
                    Node::Element(element) => {
                        found.element(element, node, base.as_ref(), &mut words)
                    }
                    _ => {}
                },
                ego_tree::iter::Edge::Close(node) => {
                    if node
                        .value()
                        .as_element()
                        .is_some_and(|e| is_block(e.name()))
                    {
                        words.push(' ');
                    }
                }
            }
        }
        found.0[0] = words.split_whitespace().map(str::to_owned).collect();
        found
    }

    /// Notes what one element adds.
    fn element(
        &mut self,
        element: &Element,
        node: ego_tree::NodeRef<'_, Node>,
        base: Option<&Url>,
        words: &mut String,
    ) {
        let [_, blocks, code, links, images, tables] = &mut self.0;
        let name = element.name();
        let absolute = |value: &str| {
            let joined = base.and_then(|base| base.join(value.trim()).ok());
            joined.map_or_else(|| value.to_owned(), String::from)
        };
        if is_block(name) || name == "br" {
            words.push(' ');
        }
        if is_block(name) && !matches!(name, "div" | "section" | "article" | "figure") {
            blocks.push(name.to_owned());
        }
        match name {
            "pre" => code.push(text(node).trim_end().to_owned()),
            "a" => {
                let own = base.map(|base| format!("{base}#"));
                let href = element.attr("href").map(absolute);
                // Links within a post are of use on its page alone.
                let is_away = |href: &String| own.is_none_or(|own| !href.starts_with(&own));
                links.extend(href.filter(is_away));
            }
            "img" => images.extend(element.attr("src").map(absolute)),
            "td" | "th" => tables.push(text(node).trim().to_owned()),
            _ => {}
        }
    }
}

/// All text in a node.
fn text(node: ego_tree::NodeRef<'_, Node>) -> String {
    let parts = node.descendants().filter_map(|node| node.value().as_text());
    parts.map(|text| text.to_string()).collect()
}

/// Whether a text is one that no browser shows.
fn is_hidden(node: ego_tree::NodeRef<'_, Node>) -> bool {
    const HIDDEN: [&str; 5] = ["script", "style", "svg", "template", "button"];
    node.ancestors().any(|above| {
        let element = above.value().as_element();
        element.is_some_and(|element| HIDDEN.contains(&element.name()))
    })
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 29] = [
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}

/// Where two lists part, with a little of what stands around.
fn difference(ours: &[String], theirs: &[String]) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let equal = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let shown = |list: &[String]| {
        let part = list.iter().skip(equal.saturating_sub(3)).take(12);
        part.cloned().collect::<Vec<_>>().join(" ¦ ")
    };
    Some(format!(
        "  ours ({}):   {}\n  theirs ({}): {}",
        ours.len(),
        shown(ours),
        theirs.len(),
        shown(theirs)
    ))
}
