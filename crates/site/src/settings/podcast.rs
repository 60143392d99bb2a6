//! Defines the settings of podcasts: which posts are episodes of which show, and what directories want
//! to know of it.

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{PathSettings, PersonSettings};

/// One of a kind, written alone, or a list of several.
#[derive(Debug, Clone)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        OneOrMore(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMoreVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// Reads the one or the list, so that a mistake inside is named where it stands.
struct OneOrMoreVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMoreVisitor<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys with their values, or a list of such")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let one = T::deserialize(serde::de::value::StrDeserializer::new(text))?;
        Ok(OneOrMore(vec![one]))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let one = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok(OneOrMore(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(OneOrMore)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(OneOrMore::default())
    }
}

/// A podcast: its episodes are posts with an audio file or a film.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PodcastSettings {
    /// The tag or category that its episodes have. Without it, `section` and `folder`, all posts with
    /// an audio file or a film are episodes: in a feed of its own where there is a `slug`, or else the
    /// site's own feed is the podcast.
    pub tag: Option<String>,
    /// The section or collection that its episodes are in.
    pub section: Option<String>,
    /// The folder that its episodes are in.
    pub folder: Option<PathBuf>,
    /// Its place in the path, as `:slug`; `:taxonomy` is `podcasts`. By default it is made of the tag,
    /// the section or the folder.
    pub slug: Option<String>,
    /// The paths of its feeds, one for each format, as in `rss: /podcast.xml`. The site's own feed has
    /// them in `feeds.paths`.
    pub paths: PathSettings,
    /// The address below which the files lie that front matter names without one, such as
    /// `https://audio.example.org/episodes/`, or a path on the site. By default they are named from
    /// the site's root.
    pub files: Option<String>,
    /// What stands before the addresses of files, for a service that counts who gets them, such as
    /// `https://dts.podtrac.com/redirect.mp3/`.
    pub prefix: Option<String>,
    /// How many episodes its feed has at most; 0, as by default, means all of them: apps show those
    /// alone that are in the feed.
    pub limit: Option<usize>,
    /// Its title. By default that of the site.
    pub title: Option<String>,
    /// What it is about, in at most 4000 bytes. By default the site's description.
    pub description: Option<String>,
    /// The page about it, as a path on the site or a URL. By default the site's home page.
    pub link: Option<String>,
    /// Its language as a BCP 47 tag. By default that of the site.
    pub language: Option<String>,
    /// The copyright notice. By default that of the site.
    pub rights: Option<String>,
    /// A square picture, JPEG or PNG in RGB, of 1400 to 3000 pixels a side, as a path on the site or a
    /// URL.
    pub artwork: Option<String>,
    /// Its categories of Apple's list, the one that counts first, such as `Government` or
    /// `News > Politics`.
    pub categories: OneOrMore<String>,
    /// Whether it is not fit for children.
    pub explicit: bool,
    /// Who makes it, as listeners read it. By default the site's authors.
    pub author: Option<String>,
    /// Whom directories write to: `name` and `email`. The address is published in the feed.
    pub owner: Option<PersonSettings>,
    /// Whether episodes are told in order, the oldest first (`serial`), or stand alone (`episodic`).
    #[serde(rename = "type")]
    pub kind: ShowKind,
    /// Whether no more episodes will come.
    pub complete: bool,
    /// Whether Apple's directory leaves it out.
    pub block: bool,
    /// Where the feed has moved to.
    pub new_feed_url: Option<String>,
    /// The UUID that it is known by, wherever its feed lies. By default it is made of the address that
    /// its RSS feed had first.
    pub guid: Option<String>,
    /// Whether no other host may import the feed.
    pub locked: Option<bool>,
    /// Pages on which listeners give something: `url` and `text`.
    pub funding: OneOrMore<FundingSettings>,
    /// What the feed holds, such as `podcast`, `music`, `audiobook` or `course`.
    pub medium: Option<String>,
    /// What may be done with the recordings, such as `CC-BY-4.0`: a short name, or `name` and `url`.
    pub license: Option<LicenseSettings>,
    /// The place that it is about: a name, or `name`, `geo`, `osm` and `country`.
    pub location: Option<LocationSettings>,
    /// Who is to be heard in all episodes: names, or `name`, `role`, `group`, `picture` and `url`.
    pub people: OneOrMore<ParticipantSettings>,
    /// Whom apps pay, and how.
    pub value: Option<ValueSettings>,
    /// Recordings that are to win listeners.
    pub trailers: OneOrMore<TrailerSettings>,
}

/// How a podcast is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ShowKind {
    /// Each episode stands alone; the newest comes first.
    #[default]
    Episodic,
    /// Episodes are to be heard in order, the oldest first.
    Serial,
}

/// A page on which listeners give something.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingSettings {
    /// Where it is.
    pub url: String,
    /// What the button says, such as `Support the library`.
    pub text: String,
}

/// What may be done with recordings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a license has to be a short name such as `CC-BY-4.0`, or `name` and `url`"
)]
pub enum LicenseSettings {
    /// A short name of SPDX.
    Name(String),
    /// One that is on no list.
    Full(FullLicense),
}

/// A license that is on no list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullLicense {
    /// What it is called.
    pub name: String,
    /// Where its text is.
    pub url: String,
}

/// A place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a location has to be a name, or `name`, `geo`, `osm` and `country`"
)]
pub enum LocationSettings {
    /// What people call it.
    Name(String),
    /// One that programs find, too.
    Full(FullLocation),
}

/// A place that programs find.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullLocation {
    /// What people call it.
    pub name: String,
    /// Its coordinates, such as `geo:30.2672,-97.7431`.
    #[serde(default)]
    pub geo: Option<String>,
    /// OpenStreetMap's type and number, such as `R113314`.
    #[serde(default)]
    pub osm: Option<String>,
    /// The two letters of its country, such as `US`.
    #[serde(default)]
    pub country: Option<String>,
}

/// Somebody who is to be heard.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a person has to be a name, or `name`, `role`, `group`, `picture` and `url`"
)]
pub enum ParticipantSettings {
    /// The name of a host.
    Name(String),
    /// Anybody.
    Full(FullParticipant),
}

/// Somebody who is to be heard, with more than a name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullParticipant {
    /// The name.
    pub name: String,
    /// What the person does, such as `guest`.
    #[serde(default)]
    pub role: Option<String>,
    /// The part of the work, such as `writing`.
    #[serde(default)]
    pub group: Option<String>,
    /// A picture, as a path on the site or a URL.
    #[serde(default)]
    pub picture: Option<String>,
    /// A page about the person.
    #[serde(default)]
    pub url: Option<String>,
}

/// Whom apps pay, and how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueSettings {
    /// The system, such as `lightning`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The way within it, such as `keysend`.
    pub method: String,
    /// How much is asked for, a decimal number.
    #[serde(default)]
    pub suggested: Option<f64>,
    /// Who is paid.
    pub recipients: Vec<RecipientSettings>,
}

/// One of those who are paid.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientSettings {
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The kind of address, such as `node`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the money goes.
    pub address: String,
    /// The share.
    pub split: u32,
    /// A key that the address needs.
    #[serde(default)]
    pub custom_key: Option<String>,
    /// The value of that key.
    #[serde(default)]
    pub custom_value: Option<String>,
    /// Whether it is a fee, which is taken off first.
    #[serde(default)]
    pub fee: bool,
}

/// A recording that is to win listeners.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrailerSettings {
    /// What it is called.
    pub title: String,
    /// Where it is, as a path on the site or a URL.
    pub url: String,
    /// When it was published.
    pub published: String,
    /// Its size in bytes.
    #[serde(default)]
    pub length: Option<u64>,
    /// Its media type.
    #[serde(default, rename = "type")]
    pub media_type: Option<String>,
    /// The season that it is for.
    #[serde(default)]
    pub season: Option<u32>,
}
