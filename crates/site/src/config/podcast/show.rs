//! Checks what the settings say of a show to directories and listeners.

use feedwright_base::date::{self, Timestamp};
use feedwright_base::podcast::{self, GROUPS, LICENSES, ROLES};
use feedwright_base::text::plain;
use feedwright_base::{email, permalink};
use feedwright_feed::podcast::{
    Category, Funding, License, Location, Owner, Participant, Show, Trailer, Value,
};
use url::Url;

use super::super::Site;
use super::super::check::Check;
use super::terms::{all_categories, category, license, location, of_value, text};
use crate::dialect::fields;
use crate::settings::{
    LicenseSettings, LocationSettings, ParticipantSettings, PersonSettings, PodcastSettings,
    ShowKind, TrailerSettings, ValueSettings,
};

impl Check<'_> {
    /// What directories want to know of it.
    pub(super) fn show(&mut self, own: &PodcastSettings, key: &str, site: &Site) -> Option<Show> {
        let owner = self.owner(own, key);
        let artwork = self.artwork(own, key, &site.url);
        let categories = self.categories(own, key);
        let new_feed_url = own
            .new_feed_url
            .as_deref()
            .and_then(|address| self.address(address, &format!("{key}.new_feed_url"), &site.url));
        let show = Show {
            artwork: artwork?,
            categories: categories?,
            explicit: own.explicit,
            author: text(own.author.as_deref()).or_else(|| {
                let names: Vec<&str> = site.authors.iter().map(|one| &*one.name).collect();
                Some(names.join(", "))
            }),
            owner,
            serial: own.kind == ShowKind::Serial,
            complete: own.complete,
            block: own.block,
            new_feed_url,
            guid: self.guid(own, key),
            locked: own.locked,
            funding: self.funding(own, key, &site.url),
            medium: own
                .medium
                .as_deref()
                .map(|medium| medium.trim().to_lowercase()),
            license: own
                .license
                .as_ref()
                .and_then(|license| self.license(license, key)),
            location: own.location.as_ref().map(|place| self.location(place, key)),
            people: self.people(&own.people.0, key, &site.url),
            value: own.value.as_ref().and_then(|value| self.value(value, key)),
            trailers: self.trailers(&own.trailers.0, key, site),
        };
        Some(show)
    }

    /// The picture that stands for it.
    fn artwork(&mut self, own: &PodcastSettings, key: &str, base: &Url) -> Option<Url> {
        let key = format!("{key}.artwork");
        let Some(given) = own
            .artwork
            .as_ref()
            .filter(|given| !given.trim().is_empty())
        else {
            self.wrong(
                &key,
                "the podcast has no `artwork`, without which no directory takes it",
                "name a square JPEG or PNG of 1400 to 3000 pixels a side, as in `/assets/show.jpg`",
            );
            return None;
        };
        let url = self.image(&key, Some(given), None, base)?;
        let path = url.path().to_ascii_lowercase();
        if ![".jpg", ".jpeg", ".png"]
            .iter()
            .any(|end| path.ends_with(end))
        {
            self.wrong(
                &key,
                format!("the artwork `{given}` does not end as a JPEG or PNG, and directories take no other"),
                "name a square JPEG or PNG of 1400 to 3000 pixels a side",
            );
            return None;
        }
        Some(url)
    }

    /// An absolute address or a path on the site.
    fn address(&mut self, address: &str, key: &str, base: &Url) -> Option<Url> {
        let address = address.trim();
        let is_whole = address.starts_with("https://") || address.starts_with("http://");
        let is_path = address.starts_with('/') && !key.ends_with("new_feed_url");
        let url = permalink::absolute(address, base).filter(|_| is_whole || is_path);
        match &url {
            None => {
                let message =
                    format!("`{address}` is neither a path on the site nor a URL of the web");
                self.wrong(key, message, "write it as `/path/` or `https://…`");
            }
            Some(url) if url.scheme() != "https" && !permalink::is_loopback(url) => {
                let message =
                    format!("{url} is no `https:` address, and podcast apps take no other");
                self.wrong(key, message, "write the `https:` address");
            }
            Some(_) => {}
        }
        url
    }

    /// An address that others are made of.
    pub(super) fn web_address(&mut self, given: Option<&String>, key: &str) -> Option<String> {
        let given = given?.trim();
        let is_web = |url: Url| matches!(url.scheme(), "http" | "https");
        let is_path = key.ends_with(".files") && given.starts_with('/');
        let is_address = is_path || Url::parse(given).is_ok_and(is_web);
        if !is_address {
            let message = format!("`{given}` is no address on the web");
            self.wrong(
                key,
                message,
                "write it as `https://audio.example.org/episodes/`",
            );
        }
        is_address.then(|| given.to_owned())
    }

    /// Its categories, which have to be those of Apple.
    fn categories(&mut self, own: &PodcastSettings, key: &str) -> Option<Vec<Category>> {
        let key = format!("{key}.categories");
        if own.categories.0.is_empty() {
            self.wrong(
                &key,
                "the podcast has no `categories`, without which no directory takes it",
                format!("name one of Apple's list at least: {}", all_categories()),
            );
            return None;
        }
        let mut found = Vec::new();
        for (at, written) in own.categories.0.iter().enumerate() {
            match category(written) {
                Some(category) => found.push(category),
                None => self.wrong(
                    &format!("{key}[{at}]"),
                    format!("`{written}` is no category of Apple's list"),
                    format!(
                        "write one of {}, or a part of one as in `News > Politics`",
                        all_categories()
                    ),
                ),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Whom directories write to.
    fn owner(&mut self, own: &PodcastSettings, key: &str) -> Option<Owner> {
        let (name, address) = match own.owner.as_ref()? {
            PersonSettings::Name(text) => {
                let person = fields::person(text);
                let email = person.as_ref().and_then(|person| person.email.clone());
                match email {
                    Some(email) => (person.map(|person| person.name), email),
                    None => (None, text.trim().to_owned()),
                }
            }
            PersonSettings::Full(full) => {
                let email = full.email.clone().unwrap_or_default();
                (text(Some(&full.name)), email)
            }
        };
        if !email::is_address(&address) {
            let message = "the owner of the podcast has no e-mail address";
            let help = "write `owner: {name: Office, email: office@example.gov}`";
            self.wrong(&format!("{key}.owner"), message, help);
            return None;
        }
        let name = name.filter(|name| *name != address);
        Some(Owner {
            name,
            email: address,
        })
    }

    /// The id by which it is known, where the settings give one.
    fn guid(&mut self, own: &PodcastSettings, key: &str) -> Option<String> {
        let guid = own.guid.as_deref()?.trim().to_ascii_lowercase();
        if !podcast::is_uuid(&guid) {
            self.wrong(
                &format!("{key}.guid"),
                format!("`{guid}` is no UUID"),
                "write the one that the Podcast Index has of it, or remove it: it is then made of the feed's address",
            );
            return None;
        }
        Some(guid)
    }

    /// The pages on which listeners give something.
    fn funding(&mut self, own: &PodcastSettings, key: &str, base: &Url) -> Vec<Funding> {
        let mut all = Vec::new();
        for (at, one) in own.funding.0.iter().enumerate() {
            let url = self.address(&one.url, &format!("{key}.funding[{at}].url"), base);
            let text = plain(&one.text);
            all.extend(url.map(|url| Funding { url, text }));
        }
        all
    }

    /// What may be done with the recordings.
    fn license(&mut self, settings: &LicenseSettings, key: &str) -> Option<License> {
        match settings {
            LicenseSettings::Name(name) => {
                let known = license(name);
                if known.is_none() {
                    let message =
                        format!("`{name}` is no license that podcast apps know by its name");
                    let help = format!(
                        "write `license: {{name: …, url: https://…}}`, or one of {}",
                        LICENSES.join(", ")
                    );
                    self.wrong(&format!("{key}.license"), message, help);
                }
                known
            }
            LicenseSettings::Full(full) => {
                let url = Url::parse(full.url.trim()).ok();
                let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
                if url.is_none() {
                    let message = format!("`{}` is no URL", full.url);
                    let help = "write the address of the license's text, with `https://`";
                    self.wrong(&format!("{key}.license.url"), message, help);
                }
                Some(License {
                    name: plain(&full.name),
                    url: Some(url?),
                })
            }
        }
    }

    /// The place that it is about.
    fn location(&mut self, settings: &LocationSettings, key: &str) -> Location {
        let (place, wrong) = location(settings);
        for (name, text) in wrong {
            let message = format!("`{text}` is no place as podcast apps know it");
            let help = "write `geo: 30.2672,-97.7431`, `osm: R113314` and `country: US`";
            self.wrong(&format!("{key}.location.{name}"), message, help);
        }
        place
    }

    /// A word of the Podcast Taxonomy.
    fn word(&mut self, given: Option<&String>, list: &[&'static str], key: &str) -> Option<String> {
        let given = given?;
        let word = podcast::word(list, given);
        if word.is_none() {
            let message = format!("the Podcast Taxonomy has no `{given}`");
            self.wrong(key, message, format!("write one of {}", list.join(", ")));
        }
        word.map(str::to_owned)
    }

    /// Who is to be heard in all episodes.
    fn people(
        &mut self,
        people: &[ParticipantSettings],
        key: &str,
        base: &Url,
    ) -> Vec<Participant> {
        let mut all = Vec::new();
        for (at, person) in people.iter().enumerate() {
            let key = format!("{key}.people[{at}]");
            all.push(match person {
                ParticipantSettings::Name(name) => Participant {
                    name: plain(name),
                    role: None,
                    group: None,
                    picture: None,
                    url: None,
                },
                ParticipantSettings::Full(full) => {
                    let mut url = |name: &str, given: &Option<String>| {
                        let given = given.as_deref()?;
                        self.address(given, &format!("{key}.{name}"), base)
                    };
                    let picture = url("picture", &full.picture);
                    let url = url("url", &full.url);
                    let role = self.word(full.role.as_ref(), ROLES, &format!("{key}.role"));
                    let group = self.word(full.group.as_ref(), GROUPS, &format!("{key}.group"));
                    Participant {
                        name: plain(&full.name),
                        role,
                        group,
                        picture,
                        url,
                    }
                }
            });
        }
        all.retain(|person| !person.name.is_empty());
        all
    }

    /// Whom apps pay.
    fn value(&mut self, value: &ValueSettings, key: &str) -> Option<Value> {
        if value.recipients.is_empty() {
            self.wrong(
                &format!("{key}.value"),
                "nobody is paid: `recipients` is empty",
                "name one at least, with `type`, `address` and `split`",
            );
            return None;
        }
        Some(of_value(value))
    }

    /// Recordings that are to win listeners.
    fn trailers(&mut self, trailers: &[TrailerSettings], key: &str, site: &Site) -> Vec<Trailer> {
        let mut all = Vec::new();
        for (at, trailer) in trailers.iter().enumerate() {
            let key = format!("{key}.trailers[{at}]");
            let url = self.address(&trailer.url, &format!("{key}.url"), &site.url);
            let published = date::parse(&trailer.published, None).ok();
            let published = published.and_then(|written| written.resolve(site.zone).ok());
            if published.is_none() {
                let message = format!("`{}` is no date", trailer.published);
                let help = "write it as `2021-12-13`";
                self.wrong(&format!("{key}.published"), message, help);
            }
            all.extend(
                url.zip(published)
                    .map(|(url, published)| of_trailer(trailer, url, published)),
            );
        }
        all
    }
}

/// A trailer at an address.
fn of_trailer(trailer: &TrailerSettings, url: Url, published: Timestamp) -> Trailer {
    let of_name = || {
        mime_guess::from_path(url.path())
            .first_raw()
            .map(str::to_owned)
    };
    Trailer {
        title: plain(&trailer.title),
        published,
        length: trailer.length,
        media_type: trailer.media_type.clone().or_else(of_name),
        season: trailer.season,
        url,
    }
}
