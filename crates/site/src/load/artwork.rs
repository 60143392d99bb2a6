//! Checks the pictures of podcasts and episodes, where their files are at hand.

use url::Url;

use crate::config::Config;

use super::files::{File, file_of};

/// The fewest and the most pixels that a side of artwork has: Apple, “Artwork requirements”.
const LEAST: u32 = 1400;
const MOST: u32 = 3000;

/// What directories of podcasts will not take of a picture at an address; `None` where nothing is
/// wrong, or where it lies on another site.
pub fn artwork_mistake(url: &Url, config: &Config) -> Option<String> {
    let picture = match file_of(url, config) {
        File::Elsewhere => return None,
        File::Missing => return Some("there is no such file in the site's folder".to_owned()),
        File::NoPicture => return Some("the file is no picture".to_owned()),
        File::Picture(picture) => picture,
    };
    let (width, height) = (picture.width, picture.height);
    if !matches!(picture.media_type, "image/jpeg" | "image/png") {
        return Some(format!("it is `{}`", picture.media_type));
    }
    if width != height {
        return Some(format!(
            "it has {width} by {height} pixels, and is no square"
        ));
    }
    if !(LEAST..=MOST).contains(&width) {
        return Some(format!("it has {width} by {height} pixels"));
    }
    (!picture.is_rgb).then(|| "it has the colors of printers (CMYK)".to_owned())
}

/// Whether the picture at an address is known to be such as directories of podcasts take.
pub(super) fn is_artwork(url: &Url, config: &Config) -> bool {
    matches!(file_of(url, config), File::Picture(_)) && artwork_mistake(url, config).is_none()
}
