//! Checks the settings of the site itself: its address, title, time zone, language and authors.

use chrono_tz::Tz;
use feedwright_base::date::Zone;
use feedwright_base::diagnostic::{Diagnostic, Location, Severity};
use feedwright_base::language::language_tag;
use feedwright_base::permalink;
use feedwright_base::text::plain;
use feedwright_feed::Person;
use url::Url;

use super::check::{By, Check};
use super::{FILE, LOCK, Overrides, Site, SiteDefaults};
use crate::dialect::fields;
use crate::settings::{PersonSettings, Settings, SiteSettings};

impl Check<'_> {
    /// The site, from the command line, the settings and its generator, in that order of precedence.
    pub(super) fn site(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
    ) -> Option<Site> {
        let own = &settings.site;
        let url = self.base_url(own, overrides, defaults)?;
        let title = self.title(own, defaults, &url);
        let zone = self.zone(said(
            (&overrides.timezone, "--timezone"),
            (&own.timezone, "site.timezone"),
            &defaults.timezone,
        ));
        let language = self.language(said(
            (&None, ""),
            (&own.language, "site.language"),
            &defaults.language,
        ));
        let authors = self.authors(own, defaults, &title);
        let (icon, logo) = (own.icon.as_ref(), own.logo.as_ref());
        let icon = self.image("site.icon", icon, defaults.icon.as_ref(), &url);
        let logo = self.image("site.logo", logo, defaults.logo.as_ref(), &url);
        Some(Site {
            description: plain_text(&own.description, &defaults.description)
                .unwrap_or_else(|| title.clone()),
            rights: plain_text(&own.rights, &defaults.rights),
            language,
            zone: zone?,
            authors: authors.into_iter().map(|p| p.checked(&url)).collect(),
            icon,
            logo,
            title,
            url,
        })
    }

    /// The title of the site, or its host where it has none.
    fn title(&mut self, own: &SiteSettings, defaults: &SiteDefaults, url: &Url) -> String {
        plain_text(&own.title, &defaults.title).unwrap_or_else(|| {
            let host = url.host_str().unwrap_or_default().to_owned();
            self.warning(
                "config-title",
                "site.title",
                format!("the site has no title; its feed is called `{host}`"),
                "set `site.title` in feedwright.yaml",
            );
            host
        })
    }

    /// The authors of posts that name none: the site itself where nobody else is named.
    fn authors(&mut self, own: &SiteSettings, defaults: &SiteDefaults, title: &str) -> Vec<Person> {
        let mut authors: Vec<Person> = match &own.authors {
            Some(authors) => authors.iter().map(person).collect(),
            None => defaults.authors.clone(),
        };
        if let Some(nobody) = authors.iter().position(|author| author.name.is_empty()) {
            self.error(
                "config-authors",
                format!("site.authors[{nobody}]"),
                "an author of the site has no name",
                "give it a `name`",
            );
        }
        if authors.is_empty() {
            authors.push(Person {
                email: defaults.email.clone(),
                ..Person::named(title)
            });
        }
        authors
    }

    /// The base URL, ending in a slash. An address without a path takes the generator's base
    /// path.
    fn base_url(
        &mut self,
        own: &SiteSettings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
    ) -> Option<Url> {
        let option = (&overrides.site_url, "--site-url");
        let said = said(option, (&own.url, "site.url"), &defaults.url);
        let said = said.filter(|(text, _)| !text.trim().is_empty());
        let known = overrides.known_url.as_deref();
        let Some((text, by)) = said.clone().or(known.map(|url| (url, By::Lock))) else {
            self.no_base_url(defaults);
            return None;
        };
        let configured = overrides.site_url.as_ref().or(own.url.as_ref());
        if said.is_none() {
            self.diags.push(Diagnostic::new(
                Severity::Note,
                "config-url-known",
                None,
                format!(
                    "the site's address is {text}, as in the run before: {LOCK} has it, and nothing \
                     else says one (`site.url` in feedwright.yaml does)"
                ),
            ));
        }
        let parsed = Url::parse(text.trim()).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        let Some(mut url) = parsed.and_then(|url| permalink::strict(&url)) else {
            let message = format!("the site's address `{text}` is not an http URL");
            self.error("config-url", by, message, url_remedy(text));
            return None;
        };
        let mut path = url.path().trim_matches('/').to_owned();
        if path.is_empty() {
            path = defaults
                .base_path
                .as_deref()
                .unwrap_or_default()
                .trim_matches('/')
                .to_owned();
            // Who writes a slash behind the host has said where the site lies.
            let is_said = configured.is_some_and(|text| text.trim().ends_with('/'));
            if let Some(setting) = defaults.computed_path.filter(|_| !is_said) {
                self.computed_path(setting, &url, defaults);
            }
        }
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            format!("/{path}/")
        };
        url.set_path(&path);
        permalink::strict(&url)
    }

    /// Warns that only code says below which path of its host the site lies.
    fn computed_path(&mut self, setting: &str, url: &Url, defaults: &SiteDefaults) {
        self.diags.warning(
            "setting-computed",
            Location::file(defaults.file.as_deref().unwrap_or(FILE)),
            format!(
                "`{setting}` is computed by code, which feedwright does not run: all addresses are \
                 taken to lie directly below {url}"
            ),
            format!(
                "set `site.url` with the path, as `{url}docs/`, or as `{url}` if there is none"
            ),
        );
    }

    fn no_base_url(&mut self, defaults: &SiteDefaults) {
        let file = defaults.file.as_deref().unwrap_or(FILE);
        let silent = if file == FILE {
            String::new()
        } else {
            format!(" nor {file}")
        };
        self.diags.push(
            Diagnostic::new(
                Severity::Error,
                "config-url",
                None,
                format!("neither {FILE}{silent} says the address of the site, and links in feeds must be absolute")
                    .replace("neither feedwright.yaml says", "nothing says"),
            )
            .help("give it with `--site-url https://www.example.gov`, or as `site.url` in feedwright.yaml"),
        );
    }

    /// The zone of dates that name none: UTC where the site does not say.
    fn zone(&mut self, said: Option<(&str, By<'_>)>) -> Option<Zone> {
        let Some((name, by)) = said else {
            let file = self.written.place("site.timezone");
            self.diags.note(
                "config-timezone",
                file,
                "the site names no time zone; dates without one are taken as UTC \
                 (`site.timezone` sets it)",
            );
            return Some(Zone::Named(Tz::UTC));
        };
        if let Ok(tz) = name.trim().parse::<Tz>() {
            return Some(Zone::Named(tz));
        }
        let help = match likeliest_zone(name) {
            Some(zone) => format!("did you mean `{zone}`?"),
            None => "such as `America/New_York` or `Europe/Berlin`".to_owned(),
        };
        self.error(
            "config-timezone",
            by,
            format!("there is no time zone `{name}`"),
            format!("use a name of the IANA database: {help}"),
        );
        None
    }

    /// The language of the site as a tag of BCP 47.
    fn language(&mut self, said: Option<(&str, By<'_>)>) -> Option<String> {
        let (name, by) = said?;
        let tag = language_tag(name);
        if tag.is_none() && !name.trim().is_empty() {
            self.warning(
                "config-language",
                by,
                format!("`{name}` is not a language tag and is left out"),
                "write it as `en` or `en-US`",
            );
        }
        tag
    }
}

/// A value and who says it: an option of the command line, a setting, or the site's generator.
fn said<'a>(
    (given, option): (&'a Option<String>, &'static str),
    (own, key): (&'a Option<String>, &'a str),
    default: &'a Option<String>,
) -> Option<(&'a str, By<'a>)> {
    let given = given.as_deref().map(|text| (text, By::Option(option)));
    let own = own.as_deref().map(|text| (text, By::from(key)));
    let default = default.as_deref();
    given
        .or(own)
        .or(default.map(|text| (text, By::Generator(text))))
}

/// The zone that was probably meant: one of the city that is named, or else one of a like name.
fn likeliest_zone(name: &str) -> Option<&'static str> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let city = |zone: &str| letters(zone.rsplit('/').next().unwrap_or(zone));
    // Those of `Etc` have the opposite sign of what people mean.
    let zones = || {
        let all = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        all.filter(|zone| !zone.starts_with("Etc/"))
    };
    let (wanted, whole) = (city(name), letters(name));
    // Behind `Brazil` and the like stand old names of zones.
    let of_city = zones().filter(|zone| city(zone) == wanted);
    if let Some(zone) = of_city.max_by_key(|zone| is_current(zone)) {
        return Some(zone);
    }
    // Who writes an offset, as in `GMT+2`, means no place.
    if name.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let most = whole.chars().count() / 3;
    zones()
        .map(|zone| {
            let distance = |one: &str, other: &str| strsim::damerau_levenshtein(one, other);
            let whole = distance(&letters(zone), &whole);
            (
                whole.min(distance(&city(zone), &wanted)),
                !is_current(zone),
                zone,
            )
        })
        .min()
        .filter(|(distance, _, _)| *distance <= most)
        .map(|(_, _, zone)| zone)
}

/// Whether a zone has its name from a continent or an ocean, as all have that are not kept for old
/// programs only.
fn is_current(zone: &str) -> bool {
    const AREAS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    let area = zone.split('/').next().unwrap_or(zone);
    AREAS.contains(&area)
}

/// How an address of a site is written, with this one if nothing but its scheme is missing.
fn url_remedy(text: &str) -> String {
    let text = text.trim();
    let url = format!("https://{text}");
    let is_host = text.contains('.') && !text.contains(':') && Url::parse(&url).is_ok();
    let example = if is_host {
        &url
    } else {
        "https://www.example.gov"
    };
    format!("write it as `{example}`, with the path that the site lies under, if any")
}

/// A text of the settings or of the generator, without markup; `None` where it is empty.
fn plain_text(own: &Option<String>, default: &Option<String>) -> Option<String> {
    own.as_deref()
        .or(default.as_deref())
        .map(plain)
        .filter(|text| !text.is_empty())
}

fn person(settings: &PersonSettings) -> Person {
    match settings {
        PersonSettings::Name(name) => {
            fields::person(name).unwrap_or_else(|| Person::named(String::new()))
        }
        PersonSettings::Full(full) => Person {
            name: plain(&full.name),
            email: full.email.clone(),
            url: full.url.clone(),
            avatar: full.avatar.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_find_their_zones() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(likeliest_zone(name), expected, "{name}");
        };
        check("Berlin", Some("Europe/Berlin"));
        check("new york", Some("America/New_York"));
        check("Buenos Aires", Some("America/Buenos_Aires"));
        check("Europe/Berln", Some("Europe/Berlin"));
        check("America/NewYork", Some("America/New_York"));
        check("Calcuta", Some("Asia/Calcutta"));
        check("Jerusalem", Some("Asia/Jerusalem"));
        check("Central European Time", None);
        check("Mars", None);
        check("GMT+2", None);
        check("", None);
    }
}
