//! Who reads the feeds, and what they make of every state of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde_json::Value;

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub id: String,
    pub link: String,
    pub title: String,
    pub date: NaiveDateTime,
    /// All of it, byte for byte.
    pub raw: String,
    /// The post that it shows.
    pub number: usize,
}

/// The entries of a feed of any format; which posts they show is not known yet.
pub fn entries(path: &str, text: &str) -> Result<Vec<Entry>, String> {
    if path.ends_with(".json") {
        let feed: Value = serde_json::from_str(text).map_err(|error| format!("{path}: {error}"))?;
        let items = feed["items"].as_array().ok_or("no items")?;
        let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let entry = |item: &Value| {
            let date = text(item, "date_published");
            entry(
                [text(item, "id"), text(item, "url"), text(item, "title")],
                chrono::DateTime::parse_from_rfc3339(&date),
                item.to_string(),
            )
        };
        return items.iter().map(entry).collect();
    }
    let document = roxmltree::Document::parse(text).map_err(|error| format!("{path}: {error}"))?;
    let found = document.descendants();
    let found = found.filter(|node| ["item", "entry"].contains(&node.tag_name().name()));
    found
        .map(|node| {
            let child = |name: &str| node.children().find(|child| child.has_tag_name(name));
            let atom = |name: &str| {
                let mut all = node.children();
                all.find(|child| child.tag_name().name() == name && child.is_element())
            };
            let text = |found: Option<roxmltree::Node<'_, '_>>| {
                found
                    .and_then(|node| node.text())
                    .unwrap_or_default()
                    .to_owned()
            };
            let raw = document.input_text()[node.range()].to_owned();
            if node.tag_name().name() == "item" {
                let date = text(child("pubDate"));
                let date = chrono::DateTime::parse_from_rfc2822(&date);
                let known = [
                    text(child("guid")),
                    text(child("link")),
                    text(child("title")),
                ];
                return entry(known, date, raw);
            }
            let link = atom("link").and_then(|link| link.attribute("href"));
            let link = link.unwrap_or_default().to_owned();
            let date = text(atom("published"));
            let date = chrono::DateTime::parse_from_rfc3339(&date);
            entry([text(atom("id")), link, text(atom("title"))], date, raw)
        })
        .collect()
}

fn entry(
    [id, link, title]: [String; 3],
    date: chrono::ParseResult<chrono::DateTime<chrono::FixedOffset>>,
    raw: String,
) -> Result<Entry, String> {
    Ok(Entry {
        date: date.map_err(|error| format!("{id}: {error}"))?.naive_utc(),
        id,
        link,
        title,
        raw,
        number: 0,
    })
}

/// What a reader saw that should not have been.
#[derive(Debug, Clone, PartialEq)]
pub enum Wrong {
    /// A post came again under another key.
    Double {
        number: usize,
        before: Vec<String>,
        now: String,
    },
    /// A post stands under a key that is known for another one.
    Swallowed {
        number: usize,
        other: usize,
        key: String,
    },
}

/// Somebody who knows entries by a key: an id, a link, or whatever.
#[derive(Debug, Default)]
pub struct Reader {
    known: BTreeMap<String, usize>,
    told: BTreeMap<usize, Vec<String>>,
    /// The posts that stand in the feed.
    standing: BTreeSet<usize>,
}

impl Reader {
    /// Reads a state of the feed. `forgets`: a post that stood in no feed just before may come
    /// again, for nobody remembers it.
    pub fn read<'a>(
        &mut self,
        entries: impl Iterator<Item = &'a Entry>,
        key: impl Fn(&Entry) -> String,
        forgets: bool,
    ) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut standing = BTreeSet::new();
        for entry in entries {
            let (number, key) = (entry.number, key(entry));
            standing.insert(number);
            match self.known.get(&key) {
                Some(&other) if other == number => continue,
                Some(&other) => {
                    wrong.push(Wrong::Swallowed {
                        number,
                        other,
                        key: key.clone(),
                    });
                }
                None => {
                    let before = self.told.get(&number).cloned().unwrap_or_default();
                    let is_known = !forgets || self.standing.contains(&number);
                    if is_known && !before.is_empty() {
                        wrong.push(Wrong::Double {
                            number,
                            before,
                            now: key.clone(),
                        });
                    }
                }
            }
            // Said once, it is what this reader knows now.
            self.known.insert(key.clone(), number);
            self.told.entry(number).or_default().push(key);
        }
        self.standing = standing;
        wrong
    }

    /// The keys under which a post came.
    pub fn keys(&self, number: usize) -> &[String] {
        self.told.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The post that is known by this key.
    pub fn known(&self, key: &str) -> Option<usize> {
        self.known.get(key).copied()
    }
}

/// Somebody who sends what is dated after the last time, as Mailchimp does.
#[derive(Debug, Default)]
pub struct Sender {
    last: NaiveDateTime,
    sent: BTreeSet<usize>,
    pub doubles: usize,
}

impl Sender {
    pub fn read<'a>(&mut self, entries: impl Iterator<Item = &'a Entry>, now: NaiveDateTime) {
        for entry in entries.filter(|entry| entry.date > self.last) {
            if !self.sent.insert(entry.number) {
                self.doubles += 1;
            }
        }
        self.last = now;
    }

    pub fn has(&self, number: usize) -> bool {
        self.sent.contains(&number)
    }
}
