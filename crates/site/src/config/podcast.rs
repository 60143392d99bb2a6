//! Checks the settings of podcasts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use feedwright_base::date::{self, Timestamp};
use feedwright_base::email;
use feedwright_base::language::language_tag;
use feedwright_base::license as base_license;
use feedwright_base::permalink;
use feedwright_base::podcast::{self, CATEGORIES, GROUPS, LICENSES, ROLES};
use feedwright_base::slug::{self, fold};
use feedwright_base::text::plain;
use feedwright_feed::Format;
use feedwright_feed::podcast::{
    Category, Funding, License, Location, Owner, Participant, Recipient, Show, Trailer, Value,
};
use url::Url;

use super::Site;
use super::check::Check;
use crate::dialect::fields;
use crate::settings::{
    FullLocation, LicenseSettings, LocationSettings, ParticipantSettings, PersonSettings,
    PodcastSettings, Settings, ShowKind, TrailerSettings, ValueSettings,
};

/// The folder in the paths of feeds that podcasts have of their own, and the first part of their keys.
pub const PODCASTS: &str = "podcasts";

/// Where the files of chapters lie, from the site's root on.
pub const CHAPTERS: &str = "/feeds/chapters/";

/// A podcast of the site.
#[derive(Debug, Clone)]
pub struct Podcast {
    /// What its feed is of: `site` or `podcasts/SLUG`.
    pub key: String,
    pub episodes: Episodes,
    /// What its feed is called, where that is not what the site is called.
    pub title: Option<String>,
    pub description: Option<String>,
    /// The page about it, where that is not the site's home page.
    pub link: Option<Url>,
    pub language: Option<String>,
    pub rights: Option<String>,
    /// The paths of its feeds that are not those of other feeds.
    pub paths: BTreeMap<Format, String>,
    /// The address below which the files lie that front matter names without one.
    pub files: Option<String>,
    /// What stands before the addresses of files, for a service that counts who gets them.
    pub prefix: Option<String>,
    /// `None` means all.
    pub limit: Option<usize>,
    pub show: Arc<Show>,
}

/// Which posts with an audio file or a film are the episodes of a podcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Episodes {
    /// Those of the site's own feed.
    Site,
    /// All that have such a file.
    All,
    /// Those with a tag or category, folded.
    Tag(String),
    /// Those of a section or collection.
    Section(String),
    /// Those in a folder.
    Folder(PathBuf),
}

impl Podcast {
    /// Its place in the path; `None` where the site's own feed is the podcast.
    pub fn slug(&self) -> Option<&str> {
        self.key.strip_prefix(PODCASTS)?.strip_prefix('/')
    }
}

impl Check<'_> {
    /// The podcasts of the site.
    pub(super) fn podcasts(&mut self, settings: &Settings, site: &Site) -> Vec<Podcast> {
        let all = &settings.podcast.0;
        let mut podcasts: Vec<Podcast> = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let key = match self.has("podcast[0]") {
                true => format!("podcast[{at}]"),
                false => "podcast".to_owned(),
            };
            let podcast = self.podcast(one, &key, site);
            let Some(podcast) = podcast else { continue };
            if podcasts.iter().any(|other| other.key == podcast.key) {
                self.wrong(
                    &key,
                    "two podcasts would be one feed",
                    "give one of them another `slug`, or its episodes a `tag`, a `section` or a `folder`",
                );
                continue;
            }
            podcasts.push(podcast);
        }
        podcasts
    }

    /// Whether the settings say something under a key.
    fn has(&self, key: &str) -> bool {
        self.written.place(key).is_some_and(|place| place.line > 0)
    }

    /// Reports a mistake in the settings of a podcast, where it stands or would stand.
    fn wrong(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        // What may be a list may also be written as one alone.
        let written = |key: &str| [key.to_owned(), key.replace("[0]", "")];
        let above = key.rsplit_once('.').map_or(key, |(above, _)| above);
        let mut keys = written(key).into_iter().chain(written(above));
        let key = keys
            .find(|key| self.has(key))
            .unwrap_or_else(|| above.to_owned());
        self.error("config-podcast", key, message, help);
    }

    /// One podcast; `None` where it lacks what every directory wants.
    fn podcast(&mut self, own: &PodcastSettings, key: &str, site: &Site) -> Option<Podcast> {
        let (episodes, name) = self.episodes(own, key)?;
        let feed = self.feed_key(own, key, &episodes, &name)?;
        let paths = self.podcast_paths(own, key, &episodes);
        let url = |check: &mut Self, name: &str, given: &Option<String>| {
            check.image(&format!("{key}.{name}"), given.as_ref(), None, &site.url)
        };
        let link = url(self, "link", &own.link);
        let language = own.language.as_deref().and_then(|language| {
            let tag = language_tag(language);
            if tag.is_none() {
                let message = format!("`{language}` is no language tag");
                self.wrong(&format!("{key}.language"), message, "write it as `en-US`");
            }
            tag
        });
        if own.language.is_none() && site.language.is_none() {
            self.wrong(
                &format!("{key}.language"),
                "nothing says in which language the podcast is, and no directory takes it without",
                "set `site.language` in feedwright.yaml, such as `en-US`",
            );
        }
        let files = self.web_address(own.files.as_ref(), &format!("{key}.files"));
        let prefix = self.web_address(own.prefix.as_ref(), &format!("{key}.prefix"));
        let show = self.show(own, key, site)?;
        Some(Podcast {
            key: feed,
            episodes,
            title: text(own.title.as_deref()),
            description: text(own.description.as_deref()),
            link,
            language,
            rights: text(own.rights.as_deref()),
            paths,
            files,
            prefix,
            limit: own.limit.filter(|limit| *limit > 0),
            show: Arc::new(show),
        })
    }

    /// Which posts are its episodes, and what these have in common.
    fn episodes(&mut self, own: &PodcastSettings, key: &str) -> Option<(Episodes, String)> {
        let folder = own.folder.as_ref();
        let given = [
            own.tag
                .as_ref()
                .map(|tag| (Episodes::Tag(fold(tag)), tag.clone())),
            own.section
                .as_ref()
                .map(|section| (Episodes::Section(section.clone()), section.clone())),
            folder.map(|folder| {
                let folder: PathBuf = folder.components().collect();
                let name = permalink::slashed(&folder);
                (Episodes::Folder(folder), name)
            }),
        ];
        let mut given = given.into_iter().flatten();
        let first = given.next();
        if given.next().is_some() {
            self.wrong(
                key,
                "the episodes of the podcast are named in more than one way",
                "leave one of `tag`, `section` and `folder`",
            );
            return None;
        }
        // A feed of its own takes what the site's own feed has of them.
        let rest = match own.slug {
            Some(_) => Episodes::All,
            None => Episodes::Site,
        };
        Some(first.unwrap_or((rest, String::new())))
    }

    /// What the feed of the podcast is of.
    fn feed_key(
        &mut self,
        own: &PodcastSettings,
        key: &str,
        episodes: &Episodes,
        name: &str,
    ) -> Option<String> {
        if *episodes == Episodes::Site {
            return Some("site".to_owned());
        }
        let given = own.slug.as_deref().unwrap_or(name);
        let slug = slug::tag(given);
        if slug.is_empty() || own.slug.as_ref().is_some_and(|own| *own != slug) {
            let key = format!("{key}.slug");
            let help = match &*slug {
                "" => "set `slug` to letters, digits and hyphens".to_owned(),
                slug => format!("write it as `{slug}`"),
            };
            self.wrong(&key, format!("`{given}` is no slug for a feed"), help);
            return None;
        }
        Some(format!("{PODCASTS}/{slug}"))
    }

    /// The paths that the settings give its feeds.
    fn podcast_paths(
        &mut self,
        own: &PodcastSettings,
        key: &str,
        episodes: &Episodes,
    ) -> BTreeMap<Format, String> {
        let given = [
            (Format::Rss, &own.paths.rss),
            (Format::Atom, &own.paths.atom),
            (Format::Json, &own.paths.json),
        ];
        let mut paths = BTreeMap::new();
        for (format, path) in given {
            let Some(path) = path else { continue };
            let key = format!("{key}.paths.{}", format.as_str());
            if *episodes == Episodes::Site {
                let message = "the podcast is the site's own feed, which has its paths elsewhere";
                self.wrong(&key, message, "set `feeds.paths` in place of it");
                continue;
            }
            let earlier: Vec<String> = paths.values().cloned().collect();
            let earlier: Vec<&str> = earlier.iter().map(String::as_str).collect();
            self.pattern(path, key, &earlier);
            paths.insert(format, path.clone());
        }
        paths
    }

    /// What directories want to know of it.
    fn show(&mut self, own: &PodcastSettings, key: &str, site: &Site) -> Option<Show> {
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
        let url = permalink::absolute(address.trim(), base);
        match &url {
            None => {
                let message = format!("`{address}` is neither a path on the site nor a URL");
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
    fn web_address(&mut self, given: Option<&String>, key: &str) -> Option<String> {
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

/// Whom apps pay, as settings and front matter say it.
pub fn of_value(value: &ValueSettings) -> Value {
    let recipients = value.recipients.iter().map(|one| Recipient {
        name: text(one.name.as_deref()),
        kind: one.kind.trim().to_owned(),
        address: one.address.trim().to_owned(),
        split: one.split,
        custom: one.custom_key.clone().zip(one.custom_value.clone()),
        fee: one.fee,
    });
    Value {
        kind: value.kind.trim().to_owned(),
        method: value.method.trim().to_owned(),
        suggested: value.suggested.map(|amount| amount.to_string()),
        recipients: recipients.collect(),
    }
}

/// A license by the name that podcast apps know it by.
pub fn license(name: &str) -> Option<License> {
    if let Some(name) = podcast::word(LICENSES, name.trim()) {
        return Some(License {
            name: name.to_owned(),
            url: None,
        });
    }
    let url = base_license::url(name)?;
    Some(License {
        name: name.trim().to_owned(),
        url: Url::parse(&url).ok(),
    })
}

/// A place as settings and front matter say it, and by its key what of it no app understands.
pub fn location(settings: &LocationSettings) -> (Location, Vec<(&'static str, String)>) {
    let FullLocation {
        name,
        geo,
        osm,
        country,
    } = match settings {
        LocationSettings::Name(name) => FullLocation {
            name: name.clone(),
            geo: None,
            osm: None,
            country: None,
        },
        LocationSettings::Full(full) => full.clone(),
    };
    let geo = geo.map(|geo| match geo.trim().starts_with("geo:") {
        true => geo.trim().to_owned(),
        false => format!("geo:{}", geo.replace(' ', "")),
    });
    let osm = osm.map(|osm| osm.trim().to_uppercase());
    let country = country.map(|country| country.trim().to_uppercase());
    let is_country = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    let mut wrong = Vec::new();
    let mut right = |name, text: Option<String>, is_right: &dyn Fn(&str) -> bool| {
        let text = text.filter(|text| !text.is_empty())?;
        if is_right(&text) {
            return Some(text);
        }
        wrong.push((name, text));
        None
    };
    let place = Location {
        name: plain(&name),
        geo: right("geo", geo, &podcast::is_geo),
        osm: right("osm", osm, &podcast::is_osm),
        country: right("country", country, &is_country),
    };
    (place, wrong)
}

/// A text as plain text; a blank one counts as absent.
fn text(text: Option<&str>) -> Option<String> {
    text.map(plain).filter(|text| !text.is_empty())
}

/// A category by what is written, such as `News > Politics`, `News/Politics` or `Politics`, whatever
/// its case.
fn category(written: &str) -> Option<Category> {
    let same = |one: &str, other: &str| fold(&one.replace(" and ", " & ")) == fold(other);
    let whole = CATEGORIES.iter().find(|(name, _)| same(written, name));
    if let Some((name, _)) = whole {
        return Some(Category {
            name: (*name).to_owned(),
            subcategory: None,
        });
    }
    let pair = written.split_once(['>', '/', ':']);
    let (above, part) = pair.map_or((None, written), |(above, part)| {
        (Some(above.trim()), part.trim())
    });
    CATEGORIES
        .iter()
        .filter(|(name, _)| above.is_none_or(|above| same(above, name)))
        .find_map(|(name, parts)| {
            let part = parts.iter().find(|known| same(part, known))?;
            Some(Category {
                name: (*name).to_owned(),
                subcategory: Some((*part).to_owned()),
            })
        })
}

/// The names of all categories, in a sentence.
fn all_categories() -> String {
    let names: Vec<&str> = CATEGORIES.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_as_people_write_them() {
        let found = |written: &str| {
            category(written).map(|found| (found.name, found.subcategory.unwrap_or_default()))
        };
        let expected = |name: &str, part: &str| Some((name.to_owned(), part.to_owned()));
        assert_eq!(found("government"), expected("Government", ""));
        assert_eq!(found("News > Politics"), expected("News", "Politics"));
        assert_eq!(found("News/politics"), expected("News", "Politics"));
        assert_eq!(found("Politics"), expected("News", "Politics"));
        assert_eq!(
            found("Society and Culture: Documentary"),
            expected("Society & Culture", "Documentary")
        );
        for wrong in ["", "Governments", "News > Cooking", "Arts > Politics"] {
            assert_eq!(found(wrong), None, "{wrong}");
        }
    }
}
