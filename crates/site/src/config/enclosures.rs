//! What is known of files elsewhere: `feedwright.enclosures.yaml`, which `feedwright enclosures fetch`
//! writes, and people may.

use std::collections::BTreeMap;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::media_type::is_media_type;
use url::Url;

use crate::dialect::fields::seconds;
use crate::front_matter::{Value, from_yaml, position, yaml_mistake};

use super::ENCLOSURES;

/// What the file begins with.
const HEAD: &str = "\
# The size of files elsewhere that posts of this site name, for feeds, which have to say it.
# `feedwright enclosures fetch` adds lines; they may be written by hand, too, with `duration`.
";

/// What is known of one file elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// In bytes.
    pub length: Option<u64>,
    /// Its media type.
    pub media_type: Option<String>,
    /// How long it plays, in seconds.
    pub duration: Option<u64>,
    /// The day on which its server said so.
    pub seen: Option<String>,
}

/// What is known of files elsewhere, by URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFiles {
    /// The comments in front.
    head: String,
    files: BTreeMap<String, Facts>,
}

impl Default for KnownFiles {
    fn default() -> Self {
        KnownFiles {
            head: HEAD.to_owned(),
            files: BTreeMap::new(),
        }
    }
}

impl KnownFiles {
    /// Reads the text of the file. What is wrong in it is reported, so that no feed loses what it said
    /// before without a word.
    pub fn read(text: &str, diags: &mut Diagnostics) -> Self {
        let value = match from_yaml(text) {
            Ok(value) => value,
            Err(error) => {
                let place = match yaml_mistake(text, &error) {
                    Some(at) => {
                        let (line, column) = position(text, at);
                        Location::at(ENCLOSURES, line, column)
                    }
                    None => Location::file(ENCLOSURES),
                };
                diags.error(
                    "enclosure-file",
                    place,
                    format!("it cannot be read: {error}"),
                    "mend it, or remove it and run `feedwright enclosures fetch`",
                );
                return KnownFiles::default();
            }
        };
        let entries = match &value {
            Value::List(entries) => entries.as_slice(),
            Value::Null => &[],
            other => std::slice::from_ref(other),
        };
        let mut known = KnownFiles::default();
        let comments = text.lines().take_while(|line| line.starts_with('#'));
        let comments: String = comments.flat_map(|line| [line, "\n"]).collect();
        if !comments.is_empty() {
            known.head = comments;
        }
        for (at, entry) in entries.iter().enumerate() {
            match facts(entry) {
                Ok((url, facts)) => {
                    known.insert(&url, facts);
                }
                Err(why) => diags.error(
                    "enclosure-file",
                    place(text, at),
                    why,
                    "write a line for each file: `- {url: \"https://…\", length: 123, type: audio/mpeg}`",
                ),
            }
        }
        known
    }

    /// What is known of a file, whether it is named with encryption or without.
    pub fn get(&self, url: &Url) -> Option<&Facts> {
        let url = url.as_str();
        let other = || match url.split_once(':')? {
            ("http", rest) => self.files.get(&format!("https:{rest}")),
            ("https", rest) => self.files.get(&format!("http:{rest}")),
            _ => None,
        };
        self.files.get(url).or_else(other)
    }

    /// Adds a file, or says something else of it.
    pub fn insert(&mut self, url: &Url, facts: Facts) {
        self.files.insert(url.to_string(), facts);
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of the file: a line for each URL, in order, so that Git can merge it.
    pub fn to_text(&self) -> String {
        let mut text = self.head.clone();
        for (url, facts) in &self.files {
            let mut parts = vec![format!("url: \"{}\"", escaped(url))];
            parts.extend(facts.length.map(|length| format!("length: {length}")));
            let media_type = facts.media_type.as_deref();
            parts.extend(media_type.map(|kind| format!("type: {}", plain(kind))));
            parts.extend(facts.duration.map(|length| format!("duration: {length}")));
            let seen = facts.seen.as_deref();
            parts.extend(seen.map(|day| format!("seen: {}", plain(day))));
            text.push_str(&format!("- {{{}}}\n", parts.join(", ")));
        }
        text
    }
}

/// The URL and the facts of an entry, or what is wrong with it.
fn facts(entry: &Value) -> Result<(Url, Facts), String> {
    let named = entry.text(&["url"]);
    let named = named.ok_or_else(|| "an entry has no `url`".to_owned())?;
    let url = Url::parse(&named).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| format!("`{named}` is no URL of the web"))?;
    let wrong = |key: &str, what: &str| format!("`{key}` of {named} is no {what}");
    let length = match entry.text(&["length"]) {
        Some(text) => {
            let length = text.replace('_', "").parse();
            Some(length.map_err(|_| wrong("length", "number of bytes"))?)
        }
        None => None,
    };
    let media_type = entry.text(&["type"]);
    if media_type
        .as_deref()
        .is_some_and(|kind| !is_media_type(kind))
    {
        return Err(wrong("type", "media type such as `audio/mpeg`"));
    }
    let duration = match entry.text(&["duration"]) {
        Some(text) => {
            let duration = seconds(&text);
            Some(duration.ok_or_else(|| wrong("duration", "time such as `1:02:03`"))?)
        }
        None => None,
    };
    let facts = Facts {
        length,
        media_type,
        duration,
        seen: entry.text(&["seen"]),
    };
    Ok((url, facts))
}

/// The line of an entry, where each begins one.
fn place(text: &str, at: usize) -> Location {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with('-'));
    match lines.nth(at) {
        Some((line, _)) => Location::at(ENCLOSURES, line + 1, 1),
        None => Location::file(ENCLOSURES),
    }
}

/// A text as it stands within double quotes of YAML.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A text without quotes, where YAML takes it for one.
fn plain(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '+'));
    match is_plain {
        true => text.to_owned(),
        false => format!("\"{}\"", escaped(text)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (KnownFiles, Vec<String>) {
        let mut diags = Diagnostics::new();
        let known = KnownFiles::read(text, &mut diags);
        let said = diags.iter().map(|one| {
            format!(
                "{}: {}",
                one.location.as_ref().map_or(0, |place| place.line),
                one.message
            )
        });
        (known, said.collect())
    }

    #[test]
    fn what_people_write_is_read() {
        let (known, said) = read(
            "# Mine.\n- {url: https://e.example/a.mp3, length: 1_000, duration: \"1:02:03\"}\n\
             - url: https://e.example/b.mp3\n  type: audio/mpeg\n",
        );
        assert_eq!(said, Vec::<String>::new());
        let text = known.to_text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "- {url: \"https://e.example/a.mp3\", length: 1000, duration: 3723}",
                "- {url: \"https://e.example/b.mp3\", type: audio/mpeg}"
            ]
        );
        assert!(text.starts_with("# Mine.\n- "), "{text}");
        for nothing in ["", "\n", "[]"] {
            assert_eq!(read(nothing), (KnownFiles::default(), Vec::new()));
        }
    }

    #[test]
    fn mistakes_have_places() {
        let (known, said) = read(
            "- {url: 'https://e.example/a'}\n- {length: 3}\n- x\n- {url: ftp://e.example/a}\n\
             - {url: 'https://e.example/b', length: many}\n\
             - {url: 'https://e.example/b', type: mp3}\n\
             - {url: 'https://e.example/b', duration: long}\n",
        );
        assert!(!known.is_empty());
        assert_eq!(
            said,
            [
                "2: an entry has no `url`",
                "3: an entry has no `url`",
                "4: `ftp://e.example/a` is no URL of the web",
                "5: `length` of https://e.example/b is no number of bytes",
                "6: `type` of https://e.example/b is no media type such as `audio/mpeg`",
                "7: `duration` of https://e.example/b is no time such as `1:02:03`",
            ]
        );
        let (_, said) = read("- {url: a\n- b");
        assert!(said[0].starts_with("2: it cannot be read"), "{said:?}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            paths in prop::collection::vec("[ -~]{0,40}", 0..5),
            length in prop::option::of(any::<u64>()),
            seen in prop::option::of("[ -~]{0,8}[a-z]"),
            kind in prop::option::of("[a-z0-9!#$&^_.+-]{1,9}/[a-z0-9!#$&^_.+-]{1,9}"),
        ) {
            let mut known = KnownFiles::default();
            for path in &paths {
                let url = Url::parse("https://e.example/").unwrap().join(path);
                let Ok(url) = url.and_then(|url| Url::parse(url.as_str())) else { continue };
                if !matches!(url.scheme(), "http" | "https") {
                    continue;
                }
                known.insert(&url, Facts {
                    length,
                    media_type: kind.clone().filter(|kind| is_media_type(kind)),
                    duration: length.filter(|length| *length < 1000),
                    seen: seen.clone().map(|seen| seen.trim().to_owned()),
                });
            }
            let (again, said) = read(&known.to_text());
            prop_assert_eq!(said, Vec::<String>::new());
            prop_assert_eq!(again, known);
        }
    }
}
