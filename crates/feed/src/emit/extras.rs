//! The elements of what few entries say, in RSS and Atom.

use std::collections::BTreeMap;

use feedwright_base::text::clean;

use crate::Format;
use crate::extras::{Extras, Point, Related, Relation};

use super::Element;

/// The elements of a format that stand in it under their own namespaces.
pub(super) fn elements(extras: &Extras, format: Format) -> Vec<Element> {
    let mut all = Vec::new();
    if format == Format::Rss {
        all.extend(extras.links.iter().filter_map(link));
    }
    if let Some(Point {
        latitude,
        longitude,
    }) = extras.point
    {
        let text = format!("{latitude} {longitude}");
        all.push(Element::new("georss:point", Some(&text)));
    }
    all.extend(extras.elements.iter().map(|own| {
        let name = format!("{}:{}", own.prefix, own.name);
        Element::new(&name, Some(&clean(&own.text)))
    }));
    all
}

/// A link as RSS has it; comments have an element of RSS itself.
fn link(link: &Related) -> Option<Element> {
    let url = link.url.as_str();
    match link.relation {
        Relation::Related | Relation::Via => Some(
            Element::new("atom:link", None)
                .with("href", Some(url))
                .with("rel", Some(link.relation.as_str())),
        ),
        Relation::License => Some(Element::new("creativeCommons:license", Some(url))),
        Relation::Comments => None,
    }
}

/// The site's own elements as JSON Feed has them: an object for each prefix, in which what stands more
/// than once is a list.
pub(super) fn objects(extras: &Extras) -> BTreeMap<String, serde_json::Value> {
    let mut all: BTreeMap<String, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for own in &extras.elements {
        let object = all.entry(format!("_{}", own.prefix)).or_default();
        object.entry(&own.name).or_default().push(&own.text);
    }
    let value = |texts: Vec<&str>| {
        let mut texts: Vec<String> = texts.iter().map(|text| clean(text).into_owned()).collect();
        match texts.len() {
            1 => texts.remove(0).into(),
            _ => serde_json::Value::from(texts),
        }
    };
    let object = |names: BTreeMap<&str, Vec<&str>>| {
        let names = names.into_iter();
        names
            .map(|(name, texts)| (name.to_owned(), value(texts)))
            .collect()
    };
    all.into_iter()
        .map(|(prefix, names)| (prefix, serde_json::Value::Object(object(names))))
        .collect()
}
