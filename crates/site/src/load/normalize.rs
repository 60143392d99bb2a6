//! Metadata to a post: everything checked, and every problem reported.

use std::path::Path;

use feedwright_base::date::{Timestamp, Zone};
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::language::language_tag;
use feedwright_base::permalink::{self, Outside};
use feedwright_base::{slug, text};
use feedwright_feed::{Aliases, is_id};
use url::Url;

use crate::body;
use crate::config::Config;
use crate::dialect::{Calendar, DateOrigin, Metadata, NoPermalink, Text, Undated};
use crate::front_matter::FrontMatter;
use crate::source::Source;

use crate::post::{Fingerprint, Given, History, Post};

/// The longest slug or permalink, in bytes: servers and browsers take no more.
const LONGEST_PATH: usize = 4_000;

/// One post on its way.
pub(super) struct Normalize<'a> {
    pub(super) source: &'a Source,
    pub(super) config: &'a Config,
    pub(super) front_matter: &'a FrontMatter,
    pub(super) diags: &'a mut Diagnostics,
    /// The zone of dates that name none.
    pub(super) zone: Zone,
    /// When the post was published, where it says so no more and readers know it.
    pub(super) promised: Option<Timestamp>,
}

impl Normalize<'_> {
    pub(super) fn post(mut self, metadata: Metadata) -> Option<Post> {
        self.zone = metadata.zone.unwrap_or(self.zone);
        // Each part reports its own problems, so that one run shows all of a post's.
        if let Some(reason) = metadata.unpublished {
            self.diags.warning(
                "post-unpublished",
                self.file(),
                format!(
                    "{} does not publish the post, because {reason}, so no feed has it",
                    self.config.content.dialect.name()
                ),
                "correct it, or name the file in `content.ignore` of feedwright.yaml",
            );
            return None;
        }
        match metadata.undated {
            _ if !metadata.published.is_empty() || self.promised.is_some() => {}
            Undated::Mistake => {}
            Undated::LeftOut => {
                self.diags.warning(
                    "date-missing",
                    self.file(),
                    "the post has no date of its own, and that of the file says nothing that \
                     lasts, so no feed has it",
                    "add `date: 2021-12-13` to the front matter",
                );
                return None;
            }
            Undated::Page => {
                let message = "the page has no date, so it is no post and no feed has it";
                self.diags.note("page-undated", self.file(), message);
                return None;
            }
        }
        let is_undated = metadata.published.is_empty() && self.promised.is_none();
        if metadata.draft && is_undated && !self.config.content.drafts {
            let message = "the draft has no date yet; it is left out";
            self.diags.note("draft-undated", self.file(), message);
            return None;
        }
        for name in &metadata.nameless {
            self.diags.warning(
                "tag-empty",
                self.file(),
                format!("the tag `{name}` has no text, so it has no feed"),
                "give it a name, or remove it",
            );
        }
        let title = self.title(&metadata);
        let published = self.published(&metadata);
        let language = self.language(metadata.language.as_ref());
        let (title, published) = (title?, published?);
        let updated = self.updated(metadata.updated.as_ref(), published);
        let date = metadata.published.first();
        let given = Given {
            id: metadata.id.is_some(),
            published: date.is_some_and(|date| date.kind != DateOrigin::Name),
            updated: updated.is_some(),
        };
        let updated = updated.unwrap_or(published);
        let url = self.url(&metadata, published)?;
        let id = self.id(&metadata, &url, published)?;
        let image = self.image(metadata.image.as_ref());
        let attachments = metadata
            .enclosures
            .iter()
            .filter_map(|e| self.attachment(e))
            .collect();
        let base = &self.config.site.url;
        let present = &self.config.present;
        let main = self.is_main(&metadata);
        let available = self.moment(metadata.available.as_ref());
        let expires = self.moment(metadata.expires.as_ref());
        Some(Post {
            path: self.source.path.clone(),
            id,
            title,
            published,
            updated,
            tags: metadata.tags,
            markers: metadata.markers,
            categories: metadata.categories,
            terms: metadata.terms,
            authors: metadata
                .authors
                .into_iter()
                .map(|p| p.checked(base))
                .collect(),
            summary: metadata
                .summary
                .map(|text| body::plain_markdown(&text))
                .filter(|summary| !summary.is_empty()),
            language,
            image,
            attachments,
            collection: metadata.collection,
            main,
            translation: metadata.translation,
            apart: metadata.apart,
            draft: metadata.draft || expires.is_some_and(|end| present.has_come(end)),
            future: !present.has_come(published)
                || available.is_some_and(|from| !present.has_come(from)),
            aliases: Aliases::default(),
            given,
            history: History::New,
            fingerprint: Fingerprint::default(),
            text: 0,
            evidence: None,
            held: false,
            body: (self.front_matter.body_start, self.front_matter.body_line),
            url,
        })
    }

    pub(super) fn at(&self, text: &Text) -> Location {
        Location::at(&self.source.path, text.line, text.column)
    }

    pub(super) fn file(&self) -> Location {
        Location::file(&self.source.path)
    }

    fn title(&mut self, metadata: &Metadata) -> Option<String> {
        if let Some(title) = &metadata.title {
            // What stands in backticks is the name of an element, not one.
            let written = title.text.replace("`<", "`&lt;");
            let plain = text::plain(&written);
            if !plain.is_empty() {
                if written.contains('<') && !plain.contains('<') {
                    let message = format!("the markup of the title goes: it is “{plain}”");
                    self.diags.note("title-markup", self.at(title), message);
                }
                return Some(plain);
            }
        }
        let source = self.source;
        let heading = || body::first_heading(&source.text[self.front_matter.body_start..]);
        let makes_up = self.config.content.dialect.makes_up_titles();
        let made_up = makes_up.then(|| text::plain(&slug::titleize(&metadata.slug)));
        let slug = text::closed_line(&slug::titleize(match metadata.slug.as_str() {
            "" => file_name(&self.source.path),
            slug => slug,
        }));
        let (title, from) = match (made_up, heading()) {
            (Some(title), _) if !title.is_empty() => (title, "its file name"),
            (_, Some(heading)) => (heading, "its first heading"),
            _ if !slug.is_empty() => (slug, "its file name"),
            _ => {
                self.diags.error(
                    "title-missing",
                    self.file(),
                    "the post has no title, and neither a heading nor a file name to take one from",
                    "add `title:` to the front matter",
                );
                return None;
            }
        };
        self.diags.warning(
            "title-missing",
            self.file(),
            format!("the post has no title; “{title}” is taken from {from}"),
            "add `title:` to the front matter",
        );
        Some(title)
    }

    /// Whether the site's main feed takes the post: as its generator has it, unless the
    /// configuration says which do.
    fn is_main(&self, metadata: &Metadata) -> bool {
        match &self.config.content.include {
            Some(include) => include.is_match(&self.source.path),
            None => metadata.main,
        }
    }

    /// What a permalink may be made of, where some of it is longer than any address: patterns can
    /// repeat it. `None` where the permalink itself is.
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

    fn url(&mut self, metadata: &Metadata, published: Timestamp) -> Option<Url> {
        let parts = self.parts(metadata)?;
        let metadata = parts.as_ref().unwrap_or(metadata);
        let local = match self.config.content.dialect.calendar() {
            Calendar::Site => published.in_zone(self.config.site.tz()),
            Calendar::Author => published.local(),
            Calendar::Utc => published.in_zone(chrono_tz::UTC),
        };
        if self.config.content.dialect.calendar() == Calendar::Utc
            && self.config.site.zone != Zone::Named(chrono_tz::UTC)
            && local.date() != published.in_zone(self.config.site.tz()).date()
        {
            let message = format!(
                "the day in the permalink is {}, by the clock of build services, which show UTC",
                local.date()
            );
            self.diags.note("permalink-day", self.file(), message);
        }
        let place = metadata
            .permalink
            .as_ref()
            .map_or_else(|| self.file(), |text| self.at(text));
        let path = match self
            .config
            .content
            .dialect
            .permalink(&self.source.path, metadata, local)
        {
            Ok(path) => path,
            Err(NoPermalink::Computed(what)) => {
                self.diags.warning(
                    "permalink-computed",
                    place,
                    format!(
                        "the permalink is computed by {what}, which feedwright does not run, so \
                         no feed has the post"
                    ),
                    "write `permalink:` with the path into the post, or set `content.permalink`",
                );
                return None;
            }
            Err(NoPermalink::Placeholder(name)) => {
                self.diags.error(
                    "permalink-placeholder",
                    place,
                    format!(
                        "the permalink pattern has a placeholder `:{name}`, which nobody knows"
                    ),
                    "use `:year`, `:month`, `:day`, `:title`, `:slug`, `:categories` and the like",
                );
                return None;
            }
        };
        match permalink::on_site(&self.config.site.url, &path) {
            Ok(url) => Some(url),
            Err(outside) => {
                let (message, help) = match outside {
                    Outside::Climbs => (
                        format!("the permalink `{path}` leaves the site by `..`"),
                        "write the path from the site's root",
                    ),
                    Outside::OtherSite => (
                        format!(
                            "the permalink `{path}` is on another site than {}",
                            self.config.site.url
                        ),
                        "write the path from the site's root",
                    ),
                    Outside::NoUrl => (
                        format!("the permalink `{path}` cannot be a URL"),
                        "write the path from the site's root",
                    ),
                };
                self.diags.error("permalink-outside", place, message, help);
                None
            }
        }
    }

    /// The id that the post would have if it were alone: its own, its generator's, or its
    /// permalink.
    fn id(&mut self, metadata: &Metadata, url: &Url, published: Timestamp) -> Option<String> {
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

    fn language(&mut self, language: Option<&Text>) -> Option<String> {
        let language = language?;
        let tag = language_tag(&language.text);
        if tag.is_none() {
            self.diags.warning(
                "language-unknown",
                self.at(language),
                format!("`{}` is not a language tag and is left out", language.text),
                "write it as `en` or `en-US`",
            );
        }
        tag
    }
}

/// The name of a file, or of its folder where it is an `index`, without a date in front.
fn file_name(path: &Path) -> &str {
    let stem = path.file_stem().and_then(|name| name.to_str());
    let folder = path
        .parent()
        .and_then(|folder| folder.file_name()?.to_str());
    let name = match (stem, folder) {
        (Some("index" | "_index") | None, Some(folder)) => folder,
        (stem, _) => stem.unwrap_or_default(),
    };
    permalink::dated_name(name).map_or(name, |(_, slug)| slug)
}
