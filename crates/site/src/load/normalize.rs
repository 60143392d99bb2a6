//! Checks the metadata of a file, reports every problem of it, and makes a post of it.

use feedwright_base::date::{Timestamp, Zone};
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::language::{is_variant, language_tag};
use feedwright_base::slice::Slice;
use feedwright_base::text;
use feedwright_feed::Aliases;
use url::Url;

use crate::body;
use crate::config::{Config, Taxonomy};
use crate::dialect::{DateOrigin, Markup, Metadata, Text, Undated};
use crate::front_matter::{FrontMatter, Value};
use crate::source::Source;

use crate::post::{Fingerprint, Given, History, Post};

/// A value as templates show it: of a list its items, one right behind the other.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => Some(items.iter().filter_map(Value::as_text).collect()),
        value => value.as_text(),
    }
}

/// A file whose metadata is being checked.
pub(super) struct Normalize<'a> {
    pub(super) source: &'a Source,
    pub(super) config: &'a Config,
    pub(super) front_matter: &'a FrontMatter,
    pub(super) diags: &'a mut Diagnostics,
    /// The zone of dates that name none.
    pub(super) zone: Zone,
    /// The date that readers know, for a post that has lost its own.
    pub(super) promised: Option<Timestamp>,
}

impl Normalize<'_> {
    /// The post; `None` where its generator does not publish it or something is wrong with it. Each
    /// part reports its own problems, so that one run shows all of them.
    pub(super) fn post(mut self, mut metadata: Metadata) -> Option<Post> {
        self.zone = metadata.zone.unwrap_or(self.zone);
        if !self.is_published(&metadata) || !self.is_dated(&metadata) {
            return None;
        }
        self.nameless(&metadata.nameless);
        self.shapeless(&metadata);
        self.unclear_draft(&metadata);
        let title = self.title(&metadata);
        let published = self.published(&metadata);
        let language = self.language(metadata.language.as_ref());
        let (title, published) = (title?, published?);
        let updated = self.updated(metadata.updated.as_ref(), published);
        let given = given(&metadata, updated);
        let url = self.url(&metadata, published)?;
        let id = self.id(&metadata, &url, published)?;
        let image = self.image(
            metadata.image.as_ref(),
            std::mem::take(&mut metadata.picture),
        );
        let enclosures = std::mem::take(&mut metadata.enclosures);
        let base = &self.config.site.url;
        let present = &self.config.present;
        let available = self.moment(metadata.available.as_ref());
        let expires = self.moment(metadata.expires.as_ref());
        let authors = std::mem::take(&mut metadata.authors).into_iter();
        let authors = authors.map(|person| person.checked(base)).collect();
        let mut post = Post {
            path: self.source.path.clone(),
            main: self.is_main(&metadata),
            translation_key: self.translation_key(&metadata, &url),
            id,
            title,
            published,
            updated: updated.unwrap_or(published),
            tags: metadata.tags,
            markers: metadata.markers,
            categories: metadata.categories,
            terms: metadata.terms,
            authors,
            summary: summary(metadata.summary),
            image,
            attachments: Vec::new(),
            episode: None,
            extras: None,
            collection: metadata.collection,
            translation: metadata.translation || self.is_translation(language.as_deref()),
            translations: Vec::new(),
            language,
            apart: metadata.apart,
            draft: metadata.draft || expires.is_some_and(|end| present.has_come(end)),
            future: [Some(published), available]
                .into_iter()
                .flatten()
                .filter(|moment| !present.has_come(*moment))
                .max(),
            variables: self.variables(),
            body: (self.front_matter.body_start, self.front_matter.body_line),
            templates: metadata.templates,
            markup: metadata
                .markup
                .unwrap_or_else(|| Markup::of(&self.source.path)),
            url,
            given,
            // What follows is not of the file alone: others find it out.
            aliases: Aliases::default(),
            history: History::New,
            fingerprint: Fingerprint::default(),
            text: 0,
            evidence: None,
            held: false,
        };
        self.files(&mut post, &enclosures);
        post.extras = self.extras(&post);
        Some(post)
    }

    /// What the front matter says of the variables `page.…` that the body names.
    fn variables(&self) -> Vec<(String, String)> {
        let body = self.source.text.get(self.front_matter.body_start..);
        let body = body.filter(|body| text::has(body, "page."));
        let mut found: Vec<(String, String)> = Vec::new();
        for (_, rest) in body.into_iter().flat_map(|body| {
            let parts = body.match_indices("page.");
            parts.map(move |(at, mark)| body.split_at(at + mark.len()))
        }) {
            let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
            let name = rest.slice(..end).trim_end_matches('.');
            let mut keys = name.split('.');
            let field = keys.next().and_then(|key| self.front_matter.get(key));
            let keys: Vec<&str> = keys.collect();
            let value = field.and_then(|field| field.value.at(&keys));
            if let Some(text) = value.and_then(shown)
                && !found.iter().any(|(known, _)| known == name)
            {
                found.push((name.to_owned(), text));
            }
        }
        found
    }

    /// Whether the site's generator publishes the post at all.
    fn is_published(&mut self, metadata: &Metadata) -> bool {
        let Some(reason) = metadata.unpublished else {
            return true;
        };
        self.diags.warning(
            "post-unpublished",
            self.file(),
            format!(
                "{} does not publish the post, because {reason}, so no feed has it",
                self.config.content.dialect.title()
            ),
            "correct it, or name the file in `content.ignore` of feedwright.yaml",
        );
        false
    }

    /// Whether the post has a date or lacks one by mistake. All others without a date are left out,
    /// with a note or a warning.
    fn is_dated(&mut self, metadata: &Metadata) -> bool {
        if !metadata.published.is_empty() || self.promised.is_some() {
            return true;
        }
        match metadata.undated {
            Undated::Mistake => {}
            Undated::LeftOut => {
                self.diags.warning(
                    "date-missing",
                    self.file(),
                    "the post has no date of its own, and that of the file says nothing that \
                     lasts, so no feed has it",
                    "add `date: 2021-12-13` to the front matter",
                );
                return false;
            }
            Undated::NoPost => return false,
            Undated::Unlike => {
                self.diags.warning(
                    "page-unlike",
                    self.file(),
                    "the page has a date, but neither shows it nor says that it is an article, as the \
                     posts of the site do, so no feed has it",
                    "name it in `content.ignore` of feedwright.yaml, or if it is a post, show its date in \
                     `<time datetime>` as the others do",
                );
                return false;
            }
            Undated::Apart => {
                let message =
                    "the page has a date, but lies in no folder with posts, so no feed has it";
                self.diags.note("page-apart", self.file(), message);
                return false;
            }
            Undated::Page => {
                let message = "the page has no date, so it is no post and no feed has it";
                self.diags.note("page-undated", self.file(), message);
                return false;
            }
        }
        if metadata.draft && !self.config.content.drafts {
            let message = "the draft has no date yet; it is left out";
            self.diags.note("draft-undated", self.file(), message);
            return false;
        }
        true
    }

    /// Warns of a post that is held back for what its author may not have meant.
    fn unclear_draft(&mut self, metadata: &Metadata) {
        let keys = self.config.content.names.draft.iter();
        let fields = keys.filter_map(|key| self.front_matter.get(key));
        let mut unclear = fields.filter(|field| field.value.as_bool().is_none());
        let Some(field) = unclear.next().filter(|_| metadata.draft) else {
            return;
        };
        if let Some(text) = field.value.as_filled_text() {
            let place = Location::at(&self.source.path, field.line, field.column);
            let key = &field.key;
            self.diags.warning(
                "draft-unclear",
                place,
                format!("`{key}: {text}` says neither yes nor no, so the post is held back"),
                format!("write `{key}: true` or `{key}: false`"),
            );
        }
    }

    /// Reports lists and maps where a text is expected, which nothing else was found for.
    fn shapeless(&mut self, metadata: &Metadata) {
        let names = &self.config.content.names;
        let expected = [
            (&names.title, metadata.title.is_none()),
            (&names.permalink, metadata.permalink.is_none()),
            (&names.slug, metadata.slug.is_empty()),
            (&names.id, metadata.id.is_none()),
            (&names.language, metadata.language.is_none()),
            (&names.summary, metadata.summary.is_none()),
        ];
        let keys = expected.into_iter().filter(|(_, is_missing)| *is_missing);
        let fields = keys.flat_map(|(keys, _)| keys);
        for field in fields.filter_map(|key| self.front_matter.get(key)) {
            let what = match &field.value {
                Value::List(_) => "a list",
                Value::Map(_) => "a map",
                _ => continue,
            };
            let key = &field.key;
            self.diags.warning(
                "field-kind",
                Location::at(&self.source.path, field.line, field.column),
                format!("`{key}` is {what} and not a text, so it is not used"),
                format!("write the text behind `{key}:`, without brackets or further keys"),
            );
        }
    }

    /// Reports tags and categories that are written but have no text.
    fn nameless(&mut self, names: &[String]) {
        for name in names {
            self.diags.warning(
                "tag-empty",
                self.file(),
                format!("the tag `{name}` has no text, so it has no feed"),
                "give it a name, or remove it",
            );
        }
    }

    /// The place of a text in the file.
    pub(super) fn at(&self, text: &Text) -> Location {
        Location::at(&self.source.path, text.line, text.column)
    }

    /// The file, as the place of problems that have no line.
    pub(super) fn file(&self) -> Location {
        Location::file(&self.source.path)
    }

    /// Whether the site's main feed takes the post, by the configuration or else by the generator.
    fn is_main(&self, metadata: &Metadata) -> bool {
        match &self.config.content.include {
            Some(include) => include.is_match(&self.source.path),
            None => metadata.main,
        }
    }

    /// Whether the post counts as a translation because of its language alone: where languages have
    /// feeds of their own, and the dialect does not know better.
    fn is_translation(&self, language: Option<&str>) -> bool {
        let feeds = &self.config.feeds;
        let judges = self.config.content.dialect.judges_by_language();
        let pair = language.zip(self.config.language());
        judges
            && feeds.taxonomies.contains(&Taxonomy::Languages)
            && pair.is_some_and(|(own, site)| !is_variant(own, site))
    }

    /// What the post has in common with its translations.
    fn translation_key(&self, metadata: &Metadata, url: &Url) -> Option<String> {
        let address = || {
            let base = self.config.site.url.as_str();
            let address = url.as_str().strip_prefix(base)?;
            let dialect = &self.config.content.dialect;
            dialect.translation_key(address, metadata)
        };
        metadata.translation_key.clone().or_else(address)
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

/// Which of its metadata the post gives itself.
fn given(metadata: &Metadata, updated: Option<Timestamp>) -> Given {
    let date = metadata.published.first();
    Given {
        id: metadata.id.is_some(),
        published: date.is_some_and(|date| date.kind != DateOrigin::Name),
        updated: updated.is_some(),
    }
}

/// The summary of front matter as plain text.
fn summary(written: Option<String>) -> Option<String> {
    written
        .map(|text| body::plain_markdown(&text))
        .filter(|summary| !summary.is_empty())
}
