//! Reads what front matter says of an episode of a podcast, by the names that generators, hosts and
//! directories use.

use feedwright_base::diagnostic::Location;
use feedwright_base::language::language_tag;
use feedwright_base::text::plain;
use feedwright_feed::podcast::{
    Alternate, Discussion, Episode, EpisodeKind, License, Location as Place, Participant,
    Soundbite, Transcript, Value as Payment,
};
use url::Url;

use crate::config::Podcast;
use crate::config::podcast::{location, of_value};
use crate::front_matter::{FrontMatter, Value};
use crate::post::Post;
use crate::settings::LocationSettings;

use super::files::media_type;
use super::normalize::Normalize;

/// The keys that may hold all that is said of an episode.
const MAPS: [&str; 4] = ["podcast", "itunes", "episode", "podcaster"];

/// The beginnings of keys that say the same.
const PREFIXES: [&str; 2] = ["itunes", "podcast"];

/// What front matter says under a key, and where.
#[derive(Clone, Copy)]
struct Said<'a> {
    /// The key as it is written.
    key: &'a str,
    value: &'a Value,
    line: usize,
    column: usize,
}

/// The front matter of an episode by plain names: `itunes:episodeType`, `episode_type` and
/// `episode: {type: …}` are one.
struct Names<'a> {
    /// What is said in one of [`MAPS`] or behind one of [`PREFIXES`], which is surely meant.
    own: Vec<(String, Said<'a>)>,
    /// What is said under a name that may mean something else elsewhere.
    all: Vec<(String, Said<'a>)>,
}

/// A key without signs, in lower case.
fn bare(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl<'a> Names<'a> {
    fn of(front_matter: &'a FrontMatter) -> Self {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        for field in &front_matter.fields {
            let name = bare(&field.key);
            let said = |key, value| Said {
                key,
                value,
                line: field.line,
                column: field.column,
            };
            if MAPS.contains(&&*name) {
                let inner = field.value.entries().iter();
                own.extend(inner.map(|(key, value)| (bare(key), said(key, value))));
            }
            let prefixes = PREFIXES.iter();
            let mut rests = prefixes.filter_map(|prefix| name.strip_prefix(prefix));
            if let Some(rest) = rests.find(|rest| !rest.is_empty()) {
                own.push((rest.to_owned(), said(&field.key, &field.value)));
            }
            all.push((name, said(&field.key, &field.value)));
        }
        Names { own, all }
    }

    /// What is surely said of the episode, under the first of these names.
    fn own(&self, names: &[&str]) -> Option<Said<'a>> {
        find(&self.own, names)
    }

    /// What is said under the first of these names.
    fn any(&self, names: &[&str]) -> Option<Said<'a>> {
        find(&self.own, names).or_else(|| find(&self.all, names))
    }
}

/// The last value of the first of the names that has one.
fn find<'a>(all: &[(String, Said<'a>)], names: &[&str]) -> Option<Said<'a>> {
    names.iter().find_map(|name| {
        let mut known = all.iter().rev();
        let (_, said) = known.find(|(key, said)| key == name && *said.value != Value::Null)?;
        Some(*said)
    })
}

/// The text behind the first of some keys of a map, whatever their case and signs.
fn inner(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let mut entries = value.entries().iter();
        let (_, value) = entries.find(|(key, _)| bare(key) == *name)?;
        value.as_filled_text()
    })
}

impl Normalize<'_> {
    /// What is said of the episode that a post is; `None` where no podcast of the site takes it.
    pub(super) fn episode(&mut self, post: &Post) -> Option<Box<Episode>> {
        let mut podcasts = self.config.podcasts.iter();
        let podcast = podcasts.find(|podcast| post.is_episode_of(podcast))?;
        let names = Names::of(self.front_matter);
        let file = post.attachments.first();
        let season = self.season(&names);
        Some(Box::new(Episode {
            title: self.own_title(&names, post),
            duration: file.and_then(|file| file.duration),
            explicit: Some(self.explicit(&names, podcast)),
            artwork: self.artwork(&names),
            number: self.number(&names, &["episodenumber", "episodeno", "episode", "ep"]),
            season: season.0,
            season_name: season.1,
            kind: self.kind(&names),
            block: names
                .own(&["block"])
                .is_some_and(|said| said.value.as_bool() == Some(true)),
            transcripts: self.transcripts(&names),
            chapters: self.chapters(&names),
            soundbites: soundbites(&names),
            people: self.people(&names),
            location: names.any(&["location"]).and_then(|said| place(said.value)),
            license: names
                .any(&["license", "licence"])
                .and_then(|said| license(said.value)),
            alternates: self.alternates(&names),
            value: self.payment(&names),
            discussions: discussions(&names),
        }))
    }

    /// Warns of a value that means nothing here.
    fn unread(&mut self, said: Said<'_>, what: &str, help: &str) {
        let text = said.value.as_text().unwrap_or_else(|| "…".to_owned());
        let place = Location::at(&self.source.path, said.line, said.column);
        let message = format!("`{}: {text}` {what}, so podcast apps are not told", said.key);
        self.diags.warning("episode-field", place, message, help);
    }

    /// A number from 1; 0 counts as absent.
    fn number(&mut self, names: &Names<'_>, keys: &[&str]) -> Option<u32> {
        let said = names.any(keys)?;
        // `episode` may hold all that is said of it.
        let text = said.value.as_filled_text()?;
        let number = text.trim_start_matches('#').trim().parse::<u32>();
        match number {
            Ok(number) => Some(number).filter(|number| *number > 0),
            Err(_) => {
                self.unread(said, "is no whole number", "write the number alone, as in `12`");
                None
            }
        }
    }

    /// The number and the name of the season.
    fn season(&mut self, names: &Names<'_>) -> (Option<u32>, Option<String>) {
        let name = names.any(&["seasonname", "seasontitle"]);
        let name = name.and_then(|said| said.value.as_filled_text());
        let map = names.any(&["season"]).map(|said| said.value);
        let map = map.filter(|value| matches!(value, Value::Map(_)));
        match map {
            Some(map) => {
                let number = inner(map, &["number", "season"]).and_then(|text| text.parse().ok());
                (number, inner(map, &["name", "title"]).or(name))
            }
            None => (self.number(names, &["season", "seasonnumber", "seasonno"]), name),
        }
    }

    /// Its title without the names of show and season, where that is another one.
    fn own_title(&self, names: &Names<'_>, post: &Post) -> Option<String> {
        let title = plain(&names.own(&["title"])?.value.as_filled_text()?);
        Some(title).filter(|title| !title.is_empty() && *title != post.title)
    }

    /// Whether it is not fit for children, as it says itself or as its podcast does.
    fn explicit(&mut self, names: &Names<'_>, podcast: &Podcast) -> bool {
        let Some(said) = names.any(&["explicit"]) else {
            return podcast.show.explicit;
        };
        let text = said.value.as_text().unwrap_or_default();
        match (said.value.as_bool(), &*text.trim().to_ascii_lowercase()) {
            (Some(explicit), _) => explicit,
            (None, "clean") => false,
            (None, "explicit") => true,
            (None, "") => podcast.show.explicit,
            _ => {
                self.unread(said, "says neither yes nor no", "write `true` or `false`");
                podcast.show.explicit
            }
        }
    }

    fn kind(&mut self, names: &Names<'_>) -> EpisodeKind {
        let own = names.own(&["type"]).filter(|said| {
            let text = said.value.as_filled_text().unwrap_or_default();
            // It may be the media type of the file.
            kind(&text).is_some()
        });
        let Some(said) = own.or_else(|| names.any(&["episodetype"])) else {
            return EpisodeKind::Full;
        };
        let text = said.value.as_filled_text().unwrap_or_default();
        kind(&text).unwrap_or_else(|| {
            let what = "is no type of episodes";
            self.unread(said, what, "write `full`, `trailer` or `bonus`");
            EpisodeKind::Full
        })
    }

    /// The address of a file or page that is named.
    fn named(&mut self, said: Said<'_>, text: &str) -> Option<Url> {
        let found = self.file_url(text).map(|(url, _)| url);
        if found.is_none() {
            let place = Location::at(&self.source.path, said.line, said.column);
            self.diags.warning(
                "episode-file",
                place,
                format!("`{}` names `{text}`, which is neither a URL nor a file of the site, so podcast apps are not told", said.key),
                "write its path from the site's root, as in `/episodes/12.vtt`, or its URL",
            );
        }
        found
    }

    /// Its own picture.
    fn artwork(&mut self, names: &Names<'_>) -> Option<Url> {
        let keys = ["image", "artwork", "cover", "coverart"];
        let said = names.own(&keys);
        let keys = ["episodeimage", "episodeartwork", "episodecover", "artwork"];
        let said = said.or_else(|| names.any(&keys))?;
        let text = said.value.as_filled_text();
        let text = text.or_else(|| inner(said.value, &["href", "url", "src", "path"]))?;
        let url = self.named(said, &text)?;
        let path = url.path().to_ascii_lowercase();
        let is_taken = [".jpg", ".jpeg", ".png"].iter().any(|end| path.ends_with(end));
        if !is_taken {
            let help = "name a square JPEG or PNG of 1400 to 3000 pixels a side";
            self.unread(said, "does not end as a JPEG or PNG", help);
        }
        Some(url).filter(|_| is_taken)
    }

    fn transcripts(&mut self, names: &Names<'_>) -> Vec<Transcript> {
        let keys = ["transcripts", "transcript", "transcripturl", "transcriptfile"];
        let Some(said) = names.any(&keys) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in said.value.items() {
            let text = item.as_filled_text();
            // `transcript: true`, or the words themselves, name no file.
            let text = text.filter(|text| !text.contains(char::is_whitespace) && text.contains(['.', '/']));
            let text = text.or_else(|| inner(item, &["url", "src", "href", "file", "path"]));
            let Some(url) = text.and_then(|text| self.named(said, &text)) else {
                continue;
            };
            let given = inner(item, &["type", "mimetype"]);
            all.push(Transcript {
                media_type: given.or_else(|| media_type(&url)).unwrap_or_else(|| "text/html".to_owned()),
                language: inner(item, &["language", "lang"]).and_then(|text| language_tag(&text)),
                url,
            });
        }
        all
    }

    /// The file of its chapters.
    fn chapters(&mut self, names: &Names<'_>) -> Option<Url> {
        let said = names.any(&["chapters", "chaptersurl", "chaptersfile"])?;
        let text = said.value.as_filled_text();
        let text = text.or_else(|| inner(said.value, &["url", "href", "src", "file"]))?;
        let is_file = text.contains(['.', '/']) && !text.contains(char::is_whitespace);
        self.named(said, &text).filter(|_| is_file)
    }

    /// Who is to be heard.
    fn people(&mut self, names: &Names<'_>) -> Vec<Participant> {
        let roles: [(&[&str], Option<&str>); 4] = [
            (&["hosts", "host"], None),
            (&["cohosts", "cohost"], Some("co-host")),
            (&["guests", "guest"], Some("guest")),
            (&["people", "persons", "person"], None),
        ];
        let mut all: Vec<Participant> = Vec::new();
        for (keys, role) in roles {
            let Some(said) = names.any(keys) else { continue };
            for item in said.value.items() {
                let person = self.person(item, role);
                let is_new = |person: &Participant| !all.iter().any(|one| one.name == person.name);
                all.extend(person.filter(is_new));
            }
        }
        all
    }

    fn person(&self, item: &Value, role: Option<&str>) -> Option<Participant> {
        let name = item.as_filled_text();
        let name = plain(&name.or_else(|| inner(item, &["name", "title"]))?);
        let url = |names: &[&str]| self.file_url(&inner(item, names)?).map(|(url, _)| url);
        let lower = |names: &[&str]| inner(item, names).map(|text| text.to_lowercase());
        Some(Participant {
            role: lower(&["role"]).or_else(|| role.map(str::to_owned)),
            group: lower(&["group"]),
            picture: url(&["img", "image", "picture", "photo", "avatar"]),
            url: url(&["href", "url", "link", "website"]),
            name,
        })
        .filter(|person| !person.name.is_empty())
    }

    /// The same episode in other files.
    fn alternates(&mut self, names: &Names<'_>) -> Vec<Alternate> {
        let keys = ["alternateenclosures", "alternateenclosure", "alternates", "alternate"];
        let Some(said) = names.any(&keys) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in said.value.items() {
            let text = item.as_filled_text();
            let text = text.or_else(|| inner(item, &["url", "uri", "src", "file", "path"]));
            let found = text.and_then(|text| self.file_url(&text));
            let Some((url, size)) = found else { continue };
            let number = |names: &[&str]| inner(item, names)?.parse::<u64>().ok();
            let given = inner(item, &["type", "mimetype"]);
            let Some(media_type) = given.or_else(|| media_type(&url)) else {
                continue;
            };
            all.push(Alternate {
                media_type,
                length: size.or_else(|| number(&["length", "size", "bytes"])),
                title: inner(item, &["title"]),
                bitrate: number(&["bitrate"]),
                height: inner(item, &["height"]).and_then(|text| text.parse().ok()),
                language: inner(item, &["lang", "language"]).and_then(|text| language_tag(&text)),
                url,
            });
        }
        all
    }

    /// Whom apps pay.
    fn payment(&mut self, names: &Names<'_>) -> Option<Payment> {
        let said = names.own(&["value"])?;
        let read = serde_json::from_value(json(said.value));
        match read {
            Ok(settings) => Some(of_value(&settings)).filter(|value| !value.recipients.is_empty()),
            Err(mistake) => {
                let what = format!("cannot be read ({mistake})");
                let help = "write `type`, `method` and `recipients`, each with `type`, `address` and `split`";
                self.unread(said, &what, help);
                None
            }
        }
    }
}

/// A type of episodes by its name.
fn kind(name: &str) -> Option<EpisodeKind> {
    match &*name.to_ascii_lowercase() {
        "full" | "episode" => Some(EpisodeKind::Full),
        "trailer" => Some(EpisodeKind::Trailer),
        "bonus" => Some(EpisodeKind::Bonus),
        _ => None,
    }
}

/// A place by its name, or with more.
fn place(value: &Value) -> Option<Place> {
    if let Some(name) = value.as_filled_text() {
        return Some(location(&LocationSettings::Name(name)));
    }
    let name = inner(value, &["name", "title"])?;
    Some(Place {
        geo: inner(value, &["geo"]),
        osm: inner(value, &["osm"]),
        country: inner(value, &["country"]).map(|country| country.to_uppercase()),
        ..location(&LocationSettings::Name(name))
    })
}

/// A license by its name, or with the address of its text.
fn license(value: &Value) -> Option<License> {
    let url = inner(value, &["url", "href"]).and_then(|url| Url::parse(&url).ok());
    let name = value.as_filled_text();
    let name = name.or_else(|| inner(value, &["name", "title", "id"]))?;
    let name = match &url {
        Some(_) => plain(&name),
        None => name.to_lowercase(),
    };
    Some(License { name, url })
}

/// Passages that stand for the episode.
fn soundbites(names: &Names<'_>) -> Vec<Soundbite> {
    let said = names.any(&["soundbites", "soundbite"]);
    let items = said.map_or(&[][..], |said| said.value.items());
    let is_seconds = |text: &String| {
        text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.parse::<f64>().is_ok()
    };
    let bite = |item: &Value| {
        Some(Soundbite {
            start: inner(item, &["start", "starttime"]).filter(is_seconds)?,
            duration: inner(item, &["duration"]).filter(is_seconds)?,
            title: inner(item, &["title", "text", "name"]),
        })
    };
    items.iter().filter_map(bite).collect()
}

/// Where people talk about the episode.
fn discussions(names: &Names<'_>) -> Vec<Discussion> {
    let said = names.any(&["socialinteract", "socialinteractions", "discussions"]);
    let items = said.map_or(&[][..], |said| said.value.items());
    let discussion = |item: &Value| {
        let uri = item.as_filled_text().or_else(|| inner(item, &["uri", "url"]))?;
        let uri = Url::parse(&uri).ok()?;
        Some(Discussion {
            protocol: inner(item, &["protocol"]).unwrap_or_else(|| "activitypub".to_owned()),
            account: inner(item, &["accountid", "account"]),
            uri: uri.into(),
        })
    };
    items.iter().filter_map(discussion).collect()
}

/// A value in the form that settings are read from.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(text) => text.parse().map_or_else(|_| text.as_str().into(), serde_json::Value::Number),
        Value::String(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), json(value)));
            serde_json::Value::Object(entries.collect())
        }
    }
}
