//! Hashes the metadata of a post that feeds and other posts depend on.

use feedwright_feed::podcast::Chapter;
use feedwright_feed::{Aliases, Person, Translation};
use url::Url;

use super::{Given, Post};

/// A hash of the metadata of a post that decides which feeds take it, where in them, under which id,
/// and how others refer to it. While it is the same, an edit of the post changes its own entry
/// alone.
pub type Standing = [u8; 16];

impl Post {
    /// The hash of the metadata that others depend on; see [`Standing`]. It is long because it names
    /// every field of a post, so that none can be forgotten.
    pub fn standing(&self) -> Standing {
        // The function is as long as a post has fields: one that is added does not compile before
        // it stands here. What is left out by name is shown in the entry of the post and nowhere else.
        let Post {
            path,
            id,
            url,
            title,
            published,
            updated: _,
            tags,
            markers,
            categories,
            terms,
            authors,
            summary: _,
            language,
            image: _,
            attachments: _,
            episode,
            extras: _,
            collection,
            translation,
            translation_key,
            // Whoever has some is known to a run of all posts alone.
            translations,
            main,
            apart,
            draft,
            future,
            aliases: Aliases { rss, atom, json },
            given:
                Given {
                    id: id_given,
                    published: published_given,
                    updated: _,
                },
            history: _,
            fingerprint: _,
            text: _,
            evidence: _,
            held,
            variables: _,
            body: _,
            markup: _,
            templates: _,
        } = self;
        let mut hasher = blake3::Hasher::new();
        let mut field = |value: Option<&str>| {
            // The length keeps two values from running together.
            let length = value.map_or(u64::MAX, |value| value.len() as u64);
            hasher.update(&length.to_le_bytes());
            hasher.update(value.unwrap_or_default().as_bytes());
        };
        field(Some(&path.to_string_lossy()));
        for value in [id, title, collection] {
            field(Some(value));
        }
        field(Some(url.as_str()));
        field(Some(&published.to_rfc3339()));
        let mut list = |values: &[String]| {
            values.iter().for_each(|value| field(Some(value)));
            field(None);
        };
        for values in [tags, markers, categories] {
            list(values);
        }
        for (taxonomy, values) in terms {
            list(std::slice::from_ref(taxonomy));
            list(values);
        }
        for Person {
            name,
            email,
            url,
            avatar: _,
        } in authors
        {
            field(Some(name));
            field(email.as_deref());
            field(url.as_deref());
        }
        for value in [language, translation_key, rss, atom, json] {
            field(value.as_deref());
        }
        for Translation { language, url } in translations {
            field(Some(language));
            field(Some(url.as_str()));
        }
        // The list of chapters has a file of its own.
        let chapters = episode
            .iter()
            .filter_map(|episode| episode.chapters.as_ref());
        for Chapter {
            start,
            title,
            url,
            picture,
        } in chapters.flat_map(|chapters| &chapters.list)
        {
            field(Some(&start.to_string()));
            field(Some(title));
            field(url.as_ref().map(Url::as_str));
            field(picture.as_ref().map(Url::as_str));
        }
        let flags = [
            *translation,
            *main,
            *apart,
            *draft,
            future.is_some(),
            *held,
            *id_given,
            *published_given,
            episode.is_some(),
        ];
        hasher.update(&flags.map(u8::from));
        let mut standing = Standing::default();
        hasher.finalize_xof().fill(&mut standing);
        standing
    }
}
