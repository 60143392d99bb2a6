//! Reads the posts that a page marks by microformats and microdata.

use feedwright_base::html::tokens::{Tag, attribute};

use super::reader::{Item, Reader, Wanted, filled};
use super::scan::{ARTICLES, Entry};

impl Reader {
    /// Adds what an element says of the entry that it stands in.
    fn properties(&mut self, tag: &Tag, classes: &[&str], at: usize, depth: usize) {
        let get = |name| filled(tag, name);
        let Some(entry) = self.scan.entries.get_mut(at) else {
            return;
        };
        let is_property = |class: &&str| {
            let kind = class.split('-').next().unwrap_or_default();
            matches!(kind, "p" | "u" | "dt") && class.len() > kind.len()
        };
        let names: Vec<&str> = match entry.is_microdata {
            true => get("itemprop")
                .unwrap_or_default()
                .split_whitespace()
                .collect(),
            false => classes.iter().copied().filter(is_property).collect(),
        };
        for name in names {
            let value = match &*tag.name {
                "time" | "abbr" => get("datetime").or_else(|| get("title")),
                "img" | "audio" | "video" => get("src"),
                "a" | "link" if name.starts_with("u-") || name == "url" => get("href"),
                _ => get("content"),
            };
            match value {
                Some(value) => entry.properties.push((name.to_owned(), value.to_owned())),
                // The whole text of a post says nothing of it.
                None if matches!(name, "articleBody" | "p-content") => {}
                None => {
                    let wanted = Wanted::Property(at, name.to_owned());
                    self.texts.push((depth, wanted, String::new()));
                }
            }
        }
    }

    /// Whose the properties inside of an element are, and which properties it is itself.
    pub(super) fn item(
        &mut self,
        tag: &Tag,
        outer: Item,
        depth: usize,
        part: Option<usize>,
    ) -> Item {
        let get = |name| filled(tag, name);
        let classes: Vec<&str> = get("class")
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        if let Item::Entry(entry) = outer {
            self.properties(tag, &classes, entry, depth);
        }
        let kind = get("itemtype").and_then(|kind| kind.rsplit('/').next());
        let is_entry = classes.contains(&"h-entry");
        let is_article = kind.is_some_and(|kind| ARTICLES.contains(&kind));
        if is_entry || is_article {
            // A page may say both of one element.
            self.scan.entries.push(Entry {
                properties: Vec::new(),
                is_microdata: !is_entry,
                part,
            });
            return Item::Entry(self.scan.entries.len() - 1);
        }
        let is_other = attribute(tag, "itemscope").is_some()
            || classes
                .iter()
                .any(|class| matches!(*class, "h-card" | "h-cite" | "h-app"));
        if is_other { Item::Other } else { outer }
    }
}
