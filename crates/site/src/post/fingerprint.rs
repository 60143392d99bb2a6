//! What a post is like, in few bytes: to see in a later run whether it changed.

use std::collections::BTreeSet;
use std::fmt;

use feedwright_base::slice::Slice;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use twox_hash::XxHash3_64;
use url::Url;

use super::Post;

/// Which rules the hashes follow. Whoever changes what goes into them, or how it is normalized
/// before, raises this: hashes of another version are replaced and say nothing about a change.
const VERSION: u32 = 2;

/// How many lines stand for a body, and how many digits for a line.
const LINES: usize = 6;
const LINE_DIGITS: usize = 6;

/// How long a line is that says something, in bytes.
const ENOUGH: usize = 24;

/// Hashes of a post's body and of those of its metadata that readers see.
///
/// The hashes are XXH3, whose results are fixed for good. A cryptographic hash of all bodies took
/// 7 % of a first build, and whoever could make another body with the same hash can just as well
/// copy the body.
///
/// It is made of what the author wrote, not of what is rendered, so that a new version of
/// feedwright, another base URL or another address of the post changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    version: u32,
    body: u64,
    visible: u64,
    /// The hashes of some lines of the body, which an edit elsewhere leaves as they are, the smallest
    /// first; [`NO_LINE`] where it has fewer.
    lines: [u32; LINES],
}

/// No line: those have 24 bits.
const NO_LINE: u32 = u32::MAX;

impl Default for Fingerprint {
    fn default() -> Self {
        Fingerprint {
            version: 0,
            body: 0,
            visible: 0,
            lines: [NO_LINE; LINES],
        }
    }
}

impl Fingerprint {
    /// The fingerprint of a post with this body, of which the hash is known.
    pub fn of(post: &Post, body: &str, hash: u64, base: &Url) -> Self {
        // Most need less.
        let mut fields = String::with_capacity(512);
        let mut field = |name: &str, value: &str| {
            // The length keeps two values from running together.
            let length = value.len().to_string();
            for part in [name, ":", &length, ":", value] {
                fields.push_str(part);
            }
        };
        let on_site = |url: &str| match url.strip_prefix(base.as_str()) {
            Some(path) => format!("/{path}"),
            None => url.to_owned(),
        };
        field("title", &post.title);
        field("summary", post.summary.as_deref().unwrap_or_default());
        field("language", post.language.as_deref().unwrap_or_default());
        for tag in &post.tags {
            field("tag", tag);
        }
        for category in &post.categories {
            field("category", category);
        }
        for author in &post.authors {
            field("author", &author.name);
            field("email", author.email.as_deref().unwrap_or_default());
            field("url", &on_site(author.url.as_deref().unwrap_or_default()));
        }
        if let Some(image) = &post.image {
            field("image", &on_site(image.url.as_str()));
        }
        for attachment in &post.attachments {
            field("attachment", &on_site(attachment.url.as_str()));
            field("type", &attachment.media_type);
            field("length", &attachment.length.to_string());
        }
        Fingerprint {
            version: VERSION,
            body: hash,
            lines: some_lines(body),
            visible: XxHash3_64::oneshot(fields.as_bytes()),
        }
    }

    /// Whether two fingerprints can be compared at all.
    pub fn is_comparable(&self, other: &Fingerprint) -> bool {
        self.version == other.version
    }

    /// Whether they are of different contents, as far as that can be told.
    pub fn differs(&self, other: &Fingerprint) -> bool {
        self.is_comparable(other) && self != other
    }

    /// Whether they are surely of the same body.
    pub fn same_body(&self, other: &Fingerprint) -> bool {
        self.is_comparable(other) && self.body == other.body
    }

    /// How many lines the bodies have in common of those that were looked at, where these are
    /// most: one is an edited form of the other. Else 0.
    pub fn common_lines(&self, other: &Fingerprint) -> usize {
        if !self.is_comparable(other) {
            return 0;
        }
        let (one, other): (BTreeSet<u32>, BTreeSet<u32>) =
            (self.some_lines().collect(), other.some_lines().collect());
        // The smallest of all are an even sample of both.
        let sample: BTreeSet<u32> = one.union(&other).copied().take(LINES).collect();
        let is_common = |line: &&u32| one.contains(line) && other.contains(line);
        let common = sample.iter().filter(is_common).count();
        if common * 2 > sample.len() { common } else { 0 }
    }

    fn some_lines(&self) -> impl Iterator<Item = u32> {
        self.lines.into_iter().filter(|line| *line != NO_LINE)
    }

    /// The hashes of the lines that are looked at.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.some_lines().map(|line| format!("{line:06x}"))
    }

    /// The hash of the body.
    pub fn body(&self) -> u64 {
        self.body
    }
}

/// How many bytes of text a body has, up to a bound: lines that are template tags say nothing of
/// their own, nor do blanks around lines.
pub fn text_size(body: &str, most: usize) -> usize {
    let mut size = 0;
    for line in body.lines().map(str::trim) {
        if !line.starts_with("{%") && !line.starts_with("{{") {
            size += line.len();
        }
        if size >= most {
            return most;
        }
    }
    size
}

/// The smallest hashes of a body's lines.
fn some_lines(body: &str) -> [u32; LINES] {
    let mut smallest: BTreeSet<u32> = BTreeSet::new();
    let mut largest = u32::MAX;
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes());
    for end in ends.chain([body.len()]) {
        let line = body.slice(start..end);
        start = end + 1;
        // A line is hardly ever indented, and never longer for being trimmed.
        if line.len() < ENOUGH {
            continue;
        }
        let Some(hash) = line_hash(trimmed(line).as_bytes()).filter(|hash| *hash < largest) else {
            continue;
        };
        smallest.insert(hash);
        if smallest.len() > LINES {
            smallest.pop_last();
        }
        if smallest.len() == LINES {
            largest = smallest.last().copied().unwrap_or(largest);
        }
    }
    let mut lines = [NO_LINE; LINES];
    for (line, hash) in lines.iter_mut().zip(smallest) {
        *line = hash;
    }
    lines
}

/// A line without the blanks around it, of which few lines have any.
fn trimmed(line: &str) -> &str {
    match line.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => line,
        _ => line.trim(),
    }
}

/// A number of 24 bits for a line that says something.
fn line_hash(line: &[u8]) -> Option<u32> {
    let hash = (line.len() >= ENOUGH).then(|| XxHash3_64::oneshot(line))?;
    u32::try_from(hash >> 40).ok()
}

/// The hash of a body, whatever the ends of its lines and the blank ones around it.
pub fn body_hash(body: &str) -> u64 {
    let body = body.trim();
    if memchr::memchr(b'\r', body.as_bytes()).is_some() {
        XxHash3_64::oneshot(body.replace("\r\n", "\n").as_bytes())
    } else {
        XxHash3_64::oneshot(body.as_bytes())
    }
}

/// As the lock has it: version, body, metadata, lines.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fingerprint {
            version,
            body,
            visible,
            lines: _,
        } = self;
        write!(f, "{version}-{body:016x}-{visible:016x}-")?;
        // One piece for all: each one has its price, and a lock has many.
        let mut digits = String::with_capacity(LINES * LINE_DIGITS);
        for line in self.some_lines() {
            let nibbles = (0..LINE_DIGITS).rev().map(|at| line >> (4 * at) & 0xf);
            digits.extend(nibbles.filter_map(|nibble| char::from_digit(nibble, 16)));
        }
        f.write_str(&digits)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text)
            .ok_or_else(|| de::Error::custom(format!("`{text}` is no fingerprint of a post")))
    }
}

/// Reads what the lock has. Of another version nothing is known but that it is one.
fn parse(text: &str) -> Option<Fingerprint> {
    let mut parts = text.split('-');
    let version = parts.next()?.parse().ok()?;
    if version != VERSION {
        return Some(Fingerprint {
            version,
            ..Fingerprint::default()
        });
    }
    let hash = |text: &str| u64::from_str_radix(text, 16).ok();
    let (body, visible) = (hash(parts.next()?)?, hash(parts.next()?)?);
    let mut lines = [NO_LINE; LINES];
    let written = parts.next()?.as_bytes().chunks(LINE_DIGITS);
    for (line, digits) in lines.iter_mut().zip(written) {
        *line = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(Fingerprint {
        version,
        body,
        visible,
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_lines_and_blank_ones_around_are_nothing() {
        assert_eq!(body_hash("\n\na\r\nb\r\n"), body_hash("a\nb"));
        assert_ne!(body_hash("a\n\nb"), body_hash("a\nb"));
    }

    #[test]
    fn an_edited_body_is_similar_and_another_one_is_not() {
        let print = |lines: &[usize]| {
            let body: String = lines
                .iter()
                .map(|line| format!("This is line {line} of a body that says something.\n"))
                .collect();
            Fingerprint {
                lines: some_lines(&body),
                ..Fingerprint::default()
            }
        };
        let all: Vec<usize> = (0..30).collect();
        let whole = print(&all);
        assert!(whole.common_lines(&print(&all[2..])) > 3);
        assert!(whole.common_lines(&print(&[&all[..], &[90, 91]].concat())) > 3);
        assert_eq!(
            whole.common_lines(&print(&[50, 51, 52, 53, 54, 55, 56, 1])),
            0
        );
        assert_eq!(print(&[]).common_lines(&print(&[])), 0);
    }

    #[test]
    fn another_version_is_neither_the_same_nor_different() {
        let one = Fingerprint {
            version: VERSION,
            body: 10,
            visible: 11,
            lines: some_lines("A line that says something, and is long enough for it."),
        };
        let two = Fingerprint {
            version: 1,
            body: 12,
            ..one
        };
        assert!(!one.differs(&two) && !one.same_body(&two));
        let text = serde_json::to_string(&one).expect("text");
        assert!(
            text.starts_with("\"2-000000000000000a-000000000000000b-"),
            "{text}"
        );
        assert_eq!(
            text.len(),
            "\"2-000000000000000a-000000000000000b-123456\"".len()
        );
        let read = |text: &str| serde_json::from_str::<Fingerprint>(text);
        assert_eq!(read(&text).expect("read"), one);
        let other = read("\"1-whatever\"").expect("of another version");
        assert!(!one.differs(&other) && !one.same_body(&other));
        for wrong in [
            "\"2-a-b\"",
            "\"2-a-x-\"",
            "\"x-a-b-\"",
            "\"2-a-b-xyz\"",
            "\"2-a-é-\"",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
