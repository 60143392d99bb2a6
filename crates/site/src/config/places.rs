//! Where a setting stands in the text of the configuration.

use std::fmt;
use std::path::PathBuf;

use feedwright_base::diagnostic::Location;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::front_matter::{position, without_mark, yaml_mistake};

/// The settings as they are written, by which a message says where one of them stands.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The file, as messages name it; `None` where there is none.
    pub(super) file: Option<PathBuf>,
    pub(super) text: String,
}

impl Written {
    /// The place of a setting such as `feeds.extra[0].tags`, or the file where it says nothing of it.
    /// `None` where there is no file.
    pub fn place(&self, key: &str) -> Option<Location> {
        let file = self.file.as_ref()?;
        let (line, column) = find(&self.text, key).unwrap_or_default();
        Some(Location::at(file, line, column))
    }

    /// The place of an item of a list.
    pub fn place_of_item(&self, key: &str, item: usize) -> Option<Location> {
        self.place(&format!("{key}[{item}]"))
    }
}

/// What is said at the end of the way, and by the parser of a plain value there.
const WANTED: &str = "the value that is looked for";

/// The line and column of the value of a setting.
fn find(text: &str, key: &str) -> Option<(usize, usize)> {
    let parts: Vec<&str> = key
        .split(['.', '[', ']'])
        .filter(|part| !part.is_empty())
        .collect();
    // The parser knows all ways to write YAML, and names places only of mistakes: so the value that is
    // looked for is one.
    let read = serde_yaml::Deserializer::from_str(without_mark(text));
    let found = Way(&parts).deserialize(read).err()?;
    let at = yaml_mistake(text, &found).filter(|_| found.to_string().contains(WANTED))?;
    Some(position(text, at))
}

/// The way that leads from a value to one inside of it, at whose end reading fails.
struct Way<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Way<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Way<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WANTED)
    }

    /// An empty value has nothing inside.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.0 {
            [] => Err(E::custom(WANTED)),
            _ => Ok(()),
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.0.split_first() else {
            return Err(A::Error::custom(WANTED));
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                map.next_value_seed(Way(rest))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.0.split_first() else {
            return Err(A::Error::custom(WANTED));
        };
        let wanted = wanted.parse().unwrap_or(usize::MAX);
        for _ in 0..wanted {
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        list.next_element_seed(Way(rest))?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_their_keys() {
        let check = |text: &str, key: &str, expected: Option<(usize, usize)>| {
            assert_eq!(find(text, key), expected, "{key} in {text}");
        };
        let block =
            "# a\nsite:\n  title: x\n  url: ftp://a\nfeeds:\n  hubs:\n    - one\n    - two\n";
        check(block, "site.url", Some((4, 8)));
        check(block, "feeds.hubs", Some((7, 5)));
        check(block, "feeds.hubs[1]", Some((8, 7)));
        check(block, "site.language", None);
        check(block, "guard.max_resent", None);
        let flow = "site: {title: ü, url: ftp://a}\nfeeds: {extra: [{slug: x, tags: 'a and'}]}\n";
        check(flow, "site.url", Some((1, 23)));
        check(flow, "feeds.extra[0].tags", Some((2, 33)));
        check("\u{feff}site: {url: a}", "site.url", Some((1, 14)));
        check("{\"site\":\n {\"url\": 5}}", "site.url", Some((2, 10)));
        check("a: &x {b: 1}\nsite: *x\n", "site.b", Some((1, 11)));
        check("site:\n  icon:\n", "site.icon", Some((2, 8)));
        check("", "site.url", None);
    }
}
