//! Checks media types.

use feedwright_base::media_type::is_media_type;

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;

rules! {
    MEDIA_TYPE = Error "media-type-invalid", "RFC 2045, section 5.1; RFC 6838, section 4.2",
        "A media type is not two names with a slash between them.",
        "write it as `audio/mpeg`";
}

/// Checks a media type.
pub(crate) fn media_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_media_type(spot.text) {
        spot.report(
            cx,
            &MEDIA_TYPE,
            format!("{spot} is “{}”, which is no media type", spot.shown()),
        );
    }
}
