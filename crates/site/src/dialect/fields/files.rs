//! Reads the files that front matter names: the image and enclosures.

use crate::dialect::{DurationText, EnclosureText, Text};
use crate::front_matter::{Field, FrontMatter, Value};

use super::duration::seconds;

/// An image: a path or URL, or a map or list that holds one.
pub(super) fn image(field: &Field) -> Option<Text> {
    let mut value = &field.value;
    if let Value::List(items) = value {
        value = items.first()?;
    }
    let found = match value {
        Value::Map(_) => ["path", "src", "url", "feature", "file", "image"]
            .iter()
            .find_map(|key| value.text(&[key])),
        // `image: false` says that there is none.
        Value::Bool(_) => None,
        scalar => scalar.as_filled_text(),
    };
    Some(placed(found?, field))
}

/// Whether a value names a sound or a film: `file` may be anything.
pub fn is_media(value: &Value) -> bool {
    value.as_filled_text().is_some_and(|path| {
        let kind = mime_guess::from_path(path.split('?').next().unwrap_or_default()).first_raw();
        kind.is_some_and(|kind| kind.starts_with("audio/") || kind.starts_with("video/"))
    })
}

/// The attached files that a field names, as URLs or as maps.
pub(super) fn enclosures(field: &Field, front_matter: &FrontMatter) -> Vec<EnclosureText> {
    let place = |text: String| placed(text, field);
    let number = |value: Option<&Value>| {
        value
            .and_then(Value::as_filled_text)
            .and_then(|text| text.replace(['_', ','], "").parse().ok())
    };
    // Beside a bare URL, its facts stand in keys of their own.
    let field_beside = |keys: &[&str]| keys.iter().find_map(|key| front_matter.get(key));
    let beside = |keys: &[&str]| field_beside(keys).map(|field| &field.value);
    field
        .value
        .items()
        .iter()
        .filter_map(|item| match item {
            Value::Map(_) => {
                let any = |keys: &[&str]| keys.iter().find_map(|key| item.get(key));
                let url = any(&["url", "src", "href", "file", "path"])?.as_filled_text()?;
                Some(EnclosureText {
                    url: place(url),
                    length: number(any(&["length", "size", "bytes", "size_in_bytes"])),
                    media_type: any(&["type", "mime_type", "mime"]).and_then(Value::as_filled_text),
                    duration: any(&["duration", "duration_in_seconds"])
                        .and_then(|value| duration_of(value, field)),
                })
            }
            scalar => Some(EnclosureText {
                url: place(scalar.as_filled_text()?),
                length: number(beside(&[
                    "enclosure_length",
                    "length",
                    "podcast_bytes",
                    "audio_length",
                    "bytes",
                ])),
                media_type: beside(&["enclosure_type", "audio_type", "podcast_type"])
                    .and_then(Value::as_filled_text),
                duration: field_beside(&["duration", "podcast_duration", "audio_duration"])
                    .and_then(|field| duration_of(&field.value, field)),
            }),
        })
        .collect()
}

/// A text with the place of its field.
fn placed(text: String, field: &Field) -> Text {
    Text {
        text,
        line: field.line,
        column: field.column,
    }
}

fn duration_of(value: &Value, field: &Field) -> Option<DurationText> {
    duration(value, field.line, field.column)
}

/// How long a value of this place says that something plays. A list or map says nothing, nor does 0,
/// which programs write that do not know.
pub fn duration(value: &Value, line: usize, column: usize) -> Option<DurationText> {
    let text = value.as_filled_text()?;
    let seconds = seconds(&text);
    (seconds != Some(0)).then_some(DurationText {
        text: Text { text, line, column },
        seconds,
    })
}
