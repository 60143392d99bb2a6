//! What podcasts say of themselves and of their episodes, beyond what every feed says.
//!
//! RSS has elements for it: those of Apple ([`itunes:`](https://podcasters.apple.com/support/823-podcast-requirements))
//! and of the [Podcasting 2.0 namespace](https://podcasting2.org/podcast-namespace) (`podcast:`). Atom
//! and JSON Feed have none, and carry the files alone.

use feedwright_base::date::Timestamp;
use sha1::{Digest, Sha1};
use url::Url;

/// The namespace of the ids that podcasts have, as a UUID.
const NAMESPACE: [u8; 16] = [
    0xea, 0xd4, 0xc2, 0x36, 0xbf, 0x58, 0x58, 0xc6, 0xa2, 0xc6, 0xa6, 0xb2, 0x8d, 0x12, 0x8c, 0xb6,
];

/// What a feed says of the podcast that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// `itunes:image`: a square picture, JPEG or PNG, of 1400 to 3000 pixels a side.
    pub artwork: Url,
    /// `itunes:category`: at least one of Apple's list, the first one counts.
    pub categories: Vec<Category>,
    /// `itunes:explicit`.
    pub explicit: bool,
    /// `itunes:author`: who makes it, as listeners read it.
    pub author: Option<String>,
    /// `itunes:owner`: whom directories write to.
    pub owner: Option<Owner>,
    /// `itunes:type`: whether episodes are told in order, the oldest first (`serial`).
    pub serial: bool,
    /// `itunes:complete`: whether no more episodes will come.
    pub complete: bool,
    /// `itunes:block`: whether Apple's directory leaves it out.
    pub block: bool,
    /// `itunes:new-feed-url`: where the feed has moved to.
    pub new_feed_url: Option<Url>,
    /// `podcast:guid`: the UUID that the podcast keeps wherever its feed lies.
    pub guid: Option<String>,
    /// `podcast:locked`: whether no other host may import the feed.
    pub locked: Option<bool>,
    /// `podcast:funding`: pages on which listeners give something.
    pub funding: Vec<Funding>,
    /// `podcast:medium`: what the feed holds, such as `podcast` or `audiobook`.
    pub medium: Option<String>,
    /// `podcast:license`.
    pub license: Option<License>,
    /// `podcast:location`: what it is about.
    pub location: Option<Location>,
    /// `podcast:person`: who is to be heard in all episodes.
    pub people: Vec<Participant>,
    /// `podcast:value`: whom apps pay.
    pub value: Option<Value>,
    /// `podcast:trailer`.
    pub trailers: Vec<Trailer>,
}

/// What an entry says of the episode that it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Episode {
    /// `itunes:title`: the title without the names of show and season, where that is another one.
    pub title: Option<String>,
    /// `itunes:duration`, in seconds.
    pub duration: Option<u64>,
    /// `itunes:explicit`, where it is not as the show says.
    pub explicit: Option<bool>,
    /// `itunes:image`: a picture of its own.
    pub artwork: Option<Url>,
    /// `itunes:episode` and `podcast:episode`: its number, from 1.
    pub number: Option<u32>,
    /// `itunes:season` and `podcast:season`: the number of the season, from 1.
    pub season: Option<u32>,
    /// `podcast:season name`.
    pub season_name: Option<String>,
    /// `itunes:episodeType`.
    pub kind: EpisodeKind,
    /// `itunes:block`: whether Apple's directory leaves it out.
    pub block: bool,
    /// `podcast:transcript`.
    pub transcripts: Vec<Transcript>,
    /// `podcast:chapters`.
    pub chapters: Option<Chapters>,
    /// `podcast:soundbite`.
    pub soundbites: Vec<Soundbite>,
    /// `podcast:person`: who is to be heard.
    pub people: Vec<Participant>,
    /// `podcast:location`.
    pub location: Option<Location>,
    /// `podcast:license`.
    pub license: Option<License>,
    /// `podcast:alternateEnclosure`: the same episode in other files.
    pub alternates: Vec<Alternate>,
    /// `podcast:value`.
    pub value: Option<Value>,
    /// `podcast:socialInteract`: where people talk about it.
    pub discussions: Vec<Discussion>,
}

/// What kind of episode one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EpisodeKind {
    /// A whole one; that is not said.
    #[default]
    Full,
    /// A short one that is to win listeners.
    Trailer,
    /// One beside the others.
    Bonus,
}

/// One of Apple's categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// A part of it.
    pub subcategory: Option<String>,
}

/// Whom directories write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The name of a person or an office.
    pub name: Option<String>,
    /// The address, which everybody can read.
    pub email: String,
}

/// A page on which listeners give something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// Where it is.
    pub url: Url,
    /// What the button says.
    pub text: String,
}

/// What may be done with the recordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// A short name of the namespace's list in lower case, such as `cc-by-4.0`, or one of its own.
    pub name: String,
    /// Where its text is, for one that is on no list.
    pub url: Option<Url>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// What people call it.
    pub name: String,
    /// A `geo:` URI, RFC 5870.
    pub geo: Option<String>,
    /// OpenStreetMap's type and number, such as `R113314`.
    pub osm: Option<String>,
    /// An ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
}

/// A person of the Podcast Taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The name.
    pub name: String,
    /// What the person does, such as `guest`; a host where nobody says it.
    pub role: Option<String>,
    /// The part of the work, such as `writing`; the cast where nobody says it.
    pub group: Option<String>,
    /// A picture.
    pub picture: Option<Url>,
    /// A page about the person.
    pub url: Option<Url>,
}

/// The words of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Where it is.
    pub url: Url,
    /// Its media type, such as `text/vtt`.
    pub media_type: String,
    /// A BCP 47 tag.
    pub language: Option<String>,
}

/// The chapters of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapters {
    /// The JSON file that holds them.
    pub url: Url,
    /// Those that are to be written there; empty where the file is the author's own.
    pub list: Vec<Chapter>,
}

/// A chapter of an episode: “JSON Chapters Format”, version 1.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Where it begins, in thousandths of a second.
    pub start: u64,
    /// What it is called.
    pub title: String,
    /// A page about it.
    pub url: Option<Url>,
    /// A picture of it.
    pub picture: Option<Url>,
}

/// A passage that stands for the episode.
#[derive(Debug, Clone, PartialEq)]
pub struct Soundbite {
    /// Where it begins, in seconds, as it is written.
    pub start: String,
    /// How long it is, in seconds, as it is written.
    pub duration: String,
    /// What it is called, where that is not the episode's title.
    pub title: Option<String>,
}

/// The same episode in another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Where it is.
    pub url: Url,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes, where that is known.
    pub length: Option<u64>,
    /// What sets it apart, such as `Low bandwidth`.
    pub title: Option<String>,
    /// How many bits a second has.
    pub bitrate: Option<u64>,
    /// The height of a film in pixels.
    pub height: Option<u32>,
    /// A BCP 47 tag.
    pub language: Option<String>,
}

/// Whom apps pay, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The system, such as `lightning`.
    pub kind: String,
    /// The way within it, such as `keysend`.
    pub method: String,
    /// How much is asked for, a decimal number.
    pub suggested: Option<String>,
    /// At least one.
    pub recipients: Vec<Recipient>,
}

/// One of those who are paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The name.
    pub name: Option<String>,
    /// The kind of address, such as `node`.
    pub kind: String,
    /// Where the money goes.
    pub address: String,
    /// The share.
    pub split: u32,
    /// A key and a value that the address needs.
    pub custom: Option<(String, String)>,
    /// Whether it is a fee, which is taken off first.
    pub fee: bool,
}

/// A recording that is to win listeners.
#[derive(Debug, Clone, PartialEq)]
pub struct Trailer {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: Url,
    /// When it was published.
    pub published: Timestamp,
    /// Its size in bytes, where that is known.
    pub length: Option<u64>,
    /// Its media type, where that is known.
    pub media_type: Option<String>,
    /// The season that it is for.
    pub season: Option<u32>,
}

/// A place where people talk about an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussion {
    /// The protocol, such as `activitypub` or `bluesky`.
    pub protocol: String,
    /// The post that is answered to.
    pub uri: String,
    /// Who wrote that, such as `@office@social.example.gov`.
    pub account: Option<String>,
}

/// The id of a podcast whose feed was first published at an address: a UUID of version 5 (RFC 9562
/// section 5.5) of the address without its scheme and without slashes at its end, as the Podcasting
/// 2.0 namespace makes it.
pub fn guid(feed: &Url) -> String {
    let address = feed.as_str();
    let name = address.split_once("://").map_or(address, |(_, name)| name);
    let mut hasher = Sha1::new();
    hasher.update(NAMESPACE);
    hasher.update(name.trim_end_matches('/'));
    let hash = hasher.finalize();
    let mut digits = String::with_capacity(36);
    for (at, byte) in hash.iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x50,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            digits.push('-');
        }
        digits.push_str(&format!("{byte:02x}"));
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_namespace() {
        // The examples of the specification.
        for (feed, expected) in [
            (
                "https://mp3s.nashownotes.com/pc20rss.xml",
                "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            ),
            (
                "http://mp3s.nashownotes.com/pc20rss.xml/",
                "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            ),
        ] {
            assert_eq!(guid(&Url::parse(feed).expect("a URL")), expected);
        }
    }
}
