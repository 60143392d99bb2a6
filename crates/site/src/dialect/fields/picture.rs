//! Reads what front matter says of an image beside its path: what it shows, who made it, how large it is.

use feedwright_base::text::plain;

use crate::dialect::PictureText;
use crate::front_matter::{Field, FrontMatter, Value, bare};

/// What a picture shows, as words behind the name of its key, and within its own map.
const ALT: [&str; 5] = [
    "alt",
    "alttext",
    "description",
    "imagealt",
    "imagedescription",
];
const CAPTION: [&str; 2] = ["caption", "imagecaption"];
const CREDIT: [&str; 8] = [
    "credit",
    "credits",
    "imagecredit",
    "imagecredits",
    "photocredit",
    "photographer",
    "copyright",
    "attribution",
];

/// The keys that say so of the picture of a post, whatever the key of that is.
const ALT_BESIDE: [&str; 4] = ["imagealt", "imagealttext", "imagedescription", "alt"];
const CAPTION_BESIDE: [&str; 1] = ["imagecaption"];
const CREDIT_BESIDE: [&str; 6] = [
    "imagecredit",
    "imagecredits",
    "photocredit",
    "photocredits",
    "photographer",
    "imageattribution",
];

/// The keys of a wide picture that may stand beside another one.
const BANNER: [&str; 2] = ["banner", "bannerimage"];

/// What is said of the image that a field names.
pub(super) fn picture(field: &Field, front_matter: &FrontMatter) -> PictureText {
    let value = field.value.items().first().unwrap_or(&Value::Null);
    let own = bare(&field.key);
    // `featured_image` has `featured_image_alt`, `coverImage` has `coverAlt`.
    let stem = own.strip_suffix("image").filter(|stem| !stem.is_empty());
    let stems = [Some(own.as_str()), stem];
    let beside = |words: &[&str], names: &[&str]| {
        let is_named = |key: &str| {
            let mut stems = stems.iter().flatten();
            let is_of_it = stems.any(|stem| {
                let rest = key.strip_prefix(stem);
                rest.is_some_and(|rest| words.contains(&rest))
            });
            is_of_it || names.contains(&key)
        };
        let mut fields = front_matter.fields.iter();
        fields.find_map(|other| {
            let text = other.value.as_filled_text().map(|text| plain(&text))?;
            (!text.is_empty() && is_named(&bare(&other.key))).then_some(text)
        })
    };
    let text = |words: &[&str], names: &[&str]| {
        value
            .named_text(words)
            .map(|text| plain(&text))
            .filter(|text| !text.is_empty())
            .or_else(|| beside(words, names))
    };
    let pixels = |name: &str| {
        let text = value.named_text(&[name])?;
        text.trim_end_matches("px").trim().parse().ok()
    };
    PictureText {
        alt: text(&ALT, &ALT_BESIDE).or_else(|| text(&CAPTION, &CAPTION_BESIDE)),
        credit: text(&CREDIT, &CREDIT_BESIDE),
        width: pixels("width").filter(|width| *width > 0),
        height: pixels("height").filter(|height| *height > 0),
        banner: banner(&own, front_matter),
    }
}

/// The wide picture that another field than this one names.
fn banner(own: &str, front_matter: &FrontMatter) -> Option<String> {
    if BANNER.contains(&own) {
        return None;
    }
    let mut fields = front_matter.fields.iter();
    let field = fields.find(|field| BANNER.contains(&bare(&field.key).as_str()))?;
    super::files::image(field).map(|text| text.text)
}
