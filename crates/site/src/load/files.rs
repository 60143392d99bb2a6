//! Files that a post names: its image and its enclosures.

use std::path::{Path, PathBuf};

use feedwright_base::permalink;
use feedwright_feed::{Attachment, Image};
use url::Url;

use crate::body;
use crate::config::Config;
use crate::dialect::{DurationText, EnclosureText, PictureText, Text};
use crate::media::{self, Picture};

use super::normalize::Normalize;

/// A file that front matter names.
struct Named {
    /// Where it is published.
    url: Url,
    /// Where it lies in the site's folder, if it does.
    path: Option<PathBuf>,
    /// Whether it is named by its URL.
    is_url: bool,
}

impl Normalize<'_> {
    /// Where a file named in front matter is published, if it is absolute, from the site's
    /// root, or there; with its place where it is there.
    fn file_named(&self, name: &str) -> Option<Named> {
        let base = self.base();
        let name = body::substitute(name, self.config.content.dialect.body_style(), base)?;
        let climbs = name.split(['/', '\\']).any(|part| part == "..");
        if name.starts_with("http://") || name.starts_with("https://") || name.starts_with("//") {
            let url = permalink::absolute(&name, base)?;
            let inner = url.as_str().strip_prefix(base.as_str());
            return Some(Named {
                path: inner.and_then(|inner| self.file_at(inner)),
                is_url: true,
                url,
            });
        }
        if climbs {
            return None;
        }
        let inner = name.trim_start_matches('/');
        let (url, path) = if name.starts_with('/') {
            (rooted(base, &name)?, self.file_at(inner))
        } else if let Some(path) = self.there(inner) {
            (permalink::on_site(base, &name).ok()?, Some(path))
        } else if let Some(path) = self.beside(inner) {
            let copied = self.config.content.copied.iter();
            let mut inner = copied.filter_map(|folder| path.strip_prefix(folder).ok());
            let inner = permalink::slashed(inner.next().unwrap_or(&path));
            (permalink::on_site(base, &inner).ok()?, Some(path))
        } else {
            let path = self.file_at(inner)?;
            (permalink::on_site(base, &name).ok()?, Some(path))
        };
        Some(Named {
            url,
            path,
            is_url: false,
        })
    }

    /// The same, with its size where it is there.
    pub(super) fn file_url(&self, name: &str) -> Option<(Url, Option<u64>)> {
        let Named { url, path, .. } = self.file_named(name)?;
        let size = path.and_then(|path| self.config.root.size(path));
        Some((url, size))
    }

    /// A file of this path in the site's folder.
    fn there(&self, inner: impl Into<PathBuf>) -> Option<PathBuf> {
        there(inner.into(), self.config)
    }

    /// A file of this path from that of the post on.
    fn beside(&self, inner: &str) -> Option<PathBuf> {
        self.there(self.source.path.parent()?.join(inner))
    }

    /// The file that is published at a path of the site.
    fn file_at(&self, inner: &str) -> Option<PathBuf> {
        file_at(inner, self.base(), self.config)
    }

    pub(super) fn image(&mut self, image: Option<&Text>, said: PictureText) -> Option<Image> {
        let image = image?;
        let Some(named) = self.file_named(&image.text) else {
            self.diags.warning(
                "image-missing",
                self.at(image),
                format!("the image `{}` is neither a URL, nor a path from the site's root, nor a file of the site", image.text),
                "write its path from the site's root, as in `/assets/img/name.jpg`",
            );
            return None;
        };
        let banner = said.banner.and_then(|name| self.file_named(&name));
        let banner = banner.map(|found| found.url);
        let image = Image {
            width: said.width,
            height: said.height,
            alt: said.alt,
            credit: said.credit,
            banner: banner.filter(|url| *url != named.url),
            ..Image::new(named.url)
        };
        Some(with_file(image, named.path.as_deref(), self.config))
    }

    pub(super) fn attachment(&mut self, enclosure: &EnclosureText) -> Option<Attachment> {
        let place = self.at(&enclosure.url);
        let Some(named) = self.file_named(&enclosure.url.text) else {
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
        let config = self.config;
        let size = |path: &PathBuf| config.root.size(path);
        let size = named.path.as_ref().and_then(size);
        let known = config.enclosures.get(&named.url);
        let said = enclosure.length;
        // Of a file elsewhere the author may know more than a copy of it says, but nothing by 0.
        let size = size.filter(|_| !named.is_url || said.is_none_or(|said| said == 0));
        let length = size
            .or(said.filter(|said| *said > 0))
            .or_else(|| known?.length)
            .or(said);
        if length.is_none() {
            self.without_length(enclosure, &named);
        }
        let said = enclosure.media_type.clone();
        let said = said.filter(|name| is_media_type(name));
        let usual = said.or_else(|| media_type(&named.url));
        let sound = named.path.as_ref().filter(|_| may_sound(usual.as_deref()));
        let sound = sound.and_then(|path| media::sound(&config.root, path));
        let found = || Some(sound?.media_type.to_owned());
        let own = sound.and_then(|sound| sound.seconds);
        Some(Attachment {
            media_type: usual
                .or_else(found)
                .or_else(|| known?.media_type.clone())
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            length: length.unwrap_or(0),
            duration: self
                .duration(enclosure.duration.as_ref(), own)
                .or_else(|| known?.duration),
            url: named.url,
        })
    }

    /// Reports an enclosure of which nothing tells the size.
    fn without_length(&mut self, enclosure: &EnclosureText, named: &Named) {
        let name = &enclosure.url.text;
        let ask = "or let `feedwright enclosures fetch` ask its server";
        let (why, help) = if named.is_url {
            (
                "it lies elsewhere".to_owned(),
                format!("add `length:` with its size in bytes beside its URL, {ask}"),
            )
        } else {
            let mut folders = vec!["the site's folder".to_owned()];
            let copied = self.config.content.copied.iter();
            folders.extend(copied.map(|folder| format!("`{}`", permalink::slashed(folder))));
            (
                format!("there is no such file in {}", folders.join(" or ")),
                format!(
                    "correct the path; where something else puts the file there, add `length:` with its \
                     size in bytes beside it, {ask}"
                ),
            )
        };
        self.diags.warning(
            "enclosure-length",
            self.at(&enclosure.url),
            format!("the size of the enclosure `{name}` is not known: {why}"),
            help,
        );
    }

    /// How long something plays: as the author says, else as its file does. Says where one cannot be
    /// read, or is not that of the other.
    fn duration(&mut self, said: Option<&DurationText>, own: Option<u64>) -> Option<u64> {
        let Some(said) = said else {
            return own;
        };
        let text = &said.text.text;
        let Some(seconds) = said.seconds else {
            let instead = match own {
                Some(_) => "that of the file is taken",
                None => "it is left out",
            };
            self.diags.warning(
                "enclosure-duration",
                self.at(&said.text),
                format!("`{text}` cannot be read as a duration, so {instead}"),
                "write it as `1:02:03` or as a number of seconds",
            );
            return own;
        };
        if let Some(own) = own {
            let apart = own.abs_diff(seconds);
            if apart > 5 && apart * 20 > own {
                self.diags.warning(
                    "enclosure-duration",
                    self.at(&said.text),
                    format!(
                        "the file plays {}, and the post says `{text}`, which readers are shown",
                        clock(own)
                    ),
                    "correct the duration, or remove it: that of the file is known",
                );
            }
        }
        Some(seconds)
    }
}

/// A file of this path in the site's folder.
fn there(inner: PathBuf, config: &Config) -> Option<PathBuf> {
    let is_file = !inner.as_os_str().is_empty() && config.root.has_file(&inner);
    is_file.then_some(inner)
}

/// The file that is published at a path of the site, as it is written or without what addresses have and
/// files have not: the base path, `%20`, `?v=2`.
fn file_at(inner: &str, base: &Url, config: &Config) -> Option<PathBuf> {
    let bare = inner.split(['?', '#']).next().unwrap_or_default();
    let own = base.path().trim_matches('/');
    let below = bare.strip_prefix(own).filter(|_| !own.is_empty());
    let below = below.and_then(|below| below.strip_prefix('/'));
    let decoded = |path: &str| permalink::decode(path).filter(|decoded| decoded != path);
    let mut paths = vec![inner.to_owned()];
    paths.extend((bare != inner).then(|| bare.to_owned()));
    paths.extend(decoded(bare));
    if let Some(below) = below {
        paths.push(below.to_owned());
        paths.extend(decoded(below));
    }
    paths.retain(|path| !path.split(['/', '\\']).any(|part| part == ".."));
    paths.iter().find_map(|path| {
        let folders = config.content.copied.iter();
        let folders = folders.map(|folder| folder.join(path));
        let mut places = std::iter::once(PathBuf::from(path)).chain(folders);
        places.find_map(|place| there(place, config))
    })
}

/// What is known of the picture at an address.
pub(super) enum File {
    /// It lies on another site.
    Elsewhere,
    /// The site's folder does not have it.
    Missing,
    /// It is none.
    NoPicture,
    /// This one.
    Picture(Picture),
}

/// What is known of the picture at an address.
pub(super) fn file_of(url: &Url, config: &Config) -> File {
    let base = &config.site.url;
    let Some(inner) = url.as_str().strip_prefix(base.as_str()) else {
        return File::Elsewhere;
    };
    let Some(path) = file_at(inner, base, config) else {
        return File::Missing;
    };
    media::picture(&config.root, &path).map_or(File::NoPicture, File::Picture)
}

/// A picture with what its file says of it, where that lies in the site's folder.
pub fn known_picture(image: Image, base: &Url, config: &Config) -> Image {
    let inner = image.url.as_str().strip_prefix(base.as_str());
    let path = inner.and_then(|inner| file_at(inner, base, config));
    with_file(image, path.as_deref(), config)
}

fn with_file(mut image: Image, path: Option<&Path>, config: &Config) -> Image {
    let found = path.and_then(|path| media::picture(&config.root, path));
    image.media_type = media_type(&image.url);
    if let Some(found) = found {
        let own = || Some(found.media_type.to_owned());
        image.media_type = image.media_type.or_else(own);
        // Half of what an author says of it is worth nothing without the other half.
        if image.width.is_none() || image.height.is_none() {
            (image.width, image.height) = (Some(found.width), Some(found.height));
        }
    }
    image
}

/// A duration as people read it.
fn clock(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match hours {
        0 => format!("{minutes}:{:02}", seconds % 60),
        _ => format!("{hours}:{minutes:02}:{:02}", seconds % 60),
    }
}

/// Whether a file of a type may be a sound or film, as far as that is known.
fn may_sound(media_type: Option<&str>) -> bool {
    media_type.is_none_or(|kind| {
        let is_media = kind.starts_with("audio/") || kind.starts_with("video/");
        is_media || matches!(kind, "application/ogg" | "application/octet-stream")
    })
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
