//! Language tags.

use crate::slice::Slice;

/// A BCP 47 language tag in its usual case, from what authors write: `en_us` is `en-US`.
pub fn language_tag(text: &str) -> Option<String> {
    // A POSIX locale ends in an encoding, as in `de_DE.UTF-8`.
    let text = text
        .trim()
        .split('.')
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    let mut tag = String::new();
    for (at, part) in text.split('-').enumerate() {
        let alphanumeric =
            !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !alphanumeric {
            return None;
        }
        if at == 0 {
            // Primary subtags have two or three letters; longer ones are words such as "english".
            if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic()) {
                return None;
            }
            tag = part.to_ascii_lowercase();
            continue;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part.slice(..1).to_ascii_uppercase());
                tag.push_str(&part.slice(1..).to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

/// The language of a tag, without region, script and the like.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether two tags are the same language, or one says more of it: `en` and `en-US`.
pub fn is_variant(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
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
pub fn is_tag(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("en", Some("en")),
            ("en_us", Some("en-US")),
            ("EN-us", Some("en-US")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("es-419", Some("es-419")),
            ("english", None),
            ("", None),
            ("en-", None),
            ("e", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), expected, "{text}");
        }
    }

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
