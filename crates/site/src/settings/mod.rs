//! `feedwright.yaml` as it is written: every key optional, unknown keys refused.
//!
//! The doc comments are what `feedwright schema` prints and what editors show.

mod beside;
mod content;
mod defaults;
mod feeds;
pub mod lints;
mod podcast;

use feedwright_base::date::Order;
use schemars::JsonSchema;
use serde::Deserialize;

use self::lints::Levels;

pub use self::beside::{PageLooks, PageSettings, RedirectKind, RedirectSettings};
pub use self::content::{
    ContentSettings, DialectName, FieldSettings, ImageSource, Keys, SummarySource,
};
pub use self::defaults::{LanguageDefaults, OwnFeed, SiteDefaults, TermPage};
pub use self::feeds::{ContentKind, ExtraFeed, FeedSettings, PathSettings, Taxonomy};
pub use self::podcast::{
    FullLocation, LicenseSettings, LocationSettings, OneOrMore, ParticipantSettings,
    PodcastSettings, ShowKind, TrailerSettings, ValueSettings,
};

/// The configuration of feedwright.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "feedwright.yaml")]
pub struct Settings {
    /// The site. What is missing here is taken from the site generator's own configuration.
    pub site: SiteSettings,
    /// Where the posts are and how they are written.
    pub content: ContentSettings,
    /// Which feeds are written, and where.
    pub feeds: FeedSettings,
    /// The podcast whose episodes the posts are, or a list of several.
    pub podcast: OneOrMore<PodcastSettings>,
    /// How dates are read.
    pub dates: DateSettings,
    /// What stops a run before subscribers are sent old posts again.
    pub guard: GuardSettings,
    /// Where it is kept what subscribers have been promised: ids, and dates that posts do not
    /// give themselves.
    pub state: StateKind,
    /// How much it matters what `feedwright check` looks for in posts. What is allowed is said by
    /// no command, and what is denied is an error of `feedwright check`.
    pub lints: Levels,
}

/// Where it is kept what subscribers have been promised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StateKind {
    /// In `feedwright.lock` in the site's folder, to be committed.
    #[default]
    Lock,
    /// In the feeds now published, which `--published DIR` names: for jobs that cannot commit.
    Published,
    /// Nowhere: ids follow from front matter and permalinks alone.
    None,
}

/// The site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SiteSettings {
    /// The site's name; the title of its feed.
    pub title: Option<String>,
    /// The address that the site is published at, with the path it lies under, such as
    /// `https://www.example.gov` or `https://example.gov/blog`.
    pub url: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The language of the posts as a BCP 47 tag, such as `en-US`.
    pub language: Option<String>,
    /// The zone of dates that name none, by its IANA name, such as `America/New_York`.
    pub timezone: Option<String>,
    /// The authors of posts that name none.
    pub authors: Option<Vec<PersonSettings>>,
    /// A small square image, as a path on the site or a URL.
    pub icon: Option<String>,
    /// A larger image, as a path on the site or a URL.
    pub logo: Option<String>,
    /// The copyright notice.
    pub rights: Option<String>,
}

/// A person or an organization: a name, or a map with more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "an author has to be a name, or `name`, `url`, `email` and `avatar`"
)]
pub enum PersonSettings {
    /// A name.
    Name(String),
    /// A name with an address.
    Full(FullPerson),
}

/// A person with addresses.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullPerson {
    /// The name.
    pub name: String,
    /// An e-mail address. It is published in the feeds.
    #[serde(default)]
    pub email: Option<String>,
    /// A page about the person.
    #[serde(default)]
    pub url: Option<String>,
    /// A picture, as a path on the site or a URL.
    #[serde(default)]
    pub avatar: Option<String>,
}

/// How dates are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DateSettings {
    /// How dates such as `03/04/2021` are read. Without it they are refused.
    pub order: Option<Order>,
    /// Where the time of a post's last change is taken from when the post does not say it.
    pub updated: UpdatedFrom,
}

/// Where the time of a last change is taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UpdatedFrom {
    /// From the state: the run that first saw the change.
    #[default]
    State,
    /// From Git: the last commit that touched the file.
    Git,
}

/// What stops a run before subscribers are sent old posts again. Feeds are compared with those
/// that are published; more than so many posts of a kind stop the run with exit code 3.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GuardSettings {
    /// How many published posts may come under another id. By default none.
    pub max_resent: Option<usize>,
    /// How many old posts that nobody touched may enter a feed. By default none.
    pub max_resurfaced: Option<usize>,
    /// How many published posts may change at once. By default 5.
    pub max_changed: Option<usize>,
}

/// The JSON Schema of `feedwright.yaml` (draft 2020-12).
pub fn schema() -> String {
    let schema = schemars::schema_for!(Settings);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
