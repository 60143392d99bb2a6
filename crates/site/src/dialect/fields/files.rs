//! Reads the files that front matter names: the image and enclosures.

use crate::dialect::{EnclosureText, Text};
use crate::front_matter::{Field, FrontMatter, Value};

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
    Some(Text {
        text: found?,
        line: field.line,
        column: field.column,
    })
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
    let place = |text: String| Text {
        text,
        line: field.line,
        column: field.column,
    };
    let number = |value: Option<&Value>| {
        value
            .and_then(Value::as_filled_text)
            .and_then(|text| text.replace(['_', ','], "").parse().ok())
    };
    // Beside a bare URL, its facts stand in keys of their own.
    let beside = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| front_matter.get(key))
            .map(|f| &f.value)
    };
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
                    duration: any(&["duration", "duration_in_seconds"]).and_then(seconds),
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
                duration: beside(&["duration", "podcast_duration", "audio_duration"])
                    .and_then(seconds),
            }),
        })
        .collect()
}

/// A duration in seconds, written as seconds or as `H:MM:SS` or `MM:SS`.
pub fn seconds(value: &Value) -> Option<u64> {
    let text = value.as_filled_text()?;
    text.split(':').try_fold(0_u64, |total, part| {
        total
            .checked_mul(60)?
            .checked_add(part.trim().parse().ok()?)
    })
}
