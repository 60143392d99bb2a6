//! What few entries say beyond what most do.

use url::Url;

use crate::person::Person;

/// What an entry may say beside its text. Nothing is written of what is empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extras {
    /// Who helped. Atom: `contributor`. RSS: `dc:contributor`.
    pub contributors: Vec<Person>,
    /// Pages that it has to do with.
    pub links: Vec<Related>,
    /// The place that it is about. Atom and RSS: `georss:point`.
    pub point: Option<Point>,
    /// Elements of the site's own. Atom and RSS: by the same names. JSON Feed: an object for each
    /// prefix, with an underscore before it.
    pub elements: Vec<Element>,
}

impl Extras {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Extras::default()
    }
}

/// A page that an entry has to do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What it is to the entry.
    pub relation: Relation,
    /// Where it is.
    pub url: Url,
}

/// What a page is to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// What the entry is about, as in a blog of links. Atom: `rel="related"`, RFC 4287 section
    /// 4.2.7.2. RSS: `atom:link` with the same. JSON Feed: `external_url`.
    Related,
    /// Where its author found that. Atom: `rel="via"`. RSS: `atom:link` with the same.
    Via,
    /// What may be done with it. Atom: `rel="license"`, RFC 4946. RSS: `creativeCommons:license`.
    License,
    /// Where people talk about it. Atom: `rel="replies"`, RFC 4685. RSS: `comments`.
    Comments,
}

impl Relation {
    /// Its name among the relations of links.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Related => "related",
            Relation::Via => "via",
            Relation::License => "license",
            Relation::Comments => "replies",
        }
    }
}

/// A place by its coordinates in WGS 84, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From -90 to 90, north is positive.
    pub latitude: f64,
    /// From -180 to 180, east is positive.
    pub longitude: f64,
}

/// An element of the site's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The prefix of its namespace, which [`crate::Feed::namespaces`] has.
    pub prefix: String,
    /// Its name, without the prefix.
    pub name: String,
    /// Its text.
    pub text: String,
}
