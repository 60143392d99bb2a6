//! Reads a JSON array of posts, and JSON Feed, item by item.

use std::fmt;
use std::io::Read;

use feedwright_feed::Person;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::settings::SiteDefaults;

use super::spool::Spool;

/// Puts all items of a stream into records, and returns what it says of the site.
pub(super) fn items(reader: impl Read, spool: &mut Spool) -> serde_json::Result<SiteDefaults> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    let defaults = Whole(spool).deserialize(&mut json)?;
    json.end()?;
    Ok(defaults)
}

/// An array of items, or an object that has one.
struct Whole<'a>(&'a mut Spool);

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = SiteDefaults;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<SiteDefaults, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = SiteDefaults;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of posts or a JSON Feed")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<SiteDefaults, A::Error> {
        Items(self.0).visit_seq(seq)?;
        Ok(SiteDefaults::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SiteDefaults, A::Error> {
        let mut defaults = SiteDefaults::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "items" => map.next_value_seed(Items(self.0))?,
                "title" => defaults.title = text(map.next_value()?),
                "description" => defaults.description = text(map.next_value()?),
                "language" => defaults.language = text(map.next_value()?),
                "home_page_url" => defaults.url = text(map.next_value()?),
                "authors" => defaults.authors = people(&map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(defaults)
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        _ => None,
    }
}

fn people(value: &Value) -> Vec<Person> {
    let all = value.as_array().into_iter().flatten();
    let person = |value: &Value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Person {
            name: text("name").filter(|name| !name.trim().is_empty())?,
            email: None,
            url: text("url"),
            avatar: text("avatar"),
        })
    };
    all.filter_map(person).collect()
}

/// The items, each of which is in memory alone.
struct Items<'a>(&'a mut Spool);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of posts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(item) = seq.next_element::<Box<RawValue>>()? {
            self.0.line(item.get()).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
