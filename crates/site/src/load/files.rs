//! Files that a post names: its image and its enclosures.

use std::path::Path;

use feedwright_base::permalink;
use feedwright_feed::{Attachment, Image};
use url::Url;

use crate::body;
use crate::dialect::{EnclosureText, Text};

use super::normalize::Normalize;

impl Normalize<'_> {
    /// Where a file named in front matter is published, if it is absolute, from the site's
    /// root, or there; with its size where it is there.
    pub(super) fn file_url(&self, name: &str) -> Option<(Url, Option<u64>)> {
        let base = self.base();
        let name = body::substitute(name, self.config.content.dialect.body_style(), base)?;
        let climbs = name.split(['/', '\\']).any(|part| part == "..");
        if name.starts_with("http://") || name.starts_with("https://") || name.starts_with("//") {
            return permalink::absolute(&name, base).map(|url| (url, None));
        }
        if climbs {
            return None;
        }
        let size = |path: &Path| self.config.root.size(path);
        let from_root = Path::new(name.trim_start_matches('/'));
        if name.starts_with('/') {
            return Some((rooted(base, &name)?, size(from_root)));
        }
        if let Some(size) = size(from_root) {
            return Some((permalink::on_site(base, &name).ok()?, Some(size)));
        }
        let beside = self.source.path.parent()?.join(from_root);
        let size = size(&beside)?;
        Some((
            permalink::on_site(base, &permalink::slashed(&beside)).ok()?,
            Some(size),
        ))
    }

    pub(super) fn image(&mut self, image: Option<&Text>) -> Option<Image> {
        let image = image?;
        let Some((url, _)) = self.file_url(&image.text) else {
            self.diags.warning(
                "image-missing",
                self.at(image),
                format!("the image `{}` is neither a URL, nor a path from the site's root, nor a file of the site", image.text),
                "write its path from the site's root, as in `/assets/img/name.jpg`",
            );
            return None;
        };
        Some(Image {
            media_type: media_type(&url),
            url,
        })
    }

    pub(super) fn attachment(&mut self, enclosure: &EnclosureText) -> Option<Attachment> {
        let place = self.at(&enclosure.url);
        let Some((url, size)) = self.file_url(&enclosure.url.text) else {
            self.diags.error(
                "enclosure-missing",
                place,
                format!(
                    "the enclosure `{}` is neither a URL nor a file of the site",
                    enclosure.url.text
                ),
                "write its path from the site's root, or its URL",
            );
            return None;
        };
        let length = match (size, enclosure.length) {
            (Some(size), _) => size,
            (None, Some(length)) => length,
            (None, None) => {
                let name = &enclosure.url.text;
                let (why, help) = if name.starts_with('/') && !name.starts_with("//") {
                    (
                        "there is no such file in the site's folder",
                        "correct the path, or add `length:` with its size in bytes beside it",
                    )
                } else {
                    (
                        "it lies elsewhere",
                        "add `length:` with its size in bytes beside its URL",
                    )
                };
                self.diags.warning(
                    "enclosure-length",
                    place,
                    format!("the size of the enclosure `{name}` is not known: {why}"),
                    help,
                );
                0
            }
        };
        Some(Attachment {
            media_type: enclosure
                .media_type
                .clone()
                .filter(|name| is_media_type(name))
                .or_else(|| media_type(&url))
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            url,
            length,
            duration: enclosure.duration,
        })
    }
}

/// A path that begins with a slash may or may not have the site's own path in front already.
fn rooted(base: &Url, path: &str) -> Option<Url> {
    let inner = path.strip_prefix(base.path()).unwrap_or(path);
    permalink::on_site(base, inner).ok()
}

pub(super) fn media_type(url: &Url) -> Option<String> {
    mime_guess::from_path(url.path())
        .first_raw()
        .map(str::to_owned)
}

/// `type/subtype` of RFC 6838 section 4.2.
fn is_media_type(name: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    name.split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}
