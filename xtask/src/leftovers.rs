//! Looks for marks in the bodies of feeds that no reader should see: Markdown, templates and attributes
//! that nothing read, and elements without content.

use std::collections::BTreeMap;
use std::path::PathBuf;

use regex::Regex;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use crate::Outcome;

/// Looks for marks in the bodies of JSON Feeds that no reader should see.
///
/// Code is not looked at. Fails where any is found.
#[derive(clap::Args)]
pub struct Arguments {
    /// JSON Feeds.
    #[arg(required = true)]
    feeds: Vec<PathBuf>,
    /// How many places are shown of each kind.
    #[arg(long, default_value_t = 5)]
    show: usize,
}

/// What marks look like, by kind.
const MARKS: [(&str, &str); 14] = [
    ("bold", r"\*\*\S|\S\*\*|(?:^|\s)__\S|\S__(?:\s|$)"),
    ("heading", r"(?m)^#{1,6} \S"),
    ("reference", r"\[[^\]\n]+\]\[[^\]\n]*\]"),
    ("definition", r"(?m)^\[[^\]\n]+\]: \S"),
    ("footnote", r"\[\^[^\]\s]+\]"),
    ("link", r"\]\([^)\s]+\)"),
    ("row of a table", r"(?m)^\|.*\|\s*$|^[|:\- ]*---[|:\- ]+\|"),
    ("container", r"(?m)^:::"),
    ("admonition", r"(?m)^(?:!!!|\?\?\?\+?) ?\w"),
    ("attributes", r"\{:[^}]*\}|\{[.#][\w-]+\}"),
    ("template", r"\{\{|\{%|\{#"),
    ("component", r"</?[A-Z]\w+[^>]*>"),
    (
        "shortcode",
        r"\[/?(?:caption|gallery|embed|video|audio)\b[^\]]*\]",
    ),
    ("fence", r"(?m)^(?:```|~~~)"),
];

/// Elements that show nothing when they hold nothing.
const SHOWN_BY_CONTENT: [&str; 16] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "em",
    "strong",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "table",
    "figcaption",
];

pub fn run(arguments: &Arguments) -> Outcome {
    let marks: Vec<(&str, Regex)> = MARKS
        .iter()
        .map(|(kind, pattern)| (*kind, Regex::new(pattern).expect("a pattern")))
        .collect();
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut posts = 0;
    for feed in &arguments.feeds {
        let text = std::fs::read_to_string(feed)
            .map_err(|error| format!("{}: {error}", feed.display()))?;
        let feed: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        for item in feed["items"].as_array().into_iter().flatten() {
            posts += 1;
            let html = item["content_html"].as_str().unwrap_or_default();
            let url = item["url"].as_str().unwrap_or_default();
            for (kind, place) in leftovers(html, &marks) {
                found
                    .entry(kind)
                    .or_default()
                    .push(format!("{url}\n    {place}"));
            }
        }
    }
    println!("{posts} posts");
    for (kind, places) in &found {
        println!("\n{kind}: {}", places.len());
        for place in places.iter().take(arguments.show) {
            println!("  {place}");
        }
    }
    Ok(found.is_empty())
}

/// What is left over in a text, by kind, with what stands around it.
fn leftovers<'m>(html: &str, marks: &[(&'m str, Regex)]) -> Vec<(&'m str, String)> {
    let document = Html::parse_fragment(html);
    let mut found = Vec::new();
    for element in document.root_element().descendent_elements() {
        let name = element.value().name();
        if SHOWN_BY_CONTENT.contains(&name) && is_empty(element) {
            found.push(("empty element", format!("<{name}>")));
        }
    }
    let text = text(*document.root_element());
    for (kind, pattern) in marks {
        found.extend(pattern.find_iter(&text).map(|mark| {
            let from = text.floor_char_boundary(mark.start().saturating_sub(30));
            let to = text.ceil_char_boundary((mark.end() + 30).min(text.len()));
            (*kind, text[from..to].replace('\n', "⏎"))
        }));
    }
    found
}

/// Whether an element shows neither text nor a picture, film or sound.
fn is_empty(element: ElementRef<'_>) -> bool {
    let is_shown = |child: ElementRef<'_>| {
        matches!(
            child.value().name(),
            "img" | "video" | "audio" | "hr" | "input" | "picture"
        )
    };
    element.text().all(|text| text.trim().is_empty())
        && !element.descendent_elements().any(is_shown)
}

/// The text outside of code, each block in lines of its own.
fn text(node: ego_tree::NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    for child in node.children() {
        match child.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => match element.name() {
                "code" | "pre" | "kbd" | "samp" | "math" => out.push('\u{fffc}'),
                "br" => out.push('\n'),
                "em" | "strong" | "a" | "span" | "b" | "i" | "sup" | "sub" | "del" | "abbr" => {
                    out.push_str(&text(child));
                }
                _ => {
                    out.push('\n');
                    out.push_str(&text(child));
                    out.push('\n');
                }
            },
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_outside_of_code() {
        let marks: Vec<(&str, Regex)> = MARKS
            .iter()
            .map(|(kind, pattern)| (*kind, Regex::new(pattern).expect("a pattern")))
            .collect();
        let kinds = |html: &str| -> Vec<&str> {
            let found = leftovers(html, &marks);
            found.into_iter().map(|(kind, _)| kind).collect()
        };
        assert_eq!(kinds("<p>a **b c</p>"), ["bold"]);
        assert_eq!(kinds("<p>## a</p><p></p>"), ["empty element", "heading"]);
        assert_eq!(
            kinds("<p>[a][b] {: .x} {{ y }}</p>"),
            ["reference", "attributes", "template"]
        );
        assert_eq!(
            kinds("<p>&lt;Tabs&gt; [caption id=1]</p>"),
            ["component", "shortcode"]
        );
        assert!(kinds("<p>2 ** 3, a_b__c <code>**x** {{ y }}</code></p>").is_empty());
    }
}
