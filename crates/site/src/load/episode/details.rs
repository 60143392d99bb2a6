//! Reads which place an episode is about, under which license it is, and whom apps pay.

use feedwright_base::text::plain;
use feedwright_feed::podcast::{License, Location as Place, Value as Payment};
use url::Url;

use crate::config::podcast::{self, location, of_value};
use crate::front_matter::Value;
use crate::settings::{FullLocation, LocationSettings};

use super::super::normalize::Normalize;
use super::names::Names;

impl Normalize<'_> {
    /// The place that it is about.
    pub(super) fn location(&mut self, names: &Names<'_>) -> Option<Place> {
        let said = names.any(&["location"])?;
        let name = said.value.as_filled_text();
        let settings = LocationSettings::Full(FullLocation {
            name: name.or_else(|| said.value.named_text(&["name", "title"]))?,
            geo: said.value.named_text(&["geo"]),
            osm: said.value.named_text(&["osm"]),
            country: said.value.named_text(&["country"]),
        });
        let (place, wrong) = location(&settings);
        for (key, text) in wrong {
            let what = format!("has `{key}: {text}`, which is no place as apps know it");
            let help = "write `geo: 30.2672,-97.7431`, `osm: R113314` and `country: US`";
            self.unread(said, &what, help);
        }
        Some(place).filter(|place| !place.name.is_empty())
    }

    /// What may be done with it.
    pub(super) fn license(&mut self, names: &Names<'_>) -> Option<License> {
        let said = names.any(&["license", "licence"])?;
        let url = said.value.named_text(&["url", "href"]);
        let url = url
            .and_then(|url| Url::parse(&url).ok())
            .filter(|url| self.is_secure(url));
        let name = said.value.as_filled_text();
        let name = name.or_else(|| said.value.named_text(&["name", "title", "id"]))?;
        match url {
            Some(url) => Some(License {
                name: plain(&name),
                url: Some(url),
            }),
            None => {
                let known = podcast::license(&name);
                if known.is_none() {
                    let help = "write `license: {name: …, url: https://…}`";
                    self.unread(said, "is no license that apps know by its name", help);
                }
                known
            }
        }
    }

    /// Whom apps pay.
    pub(super) fn payment(&mut self, names: &Names<'_>) -> Option<Payment> {
        let said = names.own(&["value"])?;
        let read = serde_json::from_value(json(said.value));
        match read {
            Ok(settings) => Some(of_value(&settings)).filter(|value| !value.recipients.is_empty()),
            Err(mistake) => {
                let what = format!("cannot be read ({mistake})");
                let help = "write `type`, `method` and `recipients`, each with `type`, `address` and `split`";
                self.unread(said, &what, help);
                None
            }
        }
    }
}

/// A value in the form that settings are read from.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(text) => text
            .parse()
            .map_or_else(|_| text.as_str().into(), serde_json::Value::Number),
        Value::String(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), json(value)));
            serde_json::Value::Object(entries.collect())
        }
    }
}
