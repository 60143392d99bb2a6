//! Defines the metadata of a post as a dialect reads it, before it is checked.

use feedwright_base::date::Zone;
use feedwright_feed::Person;

use super::{Markup, Templates};

/// The metadata that a dialect reads from a post's front matter and file name, not yet checked.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub title: Option<Text>,
    /// The dates that the post could be published at; the first counts, the others are compared.
    pub published: Vec<DateText>,
    pub updated: Option<DateText>,
    /// The zone of the post's dates that name none, where it is not the site's.
    pub zone: Option<Zone>,
    pub tags: Vec<String>,
    /// The tags that only say which collection the post is in.
    pub markers: Vec<String>,
    pub categories: Vec<String>,
    /// The categories as the permalink has them, where the generator reads them otherwise.
    pub path_categories: Vec<String>,
    /// The terms of other taxonomies, by name.
    pub terms: Vec<(String, Vec<String>)>,
    /// Tags and categories that are not empty but leave no text, such as `<b>`.
    pub nameless: Vec<String>,
    pub authors: Vec<Person>,
    pub summary: Option<String>,
    pub image: Option<Text>,
    /// What else is said of it.
    pub picture: PictureText,
    pub enclosures: Vec<EnclosureText>,
    pub language: Option<Text>,
    /// The slug from front matter or file name.
    pub slug: String,
    /// A permalink of this post alone; it may contain placeholders.
    pub permalink: Option<Text>,
    /// The code that computes the permalink, where it is not known.
    pub computed_permalink: Option<String>,
    /// The code that decides whether the post is shown, where that is not known.
    pub computed_choice: Option<String>,
    /// Which of the pages that show its collection shows the post.
    pub route: usize,
    pub id: Option<Text>,
    pub draft: bool,
    /// When the post may first be shown, if not when it is published.
    pub available: Option<DateText>,
    /// When the post may no longer be shown.
    pub expires: Option<DateText>,
    /// The collection or section, `posts` in most sites.
    pub collection: String,
    /// Whether the post is in another language than the site's own.
    pub translation: bool,
    /// What the post has in common with the same text in other languages, if it may have such.
    pub translation_key: Option<String>,
    /// Whether the post belongs to the site's main feed.
    pub main: bool,
    /// Whether the generator lists the post nowhere but in its collection, so that no feed of a
    /// tag, category or author takes it.
    pub apart: bool,
    /// What the text is written in, where the name of its file does not say it.
    pub markup: Option<Markup>,
    /// The template language of the text, where it is not that of the site.
    pub templates: Option<Templates>,
    /// How the file is treated when it has no date.
    pub undated: Undated,
    /// The reason why the generator does not publish the post, if it does not.
    pub unpublished: Option<&'static str>,
    /// Scalars of the front matter that a pattern of permalinks may name.
    pub values: Vec<(String, String)>,
}

impl Metadata {
    /// Whether there is anything in it that readers would see, where a post has no text.
    pub(crate) fn says_something(&self) -> bool {
        let is_said = |text: &str| !text.trim().is_empty();
        self.title
            .as_ref()
            .is_some_and(|title| is_said(&title.text))
            || self.summary.as_deref().is_some_and(is_said)
            || self.image.is_some()
            || !self.enclosures.is_empty()
            || self.id.is_some()
            || self.permalink.is_some()
    }
}

/// How a file without a date is treated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Undated {
    /// A post with a mistake in it.
    #[default]
    Mistake,
    /// A post that the generator dates by the file's own times, which are not stable.
    LeftOut,
    /// A page, which no feed has.
    Page,
    /// A page that has a date, and lies apart from the posts of its site.
    Apart,
    /// A page that has a date, and not what the posts of its site have.
    Unlike,
    /// A file that nobody takes for a post, and of which nothing is said.
    NoPost,
}

/// A text with its place in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    pub text: String,
    /// From 1; 0 when it does not stand in the file, as with a default.
    pub line: usize,
    pub column: usize,
}

/// A date as written, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct DateText {
    pub text: Text,
    /// The name of its source in messages: `date`, `display-date`, `the file name`.
    pub origin: String,
    pub kind: DateOrigin,
}

impl DateText {
    /// The day that the name of a file or folder begins with.
    pub(super) fn of_name(day: &str, origin: &str) -> Self {
        DateText {
            text: Text {
                text: day.to_owned(),
                ..Text::default()
            },
            origin: origin.to_owned(),
            kind: DateOrigin::Name,
        }
    }
}

/// Where a date comes from, which decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrigin {
    /// Front matter, in the site's zone when it names none.
    FrontMatter,
    /// Front matter whose dates with seconds and without a zone are in UTC: YAML's timestamps.
    YamlTimestamp,
    /// The name of the file or of its folder.
    Name,
}

impl DateOrigin {
    /// The zone of a date that names none, given the site's zone and whether it has seconds.
    pub fn zone(self, site: Zone, seconds: bool) -> Zone {
        match self {
            DateOrigin::YamlTimestamp if seconds => Zone::Named(chrono_tz::UTC),
            _ => site,
        }
    }
}

/// An attached file as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EnclosureText {
    pub url: Text,
    pub length: Option<u64>,
    pub media_type: Option<String>,
    pub duration: Option<DurationText>,
}

/// What is said of an image beside its path, in plain text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureText {
    /// What it shows.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// A wide one that is named beside it.
    pub banner: Option<String>,
}

/// How long something plays, as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DurationText {
    pub text: Text,
    /// `None` where nobody can read it.
    pub seconds: Option<u64>,
}
