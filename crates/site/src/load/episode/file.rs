//! Reads which file of sound or film an episode is, and which other files hold the same.

use feedwright_base::language::language_tag;
use feedwright_base::slice::Slice;
use feedwright_feed::Attachment;
use feedwright_feed::podcast::Alternate;
use url::Url;

use crate::config::Podcast;
use crate::dialect::{DurationText, EnclosureText, Text, fields};
use crate::front_matter::{Value, bare};

use super::super::files::media_type;
use super::super::normalize::Normalize;
use super::names::{Names, Said};

/// The keys that name the file where all that is said of an episode stands.
const OWN_FILE: [&str; 10] = [
    "file",
    "mp3",
    "audio",
    "audiofile",
    "filename",
    "url",
    "link",
    "enclosure",
    "mediaurl",
    "audiourl",
];

/// The keys that name the file elsewhere.
const FILE: [&str; 15] = [
    "mediaoverride",
    "externalmedia",
    "audio",
    "audiofile",
    "audiourl",
    "mp3",
    "mp3url",
    "mp3file",
    "episodefile",
    "episodeurl",
    "enclosureurl",
    "mediaurl",
    "media",
    "file",
    "video",
];

/// The keys that tell its size in bytes.
const LENGTH: [&str; 12] = [
    "length",
    "bytes",
    "size",
    "filesize",
    "audiosize",
    "audiolength",
    "audiobytes",
    "mp3bytes",
    "mp3size",
    "enclosurelength",
    "enclosurelengthbytes",
    "episodesize",
];

/// The keys that tell how long it plays.
const DURATION: [&str; 7] = [
    "duration",
    "durationseconds",
    "audioduration",
    "mp3duration",
    "episodeduration",
    "enclosureduration",
    "playtime",
];

/// The formats of files, that which all apps play first.
const FORMATS: [&str; 9] = [
    "mp3", "m4a", "aac", "mp4", "m4v", "ogg", "oga", "opus", "flac",
];

/// A file as front matter names it.
struct File {
    address: String,
    line: usize,
    column: usize,
    length: Option<u64>,
    duration: Option<DurationText>,
    media_type: Option<String>,
}

impl Normalize<'_> {
    /// The files of an episode: the one that apps play, with what else the post has, and the same in
    /// other formats. `enclosures` are what the post names as any other would.
    pub(super) fn episode_files(
        &mut self,
        names: &Names<'_>,
        podcast: &Podcast,
        enclosures: &[EnclosureText],
    ) -> (Vec<Attachment>, Vec<Alternate>) {
        let length = names.any(&LENGTH).map(|said| said.value);
        let duration = names.any(&DURATION);
        let (first, others) = match enclosures.split_first() {
            Some((first, _)) => {
                let file = File {
                    address: first.url.text.clone(),
                    line: first.url.line,
                    column: first.url.column,
                    length: first.length,
                    duration: first.duration.clone(),
                    media_type: first.media_type.clone(),
                };
                (Some(file), Vec::new())
            }
            None => files(names),
        };
        let Some(mut file) = first else {
            return (Vec::new(), Vec::new());
        };
        file.length = file.length.or_else(|| length.and_then(bytes));
        file.duration = file.duration.or_else(|| {
            let said = duration?;
            fields::duration(said.value, said.line, said.column)
        });
        // Some sites mean seconds by `length`.
        let seconds = file.duration.as_ref().and_then(|said| said.seconds);
        file.length = file.length.filter(|length| seconds != Some(*length));
        let mut attachments: Vec<Attachment> =
            self.episode_file(file, podcast).into_iter().collect();
        let rest = enclosures.iter().skip(1);
        attachments.extend(rest.filter_map(|enclosure| self.attachment(enclosure)));
        let mut alternates: Vec<Alternate> = others
            .into_iter()
            .filter_map(|file| self.episode_file(file, podcast))
            .map(alternate)
            .collect();
        alternates.extend(self.alternates(names));
        (attachments, alternates)
    }

    /// One file, at the address that apps get it from.
    fn episode_file(&mut self, file: File, podcast: &Podcast) -> Option<Attachment> {
        let address = self.below(podcast, &file.address);
        let enclosure = EnclosureText {
            url: Text {
                text: address,
                line: file.line,
                column: file.column,
            },
            length: file.length,
            media_type: file.media_type,
            duration: file.duration,
        };
        let attachment = self.attachment(&enclosure)?;
        Some(match &podcast.prefix {
            None => attachment,
            Some(prefix) => Attachment {
                url: measured(prefix, &attachment.url).unwrap_or(attachment.url),
                ..attachment
            },
        })
    }

    /// The address of a file that front matter names, where the podcast says below which address such
    /// files lie.
    pub(super) fn below(&self, podcast: &Podcast, named: &str) -> String {
        // A path that begins with a slash is one of the site.
        let is_url = named.contains("://") || named.starts_with('/');
        let is_of_site = || {
            let found = self.file_url(named);
            found.is_some_and(|(_, size)| size.is_some())
        };
        match &podcast.files {
            Some(base) if !is_url && !is_of_site() => join(base, named),
            _ => named.to_owned(),
        }
    }

    /// The same episode in other files, as apps that know of such choose among them.
    fn alternates(&mut self, names: &Names<'_>) -> Vec<Alternate> {
        let keys = [
            "alternateenclosures",
            "alternateenclosure",
            "alternates",
            "alternate",
        ];
        let items = names.any(&keys).map_or(&[][..], |said| said.value.items());
        let file = |item: &Value| {
            let text = item.as_filled_text();
            let text = text.or_else(|| item.named_text(&["url", "uri", "src", "file", "path"]))?;
            let (url, size) = self.file_url(&text)?;
            let number = |names: &[&str]| item.named_text(names)?.parse::<u64>().ok();
            let given = item.named_text(&["type", "mimetype"]);
            Some(Alternate {
                media_type: given.or_else(|| media_type(&url))?,
                length: size.or_else(|| number(&["length", "size", "bytes"])),
                title: item.named_text(&["title"]),
                bitrate: number(&["bitrate"]),
                height: item
                    .named_text(&["height"])
                    .and_then(|text| text.parse().ok()),
                language: item
                    .named_text(&["lang", "language"])
                    .and_then(|text| language_tag(&text)),
                url,
            })
        };
        items.iter().filter_map(file).collect()
    }
}

/// The file that front matter names, and the same episode in other formats.
fn files(names: &Names<'_>) -> (Option<File>, Vec<File>) {
    let own = OWN_FILE.iter().filter_map(|key| names.own(&[key]));
    let all = FILE.iter().filter_map(|key| names.any(&[key]));
    for said in own.chain(all) {
        let mut found = of_value(said, names);
        if !found.is_empty() {
            let first = found.remove(0);
            return (Some(first), found);
        }
    }
    (None, Vec::new())
}

/// The files that a value names, the one that all apps play first.
fn of_value(said: Said<'_>, names: &Names<'_>) -> Vec<File> {
    let file = |address: String| File {
        address,
        line: said.line,
        column: said.column,
        length: None,
        duration: None,
        media_type: None,
    };
    let value = said.value.items().first().unwrap_or(said.value);
    if !matches!(value, Value::Map(_)) {
        let named = value.as_filled_text();
        let is_sound = fields::is_media(value) || bare(said.key).contains("audio");
        return named.filter(|_| is_sound).map(file).into_iter().collect();
    }
    if let Some(address) = value.named_text(&["url", "src", "href", "file", "path"]) {
        return vec![File {
            length: value
                .named_text(&LENGTH)
                .and_then(|text| bytes(&Value::String(text))),
            duration: value
                .named_text(&DURATION)
                .and_then(|text| fields::duration(&Value::String(text), said.line, said.column)),
            media_type: value.named_text(&["type", "mimetype", "mime"]),
            ..file(address)
        }];
    }
    let sizes = names.any(&["filesize", "filesizes"]).map(|said| said.value);
    let of_format = |format: &&str| {
        let size = sizes.and_then(|sizes| sizes.named_text(&[format]));
        Some(File {
            length: size.and_then(|text| bytes(&Value::String(text))),
            ..file(value.named_text(&[format])?)
        })
    };
    FORMATS.iter().filter_map(of_format).collect()
}

/// A number of bytes; `None` for what is only near it, such as `13.7 MB`.
fn bytes(value: &Value) -> Option<u64> {
    let text = value.as_filled_text()?;
    let digits = text.replace([' ', '\u{a0}', '_', ',', '.'], "");
    // A point stands between thousands, or before a fraction.
    let is_whole = !text.contains('.') || text.split('.').skip(1).all(|part| part.len() == 3);
    digits.parse().ok().filter(|_| is_whole)
}

/// The address of a file below another address.
fn join(base: &str, file: &str) -> String {
    format!(
        "{}/{}",
        base.trim_end_matches('/'),
        file.trim_start_matches('/')
    )
}

/// The address by which a service counts who gets a file, and leads on to it.
fn measured(prefix: &str, url: &Url) -> Option<Url> {
    let address = url.as_str();
    let after = address.find("://").map_or(0, |at| at + 3);
    Url::parse(&join(prefix, address.slice(after..))).ok()
}

/// An attachment as one of several forms of an episode.
fn alternate(file: Attachment) -> Alternate {
    Alternate {
        url: file.url,
        media_type: file.media_type,
        length: Some(file.length).filter(|length| *length > 0),
        title: None,
        bitrate: None,
        height: None,
        language: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_write_them() {
        let read = |text: &str| bytes(&Value::String(text.to_owned()));
        for text in [
            "9238508",
            "9 238 508",
            "9,238,508",
            "9.238.508",
            "9_238_508",
        ] {
            assert_eq!(read(text), Some(9_238_508), "{text}");
        }
        for text in ["", "13.7 MB", "13.7", "1:02:03", "-1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
