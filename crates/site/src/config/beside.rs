//! Checks the settings of what is written beside the feeds, for people and programs that look for
//! them.

use std::path::PathBuf;

use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use feedwright_base::text::plain;
use feedwright_feed::emit::Looks;
use url::Url;

use crate::folder::Folder;

use super::check::Check;
use super::{FormatPaths, Site};
use crate::settings::{
    FeedSettings, PageLooks, PageSettings, RedirectKind, RedirectSettings, StateKind,
};

/// A server that reads redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// The file `_redirects`, which Cloudflare Pages and GitLab Pages read, too.
    Netlify,
    /// A `map` to be included.
    Nginx,
    /// Directives of mod_alias, for `.htaccess` or a configuration.
    Apache,
}

impl Host {
    /// Its name in the configuration and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Host::Netlify => "netlify",
            Host::Nginx => "nginx",
            Host::Apache => "apache",
        }
    }
}

/// The page for people, the list of all feeds and the style sheet of feeds.
pub struct Beside {
    pub page: Option<Page>,
    pub opml: Option<Companion>,
    pub style: Option<Companion>,
    pub redirects: Option<Redirects>,
}

/// How old addresses of feeds lead to new ones.
pub enum Redirects {
    /// By a file that a server reads.
    Server(Host, Companion),
    /// By the old feeds, which name their successors.
    Feeds,
}

/// A file beside the feeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Companion {
    /// Relative to the output folder.
    pub path: PathBuf,
    pub url: Url,
}

/// The page for people.
pub struct Page {
    pub file: Companion,
    /// Where it is not to be “Follow” and the site's title.
    pub title: Option<String>,
    pub description: String,
    pub icon: Option<Url>,
    /// An image in place of icon and title.
    pub logo: Option<Url>,
    /// Where people sign up for news by e-mail.
    pub email_signup: Option<Url>,
    /// The color of links and marks on white, and on black.
    pub color: String,
    pub dark_color: String,
}

/// The URL paths of these files on the site. They do not depend on settings, so that the files of
/// an earlier configuration are found.
pub const PATHS: [&str; 6] = [
    "/feeds/index.html",
    "/feeds/feeds.opml",
    "/feeds/feeds.css",
    "/_redirects",
    "/feeds/redirects.conf",
    "/.htaccess",
];

/// The backgrounds of the page.
const WHITE: &str = "#ffffff";
const BLACK: &str = "#16191f";

/// How much lighter the one of two colors has to be for text: WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;

impl Check<'_> {
    /// What is written beside the feeds, and where.
    pub(super) fn beside(
        &mut self,
        settings: &FeedSettings,
        state: StateKind,
        paths: &[FormatPaths],
        site: &Site,
    ) -> Beside {
        let companion = |path: &str| {
            Some(Companion {
                path: path.trim_start_matches('/').split('/').collect(),
                url: permalink::on_site(&site.url, path).ok()?,
            })
        };
        let [page, opml, style, netlify, nginx, apache] = PATHS;
        let redirects = redirects(settings.redirects, self.root, state);
        let server = match redirects {
            Some(RedirectKind::Netlify) => Some((Host::Netlify, netlify)),
            Some(RedirectKind::Nginx) => Some((Host::Nginx, nginx)),
            Some(RedirectKind::Apache) => Some((Host::Apache, apache)),
            Some(RedirectKind::Feeds) | None => None,
        };
        if server.is_some() && state != StateKind::Lock {
            self.error(
                "config-redirects",
                "feeds.redirects",
                "`feeds.redirects` needs `state: lock`, as nothing else remembers where feeds were",
                "take `feeds.redirects: feeds`, by which the old feeds name their successors",
            );
        }
        let looks = match &settings.page {
            PageSettings::Is(false) => None,
            PageSettings::Is(true) => Some(PageLooks::default()),
            PageSettings::Looks(looks) => Some(looks.clone()),
        };
        let wanted = [
            (page, looks.is_some()),
            (opml, settings.opml),
            (style, settings.style),
            (server.map_or("", |(_, path)| path), server.is_some()),
        ];
        for (path, _) in wanted.iter().filter(|(_, is_wanted)| *is_wanted) {
            if let Some(paths) = paths.iter().find(|format| format.site == *path) {
                self.error(
                    "config-path",
                    format!("feeds.paths.{}", paths.format.as_str()),
                    format!("`{path}` is the path of a feed and of what stands beside the feeds"),
                    "give the feed another path by `feeds.paths`",
                );
            }
        }
        Beside {
            page: looks.and_then(|looks| self.page(&looks, companion(page)?, site)),
            opml: companion(opml).filter(|_| settings.opml),
            style: companion(style).filter(|_| settings.style),
            redirects: match server {
                Some((host, path)) => companion(path).map(|file| Redirects::Server(host, file)),
                None => redirects.map(|_| Redirects::Feeds),
            },
        }
    }

    /// The page for people, with what the site gives it by default.
    fn page(&mut self, looks: &PageLooks, file: Companion, site: &Site) -> Option<Page> {
        let text = |own: &Option<String>| {
            let text = own.as_deref().map(plain);
            text.filter(|text| !text.is_empty())
        };
        let icon = match &looks.icon {
            Some(_) => self.image("feeds.page.icon", looks.icon.as_ref(), None, &site.url),
            None => site.icon.clone(),
        };
        Some(Page {
            file,
            title: text(&looks.title),
            description: text(&looks.description).unwrap_or_else(|| site.description.clone()),
            icon,
            logo: self.image("feeds.page.logo", looks.logo.as_ref(), None, &site.url),
            email_signup: self.email_signup(looks.email_signup.as_deref()),
            color: self.color("color", looks.color.as_deref(), Looks::COLOR, WHITE)?,
            dark_color: self.color(
                "dark_color",
                looks.dark_color.as_deref(),
                Looks::DARK_COLOR,
                BLACK,
            )?,
        })
    }

    /// The page where people sign up for news by e-mail, which is no address to write to.
    fn email_signup(&mut self, given: Option<&str>) -> Option<Url> {
        let given = given.map(str::trim).filter(|text| !text.is_empty())?;
        let url = Url::parse(given).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none()
        });
        if url.is_none() {
            self.error(
                "config-email-signup",
                "feeds.page.email_signup",
                format!("`feeds.page.email_signup` is `{given}`, which is no page on the web"),
                "write the address of the page where people sign up, with `https://`",
            );
        }
        url
    }

    /// A color, with a warning where it has too little contrast to its background.
    fn color(
        &mut self,
        key: &str,
        given: Option<&str>,
        default: &str,
        background: &str,
    ) -> Option<String> {
        let color = given.unwrap_or(default).trim().to_ascii_lowercase();
        let (Some(light), Some(dark)) = (luminance(&color), luminance(background)) else {
            self.error(
                "config-color",
                format!("feeds.page.{key}"),
                format!("`feeds.page.{key}` is `{color}`, which is no color"),
                format!("write it as `{default}`"),
            );
            return None;
        };
        let contrast = (light.max(dark) + 0.05) / (light.min(dark) + 0.05);
        if contrast < CONTRAST {
            self.warning(
                "config-color",
                format!("feeds.page.{key}"),
                format!(
                    "the color {color} of `feeds.page.{key}` is hard to read on {background}: \
                     their contrast is {contrast:.1}, and people need {CONTRAST}"
                ),
                if background == WHITE {
                    "take a darker one"
                } else {
                    "take a lighter one"
                },
            );
        }
        Some(color)
    }
}

/// How old addresses of feeds lead to new ones, where they do.
fn redirects(settings: RedirectSettings, root: &Folder, state: StateKind) -> Option<RedirectKind> {
    match settings {
        RedirectSettings::Is(false) => None,
        RedirectSettings::Is(true) if state == StateKind::Lock && is_hosted(root) => {
            Some(RedirectKind::Netlify)
        }
        RedirectSettings::Is(true) => Some(RedirectKind::Feeds),
        RedirectSettings::By(kind) => Some(kind),
    }
}

/// Whether the site has the configuration of a host that reads `_redirects`.
fn is_hosted(root: &Folder) -> bool {
    let files = [
        "netlify.toml",
        "wrangler.toml",
        "wrangler.json",
        "wrangler.jsonc",
    ];
    files.into_iter().any(|file| root.has_file(file))
}

/// How light a color is, from 0 to 1: WCAG 2.2, “relative luminance”. `None` where it is not
/// written as `#rrggbb`.
fn luminance(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })?;
    let part = |at: usize| {
        let value = u8::from_str_radix(digits.slice(at..at + 2), 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_colors_can_be_read() {
        for (color, background) in [(Looks::COLOR, WHITE), (Looks::DARK_COLOR, BLACK)] {
            let (one, other) = (luminance(color), luminance(background));
            let (one, other) = (one.expect("a color"), other.expect("a color"));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast > CONTRAST, "{color} on {background}: {contrast}");
        }
        assert_eq!(luminance("#000000"), Some(0.0));
        assert!((luminance("#ffffff").expect("white") - 1.0).abs() < 1e-9);
        for wrong in ["red", "#fff", "#12345g", "123456", "#1234567", "#üüü"] {
            assert_eq!(luminance(wrong), None, "{wrong}");
        }
    }
}
