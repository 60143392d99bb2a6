//! What a feed says of the episodes of a podcast, in the form that front matter has it.

use rss::extension::itunes::ITunesItemExtension;
use rss::extension::{Extension, ExtensionMap};
use serde_json::{Map, Value};

/// What Apple's elements say, by their names.
pub(super) fn itunes(said: ITunesItemExtension) -> Map<String, Value> {
    // The library knows no `itunes:title`.
    let texts = [
        ("image", said.image),
        ("explicit", said.explicit),
        ("episode", said.episode),
        ("season", said.season),
        ("episodeType", said.episode_type),
        ("block", said.block),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        Some((name.to_owned(), Value::from(text.trim())))
    });
    texts.collect()
}

/// What the elements of the Podcasting 2.0 namespace say: a text, or a map of attributes in which the
/// text is the name, as of a person, or the number of a season.
pub(super) fn podcast(all: &ExtensionMap) -> Map<String, Value> {
    let own = all.get("podcast").into_iter().flatten();
    // Apple's elements say the same of these in one form alone.
    let own = own.filter(|(name, _)| !matches!(name.as_str(), "episode" | "image" | "images"));
    own.filter_map(|(name, elements)| {
        let values: Vec<Value> = elements.iter().filter_map(|one| value(name, one)).collect();
        match values.len() {
            0 => None,
            1 => Some((name.clone(), values.into_iter().next()?)),
            _ => Some((name.clone(), values.into())),
        }
    })
    .collect()
}

fn value(name: &str, element: &Extension) -> Option<Value> {
    let text = element.value.as_deref().map(str::trim);
    let text = text.filter(|text| !text.is_empty());
    if element.attrs.is_empty() && element.children.is_empty() {
        return text.map(Value::from);
    }
    let attributes = element.attrs.iter();
    let mut map: Map<String, Value> = attributes
        .map(|(key, value)| (snake(key), Value::from(value.trim())))
        .collect();
    if let Some(text) = text {
        let key = if name == "season" { "number" } else { "name" };
        // A season has its name in an attribute.
        map.entry(key).or_insert_with(|| text.into());
    }
    let children = |name: &str| element.children.get(name).into_iter().flatten();
    let source = children("source")
        .next()
        .and_then(|source| source.attrs.get("uri"));
    if let Some(uri) = source {
        map.insert("uri".to_owned(), uri.as_str().into());
    }
    let recipients = children("valueRecipient").map(|one| {
        let attributes = one.attrs.iter();
        let attributes = attributes.map(|(key, value)| match value.parse::<u32>() {
            Ok(number) if key == "split" => (snake(key), number.into()),
            _ if key == "fee" => (snake(key), Value::from(value == "true")),
            _ => (snake(key), Value::from(value.as_str())),
        });
        Value::Object(attributes.collect())
    });
    let recipients: Vec<Value> = recipients.collect();
    if !recipients.is_empty() {
        let suggested = map.remove("suggested");
        let number = suggested.and_then(|text| text.as_str()?.parse::<f64>().ok());
        map.extend(number.map(|number| ("suggested".to_owned(), number.into())));
        map.insert("recipients".to_owned(), recipients.into());
    }
    Some(Value::Object(map))
}

/// `customKey` as settings have it: `custom_key`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
