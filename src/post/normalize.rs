//! Metadata to a post: everything checked, and every problem reported.

use url::Url;

use crate::config::Config;
use crate::date::{self, Refusal, Timestamp};
use crate::diagnostic::{Diagnostics, Location};
use crate::dialect::{DateOrigin, DateText, Metadata, Text};
use crate::front_matter::FrontMatter;
use crate::language::language_tag;
use crate::permalink::{self, Outside};
use crate::source::Source;
use crate::{body, text};

use super::Post;

/// One post on its way.
pub(super) struct Normalize<'a> {
    pub(super) source: &'a Source,
    pub(super) config: &'a Config,
    pub(super) front_matter: &'a FrontMatter,
    pub(super) diags: &'a mut Diagnostics,
}

impl Normalize<'_> {
    pub(super) fn post(mut self, metadata: Metadata) -> Option<Post> {
        // Each part reports its own problems, so that one run shows all of a post's.
        if metadata.draft && metadata.published.is_empty() && !self.config.content.drafts {
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
        let published = self.published(&metadata.published);
        let language = self.language(metadata.language.as_ref());
        let (title, published) = (title?, published?);
        let updated = self.updated(metadata.updated.as_ref(), published);
        let url = self.url(&metadata, published)?;
        let id = self.id(&metadata, &url)?;
        let image = self.image(metadata.image.as_ref());
        let attachments = metadata
            .enclosures
            .iter()
            .filter_map(|e| self.attachment(e))
            .collect();
        let base = &self.config.site.url;
        Some(Post {
            path: self.source.path.clone(),
            id,
            title,
            published,
            updated,
            tags: metadata.tags,
            categories: metadata.categories,
            authors: metadata
                .authors
                .into_iter()
                .map(|p| p.checked(base))
                .collect(),
            summary: metadata.summary,
            language,
            image,
            attachments,
            collection: metadata.collection,
            draft: metadata.draft,
            future: published > self.config.now,
            body: (self.front_matter.body_start, self.front_matter.body_line),
            url,
        })
    }

    pub(super) fn at(&self, text: &Text) -> Location {
        Location::at(&self.source.path, text.line, text.column)
    }

    fn file(&self) -> Location {
        Location::file(&self.source.path)
    }

    fn title(&mut self, metadata: &Metadata) -> Option<String> {
        if let Some(title) = &metadata.title {
            let plain = text::plain(&title.text);
            if !plain.is_empty() {
                return Some(plain);
            }
        }
        let source = self.source;
        let heading = || body::first_heading(&source.text[self.front_matter.body_start..]);
        let made_up = metadata
            .made_up_title
            .clone()
            .map(|title| text::plain(&title));
        let slug = crate::slug::titleize(&metadata.slug);
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

    /// Reads a date and places it in time.
    fn timestamp(&self, date: &DateText) -> Result<(Timestamp, Option<String>), Refusal> {
        let written = date::parse(&date.text.text, self.config.content.order)?;
        let zone = date.kind.zone(self.config.site.zone, written.seconds);
        let timestamp = written.resolve(zone)?;
        let note = written.note.map(str::to_owned).or_else(|| {
            date::is_repeated(&written, zone).then(|| {
                "of the two moments that the clocks showed this, it is the first".to_owned()
            })
        });
        Ok((timestamp, note))
    }

    /// The first date given is the post's; the others are compared with it.
    fn published(&mut self, dates: &[DateText]) -> Option<Timestamp> {
        let Some((date, others)) = dates.split_first() else {
            let keys = self.config.content.names.published.join("` or `");
            self.diags.error(
                "date-missing",
                self.file(),
                format!("the post has no date: neither `{keys}` in its front matter nor its file name gives one"),
                "add `date: 2021-12-13` to the front matter",
            );
            return None;
        };
        let (published, note) = match self.timestamp(date) {
            Ok(found) => found,
            Err(refusal) => {
                self.diags.error(
                    refusal.code,
                    self.at(&date.text),
                    format!("{}: {}", date.origin, refusal.message),
                    refusal.help,
                );
                return None;
            }
        };
        if let Some(note) = note {
            let message = format!(
                "{}: `{}` is read as {published}: {note}",
                date.origin, date.text.text
            );
            self.diags.note("date-form", self.at(&date.text), message);
        }
        if published.year() < 1990 {
            let message = format!(
                "{}: {published} is a date that feed validators doubt",
                date.origin
            );
            self.diags.note("date-early", self.at(&date.text), message);
        }
        let day = published.in_zone(self.config.site.tz()).date();
        for other in others {
            let Ok((timestamp, _)) = self.timestamp(other) else {
                continue;
            };
            let other_day = timestamp.in_zone(self.config.site.tz()).date();
            if other_day == day {
                continue;
            }
            let message = format!(
                "{} says {other_day}, but {} says {day}, which counts",
                other.origin, date.origin
            );
            if other.kind == DateOrigin::Name {
                self.diags.warning(
                    "date-file-name",
                    self.at(&date.text),
                    message,
                    format!(
                        "correct `{}`, or rename the file if nothing links to it",
                        date.origin
                    ),
                );
            } else {
                self.diags
                    .note("date-disagrees", self.at(&other.text), message);
            }
        }
        Some(published)
    }

    fn updated(&mut self, date: Option<&DateText>, published: Timestamp) -> Timestamp {
        let Some(date) = date else { return published };
        let place = self.at(&date.text);
        match self.timestamp(date) {
            Ok((updated, _)) if updated > self.config.now => {
                self.diags.warning(
                    "updated-future",
                    place,
                    format!(
                        "{}: {updated} lies in the future and is left out",
                        date.origin
                    ),
                    "correct it",
                );
                published
            }
            Ok((updated, _)) if updated < published => {
                let message = format!(
                    "{}: {updated} is before the post was published",
                    date.origin
                );
                self.diags.note("updated-early", place, message);
                published
            }
            Ok((updated, _)) => updated,
            Err(refusal) => {
                self.diags.warning(
                    refusal.code,
                    place,
                    format!("{}: {}; it is left out", date.origin, refusal.message),
                    refusal.help,
                );
                published
            }
        }
    }

    fn url(&mut self, metadata: &Metadata, published: Timestamp) -> Option<Url> {
        let local = published.in_zone(self.config.site.tz());
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
            Err(name) => {
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
    fn id(&mut self, metadata: &Metadata, url: &Url) -> Option<String> {
        if let Some(id) = &metadata.id {
            let clean = text::one_line(&id.text);
            if clean == id.text && !clean.contains(' ') {
                return Some(clean);
            }
            self.diags.error(
                "id-invalid",
                self.at(id),
                format!(
                    "the id `{}` has blanks or control characters",
                    id.text.escape_debug()
                ),
                "write a URI, such as the post's first permalink or `tag:example.gov,2021:1`",
            );
            return None;
        }
        let base = &self.config.site.url;
        let path = url.path().strip_prefix(base.path()).unwrap_or(url.path());
        let own = self
            .config
            .content
            .dialect
            .first_id(&format!("/{path}"), metadata);
        let id = own.and_then(|path| permalink::on_site(base, &path).ok());
        Some(id.as_ref().unwrap_or(url).to_string())
    }

    fn language(&mut self, language: Option<&Text>) -> Option<String> {
        let language = language?;
        let tag = language_tag(&language.text);
        if tag.is_none() {
            self.diags.warning(
                "language-invalid",
                self.at(language),
                format!("`{}` is not a language tag and is left out", language.text),
                "write it as `en` or `en-US`",
            );
        }
        tag
    }
}
