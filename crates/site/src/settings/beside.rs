//! Defines the settings of what is written beside the feeds: redirects and the page for people.

use schemars::JsonSchema;
use serde::Deserialize;

/// Whether old addresses of feeds lead to new ones, or how.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "`redirects` has to be `true`, `false`, `netlify`, `nginx`, `apache` or `feeds`"
)]
pub enum RedirectSettings {
    /// Whether they do: by `_redirects` where the site has the configuration of Netlify or
    /// Cloudflare, else by the old feeds themselves.
    Is(bool),
    /// In this way.
    By(RedirectKind),
}

impl Default for RedirectSettings {
    fn default() -> Self {
        RedirectSettings::Is(false)
    }
}

/// How old addresses of feeds lead to new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RedirectKind {
    /// By `/_redirects`, which Netlify, Cloudflare Pages and GitLab Pages read.
    Netlify,
    /// By `/feeds/redirects.conf`, which nginx includes.
    Nginx,
    /// By `/.htaccess`, which Apache reads.
    Apache,
    /// By the old feeds: each stays as it was published and names its successor.
    Feeds,
}

/// Whether there is a page for people, or how it looks.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "`page` has to be `true`, `false`, or keys with their values"
)]
pub enum PageSettings {
    /// Whether there is one.
    Is(bool),
    /// One that looks like this.
    Looks(PageLooks),
}

impl Default for PageSettings {
    fn default() -> Self {
        PageSettings::Is(false)
    }
}

/// How the page for people looks.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageLooks {
    /// Its title. By default “Follow” and the site's title, in the site's language.
    pub title: Option<String>,
    /// What stands below it. By default the site's description.
    pub description: Option<String>,
    /// A small square image before the site's title, as a path on the site or a URL. By default the
    /// site's icon.
    pub icon: Option<String>,
    /// An image that has the site's title in it, as a path on the site or a URL: it stands in place
    /// of icon and title.
    pub logo: Option<String>,
    /// The page where people sign up for news by e-mail, such as
    /// `https://public.govdelivery.com/accounts/EXAMPLE/subscriber/new`. It is shown first.
    pub email_signup: Option<String>,
    /// The color of links and marks on white, such as `#005ea2`.
    pub color: Option<String>,
    /// The same on black, for people who set their devices to dark, such as `#73b3e7`.
    pub dark_color: Option<String>,
}
