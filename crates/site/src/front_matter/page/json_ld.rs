//! Finds in the linked data of a page what it says of the post that the page shows.

use serde_json::{Map, Value as Json};

use crate::front_matter::Value;

use super::scan::ARTICLES;

/// Names of properties, and what they say.
pub(super) type Properties = Vec<(&'static str, Value)>;

/// The properties that are read.
const PROPERTIES: [&str; 11] = [
    "headline",
    "name",
    "datePublished",
    "dateCreated",
    "dateModified",
    "author",
    "keywords",
    "articleSection",
    "description",
    "image",
    "inLanguage",
];

/// Types of schema.org whose dates are not when a page was published.
const OTHERS: [&str; 5] = ["Event", "JobPosting", "Product", "Course", "Offer"];

/// What scripts of linked data have.
pub(super) enum Found {
    /// Nothing of a post.
    Nothing,
    /// One post.
    Post(Properties),
    /// Something that cannot be read.
    Broken,
    /// Something that has dates of another kind.
    Other,
    /// Several, of which none is the page's own.
    Several,
}

/// Finds the post that a page shows which has this address and this title, if it says them.
pub(super) fn find(scripts: &[String], canonical: Option<&str>, title: Option<&str>) -> Found {
    let read = scripts
        .iter()
        .map(|script| serde_json::from_str(script.trim()));
    let documents: Vec<Json> = read.filter_map(Result::ok).collect();
    let mut nodes = Vec::new();
    for document in &documents {
        collect(document, &mut nodes);
    }
    let mut posts: Vec<&Map<String, Json>> = nodes
        .iter()
        .copied()
        .filter(|node| is_article(node))
        .collect();
    if posts.len() > 1 {
        let is_own = |node: &&Map<String, Json>| {
            canonical.is_some_and(|canonical| addresses(node).any(|own| is_same(own, canonical)))
        };
        let has_title = |node: &&Map<String, Json>| {
            let names = [node.get("headline"), node.get("name")];
            let mut names = names.into_iter().flatten().filter_map(Json::as_str);
            names.any(|name| {
                !name.trim().is_empty() && title.is_some_and(|title| title.contains(name.trim()))
            })
        };
        let own = posts.iter().copied().find(is_own);
        match own.or_else(|| posts.iter().copied().find(has_title)) {
            Some(own) => posts = vec![own],
            None => return Found::Several,
        }
    }
    if posts.is_empty() && nodes.iter().any(|node| is_of(node, &OTHERS)) {
        return Found::Other;
    }
    let Some(post) = posts.first() else {
        let is_broken = documents.len() < scripts.len();
        return if is_broken {
            Found::Broken
        } else {
            Found::Nothing
        };
    };
    let properties = PROPERTIES.into_iter().filter_map(|name| {
        let value = value_of(name, post.get(name)?, &nodes)?;
        Some((name, value))
    });
    Found::Post(properties.collect())
}

/// The objects that a document describes, and not those that they are made of.
fn collect<'j>(json: &'j Json, nodes: &mut Vec<&'j Map<String, Json>>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect(item, nodes)),
        Json::Object(node) => {
            nodes.push(node);
            for inner in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = node.get(inner) {
                    collect(inner, nodes);
                }
            }
        }
        _ => {}
    }
}

fn is_article(node: &Map<String, Json>) -> bool {
    is_of(node, &ARTICLES)
}

/// Whether a node is of one of these types.
fn is_of(node: &Map<String, Json>, types: &[&str]) -> bool {
    texts(node.get("@type")).any(|kind| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
        types.contains(&kind)
    })
}

/// The texts of a value that is one or several.
fn texts(json: Option<&Json>) -> impl Iterator<Item = &str> {
    let several = json.and_then(Json::as_array).into_iter().flatten();
    json.into_iter().chain(several).filter_map(Json::as_str)
}

fn addresses(node: &Map<String, Json>) -> impl Iterator<Item = &str> {
    let page = node.get("mainEntityOfPage");
    let of_page = page.and_then(|page| page.get("@id").or_else(|| page.get("url")));
    [node.get("url"), node.get("@id"), page, of_page]
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
}

fn is_same(one: &str, other: &str) -> bool {
    let plain = |url: &str| {
        let url = url.split('#').next().unwrap_or_default();
        url.trim_end_matches('/').to_owned()
    };
    plain(one) == plain(other)
}

/// What a property says, as front matter would have it.
fn value_of(name: &str, json: &Json, nodes: &[&Map<String, Json>]) -> Option<Value> {
    match name {
        "author" => {
            let people: Vec<Value> = items(json).filter_map(|item| person(item, nodes)).collect();
            (!people.is_empty()).then_some(Value::List(people))
        }
        "image" => {
            let first = items(json).next()?;
            let url = first.get("url").or_else(|| first.get("contentUrl"));
            let url = url.unwrap_or(first).as_str()?;
            Some(Value::String(url.to_owned()))
        }
        "keywords" | "articleSection" => {
            let words = items(json).filter_map(|item| {
                let name = item.get("name").unwrap_or(item);
                name.as_str()
            });
            let words: Vec<Value> = words
                .flat_map(|words| words.split(','))
                .map(|word| Value::String(word.trim().to_owned()))
                .collect();
            Some(Value::List(words))
        }
        _ => items(json)
            .find_map(Json::as_str)
            .map(|text| Value::String(text.to_owned())),
    }
}

/// A value alone, or those of a list.
fn items(json: &Json) -> impl Iterator<Item = &Json> {
    let several = json.as_array().into_iter().flatten();
    std::iter::once(json)
        .filter(|json| !json.is_array())
        .chain(several)
}

/// A person, who may be described elsewhere in the page.
fn person(json: &Json, nodes: &[&Map<String, Json>]) -> Option<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    if let Some(name) = json.as_str() {
        return Some(text(name));
    }
    let node = json.as_object()?;
    let is_same = |other: &&&Map<String, Json>| {
        other.get("@id").is_some() && other.get("@id") == node.get("@id")
    };
    let name = |node: &Map<String, Json>| Some(node.get("name")?.as_str()?.to_owned());
    let elsewhere = || nodes.iter().filter(is_same).find_map(|other| name(other));
    let name = name(node).or_else(elsewhere)?;
    let mut person = vec![("name".to_owned(), text(&name))];
    if let Some(url) = node.get("url").and_then(Json::as_str) {
        person.push(("url".to_owned(), text(url)));
    }
    Some(Value::Map(person))
}
