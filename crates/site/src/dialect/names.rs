//! Defines which keys of front matter hold which metadata.

use crate::settings::{FieldSettings, Keys};

/// The keys for each kind of metadata, in order of precedence.
#[derive(Debug, Clone)]
pub struct Names {
    pub title: Vec<String>,
    /// The keys that say when a post was published, before its file name does.
    pub published: Vec<String>,
    /// The keys of dates that rank behind the file name and are only compared with it.
    pub published_too: Vec<String>,
    pub updated: Vec<String>,
    pub tags: Vec<String>,
    pub categories: Vec<String>,
    pub authors: Vec<String>,
    pub summary: Vec<String>,
    pub image: Vec<String>,
    pub enclosure: Vec<String>,
    pub language: Vec<String>,
    pub slug: Vec<String>,
    pub permalink: Vec<String>,
    pub id: Vec<String>,
    pub draft: Vec<String>,
}

/// Keys as a list of names holds them.
pub(super) fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|&key| key.to_owned()).collect()
}

impl Default for Names {
    /// The names that real sites use. It is long because it is a table.
    fn default() -> Self {
        // A table, and therefore as long as it is.
        Names {
            title: keys(&["title"]),
            published: keys(&["date"]),
            published_too: keys(&[
                "display-date",
                "display_date",
                "published",
                "pubDate",
                "pubdate",
                "publishDate",
                "publish_date",
                "publishdate",
                "published_at",
                "publishedAt",
                "published_date",
                "date_published",
                "datePublished",
                "created",
                "created_at",
                "datetime",
            ]),
            updated: keys(&[
                "updated",
                "lastmod",
                "last_modified_at",
                "modified",
                "updatedDate",
                "update",
                "modified_time",
                "last_updated",
                "updated_at",
                "date_modified",
                "dateModified",
                "last-modified",
            ]),
            tags: keys(&["tags", "tag", "topics"]),
            categories: keys(&["categories", "category"]),
            authors: keys(&["authors", "author"]),
            summary: keys(&[
                "description",
                "summary",
                "excerpt",
                "deck",
                "teaser",
                "abstract",
            ]),
            image: keys(&[
                "image",
                "cover",
                "cover_image",
                "featured_image",
                "featured-image",
                "hero",
                "heroImage",
                "banner",
                "thumbnail",
                "og_image",
            ]),
            enclosure: keys(&[
                "enclosure",
                "enclosures",
                "attachments",
                "audio",
                "podcast_file",
                "file",
            ]),
            language: keys(&["lang", "language", "locale"]),
            slug: keys(&["slug"]),
            permalink: keys(&["permalink"]),
            id: keys(&["guid", "id"]),
            draft: keys(&["draft"]),
        }
    }
}

impl Names {
    /// These names with those of the configuration in their place.
    pub fn with(mut self, settings: FieldSettings) -> Self {
        let set = |names: &mut Vec<String>, keys: Option<Keys>| {
            if let Some(keys) = keys {
                *names = keys.into_vec();
            }
        };
        set(&mut self.title, settings.title);
        set(&mut self.published, settings.published);
        set(&mut self.updated, settings.updated);
        set(&mut self.tags, settings.tags);
        set(&mut self.categories, settings.categories);
        set(&mut self.authors, settings.authors);
        set(&mut self.summary, settings.summary);
        set(&mut self.image, settings.image);
        set(&mut self.enclosure, settings.enclosure);
        set(&mut self.language, settings.language);
        set(&mut self.slug, settings.slug);
        set(&mut self.permalink, settings.permalink);
        set(&mut self.id, settings.id);
        set(&mut self.draft, settings.draft);
        self
    }
}
