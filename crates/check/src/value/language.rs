//! Checks language tags.

use feedwright_base::language::is_tag;

use super::super::context::Context;
use super::super::rule::rules;
use super::super::spot::Spot;

rules! {
    LANGUAGE = Error "language-invalid", "BCP 47 (RFC 5646), section 2.1",
        "A language is not given as a BCP 47 tag.",
        "write a tag such as `en` or `en-US`";
}

/// Checks a language tag.
pub(crate) fn tag(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_tag(spot.text) {
        spot.report(
            cx,
            &LANGUAGE,
            format!("{spot} is “{}”, which is no language tag", spot.shown()),
        );
    }
}
