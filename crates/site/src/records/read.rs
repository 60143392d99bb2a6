//! Reads the line of a record again.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::reading;

use super::{Records, body};

/// What reading a record came to.
pub enum Text {
    /// The path is none of a record.
    None,
    /// Its line, and behind that its decoded text.
    Text(String),
    /// The record cannot be read; the diagnostics say why.
    Lost,
}

/// Reads a record: its line as it stands in the file, and below it the text of the post, so that it
/// looks like any post with front matter in JSON.
///
/// # Errors
///
/// A file that cannot be read.
pub fn text(records: &Records, path: &Path, diags: &mut Diagnostics) -> Result<Text, Error> {
    let Some((record, file)) = records.find(path) else {
        return Ok(Text::None);
    };
    let failed = |error| Error::io("read", &file.shown, error);
    let (mut opened, meta) = reading::regular(&file.real).map_err(failed)?;
    let mut bytes = vec![0; record.length];
    let is_same = (meta.len(), meta.modified().ok()) == file.stamp;
    if is_same {
        opened
            .seek(SeekFrom::Start(record.offset))
            .map_err(failed)?;
        opened.read_exact(&mut bytes).map_err(failed)?;
    }
    let line = String::from_utf8(bytes).ok().filter(|_| is_same);
    let Some(mut text) = line else {
        diags.error(
            "file-changed",
            Location::file(path),
            "the file changed while it was being read",
            "run feedwright again",
        );
        return Ok(Text::Lost);
    };
    let found = body::of(&text);
    if let Some(key) = found.wrong {
        diags.error(
            "record-text",
            Location::at(path, 1, 0),
            format!("`{key}` is no text"),
            format!("write the text of the post in quotes, or leave `{key}` out"),
        );
        return Ok(Text::Lost);
    }
    let body = found.text.map(std::borrow::Cow::into_owned);
    text.push('\n');
    text.push_str(&body.unwrap_or_default());
    Ok(Text::Text(text))
}
