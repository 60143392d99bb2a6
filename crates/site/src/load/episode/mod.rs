//! Reads what front matter says of an episode of a podcast, by the names that generators, hosts and
//! directories use.

mod chapters;
mod details;
mod file;
mod names;
mod people;

use feedwright_base::diagnostic::Location;
use feedwright_base::language::language_tag;
use feedwright_base::permalink;
use feedwright_base::text::plain;
use feedwright_feed::podcast::{Discussion, Episode, EpisodeKind, Soundbite, Transcript};
use url::Url;

use crate::config::Podcast;
use crate::dialect::EnclosureText;
use crate::front_matter::Value;
use crate::post::Post;

use super::artwork::{artwork_mistake, is_artwork};
use super::files::media_type;
use super::normalize::Normalize;

use self::names::{Names, Said};

impl Normalize<'_> {
    /// Gives a post its files, and what is said of the episode that it is where a podcast of the site
    /// takes it. `enclosures` are the files that it names.
    pub(super) fn files(&mut self, post: &mut Post, enclosures: &[EnclosureText]) {
        let mut podcasts = self.config.podcasts.iter();
        let Some(podcast) = podcasts.find(|podcast| post.is_among(&podcast.episodes)) else {
            let enclosures = enclosures.iter();
            post.attachments = enclosures.filter_map(|e| self.attachment(e)).collect();
            return;
        };
        let names = Names::of(self.front_matter);
        let (attachments, alternates) = self.episode_files(&names, podcast, enclosures);
        post.attachments = attachments;
        if post.has_media() {
            let mut episode = self.episode(&names, podcast, post);
            episode.alternates = alternates;
            post.episode = Some(Box::new(episode));
        }
    }

    /// What is said of an episode.
    fn episode(&mut self, names: &Names<'_>, podcast: &Podcast, post: &Post) -> Episode {
        let file = post.attachments.first();
        let season = self.season(names);
        Episode {
            title: self.own_title(names, post),
            duration: file.and_then(|file| file.duration),
            explicit: Some(self.explicit(names, podcast)),
            artwork: self.artwork(names, podcast, post),
            number: self.number(
                names,
                &["episodenumber", "episodeno", "episode", "ep", "number"],
            ),
            season: season.0,
            season_name: season.1,
            kind: self.kind(names),
            block: names
                .own(&["block"])
                .is_some_and(|said| said.value.as_bool() == Some(true)),
            transcripts: self.transcripts(names, podcast),
            chapters: self.chapters(names, podcast, post),
            soundbites: self.soundbites(names),
            people: self.people(names),
            location: self.location(names),
            license: self.license(names),
            alternates: Vec::new(),
            value: self.payment(names),
            discussions: self.discussions(names),
        }
    }

    /// Whether apps take an address: those of the Podcasting 2.0 namespace begin with `https:`.
    fn is_secure(&self, url: &Url) -> bool {
        url.scheme() == "https" || permalink::is_loopback(url)
    }

    /// Warns of a value that means nothing here.
    fn unread(&mut self, said: Said<'_>, what: &str, help: &str) {
        let text = said.value.as_text().unwrap_or_else(|| "…".to_owned());
        let place = Location::at(&self.source.path, said.line, said.column);
        let message = format!(
            "`{}: {text}` {what}, so podcast apps are not told",
            said.key
        );
        self.diags.warning("episode-field", place, message, help);
    }

    /// A number from 1; 0 counts as absent.
    fn number(&mut self, names: &Names<'_>, keys: &[&str]) -> Option<u32> {
        let said = names.any(keys)?;
        // `episode` may hold all that is said of it.
        if matches!(said.value, Value::List(_)) {
            self.unread(said, "is no number", "write the number alone, as in `12`");
        }
        let text = said.value.as_filled_text()?;
        let number = text.trim_start_matches('#').trim().parse::<u32>();
        match number {
            Ok(number) => Some(number).filter(|number| *number > 0),
            Err(_) => {
                self.unread(
                    said,
                    "is no whole number",
                    "write the number alone, as in `12`",
                );
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
                let number = map
                    .named_text(&["number", "season"])
                    .and_then(|text| text.parse().ok());
                (number, map.named_text(&["name", "title"]).or(name))
            }
            None => (
                self.number(names, &["season", "seasonnumber", "seasonno"]),
                name,
            ),
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
    fn named(&mut self, said: Said<'_>, podcast: &Podcast, text: &str) -> Option<Url> {
        let found = self
            .file_url(&self.below(podcast, text))
            .map(|(url, _)| url);
        let found = found.filter(|url| self.is_secure(url));
        if found.is_none() {
            let place = Location::at(&self.source.path, said.line, said.column);
            self.diags.warning(
                "episode-file",
                place,
                format!("`{}` names `{text}`, which is neither an `https:` URL nor a file of the site, so podcast apps are not told", said.key),
                "write its path from the site's root, as in `/episodes/12.vtt`, or its URL",
            );
        }
        found
    }

    /// Its own picture. One that stands for the post is taken where it is such as directories want.
    fn artwork(&mut self, names: &Names<'_>, podcast: &Podcast, post: &Post) -> Option<Url> {
        let text = |said: Said<'_>| {
            let text = said.value.as_filled_text();
            text.or_else(|| said.value.named_text(&["href", "url", "src", "path"]))
        };
        let own = names.own(&["image", "artwork", "cover", "coverart"]);
        let keys = ["episodeimage", "episodeartwork", "episodecover", "artwork"];
        let Some(said) = own.or_else(|| names.any(&keys)) else {
            let said = names.any(&["image", "cover", "coverimage"]);
            let named = said.and_then(text);
            // What lies with the sounds was made for them.
            let beside = named.filter(|_| post.image.is_none());
            let beside = beside.map(|named| self.below(podcast, &named));
            let beside = beside.and_then(|address| Url::parse(&address).ok());
            let of_post = post.image.as_ref().map(|image| image.url.clone());
            let of_post = of_post.filter(|url| is_artwork(url, self.config));
            return of_post
                .or(beside)
                .filter(|url| is_taken(url) && self.is_secure(url));
        };
        let url = self.named(said, podcast, &text(said)?)?;
        let help = "name a square JPEG or PNG of 1400 to 3000 pixels a side";
        if !is_taken(&url) {
            self.unread(said, "does not end as a JPEG or PNG", help);
            return None;
        }
        if let Some(mistake) = artwork_mistake(&url, self.config) {
            let place = Location::at(&self.source.path, said.line, said.column);
            let message =
                format!("directories will not take the picture of the episode: {mistake}");
            self.diags.warning("podcast-artwork", place, message, help);
        }
        Some(url)
    }

    fn transcripts(&mut self, names: &Names<'_>, podcast: &Podcast) -> Vec<Transcript> {
        let keys = [
            "transcripts",
            "transcript",
            "transcripturl",
            "transcriptfile",
        ];
        let Some(said) = names.any(&keys) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in said.value.items() {
            let text = item.as_filled_text();
            // `transcript: true`, or the words themselves, name no file.
            let text = text
                .filter(|text| !text.contains(char::is_whitespace) && text.contains(['.', '/']));
            let text = text.or_else(|| item.named_text(&["url", "src", "href", "file", "path"]));
            let Some(text) = text else {
                let is_flag = matches!(item, Value::Bool(_));
                let is_text = item.as_filled_text().is_some();
                if !is_flag && !is_text {
                    let help = "write a path or an address, or `url`, `type` and `language`";
                    self.unread(
                        Said {
                            value: item,
                            ..said
                        },
                        "names no file",
                        help,
                    );
                }
                continue;
            };
            let Some(url) = self.named(said, podcast, &text) else {
                continue;
            };
            let given = item.named_text(&["type", "mimetype"]);
            all.push(Transcript {
                media_type: given
                    .or_else(|| media_type(&url))
                    .unwrap_or_else(|| "text/html".to_owned()),
                language: item
                    .named_text(&["language", "lang"])
                    .and_then(|text| language_tag(&text)),
                url,
            });
        }
        all
    }

    /// Passages that stand for the episode.
    fn soundbites(&mut self, names: &Names<'_>) -> Vec<Soundbite> {
        let is_seconds = |text: &String| {
            text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.parse::<f64>().is_ok()
        };
        let is_long = |text: &String| text.parse::<f64>().is_ok_and(|length| length > 0.0);
        let bite = |item: &Value| {
            let duration = item.named_text(&["duration"]).filter(is_seconds);
            Some(Soundbite {
                start: item
                    .named_text(&["start", "starttime"])
                    .filter(is_seconds)?,
                duration: duration.filter(is_long)?,
                title: item.named_text(&["title", "text", "name"]),
            })
        };
        let help = "write `start` and `duration` in seconds, and `title`";
        self.items(
            names,
            &["soundbites", "soundbite"],
            "is no passage",
            help,
            bite,
        )
    }

    /// Where people talk about the episode.
    fn discussions(&mut self, names: &Names<'_>) -> Vec<Discussion> {
        let discussion = |item: &Value| {
            let uri = item.as_filled_text();
            let uri = uri.or_else(|| item.named_text(&["uri", "url"]))?;
            let uri = Url::parse(&uri).ok()?;
            matches!(uri.scheme(), "http" | "https").then_some(())?;
            Some(Discussion {
                protocol: item
                    .named_text(&["protocol"])
                    .unwrap_or_else(|| "activitypub".to_owned()),
                account: item.named_text(&["accountid", "account"]),
                uri: uri.into(),
            })
        };
        let keys = ["socialinteract", "socialinteractions", "discussions"];
        let help = "write the address of the post that is answered to, with `https://`";
        self.items(names, &keys, "is no address on the web", help, discussion)
    }

    /// The items of a list, each of which can be read, or is named.
    fn items<T>(
        &mut self,
        names: &Names<'_>,
        keys: &[&str],
        what: &str,
        help: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Vec<T> {
        let Some(said) = names.any(keys) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in said.value.items() {
            match read(item) {
                Some(item) => all.push(item),
                None => self.unread(
                    Said {
                        value: item,
                        ..said
                    },
                    what,
                    help,
                ),
            }
        }
        all
    }
}

/// Whether the address of a picture ends as directories want it.
fn is_taken(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png"]
        .iter()
        .any(|end| path.ends_with(end))
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
