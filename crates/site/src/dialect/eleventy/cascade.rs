//! Joins the front matter of a page and the data files that apply to it, as Eleventy's data
//! cascade does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::front_matter::{Field, FrontMatter, Value};

/// The data of all data files, for the pages of a folder or for one page.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) folders: HashMap<PathBuf, Layer>,
    /// By path without extension.
    pub(super) files: HashMap<PathBuf, Layer>,
    /// Those of layouts, by the names that pages call them.
    pub(super) layouts: HashMap<String, Layer>,
    /// Those that all pages have.
    pub(super) global: Layer,
}

/// The data of the data files for one folder or page.
#[derive(Debug, Default, Clone)]
pub(super) struct Layer {
    pub(super) values: Vec<(String, Value)>,
    /// The file whose code computes the permalink.
    pub(super) computed: Option<String>,
}

/// The values of a page, from all data files and its front matter.
pub(super) struct Cascade {
    pub(super) front_matter: FrontMatter,
    /// The tags that data files give.
    pub(super) inherited: Vec<String>,
    pub(super) computed: Option<String>,
}

/// How many layouts may stand in one another.
const MOST_LAYOUTS: usize = 20;

impl Layer {
    /// The layout that it gives to pages.
    fn layout(&self) -> Option<String> {
        let (_, value) = self.values.iter().find(|(key, _)| key == "layout")?;
        value.as_text()
    }

    /// Merges a stronger layer into this one; tags add up.
    pub(super) fn lay(&mut self, over: Layer) {
        for (key, value) in over.values {
            match self.values.iter_mut().find(|(known, _)| *known == key) {
                Some((_, own)) if key == "tags" => {
                    let all = own.items().iter().chain(value.items()).cloned().collect();
                    *own = Value::List(all);
                }
                Some((_, own)) => *own = value,
                None => self.values.push((key, value)),
            }
        }
        if over.computed.is_some() {
            self.computed = over.computed;
        }
    }
}

impl Data {
    /// The layers of a page, from the weakest to the strongest: global data, its layouts, its folders
    /// and its own files.
    fn layers(&self, path: &Path, front_matter: &FrontMatter) -> Vec<&Layer> {
        let own = self.own_layers(path);
        let mut name = front_matter
            .get("layout")
            .and_then(|field| field.value.as_text());
        let mut layers = own.iter().rev().copied().chain([&self.global]);
        name = name.or_else(|| layers.find_map(Layer::layout));
        let mut layouts: Vec<&Layer> = Vec::new();
        while let Some(layout) = name.and_then(|name| self.layouts.get(&name)) {
            if layouts.len() == MOST_LAYOUTS {
                break;
            }
            layouts.push(layout);
            name = layout.layout();
        }
        let layouts = layouts.into_iter().rev();
        [&self.global]
            .into_iter()
            .chain(layouts)
            .chain(own)
            .collect()
    }

    /// The layers of the data files for a page.
    fn own_layers(&self, path: &Path) -> Vec<&Layer> {
        let mut folders: Vec<&Path> = path.ancestors().skip(1).collect();
        folders.reverse();
        let above = folders
            .into_iter()
            .filter_map(|folder| self.folders.get(folder));
        above
            .chain(self.files.get(&path.with_extension("")))
            .collect()
    }

    /// The values of a page: its own front matter goes before the data files, and those of its
    /// own before those of folders. Tags add up.
    pub(super) fn cascade(&self, path: &Path, front_matter: &FrontMatter) -> Cascade {
        let layers = self.layers(path, front_matter);
        let mut all = front_matter.clone();
        for field in &mut all.fields {
            if let Some(key) = field.key.strip_prefix("override:") {
                field.key = key.to_owned();
            }
        }
        take_computed(&mut all);
        // What computes for all pages goes before what a page says.
        let computed = self.global.computed.clone();
        let computed = computed.or_else(|| computed_permalink(&layers, &all));
        for layer in layers.iter().rev() {
            for (key, value) in layer.values.iter().filter(|(key, _)| key != "tags") {
                all.add_missing(key, value.clone(), (0, 0));
            }
        }
        let inherited = if front_matter.get("override:tags").is_some() {
            Vec::new()
        } else {
            tags(&layers)
        };
        add_tags(&mut all, &inherited);
        Cascade {
            front_matter: all,
            inherited: inherited.iter().filter_map(Value::as_filled_text).collect(),
            computed,
        }
    }
}

/// Puts the permalink that a page computes by a template in place of its other one.
fn take_computed(front_matter: &mut FrontMatter) {
    let computed = front_matter.get("eleventyComputed");
    let Some((value, line, column)) = computed.and_then(|field| {
        let value = field.value.at(&["permalink"])?;
        (*value != Value::Null).then(|| (value.clone(), field.line, field.column))
    }) else {
        return;
    };
    front_matter.fields.retain(|field| field.key != "permalink");
    front_matter.add_missing("permalink", value, (line, column));
}

/// The tags that layers give, from the weakest to the strongest.
fn tags(layers: &[&Layer]) -> Vec<Value> {
    let values = layers.iter().flat_map(|layer| {
        // Of several in one layer, the last goes first.
        layer.values.iter().rev()
    });
    let tags = values.filter(|(key, _)| key == "tags");
    tags.flat_map(|(_, value)| value.items()).cloned().collect()
}

/// Puts inherited tags before those of a page.
fn add_tags(front_matter: &mut FrontMatter, inherited: &[Value]) {
    if inherited.is_empty() {
        return;
    }
    let mut fields = front_matter.fields.iter_mut();
    match fields.find(|field| field.key == "tags") {
        Some(field) => {
            let own = split(&field.value);
            field.value = Value::List(inherited.iter().cloned().chain(own).collect());
        }
        None => front_matter.fields.push(Field {
            key: "tags".to_owned(),
            value: Value::List(inherited.to_vec()),
            line: 0,
            column: 0,
            quoted: false,
        }),
    }
}

/// The file whose code computes the permalink of a page, unless something stronger names one.
fn computed_permalink(layers: &[&Layer], front_matter: &FrontMatter) -> Option<String> {
    let mut fields = front_matter.fields.iter();
    if fields.any(|field| field.key == "permalink") {
        return None;
    }
    let is_permalink = |(key, _): &(String, Value)| key == "permalink";
    let mut layers = layers.iter().rev();
    let strongest =
        layers.find(|layer| layer.computed.is_some() || layer.values.iter().any(is_permalink));
    strongest?.computed.clone()
}

/// The tags of one page; a string is split at commas.
fn split(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => text
            .split(',')
            .map(|name| Value::String(name.trim().to_owned()))
            .collect(),
        other => other.items().to_vec(),
    }
}
