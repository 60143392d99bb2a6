//! One value type for YAML, TOML and JSON.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::{bounds, without_mark};

/// A value as written, whatever language it was written in.
///
/// It differs from the value types of the three crates in that maps keep their order and their
/// duplicate keys, which the dialects judge differently: Jekyll takes the last, Hugo refuses.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// A number, as its language prints it.
    Number(String),
    String(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// A key without capitals and signs, as sites write it in several ways: `episodetype` for
/// `episode_type`, `episodeType` and `episode-type`.
pub fn bare(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Value {
    /// The text of a scalar; `None` for null, lists and maps.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(text) | Value::String(text) => Some(text.clone()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The text of a scalar, unless it is blank: authors write `permalink:` with nothing behind
    /// it and mean that there is none.
    pub fn as_filled_text(&self) -> Option<String> {
        self.as_text()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }

    /// A truth value. `yes`, `on` and `y` are true and `no`, `off` and `n` false, as in YAML 1.1,
    /// which Jekyll and Hugo read and where `draft: yes` is a draft.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            Value::Number(text) | Value::String(text) => {
                match text.trim().to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" | "y" | "1" => Some(true),
                    "false" | "no" | "off" | "n" | "0" => Some(false),
                    _ => None,
                }
            }
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The value of a map's key; the last one where the key is repeated.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The values of a path of keys, as `get(a)` then `get(b)`.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The non-blank text of the scalar behind a path of keys.
    pub fn text(&self, path: &[&str]) -> Option<String> {
        self.at(path).and_then(Value::as_filled_text)
    }

    /// The non-blank text behind the first of some bare keys of a map, however these are written there.
    pub fn named_text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let mut entries = self.entries().iter();
            entries.find_map(|(key, value)| {
                let is_it = bare(key) == *name;
                is_it.then(|| value.as_filled_text()).flatten()
            })
        })
    }

    /// The entries of a map; empty for anything else.
    pub fn entries(&self) -> &[(String, Value)] {
        match self {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; a scalar counts as a list of one, null as an empty one.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            Value::Null => &[],
            other => std::slice::from_ref(other),
        }
    }

    /// The value with all keys of its maps in lower case, for generators that do not tell
    /// `baseURL` from `baseurl`.
    pub fn with_lower_keys(self) -> Value {
        match self {
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.to_lowercase(), value.with_lower_keys()))
                    .collect(),
            ),
            Value::List(items) => {
                Value::List(items.into_iter().map(Value::with_lower_keys).collect())
            }
            other => other,
        }
    }

    /// Lays another value over this one: maps are joined, anything else is replaced.
    pub fn merge(&mut self, over: Value) {
        match (self, over) {
            (Value::Map(entries), Value::Map(over)) => {
                // To look through all keys for each other one would cost their product.
                let mut places: HashMap<String, usize> = HashMap::new();
                for (at, (key, _)) in entries.iter().enumerate() {
                    places.entry(key.clone()).or_insert(at);
                }
                for (key, value) in over {
                    match places.get(&key).and_then(|at| entries.get_mut(*at)) {
                        Some((_, own)) => own.merge(value),
                        None => {
                            places.insert(key.clone(), entries.len());
                            entries.push((key, value));
                        }
                    }
                }
            }
            (own, over) => *own = over,
        }
    }

    /// Applies YAML's merge key `<<`: its entries stand in for keys that the map lacks.
    fn merged(mut entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
        let Some(index) = entries.iter().position(|(key, _)| key == "<<") else {
            return entries;
        };
        let (_, merge) = entries.remove(index);
        let mut known: HashSet<String> = entries.iter().map(|(key, _)| key.clone()).collect();
        for map in merge.items() {
            for (key, value) in map.entries() {
                if known.insert(key.clone()) {
                    entries.push((key.clone(), value.clone()));
                }
            }
        }
        entries
    }
}

/// How much larger than its text a YAML document may become by its aliases, in bytes.
const MOST_EXPANDED: usize = 4 << 20;

/// Reads YAML, whose aliases could otherwise repeat a long text without end.
pub fn from_yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    let refused = <serde_yaml::Error as Error>::custom::<String>;
    if bounds::is_too_large(text) {
        return Err(refused(bounds::too_large()));
    }
    if bounds::nests_too_deeply(text) {
        return Err(refused("it nests too deeply to be read".to_owned()));
    }
    let budget = Cell::new(text.len() + MOST_EXPANDED);
    Seed(&budget).deserialize(serde_yaml::Deserializer::from_str(without_mark(text)))
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed(&Cell::new(usize::MAX)).deserialize(deserializer)
    }
}

/// Makes values while it may still spend bytes on them.
#[derive(Clone, Copy)]
struct Seed<'b>(&'b Cell<usize>);

impl Seed<'_> {
    fn spend<E: Error>(self, bytes: usize) -> Result<(), E> {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ())
            .ok_or_else(|| E::custom("its aliases make it too large"))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(format!("{value:?}")))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            self.spend(std::mem::size_of::<Value>())?;
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            let value = map.next_value_seed(self)?;
            // A list or map as a key names nothing that anybody asks for.
            if let Some(key) = key.as_text() {
                entries.push((key, value));
            }
        }
        Ok(Value::Map(Value::merged(entries)))
    }

    /// A YAML tag such as `!ruby/object`: the value counts, the tag does not.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, variant) = data.variant_seed(self)?;
        variant.newtype_variant_seed(self)
    }
}

impl From<toml::Value> for Value {
    fn from(value: toml::Value) -> Self {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => Value::Number(number.to_string()),
            toml::Value::Float(number) => Value::Number(format!("{number:?}")),
            toml::Value::Boolean(value) => Value::Bool(value),
            toml::Value::Datetime(datetime) => Value::String(datetime.to_string()),
            toml::Value::Array(items) => Value::List(items.into_iter().map(Value::from).collect()),
            toml::Value::Table(table) => Value::Map(
                table
                    .into_iter()
                    .map(|(key, value)| (key, Value::from(value)))
                    .collect(),
            ),
        }
    }
}
