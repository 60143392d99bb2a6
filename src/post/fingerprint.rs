//! What a post is like, in few bytes: to see in a later run whether it changed.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use url::Url;

use super::Post;

/// Which rules the hashes follow. Whoever changes what goes into them, or how it is normalized
/// before, raises this: hashes of another version are replaced and say nothing about a change.
const VERSION: u32 = 1;

/// How many hexadecimal digits of a hash are kept.
const DIGITS: usize = 16;

/// How many lines stand for a body, and how many digits for a line.
const LINES: usize = 6;
const LINE_DIGITS: usize = 6;

/// How long a line is that says something, in bytes.
const ENOUGH: usize = 24;

/// Hashes of a post's body and of those of its metadata that readers see.
///
/// It is made of what the author wrote, not of what is rendered, so that a new version of
/// feedwright, another base URL or another address of the post changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fingerprint {
    version: u32,
    body: String,
    visible: String,
    /// The hashes of some lines of the body, which an edit elsewhere leaves as they are.
    lines: String,
}

impl Fingerprint {
    /// The fingerprint of a post with this body, of which the hash is known.
    pub(super) fn of(post: &Post, body: &str, hash: String, base: &Url) -> Self {
        let mut fields = String::new();
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
            visible: blake3::hash(fields.as_bytes()).to_hex()[..DIGITS].to_owned(),
        }
    }

    /// Whether two fingerprints can be compared at all.
    pub(crate) fn is_comparable(&self, other: &Fingerprint) -> bool {
        self.version == other.version
    }

    /// Whether they are of different contents, as far as that can be told.
    pub(crate) fn differs(&self, other: &Fingerprint) -> bool {
        self.is_comparable(other) && self != other
    }

    /// Whether they are surely of the same body.
    pub(crate) fn same_body(&self, other: &Fingerprint) -> bool {
        self.is_comparable(other) && self.body == other.body
    }

    /// How many lines the bodies have in common of those that were looked at, where these are
    /// most: one is an edited form of the other. Else 0.
    pub(crate) fn common_lines(&self, other: &Fingerprint) -> usize {
        if !self.is_comparable(other) {
            return 0;
        }
        let (one, other): (BTreeSet<String>, BTreeSet<String>) =
            (self.lines().collect(), other.lines().collect());
        // The smallest of all are an even sample of both.
        let sample: BTreeSet<&String> = one.union(&other).take(LINES).collect();
        let is_common = |line: &&&String| one.contains(**line) && other.contains(**line);
        let common = sample.iter().filter(is_common).count();
        if common * 2 > sample.len() { common } else { 0 }
    }

    /// The hashes of the lines that are looked at.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let lines = self.lines.as_bytes().chunks(LINE_DIGITS);
        lines.map(|line| String::from_utf8_lossy(line).into_owned())
    }

    /// The hash of the body.
    pub(crate) fn body(&self) -> &str {
        &self.body
    }
}

/// The smallest hashes of a body's lines.
fn some_lines(body: &str) -> String {
    let mut smallest: BTreeSet<u32> = BTreeSet::new();
    let mut largest = u32::MAX;
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes());
    for end in ends.chain([body.len()]) {
        let line = &body[start..end];
        start = end + 1;
        // A line is hardly ever indented, and never longer for being trimmed.
        if line.len() < ENOUGH {
            continue;
        }
        let Some(hash) = line_hash(line.trim().as_bytes()).filter(|hash| *hash < largest) else {
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
    smallest.iter().map(|hash| format!("{hash:06x}")).collect()
}

/// A number of 24 bits for a line that says something. A cryptographic hash of each line would
/// cost more than all else that is done with a post; nothing depends on this one but which lines
/// are compared.
fn line_hash(line: &[u8]) -> Option<u32> {
    if line.len() < ENOUGH {
        return None;
    }
    let mut mixed = line.len() as u64;
    let mut mix = |word: [u8; 8]| {
        let word = u64::from_le_bytes(word);
        mixed = (mixed.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    };
    let (words, rest) = line.as_chunks::<8>();
    words.iter().copied().for_each(&mut mix);
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        mix(word);
    }
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    u32::try_from(mixed >> 40).ok()
}

/// The hash of a body, whatever the ends of its lines and the blank ones around it.
pub(crate) fn body_hash(body: &str) -> String {
    let body = body.trim();
    let hash = if memchr::memchr(b'\r', body.as_bytes()).is_some() {
        blake3::hash(body.replace("\r\n", "\n").as_bytes())
    } else {
        blake3::hash(body.as_bytes())
    };
    hash.to_hex()[..DIGITS].to_owned()
}

/// As the lock has it: version, body, metadata, lines.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fingerprint {
            version,
            body,
            visible,
            lines,
        } = self;
        write!(f, "{version}-{body}-{visible}-{lines}")
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut parts = text.split('-');
        let parsed = (|| {
            Some(Fingerprint {
                version: parts.next()?.parse().ok()?,
                body: parts.next()?.to_owned(),
                visible: parts.next()?.to_owned(),
                lines: parts.next()?.to_owned(),
            })
        })();
        parsed.ok_or_else(|| de::Error::custom(format!("`{text}` is no fingerprint of a post")))
    }
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
            version: 1,
            body: "a".to_owned(),
            visible: "b".to_owned(),
            lines: "00ff00".to_owned(),
        };
        let two = Fingerprint {
            version: 2,
            body: "c".to_owned(),
            ..one.clone()
        };
        assert!(!one.differs(&two) && !one.same_body(&two));
        let text = serde_json::to_string(&one).expect("text");
        assert_eq!(text, "\"1-a-b-00ff00\"");
        assert_eq!(
            serde_json::from_str::<Fingerprint>(&text).expect("read"),
            one
        );
    }
}
