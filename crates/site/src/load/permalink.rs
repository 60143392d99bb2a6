//! Finds the permalink of a post and its first id.

use chrono::NaiveDate;
use feedwright_base::date::{self, Timestamp, Written, Zone};
use feedwright_base::diagnostic::Location;
use feedwright_base::permalink::{self, Outside};
use feedwright_feed::is_id;
use url::Url;

use crate::dialect::{Calendar, Metadata, NoPermalink};
use crate::pages;

use super::normalize::Normalize;

/// The longest slug or permalink, in bytes: servers and browsers take no more.
const LONGEST_PATH: usize = 4_000;

impl Normalize<'_> {
    /// The metadata that a permalink may be made of, shortened where one of them is longer than
    /// any address, as patterns can repeat it; `Some(None)` where nothing is to shorten, `None`
    /// where the slug or permalink itself is too long.
    #[expect(clippy::option_option, reason = "refused, changed or as it is")]
    fn parts(&mut self, metadata: &Metadata) -> Option<Option<Metadata>> {
        let own = metadata.permalink.as_ref().map_or(0, |own| own.text.len());
        if own.max(metadata.slug.len()) > LONGEST_PATH {
            self.diags.error(
                "permalink-long",
                self.file(),
                "the slug or permalink is longer than any address",
                format!("shorten it to less than {LONGEST_PATH} bytes"),
            );
            return None;
        }
        let is_long = |text: &str| text.len() > LONGEST_PATH;
        let title = metadata
            .title
            .as_ref()
            .is_some_and(|title| is_long(&title.text));
        if !title && !metadata.values.iter().any(|(_, value)| is_long(value)) {
            return Some(None);
        }
        let mut parts = metadata.clone();
        let texts = parts.values.iter_mut().map(|(_, value)| value);
        for text in texts.chain(parts.title.as_mut().map(|title| &mut title.text)) {
            text.truncate(text.floor_char_boundary(LONGEST_PATH));
        }
        Some(Some(parts))
    }

    /// Where paths on the site count from: its address, or that of the post's language.
    pub(super) fn base(&self) -> &Url {
        let own = self.config.content.dialect.base(&self.source.path);
        own.unwrap_or(&self.config.site.url)
    }

    /// The permalink; `None` where it is not known or not on the site.
    pub(super) fn url(&mut self, metadata: &Metadata, published: Timestamp) -> Option<Url> {
        let parts = self.parts(metadata)?;
        let metadata = parts.as_ref().unwrap_or(metadata);
        let dialect = self.config.content.dialect.as_ref();
        let local = match dialect.calendar() {
            Calendar::Site => published.in_zone(self.config.site.tz()),
            Calendar::Author => published.local(),
            Calendar::Utc => {
                self.note_utc_day(published);
                published.in_zone(chrono_tz::UTC)
            }
            Calendar::UtcOfClock => {
                let shown = self.read_as_clock(metadata, published).unwrap_or(published);
                self.note_utc_day(shown);
                shown.in_zone(chrono_tz::UTC)
            }
        };
        let own = metadata.permalink.as_ref();
        let place = own.map_or_else(|| self.file(), |text| self.at(text));
        let path = match dialect.permalink(&self.source.path, metadata, local) {
            Ok(path) => path,
            Err(problem) => {
                let found = self.rendered_address(&problem, metadata, local.date());
                if found.is_none() {
                    self.no_permalink(place, problem);
                }
                return found;
            }
        };
        match permalink::on_site(self.base(), &path) {
            Ok(url) => Some(url),
            Err(outside) => {
                self.outside(place, &path, outside);
                None
            }
        }
    }

    /// The instant of a date that names a zone, for a generator that takes what its clock shows in UTC
    /// for a time in the site's zone; `None` for other dates.
    fn read_as_clock(&self, metadata: &Metadata, published: Timestamp) -> Option<Timestamp> {
        let text = &metadata.published.first()?.text.text;
        date::parse(text, None).ok()?.zone?;
        let shown = published.in_zone(chrono_tz::UTC);
        let clock = Written {
            day: shown.date(),
            time: Some(shown.time()),
            seconds: true,
            zone: None,
            note: None,
        };
        clock.resolve(self.config.site.zone).ok()
    }

    /// Notes where the day in the permalink, in UTC, differs from the day in the site's zone.
    fn note_utc_day(&mut self, published: Timestamp) {
        let day = published.in_zone(chrono_tz::UTC).date();
        if self.config.site.zone != Zone::Named(chrono_tz::UTC)
            && day != published.in_zone(self.config.site.tz()).date()
        {
            let message = format!(
                "the day in the permalink is {day}, by the clock of build services, which show UTC"
            );
            self.diags.note("permalink-day", self.file(), message);
        }
    }

    /// The address of the page that the generator made of the post, where its permalink is computed
    /// and the rendered site is at hand.
    fn rendered_address(
        &self,
        problem: &NoPermalink,
        metadata: &Metadata,
        day: NaiveDate,
    ) -> Option<Url> {
        let is_computed = matches!(problem, NoPermalink::Computed(_) | NoPermalink::Chosen(_));
        let site = self
            .config
            .content
            .rendered
            .as_ref()
            .filter(|_| is_computed)?;
        pages::address(&metadata.title.as_ref()?.text, day, site, self.config)
    }

    /// Reports why the permalink is not known.
    fn no_permalink(&mut self, place: Location, problem: NoPermalink) {
        match problem {
            NoPermalink::Missing => self.diags.error(
                "permalink-missing",
                place,
                "the post has no address: it names none, and there is no pattern for it",
                "give it a `url`, or set `content.permalink`, as in `/:year/:month/:slug/`",
            ),
            NoPermalink::Computed(what) => self.diags.warning(
                "permalink-computed",
                place,
                format!(
                    "the permalink is computed by {what}, which feedwright does not run, so \
                     no feed has the post"
                ),
                "write `permalink:` with the path into the post, set `content.permalink`, or name the \
                 built site in `content.rendered`, where it is looked up",
            ),
            NoPermalink::Chosen(what) => self.diags.warning(
                "post-chosen",
                place,
                format!("{what}, which feedwright does not run, so no feed has the post"),
                "name the built site in `content.rendered`, where the post is looked up, or, where the page \
                 shows all posts, set `content.permalink`",
            ),
            NoPermalink::Placeholder(name) => self.diags.error(
                "permalink-placeholder",
                place,
                format!("the permalink pattern has a placeholder `:{name}`, which nobody knows"),
                "use `:year`, `:month`, `:day`, `:title`, `:slug`, `:categories` and the like",
            ),
        }
    }

    /// Reports a permalink that is not an address on the site.
    fn outside(&mut self, place: Location, path: &str, outside: Outside) {
        let message = match outside {
            Outside::Climbs => format!("the permalink `{path}` leaves the site by `..`"),
            Outside::OtherSite => format!(
                "the permalink `{path}` is on another site than {}",
                self.config.site.url
            ),
            Outside::NoUrl => format!("the permalink `{path}` cannot be a URL"),
        };
        let help = "write the path from the site's root";
        self.diags.error("permalink-outside", place, message, help);
    }

    /// The id that the post gets if no other has it: its own, its generator's, or its permalink.
    pub(super) fn id(
        &mut self,
        metadata: &Metadata,
        url: &Url,
        published: Timestamp,
    ) -> Option<String> {
        if let Some(id) = &metadata.id {
            // Ids that other programs gave may have blanks in them.
            if is_id(&id.text) {
                return Some(id.text.clone());
            }
            self.diags.error(
                "id-invalid",
                self.at(id),
                format!(
                    "the id `{}` has characters that no feed can have, or blanks around it",
                    id.text.escape_debug()
                ),
                "write a URI, such as the post's first permalink or `tag:example.gov,2021:1`",
            );
            return None;
        }
        let base = &self.config.site.url;
        let own = self
            .config
            .content
            .dialect
            .first_id(url, base, metadata, published);
        // A permalink may stand for characters, as `%00`, that no id can have.
        let own = own.map(|id| permalink::encode_id(&id).into_owned());
        Some(own.unwrap_or_else(|| url.to_string()))
    }
}
