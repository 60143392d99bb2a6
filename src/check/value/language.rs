//! Language tags.

use super::super::context::Context;
use super::super::rule::rules;
use super::super::schema::Spot;

rules! {
    LANGUAGE = Error "language-invalid", "BCP 47 (RFC 5646), section 2.1",
        "A language is not given as a BCP 47 tag.",
        "write a tag such as `en` or `en-US`";
}

/// The languages of two letters (ISO 639-1), and those codes that once were.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce \
    ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv \
    ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl \
    km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh \
    si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz \
    ve vi vo wa wo xh yi yo za zh zu";

/// Whether a text is a language tag whose language there is. Three letters are taken as they are:
/// there are some 8,000 of them.
pub(in crate::check) fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_language = match first.len() {
        1 => matches!(first, "x" | "X" | "i" | "I") && text.len() > 2,
        2 => {
            let lower = first.to_ascii_lowercase();
            LANGUAGES.split_whitespace().any(|known| known == lower)
        }
        3 => first.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => false,
    };
    is_language
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// A language tag.
pub(in crate::check) fn tag(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_tag(spot.text) {
        spot.report(
            cx,
            &LANGUAGE,
            format!("{spot} is “{}”, which is no language tag", spot.shown()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for text in [
            "en",
            "EN-us",
            "zh-Hant-TW",
            "es-419",
            "gsw",
            "x-klingon",
            "i-klingon",
        ] {
            assert!(is_tag(text), "{text}");
        }
        for text in [
            "",
            "english",
            "en_US",
            "xx",
            "en-",
            "e",
            "en-toolongsubtag",
            "en us",
        ] {
            assert!(!is_tag(text), "{text}");
        }
    }
}
